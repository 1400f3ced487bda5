//! Who uses what among the live objects, found once: the end of each object asks for it.

use std::collections::{BTreeMap, BTreeSet};

use super::removal::home;
use crate::deploy::observed::Observed;

/// Live ids by the live id of what they use.
#[derive(Debug, Default)]
pub(super) struct Users<'a> {
    /// The route tables with a route to a target.
    pub routes: BTreeMap<&'a str, BTreeSet<&'a str>>,
    /// The instances in a subnet.
    pub in_subnet: BTreeMap<&'a str, Vec<&'a str>>,
    /// The instances in a group.
    pub in_group: BTreeMap<&'a str, Vec<&'a str>>,
    /// The groups with a rule that names a group.
    pub naming: BTreeMap<&'a str, BTreeSet<&'a str>>,
    /// The addresses of an instance or of an interface.
    pub addresses: BTreeMap<&'a str, Vec<&'a str>>,
    /// The interfaces of their own in a subnet, in a group, or attached to an instance.
    pub interfaces: BTreeMap<&'a str, BTreeSet<&'a str>>,
    /// Everything in a VPC but itself.
    pub in_vpc: BTreeMap<&'a str, Vec<&'a str>>,
}

impl<'a> Users<'a> {
    /// Looks through an observation.
    pub fn of(observed: &'a Observed) -> Self {
        let mut users = Self::default();
        for table in observed.route_tables.values() {
            let interfaces = table.routes.iter().filter_map(|route| route.network_interface_id.as_deref());
            for target in table.routes.iter().filter_map(|route| route.target()).chain(interfaces) {
                users.routes.entry(target).or_default().insert(&table.route_table_id);
            }
        }
        for instance in observed.instances.values() {
            let id = instance.instance_id.as_str();
            if let Some(subnet) = &instance.subnet_id {
                users.in_subnet.entry(subnet).or_default().push(id);
            }
            let groups: BTreeSet<&str> =
                instance.security_groups.iter().map(|it| it.group_id.as_str()).collect();
            for group in groups {
                users.in_group.entry(group).or_default().push(id);
            }
        }
        for group in observed.security_groups.values() {
            for named in group.rules.iter().filter_map(|rule| rule.referenced_group_id.as_deref()) {
                users.naming.entry(named).or_default().insert(&group.group_id);
            }
        }
        for address in observed.addresses.values() {
            for user in address.instance_id.iter().chain(&address.network_interface_id) {
                users.addresses.entry(user).or_default().push(&address.allocation_id);
            }
        }
        for interface in observed.network_interfaces.values() {
            let attachment = interface.attachment.as_ref();
            if attachment.is_some_and(|it| it.device_index == 0) {
                continue;
            }
            let instance = attachment.and_then(|it| it.instance_id.as_ref());
            let groups = interface.groups.iter().map(|it| &it.group_id);
            for used in groups.chain([&interface.subnet_id]).chain(instance) {
                users.interfaces.entry(used).or_default().insert(&interface.network_interface_id);
            }
        }
        for object in observed.objects() {
            let vpc = home(observed, object.kind, object.live);
            if let Some(vpc) = vpc.filter(|vpc| *vpc != object.live) {
                users.in_vpc.entry(vpc).or_default().push(object.live);
            }
        }
        users
    }
}
