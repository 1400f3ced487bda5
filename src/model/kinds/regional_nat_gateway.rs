use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Visit, map_list, map_required};
use crate::model::{Field, Mention, ResourceId};

/// A regional NAT gateway: it belongs to a VPC, not to a subnet, and serves several Availability
/// Zones (`AvailabilityMode=regional` of CreateNatGateway).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegionalNatGateway {
    /// The VPC that it serves.
    pub vpc_id: ResourceId,
    /// The zones and addresses chosen by hand; where this is empty, AWS manages both.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub availability_zone_addresses: Vec<AvailabilityZoneAddress>,
}

/// The addresses that a regional NAT gateway uses in one Availability Zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AvailabilityZoneAddress {
    /// The name of the zone: `us-east-1a`.
    pub availability_zone: String,
    /// Elastic IP addresses; at least one, at most 32.
    pub allocation_ids: Vec<ResourceId>,
}

impl RegionalNatGateway {
    /// One whose zones and addresses AWS manages.
    pub fn new(vpc_id: ResourceId) -> Self {
        Self { vpc_id, availability_zone_addresses: Vec::new() }
    }

    pub(in crate::model) fn each_reference<'a>(&'a self, visit: Visit<'_, 'a>) {
        visit(Mention::new("vpc_id"), &self.vpc_id);
        for (at, zone) in self.availability_zone_addresses.iter().enumerate() {
            for id in &zone.allocation_ids {
                visit(Mention::item("availability_zone_addresses", at, "allocation_ids"), id);
            }
        }
    }

    pub(in crate::model) fn map_references(
        &mut self,
        change: &mut dyn FnMut(&ResourceId) -> Option<ResourceId>,
        orphaned: &mut Vec<Field>,
    ) {
        map_required(&mut self.vpc_id, "vpc_id", change, orphaned);
        for zone in &mut self.availability_zone_addresses {
            map_list(&mut zone.allocation_ids, change);
        }
        self.availability_zone_addresses.retain(|zone| !zone.allocation_ids.is_empty());
    }
}
