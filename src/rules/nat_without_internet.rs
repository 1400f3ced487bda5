//! A public NAT gateway stands in a subnet with a route to an internet gateway. AWS checks the
//! attachment only, and only after the call.

use ipnet::Ipv4Net;

use super::{Context, Findings, Rule};
use crate::{
    edit::{Command, ConnectTarget},
    model::{ConnectivityType, Field, ResourceId, ResourceKind, Route, RouteDestination},
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
        if may_be_public(context, &nat.subnet_id) {
            finding.fix(label, Command::Connect { from: nat.subnet_id.clone(), to });
        }
    }
}

/// Whether the subnet's table may get a route to the internet gateway: it is not the main one, leads
/// nowhere else by default, and no host behind it would be in a public subnet without a public address.
fn may_be_public(context: &Context<'_>, subnet: &ResourceId) -> bool {
    let Some((id, table)) = context.effective_table(subnet).filter(|(_, table)| !table.main) else {
        return false;
    };
    let is_default = |route: &Route| route.destination == RouteDestination::Ipv4(Ipv4Net::default());
    !table.routes.iter().any(is_default)
        && context.index.users(id, "route_table_id").all(|served| {
            context.index.users(served, "subnet_id").all(|host| {
                let instance = context.kind(host).and_then(ResourceKind::as_instance);
                instance.is_none_or(|it| context.has_public_address(host, it))
            })
        })
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
        // It would open the private subnet too.
        fixes(&RULE, 0, |n| {
            n.table("rtb-public", |it| it.routes.clear());
            n.subnet("subnet-private", |it| it.route_table_id = Some(id("rtb-public")));
        });
    }
}
