//! An appliance behind a transit gateway sees both directions of a flow only in appliance mode.

use super::{Context, Findings, Rule, set};
use crate::{
    model::{Field, RouteTarget, TransitGatewayVpcAttachment},
    problem::Severity,
    t,
};

/// The rule. The attachment's subnets of several zones send to an appliance.
pub const RULE: Rule = Rule {
    code: "transit-appliance-mode",
    severity: Severity::Warning,
    summary: || t!("rule-transit-appliance-mode-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-appliance-scenario.html",
    rows: &["T9", "R20"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, attachment) in context.attachments() {
        if attachment.appliance_mode_support || attachment.subnet_ids.len() < 2 {
            continue;
        }
        let Some(appliance) = appliance(context, attachment) else {
            continue;
        };
        let message =
            t!("rule-transit-appliance-mode", name = context.label(id), appliance = context.label(appliance));
        let field = Field::new("appliance_mode_support");
        let to = TransitGatewayVpcAttachment { appliance_mode_support: true, ..attachment.clone() };
        findings
            .report(id, Some(field.clone()), message, t!("rule-transit-appliance-mode-help"))
            .also(appliance)
            .fix(t!("rule-transit-appliance-mode-fix", name = context.label(id)), set(id, field, to));
    }
}

/// An instance or interface to which some subnet of the attachment sends.
fn appliance<'a>(
    context: &Context<'a>,
    attachment: &TransitGatewayVpcAttachment,
) -> Option<&'a crate::model::ResourceId> {
    attachment.subnet_ids.iter().find_map(|subnet| {
        let (_, table) = context.effective_table(subnet)?;
        table.routes.iter().find_map(|route| match &route.target {
            RouteTarget::Instance(id) | RouteTarget::NetworkInterface(id) => Some(id),
            _ => None,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{RouteTable, RouteTarget, Subnet, TransitGateway, TransitGatewayVpcAttachment};

    fn inspected(n: &mut Network, zones: &[&str]) {
        n.instance("i-bastion", |it| it.source_dest_check = false);
        let mut table = RouteTable::new(id("vpc-main"));
        table.routes = vec![default_route(RouteTarget::Instance(id("i-bastion")))];
        n.put("rtb-transit", table);
        let mut subnets = Vec::new();
        for (at, zone) in zones.iter().enumerate() {
            let name = format!("subnet-transit-{at}");
            let mut subnet = Subnet::new(id("vpc-main"), net(&format!("10.0.{}.0/28", 100 + at)), *zone);
            subnet.route_table_id = Some(id("rtb-transit"));
            n.put(&name, subnet);
            subnets.push(id(&name));
        }
        n.put("tgw", TransitGateway::default());
        n.put("tgw-attach", TransitGatewayVpcAttachment::new(id("tgw"), id("vpc-main"), subnets));
    }

    fn two(n: &mut Network) {
        inspected(n, &["us-east-1a", "us-east-1b"]);
    }

    #[test]
    fn two_zones_through_one_appliance() {
        let message = "attachment `tgw-attach` sends to appliance `i-bastion` and appliance mode is off, so that the two directions of a flow may use different zones";
        finds(&RULE, ("tgw-attach", Some("appliance_mode_support")), message, two);
    }

    #[test]
    fn one_zone_needs_no_mode() {
        silent(&RULE, |n| inspected(n, &["us-east-1a"]));
    }

    #[test]
    fn the_fix_switches_it_on() {
        fixes(&RULE, 1, two);
    }
}
