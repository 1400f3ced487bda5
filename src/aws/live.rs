//! From the SDK's types to plain data: addresses, gateways, machines, endpoints.

use aws_sdk_ec2::types as sdk;

use crate::cloud::{
    GroupIdentifier, LiveAddress, LiveAvailabilityZone, LiveInstance, LiveInstanceInterface, LiveKeyPair,
    LiveNatGateway, LiveNatGatewayAddress, LivePrefixList, LiveVpcEndpoint, Tags,
};

/// Tags by key.
pub(super) fn tags(list: Option<Vec<sdk::Tag>>) -> Tags {
    let pair = |tag: sdk::Tag| tag.key.map(|key| (key, tag.value.unwrap_or_default()));
    list.unwrap_or_default().into_iter().filter_map(pair).collect()
}

/// EC2 answers "nothing" as an absent element, an empty one, or (emulators) as the word `None`.
pub(super) fn some(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

fn group(group: sdk::GroupIdentifier) -> GroupIdentifier {
    GroupIdentifier {
        group_id: group.group_id.unwrap_or_default(),
        group_name: group.group_name.unwrap_or_default(),
    }
}

/// Groups, in the order of their ids.
pub(super) fn groups(list: Option<Vec<sdk::GroupIdentifier>>) -> Vec<GroupIdentifier> {
    let mut groups: Vec<_> = list.unwrap_or_default().into_iter().map(group).collect();
    groups.sort_by(|a, b| a.group_id.cmp(&b.group_id));
    groups
}

pub(super) fn address(address: sdk::Address) -> LiveAddress {
    LiveAddress {
        allocation_id: address.allocation_id.unwrap_or_default(),
        public_ip: address.public_ip.unwrap_or_default(),
        domain: address.domain.map(|domain| domain.as_str().to_owned()).unwrap_or_default(),
        association_id: some(address.association_id),
        instance_id: some(address.instance_id),
        network_interface_id: some(address.network_interface_id),
        private_ip_address: some(address.private_ip_address),
        network_border_group: some(address.network_border_group),
        tags: tags(address.tags),
    }
}

pub(super) fn nat_gateway(gateway: sdk::NatGateway) -> LiveNatGateway {
    let addresses = gateway.nat_gateway_addresses.unwrap_or_default();
    LiveNatGateway {
        nat_gateway_id: gateway.nat_gateway_id.unwrap_or_default(),
        vpc_id: gateway.vpc_id.unwrap_or_default(),
        subnet_id: gateway.subnet_id.unwrap_or_default(),
        state: gateway.state.map(|state| state.as_str().to_owned()).unwrap_or_default(),
        connectivity_type: gateway.connectivity_type.map(|kind| kind.as_str().to_owned()).unwrap_or_default(),
        availability_mode: gateway.availability_mode.map(|mode| mode.as_str().to_owned()),
        auto_provision_zones: gateway.auto_provision_zones.map(|it| it.as_str().to_owned()),
        route_table_id: some(gateway.route_table_id),
        failure_code: some(gateway.failure_code),
        failure_message: some(gateway.failure_message),
        nat_gateway_addresses: addresses.into_iter().map(nat_gateway_address).collect(),
        tags: tags(gateway.tags),
    }
}

fn nat_gateway_address(address: sdk::NatGatewayAddress) -> LiveNatGatewayAddress {
    LiveNatGatewayAddress {
        allocation_id: some(address.allocation_id),
        association_id: some(address.association_id),
        network_interface_id: some(address.network_interface_id),
        private_ip: some(address.private_ip),
        public_ip: some(address.public_ip),
        is_primary: address.is_primary,
        availability_zone: some(address.availability_zone),
        status: address.status.map(|status| status.as_str().to_owned()),
    }
}

pub(super) fn key_pair(key: sdk::KeyPairInfo) -> LiveKeyPair {
    LiveKeyPair {
        key_pair_id: key.key_pair_id.unwrap_or_default(),
        key_name: key.key_name.unwrap_or_default(),
        key_type: key.key_type.map(|kind| kind.as_str().to_owned()),
        key_fingerprint: some(key.key_fingerprint),
        public_key: some(key.public_key),
        tags: tags(key.tags),
    }
}

pub(super) fn instance(instance: sdk::Instance) -> LiveInstance {
    let state = instance.state.and_then(|state| state.name);
    let interfaces = instance.network_interfaces.unwrap_or_default();
    let of_interface = primary_groups(&interfaces);
    let of_instance = groups(instance.security_groups);
    LiveInstance {
        instance_id: instance.instance_id.unwrap_or_default(),
        state: state.map(|name| name.as_str().to_owned()).unwrap_or_default(),
        state_reason: instance.state_reason.and_then(|reason| some(reason.message)),
        image_id: instance.image_id.unwrap_or_default(),
        instance_type: instance.instance_type.map(|kind| kind.as_str().to_owned()).unwrap_or_default(),
        key_name: some(instance.key_name),
        availability_zone: instance
            .placement
            .and_then(|placement| placement.availability_zone)
            .unwrap_or_default(),
        vpc_id: some(instance.vpc_id),
        subnet_id: some(instance.subnet_id),
        private_ip_address: some(instance.private_ip_address),
        public_ip_address: some(instance.public_ip_address),
        source_dest_check: instance.source_dest_check,
        security_groups: if of_interface.is_empty() { of_instance } else { of_interface },
        network_interfaces: interfaces.into_iter().map(instance_interface).collect(),
        client_token: some(instance.client_token),
        tags: tags(instance.tags),
    }
}

/// The groups of the interface with index 0. The instance's own list repeats them, unless the
/// instance is gone or the cloud is an emulator.
fn primary_groups(interfaces: &[sdk::InstanceNetworkInterface]) -> Vec<GroupIdentifier> {
    let is_primary = |interface: &&sdk::InstanceNetworkInterface| {
        interface.attachment().and_then(sdk::InstanceNetworkInterfaceAttachment::device_index) == Some(0)
    };
    groups(interfaces.iter().find(is_primary).and_then(|primary| primary.groups.clone()))
}

fn instance_interface(interface: sdk::InstanceNetworkInterface) -> LiveInstanceInterface {
    LiveInstanceInterface {
        network_interface_id: interface.network_interface_id.unwrap_or_default(),
        device_index: interface.attachment.and_then(|attachment| attachment.device_index).unwrap_or_default(),
        subnet_id: interface.subnet_id.unwrap_or_default(),
        private_ip_address: interface.private_ip_address.unwrap_or_default(),
        public_ip: interface.association.and_then(|association| some(association.public_ip)),
    }
}

pub(super) fn vpc_endpoint(endpoint: sdk::VpcEndpoint) -> LiveVpcEndpoint {
    let group = |group: sdk::SecurityGroupIdentifier| GroupIdentifier {
        group_id: group.group_id.unwrap_or_default(),
        group_name: group.group_name.unwrap_or_default(),
    };
    let names = endpoint.dns_entries.unwrap_or_default();
    LiveVpcEndpoint {
        vpc_endpoint_id: endpoint.vpc_endpoint_id.unwrap_or_default(),
        vpc_endpoint_type: endpoint
            .vpc_endpoint_type
            .map(|kind| kind.as_str().to_owned())
            .unwrap_or_default(),
        vpc_id: endpoint.vpc_id.unwrap_or_default(),
        service_name: endpoint.service_name.unwrap_or_default(),
        state: endpoint.state.map(|state| state.as_str().to_ascii_lowercase()).unwrap_or_default(),
        route_table_ids: endpoint.route_table_ids.unwrap_or_default(),
        subnet_ids: endpoint.subnet_ids.unwrap_or_default(),
        groups: endpoint.groups.unwrap_or_default().into_iter().map(group).collect(),
        private_dns_enabled: endpoint.private_dns_enabled.unwrap_or_default(),
        network_interface_ids: endpoint.network_interface_ids.unwrap_or_default(),
        dns_names: names.into_iter().filter_map(|entry| some(entry.dns_name)).collect(),
        last_error: endpoint
            .last_error
            .and_then(|error| some(error.message))
            .or(some(endpoint.failure_reason)),
        tags: tags(endpoint.tags),
    }
}

pub(super) fn prefix_list(list: sdk::PrefixList) -> LivePrefixList {
    LivePrefixList {
        prefix_list_id: list.prefix_list_id.unwrap_or_default(),
        prefix_list_name: list.prefix_list_name.unwrap_or_default(),
        cidrs: list.cidrs.unwrap_or_default(),
    }
}

pub(super) fn zone(zone: sdk::AvailabilityZone) -> LiveAvailabilityZone {
    LiveAvailabilityZone {
        zone_name: zone.zone_name.unwrap_or_default(),
        zone_id: zone.zone_id.unwrap_or_default(),
        state: zone.state.map(|state| state.as_str().to_owned()).unwrap_or_default(),
        // An old endpoint says nothing: it knows no other type.
        zone_type: some(zone.zone_type).unwrap_or_else(|| "availability-zone".to_owned()),
        opt_in_status: zone.opt_in_status.map(|it| it.as_str().to_owned()).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identifier(id: &str) -> sdk::GroupIdentifier {
        sdk::GroupIdentifier::builder().group_id(id).build()
    }

    #[test]
    fn an_instances_groups_are_those_of_its_primary_interface() {
        let interface = |index, id: &str| {
            sdk::InstanceNetworkInterface::builder()
                .attachment(sdk::InstanceNetworkInterfaceAttachment::builder().device_index(index).build())
                .groups(identifier(id))
                .build()
        };
        let of_interface = sdk::Instance::builder()
            .network_interfaces(interface(1, "sg-second"))
            .network_interfaces(interface(0, "sg-first"))
            .build();
        assert_eq!(instance(of_interface).security_groups[0].group_id, "sg-first");
        let of_instance = sdk::Instance::builder()
            .security_groups(identifier("sg-b"))
            .security_groups(identifier("sg-a"))
            .build();
        let ids: Vec<_> =
            instance(of_instance).security_groups.into_iter().map(|group| group.group_id).collect();
        assert_eq!(ids, ["sg-a", "sg-b"]);
    }

    #[test]
    fn an_endpoints_state_is_in_lower_case() {
        for state in ["Available", "available"] {
            let endpoint = sdk::VpcEndpoint::builder().state(sdk::State::from(state)).build();
            assert_eq!(vpc_endpoint(endpoint).state, "available");
        }
    }

    #[test]
    fn a_tag_without_a_value_has_an_empty_one() {
        let list = vec![sdk::Tag::builder().key("k").build(), sdk::Tag::builder().value("v").build()];
        assert_eq!(tags(Some(list)), Tags::from([("k".to_owned(), String::new())]));
    }
}
