//! IPv6 blocks of VPCs and subnets.

use ipnet::{IpNet, Ipv6Net};

use super::{
    clock::Change,
    ids::{self, refuse},
    route_table::local_route,
    state::{Answer, SimulatedCloud, hash_text, mix},
};
use crate::{
    cloud::{
        CloudError, LiveIpv6CidrBlockAssociation, LiveNetworkAcl, LiveSecurityGroupRule, NetworkAclEntry,
        Reply,
    },
    net::cidr,
};

/// The block for documentation (RFC 9637) from which this cloud takes what Amazon would provide.
const DOCUMENTATION: u128 = 0x3fff << 112;
/// How many bits of it tell VPCs apart: those between its /20 and the /56 of a VPC.
const VPC_BITS: u32 = 36;
/// The number of the rule that a default network ACL gets with IPv6.
const IPV6_RULE: i32 = 101;

/// Reads an IPv6 block as EC2 does: host bits are cleared, anything else is refused.
pub(super) fn read_ipv6_block(text: &str, parameter: &str) -> Result<Ipv6Net, CloudError> {
    match cidr::parse(text) {
        Ok(IpNet::V6(block)) if text.contains('/') => Ok(block),
        _ => refuse(
            "InvalidParameterValue",
            format!(
                "Value ({text}) for parameter {parameter} is invalid. This is not a valid IPv6 CIDR block."
            ),
        ),
    }
}

fn associated(association_id: &str, block: Ipv6Net, state: &str) -> LiveIpv6CidrBlockAssociation {
    LiveIpv6CidrBlockAssociation {
        association_id: association_id.to_owned(),
        ipv6_cidr_block: block.to_string(),
        state: state.to_owned(),
        status_message: None,
    }
}

/// The IPv6 blocks that stand.
fn blocks(associations: &[LiveIpv6CidrBlockAssociation]) -> impl Iterator<Item = Ipv6Net> + '_ {
    associations.iter().filter(|it| it.stands()).filter_map(|it| it.ipv6_cidr_block.parse().ok())
}

impl SimulatedCloud {
    /// Gives a VPC a /56 of Amazon's.
    pub(super) fn associate_vpc_ipv6_block(&mut self, vpc_id: &str) -> Answer {
        let vpc = ids::VPC.find(&self.vpcs, vpc_id)?;
        let used = blocks(&vpc.live.ipv6_cidr_block_associations).count();
        if used >= self.limits.ipv6_blocks_per_vpc {
            return refuse(
                "CidrLimitExceeded",
                format!("This network '{vpc_id}' has met its maximum number of IPv6 CIDRs."),
            );
        }
        let association_id = self.new_id(ids::VPC_CIDR.prefix);
        let place = u128::from(mix(hash_text(&association_id)) >> (64 - VPC_BITS));
        let Ok(block) = Ipv6Net::new((DOCUMENTATION | (place << 72)).into(), 56) else {
            return refuse("InternalError", "An internal error has occurred");
        };
        let association = associated(&association_id, block, "associating");
        ids::VPC.find_mut(&mut self.vpcs, vpc_id)?.live.ipv6_cidr_block_associations.push(association);
        self.plan(&association_id, Change::Ipv6BlockAssociated);
        Ok(Reply::created(association_id))
    }

    /// The VPC and block of an IPv6 association.
    fn vpc_of_ipv6_block(&self, association_id: &str) -> Option<(String, String)> {
        self.vpcs.values().find_map(|vpc| {
            let mut associations = vpc.live.ipv6_cidr_block_associations.iter();
            let association = associations.find(|it| it.association_id == association_id)?;
            Some((vpc.live.vpc_id.clone(), association.ipv6_cidr_block.clone()))
        })
    }

    /// Takes an IPv6 block from a VPC; `None` where no VPC has it.
    pub(super) fn disassociate_vpc_ipv6_block(&mut self, association_id: &str) -> Option<Answer> {
        let (vpc_id, block) = self.vpc_of_ipv6_block(association_id)?;
        let outer = block.parse::<Ipv6Net>().ok();
        let mut subnets = self.subnets.values().filter(|subnet| subnet.vpc_id == vpc_id);
        let is_inside = |inner: Ipv6Net| outer.is_some_and(|outer| outer.contains(&inner));
        if subnets.any(|subnet| blocks(&subnet.ipv6_cidr_block_associations).any(is_inside)) {
            return Some(refuse(
                "InvalidCidrBlock.InUse",
                format!("The vpc {vpc_id} has a subnet within the CIDR block {block}."),
            ));
        }
        self.set_ipv6_state(association_id, "disassociating");
        self.plan(association_id, Change::Ipv6BlockDisassociated);
        Some(Ok(Reply::Done))
    }

    /// Changes the state of an IPv6 association of a VPC or subnet.
    fn set_ipv6_state(&mut self, association_id: &str, state: &str) {
        let of_vpcs = self.vpcs.values_mut().flat_map(|vpc| &mut vpc.live.ipv6_cidr_block_associations);
        let of_subnets =
            self.subnets.values_mut().flat_map(|subnet| &mut subnet.ipv6_cidr_block_associations);
        for association in of_vpcs.chain(of_subnets).filter(|it| it.association_id == association_id) {
            state.clone_into(&mut association.state);
        }
    }

    /// With the block come the local routes, and rules for what was open to all of IPv4 and was never
    /// changed: the default group's way out and the default network ACL.
    pub(super) fn ipv6_block_associated(&mut self, association_id: &str) {
        let Some((vpc_id, block)) = self.vpc_of_ipv6_block(association_id) else { return };
        let is_pending = self.vpcs.get(&vpc_id).is_some_and(|vpc| {
            let mut associations = vpc.live.ipv6_cidr_block_associations.iter();
            associations.any(|it| it.association_id == association_id && it.state == "associating")
        });
        if !is_pending {
            return;
        }
        self.set_ipv6_state(association_id, "associated");
        for table in self.route_tables.values_mut().filter(|table| table.vpc_id == vpc_id) {
            table.routes.push(local_route(&block));
        }
        for acl in self.network_acls.values_mut().filter(|acl| acl.vpc_id == vpc_id) {
            open_to_ipv6(acl);
        }
        let everything = self.rule_everything_out();
        let mut groups = self.security_groups.values_mut();
        if let Some(group) = groups.find(|it| it.vpc_id == vpc_id && it.group_name == "default") {
            let has_ipv4 = group.rules.iter().any(|it| it.is_egress && it.cidr_ipv4 == everything.cidr_ipv4);
            let has_ipv6 = group.rules.iter().any(|it| it.is_egress && it.cidr_ipv6.is_some());
            if has_ipv4 && !has_ipv6 {
                group.rules.push(LiveSecurityGroupRule {
                    cidr_ipv4: None,
                    cidr_ipv6: Some("::/0".to_owned()),
                    ..everything
                });
            }
        }
    }

    pub(super) fn ipv6_block_disassociated(&mut self, association_id: &str) {
        let Some((vpc_id, block)) = self.vpc_of_ipv6_block(association_id) else { return };
        for table in self.route_tables.values_mut().filter(|table| table.vpc_id == vpc_id) {
            table.routes.retain(|route| *route != local_route(&block));
        }
        if let Some(vpc) = self.vpcs.get_mut(&vpc_id) {
            vpc.live.ipv6_cidr_block_associations.retain(|it| it.association_id != association_id);
        }
        self.forget(association_id);
    }

    /// Refuses a block that a subnet of the VPC cannot have: /44 to /64 in steps of four, inside a
    /// block of the VPC, beside those of its siblings.
    pub(super) fn check_subnet_ipv6(&self, vpc_id: &str, text: &str) -> Result<Ipv6Net, CloudError> {
        let block = read_ipv6_block(text, "ipv6CidrBlock")?;
        let vpc = ids::VPC.find(&self.vpcs, vpc_id)?;
        let associated = vpc.live.ipv6_cidr_block_associations.iter().filter(|it| it.state == "associated");
        let mut outer = associated.filter_map(|it| it.ipv6_cidr_block.parse::<Ipv6Net>().ok());
        let has_size = (44..=64).contains(&block.prefix_len()) && block.prefix_len() % 4 == 0;
        if !has_size || !outer.any(|outer| outer.contains(&block)) {
            return refuse("InvalidSubnet.Range", format!("The CIDR '{block}' is invalid."));
        }
        let siblings = self.subnets.values().filter(|subnet| subnet.vpc_id == vpc_id);
        let overlaps = |other: Ipv6Net| other.contains(&block) || block.contains(&other);
        if siblings.flat_map(|subnet| blocks(&subnet.ipv6_cidr_block_associations)).any(overlaps) {
            return refuse(
                "InvalidSubnet.Conflict",
                format!("The CIDR '{block}' conflicts with another subnet"),
            );
        }
        Ok(block)
    }

    pub(super) fn associate_subnet_cidr_block(&mut self, subnet_id: &str, text: &str) -> Answer {
        let subnet = ids::SUBNET.find(&self.subnets, subnet_id)?;
        let block = self.check_subnet_ipv6(&subnet.vpc_id, text)?;
        if !subnet.ipv6_cidr_block_associations.is_empty() {
            return refuse(
                "InvalidParameterValue",
                format!("The subnet '{subnet_id}' already has an IPv6 CIDR block."),
            );
        }
        let association_id = self.join_ipv6(subnet_id, block, "associating");
        self.plan(&association_id, Change::SubnetBlockAssociated);
        Ok(Reply::created(association_id))
    }

    /// Notes a block at a subnet; answers the association's id.
    pub(super) fn join_ipv6(&mut self, subnet_id: &str, block: Ipv6Net, state: &str) -> String {
        let association_id = self.new_id(ids::SUBNET_CIDR.prefix);
        if let Some(subnet) = self.subnets.get_mut(subnet_id) {
            subnet.ipv6_cidr_block_associations.push(associated(&association_id, block, state));
        }
        association_id
    }

    pub(super) fn disassociate_subnet_cidr_block(&mut self, association_id: &str) -> Answer {
        ids::SUBNET_CIDR.check(association_id)?;
        let has = |subnet: &&crate::cloud::LiveSubnet| {
            subnet.ipv6_cidr_block_associations.iter().any(|it| it.association_id == association_id)
        };
        let subnet = self.subnets.values().find(has);
        let subnet = subnet.ok_or_else(|| ids::SUBNET_CIDR.not_found(association_id))?;
        if subnet.assign_ipv6_address_on_creation {
            return refuse(
                "InvalidCidrBlock.InUse",
                format!(
                    "The subnet {} assigns IPv6 addresses on creation: this must be disabled first.",
                    subnet.subnet_id
                ),
            );
        }
        self.set_ipv6_state(association_id, "disassociating");
        self.plan(association_id, Change::SubnetBlockDisassociated);
        Ok(Reply::Done)
    }

    pub(super) fn subnet_block_associated(&mut self, association_id: &str) {
        let all = self.subnets.values().flat_map(|subnet| &subnet.ipv6_cidr_block_associations);
        let mut own = all.filter(|it| it.association_id == association_id);
        if own.any(|it| it.state == "associating") {
            self.set_ipv6_state(association_id, "associated");
        }
    }

    pub(super) fn subnet_block_disassociated(&mut self, association_id: &str) {
        for subnet in self.subnets.values_mut() {
            subnet.ipv6_cidr_block_associations.retain(|it| it.association_id != association_id);
        }
        self.forget(association_id);
    }
}

/// A default network ACL that still allows everything of IPv4 gets the same for IPv6.
fn open_to_ipv6(acl: &mut LiveNetworkAcl) {
    let is_open = |entry: &&NetworkAclEntry| {
        entry.rule_number == IPV6_RULE - 1 && entry.cidr_block.as_deref() == Some("0.0.0.0/0")
    };
    let own = acl.entries.iter().filter(|entry| entry.rule_number < 32767);
    let open: Vec<NetworkAclEntry> = own.clone().filter(is_open).cloned().collect();
    if !acl.is_default || open.len() != 2 || own.count() != 2 {
        return;
    }
    acl.entries.extend(open.into_iter().map(|entry| NetworkAclEntry {
        rule_number: IPV6_RULE,
        cidr_block: None,
        ipv6_cidr_block: Some("::/0".to_owned()),
        ..entry
    }));
    acl.entries.sort_by_key(|entry| (entry.egress, entry.rule_number));
}
