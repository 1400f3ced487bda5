//! NAT gateways.

use super::{
    clock::Change,
    ids::{self, refuse},
    interface::NewInterface,
    limits::room_for_one,
    state::{Answer, SimulatedCloud},
};
use crate::cloud::{CloudError, LiveNatGateway, LiveNatGatewayAddress, LiveSubnet, Reply, Tags};

impl SimulatedCloud {
    /// `wanted` is the address allocation and the fixed private address, where given.
    pub(super) fn create_nat_gateway(
        &mut self,
        subnet_id: &str,
        connectivity_type: &str,
        wanted: (Option<&str>, Option<&str>),
        tags: &Tags,
    ) -> Answer {
        let subnet = ids::SUBNET.find(&self.subnets, subnet_id)?;
        let (vpc_id, zone) = (subnet.vpc_id.clone(), subnet.availability_zone.clone());
        self.check_nat_address(connectivity_type, wanted.0)?;
        if wanted.1.is_some() {
            self.pick_address(subnet_id, wanted.1)?;
        }
        let used = self.nat_gateways_in(&zone);
        room_for_one(
            used,
            self.limits.nat_gateways_per_zone,
            "NatGatewayLimitExceeded",
            "NAT gateways of the zone",
        )?;
        let id = self.new_id(ids::NAT.prefix);
        let address = self.make_nat_address(&id, subnet_id, wanted);
        let nat = LiveNatGateway {
            nat_gateway_id: id.clone(),
            vpc_id,
            subnet_id: subnet_id.to_owned(),
            state: "pending".to_owned(),
            connectivity_type: connectivity_type.to_owned(),
            nat_gateway_addresses: vec![address],
            tags: tags.clone(),
            ..LiveNatGateway::default()
        };
        self.nat_gateways.insert(id.clone(), nat);
        self.plan(&id, Change::NatSettled);
        Ok(Reply::created(id))
    }

    fn check_nat_address(
        &self,
        connectivity_type: &str,
        allocation_id: Option<&str>,
    ) -> Result<(), CloudError> {
        match (connectivity_type, allocation_id) {
            ("public", None) => refuse(
                "MissingParameter",
                "The request must include the AllocationId parameter. Add the required parameter and retry the request.",
            ),
            ("public", Some(id)) => {
                let address = ids::EIP.find(&self.addresses, id)?;
                if address.association_id.is_none() {
                    return Ok(());
                }
                refuse(
                    "Resource.AlreadyAssociated",
                    format!("Elastic IP address [{id}] is already associated"),
                )
            }
            ("private", None) => Ok(()),
            ("private", Some(_)) => refuse(
                "InvalidParameterCombination",
                "An AllocationId cannot be specified for a NAT gateway with private connectivity.",
            ),
            (other, _) => {
                refuse("InvalidParameterValue", format!("Invalid value '{other}' for connectivityType."))
            }
        }
    }

    /// How many NAT gateways count against the quota of a zone.
    fn nat_gateways_in(&self, zone: &str) -> usize {
        let counts =
            |nat: &&LiveNatGateway| matches!(nat.state.as_str(), "pending" | "available" | "deleting");
        let is_here = |subnet: &LiveSubnet| subnet.availability_zone == zone;
        self.nat_gateways
            .values()
            .filter(counts)
            .filter(|nat| self.subnets.get(&nat.subnet_id).is_some_and(is_here))
            .count()
    }

    /// The gateway's interface and address. Where the subnet is full, EC2 says so later, by a failure.
    fn make_nat_address(
        &mut self,
        nat_id: &str,
        subnet_id: &str,
        (allocation_id, private_ip_address): (Option<&str>, Option<&str>),
    ) -> LiveNatGatewayAddress {
        let interface = self.make_interface(NewInterface {
            subnet_id,
            private_ip_address,
            interface_type: "nat_gateway",
            description: format!("Interface for NAT Gateway {nat_id}"),
            groups: Vec::new(),
            instance_id: None,
        });
        let mut address = LiveNatGatewayAddress {
            allocation_id: allocation_id.map(str::to_owned),
            is_primary: Some(true),
            status: Some("succeeded".to_owned()),
            ..LiveNatGatewayAddress::default()
        };
        let Ok(interface_id) = interface else {
            return address;
        };
        address.private_ip =
            self.network_interfaces.get(&interface_id).map(|interface| interface.private_ip_address.clone());
        let public_ip =
            allocation_id.and_then(|id| self.addresses.get(id)).map(|address| address.public_ip.clone());
        if let (Some(allocation_id), Some(public_ip)) = (allocation_id, public_ip) {
            address.association_id = Some(self.map_elastic(&interface_id, allocation_id, public_ip.clone()));
            address.public_ip = Some(public_ip);
        }
        address.network_interface_id = Some(interface_id);
        address
    }

    /// A pending gateway becomes available, or fails for a reason that EC2 tells only now.
    pub(super) fn nat_settled(&mut self, id: &str) {
        let Some(nat) = self.nat_gateways.get(id).filter(|nat| nat.state == "pending") else {
            return;
        };
        let failure = self.nat_failure(nat);
        if failure.is_some() {
            self.release_nat_interfaces(id);
            self.plan(id, Change::NatForgotten);
        }
        let Some(nat) = self.nat_gateways.get_mut(id) else {
            return;
        };
        let Some((code, message)) = failure else {
            "available".clone_into(&mut nat.state);
            return;
        };
        "failed".clone_into(&mut nat.state);
        nat.failure_code = Some(code.to_owned());
        nat.failure_message = Some(message);
    }

    fn nat_failure(&self, nat: &LiveNatGateway) -> Option<(&'static str, String)> {
        let has_interface = nat.is_regional()
            || nat.nat_gateway_addresses.iter().all(|address| address.network_interface_id.is_some());
        if !has_interface {
            return Some((
                "InsufficientFreeAddressesInSubnet",
                format!(
                    "Subnet {} has insufficient free addresses to create this NAT gateway",
                    nat.subnet_id
                ),
            ));
        }
        if nat.connectivity_type == "public" && self.gateway_of(&nat.vpc_id).is_none() {
            return Some((
                "Gateway.NotAttached",
                format!("Network {} has no Internet gateway attached", nat.vpc_id),
            ));
        }
        let nth = self.calls_of("CreateNatGateway");
        if self.draw("nat", &nat.nat_gateway_id, nth, self.faults.nat_failure_per_mille) {
            return Some((
                "InternalError",
                "Network interface could not be created. Please try again.".to_owned(),
            ));
        }
        None
    }

    pub(super) fn delete_nat_gateway(&mut self, id: &str) -> Answer {
        let nat = ids::NAT.find_mut(&mut self.nat_gateways, id)?;
        match nat.state.as_str() {
            "deleted" => return Err(ids::NAT.not_found(id)),
            "deleting" => return Ok(Reply::Done),
            _ => "deleting".clone_into(&mut nat.state),
        }
        self.due.retain(|due| due.id != id);
        self.plan(id, Change::NatDeleted);
        Ok(Reply::Done)
    }

    pub(super) fn nat_deleted(&mut self, id: &str) {
        self.release_nat_interfaces(id);
        if let Some(nat) = self.nat_gateways.get_mut(id) {
            "deleted".clone_into(&mut nat.state);
            self.plan(id, Change::NatForgotten);
        }
    }

    /// Frees the interfaces; the Elastic IP address is no longer associated, but not released.
    fn release_nat_interfaces(&mut self, id: &str) {
        let addresses =
            self.nat_gateways.get(id).map(|nat| nat.nat_gateway_addresses.clone()).unwrap_or_default();
        self.release_regional(id);
        for interface_id in addresses.into_iter().filter_map(|address| address.network_interface_id) {
            self.drop_interface(&interface_id);
        }
    }
}
