//! Stopping and starting instances, and what only a stopped one takes.

use super::{
    catalogue,
    clock::Change,
    ids::{self, refuse},
    state::{Answer, SimulatedCloud},
};
use crate::cloud::{LiveInterfaceAssociation, Reply};

impl SimulatedCloud {
    pub(super) fn stop_instances(&mut self, instance_ids: &[String]) -> Answer {
        for id in instance_ids {
            self.refuse_unless(id, &["running", "stopping", "stopped"], "stopped")?;
        }
        for id in instance_ids {
            let instance = ids::INSTANCE.find_mut(&mut self.instances, id)?;
            if instance.state == "running" {
                "stopping".clone_into(&mut instance.state);
                instance.state_reason =
                    Some("Client.UserInitiatedShutdown: User initiated shutdown".to_owned());
                self.plan(id, Change::InstanceStopped);
            }
        }
        Ok(Reply::Done)
    }

    /// A stopped instance keeps its private address and its Elastic IP, and gives any other public
    /// address back.
    pub(super) fn instance_stopped(&mut self, id: &str) {
        let Some(instance) = self.instances.get_mut(id).filter(|it| it.state == "stopping") else {
            return;
        };
        "stopped".clone_into(&mut instance.state);
        let primary = instance.network_interfaces.first().map(|it| it.network_interface_id.clone());
        let Some(primary) = primary else { return };
        let association = self.network_interfaces.get(&primary).and_then(|it| it.association.as_ref());
        if association.is_some_and(|it| it.allocation_id.is_none()) {
            self.unmap_address(&primary);
            self.addresses_at_start.insert(id.to_owned());
        }
    }

    pub(super) fn start_instances(&mut self, instance_ids: &[String]) -> Answer {
        for id in instance_ids {
            self.refuse_unless(id, &["stopped", "pending", "running"], "started")?;
        }
        for id in instance_ids {
            let instance = ids::INSTANCE.find_mut(&mut self.instances, id)?;
            if instance.state != "stopped" {
                continue;
            }
            "pending".clone_into(&mut instance.state);
            instance.state_reason = None;
            let primary = instance.network_interfaces.first().map(|it| it.network_interface_id.clone());
            if let Some(primary) = primary.filter(|_| self.addresses_at_start.remove(id)) {
                let public_ip = self.new_public_ip();
                let association =
                    LiveInterfaceAssociation { public_ip, ..LiveInterfaceAssociation::default() };
                self.map_address(&primary, association);
            }
            self.plan(id, Change::InstanceRunning);
        }
        Ok(Reply::Done)
    }

    pub(super) fn set_instance_type(&mut self, id: &str, wanted: &str) -> Answer {
        if !catalogue::is_instance_type(wanted) {
            return refuse("InvalidParameterValue", format!("Invalid value '{wanted}' for InstanceType."));
        }
        self.refuse_unless(id, &["stopped"], "modified")?;
        wanted.clone_into(&mut ids::INSTANCE.find_mut(&mut self.instances, id)?.instance_type);
        Ok(Reply::Done)
    }

    fn refuse_unless(&self, id: &str, states: &[&str], done: &str) -> Result<(), crate::cloud::CloudError> {
        let instance = ids::INSTANCE.find(&self.instances, id)?;
        if states.contains(&instance.state.as_str()) {
            return Ok(());
        }
        refuse(
            "IncorrectInstanceState",
            format!("The instance '{id}' is not in a state from which it can be {done}."),
        )
    }
}
