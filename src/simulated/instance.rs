//! Instances.

use super::{
    address::several,
    catalogue,
    clock::Change,
    ids::{self, refuse},
    interface::NewInterface,
    state::{Answer, SimulatedCloud},
};
use crate::cloud::{
    CloudError, InstanceAttribute, LiveInstance, LiveInstanceInterface, LiveInterfaceAssociation, Reply,
    RunInstances,
};

/// The most bytes of user data.
const USER_DATA_LIMIT: usize = 16 * 1024;

impl SimulatedCloud {
    pub(super) fn run_instances(&mut self, run: &RunInstances) -> Answer {
        self.check_launch(run)?;
        let subnet = ids::SUBNET.find(&self.subnets, &run.subnet_id)?;
        let (vpc_id, zone) = (subnet.vpc_id.clone(), subnet.availability_zone.clone());
        let wants_public = run.associate_public_ip_address.unwrap_or(subnet.map_public_ip_on_launch);
        let groups = self.groups_for(&vpc_id, &run.security_group_ids)?;
        self.pick_address(&run.subnet_id, run.private_ip_address.as_deref())?;
        let id = self.new_id(ids::INSTANCE.prefix);
        let interface_id = self.make_interface(NewInterface {
            subnet_id: &run.subnet_id,
            private_ip_address: run.private_ip_address.as_deref(),
            interface_type: "interface",
            description: String::new(),
            groups: groups.clone(),
            instance_id: Some(&id),
        })?;
        let private_ip = ids::ENI.find(&self.network_interfaces, &interface_id)?.private_ip_address.clone();
        let instance = LiveInstance {
            instance_id: id.clone(),
            state: "pending".to_owned(),
            image_id: run.image_id.clone(),
            instance_type: run.instance_type.clone(),
            key_name: run.key_name.clone(),
            availability_zone: zone,
            vpc_id: Some(vpc_id),
            subnet_id: Some(run.subnet_id.clone()),
            private_ip_address: Some(private_ip.clone()),
            source_dest_check: Some(true),
            security_groups: groups,
            network_interfaces: vec![LiveInstanceInterface {
                network_interface_id: interface_id.clone(),
                device_index: 0,
                subnet_id: run.subnet_id.clone(),
                private_ip_address: private_ip,
                public_ip: None,
            }],
            client_token: run.client_token.clone(),
            tags: run.tags.clone(),
            ..LiveInstance::default()
        };
        self.instances.insert(id.clone(), instance);
        if wants_public {
            let public_ip = self.new_public_ip();
            let association = LiveInterfaceAssociation { public_ip, ..LiveInterfaceAssociation::default() };
            self.map_address(&interface_id, association);
        }
        self.plan(&id, Change::InstanceRunning);
        Ok(Reply::created(id))
    }

    /// Everything about a launch that does not concern its network.
    fn check_launch(&self, run: &RunInstances) -> Result<(), CloudError> {
        ids::AMI.check(&run.image_id)?;
        if self.faults.missing_images.contains(&run.image_id) {
            return Err(ids::AMI.not_found(&run.image_id));
        }
        if !catalogue::is_instance_type(&run.instance_type) {
            return refuse(
                "InvalidParameterValue",
                format!("Invalid value '{}' for InstanceType.", run.instance_type),
            );
        }
        if let Some(key_name) = &run.key_name
            && !self.key_pairs.values().any(|pair| pair.key_name == *key_name)
        {
            return refuse("InvalidKeyPair.NotFound", format!("The key pair '{key_name}' does not exist"));
        }
        if run.user_data.as_ref().is_some_and(|data| data.len() > USER_DATA_LIMIT) {
            return refuse("InvalidParameterValue", "User data is limited to 16384 bytes");
        }
        Ok(())
    }

    pub(super) fn instance_running(&mut self, id: &str) {
        let nth = self.calls_of("RunInstances");
        let fails = self.draw("instance", id, nth, self.faults.instance_failure_per_mille);
        let Some(instance) = self.instances.get_mut(id).filter(|instance| instance.state == "pending") else {
            return;
        };
        if fails {
            instance.state_reason = Some("Server.InternalError: Internal error on launch".to_owned());
            self.instance_terminated(id);
            return;
        }
        "running".clone_into(&mut instance.state);
    }

    pub(super) fn terminate_instances(&mut self, instance_ids: &[String]) -> Answer {
        for id in instance_ids {
            ids::INSTANCE.find(&self.instances, id)?;
        }
        for id in instance_ids {
            let instance = ids::INSTANCE.find_mut(&mut self.instances, id)?;
            if matches!(instance.state.as_str(), "shutting-down" | "terminated") {
                continue;
            }
            "shutting-down".clone_into(&mut instance.state);
            instance.state_reason = Some("Client.UserInitiatedShutdown: User initiated shutdown".to_owned());
            self.due.retain(|due| due.id != *id);
            self.plan(id, Change::InstanceTerminated);
        }
        Ok(Reply::Done)
    }

    /// The instance stays listed for a while, without its network.
    pub(super) fn instance_terminated(&mut self, id: &str) {
        let interfaces = self.instances.get(id).map(|one| one.network_interfaces.clone()).unwrap_or_default();
        for interface in interfaces {
            let id = &interface.network_interface_id;
            let attachment = self.network_interfaces.get(id).and_then(|it| it.attachment.as_ref());
            if attachment.is_some_and(|it| !it.delete_on_termination) {
                self.detach_at_once(id);
            } else {
                self.drop_interface(id);
            }
        }
        let Some(instance) = self.instances.get_mut(id) else {
            return;
        };
        "terminated".clone_into(&mut instance.state);
        instance.vpc_id = None;
        instance.subnet_id = None;
        instance.private_ip_address = None;
        instance.public_ip_address = None;
        instance.security_groups.clear();
        instance.network_interfaces.clear();
        self.plan(id, Change::InstanceForgotten);
    }

    pub(super) fn modify_instance_attribute(&mut self, id: &str, attribute: &InstanceAttribute) -> Answer {
        let instance = ids::INSTANCE.find(&self.instances, id)?;
        let (Some(vpc_id), Some(interface)) = (&instance.vpc_id, instance.network_interfaces.first()) else {
            return refuse(
                "IncorrectInstanceState",
                format!("The instance '{id}' is not in a state from which it can be modified."),
            );
        };
        let interface_id = interface.network_interface_id.clone();
        let of_interface =
            matches!(attribute, InstanceAttribute::SourceDestCheck(_) | InstanceAttribute::Groups(_));
        if of_interface && instance.network_interfaces.len() > 1 {
            return Err(several(id));
        }
        match attribute {
            InstanceAttribute::SourceDestCheck(value) => {
                ids::INSTANCE.find_mut(&mut self.instances, id)?.source_dest_check = Some(*value);
                ids::ENI.find_mut(&mut self.network_interfaces, &interface_id)?.source_dest_check = *value;
            }
            InstanceAttribute::InstanceType(wanted) => return self.set_instance_type(id, wanted),
            InstanceAttribute::Groups(wanted) if wanted.is_empty() => {
                return refuse("InvalidParameterCombination", "You must specify at least one security group");
            }
            InstanceAttribute::Groups(wanted) => {
                let groups = self.groups_for(vpc_id, wanted)?;
                ids::INSTANCE.find_mut(&mut self.instances, id)?.security_groups.clone_from(&groups);
                ids::ENI.find_mut(&mut self.network_interfaces, &interface_id)?.groups = groups;
            }
        }
        Ok(Reply::Done)
    }
}
