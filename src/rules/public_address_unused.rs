//! The other way round: a public address is of no use without a route to an internet gateway.

use super::{Context, Findings, Rule};
use crate::{
    model::{Field, Instance},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "public-address-unused",
    severity: Severity::Warning,
    summary: || t!("rule-public-address-unused-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html",
    rows: &["G2"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, instance) in context.instances() {
        if context.subnet(&instance.subnet_id).is_none()
            || context.has_internet_route(&instance.subnet_id)
            || !context.has_public_address(id, instance)
        {
            continue;
        }
        let message = t!(
            "rule-public-address-unused",
            name = context.label(id),
            subnet = context.label(&instance.subnet_id)
        );
        let (culprit, field) = source(context, id, instance);
        findings.report(id, field, message, t!("rule-public-address-unused-help")).also(culprit);
    }
}

/// What gives the address: the Elastic IP, the instance's own switch, or the subnet's.
fn source<'a>(
    context: &Context<'a>,
    id: &'a crate::model::ResourceId,
    instance: &'a Instance,
) -> (&'a crate::model::ResourceId, Option<Field>) {
    if let Some(address) = context.elastic_ip_of(id) {
        return (address, None);
    }
    let field = instance.associate_public_ip_address.map(|_| Field::new("associate_public_ip_address"));
    (&instance.subnet_id, field)
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};

    #[test]
    fn an_address_in_a_private_subnet() {
        let message = "instance `i-private` gets a public IPv4 address, but its subnet `subnet-private` has no \
                       route to an internet gateway";
        finds(&RULE, ("i-private", Some("associate_public_ip_address")), message, |n| {
            n.instance("i-private", |it| it.associate_public_ip_address = Some(true));
        });
    }

    #[test]
    fn the_switch_of_the_instance_wins_over_the_subnet() {
        silent(&RULE, |n| {
            n.subnet("subnet-private", |it| it.map_public_ip_on_launch = true);
            n.instance("i-private", |it| it.associate_public_ip_address = Some(false));
        });
    }
}
