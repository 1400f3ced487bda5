//! What EC2 refuses to make or to delete of what joins networks, leads out of them or watches over them.

use std::collections::BTreeSet;

use super::{
    ids::{self, IdKind, refuse},
    limits::room_for_one,
    objects::check_entries,
    state::SimulatedCloud,
};
use crate::cloud::{CloudError, LiveObject, Spec};

/// Whether an object is on its way out, or past it.
pub(super) fn is_gone(object: &LiveObject) -> bool {
    object.state.starts_with("delet") || matches!(object.state.as_str(), "failed" | "rejected" | "expired")
}

/// The transit gateway that an object is attached to, or a table of.
fn transit_gateway(spec: &Spec) -> Option<&str> {
    match spec {
        Spec::TransitGatewayVpcAttachment { transit_gateway_id, .. }
        | Spec::TransitGatewayPeeringAttachment { transit_gateway_id, .. }
        | Spec::TransitGatewayRouteTable { transit_gateway_id, .. } => Some(transit_gateway_id),
        Spec::VpnConnection { transit_gateway_id, .. } => transit_gateway_id.as_deref(),
        _ => None,
    }
}

fn is_attachment(spec: &Spec) -> bool {
    transit_gateway(spec).is_some() && !matches!(spec, Spec::TransitGatewayRouteTable { .. })
}

impl SimulatedCloud {
    /// Whether the account may have one more.
    pub(super) fn room_for_object(&self, spec: &Spec) -> Result<(), CloudError> {
        let limits = &self.limits;
        let alive = || self.objects.values().map(|it| (it, &it.spec)).filter(|(it, _)| !is_gone(it));
        let same = || alive().filter(|(_, it)| it.kind() == spec.kind());
        let of_gateway = || same().filter(|(_, it)| transit_gateway(it) == transit_gateway(spec)).count();
        if is_attachment(spec) {
            let attached = alive().filter(|(_, it)| is_attachment(it));
            let there = attached.filter(|(_, it)| transit_gateway(it) == transit_gateway(spec)).count();
            let most = limits.attachments_per_transit_gateway;
            room_for_one(there, most, "TransitGatewayAttachmentLimitExceeded", "attachments")?;
        }
        let (there, most, code, what) = match spec {
            Spec::VpnGateway { .. } => {
                (same().count(), limits.vpn_gateways, "VpnGatewayLimitExceeded", "virtual private gateways")
            }
            Spec::CustomerGateway { .. } => (
                same().count(),
                limits.customer_gateways,
                "CustomerGatewayLimitExceeded",
                "customer gateways",
            ),
            Spec::VpnConnection { .. } => {
                (same().count(), limits.vpn_connections, "VpnConnectionLimitExceeded", "VPN connections")
            }
            Spec::TransitGateway { .. } => {
                (same().count(), limits.transit_gateways, "TransitGatewayLimitExceeded", "transit gateways")
            }
            Spec::TransitGatewayPeeringAttachment { .. } => (
                of_gateway(),
                limits.peerings_per_transit_gateway,
                "TransitGatewayPeeringAttachmentLimitExceeded",
                "peering attachments",
            ),
            Spec::TransitGatewayRouteTable { .. } => (
                of_gateway(),
                limits.tables_per_transit_gateway,
                "TransitGatewayRouteTableLimitExceeded",
                "transit gateway route tables",
            ),
            Spec::ManagedPrefixList { .. } => {
                (same().count(), limits.prefix_lists, "PrefixListLimitExceeded", "prefix lists")
            }
            Spec::VpcBlockPublicAccessExclusion { .. } => (
                same().count(),
                limits.block_exclusions,
                "VpcBlockPublicAccessExclusionLimitExceeded",
                "exclusions",
            ),
            _ => return Ok(()),
        };
        room_for_one(there, most, code, what)
    }

    pub(super) fn check_object(&self, spec: &Spec) -> Result<(), CloudError> {
        match spec {
            Spec::VpcPeeringConnection { vpc_id, peer_vpc_id, peer_owner_id, peer_region, .. } => {
                ids::VPC.find(&self.vpcs, vpc_id)?;
                if peer_owner_id.is_none() && peer_region.is_none() {
                    ids::VPC.find(&self.vpcs, peer_vpc_id)?;
                }
                self.check_peering(vpc_id, peer_vpc_id)
            }
            Spec::ManagedPrefixList { entries, max_entries, address_family, prefix_list_name, .. } => {
                if prefix_list_name.starts_with("com.amazonaws") {
                    return refuse("InvalidParameterValue", "The name is reserved for AWS-managed lists.");
                }
                check_entries(entries, *max_entries, address_family)
            }
            Spec::VpnGateway { .. } | Spec::TransitGateway { .. } | Spec::NetworkInterface { .. } => Ok(()),
            Spec::CustomerGateway { .. } | Spec::VpnConnection { .. } => self.check_vpn(spec),
            Spec::VpcBlockPublicAccess { .. } => {
                refuse("InvalidAction", "Block Public Access is there in every account.")
            }
            Spec::VpcBlockPublicAccessExclusion { resource_id, .. } => self.check_exclusion(resource_id),
            Spec::TransitGatewayVpcAttachment { transit_gateway_id, vpc_id, subnet_ids, .. } => {
                self.check_attachment(transit_gateway_id, vpc_id, subnet_ids)
            }
            Spec::TransitGatewayPeeringAttachment { transit_gateway_id, peer_transit_gateway_id, .. } => {
                self.available_gateway(transit_gateway_id)?;
                if transit_gateway_id == peer_transit_gateway_id {
                    return refuse("InvalidParameterValue", "A transit gateway cannot peer with itself.");
                }
                Ok(())
            }
            Spec::TransitGatewayRouteTable { transit_gateway_id, .. } => {
                self.available_gateway(transit_gateway_id)
            }
            Spec::DhcpOptions { domain_name, domain_name_servers, ntp_servers } => {
                if domain_name.is_none() && domain_name_servers.is_empty() && ntp_servers.is_empty() {
                    return refuse(
                        "MissingParameter",
                        "The request must contain the parameter dhcpConfiguration",
                    );
                }
                Ok(())
            }
            Spec::FlowLog { resource_id, .. } => self.check_flow_log(resource_id, spec),
            Spec::InstanceConnectEndpoint { subnet_id, security_group_ids, .. } => {
                let vpc = ids::SUBNET.find(&self.subnets, subnet_id)?.vpc_id.clone();
                self.groups_for(&vpc, security_group_ids)?;
                let in_vpc = |it: &LiveObject| match &it.spec {
                    Spec::InstanceConnectEndpoint { subnet_id, .. } => {
                        self.subnets.get(subnet_id).is_some_and(|other| other.vpc_id == vpc)
                    }
                    _ => false,
                };
                if self.objects.values().any(in_vpc) {
                    return refuse("ResourceLimitExceeded", "A VPC has one EC2 Instance Connect Endpoint.");
                }
                Ok(())
            }
        }
    }

    fn check_peering(&self, vpc_id: &str, peer_vpc_id: &str) -> Result<(), CloudError> {
        if vpc_id == peer_vpc_id {
            return refuse("InvalidParameterValue", "A VPC cannot peer with itself.");
        }
        let sides = BTreeSet::from([vpc_id, peer_vpc_id]);
        let same = |it: &LiveObject| match &it.spec {
            Spec::VpcPeeringConnection { vpc_id, peer_vpc_id, .. } => {
                !is_gone(it) && BTreeSet::from([vpc_id.as_str(), peer_vpc_id.as_str()]) == sides
            }
            _ => false,
        };
        match self.objects.values().find(|it| same(it)) {
            Some(other) => refuse(
                "VpcPeeringConnectionAlreadyExists",
                format!("A VPC peering connection between these VPCs exists: {}", other.id),
            ),
            None => Ok(()),
        }
    }

    pub(super) fn available_gateway(&self, id: &str) -> Result<(), CloudError> {
        let gateway = ids::TGW.find(&self.objects, id)?;
        if is_gone(gateway) {
            return Err(ids::TGW.not_found(id));
        }
        if gateway.state != "available" {
            return refuse("IncorrectState", format!("{id} is in invalid state"));
        }
        Ok(())
    }

    fn check_attachment(&self, gateway: &str, vpc: &str, subnets: &[String]) -> Result<(), CloudError> {
        self.available_gateway(gateway)?;
        ids::VPC.find(&self.vpcs, vpc)?;
        self.check_zones(vpc, subnets)?;
        let same = |it: &LiveObject| match &it.spec {
            Spec::TransitGatewayVpcAttachment { transit_gateway_id, vpc_id, .. } => {
                transit_gateway_id == gateway && vpc_id == vpc && it.state != "deleted"
            }
            _ => false,
        };
        if self.objects.values().any(same) {
            return refuse(
                "DuplicateTransitGatewayAttachment",
                format!("{gateway} has non-deleted Transit Gateway Attachments with same VPC ID."),
            );
        }
        Ok(())
    }

    /// One subnet of the VPC per zone.
    pub(super) fn check_zones(&self, vpc: &str, subnets: &[String]) -> Result<(), CloudError> {
        if subnets.is_empty() {
            return refuse("MissingParameter", "The request must contain the parameter subnetIds");
        }
        let mut zones = BTreeSet::new();
        for id in subnets {
            let subnet = ids::SUBNET.find(&self.subnets, id)?;
            if subnet.vpc_id != vpc {
                return refuse("InvalidParameterValue", format!("{id} is not in {vpc}."));
            }
            if !zones.insert(subnet.availability_zone.clone()) {
                return refuse("DuplicateSubnetsInSameZone", format!("Duplicate Subnets for same AZ: {id}"));
            }
        }
        Ok(())
    }

    fn check_flow_log(&self, resource: &str, spec: &Spec) -> Result<(), CloudError> {
        match IdKind::of(resource) {
            Some(ids::VPC) => ids::VPC.find(&self.vpcs, resource).map(|_| ())?,
            Some(ids::SUBNET) => ids::SUBNET.find(&self.subnets, resource).map(|_| ())?,
            Some(ids::ENI) => ids::ENI.find(&self.network_interfaces, resource).map(|_| ())?,
            _ => return refuse("InvalidParameterValue", format!("{resource} cannot be watched.")),
        }
        if self.objects.values().any(|it| it.spec == *spec) {
            return refuse(
                "FlowLogAlreadyExists",
                "There is an existing Flow Log with the same configuration.",
            );
        }
        Ok(())
    }

    /// Refuses to delete what is in use.
    pub(super) fn check_unused(&self, id: &str) -> Result<(), CloudError> {
        let Some(object) = self.objects.get(id) else { return Ok(()) };
        let dependent = |code: &str, why: &str| refuse(code, format!("{id} {why}"));
        match &object.spec {
            Spec::ManagedPrefixList { .. } if self.names_prefix_list(id) => {
                dependent("DependencyViolation", "is named by a route or a security group rule")
            }
            Spec::VpnGateway { attachments, .. } if attachments.iter().any(|it| it.state != "detached") => {
                dependent("IncorrectState", "is attached to a VPC")
            }
            Spec::VpnGateway { .. } | Spec::CustomerGateway { .. } if self.has_connections(id) => {
                dependent("IncorrectState", "is in use by a VPN connection")
            }
            Spec::TransitGateway { .. } if self.has_attachments(id) => {
                dependent("IncorrectState", "has non-deleted Transit Gateway Attachments")
            }
            Spec::TransitGatewayRouteTable { associations, .. } if !associations.is_empty() => {
                dependent("IncorrectState", "has associations")
            }
            Spec::TransitGatewayRouteTable {
                default_association_route_table,
                default_propagation_route_table,
                ..
            } if *default_association_route_table || *default_propagation_route_table => {
                dependent("OperationNotPermitted", "is a default route table of its transit gateway")
            }
            Spec::DhcpOptions { .. }
                if self.vpcs.values().any(|it| it.live.dhcp_options_id.as_deref() == Some(id)) =>
            {
                dependent("DependencyViolation", "is associated with a VPC")
            }
            _ => Ok(()),
        }
    }

    fn names_prefix_list(&self, id: &str) -> bool {
        let mut routes = self.route_tables.values().flat_map(|it| &it.routes);
        let mut rules = self.security_groups.values().flat_map(|it| &it.rules);
        routes.any(|it| it.destination_prefix_list_id.as_deref() == Some(id))
            || rules.any(|it| it.prefix_list_id.as_deref() == Some(id))
    }

    fn has_attachments(&self, gateway: &str) -> bool {
        self.objects.values().any(|it| match &it.spec {
            Spec::TransitGatewayVpcAttachment { transit_gateway_id, .. } => transit_gateway_id == gateway,
            Spec::TransitGatewayPeeringAttachment { transit_gateway_id, peer_transit_gateway_id, .. } => {
                transit_gateway_id == gateway || peer_transit_gateway_id == gateway
            }
            Spec::VpnConnection { transit_gateway_id, .. } => transit_gateway_id.as_deref() == Some(gateway),
            _ => false,
        })
    }

    /// Whether something joins a VPC to another network, so that it cannot go.
    pub(super) fn joins_vpc(&self, vpc: &str) -> bool {
        self.objects.values().filter(|it| it.state != "deleted" && it.state != "failed").any(|it| {
            match &it.spec {
                Spec::VpcPeeringConnection { vpc_id, peer_vpc_id, .. } => vpc_id == vpc || peer_vpc_id == vpc,
                spec => spec.vpc_id() == Some(vpc),
            }
        })
    }
}
