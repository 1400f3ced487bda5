//! How many security groups guard one network interface.

use super::{Context, Findings, Rule};
use crate::{
    model::{Field, ResourceId},
    problem::Severity,
    t,
};

/// The rule. Above the default quota it warns, above what AWS ever grants it is an error.
pub const RULE: Rule = Rule {
    code: "groups-per-interface",
    severity: Severity::Error,
    summary: || t!("rule-groups-per-interface-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups",
    rows: &["SG7"],
    check,
};

const DEFAULT_QUOTA: usize = 5;
const HIGHEST_QUOTA: usize = 16;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, instance) in context.instances() {
        let field = Field::new("vpc_security_group_ids");
        count(context, findings, id, field, instance.vpc_security_group_ids.len());
    }
    for (id, endpoint) in context.interface_endpoints() {
        count(context, findings, id, Field::new("security_group_ids"), endpoint.security_group_ids.len());
    }
    let interfaces = context.network_interfaces().map(|(id, it)| (id, &it.security_group_ids));
    let connect = context.connect_endpoints().map(|(id, it)| (id, &it.security_group_ids));
    for (id, groups) in interfaces.chain(connect) {
        count(context, findings, id, Field::new("security_group_ids"), groups.len());
    }
}

fn count(context: &Context<'_>, findings: &mut Findings<'_>, id: &ResourceId, field: Field, count: usize) {
    if count <= DEFAULT_QUOTA {
        return;
    }
    let message = t!("rule-groups-per-interface", name = context.label(id), count = count);
    let finding = findings.report(id, Some(field), message, t!("rule-groups-per-interface-help"));
    if count <= HIGHEST_QUOTA {
        finding.severity(Severity::Warning);
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::problem::Severity;

    fn groups(n: &mut Network, count: usize) {
        n.instance("i-private", |it| it.vpc_security_group_ids = vec![id("sg-private"); count]);
    }

    #[test]
    fn six_need_a_higher_quota_and_seventeen_are_never_granted() {
        let message = "`i-private` has 6 security groups, the default quota is 5 per network interface";
        finds(&RULE, ("i-private", Some("vpc_security_group_ids")), message, |n| groups(n, 6));
        assert_eq!(one(&RULE, |n| groups(n, 6)).0.severity, Severity::Warning);
        assert_eq!(one(&RULE, |n| groups(n, 17)).0.severity, Severity::Error);
    }

    #[test]
    fn of_an_interface() {
        let message = "`eni` has 6 security groups, the default quota is 5 per network interface";
        finds(&RULE, ("eni", Some("security_group_ids")), message, |n| {
            let mut interface = crate::model::NetworkInterface::new(id("subnet-private"));
            interface.security_group_ids = vec![id("sg-private"); 6];
            n.put("eni", interface);
        });
    }

    #[test]
    fn five_are_fine() {
        silent(&RULE, |n| groups(n, 5));
    }
}
