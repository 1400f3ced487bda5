//! Network interfaces of others: no call of this program makes them, a test or a rehearsal puts them
//! there.

use super::{
    clock::{Change, Due},
    interface::NewInterface,
    state::SimulatedCloud,
};
use crate::cloud::CloudError;

/// An interface of somebody else.
#[derive(Debug, Clone, Default)]
pub struct ForeignInterface {
    /// The subnet that it stands in.
    pub subnet_id: String,
    /// Its groups; the VPC's default group where there are none.
    pub groups: Vec<String>,
    /// What kind it is: `interface`, `lambda`, …
    pub interface_type: String,
    /// The words by which its owner names itself.
    pub description: String,
    /// Who requested it: `amazon-elb`, …
    pub requester_id: Option<String>,
    /// How long it stays, in milliseconds of the virtual clock; for ever where it is empty.
    pub stays_ms: Option<u64>,
}

impl SimulatedCloud {
    /// Puts an interface there; its id.
    ///
    /// # Errors
    /// There is no such subnet or group, or no free address.
    pub fn put_foreign_interface(&mut self, foreign: ForeignInterface) -> Result<String, CloudError> {
        let vpc = self.subnets.get(&foreign.subnet_id).map(|it| it.vpc_id.clone()).unwrap_or_default();
        let groups = self.groups_for(&vpc, &foreign.groups)?;
        let id = self.make_interface(NewInterface {
            subnet_id: &foreign.subnet_id,
            private_ip_address: None,
            interface_type: &foreign.interface_type,
            description: foreign.description,
            groups,
            instance_id: None,
        })?;
        if let Some(interface) = self.network_interfaces.get_mut(&id) {
            interface.requester_managed = foreign.requester_id.is_some();
            interface.requester_id = foreign.requester_id;
        }
        if let Some(stays_ms) = foreign.stays_ms {
            let at_ms = self.now_ms.saturating_add(stays_ms);
            let at = self.due.partition_point(|due| due.at_ms <= at_ms);
            self.due.insert(at, Due { at_ms, id: id.clone(), change: Change::ForeignGone });
        }
        Ok(id)
    }

    /// Whether an interface is there.
    pub fn has_interface(&self, id: &str) -> bool {
        self.network_interfaces.contains_key(id)
    }
}
