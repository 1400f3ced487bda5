//! An address that nothing uses costs money all the same.

use super::{Context, Findings, Rule};
use crate::{edit::Command, problem::Severity, t};

/// The rule.
pub const RULE: Rule = Rule {
    code: "elastic-ip-unused",
    severity: Severity::Info,
    summary: || t!("rule-elastic-ip-unused-summary"),
    url: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html",
    rows: &["G9", "L4"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, address) in context.elastic_ips() {
        if address.instance_id.is_some()
            || address.network_interface_id.is_some()
            || !context.index.referrers(id).is_empty()
        {
            continue;
        }
        let message = t!("rule-elastic-ip-unused", name = context.label(id));
        let label = t!("rule-fix-delete", name = context.label(id));
        findings
            .report(id, None, message, t!("rule-elastic-ip-unused-help"))
            .fix(label, Command::Delete { ids: vec![id.clone()] });
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::ElasticIp;

    #[test]
    fn associated_with_nothing() {
        let message = "nothing uses Elastic IP `eip-spare`, and AWS bills it";
        finds(&RULE, ("eip-spare", None), message, |n| n.put("eip-spare", ElasticIp::default()));
    }

    #[test]
    fn on_an_instance_it_is_fine() {
        silent(&RULE, |n| {
            n.put(
                "eip-a",
                ElasticIp { instance_id: Some(id("i-bastion")), ..crate::model::ElasticIp::default() },
            )
        });
    }

    #[test]
    fn the_fix_deletes_it() {
        fixes(&RULE, 1, |n| n.put("eip-spare", ElasticIp::default()));
    }
}
