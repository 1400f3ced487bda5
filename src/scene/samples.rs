//! Networks for the tests of the picture.

use std::sync::Arc;

use crate::model::{
    ConnectivityType, Document, ElasticIp, GatewayEndpoint, Instance, InterfaceEndpoint, InternetGateway,
    KeyPair, NatGateway, NetworkAcl, Resource, ResourceId, ResourceKind, Route, RouteDestination, RouteTable,
    RouteTarget, SecurityGroup, Subnet, Vpc,
};

pub(crate) fn id(text: &str) -> ResourceId {
    ResourceId::new(text).unwrap()
}

pub(crate) fn put(document: &mut Document, key: &str, kind: impl Into<ResourceKind>) {
    let name = key.split_once('-').map_or(key, |(_, name)| name).to_owned();
    let resource = Resource::new(id(key), name, kind);
    document.topology.resources.insert(id(key), Arc::new(resource));
}

fn vpc(document: &mut Document, key: &str, block: &str) {
    put(document, key, Vpc::new(block.parse().unwrap()));
    let suffix = key.trim_start_matches("vpc-");
    let acl = NetworkAcl { vpc_id: id(key), is_default: true, ingress: Vec::new(), egress: Vec::new() };
    put(document, &format!("acl-{suffix}"), acl);
    let group = format!("sg-{suffix}-default");
    put(document, &group, SecurityGroup::default_of(id(key), id(&group)));
}

fn table(vpc: &str, main: bool, target: Option<RouteTarget>) -> RouteTable {
    let destination = RouteDestination::Ipv4("0.0.0.0/0".parse().unwrap());
    let routes = target.map(|target| Route { destination, target }).into_iter().collect();
    RouteTable { main, routes, ..RouteTable::new(id(vpc)) }
}

fn subnet(vpc: &str, block: &str, zone: &str, table: &str) -> Subnet {
    let mut subnet = Subnet::new(id(vpc), block.parse().unwrap(), zone);
    subnet.route_table_id = Some(id(table));
    subnet
}

fn instance(subnet: &str, group: &str) -> Instance {
    let mut instance = Instance::new(id(subnet));
    instance.vpc_security_group_ids = vec![id(group)];
    instance.key_pair_id = Some(id("key-operator"));
    instance
}

/// The tutorial's network: a bastion and a NAT gateway in a public subnet, a host in a private one.
pub(crate) fn bastion_nat() -> Document {
    let mut it = Document::new("bastion-nat", "us-east-1");
    vpc(&mut it, "vpc-main", "10.0.0.0/16");
    put(&mut it, "rtb-private", table("vpc-main", true, Some(RouteTarget::NatGateway(id("nat-a")))));
    put(&mut it, "rtb-public", table("vpc-main", false, Some(RouteTarget::Gateway(id("igw-main")))));
    put(&mut it, "igw-main", InternetGateway { vpc_id: Some(id("vpc-main")) });
    let mut public = subnet("vpc-main", "10.0.0.0/24", "us-east-1a", "rtb-public");
    public.map_public_ip_on_launch = true;
    put(&mut it, "subnet-public", public);
    put(&mut it, "subnet-private", subnet("vpc-main", "10.0.1.0/24", "us-east-1a", "rtb-private"));
    put(&mut it, "sg-bastion", SecurityGroup::new(id("vpc-main"), "bastion", "SSH from the operator"));
    put(&mut it, "sg-app", SecurityGroup::new(id("vpc-main"), "app", "SSH from the bastion"));
    put(&mut it, "key-operator", KeyPair { key_name: "operator".to_owned(), ..KeyPair::default() });
    put(&mut it, "i-bastion", instance("subnet-public", "sg-bastion"));
    put(&mut it, "i-app", instance("subnet-private", "sg-app"));
    put(&mut it, "eip-nat", ElasticIp::default());
    let nat = NatGateway {
        subnet_id: id("subnet-public"),
        connectivity_type: ConnectivityType::Public,
        allocation_id: Some(id("eip-nat")),
        secondary_allocation_ids: Vec::new(),
        private_ip: None,
    };
    put(&mut it, "nat-a", nat);
    it
}

/// The second template: the same with endpoints for S3 and Systems Manager.
pub(crate) fn private_endpoints() -> Document {
    let mut it = bastion_nat();
    let s3 = GatewayEndpoint {
        vpc_id: id("vpc-main"),
        service_name: "com.amazonaws.us-east-1.s3".to_owned(),
        route_table_ids: vec![id("rtb-private")],
    };
    put(&mut it, "vpce-s3", s3);
    let ssm = InterfaceEndpoint {
        vpc_id: id("vpc-main"),
        service_name: "com.amazonaws.us-east-1.ssm".to_owned(),
        subnet_ids: vec![id("subnet-private")],
        security_group_ids: vec![id("sg-app")],
        private_dns_enabled: true,
        subnet_configurations: Vec::new(),
    };
    put(&mut it, "vpce-ssm", ssm);
    it
}

/// A network of `vpcs` VPCs over three zones with public, application and data tiers.
pub(crate) fn tiers(vpcs: usize, hosts: usize) -> Document {
    let mut it = Document::new("tiers", "us-east-1");
    put(&mut it, "key-operator", KeyPair { key_name: "operator".to_owned(), ..KeyPair::default() });
    for v in 0..vpcs {
        let main = format!("vpc-{v}");
        vpc(&mut it, &main, &format!("10.{v}.0.0/16"));
        put(&mut it, &format!("igw-{v}"), InternetGateway { vpc_id: Some(id(&main)) });
        let out = RouteTarget::Gateway(id(&format!("igw-{v}")));
        put(&mut it, &format!("rtb-{v}-public"), table(&main, false, Some(out)));
        put(&mut it, &format!("rtb-{v}-data"), table(&main, true, None));
        put(&mut it, &format!("sg-{v}-web"), SecurityGroup::new(id(&main), "web", "web"));
        let s3 = GatewayEndpoint {
            vpc_id: id(&main),
            service_name: "com.amazonaws.us-east-1.s3".to_owned(),
            route_table_ids: vec![id(&format!("rtb-{v}-data"))],
        };
        put(&mut it, &format!("vpce-{v}-s3"), s3);
        for (z, zone) in ["a", "b", "c"].iter().enumerate() {
            zone_tiers(&mut it, v, z, zone, hosts);
        }
    }
    it
}

fn zone_tiers(it: &mut Document, v: usize, z: usize, zone: &str, hosts: usize) {
    let main = format!("vpc-{v}");
    let nat = format!("nat-{v}-{zone}");
    let app_table = format!("rtb-{v}-app-{zone}");
    put(it, &app_table, table(&main, false, Some(RouteTarget::NatGateway(id(&nat)))));
    let zone_name = format!("us-east-1{zone}");
    for (t, (tier, routes)) in
        [("public", format!("rtb-{v}-public")), ("app", app_table), ("data", format!("rtb-{v}-data"))]
            .into_iter()
            .enumerate()
    {
        let key = format!("subnet-{v}-{tier}-{zone}");
        let block = format!("10.{v}.{}.0/24", t * 10 + z);
        put(it, &key, subnet(&main, &block, &zone_name, &routes));
        for h in 0..hosts {
            let group = format!("sg-{v}-web");
            put(it, &format!("i-{v}-{tier}-{zone}-{h}"), instance(&key, &group));
        }
    }
    put(it, &format!("eip-{v}-{zone}"), ElasticIp::default());
    let gateway = NatGateway {
        subnet_id: id(&format!("subnet-{v}-public-{zone}")),
        connectivity_type: ConnectivityType::Public,
        allocation_id: Some(id(&format!("eip-{v}-{zone}"))),
        secondary_allocation_ids: Vec::new(),
        private_ip: None,
    };
    put(it, &nat, gateway);
}

/// What people have before they are done: loose gateways, addresses and keys, an empty VPC, a route to
/// something that is gone, long names and names in other scripts.
pub(crate) fn unfinished() -> Document {
    let mut it = bastion_nat();
    put(&mut it, "igw-loose", InternetGateway { vpc_id: None });
    put(&mut it, "eip-loose", ElasticIp::default());
    vpc(&mut it, "vpc-empty", "10.1.0.0/16");
    put(&mut it, "rtb-lost", table("vpc-main", false, Some(RouteTarget::NatGateway(id("nat-gone")))));
    put(&mut it, "subnet-lost", subnet("vpc-main", "10.0.7.0/24", "us-east-1b", "rtb-lost"));
    put(&mut it, "i-db", instance("subnet-lost", "sg-app"));
    for (key, name) in [
        ("i-db", "데이터베이스 서버"),
        ("subnet-lost", "a-subnet-with-a-name-that-is-much-too-long-to-be-shown"),
    ] {
        if let Some(resource) = it.topology.resources.get_mut(&id(key)) {
            name.clone_into(&mut Arc::make_mut(resource).name);
        }
    }
    for number in 0..5 {
        let block = format!("10.0.{}.0/24", 20 + number);
        put(&mut it, &format!("subnet-web-{number}"), subnet("vpc-main", &block, "us-east-1c", "rtb-public"));
    }
    it
}
