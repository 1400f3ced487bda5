//! From the SDK's types to plain data: the network proper.

use aws_sdk_ec2::types as sdk;

use super::live::{groups, some, tags};
use crate::cloud::{
    AclPortRange, IcmpTypeCode, LiveCidrBlockAssociation, LiveEgressOnlyInternetGateway,
    LiveInterfaceAssociation, LiveInterfaceAttachment, LiveInternetGateway, LiveInternetGatewayAttachment,
    LiveIpv6CidrBlockAssociation, LiveNetworkAcl, LiveNetworkAclAssociation, LiveNetworkInterface, LiveRoute,
    LiveRouteTable, LiveRouteTableAssociation, LiveSecurityGroup, LiveSecurityGroupRule, LiveSubnet, LiveVpc,
    NetworkAclEntry,
};

pub(super) fn vpc(vpc: sdk::Vpc) -> LiveVpc {
    let primary = vpc.cidr_block.unwrap_or_default();
    let blocks = vpc.cidr_block_association_set.unwrap_or_default();
    let mut blocks: Vec<_> = blocks.into_iter().map(block).collect();
    let ipv6_blocks = vpc.ipv6_cidr_block_association_set.unwrap_or_default();
    // Stable: the primary block first, the others in EC2's order.
    blocks.sort_by_key(|block| block.cidr_block != primary);
    LiveVpc {
        vpc_id: vpc.vpc_id.unwrap_or_default(),
        state: vpc.state.map(|state| state.as_str().to_owned()).unwrap_or_default(),
        cidr_block: primary,
        cidr_block_associations: blocks,
        ipv6_cidr_block_associations: ipv6_blocks.into_iter().map(ipv6_block).collect(),
        dhcp_options_id: some(vpc.dhcp_options_id),
        instance_tenancy: vpc.instance_tenancy.map(|tenancy| tenancy.as_str().to_owned()).unwrap_or_default(),
        is_default: vpc.is_default.unwrap_or_default(),
        tags: tags(vpc.tags),
    }
}

fn block(association: sdk::VpcCidrBlockAssociation) -> LiveCidrBlockAssociation {
    let state = association.cidr_block_state;
    LiveCidrBlockAssociation {
        association_id: association.association_id.unwrap_or_default(),
        cidr_block: association.cidr_block.unwrap_or_default(),
        status_message: state.as_ref().and_then(|state| some(state.status_message.clone())),
        state: state.and_then(|state| state.state).map(|state| state.as_str().to_owned()).unwrap_or_default(),
    }
}

fn ipv6_block(association: sdk::VpcIpv6CidrBlockAssociation) -> LiveIpv6CidrBlockAssociation {
    let state = association.ipv6_cidr_block_state;
    LiveIpv6CidrBlockAssociation {
        association_id: association.association_id.unwrap_or_default(),
        ipv6_cidr_block: association.ipv6_cidr_block.unwrap_or_default(),
        status_message: state.as_ref().and_then(|state| some(state.status_message.clone())),
        state: state.and_then(|state| state.state).map(|state| word(state.as_str())).unwrap_or_default(),
    }
}

fn subnet_ipv6_block(association: sdk::SubnetIpv6CidrBlockAssociation) -> LiveIpv6CidrBlockAssociation {
    let state = association.ipv6_cidr_block_state;
    LiveIpv6CidrBlockAssociation {
        association_id: association.association_id.unwrap_or_default(),
        ipv6_cidr_block: association.ipv6_cidr_block.unwrap_or_default(),
        status_message: state.as_ref().and_then(|state| some(state.status_message.clone())),
        state: state.and_then(|state| state.state).map(|state| word(state.as_str())).unwrap_or_default(),
    }
}

/// The word for a state. An emulator writes `{'State': 'associated'}` for it.
fn word(state: &str) -> String {
    let is_part = |letter: char| letter.is_ascii_lowercase() || letter == '-';
    let mut words = state.split(|letter| !is_part(letter)).filter(|word| word.len() > 1);
    words.next_back().unwrap_or(state).to_owned()
}

pub(super) fn egress_only_internet_gateway(
    gateway: sdk::EgressOnlyInternetGateway,
) -> LiveEgressOnlyInternetGateway {
    LiveEgressOnlyInternetGateway {
        egress_only_internet_gateway_id: gateway.egress_only_internet_gateway_id.unwrap_or_default(),
        attachments: gateway.attachments.unwrap_or_default().into_iter().map(gateway_attachment).collect(),
        tags: tags(gateway.tags),
    }
}

fn gateway_attachment(attachment: sdk::InternetGatewayAttachment) -> LiveInternetGatewayAttachment {
    LiveInternetGatewayAttachment {
        vpc_id: attachment.vpc_id.unwrap_or_default(),
        state: attachment.state.map(|state| state.as_str().to_owned()).unwrap_or_default(),
    }
}

pub(super) fn subnet(subnet: sdk::Subnet) -> LiveSubnet {
    let ipv6_blocks = subnet.ipv6_cidr_block_association_set.unwrap_or_default();
    LiveSubnet {
        subnet_id: subnet.subnet_id.unwrap_or_default(),
        vpc_id: subnet.vpc_id.unwrap_or_default(),
        cidr_block: subnet.cidr_block.unwrap_or_default(),
        ipv6_cidr_block_associations: ipv6_blocks.into_iter().map(subnet_ipv6_block).collect(),
        availability_zone: subnet.availability_zone.unwrap_or_default(),
        availability_zone_id: some(subnet.availability_zone_id),
        state: subnet.state.map(|state| state.as_str().to_owned()).unwrap_or_default(),
        available_ip_address_count: subnet.available_ip_address_count.unwrap_or_default(),
        map_public_ip_on_launch: subnet.map_public_ip_on_launch.unwrap_or_default(),
        assign_ipv6_address_on_creation: subnet.assign_ipv6_address_on_creation.unwrap_or_default(),
        enable_dns64: subnet.enable_dns64,
        default_for_az: subnet.default_for_az.unwrap_or_default(),
        tags: tags(subnet.tags),
    }
}

pub(super) fn internet_gateway(gateway: sdk::InternetGateway) -> LiveInternetGateway {
    LiveInternetGateway {
        internet_gateway_id: gateway.internet_gateway_id.unwrap_or_default(),
        attachments: gateway.attachments.unwrap_or_default().into_iter().map(gateway_attachment).collect(),
        tags: tags(gateway.tags),
    }
}

pub(super) fn route_table(table: sdk::RouteTable) -> LiveRouteTable {
    let routes = table.routes.unwrap_or_default();
    let associations = table.associations.unwrap_or_default();
    let propagating = table.propagating_vgws.unwrap_or_default();
    LiveRouteTable {
        route_table_id: table.route_table_id.unwrap_or_default(),
        vpc_id: table.vpc_id.unwrap_or_default(),
        routes: routes.into_iter().map(route).collect(),
        associations: associations.into_iter().map(association).collect(),
        propagating_vgws: propagating.into_iter().filter_map(|it| it.gateway_id).collect(),
        tags: tags(table.tags),
    }
}

fn route(route: sdk::Route) -> LiveRoute {
    let other = some(route.carrier_gateway_id)
        .or(some(route.local_gateway_id))
        .or(some(route.core_network_arn))
        .or(some(route.odb_network_arn));
    LiveRoute {
        destination_cidr_block: some(route.destination_cidr_block),
        destination_ipv6_cidr_block: some(route.destination_ipv6_cidr_block),
        destination_prefix_list_id: some(route.destination_prefix_list_id),
        gateway_id: some(route.gateway_id),
        nat_gateway_id: some(route.nat_gateway_id),
        instance_id: some(route.instance_id),
        network_interface_id: some(route.network_interface_id),
        egress_only_internet_gateway_id: some(route.egress_only_internet_gateway_id),
        vpc_peering_connection_id: some(route.vpc_peering_connection_id),
        transit_gateway_id: some(route.transit_gateway_id),
        other_target: other,
        origin: route.origin.map(|origin| origin.as_str().to_owned()).unwrap_or_default(),
        state: route.state.map(|state| state.as_str().to_owned()).unwrap_or_default(),
    }
}

fn association(association: sdk::RouteTableAssociation) -> LiveRouteTableAssociation {
    let state = association.association_state.and_then(|state| state.state);
    LiveRouteTableAssociation {
        route_table_association_id: association.route_table_association_id.unwrap_or_default(),
        main: association.main.unwrap_or_default(),
        subnet_id: some(association.subnet_id),
        gateway_id: some(association.gateway_id),
        state: state.map(|state| state.as_str().to_owned()).unwrap_or_default(),
    }
}

pub(super) fn network_acl(acl: sdk::NetworkAcl) -> LiveNetworkAcl {
    let association = |association: sdk::NetworkAclAssociation| LiveNetworkAclAssociation {
        network_acl_association_id: association.network_acl_association_id.unwrap_or_default(),
        subnet_id: association.subnet_id.unwrap_or_default(),
    };
    let mut entries: Vec<_> = acl.entries.unwrap_or_default().into_iter().map(entry).collect();
    entries.sort_by_key(|entry| (entry.egress, entry.rule_number));
    LiveNetworkAcl {
        network_acl_id: acl.network_acl_id.unwrap_or_default(),
        vpc_id: acl.vpc_id.unwrap_or_default(),
        is_default: acl.is_default.unwrap_or_default(),
        entries,
        associations: acl.associations.unwrap_or_default().into_iter().map(association).collect(),
        tags: tags(acl.tags),
    }
}

fn entry(entry: sdk::NetworkAclEntry) -> NetworkAclEntry {
    let ports = entry.port_range.and_then(|range| Some((range.from?, range.to?)));
    let icmp = entry.icmp_type_code.and_then(|icmp| Some((icmp.r#type?, icmp.code?)));
    NetworkAclEntry {
        rule_number: entry.rule_number.unwrap_or_default(),
        egress: entry.egress.unwrap_or_default(),
        protocol: entry.protocol.unwrap_or_default(),
        rule_action: entry.rule_action.map(|action| action.as_str().to_owned()).unwrap_or_default(),
        cidr_block: some(entry.cidr_block),
        ipv6_cidr_block: some(entry.ipv6_cidr_block),
        port_range: ports.map(|(from, to)| AclPortRange { from, to }),
        icmp_type_code: icmp.map(|(icmp_type, code)| IcmpTypeCode { icmp_type, code }),
    }
}

/// The group without its rules, which another call lists.
pub(super) fn security_group(group: sdk::SecurityGroup) -> LiveSecurityGroup {
    LiveSecurityGroup {
        group_id: group.group_id.unwrap_or_default(),
        group_name: group.group_name.unwrap_or_default(),
        description: group.description.unwrap_or_default(),
        vpc_id: group.vpc_id.unwrap_or_default(),
        rules: Vec::new(),
        tags: tags(group.tags),
    }
}

pub(super) fn rule(rule: sdk::SecurityGroupRule) -> LiveSecurityGroupRule {
    LiveSecurityGroupRule {
        security_group_rule_id: rule.security_group_rule_id.unwrap_or_default(),
        is_egress: rule.is_egress.unwrap_or_default(),
        ip_protocol: rule.ip_protocol.unwrap_or_default(),
        from_port: rule.from_port,
        to_port: rule.to_port,
        cidr_ipv4: some(rule.cidr_ipv4),
        cidr_ipv6: some(rule.cidr_ipv6),
        prefix_list_id: some(rule.prefix_list_id),
        referenced_group_id: rule.referenced_group_info.and_then(|group| some(group.group_id)),
        description: some(rule.description),
        tags: tags(rule.tags),
    }
}

pub(super) fn network_interface(interface: sdk::NetworkInterface) -> LiveNetworkInterface {
    let secondary = interface.private_ip_addresses.unwrap_or_default().into_iter();
    let ipv6 = interface.ipv6_addresses.unwrap_or_default();
    LiveNetworkInterface {
        network_interface_id: interface.network_interface_id.unwrap_or_default(),
        vpc_id: interface.vpc_id.unwrap_or_default(),
        subnet_id: interface.subnet_id.unwrap_or_default(),
        availability_zone: interface.availability_zone.unwrap_or_default(),
        interface_type: interface.interface_type.map(|kind| kind.as_str().to_owned()).unwrap_or_default(),
        status: interface.status.map(|status| status.as_str().to_owned()).unwrap_or_default(),
        description: interface.description.unwrap_or_default(),
        private_ip_address: interface.private_ip_address.unwrap_or_default(),
        secondary_private_ips: secondary
            .filter(|it| it.primary != Some(true))
            .filter_map(|it| it.private_ip_address)
            .collect(),
        ipv6_addresses: ipv6.into_iter().filter_map(|it| it.ipv6_address).collect(),
        association: interface.association.map(|association| LiveInterfaceAssociation {
            public_ip: association.public_ip.unwrap_or_default(),
            allocation_id: some(association.allocation_id),
            association_id: some(association.association_id),
        }),
        attachment: interface.attachment.map(attachment).filter(|it| it.status != "detached"),
        groups: groups(interface.groups),
        requester_id: some(interface.requester_id),
        requester_managed: interface.requester_managed.unwrap_or_default(),
        source_dest_check: interface.source_dest_check.unwrap_or_default(),
        tags: tags(interface.tag_set),
    }
}

fn attachment(attachment: sdk::NetworkInterfaceAttachment) -> LiveInterfaceAttachment {
    LiveInterfaceAttachment {
        attachment_id: attachment.attachment_id.unwrap_or_default(),
        instance_id: some(attachment.instance_id),
        device_index: attachment.device_index.unwrap_or_default(),
        status: attachment.status.map(|status| status.as_str().to_owned()).unwrap_or_default(),
        delete_on_termination: attachment.delete_on_termination.unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vpcs_primary_block_comes_first() {
        let block = |cidr: &str| sdk::VpcCidrBlockAssociation::builder().cidr_block(cidr).build();
        let live = vpc(sdk::Vpc::builder()
            .cidr_block("10.0.0.0/16")
            .cidr_block_association_set(block("10.2.0.0/16"))
            .cidr_block_association_set(block("10.1.0.0/16"))
            .cidr_block_association_set(block("10.0.0.0/16"))
            .build());
        let blocks: Vec<_> =
            live.cidr_block_associations.iter().map(|block| block.cidr_block.as_str()).collect();
        assert_eq!(blocks, ["10.0.0.0/16", "10.2.0.0/16", "10.1.0.0/16"]);
    }

    #[test]
    fn entries_are_ordered_by_direction_and_number() {
        let entry =
            |egress, number| sdk::NetworkAclEntry::builder().egress(egress).rule_number(number).build();
        let acl = sdk::NetworkAcl::builder()
            .entries(entry(true, 100))
            .entries(entry(false, 32767))
            .entries(entry(false, 90))
            .build();
        let order: Vec<_> =
            network_acl(acl).entries.iter().map(|entry| (entry.egress, entry.rule_number)).collect();
        assert_eq!(order, [(false, 90), (false, 32767), (true, 100)]);
    }

    #[test]
    fn an_unknown_route_target_is_kept_by_its_id() {
        let live = route(
            sdk::Route::builder().destination_cidr_block("0.0.0.0/0").carrier_gateway_id("cagw-1").build(),
        );
        assert_eq!((live.target(), live.destination()), (Some("cagw-1"), Some("0.0.0.0/0")));
    }
}
