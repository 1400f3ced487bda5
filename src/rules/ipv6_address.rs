//! A fixed IPv6 address lies in the subnet's block, is not one of the five that AWS keeps, and is
//! used once.

use std::{collections::BTreeMap, net::Ipv6Addr};

use ipnet::Ipv6Net;

use super::{Context, Findings, Rule};
use crate::{
    model::{Field, ResourceId},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "ipv6-address",
    severity: Severity::Error,
    summary: || t!("rule-ipv6-address-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html#subnet-sizing-ipv6",
    rows: &["S3", "I2"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut first: BTreeMap<Ipv6Addr, &ResourceId> = BTreeMap::new();
    let instances = context.instances().map(|(id, it)| (id, &it.subnet_id, &it.ipv6_addresses));
    let interfaces = context.network_interfaces().map(|(id, it)| (id, &it.subnet_id, &it.ipv6_addresses));
    for (id, subnet, addresses) in instances.chain(interfaces) {
        for (at, address) in addresses.iter().enumerate() {
            let Some(fields) = context.subnet(subnet) else {
                continue;
            };
            let (name, place) = (context.label(id), context.label(subnet));
            let message = match fields.ipv6_cidr_block {
                Some(block) if block.contains(address) => {
                    if is_reserved(&block, *address) {
                        t!("rule-ipv6-address-reserved", address = address, name = name, subnet = place)
                    } else if let Some(other) = first.insert(*address, id) {
                        let other = context.label(other);
                        t!("rule-ipv6-address-twice", address = address, name = name, other = other)
                    } else {
                        continue;
                    }
                }
                _ => t!("rule-ipv6-address", address = address, name = name, subnet = place),
            };
            let field = Field::item("ipv6_addresses", at, "");
            findings.report(id, Some(field), message, t!("rule-ipv6-address-help")).also(subnet);
        }
    }
}

/// The first four addresses and the last one.
fn is_reserved(block: &Ipv6Net, address: Ipv6Addr) -> bool {
    u128::from(address).wrapping_sub(u128::from(block.network())) < 4 || address == block.broadcast()
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};

    fn addresses(n: &mut Network, texts: &[&str]) {
        n.subnet("subnet-private", |it| it.ipv6_cidr_block = Some("2001:db8::/64".parse().unwrap()));
        let texts = texts.iter().map(|text| text.parse().unwrap()).collect();
        n.instance("i-private", |it| it.ipv6_addresses = texts);
    }

    #[test]
    fn outside_reserved_and_taken() {
        let place = ("i-private", Some("ipv6_addresses[0]"));
        let message = "2001:db9::10 of `i-private` is not in the IPv6 block of subnet `subnet-private`";
        finds(&RULE, place, message, |n| addresses(n, &["2001:db9::10"]));
        let message =
            "2001:db8::3 of `i-private` is one of the addresses that AWS keeps in subnet `subnet-private`";
        finds(&RULE, place, message, |n| addresses(n, &["2001:db8::3"]));
        let message = "2001:db8::10 of `i-private` is also the address of `i-private`";
        let place = ("i-private", Some("ipv6_addresses[1]"));
        finds(&RULE, place, message, |n| addresses(n, &["2001:db8::10", "2001:db8::10"]));
    }

    #[test]
    fn two_addresses_of_the_block_are_fine() {
        silent(&RULE, |n| addresses(n, &["2001:db8::4", "2001:db8::5"]));
    }
}
