//! Ways to a shell on the tutorial's networks and on changed ones.

use std::{collections::BTreeMap, sync::Arc};

use super::*;
use crate::model::{
    AclRule, Document, InstanceConnectEndpoint, Resource, RuleAction, SecurityGroupRule,
    SecurityGroupRulePeer,
};

fn id(text: &str) -> ResourceId {
    ResourceId::new(text).unwrap()
}

fn template(name: &str) -> Document {
    crate::interop::templates::document(name).unwrap()
}

fn change(document: &mut Document, name: &str, change: impl FnOnce(&mut ResourceKind)) {
    let resource = document.topology.resources.get_mut(name).unwrap();
    change(&mut Arc::make_mut(resource).kind);
}

fn found(document: &Document, host: &str) -> Connection {
    let index = document.topology.index();
    connect(&Network::new(&document.topology, &index), &id(host)).unwrap()
}

fn lines(document: &Document, host: &str, access: &Access, user: &str) -> (Vec<String>, Vec<String>) {
    let index = document.topology.index();
    let network = Network::new(&document.topology, &index);
    let keys = key_files(&network, std::path::Path::new("my nets/demo.vpcscape.json"));
    let live = BTreeMap::new();
    let operator = Operator { user, keys: &keys, live: &live };
    (shell(&network, &id(host), access, &operator), ssh_config(&network, &id(host), access, &operator))
}

#[test]
fn the_private_host_is_reached_through_the_bastion() {
    let document = template("bastion-nat");
    let bastion = found(&document, "i-bastion");
    assert_eq!(bastion.works, [Access::Direct, Access::SessionManager(Vec::new())]);
    let private = found(&document, "i-private");
    let jump = Access::Jump(vec![id("i-bastion")]);
    assert_eq!(private.works, [jump.clone(), Access::SessionManager(Vec::new())]);
    assert_eq!(private.fails.first().map(|it| &it.access), Some(&Access::Direct));
    let (commands, config) = lines(&document, "i-private", &jump, "ec2-user");
    let ask = |id: &str, field: &str| {
        format!(
            "aws ec2 describe-instances --region us-east-1 --filters Name=tag:vpcscape:resource,Values={id} Name=instance-state-name,Values=running --query 'Reservations[0].Instances[0].{field}' --output text"
        )
    };
    assert_eq!(
        commands,
        [
            "ssh-add 'my nets/demo-tutorial.pem'".to_owned(),
            format!("JUMP=$({})", ask("i-bastion", "PublicIpAddress")),
            format!("HOST=$({})", ask("i-private", "PrivateIpAddress")),
            "ssh -J ec2-user@\"$JUMP\" ec2-user@\"$HOST\"".to_owned(),
        ]
    );
    let config = config.join("\n");
    for part in [
        "Host i-bastion\n",
        "Host i-private\n",
        "ProxyJump i-bastion",
        "IdentityFile \"my nets/demo-tutorial.pem\"",
    ] {
        assert!(config.contains(part), "{config}");
    }
}

#[test]
fn known_addresses_and_ids_stand_in_the_command_itself() {
    let mut document = template("bastion-nat");
    change(&mut document, "i-bastion", |kind| {
        if let ResourceKind::Instance(it) = kind {
            it.public_ip = Some("203.0.113.77".parse().unwrap());
            it.key_pair_id = None;
        }
    });
    change(&mut document, "i-private", |kind| {
        if let ResourceKind::Instance(it) = kind {
            it.private_ip = Some("10.0.1.9".parse().unwrap());
            it.key_pair_id = None;
        }
    });
    let jump = Access::Jump(vec![id("i-bastion")]);
    let (commands, config) = lines(&document, "i-private", &jump, "ubuntu");
    assert_eq!(commands, ["ssh -J ubuntu@203.0.113.77 ubuntu@10.0.1.9"]);
    assert!(config.contains(&"    HostName 10.0.1.9".to_owned()), "{config:?}");
    let (commands, _) = lines(&document, "i-bastion", &Access::Direct, "ubuntu");
    assert_eq!(commands, ["ssh ubuntu@203.0.113.77"]);
}

#[test]
fn two_bastions_are_tried_where_one_is_not_enough() {
    let mut document = template("bastion-nat");
    // A third host behind the private one: only the private host's group may enter.
    let mut inner = document.topology.resources["i-private"].kind.clone();
    let mut group = document.topology.resources["sg-private"].kind.clone();
    if let ResourceKind::SecurityGroup(it) = &mut group {
        it.ingress = vec![SecurityGroupRule::tcp(22, SecurityGroupRulePeer::Group(id("sg-private")))];
    }
    if let ResourceKind::Instance(it) = &mut inner {
        it.vpc_security_group_ids = vec![id("sg-inner")];
    }
    for (name, kind) in [("sg-inner", group), ("i-inner", inner)] {
        document.topology.resources.insert(id(name), Arc::new(Resource::new(id(name), name, kind)));
    }
    let inner = found(&document, "i-inner");
    assert_eq!(inner.works.first(), Some(&Access::Jump(vec![id("i-bastion"), id("i-private")])));
    let (commands, _) = lines(&document, "i-inner", inner.works.first().unwrap(), "ec2-user");
    assert_eq!(commands.last().unwrap(), "ssh -J ec2-user@\"$JUMP\",ec2-user@\"$JUMP_2\" ec2-user@\"$HOST\"");
}

/// The tutorial with the bastion's subnet shut by its network ACL.
fn shut() -> Document {
    let mut document = template("bastion-nat");
    change(&mut document, "acl-tutorial-default", |kind| {
        if let ResourceKind::NetworkAcl(it) = kind {
            let deny = AclRule { rule_number: 1, rule_action: RuleAction::Deny, ..it.ingress[0].clone() };
            it.ingress.insert(0, deny);
        }
    });
    document
}

#[test]
fn where_no_way_works_the_blockers_of_the_nearest_are_told() {
    let connection = found(&shut(), "i-private");
    assert!(connection.works.is_empty());
    let weights: Vec<usize> = connection.fails.iter().map(Attempt::weight).collect();
    assert!(weights.is_sorted() && weights[0] > 0, "{weights:?}");
    assert!(connection.fails.iter().any(|it| matches!(it.access, Access::Jump(_))));
}

#[test]
fn an_instance_connect_endpoint_reaches_what_its_group_reaches() {
    let mut document = template("bastion-nat");
    let endpoint = InstanceConnectEndpoint {
        subnet_id: id("subnet-private"),
        security_group_ids: vec![id("sg-bastion")],
        preserve_client_ip: false,
    };
    let resource = Resource::new(id("eice"), "eice", endpoint);
    document.topology.resources.insert(id("eice"), Arc::new(resource));
    let private = found(&document, "i-private");
    let access = Access::Endpoint(id("eice"));
    assert!(private.works.contains(&access), "{private:?}");
    let (commands, config) = lines(&document, "i-private", &access, "ec2-user");
    assert_eq!(
        commands.last().unwrap(),
        "aws ec2-instance-connect ssh --region us-east-1 --instance-id \"$HOST\" --connection-type eice --os-user ec2-user"
    );
    assert!(
        config.join("\n").contains(
            "ProxyCommand aws ec2-instance-connect open-tunnel --region us-east-1 --instance-id %h"
        )
    );
}

#[test]
fn session_manager_goes_by_the_endpoints_that_answer_to_its_names() {
    let document = template("private-endpoints");
    let hosts = document.topology.iter().filter(|it| matches!(it.kind, ResourceKind::Instance(_)));
    let host = hosts.map(|it| it.id.clone()).next().unwrap();
    let connection = found(&document, host.as_str());
    let by = connection.works.iter().find_map(|it| match it {
        Access::SessionManager(by) => Some(by.clone()),
        _ => None,
    });
    let by = by.unwrap_or_else(|| panic!("{connection:#?}"));
    assert_eq!(by.len(), 2);
    // A name that does not resolve to the endpoint leads to the internet, which is not there.
    let mut without = document.clone();
    change(&mut without, by[0].as_str(), |kind| {
        if let ResourceKind::InterfaceEndpoint(it) = kind {
            it.private_dns_enabled = false;
        }
    });
    let without = found(&without, host.as_str());
    assert!(!without.works.iter().any(|it| matches!(it, Access::SessionManager(_))), "{without:?}");
}

#[test]
fn only_instances_are_connected_to_and_only_plain_names_are_users() {
    let document = template("bastion-nat");
    let index = document.topology.index();
    let network = Network::new(&document.topology, &index);
    assert_eq!(connect(&network, &id("nat-tutorial")), None);
    assert_eq!(connect(&network, &id("nobody")), None);
    for bad in ["", "-oProxyCommand=x", "a b", "a@b", "$(id)", "a;b", "é"] {
        assert!(!is_user(bad), "{bad}");
    }
    assert!(is_user("ec2-user") && is_user("rocky_9.1"));
}
