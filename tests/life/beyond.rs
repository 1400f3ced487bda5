//! What a drawing of the storm has beyond a plain VPC in some lives: VPN connections with their gateways,
//! regional NAT gateways, VPC Block Public Access. They are drawn, edited and erased like the rest.

use std::{collections::BTreeMap, net::Ipv4Addr, sync::Arc};

use vpcscape::{
    cloud::{Call, Change, Spec},
    model::{
        AvailabilityZoneAddress, BlockExclusion, BlockMode, Document, ElasticIp, ExclusionMode, Kind,
        RegionalNatGateway, Resource, ResourceId, ResourceKind, Route, RouteDestination, RouteTable,
        RouteTarget, TransitGateway, VpcBlockPublicAccess, VpnConnection, VpnGateway,
    },
    net::IpNet,
    simulated::SimulatedCloud,
};

use super::storm::Dice;

/// The actions that can be told to fail, beside those of a plain network.
pub const ACTIONS: &[&str] = &[
    "CreateVpnGateway",
    "AttachVpnGateway",
    "DetachVpnGateway",
    "DeleteVpnGateway",
    "EnableVgwRoutePropagation",
    "CreateCustomerGateway",
    "DeleteCustomerGateway",
    "CreateVpnConnection",
    "ModifyVpnConnection",
    "CreateVpnConnectionRoute",
    "DeleteVpnConnection",
    "CreateTransitGateway",
    "DeleteTransitGateway",
    "CreateVpcBlockPublicAccessExclusion",
    "DeleteVpcBlockPublicAccessExclusion",
    "ModifyVpcBlockPublicAccessOptions",
    "CreateNatGateway",
    "AssociateNatGatewayAddress",
    "DisassociateNatGatewayAddress",
    "DeleteNatGateway",
    "CreateTags",
];
/// What an edit changes.
const KINDS: &[Kind] = &[
    Kind::VpnGateway,
    Kind::VpnConnection,
    Kind::TransitGateway,
    Kind::VpcBlockPublicAccess,
    Kind::RegionalNatGateway,
];
const ROUTERS: &[&str] = &["203.0.113.7", "203.0.113.8", "198.51.100.9"];
const ON_PREMISES: &[&str] = &["192.168.0.0/24", "192.168.1.0/24", "192.168.0.0/20", "172.16.8.0/22"];
const ZONES: &[&str] = &["us-east-1a", "us-east-1b", "us-east-1c"];

fn put(document: &mut Document, name: &str, kind: impl Into<ResourceKind>) -> ResourceId {
    let kind = kind.into();
    let prefix = kind.kind().id_prefix();
    let id = (0..=document.topology.resources.len())
        .map(|nth| ResourceId::from_name(prefix, &format!("{name}-{nth}")))
        .find(|id| !document.topology.resources.contains_key(id))
        .unwrap();
    let resource = Resource::new(id.clone(), name, kind);
    document.topology.resources.insert(id.clone(), Arc::new(resource));
    id
}

fn ids(document: &Document, kind: Kind) -> Vec<ResourceId> {
    document.topology.of_kind(kind).map(|it| it.id.clone()).collect()
}

fn some(dice: &mut Dice, list: &[ResourceId]) -> Option<ResourceId> {
    (!list.is_empty()).then(|| dice.pick(list).clone())
}

/// Draws one more thing.
pub fn add(dice: &mut Dice, document: &mut Document) {
    match dice.below(9) {
        0 | 1 => gateway(dice, document),
        2 | 3 => connection(dice, document),
        4 => learns(dice, document),
        5 | 6 => regional(dice, document),
        7 => block(dice, document),
        // For what an address is put at.
        _ => drop(put(document, "spare", ElasticIp::default())),
    }
}

/// A virtual private gateway, mostly of a VPC that has none.
fn gateway(dice: &mut Dice, document: &mut Document) {
    let vpcs = ids(document, Kind::Vpc);
    let vpc_id = if dice.one_in(6) { None } else { some(dice, &vpcs) };
    let amazon_side_asn = dice.one_in(3).then_some(65_100);
    let gateway =
        put(document, "vpn", VpnGateway { vpc_id: vpc_id.clone(), amazon_side_asn, ..VpnGateway::default() });
    if let Some(table) = vpc_id.filter(|_| dice.one_in(2)).and_then(|vpc| table_of(dice, document, &vpc)) {
        table.propagating_vgws.push(gateway.clone());
    }
    if dice.one_in(2) {
        connect(dice, document, |it| it.vpn_gateway_id = Some(gateway));
    }
}

/// A connection to a gateway that is drawn; a transit gateway is drawn for it where none is.
fn connection(dice: &mut Dice, document: &mut Document) {
    let gateways = ids(document, Kind::VpnGateway);
    let at_transit = gateways.is_empty() || dice.one_in(4);
    if !at_transit {
        let gateway = some(dice, &gateways);
        return connect(dice, document, |it| it.vpn_gateway_id = gateway);
    }
    let hubs = ids(document, Kind::TransitGateway);
    let hub = some(dice, &hubs).unwrap_or_else(|| put(document, "hub", TransitGateway::default()));
    connect(dice, document, |it| it.transit_gateway_id = Some(hub));
}

fn connect(dice: &mut Dice, document: &mut Document, to: impl FnOnce(&mut VpnConnection)) {
    let mut connection = VpnConnection {
        customer_gateway_ip: Some(router(dice)),
        bgp_asn: dice.one_in(3).then_some(65_010),
        on_premises_cidr_blocks: (0..dice.below(3)).map(|_| on_premises(dice)).collect(),
        ..VpnConnection::default()
    };
    to(&mut connection);
    put(document, "site", connection);
}

fn router(dice: &mut Dice) -> Ipv4Addr {
    dice.pick(ROUTERS).parse().unwrap()
}

fn on_premises(dice: &mut Dice) -> IpNet {
    dice.pick(ON_PREMISES).parse().unwrap()
}

/// A route table learns from the gateway of its VPC, or has a route to it.
fn learns(dice: &mut Dice, document: &mut Document) {
    let Some(id) = some(dice, &ids(document, Kind::VpnGateway)) else { return };
    let gateway = document.topology.get(&id).unwrap().kind.as_vpn_gateway().unwrap();
    let Some(vpc) = gateway.vpc_id.clone() else { return };
    let Some(table) = table_of(dice, document, &vpc) else { return };
    match dice.below(6) {
        0..=2 if !table.propagating_vgws.contains(&id) => return table.propagating_vgws.push(id),
        0..=3 => return table.propagating_vgws.retain(|it| *it != id),
        _ => {}
    }
    let block = on_premises(dice);
    let IpNet::V4(block) = block else { return };
    lead(table, RouteDestination::Ipv4(block), RouteTarget::Gateway(id));
}

fn lead(table: &mut RouteTable, destination: RouteDestination, target: RouteTarget) {
    table.routes.retain(|it| it.destination != destination);
    table.routes.push(Route { destination, target });
}

fn table_of<'a>(dice: &mut Dice, document: &'a mut Document, vpc: &ResourceId) -> Option<&'a mut RouteTable> {
    let of_vpc = |it: &&Arc<Resource>| it.kind.as_route_table().is_some_and(|it| it.vpc_id == *vpc);
    let tables: Vec<ResourceId> =
        document.topology.resources.values().filter(of_vpc).map(|it| it.id.clone()).collect();
    let id = some(dice, &tables)?;
    Arc::make_mut(document.topology.resources.get_mut(&id)?).kind.as_route_table_mut()
}

/// A regional NAT gateway, with AWS's addresses or with some of the drawing, and a route to it.
fn regional(dice: &mut Dice, document: &mut Document) {
    let behind: Vec<ResourceId> = document
        .topology
        .of_kind(Kind::InternetGateway)
        .filter_map(|it| it.kind.as_internet_gateway()?.vpc_id.clone())
        .collect();
    let Some(vpc) = some(dice, &behind) else { return };
    let mut gateway = RegionalNatGateway::new(vpc.clone());
    if dice.one_in(2) {
        // A zone with hosts behind it must have an address.
        let zones = if dice.one_in(3) { 1 + dice.below(3) } else { ZONES.len() };
        for zone in ZONES.iter().take(zones) {
            let address = put(document, "regional", ElasticIp::default());
            gateway.availability_zone_addresses.push(AvailabilityZoneAddress {
                availability_zone: (*zone).to_owned(),
                allocation_ids: vec![address],
            });
        }
    }
    let id = put(document, "regional", gateway);
    if dice.one_in(3) {
        return;
    }
    if let Some(table) = table_of(dice, document, &vpc) {
        let block = dice.pick(&["0.0.0.0/0", "198.18.0.0/15"]).parse().unwrap();
        lead(table, RouteDestination::Ipv4(block), RouteTarget::NatGateway(id));
    }
}

/// Block Public Access; a drawing has it once.
fn block(dice: &mut Dice, document: &mut Document) {
    if !ids(document, Kind::VpcBlockPublicAccess).is_empty() {
        return;
    }
    let places = places(document);
    let mut setting =
        VpcBlockPublicAccess { internet_gateway_block_mode: mode(dice), ..VpcBlockPublicAccess::default() };
    for _ in 0..dice.below(4) {
        exclude(dice, &mut setting, &places);
    }
    // Where everything is blocked, what has a public subnet must be let through.
    if setting.internet_gateway_block_mode == BlockMode::BlockBidirectional {
        for vpc in ids(document, Kind::Vpc) {
            exclude(dice, &mut setting, &[vpc]);
        }
    }
    put(document, "account", setting);
}

fn mode(dice: &mut Dice) -> BlockMode {
    *dice.pick(&[
        BlockMode::Off,
        BlockMode::BlockBidirectional,
        BlockMode::BlockIngress,
        BlockMode::BlockIngress,
    ])
}

/// The VPCs and subnets that an edit may name.
fn places(document: &Document) -> Vec<ResourceId> {
    [Kind::Vpc, Kind::Subnet].into_iter().flat_map(|kind| ids(document, kind)).collect()
}

/// The addresses that are of nobody.
fn spares(document: &Document) -> Vec<ResourceId> {
    let index = document.topology.index();
    let is_spare = |it: &&Arc<Resource>| {
        let fields = it.kind.as_elastic_ip();
        index.referrers(&it.id).is_empty()
            && fields.is_some_and(|it| it.instance_id.is_none() && it.network_interface_id.is_none())
    };
    document.topology.resources.values().filter(is_spare).map(|it| it.id.clone()).collect()
}

fn exclude(dice: &mut Dice, setting: &mut VpcBlockPublicAccess, places: &[ResourceId]) {
    let Some(place) = some(dice, places) else { return };
    let is_there =
        |it: &BlockExclusion| it.vpc_id.as_ref() == Some(&place) || it.subnet_id.as_ref() == Some(&place);
    if setting.exclusions.iter().any(is_there) {
        return;
    }
    let of_vpc = place.as_str().starts_with(Kind::Vpc.id_prefix());
    setting.exclusions.push(BlockExclusion {
        vpc_id: of_vpc.then(|| place.clone()),
        subnet_id: (!of_vpc).then_some(place),
        internet_gateway_exclusion_mode: exclusion_mode(dice),
    });
}

fn exclusion_mode(dice: &mut Dice) -> ExclusionMode {
    if dice.one_in(3) { ExclusionMode::AllowEgress } else { ExclusionMode::AllowBidirectional }
}

/// What an edit may name.
struct Around {
    /// VPCs and subnets.
    places: Vec<ResourceId>,
    /// Addresses of nobody.
    spares: Vec<ResourceId>,
    vpcs: Vec<ResourceId>,
    gateways: Vec<ResourceId>,
    hubs: Vec<ResourceId>,
}

impl Around {
    fn of(document: &Document) -> Self {
        Self {
            places: places(document),
            spares: spares(document),
            vpcs: ids(document, Kind::Vpc),
            gateways: ids(document, Kind::VpnGateway),
            hubs: ids(document, Kind::TransitGateway),
        }
    }
}

/// Changes one of these, or erases it.
pub fn edit(dice: &mut Dice, document: &mut Document) {
    let of_kinds: Vec<ResourceId> = KINDS.iter().flat_map(|kind| ids(document, *kind)).collect();
    let Some(id) = some(dice, &of_kinds) else { return };
    if dice.one_in(6) {
        return super::storm::delete(document, &id);
    }
    if id.as_str().starts_with(Kind::RegionalNatGateway.id_prefix()) && dice.one_in(2) {
        put(document, "regional", ElasticIp::default());
    }
    let around = Around::of(document);
    let resource = Arc::make_mut(document.topology.resources.get_mut(&id).unwrap());
    if dice.one_in(8) {
        return resource.name.push('x');
    }
    edit_field(dice, &mut resource.kind, &around);
}

fn edit_field(dice: &mut Dice, kind: &mut ResourceKind, around: &Around) {
    match kind {
        ResourceKind::VpnGateway(it) => match dice.below(3) {
            0 => it.vpc_id = some(dice, &around.vpcs),
            1 => it.vpc_id = None,
            _ => it.amazon_side_asn = dice.one_in(2).then_some(65_101),
        },
        ResourceKind::VpnConnection(it) => edit_connection(dice, it, around),
        ResourceKind::TransitGateway(it) => it.dns_support = !it.dns_support,
        ResourceKind::VpcBlockPublicAccess(it) => match dice.below(4) {
            0 => it.internet_gateway_block_mode = mode(dice),
            1 => drop(it.exclusions.pop()),
            2 => exclude(dice, it, &around.places),
            _ => {
                if let Some(exclusion) = it.exclusions.first_mut() {
                    exclusion.internet_gateway_exclusion_mode = exclusion_mode(dice);
                }
            }
        },
        ResourceKind::RegionalNatGateway(it) => edit_regional(dice, it, around),
        _ => {}
    }
}

fn edit_connection(dice: &mut Dice, it: &mut VpnConnection, around: &Around) {
    match dice.below(8) {
        0 | 6 | 7 => it.customer_gateway_ip = Some(router(dice)),
        1 => it.bgp_asn = if it.bgp_asn.is_some() { None } else { Some(65_010 + u32::from(dice.one_in(2))) },
        2 => drop(it.on_premises_cidr_blocks.pop()),
        3 => it.on_premises_cidr_blocks.push(on_premises(dice)),
        4 => (it.vpn_gateway_id, it.transit_gateway_id) = (some(dice, &around.gateways), None),
        5 if !around.hubs.is_empty() => {
            (it.vpn_gateway_id, it.transit_gateway_id) = (None, some(dice, &around.hubs));
        }
        _ => {}
    }
}

fn edit_regional(dice: &mut Dice, it: &mut RegionalNatGateway, around: &Around) {
    let zones = &mut it.availability_zone_addresses;
    match dice.below(8) {
        // By AWS from now on, or by hand.
        0 => zones.clear(),
        1 if zones.len() > 1 => drop(zones.pop()),
        2 => {
            let first = zones.first_mut().filter(|it| it.allocation_ids.len() > 1);
            drop(first.and_then(|it| it.allocation_ids.pop()));
        }
        3 | 4 => {
            if let (Some(zone), Some(address)) = (zones.first_mut(), some(dice, &around.spares)) {
                zone.allocation_ids.push(address);
            }
        }
        _ => {
            let free = ZONES.iter().find(|zone| zones.iter().all(|it| it.availability_zone != **zone));
            if let (Some(zone), Some(address)) = (free, some(dice, &around.spares)) {
                zones.push(AvailabilityZoneAddress {
                    availability_zone: (*zone).to_owned(),
                    allocation_ids: vec![address],
                });
            }
        }
    }
}

/// What others have of it in the account: the same router, an exclusion, a gateway; and a setting.
pub fn of_others(cloud: &mut SimulatedCloud, seed: u64, vpc: &str) {
    let tags = BTreeMap::from([("Name".to_owned(), "somebody else's".to_owned())]);
    let mut ask = |call: Call| {
        let now = cloud.now_ms();
        cloud.handle(&call, now).unwrap();
    };
    let make =
        |spec: Spec| Call::CreateObject { spec: Box::new(spec), tags: tags.clone(), client_token: None };
    ask(make(Spec::CustomerGateway {
        ip_address: ROUTERS[0].to_owned(),
        bgp_asn: 65_000,
        device_name: String::new(),
    }));
    ask(make(Spec::VpcBlockPublicAccessExclusion {
        resource_id: vpc.to_owned(),
        internet_gateway_exclusion_mode: "allow-bidirectional".to_owned(),
    }));
    ask(make(Spec::VpnGateway { amazon_side_asn: None, attachments: Vec::new() }));
    let modes = ["off", "block-ingress", "block-bidirectional"];
    let mode = modes[usize::try_from(seed % 3).unwrap()];
    if mode != "off" {
        let internet_gateway_block_mode = mode.to_owned();
        let change = Change::ModifyVpcBlockPublicAccessOptions { internet_gateway_block_mode };
        ask(Call::ChangeObject { id: "the account".to_owned(), change });
    }
    cloud.advance(60_000);
}
