//! What EC2 refuses, with EC2's codes: one row per negative probe that was made of an emulator, the
//! code being that of AWS. Left out are probes that the calls of this program cannot express (two tags
//! of one key, two instances in one call) and those of kinds that it does not make yet.

use std::collections::BTreeMap;

use vpcscape::{
    cloud::{
        AclPortRange, AddressTarget, Call, CloudError, DescribeKind, Filter, Live, NetworkAclEntry, Reply,
        RouteDestination, RouteTarget, RunInstances, SecurityGroupRule, Tags, VpcAttribute, VpcEndpointType,
    },
    simulated::{Faults, SimulatedCloud},
};

const REGION: &str = "us-east-1";
const GONE: &str = "0000000000000dead";

/// A cloud with a network in which most things are in use.
struct Lab {
    cloud: SimulatedCloud,
    id: BTreeMap<&'static str, String>,
}

impl std::ops::Index<&'static str> for Lab {
    type Output = str;

    fn index(&self, name: &'static str) -> &str {
        self.id.get(name).unwrap_or_else(|| panic!("the lab has no {name}"))
    }
}

fn block(text: &str) -> RouteDestination {
    if text.contains(':') { RouteDestination::Ipv6(text.into()) } else { RouteDestination::Ipv4(text.into()) }
}

fn vpc(cidr: &str) -> Call {
    Call::CreateVpc { cidr_block: cidr.into(), instance_tenancy: None, tags: Tags::new() }
}

fn subnet(vpc: &str, cidr: &str, zone: &str) -> Call {
    Call::CreateSubnet {
        vpc_id: vpc.into(),
        cidr_block: cidr.into(),
        ipv6_cidr_block: None,
        availability_zone: Some(format!("{REGION}{zone}")),
        tags: Tags::new(),
    }
}

fn route(table: &str, to: &str, target: RouteTarget) -> Call {
    Call::CreateRoute { route_table_id: table.into(), destination: block(to), target }
}

fn via(id: &str) -> RouteTarget {
    RouteTarget::from_id(id).unwrap()
}

fn nat(subnet: &str, address: Option<&str>) -> Call {
    Call::CreateNatGateway {
        subnet_id: subnet.into(),
        connectivity_type: "public".into(),
        allocation_id: address.map(Into::into),
        private_ip_address: None,
        tags: Tags::new(),
        client_token: None,
    }
}

fn group(vpc: &str, name: &str, description: &str) -> Call {
    Call::CreateSecurityGroup {
        group_name: name.into(),
        description: description.into(),
        vpc_id: vpc.into(),
        tags: Tags::new(),
    }
}

fn https() -> SecurityGroupRule {
    SecurityGroupRule {
        ip_protocol: "tcp".into(),
        from_port: Some(443),
        to_port: Some(443),
        cidr_ipv4: Some("0.0.0.0/0".into()),
        ..SecurityGroupRule::default()
    }
}

fn authorize(group: &str, egress: bool, rule: SecurityGroupRule) -> Call {
    Call::AuthorizeSecurityGroupRules { group_id: group.into(), egress, rules: vec![rule], tags: Tags::new() }
}

fn entry(number: i32) -> NetworkAclEntry {
    NetworkAclEntry {
        rule_number: number,
        protocol: "-1".into(),
        rule_action: "allow".into(),
        cidr_block: Some("0.0.0.0/0".into()),
        ..NetworkAclEntry::default()
    }
}

fn endpoint(vpc: &str, kind: VpcEndpointType, service: &str, at: [&[&str]; 3], private_dns: bool) -> Call {
    let list = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
    Call::CreateVpcEndpoint {
        vpc_id: vpc.into(),
        vpc_endpoint_type: kind,
        service_name: format!("com.amazonaws.{REGION}.{service}"),
        route_table_ids: list(at[0]),
        subnet_ids: list(at[1]),
        security_group_ids: list(at[2]),
        private_dns_enabled: private_dns,
        tags: Tags::new(),
        client_token: None,
    }
}

fn gateway_endpoint(vpc: &str, service: &str, table: &str) -> Call {
    endpoint(vpc, VpcEndpointType::Gateway, service, [&[table], &[], &[]], false)
}

fn interface_endpoint(vpc: &str, subnets: &[&str], groups: &[&str], private_dns: bool) -> Call {
    endpoint(vpc, VpcEndpointType::Interface, "ssm", [&[], subnets, groups], private_dns)
}

fn launch(subnet: &str) -> RunInstances {
    RunInstances {
        image_id: "ami-0123456789abcdef0".into(),
        instance_type: "t3.micro".into(),
        subnet_id: subnet.into(),
        ..RunInstances::default()
    }
}

fn run(launch: RunInstances) -> Call {
    Call::RunInstances(Box::new(launch))
}

fn tags_on(id: &str, tags: impl IntoIterator<Item = (String, String)>) -> Call {
    Call::CreateTags { resources: vec![id.into()], tags: tags.into_iter().collect() }
}

fn filtered(kind: DescribeKind) -> Call {
    Call::Describe { kind, filters: vec![Filter::one("no-such-filter", "x")], ids: Vec::new() }
}

fn key(name: &str) -> Call {
    Call::CreateKeyPair { key_name: name.into(), key_type: "ed25519".into(), tags: Tags::new() }
}

impl Lab {
    fn ask(&mut self, call: &Call) -> Result<Reply, CloudError> {
        let now = self.cloud.now_ms();
        self.cloud.handle(call, now)
    }

    fn done(&mut self, call: Call) {
        self.ask(&call).unwrap_or_else(|error| panic!("{call:?}: {error:?}"));
    }

    fn make(&mut self, name: &'static str, call: Call) {
        let reply = self.ask(&call).unwrap_or_else(|error| panic!("{call:?}: {error:?}"));
        self.id.insert(name, reply.id().unwrap().to_owned());
    }

    fn listed(&mut self, kind: DescribeKind, vpc: &str) -> Live {
        let filters = vec![Filter::one("vpc-id", vpc)];
        match self.ask(&Call::Describe { kind, filters, ids: Vec::new() }) {
            Ok(Reply::Described(live)) => live,
            other => panic!("{other:?}"),
        }
    }

    fn new() -> Self {
        let missing_images = vec![format!("ami-{GONE}")];
        let faults = Faults { missing_images, ..Faults::default() };
        let mut lab = Self { cloud: SimulatedCloud::new(5, REGION).with_faults(faults), id: BTreeMap::new() };
        lab.networks();
        lab.traffic();
        lab.cloud.advance(200_000);
        lab
    }

    fn networks(&mut self) {
        self.make("vpc", vpc("10.0.0.0/16"));
        self.make("other", vpc("172.20.0.0/16"));
        let (vpc_id, other) = (self["vpc"].to_owned(), self["other"].to_owned());
        self.cloud.advance(5_000);
        let attribute = VpcAttribute::EnableDnsHostnames;
        self.done(Call::ModifyVpcAttribute { vpc_id: vpc_id.clone(), attribute, value: true });
        self.make("a", subnet(&vpc_id, "10.0.0.0/24", "a"));
        self.make("b", subnet(&vpc_id, "10.0.1.0/24", "b"));
        self.make("a2", subnet(&vpc_id, "10.0.2.0/24", "a"));
        self.make("empty", subnet(&vpc_id, "10.0.3.0/24", "a"));
        self.make("other-a", subnet(&other, "172.20.0.0/24", "a"));
        self.make("igw", Call::CreateInternetGateway { tags: Tags::new() });
        self.make("loose", Call::CreateInternetGateway { tags: Tags::new() });
        let igw = self["igw"].to_owned();
        self.done(Call::AttachInternetGateway { internet_gateway_id: igw.clone(), vpc_id: vpc_id.clone() });
        let table =
            |vpc: &str| Call::CreateRouteTable { vpc_id: vpc.into(), tags: Tags::new(), client_token: None };
        self.make("rtb", table(&vpc_id));
        self.make("rtb2", table(&vpc_id));
        self.make("other-rtb", table(&other));
        let (rtb, a) = (self["rtb"].to_owned(), self["a"].to_owned());
        self.done(route(&rtb, "0.0.0.0/0", via(&igw)));
        self.make("rtbassoc", Call::AssociateRouteTable { route_table_id: rtb, subnet_id: a.clone() });
        self.make("eip", Call::AllocateAddress { tags: Tags::new() });
        self.make("eip2", Call::AllocateAddress { tags: Tags::new() });
        let eip = self["eip"].to_owned();
        self.make("nat", nat(&a, Some(&eip)));
        if let Live::RouteTables(list) = self.listed(DescribeKind::RouteTables, &vpc_id) {
            let main = list.iter().find(|it| it.associations.iter().any(|it| it.main)).unwrap();
            self.id.insert("main", main.route_table_id.clone());
        }
    }

    fn traffic(&mut self) {
        let (vpc_id, other, a) = (self["vpc"].to_owned(), self["other"].to_owned(), self["a"].to_owned());
        self.make("sg", group(&vpc_id, "web", "of a test"));
        self.make("used", group(&vpc_id, "used", "of a test"));
        self.make("named", group(&vpc_id, "named", "of a test"));
        self.make("other-sg", group(&other, "web", "of a test"));
        let (sg, used, named) = (self["sg"].to_owned(), self["used"].to_owned(), self["named"].to_owned());
        self.done(authorize(&sg, false, https()));
        let from_named = SecurityGroupRule { cidr_ipv4: None, referenced_group_id: Some(named), ..https() };
        self.done(authorize(&sg, false, from_named));
        self.make(
            "acl",
            Call::CreateNetworkAcl { vpc_id: vpc_id.clone(), tags: Tags::new(), client_token: None },
        );
        let acl = self["acl"].to_owned();
        self.done(Call::CreateNetworkAclEntry { network_acl_id: acl.clone(), entry: entry(100) });
        if let Live::NetworkAcls(list) = self.listed(DescribeKind::NetworkAcls, &vpc_id) {
            let default = list.iter().find(|it| it.is_default).unwrap();
            self.id.insert("default-acl", default.network_acl_id.clone());
            let on_b = default.associations.iter().find(|it| it.subnet_id == self["b"]).unwrap();
            let association_id = on_b.network_acl_association_id.clone();
            self.done(Call::ReplaceNetworkAclAssociation { association_id, network_acl_id: acl });
        }
        if let Live::SecurityGroups(list) = self.listed(DescribeKind::SecurityGroups, &vpc_id) {
            let default = list.iter().find(|it| it.group_name == "default").unwrap();
            self.id.insert("default-sg", default.group_id.clone());
        }
        self.make("i", run(RunInstances { security_group_ids: vec![used], ..launch(&a) }));
        let rtb = self["rtb"].to_owned();
        self.make("vpce", gateway_endpoint(&vpc_id, "s3", &rtb));
        self.make("vpce-ssm", interface_endpoint(&vpc_id, &[&a], &[], true));
        self.done(key("taken"));
        for (name, cidr) in
            [("lone-sg", "10.5.0.0/16"), ("lone-rtb", "10.6.0.0/16"), ("lone-acl", "10.7.0.0/16")]
        {
            // The quota is five VPCs: one at a time, in a cloud that has room.
            let limits = vpcscape::simulated::Limits { vpcs: 20, ..vpcscape::simulated::Limits::default() };
            self.cloud = self.cloud.clone().with_limits(limits);
            self.make(name, vpc(cidr));
        }
        let lone = |lab: &Self, name| lab[name].to_owned();
        self.make("x1", group(&lone(self, "lone-sg"), "web", "of a test"));
        let vpc_id = lone(self, "lone-rtb");
        self.make("x2", Call::CreateRouteTable { vpc_id, tags: Tags::new(), client_token: None });
        let vpc_id = lone(self, "lone-acl");
        self.make("x3", Call::CreateNetworkAcl { vpc_id, tags: Tags::new(), client_token: None });
    }
}

type Probe = (&'static str, &'static str, fn(&Lab) -> Call);

fn gone(prefix: &str) -> String {
    format!("{prefix}-{GONE}")
}

#[rustfmt::skip]
const NETWORK: &[Probe] = &[
    ("VPC /15", "InvalidVpc.Range", |_| vpc("10.0.0.0/15")),
    ("VPC /29", "InvalidVpc.Range", |_| vpc("10.0.0.0/29")),
    ("VPC garbage CIDR", "InvalidParameterValue", |_| vpc("garbage")),
    ("VPC 127.0.0.0/16", "InvalidVpc.Range", |_| vpc("127.0.0.0/16")),
    ("subnet overlap exact", "InvalidSubnet.Conflict", |l| subnet(&l["vpc"], "10.0.0.0/24", "a")),
    ("subnet overlap nested", "InvalidSubnet.Conflict", |l| subnet(&l["vpc"], "10.0.0.0/28", "a")),
    ("subnet overlap bigger", "InvalidSubnet.Conflict", |l| subnet(&l["vpc"], "10.0.0.0/20", "a")),
    ("subnet outside VPC", "InvalidSubnet.Range", |l| subnet(&l["vpc"], "10.9.0.0/24", "a")),
    ("subnet /29", "InvalidSubnet.Range", |l| subnet(&l["vpc"], "10.0.9.0/29", "a")),
    ("subnet garbage", "InvalidParameterValue", |l| subnet(&l["vpc"], "garbage", "a")),
    ("subnet bad AZ", "InvalidParameterValue", |l| subnet(&l["vpc"], "10.0.9.0/24", "z")),
    ("subnet in VPC NotFound", "InvalidVpcID.NotFound", |_| subnet(&gone("vpc"), "10.0.9.0/24", "a")),
    ("vpc id malformed", "InvalidVpcID.Malformed", |_| subnet("vpc-nonsense", "10.0.9.0/24", "a")),
    ("describe vpc notfound", "InvalidVpcID.NotFound", |_| Call::describe_ids(DescribeKind::Vpcs, [gone("vpc")])),
    ("ipv6 subnet cidr outside VPC's", "InvalidSubnet.Range", |l| Call::CreateSubnet { vpc_id: l["vpc"].into(), cidr_block: "10.0.9.0/24".into(), ipv6_cidr_block: Some("2001:db8::/64".into()), availability_zone: None, tags: Tags::new() }),
    ("secondary CIDR overlapping", "InvalidVpc.Range", |l| Call::AssociateVpcCidrBlock { vpc_id: l["vpc"].into(), cidr_block: Some("10.0.0.0/20".into()), amazon_provided_ipv6_cidr_block: false }),
    ("secondary CIDR in restricted range", "InvalidVpc.Range", |l| Call::AssociateVpcCidrBlock { vpc_id: l["vpc"].into(), cidr_block: Some("192.168.0.0/16".into()), amazon_provided_ipv6_cidr_block: false }),
    ("tag aws: prefix", "InvalidParameterValue", |l| tags_on(&l["vpc"], [("aws:mine".into(), String::new())])),
    ("51 tags", "TagLimitExceeded", |l| tags_on(&l["vpc"], (0..51).map(|at| (format!("k{at}"), String::new())))),
    ("tag key 129 chars", "InvalidParameterValue", |l| tags_on(&l["vpc"], [("k".repeat(129), String::new())])),
    ("tag unknown resource", "InvalidVpcID.NotFound", |_| tags_on(&gone("vpc"), [("k".into(), String::new())])),
    ("bad filter name", "InvalidParameterValue", |_| filtered(DescribeKind::Vpcs)),
    ("bad filter name subnets", "InvalidParameterValue", |_| filtered(DescribeKind::Subnets)),
    ("bad filter name nat", "InvalidParameterValue", |_| filtered(DescribeKind::NatGateways)),
    ("delete VPC with instance+subnets+IGW", "DependencyViolation", |l| Call::DeleteVpc { vpc_id: l["vpc"].into() }),
    ("delete VPC with subnets only", "DependencyViolation", |l| Call::DeleteVpc { vpc_id: l["other"].into() }),
    ("delete VPC with custom SG only", "DependencyViolation", |l| Call::DeleteVpc { vpc_id: l["lone-sg"].into() }),
    ("delete VPC with custom RT only", "DependencyViolation", |l| Call::DeleteVpc { vpc_id: l["lone-rtb"].into() }),
    ("delete VPC with custom NACL only", "DependencyViolation", |l| Call::DeleteVpc { vpc_id: l["lone-acl"].into() }),
    ("missing VPC", "InvalidVpcID.NotFound", |_| Call::DeleteVpc { vpc_id: gone("vpc") }),
    ("delete subnet holding a NAT", "DependencyViolation", |l| Call::DeleteSubnet { subnet_id: l["a"].into() }),
    ("second IGW on one VPC", "InvalidParameterValue", |l| Call::AttachInternetGateway { internet_gateway_id: l["loose"].into(), vpc_id: l["vpc"].into() }),
    ("same IGW attached twice", "Resource.AlreadyAssociated", |l| Call::AttachInternetGateway { internet_gateway_id: l["igw"].into(), vpc_id: l["vpc"].into() }),
    ("IGW to another VPC while attached", "Resource.AlreadyAssociated", |l| Call::AttachInternetGateway { internet_gateway_id: l["igw"].into(), vpc_id: l["other"].into() }),
    ("attach IGW notfound", "InvalidInternetGatewayID.NotFound", |l| Call::AttachInternetGateway { internet_gateway_id: gone("igw"), vpc_id: l["other"].into() }),
    ("delete attached IGW", "DependencyViolation", |l| Call::DeleteInternetGateway { internet_gateway_id: l["igw"].into() }),
    ("detach IGW while NAT/EIP mapped", "DependencyViolation", |l| Call::DetachInternetGateway { internet_gateway_id: l["igw"].into(), vpc_id: l["vpc"].into() }),
    ("delete missing eigw", "InvalidGatewayID.NotFound", |_| Call::DeleteEgressOnlyInternetGateway { egress_only_internet_gateway_id: gone("eigw") }),
];

#[rustfmt::skip]
const ROUTES: &[Probe] = &[
    ("route to unattached IGW", "InvalidParameterValue", |l| route(&l["other-rtb"], "0.0.0.0/0", via(&l["loose"]))),
    ("duplicate route same target", "RouteAlreadyExists", |l| route(&l["rtb"], "0.0.0.0/0", via(&l["igw"]))),
    ("duplicate route other target", "RouteAlreadyExists", |l| route(&l["rtb"], "0.0.0.0/0", via(&l["nat"]))),
    ("route more specific than local inside VPC to IGW", "InvalidParameterValue", |l| route(&l["rtb2"], "10.0.5.0/24", via(&l["igw"]))),
    ("route equal to local CIDR", "RouteAlreadyExists", |l| route(&l["rtb2"], "10.0.0.0/16", via(&l["nat"]))),
    ("route to missing IGW", "InvalidGatewayID.NotFound", |l| route(&l["rtb2"], "0.0.0.0/0", via(&gone("igw")))),
    ("route to missing NAT", "InvalidNatGatewayID.NotFound", |l| route(&l["rtb2"], "0.0.0.0/0", via(&gone("nat")))),
    ("route missing ENI", "InvalidNetworkInterfaceID.NotFound", |l| route(&l["rtb2"], "0.0.0.0/0", via(&gone("eni")))),
    ("route to missing TGW", "InvalidTransitGatewayID.NotFound", |l| route(&l["rtb2"], "0.0.0.0/0", via(&gone("tgw")))),
    ("route to missing pcx", "InvalidVpcPeeringConnectionID.NotFound", |l| route(&l["rtb2"], "0.0.0.0/0", via(&gone("pcx")))),
    ("route bad rtb", "InvalidRouteTableID.NotFound", |l| route(&gone("rtb"), "0.0.0.0/0", via(&l["igw"]))),
    ("route bad CIDR", "InvalidParameterValue", |l| route(&l["rtb2"], "garbage", via(&l["igw"]))),
    ("::/0 to NAT", "InvalidParameterValue", |l| route(&l["rtb2"], "::/0", via(&l["nat"]))),
    ("delete route missing", "InvalidRoute.NotFound", |l| Call::DeleteRoute { route_table_id: l["rtb2"].into(), destination: block("10.99.0.0/16") }),
    ("delete local route", "InvalidParameterValue", |l| Call::DeleteRoute { route_table_id: l["rtb"].into(), destination: block("10.0.0.0/16") }),
    ("subnet already associated elsewhere", "Resource.AlreadyAssociated", |l| Call::AssociateRouteTable { route_table_id: l["rtb2"].into(), subnet_id: l["a"].into() }),
    ("RT of other VPC", "InvalidParameterValue", |l| Call::AssociateRouteTable { route_table_id: l["other-rtb"].into(), subnet_id: l["b"].into() }),
    ("delete RT with associations", "DependencyViolation", |l| Call::DeleteRouteTable { route_table_id: l["rtb"].into() }),
    ("delete main RT", "DependencyViolation", |l| Call::DeleteRouteTable { route_table_id: l["main"].into() }),
    ("disassociate missing", "InvalidAssociationID.NotFound", |_| Call::DisassociateRouteTable { association_id: gone("rtbassoc") }),
    ("NAT in missing subnet", "InvalidSubnetID.NotFound", |l| nat(&gone("subnet"), Some(&l["eip2"]))),
    ("public NAT without AllocationId", "MissingParameter", |l| nat(&l["a"], None)),
    ("NAT missing EIP", "InvalidAllocationID.NotFound", |l| nat(&l["a"], Some(&gone("eipalloc")))),
    ("second NAT with the same EIP", "Resource.AlreadyAssociated", |l| nat(&l["a2"], Some(&l["eip"]))),
    ("release EIP in use by NAT", "InvalidIPAddress.InUse", |l| Call::ReleaseAddress { allocation_id: l["eip"].into() }),
    ("release missing EIP", "InvalidAllocationID.NotFound", |_| Call::ReleaseAddress { allocation_id: gone("eipalloc") }),
    ("delete NAT missing", "NatGatewayNotFound", |_| Call::DeleteNatGateway { nat_gateway_id: gone("nat") }),
    ("describe NAT missing", "NatGatewayNotFound", |_| Call::describe_ids(DescribeKind::NatGateways, [gone("nat")])),
    ("associate EIP in use", "Resource.AlreadyAssociated", |l| Call::AssociateAddress { allocation_id: l["eip"].into(), target: AddressTarget::Instance(l["i"].into()), allow_reassociation: false }),
];

#[rustfmt::skip]
const TRAFFIC: &[Probe] = &[
    ("duplicate SG rule", "InvalidPermission.Duplicate", |l| authorize(&l["sg"], false, https())),
    ("duplicate SG rule other description", "InvalidPermission.Duplicate", |l| authorize(&l["sg"], false, SecurityGroupRule { description: Some("other".into()), ..https() })),
    ("duplicate default egress", "InvalidPermission.Duplicate", |l| authorize(&l["sg"], true, SecurityGroupRule { ip_protocol: "-1".into(), from_port: None, to_port: None, ..https() })),
    ("bad CIDR in rule", "InvalidParameterValue", |l| authorize(&l["sg"], false, SecurityGroupRule { cidr_ipv4: Some("garbage".into()), ..https() })),
    ("from>to", "InvalidParameterValue", |l| authorize(&l["sg"], false, SecurityGroupRule { from_port: Some(500), ..https() })),
    ("port 70000", "InvalidParameterValue", |l| authorize(&l["sg"], false, SecurityGroupRule { to_port: Some(70_000), ..https() })),
    ("bad protocol", "InvalidParameterValue", |l| authorize(&l["sg"], false, SecurityGroupRule { ip_protocol: "foo".into(), ..https() })),
    ("SG ref missing", "InvalidGroup.NotFound", |l| authorize(&l["sg"], false, SecurityGroupRule { cidr_ipv4: None, referenced_group_id: Some(gone("sg")), ..https() })),
    ("SG ref other VPC unpeered", "InvalidGroup.NotFound", |l| authorize(&l["sg"], false, SecurityGroupRule { cidr_ipv4: None, referenced_group_id: Some(l["other-sg"].into()), ..https() })),
    ("tcp without ports", "InvalidParameterValue", |l| authorize(&l["sg"], false, SecurityGroupRule { from_port: None, to_port: None, ..https() })),
    ("revoke missing rule", "InvalidSecurityGroupRuleId.NotFound", |l| Call::RevokeSecurityGroupRules { group_id: l["sg"].into(), egress: false, security_group_rule_ids: vec![gone("sgr")] }),
    ("duplicate SG name", "InvalidGroup.Duplicate", |l| group(&l["vpc"], "web", "of a test")),
    ("SG name 'sg-x'", "InvalidParameterValue", |l| group(&l["vpc"], "sg-x", "of a test")),
    ("SG named default", "InvalidParameterValue", |l| group(&l["vpc"], "default", "of a test")),
    ("SG bad VPC", "InvalidVpcID.NotFound", |_| group(&gone("vpc"), "new", "of a test")),
    ("non-ASCII SG description", "InvalidParameterValue", |l| group(&l["vpc"], "new", "für alle")),
    ("delete SG referenced by other SG", "DependencyViolation", |l| Call::DeleteSecurityGroup { group_id: l["named"].into() }),
    ("delete SG in use by instance", "DependencyViolation", |l| Call::DeleteSecurityGroup { group_id: l["used"].into() }),
    ("delete default SG", "CannotDelete", |l| Call::DeleteSecurityGroup { group_id: l["default-sg"].into() }),
    ("delete SG missing", "InvalidGroup.NotFound", |_| Call::DeleteSecurityGroup { group_id: gone("sg") }),
    ("duplicate NACL rule number", "NetworkAclEntryAlreadyExists", |l| Call::CreateNetworkAclEntry { network_acl_id: l["acl"].into(), entry: entry(100) }),
    ("NACL rule number 40000", "InvalidParameterValue", |l| Call::CreateNetworkAclEntry { network_acl_id: l["acl"].into(), entry: entry(40_000) }),
    ("NACL tcp without ports", "MissingParameter", |l| Call::CreateNetworkAclEntry { network_acl_id: l["acl"].into(), entry: NetworkAclEntry { protocol: "6".into(), ..entry(200) } }),
    ("NACL bad CIDR", "InvalidParameterValue", |l| Call::CreateNetworkAclEntry { network_acl_id: l["acl"].into(), entry: NetworkAclEntry { cidr_block: Some("garbage".into()), ..entry(200) } }),
    ("NACL ports in disorder", "InvalidParameterValue", |l| Call::CreateNetworkAclEntry { network_acl_id: l["acl"].into(), entry: NetworkAclEntry { protocol: "6".into(), port_range: Some(AclPortRange { from: 9, to: 1 }), ..entry(200) } }),
    ("delete missing entry", "InvalidNetworkAclEntry.NotFound", |l| Call::DeleteNetworkAclEntry { network_acl_id: l["acl"].into(), rule_number: 777, egress: false }),
    ("replace missing entry", "InvalidNetworkAclEntry.NotFound", |l| Call::ReplaceNetworkAclEntry { network_acl_id: l["acl"].into(), entry: entry(777) }),
    ("delete default NACL", "InvalidParameterValue", |l| Call::DeleteNetworkAcl { network_acl_id: l["default-acl"].into() }),
    ("delete NACL in use", "DependencyViolation", |l| Call::DeleteNetworkAcl { network_acl_id: l["acl"].into() }),
    ("replace stale NACL assoc", "InvalidAssociationID.NotFound", |l| Call::ReplaceNetworkAclAssociation { association_id: gone("aclassoc"), network_acl_id: l["acl"].into() }),
];

#[rustfmt::skip]
const MACHINES: &[Probe] = &[
    ("duplicate gateway endpoint on same RT", "RouteAlreadyExists", |l| gateway_endpoint(&l["vpc"], "s3", &l["rtb"])),
    ("endpoint bad service", "InvalidServiceName", |l| gateway_endpoint(&l["vpc"], "nonsense", &l["rtb2"])),
    ("endpoint bad VPC", "InvalidVpcId.NotFound", |l| gateway_endpoint(&gone("vpc"), "s3", &l["rtb2"])),
    ("endpoint RT missing", "InvalidRouteTableId.NotFound", |l| gateway_endpoint(&l["vpc"], "dynamodb", &gone("rtb"))),
    ("interface endpoint privateDNS w/o enableDnsHostnames", "InvalidParameter", |l| interface_endpoint(&l["other"], &[&l["other-a"]], &[], true)),
    ("interface endpoint 2 subnets one AZ", "DuplicateSubnetsInSameZone", |l| interface_endpoint(&l["vpc"], &[&l["a"], &l["a2"]], &[], false)),
    ("2nd interface endpoint, conflicting private DNS", "InvalidParameter", |l| interface_endpoint(&l["vpc"], &[&l["b"]], &[], true)),
    ("interface endpoint subnet missing", "InvalidSubnetId.NotFound", |l| interface_endpoint(&l["vpc"], &[&gone("subnet")], &[], false)),
    ("interface endpoint SG missing", "InvalidSecurityGroupId.NotFound", |l| interface_endpoint(&l["vpc"], &[&l["b"]], &[&gone("sg")], false)),
    ("describe endpoint missing", "InvalidVpcEndpointId.NotFound", |_| Call::describe_ids(DescribeKind::VpcEndpoints, [gone("vpce")])),
    ("bad AMI", "InvalidAMIID.NotFound", |l| run(RunInstances { image_id: gone("ami"), ..launch(&l["a"]) })),
    ("malformed AMI", "InvalidAMIID.Malformed", |l| run(RunInstances { image_id: "ami-nonsense".into(), ..launch(&l["a"]) })),
    ("bad instance type", "InvalidParameterValue", |l| run(RunInstances { instance_type: "banana.huge".into(), ..launch(&l["a"]) })),
    ("bad key", "InvalidKeyPair.NotFound", |l| run(RunInstances { key_name: Some("nobody".into()), ..launch(&l["a"]) })),
    ("bad subnet", "InvalidSubnetID.NotFound", |_| run(launch(&gone("subnet")))),
    ("bad SG", "InvalidGroup.NotFound", |l| run(RunInstances { security_group_ids: vec![gone("sg")], ..launch(&l["a"]) })),
    ("SG of other VPC", "InvalidParameter", |l| run(RunInstances { security_group_ids: vec![l["other-sg"].into()], ..launch(&l["a"]) })),
    ("explicit IP outside subnet", "InvalidParameterValue", |l| run(RunInstances { private_ip_address: Some("10.9.9.9".into()), ..launch(&l["a"]) })),
    ("explicit IP reserved .1", "InvalidParameterValue", |l| run(RunInstances { private_ip_address: Some("10.0.0.1".into()), ..launch(&l["a"]) })),
    ("delete subnet with running instance", "DependencyViolation", |l| Call::DeleteSubnet { subnet_id: l["a"].into() }),
    ("duplicate key pair", "InvalidKeyPair.Duplicate", |_| key("taken")),
    ("terminate missing", "InvalidInstanceID.NotFound", |_| Call::TerminateInstances { instance_ids: vec![gone("i")] }),
    ("terminate malformed", "InvalidInstanceID.Malformed", |_| Call::TerminateInstances { instance_ids: vec!["i-nonsense".into()] }),
];

#[test]
fn the_cloud_refuses_what_ec2_refuses_with_the_codes_of_ec2() {
    let lab = Lab::new();
    let mut wrong = Vec::new();
    let probes = NETWORK.iter().chain(ROUTES).chain(TRAFFIC).chain(MACHINES);
    let mut count = 0;
    for (what, code, probe) in probes {
        count += 1;
        let mut cloud = lab.cloud.clone();
        let call = probe(&lab);
        let now = cloud.now_ms();
        match cloud.handle(&call, now) {
            Err(error) if error.code == *code => {}
            Err(error) => wrong.push(format!("{what}: {} instead of {code}: {}", error.code, error.message)),
            Ok(_) => wrong.push(format!("{what}: accepted instead of {code}")),
        }
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}
