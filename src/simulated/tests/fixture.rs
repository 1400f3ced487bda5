//! A cloud in which everything is in use: most calls on it are refused.

use super::bench::{
    address, cloud, create_nat, create_route, gateway, group, instance, launch, made, ok, subnet, table, vpc,
    wait,
};
use crate::{
    cloud::{Call, NetworkAclEntry, RunInstances, SecurityGroupRule, Tags, VpcAttribute, VpcEndpointType},
    simulated::{Faults, SimulatedCloud},
};

/// The end of ids that name nothing.
pub const GONE: &str = "0000000000000dead";
pub const PUBLIC_KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDtestkey me";

/// The cloud and its ids.
pub struct Fixture {
    pub cloud: SimulatedCloud,
    /// 10.0.0.0/16 with DNS host names.
    pub vpc: String,
    /// 10.0.0.0/24 in zone a, with everything in it.
    pub subnet: String,
    /// 10.0.1.0/24 in zone a, empty.
    pub sibling: String,
    /// Attached to `vpc`.
    pub gateway: String,
    /// Attached to nothing.
    pub loose_gateway: String,
    pub main_table: String,
    /// Associated with `subnet`, a default route to `gateway`.
    pub table: String,
    /// The association of `table`.
    pub association: String,
    pub main_association: String,
    /// On `nat`.
    pub address: String,
    pub address_association: String,
    /// Not in use.
    pub free_address: String,
    pub nat: String,
    pub nat_interface: String,
    pub default_acl: String,
    /// Associated with `subnet`, ingress entry 100.
    pub acl: String,
    pub acl_association: String,
    pub default_group: String,
    /// On `instance`.
    pub group: String,
    /// The egress rule of `group`.
    pub rule: String,
    pub instance: String,
    /// On `table`, for S3.
    pub endpoint: String,
    /// The prefix list of S3.
    pub prefix_list: String,
    /// 10.8.0.0/16 without an internet gateway and without host names.
    pub other_vpc: String,
    pub other_subnet: String,
    pub other_table: String,
    pub other_acl: String,
    pub other_group: String,
}

/// An entry that EC2 takes.
pub fn entry(rule_number: i32) -> NetworkAclEntry {
    NetworkAclEntry {
        rule_number,
        protocol: "-1".to_owned(),
        rule_action: "allow".to_owned(),
        cidr_block: Some("0.0.0.0/0".to_owned()),
        ..NetworkAclEntry::default()
    }
}

/// A rule that EC2 takes: HTTPS from anywhere.
pub fn https() -> SecurityGroupRule {
    SecurityGroupRule {
        ip_protocol: "tcp".to_owned(),
        from_port: Some(443),
        to_port: Some(443),
        cidr_ipv4: Some("0.0.0.0/0".to_owned()),
        ..SecurityGroupRule::default()
    }
}

pub fn gateway_endpoint(vpc: &str, service: &str, tables: &[&str]) -> Call {
    Call::CreateVpcEndpoint {
        vpc_id: vpc.to_owned(),
        vpc_endpoint_type: VpcEndpointType::Gateway,
        service_name: format!("com.amazonaws.eu-central-1.{service}"),
        route_table_ids: tables.iter().map(|id| (*id).to_owned()).collect(),
        subnet_ids: Vec::new(),
        security_group_ids: Vec::new(),
        private_dns_enabled: false,
        tags: Tags::new(),
        client_token: None,
    }
}

pub fn interface_endpoint(vpc: &str, subnets: &[&str], groups: &[&str], private_dns_enabled: bool) -> Call {
    Call::CreateVpcEndpoint {
        vpc_id: vpc.to_owned(),
        vpc_endpoint_type: VpcEndpointType::Interface,
        service_name: "com.amazonaws.eu-central-1.ssm".to_owned(),
        route_table_ids: Vec::new(),
        subnet_ids: subnets.iter().map(|id| (*id).to_owned()).collect(),
        security_group_ids: groups.iter().map(|id| (*id).to_owned()).collect(),
        private_dns_enabled,
        tags: Tags::new(),
        client_token: None,
    }
}

pub fn network_acl(cloud: &mut SimulatedCloud, vpc: &str) -> String {
    made(cloud, Call::CreateNetworkAcl { vpc_id: vpc.to_owned(), tags: Tags::new(), client_token: None })
}

/// The main table with its association; a table on the subnet with its association.
fn routing(c: &mut SimulatedCloud, vpc: &str, subnet: &str, gateway: &str) -> [String; 4] {
    let main = in_vpc!(c, RouteTables, vpc).remove(0);
    let main_association = main.associations[0].route_table_association_id.clone();
    let table = table(c, vpc);
    let association =
        made(c, Call::AssociateRouteTable { route_table_id: table.clone(), subnet_id: subnet.to_owned() });
    ok(c, create_route(&table, "0.0.0.0/0", gateway));
    [main.route_table_id, main_association, table, association]
}

/// The default ACL; an ACL on the subnet with its association.
fn acls(c: &mut SimulatedCloud, vpc: &str, subnet: &str) -> [String; 3] {
    let default_acl = in_vpc!(c, NetworkAcls, vpc).remove(0);
    let acl = network_acl(c, vpc);
    ok(c, Call::CreateNetworkAclEntry { network_acl_id: acl.clone(), entry: entry(100) });
    let on_subnet = default_acl.associations.iter().find(|one| one.subnet_id == subnet).expect("there");
    let association = made(
        c,
        Call::ReplaceNetworkAclAssociation {
            association_id: on_subnet.network_acl_association_id.clone(),
            network_acl_id: acl.clone(),
        },
    );
    [default_acl.network_acl_id, acl, association]
}

/// The default group; a group and its only rule.
fn groups(c: &mut SimulatedCloud, vpc: &str) -> [String; 3] {
    let default_group = in_vpc!(c, SecurityGroups, vpc).remove(0).group_id;
    let group = group(c, vpc, "web");
    let rule = one!(c, SecurityGroups, &group).rules.remove(0).security_group_rule_id;
    [default_group, group, rule]
}

/// A VPC with host names, its two subnets and its gateway.
fn network(c: &mut SimulatedCloud) -> [String; 4] {
    let vpc = vpc(c, "10.0.0.0/16");
    let attribute = VpcAttribute::EnableDnsHostnames;
    ok(c, Call::ModifyVpcAttribute { vpc_id: vpc.clone(), attribute, value: true });
    let (subnet_id, sibling) = (subnet(c, &vpc, "10.0.0.0/24", "a"), subnet(c, &vpc, "10.0.1.0/24", "a"));
    let gateway = gateway(c, &vpc);
    [vpc, subnet_id, sibling, gateway]
}

impl Fixture {
    pub fn new() -> Self {
        let missing_images = vec![format!("ami-{GONE}")];
        let mut cloud = cloud().with_faults(Faults { missing_images, ..Faults::default() });
        let c = &mut cloud;
        let [vpc_id, subnet_id, sibling, gateway] = network(c);
        let loose_gateway = made(c, Call::CreateInternetGateway { tags: Tags::new() });
        let [main_table, main_association, table_id, association] = routing(c, &vpc_id, &subnet_id, &gateway);
        let (address_id, free_address) = (address(c), address(c));
        let nat = made(c, create_nat(&subnet_id, Some(&address_id)));
        let mapped = one!(c, Addresses, &address_id);
        let [default_acl, acl, acl_association] = acls(c, &vpc_id, &subnet_id);
        let [default_group, group_id, rule] = groups(c, &vpc_id);
        let import = Call::ImportKeyPair {
            key_name: "key".to_owned(),
            public_key_material: PUBLIC_KEY.to_owned(),
            tags: Tags::new(),
        };
        ok(c, import);
        let run = RunInstances { security_group_ids: vec![group_id.clone()], ..launch(&subnet_id) };
        let instance = instance(c, run);
        let endpoint = made(c, gateway_endpoint(&vpc_id, "s3", &[&table_id]));
        let routes = one!(c, RouteTables, &table_id).routes;
        let prefix_list =
            routes.into_iter().find_map(|route| route.destination_prefix_list_id).expect("a list");
        let other_vpc = vpc(c, "10.8.0.0/16");
        let other_subnet = subnet(c, &other_vpc, "10.8.0.0/24", "a");
        let (other_table, other_acl) = (table(c, &other_vpc), network_acl(c, &other_vpc));
        let other_group = group(c, &other_vpc, "web");
        wait(c);
        Self {
            vpc: vpc_id,
            subnet: subnet_id,
            sibling,
            gateway,
            loose_gateway,
            main_table,
            main_association,
            table: table_id,
            association,
            address: address_id,
            address_association: mapped.association_id.expect("associated"),
            free_address,
            nat,
            nat_interface: mapped.network_interface_id.expect("associated"),
            default_acl,
            acl,
            acl_association,
            default_group,
            group: group_id,
            rule,
            instance,
            endpoint,
            prefix_list,
            other_vpc,
            other_subnet,
            other_table,
            other_acl,
            other_group,
            cloud,
        }
    }
}
