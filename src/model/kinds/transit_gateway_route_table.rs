use ipnet::IpNet;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Visit, is_false, map_list, map_required, visit_list};
use crate::model::{Field, Mention, ResourceId};

/// A route table of a transit gateway. A packet that comes in by an attachment is routed by the one
/// table that the attachment is associated with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TransitGatewayRouteTable {
    /// The transit gateway.
    pub transit_gateway_id: ResourceId,
    /// Whether new attachments are associated with it; AWS makes one such table with the gateway.
    #[serde(default, skip_serializing_if = "is_false")]
    pub default_association_route_table: bool,
    /// Whether new attachments propagate their blocks to it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub default_propagation_route_table: bool,
    /// The attachments whose packets it routes; an attachment has one table at most.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub associations: Vec<ResourceId>,
    /// The attachments whose blocks it learns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub propagations: Vec<ResourceId>,
    /// The static routes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub routes: Vec<TransitGatewayRoute>,
}

/// A static route of a transit gateway.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TransitGatewayRoute {
    /// Where packets want to go.
    #[schemars(with = "String")]
    pub destination_cidr_block: IpNet,
    /// The attachment that they leave by; empty for a blackhole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transit_gateway_attachment_id: Option<ResourceId>,
    /// Whether they are dropped.
    #[serde(default, skip_serializing_if = "is_false")]
    pub blackhole: bool,
}

impl TransitGatewayRouteTable {
    /// A table without routes.
    pub fn new(transit_gateway_id: ResourceId) -> Self {
        Self {
            transit_gateway_id,
            default_association_route_table: false,
            default_propagation_route_table: false,
            associations: Vec::new(),
            propagations: Vec::new(),
            routes: Vec::new(),
        }
    }

    pub(in crate::model) fn each_reference<'a>(&'a self, visit: Visit<'_, 'a>) {
        visit(Mention::new("transit_gateway_id"), &self.transit_gateway_id);
        visit_list(visit, "associations", &self.associations);
        visit_list(visit, "propagations", &self.propagations);
        for (at, route) in self.routes.iter().enumerate() {
            if let Some(id) = &route.transit_gateway_attachment_id {
                visit(Mention::item("routes", at, "transit_gateway_attachment_id"), id);
            }
        }
    }

    pub(in crate::model) fn map_references(
        &mut self,
        change: &mut dyn FnMut(&ResourceId) -> Option<ResourceId>,
        orphaned: &mut Vec<Field>,
    ) {
        map_required(&mut self.transit_gateway_id, "transit_gateway_id", change, orphaned);
        map_list(&mut self.associations, change);
        map_list(&mut self.propagations, change);
        self.routes.retain_mut(|route| match &mut route.transit_gateway_attachment_id {
            None => true,
            Some(id) => change(id).is_some_and(|new| {
                *id = new;
                true
            }),
        });
    }
}
