//! How much one region, and one zone, may hold.

use std::collections::BTreeMap;

use super::{Context, Findings, Rule};
use crate::{
    model::{Kind, ResourceId},
    problem::Severity,
    t,
};

/// The rule. Many accounts have higher quotas than these, and other networks count against them
/// too: it only informs.
pub const RULE: Rule = Rule {
    code: "quota-region",
    severity: Severity::Info,
    summary: || t!("rule-quota-region-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html",
    rows: &["N12", "Q1"],
    check,
};

/// So many of a kind a region may have by default.
const QUOTAS: &[(Kind, usize)] = &[
    (Kind::Vpc, 5),
    (Kind::InternetGateway, 5),
    (Kind::ElasticIp, 5),
    (Kind::GatewayEndpoint, 20),
    (Kind::SecurityGroup, 2500),
    (Kind::KeyPair, 5000),
    (Kind::EgressOnlyInternetGateway, 5),
    (Kind::TransitGateway, 5),
    (Kind::VpnGateway, 5),
    (Kind::ManagedPrefixList, 100),
    (Kind::TransitGatewayVpcAttachment, 5000),
];
const NAT_PER_ZONE: usize = 5;
/// Route tables of one transit gateway.
const TRANSIT_TABLES: usize = 20;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (kind, quota) in QUOTAS {
        let all = context.index.of_kind(*kind);
        // The first one that is too many stands for all.
        let Some(first) = all.get(*quota) else {
            continue;
        };
        let what = crate::words::text(&format!("kind-{}", kind.as_str()), &[]);
        let message =
            t!("rule-quota-region", what = what, count = all.len().to_string(), quota = quota.to_string());
        findings.report(first, None, message, t!("rule-quota-help"));
    }
    let mut tables: BTreeMap<&ResourceId, usize> = BTreeMap::new();
    for (_, table) in context.transit_tables() {
        *tables.entry(&table.transit_gateway_id).or_default() += 1;
    }
    for (gateway, count) in tables.into_iter().filter(|(_, count)| *count > TRANSIT_TABLES) {
        let message = t!("rule-quota-transit-tables", name = context.label(gateway), count = count);
        findings.report(gateway, None, message, t!("rule-quota-help"));
    }
    let mut zones: BTreeMap<&str, Vec<&ResourceId>> = BTreeMap::new();
    for (id, nat) in context.nat_gateways() {
        if let Some(subnet) = context.subnet(&nat.subnet_id) {
            zones.entry(&subnet.availability_zone).or_default().push(id);
        }
    }
    for (zone, gateways) in zones {
        if let Some(first) = gateways.get(NAT_PER_ZONE) {
            let message = t!("rule-quota-zone", zone = zone, count = gateways.len().to_string());
            findings.report(first, None, message, t!("rule-quota-help"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{ConnectivityType, ElasticIp, NatGateway, TransitGateway, TransitGatewayRouteTable};

    fn addresses(n: &mut Network, count: usize) {
        (0..count).for_each(|at| n.put(&format!("eip-{at}"), ElasticIp::default()));
    }

    fn gateways(n: &mut Network, count: usize) {
        for at in 0..count {
            let nat = NatGateway {
                subnet_id: id("subnet-private"),
                connectivity_type: ConnectivityType::Private,
                allocation_id: None,
                secondary_allocation_ids: Vec::new(),
                private_ip: None,
            };
            n.put(&format!("nat-{at}"), nat);
        }
    }

    #[test]
    fn the_sixth_address_and_the_sixth_nat_gateway_of_a_zone() {
        let message = "the network has 6 of the kind Elastic IP, the default quota of a region is 5";
        finds(&RULE, ("eip-nat", None), message, |n| addresses(n, 5));
        let message = "the network has 6 NAT gateways in us-east-1a, the default quota of a zone is 5";
        finds(&RULE, ("nat-main", None), message, |n| gateways(n, 5));
    }

    #[test]
    fn the_21st_table_of_a_transit_gateway() {
        let tables = |n: &mut Network, count: usize| {
            n.put("tgw", TransitGateway::default());
            for at in 0..count {
                n.put(&format!("tgw-rtb-{at}"), TransitGatewayRouteTable::new(id("tgw")));
            }
        };
        let message = "transit gateway `tgw` has 21 route tables, the default quota is 20";
        finds(&RULE, ("tgw", None), message, |n| tables(n, 21));
        silent(&RULE, |n| tables(n, 20));
    }

    #[test]
    fn five_are_fine() {
        silent(&RULE, |n| {
            addresses(n, 4);
            gateways(n, 4);
        });
    }
}
