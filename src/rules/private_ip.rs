//! A fixed address lies in the subnet, is not one of the five that AWS keeps, and is used once.

use std::{collections::BTreeMap, net::Ipv4Addr};

use super::{Context, Findings, Rule, context::is_reserved};
use crate::{
    edit::Command,
    model::{Field, Instance, ResourceId, ResourceKind},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "private-ip",
    severity: Severity::Error,
    summary: || t!("rule-private-ip-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
    rows: &["I2"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut first: BTreeMap<(&ResourceId, Ipv4Addr), &ResourceId> = BTreeMap::new();
    for (id, instance) in context.instances() {
        let Some(address) = instance.private_ip else {
            continue;
        };
        let Some(subnet) = context.subnet(&instance.subnet_id) else {
            continue;
        };
        let (name, place) = (context.label(id), context.label(&instance.subnet_id));
        let block = subnet.cidr_block;
        let (message, help) = if !block.contains(&address) {
            let message =
                t!("rule-private-ip", address = address, name = name, subnet = place, block = block);
            (message, t!("rule-private-ip-help"))
        } else if is_reserved(&block, address) {
            let message = t!("rule-private-ip-reserved", address = address, name = name, subnet = place);
            (message, t!("rule-private-ip-reserved-help", block = block))
        } else if let Some(other) = first.insert((&subnet.vpc_id, address), id) {
            let message =
                t!("rule-private-ip-twice", address = address, name = name, other = context.label(other));
            (message, t!("rule-private-ip-twice-help"))
        } else {
            continue;
        };
        let field = Field::new("private_ip");
        let to = Instance { private_ip: None, ..instance.clone() };
        let to = Box::new(ResourceKind::Instance(to));
        findings
            .report(id, Some(field.clone()), message, help)
            .also(&instance.subnet_id)
            .fix(t!("rule-private-ip-fix"), Command::Set { id: id.clone(), field, to });
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};

    fn address(n: &mut Network, text: &str) {
        n.instance("i-private", |it| it.private_ip = Some(ip(text)));
    }

    #[test]
    fn outside_reserved_and_taken() {
        let place = ("i-private", Some("private_ip"));
        let message = "10.0.2.10 of instance `i-private` is not in subnet `subnet-private` (10.0.1.0/24)";
        finds(&RULE, place, message, |n| address(n, "10.0.2.10"));
        for text in ["10.0.1.0", "10.0.1.3", "10.0.1.255"] {
            let message = format!(
                "{text} of instance `i-private` is one of the addresses that AWS keeps in subnet `subnet-private`"
            );
            finds(&RULE, place, &message, |n| address(n, text));
        }
        let message = "10.0.1.4 of instance `i-private` is also the address of `i-alpha`";
        finds(&RULE, place, message, |n| {
            n.put("i-alpha", crate::model::Instance::new(id("subnet-private")));
            n.instance("i-alpha", |it| it.private_ip = Some(ip("10.0.1.4")));
            address(n, "10.0.1.4");
        });
    }

    #[test]
    fn the_first_and_the_last_free_address() {
        silent(&RULE, |n| address(n, "10.0.1.4"));
        silent(&RULE, |n| address(n, "10.0.1.254"));
    }

    #[test]
    fn the_fix_lets_aws_choose() {
        fixes(&RULE, 1, |n| address(n, "10.0.2.10"));
    }
}
