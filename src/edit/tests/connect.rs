use super::{Bench, id, subnet, vpc};
use crate::{
    edit::{Command, ConnectTarget, connect_verdict},
    model::{ConnectivityType, Container, Kind},
};

fn with_gateway() -> Bench {
    let mut bench = Bench::with_subnets();
    bench.place(Kind::InternetGateway, vpc("vpc-1"));
    bench
}

fn says(notes: &[String], words: &str) -> bool {
    notes.iter().any(|note| note.contains(words))
}

#[test]
fn an_arrow_from_a_subnet_edits_its_effective_table_and_says_which() {
    let mut bench = with_gateway();
    let planned = bench.connect("subnet-1", "igw-1");
    assert_eq!(bench.routes("rtb-1-main"), ["0.0.0.0/0 > igw-1"]);
    assert!(says(&planned.notes, "main table `vpc-1-main` was edited"), "{:?}", planned.notes);
    assert!(says(&planned.notes, "also serves `subnet-2`"), "{:?}", planned.notes);

    bench.place(Kind::RouteTable, vpc("vpc-1"));
    bench.connect("subnet-1", "rtb-1");
    assert_eq!(bench.subnet("subnet-1").route_table_id, Some(id("rtb-1")));
    let planned = bench.connect("subnet-1", "igw-1");
    assert_eq!(bench.routes("rtb-1"), ["0.0.0.0/0 > igw-1"]);
    assert!(says(&planned.notes, "table associated with subnet `subnet-1`"), "{:?}", planned.notes);
    assert!(!says(&planned.notes, "also serves"), "{:?}", planned.notes);
}

#[test]
fn a_second_default_route_replaces_the_first() {
    let mut bench = with_gateway();
    bench.place(Kind::NatGateway, subnet("subnet-1"));
    bench.connect("subnet-2", "nat-1");
    let planned = bench.connect("subnet-2", "igw-1");
    assert_eq!(bench.routes("rtb-1-main"), ["0.0.0.0/0 > igw-1"]);
    assert!(says(&planned.notes, "no longer to `nat-1`"), "{:?}", planned.notes);
    let again = bench.connect("subnet-2", "igw-1");
    assert!(again.transaction.is_empty());
    assert!(says(&again.notes, "already"), "{:?}", again.notes);
}

#[test]
fn the_internet_stands_for_the_attached_gateway() {
    let mut bench = Bench::with_subnets();
    let to_internet = Command::Connect { from: id("subnet-1"), to: ConnectTarget::Internet };
    let message = bench.refusal(to_internet.clone());
    assert!(message.contains("has no internet gateway"), "{message}");
    bench.place(Kind::InternetGateway, vpc("vpc-1"));
    bench.run(to_internet);
    assert_eq!(bench.routes("rtb-1-main"), ["0.0.0.0/0 > igw-1"]);
    bench.place(Kind::Instance, subnet("subnet-1"));
    let message = bench.refusal(Command::Connect { from: id("i-1"), to: ConnectTarget::Internet });
    assert!(message.contains("has no route of its own"), "{message}");
}

#[test]
fn a_free_gateway_is_attached_on_the_way() {
    let mut bench = Bench::with_subnets();
    bench.place(Kind::InternetGateway, Container::Region);
    let planned = bench.connect("subnet-1", "igw-1");
    assert_eq!(bench.kind("igw-1").as_internet_gateway().unwrap().vpc_id, Some(id("vpc-1")));
    assert!(says(&planned.notes, "was attached"), "{:?}", planned.notes);
}

#[test]
fn nothing_connects_across_vpcs() {
    let mut bench = with_gateway();
    bench.place(Kind::Vpc, Container::Region);
    bench.place(Kind::Subnet, vpc("vpc-2"));
    bench.place(Kind::RouteTable, vpc("vpc-2"));
    bench.place(Kind::NetworkAcl, vpc("vpc-2"));
    bench.place(Kind::SecurityGroup, vpc("vpc-2"));
    bench.place(Kind::NatGateway, subnet("subnet-3"));
    bench.place(Kind::GatewayEndpoint, vpc("vpc-2"));
    bench.place(Kind::InterfaceEndpoint, subnet("subnet-3"));
    bench.place(Kind::Instance, subnet("subnet-1"));
    for (from, to) in [
        ("subnet-1", "rtb-1"),
        ("subnet-1", "acl-1"),
        ("subnet-1", "nat-1"),
        ("subnet-1", "vpce-s3"),
        ("subnet-1", "vpce-ssm"),
        ("subnet-3", "igw-1"),
        ("i-1", "sg-1"),
    ] {
        let message = bench.refuse_connect(from, to);
        assert!(message.contains("not in the same VPC"), "{from} to {to}: {message}");
    }
    let message = bench.refuse_connect("igw-1", "vpc-2");
    assert!(message.contains("is attached to VPC `vpc-1`"), "{message}");
}

#[test]
fn endpoints_take_tables_and_one_subnet_per_zone() {
    let mut bench = Bench::with_subnets();
    bench.place(Kind::RouteTable, vpc("vpc-1"));
    bench.place(Kind::GatewayEndpoint, vpc("vpc-1"));
    bench.connect("subnet-1", "rtb-1");
    bench.connect("subnet-1", "vpce-s3");
    bench.connect("vpce-s3", "rtb-1-main");
    let tables = &bench.kind("vpce-s3").as_gateway_endpoint().unwrap().route_table_ids;
    assert_eq!(*tables, [id("rtb-1"), id("rtb-1-main")]);

    bench.place(Kind::InterfaceEndpoint, subnet("subnet-1"));
    bench.connect("subnet-2", "vpce-ssm");
    let third = bench.place(Kind::Subnet, vpc("vpc-1"));
    let message = bench.refuse_connect(third.as_str(), "vpce-ssm");
    assert!(message.contains("in subnet `subnet-1`") && message.contains("us-east-1a"), "{message}");
    let subnets = &bench.kind("vpce-ssm").as_interface_endpoint().unwrap().subnet_ids;
    assert_eq!(*subnets, [id("subnet-1"), id("subnet-2")]);
}

#[test]
fn an_instance_takes_groups_a_key_and_an_address() {
    let mut bench = Bench::with_subnets();
    bench.place(Kind::Instance, subnet("subnet-1"));
    bench.place(Kind::Instance, subnet("subnet-1"));
    bench.place(Kind::SecurityGroup, vpc("vpc-1"));
    bench.place(Kind::KeyPair, Container::Region);
    bench.place(Kind::ElasticIp, Container::Region);
    bench.connect("i-1", "sg-1");
    bench.connect("sg-1-default", "i-1");
    bench.connect("i-1", "key-1");
    bench.connect("i-1", "eip-1");
    let instance = bench.kind("i-1").as_instance().unwrap();
    assert_eq!(instance.vpc_security_group_ids, [id("sg-1"), id("sg-1-default")]);
    assert_eq!(instance.key_pair_id, Some(id("key-1")));
    let planned = bench.connect("eip-1", "i-2");
    assert_eq!(bench.kind("eip-1").as_elastic_ip().unwrap().instance_id, Some(id("i-2")));
    assert!(says(&planned.notes, "no longer belongs to `instance-1`"), "{:?}", planned.notes);
}

#[test]
fn an_address_goes_from_an_instance_to_a_public_nat_gateway_only() {
    let mut bench = Bench::with_subnets();
    bench.place(Kind::Instance, subnet("subnet-1"));
    bench.place(Kind::NatGateway, subnet("subnet-1"));
    bench.place(Kind::ElasticIp, Container::Region);
    bench.connect("eip-2", "i-1");
    let planned = bench.connect("eip-2", "nat-1");
    assert_eq!(bench.kind("eip-2").as_elastic_ip().unwrap().instance_id, None);
    assert_eq!(bench.kind("nat-1").as_nat_gateway().unwrap().allocation_id, Some(id("eip-2")));
    assert!(says(&planned.notes, "no longer uses the Elastic IP `eip-1`"), "{:?}", planned.notes);
    bench.set("nat-1", "connectivity_type", |kind| {
        kind.as_nat_gateway_mut().unwrap().connectivity_type = ConnectivityType::Private;
    });
    let message = bench.refuse_connect("eip-1", "nat-1");
    assert!(message.contains("is private"), "{message}");
}

#[test]
fn what_cannot_be_connected_says_what_can() {
    let mut bench = with_gateway();
    bench.place(Kind::Instance, subnet("subnet-1"));
    bench.place(Kind::Instance, subnet("subnet-2"));
    bench.place(Kind::KeyPair, Container::Region);
    for (from, to, words) in [
        ("subnet-1", "subnet-2", "local route"),
        ("i-1", "i-2", "local route"),
        ("i-1", "igw-1", "routes belong to subnets"),
        ("igw-1", "subnet-1", "draw the arrow from `subnet-1` to `igw-1`"),
        ("sg-1-default", "sg-1-default", "add an inbound rule"),
        ("subnet-1", "key-1", "a subnet can be connected to"),
        ("key-1", "vpc-1", "a key pair can be connected to"),
    ] {
        let message = bench.refuse_connect(from, to);
        assert!(message.contains(words), "{from} to {to}: {message}");
    }
}

#[test]
fn the_verdict_of_an_arrow_is_what_the_arrow_does() {
    let mut bench = with_gateway();
    bench.place(Kind::NatGateway, subnet("subnet-1"));
    bench.place(Kind::Instance, subnet("subnet-2"));
    let ids: Vec<_> = bench.document.topology.resources.keys().cloned().collect();
    let mut taken = 0;
    for from in &ids {
        for to in &ids {
            let to = ConnectTarget::Resource(to.clone());
            let verdict = connect_verdict(&bench.document, &bench.index, from, &to);
            let mut copy = Bench::over(bench.document.clone());
            let result = copy.try_run(&Command::Connect { from: from.clone(), to });
            taken += usize::from(result.is_ok());
            assert_eq!(verdict, result.map(|_| ()));
        }
    }
    assert!(taken > 10, "only {taken} arrows were taken");
}
