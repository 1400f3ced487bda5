//! Thousands of calls without plan: whatever comes in, the cloud stays one that EC2 could show.

use std::collections::BTreeSet;

use super::{
    bench::{ask, cloud, create_group, create_nat, create_route, create_subnet, launch, terminate},
    fixture::{entry, gateway_endpoint, https, interface_endpoint},
};
use crate::{
    cloud::{
        AddressTarget, Call, InstanceAttribute, RouteDestination, RunInstances, SecurityGroupRule, Tags,
    },
    simulated::{Faults, SimulatedCloud, state::mix},
};

/// Numbers from a seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        usize::try_from(mix(self.0) % u64::try_from(sides).unwrap()).unwrap()
    }

    /// An id that there is, or now and then one that there is not.
    fn pick<'k>(&mut self, ids: impl Iterator<Item = &'k String>, prefix: &str) -> String {
        let ids: Vec<&String> = ids.collect();
        if ids.is_empty() || self.roll(20) == 0 {
            return format!("{prefix}-00000000000000bad");
        }
        ids[self.roll(ids.len())].clone()
    }
}

fn rule_of(dice: &mut Dice, group: &str) -> SecurityGroupRule {
    match dice.roll(2) {
        0 => SecurityGroupRule { cidr_ipv4: Some(format!("10.{}.0.0/16", dice.roll(4))), ..https() },
        _ => SecurityGroupRule { cidr_ipv4: None, referenced_group_id: Some(group.to_owned()), ..https() },
    }
}

/// A call that makes something.
fn make(dice: &mut Dice, c: &SimulatedCloud) -> Call {
    let vpc = dice.pick(c.vpcs.keys(), "vpc");
    let subnet = dice.pick(c.subnets.keys(), "subnet");
    let table = dice.pick(c.route_tables.keys(), "rtb");
    let block = format!("10.{}.{}.0/{}", dice.roll(3), dice.roll(6), 24 + dice.roll(6));
    match dice.roll(13) {
        0 => Call::CreateVpc {
            cidr_block: format!("10.{}.0.0/16", dice.roll(3)),
            instance_tenancy: None,
            tags: Tags::new(),
        },
        1 | 2 => create_subnet(&vpc, &block, ["a", "b"][dice.roll(2)]),
        3 => Call::CreateInternetGateway { tags: Tags::new() },
        4 => Call::AttachInternetGateway {
            internet_gateway_id: dice.pick(c.internet_gateways.keys(), "igw"),
            vpc_id: vpc,
        },
        5 => Call::CreateRouteTable { vpc_id: vpc, tags: Tags::new(), client_token: None },
        6 => Call::AllocateAddress { tags: Tags::new() },
        7 => create_nat(&subnet, Some(&dice.pick(c.addresses.keys(), "eipalloc"))),
        8 => create_group(&vpc, ["web", "db"][dice.roll(2)]),
        9 => Call::CreateNetworkAcl { vpc_id: vpc, tags: Tags::new(), client_token: None },
        10 => gateway_endpoint(&vpc, ["s3", "dynamodb"][dice.roll(2)], &[&table]),
        11 => interface_endpoint(&vpc, &[&subnet], &[], false),
        _ => Call::RunInstances(Box::new(RunInstances {
            associate_public_ip_address: [None, Some(true)][dice.roll(2)],
            ..launch(&subnet)
        })),
    }
}

/// A call that changes something.
fn change(dice: &mut Dice, c: &SimulatedCloud) -> Call {
    let subnet = dice.pick(c.subnets.keys(), "subnet");
    let table = dice.pick(c.route_tables.keys(), "rtb");
    let group = dice.pick(c.security_groups.keys(), "sg");
    let acl = dice.pick(c.network_acls.keys(), "acl");
    let associations: Vec<String> = c
        .route_tables
        .values()
        .flat_map(|table| &table.associations)
        .map(|association| association.route_table_association_id.clone())
        .collect();
    let acl_associations: Vec<String> = c
        .network_acls
        .values()
        .flat_map(|acl| &acl.associations)
        .map(|association| association.network_acl_association_id.clone())
        .collect();
    match dice.roll(9) {
        0 => Call::AssociateRouteTable { route_table_id: table, subnet_id: subnet },
        1 => Call::ReplaceRouteTableAssociation {
            association_id: dice.pick(associations.iter(), "rtbassoc"),
            route_table_id: table,
        },
        2 => create_route(&table, "0.0.0.0/0", &dice.pick(c.internet_gateways.keys(), "igw")),
        3 => create_route(&table, "192.168.0.0/16", &dice.pick(c.nat_gateways.keys(), "nat")),
        4 => Call::AuthorizeSecurityGroupRules {
            rules: vec![rule_of(dice, &group)],
            group_id: dice.pick(c.security_groups.keys(), "sg"),
            egress: dice.roll(2) == 0,
            tags: Tags::new(),
        },
        5 => Call::CreateNetworkAclEntry {
            network_acl_id: acl,
            entry: entry(i32::try_from(dice.roll(5)).unwrap()),
        },
        6 => Call::ReplaceNetworkAclAssociation {
            association_id: dice.pick(acl_associations.iter(), "aclassoc"),
            network_acl_id: acl,
        },
        7 => Call::AssociateAddress {
            allocation_id: dice.pick(c.addresses.keys(), "eipalloc"),
            target: AddressTarget::Instance(dice.pick(c.instances.keys(), "i")),
            allow_reassociation: dice.roll(2) == 0,
        },
        _ => Call::ModifyInstanceAttribute {
            instance_id: dice.pick(c.instances.keys(), "i"),
            attribute: InstanceAttribute::Groups(vec![group]),
        },
    }
}

/// A call that removes something.
fn remove(dice: &mut Dice, c: &SimulatedCloud) -> Call {
    let gateway = dice.pick(c.internet_gateways.keys(), "igw");
    match dice.roll(11) {
        0 => Call::DeleteVpc { vpc_id: dice.pick(c.vpcs.keys(), "vpc") },
        1 => Call::DeleteSubnet { subnet_id: dice.pick(c.subnets.keys(), "subnet") },
        2 => Call::DetachInternetGateway {
            internet_gateway_id: gateway,
            vpc_id: dice.pick(c.vpcs.keys(), "vpc"),
        },
        3 => Call::DeleteInternetGateway { internet_gateway_id: gateway },
        4 => Call::DeleteRouteTable { route_table_id: dice.pick(c.route_tables.keys(), "rtb") },
        5 => Call::ReleaseAddress { allocation_id: dice.pick(c.addresses.keys(), "eipalloc") },
        6 => Call::DeleteNatGateway { nat_gateway_id: dice.pick(c.nat_gateways.keys(), "nat") },
        7 => Call::DeleteSecurityGroup { group_id: dice.pick(c.security_groups.keys(), "sg") },
        8 => terminate(&dice.pick(c.instances.keys(), "i")),
        9 => Call::DeleteVpcEndpoints { vpc_endpoint_ids: vec![dice.pick(c.vpc_endpoints.keys(), "vpce")] },
        _ => Call::DeleteRoute {
            route_table_id: dice.pick(c.route_tables.keys(), "rtb"),
            destination: RouteDestination::Ipv4("0.0.0.0/0".to_owned()),
        },
    }
}

/// What is true of every cloud at every time.
fn check(c: &SimulatedCloud) {
    let mut private = BTreeSet::new();
    for interface in c.network_interfaces.values() {
        let id = &interface.network_interface_id;
        assert!(c.subnets.contains_key(&interface.subnet_id), "{id} is in no subnet");
        assert!(
            private.insert((&interface.subnet_id, &interface.private_ip_address)),
            "{id} has a taken address"
        );
        assert!(interface.groups.iter().all(|group| c.security_groups.contains_key(&group.group_id)));
        let allocation = interface.association.as_ref().and_then(|one| one.allocation_id.as_ref());
        if let Some(address) = allocation {
            assert_eq!(c.addresses[address].network_interface_id.as_ref(), Some(id), "{address}");
        }
    }
    for address in c.addresses.values() {
        assert_eq!(address.association_id.is_some(), address.network_interface_id.is_some());
        if let Some(interface) = &address.network_interface_id {
            let mapped = c.network_interfaces[interface].association.as_ref().expect("mapped back");
            assert_eq!(mapped.allocation_id.as_ref(), Some(&address.allocation_id));
        }
    }
    for subnet in c.subnets.values() {
        assert!(c.vpcs.contains_key(&subnet.vpc_id));
        let acls = c.network_acls.values().flat_map(|acl| &acl.associations);
        assert_eq!(acls.filter(|one| one.subnet_id == subnet.subnet_id).count(), 1, "one ACL per subnet");
        let tables = c.route_tables.values().flat_map(|table| &table.associations);
        assert!(tables.filter(|one| one.subnet_id.as_ref() == Some(&subnet.subnet_id)).count() <= 1);
    }
    for vpc in c.vpcs.keys() {
        let own = || c.route_tables.values().filter(|table| table.vpc_id == *vpc);
        assert_eq!(own().flat_map(|table| &table.associations).filter(|one| one.main).count(), 1);
        assert_eq!(c.network_acls.values().filter(|acl| acl.vpc_id == *vpc && acl.is_default).count(), 1);
        assert!(
            c.internet_gateways
                .values()
                .filter(|one| one.attachments.iter().any(|at| at.vpc_id == *vpc))
                .count()
                <= 1
        );
    }
    for group in c.security_groups.values() {
        let named = group.rules.iter().filter_map(|rule| rule.referenced_group_id.as_ref());
        assert!(named.into_iter().all(|id| c.security_groups.contains_key(id)));
    }
}

fn storm(seed: u64) -> (SimulatedCloud, usize) {
    let faults = Faults { nat_failure_per_mille: 200, instance_failure_per_mille: 100, ..Faults::default() };
    let mut cloud = cloud().with_faults(faults);
    let mut dice = Dice(seed);
    let mut done = 0;
    for _ in 0..900 {
        let call = match dice.roll(8) {
            0..=3 => make(&mut dice, &cloud),
            4 | 5 => change(&mut dice, &cloud),
            _ => remove(&mut dice, &cloud),
        };
        let before = cloud.clone();
        match ask(&mut cloud, &call) {
            Ok(_) => done += 1,
            Err(error) => {
                assert_ne!(error.code, "InternalError", "{call:?}");
                let calls = cloud.calls.clone();
                assert_eq!(
                    cloud,
                    SimulatedCloud { calls, ..before },
                    "{call:?} was refused and changed something"
                );
            }
        }
        check(&cloud);
        if dice.roll(3) == 0 {
            cloud.advance(u64::try_from(dice.roll(60_000)).unwrap());
            check(&cloud);
        }
    }
    (cloud, done)
}

#[test]
fn no_order_of_calls_breaks_the_cloud() {
    for seed in 0..3 {
        let (cloud, done) = storm(seed);
        assert!(done > 200, "only {done} calls were carried out: the storm is no storm");
        assert_eq!(SimulatedCloud::from_json(&cloud.to_json().unwrap()).unwrap(), cloud);
    }
    assert_eq!(storm(1), storm(1), "the same calls give the same cloud");
}
