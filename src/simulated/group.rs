//! Security groups.

use super::{
    ids::{self, refuse},
    limits::room_for_one,
    state::{Answer, SimulatedCloud},
};
use crate::cloud::{CloudError, LiveSecurityGroup, Reply, Tags};

/// Whether a name or description has only the characters that EC2 takes.
fn is_plain(text: &str) -> bool {
    text.len() <= 255
        && text.chars().all(|c| c.is_ascii_alphanumeric() || " ._-:/()#,@[]+=&;{}!$*".contains(c))
}

fn check_name(group_name: &str, description: &str) -> Result<(), CloudError> {
    if group_name.is_empty() {
        return refuse("MissingParameter", "The request must contain the parameter groupName");
    }
    if description.is_empty() {
        return refuse("MissingParameter", "The request must contain the parameter groupDescription");
    }
    let lower = group_name.to_ascii_lowercase();
    if lower == "default" || lower.starts_with("sg-") {
        return refuse(
            "InvalidParameterValue",
            format!("Cannot use reserved security group name: {group_name}"),
        );
    }
    if !is_plain(group_name) || !is_plain(description) {
        return refuse(
            "InvalidParameterValue",
            "Character sets beyond ASCII are not supported, and 255 characters are the most.",
        );
    }
    Ok(())
}

impl SimulatedCloud {
    pub(super) fn create_security_group(
        &mut self,
        group_name: &str,
        description: &str,
        vpc_id: &str,
        tags: &Tags,
    ) -> Answer {
        check_name(group_name, description)?;
        ids::VPC.find(&self.vpcs, vpc_id)?;
        let is_taken = self
            .security_groups
            .values()
            .any(|group| group.vpc_id == vpc_id && group.group_name.eq_ignore_ascii_case(group_name));
        if is_taken {
            return refuse(
                "InvalidGroup.Duplicate",
                format!("The security group '{group_name}' already exists for VPC '{vpc_id}'"),
            );
        }
        let used = self.security_groups.len();
        room_for_one(used, self.limits.security_groups, "SecurityGroupLimitExceeded", "security groups")?;
        let id = self.new_id(ids::SG.prefix);
        let group = LiveSecurityGroup {
            group_id: id.clone(),
            group_name: group_name.to_owned(),
            description: description.to_owned(),
            vpc_id: vpc_id.to_owned(),
            rules: vec![self.rule_everything_out()],
            tags: tags.clone(),
        };
        self.security_groups.insert(id.clone(), group);
        Ok(Reply::created(id))
    }

    pub(super) fn delete_security_group(&mut self, id: &str) -> Answer {
        let group = ids::SG.find(&self.security_groups, id)?;
        if group.group_name == "default" {
            return refuse(
                "CannotDelete",
                format!("the specified group: \"{id}\" name: \"default\" cannot be deleted by a user"),
            );
        }
        let is_used =
            self.network_interfaces.values().any(|one| one.groups.iter().any(|group| group.group_id == id));
        let is_referenced = self.security_groups.values().any(|other| {
            other.group_id != id
                && other.rules.iter().any(|rule| rule.referenced_group_id.as_deref() == Some(id))
        });
        if is_used || is_referenced {
            return refuse("DependencyViolation", format!("resource {id} has a dependent object"));
        }
        self.security_groups.remove(id);
        self.forget(id);
        Ok(Reply::Done)
    }
}
