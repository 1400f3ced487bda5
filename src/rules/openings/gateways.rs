//! What has to be made, attached, accepted or switched on along the way.

use ipnet::IpNet;

use super::{Choices, Edit, made, site::Site};
use crate::{
    edit::Command,
    model::{
        BlockExclusion, BlockMode, ConnectivityType, Container, ElasticIp, ExclusionMode, Field, Instance,
        Kind, Listener, ResourceId, ResourceKind, TransitGatewayRoute, TransitGatewayRouteTable, Vpc,
    },
    t,
};

fn set(id: &ResourceId, field: &'static str, to: impl Into<ResourceKind>, label: String) -> Edit {
    let command = Command::Set { id: id.clone(), field: Field::new(field), to: Box::new(to.into()) };
    Edit { label, command }
}

/// An internet gateway for a VPC that has none.
pub(super) fn internet_gateway(site: &Site<'_>) -> Vec<Choices> {
    let vpc = site.blocker.resource.as_ref().filter(|id| matches!(site.kind(id), Some(ResourceKind::Vpc(_))));
    let edit = vpc.and_then(|vpc| new_gateway(site, vpc));
    vec![edit.into_iter().map(|(edit, _)| vec![edit]).collect()]
}

/// Attaches an internet gateway that is attached to nothing, or makes one; and which it is.
pub(super) fn new_gateway(site: &Site<'_>, vpc: &ResourceId) -> Option<(Edit, ResourceId)> {
    let free = |id: &&ResourceId| {
        let gateway = site.kind(id).and_then(ResourceKind::as_internet_gateway);
        gateway.is_some_and(|it| it.vpc_id.is_none())
    };
    let into = Container::Vpc(vpc.clone());
    if let Some(id) = site.index.of_kind(Kind::InternetGateway).iter().find(free) {
        let label = t!("rule-open-attach", gateway = site.label(id), vpc = site.label(vpc));
        let command = Command::MoveInto { id: id.clone(), into, at: None };
        return Some((Edit { label, command }, id.clone()));
    }
    let command = Command::Place { kind: Kind::InternetGateway, into, at: None, name: None };
    let id = made(site.document, site.index, &command)?;
    Some((Edit { label: t!("rule-open-new-gateway", vpc = site.label(vpc)), command }, id))
}

/// Mends the target of the route that was taken: attaches a gateway, accepts a peering connection.
pub(super) fn revive(site: &Site<'_>) -> Vec<Choices> {
    let Some(id) = &site.blocker.resource else { return Vec::new() };
    let vpc = site.spot().map(|it| &it.1.vpc_id);
    let edit = match (site.kind(id), vpc) {
        (Some(ResourceKind::InternetGateway(it)), Some(vpc)) if it.vpc_id.is_none() => {
            let label = t!("rule-open-attach", gateway = site.label(id), vpc = site.label(vpc));
            let into = Container::Vpc(vpc.clone());
            Some(Edit { label, command: Command::MoveInto { id: id.clone(), into, at: None } })
        }
        (Some(ResourceKind::VpnGateway(it)), Some(vpc)) if it.vpc_id.is_none() => {
            let label = t!("rule-open-attach", gateway = site.label(id), vpc = site.label(vpc));
            let mut to = it.clone();
            to.vpc_id = Some(vpc.clone());
            Some(set(id, "vpc_id", to, label))
        }
        (Some(ResourceKind::VpcPeeringConnection(it)), _) if !it.auto_accept => {
            let mut to = it.clone();
            to.auto_accept = true;
            Some(set(id, "auto_accept", to, t!("rule-open-accept", name = site.label(id))))
        }
        (Some(ResourceKind::TransitGatewayPeeringAttachment(it)), _) if !it.auto_accept => {
            let mut to = it.clone();
            to.auto_accept = true;
            Some(set(id, "auto_accept", to, t!("rule-open-accept", name = site.label(id))))
        }
        _ => None,
    };
    vec![edit.into_iter().map(|it| vec![it]).collect()]
}

/// A public address for whoever needs one.
pub(super) fn public_address(site: &Site<'_>) -> Vec<Choices> {
    let holders = [Kind::Instance, Kind::NetworkInterface, Kind::NatGateway, Kind::LoadBalancer];
    let named = site.blocker.resource.as_ref().and_then(|id| site.index.get(id));
    let named = named.filter(|it| holders.contains(&it.kind.kind())).map(|it| &it.id);
    let Some(id) = named.or_else(|| site.passed(&holders)) else { return Vec::new() };
    let name = site.label(id);
    let label = t!("rule-open-public-address", name = name.as_str());
    let edits = match site.kind(id) {
        Some(ResourceKind::Instance(it)) => {
            let to = Instance { associate_public_ip_address: Some(true), ..it.clone() };
            vec![set(id, "associate_public_ip_address", to, label)]
        }
        Some(ResourceKind::NetworkInterface(_)) => {
            let to = ElasticIp { network_interface_id: Some(id.clone()), ..ElasticIp::default() };
            elastic_ip(site, to, label).map(|it| vec![it.0]).unwrap_or_default()
        }
        Some(ResourceKind::NatGateway(it)) => {
            let Some((first, address)) = elastic_ip(site, ElasticIp::default(), label) else {
                return Vec::new();
            };
            let mut to = it.clone();
            to.connectivity_type = ConnectivityType::Public;
            to.allocation_id = Some(address);
            vec![first, set(id, "connectivity_type", to, t!("rule-open-public-nat", name = name))]
        }
        Some(ResourceKind::LoadBalancer(it)) if it.internal => {
            let mut to = it.clone();
            to.internal = false;
            vec![set(id, "internal", to, t!("rule-open-public-balancer", name = name))]
        }
        _ => Vec::new(),
    };
    vec![vec![edits]]
}

/// A new Elastic IP address with these fields, and its id.
fn elastic_ip(site: &Site<'_>, fields: ElasticIp, label: String) -> Option<(Edit, ResourceId)> {
    let place = Command::Place { kind: Kind::ElasticIp, into: Container::Region, at: None, name: None };
    let id = made(site.document, site.index, &place)?;
    let mut commands = vec![place];
    if fields != ElasticIp::default() {
        let to = Box::new(ResourceKind::ElasticIp(fields));
        commands.push(Command::Set { id: id.clone(), field: Field::new("network_interface_id"), to });
    }
    Some((Edit { label: label.clone(), command: Command::Batch { label, commands } }, id))
}

/// Lets a host forward what is not its own.
pub(super) fn forwarding(site: &Site<'_>) -> Vec<Choices> {
    let Some(id) = &site.blocker.resource else { return Vec::new() };
    let label = t!("rule-open-forward", name = site.label(id));
    let edit = match site.kind(id) {
        Some(ResourceKind::Instance(it)) => {
            let to = Instance { source_dest_check: false, ..it.clone() };
            Some(set(id, "source_dest_check", to, label))
        }
        Some(ResourceKind::NetworkInterface(it)) => {
            let mut to = it.clone();
            to.source_dest_check = false;
            Some(set(id, "source_dest_check", to, label))
        }
        _ => None,
    };
    vec![edit.into_iter().map(|it| vec![it]).collect()]
}

/// An exclusion from Block Public Access for the VPC of the gateway that refused.
pub(super) fn exclusion(site: &Site<'_>) -> Vec<Choices> {
    let vpc = match site.blocker.resource.as_ref().and_then(|id| site.kind(id)) {
        Some(ResourceKind::InternetGateway(it)) => it.vpc_id.as_ref(),
        Some(ResourceKind::EgressOnlyInternetGateway(it)) => Some(&it.vpc_id),
        _ => None,
    };
    let Some(vpc) = vpc else { return Vec::new() };
    let on = site.index.resources_of(Kind::VpcBlockPublicAccess).filter_map(|it| {
        let fields = it.kind.as_vpc_block_public_access()?;
        (fields.internet_gateway_block_mode != BlockMode::Off).then_some((&it.id, fields))
    });
    let edits = on.map(|(id, fields)| {
        let mut to = fields.clone();
        to.exclusions.retain(|it| it.vpc_id.as_ref() != Some(vpc));
        to.exclusions.push(BlockExclusion {
            vpc_id: Some(vpc.clone()),
            subnet_id: None,
            internet_gateway_exclusion_mode: ExclusionMode::AllowBidirectional,
        });
        vec![set(id, "exclusions", to, t!("rule-open-exclusion", vpc = site.label(vpc)))]
    });
    vec![edits.collect()]
}

/// The attachment of a VPC to a transit gateway.
pub(super) fn attachment_of<'a>(
    site: &Site<'a>,
    gateway: &ResourceId,
    vpc: &ResourceId,
) -> Option<&'a ResourceId> {
    let is_it = |it: &ResourceKind| {
        let fields = it.as_transit_gateway_vpc_attachment();
        fields.is_some_and(|it| it.transit_gateway_id == *gateway && it.vpc_id == *vpc)
    };
    let mut all = site.index.resources_of(Kind::TransitGatewayVpcAttachment);
    all.find(|it| is_it(&it.kind)).map(|it| &it.id)
}

/// A subnet of the sender's Availability Zone for an attachment: the sender's own.
pub(super) fn attachment_zone(site: &Site<'_>) -> Vec<Choices> {
    let Some((subnet, _)) = site.spot() else { return Vec::new() };
    let Some(id) = &site.blocker.resource else { return Vec::new() };
    let fields = site.kind(id).and_then(ResourceKind::as_transit_gateway_vpc_attachment);
    let edit = fields.map(|it| {
        let mut to = it.clone();
        to.subnet_ids.push(subnet.clone());
        let label = t!("rule-open-attachment-subnet", name = site.label(id), subnet = site.label(subnet));
        vec![set(id, "subnet_ids", to, label)]
    });
    vec![edit.into_iter().collect()]
}

/// An association, a propagation or a route in a table of the transit gateway.
pub(super) fn transit_table(site: &Site<'_>) -> Vec<Choices> {
    let Some(gateway) = site.passed(&[Kind::TransitGateway]) else { return Vec::new() };
    let stopped = site.blocker.resource.as_ref();
    let attachment = stopped.filter(|id| *id != gateway);
    let mut all = revive(site);
    for it in site.index.resources_of(Kind::TransitGatewayRouteTable) {
        let ResourceKind::TransitGatewayRouteTable(table) = &it.kind else { continue };
        if table.transit_gateway_id != *gateway {
            continue;
        }
        if let Some(attachment) = attachment
            && !table.associations.contains(attachment)
        {
            let mut to = table.clone();
            to.associations.push(attachment.clone());
            let label =
                t!("rule-open-tgw-associate", name = site.label(attachment), table = site.label(&it.id));
            all.push(vec![vec![set(&it.id, "associations", to, label)]]);
        }
        all.push(learn(site, gateway, &it.id, table));
        all.push(without_blackholes(site, &it.id, table));
    }
    all
}

/// The destination's attachment is propagated to a table, or gets a route there.
fn learn(
    site: &Site<'_>,
    gateway: &ResourceId,
    id: &ResourceId,
    table: &TransitGatewayRouteTable,
) -> Choices {
    let mut choices = Choices::new();
    let side = site.destination();
    for to in &side.interfaces {
        let Some(attachment) = attachment_of(site, gateway, &to.vpc) else { continue };
        let around = |it: &IpNet| to.addresses.iter().any(|held| it.contains(&held.private));
        if !table.propagations.contains(attachment) {
            let mut to = table.clone();
            to.propagations.push(attachment.clone());
            let label = t!("rule-open-tgw-propagate", name = site.label(attachment), table = site.label(id));
            choices.push(vec![set(id, "propagations", to, label)]);
        }
        let vpc = site.kind(&to.vpc).and_then(ResourceKind::as_vpc);
        for block in vpc.into_iter().flat_map(Vpc::all_cidr_blocks).filter(around) {
            choices.push(vec![add_route(site, id, table, block, attachment)]);
        }
    }
    if let Some(address) = side.outside {
        for it in site.index.resources_of(Kind::VpnConnection) {
            let ResourceKind::VpnConnection(fields) = &it.kind else { continue };
            let around = fields.on_premises_cidr_blocks.iter().any(|block| block.contains(&address));
            if around && fields.transit_gateway_id.as_ref() == Some(gateway) {
                let mut to = table.clone();
                to.propagations.push(it.id.clone());
                let label = t!("rule-open-tgw-propagate", name = site.label(&it.id), table = site.label(id));
                choices.push(vec![set(id, "propagations", to, label)]);
            }
        }
    }
    choices
}

fn add_route(
    site: &Site<'_>,
    id: &ResourceId,
    table: &TransitGatewayRouteTable,
    block: IpNet,
    attachment: &ResourceId,
) -> Edit {
    let mut to = table.clone();
    to.routes.retain(|it| it.destination_cidr_block != block);
    to.routes.push(TransitGatewayRoute {
        destination_cidr_block: block,
        transit_gateway_attachment_id: Some(attachment.clone()),
        blackhole: false,
    });
    let label = t!(
        "rule-open-route",
        table = site.label(id),
        destination = block.to_string(),
        target = site.label(attachment)
    );
    set(id, "routes", to, label)
}

fn without_blackholes(site: &Site<'_>, id: &ResourceId, table: &TransitGatewayRouteTable) -> Choices {
    let dead = |it: &TransitGatewayRoute| it.blackhole || it.transit_gateway_attachment_id.is_none();
    let mut choices = Choices::new();
    for (at, it) in table.routes.iter().enumerate().filter(|(_, it)| dead(it)) {
        let mut to = table.clone();
        to.routes.remove(at);
        let destination = it.destination_cidr_block.to_string();
        let label = t!("rule-open-dead-route", table = site.label(id), destination = destination);
        choices.push(vec![set(id, "routes", to, label)]);
    }
    choices
}

/// A listener for the flow's port that forwards to where another one does.
pub(super) fn listener(site: &Site<'_>) -> Vec<Choices> {
    let Some(id) = &site.blocker.resource else { return Vec::new() };
    let Some(balancer) = site.kind(id).and_then(ResourceKind::as_load_balancer) else { return Vec::new() };
    let port = site.flow.port;
    let edits = balancer.listeners.iter().map(|like| {
        let mut to = balancer.clone();
        to.listeners.push(Listener { port, ..like.clone() });
        let label = t!(
            "rule-open-listener",
            name = site.label(id),
            port = port.to_string(),
            like = like.port.to_string()
        );
        vec![set(id, "listeners", to, label)]
    });
    vec![edits.collect()]
}
