//! Two VPCs have one peering connection.

use std::collections::BTreeMap;

use super::{Context, Findings, Rule};
use crate::{edit::Command, model::ResourceId, problem::Severity, t};

/// The rule.
pub const RULE: Rule = Rule {
    code: "peering-duplicate",
    severity: Severity::Error,
    summary: || t!("rule-peering-duplicate-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html#vpc-peering-limitations",
    rows: &["X2"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut first: BTreeMap<(&str, &str), &ResourceId> = BTreeMap::new();
    for (id, peering) in context.peerings() {
        let drawn = peering.peer_vpc_id.as_ref().map(ResourceId::as_str);
        let Some(peer) = drawn.or(peering.peer_vpc.as_deref()) else {
            continue;
        };
        let own = peering.vpc_id.as_str();
        let Some(other) = first.insert((own.min(peer), own.max(peer)), id) else {
            continue;
        };
        let message = t!("rule-peering-duplicate", first = context.label(other), second = context.label(id));
        let label = t!("rule-fix-delete", name = context.label(id));
        findings
            .report(id, None, message, t!("rule-peering-duplicate-help"))
            .also(other)
            .fix(label, Command::Delete { ids: vec![id.clone()] });
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{Vpc, VpcPeeringConnection};

    fn twice(n: &mut Network) {
        n.other_vpc();
        n.put("pcx-a", VpcPeeringConnection::new(id("vpc-main"), id("vpc-other")));
        n.put("pcx-b", VpcPeeringConnection::new(id("vpc-other"), id("vpc-main")));
    }

    #[test]
    fn the_other_way_round_is_the_same_pair() {
        let message = "peering connections `pcx-a` and `pcx-b` join the same two VPCs";
        finds(&RULE, ("pcx-b", None), message, twice);
    }

    #[test]
    fn another_pair_is_fine() {
        silent(&RULE, |n| {
            twice(n);
            n.put("vpc-third", Vpc::new(net("10.2.0.0/16")));
            n.put("pcx-b", VpcPeeringConnection::new(id("vpc-third"), id("vpc-main")));
        });
    }

    #[test]
    fn the_fix_deletes_the_second() {
        fixes(&RULE, 1, twice);
    }
}
