//! An Elastic IP address can only stand for a private address that its instance or interface has.

use std::net::Ipv4Addr;

use super::{Context, Findings, Rule, set};
use crate::{
    model::{ElasticIp, Field, ResourceKind},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "elastic-ip-private-address",
    severity: Severity::Error,
    summary: || t!("rule-elastic-ip-private-address-summary"),
    url: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateAddress.html",
    rows: &["G6"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, address) in context.elastic_ips() {
        let Some(wanted) = address.private_ip_address else { continue };
        let Some(holder) = address.network_interface_id.as_ref().or(address.instance_id.as_ref()) else {
            continue;
        };
        let Some(kind) = context.kind(holder) else { continue };
        let Some((first, further)) = addresses(kind) else { continue };
        if first == Some(wanted) || further.contains(&wanted) {
            continue;
        }
        let message = t!(
            "rule-elastic-ip-private-address",
            name = context.label(id),
            address = wanted.to_string(),
            of = kind.kind().as_str(),
            holder = context.label(holder)
        );
        let field = Field::new("private_ip_address");
        let to = ElasticIp { private_ip_address: None, ..address.clone() };
        findings
            .report(id, Some(field.clone()), message, t!("rule-elastic-ip-private-address-help"))
            .also(holder)
            .fix(t!("rule-elastic-ip-private-address-fix"), set(id, field, to));
    }
}

/// The primary address, where it is fixed, and the further ones.
fn addresses(kind: &ResourceKind) -> Option<(Option<Ipv4Addr>, &[Ipv4Addr])> {
    match kind {
        ResourceKind::NetworkInterface(it) => Some((it.private_ip, &it.secondary_private_ips)),
        ResourceKind::Instance(it) => Some((it.private_ip, &it.secondary_private_ips)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{ElasticIp, NetworkInterface};

    fn interface(n: &mut Network, wanted: &str) {
        let mut interface = NetworkInterface::new(id("subnet-public"));
        interface.private_ip = Some("10.0.0.30".parse().unwrap());
        interface.secondary_private_ips = vec!["10.0.0.31".parse().unwrap()];
        n.put("eni", interface);
        let address = ElasticIp {
            network_interface_id: Some(id("eni")),
            private_ip_address: Some(wanted.parse().unwrap()),
            ..ElasticIp::default()
        };
        n.put("eip-a", address);
    }

    fn instance(n: &mut Network) {
        let address = ElasticIp {
            instance_id: Some(id("i-bastion")),
            private_ip_address: Some("10.0.0.99".parse().unwrap()),
            ..ElasticIp::default()
        };
        n.put("eip-a", address);
    }

    #[test]
    fn an_address_that_its_holder_does_not_have() {
        let at = ("eip-a", Some("private_ip_address"));
        let message = "Elastic IP `eip-a` stands for 10.0.0.32, which network interface `eni` does not have";
        finds(&RULE, at, message, |n| interface(n, "10.0.0.32"));
        let message = "Elastic IP `eip-a` stands for 10.0.0.99, which instance `i-bastion` does not have";
        finds(&RULE, at, message, instance);
    }

    #[test]
    fn the_first_and_the_further_addresses_are_fine() {
        silent(&RULE, |n| interface(n, "10.0.0.30"));
        silent(&RULE, |n| interface(n, "10.0.0.31"));
    }

    #[test]
    fn the_fix_leaves_the_first_address() {
        fixes(&RULE, 1, |n| interface(n, "10.0.0.32"));
        fixes(&RULE, 1, instance);
    }
}
