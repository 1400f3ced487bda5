//! `Connect`: an arrow is drawn. What it means depends on the kinds at its two ends.

mod associate;
mod join;
mod network;
mod route;

use super::Planned;
use crate::{
    edit::{
        command::ConnectTarget,
        draft::{Draft, kind_name},
        homes,
        refusal::Refusal,
    },
    model::{Kind, ResourceId},
    t,
};

pub(super) fn plan(mut draft: Draft<'_>, from: &ResourceId, to: &ConnectTarget) -> Result<Planned, Refusal> {
    let from_kind = draft.require(from)?.kind.kind();
    let to = match to {
        ConnectTarget::Resource(id) => id.clone(),
        ConnectTarget::Internet => gateway_of(&draft, from, from_kind)?,
    };
    let to_kind = draft.require(&to)?.kind.kind();
    let label = t!("edit-label-connect", from = draft.label(from), to = draft.label(&to));
    connect(&mut draft, (from, from_kind), (&to, to_kind))?;
    Ok(draft.finish(label))
}

type End<'a> = (&'a ResourceId, Kind);

/// The table of what can be connected. An arrow that can only mean one thing may be drawn from
/// either end; a route is drawn the way its packets go.
fn connect(draft: &mut Draft<'_>, (from, from_kind): End<'_>, (to, to_kind): End<'_>) -> Result<(), Refusal> {
    match (from_kind, to_kind) {
        (Kind::Subnet, Kind::InternetGateway | Kind::NatGateway | Kind::Instance) => {
            route::from_subnet(draft, from, (to, to_kind))
        }
        (Kind::RouteTable, Kind::InternetGateway | Kind::NatGateway | Kind::Instance) => {
            route::from_table(draft, from, (to, to_kind))
        }
        (Kind::Subnet, Kind::GatewayEndpoint) => route::to_endpoint_from_subnet(draft, from, to),
        (Kind::GatewayEndpoint, Kind::Subnet) => route::to_endpoint_from_subnet(draft, to, from),
        (Kind::RouteTable, Kind::GatewayEndpoint) => route::to_endpoint(draft, from, to),
        (Kind::GatewayEndpoint, Kind::RouteTable) => route::to_endpoint(draft, to, from),
        (Kind::Subnet, Kind::RouteTable) => associate::table(draft, from, to),
        (Kind::RouteTable, Kind::Subnet) => associate::table(draft, to, from),
        (Kind::Subnet, Kind::NetworkAcl) => associate::acl(draft, from, to),
        (Kind::NetworkAcl, Kind::Subnet) => associate::acl(draft, to, from),
        (Kind::Subnet, Kind::InterfaceEndpoint) => associate::interface(draft, from, to),
        (Kind::InterfaceEndpoint, Kind::Subnet) => associate::interface(draft, to, from),
        (member, Kind::SecurityGroup) if has_groups(member) => associate::group(draft, from, to),
        (Kind::SecurityGroup, member) if has_groups(member) => associate::group(draft, to, from),
        (Kind::Instance, Kind::KeyPair) => {
            associate::key_pair(draft, from, to);
            Ok(())
        }
        (Kind::KeyPair, Kind::Instance) => {
            associate::key_pair(draft, to, from);
            Ok(())
        }
        (Kind::ElasticIp, Kind::NatGateway | Kind::Instance | Kind::NetworkInterface) => {
            associate::address(draft, from, to)
        }
        (Kind::NatGateway | Kind::Instance | Kind::NetworkInterface, Kind::ElasticIp) => {
            associate::address(draft, to, from)
        }
        (Kind::InternetGateway, Kind::Vpc) => attach(draft, from, to),
        (Kind::Vpc, Kind::InternetGateway) => attach(draft, to, from),
        _ => connect_beyond(draft, (from, from_kind), (to, to_kind)),
    }
}

/// The part of the table with the kinds that lead out of a VPC or watch over it.
fn connect_beyond(
    draft: &mut Draft<'_>,
    (from, from_kind): End<'_>,
    (to, to_kind): End<'_>,
) -> Result<(), Refusal> {
    match (from_kind, to_kind) {
        (Kind::Subnet | Kind::RouteTable, kind) if network::is_way_out(kind) => {
            network::route(draft, (from, from_kind), (to, to_kind))
        }
        (Kind::Vpc, Kind::Vpc) => join::peer(draft, from, to),
        (Kind::Vpc, Kind::TransitGateway) => join::attach(draft, from, to),
        (Kind::TransitGateway, Kind::Vpc) => join::attach(draft, to, from),
        (Kind::TransitGateway, Kind::TransitGateway) => join::peer_gateways(draft, from, to),
        (Kind::Vpc, Kind::VpnGateway) => network::attach_vpn_gateway(draft, to, from),
        (Kind::VpnGateway, Kind::Vpc) => network::attach_vpn_gateway(draft, from, to),
        (Kind::VpnGateway, Kind::RouteTable) => network::route(draft, (to, to_kind), (from, from_kind)),
        (Kind::NetworkInterface, Kind::Instance) => join::interface(draft, from, to),
        (Kind::Instance, Kind::NetworkInterface) => join::interface(draft, to, from),
        (Kind::LoadBalancer, Kind::TargetGroup) => join::listen(draft, from, to),
        (Kind::TargetGroup, Kind::LoadBalancer) => join::listen(draft, to, from),
        (Kind::TargetGroup, Kind::Instance) => join::target(draft, from, to),
        (Kind::Instance, Kind::TargetGroup) => join::target(draft, to, from),
        (Kind::LoadBalancer, Kind::Subnet) => join::stand(draft, from, to),
        (Kind::Subnet, Kind::LoadBalancer) => join::stand(draft, to, from),
        _ if join::hand_over(draft, (from, from_kind), (to, to_kind)) => Ok(()),
        _ => Err(refuse(draft, (from, from_kind), (to, to_kind))),
    }
}

/// What security groups guard.
fn has_groups(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Instance
            | Kind::InterfaceEndpoint
            | Kind::NetworkInterface
            | Kind::InstanceConnectEndpoint
            | Kind::LoadBalancer
    )
}

/// The internet outside stands for the gateway that leads there.
fn gateway_of(draft: &Draft<'_>, from: &ResourceId, from_kind: Kind) -> Result<ResourceId, Refusal> {
    if !matches!(from_kind, Kind::Subnet | Kind::RouteTable) {
        let kind = kind_name(from_kind);
        return Err(Refusal::new(
            t!("edit-connect-internet", kind = kind, name = draft.label(from)),
            [from.clone()],
        ));
    }
    let vpc = draft.topology().vpc_of(from);
    if let Some(gateway) = vpc.and_then(|vpc| draft.index().internet_gateway(vpc)) {
        return Ok(gateway.clone());
    }
    let name = vpc.map_or_else(String::new, |vpc| draft.label(vpc));
    Err(Refusal::new(t!("edit-connect-no-gateway", vpc = name), vpc.cloned()))
}

fn attach(draft: &mut Draft<'_>, gateway: &ResourceId, vpc: &ResourceId) -> Result<(), Refusal> {
    homes::one_gateway(draft, vpc, Some(gateway))?;
    let now = draft.topology().vpc_of(gateway);
    if let Some(now) = now.filter(|now| *now != vpc) {
        let message = t!("edit-gateway-elsewhere", gateway = draft.label(gateway), vpc = draft.label(now));
        return Err(Refusal::new(message, [gateway.clone(), now.clone()]));
    }
    if now.is_none() {
        draft.place_at(gateway, None);
    }
    draft.change(gateway, |kind| {
        if let Some(it) = kind.as_internet_gateway_mut() {
            it.vpc_id = Some(vpc.clone());
        }
    });
    Ok(())
}

/// Both ends must lie in the same VPC.
fn same_vpc(draft: &Draft<'_>, a: &ResourceId, b: &ResourceId) -> Result<(), Refusal> {
    let (vpc_a, vpc_b) = (draft.topology().vpc_of(a), draft.topology().vpc_of(b));
    if vpc_a.is_some() && vpc_a == vpc_b {
        return Ok(());
    }
    let name = |vpc: Option<&ResourceId>| vpc.map_or_else(|| t!("edit-no-vpc"), |vpc| draft.label(vpc));
    let message = t!(
        "edit-other-vpc",
        a = draft.label(a),
        vpc_a = name(vpc_a),
        b = draft.label(b),
        vpc_b = name(vpc_b),
    );
    Err(Refusal::new(message, [a.clone(), b.clone()]))
}

/// Says what an arrow from this kind can end at.
fn refuse(draft: &Draft<'_>, (from, from_kind): End<'_>, (to, to_kind): End<'_>) -> Refusal {
    let (a, b) = (draft.label(from), draft.label(to));
    let message = match (from_kind, to_kind) {
        (Kind::Subnet, Kind::Subnet) | (Kind::Instance, Kind::Instance) => {
            t!("edit-connect-local", a = a, b = b)
        }
        (Kind::SecurityGroup, Kind::SecurityGroup) => t!("edit-connect-groups", a = a, b = b),
        (
            Kind::Instance,
            Kind::InternetGateway | Kind::NatGateway | Kind::GatewayEndpoint | Kind::RouteTable,
        ) => {
            t!("edit-connect-from-instance", a = a, b = b)
        }
        (kind, Kind::Subnet | Kind::RouteTable)
            if matches!(kind, Kind::InternetGateway | Kind::NatGateway) || network::is_way_out(kind) =>
        {
            t!("edit-connect-reversed", a = a, b = b)
        }
        _ => {
            let start = t!("edit-connect-no", a = a, b = b);
            format!("{start}; {}", possible(from_kind))
        }
    };
    Refusal::new(message, [from.clone(), to.clone()])
}

fn possible(from: Kind) -> String {
    match from {
        Kind::Subnet => t!("edit-connects-subnet"),
        Kind::RouteTable => t!("edit-connects-route-table"),
        Kind::Instance => t!("edit-connects-instance"),
        Kind::ElasticIp => t!("edit-connects-elastic-ip"),
        Kind::InternetGateway => t!("edit-connects-internet-gateway"),
        Kind::NatGateway => t!("edit-connects-nat-gateway"),
        Kind::NetworkAcl => t!("edit-connects-network-acl"),
        Kind::SecurityGroup => t!("edit-connects-security-group"),
        Kind::KeyPair => t!("edit-connects-key-pair"),
        Kind::GatewayEndpoint => t!("edit-connects-gateway-endpoint"),
        Kind::InterfaceEndpoint => t!("edit-connects-interface-endpoint"),
        Kind::Vpc => t!("edit-connects-vpc"),
        Kind::NetworkInterface => t!("edit-connects-network-interface"),
        Kind::EgressOnlyInternetGateway | Kind::RegionalNatGateway | Kind::VpcPeeringConnection => {
            t!("edit-connects-way-out")
        }
        Kind::TransitGateway => t!("edit-connects-transit-gateway"),
        Kind::TransitGatewayVpcAttachment | Kind::TransitGatewayPeeringAttachment => {
            t!("edit-connects-attachment")
        }
        Kind::TransitGatewayRouteTable => t!("edit-connects-transit-gateway-route-table"),
        Kind::VpnGateway => t!("edit-connects-vpn-gateway"),
        Kind::VpnConnection => t!("edit-connects-vpn-connection"),
        Kind::ManagedPrefixList => t!("edit-connects-prefix-list"),
        Kind::InstanceConnectEndpoint => t!("edit-connects-connect-endpoint"),
        Kind::DhcpOptions => t!("edit-connects-dhcp-options"),
        Kind::FlowLog => t!("edit-connects-flow-log"),
        Kind::VpcBlockPublicAccess => t!("edit-connects-block"),
        Kind::LoadBalancer => t!("edit-connects-load-balancer"),
        Kind::TargetGroup => t!("edit-connects-target-group"),
        Kind::Other => t!("edit-connects-other"),
    }
}
