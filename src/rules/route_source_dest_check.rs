//! An instance that forwards must not drop what is not addressed to it.

use super::{Context, Findings, Rule, set};
use crate::{
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
            let (RouteTarget::Instance(target) | RouteTarget::NetworkInterface(target)) = &route.target
            else {
                continue;
            };
            let Some(to) = context.kind(target).and_then(unchecked) else {
                continue;
            };
            let message = t!(
                "rule-route-source-dest-check",
                destination = route.destination.to_string(),
                table = context.label(id),
                name = context.label(target)
            );
            let field = Field::new("source_dest_check");
            let label = t!("rule-route-source-dest-check-fix", name = context.label(target));
            findings
                .report(target, Some(field.clone()), message, t!("rule-route-source-dest-check-help"))
                .also_field(id, Some(Field::item("routes", at, route.target.field_name())))
                .fix(label, set(target, field, to));
        }
    }
}

/// The same instance or interface with the check off, where it is on. Those that a service of AWS
/// owns know what they do.
fn unchecked(kind: &ResourceKind) -> Option<ResourceKind> {
    let mut to = kind.clone();
    let check = match &mut to {
        ResourceKind::Instance(it) => &mut it.source_dest_check,
        ResourceKind::NetworkInterface(it) if !it.is_service_owned() => &mut it.source_dest_check,
        _ => return None,
    };
    std::mem::replace(check, false).then_some(to)
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
        let message = "`i-bastion` drops what the route to 0.0.0.0/0 in table `rtb-main` sends it: its source/destination check is on";
        finds(&RULE, ("i-bastion", Some("source_dest_check")), message, through_bastion);
    }

    #[test]
    fn of_an_interface_too() {
        let message = "`eni` drops what the route to 0.0.0.0/0 in table `rtb-main` sends it: its source/destination check is on";
        finds(&RULE, ("eni", Some("source_dest_check")), message, |n| {
            n.put("eni", crate::model::NetworkInterface::new(id("subnet-public")));
            n.table("rtb-main", |it| {
                it.routes = vec![default_route(RouteTarget::NetworkInterface(id("eni")))];
            });
        });
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
