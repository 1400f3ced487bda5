//! Two prefix lists of one table do not hold the same block.

use std::collections::BTreeMap;

use ipnet::IpNet;

use super::{Context, Findings, Rule};
use crate::{
    model::{Field, Kind, RouteDestination},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "route-prefix-lists",
    severity: Severity::Warning,
    summary: || t!("rule-route-prefix-lists-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/RouteTables.html#route-tables-priority",
    rows: &["R12"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    if context.index.of_kind(Kind::ManagedPrefixList).is_empty() {
        return;
    }
    for (id, table) in context.route_tables() {
        let mut first: BTreeMap<IpNet, usize> = BTreeMap::new();
        for (at, route) in table.routes.iter().enumerate() {
            let RouteDestination::ManagedPrefixList(list) = &route.destination else {
                continue;
            };
            let Some(fields) = context.kind(list).and_then(|kind| kind.as_managed_prefix_list()) else {
                continue;
            };
            let clash = fields.entries.iter().find_map(|entry| {
                let before = *first.entry(entry.cidr).or_insert(at);
                let other = table.routes.get(before).filter(|other| other.target != route.target)?;
                Some((entry.cidr, other))
            });
            let Some((block, other)) = clash else {
                continue;
            };
            let message = t!(
                "rule-route-prefix-lists",
                table = context.label(id),
                block = block,
                name = context.label(list),
                other = other.destination.to_string()
            );
            let field = Field::item("routes", at, "destination_managed_prefix_list_id");
            findings.report(id, Some(field), message, t!("rule-route-prefix-lists-help")).also(list);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{ManagedPrefixList, PrefixListEntry, Route, RouteDestination, RouteTarget};

    fn lists(n: &mut Network, second: &str) {
        let targets = [RouteTarget::NatGateway(id("nat-main")), RouteTarget::Gateway(id("igw-main"))];
        for ((name, block), target) in
            [("pl-a", "198.51.100.0/24"), ("pl-b", second)].into_iter().zip(targets)
        {
            let mut list = ManagedPrefixList::new(5);
            let cidr = block.parse().unwrap();
            list.entries.push(PrefixListEntry { cidr, description: String::new() });
            n.put(name, list);
            let destination = RouteDestination::ManagedPrefixList(id(name));
            n.table("rtb-main", |it| it.routes.push(Route { destination, target }));
        }
    }

    #[test]
    fn the_same_block_to_two_targets() {
        let message =
            "table `rtb-main` leads 198.51.100.0/24 by prefix list `pl-b` to another target than by `pl-a`";
        let place = ("rtb-main", Some("routes[2].destination_managed_prefix_list_id"));
        finds(&RULE, place, message, |n| lists(n, "198.51.100.0/24"));
    }

    #[test]
    fn different_blocks_are_fine() {
        silent(&RULE, |n| lists(n, "198.51.101.0/24"));
    }
}
