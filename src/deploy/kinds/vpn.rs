//! VPN connections and the customer gateway of each: the router at the other end. Keys stay with AWS.
//!
//! A drawn connection is two objects. The customer gateway is made first and is found again by its tags;
//! it has the device name of its resource, so that EC2 answers with the one that is there where it is
//! asked for twice, and never with one of others that has the same address.

use super::{
    Context,
    object::call,
    part::{is_part_of, may_be_of},
    tags,
};
use crate::{
    cloud::{Call, Change, LiveObject, Spec},
    deploy::{ids::Ids, look::Look, observed::Observed},
    model::{Kind, Resource, ResourceId, ResourceKind, VpnConnection},
    net::IpNet,
};

/// The number of a router that does not speak BGP.
const STATIC_ASN: u32 = 65_000;

/// What a drawn connection shall be.
pub fn connection(id: &ResourceId, it: &VpnConnection, cx: Context<'_>) -> Spec {
    let static_routes_only = it.bgp_asn.is_none();
    // The static routes of one at a transit gateway stand in the tables there; one that ends at no gateway
    // takes none.
    let has_routes = static_routes_only && it.vpn_gateway_id.is_some();
    let blocks = it.on_premises_cidr_blocks.iter().filter(|_| has_routes);
    let mut routes: Vec<String> = blocks.map(|block| block.trunc().to_string()).collect();
    routes.sort();
    routes.dedup();
    Spec::VpnConnection {
        customer_gateway_id: cx.ids.customer_gateway(id),
        vpn_gateway_id: it.vpn_gateway_id.as_ref().map(|id| cx.ids.of(id)),
        transit_gateway_id: it.transit_gateway_id.as_ref().map(|id| cx.ids.of(id)),
        static_routes_only,
        routes,
        transit_gateway_attachment_id: None,
    }
}

/// What the customer gateway of a drawn connection shall be; `None` where no router is drawn.
fn router(id: &ResourceId, it: &VpnConnection, cx: Context<'_>) -> Option<Spec> {
    Some(Spec::CustomerGateway {
        ip_address: it.customer_gateway_ip?.to_string(),
        bgp_asn: it.bgp_asn.unwrap_or(STATIC_ASN).into(),
        device_name: format!("{} {id}", cx.stamp.document),
    })
}

/// The customer gateway that is as drawn; by preference the one that the connection has, whoever has made
/// it, unless another document has. One of others is used and never marked or removed: it may be that of
/// other connections, too.
fn found<'o>(
    id: &ResourceId,
    it: &VpnConnection,
    cx: Context<'_>,
    observed: &'o Observed,
) -> Option<&'o LiveObject> {
    let Some(Spec::CustomerGateway { ip_address: ip, bgp_asn: asn, .. }) = router(id, it, cx) else {
        return None;
    };
    let used = match cx.ids.get(id).and_then(|live| observed.objects.get(live)).map(|it| &it.spec) {
        Some(Spec::VpnConnection { customer_gateway_id, .. }) => Some(customer_gateway_id),
        _ => None,
    };
    let is_there = |live: &LiveObject, any_number: bool| {
        matches!(&live.spec, Spec::CustomerGateway { ip_address, bgp_asn, .. }
            if *ip_address == ip && (any_number || *bgp_asn == asn))
    };
    // A connection with static routes does not mind the number.
    let used = used.and_then(|id| observed.objects.get(id));
    let used =
        used.filter(|live| is_there(live, it.bgp_asn.is_none()) && may_be_of(live, &cx.stamp.document));
    let fits = |live: &&LiveObject| is_there(live, false) && is_part_of(live, &cx.stamp.document, id);
    used.or_else(|| observed.objects.values().find(fits))
}

/// The calls that bring about the customer gateway.
pub fn customer_gateway(
    resource: &Resource,
    it: &VpnConnection,
    cx: Context<'_>,
    observed: &Observed,
) -> Vec<Call> {
    match (found(&resource.id, it, cx, observed), router(&resource.id, it, cx)) {
        (Some(live), _) if !is_part_of(live, &cx.stamp.document, &resource.id) => Vec::new(),
        (Some(live), _) => tags::diff(resource, &live.id, cx, observed),
        (None, Some(spec)) => {
            let tags = cx.stamp.tags(resource);
            vec![Call::CreateObject { spec: Box::new(spec), tags, client_token: None }]
        }
        (None, None) => Vec::new(),
    }
}

/// The static routes: what is missing first.
pub fn routes(
    it: &VpnConnection,
    resource: &ResourceId,
    id: &str,
    cx: Context<'_>,
    observed: &Observed,
) -> Vec<Call> {
    let Some(Spec::VpnConnection { routes: now, static_routes_only: true, .. }) =
        observed.objects.get(id).map(|it| &it.spec)
    else {
        return Vec::new();
    };
    let Spec::VpnConnection { routes: wanted, .. } = connection(resource, it, cx) else { return Vec::new() };
    let missing = wanted.iter().filter(|block| !now.contains(block));
    let missing = missing.map(|it| Change::CreateVpnConnectionRoute { destination_cidr_block: it.clone() });
    let stale = now.iter().filter(|block| !wanted.contains(block));
    let stale = stale.map(|it| Change::DeleteVpnConnectionRoute { destination_cidr_block: it.clone() });
    missing.chain(stale).map(|change| call(id, change)).collect()
}

/// A connection moves to another router in place: its tunnels keep their addresses and keys.
pub fn settings(live: &Spec, wanted: &Spec) -> Option<Change> {
    match (live, wanted) {
        (
            Spec::VpnConnection { customer_gateway_id: now, .. },
            Spec::VpnConnection { customer_gateway_id, .. },
        ) if now != customer_gateway_id => {
            Some(Change::ModifyVpnConnection { customer_gateway_id: customer_gateway_id.clone() })
        }
        _ => None,
    }
}

/// Which objects the connections of the drawing consist of, beside themselves: their customer gateways,
/// and the attachments by which transit gateways know them.
pub fn parts(cx: Context<'_>, observed: &Observed) -> Ids {
    let mut parts = Ids::default();
    for resource in cx.desired.topology.of_kind(Kind::VpnConnection) {
        let ResourceKind::VpnConnection(it) = &resource.kind else { continue };
        if let Some(live) = found(&resource.id, it, cx, observed) {
            parts.customer_gateways.insert(resource.id.clone(), live.id.clone());
        }
        let live = cx.ids.get(&resource.id).and_then(|live| observed.objects.get(live));
        if let Some(Spec::VpnConnection { transit_gateway_attachment_id: Some(attachment), .. }) =
            live.map(|it| &it.spec)
        {
            parts.attachments.insert(resource.id.clone(), attachment.clone());
        }
    }
    parts
}

/// Whether the connection can be used: at a transit gateway it is there with its attachment.
pub fn standing(live: &LiveObject) -> Look {
    match (Look::standing(Some(&live.state), live.state_reason.as_deref()), &live.spec) {
        (
            Look::Reached,
            Spec::VpnConnection { transit_gateway_id: Some(_), transit_gateway_attachment_id: None, .. },
        ) => Look::NotYet("pending".to_owned()),
        (look, _) => look,
    }
}

/// Whether static routes are drawn that a connection at a transit gateway cannot have.
pub fn has_lost_routes(it: &VpnConnection) -> bool {
    it.transit_gateway_id.is_some() && it.bgp_asn.is_none() && !it.on_premises_cidr_blocks.is_empty()
}

/// Whether a virtual private gateway would be given IPv6 routes, which it does not take.
pub fn has_ipv6_routes(it: &VpnConnection) -> bool {
    let is_ipv6 = |block: &IpNet| matches!(block, IpNet::V6(_));
    it.vpn_gateway_id.is_some() && it.bgp_asn.is_none() && it.on_premises_cidr_blocks.iter().any(is_ipv6)
}
