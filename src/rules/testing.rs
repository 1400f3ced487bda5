//! The network that rule tests break: the tutorial's, built by hand.

use std::{net::Ipv4Addr, sync::Arc};

use super::{Context, Findings, Rule};
use crate::{
    edit,
    model::{
        AclRule, Document, ElasticIp, Field, GatewayEndpoint, Instance, InterfaceEndpoint, InternetGateway,
        NatGateway, NetworkAcl, Resource, ResourceId, ResourceKind, Route, RouteDestination, RouteTable,
        RouteTarget, SecurityGroup, SecurityGroupRule, SecurityGroupRulePeer, Subnet, Vpc,
    },
    net::{Protocol, cidr},
    problem::Problem,
};

/// A document under construction.
#[derive(Debug)]
pub struct Network(pub Document);

pub fn id(text: &str) -> ResourceId {
    ResourceId::new(text).unwrap()
}

pub fn net(text: &str) -> ipnet::Ipv4Net {
    cidr::parse_ipv4(text).unwrap()
}

pub fn ip(text: &str) -> Ipv4Addr {
    text.parse().unwrap()
}

/// An entry of a network ACL that allows some TCP ports.
pub fn acl_tcp(rule_number: u16, block: &str, from: u16, to: u16) -> AclRule {
    AclRule {
        rule_number,
        protocol: Protocol::Tcp,
        cidr_block: cidr::parse(block).unwrap(),
        from_port: Some(from),
        to_port: Some(to),
        ..AclRule::allow_all()
    }
}

pub fn default_route(target: RouteTarget) -> Route {
    Route { destination: RouteDestination::Ipv4(net("0.0.0.0/0")), target }
}

impl Network {
    /// Adds or replaces a resource, named like its id.
    pub fn put(&mut self, name: &str, kind: impl Into<ResourceKind>) {
        self.0.topology.resources.insert(id(name), Arc::new(Resource::new(id(name), name, kind)));
    }

    /// Changes the fields of a resource.
    pub fn change(&mut self, name: &str, change: impl FnOnce(&mut ResourceKind)) {
        let resource = self.0.topology.resources.get_mut(&id(name)).unwrap();
        change(&mut Arc::make_mut(resource).kind);
    }

    pub fn vpc(&mut self, change: impl FnOnce(&mut Vpc)) {
        self.change("vpc-main", |kind| change(kind.as_vpc_mut().unwrap()));
    }

    pub fn subnet(&mut self, name: &str, change: impl FnOnce(&mut Subnet)) {
        self.change(name, |kind| change(kind.as_subnet_mut().unwrap()));
    }

    pub fn table(&mut self, name: &str, change: impl FnOnce(&mut RouteTable)) {
        self.change(name, |kind| change(kind.as_route_table_mut().unwrap()));
    }

    pub fn nat(&mut self, change: impl FnOnce(&mut NatGateway)) {
        self.change("nat-main", |kind| change(kind.as_nat_gateway_mut().unwrap()));
    }

    pub fn acl(&mut self, name: &str, change: impl FnOnce(&mut NetworkAcl)) {
        self.change(name, |kind| change(kind.as_network_acl_mut().unwrap()));
    }

    pub fn group(&mut self, name: &str, change: impl FnOnce(&mut SecurityGroup)) {
        self.change(name, |kind| change(kind.as_security_group_mut().unwrap()));
    }

    pub fn instance(&mut self, name: &str, change: impl FnOnce(&mut Instance)) {
        self.change(name, |kind| change(kind.as_instance_mut().unwrap()));
    }

    pub fn endpoint(&mut self, change: impl FnOnce(&mut InterfaceEndpoint)) {
        self.change("vpce-ssm", |kind| change(kind.as_interface_endpoint_mut().unwrap()));
    }

    pub fn gateway_endpoint(&mut self, change: impl FnOnce(&mut GatewayEndpoint)) {
        self.change("vpce-s3", |kind| change(kind.as_gateway_endpoint_mut().unwrap()));
    }

    /// A second VPC `vpc-other` (10.1.0.0/16) with a subnet, a table, a network ACL and a group.
    pub fn other_vpc(&mut self) {
        self.put("vpc-other", Vpc::new(net("10.1.0.0/16")));
        self.put("subnet-other", Subnet::new(id("vpc-other"), net("10.1.0.0/24"), "us-east-1a"));
        let mut table = RouteTable::new(id("vpc-other"));
        table.main = true;
        self.put("rtb-other", table);
        self.put("acl-other", NetworkAcl::default_of(id("vpc-other")));
        self.put("sg-other", SecurityGroup::default_of(id("vpc-other"), id("sg-other")));
    }
}

/// The tutorial's network with both kinds of endpoints: nothing is wrong with it.
pub fn network() -> Network {
    let mut n = Network(Document::new("test", "us-east-1"));
    let vpc = || id("vpc-main");
    let mut fields = Vpc::new(net("10.0.0.0/16"));
    fields.enable_dns_hostnames = true;
    n.put("vpc-main", fields);
    n.put("igw-main", InternetGateway { vpc_id: Some(vpc()) });
    let mut public = Subnet::new(vpc(), net("10.0.0.0/24"), "us-east-1a");
    public.map_public_ip_on_launch = true;
    public.route_table_id = Some(id("rtb-public"));
    n.put("subnet-public", public);
    let mut private = Subnet::new(vpc(), net("10.0.1.0/24"), "us-east-1a");
    private.route_table_id = Some(id("rtb-main"));
    n.put("subnet-private", private);
    let mut table = RouteTable::new(vpc());
    table.routes.push(default_route(RouteTarget::Gateway(id("igw-main"))));
    n.put("rtb-public", table);
    let mut table = RouteTable::new(vpc());
    table.main = true;
    table.routes.push(default_route(RouteTarget::NatGateway(id("nat-main"))));
    n.put("rtb-main", table);
    n.put("acl-default", NetworkAcl::default_of(vpc()));
    n.put("eip-nat", ElasticIp::default());
    let nat = NatGateway {
        subnet_id: id("subnet-public"),
        connectivity_type: crate::model::ConnectivityType::Public,
        allocation_id: Some(id("eip-nat")),
        secondary_allocation_ids: Vec::new(),
        private_ip: None,
    };
    n.put("nat-main", nat);
    hosts(&mut n);
    n
}

fn hosts(n: &mut Network) {
    let vpc = || id("vpc-main");
    n.put("sg-default", SecurityGroup::default_of(vpc(), id("sg-default")));
    let mut bastion = SecurityGroup::new(vpc(), "bastion", "SSH from the operator");
    bastion.ingress.push(SecurityGroupRule::tcp(22, SecurityGroupRulePeer::Ipv4(net("203.0.113.7/32"))));
    n.put("sg-bastion", bastion);
    let mut private = SecurityGroup::new(vpc(), "private", "SSH from the bastion");
    private.ingress.push(SecurityGroupRule::tcp(22, SecurityGroupRulePeer::Group(id("sg-bastion"))));
    n.put("sg-private", private);
    let mut endpoint = SecurityGroup::new(vpc(), "endpoint", "HTTPS from the VPC");
    endpoint.ingress.push(SecurityGroupRule::tcp(443, SecurityGroupRulePeer::Ipv4(net("10.0.0.0/16"))));
    n.put("sg-endpoint", endpoint);
    for (name, subnet, group) in
        [("i-bastion", "subnet-public", "sg-bastion"), ("i-private", "subnet-private", "sg-private")]
    {
        let mut instance = Instance::new(id(subnet));
        instance.vpc_security_group_ids = vec![id(group)];
        n.put(name, instance);
    }
    let s3 = GatewayEndpoint {
        vpc_id: vpc(),
        service_name: "com.amazonaws.us-east-1.s3".to_owned(),
        route_table_ids: vec![id("rtb-main")],
    };
    n.put("vpce-s3", s3);
    let ssm = InterfaceEndpoint {
        vpc_id: vpc(),
        service_name: "com.amazonaws.us-east-1.ssm".to_owned(),
        subnet_ids: vec![id("subnet-private")],
        security_group_ids: vec![id("sg-endpoint")],
        private_dns_enabled: true,
        subnet_configurations: Vec::new(),
    };
    n.put("vpce-ssm", ssm);
}

/// What one rule finds in a document.
pub fn run(rule: &Rule, document: &Document) -> Vec<Problem> {
    let index = document.topology.index();
    let mut problems = Vec::new();
    (rule.check)(&Context::new(document, &index), &mut Findings { rule, problems: &mut problems });
    problems
}

/// The one finding of a rule in the broken network.
pub fn one(rule: &Rule, breaking: impl FnOnce(&mut Network)) -> (Problem, Document) {
    let mut n = network();
    breaking(&mut n);
    let mut problems = run(rule, &n.0);
    assert_eq!(problems.len(), 1, "{problems:#?}");
    (problems.remove(0), n.0)
}

/// Asserts one finding with this culprit, field and message.
pub fn finds(rule: &Rule, subject: (&str, Option<&str>), message: &str, breaking: impl FnOnce(&mut Network)) {
    let (problem, _) = one(rule, breaking);
    let culprit = &problem.subjects[0];
    assert_eq!((culprit.id.as_str(), culprit.field.as_ref().map(Field::as_str)), subject);
    assert_eq!(problem.message, message);
}

/// Asserts that a rule is silent.
pub fn silent(rule: &Rule, change: impl FnOnce(&mut Network)) {
    let mut n = network();
    change(&mut n);
    assert_eq!(run(rule, &n.0), Vec::new());
}

/// Asserts that every fix of the finding makes the rule silent and no error appears that was not there.
pub fn fixes(rule: &Rule, count: usize, breaking: impl FnOnce(&mut Network)) {
    let (problem, document) = one(rule, breaking);
    assert_eq!(problem.fixes.len(), count, "{problem:#?}");
    let errors = |document: &Document| {
        let found = super::check(document, &document.topology.index());
        found.iter().filter(|it| it.severity == crate::problem::Severity::Error).count()
    };
    for fix in &problem.fixes {
        let planned = edit::plan(&document, &document.topology.index(), &fix.command).unwrap();
        let mut mended = document.clone();
        mended.apply(&planned.transaction).unwrap();
        assert_eq!(run(rule, &mended), Vec::new(), "after `{}`", fix.label);
        assert!(errors(&mended) <= errors(&document), "`{}` makes another error", fix.label);
    }
}
