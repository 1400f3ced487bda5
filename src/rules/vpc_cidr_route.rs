//! A secondary block cannot be added over the destination of a route that leads elsewhere.

use ipnet::Ipv4Net;

use super::{Context, Findings, Rule, vpc_cidr_size::block_field};
use crate::{
    model::{ResourceId, RouteDestination, routing},
    problem::Severity,
    t,
};

/// The rule. Static routes inside a block are the matter of `route-inside-vpc`; here it is those that
/// a virtual private gateway propagates, which nobody sees in the table.
pub const RULE: Rule = Rule {
    code: "vpc-cidr-route",
    severity: Severity::Error,
    summary: || t!("rule-vpc-cidr-route-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html#vpc-resize",
    rows: &["V4"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, table) in context.route_tables().filter(|(_, table)| !table.propagating_vgws.is_empty()) {
        let Some(vpc) = context.vpc(&table.vpc_id) else {
            continue;
        };
        let learnt: Vec<(&ResourceId, Ipv4Net)> = table
            .propagating_vgws
            .iter()
            .flat_map(|gateway| {
                let blocks = routing::on_premises_blocks(context.topology, context.index, gateway);
                blocks.into_iter().filter_map(move |block| match RouteDestination::from(block) {
                    RouteDestination::Ipv4(net) => Some((gateway, net)),
                    _ => None,
                })
            })
            .collect();
        for (at, block) in vpc.cidr_blocks().enumerate().skip(1) {
            let Some((gateway, destination)) = learnt.iter().find(|(_, net)| block.contains(net)) else {
                continue;
            };
            let message = t!(
                "rule-vpc-cidr-route",
                block = block,
                name = context.label(&table.vpc_id),
                destination = destination,
                table = context.label(id),
                gateway = context.label(gateway)
            );
            findings
                .report(&table.vpc_id, Some(block_field(at)), message, t!("rule-vpc-cidr-route-help"))
                .also(id)
                .also(gateway);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::VpnGateway;

    fn learnt(n: &mut Network, secondary: &str) {
        let vgw = VpnGateway {
            vpc_id: Some(id("vpc-main")),
            amazon_side_asn: None,
            on_premises_cidr_blocks: vec!["10.1.0.0/24".parse().unwrap()],
        };
        n.put("vgw-main", vgw);
        n.table("rtb-main", |it| it.propagating_vgws = vec![id("vgw-main")]);
        n.vpc(|it| it.secondary_cidr_blocks = vec![net(secondary)]);
    }

    #[test]
    fn equal_or_larger() {
        for block in ["10.1.0.0/24", "10.1.0.0/16"] {
            let message = format!(
                "the block {block} of VPC `vpc-main` covers 10.1.0.0/24, which table `rtb-main` learns from `vgw-main`"
            );
            finds(&RULE, ("vpc-main", Some("secondary_cidr_blocks[0]")), &message, |n| learnt(n, block));
        }
    }

    #[test]
    fn a_part_of_it_may_be_added() {
        silent(&RULE, |n| learnt(n, "10.1.0.0/25"));
    }
}
