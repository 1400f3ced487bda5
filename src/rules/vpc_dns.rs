//! What the two DNS switches of a VPC mean together.

use super::{Context, Findings, Rule};
use crate::{
    edit::Command,
    model::{Field, Kind, ResourceId, ResourceKind, Vpc},
    problem::Severity,
    t,
};

/// The rule. AWS refuses DNS hostnames without DNS support.
pub const RULE: Rule = Rule {
    code: "vpc-dns",
    severity: Severity::Error,
    summary: || t!("rule-vpc-dns-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html",
    rows: &["D2"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, vpc) in context.vpcs() {
        if vpc.enable_dns_support {
            continue;
        }
        let name = context.label(id);
        if vpc.enable_dns_hostnames {
            let message = t!("rule-vpc-dns", name = name);
            report(context, findings, (id, vpc), message, Severity::Error);
        } else if has_hosts(context, id) {
            let message = t!("rule-vpc-dns-off", name = name);
            report(context, findings, (id, vpc), message, Severity::Warning);
        }
    }
}

fn has_hosts(context: &Context<'_>, vpc: &ResourceId) -> bool {
    if context.index.of_kind(Kind::Instance).is_empty() {
        return false;
    }
    let is_host = |user: &ResourceId| matches!(context.kind(user), Some(ResourceKind::Instance(_)));
    context
        .index
        .subnets_of(context.topology, vpc)
        .any(|subnet| context.index.users(subnet, "subnet_id").any(is_host))
}

fn report(
    context: &Context<'_>,
    findings: &mut Findings<'_>,
    (id, vpc): (&ResourceId, &Vpc),
    message: String,
    severity: Severity,
) {
    let field = Field::new("enable_dns_support");
    let to = Vpc { enable_dns_support: true, ..vpc.clone() };
    let command = Command::Set { id: id.clone(), field: field.clone(), to: Box::new(to.into()) };
    findings
        .report(id, Some(field), message, t!("rule-vpc-dns-help"))
        .severity(severity)
        .fix(t!("rule-vpc-dns-fix", name = context.label(id)), command);
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::problem::Severity;

    fn off(n: &mut Network) {
        n.vpc(|it| (it.enable_dns_support, it.enable_dns_hostnames) = (false, false));
    }

    #[test]
    fn hostnames_without_support_are_refused_and_hosts_without_it_find_nothing() {
        let place = ("vpc-main", Some("enable_dns_support"));
        let message = "VPC `vpc-main` has DNS hostnames on and DNS support off, which AWS refuses";
        finds(&RULE, place, message, |n| n.vpc(|it| it.enable_dns_support = false));
        let message = "DNS support of VPC `vpc-main` is off, so its hosts resolve no names unless they have a DNS server of their own";
        finds(&RULE, place, message, off);
        assert_eq!(one(&RULE, off).0.severity, Severity::Warning);
    }

    #[test]
    fn hostnames_off_is_the_default_and_fine() {
        silent(&RULE, |n| n.vpc(|it| it.enable_dns_hostnames = false));
    }

    #[test]
    fn the_fix_switches_support_on() {
        fixes(&RULE, 1, |n| n.vpc(|it| it.enable_dns_support = false));
        fixes(&RULE, 1, off);
    }
}
