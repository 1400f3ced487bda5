//! A regional NAT gateway has addresses where hosts need it, and an internet gateway behind it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Context, Findings, Rule};
use crate::{
    model::{Field, RegionalNatGateway, ResourceId},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "regional-nat",
    severity: Severity::Error,
    summary: || t!("rule-regional-nat-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html",
    rows: &["N8", "N9"],
    check,
};

/// So many addresses one zone may have.
const ADDRESSES: usize = 32;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, nat) in context.regional_nat_gateways() {
        if context.index.internet_gateway(&nat.vpc_id).is_none() {
            let (name, vpc) = (context.label(id), context.label(&nat.vpc_id));
            let message = t!("rule-regional-nat-gateway", name = name, vpc = vpc);
            let help = t!("rule-nat-without-internet-gateway-help");
            let finding = findings.report(id, Some(Field::new("vpc_id")), message, help);
            finding.severity(Severity::Warning).also(&nat.vpc_id);
        }
        addresses(context, findings, id, nat);
        zones(context, findings, id, nat);
    }
}

fn addresses(context: &Context<'_>, findings: &mut Findings<'_>, id: &ResourceId, nat: &RegionalNatGateway) {
    let mut seen = BTreeSet::new();
    for (at, zone) in nat.availability_zone_addresses.iter().enumerate() {
        let (name, place) = (context.label(id), zone.availability_zone.as_str());
        let field = |name| Some(Field::item("availability_zone_addresses", at, name));
        if !seen.insert(place) {
            let message = t!("rule-regional-nat-twice", name = &name, zone = place);
            findings.report(id, field("availability_zone"), message, t!("rule-regional-nat-twice-help"));
        }
        let count = zone.allocation_ids.len();
        if count == 0 || count > ADDRESSES {
            let message = t!("rule-regional-nat-count", name = name, zone = place, count = count);
            findings.report(id, field("allocation_ids"), message, t!("rule-regional-nat-count-help"));
        }
    }
}

/// In manual mode a zone without an address is not served.
fn zones(context: &Context<'_>, findings: &mut Findings<'_>, id: &ResourceId, nat: &RegionalNatGateway) {
    if nat.availability_zone_addresses.is_empty() {
        return;
    }
    let mut lacking: BTreeMap<&str, Vec<&ResourceId>> = BTreeMap::new();
    for (subnet, fields) in context.subnets_of(&nat.vpc_id) {
        let served = nat.availability_zone_addresses.iter();
        let uses = || {
            let table = context.effective_table(subnet);
            table.is_some_and(|(_, it)| it.routes.iter().any(|route| route.target.resource() == Some(id)))
        };
        if !served.into_iter().any(|it| it.availability_zone == fields.availability_zone) && uses() {
            lacking.entry(&fields.availability_zone).or_default().push(subnet);
        }
    }
    for (zone, subnets) in lacking {
        let names = context.labels(subnets.iter().copied());
        let message = t!("rule-regional-nat", name = context.label(id), zone = zone, subnets = names);
        let field = Some(Field::new("availability_zone_addresses"));
        let finding = findings.report(id, field, message, t!("rule-regional-nat-help"));
        subnets.into_iter().fold(finding, super::Finding::also);
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{
        AvailabilityZoneAddress, ElasticIp, InternetGateway, RegionalNatGateway, RouteTarget,
    };

    fn manual(n: &mut Network, zones: &[(&str, usize)]) {
        n.put("eip-regional", ElasticIp::default());
        let zone = |(zone, count): &(&str, usize)| AvailabilityZoneAddress {
            availability_zone: (*zone).to_owned(),
            allocation_ids: vec![id("eip-regional"); *count],
        };
        let availability_zone_addresses = zones.iter().map(zone).collect();
        n.put("nat-regional", RegionalNatGateway { vpc_id: id("vpc-main"), availability_zone_addresses });
        n.table("rtb-main", |it| {
            it.routes = vec![default_route(RouteTarget::NatGateway(id("nat-regional")))];
        });
    }

    #[test]
    fn a_zone_without_an_address_one_twice_and_too_many_addresses() {
        let message = "regional NAT gateway `nat-regional` has no address in us-east-1a, where `subnet-private` uses it";
        finds(&RULE, ("nat-regional", Some("availability_zone_addresses")), message, |n| {
            manual(n, &[("us-east-1b", 1)]);
        });
        let message = "regional NAT gateway `nat-regional` names us-east-1a twice";
        let place = ("nat-regional", Some("availability_zone_addresses[1].availability_zone"));
        finds(&RULE, place, message, |n| manual(n, &[("us-east-1a", 1), ("us-east-1a", 1)]));
        let message = "regional NAT gateway `nat-regional` has 33 addresses in us-east-1a";
        let place = ("nat-regional", Some("availability_zone_addresses[0].allocation_ids"));
        finds(&RULE, place, message, |n| manual(n, &[("us-east-1a", 33)]));
    }

    #[test]
    fn without_an_internet_gateway() {
        let message =
            "regional NAT gateway `nat-regional` needs an internet gateway, and VPC `vpc-main` has none";
        finds(&RULE, ("nat-regional", Some("vpc_id")), message, |n| {
            manual(n, &[("us-east-1a", 1)]);
            n.put("igw-main", InternetGateway::default());
        });
    }

    #[test]
    fn an_address_in_each_zone_and_one_that_aws_manages() {
        silent(&RULE, |n| manual(n, &[("us-east-1a", 32)]));
        silent(&RULE, |n| manual(n, &[]));
    }
}
