//! A VPC has exactly one main route table, one default network ACL and one default group.

use std::collections::BTreeMap;

use super::{Context, Findings, Rule};
use crate::{model::ResourceId, problem::Severity, t};

/// The rule. The editor never makes such a drawing; a file written by hand may hold it.
pub const RULE: Rule = Rule {
    code: "vpc-defaults",
    severity: Severity::Error,
    summary: || t!("rule-vpc-defaults-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/create-vpc.html",
    rows: &["V15"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let tables = context.route_tables().filter(|(_, it)| it.main).map(|(id, it)| (id, &it.vpc_id));
    let acls = context.network_acls().filter(|(_, it)| it.is_default).map(|(id, it)| (id, &it.vpc_id));
    let groups = context.security_groups().filter(|(_, it)| it.is_default).map(|(id, it)| (id, &it.vpc_id));
    let kinds = [
        (by_vpc(tables), t!("rule-vpc-defaults-table")),
        (by_vpc(acls), t!("rule-vpc-defaults-acl")),
        (by_vpc(groups), t!("rule-vpc-defaults-group")),
    ];
    for (id, _) in context.vpcs() {
        for (owners, what) in &kinds {
            let found = owners.get(id).map_or(&[][..], Vec::as_slice);
            if found.len() == 1 {
                continue;
            }
            let message = t!("rule-vpc-defaults", name = context.label(id), count = found.len(), what = what);
            let mut finding = findings.report(id, None, message, t!("rule-vpc-defaults-help"));
            for one in found {
                finding = finding.also(one);
            }
        }
    }
}

fn by_vpc<'a>(
    pairs: impl Iterator<Item = (&'a ResourceId, &'a ResourceId)>,
) -> BTreeMap<&'a ResourceId, Vec<&'a ResourceId>> {
    let mut map: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (id, vpc) in pairs {
        map.entry(vpc).or_default().push(id);
    }
    map
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};

    #[test]
    fn none_and_two() {
        let message = "VPC `vpc-main` has 0 main route tables, AWS makes exactly one";
        finds(&RULE, ("vpc-main", None), message, |n| n.table("rtb-main", |it| it.main = false));
        let message = "VPC `vpc-main` has 2 main route tables, AWS makes exactly one";
        finds(&RULE, ("vpc-main", None), message, |n| n.table("rtb-public", |it| it.main = true));
    }

    #[test]
    fn each_vpc_has_its_own() {
        silent(&RULE, Network::other_vpc);
    }
}
