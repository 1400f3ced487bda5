//! Single edits of what is deployed, and exactly what each plan does: one line per action, its sign,
//! its resource and its calls. Every line was read against the EC2 API's reference when it was written.

use std::{collections::BTreeMap, sync::Arc};

use vpcscape::{
    deploy::{ActionKind, Plan},
    edit::{self, Command},
    interop::native,
    model::{
        AclRule, ConnectivityType, Document, Instance, Resource, ResourceId, ResourceKind, Route,
        RouteDestination, RouteTarget, SecurityGroup, SecurityGroupRule, SecurityGroupRulePeer, Subnet,
        TrafficType,
    },
};

use super::house::{End, House, Trouble};

/// A drawing of the repository: one that ships, or one of the tests' own.
fn drawing(name: &str) -> Document {
    let shipped = std::fs::read(format!("saved-topologies/{name}.vpcscape.json"));
    let bytes = shipped.or_else(|_| std::fs::read(format!("tests/support/{name}.vpcscape.json")));
    native::read(&bytes.unwrap()).unwrap()
}

fn id(text: &str) -> ResourceId {
    ResourceId::new(text).unwrap()
}

fn resource<'a>(document: &'a mut Document, id: &str) -> &'a mut Resource {
    Arc::make_mut(document.topology.resources.get_mut(id).unwrap_or_else(|| panic!("no {id}")))
}

macro_rules! of {
    ($name:ident, $get:ident, $kind:ty) => {
        fn $name<'a>(document: &'a mut Document, id: &str) -> &'a mut $kind {
            resource(document, id).kind.$get().unwrap()
        }
    };
}
of!(vpc, as_vpc_mut, vpcscape::model::Vpc);
of!(subnet, as_subnet_mut, Subnet);
of!(table, as_route_table_mut, vpcscape::model::RouteTable);
of!(group, as_security_group_mut, SecurityGroup);
of!(acl, as_network_acl_mut, vpcscape::model::NetworkAcl);
of!(instance, as_instance_mut, Instance);
of!(nat, as_nat_gateway_mut, vpcscape::model::NatGateway);
of!(key, as_key_pair_mut, vpcscape::model::KeyPair);
of!(gateway_endpoint, as_gateway_endpoint_mut, vpcscape::model::GatewayEndpoint);
of!(attachment, as_transit_gateway_vpc_attachment_mut, vpcscape::model::TransitGatewayVpcAttachment);
of!(transit_table, as_transit_gateway_route_table_mut, vpcscape::model::TransitGatewayRouteTable);
of!(dhcp_options, as_dhcp_options_mut, vpcscape::model::DhcpOptions);
of!(prefix_list, as_managed_prefix_list_mut, vpcscape::model::ManagedPrefixList);
of!(peering, as_vpc_peering_connection_mut, vpcscape::model::VpcPeeringConnection);
of!(interface, as_network_interface_mut, vpcscape::model::NetworkInterface);
of!(flow_log, as_flow_log_mut, vpcscape::model::FlowLog);
of!(interface_endpoint, as_interface_endpoint_mut, vpcscape::model::InterfaceEndpoint);

fn put(document: &mut Document, text: &str, kind: impl Into<ResourceKind>) {
    let new = Resource { id: id(text), name: text.to_owned(), tags: BTreeMap::new(), kind: kind.into() };
    document.topology.resources.insert(id(text), Arc::new(new));
}

/// Takes a resource and what cannot be without it away, as the editor does.
fn remove(document: &mut Document, ids: &[&str]) {
    let command = Command::Delete { ids: ids.iter().map(|text| id(text)).collect() };
    let planned = edit::plan(document, &document.topology.index(), &command).unwrap();
    document.apply(&planned.transaction).unwrap();
}

fn again(document: &mut Document, from: &str, to: &str) {
    let kind = document.topology.get(&id(from)).unwrap().kind.clone();
    put(document, to, kind);
}

fn route(destination: &str, target: RouteTarget) -> Route {
    Route { destination: RouteDestination::Ipv4(destination.parse().unwrap()), target }
}

fn rule(from: u16, to: u16, block: &str) -> SecurityGroupRule {
    SecurityGroupRule {
        peer: SecurityGroupRulePeer::Ipv4(block.parse().unwrap()),
        from_port: Some(from.into()),
        to_port: Some(to.into()),
        ip_protocol: "tcp".parse().unwrap(),
        description: String::new(),
    }
}

fn acl_rule(number: u16) -> AclRule {
    AclRule { rule_number: number, ..AclRule::allow_all() }
}

/// The plan in short: `~ subnet-public: ModifySubnetAttribute`.
fn short(plan: &Plan) -> Vec<String> {
    let line = |action: &vpcscape::deploy::Action| {
        let calls: Vec<&str> = action.calls.iter().map(vpcscape::cloud::Call::name).collect();
        format!("{} {}: {}", action.kind.glyph(), action.resource, calls.join(" "))
    };
    let doing = plan.actions.iter().filter(|action| action.kind != ActionKind::NoOp);
    let mut lines: Vec<String> = doing.map(line).collect();
    lines.extend(plan.problems.iter().map(|it| format!("! {} {}", it.severity.as_str(), it.code)));
    lines
}

struct Edit {
    base: &'static str,
    what: &'static str,
    edit: fn(&mut Document),
    plan: &'static [&'static str],
}

const NAT: &str = "bastion-nat";
const ENDPOINTS: &str = "private-endpoints";
const TRANSIT: &str = "transit";
const JOINED: &str = "joined";
const INTERFACES: &str = "interfaces";
const WATCHED: &str = "watched";

macro_rules! edits {
    ($($base:ident $what:literal |$it:ident| $body:block => $plan:expr;)*) => {
        &[$(Edit { base: $base, what: $what, edit: |$it| $body, plan: &$plan }),*]
    };
}

#[rustfmt::skip]
const EDITS: &[Edit] = edits! {
    NAT "nothing" |_it| {} => [];
    NAT "the picture only" |it| { it.name = "another name".into(); } => [];
    NAT "rename the VPC" |it| { resource(it, "vpc-tutorial").name = "prod".into(); } => ["~ vpc-tutorial: CreateTags"];
    NAT "a tag on a subnet" |it| { resource(it, "subnet-public").tags.insert("team".into(), "net".into()); } => ["~ subnet-public: CreateTags"];
    NAT "the name of an instance taken away" |it| { resource(it, "i-bastion").name.clear(); } => ["~ i-bastion: DeleteTags"];
    NAT "DNS host names off" |it| { vpc(it, "vpc-tutorial").enable_dns_hostnames = false; } => ["~ vpc-tutorial: ModifyVpcAttribute"];
    NAT "DNS off altogether" |it| { let it = vpc(it, "vpc-tutorial"); it.enable_dns_hostnames = false; it.enable_dns_support = false; } => ["~ vpc-tutorial: ModifyVpcAttribute ModifyVpcAttribute"];
    NAT "a second block" |it| { vpc(it, "vpc-tutorial").secondary_cidr_blocks.push("10.1.0.0/16".parse().unwrap()); } => ["~ vpc-tutorial: AssociateVpcCidrBlock"];
    NAT "another block of the VPC" |it| { vpc(it, "vpc-tutorial").cidr_block = "10.0.0.0/20".parse().unwrap(); } => ["! error deploy-replacement"];
    NAT "another block of a subnet" |it| { subnet(it, "subnet-private").cidr_block = "10.0.2.0/24".parse().unwrap(); } => ["± subnet-private: DeleteSubnet CreateSubnet AssociateRouteTable", "± i-private: TerminateInstances RunInstances"];
    NAT "another zone of the private subnet" |it| { subnet(it, "subnet-private").availability_zone = "us-east-1b".into(); } => ["± subnet-private: DeleteSubnet CreateSubnet AssociateRouteTable", "± i-private: TerminateInstances RunInstances"];
    NAT "another zone of the public subnet" |it| { subnet(it, "subnet-public").availability_zone = "us-east-1c".into(); } => ["~ rtb-tutorial-main: ReplaceRoute", "± subnet-public: DeleteSubnet CreateSubnet ModifySubnetAttribute AssociateRouteTable", "± nat-tutorial: DeleteNatGateway CreateNatGateway", "± i-bastion: TerminateInstances RunInstances"];
    NAT "no public addresses on launch" |it| { subnet(it, "subnet-public").map_public_ip_on_launch = false; } => ["~ subnet-public: ModifySubnetAttribute"];
    NAT "the private subnet takes the public table" |it| { subnet(it, "subnet-private").route_table_id = Some(id("rtb-public")); } => ["~ subnet-private: ReplaceRouteTableAssociation"];
    NAT "the public subnet takes the main table" |it| { subnet(it, "subnet-public").route_table_id = None; } => ["~ subnet-public: DisassociateRouteTable"];
    NAT "the public subnet names the main table" |it| { subnet(it, "subnet-public").route_table_id = Some(id("rtb-tutorial-main")); } => ["~ subnet-public: ReplaceRouteTableAssociation"];
    NAT "the main table becomes another one" |it| {
        table(it, "rtb-public").main = true;
        table(it, "rtb-tutorial-main").main = false;
    } => ["~ rtb-public: ReplaceRouteTableAssociation"];
    NAT "a new empty subnet" |it| { put(it, "subnet-new", Subnet::new(id("vpc-tutorial"), "10.0.9.0/24".parse().unwrap(), "us-east-1b")); } => ["+ subnet-new: CreateSubnet"];
    NAT "a new zone with table and NAT gateway" |it| {
        put(it, "subnet-b", Subnet { map_public_ip_on_launch: true, route_table_id: Some(id("rtb-public")), ..Subnet::new(id("vpc-tutorial"), "10.0.8.0/24".parse().unwrap(), "us-east-1b") });
        again(it, "eip-nat", "eip-b");
        again(it, "nat-tutorial", "nat-b");
        nat(it, "nat-b").subnet_id = id("subnet-b");
        nat(it, "nat-b").allocation_id = Some(id("eip-b"));
        again(it, "rtb-public", "rtb-b");
        table(it, "rtb-b").routes = vec![route("0.0.0.0/0", RouteTarget::NatGateway(id("nat-b")))];
        put(it, "subnet-c", Subnet { route_table_id: Some(id("rtb-b")), ..Subnet::new(id("vpc-tutorial"), "10.0.9.0/24".parse().unwrap(), "us-east-1b") });
    } => ["+ eip-b: AllocateAddress", "+ rtb-b: CreateRouteTable CreateRoute", "+ subnet-b: CreateSubnet ModifySubnetAttribute AssociateRouteTable", "+ subnet-c: CreateSubnet AssociateRouteTable", "+ nat-b: CreateNatGateway"];
    NAT "the private instance goes" |it| { remove(it, &["i-private"]); } => ["- i-private: TerminateInstances"];
    NAT "the private subnet goes with its instance" |it| { remove(it, &["subnet-private"]); } => ["- i-private: TerminateInstances", "- subnet-private: DeleteSubnet"];
    NAT "the NAT gateway and its address go" |it| { remove(it, &["nat-tutorial", "eip-nat"]); } => ["~ rtb-tutorial-main: DeleteRoute", "- nat-tutorial: DeleteNatGateway", "- eip-nat: ReleaseAddress"];
    NAT "the NAT gateway goes, its address stays" |it| { remove(it, &["nat-tutorial"]); } => ["~ rtb-tutorial-main: DeleteRoute", "- nat-tutorial: DeleteNatGateway"];
    NAT "the NAT gateway moves to a new subnet" |it| {
        put(it, "subnet-b", Subnet { route_table_id: Some(id("rtb-public")), ..Subnet::new(id("vpc-tutorial"), "10.0.8.0/24".parse().unwrap(), "us-east-1b") });
        nat(it, "nat-tutorial").subnet_id = id("subnet-b");
    } => ["~ rtb-tutorial-main: ReplaceRoute", "+ subnet-b: CreateSubnet AssociateRouteTable", "± nat-tutorial: DeleteNatGateway CreateNatGateway"];
    NAT "another address for the NAT gateway" |it| {
        again(it, "eip-nat", "eip-new");
        nat(it, "nat-tutorial").allocation_id = Some(id("eip-new"));
    } => ["+ eip-new: AllocateAddress", "~ rtb-tutorial-main: ReplaceRoute", "± nat-tutorial: DeleteNatGateway CreateNatGateway"];
    NAT "another address in place of the old one" |it| {
        again(it, "eip-nat", "eip-new");
        nat(it, "nat-tutorial").allocation_id = Some(id("eip-new"));
        remove(it, &["eip-nat"]);
    } => ["+ eip-new: AllocateAddress", "~ rtb-tutorial-main: ReplaceRoute", "± nat-tutorial: DeleteNatGateway CreateNatGateway", "- eip-nat: ReleaseAddress"];
    NAT "the NAT gateway becomes a private one" |it| {
        let it = nat(it, "nat-tutorial");
        it.connectivity_type = ConnectivityType::Private;
        it.allocation_id = None;
    } => ["~ rtb-tutorial-main: ReplaceRoute", "± nat-tutorial: DeleteNatGateway CreateNatGateway"];
    NAT "a route more" |it| { table(it, "rtb-public").routes.push(route("192.168.0.0/16", RouteTarget::NatGateway(id("nat-tutorial")))); } => ["~ rtb-public: CreateRoute"];
    NAT "a route less" |it| { table(it, "rtb-tutorial-main").routes.clear(); } => ["~ rtb-tutorial-main: DeleteRoute"];
    NAT "a route leads elsewhere" |it| { table(it, "rtb-tutorial-main").routes = vec![route("0.0.0.0/0", RouteTarget::Gateway(id("igw-tutorial")))]; } => ["~ rtb-tutorial-main: ReplaceRoute"];
    NAT "a route for another destination" |it| { table(it, "rtb-public").routes = vec![route("0.0.0.0/1", RouteTarget::Gateway(id("igw-tutorial")))]; } => ["~ rtb-public: CreateRoute DeleteRoute"];
    NAT "a new table nobody uses" |it| { again(it, "rtb-public", "rtb-new"); } => ["+ rtb-new: CreateRouteTable CreateRoute"];
    NAT "the public table goes" |it| { remove(it, &["rtb-public"]); } => ["~ subnet-public: DisassociateRouteTable", "- rtb-public: DisassociateRouteTable DeleteRouteTable"];
    NAT "an instance of another size" |it| { instance(it, "i-private").instance_type = "t3.small".into(); } => ["~ i-private: CreateTags StopInstances"];
    NAT "an instance from another image" |it| { instance(it, "i-private").ami = "ami-0123456789abcdef0".into(); } => ["± i-private: TerminateInstances RunInstances"];
    NAT "a fixed address for an instance" |it| { instance(it, "i-private").private_ip = Some("10.0.1.77".parse().unwrap()); } => ["± i-private: TerminateInstances RunInstances"];
    NAT "an instance moves to the other subnet" |it| { instance(it, "i-private").subnet_id = id("subnet-public"); } => ["± i-private: TerminateInstances RunInstances"];
    NAT "an instance forwards packets" |it| { instance(it, "i-bastion").source_dest_check = false; } => ["~ i-bastion: ModifyInstanceAttribute"];
    NAT "an instance in two groups" |it| { instance(it, "i-private").vpc_security_group_ids.push(id("sg-bastion")); } => ["~ i-private: ModifyInstanceAttribute"];
    NAT "an instance in another group" |it| { instance(it, "i-private").vpc_security_group_ids = vec![id("sg-bastion")]; } => ["~ i-private: ModifyInstanceAttribute"];
    NAT "an instance without key" |it| { instance(it, "i-private").key_pair_id = None; } => ["± i-private: TerminateInstances RunInstances"];
    NAT "another user data" |it| { instance(it, "i-private").user_data = Some("echo hello".into()); } => [];
    NAT "another key name" |it| { key(it, "key-tutorial").key_name = "renamed".into(); } => ["± key-tutorial: DeleteKeyPair CreateKeyPair", "± i-bastion: TerminateInstances RunInstances", "± i-private: TerminateInstances RunInstances"];
    NAT "an instance more" |it| { put(it, "i-new", Instance { vpc_security_group_ids: vec![id("sg-private")], ..Instance::new(id("subnet-private")) }); } => ["+ i-new: RunInstances"];
    NAT "a rule more in a group" |it| { group(it, "sg-private").ingress.push(rule(443, 443, "10.0.0.0/16")); } => ["~ sg-private: AuthorizeSecurityGroupIngress"];
    NAT "a rule less in a group" |it| { group(it, "sg-private").ingress.clear(); } => ["~ sg-private: RevokeSecurityGroupIngress"];
    NAT "another port in a rule" |it| { let it = &mut group(it, "sg-bastion").ingress[0]; (it.from_port, it.to_port) = (Some(2222), Some(2222)); } => ["~ sg-bastion: AuthorizeSecurityGroupIngress RevokeSecurityGroupIngress"];
    NAT "another source of a rule" |it| { group(it, "sg-bastion").ingress[0].peer = SecurityGroupRulePeer::Ipv4("198.51.100.7/32".parse().unwrap()); } => ["~ sg-bastion: AuthorizeSecurityGroupIngress RevokeSecurityGroupIngress"];
    NAT "a rule gets a description" |it| { group(it, "sg-private").ingress[0].description = "why".into(); } => ["~ sg-private: RevokeSecurityGroupIngress AuthorizeSecurityGroupIngress"];
    NAT "no way out of a group" |it| { group(it, "sg-private").egress.clear(); } => ["~ sg-private: RevokeSecurityGroupEgress"];
    NAT "rules in another order" |it| { group(it, "sg-private").egress.reverse(); table(it, "rtb-public").routes.reverse(); } => [];
    NAT "another name of a group" |it| { group(it, "sg-private").group_name = "inner".into(); } => ["± sg-private: CreateSecurityGroup AuthorizeSecurityGroupIngress", "~ i-private: ModifyInstanceAttribute", "- sg-private: DeleteSecurityGroup"];
    NAT "another description of a group" |it| { group(it, "sg-private").description = "other".into(); } => ["! error deploy-replacement"];
    NAT "a new group that names an old one" |it| { again(it, "sg-private", "sg-new"); group(it, "sg-new").group_name = "new".into(); } => ["+ sg-new: CreateSecurityGroup AuthorizeSecurityGroupIngress"];
    NAT "a group and all that is in it go" |it| { remove(it, &["i-private", "sg-private"]); } => ["- i-private: TerminateInstances", "- sg-private: DeleteSecurityGroup"];
    NAT "a rule more in the default network ACL" |it| { acl(it, "acl-tutorial-default").ingress.push(acl_rule(110)); } => ["~ acl-tutorial-default: CreateNetworkAclEntry"];
    NAT "another number of a rule in the network ACL" |it| { acl(it, "acl-tutorial-default").ingress[0].rule_number = 90; } => ["~ acl-tutorial-default: CreateNetworkAclEntry DeleteNetworkAclEntry"];
    NAT "the gateway goes with the way out" |it| { remove(it, &["nat-tutorial", "eip-nat", "igw-tutorial"]); } => ["~ rtb-public: DeleteRoute", "~ rtb-tutorial-main: DeleteRoute", "- nat-tutorial: DeleteNatGateway", "- eip-nat: ReleaseAddress", "- igw-tutorial: DetachInternetGateway DeleteInternetGateway", "! error deploy-mapped-addresses"];
    NAT "the gateway goes with the way out, and the bastion starts from another image" |it| { remove(it, &["nat-tutorial", "eip-nat", "igw-tutorial"]); instance(it, "i-bastion").ami = "ami-0fedcba9876543210".into(); } => ["~ rtb-public: DeleteRoute", "~ rtb-tutorial-main: DeleteRoute", "± i-bastion: TerminateInstances RunInstances", "- nat-tutorial: DeleteNatGateway", "- eip-nat: ReleaseAddress", "- igw-tutorial: DetachInternetGateway DeleteInternetGateway"];
    NAT "everything in the VPC goes" |it| { remove(it, &["vpc-tutorial"]); } => ["~ igw-tutorial: DetachInternetGateway", "- i-bastion: TerminateInstances", "- i-private: TerminateInstances", "- nat-tutorial: DeleteNatGateway", "- subnet-private: DeleteSubnet", "- subnet-public: DeleteSubnet", "- rtb-public: DisassociateRouteTable DeleteRouteTable", "- sg-bastion: DeleteSecurityGroup", "- sg-private: DeleteSecurityGroup RevokeSecurityGroupIngress", "- vpc-tutorial: DisassociateRouteTable DeleteVpc"];
    ENDPOINTS "a gateway endpoint on no table" |it| { gateway_endpoint(it, "vpce-s3").route_table_ids.clear(); } => ["~ vpce-s3: ModifyVpcEndpoint"];
    ENDPOINTS "a gateway endpoint goes" |it| { remove(it, &["vpce-dynamodb"]); } => ["- vpce-dynamodb: DeleteVpcEndpoints"];
    ENDPOINTS "a gateway endpoint for another service" |it| { remove(it, &["vpce-dynamodb"]); gateway_endpoint(it, "vpce-s3").service_name = "com.amazonaws.us-east-1.dynamodb".into(); } => ["± vpce-s3: DeleteVpcEndpoints CreateVpcEndpoint", "- vpce-dynamodb: DeleteVpcEndpoints"];
    ENDPOINTS "an interface endpoint in one subnet" |it| { interface_endpoint(it, "vpce-ssm").subnet_ids.truncate(1); } => ["~ vpce-ssm: ModifyVpcEndpoint"];
    ENDPOINTS "an interface endpoint without private names" |it| { interface_endpoint(it, "vpce-ssm").private_dns_enabled = false; } => ["~ vpce-ssm: ModifyVpcEndpoint"];
    ENDPOINTS "an interface endpoint in another group" |it| { interface_endpoint(it, "vpce-ssm").security_group_ids = vec![id("sg-host")]; } => ["~ vpce-ssm: ModifyVpcEndpoint"];
    ENDPOINTS "an interface endpoint for another service" |it| { interface_endpoint(it, "vpce-ssm").service_name = "com.amazonaws.us-east-1.kms".into(); } => ["± vpce-ssm: DeleteVpcEndpoints CreateVpcEndpoint"];
    ENDPOINTS "an interface endpoint goes" |it| { remove(it, &["vpce-ssmmessages"]); } => ["- vpce-ssmmessages: DeleteVpcEndpoints"];
    ENDPOINTS "another zone of a subnet with endpoints" |it| { subnet(it, "subnet-private-b").availability_zone = "us-east-1c".into(); } => ["± subnet-private-b: DeleteSubnet CreateSubnet AssociateRouteTable", "± vpce-ec2messages: DeleteVpcEndpoints CreateVpcEndpoint", "± vpce-ssm: DeleteVpcEndpoints CreateVpcEndpoint", "± vpce-ssmmessages: DeleteVpcEndpoints CreateVpcEndpoint"];
    ENDPOINTS "the second subnet goes" |it| { remove(it, &["subnet-private-b"]); } => ["~ vpce-ec2messages: ModifyVpcEndpoint", "~ vpce-ssm: ModifyVpcEndpoint", "~ vpce-ssmmessages: ModifyVpcEndpoint", "- subnet-private-b: DeleteSubnet"];
    TRANSIT "another zone of a subnet with an attachment" |it| { subnet(it, "subnet-red-a").availability_zone = "us-west-2c".into(); } => ["~ tgw-rtb-hub: DisassociateTransitGatewayRouteTable", "~ tgw-rtb-spokes: DisassociateTransitGatewayRouteTable", "± subnet-red-a: DeleteSubnet CreateSubnet", "± att-red: DeleteTransitGatewayVpcAttachment CreateTransitGatewayVpcAttachment"];
    TRANSIT "an attachment leaves a subnet" |it| { attachment(it, "att-red").subnet_ids.truncate(1); } => ["~ att-red: ModifyTransitGatewayVpcAttachment"];
    TRANSIT "a route of a transit gateway's table goes" |it| { transit_table(it, "tgw-rtb-spokes").routes.pop(); } => ["~ tgw-rtb-spokes: DeleteTransitGatewayRoute"];
    JOINED "another domain of DHCP options" |it| { dhcp_options(it, "dopt-office").domain_name = None; } => ["± dopt-office: CreateDhcpOptions", "~ vpc-office: AssociateDhcpOptions", "- dopt-office: DeleteDhcpOptions"];
    JOINED "an entry less in a prefix list" |it| { prefix_list(it, "pl-partners").entries.pop(); } => ["~ pl-partners: ModifyManagedPrefixList"];
    JOINED "a peering from the other side" |it| { let it = peering(it, "pcx-office-store"); let peer = it.peer_vpc_id.take().unwrap(); it.peer_vpc_id = Some(std::mem::replace(&mut it.vpc_id, peer)); } => ["± pcx-office-store: DeleteVpcPeeringConnection CreateVpcPeeringConnection AcceptVpcPeeringConnection ModifyVpcPeeringConnectionOptions", "~ rtb-desk: ReplaceRoute", "~ rtb-store: ReplaceRoute"];
    INTERFACES "an interface leaves its instance" |it| { interface(it, "eni-inside").instance_id = None; } => ["~ eni-inside: DetachNetworkInterface"];
    INTERFACES "an address leaves its interface" |it| { let it = resource(it, "eip-spare").kind.as_elastic_ip_mut().unwrap(); (it.network_interface_id, it.private_ip_address) = (None, None); } => ["~ eip-spare: DisassociateAddress"];
    WATCHED "a flow log of other traffic" |it| { flow_log(it, "fl-bench").traffic_type = TrafficType::All; } => ["± fl-bench: DeleteFlowLogs CreateFlowLogs"];
};

#[test]
fn each_edit_is_planned_exactly_so() {
    let mut wrong = Vec::new();
    for edit in EDITS {
        let mut document = drawing(edit.base);
        let mut house = House::new(3, &document.topology.region);
        assert_eq!(house.run(Some(&document), &Trouble::default()), End::Done);
        (edit.edit)(&mut document);
        let plan = house.plan(Some(&document));
        let lines = short(&plan);
        if lines != edit.plan {
            wrong.push(format!("{}: {lines:#?}", edit.what));
        }
        if !plan.has_errors() {
            let end = house.carry_out(plan, &Trouble::default());
            let again = short(&house.plan(Some(&document)));
            if end != End::Done || !again.is_empty() {
                wrong.push(format!("{}: carried out, {end:?}, then {again:?}", edit.what));
            }
        }
        let end = house.run(None, &Trouble::default());
        if end != End::Done {
            wrong.push(format!("{}: destroyed, {end:?}", edit.what));
        }
    }
    assert!(EDITS.len() >= 50, "{}", EDITS.len());
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
