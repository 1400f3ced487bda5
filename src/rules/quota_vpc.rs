//! How much one VPC, and one route table, may hold.

use std::collections::BTreeMap;

use super::{Context, Findings, Rule};
use crate::{
    model::{AddressFamily, Field, Kind, ResourceId, RouteDestination, RouteTable, routing},
    problem::Severity,
    t,
};

/// The rule. Quotas of an account can be raised, so that it warns.
pub const RULE: Rule = Rule {
    code: "quota-vpc",
    severity: Severity::Warning,
    summary: || t!("rule-quota-vpc-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html",
    rows: &["R19", "X8", "T7", "Q2"],
    check,
};

/// So many of a kind a VPC may have by default.
const QUOTAS: &[(Kind, usize)] =
    &[(Kind::Subnet, 200), (Kind::RouteTable, 200), (Kind::NetworkAcl, 200), (Kind::InterfaceEndpoint, 50)];

const ROUTES: usize = 500;
const ROUTES_HIGHEST: usize = 1000;
/// Routes that a table learns; fixed.
const PROPAGATED: usize = 100;
const PEERINGS: usize = 50;
const PEERINGS_HIGHEST: usize = 125;
const WAITING: usize = 25;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (kind, quota) in QUOTAS {
        if context.of_kind(*kind).count() <= *quota {
            continue;
        }
        let mut counts: BTreeMap<&ResourceId, usize> = BTreeMap::new();
        for vpc in context.of_kind(*kind).filter_map(|it| context.vpc_of(it)) {
            *counts.entry(vpc).or_default() += 1;
        }
        for (vpc, count) in counts.into_iter().filter(|(_, count)| count > quota) {
            let what = crate::words::text(&format!("kind-{}", kind.as_str()), &[]);
            let message =
                t!("rule-quota-vpc", name = context.label(vpc), what = what, count = count, quota = *quota);
            findings.report(vpc, None, message, t!("rule-quota-help"));
        }
    }
    for (id, table) in context.route_tables() {
        routes(context, findings, id, table);
    }
    peerings(context, findings);
}

fn routes(context: &Context<'_>, findings: &mut Findings<'_>, id: &ResourceId, table: &RouteTable) {
    let field = || Some(Field::new("routes"));
    let has_lists =
        table.routes.iter().any(|it| matches!(it.destination, RouteDestination::ManagedPrefixList(_)));
    if table.routes.len() > ROUTES || has_lists {
        let count = counted(context, table);
        if count > ROUTES {
            let message = t!("rule-quota-routes", name = context.label(id), count = count.to_string());
            let finding = findings.report(id, field(), message, t!("rule-quota-routes-help"));
            if count > ROUTES_HIGHEST {
                finding.severity(Severity::Error);
            }
        }
    }
    let learnt: usize = table
        .propagating_vgws
        .iter()
        .map(|it| routing::on_premises_blocks(context.topology, context.index, it).len())
        .sum();
    if learnt > PROPAGATED {
        let message = t!("rule-quota-propagated", name = context.label(id), count = learnt.to_string());
        let field = Some(Field::new("propagating_vgws"));
        let help = t!("rule-quota-propagated-help");
        findings.report(id, field, message, help).severity(Severity::Error);
    }
}

/// IPv4 and IPv6 count apart, a prefix list for as many routes as it has room for.
fn counted(context: &Context<'_>, table: &RouteTable) -> usize {
    let (mut ipv4, mut ipv6) = (0usize, 0usize);
    for route in &table.routes {
        match &route.destination {
            RouteDestination::Ipv6(_) => ipv6 += 1,
            RouteDestination::Ipv4(_) | RouteDestination::PrefixList(_) => ipv4 += 1,
            RouteDestination::ManagedPrefixList(list) => {
                let fields = context.kind(list).and_then(|it| it.as_managed_prefix_list());
                let family = if fields.is_some_and(|it| it.address_family == AddressFamily::Ipv6) {
                    &mut ipv6
                } else {
                    &mut ipv4
                };
                *family = family.saturating_add(context.weight(list));
            }
        }
    }
    ipv4.max(ipv6)
}

/// Both sides count a peering connection; those that wait have a quota of their own.
fn peerings(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut counts: BTreeMap<&ResourceId, (usize, usize)> = BTreeMap::new();
    for (_, peering) in context.peerings() {
        for side in std::iter::once(&peering.vpc_id).chain(&peering.peer_vpc_id) {
            let (active, waiting) = counts.entry(side).or_default();
            *if peering.auto_accept { active } else { waiting } += 1;
        }
    }
    for (vpc, (active, waiting)) in counts {
        let name = || context.label(vpc);
        if active > PEERINGS {
            let message = t!("rule-quota-peerings", name = name(), count = active.to_string());
            let finding = findings.report(vpc, None, message, t!("rule-quota-peerings-help"));
            if active > PEERINGS_HIGHEST {
                finding.severity(Severity::Error);
            }
        }
        if waiting > WAITING {
            let message = t!("rule-quota-peerings-waiting", name = name(), count = waiting.to_string());
            findings.report(vpc, None, message, t!("rule-quota-help"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::{
        model::{NetworkAcl, Route, RouteDestination, RouteTarget},
        problem::Severity,
    };

    fn acls(n: &mut Network, count: usize) {
        (0..count).for_each(|at| n.put(&format!("acl-{at}"), NetworkAcl::new(id("vpc-main"))));
    }

    fn routes(n: &mut Network, count: u32) {
        let to = |at: u32| Route {
            destination: RouteDestination::Ipv4(ipnet::Ipv4Net::new((0x0b00_0000 + at).into(), 32).unwrap()),
            target: RouteTarget::NatGateway(id("nat-main")),
        };
        n.table("rtb-main", |it| it.routes = (0..count).map(to).collect());
    }

    #[test]
    fn more_than_a_vpc_may_have() {
        let message = "VPC `vpc-main` has 201 of the kind Network ACL, the default quota is 200";
        finds(&RULE, ("vpc-main", None), message, |n| acls(n, 200));
    }

    #[test]
    fn more_routes_than_a_table_may_have() {
        let message = "route table `rtb-main` has 501 routes of one address family, the default quota is 500";
        finds(&RULE, ("rtb-main", Some("routes")), message, |n| routes(n, 501));
        assert_eq!(one(&RULE, |n| routes(n, 1001)).0.severity, Severity::Error);
    }

    #[test]
    fn a_prefix_list_counts_for_all_it_has_room_for() {
        let message = "route table `rtb-main` has 501 routes of one address family, the default quota is 500";
        let list = |n: &mut Network, room| {
            n.put("pl", crate::model::ManagedPrefixList::new(room));
            n.table("rtb-main", |it| {
                let destination = RouteDestination::ManagedPrefixList(id("pl"));
                it.routes.push(Route { destination, target: RouteTarget::NatGateway(id("nat-main")) });
            });
        };
        finds(&RULE, ("rtb-main", Some("routes")), message, |n| list(n, 500));
        silent(&RULE, |n| list(n, 499));
    }

    #[test]
    fn more_learnt_routes_and_peerings_than_aws_takes() {
        let message = "route table `rtb-main` learns 101 routes, AWS takes 100";
        finds(&RULE, ("rtb-main", Some("propagating_vgws")), message, |n| {
            let block = |at: u32| ipnet::Ipv4Net::new((0x0b00_0000 + at).into(), 32).unwrap().into();
            let vgw = crate::model::VpnGateway {
                vpc_id: Some(id("vpc-main")),
                amazon_side_asn: None,
                on_premises_cidr_blocks: (0..101).map(block).collect(),
            };
            n.put("vgw", vgw);
            n.table("rtb-main", |it| it.propagating_vgws = vec![id("vgw")]);
        });
        let peerings = |n: &mut Network, count: usize, accepted: bool| {
            for at in 0..count {
                let mut peering = crate::model::VpcPeeringConnection::new(id("vpc-main"), id("vpc-main"));
                peering.peer_vpc_id = None;
                peering.auto_accept = accepted;
                n.put(&format!("pcx-{at}"), peering);
            }
        };
        let message = "VPC `vpc-main` has 51 peering connections, the default quota is 50";
        finds(&RULE, ("vpc-main", None), message, |n| peerings(n, 51, true));
        let message = "VPC `vpc-main` has 26 peering connections that wait, the default quota is 25";
        finds(&RULE, ("vpc-main", None), message, |n| peerings(n, 26, false));
        silent(&RULE, |n| peerings(n, 50, true));
    }

    #[test]
    fn the_quotas_themselves_are_fine() {
        silent(&RULE, |n| acls(n, 199));
        silent(&RULE, |n| routes(n, 500));
    }
}
