//! Secondary blocks of VPCs.

use ipnet::Ipv4Net;

use super::{
    clock::Change,
    ids::{self, refuse},
    route_table::local_route,
    state::{Answer, SimulatedCloud},
    vpc::{blocks_overlap, check_vpc_block, read_block},
};
use crate::cloud::{CloudError, LiveCidrBlockAssociation, Reply};

/// A family of ranges in the table "IPv4 CIDR block association restrictions" of the VPC user guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Ten,
    OneSevenTwo,
    OneNineTwo,
    OneNineEight,
    Other,
}

fn inside(block: Ipv4Net, range: &str) -> bool {
    range.parse::<Ipv4Net>().is_ok_and(|range| range.contains(&block))
}

fn family(block: Ipv4Net) -> Family {
    if inside(block, "10.0.0.0/8") {
        return Family::Ten;
    }
    if inside(block, "172.16.0.0/12") {
        return Family::OneSevenTwo;
    }
    if inside(block, "192.168.0.0/16") {
        return Family::OneNineTwo;
    }
    if inside(block, "198.19.0.0/16") {
        return Family::OneNineEight;
    }
    Family::Other
}

/// Whether a VPC with the block `existing` may not add the block `added`.
fn is_restricted(existing: Ipv4Net, added: Ipv4Net) -> bool {
    let (old, new) = (family(existing), family(added));
    if old != new {
        return new != Family::Other;
    }
    match old {
        Family::Ten => inside(existing, "10.0.0.0/15") && inside(added, "10.0.0.0/16"),
        Family::OneSevenTwo => inside(added, "172.31.0.0/16"),
        Family::OneNineTwo | Family::OneNineEight | Family::Other => false,
    }
}

impl SimulatedCloud {
    pub(super) fn associate_vpc_cidr_block(&mut self, vpc_id: &str, cidr_block: &str) -> Answer {
        let block = read_block(cidr_block, "cidrBlock")?;
        let vpc = ids::VPC.find(&self.vpcs, vpc_id)?;
        check_vpc_block(block)?;
        let blocks: Vec<Ipv4Net> = vpc
            .live
            .cidr_block_associations
            .iter()
            .filter(|association| association.state != "disassociated")
            .filter_map(|association| association.cidr_block.parse().ok())
            .collect();
        if blocks.len() >= self.limits.blocks_per_vpc {
            return refuse(
                "CidrLimitExceeded",
                format!("This network '{vpc_id}' has met its maximum number of CIDRs."),
            );
        }
        if blocks.iter().any(|existing| blocks_overlap(*existing, &block.to_string())) {
            return refuse(
                "InvalidVpc.Range",
                format!("The CIDR '{block}' conflicts with a CIDR of the VPC."),
            );
        }
        if blocks.iter().any(|existing| is_restricted(*existing, block)) {
            return refuse(
                "InvalidVpc.Range",
                format!("The CIDR '{block}' is restricted. Use a CIDR from another range."),
            );
        }
        self.check_routes_leave_room(vpc_id, block)?;
        let association_id = self.new_id(ids::VPC_CIDR.prefix);
        let association = LiveCidrBlockAssociation {
            association_id: association_id.clone(),
            cidr_block: block.to_string(),
            state: "associating".to_owned(),
            status_message: None,
        };
        ids::VPC.find_mut(&mut self.vpcs, vpc_id)?.live.cidr_block_associations.push(association);
        self.plan(&association_id, Change::BlockAssociated);
        Ok(Reply::created(association_id))
    }

    /// A block may not be as large as, or larger than, the destination of a route of the VPC.
    fn check_routes_leave_room(&self, vpc_id: &str, block: Ipv4Net) -> Result<(), CloudError> {
        let covered = self
            .route_tables
            .values()
            .filter(|table| table.vpc_id == vpc_id)
            .flat_map(|table| &table.routes)
            .filter_map(|route| route.destination_cidr_block.as_deref())
            .find(|destination| destination.parse::<Ipv4Net>().is_ok_and(|net| block.contains(&net)));
        match covered {
            None => Ok(()),
            Some(route) => refuse(
                "InvalidVpc.Range",
                format!("The CIDR '{block}' conflicts with the existing route '{route}'."),
            ),
        }
    }

    pub(super) fn disassociate_vpc_cidr_block(&mut self, association_id: &str) -> Answer {
        ids::VPC_CIDR.check(association_id)?;
        if let Some(answer) = self.disassociate_vpc_ipv6_block(association_id) {
            return answer;
        }
        let (vpc_id, block, is_primary) =
            self.vpc_of_block(association_id).ok_or_else(|| ids::VPC_CIDR.not_found(association_id))?;
        if is_primary {
            return refuse(
                "OperationNotPermitted",
                format!(
                    "The vpc CIDR block with association ID {association_id} may not be disassociated: it is the primary one."
                ),
            );
        }
        let in_use = block.parse::<Ipv4Net>().is_ok_and(|block| {
            self.subnets
                .values()
                .any(|subnet| subnet.vpc_id == vpc_id && blocks_overlap(block, &subnet.cidr_block))
        });
        if in_use {
            return refuse(
                "InvalidCidrBlock.InUse",
                format!("The vpc {vpc_id} has a subnet within the CIDR block {block}."),
            );
        }
        self.set_block_state(association_id, "disassociating");
        self.plan(association_id, Change::BlockDisassociated);
        Ok(Reply::Done)
    }

    pub(super) fn block_associated(&mut self, association_id: &str) {
        let Some((vpc_id, block, _)) = self.vpc_of_block(association_id) else {
            return;
        };
        if !self.set_block_state_from(association_id, "associating", "associated") {
            return;
        }
        for table in self.route_tables.values_mut().filter(|table| table.vpc_id == vpc_id) {
            table.routes.push(local_route(&block));
        }
    }

    pub(super) fn block_disassociated(&mut self, association_id: &str) {
        let Some((vpc_id, block, _)) = self.vpc_of_block(association_id) else {
            return;
        };
        for table in self.route_tables.values_mut().filter(|table| table.vpc_id == vpc_id) {
            table.routes.retain(|route| *route != local_route(&block));
        }
        if let Some(vpc) = self.vpcs.get_mut(&vpc_id) {
            vpc.live
                .cidr_block_associations
                .retain(|association| association.association_id != association_id);
        }
        self.forget(association_id);
    }

    /// The VPC and block of an association, and whether it is the primary one.
    fn vpc_of_block(&self, association_id: &str) -> Option<(String, String, bool)> {
        self.vpcs.values().find_map(|vpc| {
            let at = vpc
                .live
                .cidr_block_associations
                .iter()
                .position(|association| association.association_id == association_id)?;
            let block = vpc.live.cidr_block_associations.get(at)?.cidr_block.clone();
            Some((vpc.live.vpc_id.clone(), block, at == 0))
        })
    }

    fn set_block_state(&mut self, association_id: &str, state: &str) {
        let blocks = self.vpcs.values_mut().flat_map(|vpc| &mut vpc.live.cidr_block_associations);
        for association in blocks.filter(|association| association.association_id == association_id) {
            state.clone_into(&mut association.state);
        }
    }

    /// Changes the state where it is `from`; says whether it was.
    fn set_block_state_from(&mut self, association_id: &str, from: &str, to: &str) -> bool {
        let matches = self
            .vpcs
            .values()
            .flat_map(|vpc| &vpc.live.cidr_block_associations)
            .any(|association| association.association_id == association_id && association.state == from);
        if matches {
            self.set_block_state(association_id, to);
        }
        matches
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_of_ranges_do_not_mix() {
        let restricted =
            |existing: &str, added: &str| is_restricted(existing.parse().unwrap(), added.parse().unwrap());
        assert!(restricted("10.1.0.0/16", "192.168.0.0/16"));
        assert!(restricted("10.1.0.0/16", "10.0.0.0/16"));
        assert!(!restricted("10.2.0.0/16", "10.0.0.0/16"));
        assert!(restricted("172.16.0.0/16", "172.31.0.0/16"));
        assert!(!restricted("192.168.0.0/24", "192.168.1.0/24"));
        assert!(restricted("100.64.0.0/16", "10.0.0.0/16"));
        assert!(!restricted("10.0.0.0/16", "100.64.0.0/16"));
    }
}
