//! An Elastic IP address belongs to one thing at a time, and a thing to one address.

use super::{Context, Findings, Rule};
use crate::{
    model::{Field, ResourceId},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "elastic-ip-shared",
    severity: Severity::Error,
    summary: || t!("rule-elastic-ip-shared-summary"),
    url: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html",
    rows: &["G6"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, address) in context.elastic_ips() {
        // Whoever mentions an address uses it: NAT gateways of both kinds and load balancers.
        let users = context.index.referrers(id).iter().map(|(user, _)| user);
        let users: Vec<&ResourceId> =
            users.chain(&address.instance_id).chain(&address.network_interface_id).collect();
        if let [first, second, ..] = users.as_slice() {
            let message = t!(
                "rule-elastic-ip-shared",
                name = context.label(id),
                first = context.label(first),
                second = context.label(second)
            );
            let help = t!("rule-elastic-ip-shared-help");
            findings.report(id, None, message, help).also(first).also(second);
        }
        let Some(instance) = &address.instance_id else {
            continue;
        };
        if let Some(first) = context.elastic_ip_of(instance).filter(|first| *first != id) {
            let message = t!(
                "rule-elastic-ip-second",
                name = context.label(instance),
                first = context.label(first),
                second = context.label(id)
            );
            let field = Some(Field::new("instance_id"));
            findings.report(id, field, message, t!("rule-elastic-ip-second-help")).also(instance);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::ElasticIp;

    #[test]
    fn one_address_for_two_and_two_for_one() {
        let message = "Elastic IP `eip-nat` is used by both `nat-main` and `i-bastion`";
        let shared = ElasticIp { instance_id: Some(id("i-bastion")), ..crate::model::ElasticIp::default() };
        finds(&RULE, ("eip-nat", None), message, |n| n.put("eip-nat", shared.clone()));
        let message = "instance `i-bastion` has two Elastic IP addresses, `eip-a` and `eip-b`, for its one private address";
        finds(&RULE, ("eip-b", Some("instance_id")), message, |n| {
            n.put("eip-a", shared.clone());
            n.put("eip-b", shared.clone());
        });
    }

    #[test]
    fn one_each_is_fine() {
        silent(&RULE, |n| {
            n.put(
                "eip-a",
                ElasticIp { instance_id: Some(id("i-bastion")), ..crate::model::ElasticIp::default() },
            )
        });
    }
}
