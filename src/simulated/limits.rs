//! How much of everything an account may have.

use serde::{Deserialize, Serialize};

use super::ids::refuse;
use crate::cloud::CloudError;

/// The quotas of the account: the defaults that AWS gives a new one ("Amazon VPC quotas", "Elastic IP
/// address quota", "AWS Site-to-Site VPN quotas" and "Transit gateway quotas", 2026).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// VPCs per region.
    pub vpcs: usize,
    /// IPv4 blocks per VPC.
    pub blocks_per_vpc: usize,
    /// IPv6 blocks per VPC.
    pub ipv6_blocks_per_vpc: usize,
    /// Subnets per VPC.
    pub subnets_per_vpc: usize,
    /// Internet gateways per region.
    pub internet_gateways: usize,
    /// Egress-only internet gateways per region.
    pub egress_only_internet_gateways: usize,
    /// Route tables per VPC, the main one too.
    pub route_tables_per_vpc: usize,
    /// Static routes per table.
    pub routes_per_table: usize,
    /// Elastic IP addresses per region.
    pub addresses: usize,
    /// NAT gateways per zone: pending, available and deleting ones.
    pub nat_gateways_per_zone: usize,
    /// Network ACLs per VPC.
    pub network_acls_per_vpc: usize,
    /// Entries per network ACL and direction.
    pub entries_per_network_acl: usize,
    /// Security groups per region.
    pub security_groups: usize,
    /// Rules per security group, direction and address family.
    pub rules_per_security_group: usize,
    /// Security groups per network interface.
    pub groups_per_interface: usize,
    /// Gateway endpoints per region.
    pub gateway_endpoints: usize,
    /// Interface endpoints per VPC.
    pub interface_endpoints_per_vpc: usize,
    /// Virtual private gateways per region.
    pub vpn_gateways: usize,
    /// Customer gateways per region.
    pub customer_gateways: usize,
    /// VPN connections per region.
    pub vpn_connections: usize,
    /// Transit gateways per region.
    pub transit_gateways: usize,
    /// Attachments per transit gateway, VPN connections too.
    pub attachments_per_transit_gateway: usize,
    /// Peerings per transit gateway.
    pub peerings_per_transit_gateway: usize,
    /// Route tables per transit gateway.
    pub tables_per_transit_gateway: usize,
    /// Prefix lists of the account's own per region.
    pub prefix_lists: usize,
    /// Exclusions from Block Public Access per region.
    pub block_exclusions: usize,
    /// Tags per object.
    pub tags_per_object: usize,
}

impl Limits {
    /// The quotas of an account that had them raised as far as networks need.
    pub fn plenty() -> Self {
        Self {
            vpcs: 1_000,
            internet_gateways: 1_000,
            egress_only_internet_gateways: 1_000,
            addresses: 1_000,
            nat_gateways_per_zone: 1_000,
            gateway_endpoints: 1_000,
            vpn_gateways: 1_000,
            customer_gateways: 1_000,
            vpn_connections: 1_000,
            transit_gateways: 1_000,
            tables_per_transit_gateway: 1_000,
            prefix_lists: 1_000,
            block_exclusions: 1_000,
            ..Self::default()
        }
    }
}

impl Limits {
    /// What Service Quotas answers, which does not know all of them.
    pub(super) fn service_quota(&self, service_code: &str, quota_code: &str) -> Option<usize> {
        Some(match (service_code, quota_code) {
            ("vpc", "L-F678F1CE") => self.vpcs,
            ("vpc", "L-A4707A72") => self.internet_gateways,
            ("vpc", "L-45FE3B85") => self.egress_only_internet_gateways,
            ("vpc", "L-1B52E74A") => self.gateway_endpoints,
            ("vpc", "L-FE5A380F") => self.nat_gateways_per_zone,
            ("ec2", "L-0263D0A3") => self.addresses,
            ("ec2", "L-7029FAB6") => self.vpn_gateways,
            ("ec2", "L-4FB7FF5D") => self.customer_gateways,
            ("ec2", "L-3E6EC3A3") => self.vpn_connections,
            ("ec2", "L-A2478D36") => self.transit_gateways,
            ("ec2", "L-E0233F82") => self.attachments_per_transit_gateway,
            ("ec2", "L-A1B5A36F") => self.peerings_per_transit_gateway,
            ("ec2", "L-43872EB7") => self.tables_per_transit_gateway,
            _ => return None,
        })
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            vpcs: 5,
            blocks_per_vpc: 5,
            ipv6_blocks_per_vpc: 5,
            subnets_per_vpc: 200,
            internet_gateways: 5,
            egress_only_internet_gateways: 5,
            route_tables_per_vpc: 200,
            routes_per_table: 500,
            addresses: 5,
            nat_gateways_per_zone: 5,
            network_acls_per_vpc: 200,
            entries_per_network_acl: 20,
            security_groups: 2500,
            rules_per_security_group: 60,
            groups_per_interface: 5,
            gateway_endpoints: 20,
            interface_endpoints_per_vpc: 50,
            vpn_gateways: 5,
            customer_gateways: 50,
            vpn_connections: 50,
            transit_gateways: 5,
            attachments_per_transit_gateway: 5_000,
            peerings_per_transit_gateway: 50,
            tables_per_transit_gateway: 20,
            prefix_lists: 100,
            block_exclusions: 50,
            tags_per_object: 50,
        }
    }
}

/// Refuses one more where `used` of `limit` are there.
pub(super) fn room_for_one(used: usize, limit: usize, code: &str, what: &str) -> Result<(), CloudError> {
    if used < limit {
        return Ok(());
    }
    refuse(code, format!("The maximum number of {what} has been reached."))
}
