//! The kinds that lead out of a VPC or watch over it: what each needs before it can be drawn, and
//! what it brings.

use std::collections::BTreeMap;

use crate::{
    edit::{
        draft::{Draft, kind_name, vpc_of_container},
        fresh, homes,
        refusal::Refusal,
    },
    model::{
        Container, DhcpOptions, EgressOnlyInternetGateway, FlowLog, InstanceConnectEndpoint, Kind,
        LoadBalancer, ManagedPrefixList, NetworkInterface, RegionalNatGateway, Resource, ResourceId,
        ResourceKind, SubnetMapping, TargetGroup, TransitGateway, TransitGatewayPeeringAttachment,
        TransitGatewayRouteTable, TransitGatewayVpcAttachment, VpcBlockPublicAccess, VpcPeeringConnection,
        VpnConnection, VpnGateway, routing,
    },
    net::Protocol,
    t,
};

/// How many entries a new prefix list has room for. What counts against the quotas of tables and
/// groups is this number, so it starts small.
const LIST_ENTRIES: u32 = 10;

/// Where a kind was dropped, and where it comes to live.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drop<'a> {
    pub kind: Kind,
    pub home: &'a Container,
    pub into: &'a Container,
}

/// The fields of the new resource; `None` for a kind that is not made here.
pub(super) fn fields(
    draft: &mut Draft<'_>,
    drop: Drop<'_>,
    name: &str,
) -> Result<Option<ResourceKind>, Refusal> {
    let pointed = vpc_of_container(draft.topology(), drop.into).cloned();
    Ok(Some(match (drop.kind, drop.home) {
        (Kind::NetworkInterface, Container::Subnet(subnet)) => NetworkInterface::new(subnet.clone()).into(),
        (Kind::InstanceConnectEndpoint, Container::Subnet(subnet)) => connect_endpoint(draft, subnet)?.into(),
        (Kind::EgressOnlyInternetGateway, Container::Vpc(vpc)) => {
            homes::one_egress_only(draft, vpc)?;
            EgressOnlyInternetGateway { vpc_id: vpc.clone() }.into()
        }
        (Kind::RegionalNatGateway, Container::Vpc(vpc)) => RegionalNatGateway::new(vpc.clone()).into(),
        (Kind::VpnGateway, Container::Vpc(vpc)) => {
            homes::one_vpn_gateway(draft, vpc, None)?;
            vpn_gateway(Some(vpc.clone())).into()
        }
        (Kind::VpnGateway, _) => {
            draft.note(t!("edit-note-vpn-gateway-unattached", gateway = name));
            vpn_gateway(None).into()
        }
        (Kind::TransitGatewayVpcAttachment, Container::Vpc(vpc)) => attachment(draft, vpc)?.into(),
        (Kind::LoadBalancer, Container::Vpc(vpc)) => load_balancer(draft, vpc, name).into(),
        (Kind::TargetGroup, Container::Vpc(vpc)) => TargetGroup::new(vpc.clone(), Protocol::Tcp, 80).into(),
        (Kind::VpcPeeringConnection, _) => peering(draft, pointed.as_ref())?.into(),
        (Kind::TransitGateway, _) => TransitGateway::default().into(),
        (Kind::TransitGatewayRouteTable, _) => {
            let gateway = draft.of_kind(Kind::TransitGateway).first().map(|it| it.id.clone());
            let gateway = gateway.ok_or_else(|| needs(drop.kind, Kind::TransitGateway))?;
            TransitGatewayRouteTable::new(gateway).into()
        }
        (Kind::TransitGatewayPeeringAttachment, _) => gateway_peering(draft)?.into(),
        (Kind::VpnConnection, _) => vpn_connection(draft, pointed.as_ref())?.into(),
        (Kind::ManagedPrefixList, _) => ManagedPrefixList::new(LIST_ENTRIES).into(),
        (Kind::DhcpOptions, _) => amazon_dns().into(),
        (Kind::FlowLog, _) => FlowLog::new(watched(drop.into)?).into(),
        (Kind::VpcBlockPublicAccess, _) => {
            homes::one_block(draft)?;
            VpcBlockPublicAccess::default().into()
        }
        _ => return Ok(None),
    }))
}

/// AWS makes a route table together with a transit gateway, and uses it for new attachments.
pub(in crate::edit::plan) fn finish_transit_gateway(draft: &mut Draft<'_>, id: &ResourceId, name: &str) {
    if draft.kind(id).and_then(ResourceKind::as_transit_gateway).is_none() {
        return;
    }
    let bare = id.as_str().strip_prefix(Kind::TransitGateway.id_prefix()).unwrap_or(id.as_str()).to_owned();
    let table = draft.free_id(Kind::TransitGatewayRouteTable, &format!("{bare}-default"));
    let fields = TransitGatewayRouteTable {
        default_association_route_table: true,
        default_propagation_route_table: true,
        ..TransitGatewayRouteTable::new(id.clone())
    };
    draft.put(Resource::new(table, format!("{name}-default"), fields));
}

/// A new attachment is associated with the gateway's default table and propagates its blocks there.
pub(in crate::edit::plan) fn join_default_tables(
    draft: &mut Draft<'_>,
    gateway: &ResourceId,
    attachment: &ResourceId,
) {
    let Some(fields) = draft.kind(gateway).and_then(ResourceKind::as_transit_gateway).cloned() else {
        return;
    };
    let tables: Vec<ResourceId> = draft
        .of_kind(Kind::TransitGatewayRouteTable)
        .into_iter()
        .filter(|it| {
            it.kind.as_transit_gateway_route_table().is_some_and(|it| it.transit_gateway_id == *gateway)
        })
        .map(|it| it.id.clone())
        .collect();
    for table in tables {
        draft.change(&table, |kind| {
            let Some(table) = kind.as_transit_gateway_route_table_mut() else { return };
            table.associations.retain(|id| id != attachment);
            table.propagations.retain(|id| id != attachment);
            if table.default_association_route_table && fields.default_route_table_association {
                table.associations.push(attachment.clone());
            }
            if table.default_propagation_route_table && fields.default_route_table_propagation {
                table.propagations.push(attachment.clone());
            }
        });
    }
}

/// The transit gateway that a VPC is not attached to yet, made where there is none.
fn attachment(draft: &mut Draft<'_>, vpc: &ResourceId) -> Result<TransitGatewayVpcAttachment, Refusal> {
    let gateways: Vec<ResourceId> =
        draft.of_kind(Kind::TransitGateway).into_iter().map(|it| it.id.clone()).collect();
    let gateway = match gateways.iter().find(|gateway| attached(draft, gateway, vpc).is_none()) {
        Some(gateway) => gateway.clone(),
        None if gateways.is_empty() => {
            let (name, id) = fresh::counted(draft, Kind::TransitGateway);
            draft.put(Resource::new(id.clone(), name.clone(), TransitGateway::default()));
            finish_transit_gateway(draft, &id, &name);
            draft.note(t!("edit-note-transit-gateway-made", gateway = name));
            id
        }
        None => return Err(second_attachment(draft, gateways.first(), vpc)),
    };
    let subnet_ids = one_per_zone(draft, vpc, |_| true);
    if subnet_ids.is_empty() {
        draft.note(t!("edit-note-attachment-no-subnet", vpc = draft.label(vpc)));
    }
    Ok(TransitGatewayVpcAttachment::new(gateway, vpc.clone(), subnet_ids))
}

/// The attachment of a VPC to a transit gateway.
pub(in crate::edit::plan) fn attached<'d>(
    draft: &'d Draft<'_>,
    gateway: &ResourceId,
    vpc: &ResourceId,
) -> Option<&'d Resource> {
    draft.of_kind(Kind::TransitGatewayVpcAttachment).into_iter().find(|it| {
        let fields = it.kind.as_transit_gateway_vpc_attachment();
        fields.is_some_and(|it| it.transit_gateway_id == *gateway && it.vpc_id == *vpc)
    })
}

/// The refusal of a second attachment of a VPC to the same gateway.
pub(in crate::edit::plan) fn second_attachment(
    draft: &Draft<'_>,
    gateway: Option<&ResourceId>,
    vpc: &ResourceId,
) -> Refusal {
    let name = gateway.map_or_else(String::new, |gateway| draft.label(gateway));
    let subjects = std::iter::once(vpc).chain(gateway).cloned();
    Refusal::new(t!("edit-second-attachment", vpc = draft.label(vpc), gateway = name), subjects)
}

/// One subnet of a VPC for each Availability Zone: the first that `wanted` accepts, else the first.
pub(in crate::edit::plan) fn one_per_zone(
    draft: &Draft<'_>,
    vpc: &ResourceId,
    wanted: impl Fn(&ResourceId) -> bool,
) -> Vec<ResourceId> {
    let mut zones: BTreeMap<&str, (bool, &ResourceId)> = BTreeMap::new();
    for id in draft.index().subnets_of(draft.topology(), vpc) {
        let Some(subnet) = draft.topology().kind(id).and_then(ResourceKind::as_subnet) else { continue };
        let better = wanted(id);
        let slot = zones.entry(subnet.availability_zone.as_str()).or_insert((better, id));
        if better && !slot.0 {
            *slot = (true, id);
        }
    }
    zones.into_values().map(|(_, id)| id.clone()).collect()
}

/// Between the VPC pointed at and another one, of those that are not peered yet.
fn peering(draft: &Draft<'_>, pointed: Option<&ResourceId>) -> Result<VpcPeeringConnection, Refusal> {
    let vpcs: Vec<ResourceId> = draft.of_kind(Kind::Vpc).into_iter().map(|it| it.id.clone()).collect();
    if vpcs.len() < 2 {
        return Err(Refusal::new(t!("edit-peering-needs-two"), vpcs));
    }
    let firsts = vpcs.iter().filter(|id| pointed.is_none_or(|pointed| pointed == *id));
    for first in firsts {
        let free = |other: &&ResourceId| *other != first && peered(draft, first, other).is_none();
        if let Some(second) = vpcs.iter().find(free) {
            return Ok(VpcPeeringConnection::new(first.clone(), second.clone()));
        }
    }
    Err(Refusal::new(t!("edit-peering-all"), pointed.cloned()))
}

/// The peering connection of two VPCs, in whichever direction it was asked for.
pub(in crate::edit::plan) fn peered<'d>(
    draft: &'d Draft<'_>,
    a: &ResourceId,
    b: &ResourceId,
) -> Option<&'d Resource> {
    draft.of_kind(Kind::VpcPeeringConnection).into_iter().find(|it| {
        it.kind.as_vpc_peering_connection().is_some_and(|it| {
            let ends = (&it.vpc_id, it.peer_vpc_id.as_ref());
            ends == (a, Some(b)) || ends == (b, Some(a))
        })
    })
}

fn gateway_peering(draft: &Draft<'_>) -> Result<TransitGatewayPeeringAttachment, Refusal> {
    let gateways = draft.of_kind(Kind::TransitGateway);
    match gateways.as_slice() {
        [first, second, ..] => Ok(TransitGatewayPeeringAttachment::new(first.id.clone(), second.id.clone())),
        _ => Err(Refusal::new(t!("edit-gateway-peering-needs-two"), gateways.iter().map(|it| it.id.clone()))),
    }
}

/// To the virtual private gateway of the VPC pointed at, else to the first one, else to a transit
/// gateway.
fn vpn_connection(draft: &Draft<'_>, pointed: Option<&ResourceId>) -> Result<VpnConnection, Refusal> {
    let own = pointed.and_then(|vpc| draft.index().vpn_gateway(vpc)).cloned();
    let first = |kind| draft.of_kind(kind).first().map(|it| it.id.clone());
    let vpn_gateway_id = own.or_else(|| first(Kind::VpnGateway));
    let transit_gateway_id = if vpn_gateway_id.is_none() { first(Kind::TransitGateway) } else { None };
    if vpn_gateway_id.is_none() && transit_gateway_id.is_none() {
        return Err(Refusal::new(t!("edit-vpn-needs-gateway"), []));
    }
    Ok(VpnConnection { vpn_gateway_id, transit_gateway_id, ..VpnConnection::default() })
}

fn vpn_gateway(vpc_id: Option<ResourceId>) -> VpnGateway {
    VpnGateway { vpc_id, amazon_side_asn: None, on_premises_cidr_blocks: Vec::new() }
}

fn connect_endpoint(draft: &Draft<'_>, subnet: &ResourceId) -> Result<InstanceConnectEndpoint, Refusal> {
    let vpc = draft.topology().vpc_of(subnet);
    let in_vpc = |it: &&Resource| draft.topology().vpc_of(&it.id) == vpc;
    let present = draft.of_kind(Kind::InstanceConnectEndpoint);
    if let (Some(vpc), Some(other)) = (vpc, present.into_iter().find(in_vpc)) {
        let message = t!("edit-second-connect-endpoint", vpc = draft.label(vpc), endpoint = other.label());
        return Err(Refusal::new(message, [vpc.clone(), other.id.clone()]));
    }
    Ok(InstanceConnectEndpoint {
        subnet_id: subnet.clone(),
        security_group_ids: Vec::new(),
        preserve_client_ip: false,
    })
}

/// Facing the internet where the VPC has a gateway and a public subnet, else internal; one
/// interface per Availability Zone.
fn load_balancer(draft: &mut Draft<'_>, vpc: &ResourceId, name: &str) -> LoadBalancer {
    let public = |id: &ResourceId| routing::is_public(draft.topology(), draft.index(), id);
    let internal = !draft.index().subnets_of(draft.topology(), vpc).any(public);
    let mut subnets = one_per_zone(draft, vpc, public);
    subnets.retain(|id| internal || public(id));
    if subnets.is_empty() {
        draft.note(t!("edit-note-balancer-no-subnet", balancer = name, vpc = draft.label(vpc)));
    }
    let mapping = |subnet_id| SubnetMapping {
        subnet_id,
        private_ipv4_address: None,
        public_ip: None,
        allocation_id: None,
    };
    LoadBalancer {
        internal,
        subnet_mappings: subnets.into_iter().map(mapping).collect(),
        ..LoadBalancer::new(vpc.clone())
    }
}

/// What AWS's own set says of the resolver; without that hosts of the VPC would resolve nothing.
fn amazon_dns() -> DhcpOptions {
    DhcpOptions { domain_name_servers: vec!["AmazonProvidedDNS".to_owned()], ..DhcpOptions::default() }
}

/// What a flow log that is dropped here records.
fn watched(into: &Container) -> Result<ResourceId, Refusal> {
    match into {
        Container::Vpc(id) | Container::Lane(id, _) | Container::Subnet(id) => Ok(id.clone()),
        Container::Region => Err(Refusal::new(t!("edit-flow-log-needs-resource"), [])),
    }
}

/// The refusal of a kind that cannot stand without one of another kind.
fn needs(kind: Kind, other: Kind) -> Refusal {
    Refusal::new(t!("edit-place-needs", kind = kind_name(kind), other = kind_name(other)), [])
}
