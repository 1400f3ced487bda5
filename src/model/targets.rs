//! Which kinds of resource each referring field may name.

use super::resource::Kind;

/// What can be attached to a transit gateway.
const ATTACHMENTS: &[Kind] =
    &[Kind::TransitGatewayVpcAttachment, Kind::TransitGatewayPeeringAttachment, Kind::VpnConnection];

/// The kinds of resource that each referring field may name.
const TARGETS: &[(&str, &[Kind])] = &[
    ("vpc_id", &[Kind::Vpc]),
    ("peer_vpc_id", &[Kind::Vpc]),
    ("subnet_id", &[Kind::Subnet]),
    ("subnet_ids", &[Kind::Subnet]),
    ("route_table_id", &[Kind::RouteTable]),
    ("route_table_ids", &[Kind::RouteTable]),
    ("network_acl_id", &[Kind::NetworkAcl]),
    ("gateway_id", &[Kind::InternetGateway, Kind::VpnGateway]),
    ("gateway_ids", &[Kind::InternetGateway, Kind::VpnGateway]),
    ("egress_only_gateway_id", &[Kind::EgressOnlyInternetGateway]),
    ("nat_gateway_id", &[Kind::NatGateway, Kind::RegionalNatGateway]),
    ("instance_id", &[Kind::Instance]),
    ("network_interface_id", &[Kind::NetworkInterface]),
    ("vpc_peering_connection_id", &[Kind::VpcPeeringConnection]),
    ("transit_gateway_id", &[Kind::TransitGateway]),
    ("peer_transit_gateway_id", &[Kind::TransitGateway]),
    ("transit_gateway_attachment_id", ATTACHMENTS),
    ("associations", ATTACHMENTS),
    ("propagations", ATTACHMENTS),
    ("vpn_gateway_id", &[Kind::VpnGateway]),
    ("propagating_vgws", &[Kind::VpnGateway]),
    ("key_pair_id", &[Kind::KeyPair]),
    ("allocation_id", &[Kind::ElasticIp]),
    ("allocation_ids", &[Kind::ElasticIp]),
    ("secondary_allocation_ids", &[Kind::ElasticIp]),
    ("vpc_security_group_ids", &[Kind::SecurityGroup]),
    ("security_group_ids", &[Kind::SecurityGroup]),
    ("referenced_security_group_id", &[Kind::SecurityGroup]),
    ("managed_prefix_list_id", &[Kind::ManagedPrefixList]),
    ("destination_managed_prefix_list_id", &[Kind::ManagedPrefixList]),
    ("dhcp_options_id", &[Kind::DhcpOptions]),
    ("resource_id", &[Kind::Vpc, Kind::Subnet, Kind::Instance, Kind::NetworkInterface]),
    ("target_group_ids", &[Kind::TargetGroup]),
    ("target_id", &[Kind::Instance, Kind::LoadBalancer]),
];

/// The kinds that a field of this name (`gateway_id` of `routes[2].gateway_id`) may name.
pub fn of(field: &str) -> Option<&'static [Kind]> {
    TARGETS.iter().find(|(name, _)| *name == field).map(|(_, kinds)| *kinds)
}
