//! How many interfaces and addresses an instance may have depends on its type.

use super::{Context, Findings, Rule};
use crate::{
    model::{Field, Instance, ResourceId},
    problem::Severity,
    t,
};

/// The rule. Types that are not in its table are left alone.
pub const RULE: Rule = Rule {
    code: "instance-interfaces",
    severity: Severity::Error,
    summary: || t!("rule-instance-interfaces-summary"),
    url: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AvailableIpPerENI.html",
    rows: &["I6"],
    check,
};

/// Families with a size, the most interfaces, and the most IPv4 addresses of each.
const SMALL: &[(&[&str], &str, usize, usize)] = &[
    (&["t2", "t3", "t3a", "t4g"], "nano", 2, 2),
    (&["t2", "t3", "t3a", "t4g"], "micro", 2, 2),
    (&["t2", "t3", "t4g"], "small", 3, 4),
    (&["t2", "t3", "t3a", "t4g"], "medium", 3, 6),
    (&["t2", "t3", "t3a", "t4g"], "large", 3, 12),
    (&["t2"], "xlarge", 3, 15),
    (&["t3", "t3a", "t4g"], "xlarge", 4, 15),
    (&["t2"], "2xlarge", 3, 15),
    (&["t3", "t3a", "t4g"], "2xlarge", 4, 15),
];

/// The general, compute and memory families, whose sizes are alike.
const FAMILIES: &[&str] = &[
    "c5", "c5a", "c6a", "c6g", "c6i", "c7a", "c7g", "c7i", "m5", "m5a", "m6a", "m6g", "m6i", "m7a", "m7g",
    "m7i", "r5", "r5a", "r6a", "r6g", "r6i", "r7a", "r7g", "r7i",
];

const SIZES: &[(&str, usize, usize)] =
    &[("large", 3, 10), ("xlarge", 4, 15), ("2xlarge", 4, 15), ("4xlarge", 8, 30)];

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, instance) in context.instances() {
        let further: Vec<&ResourceId> = further(context, id);
        if further.is_empty() && instance.secondary_private_ips.is_empty() {
            continue;
        }
        let Some((most, each)) = limits(&instance.instance_type) else {
            continue;
        };
        let kind = instance.instance_type.as_str();
        let count = further.len() + 1;
        if count > most {
            let name = context.label(id);
            let message =
                t!("rule-instance-interfaces", name = name, count = count, kind = kind, most = most);
            let field = Some(Field::new("instance_type"));
            let finding = findings.report(id, field, message, t!("rule-instance-interfaces-help"));
            further.iter().copied().fold(finding, super::Finding::also);
        }
        addresses(context, findings, (id, instance), &further, each);
    }
}

fn addresses(
    context: &Context<'_>,
    findings: &mut Findings<'_>,
    (id, instance): (&ResourceId, &Instance),
    further: &[&ResourceId],
    each: usize,
) {
    let own = (id, instance.secondary_private_ips.len() + 1);
    let others = further.iter().filter_map(|it| {
        let fields = context.kind(it)?.as_network_interface()?;
        Some((*it, fields.secondary_private_ips.len() + 1))
    });
    for (owner, count) in std::iter::once(own).chain(others).filter(|(_, count)| *count > each) {
        let message = t!(
            "rule-instance-interfaces-addresses",
            name = context.label(owner),
            count = count,
            kind = instance.instance_type.as_str(),
            most = each
        );
        let field = Some(Field::new("secondary_private_ips"));
        findings.report(owner, field, message, t!("rule-instance-interfaces-help"));
    }
}

fn further<'a>(context: &Context<'a>, id: &ResourceId) -> Vec<&'a ResourceId> {
    let users = context.index.users(id, "instance_id");
    users.filter(|it| context.kind(it).is_some_and(|kind| kind.as_network_interface().is_some())).collect()
}

/// The most interfaces of a type and the most addresses of each.
fn limits(instance_type: &str) -> Option<(usize, usize)> {
    let (family, size) = instance_type.split_once('.')?;
    if FAMILIES.contains(&family) {
        return SIZES.iter().find(|(name, ..)| *name == size).map(|(_, most, each)| (*most, *each));
    }
    let row = SMALL.iter().find(|(families, name, ..)| *name == size && families.contains(&family));
    row.map(|(_, _, most, each)| (*most, *each))
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::NetworkInterface;

    fn interfaces(n: &mut Network, count: usize) {
        for at in 0..count {
            let mut interface = NetworkInterface::new(id("subnet-private"));
            interface.instance_id = Some(id("i-private"));
            n.put(&format!("eni-{at}"), interface);
        }
    }

    #[test]
    fn a_third_interface_and_a_third_address_of_a_micro() {
        let message = "instance `i-private` has 3 network interfaces, a t3.micro may have 2";
        finds(&RULE, ("i-private", Some("instance_type")), message, |n| interfaces(n, 2));
        let message = "an interface of `i-private` has 3 IPv4 addresses, that of a t3.micro may have 2";
        finds(&RULE, ("i-private", Some("secondary_private_ips")), message, |n| {
            n.instance("i-private", |it| it.secondary_private_ips = vec![ip("10.0.1.20"), ip("10.0.1.21")]);
        });
    }

    #[test]
    fn two_of_each_and_a_larger_type() {
        silent(&RULE, |n| interfaces(n, 1));
        silent(&RULE, |n| {
            interfaces(n, 3);
            n.instance("i-private", |it| "m5.xlarge".clone_into(&mut it.instance_type));
        });
        silent(&RULE, |n| {
            interfaces(n, 9);
            n.instance("i-private", |it| "x99.huge".clone_into(&mut it.instance_type));
        });
    }
}
