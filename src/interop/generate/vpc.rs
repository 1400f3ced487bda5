//! One VPC with its tiers: web servers in public subnets, applications in private ones behind NAT
//! gateways, databases in subnets without a way out.

use std::net::Ipv4Addr;

use ipnet::{IpNet, Ipv4Net};

use super::{Dice, builder::Builder};
use crate::{
    model::{
        AclRule, ElasticIp, GatewayEndpoint, Instance, InterfaceEndpoint, InternetGateway, KeyPair, Kind,
        NatGateway, NetworkAcl, ResourceId, Route, RouteDestination, RouteTable, RouteTarget, RuleAction,
        SecurityGroup, SecurityGroupRule, SecurityGroupRulePeer, Subnet, Vpc,
    },
    net::Protocol,
};

const SUBJECTS: &[&str] = &["shop", "search", "billing", "media", "reports", "identity", "mail", "maps"];
const TYPES: &[&str] = &["t3.micro", "t3.small", "m7i.large", "c7i.large", "r7i.large"];
const SERVICES: &[&str] = &["ssm", "ssmmessages", "ec2messages", "kms", "logs", "secretsmanager", "sts"];
const REGION: &str = "us-east-1";
const ZONES: &[&str] = &["a", "b", "c"];
const KEY: &str = "operations";
const DATA_PORT: u16 = 5432;

/// What the parts of one VPC share.
struct Site {
    name: String,
    vpc: ResourceId,
    block: Ipv4Net,
    zones: usize,
}

/// Subnets of one tier, with their route tables.
struct Tier {
    subnets: Vec<ResourceId>,
    tables: Vec<ResourceId>,
}

/// Adds a VPC and as much of its content as still fits.
pub(super) fn add(builder: &mut Builder, dice: &mut Dice, number: usize) {
    let name = format!("{}-{number}", dice.pick(SUBJECTS));
    let site = Site {
        vpc: Builder::id(Kind::Vpc, &name),
        // Blocks repeat after 256 VPCs: separate VPCs may use the same addresses.
        block: block(10, number, 0, 16),
        zones: dice.range(2, 3),
        name,
    };
    if !add_vpc(builder, &site) {
        // Too few places are left for a VPC with what AWS makes with it: single addresses fill them.
        for spare in 0..Builder::DEFAULTS {
            builder.put(Kind::ElasticIp, &format!("{}-spare-{spare}", site.name), ElasticIp::default());
        }
        return;
    }
    if number == 0 {
        builder.put(Kind::KeyPair, KEY, KeyPair { key_name: KEY.to_owned(), ..KeyPair::default() });
    }
    let [web, app, data_group, endpoint_group] = add_groups(builder, &site);
    let public = add_public(builder, &site);
    let private = add_private(builder, &site, &public);
    let data = add_data(builder, &site);
    add_endpoints(builder, dice, &site, &endpoint_group, &private);
    for (tier, group) in [(&public, web), (&private, app), (&data, data_group)] {
        for subnet in &tier.subnets {
            add_instances(builder, dice, subnet, &group);
        }
    }
}

/// `first.second.third.0/prefix`; the numbers wrap around.
fn block(first: u8, second: usize, third: usize, prefix: u8) -> Ipv4Net {
    let address = Ipv4Addr::new(first, (second % 256) as u8, (third % 256) as u8, 0);
    Ipv4Net::new_assert(address, prefix)
}

fn add_vpc(builder: &mut Builder, site: &Site) -> bool {
    let vpc = Vpc { enable_dns_hostnames: true, ..Vpc::new(site.block) };
    let main = RouteTable { main: true, ..RouteTable::new(site.vpc.clone()) };
    let named = format!("{}-default", site.name);
    let group = SecurityGroup::default_of(site.vpc.clone(), Builder::id(Kind::SecurityGroup, &named));
    builder.put_together([
        (Kind::Vpc, site.name.clone(), vpc.into()),
        (Kind::RouteTable, format!("{}-main", site.name), main.into()),
        (Kind::NetworkAcl, named.clone(), NetworkAcl::default_of(site.vpc.clone()).into()),
        (Kind::SecurityGroup, named, group.into()),
    ])
}

/// The groups of the web, application and data tiers and of the endpoints; each admits the one before.
fn add_groups(builder: &mut Builder, site: &Site) -> [ResourceId; 4] {
    let everyone = SecurityGroupRulePeer::Ipv4(Ipv4Net::default());
    let web = add_group(builder, site, "web", SecurityGroupRule::tcp(443, everyone));
    let app = add_group(
        builder,
        site,
        "app",
        SecurityGroupRule::tcp(8080, SecurityGroupRulePeer::Group(web.clone())),
    );
    let from_app = SecurityGroupRulePeer::Group(app.clone());
    let data = add_group(builder, site, "data", SecurityGroupRule::tcp(DATA_PORT, from_app));
    let inside = SecurityGroupRulePeer::Ipv4(site.block);
    let endpoints = add_group(builder, site, "endpoints", SecurityGroupRule::tcp(443, inside));
    [web, app, data, endpoints]
}

fn add_group(builder: &mut Builder, site: &Site, role: &str, rule: SecurityGroupRule) -> ResourceId {
    let name = format!("{}-{role}", site.name);
    let mut group =
        SecurityGroup::new(site.vpc.clone(), name.clone(), format!("The {role} tier of {}", site.name));
    group.ingress.push(rule);
    builder.put(Kind::SecurityGroup, &name, group)
}

fn default_route(target: RouteTarget) -> Route {
    Route { destination: RouteDestination::Ipv4(Ipv4Net::default()), target }
}

fn add_table(builder: &mut Builder, site: &Site, role: &str, routes: Vec<Route>) -> ResourceId {
    let table = RouteTable { routes, ..RouteTable::new(site.vpc.clone()) };
    builder.put(Kind::RouteTable, &format!("{}-{role}", site.name), table)
}

/// The names of the zones that the site uses, with their places.
fn zones(site: &Site) -> impl Iterator<Item = (usize, &'static str)> + use<> {
    ZONES.iter().copied().enumerate().take(site.zones)
}

fn subnet(site: &Site, third: usize, zone: &str, table: &ResourceId) -> Subnet {
    let [_, second, ..] = site.block.network().octets();
    let block = block(10, usize::from(second), third, 24);
    let mut subnet = Subnet::new(site.vpc.clone(), block, format!("{REGION}{zone}"));
    subnet.route_table_id = Some(table.clone());
    subnet
}

fn add_public(builder: &mut Builder, site: &Site) -> Tier {
    let gateway = InternetGateway { vpc_id: Some(site.vpc.clone()) };
    let gateway = builder.put(Kind::InternetGateway, &site.name, gateway);
    let table = add_table(builder, site, "public", vec![default_route(RouteTarget::Gateway(gateway))]);
    let mut subnets = Vec::new();
    for (at, zone) in zones(site) {
        let subnet = Subnet { map_public_ip_on_launch: true, ..subnet(site, at, zone, &table) };
        subnets.push(builder.put(Kind::Subnet, &format!("{}-public-{zone}", site.name), subnet));
    }
    Tier { subnets, tables: vec![table] }
}

/// A private subnet per zone, with a NAT gateway in the public subnet of the same zone.
fn add_private(builder: &mut Builder, site: &Site, public: &Tier) -> Tier {
    let mut tier = Tier { subnets: Vec::new(), tables: Vec::new() };
    for ((at, zone), outside) in zones(site).zip(&public.subnets) {
        let name = format!("{}-{zone}", site.name);
        let address = builder.put(Kind::ElasticIp, &format!("{name}-nat"), ElasticIp::default());
        let nat = NatGateway::public(outside.clone(), Some(address));
        let nat = builder.put(Kind::NatGateway, &name, nat);
        let role = format!("private-{zone}");
        let table = add_table(builder, site, &role, vec![default_route(RouteTarget::NatGateway(nat))]);
        let subnet = subnet(site, 16 + at, zone, &table);
        tier.subnets.push(builder.put(Kind::Subnet, &format!("{}-{role}", site.name), subnet));
        tier.tables.push(table);
    }
    tier
}

/// Subnets without a way out, behind a network ACL that lets only the VPC talk to the databases.
fn add_data(builder: &mut Builder, site: &Site) -> Tier {
    let table = add_table(builder, site, "data", Vec::new());
    let inside = |rule_number, from_port, to_port| AclRule {
        rule_number,
        protocol: Protocol::Tcp,
        rule_action: RuleAction::Allow,
        cidr_block: IpNet::V4(site.block),
        from_port: Some(from_port),
        to_port: Some(to_port),
        icmp_type: None,
        icmp_code: None,
    };
    let acl = NetworkAcl {
        ingress: vec![inside(100, DATA_PORT, DATA_PORT), inside(110, 1024, u16::MAX)],
        egress: vec![inside(100, 443, 443), inside(110, 1024, u16::MAX)],
        ..NetworkAcl::new(site.vpc.clone())
    };
    let acl = builder.put(Kind::NetworkAcl, &format!("{}-data", site.name), acl);
    let mut subnets = Vec::new();
    for (at, zone) in zones(site) {
        let subnet = Subnet { network_acl_id: Some(acl.clone()), ..subnet(site, 32 + at, zone, &table) };
        subnets.push(builder.put(Kind::Subnet, &format!("{}-data-{zone}", site.name), subnet));
    }
    Tier { subnets, tables: vec![table] }
}

fn add_endpoints(builder: &mut Builder, dice: &mut Dice, site: &Site, group: &ResourceId, private: &Tier) {
    let service = |name: &str| format!("com.amazonaws.{REGION}.{name}");
    let storage = GatewayEndpoint {
        vpc_id: site.vpc.clone(),
        service_name: service("s3"),
        route_table_ids: private.tables.clone(),
    };
    builder.put(Kind::GatewayEndpoint, &format!("{}-s3", site.name), storage);
    let count = dice.range(1, SERVICES.len());
    for name in SERVICES.iter().take(count) {
        let endpoint = InterfaceEndpoint {
            subnet_ids: private.subnets.clone(),
            security_group_ids: vec![group.clone()],
            private_dns_enabled: true,
            ..InterfaceEndpoint::new(site.vpc.clone(), service(name))
        };
        builder.put(Kind::InterfaceEndpoint, &format!("{}-{name}", site.name), endpoint);
    }
}

fn add_instances(builder: &mut Builder, dice: &mut Dice, subnet: &ResourceId, group: &ResourceId) {
    let tier = subnet.as_str().trim_start_matches(Kind::Subnet.id_prefix()).to_owned();
    for number in 0..dice.range(2, 12) {
        let mut instance = Instance::new(subnet.clone());
        dice.pick(TYPES).clone_into(&mut instance.instance_type);
        instance.vpc_security_group_ids = vec![group.clone()];
        instance.key_pair_id = Some(Builder::id(Kind::KeyPair, KEY));
        builder.put(Kind::Instance, &format!("{tier}-{number}"), instance);
    }
}
