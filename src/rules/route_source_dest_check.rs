//! An instance that forwards must not drop what is not addressed to it.

use super::{Context, Findings, Rule};
use crate::{
    edit::Command,
    model::{Field, ResourceKind, RouteTarget},
    problem::Severity,
    t,
};

/// The rule. AWS accepts the route and the instance's interface drops the packets.
pub const RULE: Rule = Rule {
    code: "route-source-dest-check",
    severity: Severity::Error,
    summary: || t!("rule-route-source-dest-check-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/work-with-nat-instances.html#EIP_Disable_SrcDestCheck",
    rows: &["I3"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, table) in context.route_tables() {
        for (at, route) in table.routes.iter().enumerate() {
            let RouteTarget::Instance(target) = &route.target else {
                continue;
            };
            let Some(instance) = context.topology.kind(target).and_then(ResourceKind::as_instance) else {
                continue;
            };
            if !instance.source_dest_check {
                continue;
            }
            let message = t!(
                "rule-route-source-dest-check",
                destination = route.destination.to_string(),
                table = context.label(id),
                name = context.label(target)
            );
            let field = Field::new("source_dest_check");
            let mut to = instance.clone();
            to.source_dest_check = false;
            let label = t!("rule-route-source-dest-check-fix", name = context.label(target));
            findings
                .report(target, Some(field.clone()), message, t!("rule-route-source-dest-check-help"))
                .also_field(id, Some(Field::item("routes", at, "instance_id")))
                .fix(label, Command::Set { id: target.clone(), field, to: Box::new(to.into()) });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::RouteTarget;

    fn through_bastion(n: &mut Network) {
        n.table("rtb-main", |it| it.routes = vec![default_route(RouteTarget::Instance(id("i-bastion")))]);
    }

    #[test]
    fn the_check_is_on() {
        let message = "instance `i-bastion` drops what the route to 0.0.0.0/0 in table `rtb-main` sends it: its source/destination check is on";
        finds(&RULE, ("i-bastion", Some("source_dest_check")), message, through_bastion);
    }

    #[test]
    fn the_check_is_off() {
        silent(&RULE, |n| {
            through_bastion(n);
            n.instance("i-bastion", |it| it.source_dest_check = false);
        });
    }

    #[test]
    fn the_fix_switches_it_off() {
        fixes(&RULE, 1, through_bastion);
    }
}
