//! A private NAT gateway does not lead to the internet.

use super::{Context, Findings, Rule, context::nat_of_table};
use crate::{
    model::{ConnectivityType, Field, ResourceKind},
    problem::Severity,
    t,
};

/// The rule. What a private NAT gateway sends to an internet gateway is dropped there.
pub const RULE: Rule = Rule {
    code: "nat-private-internet",
    severity: Severity::Warning,
    summary: || t!("rule-nat-private-internet-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html",
    rows: &["N3"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, table) in context.route_tables() {
        let Some(nat) = nat_of_table(table) else {
            continue;
        };
        let Some(fields) = context.kind(nat).and_then(ResourceKind::as_nat_gateway) else {
            continue;
        };
        if fields.connectivity_type == ConnectivityType::Public
            || !context.has_internet_route(&fields.subnet_id)
        {
            continue;
        }
        let message = t!("rule-nat-private-internet", table = context.label(id), name = context.label(nat));
        let field = Some(Field::new("connectivity_type"));
        findings.report(nat, field, message, t!("rule-nat-private-internet-help")).also(id);
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::ConnectivityType;

    fn private(n: &mut Network) {
        n.nat(|it| {
            it.connectivity_type = ConnectivityType::Private;
            it.allocation_id = None;
        });
    }

    #[test]
    fn a_default_route_to_a_private_one_before_an_internet_gateway() {
        let message = "table `rtb-main` sends all traffic to NAT gateway `nat-main`, which is private: the internet gateway behind it drops it";
        finds(&RULE, ("nat-main", Some("connectivity_type")), message, private);
    }

    #[test]
    fn without_the_internet_behind_it_it_may_be_meant() {
        silent(&RULE, |n| {
            private(n);
            n.table("rtb-public", |it| it.routes.clear());
        });
    }
}
