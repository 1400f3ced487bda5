//! The tutorial's network from its first call to its last.

use std::collections::BTreeMap;

use super::bench::{
    address, ask, cloud, create_nat, create_route, gateway, group, instance, launch, made, ok, refused,
    subnet, table, terminate, vpc, wait,
};
use crate::{
    cloud::{Call, DescribeKind, Filter, LiveRoute, RunInstances, SecurityGroupRule, SubnetAttribute, Tags},
    simulated::SimulatedCloud,
};

/// The ids of the network of the six steps.
struct Network {
    vpc: String,
    public: String,
    private: String,
    gateway: String,
    public_table: String,
    main_table: String,
    bastion: String,
    host: String,
    bastion_group: String,
    host_group: String,
    nat: String,
    address: String,
    key: String,
}

fn allow_ssh(group: &str, rule: SecurityGroupRule) -> Call {
    Call::AuthorizeSecurityGroupRules {
        group_id: group.to_owned(),
        egress: false,
        rules: vec![SecurityGroupRule {
            ip_protocol: "6".to_owned(),
            from_port: Some(22),
            to_port: Some(22),
            ..rule
        }],
        tags: Tags::new(),
    }
}

fn build(cloud: &mut SimulatedCloud) -> Network {
    let vpc = vpc(cloud, "10.0.0.0/16");
    let public = subnet(cloud, &vpc, "10.0.0.0/24", "a");
    let private = subnet(cloud, &vpc, "10.0.1.0/24", "a");
    let gateway = gateway(cloud, &vpc);
    let main_table = in_vpc!(cloud, RouteTables, &vpc).remove(0).route_table_id;
    let public_table = table(cloud, &vpc);
    for (table, subnet) in [(&public_table, &public), (&main_table, &private)] {
        made(cloud, Call::AssociateRouteTable { route_table_id: table.clone(), subnet_id: subnet.clone() });
    }
    ok(cloud, create_route(&public_table, "0.0.0.0/0", &gateway));
    ok(
        cloud,
        Call::ModifySubnetAttribute {
            subnet_id: public.clone(),
            attribute: SubnetAttribute::MapPublicIpOnLaunch,
            value: true,
        },
    );
    let bastion_group = group(cloud, &vpc, "bastion");
    let host_group = group(cloud, &vpc, "host");
    let from_operator =
        SecurityGroupRule { cidr_ipv4: Some("198.51.100.7/32".to_owned()), ..Default::default() };
    let from_bastion =
        SecurityGroupRule { referenced_group_id: Some(bastion_group.clone()), ..Default::default() };
    ok(cloud, allow_ssh(&bastion_group, from_operator));
    ok(cloud, allow_ssh(&host_group, from_bastion));
    let key = made(
        cloud,
        Call::CreateKeyPair { key_name: "key".to_owned(), key_type: "ed25519".to_owned(), tags: Tags::new() },
    );
    let run = |subnet: &str, group: &str| RunInstances {
        key_name: Some("key".to_owned()),
        security_group_ids: vec![group.to_owned()],
        ..launch(subnet)
    };
    let bastion = instance(cloud, run(&public, &bastion_group));
    let host = instance(cloud, run(&private, &host_group));
    let address = address(cloud);
    let nat = made(cloud, create_nat(&public, Some(&address)));
    ok(cloud, create_route(&main_table, "0.0.0.0/0", &nat));
    Network {
        vpc,
        public,
        private,
        gateway,
        public_table,
        main_table,
        bastion,
        host,
        bastion_group,
        host_group,
        nat,
        address,
        key,
    }
}

fn route_to<'r>(routes: &'r [LiveRoute], destination: &str) -> &'r LiveRoute {
    routes.iter().find(|route| route.destination() == Some(destination)).expect("a route")
}

#[test]
fn the_network_comes_to_life_as_drawn() {
    let mut cloud = cloud();
    let net = build(&mut cloud);
    assert_eq!(one!(&mut cloud, NatGateways, &net.nat).state, "pending");
    assert_eq!(one!(&mut cloud, Instances, &net.host).state, "pending");
    wait(&mut cloud);
    assert_eq!(one!(&mut cloud, Vpcs, &net.vpc).state, "available");

    let nat = one!(&mut cloud, NatGateways, &net.nat);
    assert_eq!(nat.state, "available");
    let eip = one!(&mut cloud, Addresses, &net.address);
    assert_eq!(nat.nat_gateway_addresses[0].public_ip.as_ref(), Some(&eip.public_ip));
    assert_eq!(eip.network_interface_id, nat.nat_gateway_addresses[0].network_interface_id);

    let bastion = one!(&mut cloud, Instances, &net.bastion);
    let host = one!(&mut cloud, Instances, &net.host);
    assert_eq!((bastion.state.as_str(), host.state.as_str()), ("running", "running"));
    assert_eq!(
        bastion.private_ip_address.as_deref(),
        Some("10.0.0.4"),
        "the first three addresses are AWS's"
    );
    assert!(bastion.public_ip_address.is_some() && host.public_ip_address.is_none());
    assert_eq!(host.security_groups[0].group_id, net.host_group);

    let main = one!(&mut cloud, RouteTables, &net.main_table);
    assert_eq!(main.associations.len(), 2);
    assert_eq!(route_to(&main.routes, "10.0.0.0/16").target(), Some("local"));
    assert_eq!(route_to(&main.routes, "0.0.0.0/0").target(), Some(net.nat.as_str()));
    // 251 addresses, less the bastion's and the NAT gateway's.
    assert_eq!(one!(&mut cloud, Subnets, &net.public).available_ip_address_count, 249);
    let kinds: Vec<String> =
        in_vpc!(&mut cloud, NetworkInterfaces, &net.vpc).into_iter().map(|one| one.interface_type).collect();
    assert_eq!(kinds.iter().filter(|kind| *kind == "interface").count(), 2);
    assert_eq!(kinds.iter().filter(|kind| *kind == "nat_gateway").count(), 1);
    let rule = &one!(&mut cloud, SecurityGroups, &net.host_group).rules[1];
    assert_eq!((rule.ip_protocol.as_str(), rule.from_port), ("tcp", Some(22)), "6 is shown as tcp");
}

#[test]
fn what_is_still_in_use_is_not_deleted() {
    let mut cloud = cloud();
    let net = build(&mut cloud);
    wait(&mut cloud);
    let deletions = [
        Call::DeleteVpc { vpc_id: net.vpc.clone() },
        Call::DeleteSubnet { subnet_id: net.public.clone() },
        Call::DeleteSubnet { subnet_id: net.private.clone() },
        Call::DeleteInternetGateway { internet_gateway_id: net.gateway.clone() },
        Call::DetachInternetGateway { internet_gateway_id: net.gateway.clone(), vpc_id: net.vpc.clone() },
        Call::DeleteRouteTable { route_table_id: net.public_table.clone() },
        Call::DeleteRouteTable { route_table_id: net.main_table.clone() },
        Call::DeleteSecurityGroup { group_id: net.bastion_group.clone() },
    ];
    for call in deletions {
        assert_eq!(refused(&mut cloud, call), "DependencyViolation");
    }
    assert_eq!(
        refused(&mut cloud, Call::ReleaseAddress { allocation_id: net.address }),
        "InvalidIPAddress.InUse"
    );
}

/// Deletes what takes a while to go, and waits for it.
fn tear_down_slow_parts(cloud: &mut SimulatedCloud, net: &Network) {
    for id in [&net.bastion, &net.host] {
        ok(cloud, terminate(id));
    }
    ok(cloud, Call::DeleteNatGateway { nat_gateway_id: net.nat.clone() });
    assert_eq!(one!(cloud, NatGateways, &net.nat).state, "deleting");
    assert_eq!(refused(cloud, Call::DeleteSubnet { subnet_id: net.public.clone() }), "DependencyViolation");
    wait(cloud);
    let main = one!(cloud, RouteTables, &net.main_table);
    assert_eq!(route_to(&main.routes, "0.0.0.0/0").state, "blackhole", "the route outlives the gateway");
    assert_eq!(one!(cloud, Instances, &net.host).state, "terminated");
    assert_eq!(one!(cloud, Addresses, &net.address).association_id, None, "free, but not released");
}

/// Deletes the rest, in order.
fn tear_down_the_rest(cloud: &mut SimulatedCloud, net: Network) {
    let delete_group = |id: &str| Call::DeleteSecurityGroup { group_id: id.to_owned() };
    assert_eq!(refused(cloud, delete_group(&net.bastion_group)), "DependencyViolation", "the other names it");
    for call in [
        Call::ReleaseAddress { allocation_id: net.address },
        Call::DetachInternetGateway { internet_gateway_id: net.gateway.clone(), vpc_id: net.vpc.clone() },
        Call::DeleteInternetGateway { internet_gateway_id: net.gateway },
        delete_group(&net.host_group),
        delete_group(&net.bastion_group),
        Call::DeleteSubnet { subnet_id: net.public },
        Call::DeleteSubnet { subnet_id: net.private },
        Call::DeleteRouteTable { route_table_id: net.public_table },
        Call::DeleteVpc { vpc_id: net.vpc },
        Call::DeleteKeyPair { key_pair_id: net.key },
    ] {
        ok(cloud, call);
    }
}

#[test]
fn deleted_in_order_nothing_is_left() {
    let mut cloud = cloud();
    let before = cloud.clone();
    let net = build(&mut cloud);
    wait(&mut cloud);
    tear_down_slow_parts(&mut cloud, &net);
    tear_down_the_rest(&mut cloud, net);
    // The hour passes for which EC2 lists what is dead.
    cloud.advance(2 * 3_600_000);
    assert_eq!(without_counters(&cloud), without_counters(&before));
}

/// The objects alone, without clock and counters.
fn without_counters(cloud: &SimulatedCloud) -> SimulatedCloud {
    SimulatedCloud { now_ms: 0, ids: 0, public_addresses: 0, calls: BTreeMap::new(), ..cloud.clone() }
}

#[test]
fn the_same_seed_gives_the_same_cloud() {
    let (mut one, mut two) = (cloud(), cloud());
    build(&mut one);
    build(&mut two);
    wait(&mut one);
    wait(&mut two);
    assert_eq!(one, two);
    let mut other = SimulatedCloud::new(8, super::bench::REGION);
    assert_ne!(build(&mut other).vpc, build(&mut cloud()).vpc);
}

#[test]
fn a_kept_cloud_goes_on_where_it_was() {
    let mut cloud = cloud();
    let net = build(&mut cloud);
    cloud.advance(20_000);
    let mut read = SimulatedCloud::from_json(&cloud.to_json().unwrap()).unwrap();
    assert_eq!(read, cloud);
    // What was under way goes on: the NAT gateway becomes available, and the next id is the same.
    wait(&mut cloud);
    wait(&mut read);
    assert_eq!(one!(&mut read, NatGateways, &net.nat).state, "available");
    let call = Call::CreateInternetGateway { tags: Tags::new() };
    assert_eq!(ask(&mut read, &call), ask(&mut cloud, &call));
}

#[test]
fn what_is_no_kept_cloud_is_refused_with_a_sentence() {
    let text = cloud().to_json().unwrap();
    for (bad, says) in [
        (String::new(), "cannot be read"),
        ("[]".to_owned(), "cannot be read"),
        (text.replace("vpcscape-simulated/1", "something/1"), "cannot be read"),
        (text.replace("vpcscape-simulated/1", "vpcscape-simulated/2"), "newer version"),
        (text.replace("\"seed\": 7", "\"seed\": \"x\""), "cannot be read"),
        (text.chars().take(text.len() / 2).collect(), "cannot be read"),
    ] {
        let error = SimulatedCloud::from_json(&bad).unwrap_err().to_string();
        assert!(error.contains(says), "{error}");
    }
}

#[test]
fn a_nat_gateway_without_internet_gateway_fails_later() {
    let mut cloud = cloud();
    let vpc = vpc(&mut cloud, "10.0.0.0/16");
    let subnet = subnet(&mut cloud, &vpc, "10.0.0.0/28", "a");
    let address = address(&mut cloud);
    let nat = made(&mut cloud, create_nat(&subnet, Some(&address)));
    wait(&mut cloud);
    let nat = one!(&mut cloud, NatGateways, &nat);
    assert_eq!((nat.state.as_str(), nat.failure_code.as_deref()), ("failed", Some("Gateway.NotAttached")));
    assert_eq!(one!(&mut cloud, Addresses, &address).association_id, None);
    assert!(in_vpc!(&mut cloud, NetworkInterfaces, &vpc).is_empty());
}

#[test]
fn a_nat_gateway_in_a_full_subnet_fails_later() {
    let mut cloud = cloud();
    let vpc = vpc(&mut cloud, "10.0.0.0/16");
    let subnet = subnet(&mut cloud, &vpc, "10.0.0.0/28", "a");
    gateway(&mut cloud, &vpc);
    for _ in 0..11 {
        instance(&mut cloud, launch(&subnet));
    }
    assert_eq!(one!(&mut cloud, Subnets, &subnet).available_ip_address_count, 0);
    assert_eq!(
        refused(&mut cloud, Call::RunInstances(Box::new(launch(&subnet)))),
        "InsufficientFreeAddressesInSubnet"
    );
    let address = address(&mut cloud);
    let nat = made(&mut cloud, create_nat(&subnet, Some(&address)));
    wait(&mut cloud);
    let nat = one!(&mut cloud, NatGateways, &nat);
    assert_eq!(nat.failure_code.as_deref(), Some("InsufficientFreeAddressesInSubnet"));
}

#[test]
fn filters_choose_by_tag_and_field() {
    let mut cloud = cloud();
    let id = vpc(&mut cloud, "10.0.0.0/16");
    for (filter, count) in [
        (Filter::tag("Name", "main"), 1),
        (Filter::tag("Name", "ma*"), 1),
        (Filter::tag("Name", "other"), 0),
        (Filter::one("tag-key", "Name"), 1),
        (Filter::one("vpc-id", &id), 1),
        (Filter::one("is-default", "true"), 1),
        (
            Filter {
                name: "cidr".to_owned(),
                values: vec!["10.0.0.0/16".to_owned(), "172.31.0.0/16".to_owned()],
            },
            2,
        ),
    ] {
        let crate::cloud::Live::Vpcs(vpcs) =
            super::bench::list(&mut cloud, DescribeKind::Vpcs, vec![filter.clone()])
        else {
            panic!("no VPCs");
        };
        assert_eq!(vpcs.len(), count, "{filter:?}");
    }
}
