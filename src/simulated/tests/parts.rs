//! Single behaviours of EC2 that the engine relies on.

use super::{
    bench::{
        address, cloud, create_route, create_subnet, gateway, instance, launch, made, ok, refused, subnet,
        table, terminate, vpc, wait,
    },
    fixture::{Fixture, entry, gateway_endpoint, https, interface_endpoint, network_acl},
};
use crate::cloud::{
    AddressTarget, Call, CloudError, DescribeKind, InstanceAttribute, Live, Reply, RouteDestination,
    RouteTarget, RunInstances, SecurityGroupRule, Tags, VpcAttribute,
};

#[test]
fn a_new_account_has_a_default_vpc_with_a_way_out() {
    let mut cloud = cloud();
    let Live::Vpcs(vpcs) = super::bench::list(&mut cloud, DescribeKind::Vpcs, Vec::new()) else { panic!() };
    assert_eq!(vpcs.len(), 1);
    let vpc = &vpcs[0];
    assert!(vpc.is_default && vpc.state == "available");
    let subnets = in_vpc!(&mut cloud, Subnets, &vpc.vpc_id);
    let blocks: Vec<&str> = subnets.iter().map(|subnet| subnet.cidr_block.as_str()).collect();
    assert_eq!(blocks.len(), 3);
    for block in ["172.31.0.0/20", "172.31.16.0/20", "172.31.32.0/20"] {
        assert!(blocks.contains(&block), "{blocks:?}");
    }
    assert!(subnets.iter().all(|subnet| subnet.map_public_ip_on_launch && subnet.state == "available"));
    let tables = in_vpc!(&mut cloud, RouteTables, &vpc.vpc_id);
    assert!(tables[0].routes.iter().any(|route| route.destination() == Some("0.0.0.0/0")));
    assert_eq!(cloud.next_change_ms(), None);
}

#[test]
fn a_vpc_brings_its_table_acl_and_group() {
    let mut cloud = cloud();
    let vpc = vpc(&mut cloud, "10.9.3.4/16");
    assert_eq!(one!(&mut cloud, Vpcs, &vpc).cidr_block, "10.9.0.0/16", "host bits are cleared");
    let acls = in_vpc!(&mut cloud, NetworkAcls, &vpc);
    let entries: Vec<(i32, bool, &str)> =
        acls[0].entries.iter().map(|one| (one.rule_number, one.egress, one.rule_action.as_str())).collect();
    assert_eq!(
        entries,
        [(100, true, "allow"), (100, false, "allow"), (32767, true, "deny"), (32767, false, "deny")]
    );
    let groups = in_vpc!(&mut cloud, SecurityGroups, &vpc);
    assert_eq!(groups[0].group_name, "default");
    assert_eq!(groups[0].rules[0].referenced_group_id.as_ref(), Some(&groups[0].group_id));
    for (attribute, on) in [(VpcAttribute::EnableDnsSupport, true), (VpcAttribute::EnableDnsHostnames, false)]
    {
        let switch = ok(&mut cloud, Call::DescribeVpcAttribute { vpc_id: vpc.clone(), attribute });
        assert_eq!(switch, Reply::Switch(on));
    }
    ok(&mut cloud, Call::DeleteVpc { vpc_id: vpc.clone() });
    for kind in [DescribeKind::RouteTables, DescribeKind::NetworkAcls, DescribeKind::SecurityGroups] {
        let filters = vec![crate::cloud::Filter::one("vpc-id", &vpc)];
        let live = super::bench::list(&mut cloud, kind, filters);
        assert!(
            matches!(&live, Live::RouteTables(v) if v.is_empty())
                || matches!(&live, Live::NetworkAcls(v) if v.is_empty())
                || matches!(&live, Live::SecurityGroups(v) if v.is_empty()),
            "{live:?}"
        );
    }
}

#[test]
fn a_secondary_block_is_used_once_it_is_associated() {
    let mut cloud = cloud();
    let vpc = vpc(&mut cloud, "10.1.0.0/16");
    let association = made(
        &mut cloud,
        Call::AssociateVpcCidrBlock {
            vpc_id: vpc.clone(),
            cidr_block: Some("10.2.0.0/16".to_owned()),
            amazon_provided_ipv6_cidr_block: false,
        },
    );
    assert_eq!(refused(&mut cloud, create_subnet(&vpc, "10.2.0.0/24", "a")), "InvalidSubnet.Range");
    wait(&mut cloud);
    let subnet = subnet(&mut cloud, &vpc, "10.2.0.0/24", "a");
    let routes = in_vpc!(&mut cloud, RouteTables, &vpc).remove(0).routes;
    assert_eq!(routes.len(), 2, "a local route for each block");
    let take_away = Call::DisassociateVpcCidrBlock { association_id: association };
    assert_eq!(refused(&mut cloud, take_away.clone()), "InvalidCidrBlock.InUse");
    ok(&mut cloud, Call::DeleteSubnet { subnet_id: subnet });
    ok(&mut cloud, take_away);
    wait(&mut cloud);
    assert_eq!(one!(&mut cloud, Vpcs, &vpc).cidr_block_associations.len(), 1);
    assert_eq!(in_vpc!(&mut cloud, RouteTables, &vpc).remove(0).routes.len(), 1);
}

#[test]
fn a_secondary_block_may_not_swallow_a_route() {
    let Fixture { mut cloud, vpc, table, nat, .. } = Fixture::new();
    ok(&mut cloud, create_route(&table, "10.3.0.0/24", &nat));
    let add = |block: &str| Call::AssociateVpcCidrBlock {
        vpc_id: vpc.clone(),
        cidr_block: Some(block.to_owned()),
        amazon_provided_ipv6_cidr_block: false,
    };
    assert_eq!(refused(&mut cloud, add("10.3.0.0/24")), "InvalidVpc.Range");
    made(&mut cloud, add("10.3.0.0/25"));
}

#[test]
fn routes_to_what_is_gone_are_black_holes_and_still_there() {
    let mut cloud = cloud();
    let vpc = vpc(&mut cloud, "10.0.0.0/16");
    let subnet = subnet(&mut cloud, &vpc, "10.0.0.0/24", "a");
    let gateway = gateway(&mut cloud, &vpc);
    let table = table(&mut cloud, &vpc);
    let host = instance(&mut cloud, launch(&subnet));
    ok(&mut cloud, create_route(&table, "0.0.0.0/0", &gateway));
    ok(&mut cloud, create_route(&table, "192.168.0.0/16", &host));
    let states = |cloud: &mut _| -> Vec<String> {
        one!(cloud, RouteTables, &table).routes.into_iter().map(|route| route.state).collect()
    };
    assert_eq!(states(&mut cloud), ["active", "active", "active"]);
    ok(&mut cloud, Call::DetachInternetGateway { internet_gateway_id: gateway, vpc_id: vpc });
    ok(&mut cloud, terminate(&host));
    wait(&mut cloud);
    assert_eq!(states(&mut cloud), ["active", "blackhole", "blackhole"]);
}

#[test]
fn replacing_moves_a_route_and_an_association() {
    let Fixture { mut cloud, table, association, main_association, nat, main_table, .. } = Fixture::new();
    ok(
        &mut cloud,
        Call::ReplaceRoute {
            route_table_id: table.clone(),
            destination: RouteDestination::Ipv4("0.0.0.0/0".to_owned()),
            target: RouteTarget::NatGateway(nat.clone()),
        },
    );
    let routes = one!(&mut cloud, RouteTables, &table).routes;
    let default: Vec<_> = routes.iter().filter(|route| route.destination() == Some("0.0.0.0/0")).collect();
    assert_eq!((default.len(), default[0].target()), (1, Some(nat.as_str())));
    // The main association moves: the other table is the main one now.
    let call = Call::ReplaceRouteTableAssociation {
        association_id: main_association,
        route_table_id: table.clone(),
    };
    let new_id = made(&mut cloud, call);
    let associations = one!(&mut cloud, RouteTables, &table).associations;
    assert!(associations.iter().any(|one| one.main && one.route_table_association_id == new_id));
    ok(&mut cloud, Call::DisassociateRouteTable { association_id: association });
    ok(&mut cloud, Call::DeleteRouteTable { route_table_id: main_table });
}

#[test]
fn an_elastic_address_takes_the_place_of_an_automatic_one() {
    let mut cloud = cloud();
    let vpc = vpc(&mut cloud, "10.0.0.0/16");
    let subnet = subnet(&mut cloud, &vpc, "10.0.0.0/24", "a");
    let run = RunInstances { associate_public_ip_address: Some(true), ..launch(&subnet) };
    let host = instance(&mut cloud, run);
    let address = address(&mut cloud);
    let associate = Call::AssociateAddress {
        allocation_id: address.clone(),
        target: AddressTarget::Instance(host.clone()),
        allow_reassociation: false,
    };
    assert_eq!(refused(&mut cloud, associate.clone()), "IncorrectInstanceState");
    wait(&mut cloud);
    assert_eq!(refused(&mut cloud, associate.clone()), "Gateway.NotAttached");
    gateway(&mut cloud, &vpc);
    let association = made(&mut cloud, associate.clone());
    assert_eq!(made(&mut cloud, associate), association, "a second time it is the same one");
    let shown = one!(&mut cloud, Addresses, &address);
    assert_eq!(one!(&mut cloud, Instances, &host).public_ip_address, Some(shown.public_ip));
    assert_eq!(shown.instance_id, Some(host.clone()));
    ok(&mut cloud, Call::DisassociateAddress { association_id: association });
    assert_eq!(one!(&mut cloud, Instances, &host).public_ip_address, None);
    ok(&mut cloud, Call::ReleaseAddress { allocation_id: address });
}

#[test]
fn a_gateway_endpoint_routes_its_prefix_list() {
    let Fixture { mut cloud, vpc, table, main_table, endpoint, prefix_list, .. } = Fixture::new();
    let modify = Call::ModifyVpcEndpoint {
        vpc_endpoint_id: endpoint.clone(),
        add_route_table_ids: vec![main_table.clone()],
        remove_route_table_ids: vec![table.clone()],
        add_subnet_ids: Vec::new(),
        remove_subnet_ids: Vec::new(),
        add_security_group_ids: Vec::new(),
        remove_security_group_ids: Vec::new(),
        private_dns_enabled: None,
    };
    ok(&mut cloud, modify);
    assert_eq!(one!(&mut cloud, VpcEndpoints, &endpoint).route_table_ids, std::slice::from_ref(&main_table));
    let has_route = |cloud: &mut _, table: &str| {
        one!(cloud, RouteTables, table)
            .routes
            .iter()
            .any(|route| route.destination() == Some(prefix_list.as_str()))
    };
    assert!(has_route(&mut cloud, &main_table) && !has_route(&mut cloud, &table));
    made(&mut cloud, gateway_endpoint(&vpc, "dynamodb", &[&main_table]));
    ok(&mut cloud, Call::DeleteVpcEndpoints { vpc_endpoint_ids: vec![endpoint] });
    assert!(!has_route(&mut cloud, &main_table));
}

#[test]
fn an_interface_endpoint_holds_its_subnet_until_it_is_gone() {
    let Fixture { mut cloud, vpc, sibling, default_group, group, .. } = Fixture::new();
    let endpoint = made(&mut cloud, interface_endpoint(&vpc, &[&sibling], &[], true));
    let shown = one!(&mut cloud, VpcEndpoints, &endpoint);
    assert_eq!(
        (shown.state.as_str(), shown.groups[0].group_id.as_str()),
        ("pending", default_group.as_str())
    );
    let interface = one!(&mut cloud, NetworkInterfaces, &shown.network_interface_ids[0]);
    assert_eq!((interface.interface_type.as_str(), interface.requester_managed), ("vpc_endpoint", true));
    wait(&mut cloud);
    assert_eq!(one!(&mut cloud, VpcEndpoints, &endpoint).state, "available");
    assert_eq!(
        refused(&mut cloud, interface_endpoint(&vpc, &[], &[], true)),
        "InvalidParameter",
        "one per service has private DNS"
    );
    let modify = Call::ModifyVpcEndpoint {
        vpc_endpoint_id: endpoint.clone(),
        add_route_table_ids: Vec::new(),
        remove_route_table_ids: Vec::new(),
        add_subnet_ids: Vec::new(),
        remove_subnet_ids: Vec::new(),
        add_security_group_ids: vec![group.clone()],
        remove_security_group_ids: vec![default_group],
        private_dns_enabled: Some(false),
    };
    ok(&mut cloud, modify);
    let shown = one!(&mut cloud, VpcEndpoints, &endpoint);
    assert_eq!((shown.groups.len(), shown.groups[0].group_id.as_str()), (1, group.as_str()));
    assert!(!shown.private_dns_enabled);

    ok(&mut cloud, Call::DeleteVpcEndpoints { vpc_endpoint_ids: vec![endpoint.clone()] });
    let delete_subnet = Call::DeleteSubnet { subnet_id: sibling };
    assert_eq!(refused(&mut cloud, delete_subnet.clone()), "DependencyViolation");
    wait(&mut cloud);
    ok(&mut cloud, delete_subnet);
}

#[test]
fn rules_are_authorised_all_or_none_and_revoked_by_id() {
    let Fixture { mut cloud, group, prefix_list, .. } = Fixture::new();
    let from_list = SecurityGroupRule { cidr_ipv4: None, prefix_list_id: Some(prefix_list), ..https() };
    let authorize = |rules| Call::AuthorizeSecurityGroupRules {
        group_id: group.clone(),
        egress: false,
        rules,
        tags: Tags::new(),
    };
    let bad = SecurityGroupRule { to_port: Some(70000), ..https() };
    assert_eq!(refused(&mut cloud, authorize(vec![https(), bad])), "InvalidParameterValue");
    let Reply::Created(created) = ok(&mut cloud, authorize(vec![https(), from_list])) else { panic!() };
    assert_eq!((created.id.as_str(), created.security_group_rule_ids.len()), (group.as_str(), 2));
    let revoke = Call::RevokeSecurityGroupRules {
        group_id: group.clone(),
        egress: false,
        security_group_rule_ids: created.security_group_rule_ids,
    };
    ok(&mut cloud, revoke);
    assert_eq!(one!(&mut cloud, SecurityGroups, &group).rules.len(), 1, "everything out");
}

#[test]
fn a_network_acl_keeps_its_entries_in_order() {
    let mut cloud = cloud();
    let vpc = vpc(&mut cloud, "10.0.0.0/16");
    let acl = network_acl(&mut cloud, &vpc);
    for number in [300, 100, 200] {
        ok(&mut cloud, Call::CreateNetworkAclEntry { network_acl_id: acl.clone(), entry: entry(number) });
    }
    let mut denied = entry(200);
    "deny".clone_into(&mut denied.rule_action);
    ok(&mut cloud, Call::ReplaceNetworkAclEntry { network_acl_id: acl.clone(), entry: denied });
    let entries = one!(&mut cloud, NetworkAcls, &acl).entries;
    let ingress: Vec<(i32, &str)> = entries
        .iter()
        .filter(|one| !one.egress)
        .map(|one| (one.rule_number, one.rule_action.as_str()))
        .collect();
    assert_eq!(ingress, [(100, "allow"), (200, "deny"), (300, "allow"), (32767, "deny")]);
}

#[test]
fn an_instance_changes_its_groups_and_its_check() -> Result<(), CloudError> {
    let Fixture { mut cloud, instance, default_group, group, .. } = Fixture::new();
    for attribute in
        [InstanceAttribute::Groups(vec![default_group.clone()]), InstanceAttribute::SourceDestCheck(false)]
    {
        ok(&mut cloud, Call::ModifyInstanceAttribute { instance_id: instance.clone(), attribute });
    }
    let shown = one!(&mut cloud, Instances, &instance);
    assert_eq!(shown.security_groups[0].group_id, default_group);
    assert_eq!(shown.source_dest_check, Some(false));
    // The group is free now.
    super::bench::ask(&mut cloud, &Call::DeleteSecurityGroup { group_id: group }).map(drop)
}

#[test]
fn tags_are_added_changed_and_removed() {
    let Fixture { mut cloud, vpc, rule, .. } = Fixture::new();
    let tags = Tags::from([("Name".to_owned(), "other".to_owned()), ("team".to_owned(), "net".to_owned())]);
    ok(&mut cloud, Call::CreateTags { resources: vec![vpc.clone(), rule], tags: tags.clone() });
    assert_eq!(one!(&mut cloud, Vpcs, &vpc).tags, tags);
    ok(&mut cloud, Call::DeleteTags { resources: vec![vpc.clone()], keys: vec!["team".to_owned()] });
    assert_eq!(one!(&mut cloud, Vpcs, &vpc).tags.len(), 1);
}

#[test]
fn a_key_pair_shows_its_private_key_once() {
    let mut cloud = cloud();
    let call =
        Call::CreateKeyPair { key_name: "k".to_owned(), key_type: "ed25519".to_owned(), tags: Tags::new() };
    let Reply::Created(created) = ok(&mut cloud, call) else { panic!() };
    let material = created.key_material.expect("a private key");
    assert!(material.reveal().starts_with("-----BEGIN"));
    assert!(!cloud.to_json().unwrap().contains(material.reveal().lines().next().unwrap()));
    let shown = one!(&mut cloud, KeyPairs, &created.id);
    assert_eq!(shown.key_fingerprint, created.key_fingerprint);
}

#[test]
fn a_private_nat_gateway_needs_neither_address_nor_gateway() {
    let mut cloud = cloud();
    let vpc = vpc(&mut cloud, "10.0.0.0/16");
    let subnet = subnet(&mut cloud, &vpc, "10.0.0.0/24", "a");
    let create = Call::CreateNatGateway {
        subnet_id: subnet,
        connectivity_type: "private".to_owned(),
        allocation_id: None,
        private_ip_address: Some("10.0.0.77".to_owned()),
        tags: Tags::new(),
        client_token: None,
    };
    let nat = made(&mut cloud, create.clone());
    wait(&mut cloud);
    let shown = one!(&mut cloud, NatGateways, &nat);
    assert_eq!(shown.state, "available");
    assert_eq!(shown.nat_gateway_addresses[0].private_ip.as_deref(), Some("10.0.0.77"));
    assert_eq!(refused(&mut cloud, create), "InvalidIPAddress.InUse");
}
