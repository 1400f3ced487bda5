//! Egress-only internet gateways.

use super::{
    ids::{self, refuse},
    limits::room_for_one,
    state::{Answer, SimulatedCloud},
};
use crate::cloud::{LiveEgressOnlyInternetGateway, LiveInternetGatewayAttachment, Reply, Tags};

impl SimulatedCloud {
    /// Makes one that is attached from the start; a VPC has one at most.
    pub(super) fn create_egress_only_internet_gateway(&mut self, vpc_id: &str, tags: &Tags) -> Answer {
        ids::VPC.find(&self.vpcs, vpc_id)?;
        if self.egress_only_gateway_of(vpc_id).is_some() {
            return refuse(
                "InvalidParameterValue",
                format!("Network {vpc_id} already has an egress-only internet gateway attached"),
            );
        }
        room_for_one(
            self.egress_only_internet_gateways.len(),
            self.limits.egress_only_internet_gateways,
            "EgressOnlyInternetGatewayLimitExceeded",
            "egress-only internet gateways",
        )?;
        let id = self.new_id(ids::EIGW.prefix);
        let gateway = LiveEgressOnlyInternetGateway {
            egress_only_internet_gateway_id: id.clone(),
            attachments: vec![LiveInternetGatewayAttachment {
                vpc_id: vpc_id.to_owned(),
                state: "attached".to_owned(),
            }],
            tags: tags.clone(),
        };
        self.egress_only_internet_gateways.insert(id.clone(), gateway);
        Ok(Reply::created(id))
    }

    /// The gateway of a VPC.
    pub(super) fn egress_only_gateway_of(&self, vpc_id: &str) -> Option<&LiveEgressOnlyInternetGateway> {
        let mut gateways = self.egress_only_internet_gateways.values();
        gateways.find(|gateway| gateway.attachments.iter().any(|attachment| attachment.vpc_id == vpc_id))
    }

    /// Deletes it; routes to it stay behind and drop.
    pub(super) fn delete_egress_only_internet_gateway(&mut self, id: &str) -> Answer {
        ids::EIGW.find(&self.egress_only_internet_gateways, id)?;
        self.egress_only_internet_gateways.remove(id);
        self.forget(id);
        Ok(Reply::Done)
    }
}
