//! One file per resource kind. Field names are those of the EC2 API in snake case, as in
//! Terraform's AWS provider.

/// Writes `each_reference` and `map_references` of a kind whose references are plain fields, from the
/// list of these: `required`, `optional` or a `list`.
macro_rules! references {
    (@visit $it:ident $visit:ident required $field:ident) => {
        $visit(crate::model::Mention::new(stringify!($field)), &$it.$field);
    };
    (@visit $it:ident $visit:ident optional $field:ident) => {
        if let Some(id) = &$it.$field {
            $visit(crate::model::Mention::new(stringify!($field)), id);
        }
    };
    (@visit $it:ident $visit:ident list $field:ident) => {
        super::visit_list($visit, stringify!($field), &$it.$field);
    };
    (@map $it:ident $change:ident $orphaned:ident required $field:ident) => {
        super::map_required(&mut $it.$field, stringify!($field), $change, $orphaned);
    };
    (@map $it:ident $change:ident $orphaned:ident optional $field:ident) => {
        super::map_optional(&mut $it.$field, $change);
    };
    (@map $it:ident $change:ident $orphaned:ident list $field:ident) => {
        super::map_list(&mut $it.$field, $change);
    };
    ($kind:ident { $($how:ident $field:ident),* $(,)? }) => {
        impl $kind {
            pub(in crate::model) fn each_reference<'a>(&'a self, _visit: super::Visit<'_, 'a>) {
                $(references!(@visit self _visit $how $field);)*
            }

            pub(in crate::model) fn map_references(
                &mut self,
                _change: &mut dyn FnMut(&crate::model::ResourceId) -> Option<crate::model::ResourceId>,
                _orphaned: &mut Vec<crate::model::Field>,
            ) {
                $(references!(@map self _change _orphaned $how $field);)*
            }
        }
    };
}
mod dhcp_options;
mod egress_only_internet_gateway;
mod elastic_ip;
mod flow_log;
mod gateway_endpoint;
mod instance;
mod instance_connect_endpoint;
mod interface_endpoint;
mod internet_gateway;
mod key_pair;
mod load_balancer;
mod managed_prefix_list;
mod nat_gateway;
mod network_acl;
mod network_interface;
mod other;
mod regional_nat_gateway;
mod route_table;
mod security_group;
mod subnet;
mod target_group;
mod transit_gateway;
mod transit_gateway_peering_attachment;
mod transit_gateway_route_table;
mod transit_gateway_vpc_attachment;
mod vpc;
mod vpc_block_public_access;
mod vpc_peering_connection;
mod vpn_connection;
mod vpn_gateway;

pub use dhcp_options::DhcpOptions;
pub use egress_only_internet_gateway::EgressOnlyInternetGateway;
pub use elastic_ip::ElasticIp;
pub use flow_log::{FlowLog, LogDestinationType, TrafficType};
pub use gateway_endpoint::GatewayEndpoint;
pub use instance::{AMAZON_LINUX_2023_ARM64, AMAZON_LINUX_2023_X86_64, Instance};
pub use instance_connect_endpoint::InstanceConnectEndpoint;
pub use interface_endpoint::{InterfaceEndpoint, SubnetConfiguration};
pub use internet_gateway::InternetGateway;
pub use key_pair::{KeyPair, KeyType};
pub use load_balancer::{Listener, LoadBalancer, LoadBalancerType, SubnetMapping};
pub use managed_prefix_list::{AddressFamily, ManagedPrefixList, PrefixListEntry};
pub use nat_gateway::{ConnectivityType, NatGateway};
pub use network_acl::{AclRule, NetworkAcl, RuleAction};
pub use network_interface::NetworkInterface;
pub use other::Other;
pub use regional_nat_gateway::{AvailabilityZoneAddress, RegionalNatGateway};
pub use route_table::{Route, RouteDestination, RouteTable, RouteTarget};
pub use security_group::{SecurityGroup, SecurityGroupRule, SecurityGroupRulePeer};
pub use subnet::Subnet;
pub use target_group::{Target, TargetGroup};
pub use transit_gateway::TransitGateway;
pub use transit_gateway_peering_attachment::TransitGatewayPeeringAttachment;
pub use transit_gateway_route_table::{TransitGatewayRoute, TransitGatewayRouteTable};
pub use transit_gateway_vpc_attachment::TransitGatewayVpcAttachment;
pub use vpc::{Tenancy, Vpc};
pub use vpc_block_public_access::{BlockExclusion, BlockMode, ExclusionMode, VpcBlockPublicAccess};
pub use vpc_peering_connection::VpcPeeringConnection;
pub use vpn_connection::VpnConnection;
pub use vpn_gateway::VpnGateway;

use super::{
    id::{Field, ResourceId},
    mention::Mention,
};

/// What `map_references` of every kind does with one optional reference.
pub(super) fn map_optional(
    field: &mut Option<ResourceId>,
    change: &mut dyn FnMut(&ResourceId) -> Option<ResourceId>,
) {
    if let Some(id) = field.as_ref() {
        *field = change(id);
    }
}

/// What `map_references` of every kind does with one required reference.
pub(super) fn map_required(
    field: &mut ResourceId,
    name: &'static str,
    change: &mut dyn FnMut(&ResourceId) -> Option<ResourceId>,
    orphaned: &mut Vec<Field>,
) {
    match change(field) {
        Some(id) => *field = id,
        None => orphaned.push(Field::new(name)),
    }
}

/// What `map_references` of every kind does with a list of references.
pub(super) fn map_list(
    list: &mut Vec<ResourceId>,
    change: &mut dyn FnMut(&ResourceId) -> Option<ResourceId>,
) {
    *list = list.iter().filter_map(change).collect();
}

/// What `each_reference` of every kind calls, once per reference.
pub(super) type Visit<'v, 'a> = &'v mut dyn FnMut(Mention, &'a ResourceId);

/// Visits one reference per entry of a list.
pub(super) fn visit_list<'a>(visit: Visit<'_, 'a>, name: &'static str, list: &'a [ResourceId]) {
    for (at, to) in list.iter().enumerate() {
        visit(Mention::item(name, at, ""), to);
    }
}

pub(crate) fn yes() -> bool {
    true
}

pub(crate) fn is_false(value: &bool) -> bool {
    !value
}
