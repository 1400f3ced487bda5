//! What must be over before what joins networks, leads out of them or watches over them can go, and
//! what must go before the networks can.

use super::{
    removal::{Before, routes_to},
    users::Users,
};
use crate::{
    cloud::{Call, Change, DescribeKind, LiveObject, Spec},
    deploy::{
        kinds::Aspect,
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
        }
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
            for object in observed.objects.values().filter(|it| is_of_gateway(&it.spec, id)) {
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
                out.extend(associations.iter().map(|it| Before::End(&it.id)));
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

/// Whether it is an attachment or a table of a transit gateway.
fn is_of_gateway(spec: &Spec, gateway: &str) -> bool {
    match spec {
        Spec::TransitGatewayVpcAttachment { transit_gateway_id, .. }
        | Spec::TransitGatewayRouteTable { transit_gateway_id, .. } => transit_gateway_id == gateway,
        Spec::TransitGatewayPeeringAttachment { transit_gateway_id, peer_transit_gateway_id, .. } => {
            transit_gateway_id == gateway || peer_transit_gateway_id == gateway
        }
        _ => false,
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
    calls.push(Call::DeleteObject { kind: live.spec.kind(), id: live.id.clone() });
    calls
}

/// The transit gateway with which its default table goes.
pub(super) fn home_of(observed: &Observed, table: &str) -> Option<String> {
    match &observed.objects.get(table)?.spec {
        Spec::TransitGatewayRouteTable {
            transit_gateway_id,
            default_association_route_table,
            default_propagation_route_table,
            ..
        } if *default_association_route_table || *default_propagation_route_table => {
            Some(transit_gateway_id.clone())
        }
        _ => None,
    }
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
            | Kind::InstanceConnectEndpoint
    )
}
