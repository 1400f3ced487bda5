//! Security groups, network ACLs and key pairs, there and back.

use vpcscape::cloud::{
    AclPortRange, Call, DescribeKind, Filter, LiveNetworkAcl, NetworkAclEntry, SecurityGroupRule, Tags,
};

use super::cloud::{Cloud, tags};
use crate::{all, one};

fn ssh(from: &str) -> SecurityGroupRule {
    SecurityGroupRule {
        ip_protocol: "tcp".to_owned(),
        from_port: Some(22),
        to_port: Some(22),
        cidr_ipv4: Some(from.to_owned()),
        description: Some("operators".to_owned()),
        ..SecurityGroupRule::default()
    }
}

#[tokio::test]
async fn rules_are_added_by_block_and_by_group_and_removed_by_id() {
    let cloud = Cloud::of("us-east-1").await;
    let vpc_id = cloud.vpc().await;
    let (bastion, private) = (cloud.group(&vpc_id, "bastion").await, cloud.group(&vpc_id, "private").await);
    let from_bastion =
        SecurityGroupRule { cidr_ipv4: None, referenced_group_id: Some(bastion.clone()), ..ssh("") };
    let rules = vec![ssh("192.0.2.0/24"), from_bastion];
    let call = Call::AuthorizeSecurityGroupRules {
        group_id: private.clone(),
        egress: false,
        rules,
        tags: tags("rule"),
    };
    let made = cloud.created(call).await;
    assert_eq!((made.id.as_str(), made.security_group_rule_ids.len()), (private.as_str(), 2));

    let live = one!(cloud.show(DescribeKind::SecurityGroups, &[&private]).await, SecurityGroups);
    assert_eq!((live.group_name.as_str(), live.description.as_str()), ("private", "for private"));
    let rule = |id: &str| live.rules.iter().find(|rule| rule.security_group_rule_id == id).unwrap();
    let by_block = rule(&made.security_group_rule_ids[0]);
    assert_eq!(by_block.cidr_ipv4.as_deref(), Some("192.0.2.0/24"));
    assert_eq!(by_block.description.as_deref(), Some("operators"));
    assert_eq!((by_block.from_port, by_block.to_port, by_block.is_egress), (Some(22), Some(22), false));
    let by_group = rule(&made.security_group_rule_ids[1]);
    assert_eq!((by_group.referenced_group_id.as_ref(), by_group.cidr_ipv4.as_ref()), (Some(&bastion), None));
    let egress: Vec<_> = live.rules.iter().filter(|rule| rule.is_egress).collect();
    assert_eq!((egress.len(), egress[0].ip_protocol.as_str()), (1, "-1"));

    let revoke = |egress, id: &str| Call::RevokeSecurityGroupRules {
        group_id: private.clone(),
        egress,
        security_group_rule_ids: vec![id.to_owned()],
    };
    cloud.done(revoke(true, &egress[0].security_group_rule_id)).await;
    cloud.done(revoke(false, &made.security_group_rule_ids[1])).await;
    let live = one!(cloud.show(DescribeKind::SecurityGroups, &[&private]).await, SecurityGroups);
    let left: Vec<_> = live.rules.iter().map(|rule| rule.security_group_rule_id.clone()).collect();
    assert_eq!(left, made.security_group_rule_ids[..1]);
    for group_id in [private, bastion] {
        cloud.done(Call::DeleteSecurityGroup { group_id }).await;
    }
}

#[tokio::test]
async fn egress_rules_go_out() {
    let cloud = Cloud::of("us-east-2").await;
    let vpc_id = cloud.vpc().await;
    let group_id = cloud.group(&vpc_id, "out").await;
    let https = SecurityGroupRule { from_port: Some(443), to_port: Some(443), ..ssh("198.51.100.0/24") };
    let (group, rules) = (group_id.clone(), vec![https]);
    let call = Call::AuthorizeSecurityGroupRules { group_id: group, egress: true, rules, tags: Tags::new() };
    let made = cloud.created(call).await;
    let live = one!(cloud.show(DescribeKind::SecurityGroups, &[&group_id]).await, SecurityGroups);
    let id = &made.security_group_rule_ids[0];
    let rule = live.rules.iter().find(|rule| &rule.security_group_rule_id == id).unwrap();
    assert!(rule.is_egress && rule.from_port == Some(443), "{rule:?}");
}

fn entry(rule_number: i32, egress: bool, from: i32) -> NetworkAclEntry {
    NetworkAclEntry {
        rule_number,
        egress,
        protocol: "6".to_owned(),
        rule_action: "allow".to_owned(),
        cidr_block: Some("0.0.0.0/0".to_owned()),
        port_range: Some(AclPortRange { from, to: 65535 }),
        ..NetworkAclEntry::default()
    }
}

#[tokio::test]
async fn a_network_acl_keeps_its_entries_and_takes_a_subnet() {
    let cloud = Cloud::of("us-west-1").await;
    let vpc_id = cloud.vpc().await;
    let subnet_id = cloud.subnet(&vpc_id, "10.0.0.0/24", 'a').await;
    let (vpc, client_token) = (vpc_id.clone(), Some("acl".to_owned()));
    let acl = cloud.make(Call::CreateNetworkAcl { vpc_id: vpc, tags: tags("acl"), client_token }).await;
    for entry in [entry(110, false, 1024), entry(100, true, 1024), entry(100, false, 22)] {
        cloud.done(Call::CreateNetworkAclEntry { network_acl_id: acl.clone(), entry }).await;
    }
    let denied = NetworkAclEntry { rule_action: "deny".to_owned(), ..entry(110, false, 3389) };
    let replace = Call::ReplaceNetworkAclEntry { network_acl_id: acl.clone(), entry: denied.clone() };
    cloud.done(replace).await;
    let (network_acl_id, rule_number) = (acl.clone(), 100);
    cloud.done(Call::DeleteNetworkAclEntry { network_acl_id, rule_number, egress: true }).await;

    let filters = vec![Filter::one("vpc-id", vpc_id), Filter::one("default", "true")];
    let default = Call::Describe { kind: DescribeKind::NetworkAcls, filters, ids: Vec::new() };
    let standing = one!(cloud.list(default).await, NetworkAcls);
    assert!(standing.is_default);
    let association_id = association_of(&standing, &subnet_id);
    let moved = Call::ReplaceNetworkAclAssociation { association_id, network_acl_id: acl.clone() };
    let association_id = cloud.make(moved).await;
    let live = one!(cloud.show(DescribeKind::NetworkAcls, &[&acl]).await, NetworkAcls);
    assert_eq!((live.is_default, &live.tags), (false, &tags("acl")));
    assert_eq!(live.entries, [entry(100, false, 22), denied]);
    assert_eq!(association_of(&live, &subnet_id), association_id);
    let back = Call::ReplaceNetworkAclAssociation { association_id, network_acl_id: standing.network_acl_id };
    cloud.make(back).await;
    cloud.done(Call::DeleteNetworkAcl { network_acl_id: acl }).await;
}

fn association_of(acl: &LiveNetworkAcl, subnet_id: &str) -> String {
    let of_subnet = acl.associations.iter().find(|association| association.subnet_id == subnet_id);
    of_subnet.expect("the subnet is there").network_acl_association_id.clone()
}

#[tokio::test]
async fn key_pairs_are_imported_and_made() {
    let cloud = Cloud::of("us-west-2").await;
    let public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHDJNNvpHeUsV2DaoCd4eUUmdZqK3aK2vhqjrfQkiGSX test";
    let import = Call::ImportKeyPair {
        key_name: "imported".to_owned(),
        public_key_material: public_key.to_owned(),
        tags: tags("imported"),
    };
    let imported = cloud.created(import).await;
    assert_eq!(imported.key_material, None);
    let create = Call::CreateKeyPair {
        key_name: "made".to_owned(),
        key_type: "ed25519".to_owned(),
        tags: tags("made"),
    };
    let made = cloud.created(create).await;
    let pem = made.key_material.expect("the private key is answered this once");
    assert!(pem.reveal().starts_with("-----BEGIN OPENSSH PRIVATE KEY-----"));

    let live = one!(cloud.show(DescribeKind::KeyPairs, &[&made.id]).await, KeyPairs);
    assert_eq!((live.key_name.as_str(), live.tags), ("made", tags("made")));
    assert_eq!(live.key_type.as_deref(), Some("ed25519"));
    for key_pair_id in [imported.id, made.id, "key-00000000000000000".to_owned()] {
        cloud.done(Call::DeleteKeyPair { key_pair_id }).await;
    }
    assert_eq!(all!(cloud.list(Call::describe_all(DescribeKind::KeyPairs)).await, KeyPairs), []);
}
