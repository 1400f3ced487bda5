//! A table learns routes from the virtual private gateway that is attached to its VPC.

use super::{Context, Findings, Rule, route_blackhole::attach, set};
use crate::{model::Field, problem::Severity, t};

/// The rule. A gateway of another VPC is the matter of `other-vpc`.
pub const RULE: Rule = Rule {
    code: "vgw-propagation",
    severity: Severity::Error,
    summary: || t!("rule-vgw-propagation-summary"),
    url: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableVgwRoutePropagation.html",
    rows: &["T8"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, table) in context.route_tables() {
        for (at, gateway) in table.propagating_vgws.iter().enumerate() {
            let Some(fields) = context.kind(gateway).and_then(|it| it.as_vpn_gateway()) else {
                continue;
            };
            if fields.vpc_id.is_some() {
                continue;
            }
            let (name, vgw) = (context.label(id), context.label(gateway));
            let message = t!("rule-vgw-propagation", name = name, gateway = vgw);
            let field = Some(Field::item("propagating_vgws", at, ""));
            let mut finding = findings
                .report(id, field, message, t!("rule-vgw-propagation-help"))
                .also_field(gateway, Some(Field::new("vpc_id")));
            if context.index.vpn_gateway(&table.vpc_id).is_none()
                && let Some((label, command)) = attach(context, gateway, &table.vpc_id)
            {
                finding = finding.fix(label, command);
            }
            let mut to = table.clone();
            to.propagating_vgws.remove(at);
            finding
                .fix(t!("rule-gateway-route-table-learns-fix"), set(id, Field::new("propagating_vgws"), to));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::VpnGateway;

    fn learns(n: &mut Network, attached: bool) {
        let vpc_id = attached.then(|| id("vpc-main"));
        n.put("vgw", VpnGateway { vpc_id, ..VpnGateway::default() });
        n.table("rtb-main", |it| it.propagating_vgws = vec![id("vgw")]);
    }

    #[test]
    fn from_a_gateway_that_is_attached_nowhere() {
        let message =
            "table `rtb-main` learns routes from virtual private gateway `vgw`, which is not attached";
        finds(&RULE, ("rtb-main", Some("propagating_vgws[0]")), message, |n| learns(n, false));
    }

    #[test]
    fn from_the_one_of_the_vpc() {
        silent(&RULE, |n| learns(n, true));
    }

    #[test]
    fn the_fixes_attach_it_or_switch_propagation_off() {
        fixes(&RULE, 2, |n| learns(n, false));
    }

    #[test]
    fn it_is_not_attached_where_a_block_of_the_vpc_covers_what_it_announces() {
        let (problem, _) = one(&RULE, |n| {
            learns(n, false);
            let vgw = VpnGateway {
                on_premises_cidr_blocks: vec!["10.1.0.0/24".parse().unwrap()],
                ..VpnGateway::default()
            };
            n.put("vgw", vgw);
            n.vpc(|it| it.secondary_cidr_blocks = vec![net("10.1.0.0/16")]);
        });
        assert_eq!(problem.fixes.len(), 1);
    }
}
