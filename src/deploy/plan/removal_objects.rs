//! What must be over before what joins networks, leads out of them or watches over them can go, and
//! what must go before the networks can.

use super::{
    removal::{Before, routes_to},
    users::Users,
};
use crate::{
    cloud::{Call, Change, DescribeKind, LiveObject, Spec, block_before},
    deploy::{
        kinds::{Aspect, is_part},
        observed::{Observed, Owned},
    },
    model::Kind,
};

/// Adds what has to do with these objects.
pub(super) fn before<'a>(
    observed: &'a Observed,
    users: &Users<'a>,
    owned: &Owned,
    out: &mut Vec<Before<'a>>,
) {
    let id = owned.live.as_str();
    match owned.kind {
        Kind::VpcPeeringConnection => routes_to(users, id, out),
        Kind::InternetGateway => propagating(observed, id, out),
        Kind::VpnGateway => {
            routes_to(users, id, out);
            propagating(observed, id, out);
            out.extend(connections(observed, id).map(|it| Before::End(&it.id)));
        }
        Kind::VpnConnection | Kind::VpcBlockPublicAccess => parts(observed, id, out),
        Kind::NetworkInterface => {
            routes_to(users, id, out);
            let attachment = observed.network_interfaces.get(id).and_then(|it| it.attachment.as_ref());
            out.extend(attachment.and_then(|it| it.instance_id.as_deref()).map(Before::End));
            let addresses = users.addresses.get(id).into_iter().flatten();
            out.extend(addresses.map(|it| Before::Mended(it, Aspect::AddressAssociation)));
        }
        Kind::Instance => {
            let interfaces = users.interfaces.get(id).into_iter().flatten();
            out.extend(interfaces.map(|it| Before::Mended(it, Aspect::Detachment)));
        }
        Kind::ElasticIp => {
            let gateways = users.nats.get(id).into_iter().flatten();
            out.extend(gateways.map(|it| Before::Mended(it, Aspect::AddressRelease)));
        }
        Kind::ManagedPrefixList => prefix_list(observed, id, out),
        Kind::TransitGateway => {
            routes_to(users, id, out);
            for object in observed.objects.values().filter(|it| it.spec.is_at_transit_gateway(id)) {
                out.push(Before::End(&object.id));
            }
        }
        Kind::TransitGatewayVpcAttachment | Kind::TransitGatewayPeeringAttachment => {
            attachment(observed, id, out);
        }
        Kind::TransitGatewayRouteTable => {
            if let Some(Spec::TransitGatewayRouteTable { associations, .. }) =
                observed.objects.get(id).map(|it| &it.spec)
            {
                let owner = |id: &'a str| {
                    let mut objects = observed.objects.values();
                    objects.find(|it| attachment_id(it) == Some(id)).map_or(id, |it| it.id.as_str())
                };
                out.extend(associations.iter().map(|it| Before::End(owner(&it.id))));
            }
        }
        Kind::DhcpOptions => {
            let uses = observed.vpcs.values().filter(|it| it.dhcp_options_id.as_deref() == Some(id));
            for vpc in uses {
                out.push(Before::End(&vpc.vpc_id));
                out.push(Before::Mended(&vpc.vpc_id, Aspect::DhcpOptions));
            }
        }
        Kind::Vpc | Kind::Subnet | Kind::SecurityGroup => holders(users, id, out),
        _ => {}
    }
}

/// A connection leaves the tables of its transit gateway before it ends; its customer gateway serves until
/// it has moved to another one or is gone. What is excluded from Block Public Access stays so until the
/// setting is what it was before.
fn parts<'a>(observed: &'a Observed, id: &str, out: &mut Vec<Before<'a>>) {
    let attachment = observed.objects.get(id).and_then(attachment_id);
    let tables = observed.objects.values().filter(|it| attachment.is_some_and(|id| mentions(it, id)));
    out.extend(tables.map(|it| Before::Mended(&it.id, Aspect::TransitRoutes)));
    if !is_part(id) {
        return;
    }
    let is_setting = |it: &&LiveObject| matches!(it.spec, Spec::VpcBlockPublicAccess { .. });
    let is_exclusion = observed.objects.get(id).is_some_and(|it| is_exclusion(&it.spec));
    let settings = observed.objects.values().filter(is_setting).filter(|_| is_exclusion);
    for whole in settings.chain(connections(observed, id)) {
        out.push(Before::End(&whole.id));
        out.push(Before::Mended(&whole.id, Aspect::Settings));
    }
}

fn is_exclusion(spec: &Spec) -> bool {
    matches!(spec, Spec::VpcBlockPublicAccessExclusion { .. })
}

/// The VPN connections that end at a gateway, on either side.
fn connections<'a, 'g>(
    observed: &'a Observed,
    gateway: &'g str,
) -> impl Iterator<Item = &'a LiveObject> + use<'a, 'g> {
    observed.objects.values().filter(move |it| match &it.spec {
        Spec::VpnConnection { customer_gateway_id, vpn_gateway_id, .. } => {
            customer_gateway_id == gateway || vpn_gateway_id.as_deref() == Some(gateway)
        }
        _ => false,
    })
}

/// The id by which a transit gateway knows a VPN connection.
fn attachment_id(object: &LiveObject) -> Option<&str> {
    match &object.spec {
        Spec::VpnConnection { transit_gateway_attachment_id, .. } => transit_gateway_attachment_id.as_deref(),
        _ => None,
    }
}

/// Routes of the VPC and of the tables lead elsewhere before an attachment goes.
fn attachment<'a>(observed: &'a Observed, id: &str, out: &mut Vec<Before<'a>>) {
    if let Some(Spec::TransitGatewayVpcAttachment { transit_gateway_id, vpc_id, .. }) =
        observed.objects.get(id).map(|it| &it.spec)
    {
        let tables = observed.route_tables.values().filter(|it| it.vpc_id == *vpc_id);
        let leads = |it: &&crate::cloud::LiveRouteTable| {
            it.routes.iter().any(|route| route.target() == Some(transit_gateway_id.as_str()))
        };
        out.extend(tables.filter(leads).map(|it| Before::Mended(&it.route_table_id, Aspect::Routes)));
    }
    for table in observed.objects.values().filter(|it| mentions(it, id)) {
        out.push(Before::Mended(&table.id, Aspect::TransitRoutes));
    }
}

/// What stands in a network or uses a group.
fn holders<'a>(users: &Users<'a>, id: &str, out: &mut Vec<Before<'a>>) {
    for interface in users.interfaces.get(id).into_iter().flatten() {
        out.push(Before::End(interface));
        out.push(Before::Mended(interface, Aspect::Settings));
    }
    for object in users.objects.get(id).into_iter().flatten() {
        out.push(Before::End(object));
        out.push(Before::Mended(object, Aspect::Settings));
    }
}

fn propagating<'a>(observed: &'a Observed, id: &str, out: &mut Vec<Before<'a>>) {
    let learns = observed.route_tables.values().filter(|it| it.propagating_vgws.iter().any(|it| it == id));
    out.extend(learns.map(|it| Before::Mended(&it.route_table_id, Aspect::Propagations)));
    for table in observed.route_tables.values() {
        if table.associations.iter().any(|it| it.gateway_id.as_deref() == Some(id)) {
            out.push(Before::Mended(&table.route_table_id, Aspect::EdgeAssociations));
            out.push(Before::End(&table.route_table_id));
        }
    }
}

/// A prefix list stays while a route or a rule names it; what came with a VPC goes with the VPC.
fn prefix_list<'a>(observed: &'a Observed, id: &str, out: &mut Vec<Before<'a>>) {
    for table in observed.route_tables.values() {
        if table.routes.iter().any(|it| it.destination_prefix_list_id.as_deref() == Some(id)) {
            out.push(Before::End(&table.route_table_id));
            out.push(Before::End(&table.vpc_id));
            out.push(Before::Mended(&table.route_table_id, Aspect::Routes));
        }
    }
    for group in observed.security_groups.values() {
        if group.rules.iter().any(|it| it.prefix_list_id.as_deref() == Some(id)) {
            out.push(Before::End(&group.group_id));
            out.push(Before::End(&group.vpc_id));
            out.push(Before::Mended(&group.group_id, Aspect::GroupRules));
        }
    }
}

fn mentions(table: &LiveObject, attachment: &str) -> bool {
    match &table.spec {
        Spec::TransitGatewayRouteTable { routes, .. } => {
            routes.iter().any(|it| it.attachment_id.as_deref() == Some(attachment))
        }
        _ => false,
    }
}

/// The calls that remove one of these objects; none where it is on its way.
pub(super) fn calls(observed: &Observed, owned: &Owned) -> Vec<Call> {
    if let Some(interface) = observed.network_interfaces.get(&owned.live) {
        let id = interface.network_interface_id.clone();
        let attachment = interface.attachment.as_ref().filter(|it| it.status != "detaching");
        let detach = attachment.map(|it| Call::ChangeObject {
            id: id.clone(),
            change: Change::DetachNetworkInterface { attachment_id: it.attachment_id.clone() },
        });
        let delete = Call::DeleteObject { kind: DescribeKind::NetworkInterfaces, id };
        return detach.into_iter().chain([delete]).collect();
    }
    let Some(live) = observed.objects.get(&owned.live).filter(|_| owned.alive) else { return Vec::new() };
    let change = |change| Call::ChangeObject { id: live.id.clone(), change };
    let mut calls: Vec<Call> = match &live.spec {
        Spec::VpnGateway { attachments, .. } => attachments
            .iter()
            .filter(|it| it.stands())
            .map(|it| change(Change::DetachVpnGateway { vpc_id: it.id.clone() }))
            .collect(),
        Spec::TransitGatewayRouteTable { associations, .. } => associations
            .iter()
            .filter(|it| it.stands())
            .map(|it| change(Change::DisassociateTransitGatewayRouteTable { attachment_id: it.id.clone() }))
            .collect(),
        _ => Vec::new(),
    };
    if let Spec::VpcBlockPublicAccess { internet_gateway_block_mode: now, .. } = &live.spec {
        let before = block_before(&live.id).filter(|before| before != now);
        let back = |mode: &str| Change::ModifyVpcBlockPublicAccessOptions {
            internet_gateway_block_mode: mode.to_owned(),
        };
        return before.map(back).map(change).into_iter().collect();
    }
    calls.push(Call::DeleteObject { kind: live.spec.kind(), id: live.id.clone() });
    calls
}

/// What shows that an object has left everything that it was joined to, where a call deletes one that has
/// not yet: EC2 refuses until then.
pub(super) fn leaves_first(observed: &Observed, call: &Call) -> Option<DescribeKind> {
    let Call::DeleteObject { kind, id } = call else { return None };
    let is_attached = observed.network_interfaces.get(id).is_some_and(|it| it.attachment.is_some());
    let is_joined = observed.objects.get(id).is_some_and(|it| it.spec.held_by().next().is_some());
    (is_attached || is_joined).then_some(*kind)
}

/// The transit gateway with which its default table goes.
pub(super) fn home_of(observed: &Observed, table: &str) -> Option<String> {
    observed.objects.get(table)?.spec.default_table_of().map(str::to_owned)
}

/// Whether the end of such an object takes its time.
pub(super) fn takes_time(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::ManagedPrefixList
            | Kind::TransitGateway
            | Kind::TransitGatewayVpcAttachment
            | Kind::TransitGatewayPeeringAttachment
            | Kind::TransitGatewayRouteTable
            | Kind::VpnConnection
            | Kind::InstanceConnectEndpoint
    )
}
