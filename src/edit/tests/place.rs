use super::{Bench, id, lane, subnet, vpc};
use crate::{
    edit::{Command, Dragged, drop_verdict},
    model::{Container, Kind, Placement, ResourceKind},
};

#[test]
fn a_vpc_brings_what_aws_makes_with_it_and_two_lanes() {
    let mut bench = Bench::new();
    assert_eq!(bench.place(Kind::Vpc, Container::Region), id("vpc-1"));
    assert_eq!(bench.kind("vpc-1").as_vpc().unwrap().cidr_block.to_string(), "10.0.0.0/16");
    assert!(bench.kind("rtb-1-main").as_route_table().unwrap().main);
    assert!(bench.kind("acl-1-default").as_network_acl().unwrap().is_default);
    let group = bench.kind("sg-1-default").as_security_group().unwrap();
    assert!(group.is_default);
    assert_eq!(group.group_name, "default");
    assert_eq!(bench.document.diagram.lanes[&id("vpc-1")], ["us-east-1a", "us-east-1b"]);

    bench.place(Kind::Vpc, Container::Region);
    assert_eq!(bench.kind("vpc-2").as_vpc().unwrap().cidr_block.to_string(), "10.1.0.0/16");
    assert_eq!(bench.get("rtb-2-main").name, "vpc-2-main");
}

#[test]
fn a_vpc_inside_a_vpc_is_refused() {
    let mut bench = Bench::with_subnets();
    let into = vpc("vpc-1");
    let message = bench.refusal(Command::Place { kind: Kind::Vpc, into, at: None, name: None });
    assert!(message.contains("region itself"), "{message}");
}

#[test]
fn a_subnet_takes_the_next_free_block_and_the_zone_of_its_lane() {
    let mut bench = Bench::with_subnets();
    assert_eq!(
        (bench.block("subnet-1"), bench.block("subnet-2")),
        ("10.0.0.0/24".into(), "10.0.1.0/24".into())
    );
    assert_eq!(bench.subnet("subnet-2").availability_zone, "us-east-1b");
    bench.delete(&["subnet-1"]);
    let third = bench.place(Kind::Subnet, vpc("vpc-1"));
    assert_eq!(third, id("subnet-3"), "names count up");
    assert_eq!(bench.block("subnet-3"), "10.0.0.0/24", "the freed block is the lowest free one");
    assert_eq!(
        bench.subnet("subnet-3").availability_zone,
        "us-east-1a",
        "the frame stands for its first lane"
    );
}

#[test]
fn a_subnet_in_a_new_lane_draws_that_lane_for_good() {
    let mut bench = Bench::with_subnets();
    bench.place(Kind::Subnet, lane("vpc-1", "us-east-1f"));
    assert_eq!(bench.document.diagram.lanes[&id("vpc-1")], ["us-east-1a", "us-east-1b", "us-east-1f"]);
}

#[test]
fn a_small_vpc_is_divided_and_a_full_one_refuses() {
    let mut bench = Bench::new();
    bench.place(Kind::Vpc, Container::Region);
    bench.set("vpc-1", "cidr_block", |kind| {
        kind.as_vpc_mut().unwrap().cidr_block = "10.0.0.0/27".parse().unwrap();
    });
    for block in ["10.0.0.0/28", "10.0.0.16/28"] {
        let placed = bench.place(Kind::Subnet, vpc("vpc-1"));
        assert_eq!(bench.block(placed.as_str()), block);
    }
    let command = Command::Place { kind: Kind::Subnet, into: vpc("vpc-1"), at: None, name: None };
    let message = bench.refusal(command);
    assert!(message.contains("no block is free in VPC `vpc-1`"), "{message}");
}

#[test]
fn a_subnet_outside_a_lane_is_refused_with_the_reason() {
    let mut bench = Bench::with_subnets();
    for (into, words) in
        [(Container::Region, "belongs to a VPC"), (subnet("subnet-1"), "inside subnet `subnet-1`")]
    {
        let message = bench.refusal(Command::Place { kind: Kind::Subnet, into, at: None, name: None });
        assert!(message.contains(words), "{message}");
    }
}

#[test]
fn a_nat_gateway_brings_its_elastic_ip() {
    let mut bench = Bench::with_subnets();
    bench.place(Kind::NatGateway, subnet("subnet-1"));
    let nat = bench.kind("nat-1").as_nat_gateway().unwrap();
    assert_eq!(nat.allocation_id, Some(id("eip-1")));
    assert!(bench.has("eip-1"));
}

#[test]
fn an_internet_gateway_is_attached_by_a_drop_on_a_vpc_once() {
    let mut bench = Bench::with_subnets();
    bench.place(Kind::InternetGateway, Container::Region);
    assert_eq!(bench.kind("igw-1").as_internet_gateway().unwrap().vpc_id, None);
    bench.place(Kind::InternetGateway, vpc("vpc-1"));
    assert_eq!(bench.kind("igw-2").as_internet_gateway().unwrap().vpc_id, Some(id("vpc-1")));
    let command = Command::Place { kind: Kind::InternetGateway, into: vpc("vpc-1"), at: None, name: None };
    let message = bench.refusal(command);
    assert!(message.contains("`igw-2` already"), "{message}");
}

#[test]
fn what_belongs_to_a_vpc_may_be_dropped_anywhere_inside_it() {
    let mut bench = Bench::with_subnets();
    for kind in [Kind::RouteTable, Kind::NetworkAcl, Kind::SecurityGroup, Kind::GatewayEndpoint] {
        let placed = bench.place(kind, subnet("subnet-2"));
        assert_eq!(bench.document.topology.container(&placed), vpc("vpc-1"), "{kind:?}");
        let message = bench.refusal(Command::Place { kind, into: Container::Region, at: None, name: None });
        assert!(message.contains("belongs to a VPC"), "{message}");
    }
    for kind in [Kind::ElasticIp, Kind::KeyPair] {
        let placed = bench.place(kind, subnet("subnet-2"));
        assert_eq!(bench.document.topology.container(&placed), Container::Region, "{kind:?}");
    }
}

#[test]
fn endpoints_take_the_next_service_that_the_vpc_lacks() {
    let mut bench = Bench::with_subnets();
    let planned =
        bench.run(Command::Place { kind: Kind::GatewayEndpoint, into: vpc("vpc-1"), at: None, name: None });
    let endpoint = bench.kind("vpce-s3").as_gateway_endpoint().unwrap();
    assert_eq!(endpoint.service_name, "com.amazonaws.us-east-1.s3");
    assert_eq!(endpoint.route_table_ids, [id("rtb-1-main")], "the only table is meant");
    assert!(planned.notes.iter().any(|note| note.contains("the only one")), "{:?}", planned.notes);
    bench.place(Kind::RouteTable, vpc("vpc-1"));
    bench.place(Kind::GatewayEndpoint, vpc("vpc-1"));
    let endpoint = bench.kind("vpce-dynamodb").as_gateway_endpoint().unwrap();
    assert!(endpoint.route_table_ids.is_empty(), "among several tables the user chooses");

    bench.place(Kind::InterfaceEndpoint, subnet("subnet-1"));
    bench.set("vpc-1", "enable_dns_hostnames", |kind| kind.as_vpc_mut().unwrap().enable_dns_hostnames = true);
    bench.place(Kind::InterfaceEndpoint, subnet("subnet-1"));
    let (first, second) = (bench.kind("vpce-ssm"), bench.kind("vpce-ssmmessages"));
    assert!(!first.as_interface_endpoint().unwrap().private_dns_enabled);
    assert!(second.as_interface_endpoint().unwrap().private_dns_enabled);
    assert_eq!(second.as_interface_endpoint().unwrap().subnet_ids, [id("subnet-1")]);
}

#[test]
fn a_name_of_the_users_makes_the_id_and_the_place_is_kept() {
    let mut bench = Bench::with_subnets();
    let command = Command::Place {
        kind: Kind::Instance,
        into: subnet("subnet-1"),
        at: Some((12, 34)),
        name: Some("Bastion host".to_owned()),
    };
    bench.run(command.clone());
    assert_eq!(bench.get("i-bastion-host").name, "Bastion host");
    let placed = bench.document.diagram.placements[&id("i-bastion-host")];
    assert_eq!(placed, Placement { x: 12, y: 34, width: None, height: None });
    bench.run(command);
    assert!(bench.has("i-bastion-host-2"));
}

#[test]
fn the_verdict_of_a_drop_is_what_the_drop_does() {
    let mut bench = Bench::with_subnets();
    bench.place(Kind::Instance, subnet("subnet-1"));
    let containers = [Container::Region, vpc("vpc-1"), lane("vpc-1", "us-east-1b"), subnet("subnet-2")];
    for into in &containers {
        for kind in Kind::ALL {
            let verdict = drop_verdict(&bench.document, &bench.index, &Dragged::New(*kind), into);
            let mut copy = Bench::over(bench.document.clone());
            let result =
                copy.try_run(&Command::Place { kind: *kind, into: into.clone(), at: None, name: None });
            assert_eq!(verdict, result.map(|_| ()), "{kind:?} into {into:?}");
        }
    }
    let dragged = Dragged::Existing(id("i-1"));
    assert!(drop_verdict(&bench.document, &bench.index, &dragged, &subnet("subnet-2")).is_ok());
    assert!(drop_verdict(&bench.document, &bench.index, &dragged, &vpc("vpc-1")).is_err());
}

#[test]
fn a_drop_on_what_is_gone_is_refused() {
    let mut bench = Bench::with_subnets();
    for into in [vpc("vpc-9"), lane("subnet-1", "us-east-1a"), subnet("vpc-1")] {
        for kind in Kind::ALL {
            let command = Command::Place { kind: *kind, into: into.clone(), at: None, name: None };
            let message = bench.refusal(command);
            assert!(message.contains("not on the drawing"), "{message}");
        }
    }
    assert!(matches!(bench.kind("vpc-1"), ResourceKind::Vpc(_)));
}
