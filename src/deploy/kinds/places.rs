//! Which table and which network ACL each subnet has, and which interface each instance, found once: a
//! plan asks for every one.

use crate::deploy::{
    lookup::Lookup,
    observed::{Observed, is_main},
};

/// Look-ups into an observation that no longer changes.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// The route table of each subnet that is associated with one, and the association.
    pub tables: Lookup<String, (String, String)>,
    /// The main route table of each VPC.
    pub main_tables: Lookup<String, String>,
    /// The network ACL of each subnet, and the association.
    pub acls: Lookup<String, (String, String)>,
    /// The default network ACL of each VPC.
    pub default_acls: Lookup<String, String>,
    /// The primary network interface of each instance.
    pub primary_interfaces: Lookup<String, String>,
}

impl Places {
    /// Looks through an observation. Of two answers to one question the first counts.
    pub fn of(observed: &Observed) -> Self {
        let mut places = Self::default();
        for table in observed.route_tables.values() {
            if is_main(table) {
                let main = table.route_table_id.clone();
                places.main_tables.entry(table.vpc_id.clone()).or_insert(main);
            }
            for it in table.associations.iter().filter(|it| it.state != "disassociated") {
                let Some(subnet) = it.subnet_id.clone() else { continue };
                let found = (table.route_table_id.clone(), it.route_table_association_id.clone());
                places.tables.entry(subnet).or_insert(found);
            }
        }
        for acl in observed.network_acls.values() {
            for it in &acl.associations {
                let found = (acl.network_acl_id.clone(), it.network_acl_association_id.clone());
                places.acls.entry(it.subnet_id.clone()).or_insert(found);
            }
            if acl.is_default {
                let default = acl.network_acl_id.clone();
                places.default_acls.entry(acl.vpc_id.clone()).or_insert(default);
            }
        }
        for interface in observed.network_interfaces.values() {
            let primary = interface.attachment.as_ref().filter(|it| it.device_index == 0);
            if let Some(instance) = primary.and_then(|it| it.instance_id.clone()) {
                let id = interface.network_interface_id.clone();
                places.primary_interfaces.entry(instance).or_insert(id);
            }
        }
        places
    }
}
