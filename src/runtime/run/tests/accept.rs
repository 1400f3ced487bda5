//! Accepting what others changed about what joins networks, about interfaces and their addresses, and NAT
//! gateways that they added.

use super::{
    Folder, Goal, block_on,
    drift::{Case, each_is_accepted, kind},
};
use crate::{
    cloud::{AddressTarget, AttachmentOptions, Call, Change as CloudChange, Tags, TransitRoute},
    deploy::drift::Change,
    model::{Document, ResourceId},
};

/// Somebody changes an object.
fn change(at: &Folder, resource: &str, change: CloudChange) -> Call {
    Call::ChangeObject { id: at.live(resource), change }
}

const JOINED: &[Case] = &[
    (
        "who resolves whose names over a peering",
        "pcx-office-store",
        |at| {
            let options =
                CloudChange::ModifyVpcPeeringConnectionOptions { requester_dns: false, accepter_dns: true };
            vec![change(at, "pcx-office-store", options)]
        },
        |it| {
            let peering = kind(it, "pcx-office-store").as_vpc_peering_connection().unwrap();
            !peering.requester_allow_remote_vpc_dns_resolution
                && peering.accepter_allow_remote_vpc_dns_resolution
                && peering.peer_vpc_id.as_ref().unwrap().as_str() == "vpc-store"
        },
    ),
    (
        "DHCP options taken off",
        "vpc-office",
        |at| {
            let off = CloudChange::AssociateDhcpOptions { dhcp_options_id: "default".to_owned() };
            vec![change(at, "vpc-office", off)]
        },
        |it| kind(it, "vpc-office").as_vpc().unwrap().dhcp_options_id.is_none(),
    ),
    (
        "DHCP options put on",
        "vpc-store",
        |at| {
            let on = CloudChange::AssociateDhcpOptions { dhcp_options_id: at.live("dopt-office") };
            vec![change(at, "vpc-store", on)]
        },
        |it| {
            let options = &kind(it, "vpc-store").as_vpc().unwrap().dhcp_options_id;
            options.as_ref().is_some_and(|it| it.as_str() == "dopt-office")
        },
    ),
];

#[test]
fn changes_to_peering_and_dhcp_options_are_accepted() {
    each_is_accepted(&Folder::of("tests/support/joined.vpcscape.json"), JOINED);
}

fn associations(document: &Document, table: &str) -> Vec<String> {
    let table = kind(document, table).as_transit_gateway_route_table().unwrap();
    table.associations.iter().map(ToString::to_string).collect()
}

const TRANSIT: &[Case] = &[
    (
        "settings of a transit gateway",
        "tgw-hub",
        |at| {
            let settings = CloudChange::ModifyTransitGateway {
                description: "by hand".to_owned(),
                default_route_table_association: true,
                default_route_table_propagation: true,
                dns_support: false,
                security_group_referencing_support: false,
            };
            vec![change(at, "tgw-hub", settings)]
        },
        |it| {
            let gateway = kind(it, "tgw-hub").as_transit_gateway().unwrap();
            gateway.description == "by hand"
                && !gateway.dns_support
                && gateway.amazon_side_asn == Some(64_600)
        },
    ),
    (
        "subnets and switches of an attachment",
        "att-red",
        |at| {
            let settings = CloudChange::ModifyTransitGatewayVpcAttachment {
                add: Vec::new(),
                remove: vec![at.live("subnet-red-b")],
                options: AttachmentOptions {
                    appliance_mode_support: true,
                    dns_support: true,
                    ipv6_support: false,
                    security_group_referencing_support: false,
                },
            };
            vec![change(at, "att-red", settings)]
        },
        |it| {
            let attachment = kind(it, "att-red").as_transit_gateway_vpc_attachment().unwrap();
            let subnets: Vec<&str> = attachment.subnet_ids.iter().map(ResourceId::as_str).collect();
            attachment.appliance_mode_support && subnets == ["subnet-red-a"]
        },
    ),
    (
        "a propagation ended",
        "tgw-rtb-hub",
        |at| {
            let attachment_id = at.live("att-blue");
            let end = CloudChange::DisableTransitGatewayRouteTablePropagation { attachment_id };
            at.outside(&change(at, "tgw-rtb-hub", end));
            at.cloud(|cloud| cloud.advance(600_000));
            Vec::new()
        },
        |it| {
            let table = kind(it, "tgw-rtb-hub").as_transit_gateway_route_table().unwrap();
            let propagations: Vec<&str> = table.propagations.iter().map(ResourceId::as_str).collect();
            propagations == ["att-red", "att-shared"]
        },
    ),
    (
        "static routes",
        "tgw-rtb-spokes",
        |at| {
            let route = TransitRoute {
                destination_cidr_block: "10.98.0.0/16".to_owned(),
                attachment_id: Some(at.live("att-far")),
            };
            let destination_cidr_block = "10.60.0.0/15".to_owned();
            vec![
                change(at, "tgw-rtb-spokes", CloudChange::CreateTransitGatewayRoute { route }),
                change(
                    at,
                    "tgw-rtb-spokes",
                    CloudChange::DeleteTransitGatewayRoute { destination_cidr_block },
                ),
            ]
        },
        |it| {
            let table = kind(it, "tgw-rtb-spokes").as_transit_gateway_route_table().unwrap();
            let to = |at: usize| table.routes[at].transit_gateway_attachment_id.as_ref();
            let leads = |at, attachment| to(at).is_some_and(|it| it.as_str() == attachment);
            table.routes.len() == 2 && leads(0, "att-shared") && leads(1, "att-far")
        },
    ),
];

#[test]
fn changes_to_transit_gateways_are_accepted() {
    each_is_accepted(&Folder::of("tests/support/transit.vpcscape.json"), TRANSIT);
}

#[test]
fn an_attachment_that_moved_to_another_table_is_accepted_from_either_side() {
    for side in ["tgw-rtb-hub", "tgw-rtb-spokes"] {
        let folder = Folder::of("tests/support/transit.vpcscape.json");
        folder.run(Goal::Deploy, None);
        let attachment_id = folder.live("att-red");
        folder.outside(&change(
            &folder,
            "tgw-rtb-spokes",
            CloudChange::DisassociateTransitGatewayRouteTable { attachment_id: attachment_id.clone() },
        ));
        folder.cloud(|cloud| cloud.advance(600_000));
        folder.outside(&change(
            &folder,
            "tgw-rtb-hub",
            CloudChange::AssociateTransitGatewayRouteTable { attachment_id },
        ));
        folder.cloud(|cloud| cloud.advance(600_000));
        let found = folder.drift();
        let names: Vec<&str> = found.iter().map(|(_, name, _)| name.as_str()).collect();
        assert_eq!(names, ["tgw-rtb-hub", "tgw-rtb-spokes"], "{found:?}");
        folder.accept(side);
        if !folder.drift().is_empty() {
            folder.accept(if side == "tgw-rtb-hub" { "tgw-rtb-spokes" } else { "tgw-rtb-hub" });
        }
        let document = folder.drawn();
        assert_eq!(associations(&document, "tgw-rtb-hub"), ["att-shared", "att-red"], "{side}");
        assert_eq!(associations(&document, "tgw-rtb-spokes"), ["att-blue"], "{side}");
        assert_eq!(folder.drift(), [], "{side}");
        assert_eq!(folder.calls(), 0, "{side}");
    }
}

/// The primary interface of an instance.
fn primary(at: &Folder, instance: &str) -> String {
    let sight = block_on(at.open().unwrap().sight()).unwrap();
    let live = at.live(instance);
    let mut interfaces = sight.observed.network_interfaces.values();
    let is_its = |it: &&crate::cloud::LiveNetworkInterface| {
        let attachment = it.attachment.as_ref();
        attachment.is_some_and(|it| it.device_index == 0 && it.instance_id.as_ref() == Some(&live))
    };
    interfaces.find(is_its).unwrap().network_interface_id.clone()
}

fn texts<T: ToString>(list: &[T]) -> Vec<String> {
    list.iter().map(ToString::to_string).collect()
}

const INTERFACES: &[Case] = &[
    (
        "settings of an interface",
        "eni-inside",
        |at| {
            let description = "by hand".to_owned();
            let groups = vec![at.live("sg-plant")];
            vec![
                change(at, "eni-inside", CloudChange::SetInterfaceDescription { description }),
                change(at, "eni-inside", CloudChange::SetInterfaceGroups { security_group_ids: groups }),
            ]
        },
        |it| {
            let interface = kind(it, "eni-inside").as_network_interface().unwrap();
            interface.description == "by hand" && texts(&interface.security_group_ids) == ["sg-plant"]
        },
    ),
    (
        "further addresses of an interface",
        "eni-inside",
        |at| {
            let came = vec!["10.70.1.22".to_owned()];
            let went = vec!["10.70.1.21".to_owned()];
            vec![
                change(
                    at,
                    "eni-inside",
                    CloudChange::AssignPrivateIpAddresses { private_ip_addresses: came },
                ),
                change(
                    at,
                    "eni-inside",
                    CloudChange::UnassignPrivateIpAddresses { private_ip_addresses: went },
                ),
            ]
        },
        |it| {
            let interface = kind(it, "eni-inside").as_network_interface().unwrap();
            texts(&interface.secondary_private_ips) == ["10.70.1.22"]
        },
    ),
    (
        "further addresses of an instance",
        "i-wall",
        |at| {
            let came = vec!["10.70.0.22".to_owned()];
            let change = CloudChange::AssignPrivateIpAddresses { private_ip_addresses: came };
            vec![Call::ChangeObject { id: primary(at, "i-wall"), change }]
        },
        |it| {
            let instance = kind(it, "i-wall").as_instance().unwrap();
            texts(&instance.secondary_private_ips) == ["10.70.0.21", "10.70.0.22"]
        },
    ),
    (
        "an address on another private one",
        "eip-spare",
        |at| {
            vec![Call::AssociateAddress {
                allocation_id: at.live("eip-spare"),
                target: AddressTarget::NetworkInterface(at.live("eni-spare")),
                allow_reassociation: true,
            }]
        },
        |it| {
            let address = kind(it, "eip-spare").as_elastic_ip().unwrap();
            address.network_interface_id.as_ref().is_some_and(|it| it.as_str() == "eni-spare")
                && address.private_ip_address.is_none()
        },
    ),
    (
        "an interface detached",
        "eni-inside",
        |at| {
            let sight = block_on(at.open().unwrap().sight()).unwrap();
            let interface = &sight.observed.network_interfaces[&at.live("eni-inside")];
            let attachment_id = interface.attachment.as_ref().unwrap().attachment_id.clone();
            let detach = change(at, "eni-inside", CloudChange::DetachNetworkInterface { attachment_id });
            at.outside(&detach);
            at.cloud(|cloud| cloud.advance(60_000));
            Vec::new()
        },
        |it| kind(it, "eni-inside").as_network_interface().unwrap().instance_id.is_none(),
    ),
];

#[test]
fn changes_to_interfaces_and_their_addresses_are_accepted() {
    each_is_accepted(&Folder::of("tests/support/interfaces.vpcscape.json"), INTERFACES);
}

impl Folder {
    /// Somebody makes a NAT gateway with an address of its own.
    fn foreign_gateway(&self, tags: Tags) -> (String, String) {
        let address = self.made(&Call::AllocateAddress { tags });
        let gateway = self.made(&Call::CreateNatGateway {
            subnet_id: self.live("subnet-public"),
            connectivity_type: "public".to_owned(),
            allocation_id: Some(address.clone()),
            private_ip_address: None,
            tags: Tags::from([("Name".to_owned(), "by hand".to_owned())]),
            client_token: None,
        });
        self.cloud(|cloud| cloud.advance(600_000));
        (gateway, address)
    }
}

#[test]
fn a_nat_gateway_that_others_added_is_accepted_with_its_address() {
    let folder = Folder::new("bastion-nat");
    folder.run(Goal::Deploy, None);
    let (gateway, address) = folder.foreign_gateway(Tags::new());
    let found = block_on(folder.open().unwrap().drift()).unwrap();
    let ids: Vec<(&str, Change)> = found.iter().map(|it| (it.live.as_str(), it.change)).collect();
    assert_eq!(ids, [(gateway.as_str(), Change::Added)], "its interface is part of it");
    let document = folder.accept(&gateway);
    let drawn = kind(&document, &gateway).as_nat_gateway().unwrap();
    assert_eq!(drawn.allocation_id.as_ref().unwrap().as_str(), address);
    assert_eq!(drawn.subnet_id.as_str(), "subnet-public");
    assert_eq!(document.topology.resources[gateway.as_str()].name, "by hand");
    assert_eq!(folder.drift(), []);
    let plan = folder.plan(Goal::Deploy);
    let calls: Vec<&Call> = plan.actions.iter().flat_map(|it| &it.calls).collect();
    assert!(calls.iter().all(|it| matches!(it, Call::CreateTags { .. })), "{calls:?}");
    assert_eq!(calls.len(), 2, "both are marked, and nothing is made twice: {calls:?}");
    folder.run(Goal::Deploy, None);
    assert_eq!(folder.calls(), 0);
    folder.run(Goal::Destroy, None);
    assert_eq!(folder.left(), 0, "what was accepted and deployed is ours");
}

#[test]
fn the_address_of_another_drawing_is_not_accepted_with_a_gateway() {
    let folder = Folder::new("bastion-nat");
    folder.run(Goal::Deploy, None);
    let theirs = Tags::from([("vpcscape:document".to_owned(), "another".to_owned())]);
    let (_, address) = folder.foreign_gateway(theirs);
    let sight = block_on(folder.open().unwrap().sight()).unwrap();
    let document = folder.drawn();
    let found = sight.drift(&document);
    let refused = crate::deploy::drift::accept(&sight, &document, &found, &found[0]).unwrap_err();
    assert!(refused.contains(&address) && refused.contains("another drawing"), "{refused}");
}

#[test]
fn further_addresses_of_a_nat_gateway_are_accepted_with_the_gateway() {
    let folder = Folder::new("bastion-nat");
    folder.run(Goal::Deploy, None);
    let address = folder.made(&Call::AllocateAddress { tags: Tags::new() });
    let allocation_ids = vec![address.clone()];
    folder.outside(&change(
        &folder,
        "nat-tutorial",
        CloudChange::AssociateNatGatewayAddress { allocation_ids, availability_zone: None },
    ));
    folder.cloud(|cloud| cloud.advance(600_000));
    let document = folder.accept("nat-tutorial");
    let drawn = kind(&document, "nat-tutorial").as_nat_gateway().unwrap();
    assert_eq!(texts(&drawn.secondary_allocation_ids), [address.as_str()]);
    assert_eq!(drawn.allocation_id.as_ref().unwrap().as_str(), "eip-nat");
    assert!(document.topology.resources.contains_key(address.as_str()), "the address comes along");
    assert_eq!(folder.drift(), []);
    folder.run(Goal::Deploy, None);
    assert_eq!(folder.calls(), 0);
    folder.run(Goal::Destroy, None);
    assert_eq!(folder.left(), 0);
}
