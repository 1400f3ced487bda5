//! How much one VPC, and one route table, may hold.

use std::collections::BTreeMap;

use super::{Context, Findings, Rule};
use crate::{
    model::{Field, Kind, ResourceId, RouteDestination},
    problem::Severity,
    t,
};

/// The rule. Quotas of an account can be raised, so that it warns.
pub const RULE: Rule = Rule {
    code: "quota-vpc",
    severity: Severity::Warning,
    summary: || t!("rule-quota-vpc-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html",
    rows: &[],
    check,
};

/// So many of a kind a VPC may have by default.
const QUOTAS: &[(Kind, usize)] =
    &[(Kind::Subnet, 200), (Kind::RouteTable, 200), (Kind::NetworkAcl, 200), (Kind::InterfaceEndpoint, 50)];

const ROUTES: usize = 500;
const ROUTES_HIGHEST: usize = 1000;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (kind, quota) in QUOTAS {
        let all = context.index.of_kind(*kind);
        if all.len() <= *quota {
            continue;
        }
        let mut counts: BTreeMap<&ResourceId, usize> = BTreeMap::new();
        for vpc in all.iter().filter_map(|id| context.topology.vpc_of(id)) {
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
        if table.routes.len() <= ROUTES {
            continue;
        }
        let ipv6 =
            table.routes.iter().filter(|it| matches!(it.destination, RouteDestination::Ipv6(_))).count();
        let count = ipv6.max(table.routes.len() - ipv6);
        if count > ROUTES {
            let message = t!("rule-quota-routes", name = context.label(id), count = count.to_string());
            let field = Some(Field::new("routes"));
            let finding = findings.report(id, field, message, t!("rule-quota-routes-help"));
            if count > ROUTES_HIGHEST {
                finding.severity(Severity::Error);
            }
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
    fn the_quotas_themselves_are_fine() {
        silent(&RULE, |n| acls(n, 199));
        silent(&RULE, |n| routes(n, 500));
    }
}
