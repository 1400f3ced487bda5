//! Security groups and their rules.

use aws_sdk_ec2::{
    Client,
    types::{
        IpPermission, IpRange, Ipv6Range, PrefixListId, ResourceType, SecurityGroupRule as SdkRule,
        UserIdGroupPair,
    },
};

use super::{
    answer::{created, list, tagged},
    describe,
    failure::of_write,
    live_network,
};
use crate::{
    cloud::{CloudError, CloudFuture, Created, LiveSecurityGroupRule, Reply, SecurityGroupRule, Tags},
    net::{Protocol, cidr},
    t,
};

pub(super) fn create<'a>(
    ec2: &'a Client,
    name: &'a str,
    description: &'a str,
    vpc_id: &'a str,
    tags: &'a Tags,
) -> CloudFuture<'a> {
    Box::pin(async move {
        let made = ec2
            .create_security_group()
            .group_name(name)
            .description(description)
            .vpc_id(vpc_id)
            .set_tag_specifications(tagged(ResourceType::SecurityGroup, tags))
            .send()
            .await
            .map_err(of_write)?;
        created(made.group_id)
    })
}

pub(super) fn delete<'a>(ec2: &'a Client, group_id: &'a str) -> CloudFuture<'a> {
    Box::pin(async move {
        ec2.delete_security_group().group_id(group_id).send().await.map_err(of_write)?;
        Ok(Reply::Done)
    })
}

pub(super) fn authorize<'a>(
    ec2: &'a Client,
    group_id: &'a str,
    egress: bool,
    rules: &'a [SecurityGroupRule],
    tags: &'a Tags,
) -> CloudFuture<'a> {
    Box::pin(async move {
        let answered = if egress {
            authorize_egress(ec2, group_id, rules, tags).await?
        } else {
            authorize_ingress(ec2, group_id, rules, tags).await?
        };
        let answered: Vec<_> = answered.into_iter().map(live_network::rule).collect();
        let ids = match rule_ids(rules, egress, &answered) {
            Some(ids) => ids,
            // Not every cloud lists all of them in its reply; they are there all the same.
            None => read_back(ec2, group_id, egress, rules).await?,
        };
        Ok(Reply::Created(Created {
            id: group_id.to_owned(),
            security_group_rule_ids: ids,
            ..Created::default()
        }))
    })
}

async fn authorize_ingress(
    ec2: &Client,
    group_id: &str,
    rules: &[SecurityGroupRule],
    tags: &Tags,
) -> Result<Vec<SdkRule>, CloudError> {
    let call = ec2
        .authorize_security_group_ingress()
        .group_id(group_id)
        .set_ip_permissions(Some(rules.iter().map(permission).collect()))
        .set_tag_specifications(tagged(ResourceType::SecurityGroupRule, tags));
    let made = call.send().await.map_err(of_write)?;
    Ok(made.security_group_rules.unwrap_or_default())
}

async fn authorize_egress(
    ec2: &Client,
    group_id: &str,
    rules: &[SecurityGroupRule],
    tags: &Tags,
) -> Result<Vec<SdkRule>, CloudError> {
    let call = ec2
        .authorize_security_group_egress()
        .group_id(group_id)
        .set_ip_permissions(Some(rules.iter().map(permission).collect()))
        .set_tag_specifications(tagged(ResourceType::SecurityGroupRule, tags));
    let made = call.send().await.map_err(of_write)?;
    Ok(made.security_group_rules.unwrap_or_default())
}

async fn read_back(
    ec2: &Client,
    group_id: &str,
    egress: bool,
    rules: &[SecurityGroupRule],
) -> Result<Vec<String>, CloudError> {
    let there = describe::rules_of(ec2, &[group_id.to_owned()])
        .await
        .map_err(|error| CloudError::lost_reply(error.to_string()))?;
    rule_ids(rules, egress, &there).ok_or_else(|| CloudError::lost_reply(t!("aws-reply-without-rules")))
}

pub(super) fn revoke<'a>(
    ec2: &'a Client,
    group_id: &'a str,
    egress: bool,
    rule_ids: &'a [String],
) -> CloudFuture<'a> {
    Box::pin(async move {
        if egress {
            let call = ec2.revoke_security_group_egress().group_id(group_id);
            call.set_security_group_rule_ids(list(rule_ids)).send().await.map_err(of_write)?;
        } else {
            let call = ec2.revoke_security_group_ingress().group_id(group_id);
            call.set_security_group_rule_ids(list(rule_ids)).send().await.map_err(of_write)?;
        }
        Ok(Reply::Done)
    })
}

/// One permission per rule: the description belongs to the peer, not to the permission.
fn permission(rule: &SecurityGroupRule) -> IpPermission {
    let description = rule.description.clone();
    let permission = IpPermission::builder()
        .ip_protocol(&rule.ip_protocol)
        .set_from_port(rule.from_port)
        .set_to_port(rule.to_port);
    let permission = if let Some(block) = &rule.cidr_ipv4 {
        permission.ip_ranges(IpRange::builder().cidr_ip(block).set_description(description).build())
    } else if let Some(block) = &rule.cidr_ipv6 {
        permission.ipv6_ranges(Ipv6Range::builder().cidr_ipv6(block).set_description(description).build())
    } else if let Some(id) = &rule.prefix_list_id {
        let list = PrefixListId::builder().prefix_list_id(id);
        permission.prefix_list_ids(list.set_description(description).build())
    } else if let Some(id) = &rule.referenced_group_id {
        let pair = UserIdGroupPair::builder().group_id(id);
        permission.user_id_group_pairs(pair.set_description(description).build())
    } else {
        // EC2 says itself what is missing.
        permission
    };
    permission.build()
}

/// The ids of the wanted rules, in their order; `None` where one of them is not there.
fn rule_ids(
    wanted: &[SecurityGroupRule],
    egress: bool,
    there: &[LiveSecurityGroupRule],
) -> Option<Vec<String>> {
    wanted
        .iter()
        .map(|rule| {
            there
                .iter()
                .find(|live| live.is_egress == egress && same(rule, live))
                .map(|live| live.security_group_rule_id.clone())
        })
        .collect()
}

/// Whether the live rule is the wanted one, in whichever spelling: EC2 clears the host bits of
/// blocks, names protocols that were given by number, and shows "all ports" as -1 or not at all.
fn same(wanted: &SecurityGroupRule, live: &LiveSecurityGroupRule) -> bool {
    let protocol = |text: &str| text.parse::<Protocol>().ok();
    let block = |text: &Option<String>| text.as_deref().and_then(|text| cidr::parse(text).ok());
    let ports = |from: Option<i32>, to: Option<i32>| (from.unwrap_or(-1), to.unwrap_or(-1));
    let all = protocol(&wanted.ip_protocol) == Some(Protocol::All);
    protocol(&wanted.ip_protocol) == protocol(&live.ip_protocol)
        && (all || ports(wanted.from_port, wanted.to_port) == ports(live.from_port, live.to_port))
        && block(&wanted.cidr_ipv4) == block(&live.cidr_ipv4)
        && block(&wanted.cidr_ipv6) == block(&live.cidr_ipv6)
        && wanted.prefix_list_id == live.prefix_list_id
        && wanted.referenced_group_id == live.referenced_group_id
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(protocol: &str, ports: Option<(i32, i32)>, block: &str) -> SecurityGroupRule {
        SecurityGroupRule {
            ip_protocol: protocol.to_owned(),
            from_port: ports.map(|(from, _)| from),
            to_port: ports.map(|(_, to)| to),
            cidr_ipv4: Some(block.to_owned()),
            description: Some("why".to_owned()),
            ..SecurityGroupRule::default()
        }
    }

    fn live(id: &str, protocol: &str, ports: (i32, i32), block: &str) -> LiveSecurityGroupRule {
        LiveSecurityGroupRule {
            security_group_rule_id: id.to_owned(),
            ip_protocol: protocol.to_owned(),
            from_port: Some(ports.0),
            to_port: Some(ports.1),
            cidr_ipv4: Some(block.to_owned()),
            ..LiveSecurityGroupRule::default()
        }
    }

    #[test]
    fn rules_are_found_in_the_order_of_the_call_whatever_their_spelling() {
        let there =
            [live("sgr-all", "-1", (-1, -1), "10.0.0.0/8"), live("sgr-ssh", "tcp", (22, 22), "192.0.2.0/24")];
        let ids = rule_ids(
            &[wanted("6", Some((22, 22)), "192.0.2.7/24"), wanted("-1", None, "10.0.0.0/8")],
            false,
            &there,
        );
        assert_eq!(ids, Some(vec!["sgr-ssh".to_owned(), "sgr-all".to_owned()]));
    }

    #[test]
    fn a_rule_of_the_other_direction_or_port_is_not_taken() {
        let there = [live("sgr-ssh", "tcp", (22, 22), "192.0.2.0/24")];
        let ssh = [wanted("tcp", Some((22, 22)), "192.0.2.0/24")];
        assert_eq!(rule_ids(&ssh, true, &there), None);
        assert_eq!(rule_ids(&[wanted("tcp", Some((23, 23)), "192.0.2.0/24")], false, &there), None);
        assert_eq!(rule_ids(&[wanted("tcp", Some((22, 22)), "192.0.2.0/25")], false, &there), None);
    }

    #[test]
    fn the_description_goes_to_the_peer() {
        let permission = permission(&wanted("tcp", Some((22, 22)), "192.0.2.0/24"));
        assert_eq!(permission.ip_ranges()[0].description(), Some("why"));
        assert!(permission.user_id_group_pairs().is_empty());
    }
}
