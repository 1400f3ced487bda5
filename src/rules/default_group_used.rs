//! The default security group admits all its members to each other, so it is better left empty.

use super::{Context, Findings, Rule};
use crate::{
    model::{Field, ResourceId},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "default-group-used",
    severity: Severity::Info,
    summary: || t!("rule-default-group-used-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html",
    rows: &["SG1"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, instance) in context.instances() {
        let Some(subnet) = context.subnet(&instance.subnet_id) else {
            continue;
        };
        let field = Field::new("vpc_security_group_ids");
        look(context, findings, id, &subnet.vpc_id, &instance.vpc_security_group_ids, field);
    }
    for (id, endpoint) in context.interface_endpoints() {
        let field = Field::new("security_group_ids");
        look(context, findings, id, &endpoint.vpc_id, &endpoint.security_group_ids, field);
    }
    let interfaces = context.network_interfaces().filter(|(_, it)| !it.is_service_owned());
    let interfaces = interfaces.map(|(id, it)| (id, &it.subnet_id, &it.security_group_ids));
    let endpoints = context.connect_endpoints().map(|(id, it)| (id, &it.subnet_id, &it.security_group_ids));
    for (id, subnet, groups) in interfaces.chain(endpoints) {
        if let Some(subnet) = context.subnet(subnet) {
            look(context, findings, id, &subnet.vpc_id, groups, Field::new("security_group_ids"));
        }
    }
}

fn look(
    context: &Context<'_>,
    findings: &mut Findings<'_>,
    id: &ResourceId,
    vpc: &ResourceId,
    groups: &[ResourceId],
    field: Field,
) {
    let Some(default) = context.index.default_security_group(vpc) else {
        return;
    };
    if groups.is_empty() || groups.contains(default) {
        let message = t!("rule-default-group-used", name = context.label(id), group = context.label(default));
        findings.report(id, Some(field), message, t!("rule-default-group-used-help")).also(default);
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};

    #[test]
    fn named_or_left_to_aws() {
        let message = "`i-private` is in the default security group `sg-default`";
        let place = ("i-private", Some("vpc_security_group_ids"));
        finds(&RULE, place, message, |n| {
            n.instance("i-private", |it| it.vpc_security_group_ids.push(id("sg-default")));
        });
        finds(&RULE, place, message, |n| n.instance("i-private", |it| it.vpc_security_group_ids.clear()));
    }

    #[test]
    fn of_an_interface() {
        let message = "`eni` is in the default security group `sg-default`";
        finds(&RULE, ("eni", Some("security_group_ids")), message, |n| {
            n.put("eni", crate::model::NetworkInterface::new(id("subnet-private")));
        });
    }

    #[test]
    fn an_empty_default_group_is_fine() {
        silent(&RULE, |n| n.group("sg-default", |it| it.ingress.clear()));
    }
}
