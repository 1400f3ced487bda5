//! `Connect`: an arrow is drawn. What it means depends on the kinds at its two ends.

mod associate;
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
        (Kind::Instance | Kind::InterfaceEndpoint, Kind::SecurityGroup) => associate::group(draft, from, to),
        (Kind::SecurityGroup, Kind::Instance | Kind::InterfaceEndpoint) => associate::group(draft, to, from),
        (Kind::Instance, Kind::KeyPair) => {
            associate::key_pair(draft, from, to);
            Ok(())
        }
        (Kind::KeyPair, Kind::Instance) => {
            associate::key_pair(draft, to, from);
            Ok(())
        }
        (Kind::ElasticIp, Kind::NatGateway | Kind::Instance) => associate::address(draft, from, to),
        (Kind::NatGateway | Kind::Instance, Kind::ElasticIp) => associate::address(draft, to, from),
        (Kind::InternetGateway, Kind::Vpc) => attach(draft, from, to),
        (Kind::Vpc, Kind::InternetGateway) => attach(draft, to, from),
        _ => Err(refuse(draft, (from, from_kind), (to, to_kind))),
    }
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
        (Kind::InternetGateway | Kind::NatGateway, Kind::Subnet | Kind::RouteTable) => {
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
        _ => t!("edit-connects-other"),
    }
}
