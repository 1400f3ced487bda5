//! VPCs: making, switching, deleting.

use ipnet::Ipv4Net;

use super::{
    ids::{self, refuse},
    limits::room_for_one,
    state::{Answer, SimulatedCloud},
};
use crate::{
    cloud::{CloudError, Reply, Tags, VpcAttribute},
    net::cidr,
};

/// Reads an IPv4 block as EC2 does: host bits are cleared, anything else is refused.
pub(super) fn read_block(text: &str, parameter: &str) -> Result<Ipv4Net, CloudError> {
    match cidr::parse_ipv4(text) {
        Ok(block) if text.contains('/') => Ok(block),
        _ => refuse(
            "InvalidParameterValue",
            format!("Value ({text}) for parameter {parameter} is invalid. This is not a valid CIDR block."),
        ),
    }
}

/// Whether two texts are blocks that share an address.
pub(super) fn blocks_overlap(a: Ipv4Net, b: &str) -> bool {
    b.parse::<Ipv4Net>().is_ok_and(|b| cidr::overlap(&a, &b))
}

/// Blocks from which no VPC may take its own: this network, loopback, link-local, multicast, reserved.
fn is_forbidden(block: Ipv4Net) -> bool {
    ["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3"]
        .iter()
        .any(|forbidden| blocks_overlap(block, forbidden))
}

/// Refuses a block that no VPC can have.
pub(super) fn check_vpc_block(block: Ipv4Net) -> Result<(), CloudError> {
    if (16..=28).contains(&block.prefix_len()) && !is_forbidden(block) {
        return Ok(());
    }
    refuse("InvalidVpc.Range", format!("The CIDR '{block}' is invalid."))
}

impl SimulatedCloud {
    pub(super) fn create_vpc(&mut self, cidr_block: &str, tenancy: Option<&str>, tags: &Tags) -> Answer {
        let block = read_block(cidr_block, "cidrBlock")?;
        check_vpc_block(block)?;
        let tenancy = tenancy.unwrap_or("default");
        match tenancy {
            "default" | "dedicated" => {}
            "host" => {
                return refuse("UnsupportedTenancy", "The tenancy host is not supported for VPCs.");
            }
            other => {
                return refuse(
                    "InvalidParameterValue",
                    format!("Invalid value '{other}' for instanceTenancy."),
                );
            }
        }
        room_for_one(self.vpcs.len(), self.limits.vpcs, "VpcLimitExceeded", "VPCs")?;
        Ok(Reply::created(self.make_vpc(block, tenancy, tags)))
    }

    pub(super) fn modify_vpc_attribute(
        &mut self,
        vpc_id: &str,
        attribute: VpcAttribute,
        value: bool,
    ) -> Answer {
        let vpc = ids::VPC.find_mut(&mut self.vpcs, vpc_id)?;
        match attribute {
            VpcAttribute::EnableDnsSupport => vpc.enable_dns_support = value,
            VpcAttribute::EnableDnsHostnames => vpc.enable_dns_hostnames = value,
        }
        Ok(Reply::Done)
    }

    pub(super) fn describe_vpc_attribute(&self, vpc_id: &str, attribute: VpcAttribute) -> Answer {
        let vpc = ids::VPC.find(&self.vpcs, vpc_id)?;
        Ok(Reply::Switch(match attribute {
            VpcAttribute::EnableDnsSupport => vpc.enable_dns_support,
            VpcAttribute::EnableDnsHostnames => vpc.enable_dns_hostnames,
        }))
    }

    pub(super) fn delete_vpc(&mut self, vpc_id: &str) -> Answer {
        ids::VPC.find(&self.vpcs, vpc_id)?;
        if self.vpc_has_dependencies(vpc_id) {
            return refuse(
                "DependencyViolation",
                format!("The vpc '{vpc_id}' has dependencies and cannot be deleted."),
            );
        }
        self.vpcs.remove(vpc_id);
        self.route_tables.retain(|_, table| table.vpc_id != vpc_id);
        self.network_acls.retain(|_, acl| acl.vpc_id != vpc_id);
        self.security_groups.retain(|_, group| group.vpc_id != vpc_id);
        self.forget(vpc_id);
        Ok(Reply::Done)
    }

    /// Whether the VPC holds anything that did not come with it.
    fn vpc_has_dependencies(&self, vpc_id: &str) -> bool {
        let own_tables = self.route_tables.values().filter(|table| table.vpc_id == vpc_id);
        self.subnets.values().any(|subnet| subnet.vpc_id == vpc_id)
            || own_tables
                .into_iter()
                .any(|table| table.associations.iter().all(|association| !association.main))
            || self.gateway_of(vpc_id).is_some()
            || self.egress_only_gateway_of(vpc_id).is_some()
            || self.network_acls.values().any(|acl| acl.vpc_id == vpc_id && !acl.is_default)
            || self
                .security_groups
                .values()
                .any(|group| group.vpc_id == vpc_id && group.group_name != "default")
            || self.joins_vpc(vpc_id)
            || self.has_regional_nat(vpc_id)
            || self.network_interfaces.values().any(|interface| interface.vpc_id == vpc_id)
            || self
                .vpc_endpoints
                .values()
                .any(|endpoint| endpoint.vpc_id == vpc_id && endpoint.state != "deleted")
    }
}
