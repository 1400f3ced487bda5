//! What shall be there: the drawing, moved to the region where it is deployed.

use std::{collections::BTreeMap, collections::BTreeSet, sync::Arc};

use super::observe::Known;
use crate::{
    cloud::DescribeKind,
    model::{
        Document, Index, Kind, Resource, ResourceId, ResourceKind, RouteDestination, SecurityGroupRulePeer,
        Topology,
    },
};

/// What shall be there.
#[derive(Debug, Clone)]
pub struct Desired {
    /// The network, in the region of the deploy.
    pub topology: Topology,
    /// Look-ups over it.
    pub index: Index,
    /// The keys of the tags that an earlier run set, by resource: one that the drawing no longer has
    /// is removed. Tags that others set stay.
    pub tag_keys: BTreeMap<ResourceId, BTreeSet<String>>,
}

impl Desired {
    /// The drawing as it is to be deployed. Another region than the drawing's moves the names that
    /// follow from the region: zones, services, prefix lists.
    pub fn new(document: &Document, region: &str) -> Self {
        let topology = in_region(&document.topology, region);
        let index = topology.index();
        Self { topology, index, tag_keys: BTreeMap::new() }
    }

    /// Nothing: what a destroy is planned against.
    pub fn nothing(region: &str) -> Self {
        let topology = Topology::new(region);
        let index = topology.index();
        Self { topology, index, tag_keys: BTreeMap::new() }
    }

    /// The kinds of objects that are drawn and that not every network has.
    pub fn object_kinds(&self) -> BTreeSet<DescribeKind> {
        let drawn = self.topology.iter().filter_map(|it| describe_kind(it.kind.kind()));
        drawn.filter(|kind| DescribeKind::OBJECTS.contains(kind)).collect()
    }

    /// What the drawing has under an id of AWS and the state does not know: it was accepted, if it stands
    /// in a VPC of ours. Only kinds that are not listed with their VPC; nothing before there is one.
    pub fn accepted(&self, known: &BTreeMap<ResourceId, Known>) -> Vec<Known> {
        if !known.values().any(|it| it.kind == Kind::Vpc) {
            return Vec::new();
        }
        let kinds = [
            Kind::Instance,
            Kind::GatewayEndpoint,
            Kind::InterfaceEndpoint,
            Kind::NatGateway,
            Kind::RegionalNatGateway,
            Kind::ElasticIp,
            Kind::VpnConnection,
        ];
        let drawn = kinds.into_iter().flat_map(|kind| self.topology.of_kind(kind));
        drawn
            .filter(|it| !known.contains_key(&it.id) && is_live_id(it.kind.kind(), it.id.as_str()))
            .map(|it| Known { kind: it.kind.kind(), live: it.id.as_str().to_owned() })
            .collect()
    }

    /// Whether prefix lists are named by name, so that their ids must be looked up.
    pub fn names_prefix_lists(&self) -> bool {
        let named = |name: &str| !name.starts_with("pl-");
        self.topology.iter().any(|resource| match &resource.kind {
            ResourceKind::RouteTable(table) => table
                .routes
                .iter()
                .any(|route| matches!(&route.destination, RouteDestination::PrefixList(name) if named(name))),
            ResourceKind::SecurityGroup(group) => group
                .ingress
                .iter()
                .chain(&group.egress)
                .any(|rule| matches!(&rule.peer, SecurityGroupRulePeer::PrefixList(name) if named(name))),
            _ => false,
        })
    }
}

/// Whether this program can make it: not what AWS maintains or a service of AWS owns.
pub fn is_deployable(kind: &ResourceKind) -> bool {
    let of_aws = match kind {
        ResourceKind::ManagedPrefixList(it) => it.aws_managed,
        ResourceKind::NetworkInterface(it) => it.is_service_owned(),
        _ => false,
    };
    !of_aws && describe_kind(kind.kind()).is_some()
}

/// The kind of resource that an object of these is.
pub fn kind_of(kind: DescribeKind) -> Kind {
    let all = Kind::ALL.iter().copied();
    all.into_iter().find(|it| describe_kind(*it) == Some(kind)).unwrap_or(Kind::Other)
}

/// What a describing call of a kind of resource lists; `None` for what this program cannot deploy.
pub fn describe_kind(kind: Kind) -> Option<DescribeKind> {
    Some(match kind {
        Kind::Vpc => DescribeKind::Vpcs,
        Kind::Subnet => DescribeKind::Subnets,
        Kind::RouteTable => DescribeKind::RouteTables,
        Kind::InternetGateway => DescribeKind::InternetGateways,
        Kind::EgressOnlyInternetGateway => DescribeKind::EgressOnlyInternetGateways,
        Kind::NatGateway | Kind::RegionalNatGateway => DescribeKind::NatGateways,
        Kind::ElasticIp => DescribeKind::Addresses,
        Kind::NetworkAcl => DescribeKind::NetworkAcls,
        Kind::SecurityGroup => DescribeKind::SecurityGroups,
        Kind::Instance => DescribeKind::Instances,
        Kind::KeyPair => DescribeKind::KeyPairs,
        Kind::GatewayEndpoint | Kind::InterfaceEndpoint => DescribeKind::VpcEndpoints,
        Kind::NetworkInterface => DescribeKind::NetworkInterfaces,
        Kind::VpcPeeringConnection => DescribeKind::VpcPeeringConnections,
        Kind::ManagedPrefixList => DescribeKind::ManagedPrefixLists,
        Kind::VpnGateway => DescribeKind::VpnGateways,
        Kind::VpnConnection => DescribeKind::VpnConnections,
        Kind::VpcBlockPublicAccess => DescribeKind::VpcBlockPublicAccess,
        Kind::TransitGateway => DescribeKind::TransitGateways,
        Kind::TransitGatewayVpcAttachment => DescribeKind::TransitGatewayVpcAttachments,
        Kind::TransitGatewayPeeringAttachment => DescribeKind::TransitGatewayPeeringAttachments,
        Kind::TransitGatewayRouteTable => DescribeKind::TransitGatewayRouteTables,
        Kind::DhcpOptions => DescribeKind::DhcpOptions,
        Kind::FlowLog => DescribeKind::FlowLogs,
        Kind::InstanceConnectEndpoint => DescribeKind::InstanceConnectEndpoints,
        _ => return None,
    })
}

/// Whether an id has the form in which AWS gives them: `i-` and 8 or 17 hexadecimal digits.
fn is_live_id(kind: Kind, id: &str) -> bool {
    let prefix = if kind == Kind::ElasticIp { "eipalloc-" } else { kind.id_prefix() };
    let digits = id.strip_prefix(prefix).unwrap_or_default();
    matches!(digits.len(), 8 | 17) && digits.bytes().all(|it| it.is_ascii_hexdigit())
}

fn in_region(topology: &Topology, region: &str) -> Topology {
    if topology.region == region {
        return topology.clone();
    }
    let mut moved = Topology::new(region);
    for (id, resource) in &topology.resources {
        let mut resource: Resource = (**resource).clone();
        move_names(&mut resource.kind, &topology.region, region);
        moved.resources.insert(id.clone(), Arc::new(resource));
    }
    moved
}

fn move_names(kind: &mut ResourceKind, from: &str, to: &str) {
    match kind {
        ResourceKind::Subnet(it) => move_zone(&mut it.availability_zone, from, to),
        ResourceKind::RegionalNatGateway(it) => {
            for zone in &mut it.availability_zone_addresses {
                move_zone(&mut zone.availability_zone, from, to);
            }
        }
        ResourceKind::GatewayEndpoint(it) => move_service(&mut it.service_name, from, to),
        ResourceKind::InterfaceEndpoint(it) => move_service(&mut it.service_name, from, to),
        ResourceKind::RouteTable(it) => {
            for route in &mut it.routes {
                if let RouteDestination::PrefixList(name) = &mut route.destination {
                    move_service(name, from, to);
                }
            }
        }
        ResourceKind::SecurityGroup(it) => {
            for rule in it.ingress.iter_mut().chain(&mut it.egress) {
                if let SecurityGroupRulePeer::PrefixList(name) = &mut rule.peer {
                    move_service(name, from, to);
                }
            }
        }
        _ => {}
    }
}

/// `us-east-1a` of `us-east-1` is `eu-west-1a` in `eu-west-1`. Local zones have no counterpart.
fn move_zone(zone: &mut String, from: &str, to: &str) {
    if let Some(letter) = zone.strip_prefix(from)
        && letter.len() == 1
    {
        *zone = format!("{to}{letter}");
    }
}

/// `com.amazonaws.us-east-1.s3` is `com.amazonaws.eu-west-1.s3` there.
fn move_service(name: &mut String, from: &str, to: &str) {
    let old = format!(".{from}.");
    if name.contains(&old) {
        *name = name.replacen(&old, &format!(".{to}."), 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_region() {
        let mut zone = "us-east-1a".to_owned();
        move_zone(&mut zone, "us-east-1", "eu-west-1");
        assert_eq!(zone, "eu-west-1a");
        let mut local = "us-east-1-bos-1a".to_owned();
        move_zone(&mut local, "us-east-1", "eu-west-1");
        assert_eq!(local, "us-east-1-bos-1a");
        let mut service = "com.amazonaws.us-east-1.s3".to_owned();
        move_service(&mut service, "us-east-1", "eu-west-1");
        assert_eq!(service, "com.amazonaws.eu-west-1.s3");
    }
}
