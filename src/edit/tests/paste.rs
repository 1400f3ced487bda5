use super::{Bench, id, lane, subnet, vpc};
use crate::{
    edit::{Clip, Command},
    model::{Container, Document, Kind, Placement, Topology},
};

fn copy(bench: &Bench, ids: &[&str]) -> Clip {
    let ids: Vec<_> = ids.iter().map(|text| id(text)).collect();
    Clip::of(&bench.document, &bench.index, &ids)
}

fn paste(bench: &mut Bench, clip: Clip, into: Option<Container>) -> Vec<String> {
    let planned = bench.run(Command::Paste { clip, into, at: None });
    planned.select.unwrap().iter().map(ToString::to_string).collect()
}

fn public_network() -> Bench {
    let mut bench = Bench::with_subnets();
    bench.place(Kind::InternetGateway, vpc("vpc-1"));
    bench.place(Kind::NatGateway, subnet("subnet-1"));
    bench.place(Kind::Instance, subnet("subnet-2"));
    bench.place(Kind::RouteTable, vpc("vpc-1"));
    bench.connect("subnet-1", "rtb-1");
    bench.connect("subnet-1", "igw-1");
    bench.connect("subnet-2", "nat-1");
    bench.connect("i-1", "sg-1-default");
    bench.set("i-1", "private_ip", |kind| {
        kind.as_instance_mut().unwrap().private_ip = Some("10.0.1.9".parse().unwrap());
    });
    bench
}

#[test]
fn a_copied_vpc_is_whole_and_refers_to_itself_only() {
    let mut bench = public_network();
    let before = bench.document.topology.resources.len();
    bench.run(Command::Duplicate { ids: vec![id("vpc-1")] });
    assert_eq!(bench.document.topology.resources.len(), 2 * before);
    let copied: Vec<_> = bench.document.topology.iter().filter(|it| it.id.as_str().ends_with("-2")).collect();
    assert!(copied.len() >= 8, "{copied:#?}");
    let vpcs: Vec<_> = bench.index.of_kind(Kind::Vpc).iter().map(ToString::to_string).collect();
    assert_eq!(vpcs, ["vpc-1", "vpc-2"]);
    for resource in bench.document.topology.iter() {
        let own = bench.document.topology.vpc_of(&resource.id);
        for reference in resource.kind.references() {
            let other = bench.document.topology.vpc_of(&reference.to);
            assert!(other.is_none() || other == own, "{resource:?} refers to {reference:?}");
        }
    }
    assert_eq!(bench.kind("vpc-2").as_vpc().unwrap().cidr_block.to_string(), "10.1.0.0/16");
    assert_eq!(bench.block("subnet-4"), "10.1.1.0/24", "subnets keep their place in the block");
    let address = bench.kind("i-2").as_instance().unwrap().private_ip.unwrap();
    assert_eq!(address.to_string(), "10.1.1.9", "and instances theirs in the subnet");
    assert_eq!(bench.document.diagram.lanes[&id("vpc-2")], bench.document.diagram.lanes[&id("vpc-1")]);
    assert_eq!(bench.routes("rtb-2"), ["0.0.0.0/0 > igw-2"]);
}

#[test]
fn a_copied_subnet_takes_the_next_block_beside_the_original() {
    let mut bench = public_network();
    bench.run(Command::Move {
        placements: vec![(id("subnet-2"), Placement { x: 10, y: 20, ..Default::default() })],
    });
    let planned = bench.run(Command::Duplicate { ids: vec![id("subnet-2")] });
    let copied = planned.select.unwrap().remove(0);
    assert_eq!(bench.block(copied.as_str()), "10.0.2.0/24");
    assert_eq!(bench.document.diagram.placements[&copied], Placement { x: 34, y: 44, ..Default::default() });
    let instance = bench.kind("i-2").as_instance().unwrap();
    assert_eq!(instance.subnet_id, copied);
    assert_eq!(instance.vpc_security_group_ids, [id("sg-1-default")], "groups of the same VPC are shared");
}

#[test]
fn a_clip_goes_where_the_user_points() {
    let mut bench = public_network();
    bench.place(Kind::Vpc, Container::Region);
    let target = bench.place(Kind::Subnet, vpc("vpc-2"));
    let clip = copy(&bench, &["i-1"]);
    let pasted = paste(&mut bench, clip, Some(Container::Subnet(target.clone())));
    let instance = bench.kind(&pasted[0]).as_instance().unwrap();
    assert_eq!(instance.subnet_id, target);
    assert!(instance.vpc_security_group_ids.is_empty(), "groups of another VPC are left behind");
    assert_eq!(instance.private_ip, None);

    let clip = copy(&bench, &["subnet-1"]);
    let pasted = paste(&mut bench, clip, Some(lane("vpc-2", "us-east-1b")));
    let subnet = bench.subnet(&pasted[0]);
    assert_eq!((subnet.vpc_id.as_str(), subnet.availability_zone.as_str()), ("vpc-2", "us-east-1b"));
    assert_eq!(subnet.route_table_id, None);
    assert!(bench.has("nat-2") && bench.has("eip-2"), "its NAT gateway came along with a new address");
}

#[test]
fn copies_of_what_aws_makes_are_ordinary() {
    let mut bench = public_network();
    let ids = ["rtb-1-main", "acl-1-default", "sg-1-default", "igw-1"].map(id);
    bench.run(Command::Duplicate { ids: ids.to_vec() });
    let group =
        bench.document.topology.of_kind(Kind::SecurityGroup).find(|it| it.id != id("sg-1-default")).unwrap();
    assert_eq!(group.kind.as_security_group().unwrap().group_name, "default-2");
    assert_eq!(bench.kind("igw-2").as_internet_gateway().unwrap().vpc_id, None, "a VPC has one gateway");
}

#[test]
fn a_clip_without_its_container_needs_one() {
    let bench = public_network();
    let clip = copy(&bench, &["i-1"]);
    let mut empty = Bench::new();
    let message = empty.refusal(Command::Paste { clip: clip.clone(), into: None, at: None });
    assert!(message.contains("`instance-1` was copied without its container"), "{message}");
    let message = empty.refusal(Command::Paste { clip, into: Some(Container::Region), at: None });
    assert!(message.contains("stands in a subnet"), "{message}");
}

#[test]
fn a_clip_of_another_region_follows_the_drawing() {
    let bench = public_network();
    let clip = copy(&bench, &["vpc-1"]);
    let document = Document { topology: Topology::new("eu-west-1"), ..Document::new("other", "") };
    let mut other = Bench::over(document);
    paste(&mut other, clip, None);
    assert_eq!(other.subnet("subnet-2").availability_zone, "eu-west-1b");
    assert_eq!(other.document.diagram.lanes[&id("vpc-1")], ["eu-west-1a", "eu-west-1b"]);
    assert_eq!(other.document.topology, {
        let mut moved = public_network();
        moved.run(Command::SetRegion { region: "eu-west-1".to_owned() });
        moved.document.topology
    });
}

#[test]
fn a_vpc_copied_without_what_aws_makes_gets_it() {
    let bench = public_network();
    let mut clip = copy(&bench, &["vpc-1"]);
    clip.resources.retain(|it| it.kind.kind() == Kind::Vpc);
    let mut other = Bench::new();
    paste(&mut other, clip, None);
    assert_eq!(other.document.topology.resources.len(), 4);
}

#[test]
fn a_place_is_for_the_first_and_the_others_keep_their_distance() {
    let mut bench = public_network();
    let at = |x, y| Placement { x, y, ..Placement::default() };
    bench.run(Command::Move { placements: vec![(id("eip-1"), at(0, 0)), (id("igw-1"), at(9, 9))] });
    bench.place(Kind::KeyPair, Container::Region);
    bench.run(Command::Move { placements: vec![(id("key-1"), at(40, 10))] });
    let clip = copy(&bench, &["eip-1", "key-1"]);
    bench.run(Command::Paste { clip, into: None, at: Some((100, 100)) });
    assert_eq!(bench.document.diagram.placements[&id("eip-2")], at(100, 100));
    assert_eq!(bench.document.diagram.placements[&id("key-2")], at(140, 110));
    assert_eq!(bench.kind("key-2").as_key_pair().unwrap().key_name, "key-2");
}
