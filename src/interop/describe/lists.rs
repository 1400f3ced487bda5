//! DHCP options and prefix lists.

use ipnet::IpNet;

use super::{context::Import, node::Node};
use crate::model::{AddressFamily, DhcpOptions, ManagedPrefixList, PrefixListEntry, ResourceId};

/// `DhcpOptions`.
pub(super) fn dhcp_options(import: &mut Import<'_>) {
    for (node, _) in import.all("DhcpOptions") {
        let Some(id) = node.id("DhcpOptionsId") else { continue };
        let mut options = DhcpOptions::default();
        for option in node.list("DhcpConfigurations") {
            let values: Vec<String> =
                option.list("Values").iter().filter_map(|it| it.word("Value")).collect();
            match option.word("Key").as_deref() {
                Some("domain-name") => options.domain_name = values.into_iter().next(),
                Some("domain-name-servers") => options.domain_name_servers = values,
                Some("ntp-servers") => options.ntp_servers = values,
                _ => {}
            }
        }
        import.add(id, &node, options);
    }
}

/// `PrefixLists`, of `describe-prefix-lists` (with their blocks, all of AWS) and of
/// `describe-managed-prefix-lists` (with owner and size, without blocks); some write the latter as
/// `ManagedPrefixLists`.
pub(super) fn prefix_lists(import: &mut Import<'_>) {
    for array in ["ManagedPrefixLists", "PrefixLists"] {
        for (node, _) in import.all(array) {
            if let Some(id) = node.id("PrefixListId").filter(|id| !import.resources.contains_key(id)) {
                prefix_list(import, &node, &id);
            }
        }
    }
}

fn prefix_list(import: &mut Import<'_>, node: &Node<'_>, id: &ResourceId) {
    let more = ["ManagedPrefixListEntries", "PrefixLists"].map(|array| import.one(array, id.as_str()));
    let mut list = ManagedPrefixList::new(0);
    list.entries = entries_of(node);
    for more in more.iter().flatten() {
        if list.entries.is_empty() {
            list.entries = entries_of(more);
        }
    }
    let six = |it: &PrefixListEntry| matches!(it.cidr, IpNet::V6(_));
    let v6 = node
        .word("AddressFamily")
        .map_or_else(|| !list.entries.is_empty() && list.entries.iter().all(six), |family| family == "IPv6");
    list.address_family = if v6 { AddressFamily::Ipv6 } else { AddressFamily::Ipv4 };
    list.aws_managed = node.word("OwnerId").is_none_or(|owner| owner == "AWS");
    let room = node.parse("MaxEntries", "a number").unwrap_or(0);
    list.max_entries = room.max(u32::try_from(list.entries.len()).unwrap_or(u32::MAX));
    import.add(id.clone(), node, list);
    // The lists that routes and endpoints name are known by the name of their service.
    if let (Some(name), Some(resource)) = (node.word("PrefixListName"), import.resources.get_mut(id)) {
        resource.name = name;
    }
}

fn entries_of(node: &Node<'_>) -> Vec<PrefixListEntry> {
    let plain = node.parsed::<IpNet>("Cidrs", "a CIDR block").into_iter();
    let plain = plain.map(|cidr| PrefixListEntry { cidr: cidr.trunc(), description: String::new() });
    let full = node.list("Entries");
    let full = full.iter().filter_map(|entry| {
        let cidr: IpNet = entry.parse("Cidr", "a CIDR block")?;
        Some(PrefixListEntry {
            cidr: cidr.trunc(),
            description: entry.text("Description").unwrap_or_default(),
        })
    });
    plain.chain(full).collect()
}
