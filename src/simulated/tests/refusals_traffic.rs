//! What EC2 refuses, with its codes: network ACLs, security groups, endpoints, instances, key pairs.

use super::{
    bench::{create_group, launch, terminate},
    fixture::{Fixture, GONE, PUBLIC_KEY, entry, gateway_endpoint, https, interface_endpoint},
    refusals::{Row, try_all},
};
use crate::cloud::{
    AclPortRange, Call, DescribeKind, InstanceAttribute, NetworkAclEntry, RunInstances, SecurityGroupRule,
    Tags,
};

fn gone(prefix: &str) -> String {
    format!("{prefix}-{GONE}")
}

fn add_entry(f: &Fixture, entry: NetworkAclEntry) -> Call {
    Call::CreateNetworkAclEntry { network_acl_id: f.acl.clone(), entry }
}

fn move_acl(association: &str, acl: &str) -> Call {
    Call::ReplaceNetworkAclAssociation {
        association_id: association.to_owned(),
        network_acl_id: acl.to_owned(),
    }
}

fn authorize(f: &Fixture, egress: bool, rules: Vec<SecurityGroupRule>) -> Call {
    Call::AuthorizeSecurityGroupRules { group_id: f.group.clone(), egress, rules, tags: Tags::new() }
}

fn allow(f: &Fixture, rule: SecurityGroupRule) -> Call {
    authorize(f, false, vec![rule])
}

fn everything_out() -> SecurityGroupRule {
    SecurityGroupRule {
        ip_protocol: "-1".to_owned(),
        cidr_ipv4: Some("0.0.0.0/0".to_owned()),
        description: Some("another description".to_owned()),
        ..SecurityGroupRule::default()
    }
}

fn delete_group(id: &str) -> Call {
    Call::DeleteSecurityGroup { group_id: id.to_owned() }
}

fn run(run: RunInstances) -> Call {
    Call::RunInstances(Box::new(run))
}

fn import(name: &str, key: &str) -> Call {
    Call::ImportKeyPair { key_name: name.to_owned(), public_key_material: key.to_owned(), tags: Tags::new() }
}

const NETWORK_ACLS: &[Row] = &[
    ("entry number twice", "NetworkAclEntryAlreadyExists", |f| add_entry(f, entry(100))),
    ("entry number 40000", "InvalidParameterValue", |f| add_entry(f, entry(40000))),
    ("entry number 0", "InvalidParameterValue", |f| add_entry(f, entry(0))),
    ("tcp without ports", "MissingParameter", |f| {
        add_entry(f, NetworkAclEntry { protocol: "6".to_owned(), ..entry(110) })
    }),
    ("icmp without type", "MissingParameter", |f| {
        add_entry(f, NetworkAclEntry { protocol: "1".to_owned(), ..entry(110) })
    }),
    ("ports the wrong way round", "InvalidParameterValue", |f| {
        let port_range = Some(AclPortRange { from: 443, to: 80 });
        add_entry(f, NetworkAclEntry { protocol: "6".to_owned(), port_range, ..entry(110) })
    }),
    ("bad block", "InvalidParameterValue", |f| {
        add_entry(f, NetworkAclEntry { cidr_block: Some("10.0.0.0/40".to_owned()), ..entry(110) })
    }),
    ("no block", "MissingParameter", |f| add_entry(f, NetworkAclEntry { cidr_block: None, ..entry(110) })),
    ("missing entry deleted", "InvalidNetworkAclEntry.NotFound", |f| Call::DeleteNetworkAclEntry {
        network_acl_id: f.acl.clone(),
        rule_number: 100,
        egress: true,
    }),
    ("missing entry replaced", "InvalidNetworkAclEntry.NotFound", |f| Call::ReplaceNetworkAclEntry {
        network_acl_id: f.acl.clone(),
        entry: entry(110),
    }),
    ("default ACL deleted", "InvalidParameterValue", |f| Call::DeleteNetworkAcl {
        network_acl_id: f.default_acl.clone(),
    }),
    ("ACL in use deleted", "DependencyViolation", |f| Call::DeleteNetworkAcl {
        network_acl_id: f.acl.clone(),
    }),
    ("stale association replaced", "InvalidAssociationID.NotFound", |f| move_acl(&gone("aclassoc"), &f.acl)),
    ("ACL of another VPC", "InvalidParameterValue", |f| move_acl(&f.acl_association, &f.other_acl)),
];

const SECURITY_GROUPS: &[Row] = &[
    ("rule twice", "InvalidPermission.Duplicate", |f| authorize(f, true, vec![everything_out()])),
    ("rule twice in one call", "InvalidParameterValue", |f| authorize(f, false, vec![https(), https()])),
    ("bad block", "InvalidParameterValue", |f| {
        allow(f, SecurityGroupRule { cidr_ipv4: Some("1.2.3/8".to_owned()), ..https() })
    }),
    ("ports the wrong way round", "InvalidParameterValue", |f| {
        allow(f, SecurityGroupRule { from_port: Some(444), ..https() })
    }),
    ("port 70000", "InvalidParameterValue", |f| {
        allow(f, SecurityGroupRule { to_port: Some(70000), ..https() })
    }),
    ("bad protocol", "InvalidParameterValue", |f| {
        allow(f, SecurityGroupRule { ip_protocol: "foo".to_owned(), ..https() })
    }),
    ("tcp without ports", "InvalidParameterValue", |f| {
        allow(f, SecurityGroupRule { from_port: None, ..https() })
    }),
    ("missing group as source", "InvalidGroup.NotFound", |f| {
        let referenced_group_id = Some(gone("sg"));
        allow(f, SecurityGroupRule { cidr_ipv4: None, referenced_group_id, ..https() })
    }),
    ("group of another VPC as source", "InvalidGroup.NotFound", |f| {
        let referenced_group_id = Some(f.other_group.clone());
        allow(f, SecurityGroupRule { cidr_ipv4: None, referenced_group_id, ..https() })
    }),
    ("two sources in one rule", "MissingParameter", |f| {
        allow(f, SecurityGroupRule { referenced_group_id: Some(f.group.clone()), ..https() })
    }),
    ("description that is not ASCII", "InvalidParameterValue", |f| {
        allow(f, SecurityGroupRule { description: Some("ключ".to_owned()), ..https() })
    }),
    ("61 rules", "RulesPerSecurityGroupLimitExceeded", |f| {
        let rule = |port| SecurityGroupRule { from_port: Some(port), to_port: Some(port), ..https() };
        authorize(f, false, (0..61).map(rule).collect())
    }),
    ("missing rule revoked", "InvalidSecurityGroupRuleId.NotFound", |f| Call::RevokeSecurityGroupRules {
        group_id: f.group.clone(),
        egress: false,
        security_group_rule_ids: vec![f.rule.clone()],
    }),
    ("name twice, in other letters", "InvalidGroup.Duplicate", |f| create_group(&f.vpc, "WEB")),
    ("name like an id", "InvalidParameterValue", |f| create_group(&f.vpc, "sg-x")),
    ("named default", "InvalidParameterValue", |f| create_group(&f.vpc, "default")),
    ("name that is not ASCII", "InvalidParameterValue", |f| create_group(&f.vpc, "웹")),
    ("group in missing VPC", "InvalidVpcID.NotFound", |_| create_group(&gone("vpc"), "web")),
    ("group in use deleted", "DependencyViolation", |f| delete_group(&f.group)),
    ("default group deleted", "CannotDelete", |f| delete_group(&f.default_group)),
    ("missing group deleted", "InvalidGroup.NotFound", |_| delete_group(&gone("sg"))),
];

const ENDPOINTS: &[Row] = &[
    ("second gateway endpoint on a table", "RouteAlreadyExists", |f| {
        gateway_endpoint(&f.vpc, "s3", &[&f.table])
    }),
    ("service that is not", "InvalidServiceName", |f| gateway_endpoint(&f.vpc, "s4", &[])),
    ("gateway endpoint for ssm", "InvalidServiceName", |f| gateway_endpoint(&f.vpc, "ssm", &[])),
    ("missing VPC", "InvalidVpcId.NotFound", |_| gateway_endpoint(&gone("vpc"), "s3", &[])),
    ("missing table", "InvalidRouteTableId.NotFound", |f| gateway_endpoint(&f.vpc, "s3", &[&gone("rtb")])),
    ("table of another VPC", "InvalidParameter", |f| gateway_endpoint(&f.vpc, "s3", &[&f.other_table])),
    ("private DNS without host names", "InvalidParameter", |f| {
        interface_endpoint(&f.other_vpc, &[&f.other_subnet], &[], true)
    }),
    ("two subnets of a zone", "DuplicateSubnetsInSameZone", |f| {
        interface_endpoint(&f.vpc, &[&f.subnet, &f.sibling], &[], false)
    }),
    ("missing subnet", "InvalidSubnetId.NotFound", |f| {
        interface_endpoint(&f.vpc, &[&gone("subnet")], &[], false)
    }),
    ("subnet of another VPC", "InvalidParameter", |f| {
        interface_endpoint(&f.vpc, &[&f.other_subnet], &[], false)
    }),
    ("missing group", "InvalidSecurityGroupId.NotFound", |f| {
        interface_endpoint(&f.vpc, &[&f.subnet], &[&gone("sg")], false)
    }),
    ("missing endpoint described", "InvalidVpcEndpointId.NotFound", |_| {
        Call::describe_ids(DescribeKind::VpcEndpoints, [gone("vpce")])
    }),
    ("missing endpoint deleted", "InvalidVpcEndpointId.NotFound", |_| Call::DeleteVpcEndpoints {
        vpc_endpoint_ids: vec![gone("vpce")],
    }),
];

const INSTANCES: &[Row] = &[
    ("bad image", "InvalidAMIID.NotFound", |f| {
        run(RunInstances { image_id: gone("ami"), ..launch(&f.subnet) })
    }),
    ("malformed image", "InvalidAMIID.Malformed", |f| {
        run(RunInstances { image_id: "ami-linux".to_owned(), ..launch(&f.subnet) })
    }),
    ("bad type", "InvalidParameterValue", |f| {
        run(RunInstances { instance_type: "t3.huge".to_owned(), ..launch(&f.subnet) })
    }),
    ("bad key", "InvalidKeyPair.NotFound", |f| {
        run(RunInstances { key_name: Some("other".to_owned()), ..launch(&f.subnet) })
    }),
    ("bad subnet", "InvalidSubnetID.NotFound", |_| run(launch(&gone("subnet")))),
    ("bad group", "InvalidGroup.NotFound", |f| {
        run(RunInstances { security_group_ids: vec![gone("sg")], ..launch(&f.subnet) })
    }),
    ("group of another VPC", "InvalidParameter", |f| {
        run(RunInstances { security_group_ids: vec![f.other_group.clone()], ..launch(&f.subnet) })
    }),
    ("six groups", "SecurityGroupsPerInterfaceLimitExceeded", |f| {
        run(RunInstances { security_group_ids: vec![f.group.clone(); 6], ..launch(&f.subnet) })
    }),
    ("address outside the subnet", "InvalidParameterValue", |f| {
        run(RunInstances { private_ip_address: Some("10.0.1.9".to_owned()), ..launch(&f.subnet) })
    }),
    ("reserved address", "InvalidParameterValue", |f| {
        run(RunInstances { private_ip_address: Some("10.0.0.1".to_owned()), ..launch(&f.subnet) })
    }),
    ("last address", "InvalidParameterValue", |f| {
        run(RunInstances { private_ip_address: Some("10.0.0.255".to_owned()), ..launch(&f.subnet) })
    }),
    ("address in use", "InvalidIPAddress.InUse", |f| {
        run(RunInstances { private_ip_address: Some("10.0.0.4".to_owned()), ..launch(&f.subnet) })
    }),
    ("user data too long", "InvalidParameterValue", |f| {
        run(RunInstances { user_data: Some("#".repeat(16 * 1024 + 1)), ..launch(&f.subnet) })
    }),
    ("missing instance", "InvalidInstanceID.NotFound", |_| terminate(&gone("i"))),
    ("malformed instance", "InvalidInstanceID.Malformed", |_| terminate("i-am")),
    ("another type while it runs", "IncorrectInstanceState", |f| Call::ModifyInstanceAttribute {
        instance_id: f.instance.clone(),
        attribute: InstanceAttribute::InstanceType("t3.large".to_owned()),
    }),
    ("no groups at all", "InvalidParameterCombination", |f| Call::ModifyInstanceAttribute {
        instance_id: f.instance.clone(),
        attribute: InstanceAttribute::Groups(Vec::new()),
    }),
    ("key name twice", "InvalidKeyPair.Duplicate", |_| import("key", PUBLIC_KEY)),
    ("key in another form", "InvalidKey.Format", |_| import("new", "-----BEGIN PUBLIC KEY-----")),
    ("parameter that is not", "ParameterNotFound", |_| Call::GetSsmParameter {
        name: "/aws/other".to_owned(),
    }),
];

#[test]
fn network_acls() {
    try_all(NETWORK_ACLS);
}

#[test]
fn security_groups() {
    try_all(SECURITY_GROUPS);
}

#[test]
fn endpoints() {
    try_all(ENDPOINTS);
}

#[test]
fn instances_and_key_pairs() {
    try_all(INSTANCES);
}
