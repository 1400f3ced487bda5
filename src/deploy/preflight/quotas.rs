//! Whether the account has room for what a plan makes.

use std::collections::BTreeMap;

use super::{Seen, findings::problem, made};
use crate::{
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
/// What a new account may have of a kind in one region: "Amazon VPC quotas", September 2026.
const DEFAULTS: &[(Kind, usize)] = &[
    (Kind::Vpc, 5),
    (Kind::InternetGateway, 5),
    (Kind::EgressOnlyInternetGateway, 5),
    (Kind::ElasticIp, 5),
    (Kind::GatewayEndpoint, 20),
    // "AWS Site-to-Site VPN quotas".
    (Kind::VpnConnection, 50),
];
/// NAT gateways per zone.
const NAT_PER_ZONE: usize = 5;

pub(super) fn find(plan: &Plan, seen: &Seen) -> Vec<Problem> {
    let mut found = Vec::new();
    for (kind, default) in DEFAULTS {
        let Some(there) = standing(seen, *kind) else { continue };
        let told = (*kind == Kind::ElasticIp).then(|| seen.attributes.get(ADDRESSES)?.parse().ok()).flatten();
        let all: Vec<&ResourceId> = created(plan, *kind).collect();
        let goes = plan.actions.iter().filter(|it| it.of == *kind && it.kind == ActionKind::Delete).count();
        let room =
            Room { there, comes: all.len(), goes, quota: told.unwrap_or(*default), is_told: told.is_some() };
        found.extend(room.check(&what(*kind), all.first().copied()));
    }
    found.extend(nat_gateways(plan, seen));
    found
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
        Kind::VpnConnection => {
            let connections = seen.vpn_connections.as_ref()?.iter();
            Some(connections.filter(|it| !is_going(&it.state)).count())
        }
        Kind::GatewayEndpoint => {
            let gateways = seen.endpoints.as_ref()?.iter();
            Some(gateways.filter(|it| it.vpc_endpoint_type == "Gateway" && !is_going(&it.state)).count())
        }
        _ => None,
    }
}

/// What is made beside what is there; what is made anew takes the place of the old.
fn created(plan: &Plan, kind: Kind) -> impl Iterator<Item = &ResourceId> {
    let actions = plan.actions.iter().filter(move |it| it.of == kind && it.kind == ActionKind::Create);
    actions.map(|it| &it.resource)
}

struct Room {
    there: usize,
    comes: usize,
    goes: usize,
    quota: usize,
    /// Whether the account told its quota; otherwise it is the one of a new account.
    is_told: bool,
}

impl Room {
    /// New ones are made before old ones end where nothing says otherwise, so that these count too.
    fn check(&self, what: &str, on: Option<&ResourceId>) -> Option<Problem> {
        if self.comes == 0 || self.there + self.comes <= self.quota {
            return None;
        }
        let message = t!(
            "preflight-quota",
            what = what,
            there = self.there,
            comes = self.comes,
            goes = self.goes,
            quota = self.quota
        );
        let is_sure = self.is_told && self.there + self.comes - self.goes.min(self.there) > self.quota;
        let (severity, help) = if is_sure {
            (Severity::Error, t!("preflight-quota-told-help"))
        } else {
            (Severity::Warning, t!("preflight-quota-help"))
        };
        Some(problem("preflight-quota", severity, on.map(|id| (id, "")), message, help))
    }
}

/// Gateways that are on their way out still count.
fn nat_gateways(plan: &Plan, seen: &Seen) -> Vec<Problem> {
    let Some(live) = &seen.nat_gateways else { return Vec::new() };
    let mut zones: BTreeMap<&str, (usize, Vec<&ResourceId>)> = BTreeMap::new();
    for nat in live.iter().filter(|it| !matches!(it.state.as_str(), "deleted" | "failed")) {
        if let Some(subnet) = seen.subnets.iter().find(|it| it.subnet_id == nat.subnet_id) {
            zones.entry(&subnet.availability_zone).or_default().0 += 1;
        }
    }
    for id in made(plan, Kind::NatGateway) {
        let Some(ResourceKind::NatGateway(nat)) = plan.desired.index.kind(id) else { continue };
        if let Some(ResourceKind::Subnet(subnet)) = plan.desired.index.kind(&nat.subnet_id) {
            zones.entry(&subnet.availability_zone).or_default().1.push(id);
        }
    }
    let check = |(zone, (there, made)): (&str, (usize, Vec<&ResourceId>))| {
        let comes = made.len();
        let room = Room { there, comes, goes: 0, quota: NAT_PER_ZONE, is_told: false };
        room.check(
            &t!("preflight-quota-in", what = what(Kind::NatGateway), zone = zone),
            made.first().copied(),
        )
    };
    zones.into_iter().filter_map(check).collect()
}
