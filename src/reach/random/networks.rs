//! Random small networks of three VPCs and all gateways, by a seed.

use std::sync::Arc;

use crate::{
    model::{
        AclRule, AvailabilityZoneAddress, BlockExclusion, BlockMode, ConnectivityType, Document,
        EgressOnlyInternetGateway, ElasticIp, ExclusionMode, GatewayEndpoint, Instance, InternetGateway,
        Listener, LoadBalancer, ManagedPrefixList, NatGateway, NetworkAcl, NetworkInterface, PrefixListEntry,
        RegionalNatGateway, Resource, ResourceId, ResourceKind, Route, RouteDestination, RouteTable,
        RouteTarget, RuleAction, SecurityGroup, SecurityGroupRule, SecurityGroupRulePeer, Subnet,
        SubnetMapping, Target, TargetGroup, TransitGateway, TransitGatewayPeeringAttachment,
        TransitGatewayRoute, TransitGatewayRouteTable, TransitGatewayVpcAttachment, Vpc,
        VpcBlockPublicAccess, VpcPeeringConnection, VpnConnection, VpnGateway,
    },
    net::{Protocol, cidr},
};

pub(super) fn id(text: &str) -> ResourceId {
    ResourceId::new(text).unwrap()
}

fn net(text: &str) -> ipnet::Ipv4Net {
    cidr::parse_ipv4(text).unwrap()
}

/// Chance from a seed (xorshift64*).
pub(crate) struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        let mut dice = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        for _ in 0..8 {
            dice.next();
        }
        dice
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16
    }

    fn one_in(&mut self, sides: u64) -> bool {
        self.next().is_multiple_of(sides)
    }

    pub fn pick<T: Clone>(&mut self, list: &[T]) -> T {
        list[usize::try_from(self.next()).unwrap() % list.len()].clone()
    }

    pub fn up_to(&mut self, most: u64) -> u64 {
        self.next() % (most + 1)
    }
}

/// The VPCs; each has the subnets `NAME1`, `NAME2` in one zone and `NAME3` in another.
const VPCS: &[&str] = &["a", "b", "c"];
pub(super) const HOSTS: &[&str] = &["ha", "hb", "hc", "ha2", "hb2", "fw", "eni", "nlb", "s3", "vpce"];
const BLOCKS: &[&str] =
    &["0.0.0.0/0", "0.0.0.0/0", "0.0.0.0/0", "10.0.0.0/8", "10.0.1.0/24", "203.0.113.0/24", "203.0.113.7/32"];
pub(super) const OUTSIDE: &str = "203.0.113.7";
pub(super) const OUTSIDE_V6: &str = "2001:db8::7";

struct Maker {
    dice: Dice,
    document: Document,
}

impl Maker {
    fn put(&mut self, name: &str, kind: impl Into<ResourceKind>) {
        let resource = Arc::new(Resource::new(id(name), name, kind));
        self.document.topology.resources.insert(id(name), resource);
    }

    fn subnet(&mut self, vpc: &str) -> ResourceId {
        let at = 1 + self.dice.up_to(2);
        id(&format!("{vpc}{at}"))
    }

    fn ports(&mut self) -> (u16, u16) {
        self.dice.pick(&[
            (22, 22),
            (443, 443),
            (0, 65535),
            (0, 65535),
            (1024, 65535),
            (32768, 60999),
            (1, 1023),
        ])
    }

    fn protocol(&mut self) -> Protocol {
        self.dice.pick(&[
            Protocol::All,
            Protocol::All,
            Protocol::Tcp,
            Protocol::Tcp,
            Protocol::Udp,
            Protocol::Icmp,
        ])
    }

    fn acl_rules(&mut self) -> Vec<AclRule> {
        let count = 1 + self.dice.up_to(4);
        let mut rules: Vec<AclRule> = (0..count)
            .map(|_| {
                let protocol = self.protocol();
                let (from, to) = self.ports();
                let icmp = protocol == Protocol::Icmp;
                let v6 = self.dice.one_in(6);
                let block = if v6 { "::/0" } else { self.dice.pick(BLOCKS) };
                AclRule {
                    rule_number: u16::try_from(self.dice.up_to(30_000)).unwrap() + 1,
                    protocol,
                    rule_action: if self.dice.one_in(4) { RuleAction::Deny } else { RuleAction::Allow },
                    cidr_block: block.parse().unwrap(),
                    from_port: protocol.has_ports().then_some(from),
                    to_port: protocol.has_ports().then_some(to),
                    icmp_type: icmp.then(|| self.dice.pick(&[-1, 8, 0])),
                    icmp_code: icmp.then_some(-1),
                }
            })
            .collect();
        if self.dice.one_in(2) {
            rules.push(AclRule { rule_number: 32_000, ..AclRule::allow_all() });
        }
        rules
    }

    fn group_rules(&mut self, vpc: &str) -> Vec<SecurityGroupRule> {
        (0..self.dice.up_to(3))
            .map(|_| {
                let ip_protocol = self.protocol();
                let (from, to) = self.ports();
                let other = self.dice.pick(VPCS);
                let named = if self.dice.one_in(2) { vpc } else { other };
                let peer = match self.dice.up_to(9) {
                    0..=2 => {
                        let group = self.dice.pick(&["sg", "sg", "sg-x"]);
                        SecurityGroupRulePeer::Group(id(&format!("{group}-{named}")))
                    }
                    3 => SecurityGroupRulePeer::ManagedPrefixList(id("pl")),
                    4 => SecurityGroupRulePeer::Ipv6("::/0".parse().unwrap()),
                    5 => SecurityGroupRulePeer::PrefixList("s3-list".to_owned()),
                    _ => SecurityGroupRulePeer::Ipv4(net(self.dice.pick(BLOCKS))),
                };
                let (from_port, to_port) = match ip_protocol {
                    Protocol::All => (None, None),
                    Protocol::Icmp => (Some(self.dice.pick(&[-1, 8])), Some(-1)),
                    _ => (Some(i32::from(from)), Some(i32::from(to))),
                };
                SecurityGroupRule { ip_protocol, from_port, to_port, peer, description: String::new() }
            })
            .collect()
    }

    /// A VPC with its lists, tables, groups, subnets and gateways to the internet.
    fn vpc(&mut self, at: usize, name: &str) {
        let of = |what: &str| format!("{what}-{name}");
        let vpc = id(name);
        let same = name == "c" && self.dice.one_in(4);
        let block = if same { 0 } else { at };
        let mut fields = Vpc::new(net(&format!("10.{block}.0.0/16")));
        let v6 = name != "c" && self.dice.one_in(2);
        if v6 {
            fields.ipv6_cidr_blocks.push(format!("2600:1f18:0:{at}00::/56").parse().unwrap());
        }
        if name == "b" && self.dice.one_in(4) {
            fields.region = Some("eu-west-1".to_owned());
        }
        self.put(name, fields);
        for (list, default) in [(of("acl"), true), (of("acl-x"), false)] {
            let mut acl = NetworkAcl::default_of(vpc.clone());
            acl.is_default = default;
            acl.ingress.push(AclRule {
                rule_number: 101,
                cidr_block: "::/0".parse().unwrap(),
                ..AclRule::allow_all()
            });
            acl.egress.push(AclRule {
                rule_number: 101,
                cidr_block: "::/0".parse().unwrap(),
                ..AclRule::allow_all()
            });
            if !default {
                (acl.ingress, acl.egress) = (self.acl_rules(), self.acl_rules());
            }
            self.put(&list, acl);
        }
        for (table, main) in [(of("main"), true), (of("rtb"), false)] {
            let table_fields = self.table(name, main);
            self.put(&table, table_fields);
        }
        for number in 1..=3 {
            let zone = if number == 3 { "us-east-1b" } else { "us-east-1a" };
            let mut subnet = Subnet::new(vpc.clone(), net(&format!("10.{block}.{number}.0/24")), zone);
            subnet.route_table_id = self.dice.one_in(2).then(|| id(&of("rtb")));
            subnet.network_acl_id = self.dice.one_in(5).then(|| id(&of("acl-x")));
            subnet.map_public_ip_on_launch = self.dice.one_in(2);
            if v6 {
                subnet.ipv6_cidr_block = Some(format!("2600:1f18:0:{at}0{number}::/64").parse().unwrap());
                subnet.assign_ipv6_address_on_creation = self.dice.one_in(2);
            }
            self.put(&format!("{name}{number}"), subnet);
        }
        for group in [of("sg"), of("sg-x")] {
            let fields = self.group(name, &group);
            self.put(&group, fields);
        }
        self.ways_out(name);
    }

    fn group(&mut self, vpc: &str, name: &str) -> SecurityGroup {
        let mut group = SecurityGroup::new(id(vpc), name, name);
        group.ingress = self.group_rules(vpc);
        if name.starts_with("sg-x") {
            group.egress = self.group_rules(vpc);
            return group;
        }
        if self.dice.one_in(2) {
            let peer = SecurityGroupRulePeer::Ipv4(net("0.0.0.0/0"));
            group.ingress.push(SecurityGroupRule::all_traffic(peer));
        }
        match self.dice.up_to(5) {
            0 => group.egress = self.group_rules(vpc),
            1 | 2 => {
                let peer = SecurityGroupRulePeer::Ipv6("::/0".parse().unwrap());
                group.egress.push(SecurityGroupRule::all_traffic(peer));
            }
            _ => {}
        }
        group
    }

    /// The gateways of a VPC to the internet.
    fn ways_out(&mut self, name: &str) {
        let of = |what: &str| format!("{what}-{name}");
        let vpc = id(name);
        let attached = !self.dice.one_in(6);
        self.put(&of("igw"), InternetGateway { vpc_id: attached.then(|| vpc.clone()) });
        self.put(&of("eigw"), EgressOnlyInternetGateway { vpc_id: vpc.clone() });
        self.put(&of("eip"), ElasticIp::default());
        let private = self.dice.one_in(5);
        let nat = NatGateway::public(self.subnet(name), (!private).then(|| id(&of("eip"))));
        let connectivity_type = if private { ConnectivityType::Private } else { ConnectivityType::Public };
        self.put(&of("nat"), NatGateway { connectivity_type, ..nat });
        let mut regional = RegionalNatGateway::new(vpc);
        if self.dice.one_in(3) {
            let zone = AvailabilityZoneAddress {
                availability_zone: "us-east-1a".to_owned(),
                allocation_ids: vec![id(&of("eip-x"))],
            };
            regional.availability_zone_addresses.push(zone);
        }
        self.put(&of("eip-x"), ElasticIp::default());
        self.put(&of("rnat"), regional);
    }

    fn table(&mut self, name: &str, main: bool) -> RouteTable {
        let mut table = RouteTable { main, ..RouteTable::new(id(name)) };
        let destinations = [
            ("0.0.0.0/0", 1),
            ("10.0.0.0/8", 3),
            ("10.0.0.0/16", 3),
            ("10.1.0.0/16", 3),
            ("10.2.0.0/16", 4),
            ("10.0.2.0/24", 12),
            ("192.168.0.0/16", 4),
            ("203.0.113.0/24", 6),
        ];
        for (destination, rare) in destinations {
            let local = match name {
                "a" => "10.0.0.0/16",
                "b" => "10.1.0.0/16",
                _ => "10.2.0.0/16",
            };
            let wanted = if rare == 1 { !self.dice.one_in(5) } else { self.dice.one_in(rare) };
            if destination != local && wanted {
                let inside = destination.starts_with("10.") || destination.starts_with("192.");
                let target = self.target(name, inside);
                table.routes.push(Route { destination: RouteDestination::Ipv4(net(destination)), target });
            }
        }
        if self.dice.one_in(3) {
            let destination = RouteDestination::ManagedPrefixList(id("pl"));
            table.routes.push(Route { destination, target: self.target(name, true) });
        }
        if self.dice.one_in(2) {
            let gateways = [
                RouteTarget::Gateway(id(&format!("igw-{name}"))),
                RouteTarget::EgressOnlyGateway(id(&format!("eigw-{name}"))),
            ];
            let destination = RouteDestination::Ipv6("::/0".parse().unwrap());
            table.routes.push(Route { destination, target: self.dice.pick(&gateways) });
        }
        if self.dice.one_in(2) {
            let destination = RouteDestination::Ipv6("2600:1f18::/40".parse().unwrap());
            table.routes.push(Route { destination, target: self.target(name, true) });
        }
        if self.dice.one_in(2) {
            table.propagating_vgws.push(id("vgw"));
        }
        table
    }

    fn target(&mut self, name: &str, inside: bool) -> RouteTarget {
        let of = |what: &str| id(&format!("{what}-{name}"));
        let roll = self.dice.up_to(19);
        let roll = if inside && roll < 10 { 10 + roll } else { roll };
        match roll {
            0..=3 => RouteTarget::Gateway(of("igw")),
            4..=6 | 13 => RouteTarget::NatGateway(of("nat")),
            7 | 8 => RouteTarget::NatGateway(of("rnat")),
            9 => RouteTarget::NatGateway(id("nat-a")),
            10 => RouteTarget::Instance(id("fw")),
            11 => RouteTarget::Blackhole("eni-gone".to_owned()),
            12 => RouteTarget::Gateway(id("vgw")),
            14..=16 => RouteTarget::VpcPeeringConnection(self.dice.pick(&[id("pcx"), id("pcx-x")])),
            _ => RouteTarget::TransitGateway(self.dice.pick(&[id("tgw"), id("tgw"), id("tgw-x")])),
        }
    }

    /// What lies between the VPCs.
    fn between(&mut self) {
        self.put("pcx", VpcPeeringConnection::new(id("a"), id("b")));
        let mut other = VpcPeeringConnection::new(id("b"), id("c"));
        other.auto_accept = !self.dice.one_in(4);
        self.put("pcx-x", other);
        let mut list = ManagedPrefixList::new(10);
        for block in ["10.1.0.0/16", "10.2.0.0/16", "203.0.113.0/24"] {
            if self.dice.one_in(2) {
                list.entries
                    .push(PrefixListEntry { cidr: block.parse().unwrap(), description: String::new() });
            }
        }
        self.put("pl", list);
        for gateway in ["tgw", "tgw-x"] {
            let security_group_referencing_support = self.dice.one_in(2);
            self.put(
                gateway,
                TransitGateway { security_group_referencing_support, ..TransitGateway::default() },
            );
        }
        let mut peering = TransitGatewayPeeringAttachment::new(id("tgw"), id("tgw-x"));
        peering.auto_accept = !self.dice.one_in(6);
        self.put("att-peer", peering);
        for name in VPCS {
            if self.dice.one_in(8) {
                continue;
            }
            let gateway = if *name == "c" && self.dice.one_in(2) { "tgw-x" } else { "tgw" };
            let subnets = match self.dice.up_to(3) {
                0 => vec![id(&format!("{name}2"))],
                _ => vec![id(&format!("{name}2")), id(&format!("{name}3"))],
            };
            let mut attachment = TransitGatewayVpcAttachment::new(id(gateway), id(name), subnets);
            attachment.security_group_referencing_support = !self.dice.one_in(3);
            self.put(&format!("att-{name}"), attachment);
        }
        let on_premises_cidr_blocks = vec!["10.200.0.0/16".parse().unwrap()];
        let transit_gateway_id = Some(id("tgw"));
        self.put(
            "vpn",
            VpnConnection { transit_gateway_id, on_premises_cidr_blocks, ..VpnConnection::default() },
        );
        self.transit_tables();
        let blocks = vec!["192.168.0.0/16".parse().unwrap()];
        let vpc_id = (!self.dice.one_in(6)).then(|| id("a"));
        self.put("vgw", VpnGateway { vpc_id, on_premises_cidr_blocks: blocks, ..VpnGateway::default() });
    }

    fn transit_tables(&mut self) {
        let attachments = ["att-a", "att-b", "att-c", "att-peer", "vpn"];
        let there: Vec<&str> =
            attachments.into_iter().filter(|it| self.document.topology.get(&id(it)).is_some()).collect();
        let mut tables: Vec<TransitGatewayRouteTable> =
            ["tgw", "tgw", "tgw-x"].into_iter().map(|it| TransitGatewayRouteTable::new(id(it))).collect();
        for name in &there {
            let on_x = matches!(
                self.document.topology.kind(&id(name)),
                Some(ResourceKind::TransitGatewayVpcAttachment(it)) if it.transit_gateway_id == id("tgw-x")
            );
            let own: &[usize] = if on_x { &[2] } else { &[0, 0, 0, 1] };
            if !self.dice.one_in(8) {
                tables[self.dice.pick(own)].associations.push(id(name));
            }
            if *name == "att-peer" {
                tables[2].associations.push(id(name));
                continue;
            }
            for (at, table) in tables.iter_mut().enumerate() {
                if (at == 2) == on_x && !self.dice.one_in(4) {
                    table.propagations.push(id(name));
                }
            }
        }
        for (at, table) in tables.iter_mut().enumerate() {
            for block in
                ["0.0.0.0/0", "10.0.0.0/16", "10.1.0.0/16", "10.2.0.0/15", "10.1.1.0/24", "2600:1f18::/40"]
            {
                if !self.dice.one_in(if at == 2 || block == "0.0.0.0/0" { 2 } else { 4 }) {
                    continue;
                }
                let central = block == "0.0.0.0/0" && there.contains(&"att-a") && self.dice.one_in(2);
                let to = if central { "att-a" } else { self.dice.pick(&there) };
                let to = if at == 2 && self.dice.one_in(2) { "att-peer" } else { to };
                let blackhole = self.dice.one_in(6);
                table.routes.push(TransitGatewayRoute {
                    destination_cidr_block: block.parse().unwrap(),
                    transit_gateway_attachment_id: (!blackhole).then(|| id(to)),
                    blackhole,
                });
            }
        }
        for (at, table) in tables.into_iter().enumerate() {
            self.put(&format!("tgw-rtb-{at}"), table);
        }
    }

    fn host(&mut self, name: &str, vpc: &str) {
        let mut host = Instance::new(self.subnet(vpc));
        let of = |what: &str| id(&format!("{what}-{vpc}"));
        host.vpc_security_group_ids = match self.dice.up_to(3) {
            0 => vec![of("sg"), of("sg-x")],
            1 => vec![of("sg-x"), of("sg")],
            _ => vec![of("sg")],
        };
        host.associate_public_ip_address = self.dice.pick(&[None, None, Some(true), Some(false)]);
        host.source_dest_check = name != "fw" || self.dice.one_in(4);
        self.put(name, host);
    }

    /// Hosts, a load balancer, endpoints.
    fn hosts(&mut self) {
        for (name, vpc) in [("ha", "a"), ("ha2", "a"), ("fw", "a"), ("hb", "b"), ("hb2", "b"), ("hc", "c")] {
            self.host(name, vpc);
        }
        let mut eni = NetworkInterface::new(self.subnet("a"));
        eni.security_group_ids = vec![id("sg-a")];
        eni.secondary_private_ips = vec!["10.0.1.77".parse().unwrap()];
        eni.subnet_id = id("a1");
        eni.instance_id = self.dice.one_in(2).then(|| id("ha2"));
        self.put("eni", eni);
        let secondary = self.dice.one_in(2).then(|| "10.0.1.77".parse().unwrap());
        let elastic = ElasticIp {
            network_interface_id: Some(id("eni")),
            private_ip_address: secondary,
            public_ip: Some("198.51.100.77".parse().unwrap()),
            ..ElasticIp::default()
        };
        self.put("eip-eni", elastic);
        let mut group = TargetGroup::new(id("a"), Protocol::Tcp, self.dice.pick(&[22, 443]));
        group.preserve_client_ip = self.dice.one_in(2);
        for target in ["ha", "ha2"] {
            let unhealthy = self.dice.one_in(3);
            group.targets.push(Target { target_id: Some(id(target)), unhealthy, ..Target::default() });
        }
        self.put("tg", group);
        let mut balancer = LoadBalancer::new(id("a"));
        balancer.internal = self.dice.one_in(2);
        balancer.enable_cross_zone_load_balancing = self.dice.one_in(2);
        balancer.security_group_ids = self.dice.one_in(2).then(|| id("sg-a")).into_iter().collect();
        let subnets = self.dice.pick(&[&["a2", "a3"][..], &["a2"], &["a3"]]);
        for subnet in subnets {
            balancer.subnet_mappings.push(SubnetMapping {
                subnet_id: id(subnet),
                private_ipv4_address: None,
                public_ip: None,
                allocation_id: None,
            });
        }
        let target_group_ids = vec![id("tg")];
        balancer.listeners.push(Listener {
            protocol: Protocol::Tcp,
            tcp_udp: false,
            port: 443,
            target_group_ids,
        });
        self.put("nlb", balancer);
        let route_table_ids = self.dice.pick(&[vec![], vec![id("main-a")], vec![id("main-a"), id("rtb-a")]]);
        let service_name = "s3-list".to_owned();
        self.put("s3", GatewayEndpoint { vpc_id: id("a"), service_name, route_table_ids });
        let mut endpoint = crate::model::InterfaceEndpoint::new(id("b"), "com.amazonaws.us-east-1.ssm");
        endpoint.subnet_ids = vec![id("b1"), id("b3")];
        endpoint.security_group_ids = vec![id("sg-b")];
        self.put("vpce", endpoint);
    }

    fn block_public_access(&mut self) {
        if !self.dice.one_in(8) {
            return;
        }
        let mut settings = VpcBlockPublicAccess {
            internet_gateway_block_mode: self
                .dice
                .pick(&[BlockMode::BlockBidirectional, BlockMode::BlockIngress]),
            exclusions: Vec::new(),
        };
        let modes = [ExclusionMode::AllowBidirectional, ExclusionMode::AllowEgress];
        if self.dice.one_in(2) {
            let internet_gateway_exclusion_mode = self.dice.pick(&modes);
            settings.exclusions.push(BlockExclusion {
                vpc_id: Some(id("a")),
                internet_gateway_exclusion_mode,
                ..BlockExclusion::default()
            });
        }
        if self.dice.one_in(2) {
            let internet_gateway_exclusion_mode = self.dice.pick(&modes);
            settings.exclusions.push(BlockExclusion {
                subnet_id: Some(id("b1")),
                internet_gateway_exclusion_mode,
                ..BlockExclusion::default()
            });
        }
        self.put("bpa", settings);
    }
}

pub(crate) fn network(seed: u64) -> Document {
    let mut maker = Maker { dice: Dice::new(seed), document: Document::new("random", "us-east-1") };
    for (at, name) in VPCS.iter().enumerate() {
        maker.vpc(at, name);
    }
    maker.between();
    maker.hosts();
    maker.block_public_access();
    maker.document
}
