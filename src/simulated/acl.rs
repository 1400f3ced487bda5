//! Network ACLs.

use super::{
    ids::{self, refuse},
    limits::room_for_one,
    state::{Answer, SimulatedCloud},
    vpc::read_block,
};
use crate::{
    cloud::{CloudError, LiveNetworkAcl, LiveNetworkAclAssociation, NetworkAclEntry, Reply, Tags},
    net::{Protocol, cidr},
};

/// The number of the denial at the end of every list.
const IMPLICIT_DENY: i32 = 32767;

fn catch_all(rule_number: i32, egress: bool, rule_action: &str) -> NetworkAclEntry {
    NetworkAclEntry {
        rule_number,
        egress,
        protocol: "-1".to_owned(),
        rule_action: rule_action.to_owned(),
        cidr_block: Some("0.0.0.0/0".to_owned()),
        ..NetworkAclEntry::default()
    }
}

/// The entry as EC2 keeps it: the protocol as a number, the block without host bits, and only the
/// fields that matter for the protocol.
fn read_entry(entry: &NetworkAclEntry) -> Result<NetworkAclEntry, CloudError> {
    if !(1..IMPLICIT_DENY).contains(&entry.rule_number) {
        return refuse(
            "InvalidParameterValue",
            format!(
                "Value ({}) for parameter ruleNumber is invalid. It must be between 1 and 32766.",
                entry.rule_number
            ),
        );
    }
    if !matches!(entry.rule_action.as_str(), "allow" | "deny") {
        return refuse(
            "InvalidParameterValue",
            format!("Invalid value '{}' for ruleAction.", entry.rule_action),
        );
    }
    let Ok(protocol) = entry.protocol.parse::<Protocol>() else {
        return refuse(
            "InvalidParameterValue",
            format!("Invalid value '{}' for IP protocol.", entry.protocol),
        );
    };
    let mut kept = NetworkAclEntry { protocol: protocol.as_number_text(), ..entry.clone() };
    match (&entry.cidr_block, &entry.ipv6_cidr_block) {
        (Some(block), None) => kept.cidr_block = Some(read_block(block, "cidrBlock")?.to_string()),
        (None, Some(block)) => match cidr::parse(block) {
            Ok(block @ ipnet::IpNet::V6(_)) => kept.ipv6_cidr_block = Some(block.to_string()),
            _ => {
                return refuse(
                    "InvalidParameterValue",
                    format!("Value ({block}) for parameter ipv6CidrBlock is invalid."),
                );
            }
        },
        (None, None) => {
            return refuse("MissingParameter", "The request must contain the parameter cidrBlock");
        }
        (Some(_), Some(_)) => {
            return refuse(
                "InvalidParameterCombination",
                "Only one of cidrBlock and ipv6CidrBlock may be given.",
            );
        }
    }
    if protocol.has_ports() {
        check_ports(entry)?;
    } else {
        kept.port_range = None;
    }
    if protocol.is_icmp() {
        if entry.icmp_type_code.is_none() {
            return refuse("MissingParameter", "The request must contain the parameter icmpTypeCode");
        }
    } else {
        kept.icmp_type_code = None;
    }
    Ok(kept)
}

fn check_ports(entry: &NetworkAclEntry) -> Result<(), CloudError> {
    let Some(ports) = entry.port_range else {
        return refuse("MissingParameter", "The request must contain the parameter portRange");
    };
    if 0 <= ports.from && ports.from <= ports.to && ports.to <= 65535 {
        return Ok(());
    }
    refuse("InvalidParameterValue", format!("Invalid value '{}-{}' for portRange.", ports.from, ports.to))
}

impl SimulatedCloud {
    /// The ACL that comes with a VPC: everything allowed, both ways.
    pub(super) fn make_default_network_acl(&mut self, vpc_id: &str) {
        let id = self.make_network_acl(vpc_id, &Tags::new());
        if let Some(acl) = self.network_acls.get_mut(&id) {
            acl.is_default = true;
            acl.entries.insert(0, catch_all(100, true, "allow"));
            acl.entries.insert(1, catch_all(100, false, "allow"));
        }
    }

    fn make_network_acl(&mut self, vpc_id: &str, tags: &Tags) -> String {
        let id = self.new_id(ids::ACL.prefix);
        let acl = LiveNetworkAcl {
            network_acl_id: id.clone(),
            vpc_id: vpc_id.to_owned(),
            is_default: false,
            entries: vec![catch_all(IMPLICIT_DENY, true, "deny"), catch_all(IMPLICIT_DENY, false, "deny")],
            associations: Vec::new(),
            tags: tags.clone(),
        };
        self.network_acls.insert(id.clone(), acl);
        id
    }

    /// Puts a new subnet under the VPC's default ACL.
    pub(super) fn join_default_network_acl(&mut self, vpc_id: &str, subnet_id: &str) {
        let association = LiveNetworkAclAssociation {
            network_acl_association_id: self.new_id(ids::ACL_ASSOCIATION.prefix),
            subnet_id: subnet_id.to_owned(),
        };
        if let Some(acl) = self.network_acls.values_mut().find(|acl| acl.vpc_id == vpc_id && acl.is_default) {
            acl.associations.push(association);
        }
    }

    pub(super) fn create_network_acl(&mut self, vpc_id: &str, tags: &Tags) -> Answer {
        ids::VPC.find(&self.vpcs, vpc_id)?;
        let used = self.network_acls.values().filter(|acl| acl.vpc_id == vpc_id).count();
        room_for_one(used, self.limits.network_acls_per_vpc, "NetworkAclLimitExceeded", "network ACLs")?;
        Ok(Reply::created(self.make_network_acl(vpc_id, tags)))
    }

    pub(super) fn delete_network_acl(&mut self, id: &str) -> Answer {
        let acl = ids::ACL.find(&self.network_acls, id)?;
        if acl.is_default {
            return refuse("InvalidParameterValue", format!("cannot delete default network ACL {id}"));
        }
        if !acl.associations.is_empty() {
            return refuse(
                "DependencyViolation",
                format!("The networkAcl '{id}' has dependencies and cannot be deleted."),
            );
        }
        self.network_acls.remove(id);
        self.forget(id);
        Ok(Reply::Done)
    }

    pub(super) fn create_network_acl_entry(&mut self, id: &str, entry: &NetworkAclEntry) -> Answer {
        let entry = read_entry(entry)?;
        let limit = self.limits.entries_per_network_acl;
        let acl = ids::ACL.find_mut(&mut self.network_acls, id)?;
        let same_way = || acl.entries.iter().filter(|other| other.egress == entry.egress);
        if same_way().any(|other| other.rule_number == entry.rule_number) {
            return refuse(
                "NetworkAclEntryAlreadyExists",
                format!("The network acl entry identified by {} already exists.", entry.rule_number),
            );
        }
        let used = same_way().filter(|other| other.rule_number < IMPLICIT_DENY).count();
        room_for_one(used, limit, "NetworkAclEntryLimitExceeded", "network ACL entries")?;
        acl.entries.push(entry);
        acl.entries.sort_by_key(|entry| (!entry.egress, entry.rule_number));
        Ok(Reply::Done)
    }

    pub(super) fn replace_network_acl_entry(&mut self, id: &str, entry: &NetworkAclEntry) -> Answer {
        let entry = read_entry(entry)?;
        let acl = ids::ACL.find_mut(&mut self.network_acls, id)?;
        let at = position(acl, entry.rule_number, entry.egress)?;
        if let Some(place) = acl.entries.get_mut(at) {
            *place = entry;
        }
        Ok(Reply::Done)
    }

    pub(super) fn delete_network_acl_entry(&mut self, id: &str, rule_number: i32, egress: bool) -> Answer {
        let acl = ids::ACL.find_mut(&mut self.network_acls, id)?;
        if rule_number >= IMPLICIT_DENY {
            return refuse("InvalidParameterValue", format!("The entry {rule_number} cannot be deleted."));
        }
        let at = position(acl, rule_number, egress)?;
        acl.entries.remove(at);
        Ok(Reply::Done)
    }

    pub(super) fn replace_network_acl_association(&mut self, association_id: &str, id: &str) -> Answer {
        ids::ACL_ASSOCIATION.check(association_id)?;
        let (old_acl_id, vpc_id, subnet_id) = self
            .network_acls
            .values()
            .find_map(|acl| {
                let found =
                    acl.associations.iter().find(|one| one.network_acl_association_id == association_id)?;
                Some((acl.network_acl_id.clone(), acl.vpc_id.clone(), found.subnet_id.clone()))
            })
            .ok_or_else(|| ids::ACL_ASSOCIATION.not_found(association_id))?;
        if ids::ACL.find(&self.network_acls, id)?.vpc_id != vpc_id {
            return refuse(
                "InvalidParameterValue",
                format!("networkAcl {id} and subnet {subnet_id} belong to different networks"),
            );
        }
        if let Some(old) = self.network_acls.get_mut(&old_acl_id) {
            old.associations.retain(|association| association.network_acl_association_id != association_id);
        }
        let new_id = self.new_id(ids::ACL_ASSOCIATION.prefix);
        let association = LiveNetworkAclAssociation { network_acl_association_id: new_id.clone(), subnet_id };
        ids::ACL.find_mut(&mut self.network_acls, id)?.associations.push(association);
        self.forget(association_id);
        Ok(Reply::created(new_id))
    }
}

fn position(acl: &LiveNetworkAcl, rule_number: i32, egress: bool) -> Result<usize, CloudError> {
    acl.entries
        .iter()
        .position(|entry| entry.rule_number == rule_number && entry.egress == egress)
        .ok_or_else(|| {
            CloudError::answered(
                "InvalidNetworkAclEntry.NotFound",
                format!("The network acl entry identified by {rule_number} does not exist."),
            )
        })
}
