//! What an account has at first: the default VPC, as AWS makes it in every region.

use ipnet::Ipv4Net;

use super::{
    catalogue,
    state::{SimulatedCloud, Vpc},
};
use crate::cloud::{
    LiveCidrBlockAssociation, LiveInternetGateway, LiveInternetGatewayAttachment, LiveRoute,
    LiveSecurityGroup, LiveSecurityGroupRule, LiveVpc, Tags,
};

impl SimulatedCloud {
    /// The VPC 172.31.0.0/16 with a /20 per zone and a way to the internet.
    pub(super) fn make_default_vpc(&mut self) {
        let Ok(block) = "172.31.0.0/16".parse::<Ipv4Net>() else {
            return;
        };
        let vpc_id = self.make_vpc(block, "default", &Tags::new());
        let gateway_id = self.new_id("igw-");
        self.internet_gateways.insert(
            gateway_id.clone(),
            LiveInternetGateway {
                internet_gateway_id: gateway_id.clone(),
                attachments: vec![LiveInternetGatewayAttachment {
                    vpc_id: vpc_id.clone(),
                    state: "available".to_owned(),
                }],
                tags: Tags::new(),
            },
        );
        if let Some(table) = self.main_table_mut(&vpc_id) {
            table.routes.push(LiveRoute {
                destination_cidr_block: Some("0.0.0.0/0".to_owned()),
                gateway_id: Some(gateway_id),
                origin: "CreateRoute".to_owned(),
                state: "active".to_owned(),
                ..LiveRoute::default()
            });
        }
        let zones = catalogue::zone_names(&self.region);
        for (zone, subnet) in zones.iter().zip(block.subnets(20).into_iter().flatten()) {
            let subnet_id = self.make_subnet(&vpc_id, subnet, zone, &Tags::new());
            if let Some(subnet) = self.subnets.get_mut(&subnet_id) {
                subnet.default_for_az = true;
                subnet.map_public_ip_on_launch = true;
            }
        }
        if let Some(vpc) = self.vpcs.get_mut(&vpc_id) {
            vpc.live.is_default = true;
            vpc.enable_dns_hostnames = true;
        }
        // It has been there since the account was opened: nothing of it is under way.
        for due in std::mem::take(&mut self.due) {
            self.settle_at_once(due);
        }
    }

    /// Makes a VPC and what AWS makes with it.
    pub(super) fn make_vpc(&mut self, block: Ipv4Net, tenancy: &str, tags: &Tags) -> String {
        let vpc_id = self.new_id("vpc-");
        let live = LiveVpc {
            vpc_id: vpc_id.clone(),
            state: "pending".to_owned(),
            cidr_block: block.to_string(),
            cidr_block_associations: vec![LiveCidrBlockAssociation {
                association_id: self.new_id("vpc-cidr-assoc-"),
                cidr_block: block.to_string(),
                state: "associated".to_owned(),
                status_message: None,
            }],
            ipv6_cidr_block_associations: Vec::new(),
            dhcp_options_id: Some("default".to_owned()),
            instance_tenancy: tenancy.to_owned(),
            is_default: false,
            tags: tags.clone(),
        };
        self.vpcs.insert(vpc_id.clone(), Vpc { live, enable_dns_support: true, enable_dns_hostnames: false });
        self.make_main_route_table(&vpc_id);
        self.make_default_network_acl(&vpc_id);
        self.make_default_security_group(&vpc_id);
        self.plan(&vpc_id, super::clock::Change::VpcAvailable);
        vpc_id
    }

    /// The group `default`: everything from its own members in, everything out.
    fn make_default_security_group(&mut self, vpc_id: &str) {
        let group_id = self.new_id("sg-");
        let from_members = LiveSecurityGroupRule {
            security_group_rule_id: self.new_id("sgr-"),
            ip_protocol: "-1".to_owned(),
            from_port: Some(-1),
            to_port: Some(-1),
            referenced_group_id: Some(group_id.clone()),
            ..LiveSecurityGroupRule::default()
        };
        let group = LiveSecurityGroup {
            group_id: group_id.clone(),
            group_name: "default".to_owned(),
            description: "default VPC security group".to_owned(),
            vpc_id: vpc_id.to_owned(),
            rules: vec![from_members, self.rule_everything_out()],
            tags: Tags::new(),
        };
        self.security_groups.insert(group_id, group);
    }

    /// The egress rule that every new group has.
    pub(super) fn rule_everything_out(&mut self) -> LiveSecurityGroupRule {
        LiveSecurityGroupRule {
            security_group_rule_id: self.new_id("sgr-"),
            is_egress: true,
            ip_protocol: "-1".to_owned(),
            from_port: Some(-1),
            to_port: Some(-1),
            cidr_ipv4: Some("0.0.0.0/0".to_owned()),
            ..LiveSecurityGroupRule::default()
        }
    }
}
