//! An instance needs a public address to use an internet gateway.

use super::{Context, Findings, Rule};
use crate::{
    edit::Command,
    model::{Field, Instance, ResourceKind},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "public-address-missing",
    severity: Severity::Warning,
    summary: || t!("rule-public-address-missing-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html",
    rows: &["G2"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, instance) in context.instances() {
        if !context.has_internet_route(&instance.subnet_id) || context.has_public_address(id, instance) {
            continue;
        }
        let message = t!(
            "rule-public-address-missing",
            name = context.label(id),
            subnet = context.label(&instance.subnet_id)
        );
        let field = Field::new("associate_public_ip_address");
        let to = Instance { associate_public_ip_address: Some(true), ..instance.clone() };
        let command =
            Command::Set { id: id.clone(), field: field.clone(), to: Box::new(ResourceKind::Instance(to)) };
        findings
            .report(id, Some(field), message, t!("rule-public-address-missing-help"))
            .also(&instance.subnet_id)
            .fix(t!("rule-public-address-missing-fix", name = context.label(id)), command);
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::ElasticIp;

    fn private_only(n: &mut Network) {
        n.subnet("subnet-public", |it| it.map_public_ip_on_launch = false);
    }

    #[test]
    fn a_host_of_a_public_subnet_without_an_address() {
        let message = "instance `i-bastion` in the public subnet `subnet-public` gets no public IPv4 address, \
                       so the internet gateway drops its packets";
        finds(&RULE, ("i-bastion", Some("associate_public_ip_address")), message, private_only);
    }

    #[test]
    fn an_elastic_address_will_do() {
        silent(&RULE, |n| {
            private_only(n);
            n.put(
                "eip-bastion",
                ElasticIp { instance_id: Some(id("i-bastion")), ..crate::model::ElasticIp::default() },
            );
        });
    }

    #[test]
    fn the_fix_gives_it_one() {
        fixes(&RULE, 1, private_only);
    }
}
