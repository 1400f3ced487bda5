//! Network interfaces of their own, and further addresses: what EC2 does and what it refuses.

use super::bench::{
    address, cloud, create_nat, create_route, gateway, group, instance, launch, made, ok, refused, subnet,
    table, terminate, vpc, wait,
};
use crate::{
    cloud::{AddressTarget, Call, Change, DescribeKind, InstanceAttribute, LiveNatGateway, Spec, Tags},
    simulated::SimulatedCloud,
};

fn create(subnet: &str, further: &[&str]) -> Call {
    let spec = Spec::NetworkInterface {
        subnet_id: subnet.to_owned(),
        description: "of a test".to_owned(),
        private_ip_address: Some("10.0.0.20".to_owned()),
        secondary_private_ips: further.iter().map(|&it| it.to_owned()).collect(),
        ipv6_addresses: Vec::new(),
        security_group_ids: Vec::new(),
    };
    Call::CreateObject { spec: Box::new(spec), tags: Tags::new(), client_token: None }
}

fn change(id: &str, change: Change) -> Call {
    Call::ChangeObject { id: id.to_owned(), change }
}

fn attach(id: &str, instance_id: &str, device_index: i32) -> Call {
    change(id, Change::AttachNetworkInterface { instance_id: instance_id.to_owned(), device_index })
}

fn delete(id: &str) -> Call {
    Call::DeleteObject { kind: DescribeKind::NetworkInterfaces, id: id.to_owned() }
}

fn associate(address: &str, target: AddressTarget) -> Call {
    Call::AssociateAddress { allocation_id: address.to_owned(), target, allow_reassociation: false }
}

fn at(interface: &str, private: &str) -> AddressTarget {
    AddressTarget::PrivateAddress {
        network_interface_id: interface.to_owned(),
        private_ip_address: private.to_owned(),
    }
}

fn network(cloud: &mut SimulatedCloud) -> (String, String) {
    let vpc = vpc(cloud, "10.0.0.0/16");
    let subnet = subnet(cloud, &vpc, "10.0.0.0/24", "a");
    (vpc, subnet)
}

#[test]
fn an_interface_is_attached_once_and_goes_only_when_it_is_free() {
    let cloud = &mut cloud();
    let (vpc, here) = network(cloud);
    let elsewhere = subnet(cloud, &vpc, "10.0.1.0/24", "b");
    let id = made(cloud, create(&here, &[]));
    assert_eq!(refused(cloud, create(&here, &[])), "InvalidIPAddress.InUse");
    let (first, second) = (instance(cloud, launch(&here)), instance(cloud, launch(&elsewhere)));
    assert_eq!(refused(cloud, attach(&id, &first, 1)), "IncorrectInstanceState", "it is pending");
    wait(cloud);
    assert_eq!(refused(cloud, attach(&id, &second, 1)), "InvalidParameterCombination", "another zone");
    assert_eq!(refused(cloud, attach(&id, &first, 0)), "InvalidParameterValue", "the place is taken");
    ok(cloud, attach(&id, &first, 1));
    assert_eq!(refused(cloud, attach(&id, &first, 2)), "InvalidNetworkInterface.InUse");
    assert_eq!(refused(cloud, delete(&id)), "InvalidParameterValue");
    let attachment_id = one!(cloud, NetworkInterfaces, &id).attachment.unwrap().attachment_id;
    let detach = change(&id, Change::DetachNetworkInterface { attachment_id });
    ok(cloud, detach.clone());
    assert_eq!(one!(cloud, NetworkInterfaces, &id).attachment.unwrap().status, "detaching");
    wait(cloud);
    assert_eq!(refused(cloud, detach), "InvalidAttachmentID.NotFound");
    ok(cloud, attach(&id, &first, 1));
    wait(cloud);
    ok(cloud, terminate(&first));
    wait(cloud);
    assert_eq!(one!(cloud, NetworkInterfaces, &id).status, "available", "it outlives the instance");
    ok(cloud, delete(&id));
}

#[test]
fn what_names_an_instance_with_several_interfaces_is_refused() {
    let cloud = &mut cloud();
    let (vpc, here) = network(cloud);
    gateway(cloud, &vpc);
    let (id, machine) = (made(cloud, create(&here, &[])), instance(cloud, launch(&here)));
    wait(cloud);
    ok(cloud, attach(&id, &machine, 1));
    wait(cloud);
    let (group, table, address) = (group(cloud, &vpc, "other"), table(cloud, &vpc), address(cloud));
    let modify = |attribute| Call::ModifyInstanceAttribute { instance_id: machine.clone(), attribute };
    let refusals = [
        modify(InstanceAttribute::SourceDestCheck(false)),
        modify(InstanceAttribute::Groups(vec![group.clone()])),
        create_route(&table, "192.168.0.0/16", &machine),
        associate(&address, AddressTarget::Instance(machine.clone())),
    ];
    for call in refusals {
        assert_eq!(refused(cloud, call), "InvalidInstanceID");
    }
    let primary = one!(cloud, Instances, &machine).network_interfaces[0].network_interface_id.clone();
    ok(cloud, change(&primary, Change::SetInterfaceGroups { security_group_ids: vec![group.clone()] }));
    assert_eq!(one!(cloud, Instances, &machine).security_groups[0].group_id, group);
    ok(cloud, create_route(&table, "192.168.0.0/16", &primary));
    let live = one!(cloud, RouteTables, &table);
    let route = live.routes.iter().find(|it| it.leads_to(&primary)).unwrap();
    assert_eq!(route.instance_id.as_ref(), Some(&machine), "a route shows the instance too");
}

#[test]
fn each_private_address_has_a_public_one_of_its_own() {
    let cloud = &mut cloud();
    let (vpc, here) = network(cloud);
    gateway(cloud, &vpc);
    let id = made(cloud, create(&here, &["10.0.0.21"]));
    let (first, second) = (address(cloud), address(cloud));
    ok(cloud, associate(&first, AddressTarget::NetworkInterface(id.clone())));
    assert_eq!(refused(cloud, associate(&second, at(&id, "10.0.0.20"))), "Resource.AlreadyAssociated");
    assert_eq!(refused(cloud, associate(&second, at(&id, "10.0.0.99"))), "InvalidParameterValue");
    ok(cloud, associate(&second, at(&id, "10.0.0.21")));
    let gone = vec!["10.0.0.21".to_owned()];
    ok(cloud, change(&id, Change::UnassignPrivateIpAddresses { private_ip_addresses: gone }));
    assert_eq!(one!(cloud, Addresses, &second).association_id, None);
    assert!(one!(cloud, Addresses, &first).association_id.is_some());
    ok(cloud, delete(&id));
    assert_eq!(one!(cloud, Addresses, &first).association_id, None);
}

#[test]
fn a_nat_gateway_gets_and_gives_back_addresses_but_keeps_its_first() {
    let cloud = &mut cloud();
    let (vpc, here) = network(cloud);
    gateway(cloud, &vpc);
    let (first, second) = (address(cloud), address(cloud));
    let id = made(cloud, create_nat(&here, Some(&first)));
    let add = |address: &String| {
        change(
            &id,
            Change::AssociateNatGatewayAddress {
                allocation_ids: vec![address.clone()],
                availability_zone: None,
            },
        )
    };
    assert_eq!(refused(cloud, add(&second)), "IncorrectState", "it is pending");
    wait(cloud);
    assert_eq!(refused(cloud, add(&first)), "Resource.AlreadyAssociated");
    ok(cloud, add(&second));
    wait(cloud);
    let nat = |cloud: &mut SimulatedCloud| -> LiveNatGateway { one!(cloud, NatGateways, &id) };
    let associations: Vec<String> =
        nat(cloud).nat_gateway_addresses.iter().map(|it| it.association_id.clone().unwrap()).collect();
    let remove = |association: &String| {
        change(&id, Change::DisassociateNatGatewayAddress { association_ids: vec![association.clone()] })
    };
    assert_eq!(refused(cloud, remove(&associations[0])), "InvalidParameterValue");
    ok(cloud, remove(&associations[1]));
    let release = Call::ReleaseAddress { allocation_id: second };
    assert_eq!(refused(cloud, release.clone()), "InvalidIPAddress.InUse", "connections end first");
    wait(cloud);
    assert_eq!(nat(cloud).nat_gateway_addresses.len(), 1);
    ok(cloud, release);
}
