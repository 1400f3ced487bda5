//! A fixed address lies in the subnet, is not one of the five that AWS keeps, and is used once.

use std::{collections::BTreeMap, net::Ipv4Addr};

use super::{Context, Findings, Rule, context::is_reserved, set};
use crate::{
    model::{Field, ResourceId, ResourceKind},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "private-ip",
    severity: Severity::Error,
    summary: || t!("rule-private-ip-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
    rows: &["I2"],
    check,
};

/// One fixed address: whose, in which subnet, in which field.
struct Fixed<'a> {
    id: &'a ResourceId,
    subnet_id: &'a ResourceId,
    address: Ipv4Addr,
    field: Field,
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut first: BTreeMap<(&ResourceId, Ipv4Addr), &ResourceId> = BTreeMap::new();
    let instances = context
        .instances()
        .map(|(id, it)| (id, &it.subnet_id, it.private_ip, it.secondary_private_ips.as_slice()));
    let gateways = context.nat_gateways().map(|(id, it)| (id, &it.subnet_id, it.private_ip, [].as_slice()));
    let interfaces = context
        .network_interfaces()
        .map(|(id, it)| (id, &it.subnet_id, it.private_ip, it.secondary_private_ips.as_slice()));
    for (id, subnet_id, primary, secondary) in instances.chain(gateways).chain(interfaces) {
        if let Some(address) = primary {
            let field = Field::new("private_ip");
            look(context, findings, &mut first, Fixed { id, subnet_id, address, field });
        }
        for (at, address) in secondary.iter().enumerate() {
            let field = Field::item("secondary_private_ips", at, "");
            look(context, findings, &mut first, Fixed { id, subnet_id, address: *address, field });
        }
    }
}

fn look<'a>(
    context: &Context<'a>,
    findings: &mut Findings<'_>,
    first: &mut BTreeMap<(&'a ResourceId, Ipv4Addr), &'a ResourceId>,
    Fixed { id, subnet_id, address, field }: Fixed<'a>,
) {
    let Some(subnet) = context.subnet(subnet_id) else {
        return;
    };
    let name = || context.label(id);
    let place = || context.label(subnet_id);
    let block = subnet.cidr_block;
    let (message, help) = if !block.contains(&address) {
        let message =
            t!("rule-private-ip", address = address, name = name(), subnet = place(), block = block);
        (message, t!("rule-private-ip-help"))
    } else if is_reserved(&block, address) {
        let message = t!("rule-private-ip-reserved", address = address, name = name(), subnet = place());
        (message, t!("rule-private-ip-reserved-help", block = block))
    } else if let Some(other) = first.insert((&subnet.vpc_id, address), id) {
        let other = context.label(other);
        let message = t!("rule-private-ip-twice", address = address, name = name(), other = other);
        (message, t!("rule-private-ip-twice-help"))
    } else {
        return;
    };
    let finding = findings.report(id, Some(field.clone()), message, help).also(subnet_id);
    if let Some(to) = context.kind(id).and_then(|kind| without(kind, address)) {
        finding.fix(t!("rule-private-ip-fix"), set(id, field, to));
    }
}

/// The same resource without this fixed address.
fn without(kind: &ResourceKind, address: Ipv4Addr) -> Option<ResourceKind> {
    let mut to = kind.clone();
    let (primary, secondary) = match &mut to {
        ResourceKind::Instance(it) => (&mut it.private_ip, Some(&mut it.secondary_private_ips)),
        ResourceKind::NetworkInterface(it) => (&mut it.private_ip, Some(&mut it.secondary_private_ips)),
        ResourceKind::NatGateway(it) => (&mut it.private_ip, None),
        _ => return None,
    };
    if *primary == Some(address) {
        *primary = None;
    } else if let Some(list) = secondary {
        list.retain(|it| *it != address);
    }
    Some(to)
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};

    fn address(n: &mut Network, text: &str) {
        n.instance("i-private", |it| it.private_ip = Some(ip(text)));
    }

    #[test]
    fn outside_reserved_and_taken() {
        let place = ("i-private", Some("private_ip"));
        let message = "10.0.2.10 of `i-private` is not in subnet `subnet-private` (10.0.1.0/24)";
        finds(&RULE, place, message, |n| address(n, "10.0.2.10"));
        for text in ["10.0.1.0", "10.0.1.3", "10.0.1.255"] {
            let message = format!(
                "{text} of `i-private` is one of the addresses that AWS keeps in subnet `subnet-private`"
            );
            finds(&RULE, place, &message, |n| address(n, text));
        }
        let message = "10.0.1.4 of `i-private` is also the address of `i-alpha`";
        finds(&RULE, place, message, |n| {
            n.put("i-alpha", crate::model::Instance::new(id("subnet-private")));
            n.instance("i-alpha", |it| it.private_ip = Some(ip("10.0.1.4")));
            address(n, "10.0.1.4");
        });
    }

    #[test]
    fn interfaces_nat_gateways_and_further_addresses() {
        let message = "10.0.2.10 of `eni` is not in subnet `subnet-private` (10.0.1.0/24)";
        finds(&RULE, ("eni", Some("secondary_private_ips[0]")), message, |n| {
            let mut interface = crate::model::NetworkInterface::new(id("subnet-private"));
            interface.secondary_private_ips = vec![ip("10.0.2.10")];
            n.put("eni", interface);
        });
        let message =
            "10.0.0.1 of `nat-main` is one of the addresses that AWS keeps in subnet `subnet-public`";
        let reserved = |n: &mut Network| n.nat(|it| it.private_ip = Some(ip("10.0.0.1")));
        finds(&RULE, ("nat-main", Some("private_ip")), message, reserved);
        fixes(&RULE, 1, reserved);
    }

    #[test]
    fn the_first_and_the_last_free_address() {
        silent(&RULE, |n| address(n, "10.0.1.4"));
        silent(&RULE, |n| address(n, "10.0.1.254"));
    }

    #[test]
    fn the_fix_lets_aws_choose() {
        fixes(&RULE, 1, |n| address(n, "10.0.2.10"));
    }
}
