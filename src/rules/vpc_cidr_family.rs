//! Which ranges may be added to a VPC.

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::{Context, Findings, Rule, vpc_cidr_size::block_field};
use crate::{
    edit::Command,
    model::{ResourceId, ResourceKind, RouteDestination, RouteTarget, Vpc},
    net::cidr,
    problem::Severity,
    t,
};

/// The rule: the table "IPv4 CIDR block association restrictions".
pub const RULE: Rule = Rule {
    code: "vpc-cidr-family",
    severity: Severity::Error,
    summary: || t!("rule-vpc-cidr-family-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html#add-cidr-block-restrictions",
    rows: &["V5"],
    check,
};

const TEN: Ipv4Net = Ipv4Net::new_assert(Ipv4Addr::new(10, 0, 0, 0), 8);
const FIRST_OF_TEN: Ipv4Net = Ipv4Net::new_assert(Ipv4Addr::new(10, 0, 0, 0), 16);
const FIRST_TWO_OF_TEN: Ipv4Net = Ipv4Net::new_assert(Ipv4Addr::new(10, 0, 0, 0), 15);
const ONE_SEVEN_TWO: Ipv4Net = Ipv4Net::new_assert(Ipv4Addr::new(172, 16, 0, 0), 12);
const DEFAULT_VPC: Ipv4Net = Ipv4Net::new_assert(Ipv4Addr::new(172, 31, 0, 0), 16);
const ONE_NINE_TWO: Ipv4Net = Ipv4Net::new_assert(Ipv4Addr::new(192, 168, 0, 0), 16);
const MEASURING: Ipv4Net = Ipv4Net::new_assert(Ipv4Addr::new(198, 19, 0, 0), 16);

/// For a primary block in the first range, what cannot be added; the last row is for all others.
const RESTRICTED: &[(Ipv4Net, &[Ipv4Net])] = &[
    (TEN, &[ONE_SEVEN_TWO, ONE_NINE_TWO, MEASURING]),
    (ONE_SEVEN_TWO, &[TEN, ONE_NINE_TWO, DEFAULT_VPC, MEASURING]),
    (ONE_NINE_TWO, &[TEN, ONE_SEVEN_TWO, MEASURING]),
    (MEASURING, &[TEN, ONE_SEVEN_TWO, ONE_NINE_TWO]),
];
const RESTRICTED_OTHERWISE: &[Ipv4Net] = &[TEN, ONE_SEVEN_TWO, ONE_NINE_TWO, MEASURING];

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, vpc) in context.vpcs() {
        for (at, block) in vpc.secondary_cidr_blocks.iter().enumerate() {
            if let Some(range) = restricted_range(vpc, block) {
                report(context, findings, id, vpc, at, block, range);
            }
        }
    }
}

fn restricted_range(vpc: &Vpc, block: &Ipv4Net) -> Option<Ipv4Net> {
    let family = RESTRICTED.iter().find(|(range, _)| range.contains(&vpc.cidr_block));
    let restricted = family.map_or(RESTRICTED_OTHERWISE, |(_, restricted)| restricted);
    let by_family = restricted.iter().find(|range| cidr::overlap(range, block)).copied();
    by_family.or_else(|| {
        let near = FIRST_OF_TEN.contains(block)
            && vpc.cidr_blocks().any(|other| other != *block && FIRST_TWO_OF_TEN.contains(&other));
        near.then_some(FIRST_OF_TEN)
    })
}

fn report(
    context: &Context<'_>,
    findings: &mut Findings<'_>,
    id: &ResourceId,
    vpc: &Vpc,
    at: usize,
    block: &Ipv4Net,
    range: Ipv4Net,
) {
    let primary = vpc.cidr_block;
    let message =
        t!("rule-vpc-cidr-family", block = block, name = context.label(id), primary = primary, range = range);
    let field = block_field(at + 1);
    let finding = findings.report(id, Some(field.clone()), message, t!("rule-vpc-cidr-family-help"));
    let mut subnets = context.index.subnets_of(context.topology, id);
    let has_subnets =
        subnets.any(|subnet| context.subnet(subnet).is_some_and(|it| cidr::overlap(&it.cidr_block, block)));
    if !has_subnets && !is_peers_destination(context, block) {
        let mut to = vpc.clone();
        to.secondary_cidr_blocks.remove(at);
        let label = t!("rule-fix-remove-block", block = block);
        finding.fix(label, Command::Set { id: id.clone(), field, to: Box::new(ResourceKind::Vpc(to)) });
    }
}

/// Whether a route to a peering connection leads to the block: without it, that route has no end.
fn is_peers_destination(context: &Context<'_>, block: &Ipv4Net) -> bool {
    context.route_tables().flat_map(|(_, table)| &table.routes).any(|route| {
        matches!(route.target, RouteTarget::VpcPeeringConnection(_))
            && matches!(&route.destination, RouteDestination::Ipv4(net) if cidr::overlap(net, block))
    })
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{Route, RouteDestination, RouteTable, RouteTarget, VpcPeeringConnection};

    fn blocks(n: &mut Network, primary: &str, secondary: &str) {
        n.vpc(|it| {
            it.cidr_block = net(primary);
            it.secondary_cidr_blocks = vec![net(secondary)];
        });
    }

    #[test]
    fn another_private_range_cannot_be_added() {
        let message = "the block 192.168.0.0/16 cannot be added to VPC `vpc-main` (10.0.0.0/16): AWS refuses 192.168.0.0/16 beside it";
        let place = ("vpc-main", Some("secondary_cidr_blocks[0]"));
        finds(&RULE, place, message, |n| blocks(n, "10.0.0.0/16", "192.168.0.0/16"));
    }

    #[test]
    fn every_row_of_the_table_counts() {
        for (primary, secondary) in [
            ("10.1.0.0/16", "10.0.0.0/24"),
            ("172.16.0.0/16", "172.31.4.0/24"),
            ("192.168.0.0/16", "198.19.0.0/24"),
            ("198.19.0.0/16", "10.0.0.0/16"),
            ("100.64.0.0/16", "172.20.0.0/16"),
        ] {
            one(&RULE, |n| blocks(n, primary, secondary));
        }
    }

    #[test]
    fn the_same_range_and_shared_address_space_are_fine() {
        silent(&RULE, |n| blocks(n, "10.0.0.0/16", "10.1.0.0/16"));
        silent(&RULE, |n| blocks(n, "10.2.0.0/16", "10.0.0.0/16"));
        silent(&RULE, |n| blocks(n, "172.31.0.0/16", "172.30.0.0/16"));
        silent(&RULE, |n| blocks(n, "192.168.0.0/17", "100.64.0.0/16"));
    }

    #[test]
    fn the_fix_removes_a_block_without_subnets() {
        fixes(&RULE, 1, |n| blocks(n, "10.0.0.0/16", "192.168.0.0/16"));
        let (problem, _) = one(&RULE, |n| {
            blocks(n, "10.0.0.0/16", "192.168.0.0/16");
            n.subnet("subnet-private", |it| it.cidr_block = net("192.168.1.0/24"));
        });
        assert_eq!(problem.fixes, []);
    }

    #[test]
    fn a_block_that_peers_send_to_is_left_to_the_user() {
        let (problem, _) = one(&RULE, |n| {
            blocks(n, "10.0.0.0/16", "192.168.0.0/16");
            n.other_vpc();
            n.put("pcx", VpcPeeringConnection::new(id("vpc-main"), id("vpc-other")));
            let mut table = RouteTable::new(id("vpc-other"));
            table.routes.push(Route {
                destination: RouteDestination::Ipv4(net("192.168.0.0/16")),
                target: RouteTarget::VpcPeeringConnection(id("pcx")),
            });
            n.put("rtb-other", table);
        });
        assert_eq!(problem.fixes, []);
    }
}
