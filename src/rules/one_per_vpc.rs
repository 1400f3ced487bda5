//! Gateways and endpoints of which a VPC has one.

use std::collections::BTreeMap;

use super::{Context, Findings, Rule, set};
use crate::{
    edit::Command,
    model::{Field, Kind, ResourceId, ResourceKind, VpnGateway},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "one-per-vpc",
    severity: Severity::Error,
    summary: || t!("rule-one-per-vpc-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-gateways",
    rows: &["G1", "T7", "P11"],
    check,
};

const KINDS: [Kind; 3] = [Kind::EgressOnlyInternetGateway, Kind::VpnGateway, Kind::InstanceConnectEndpoint];

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for kind in KINDS {
        let mut first: BTreeMap<&ResourceId, &ResourceId> = BTreeMap::new();
        for resource in context.index.resources_of(kind) {
            let Some(vpc) = context.vpc_of(resource) else {
                continue;
            };
            let Some(other) = first.get(vpc).copied() else {
                first.insert(vpc, &resource.id);
                continue;
            };
            let message = t!(
                "rule-one-per-vpc",
                vpc = context.label(vpc),
                first = context.label(other),
                second = resource.label(),
                what = crate::words::text(&format!("kind-{}", kind.as_str()), &[])
            );
            let finding = findings
                .report(&resource.id, None, message, t!("rule-one-per-vpc-help"))
                .also(other)
                .also(vpc);
            let (label, command) = if let ResourceKind::VpnGateway(gateway) = &resource.kind {
                let to = VpnGateway { vpc_id: None, ..gateway.clone() };
                let label = t!("rule-igw-second-on-vpc-fix", name = resource.label());
                (label, set(&resource.id, Field::new("vpc_id"), to))
            } else {
                let label = t!("rule-fix-delete", name = resource.label());
                (label, Command::Delete { ids: vec![resource.id.clone()] })
            };
            finding.fix(label, command);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{EgressOnlyInternetGateway, InstanceConnectEndpoint, VpnGateway};

    fn egress(n: &mut Network) {
        n.put("eigw-a", EgressOnlyInternetGateway { vpc_id: id("vpc-main") });
        n.put("eigw-b", EgressOnlyInternetGateway { vpc_id: id("vpc-main") });
    }

    fn vpn(n: &mut Network) {
        for name in ["vgw-a", "vgw-b"] {
            n.put(name, VpnGateway { vpc_id: Some(id("vpc-main")), ..VpnGateway::default() });
        }
    }

    fn connect(n: &mut Network) {
        for (name, subnet) in [("eice-a", "subnet-private"), ("eice-b", "subnet-public")] {
            let endpoint = InstanceConnectEndpoint {
                subnet_id: id(subnet),
                security_group_ids: vec![id("sg-bastion")],
                preserve_client_ip: false,
            };
            n.put(name, endpoint);
        }
    }

    #[test]
    fn a_second_one_of_each_kind() {
        let message =
            "VPC `vpc-main` has two of the kind Egress-only internet gateway, `eigw-a` and `eigw-b`";
        finds(&RULE, ("eigw-b", None), message, egress);
        let message = "VPC `vpc-main` has two of the kind Virtual private gateway, `vgw-a` and `vgw-b`";
        finds(&RULE, ("vgw-b", None), message, vpn);
        let message = "VPC `vpc-main` has two of the kind Instance Connect Endpoint, `eice-a` and `eice-b`";
        finds(&RULE, ("eice-b", None), message, connect);
    }

    #[test]
    fn one_in_each_vpc_is_fine() {
        silent(&RULE, |n| {
            n.other_vpc();
            n.put("eigw-a", EgressOnlyInternetGateway { vpc_id: id("vpc-main") });
            n.put("eigw-b", EgressOnlyInternetGateway { vpc_id: id("vpc-other") });
        });
    }

    #[test]
    fn the_fixes_detach_or_delete_it() {
        fixes(&RULE, 1, egress);
        fixes(&RULE, 1, vpn);
        fixes(&RULE, 1, connect);
    }
}
