//! A public NAT gateway stands in a subnet with a route to an internet gateway. AWS checks the
//! attachment only, and only after the call.

use super::{Context, Findings, Rule};
use crate::{
    edit::{Command, ConnectTarget},
    model::{ConnectivityType, Field},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "nat-without-internet",
    severity: Severity::Error,
    summary: || t!("rule-nat-without-internet-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html",
    rows: &["N1"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, nat) in context.nat_gateways() {
        let Some(subnet) = context.subnet(&nat.subnet_id) else {
            continue;
        };
        if nat.connectivity_type == ConnectivityType::Private || context.has_internet_route(&nat.subnet_id) {
            continue;
        }
        let field = Some(Field::new("subnet_id"));
        let (name, place) = (context.label(id), context.label(&nat.subnet_id));
        let Some(gateway) = context.index.internet_gateway(&subnet.vpc_id) else {
            let vpc = context.label(&subnet.vpc_id);
            let message = t!("rule-nat-without-internet-gateway", name = name, vpc = vpc);
            let help = t!("rule-nat-without-internet-gateway-help");
            findings.report(id, field, message, help).also(&subnet.vpc_id);
            continue;
        };
        let message = t!("rule-nat-without-internet", name = name, subnet = place.as_str());
        let to = ConnectTarget::Resource(gateway.clone());
        let label = t!("rule-nat-without-internet-fix", subnet = place, gateway = context.label(gateway));
        let finding =
            findings.report(id, field, message, t!("rule-nat-without-internet-help")).also(&nat.subnet_id);
        if !leads_to(context, &nat.subnet_id, id) {
            finding.fix(label, Command::Connect { from: nat.subnet_id.clone(), to });
        }
    }
}

/// Whether the subnet's own table sends traffic to this NAT gateway: then the table serves private
/// subnets too and pointing it at the internet would open them.
fn leads_to(
    context: &Context<'_>,
    subnet: &crate::model::ResourceId,
    nat: &crate::model::ResourceId,
) -> bool {
    context
        .effective_table(subnet)
        .is_some_and(|(_, table)| table.routes.iter().any(|route| route.target.resource() == Some(nat)))
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{ConnectivityType, InternetGateway};

    #[test]
    fn in_a_private_subnet() {
        let message = "NAT gateway `nat-main` stands in subnet `subnet-private`, which has no route for 0.0.0.0/0 \
                       to the internet gateway";
        finds(&RULE, ("nat-main", Some("subnet_id")), message, |n| {
            n.nat(|it| it.subnet_id = id("subnet-private"))
        });
    }

    #[test]
    fn in_a_vpc_without_an_internet_gateway() {
        let message = "NAT gateway `nat-main` is public, but VPC `vpc-main` has no internet gateway";
        finds(&RULE, ("nat-main", Some("subnet_id")), message, |n| {
            n.put("igw-main", InternetGateway::default())
        });
    }

    #[test]
    fn a_private_one_needs_neither() {
        silent(&RULE, |n| {
            n.nat(|it| {
                it.subnet_id = id("subnet-private");
                it.connectivity_type = ConnectivityType::Private;
            });
        });
    }

    #[test]
    fn the_fix_routes_the_subnet_to_the_gateway() {
        fixes(&RULE, 1, |n| n.table("rtb-public", |it| it.routes.clear()));
    }
}
