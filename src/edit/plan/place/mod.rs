//! `Place`: a kind is dropped from the palette, and brings what it comes with.

pub(super) mod beyond;

use super::Planned;
use crate::{
    edit::{
        draft::{Draft, kind_name},
        fresh, homes,
        refusal::Refusal,
    },
    model::{
        Container, ElasticIp, GatewayEndpoint, Instance, InterfaceEndpoint, InternetGateway, KeyPair, Kind,
        NatGateway, NetworkAcl, Resource, ResourceId, ResourceKind, RouteTable, SecurityGroup, Subnet, Vpc,
    },
    t,
};

/// The gateway endpoints that exist, in the order of offering.
const GATEWAY_SERVICES: &[&str] = &["s3", "dynamodb"];

/// Services that are usually wanted behind interface endpoints, in the order of offering: first the
/// three that Session Manager needs.
const INTERFACE_SERVICES: &[&str] = &[
    "ssm",
    "ssmmessages",
    "ec2messages",
    "secretsmanager",
    "kms",
    "logs",
    "monitoring",
    "sts",
    "ecr.api",
    "ecr.dkr",
    "sqs",
    "sns",
    "ec2",
];

pub(super) fn plan(
    mut draft: Draft<'_>,
    kind: Kind,
    into: &Container,
    at: Option<(i32, i32)>,
    name: Option<&str>,
) -> Result<Planned, Refusal> {
    let home = homes::home(&draft, kind, into)?;
    let service = service(&draft, kind, &home);
    let (name, id) = names(&draft, kind, service.as_deref(), name);
    let drop = beyond::Drop { kind, home: &home, into };
    let fields = match beyond::fields(&mut draft, drop, &name)? {
        Some(fields) => fields,
        None => fields(&mut draft, kind, &home, service, (&name, &id))?,
    };
    draft.put(Resource::new(id.clone(), name.clone(), fields));
    finish_vpc(&mut draft, &id, &name);
    beyond::finish_transit_gateway(&mut draft, &id, &name);
    if let Some(gateway) = gateway_of_attachment(&draft, &id) {
        beyond::join_default_tables(&mut draft, &gateway, &id);
    }
    if let Container::Lane(vpc, zone) = &home {
        draft.ensure_lane(vpc, zone);
    }
    if home == *into && at.is_some() {
        draft.place_at(&id, at);
    }
    draft.select(vec![id]);
    Ok(draft.finish(t!("edit-label-place", kind = kind_name(kind), name = name)))
}

/// The transit gateway of a new attachment of any kind.
pub(super) fn gateway_of_attachment(draft: &Draft<'_>, id: &ResourceId) -> Option<ResourceId> {
    match draft.kind(id)? {
        ResourceKind::TransitGatewayVpcAttachment(it) => Some(it.transit_gateway_id.clone()),
        ResourceKind::VpnConnection(it) => it.transit_gateway_id.clone(),
        _ => None,
    }
}

/// The user's name or one that is made up, and the id that follows from it.
fn names(draft: &Draft<'_>, kind: Kind, service: Option<&str>, name: Option<&str>) -> (String, ResourceId) {
    let wanted = name.map(str::trim).filter(|name| !name.is_empty());
    if let Some(name) = wanted {
        return (name.to_owned(), draft.free_id(kind, name));
    }
    if let Some(service) = service {
        let short = service.splitn(4, '.').nth(3).unwrap_or(service).replace('.', "-");
        let name = fresh::unique_name(draft, kind, &short);
        let id = draft.free_id(kind, &name);
        return (name, id);
    }
    fresh::counted(draft, kind)
}

/// The service of a new endpoint: the first usual one that the VPC does not have yet.
fn service(draft: &Draft<'_>, kind: Kind, home: &Container) -> Option<String> {
    let offered = match kind {
        Kind::GatewayEndpoint => GATEWAY_SERVICES,
        Kind::InterfaceEndpoint => INTERFACE_SERVICES,
        _ => return None,
    };
    let vpc = crate::edit::draft::vpc_of_container(draft.topology(), home)?;
    let region = &draft.topology().region;
    let full = |service: &str| format!("com.amazonaws.{region}.{service}");
    let present: Vec<&str> = draft
        .index()
        .users(vpc, "vpc_id")
        .filter_map(|id| match draft.kind(id)? {
            ResourceKind::GatewayEndpoint(it) if kind == Kind::GatewayEndpoint => {
                Some(it.service_name.as_str())
            }
            ResourceKind::InterfaceEndpoint(it) if kind == Kind::InterfaceEndpoint => {
                Some(it.service_name.as_str())
            }
            _ => None,
        })
        .collect();
    let missing = offered.iter().map(|service| full(service)).find(|it| !present.contains(&it.as_str()));
    missing.or_else(|| offered.first().map(|service| full(service)))
}

/// The fields of the new resource; what it brings is put into the draft.
fn fields(
    draft: &mut Draft<'_>,
    kind: Kind,
    home: &Container,
    service: Option<String>,
    (name, id): (&str, &ResourceId),
) -> Result<ResourceKind, Refusal> {
    let service = service.unwrap_or_default();
    Ok(match (kind, home.clone()) {
        (Kind::Vpc, _) => vpc(draft)?.into(),
        (Kind::ElasticIp, _) => ElasticIp::default().into(),
        (Kind::KeyPair, _) => KeyPair { key_name: name.to_owned(), ..KeyPair::default() }.into(),
        (Kind::InternetGateway, Container::Vpc(vpc)) => {
            homes::one_gateway(draft, &vpc, None)?;
            InternetGateway { vpc_id: Some(vpc) }.into()
        }
        (Kind::InternetGateway, _) => {
            draft.note(t!("edit-note-unattached", gateway = name));
            InternetGateway::default().into()
        }
        (Kind::Subnet, Container::Lane(vpc, zone)) => {
            let block = fresh::free_subnet_block(draft, &vpc).ok_or_else(|| {
                Refusal::new(t!("edit-no-subnet-block", vpc = draft.label(&vpc)), [vpc.clone()])
            })?;
            Subnet::new(vpc, block, zone).into()
        }
        (Kind::RouteTable, Container::Vpc(vpc)) => RouteTable::new(vpc).into(),
        (Kind::NetworkAcl, Container::Vpc(vpc)) => {
            draft.note(t!("edit-note-empty-acl", acl = name));
            NetworkAcl::new(vpc).into()
        }
        (Kind::SecurityGroup, Container::Vpc(vpc)) => SecurityGroup::new(vpc, name, name).into(),
        (Kind::Instance, Container::Subnet(subnet)) => Instance::new(subnet).into(),
        (Kind::NatGateway, Container::Subnet(subnet)) => nat_gateway(draft, subnet, name).into(),
        (Kind::GatewayEndpoint, Container::Vpc(vpc)) => gateway_endpoint(draft, vpc, service, name).into(),
        (Kind::InterfaceEndpoint, Container::Subnet(subnet)) => {
            interface_endpoint(draft, subnet, service, name)?.into()
        }
        _ => {
            return Err(Refusal::new(t!("edit-cannot-place", kind = kind_name(kind)), [id.clone()]));
        }
    })
}

fn vpc(draft: &Draft<'_>) -> Result<Vpc, Refusal> {
    fresh::free_vpc_block(&fresh::vpc_blocks(draft), 16)
        .map(Vpc::new)
        .ok_or_else(|| Refusal::new(t!("edit-no-vpc-block"), []))
}

/// What AWS makes together with a VPC, and two empty lanes to drop subnets into.
fn finish_vpc(draft: &mut Draft<'_>, id: &ResourceId, name: &str) {
    if draft.kind(id).and_then(ResourceKind::as_vpc).is_none() {
        return;
    }
    add_implicit(draft, id, name, Missing::ALL);
    let region = draft.topology().region.clone();
    draft.set_lanes(id, vec![format!("{region}a"), format!("{region}b")]);
}

/// Which of the resources that AWS makes with a VPC are to be added.
#[derive(Debug, Clone, Copy)]
pub(super) struct Missing {
    /// The main route table.
    pub main_table: bool,
    /// The default network ACL.
    pub default_acl: bool,
    /// The default security group.
    pub default_group: bool,
}

impl Missing {
    /// A new VPC has none of them.
    pub(super) const ALL: Self = Self { main_table: true, default_acl: true, default_group: true };
}

/// Adds what AWS makes with a VPC, named after it.
pub(super) fn add_implicit(draft: &mut Draft<'_>, vpc: &ResourceId, name: &str, missing: Missing) {
    let bare = vpc.as_str().strip_prefix(Kind::Vpc.id_prefix()).unwrap_or(vpc.as_str()).to_owned();
    if missing.main_table {
        let id = draft.free_id(Kind::RouteTable, &format!("{bare}-main"));
        let table = RouteTable { main: true, ..RouteTable::new(vpc.clone()) };
        draft.put(Resource::new(id, format!("{name}-main"), table));
    }
    if missing.default_acl {
        let id = draft.free_id(Kind::NetworkAcl, &format!("{bare}-default"));
        draft.put(Resource::new(id, format!("{name}-default"), NetworkAcl::default_of(vpc.clone())));
    }
    if missing.default_group {
        let id = draft.free_id(Kind::SecurityGroup, &format!("{bare}-default"));
        let group = SecurityGroup::default_of(vpc.clone(), id.clone());
        draft.put(Resource::new(id, format!("{name}-default"), group));
    }
}

fn nat_gateway(draft: &mut Draft<'_>, subnet_id: ResourceId, name: &str) -> NatGateway {
    let (address, id) = fresh::counted(draft, Kind::ElasticIp);
    draft.note(t!("edit-note-nat-address", nat = name, address = address.as_str()));
    draft.put(Resource::new(id.clone(), address, ElasticIp::default()));
    NatGateway::public(subnet_id, Some(id))
}

/// The VPC's only route table is chosen; among several the user must say which subnets are meant.
fn gateway_endpoint(
    draft: &mut Draft<'_>,
    vpc_id: ResourceId,
    service_name: String,
    name: &str,
) -> GatewayEndpoint {
    let users = draft.index().users(&vpc_id, "vpc_id");
    let tables: Vec<ResourceId> =
        users.filter(|id| draft.kind(id).and_then(ResourceKind::as_route_table).is_some()).cloned().collect();
    let route_table_ids = if let [only] = tables.as_slice() {
        draft.note(t!("edit-note-endpoint-only-table", endpoint = name, table = draft.label(only)));
        tables
    } else {
        draft.note(t!("edit-note-endpoint-no-table", endpoint = name));
        Vec::new()
    };
    GatewayEndpoint { vpc_id, service_name, route_table_ids }
}

fn interface_endpoint(
    draft: &mut Draft<'_>,
    subnet: ResourceId,
    service_name: String,
    name: &str,
) -> Result<InterfaceEndpoint, Refusal> {
    let vpc_id =
        draft.topology().vpc_of(&subnet).cloned().ok_or_else(|| crate::edit::draft::gone(&subnet))?;
    let resolves = draft
        .kind(&vpc_id)
        .and_then(ResourceKind::as_vpc)
        .is_some_and(|vpc| vpc.enable_dns_support && vpc.enable_dns_hostnames);
    if !resolves {
        draft.note(t!("edit-note-no-private-dns", endpoint = name, vpc = draft.label(&vpc_id)));
    }
    Ok(InterfaceEndpoint {
        subnet_ids: vec![subnet],
        private_dns_enabled: resolves,
        ..InterfaceEndpoint::new(vpc_id, service_name)
    })
}
