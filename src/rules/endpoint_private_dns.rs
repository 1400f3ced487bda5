//! Private DNS needs both DNS switches of the VPC, and one endpoint per service.

use std::collections::BTreeMap;

use super::{Context, Findings, Rule};
use crate::{
    edit::Command,
    model::{Field, InterfaceEndpoint, ResourceId, ResourceKind, Vpc},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "endpoint-private-dns",
    severity: Severity::Error,
    summary: || t!("rule-endpoint-private-dns-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/privatelink/manage-dns-names.html",
    rows: &["P5", "L7"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut first: BTreeMap<(&ResourceId, &str), &ResourceId> = BTreeMap::new();
    for (id, endpoint) in context.interface_endpoints().filter(|(_, it)| it.private_dns_enabled) {
        switches(context, findings, id, endpoint);
        let Some(other) = first.insert((&endpoint.vpc_id, &endpoint.service_name), id) else {
            continue;
        };
        let message = t!(
            "rule-endpoint-private-dns-twice",
            name = context.label(id),
            other = context.label(other),
            service = &endpoint.service_name
        );
        let field = Field::new("private_dns_enabled");
        let to = InterfaceEndpoint { private_dns_enabled: false, ..endpoint.clone() };
        let to = Box::new(ResourceKind::InterfaceEndpoint(to));
        findings
            .report(id, Some(field.clone()), message, t!("rule-endpoint-private-dns-twice-help"))
            .also(other)
            .fix(
                t!("rule-endpoint-private-dns-twice-fix", name = context.label(id)),
                Command::Set { id: id.clone(), field, to },
            );
    }
}

fn switches(
    context: &Context<'_>,
    findings: &mut Findings<'_>,
    id: &ResourceId,
    endpoint: &InterfaceEndpoint,
) {
    let Some(vpc) = context.vpc(&endpoint.vpc_id) else {
        return;
    };
    if vpc.enable_dns_support && vpc.enable_dns_hostnames {
        return;
    }
    let name = context.label(&endpoint.vpc_id);
    let message = t!("rule-endpoint-private-dns", name = context.label(id), vpc = name.as_str());
    let field = Field::new("enable_dns_hostnames");
    let to = Vpc { enable_dns_support: true, enable_dns_hostnames: true, ..vpc.clone() };
    let command = Command::Set {
        id: endpoint.vpc_id.clone(),
        field: field.clone(),
        to: Box::new(ResourceKind::Vpc(to)),
    };
    findings
        .report(id, Some(Field::new("private_dns_enabled")), message, t!("rule-endpoint-private-dns-help"))
        .also_field(&endpoint.vpc_id, Some(field))
        .fix(t!("rule-endpoint-private-dns-fix", vpc = name), command);
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::InterfaceEndpoint;

    fn off(n: &mut Network) {
        n.vpc(|it| it.enable_dns_hostnames = false);
    }

    fn twin(n: &mut Network) {
        let twin = InterfaceEndpoint {
            vpc_id: id("vpc-main"),
            service_name: "com.amazonaws.us-east-1.ssm".to_owned(),
            subnet_ids: vec![id("subnet-public")],
            security_group_ids: vec![id("sg-endpoint")],
            private_dns_enabled: true,
            subnet_configurations: Vec::new(),
        };
        n.put("vpce-twin", twin);
    }

    #[test]
    fn with_dns_hostnames_off() {
        let message =
            "endpoint `vpce-ssm` has private DNS, but DNS support or DNS hostnames of VPC `vpc-main` is off";
        finds(&RULE, ("vpce-ssm", Some("private_dns_enabled")), message, off);
    }

    #[test]
    fn two_endpoints_of_one_service() {
        let message = "`vpce-twin` and `vpce-ssm` both have private DNS for `com.amazonaws.us-east-1.ssm`";
        finds(&RULE, ("vpce-twin", Some("private_dns_enabled")), message, twin);
    }

    #[test]
    fn without_private_dns_nothing_is_needed() {
        silent(&RULE, |n| {
            off(n);
            n.endpoint(|it| it.private_dns_enabled = false);
        });
    }

    #[test]
    fn the_fixes() {
        fixes(&RULE, 1, off);
        fixes(&RULE, 1, twin);
    }
}
