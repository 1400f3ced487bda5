//! One file per resource kind. Field names are those of the EC2 API in snake case, as in
//! Terraform's AWS provider.

mod elastic_ip;
mod gateway_endpoint;
mod instance;
mod interface_endpoint;
mod internet_gateway;
mod key_pair;
mod nat_gateway;
mod network_acl;
mod other;
mod route_table;
mod security_group;
mod subnet;
mod vpc;

pub use elastic_ip::ElasticIp;
pub use gateway_endpoint::GatewayEndpoint;
pub use instance::{AMAZON_LINUX_2023_ARM64, AMAZON_LINUX_2023_X86_64, Instance};
pub use interface_endpoint::InterfaceEndpoint;
pub use internet_gateway::InternetGateway;
pub use key_pair::{KeyPair, KeyType};
pub use nat_gateway::{ConnectivityType, NatGateway};
pub use network_acl::{AclRule, NetworkAcl, RuleAction};
pub use other::Other;
pub use route_table::{Route, RouteDestination, RouteTable, RouteTarget};
pub use security_group::{SecurityGroup, SecurityGroupRule, SecurityGroupRulePeer};
pub use subnet::Subnet;
pub use vpc::{Tenancy, Vpc};

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
