//! A public NAT gateway has an Elastic IP address, a private one has none.

use super::{Context, Findings, Rule};
use crate::{
    edit::Command,
    model::{ConnectivityType, Field, NatGateway, ResourceKind},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "nat-address",
    severity: Severity::Error,
    summary: || t!("rule-nat-address-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html",
    rows: &["N1", "N3", "N6"],
    check,
};

const DEFAULT_QUOTA: usize = 2;
const HIGHEST_QUOTA: usize = 8;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, nat) in context.nat_gateways() {
        let field = Field::new("allocation_id");
        let name = context.label(id);
        match (nat.connectivity_type, &nat.allocation_id) {
            (ConnectivityType::Public, None) => {
                let message = t!("rule-nat-address", name = name);
                findings.report(id, Some(field), message, t!("rule-nat-address-help"));
            }
            (ConnectivityType::Private, Some(address)) => {
                let message = t!("rule-nat-address-private", name = name, address = context.label(address));
                let to = NatGateway { allocation_id: None, ..nat.clone() };
                let to = Box::new(ResourceKind::NatGateway(to));
                findings
                    .report(id, Some(field.clone()), message, t!("rule-nat-address-private-help"))
                    .also(address)
                    .fix(t!("rule-nat-address-private-fix"), Command::Set { id: id.clone(), field, to });
            }
            _ => {}
        }
        let count = nat.secondary_allocation_ids.len() + usize::from(nat.allocation_id.is_some());
        if count > DEFAULT_QUOTA {
            let message = t!("rule-nat-address-quota", name = context.label(id), count = count);
            let field = Some(Field::new("secondary_allocation_ids"));
            let finding = findings.report(id, field, message, t!("rule-nat-address-quota-help"));
            if count <= HIGHEST_QUOTA {
                finding.severity(Severity::Warning);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::ConnectivityType;

    fn private(n: &mut Network) {
        n.nat(|it| it.connectivity_type = ConnectivityType::Private);
    }

    #[test]
    fn public_without_and_private_with() {
        let place = ("nat-main", Some("allocation_id"));
        let message = "the public NAT gateway `nat-main` has no Elastic IP address";
        finds(&RULE, place, message, |n| n.nat(|it| it.allocation_id = None));
        let message =
            "the private NAT gateway `nat-main` has the Elastic IP address `eip-nat`, which AWS refuses";
        finds(&RULE, place, message, private);
    }

    #[test]
    fn more_addresses_than_the_quota() {
        let message = "the NAT gateway `nat-main` has 3 Elastic IP addresses, the default quota is 2";
        let addresses = |n: &mut Network, count: usize| {
            let secondary = (0..count).map(|at| id(&format!("eip-{at}"))).collect();
            n.nat(|it| it.secondary_allocation_ids = secondary);
        };
        finds(&RULE, ("nat-main", Some("secondary_allocation_ids")), message, |n| addresses(n, 2));
        assert_eq!(one(&RULE, |n| addresses(n, 7)).0.severity, crate::problem::Severity::Warning);
        assert_eq!(one(&RULE, |n| addresses(n, 8)).0.severity, crate::problem::Severity::Error);
        silent(&RULE, |n| addresses(n, 1));
    }

    #[test]
    fn private_without_is_fine() {
        silent(&RULE, |n| {
            private(n);
            n.nat(|it| it.allocation_id = None);
        });
    }

    #[test]
    fn the_fix_takes_the_address_away() {
        fixes(&RULE, 1, private);
    }
}
