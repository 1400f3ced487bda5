//! What EC2 refuses, with its codes: VPCs, subnets, gateways, routes, addresses, NAT gateways, tags.

use super::{
    bench::{create_nat, create_route, create_subnet, refused},
    fixture::{Fixture, GONE},
};
use crate::cloud::{AddressTarget, Call, DescribeKind, Filter, RouteDestination, RouteTarget, Tags};

/// What is tried, the code that must come, and the call.
pub type Row = (&'static str, &'static str, fn(&Fixture) -> Call);

/// Tries every row on a fresh copy of the fixture.
pub fn try_all(rows: &[Row]) {
    let fixture = Fixture::new();
    for (what, code, call) in rows {
        let mut cloud = fixture.cloud.clone();
        assert_eq!(refused(&mut cloud, call(&fixture)), *code, "{what}");
    }
}

fn create_vpc(block: &str) -> Call {
    Call::CreateVpc { cidr_block: block.to_owned(), instance_tenancy: None, tags: Tags::new() }
}

fn add_block(vpc: &str, block: &str) -> Call {
    Call::AssociateVpcCidrBlock {
        vpc_id: vpc.to_owned(),
        cidr_block: Some(block.to_owned()),
        amazon_provided_ipv6_cidr_block: false,
    }
}

fn gone(prefix: &str) -> String {
    format!("{prefix}-{GONE}")
}

fn attach(gateway: &str, vpc: &str) -> Call {
    Call::AttachInternetGateway { internet_gateway_id: gateway.to_owned(), vpc_id: vpc.to_owned() }
}

fn describe(kind: DescribeKind, id: &str) -> Call {
    Call::describe_ids(kind, [id])
}

fn tag(id: &str, key: &str) -> Call {
    Call::CreateTags {
        resources: vec![id.to_owned()],
        tags: Tags::from([(key.to_owned(), "value".to_owned())]),
    }
}

const VPCS_AND_SUBNETS: &[Row] = &[
    ("VPC /15", "InvalidVpc.Range", |_| create_vpc("10.0.0.0/15")),
    ("VPC /29", "InvalidVpc.Range", |_| create_vpc("10.0.0.0/29")),
    ("VPC in loopback", "InvalidVpc.Range", |_| create_vpc("127.0.0.0/16")),
    ("VPC in link-local", "InvalidVpc.Range", |_| create_vpc("169.254.0.0/16")),
    ("VPC of garbage", "InvalidParameterValue", |_| create_vpc("10.0.0/16")),
    ("VPC without a length", "InvalidParameterValue", |_| create_vpc("10.0.0.0")),
    ("VPC id malformed", "InvalidVpcID.Malformed", |_| Call::DeleteVpc { vpc_id: "vpc-xyz".to_owned() }),
    ("VPC missing", "InvalidVpcID.NotFound", |_| Call::DeleteVpc { vpc_id: gone("vpc") }),
    ("describe VPC missing", "InvalidVpcID.NotFound", |_| describe(DescribeKind::Vpcs, &gone("vpc"))),
    ("VPC with everything in it", "DependencyViolation", |f| Call::DeleteVpc { vpc_id: f.vpc.clone() }),
    ("secondary block overlapping", "InvalidVpc.Range", |f| add_block(&f.vpc, "10.0.128.0/24")),
    ("secondary block of another family", "InvalidVpc.Range", |f| add_block(&f.vpc, "192.168.0.0/24")),
    ("primary block taken away", "OperationNotPermitted", |f| Call::DisassociateVpcCidrBlock {
        association_id: f.cloud.vpcs[&f.vpc].live.cidr_block_associations[0].association_id.clone(),
    }),
    ("block association missing", "InvalidVpcCidrBlockAssociationID.NotFound", |_| {
        Call::DisassociateVpcCidrBlock { association_id: gone("vpc-cidr-assoc") }
    }),
    ("subnet overlap exact", "InvalidSubnet.Conflict", |f| create_subnet(&f.vpc, "10.0.0.0/24", "b")),
    ("subnet overlap nested", "InvalidSubnet.Conflict", |f| create_subnet(&f.vpc, "10.0.0.64/26", "b")),
    ("subnet overlap bigger", "InvalidSubnet.Conflict", |f| create_subnet(&f.vpc, "10.0.0.0/20", "b")),
    ("subnet outside VPC", "InvalidSubnet.Range", |f| create_subnet(&f.vpc, "10.1.0.0/24", "b")),
    ("subnet larger than VPC", "InvalidSubnet.Range", |f| create_subnet(&f.vpc, "10.0.0.0/15", "b")),
    ("subnet /29", "InvalidSubnet.Range", |f| create_subnet(&f.vpc, "10.0.9.0/29", "b")),
    ("subnet of garbage", "InvalidParameterValue", |f| create_subnet(&f.vpc, "ten", "b")),
    ("subnet in a zone that is not", "InvalidParameterValue", |f| create_subnet(&f.vpc, "10.0.9.0/24", "z")),
    ("subnet in VPC missing", "InvalidVpcID.NotFound", |_| create_subnet(&gone("vpc"), "10.0.9.0/24", "a")),
    ("subnet that holds interfaces", "DependencyViolation", |f| Call::DeleteSubnet {
        subnet_id: f.subnet.clone(),
    }),
    ("subnet missing", "InvalidSubnetID.NotFound", |_| Call::DeleteSubnet { subnet_id: gone("subnet") }),
    ("filter that is not", "InvalidParameterValue", |_| Call::Describe {
        kind: DescribeKind::Subnets,
        filters: vec![Filter::one("colour", "blue")],
        ids: Vec::new(),
    }),
    ("tag aws: prefix", "InvalidParameterValue", |f| tag(&f.vpc, "aws:mine")),
    ("tag key of 129 characters", "InvalidParameterValue", |f| tag(&f.vpc, &"k".repeat(129))),
    ("51 tags", "TagLimitExceeded", |f| Call::CreateTags {
        resources: vec![f.vpc.clone()],
        tags: (0..51).map(|at| (at.to_string(), String::new())).collect(),
    }),
    ("tag on what is missing", "InvalidVpcID.NotFound", |_| tag(&gone("vpc"), "key")),
];

const GATEWAYS_AND_ROUTES: &[Row] = &[
    ("second gateway on one VPC", "InvalidParameterValue", |f| attach(&f.loose_gateway, &f.vpc)),
    ("same gateway twice", "Resource.AlreadyAssociated", |f| attach(&f.gateway, &f.vpc)),
    ("gateway to another VPC", "Resource.AlreadyAssociated", |f| attach(&f.gateway, &f.other_vpc)),
    ("gateway missing", "InvalidInternetGatewayID.NotFound", |f| attach(&gone("igw"), &f.vpc)),
    ("gateway not attached there", "Gateway.NotAttached", |f| Call::DetachInternetGateway {
        internet_gateway_id: f.loose_gateway.clone(),
        vpc_id: f.vpc.clone(),
    }),
    ("gateway with mapped addresses", "DependencyViolation", |f| Call::DetachInternetGateway {
        internet_gateway_id: f.gateway.clone(),
        vpc_id: f.vpc.clone(),
    }),
    ("attached gateway deleted", "DependencyViolation", |f| Call::DeleteInternetGateway {
        internet_gateway_id: f.gateway.clone(),
    }),
    ("route to a loose gateway", "InvalidParameterValue", |f| {
        create_route(&f.main_table, "0.0.0.0/0", &f.loose_gateway)
    }),
    ("route to another VPC's gateway", "InvalidParameterValue", |f| {
        create_route(&f.other_table, "0.0.0.0/0", &f.gateway)
    }),
    ("route twice", "RouteAlreadyExists", |f| create_route(&f.table, "0.0.0.0/0", &f.gateway)),
    ("route to the same destination", "RouteAlreadyExists", |f| create_route(&f.table, "0.0.0.0/0", &f.nat)),
    ("route equal to local", "RouteAlreadyExists", |f| create_route(&f.table, "10.0.0.0/16", &f.gateway)),
    ("route inside the VPC to a gateway", "InvalidParameterValue", |f| {
        create_route(&f.table, "10.0.1.0/24", &f.gateway)
    }),
    ("route to a part of a subnet", "InvalidParameterValue", |f| {
        create_route(&f.table, "10.0.1.0/25", &f.nat)
    }),
    ("route into AWS's own block", "InvalidParameterValue", |f| {
        create_route(&f.table, "169.254.169.0/24", &f.gateway)
    }),
    ("route to missing gateway", "InvalidGatewayID.NotFound", |f| {
        create_route(&f.table, "1.0.0.0/8", &gone("igw"))
    }),
    ("route to missing NAT", "InvalidNatGatewayID.NotFound", |f| {
        create_route(&f.table, "1.0.0.0/8", &gone("nat"))
    }),
    ("route to missing TGW", "InvalidTransitGatewayID.NotFound", |f| {
        create_route(&f.table, "1.0.0.0/8", &gone("tgw"))
    }),
    ("route to missing peering", "InvalidVpcPeeringConnectionID.NotFound", |f| {
        create_route(&f.table, "1.0.0.0/8", &gone("pcx"))
    }),
    ("route to missing ENI", "InvalidNetworkInterfaceID.NotFound", |f| {
        create_route(&f.table, "1.0.0.0/8", &gone("eni"))
    }),
    ("route in missing table", "InvalidRouteTableID.NotFound", |f| {
        create_route(&gone("rtb"), "1.0.0.0/8", &f.gateway)
    }),
    ("route of garbage", "InvalidParameterValue", |f| create_route(&f.table, "1.0.0.0", &f.gateway)),
    ("::/0 to NAT", "InvalidParameterValue", |f| create_route(&f.table, "::/0", &f.nat)),
    ("route deleted that is not", "InvalidRoute.NotFound", |f| Call::DeleteRoute {
        route_table_id: f.table.clone(),
        destination: RouteDestination::Ipv4("1.0.0.0/8".to_owned()),
    }),
    ("route replaced that is not", "InvalidRoute.NotFound", |f| Call::ReplaceRoute {
        route_table_id: f.main_table.clone(),
        destination: RouteDestination::Ipv4("0.0.0.0/0".to_owned()),
        target: RouteTarget::Gateway(f.gateway.clone()),
    }),
    ("local route deleted", "InvalidParameterValue", |f| Call::DeleteRoute {
        route_table_id: f.table.clone(),
        destination: RouteDestination::Ipv4("10.0.0.0/16".to_owned()),
    }),
    ("endpoint's route deleted", "InvalidParameterValue", |f| Call::DeleteRoute {
        route_table_id: f.table.clone(),
        destination: RouteDestination::PrefixList(f.prefix_list.clone()),
    }),
    ("subnet associated elsewhere", "Resource.AlreadyAssociated", |f| Call::AssociateRouteTable {
        route_table_id: f.main_table.clone(),
        subnet_id: f.subnet.clone(),
    }),
    ("table of another VPC", "InvalidParameterValue", |f| Call::AssociateRouteTable {
        route_table_id: f.other_table.clone(),
        subnet_id: f.sibling.clone(),
    }),
    ("association moved to another VPC", "InvalidParameterValue", |f| Call::ReplaceRouteTableAssociation {
        association_id: f.association.clone(),
        route_table_id: f.other_table.clone(),
    }),
    ("table with associations deleted", "DependencyViolation", |f| Call::DeleteRouteTable {
        route_table_id: f.table.clone(),
    }),
    ("main table deleted", "DependencyViolation", |f| Call::DeleteRouteTable {
        route_table_id: f.main_table.clone(),
    }),
    ("main association removed", "InvalidParameterValue", |f| Call::DisassociateRouteTable {
        association_id: f.main_association.clone(),
    }),
    ("association missing", "InvalidAssociationID.NotFound", |_| Call::DisassociateRouteTable {
        association_id: gone("rtbassoc"),
    }),
];

fn associate(address: &str, target: AddressTarget) -> Call {
    Call::AssociateAddress { allocation_id: address.to_owned(), target, allow_reassociation: false }
}

fn on_instance(f: &Fixture) -> AddressTarget {
    AddressTarget::Instance(f.instance.clone())
}

const ADDRESSES_AND_NAT: &[Row] = &[
    ("NAT in missing subnet", "InvalidSubnetID.NotFound", |f| {
        create_nat(&gone("subnet"), Some(&f.free_address))
    }),
    ("public NAT without address", "MissingParameter", |f| create_nat(&f.subnet, None)),
    ("NAT with missing address", "InvalidAllocationID.NotFound", |f| {
        create_nat(&f.subnet, Some(&gone("eipalloc")))
    }),
    ("second NAT with the address", "Resource.AlreadyAssociated", |f| {
        create_nat(&f.sibling, Some(&f.address))
    }),
    ("private NAT with address", "InvalidParameterCombination", |f| Call::CreateNatGateway {
        subnet_id: f.subnet.clone(),
        connectivity_type: "private".to_owned(),
        allocation_id: Some(f.free_address.clone()),
        private_ip_address: None,
        tags: Tags::new(),
        client_token: None,
    }),
    ("NAT deleted that is not", "NatGatewayNotFound", |_| Call::DeleteNatGateway {
        nat_gateway_id: gone("nat"),
    }),
    ("NAT described that is not", "NatGatewayNotFound", |_| {
        describe(DescribeKind::NatGateways, &gone("nat"))
    }),
    ("address in use released", "InvalidIPAddress.InUse", |f| Call::ReleaseAddress {
        allocation_id: f.address.clone(),
    }),
    ("missing address released", "InvalidAllocationID.NotFound", |_| Call::ReleaseAddress {
        allocation_id: gone("eipalloc"),
    }),
    ("address in use associated", "Resource.AlreadyAssociated", |f| associate(&f.address, on_instance(f))),
    ("address on missing instance", "InvalidInstanceID.NotFound", |f| {
        associate(&f.free_address, AddressTarget::Instance(gone("i")))
    }),
    ("address on an interface that has one", "Resource.AlreadyAssociated", |f| {
        associate(&f.free_address, AddressTarget::NetworkInterface(f.nat_interface.clone()))
    }),
    ("address taken from a NAT", "AuthFailure", |f| Call::DisassociateAddress {
        association_id: f.address_association.clone(),
    }),
    ("address association missing", "InvalidAssociationID.NotFound", |_| Call::DisassociateAddress {
        association_id: gone("eipassoc"),
    }),
];

#[test]
fn vpcs_and_subnets() {
    try_all(VPCS_AND_SUBNETS);
}

#[test]
fn gateways_and_routes() {
    try_all(GATEWAYS_AND_ROUTES);
}

#[test]
fn addresses_and_nat_gateways() {
    try_all(ADDRESSES_AND_NAT);
}
