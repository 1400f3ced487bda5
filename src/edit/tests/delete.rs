use super::{Bench, id, subnet, vpc};
use crate::{
    edit::Command,
    model::{Check, CheckExpectation, Container, Kind},
    net::Protocol,
};

fn tutorial() -> Bench {
    let mut bench = Bench::with_subnets();
    bench.place(Kind::InternetGateway, vpc("vpc-1"));
    bench.place(Kind::NatGateway, subnet("subnet-1"));
    bench.place(Kind::Instance, subnet("subnet-2"));
    bench.place(Kind::RouteTable, vpc("vpc-1"));
    bench.connect("subnet-1", "rtb-1");
    bench.connect("subnet-1", "igw-1");
    bench.connect("subnet-2", "nat-1");
    bench
}

#[test]
fn a_subnet_takes_along_what_stands_in_it_and_routes_to_it_go() {
    let mut bench = tutorial();
    let planned = bench.delete(&["subnet-1"]);
    assert!(!bench.has("nat-1"));
    assert!(bench.has("eip-1"), "the address stays");
    assert!(bench.routes("rtb-1-main").is_empty());
    let notes = planned.notes.join("\n");
    assert!(notes.contains("`nat-1` went too"), "{notes}");
    assert!(notes.contains("Elastic IP `eip-1` stays"), "{notes}");
    assert!(notes.contains("removed from `vpc-1-main`"), "{notes}");
    assert_eq!(planned.select, Some(Vec::new()));
}

#[test]
fn a_vpc_takes_everything_along_but_what_is_of_the_region() {
    let mut bench = tutorial();
    bench.place(Kind::KeyPair, Container::Region);
    bench.delete(&["vpc-1"]);
    let left: Vec<_> = bench.document.topology.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(left, ["eip-1", "igw-1", "key-1"]);
    assert_eq!(bench.kind("igw-1").as_internet_gateway().unwrap().vpc_id, None);
    assert!(bench.document.diagram.lanes.is_empty());
}

#[test]
fn what_aws_makes_with_a_vpc_goes_only_with_it() {
    let mut bench = tutorial();
    for (implicit, words) in [
        ("rtb-1-main", "make another table the main one"),
        ("acl-1-default", "default network ACL"),
        ("sg-1-default", "default security group"),
    ] {
        let message = bench.refusal(Command::Delete { ids: vec![id("i-1"), id(implicit)] });
        assert!(message.contains(words), "{message}");
    }
    bench.delete(&["rtb-1-main", "vpc-1"]);
    assert!(!bench.has("rtb-1-main"));
}

#[test]
fn another_main_table_frees_the_old_one() {
    let mut bench = tutorial();
    let planned = bench.run(Command::SetMainRouteTable { table: id("rtb-1") });
    assert!(planned.notes.join("").contains("serves `subnet-2`"), "{:?}", planned.notes);
    let planned = bench.delete(&["rtb-1-main"]);
    assert!(planned.notes.is_empty(), "{:?}", planned.notes);
    let message = bench.refusal(Command::Delete { ids: vec![id("rtb-1")] });
    assert!(message.contains("main route table"), "{message}");
}

#[test]
fn a_table_that_goes_leaves_its_subnets_to_the_main_one() {
    let mut bench = tutorial();
    let planned = bench.delete(&["rtb-1"]);
    assert_eq!(bench.subnet("subnet-1").route_table_id, None);
    assert!(planned.notes.join("").contains("`subnet-1` went back"), "{:?}", planned.notes);
}

#[test]
fn a_check_that_names_what_is_gone_goes_too() {
    let mut bench = tutorial();
    for (name, from) in [("out", "i-1"), ("in", "internet")] {
        let check = Check {
            from: from.to_owned(),
            to: "10.0.0.1".to_owned(),
            protocol: Protocol::Tcp,
            port: Some(443),
            expect: CheckExpectation::Blocked,
        };
        bench.run(Command::SetCheck { name: name.to_owned(), check: Some(check) });
    }
    bench.delete(&["i-1"]);
    assert_eq!(bench.document.checks.keys().collect::<Vec<_>>(), ["in"]);
}

#[test]
fn what_is_gone_cannot_be_deleted() {
    let message = tutorial().refusal(Command::Delete { ids: vec![id("i-1"), id("i-9")] });
    assert!(message.contains("`i-9` is not on the drawing"), "{message}");
}
