//! Fields of a live object taken over into the drawing, in the drawing's own terms: its ids, its names
//! of prefix lists, its place in the IPv6 block that Amazon gave.

use std::{collections::BTreeMap, net::Ipv6Addr};

use ipnet::Ipv6Net;
use serde_json::Value;

use crate::{
    cloud,
    deploy::{
        ids::Ids,
        kinds::{Aspect, Context},
        observed::Observed,
        stamp::Stamp,
    },
    model::{
        Kind, Resource, ResourceId, ResourceKind, RouteDestination, RouteTarget, SecurityGroupRulePeer,
        Topology,
    },
};

/// The drawing's words for what is in the account.
pub(super) struct Terms<'a> {
    pub topology: &'a Topology,
    pub cx: Context<'a>,
    /// Drawn resources by live id.
    names: BTreeMap<&'a str, &'a ResourceId>,
    /// Names of prefix lists by live id.
    lists: BTreeMap<&'a str, &'a str>,
}

impl<'a> Terms<'a> {
    pub fn new(topology: &'a Topology, ids: &'a Ids, cx: Context<'a>) -> Self {
        let drawn = ids.iter().filter(|(id, _)| topology.get(id).is_some());
        let names = drawn.map(|(id, live)| (live, id)).collect();
        let lists = ids.prefix_lists.iter().map(|(name, id)| (id.as_str(), name.as_str())).collect();
        Self { topology, cx, names, lists }
    }

    /// The drawn resource that an object is.
    pub fn named(&self, live: &str) -> Option<&'a ResourceId> {
        self.names.get(live).copied()
    }

    /// A live resource as the drawing would have it. What is not drawn keeps its live id.
    pub fn translated(&self, live: &ResourceKind) -> Option<ResourceKind> {
        let mut kind = live.clone();
        kind.map_references(&mut |id| Some(self.named(id.as_str()).unwrap_or(id).clone()));
        match &mut kind {
            ResourceKind::RouteTable(table) => {
                for route in &mut table.routes {
                    if let RouteDestination::PrefixList(list) = &route.destination {
                        route.destination = match self.list(list) {
                            List::Drawn(id) => RouteDestination::ManagedPrefixList(id),
                            List::Named(name) => RouteDestination::PrefixList(name),
                        };
                    }
                    if let RouteTarget::Other(to) | RouteTarget::Blackhole(to) = &route.target
                        && let Some(target) = self.target(to)
                    {
                        route.target = target;
                    }
                }
            }
            ResourceKind::SecurityGroup(group) => {
                for rule in group.ingress.iter_mut().chain(&mut group.egress) {
                    if let SecurityGroupRulePeer::PrefixList(list) = &rule.peer {
                        rule.peer = match self.list(list) {
                            List::Drawn(id) => SecurityGroupRulePeer::ManagedPrefixList(id),
                            List::Named(name) => SecurityGroupRulePeer::PrefixList(name),
                        };
                    }
                }
            }
            // On nothing that is drawn it has no private address either.
            ResourceKind::ElasticIp(it) if it.instance_id.is_none() && it.network_interface_id.is_none() => {
                it.private_ip_address = None;
            }
            _ => {}
        }
        let mut value = serde_json::to_value(kind).ok()?;
        self.move_blocks(&mut value);
        serde_json::from_value(value).ok()
    }

    fn list(&self, live: &str) -> List {
        match (self.named(live), self.lists.get(live)) {
            (Some(drawn), _) => List::Drawn(drawn.clone()),
            (None, Some(name)) => List::Named((*name).to_owned()),
            (None, None) => List::Named(live.to_owned()),
        }
    }

    fn target(&self, live: &str) -> Option<RouteTarget> {
        let id = self.named(live)?.clone();
        Some(match self.topology.kind(&id)?.kind() {
            Kind::InternetGateway | Kind::VpnGateway => RouteTarget::Gateway(id),
            Kind::EgressOnlyInternetGateway => RouteTarget::EgressOnlyGateway(id),
            Kind::NatGateway => RouteTarget::NatGateway(id),
            Kind::Instance => RouteTarget::Instance(id),
            Kind::NetworkInterface => RouteTarget::NetworkInterface(id),
            Kind::VpcPeeringConnection => RouteTarget::VpcPeeringConnection(id),
            Kind::TransitGateway => RouteTarget::TransitGateway(id),
            _ => return None,
        })
    }

    /// Blocks and addresses inside of one that Amazon gave become the ones that stand for them.
    fn move_blocks(&self, value: &mut Value) {
        match value {
            Value::String(text) => {
                let block = text.parse::<Ipv6Net>().ok().map(|block| self.cx.drawn_ipv6(block).to_string());
                let address = text.parse::<Ipv6Addr>().ok();
                let address = address.map(|it| self.cx.drawn_ipv6(it.into()).addr().to_string());
                if let Some(drawn) = block.or(address).filter(|drawn| drawn != text) {
                    *text = drawn;
                }
            }
            Value::Array(list) => list.iter_mut().for_each(|it| self.move_blocks(it)),
            Value::Object(fields) => fields.values_mut().for_each(|it| self.move_blocks(it)),
            _ => {}
        }
    }
}

enum List {
    Drawn(ResourceId),
    Named(String),
}

/// The fields that an aspect is made of; `None` where an import does not show them.
pub(super) fn fields_of(aspect: Aspect, kind: Kind) -> Option<&'static [&'static str]> {
    Some(match aspect {
        Aspect::DnsSwitches => &["enable_dns_support", "enable_dns_hostnames"],
        Aspect::AddBlocks | Aspect::RemoveBlocks => &["secondary_cidr_blocks"],
        Aspect::SubnetIpv6 => &["ipv6_cidr_block", "assign_ipv6_address_on_creation"],
        Aspect::PublicIpOnLaunch => &["map_public_ip_on_launch"],
        Aspect::Dns64 => &["enable_dns64"],
        Aspect::RouteTableAssociation => &["route_table_id"],
        Aspect::AclAssociation => &["network_acl_id"],
        Aspect::Routes if kind == Kind::VpnConnection => &["on_premises_cidr_blocks"],
        Aspect::Routes | Aspect::TransitRoutes => &["routes"],
        Aspect::Detachment | Aspect::GatewayAttachment if kind == Kind::NetworkInterface => {
            &["instance_id", "device_index"]
        }
        Aspect::Attachment | Aspect::GatewayAttachment => &["vpc_id"],
        Aspect::Settings => settings(kind)?,
        Aspect::AddressAssociation => &["instance_id", "network_interface_id", "private_ip_address"],
        Aspect::AddressRelease | Aspect::InterfaceAddresses | Aspect::NatAddresses => match kind {
            Kind::NatGateway => &["secondary_allocation_ids"],
            Kind::RegionalNatGateway => &["availability_zone_addresses"],
            _ => &["secondary_private_ips", "ipv6_addresses"],
        },
        Aspect::AclEntries | Aspect::GroupRules => &["ingress", "egress"],
        Aspect::InstanceGroups => &["vpc_security_group_ids"],
        Aspect::SourceDestCheck => &["source_dest_check"],
        Aspect::InstanceType => &["instance_type"],
        Aspect::EndpointLists => {
            &["route_table_ids", "subnet_ids", "security_group_ids", "private_dns_enabled"]
        }
        Aspect::EdgeAssociations => &["gateway_ids"],
        Aspect::Propagations if kind == Kind::RouteTable => &["propagating_vgws"],
        Aspect::Propagations => &["propagations"],
        Aspect::Associations => &["associations"],
        Aspect::DhcpOptions => &["dhcp_options_id"],
        Aspect::Tags | Aspect::MainTable => &[],
        Aspect::Exclusions => &["exclusions"],
        // A connection that waits to be accepted is no drawing: it is accepted or it goes.
        Aspect::Acceptance | Aspect::Detachment => return None,
        Aspect::CustomerGateway => &ROUTER,
    })
}

/// What a customer gateway is of a drawn VPN connection.
const ROUTER: [&str; 2] = ["customer_gateway_ip", "bgp_asn"];

/// What EC2 changes in place of the kinds that have settings.
fn settings(kind: Kind) -> Option<&'static [&'static str]> {
    Some(match kind {
        Kind::ManagedPrefixList => &["max_entries", "entries"],
        Kind::VpcPeeringConnection => {
            &["requester_allow_remote_vpc_dns_resolution", "accepter_allow_remote_vpc_dns_resolution"]
        }
        Kind::TransitGateway => &[
            "description",
            "default_route_table_association",
            "default_route_table_propagation",
            "dns_support",
            "security_group_referencing_support",
        ],
        Kind::TransitGatewayVpcAttachment => &[
            "subnet_ids",
            "appliance_mode_support",
            "dns_support",
            "ipv6_support",
            "security_group_referencing_support",
        ],
        Kind::NetworkInterface => &["description", "security_group_ids", "source_dest_check"],
        Kind::VpnConnection => &ROUTER,
        Kind::VpcBlockPublicAccess => &["internet_gateway_block_mode"],
        _ => return None,
    })
}

/// A resource with some fields of another of its kind.
pub(super) fn with_fields(
    drawn: &ResourceKind,
    live: &ResourceKind,
    fields: &[&str],
) -> Option<ResourceKind> {
    if drawn.kind() != live.kind() {
        return None;
    }
    let mut to = serde_json::to_value(drawn).ok()?;
    let from = serde_json::to_value(live).ok()?;
    let (into, from) = (to.as_object_mut()?, from.as_object()?);
    for field in fields {
        match from.get(*field) {
            Some(value) => {
                let merged = in_order(into.get(*field), value.clone());
                into.insert((*field).to_owned(), merged);
            }
            // What a file leaves out is as it is by default.
            None => {
                into.remove(*field);
            }
        }
    }
    serde_json::from_value(to).ok()
}

/// A list as it is now, in the order in which it is drawn as far as it is.
fn in_order(drawn: Option<&Value>, live: Value) -> Value {
    let (Some(Value::Array(drawn)), Value::Array(live)) = (drawn, &live) else { return live };
    let kept = drawn.iter().filter(|it| live.contains(it));
    let new = live.iter().filter(|it| !drawn.contains(it));
    kept.chain(new).cloned().collect()
}

/// The blocks that Amazon gave: where there is one, the drawing asks for one.
pub(super) fn with_ipv6(drawn: &mut ResourceKind, live: &ResourceKind) {
    let ResourceKind::Vpc(live) = live else { return };
    let Some(vpc) = drawn.as_vpc_mut() else { return };
    if live.ipv6_cidr_blocks.is_empty() {
        vpc.ipv6_cidr_blocks.clear();
        vpc.assign_generated_ipv6_cidr_block = false;
    } else if vpc.ipv6_cidr_blocks.is_empty() {
        vpc.ipv6_cidr_blocks.clone_from(&live.ipv6_cidr_blocks);
        vpc.assign_generated_ipv6_cidr_block = true;
    }
}

/// The tags of the drawing with their values in the account. What others added is theirs.
pub(super) fn with_tags(drawn: &Resource, live: &str, observed: &Observed) -> Resource {
    let nothing = cloud::Tags::new();
    let now = observed.tags(live).unwrap_or(&nothing);
    let mut resource = drawn.clone();
    for key in Stamp::user_tags(drawn).into_keys() {
        match now.get(&key) {
            Some(value) if key == "Name" => resource.name.clone_from(value),
            None if key == "Name" => resource.name.clear(),
            Some(value) => {
                resource.tags.insert(key, value.clone());
            }
            None => {
                resource.tags.remove(&key);
            }
        }
    }
    resource
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_list_keeps_the_order_of_the_drawing() {
        let merged = in_order(Some(&json!(["b", "gone", "a"])), json!(["a", "new", "b"]));
        assert_eq!(merged, json!(["b", "a", "new"]));
        assert_eq!(in_order(None, json!(["a"])), json!(["a"]));
        assert_eq!(in_order(Some(&json!(true)), json!(false)), json!(false));
    }
}
