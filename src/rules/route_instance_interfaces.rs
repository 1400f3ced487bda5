//! A route leads to an instance only while it has one network interface.

use super::{Context, Findings, Rule, set};
use crate::{
    model::{Field, Kind, ResourceId, Route, RouteTable, RouteTarget},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "route-instance-interfaces",
    severity: Severity::Error,
    summary: || t!("rule-route-instance-interfaces-summary"),
    url: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html",
    rows: &["R5"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    if context.index.of_kind(Kind::NetworkInterface).is_empty() {
        return;
    }
    for (id, table) in context.route_tables() {
        for (at, route) in table.routes.iter().enumerate() {
            let RouteTarget::Instance(instance) = &route.target else {
                continue;
            };
            let further: Vec<&ResourceId> = context
                .index
                .users(instance, "instance_id")
                .filter(|user| context.kind(user).is_some_and(|it| it.as_network_interface().is_some()))
                .collect();
            if further.is_empty() {
                continue;
            }
            let message = t!(
                "rule-route-instance-interfaces",
                destination = route.destination.to_string(),
                table = context.label(id),
                name = context.label(instance),
                count = further.len() + 1
            );
            let field = Field::item("routes", at, "instance_id");
            let help = t!("rule-route-instance-interfaces-help");
            let mut finding = findings.report(id, Some(field), message, help).also(instance);
            for interface in further {
                let label = t!("rule-fix-route-to", name = context.label(interface));
                finding = finding.also(interface).fix(label, redirect(id, table, at, interface));
            }
        }
    }
}

fn redirect(id: &ResourceId, table: &RouteTable, at: usize, to: &ResourceId) -> crate::edit::Command {
    let mut changed = table.clone();
    if let Some(Route { target, .. }) = changed.routes.get_mut(at) {
        *target = RouteTarget::NetworkInterface(to.clone());
    }
    set(id, Field::new("routes"), changed)
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{NetworkInterface, RouteTarget};

    fn through(n: &mut Network, further: bool) {
        n.instance("i-bastion", |it| it.source_dest_check = false);
        n.table("rtb-main", |it| it.routes = vec![default_route(RouteTarget::Instance(id("i-bastion")))]);
        let mut interface = NetworkInterface::new(id("subnet-public"));
        interface.source_dest_check = false;
        interface.instance_id = further.then(|| id("i-bastion"));
        n.put("eni-second", interface);
    }

    #[test]
    fn an_instance_with_a_second_interface() {
        let message = "the route to 0.0.0.0/0 in table `rtb-main` leads to instance `i-bastion`, which has 2 network interfaces";
        finds(&RULE, ("rtb-main", Some("routes[0].instance_id")), message, |n| through(n, true));
    }

    #[test]
    fn an_instance_with_one_interface() {
        silent(&RULE, |n| through(n, false));
    }

    #[test]
    fn the_fix_leads_it_to_the_interface() {
        fixes(&RULE, 1, |n| through(n, true));
    }
}
