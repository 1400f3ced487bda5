//! Tags.

use super::{
    ids::{self, IdKind, refuse},
    state::{Answer, SimulatedCloud},
};
use crate::cloud::{CloudError, Reply, Tags};

fn check_tag(key: &str, value: &str) -> Result<(), CloudError> {
    if key.is_empty() || key.chars().count() > 128 {
        return refuse("InvalidParameterValue", format!("Tag key '{key}' must have 1 to 128 characters."));
    }
    if value.chars().count() > 256 {
        return refuse("InvalidParameterValue", format!("The value of tag '{key}' exceeds 256 characters."));
    }
    if key.to_ascii_lowercase().starts_with("aws:") {
        return refuse(
            "InvalidParameterValue",
            "Tag keys starting with 'aws:' are reserved for internal use",
        );
    }
    Ok(())
}

impl SimulatedCloud {
    /// Refuses tags that no object can have.
    pub(super) fn check_tags(&self, tags: &Tags) -> Result<(), CloudError> {
        if tags.len() > self.limits.tags_per_object {
            return refuse("TagLimitExceeded", "The maximum number of Tags for a resource has been reached.");
        }
        tags.iter().try_for_each(|(key, value)| check_tag(key, value))
    }

    pub(super) fn create_tags(&mut self, resources: &[String], tags: &Tags) -> Answer {
        for id in resources {
            let mut merged = self.tags_of_mut(id)?.clone();
            merged.extend(tags.clone());
            self.check_tags(&merged)?;
        }
        for id in resources {
            self.tags_of_mut(id)?.extend(tags.clone());
        }
        Ok(Reply::Done)
    }

    pub(super) fn delete_tags(&mut self, resources: &[String], keys: &[String]) -> Answer {
        for id in resources {
            self.tags_of_mut(id)?;
        }
        for id in resources {
            self.tags_of_mut(id)?.retain(|key, _| !keys.contains(key));
        }
        Ok(Reply::Done)
    }

    /// The tags of an object of any kind that has tags.
    fn tags_of_mut(&mut self, id: &str) -> Result<&mut Tags, CloudError> {
        let Some(kind) = IdKind::of(id) else {
            return refuse("InvalidID", format!("The ID '{id}' is not valid"));
        };
        Ok(match kind {
            ids::VPC => &mut kind.find_mut(&mut self.vpcs, id)?.live.tags,
            ids::SUBNET => &mut kind.find_mut(&mut self.subnets, id)?.tags,
            ids::IGW => &mut kind.find_mut(&mut self.internet_gateways, id)?.tags,
            ids::EIGW => &mut kind.find_mut(&mut self.egress_only_internet_gateways, id)?.tags,
            ids::RTB => &mut kind.find_mut(&mut self.route_tables, id)?.tags,
            ids::EIP => &mut kind.find_mut(&mut self.addresses, id)?.tags,
            ids::NAT => &mut kind.find_mut(&mut self.nat_gateways, id)?.tags,
            ids::ACL => &mut kind.find_mut(&mut self.network_acls, id)?.tags,
            ids::SG => &mut kind.find_mut(&mut self.security_groups, id)?.tags,
            ids::KEY => &mut kind.find_mut(&mut self.key_pairs, id)?.tags,
            ids::INSTANCE => &mut kind.find_mut(&mut self.instances, id)?.tags,
            ids::ENI => &mut kind.find_mut(&mut self.network_interfaces, id)?.tags,
            ids::VPCE => &mut kind.find_mut(&mut self.vpc_endpoints, id)?.tags,
            ids::PCX
            | ids::VGW
            | ids::CGW
            | ids::VPN
            | ids::BLOCK_EXCLUSION
            | ids::TGW
            | ids::TGW_ATTACHMENT
            | ids::TGW_RTB
            | ids::DOPT
            | ids::FLOW_LOG
            | ids::EICE
            | ids::PREFIX_LIST => &mut kind.find_mut(&mut self.objects, id)?.tags,
            ids::SG_RULE => {
                kind.check(id)?;
                let mut rules = self.security_groups.values_mut().flat_map(|group| &mut group.rules);
                let rule = rules.find(|rule| rule.security_group_rule_id == id);
                &mut rule.ok_or_else(|| kind.not_found(id))?.tags
            }
            _ => return refuse("InvalidID", format!("The ID '{id}' is not valid")),
        })
    }
}
