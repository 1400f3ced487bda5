use super::{Bench, id, lane, subnet, vpc};
use crate::{
    edit::Command,
    model::{Container, Kind, Placement},
};

#[test]
fn another_lane_is_another_zone() {
    let mut bench = Bench::with_subnets();
    let into = lane("vpc-1", "us-east-1c");
    bench.run(Command::MoveInto { id: id("subnet-1"), into, at: Some((5, 6)) });
    assert_eq!(bench.subnet("subnet-1").availability_zone, "us-east-1c");
    assert_eq!(
        bench.document.diagram.placements[&id("subnet-1")],
        Placement { x: 5, y: 6, ..Placement::default() }
    );
    assert!(bench.document.diagram.lanes[&id("vpc-1")].contains(&"us-east-1c".to_owned()));
    let nothing = bench.move_into("subnet-1", vpc("vpc-1"));
    assert!(nothing.transaction.is_empty(), "a drop on its own VPC changes nothing");
}

#[test]
fn a_subnet_changes_its_vpc_only_when_nothing_uses_it() {
    let mut bench = Bench::with_subnets();
    bench.place(Kind::Vpc, Container::Region);
    bench.place(Kind::RouteTable, vpc("vpc-1"));
    bench.place(Kind::Instance, subnet("subnet-1"));
    bench.connect("subnet-2", "rtb-1");
    let into = lane("vpc-2", "us-east-1a");
    let message = bench.refusal(Command::MoveInto { id: id("subnet-1"), into: into.clone(), at: None });
    assert!(message.contains("in use by `instance-1`"), "{message}");
    bench.move_into("subnet-2", into);
    assert_eq!(bench.subnet("subnet-2").vpc_id, id("vpc-2"));
    assert_eq!(bench.subnet("subnet-2").route_table_id, None);
    assert_eq!(bench.block("subnet-2"), "10.1.0.0/24");
}

#[test]
fn an_instance_in_another_subnet_leaves_what_it_cannot_keep() {
    let mut bench = Bench::with_subnets();
    bench.place(Kind::Instance, subnet("subnet-1"));
    bench.set("i-1", "private_ip", |kind| {
        kind.as_instance_mut().unwrap().private_ip = Some("10.0.0.9".parse().unwrap());
    });
    bench.connect("i-1", "sg-1-default");
    bench.connect("subnet-2", "i-1");
    bench.move_into("i-1", subnet("subnet-2"));
    let instance = bench.kind("i-1").as_instance().unwrap();
    assert_eq!((instance.private_ip, instance.vpc_security_group_ids.len()), (None, 1));
    assert_eq!(bench.routes("rtb-1-main"), ["0.0.0.0/0 > i-1"]);

    bench.place(Kind::Vpc, Container::Region);
    let other = bench.place(Kind::Subnet, vpc("vpc-2"));
    bench.move_into("i-1", Container::Subnet(other));
    assert!(bench.kind("i-1").as_instance().unwrap().vpc_security_group_ids.is_empty());
    assert!(bench.routes("rtb-1-main").is_empty(), "a route cannot leave its VPC");
}

#[test]
fn an_internet_gateway_is_attached_and_detached_by_dragging() {
    let mut bench = Bench::with_subnets();
    bench.place(Kind::InternetGateway, vpc("vpc-1"));
    bench.connect("subnet-1", "igw-1");
    let planned = bench.move_into("igw-1", Container::Region);
    assert_eq!(bench.kind("igw-1").as_internet_gateway().unwrap().vpc_id, None);
    assert!(
        planned.notes.iter().any(|note| note.contains("until it is attached again")),
        "{:?}",
        planned.notes
    );
    assert_eq!(bench.routes("rtb-1-main").len(), 1);
    bench.place(Kind::InternetGateway, vpc("vpc-1"));
    let message = bench.refusal(Command::MoveInto { id: id("igw-1"), into: vpc("vpc-1"), at: None });
    assert!(message.contains("attaches only one"), "{message}");
}

#[test]
fn what_cannot_leave_its_vpc_says_so() {
    let mut bench = Bench::with_subnets();
    bench.place(Kind::Vpc, Container::Region);
    let other = bench.place(Kind::Subnet, vpc("vpc-2"));
    bench.place(Kind::GatewayEndpoint, vpc("vpc-1"));
    bench.place(Kind::InterfaceEndpoint, subnet("subnet-1"));
    for moved in ["rtb-1-main", "acl-1-default", "sg-1-default", "vpce-s3"] {
        let message = bench.refusal(Command::MoveInto { id: id(moved), into: vpc("vpc-2"), at: None });
        assert!(message.contains("copy it and paste it"), "{moved}: {message}");
    }
    let into = Container::Subnet(other);
    let message = bench.refusal(Command::MoveInto { id: id("vpce-ssm"), into, at: None });
    assert!(message.contains("copy it and paste it"), "{message}");
    bench.move_into("vpce-ssm", subnet("subnet-2"));
    assert_eq!(bench.kind("vpce-ssm").as_interface_endpoint().unwrap().subnet_ids, [id("subnet-2")]);
    let message = bench.refusal(Command::MoveInto { id: id("vpc-2"), into: vpc("vpc-1"), at: None });
    assert!(message.contains("not inside one"), "{message}");
}

#[test]
fn moving_and_tidying_touch_the_picture_only() {
    let mut bench = Bench::with_subnets();
    let placed = Placement { x: i32::MAX, y: -7, width: Some(0), height: None };
    let planned = bench.run(Command::Move { placements: vec![(id("vpc-1"), placed)] });
    assert!(!planned.transaction.touches_network());
    let kept = bench.document.diagram.placements[&id("vpc-1")];
    assert!(kept.x < i32::MAX && kept.width.unwrap() > 0, "{kept:?}");
    let tidy = Placement { x: 1, y: 2, ..Placement::default() };
    bench.run(Command::Tidy { placements: vec![(id("subnet-1"), tidy)] });
    assert_eq!(bench.document.diagram.placements.len(), 1);
    bench.refusal(Command::Move { placements: vec![(id("gone"), tidy)] });
}
