//! Whether the account has room for what a plan makes.
//!
//! What a plan makes is compared with the documented defaults first, which every account has. Where one
//! would not do, Service Quotas is asked what this account may have. Without an answer (not everybody
//! may ask, and it does not know every quota) the finding is a warning. Flow logs have no documented
//! quota.

use std::collections::{BTreeMap, BTreeSet};

use super::{Seen, findings::problem, made};
use crate::{
    cloud::{Call, DescribeKind, LiveNatGateway, LiveObject},
    deploy::{
        look::is_going,
        plan::{ActionKind, Plan},
    },
    model::{Kind, ResourceId, ResourceKind},
    problem::{Problem, Severity},
    t, words,
};

/// The attribute of an account that tells how many Elastic IP addresses it may have.
const ADDRESSES: &str = "vpc-max-elastic-ips";

/// A quota of an account in a region.
#[derive(Debug, Clone, Copy)]
struct Quota {
    /// What a new account may have.
    default: usize,
    /// Its name in AWS's documentation and in Service Quotas.
    name: &'static str,
    /// The service and the code by which Service Quotas knows it; it does not know every one.
    code: Option<(&'static str, &'static str)>,
}

impl Quota {
    /// What Service Quotas has told of it.
    fn told(&self, seen: &Seen) -> Option<usize> {
        seen.quotas.get(self.code?.1).copied()
    }
}

const fn of_vpc(default: usize, name: &'static str, code: &'static str) -> Quota {
    Quota { default, name, code: Some(("vpc", code)) }
}

const fn of_ec2(default: usize, name: &'static str, code: &'static str) -> Quota {
    Quota { default, name, code: Some(("ec2", code)) }
}

/// What a region may have of a kind: "Amazon VPC quotas", "AWS Site-to-Site VPN quotas" and "Transit
/// gateway quotas", September 2026.
const OF_KIND: &[(Kind, Quota)] = &[
    (Kind::Vpc, of_vpc(5, "VPCs per Region", "L-F678F1CE")),
    (Kind::InternetGateway, of_vpc(5, "Internet gateways per Region", "L-A4707A72")),
    (Kind::EgressOnlyInternetGateway, of_vpc(5, "Egress-only internet gateways per Region", "L-45FE3B85")),
    (Kind::ElasticIp, of_ec2(5, "EC2-VPC Elastic IPs", "L-0263D0A3")),
    (Kind::GatewayEndpoint, of_vpc(20, "Gateway VPC endpoints per Region", "L-1B52E74A")),
    (Kind::VpnGateway, of_ec2(5, "Virtual private gateways per Region", "L-7029FAB6")),
    (Kind::VpnConnection, of_ec2(50, "VPN connections per Region", "L-3E6EC3A3")),
    (Kind::TransitGateway, of_ec2(5, "Transit gateways per account", "L-A2478D36")),
    (Kind::ManagedPrefixList, Quota { default: 100, name: "Prefix lists per Region", code: None }),
];
/// What is made as a part of a resource.
const OF_PARTS: &[(DescribeKind, Kind, Quota)] = &[
    (
        DescribeKind::CustomerGateways,
        Kind::VpnConnection,
        of_ec2(50, "Customer gateways per Region", "L-4FB7FF5D"),
    ),
    (
        DescribeKind::VpcBlockPublicAccessExclusions,
        Kind::VpcBlockPublicAccess,
        Quota { default: 50, name: "VPC Block Public Access exclusions per account per Region", code: None },
    ),
];
/// What one transit gateway may have.
const OF_TRANSIT: &[(&[Kind], Quota)] = &[
    (
        &[Kind::TransitGatewayVpcAttachment, Kind::TransitGatewayPeeringAttachment, Kind::VpnConnection],
        of_ec2(5_000, "Attachments per transit gateway", "L-E0233F82"),
    ),
    (
        &[Kind::TransitGatewayPeeringAttachment],
        of_ec2(50, "Peering attachments per transit gateway", "L-A1B5A36F"),
    ),
    (
        &[Kind::TransitGatewayRouteTable],
        of_ec2(20, "Transit gateway route tables per transit gateway", "L-43872EB7"),
    ),
];
/// None of its own is documented for regional ones: they count in each zone that they serve.
const NAT_PER_ZONE: Quota = of_vpc(5, "NAT gateways per Availability Zone", "L-FE5A380F");

/// Every quota that the plan goes beyond.
pub(super) fn find(plan: &Plan, seen: &Seen) -> Vec<Problem> {
    let region = plan.desired.topology.region.as_str();
    rooms(plan, seen).iter().filter_map(|room| room.check(region)).collect()
}

/// The questions of what the account may have, where it is not known and the default would not do.
pub(super) fn questions(plan: &Plan, seen: &Seen) -> Vec<Call> {
    let rooms = rooms(plan, seen).into_iter().filter(|it| it.told.is_none() && it.is_beyond());
    let codes: BTreeSet<(&str, &str)> = rooms.filter_map(|it| it.quota.code).collect();
    let question = |(service, code): (&str, &str)| Call::GetServiceQuota {
        service_code: service.to_owned(),
        quota_code: code.to_owned(),
    };
    codes.into_iter().map(question).collect()
}

fn rooms<'p>(plan: &'p Plan, seen: &Seen) -> Vec<Room<'p>> {
    let mut rooms: Vec<Room<'p>> = OF_KIND.iter().filter_map(|it| of_kind(plan, seen, it)).collect();
    rooms.extend(parts(plan, seen));
    rooms.extend(transit(plan, seen));
    rooms.extend(nat_gateways(plan, seen));
    rooms
}

fn of_kind<'p>(plan: &'p Plan, seen: &Seen, (kind, quota): &(Kind, Quota)) -> Option<Room<'p>> {
    let there = standing(seen, *kind)?;
    // This one is told without a permission of its own.
    let told = if *kind == Kind::ElasticIp { seen.attributes.get(ADDRESSES) } else { None };
    let told = told.and_then(|it| it.parse().ok()).or_else(|| quota.told(seen));
    let all: Vec<&ResourceId> = created(plan, *kind).collect();
    let goes = plan.actions.iter().filter(|it| it.of == *kind && it.kind == ActionKind::Delete);
    let goes = goes.filter(|it| !it.live.as_deref().is_some_and(crate::deploy::kinds::is_part)).count();
    let on = all.first().copied();
    Some(Room { what: what(*kind), on, there, comes: all.len(), goes, quota: *quota, told })
}

fn what(kind: Kind) -> String {
    words::text(&format!("kind-{}", kind.as_str()), &[])
}

/// How many objects of a kind stand in the region, whoever made them.
fn standing(seen: &Seen, kind: Kind) -> Option<usize> {
    match kind {
        Kind::Vpc => seen.vpcs.as_ref().map(Vec::len),
        Kind::InternetGateway => seen.internet_gateways.as_ref().map(Vec::len),
        Kind::EgressOnlyInternetGateway => seen.egress_only.as_ref().map(Vec::len),
        Kind::ElasticIp => seen.addresses,
        Kind::VpnConnection => alive(seen, DescribeKind::VpnConnections),
        Kind::VpnGateway => alive(seen, DescribeKind::VpnGateways),
        Kind::TransitGateway => alive(seen, DescribeKind::TransitGateways),
        Kind::ManagedPrefixList => alive(seen, DescribeKind::ManagedPrefixLists),
        Kind::GatewayEndpoint => {
            let gateways = seen.endpoints.as_ref()?.iter();
            Some(gateways.filter(|it| it.vpc_endpoint_type == "Gateway" && !is_going(&it.state)).count())
        }
        _ => None,
    }
}

fn alive(seen: &Seen, kind: DescribeKind) -> Option<usize> {
    Some(seen.objects.get(&kind)?.iter().filter(|it| !is_going(&it.state)).count())
}

/// What is made beside what is there; what is made anew takes the place of the old.
fn created(plan: &Plan, kind: Kind) -> impl Iterator<Item = &ResourceId> {
    let actions = plan.actions.iter().filter(move |it| it.of == kind && it.kind == ActionKind::Create);
    actions.map(|it| &it.resource)
}

/// The objects that come to their end, also where others take their place.
fn ends(plan: &Plan) -> BTreeSet<&str> {
    let goes = |kind: ActionKind| matches!(kind, ActionKind::Delete | ActionKind::Replace);
    plan.actions.iter().filter(|it| goes(it.kind)).filter_map(|it| it.live.as_deref()).collect()
}

/// What is counted against a quota.
struct Room<'p> {
    /// Its words: `VPC`, `NAT gateway in eu-central-1a`.
    what: String,
    /// The first resource that is to be made.
    on: Option<&'p ResourceId>,
    there: usize,
    comes: usize,
    goes: usize,
    quota: Quota,
    /// What AWS says of this account; without that the default counts.
    told: Option<usize>,
}

impl Room<'_> {
    fn most(&self) -> usize {
        self.told.unwrap_or(self.quota.default)
    }

    /// New ones are made before old ones end where nothing says otherwise, so that these count too.
    fn is_beyond(&self) -> bool {
        self.comes > 0 && self.there + self.comes > self.most()
    }

    fn check(&self, region: &str) -> Option<Problem> {
        if !self.is_beyond() {
            return None;
        }
        let most = self.most();
        let name = match self.quota.code {
            Some((_, code)) => t!("preflight-quota-coded", name = self.quota.name, code = code),
            None => t!("preflight-quota-named", name = self.quota.name),
        };
        let (there, comes, goes) = (self.there, self.comes, self.goes);
        // The account's own quota is certain, the documented one may have been raised.
        let told = if self.told.is_some() { "own" } else { "default" };
        let message = t!(
            "preflight-quota",
            what = self.what.as_str(),
            there = there,
            comes = comes,
            goes = goes,
            name = name,
            quota = most,
            told = told
        );
        let page = page(self.quota, region);
        let help = match (self.told, self.quota.code) {
            (Some(_), _) => t!("preflight-quota-told-help", page = page),
            (None, Some(_)) => t!("preflight-quota-help", page = page),
            (None, None) => t!("preflight-quota-support-help", page = page),
        };
        let is_sure = self.told.is_some() && there + comes - goes.min(there) > most;
        let severity = if is_sure { Severity::Error } else { Severity::Warning };
        Some(problem("preflight-quota", severity, self.on.map(|id| (id, "")), message, help))
    }
}

/// The first page of a console.
const HOME: &str = "home";

/// Where the quota of the account can be seen and raised.
fn page(quota: Quota, region: &str) -> String {
    let console = match region {
        _ if region.starts_with("cn-") => "console.amazonaws.cn",
        _ if region.starts_with("us-gov-") => "console.amazonaws-us-gov.com",
        _ => "console.aws.amazon.com",
    };
    match quota.code {
        Some((service, code)) => {
            format!("https://{console}/servicequotas/{HOME}/services/{service}/quotas/{code}?region={region}")
        }
        None => format!("https://{console}/support/{HOME}#/case/create"),
    }
}

/// Customer gateways and exclusions, which are made for what they are a part of.
fn parts<'p>(plan: &'p Plan, seen: &Seen) -> Vec<Room<'p>> {
    let room = |(part, of, quota): &(DescribeKind, Kind, Quota)| {
        let there = alive(seen, *part)?;
        let (mut comes, mut goes, mut first) = (0, 0, None);
        for action in plan.actions.iter().filter(|it| it.of == *of) {
            for call in &action.calls {
                match call {
                    Call::CreateObject { spec, .. } if spec.kind() == *part => {
                        comes += 1;
                        first = first.or(Some(&action.resource));
                    }
                    Call::DeleteObject { kind, .. } if kind == part => goes += 1,
                    _ => {}
                }
            }
        }
        let what = match part {
            DescribeKind::CustomerGateways => t!("deploy-customer-gateway"),
            _ => t!("deploy-block-exclusion"),
        };
        Some(Room { what, on: first, there, comes, goes, quota: *quota, told: quota.told(seen) })
    };
    OF_PARTS.iter().filter_map(room).collect()
}

/// The transit gateway of what is drawn.
fn gateway_of<'p>(plan: &'p Plan, id: &ResourceId) -> Option<&'p ResourceId> {
    match plan.desired.topology.kind(id)? {
        ResourceKind::TransitGatewayVpcAttachment(it) => Some(&it.transit_gateway_id),
        ResourceKind::TransitGatewayPeeringAttachment(it) => Some(&it.transit_gateway_id),
        ResourceKind::TransitGatewayRouteTable(it) => Some(&it.transit_gateway_id),
        ResourceKind::VpnConnection(it) => it.transit_gateway_id.as_ref(),
        _ => None,
    }
}

/// The attachments and tables of each transit gateway.
fn transit<'p>(plan: &'p Plan, seen: &Seen) -> Vec<Room<'p>> {
    let mut rooms = Vec::new();
    let ends = ends(plan);
    for (kinds, quota) in OF_TRANSIT {
        let mut made: BTreeMap<&ResourceId, Vec<&ResourceId>> = BTreeMap::new();
        for id in kinds.iter().flat_map(|kind| created(plan, *kind)) {
            if let Some(gateway) = gateway_of(plan, id) {
                made.entry(gateway).or_default().push(id);
            }
        }
        let listed = kinds.iter().filter_map(|kind| crate::deploy::desired::describe_kind(*kind));
        let listed: Vec<&LiveObject> = listed.filter_map(|kind| seen.objects.get(&kind)).flatten().collect();
        for (gateway, ids) in made {
            let live = plan.ids.get(gateway);
            let stands = |it: &&&LiveObject| {
                !is_going(&it.state) && live.is_some_and(|id| it.spec.is_at_transit_gateway(id))
            };
            let there = listed.iter().filter(stands).count();
            let goes = listed.iter().filter(stands).filter(|it| ends.contains(it.id.as_str())).count();
            let label = plan
                .desired
                .topology
                .get(gateway)
                .map_or_else(|| gateway.to_string(), |it| it.label().to_owned());
            let what = t!(
                "preflight-quota-at",
                what = what(*kinds.first().unwrap_or(&Kind::TransitGateway)),
                at = label
            );
            let on = ids.first().copied();
            let told = quota.told(seen);
            rooms.push(Room { what, on, there, comes: ids.len(), goes, quota: *quota, told });
        }
    }
    rooms
}

/// The zones that a gateway serves.
fn zones_of<'s>(gateway: &'s LiveNatGateway, seen: &'s Seen) -> Vec<&'s str> {
    if gateway.is_regional() {
        let zones = gateway.nat_gateway_addresses.iter().filter_map(|it| it.availability_zone.as_deref());
        let mut zones: Vec<&str> = zones.collect();
        zones.sort_unstable();
        zones.dedup();
        return zones;
    }
    let subnet = seen.subnets.iter().find(|it| it.subnet_id == gateway.subnet_id);
    subnet.map(|it| it.availability_zone.as_str()).into_iter().collect()
}

/// The zones that a drawn gateway is to serve; where AWS chooses, those of its VPC's subnets.
fn zones_drawn<'p>(plan: &'p Plan, id: &ResourceId) -> Vec<&'p str> {
    let topology = &plan.desired.topology;
    let subnet = |id: &ResourceId| topology.kind(id).and_then(ResourceKind::as_subnet);
    let mut zones: Vec<&str> = match topology.kind(id) {
        Some(ResourceKind::NatGateway(nat)) => {
            subnet(&nat.subnet_id).map(|it| it.availability_zone.as_str()).into_iter().collect()
        }
        Some(ResourceKind::RegionalNatGateway(nat)) if nat.availability_zone_addresses.is_empty() => {
            let subnets = topology.of_kind(Kind::Subnet).filter_map(|it| it.kind.as_subnet());
            subnets.filter(|it| it.vpc_id == nat.vpc_id).map(|it| it.availability_zone.as_str()).collect()
        }
        Some(ResourceKind::RegionalNatGateway(nat)) => {
            nat.availability_zone_addresses.iter().map(|it| it.availability_zone.as_str()).collect()
        }
        _ => Vec::new(),
    };
    zones.sort_unstable();
    zones.dedup();
    zones
}

/// Gateways that are on their way out still count.
fn nat_gateways<'p>(plan: &'p Plan, seen: &Seen) -> Vec<Room<'p>> {
    let Some(live) = &seen.nat_gateways else { return Vec::new() };
    let mut zones: BTreeMap<&str, (usize, usize, Vec<&'p ResourceId>)> = BTreeMap::new();
    let ends = ends(plan);
    for nat in live.iter().filter(|it| !matches!(it.state.as_str(), "deleted" | "failed")) {
        for zone in zones_of(nat, seen) {
            let (there, goes, _) = zones.entry(zone).or_default();
            *there += 1;
            *goes += usize::from(ends.contains(nat.nat_gateway_id.as_str()));
        }
    }
    for id in made(plan, Kind::NatGateway).chain(made(plan, Kind::RegionalNatGateway)) {
        for zone in zones_drawn(plan, id) {
            zones.entry(zone).or_default().2.push(id);
        }
    }
    let room = |(zone, (there, goes, made)): (&str, (usize, usize, Vec<&'p ResourceId>))| Room {
        what: t!("preflight-quota-in", what = what(Kind::NatGateway), zone = zone),
        on: made.first().copied(),
        there,
        comes: made.len(),
        goes,
        quota: NAT_PER_ZONE,
        told: NAT_PER_ZONE.told(seen),
    };
    zones.into_iter().map(room).collect()
}
