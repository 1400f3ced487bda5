//! Internet gateways.

use super::{
    ids::{self, refuse},
    limits::room_for_one,
    state::{Answer, SimulatedCloud},
};
use crate::cloud::{LiveInternetGateway, LiveInternetGatewayAttachment, Reply, Tags};

impl SimulatedCloud {
    pub(super) fn create_internet_gateway(&mut self, tags: &Tags) -> Answer {
        room_for_one(
            self.internet_gateways.len(),
            self.limits.internet_gateways,
            "InternetGatewayLimitExceeded",
            "internet gateways",
        )?;
        let id = self.new_id("igw-");
        let gateway = LiveInternetGateway {
            internet_gateway_id: id.clone(),
            attachments: Vec::new(),
            tags: tags.clone(),
        };
        self.internet_gateways.insert(id.clone(), gateway);
        Ok(Reply::created(id))
    }

    /// The gateway that is attached to a VPC.
    pub(super) fn gateway_of(&self, vpc_id: &str) -> Option<&LiveInternetGateway> {
        self.internet_gateways
            .values()
            .find(|gateway| gateway.attachments.iter().any(|attachment| attachment.vpc_id == vpc_id))
    }

    pub(super) fn attach_internet_gateway(&mut self, id: &str, vpc_id: &str) -> Answer {
        let gateway = ids::IGW.find(&self.internet_gateways, id)?;
        ids::VPC.find(&self.vpcs, vpc_id)?;
        if let Some(attachment) = gateway.attachments.first() {
            return refuse(
                "Resource.AlreadyAssociated",
                format!("resource {id} is already attached to network {}", attachment.vpc_id),
            );
        }
        if self.gateway_of(vpc_id).is_some() {
            return refuse(
                "InvalidParameterValue",
                format!("Network {vpc_id} already has an internet gateway attached"),
            );
        }
        let attachment =
            LiveInternetGatewayAttachment { vpc_id: vpc_id.to_owned(), state: "available".to_owned() };
        ids::IGW.find_mut(&mut self.internet_gateways, id)?.attachments.push(attachment);
        Ok(Reply::Done)
    }

    pub(super) fn detach_internet_gateway(&mut self, id: &str, vpc_id: &str) -> Answer {
        let gateway = ids::IGW.find(&self.internet_gateways, id)?;
        ids::VPC.find(&self.vpcs, vpc_id)?;
        if !gateway.attachments.iter().any(|attachment| attachment.vpc_id == vpc_id) {
            return refuse(
                "Gateway.NotAttached",
                format!("resource {id} is not attached to network {vpc_id}"),
            );
        }
        let is_mapped = self
            .network_interfaces
            .values()
            .any(|interface| interface.vpc_id == vpc_id && interface.association.is_some());
        if is_mapped || self.has_regional_nat(vpc_id) {
            return refuse(
                "DependencyViolation",
                format!(
                    "Network {vpc_id} has some mapped public address(es). \
                     Please unmap those public address(es) before detaching the gateway."
                ),
            );
        }
        ids::IGW.find_mut(&mut self.internet_gateways, id)?.attachments.clear();
        Ok(Reply::Done)
    }

    pub(super) fn delete_internet_gateway(&mut self, id: &str) -> Answer {
        if !ids::IGW.find(&self.internet_gateways, id)?.attachments.is_empty() {
            return refuse(
                "DependencyViolation",
                format!("The internetGateway '{id}' has dependencies and cannot be deleted."),
            );
        }
        self.internet_gateways.remove(id);
        self.forget(id);
        Ok(Reply::Done)
    }
}
