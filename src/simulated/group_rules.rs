//! Rules of security groups.

use ipnet::IpNet;

use super::{
    catalogue,
    ids::{self, refuse},
    state::{Answer, SimulatedCloud},
};
use crate::{
    cloud::{CloudError, Created, LiveSecurityGroup, LiveSecurityGroupRule, Reply, SecurityGroupRule, Tags},
    net::{Protocol, cidr},
};

/// The ports as EC2 keeps them, or the refusal.
fn read_ports(
    protocol: Protocol,
    rule: &SecurityGroupRule,
) -> Result<(Option<i32>, Option<i32>), CloudError> {
    if protocol == Protocol::All {
        return Ok((Some(-1), Some(-1)));
    }
    if !protocol.has_ports() && !protocol.is_icmp() {
        return Ok((None, None));
    }
    let (Some(from), Some(to)) = (rule.from_port, rule.to_port) else {
        return refuse(
            "InvalidParameterValue",
            format!(
                "Invalid value 'Must specify both from and to ports with {}' for portRange.",
                rule.ip_protocol
            ),
        );
    };
    let is_valid = if protocol.is_icmp() {
        (-1..=255).contains(&from) && (-1..=255).contains(&to)
    } else {
        0 <= from && from <= to && to <= 65535
    };
    if is_valid {
        return Ok((Some(from), Some(to)));
    }
    refuse("InvalidParameterValue", format!("Invalid value '{from}-{to}' for portRange."))
}

fn read_rule_block(text: &str, want_ipv6: bool) -> Result<String, CloudError> {
    match cidr::parse(text) {
        Ok(block) if text.contains('/') && matches!(block, IpNet::V6(_)) == want_ipv6 => {
            Ok(block.to_string())
        }
        _ => refuse("InvalidParameterValue", format!("CIDR block {text} is malformed")),
    }
}

/// Whether two rules are the same to EC2, which looks at neither description nor tags.
fn is_same(a: &LiveSecurityGroupRule, b: &LiveSecurityGroupRule) -> bool {
    a.is_egress == b.is_egress
        && a.ip_protocol == b.ip_protocol
        && (a.from_port, a.to_port) == (b.from_port, b.to_port)
        && a.cidr_ipv4 == b.cidr_ipv4
        && a.cidr_ipv6 == b.cidr_ipv6
        && a.prefix_list_id == b.prefix_list_id
        && a.referenced_group_id == b.referenced_group_id
}

fn check_description(rule: &SecurityGroupRule) -> Result<(), CloudError> {
    let description = rule.description.as_deref().unwrap_or_default();
    let is_plain =
        description.chars().all(|c| c.is_ascii_alphanumeric() || " ._-:/()#,@[]+=&;{}!$*".contains(c));
    if description.len() <= 255 && is_plain {
        return Ok(());
    }
    refuse(
        "InvalidParameterValue",
        "Invalid rule description. Valid descriptions are strings less than 256 characters from the following set: \
         a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*",
    )
}

impl SimulatedCloud {
    pub(super) fn authorize_security_group_rules(
        &mut self,
        group_id: &str,
        egress: bool,
        rules: &[SecurityGroupRule],
        tags: &Tags,
    ) -> Answer {
        let group = ids::SG.find(&self.security_groups, group_id)?;
        if rules.is_empty() {
            return refuse("MissingParameter", "The request must contain the parameter ipPermissions");
        }
        let mut added: Vec<LiveSecurityGroupRule> = Vec::new();
        for rule in rules {
            let rule = self.read_rule(group, egress, rule, tags)?;
            if added.iter().any(|other| is_same(other, &rule)) {
                return refuse("InvalidParameterValue", "The same permission must not appear multiple times");
            }
            if group.rules.iter().any(|other| is_same(other, &rule)) {
                return refuse("InvalidPermission.Duplicate", "the specified rule already exists");
            }
            added.push(rule);
        }
        self.check_rule_count(group, &added, egress)?;
        for rule in &mut added {
            rule.security_group_rule_id = self.new_id(ids::SG_RULE.prefix);
        }
        let security_group_rule_ids = added.iter().map(|rule| rule.security_group_rule_id.clone()).collect();
        ids::SG.find_mut(&mut self.security_groups, group_id)?.rules.extend(added);
        Ok(Reply::Created(Created { id: group_id.to_owned(), security_group_rule_ids, ..Created::default() }))
    }

    /// The rule as EC2 keeps it, still without an id.
    fn read_rule(
        &self,
        group: &LiveSecurityGroup,
        egress: bool,
        rule: &SecurityGroupRule,
        tags: &Tags,
    ) -> Result<LiveSecurityGroupRule, CloudError> {
        let Ok(protocol) = rule.ip_protocol.parse::<Protocol>() else {
            return refuse(
                "InvalidParameterValue",
                format!("Invalid value '{}' for IP protocol.", rule.ip_protocol),
            );
        };
        check_description(rule)?;
        let (from_port, to_port) = read_ports(protocol, rule)?;
        let mut kept = LiveSecurityGroupRule {
            security_group_rule_id: String::new(),
            is_egress: egress,
            ip_protocol: protocol.to_string(),
            from_port,
            to_port,
            description: rule.description.clone().filter(|text| !text.is_empty()),
            tags: tags.clone(),
            ..LiveSecurityGroupRule::default()
        };
        match (&rule.cidr_ipv4, &rule.cidr_ipv6, &rule.prefix_list_id, &rule.referenced_group_id) {
            (Some(block), None, None, None) => kept.cidr_ipv4 = Some(read_rule_block(block, false)?),
            (None, Some(block), None, None) => kept.cidr_ipv6 = Some(read_rule_block(block, true)?),
            (None, None, Some(id), None) => {
                ids::PREFIX_LIST.check(id)?;
                let of_aws = catalogue::prefix_lists(&self.region);
                if !of_aws.iter().any(|list| list.prefix_list_id == *id) && !self.objects.contains_key(id) {
                    return Err(ids::PREFIX_LIST.not_found(id));
                }
                kept.prefix_list_id = Some(id.clone());
            }
            (None, None, None, Some(id)) => {
                // A group of another VPC that is not peered is, to EC2, not there.
                if ids::SG.find(&self.security_groups, id)?.vpc_id != group.vpc_id {
                    return Err(ids::SG.not_found(id));
                }
                kept.referenced_group_id = Some(id.clone());
            }
            _ => {
                return refuse("MissingParameter", "A rule needs exactly one source or destination.");
            }
        }
        Ok(kept)
    }

    /// The quota counts each direction and each address family apart; a prefix list counts as its
    /// entries, a group in both families.
    fn check_rule_count(
        &self,
        group: &LiveSecurityGroup,
        added: &[LiveSecurityGroupRule],
        egress: bool,
    ) -> Result<(), CloudError> {
        let lists = catalogue::prefix_lists(&self.region);
        let weight = |rule: &LiveSecurityGroupRule| match &rule.prefix_list_id {
            None => 1,
            Some(id) => {
                lists.iter().find(|list| list.prefix_list_id == *id).map_or(1, |list| list.cidrs.len())
            }
        };
        let count = |is_other_family: fn(&LiveSecurityGroupRule) -> bool| -> usize {
            let rules = group.rules.iter().chain(added).filter(|rule| rule.is_egress == egress);
            rules.filter(|rule| !is_other_family(rule)).map(weight).sum()
        };
        let most = count(|rule| rule.cidr_ipv6.is_some()).max(count(|rule| rule.cidr_ipv4.is_some()));
        if most <= self.limits.rules_per_security_group {
            return Ok(());
        }
        refuse(
            "RulesPerSecurityGroupLimitExceeded",
            "The maximum number of rules per security group has been reached.",
        )
    }

    pub(super) fn revoke_security_group_rules(
        &mut self,
        group_id: &str,
        egress: bool,
        rule_ids: &[String],
    ) -> Answer {
        let group = ids::SG.find_mut(&mut self.security_groups, group_id)?;
        for id in rule_ids {
            ids::SG_RULE.check(id)?;
            if !group.rules.iter().any(|rule| rule.security_group_rule_id == *id && rule.is_egress == egress)
            {
                return Err(ids::SG_RULE.not_found(id));
            }
        }
        group.rules.retain(|rule| !rule_ids.contains(&rule.security_group_rule_id));
        for id in rule_ids {
            self.forget(id);
        }
        Ok(Reply::Done)
    }
}
