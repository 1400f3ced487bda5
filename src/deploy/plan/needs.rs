//! What must be done before what: for each step on a drawn resource, the points that others reach.

use super::Work;
use crate::{
    deploy::{
        desired::Desired,
        kinds::{Aspect, generated_block},
    },
    model::{
        ConnectivityType, Kind, NetworkInterface, ResourceId, ResourceKind, RouteDestination, RouteTable,
        RouteTarget, SecurityGroupRulePeer, Subnet, routing,
    },
    net::IpNet,
};

/// Something that a resource reaches during a run. A point that nobody needs to reach, since the
/// object has been there before, is no dependency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Point {
    /// It has an id.
    Made,
    /// It has the state in which others can be put into it.
    Ready,
    /// One aspect is as drawn.
    Mended(Aspect),
}

/// A point of a resource.
pub(super) type Need = (ResourceId, Point);

/// The points that a step on a drawn resource needs, apart from its own resource being there.
pub(super) fn needs(desired: &Desired, id: &ResourceId, work: &Work) -> Vec<Need> {
    let Some(kind) = desired.index.kind(id) else {
        return Vec::new();
    };
    match work {
        Work::Create { .. } => {
            let mut needs = create(desired, kind);
            let is_vpn = kind.kind() == Kind::VpnConnection;
            needs.extend(is_vpn.then(|| (id.clone(), Point::Mended(Aspect::CustomerGateway))));
            needs
        }
        Work::Find => parent(kind).map(|vpc| (vpc.clone(), Point::Ready)).into_iter().collect(),
        // What ends is another object than the one that the resource gets; a customer gateway is there
        // before what it is a part of.
        Work::Remove(_) | Work::Wait { live: Some(_), .. } | Work::Mend(Aspect::CustomerGateway) => {
            Vec::new()
        }
        Work::Mend(aspect) => {
            let mut needs = mend(desired, id, *aspect, kind);
            needs.push((id.clone(), Point::Ready));
            needs
        }
        Work::Wait { .. } => vec![(id.clone(), Point::Made)],
    }
}

fn parent(kind: &ResourceKind) -> Option<&ResourceId> {
    match kind {
        ResourceKind::TransitGatewayRouteTable(it) => Some(&it.transit_gateway_id),
        ResourceKind::RouteTable(it) => Some(&it.vpc_id),
        ResourceKind::NetworkAcl(it) => Some(&it.vpc_id),
        ResourceKind::SecurityGroup(it) => Some(&it.vpc_id),
        _ => None,
    }
}

/// The attachment of the internet gateway of a subnet's VPC.
fn internet_of(desired: &Desired, subnet: &ResourceId) -> Option<Need> {
    let vpc = desired.index.vpc_of(subnet)?;
    let gateway = desired.index.internet_gateway(vpc)?;
    Some((gateway.clone(), Point::Mended(Aspect::Attachment)))
}

fn made(ids: &[ResourceId]) -> impl Iterator<Item = Need> + '_ {
    ids.iter().map(|id| (id.clone(), Point::Made))
}

fn ready(ids: &[ResourceId]) -> impl Iterator<Item = Need> + '_ {
    ids.iter().map(|id| (id.clone(), Point::Ready))
}

fn create(desired: &Desired, kind: &ResourceKind) -> Vec<Need> {
    let mut needs = Vec::new();
    match kind {
        ResourceKind::Subnet(it) => {
            needs.push((it.vpc_id.clone(), Point::Ready));
            let primary = desired.index.kind(&it.vpc_id).and_then(ResourceKind::as_vpc);
            let inside = primary.is_none_or(|vpc| vpc.cidr_block.contains(&it.cidr_block));
            if !inside || it.ipv6_cidr_block.is_some() {
                needs.push((it.vpc_id.clone(), Point::Mended(Aspect::AddBlocks)));
            }
        }
        ResourceKind::EgressOnlyInternetGateway(it) => needs.push((it.vpc_id.clone(), Point::Ready)),
        ResourceKind::NatGateway(it) => {
            needs.push((it.subnet_id.clone(), Point::Ready));
            if it.connectivity_type == ConnectivityType::Public {
                needs.extend(it.allocation_id.iter().flat_map(free_address));
                needs.extend(internet_of(desired, &it.subnet_id));
            }
        }
        ResourceKind::RegionalNatGateway(it) => {
            needs.push((it.vpc_id.clone(), Point::Ready));
            let zones = it.availability_zone_addresses.iter();
            needs.extend(zones.flat_map(|it| &it.allocation_ids).flat_map(free_address));
            let gateway = desired.index.internet_gateway(&it.vpc_id);
            needs.extend(gateway.map(|id| (id.clone(), Point::Mended(Aspect::Attachment))));
        }
        ResourceKind::Instance(it) => {
            needs.push((it.subnet_id.clone(), Point::Ready));
            needs.push((it.subnet_id.clone(), Point::Mended(Aspect::PublicIpOnLaunch)));
            needs.push((it.subnet_id.clone(), Point::Mended(Aspect::SubnetIpv6)));
            needs.extend(made(&it.vpc_security_group_ids));
            needs.extend(it.key_pair_id.iter().map(|id| (id.clone(), Point::Made)));
            if let Some(vpc) = desired.index.vpc_of(&it.subnet_id) {
                needs.extend(desired.index.default_security_group(vpc).map(|id| (id.clone(), Point::Made)));
            }
            if it.user_data.is_some() {
                needs.extend(first_boot(desired, &it.subnet_id, &it.vpc_security_group_ids));
            }
        }
        ResourceKind::GatewayEndpoint(it) => {
            needs.push((it.vpc_id.clone(), Point::Ready));
            needs.extend(made(&it.route_table_ids));
        }
        ResourceKind::NetworkInterface(it) => {
            needs.extend(interface_in(desired, &it.subnet_id, &it.security_group_ids));
        }
        ResourceKind::InstanceConnectEndpoint(it) => {
            needs.extend(interface_in(desired, &it.subnet_id, &it.security_group_ids));
        }
        ResourceKind::InterfaceEndpoint(it) => {
            needs.push((it.vpc_id.clone(), Point::Mended(Aspect::DnsSwitches)));
            needs.extend(ready(&it.subnet_ids));
            needs.extend(made(&it.security_group_ids));
            needs
                .extend(desired.index.default_security_group(&it.vpc_id).map(|id| (id.clone(), Point::Made)));
        }
        _ => needs.extend(create_joined(kind)),
    }
    needs
}

/// The same for what joins networks or watches over them, and for what stands in a VPC and needs no more.
fn create_joined(kind: &ResourceKind) -> Vec<Need> {
    let mut needs = Vec::new();
    match kind {
        ResourceKind::VpcPeeringConnection(it) => {
            needs.push((it.vpc_id.clone(), Point::Ready));
            needs.extend(it.peer_vpc_id.iter().map(|id| (id.clone(), Point::Ready)));
        }
        ResourceKind::TransitGatewayVpcAttachment(it) => {
            needs.push((it.transit_gateway_id.clone(), Point::Ready));
            needs.extend(ready(&it.subnet_ids));
            // A new attachment joins the default table, which is then looked at.
            needs.push((it.vpc_id.clone(), Point::Ready));
        }
        ResourceKind::TransitGatewayPeeringAttachment(it) => {
            needs.push((it.transit_gateway_id.clone(), Point::Ready));
            needs.extend(it.peer_transit_gateway_id.iter().map(|id| (id.clone(), Point::Ready)));
        }
        ResourceKind::VpnConnection(it) => {
            let gateways = it.vpn_gateway_id.iter().chain(&it.transit_gateway_id);
            needs.extend(gateways.map(|id| (id.clone(), Point::Ready)));
        }
        ResourceKind::FlowLog(it) => needs.push((it.resource_id.clone(), Point::Ready)),
        _ => needs.extend(parent(kind).map(|vpc| (vpc.clone(), Point::Ready))),
    }
    needs
}

/// What an interface in a subnet, with these groups or the VPC's default one, needs.
fn interface_in(desired: &Desired, subnet: &ResourceId, groups: &[ResourceId]) -> Vec<Need> {
    let mut needs = vec![(subnet.clone(), Point::Ready), (subnet.clone(), Point::Mended(Aspect::SubnetIpv6))];
    needs.extend(made(groups));
    let vpc = desired.index.vpc_of(subnet);
    let default = vpc.and_then(|vpc| desired.index.default_security_group(vpc));
    needs.extend(default.map(|id| (id.clone(), Point::Made)));
    needs
}

/// How a gateway to which a route leads is joined to its VPC.
fn attaching(desired: &Desired, gateway: &ResourceId) -> Aspect {
    match desired.index.kind(gateway) {
        Some(ResourceKind::VpnGateway(_)) => Aspect::GatewayAttachment,
        _ => Aspect::Attachment,
    }
}

/// The attachment of a VPC to a transit gateway: without it no route may lead there.
fn attachment_of(desired: &Desired, gateway: &ResourceId, vpc: &ResourceId) -> Option<Need> {
    let mut attachments = desired.index.resources_of(Kind::TransitGatewayVpcAttachment);
    let of_vpc = attachments.find(|it| {
        let fields = it.kind.as_transit_gateway_vpc_attachment();
        fields.is_some_and(|it| it.transit_gateway_id == *gateway && it.vpc_id == *vpc)
    });
    of_vpc.map(|it| (it.id.clone(), Point::Ready))
}

/// Every attachment of a transit gateway: by itself each joins the default table, so that a table is
/// looked at once all are there.
fn joinable<'a>(desired: &'a Desired, gateway: &'a ResourceId) -> impl Iterator<Item = Need> + 'a {
    let joined = |id: &'a ResourceId| match desired.index.kind(id) {
        Some(ResourceKind::TransitGatewayVpcAttachment(_) | ResourceKind::VpnConnection(_)) => {
            Some((id.clone(), Point::Ready))
        }
        Some(ResourceKind::TransitGatewayPeeringAttachment(_)) => {
            Some((id.clone(), Point::Mended(Aspect::Acceptance)))
        }
        _ => None,
    };
    let users = desired.index.referrers(gateway).iter().map(|(id, _)| id);
    users.filter_map(joined)
}

/// A script of the first boot usually loads something, and it runs once: the way out must be there
/// before the instance is. A table that leads to an instance could lead to this one, so that it is
/// not waited for.
fn first_boot(desired: &Desired, subnet: &ResourceId, groups: &[ResourceId]) -> Vec<Need> {
    let mut needs: Vec<Need> =
        groups.iter().map(|group| (group.clone(), Point::Mended(Aspect::GroupRules))).collect();
    needs.push((subnet.clone(), Point::Mended(Aspect::RouteTableAssociation)));
    needs.push((subnet.clone(), Point::Mended(Aspect::AclAssociation)));
    let Some((table, _)) = routing::effective_route_table(&desired.topology, &desired.index, subnet) else {
        return needs;
    };
    let Some(fields) = desired.index.kind(table).and_then(ResourceKind::as_route_table) else {
        return needs;
    };
    if fields.routes.iter().any(|route| matches!(route.target, RouteTarget::Instance(_))) {
        return needs;
    }
    needs.push((table.clone(), Point::Mended(Aspect::Routes)));
    for route in &fields.routes {
        if let RouteTarget::NatGateway(id) = &route.target {
            needs.push((id.clone(), Point::Ready));
        }
    }
    needs
}

/// The blocks of a VPC that gets one of Amazon's: what names a block of IPv6 may mean a part of it,
/// and with it come rules and routes of AWS's own.
fn ipv6_of(desired: &Desired, vpc: &ResourceId) -> Option<Need> {
    let fields = desired.index.kind(vpc)?.as_vpc()?;
    fields.assign_generated_ipv6_cidr_block.then(|| (vpc.clone(), Point::Mended(Aspect::AddBlocks)))
}

/// The VPCs whose block of Amazon's a block of the drawing lies in.
fn ipv6_home(desired: &Desired, block: IpNet) -> impl Iterator<Item = Need> + '_ {
    let vpcs = desired.index.resources_of(Kind::Vpc).filter(move |vpc| {
        let drawn = vpc.kind.as_vpc().and_then(generated_block);
        drawn.is_some_and(|drawn| IpNet::V6(drawn).contains(&block))
    });
    vpcs.map(|vpc| (vpc.id.clone(), Point::Mended(Aspect::AddBlocks)))
}

fn mend(desired: &Desired, id: &ResourceId, aspect: Aspect, kind: &ResourceKind) -> Vec<Need> {
    let mut needs = Vec::new();
    match (aspect, kind) {
        (_, ResourceKind::Subnet(it)) => needs.extend(mend_subnet(desired, id, aspect, it)),
        (Aspect::RemoveBlocks, ResourceKind::Vpc(_)) => {
            let subnets = desired.index.subnets_of(&desired.topology, id);
            needs.extend(subnets.map(|subnet| (subnet.clone(), Point::Mended(Aspect::SubnetIpv6))));
        }
        (Aspect::AclEntries, ResourceKind::NetworkAcl(it)) => {
            needs.extend(ipv6_of(desired, &it.vpc_id));
            let rules = it.ingress.iter().chain(&it.egress);
            needs.extend(rules.flat_map(|rule| ipv6_home(desired, rule.cidr_block)));
        }
        (Aspect::Routes, ResourceKind::RouteTable(it)) => needs.extend(routes(desired, it)),
        (Aspect::Attachment, ResourceKind::InternetGateway(it)) => {
            needs.extend(it.vpc_id.iter().map(|id| (id.clone(), Point::Ready)));
        }
        (_, ResourceKind::NetworkInterface(it)) => needs.extend(mend_interface(id, aspect, it)),
        (Aspect::InterfaceAddresses, ResourceKind::Instance(it)) => {
            needs.push((it.subnet_id.clone(), Point::Mended(Aspect::SubnetIpv6)));
        }
        (Aspect::NatAddresses, ResourceKind::NatGateway(it)) => {
            needs.extend(it.secondary_allocation_ids.iter().flat_map(free_address));
        }
        (Aspect::NatAddresses, ResourceKind::RegionalNatGateway(it)) => {
            let zones = it.availability_zone_addresses.iter();
            needs.extend(zones.flat_map(|it| &it.allocation_ids).flat_map(free_address));
            // An address may move from one zone to another.
            needs.push((id.clone(), Point::Mended(Aspect::AddressRelease)));
        }
        (Aspect::AddressAssociation, ResourceKind::ElasticIp(it)) => {
            if let Some(id) = &it.network_interface_id {
                needs.push((id.clone(), Point::Made));
                needs.push((id.clone(), Point::Mended(Aspect::InterfaceAddresses)));
                let interface = desired.index.kind(id).and_then(ResourceKind::as_network_interface);
                needs.extend(interface.and_then(|it| internet_of(desired, &it.subnet_id)));
            }
            if let Some(id) = &it.instance_id {
                needs.push((id.clone(), Point::Ready));
                let instance = desired.index.kind(id).and_then(ResourceKind::as_instance);
                needs.extend(instance.and_then(|instance| internet_of(desired, &instance.subnet_id)));
            }
        }
        (Aspect::GroupRules, ResourceKind::SecurityGroup(it)) => {
            needs.extend(ipv6_of(desired, &it.vpc_id));
            for rule in it.ingress.iter().chain(&it.egress) {
                match &rule.peer {
                    SecurityGroupRulePeer::Group(id) => needs.push((id.clone(), Point::Made)),
                    SecurityGroupRulePeer::ManagedPrefixList(id) => needs.push((id.clone(), Point::Ready)),
                    SecurityGroupRulePeer::Ipv6(block) => needs.extend(ipv6_home(desired, (*block).into())),
                    _ => {}
                }
            }
        }
        (Aspect::InstanceGroups, ResourceKind::Instance(it)) => {
            needs.extend(made(&it.vpc_security_group_ids))
        }
        (Aspect::EndpointLists, ResourceKind::GatewayEndpoint(it)) => needs.extend(made(&it.route_table_ids)),
        (Aspect::EndpointLists, ResourceKind::InterfaceEndpoint(it)) => {
            needs.extend(ready(&it.subnet_ids));
            needs.extend(made(&it.security_group_ids));
            needs.push((it.vpc_id.clone(), Point::Mended(Aspect::DnsSwitches)));
        }
        _ => needs.extend(mend_object(desired, id, aspect, kind)),
    }
    needs
}

/// The same for a subnet.
fn mend_subnet(desired: &Desired, id: &ResourceId, aspect: Aspect, it: &Subnet) -> Vec<Need> {
    let mut needs = Vec::new();
    match aspect {
        Aspect::SubnetIpv6 => {
            needs.extend(ipv6_of(desired, &it.vpc_id));
            // A block can leave a subnet only once no interface has an address of it.
            let in_it = desired.index.referrers(id).iter();
            needs.extend(in_it.map(|(id, _)| (id.clone(), Point::Mended(Aspect::AddressRelease))));
        }
        Aspect::RouteTableAssociation => needs.extend(made(it.route_table_id.as_slice())),
        Aspect::AclAssociation => {
            let acl = it.network_acl_id.as_ref().or_else(|| desired.index.default_network_acl(&it.vpc_id));
            needs.extend(acl.map(|id| (id.clone(), Point::Made)));
            needs.extend(acl.map(|id| (id.clone(), Point::Mended(Aspect::AclEntries))));
        }
        _ => {}
    }
    needs
}

/// An address that there is and that nothing else has any more.
fn free_address(id: &ResourceId) -> [Need; 2] {
    [(id.clone(), Point::Made), (id.clone(), Point::Mended(Aspect::AddressAssociation))]
}

/// The same for an interface of its own.
fn mend_interface(id: &ResourceId, aspect: Aspect, it: &NetworkInterface) -> Vec<Need> {
    match aspect {
        Aspect::Settings => made(&it.security_group_ids).collect(),
        Aspect::InterfaceAddresses => vec![(it.subnet_id.clone(), Point::Mended(Aspect::SubnetIpv6))],
        Aspect::GatewayAttachment => {
            let mut needs = vec![(id.clone(), Point::Mended(Aspect::Detachment))];
            if let Some(instance) = &it.instance_id {
                // What is said of an instance means its only interface, as long as it is the only one.
                let points = [Aspect::SourceDestCheck, Aspect::InstanceGroups].map(Point::Mended);
                let points = points.into_iter().chain([Point::Ready]);
                needs.extend(points.map(|point| (instance.clone(), point)));
            }
            needs
        }
        _ => Vec::new(),
    }
}

/// The same for what joins networks, leads out of them or watches over them.
fn mend_object(desired: &Desired, id: &ResourceId, aspect: Aspect, kind: &ResourceKind) -> Vec<Need> {
    let mut needs = Vec::new();
    match (aspect, kind) {
        (Aspect::EdgeAssociations, ResourceKind::RouteTable(it)) => {
            let gateways = it.gateway_ids.iter();
            needs.extend(gateways.map(|id| (id.clone(), Point::Mended(attaching(desired, id)))));
        }
        (Aspect::Propagations, ResourceKind::RouteTable(it)) => {
            let gateways = it.propagating_vgws.iter();
            needs.extend(gateways.map(|id| (id.clone(), Point::Mended(Aspect::GatewayAttachment))));
        }
        (Aspect::GatewayAttachment, ResourceKind::VpnGateway(it)) => {
            needs.extend(it.vpc_id.iter().map(|id| (id.clone(), Point::Ready)));
        }
        (Aspect::DhcpOptions, ResourceKind::Vpc(it)) => {
            needs.extend(it.dhcp_options_id.iter().map(|id| (id.clone(), Point::Made)));
        }
        (Aspect::Settings, ResourceKind::VpcPeeringConnection(_)) => {
            needs.push((id.clone(), Point::Mended(Aspect::Acceptance)));
        }
        (Aspect::Exclusions, ResourceKind::VpcBlockPublicAccess(it)) => {
            let excluded = it.exclusions.iter().flat_map(|it| it.vpc_id.iter().chain(&it.subnet_id));
            needs.extend(excluded.map(|id| (id.clone(), Point::Ready)));
        }
        // What is excluded is never cut off in between.
        (Aspect::Settings, ResourceKind::VpcBlockPublicAccess(_)) => {
            needs.push((id.clone(), Point::Mended(Aspect::Exclusions)));
        }
        (Aspect::Settings, ResourceKind::VpnConnection(_)) => {
            needs.push((id.clone(), Point::Mended(Aspect::CustomerGateway)));
        }
        (Aspect::Settings, ResourceKind::TransitGatewayVpcAttachment(it)) => {
            needs.extend(ready(&it.subnet_ids));
        }
        (_, ResourceKind::TransitGatewayRouteTable(it)) if aspect != Aspect::Tags => {
            needs.extend(joinable(desired, &it.transit_gateway_id));
        }
        _ => {}
    }
    needs
}

/// What the routes of a table lead to, and what their destinations are told by.
fn routes(desired: &Desired, it: &RouteTable) -> Vec<Need> {
    let mut needs = Vec::new();
    needs.extend(ipv6_of(desired, &it.vpc_id));
    needs.extend(it.routes.iter().filter_map(|route| match &route.destination {
        RouteDestination::ManagedPrefixList(id) => Some((id.clone(), Point::Ready)),
        _ => None,
    }));
    needs.extend(it.routes.iter().filter_map(|route| match &route.target {
        RouteTarget::Gateway(id) => Some((id.clone(), Point::Mended(attaching(desired, id)))),
        // A route accepts a NAT gateway that is still pending, but an instance must run.
        RouteTarget::NatGateway(id) => Some((id.clone(), Point::Made)),
        RouteTarget::EgressOnlyGateway(id) | RouteTarget::NetworkInterface(id) => {
            Some((id.clone(), Point::Made))
        }
        RouteTarget::VpcPeeringConnection(id) => Some((id.clone(), Point::Mended(Aspect::Acceptance))),
        RouteTarget::TransitGateway(id) => attachment_of(desired, id, &it.vpc_id),
        RouteTarget::Instance(id) => Some((id.clone(), Point::Ready)),
        RouteTarget::Blackhole(_) | RouteTarget::Other(_) => None,
    }));
    needs
}
