//! A prefix list holds blocks of its family, each once, and no more than it has room for.

use std::collections::BTreeSet;

use ipnet::IpNet;

use super::{Context, Findings, Rule, set};
use crate::{
    model::{AddressFamily, Field, ManagedPrefixList, ResourceId},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "prefix-list-entries",
    severity: Severity::Error,
    summary: || t!("rule-prefix-list-entries-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html",
    rows: &["R19"],
    check,
};

/// The most entries by default; more are granted by support only.
const QUOTA: u32 = 1000;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, list) in context.prefix_lists().filter(|(_, list)| !list.aws_managed) {
        let count = list.entries.len();
        let room = usize::try_from(list.max_entries).unwrap_or(usize::MAX);
        let field = || Field::new("max_entries");
        if count > room {
            let name = context.label(id);
            let message =
                t!("rule-prefix-list-entries-room", name = name, count = count, room = list.max_entries);
            let max_entries = u32::try_from(count).unwrap_or(u32::MAX);
            let to = ManagedPrefixList { max_entries, ..list.clone() };
            findings
                .report(id, Some(field()), message, t!("rule-prefix-list-entries-room-help"))
                .fix(t!("rule-prefix-list-entries-room-fix", count = count), set(id, field(), to));
        } else if list.max_entries == 0 || list.max_entries > QUOTA {
            let (name, room) = (context.label(id), list.max_entries);
            let message = t!("rule-prefix-list-entries-quota", name = name, room = room.to_string());
            let help = t!("rule-prefix-list-entries-quota-help");
            let finding = findings.report(id, Some(field()), message, help);
            if room > QUOTA {
                finding.severity(Severity::Warning);
            }
        }
        entries(context, findings, id, list);
    }
}

fn entries(context: &Context<'_>, findings: &mut Findings<'_>, id: &ResourceId, list: &ManagedPrefixList) {
    let mut seen = BTreeSet::new();
    for (at, entry) in list.entries.iter().enumerate() {
        let fits = match list.address_family {
            AddressFamily::Ipv4 => matches!(entry.cidr, IpNet::V4(_)),
            AddressFamily::Ipv6 => matches!(entry.cidr, IpNet::V6(_)),
        };
        let name = context.label(id);
        let message = if !fits {
            t!("rule-prefix-list-entries", block = entry.cidr, name = name)
        } else if !seen.insert(entry.cidr) {
            t!("rule-prefix-list-entries-twice", block = entry.cidr, name = name)
        } else {
            continue;
        };
        let mut to = list.clone();
        to.entries.remove(at);
        let field = Field::item("entries", at, "cidr");
        findings
            .report(id, Some(field), message, t!("rule-prefix-list-entries-help"))
            .fix(t!("rule-fix-remove-block", block = entry.cidr), set(id, Field::new("entries"), to));
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{ManagedPrefixList, PrefixListEntry};

    fn list(n: &mut Network, room: u32, blocks: &[&str]) {
        let mut list = ManagedPrefixList::new(room);
        let entry = |text: &&str| PrefixListEntry { cidr: text.parse().unwrap(), description: String::new() };
        list.entries = blocks.iter().map(entry).collect();
        n.put("pl", list);
    }

    #[test]
    fn too_many_another_family_and_twice() {
        let message = "prefix list `pl` has 2 entries and room for 1";
        let full = |n: &mut Network| list(n, 1, &["10.0.0.0/8", "192.168.0.0/16"]);
        finds(&RULE, ("pl", Some("max_entries")), message, full);
        fixes(&RULE, 1, full);
        let message = "2001:db8::/32 in prefix list `pl` is not of the list's address family";
        let mixed = |n: &mut Network| list(n, 5, &["10.0.0.0/8", "2001:db8::/32"]);
        finds(&RULE, ("pl", Some("entries[1].cidr")), message, mixed);
        fixes(&RULE, 1, mixed);
        let message = "prefix list `pl` holds 10.0.0.0/8 twice";
        let twice = |n: &mut Network| list(n, 5, &["10.0.0.0/8", "10.0.0.0/8"]);
        finds(&RULE, ("pl", Some("entries[1].cidr")), message, twice);
        fixes(&RULE, 1, twice);
    }

    #[test]
    fn room_for_none_and_for_too_many() {
        let message = "prefix list `pl` has room for 0 entries, AWS grants 1 to 1000";
        finds(&RULE, ("pl", Some("max_entries")), message, |n| list(n, 0, &[]));
        let message = "prefix list `pl` has room for 1001 entries, AWS grants 1 to 1000";
        finds(&RULE, ("pl", Some("max_entries")), message, |n| list(n, 1001, &[]));
    }

    #[test]
    fn a_full_list_is_fine() {
        silent(&RULE, |n| list(n, 2, &["10.0.0.0/8", "192.168.0.0/16"]));
    }
}
