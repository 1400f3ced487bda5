use std::fmt;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Visit, is_false, map_list, map_required, visit_list};
use crate::model::{Field, Kind, Mention, ResourceId};

/// A route table. The local routes and those of gateway endpoints are not listed: they follow from
/// the VPC and from the endpoints (see `model::routing`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RouteTable {
    /// The VPC that it belongs to.
    pub vpc_id: ResourceId,
    /// Whether it is the main table, which serves every subnet without an association of its own.
    /// AWS makes it together with the VPC.
    #[serde(default, skip_serializing_if = "is_false")]
    pub main: bool,
    /// The static routes.
    #[serde(default)]
    pub routes: Vec<Route>,
    /// The virtual private gateways whose blocks on premises the table learns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub propagating_vgws: Vec<ResourceId>,
    /// The internet or virtual private gateways that route what comes in from outside by this table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gateway_ids: Vec<ResourceId>,
}

/// A static route: one destination, one target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "RouteFields", into = "RouteFields")]
#[schemars(with = "RouteFields")]
pub struct Route {
    /// Where packets want to go.
    pub destination: RouteDestination,
    /// Where they are sent.
    pub target: RouteTarget,
}

/// The destination of a route.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RouteDestination {
    /// `destination_cidr_block`.
    Ipv4(Ipv4Net),
    /// `destination_ipv6_cidr_block`.
    Ipv6(Ipv6Net),
    /// `destination_prefix_list_id`: an AWS-managed list by name (`com.amazonaws.REGION.s3`) or id.
    PrefixList(String),
    /// `destination_managed_prefix_list_id`: a prefix list of this file.
    ManagedPrefixList(ResourceId),
}

/// The target of a route.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RouteTarget {
    /// `gateway_id`: an internet gateway or a virtual private gateway.
    Gateway(ResourceId),
    /// `egress_only_gateway_id`.
    EgressOnlyGateway(ResourceId),
    /// `nat_gateway_id`.
    NatGateway(ResourceId),
    /// `instance_id`: an instance that forwards.
    Instance(ResourceId),
    /// `network_interface_id`: an interface that forwards.
    NetworkInterface(ResourceId),
    /// `vpc_peering_connection_id`.
    VpcPeeringConnection(ResourceId),
    /// `transit_gateway_id`.
    TransitGateway(ResourceId),
    /// `blackhole_target`: what is gone, by its AWS id. The route still wins, and drops.
    Blackhole(String),
    /// `other_target`: a target that this program does not know, by its AWS id.
    Other(String),
}

impl From<IpNet> for RouteDestination {
    fn from(block: IpNet) -> Self {
        match block {
            IpNet::V4(net) => Self::Ipv4(net),
            IpNet::V6(net) => Self::Ipv6(net),
        }
    }
}

impl RouteTarget {
    /// The target that a resource of a kind is; `None` for a kind to which no route leads.
    pub fn to(kind: Kind, id: ResourceId) -> Option<Self> {
        Some(match kind {
            Kind::InternetGateway | Kind::VpnGateway => Self::Gateway(id),
            Kind::EgressOnlyInternetGateway => Self::EgressOnlyGateway(id),
            Kind::NatGateway | Kind::RegionalNatGateway => Self::NatGateway(id),
            Kind::Instance => Self::Instance(id),
            Kind::NetworkInterface => Self::NetworkInterface(id),
            Kind::VpcPeeringConnection => Self::VpcPeeringConnection(id),
            Kind::TransitGateway => Self::TransitGateway(id),
            _ => return None,
        })
    }

    /// The resource of this document that it points to.
    pub fn resource(&self) -> Option<&ResourceId> {
        match self {
            Self::Gateway(id)
            | Self::EgressOnlyGateway(id)
            | Self::NatGateway(id)
            | Self::Instance(id)
            | Self::NetworkInterface(id)
            | Self::VpcPeeringConnection(id)
            | Self::TransitGateway(id) => Some(id),
            Self::Blackhole(_) | Self::Other(_) => None,
        }
    }

    fn resource_mut(&mut self) -> Option<&mut ResourceId> {
        match self {
            Self::Gateway(id)
            | Self::EgressOnlyGateway(id)
            | Self::NatGateway(id)
            | Self::Instance(id)
            | Self::NetworkInterface(id)
            | Self::VpcPeeringConnection(id)
            | Self::TransitGateway(id) => Some(id),
            Self::Blackhole(_) | Self::Other(_) => None,
        }
    }

    /// The name of the file's field that holds it.
    pub fn field_name(&self) -> &'static str {
        match self {
            Self::Gateway(_) => "gateway_id",
            Self::EgressOnlyGateway(_) => "egress_only_gateway_id",
            Self::NatGateway(_) => "nat_gateway_id",
            Self::Instance(_) => "instance_id",
            Self::NetworkInterface(_) => "network_interface_id",
            Self::VpcPeeringConnection(_) => "vpc_peering_connection_id",
            Self::TransitGateway(_) => "transit_gateway_id",
            Self::Blackhole(_) => "blackhole_target",
            Self::Other(_) => "other_target",
        }
    }
}

impl fmt::Display for RouteTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Blackhole(id) | Self::Other(id) => f.write_str(id),
            known => known.resource().map_or(Ok(()), |id| id.fmt(f)),
        }
    }
}

impl fmt::Display for RouteDestination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ipv4(net) => net.fmt(f),
            Self::Ipv6(net) => net.fmt(f),
            Self::PrefixList(id) => f.write_str(id),
            Self::ManagedPrefixList(id) => id.fmt(f),
        }
    }
}

/// The flat form of a route in a file; exactly one destination and one target may be given.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(rename = "Route")]
struct RouteFields {
    /// An IPv4 block.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    destination_cidr_block: Option<Ipv4Net>,
    /// An IPv6 block.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    destination_ipv6_cidr_block: Option<Ipv6Net>,
    /// A prefix list.
    #[serde(skip_serializing_if = "Option::is_none")]
    destination_prefix_list_id: Option<String>,
    /// A prefix list of this file.
    #[serde(skip_serializing_if = "Option::is_none")]
    destination_managed_prefix_list_id: Option<ResourceId>,
    /// An internet gateway or a virtual private gateway of this file.
    #[serde(skip_serializing_if = "Option::is_none")]
    gateway_id: Option<ResourceId>,
    /// An egress-only internet gateway of this file.
    #[serde(skip_serializing_if = "Option::is_none")]
    egress_only_gateway_id: Option<ResourceId>,
    /// A NAT gateway of this file.
    #[serde(skip_serializing_if = "Option::is_none")]
    nat_gateway_id: Option<ResourceId>,
    /// An instance of this file.
    #[serde(skip_serializing_if = "Option::is_none")]
    instance_id: Option<ResourceId>,
    /// A network interface of this file.
    #[serde(skip_serializing_if = "Option::is_none")]
    network_interface_id: Option<ResourceId>,
    /// A peering connection of this file.
    #[serde(skip_serializing_if = "Option::is_none")]
    vpc_peering_connection_id: Option<ResourceId>,
    /// A transit gateway of this file.
    #[serde(skip_serializing_if = "Option::is_none")]
    transit_gateway_id: Option<ResourceId>,
    /// The AWS id of a target that is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    blackhole_target: Option<String>,
    /// The AWS id of a target that this program does not know.
    #[serde(skip_serializing_if = "Option::is_none")]
    other_target: Option<String>,
}

impl From<Route> for RouteFields {
    fn from(route: Route) -> Self {
        let mut fields = Self::default();
        match route.destination {
            RouteDestination::Ipv4(net) => fields.destination_cidr_block = Some(net),
            RouteDestination::Ipv6(net) => fields.destination_ipv6_cidr_block = Some(net),
            RouteDestination::PrefixList(id) => fields.destination_prefix_list_id = Some(id),
            RouteDestination::ManagedPrefixList(id) => fields.destination_managed_prefix_list_id = Some(id),
        }
        match route.target {
            RouteTarget::Gateway(id) => fields.gateway_id = Some(id),
            RouteTarget::EgressOnlyGateway(id) => fields.egress_only_gateway_id = Some(id),
            RouteTarget::NetworkInterface(id) => fields.network_interface_id = Some(id),
            RouteTarget::VpcPeeringConnection(id) => fields.vpc_peering_connection_id = Some(id),
            RouteTarget::TransitGateway(id) => fields.transit_gateway_id = Some(id),
            RouteTarget::Blackhole(id) => fields.blackhole_target = Some(id),
            RouteTarget::NatGateway(id) => fields.nat_gateway_id = Some(id),
            RouteTarget::Instance(id) => fields.instance_id = Some(id),
            RouteTarget::Other(id) => fields.other_target = Some(id),
        }
        fields
    }
}

impl TryFrom<RouteFields> for Route {
    type Error = String;

    fn try_from(fields: RouteFields) -> Result<Self, Self::Error> {
        let mut destinations = Vec::new();
        destinations.extend(fields.destination_cidr_block.map(|net| RouteDestination::Ipv4(net.trunc())));
        destinations
            .extend(fields.destination_ipv6_cidr_block.map(|net| RouteDestination::Ipv6(net.trunc())));
        destinations.extend(fields.destination_prefix_list_id.map(RouteDestination::PrefixList));
        destinations
            .extend(fields.destination_managed_prefix_list_id.map(RouteDestination::ManagedPrefixList));
        let mut targets = Vec::new();
        targets.extend(fields.gateway_id.map(RouteTarget::Gateway));
        targets.extend(fields.egress_only_gateway_id.map(RouteTarget::EgressOnlyGateway));
        targets.extend(fields.network_interface_id.map(RouteTarget::NetworkInterface));
        targets.extend(fields.vpc_peering_connection_id.map(RouteTarget::VpcPeeringConnection));
        targets.extend(fields.transit_gateway_id.map(RouteTarget::TransitGateway));
        targets.extend(fields.blackhole_target.map(RouteTarget::Blackhole));
        targets.extend(fields.nat_gateway_id.map(RouteTarget::NatGateway));
        targets.extend(fields.instance_id.map(RouteTarget::Instance));
        targets.extend(fields.other_target.map(RouteTarget::Other));
        match (<[_; 1]>::try_from(destinations), <[_; 1]>::try_from(targets)) {
            (Ok([destination]), Ok([target])) => Ok(Self { destination, target }),
            (Err(_), _) => Err("a route needs exactly one destination".to_owned()),
            (_, Err(_)) => Err("a route needs exactly one target".to_owned()),
        }
    }
}

impl RouteTable {
    /// A table without static routes.
    pub fn new(vpc_id: ResourceId) -> Self {
        Self {
            vpc_id,
            main: false,
            routes: Vec::new(),
            propagating_vgws: Vec::new(),
            gateway_ids: Vec::new(),
        }
    }

    pub(in crate::model) fn each_reference<'a>(&'a self, visit: Visit<'_, 'a>) {
        visit(Mention::new("vpc_id"), &self.vpc_id);
        for (at, route) in self.routes.iter().enumerate() {
            if let RouteDestination::ManagedPrefixList(id) = &route.destination {
                visit(Mention::item("routes", at, "destination_managed_prefix_list_id"), id);
            }
            if let Some(id) = route.target.resource() {
                visit(Mention::item("routes", at, route.target.field_name()), id);
            }
        }
        visit_list(visit, "propagating_vgws", &self.propagating_vgws);
        visit_list(visit, "gateway_ids", &self.gateway_ids);
    }

    pub(in crate::model) fn map_references(
        &mut self,
        change: &mut dyn FnMut(&ResourceId) -> Option<ResourceId>,
        orphaned: &mut Vec<Field>,
    ) {
        map_required(&mut self.vpc_id, "vpc_id", change, orphaned);
        self.routes.retain_mut(|route| {
            let destination = match &mut route.destination {
                RouteDestination::ManagedPrefixList(id) => Some(id),
                _ => None,
            };
            renew(destination, change) && renew(route.target.resource_mut(), change)
        });
        map_list(&mut self.propagating_vgws, change);
        map_list(&mut self.gateway_ids, change);
    }
}

/// Puts the new id in place of the old one; false where there is none.
fn renew(id: Option<&mut ResourceId>, change: &mut dyn FnMut(&ResourceId) -> Option<ResourceId>) -> bool {
    let Some(id) = id else { return true };
    change(id).is_some_and(|new| {
        *id = new;
        true
    })
}
