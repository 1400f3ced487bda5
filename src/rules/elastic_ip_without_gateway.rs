//! An Elastic IP address can only be associated in a VPC with an internet gateway.

use super::{Context, Findings, Rule};
use crate::{model::Field, problem::Severity, t};

/// The rule.
pub const RULE: Rule = Rule {
    code: "elastic-ip-without-gateway",
    severity: Severity::Error,
    summary: || t!("rule-elastic-ip-without-gateway-summary"),
    url: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html",
    rows: &["G6"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, address) in context.elastic_ips() {
        let target = address.instance_id.as_ref().map(|it| (it, "instance_id"));
        let target = target.or(address.network_interface_id.as_ref().map(|it| (it, "network_interface_id")));
        let Some((instance, field)) = target else {
            continue;
        };
        let Some(vpc) = context.index.get(instance).and_then(|it| context.vpc_of(it)) else {
            continue;
        };
        if context.index.internet_gateway(vpc).is_some() {
            continue;
        }
        let message = t!(
            "rule-elastic-ip-without-gateway",
            name = context.label(id),
            instance = context.label(instance),
            vpc = context.label(vpc)
        );
        let help = t!("rule-elastic-ip-without-gateway-help");
        findings.report(id, Some(Field::new(field)), message, help).also(instance).also(vpc);
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{ElasticIp, InternetGateway};

    #[test]
    fn no_gateway_no_association() {
        let message =
            "Elastic IP `eip-a` is associated with `i-private`, but VPC `vpc-main` has no internet gateway";
        finds(&RULE, ("eip-a", Some("instance_id")), message, |n| {
            n.put(
                "eip-a",
                ElasticIp { instance_id: Some(id("i-private")), ..crate::model::ElasticIp::default() },
            );
            n.put("igw-main", InternetGateway::default());
        });
    }

    #[test]
    fn on_an_interface_neither() {
        let message =
            "Elastic IP `eip-a` is associated with `eni`, but VPC `vpc-main` has no internet gateway";
        finds(&RULE, ("eip-a", Some("network_interface_id")), message, |n| {
            n.put("eni", crate::model::NetworkInterface::new(id("subnet-private")));
            n.put("eip-a", ElasticIp { network_interface_id: Some(id("eni")), ..ElasticIp::default() });
            n.put("igw-main", InternetGateway::default());
        });
    }

    #[test]
    fn an_address_that_is_kept_is_fine() {
        silent(&RULE, |n| n.put("igw-main", InternetGateway::default()));
    }
}
