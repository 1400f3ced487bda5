//! Filters of describing calls: the usual ones of EC2, by their names there.

use crate::cloud::{
    Filter, LiveAddress, LiveEgressOnlyInternetGateway, LiveInstance, LiveInternetGateway, LiveKeyPair,
    LiveNatGateway, LiveNetworkAcl, LiveNetworkInterface, LiveObject, LivePrefixList, LiveRouteTable,
    LiveSecurityGroup, LiveSubnet, LiveVpc, LiveVpcEndpoint, Spec, Tags,
};

/// Something that describing calls list.
pub(super) trait Listed {
    /// The names of its filters, beside those on tags.
    const FILTERS: &'static [&'static str];

    /// Its tags.
    fn tags(&self) -> &Tags;

    /// The values that a filter looks at, any of which may match.
    fn values(&self, filter: &str) -> Vec<String>;
}

/// Whether an object passes a filter.
pub(super) fn passes<T: Listed>(object: &T, filter: &Filter) -> bool {
    let values = if filter.name == "tag-key" {
        object.tags().keys().cloned().collect()
    } else if let Some(key) = filter.name.strip_prefix("tag:") {
        object.tags().get(key).cloned().into_iter().collect()
    } else {
        object.values(&filter.name)
    };
    filter
        .values
        .iter()
        .any(|pattern| values.iter().any(|value| matches_pattern(pattern.as_bytes(), value.as_bytes())))
}

/// Whether a value matches a pattern with `*` for any characters and `?` for one.
///
/// Walks forward and comes back to the last `*` only, so that no pattern takes more than the product
/// of the lengths.
fn matches_pattern(pattern: &[u8], value: &[u8]) -> bool {
    let (mut at, mut from) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while let Some(byte) = value.get(from) {
        match pattern.get(at) {
            Some(b'*') => {
                star = Some((at, from));
                at += 1;
            }
            Some(wanted) if *wanted == b'?' || wanted == byte => {
                at += 1;
                from += 1;
            }
            _ => {
                let Some((star_at, star_from)) = star else {
                    return false;
                };
                star = Some((star_at, star_from + 1));
                at = star_at + 1;
                from = star_from + 1;
            }
        }
    }
    pattern.iter().skip(at).all(|byte| *byte == b'*')
}

fn some(value: Option<&String>) -> Vec<String> {
    value.cloned().into_iter().collect()
}

macro_rules! listed {
    ($type:ty, $object:ident, { $($filter:literal => $values:expr,)* }) => {
        impl Listed for $type {
            const FILTERS: &'static [&'static str] = &[$($filter),*];

            fn tags(&self) -> &Tags {
                &self.tags
            }

            fn values(&self, filter: &str) -> Vec<String> {
                let $object = self;
                match filter {
                    $($filter => $values,)*
                    _ => Vec::new(),
                }
            }
        }
    };
}

listed!(LiveVpc, vpc, {
    "vpc-id" => vec![vpc.vpc_id.clone()],
    "cidr" => vec![vpc.cidr_block.clone()],
    "cidr-block-association.cidr-block" => vpc.cidr_block_associations.iter().map(|one| one.cidr_block.clone()).collect(),
    "cidr-block-association.association-id" => vpc.cidr_block_associations.iter().map(|one| one.association_id.clone()).collect(),
    "ipv6-cidr-block-association.ipv6-cidr-block" => vpc.ipv6_cidr_block_associations.iter().map(|one| one.ipv6_cidr_block.clone()).collect(),
    "ipv6-cidr-block-association.association-id" => vpc.ipv6_cidr_block_associations.iter().map(|one| one.association_id.clone()).collect(),
    "is-default" => vec![vpc.is_default.to_string()],
    "state" => vec![vpc.state.clone()],
});

listed!(LiveSubnet, subnet, {
    "subnet-id" => vec![subnet.subnet_id.clone()],
    "vpc-id" => vec![subnet.vpc_id.clone()],
    "cidr-block" => vec![subnet.cidr_block.clone()],
    "availability-zone" => vec![subnet.availability_zone.clone()],
    "availability-zone-id" => some(subnet.availability_zone_id.as_ref()),
    "default-for-az" => vec![subnet.default_for_az.to_string()],
    "map-public-ip-on-launch" => vec![subnet.map_public_ip_on_launch.to_string()],
    "state" => vec![subnet.state.clone()],
});

listed!(LiveRouteTable, table, {
    "route-table-id" => vec![table.route_table_id.clone()],
    "vpc-id" => vec![table.vpc_id.clone()],
    "association.main" => vec![table.associations.iter().any(|one| one.main).to_string()],
    "association.route-table-association-id" => table.associations.iter().map(|one| one.route_table_association_id.clone()).collect(),
    "association.subnet-id" => table.associations.iter().filter_map(|one| one.subnet_id.clone()).collect(),
    "route.destination-cidr-block" => table.routes.iter().filter_map(|one| one.destination_cidr_block.clone()).collect(),
    "route.gateway-id" => table.routes.iter().filter_map(|one| one.gateway_id.clone()).collect(),
    "route.nat-gateway-id" => table.routes.iter().filter_map(|one| one.nat_gateway_id.clone()).collect(),
    "route.state" => table.routes.iter().map(|one| one.state.clone()).collect(),
});

listed!(LiveInternetGateway, gateway, {
    "internet-gateway-id" => vec![gateway.internet_gateway_id.clone()],
    "attachment.vpc-id" => gateway.attachments.iter().map(|one| one.vpc_id.clone()).collect(),
    "attachment.state" => gateway.attachments.iter().map(|one| one.state.clone()).collect(),
});

// EC2 filters egress-only internet gateways by tags alone.
listed!(LiveEgressOnlyInternetGateway, _gateway, {});

listed!(LiveAddress, address, {
    "allocation-id" => vec![address.allocation_id.clone()],
    "association-id" => some(address.association_id.as_ref()),
    "domain" => vec![address.domain.clone()],
    "instance-id" => some(address.instance_id.as_ref()),
    "network-interface-id" => some(address.network_interface_id.as_ref()),
    "private-ip-address" => some(address.private_ip_address.as_ref()),
    "public-ip" => vec![address.public_ip.clone()],
});

listed!(LiveNatGateway, nat, {
    "nat-gateway-id" => vec![nat.nat_gateway_id.clone()],
    "state" => vec![nat.state.clone()],
    "subnet-id" => vec![nat.subnet_id.clone()],
    "vpc-id" => vec![nat.vpc_id.clone()],
});

listed!(LiveNetworkAcl, acl, {
    "network-acl-id" => vec![acl.network_acl_id.clone()],
    "vpc-id" => vec![acl.vpc_id.clone()],
    "default" => vec![acl.is_default.to_string()],
    "association.association-id" => acl.associations.iter().map(|one| one.network_acl_association_id.clone()).collect(),
    "association.network-acl-id" => acl.associations.iter().map(|_| acl.network_acl_id.clone()).collect(),
    "association.subnet-id" => acl.associations.iter().map(|one| one.subnet_id.clone()).collect(),
});

listed!(LiveSecurityGroup, group, {
    "group-id" => vec![group.group_id.clone()],
    "group-name" => vec![group.group_name.clone()],
    "description" => vec![group.description.clone()],
    "vpc-id" => vec![group.vpc_id.clone()],
});

listed!(LiveKeyPair, pair, {
    "key-pair-id" => vec![pair.key_pair_id.clone()],
    "key-name" => vec![pair.key_name.clone()],
    "fingerprint" => some(pair.key_fingerprint.as_ref()),
});

listed!(LiveInstance, instance, {
    "instance-id" => vec![instance.instance_id.clone()],
    "instance-state-name" => vec![instance.state.clone()],
    "instance-type" => vec![instance.instance_type.clone()],
    "image-id" => vec![instance.image_id.clone()],
    "key-name" => some(instance.key_name.as_ref()),
    "vpc-id" => some(instance.vpc_id.as_ref()),
    "subnet-id" => some(instance.subnet_id.as_ref()),
    "availability-zone" => vec![instance.availability_zone.clone()],
    "private-ip-address" => some(instance.private_ip_address.as_ref()),
    "ip-address" => some(instance.public_ip_address.as_ref()),
    "client-token" => some(instance.client_token.as_ref()),
    "instance.group-id" => instance.security_groups.iter().map(|one| one.group_id.clone()).collect(),
});

listed!(LiveNetworkInterface, interface, {
    "network-interface-id" => vec![interface.network_interface_id.clone()],
    "vpc-id" => vec![interface.vpc_id.clone()],
    "subnet-id" => vec![interface.subnet_id.clone()],
    "availability-zone" => vec![interface.availability_zone.clone()],
    "interface-type" => vec![interface.interface_type.clone()],
    "status" => vec![interface.status.clone()],
    "description" => vec![interface.description.clone()],
    "private-ip-address" => vec![interface.private_ip_address.clone()],
    "requester-managed" => vec![interface.requester_managed.to_string()],
    "group-id" => interface.groups.iter().map(|one| one.group_id.clone()).collect(),
    "attachment.instance-id" => some(interface.attachment.as_ref().and_then(|one| one.instance_id.as_ref())),
    "association.public-ip" => some(interface.association.as_ref().map(|one| &one.public_ip)),
    "association.allocation-id" => some(interface.association.as_ref().and_then(|one| one.allocation_id.as_ref())),
});

listed!(LiveVpcEndpoint, endpoint, {
    "vpc-endpoint-id" => vec![endpoint.vpc_endpoint_id.clone()],
    "vpc-endpoint-type" => vec![endpoint.vpc_endpoint_type.clone()],
    "vpc-endpoint-state" => vec![endpoint.state.clone()],
    "service-name" => vec![endpoint.service_name.clone()],
    "vpc-id" => vec![endpoint.vpc_id.clone()],
});

listed!(LiveObject, object, {
    "state" => vec![object.state.clone()],
    "vpc-id" => object.spec.vpc_id().map(str::to_owned).into_iter().collect(),
    "transit-gateway-id" => match &object.spec {
        Spec::TransitGatewayVpcAttachment { transit_gateway_id, .. }
        | Spec::TransitGatewayPeeringAttachment { transit_gateway_id, .. }
        | Spec::TransitGatewayRouteTable { transit_gateway_id, .. } => vec![transit_gateway_id.clone()],
        _ => Vec::new(),
    },
});

/// Prefix lists of AWS services have no tags.
static NO_TAGS: Tags = Tags::new();

impl Listed for LivePrefixList {
    const FILTERS: &'static [&'static str] = &["prefix-list-id", "prefix-list-name"];

    fn tags(&self) -> &Tags {
        &NO_TAGS
    }

    fn values(&self, filter: &str) -> Vec<String> {
        match filter {
            "prefix-list-id" => vec![self.prefix_list_id.clone()],
            _ => vec![self.prefix_list_name.clone()],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_and_question_marks_are_wildcards() {
        for (pattern, value) in
            [("*", ""), ("a*c", "abbc"), ("a*", "a"), ("?b*d", "abcd"), ("*b*b", "abab"), ("x", "x")]
        {
            assert!(matches_pattern(pattern.as_bytes(), value.as_bytes()), "{pattern} {value}");
        }
        for (pattern, value) in [("", "a"), ("a", ""), ("a?", "a"), ("*b", "abc"), ("a*b*c", "acb")] {
            assert!(!matches_pattern(pattern.as_bytes(), value.as_bytes()), "{pattern} {value}");
        }
    }
}
