//! What must be over before an object can go, read from the live objects.

use std::collections::BTreeSet;

use super::{removal_objects, users::Users};

use crate::{
    cloud::{LiveNatGateway, LiveNetworkInterface, Spec},
    deploy::{
        kinds::Aspect,
        look::is_going,
        observed::{Observed, Owned},
        occupants::Owner,
    },
    model::Kind,
};

/// Something that must be over. What does not happen in a plan is no obstacle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Before<'a> {
    /// The end of another object.
    End(&'a str),
    /// The mending of an aspect of an object that stays.
    Mended(&'a str, Aspect),
}

/// The VPC of an object.
pub(super) fn vpc_of<'a>(observed: &'a Observed, owned: &'a Owned) -> Option<&'a str> {
    home(observed, owned.kind, &owned.live)
}

/// The VPC of the object of a kind with this id; a VPC's own is itself.
pub(super) fn home<'a>(observed: &'a Observed, kind: Kind, id: &'a str) -> Option<&'a str> {
    match kind {
        Kind::Vpc => Some(id),
        Kind::Subnet => observed.subnets.get(id).map(|it| it.vpc_id.as_str()),
        Kind::RouteTable => observed.route_tables.get(id).map(|it| it.vpc_id.as_str()),
        Kind::NetworkAcl => observed.network_acls.get(id).map(|it| it.vpc_id.as_str()),
        Kind::SecurityGroup => observed.security_groups.get(id).map(|it| it.vpc_id.as_str()),
        Kind::NatGateway | Kind::RegionalNatGateway => {
            observed.nat_gateways.get(id).map(|it| it.vpc_id.as_str())
        }
        Kind::Instance => observed.instances.get(id).and_then(|it| it.vpc_id.as_deref()),
        Kind::GatewayEndpoint | Kind::InterfaceEndpoint => {
            observed.vpc_endpoints.get(id).map(|it| it.vpc_id.as_str())
        }
        Kind::EgressOnlyInternetGateway => {
            let gateway = observed.egress_only_internet_gateways.get(id)?;
            gateway.attachments.first().map(|it| it.vpc_id.as_str())
        }
        Kind::NetworkInterface => observed.network_interfaces.get(id).map(|it| it.vpc_id.as_str()),
        Kind::InstanceConnectEndpoint => match &observed.objects.get(id)?.spec {
            Spec::InstanceConnectEndpoint { subnet_id, .. } => {
                observed.subnets.get(subnet_id).map(|it| it.vpc_id.as_str())
            }
            _ => None,
        },
        Kind::InternetGateway => {
            let gateway = observed.internet_gateways.get(id)?;
            gateway.attachments.first().map(|it| it.vpc_id.as_str())
        }
        _ => observed.objects.get(id).and_then(|it| it.spec.vpc_id()),
    }
}

/// The VPC of the NAT gateway or the interface that an Elastic IP address is of.
pub(super) fn user_home<'a>(observed: &'a Observed, owned: &Owned) -> Option<&'a str> {
    let has = |it: &&LiveNatGateway| {
        let mut addresses = it.nat_gateway_addresses.iter();
        addresses.any(|it| it.allocation_id.as_ref() == Some(&owned.live))
    };
    let mut alive = observed.nat_gateways.values().filter(|it| !is_going(&it.state));
    let gateway = alive.find(has).map(|it| it.vpc_id.as_str());
    let interface = observed.addresses.get(&owned.live).and_then(|it| it.network_interface_id.as_ref());
    let interface = interface.and_then(|id| observed.network_interfaces.get(id));
    gateway.or_else(|| interface.map(|it| it.vpc_id.as_str()))
}

/// What must be over before an object can go.
pub(super) fn before<'a>(observed: &'a Observed, users: &Users<'a>, owned: &Owned) -> Vec<Before<'a>> {
    let id = owned.live.as_str();
    let mut out = Vec::new();
    match owned.kind {
        Kind::Instance => {
            routes_to(users, id, &mut out);
            let addresses = users.addresses.get(id).into_iter().flatten();
            out.extend(addresses.map(|it| Before::Mended(it, Aspect::AddressAssociation)));
        }
        Kind::NatGateway | Kind::RegionalNatGateway | Kind::EgressOnlyInternetGateway => {
            routes_to(users, id, &mut out);
        }
        Kind::ElasticIp => out.extend(users.nats.get(id).into_iter().flatten().map(|it| Before::End(it))),
        Kind::InternetGateway => internet_gateway(observed, users, owned, &mut out),
        Kind::RouteTable => route_table(observed, users, id, &mut out),
        Kind::NetworkAcl => {
            let associations = observed.network_acls.get(id).map(|acl| acl.associations.as_slice());
            for association in associations.unwrap_or_default() {
                out.push(Before::End(&association.subnet_id));
                out.push(Before::Mended(&association.subnet_id, Aspect::AclAssociation));
            }
        }
        Kind::SecurityGroup => security_group(users, id, &mut out),
        Kind::Subnet => subnet(users, id, &mut out),
        Kind::Vpc => {
            let in_it = users.in_vpc.get(id).into_iter().flatten();
            out.extend(in_it.map(|it| Before::End(it)));
            let gateways = observed.internet_gateways.values();
            let attached = gateways.filter(|it| it.attachments.iter().any(|it| it.vpc_id == id));
            out.extend(attached.map(|it| Before::Mended(&it.internet_gateway_id, Aspect::Attachment)));
        }
        _ => {}
    }
    removal_objects::before(observed, users, owned, &mut out);
    out
}

/// Tables that stay lose their routes to it first, so that no packet falls into a hole unannounced.
pub(super) fn routes_to<'a>(users: &Users<'a>, id: &str, out: &mut Vec<Before<'a>>) {
    let tables = users.routes.get(id).into_iter().flatten();
    out.extend(tables.map(|it| Before::Mended(it, Aspect::Routes)));
}

/// A gateway cannot be detached while anything in the VPC has a mapped public address: NAT gateways,
/// Elastic IPs, and instances that got an address at launch.
fn internet_gateway<'a>(observed: &'a Observed, users: &Users<'a>, owned: &Owned, out: &mut Vec<Before<'a>>) {
    routes_to(users, &owned.live, out);
    let Some(vpc) = vpc_of(observed, owned) else { return };
    for id in users.in_vpc.get(vpc).into_iter().flatten() {
        if observed.nat_gateways.contains_key(*id) || observed.instances.contains_key(*id) {
            out.push(Before::End(id));
        }
    }
    let of_vpc = users.addresses_in.get(vpc).into_iter().flatten();
    for address in of_vpc.chain(&users.addresses_anywhere) {
        out.push(Before::End(address));
        out.push(Before::Mended(address, Aspect::AddressAssociation));
    }
}

fn route_table<'a>(observed: &'a Observed, users: &Users<'a>, id: &str, out: &mut Vec<Before<'a>>) {
    let Some(table) = observed.route_tables.get(id) else { return };
    for subnet in table.associations.iter().filter_map(|it| it.subnet_id.as_deref()) {
        out.push(Before::End(subnet));
        out.push(Before::Mended(subnet, Aspect::RouteTableAssociation));
    }
    let tables = users.tables.get(table.vpc_id.as_str()).into_iter().flatten();
    out.extend(tables.map(|it| Before::Mended(it, Aspect::MainTable)));
    endpoints(users, id, out);
}

fn security_group<'a>(users: &Users<'a>, id: &str, out: &mut Vec<Before<'a>>) {
    for instance in users.in_group.get(id).into_iter().flatten() {
        out.push(Before::End(instance));
        out.push(Before::Mended(instance, Aspect::InstanceGroups));
    }
    endpoints(users, id, out);
    let naming = users.naming.get(id).into_iter().flatten();
    out.extend(naming.map(|it| Before::Mended(it, Aspect::GroupRules)));
}

fn subnet<'a>(users: &Users<'a>, id: &str, out: &mut Vec<Before<'a>>) {
    let instances = users.in_subnet.get(id).into_iter().flatten();
    out.extend(instances.map(|it| Before::End(it)));
    out.extend(users.nats.get(id).into_iter().flatten().map(|it| Before::End(it)));
    endpoints(users, id, out);
}

fn endpoints<'a>(users: &Users<'a>, id: &str, out: &mut Vec<Before<'a>>) {
    for endpoint in users.endpoints.get(id).into_iter().flatten() {
        out.push(Before::End(endpoint));
        out.push(Before::Mended(endpoint, Aspect::EndpointLists));
    }
}

/// Something in a VPC of ours that is not ours.
pub(in crate::deploy) struct Stranger {
    pub kind: Kind,
    pub live: String,
    pub what: String,
    pub vpc: String,
}

/// What others put into VPCs that shall go.
pub(in crate::deploy) fn strangers(
    observed: &Observed,
    vpcs: &BTreeSet<&str>,
    ours: impl Fn(&str) -> bool,
) -> Vec<Stranger> {
    let mut found = Vec::new();
    let stranger = |kind: Kind, live: &str, what: String, vpc: &str| Stranger {
        kind,
        live: live.to_owned(),
        what,
        vpc: vpc.to_owned(),
    };
    for subnet in observed.subnets.values().filter(|it| !ours(&it.subnet_id)) {
        if vpcs.contains(subnet.vpc_id.as_str()) {
            found.push(stranger(Kind::Subnet, &subnet.subnet_id, subnet.cidr_block.clone(), &subnet.vpc_id));
        }
    }
    for group in observed.security_groups.values().filter(|it| !ours(&it.group_id)) {
        if vpcs.contains(group.vpc_id.as_str()) && group.group_name != "default" {
            found.push(stranger(
                Kind::SecurityGroup,
                &group.group_id,
                group.group_name.clone(),
                &group.vpc_id,
            ));
        }
    }
    let with_ours = interfaces_of(observed, &ours);
    for interface in observed.network_interfaces.values() {
        if vpcs.contains(interface.vpc_id.as_str()) && !is_of_ours(observed, interface, &ours, &with_ours) {
            let what = Owner::of(interface).words();
            found.push(stranger(
                Kind::NetworkInterface,
                &interface.network_interface_id,
                what,
                &interface.vpc_id,
            ));
        }
    }
    found
}

/// The interfaces of NAT gateways and endpoints of ours.
fn interfaces_of(observed: &Observed, ours: impl Fn(&str) -> bool) -> BTreeSet<&str> {
    let nats = observed.nat_gateways.values().filter(|it| ours(&it.nat_gateway_id));
    let addresses = nats.flat_map(|it| &it.nat_gateway_addresses);
    let of_nats = addresses.filter_map(|it| it.network_interface_id.as_deref());
    let endpoints = observed.vpc_endpoints.values().filter(|it| ours(&it.vpc_endpoint_id));
    let of_endpoints = endpoints.flat_map(|it| &it.network_interface_ids).map(String::as_str);
    of_nats.chain(of_endpoints).collect()
}

/// Whether an interface belongs to an instance, NAT gateway or endpoint of ours and goes with it. One that
/// others attached to an instance stays behind when that ends, unless they said otherwise.
fn is_of_ours(
    observed: &Observed,
    interface: &LiveNetworkInterface,
    ours: impl Fn(&str) -> bool,
    with_ours: &BTreeSet<&str>,
) -> bool {
    let id = interface.network_interface_id.as_str();
    let attachment = interface.attachment.as_ref();
    let attachment = attachment.filter(|it| it.device_index == 0 || it.delete_on_termination);
    let instance = attachment.and_then(|it| it.instance_id.as_ref());
    // Attachments and Instance Connect Endpoints say in words whose interface it is.
    let is_of_object = || {
        let mut objects = observed.objects.keys().filter(|it| ours(it));
        objects.any(|object| interface.description.ends_with(object.as_str()))
    };
    instance.is_some_and(|instance| ours(instance)) || ours(id) || with_ours.contains(id) || is_of_object()
}
