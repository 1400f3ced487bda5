//! What describing calls show: the network proper.

use serde::{Deserialize, Serialize};

use super::{
    live::GroupIdentifier,
    parts::{NetworkAclEntry, Tags},
};

/// A VPC. Its DNS switches are read by `DescribeVpcAttribute`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LiveVpc {
    /// `vpc-…`.
    pub vpc_id: String,
    /// `pending` or `available`.
    pub state: String,
    /// The primary IPv4 block.
    pub cidr_block: String,
    /// Every IPv4 block, the primary one first.
    pub cidr_block_associations: Vec<LiveCidrBlockAssociation>,
    /// Every IPv6 block.
    pub ipv6_cidr_block_associations: Vec<LiveIpv6CidrBlockAssociation>,
    /// `dopt-…`, or `default`.
    pub dhcp_options_id: Option<String>,
    /// `default` or `dedicated`.
    pub instance_tenancy: String,
    /// Whether AWS made it for the account.
    pub is_default: bool,
    /// Its tags.
    pub tags: Tags,
}

/// A block of a VPC.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LiveCidrBlockAssociation {
    /// `vpc-cidr-assoc-…`.
    pub association_id: String,
    /// The block.
    pub cidr_block: String,
    /// `associating`, `associated`, `disassociating`, `disassociated`, `failing`, `failed`.
    pub state: String,
    /// Why it failed, where it did.
    pub status_message: Option<String>,
}

/// An IPv6 block of a VPC or of a subnet.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LiveIpv6CidrBlockAssociation {
    /// `vpc-cidr-assoc-…` or `subnet-cidr-assoc-…`.
    pub association_id: String,
    /// The block.
    pub ipv6_cidr_block: String,
    /// `associating`, `associated`, `disassociating`, `disassociated`, `failing`, `failed`.
    pub state: String,
    /// Why it failed, where it did.
    pub status_message: Option<String>,
}

impl LiveIpv6CidrBlockAssociation {
    /// Whether the block is there or on its way.
    pub fn stands(&self) -> bool {
        matches!(self.state.as_str(), "associated" | "associating")
    }
}

/// A subnet.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LiveSubnet {
    /// `subnet-…`.
    pub subnet_id: String,
    /// Its VPC.
    pub vpc_id: String,
    /// Its block.
    pub cidr_block: String,
    /// Its IPv6 blocks, at most one of which stands.
    pub ipv6_cidr_block_associations: Vec<LiveIpv6CidrBlockAssociation>,
    /// Its zone's name.
    pub availability_zone: String,
    /// Its zone's id.
    pub availability_zone_id: Option<String>,
    /// `pending` or `available`.
    pub state: String,
    /// How many addresses are free.
    pub available_ip_address_count: i32,
    /// Whether instances get a public address at launch.
    pub map_public_ip_on_launch: bool,
    /// Whether interfaces get an IPv6 address when they are made.
    pub assign_ipv6_address_on_creation: bool,
    /// Whether its resolver invents IPv6 addresses, where the cloud says so.
    pub enable_dns64: Option<bool>,
    /// Whether AWS made it for the account.
    pub default_for_az: bool,
    /// Its tags.
    pub tags: Tags,
}

/// An internet gateway.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LiveInternetGateway {
    /// `igw-…`.
    pub internet_gateway_id: String,
    /// The VPC that it is attached to, at most one.
    pub attachments: Vec<LiveInternetGatewayAttachment>,
    /// Its tags.
    pub tags: Tags,
}

/// The attachment of an internet gateway.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LiveInternetGatewayAttachment {
    /// The VPC.
    pub vpc_id: String,
    /// `available` while it is attached (EC2's word for internet gateways); of an egress-only one
    /// `attached`.
    pub state: String,
}

/// An egress-only internet gateway.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LiveEgressOnlyInternetGateway {
    /// `eigw-…`.
    pub egress_only_internet_gateway_id: String,
    /// Its VPC, once.
    pub attachments: Vec<LiveInternetGatewayAttachment>,
    /// Its tags.
    pub tags: Tags,
}

/// A route table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LiveRouteTable {
    /// `rtb-…`.
    pub route_table_id: String,
    /// Its VPC.
    pub vpc_id: String,
    /// Its routes, the local ones too.
    pub routes: Vec<LiveRoute>,
    /// Its associations.
    pub associations: Vec<LiveRouteTableAssociation>,
    /// The virtual private gateways whose routes it learns.
    pub propagating_vgws: Vec<String>,
    /// Its tags.
    pub tags: Tags,
}

/// A route: one destination, one target.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LiveRoute {
    /// An IPv4 block.
    pub destination_cidr_block: Option<String>,
    /// An IPv6 block.
    pub destination_ipv6_cidr_block: Option<String>,
    /// A prefix list.
    pub destination_prefix_list_id: Option<String>,
    /// `local`, or an internet gateway, a virtual private gateway, an endpoint.
    pub gateway_id: Option<String>,
    /// A NAT gateway.
    pub nat_gateway_id: Option<String>,
    /// An instance; `network_interface_id` then names its interface.
    pub instance_id: Option<String>,
    /// A network interface.
    pub network_interface_id: Option<String>,
    /// An egress-only internet gateway.
    pub egress_only_internet_gateway_id: Option<String>,
    /// A peering connection.
    pub vpc_peering_connection_id: Option<String>,
    /// A transit gateway.
    pub transit_gateway_id: Option<String>,
    /// The id of a target of any other kind.
    pub other_target: Option<String>,
    /// `CreateRouteTable` (local), `CreateRoute`, `EnableVgwRoutePropagation`, `Advertisement`.
    pub origin: String,
    /// `active`, `blackhole`, `filtered`.
    pub state: String,
}

impl LiveRoute {
    /// The destination, whichever kind it is.
    pub fn destination(&self) -> Option<&str> {
        self.destination_cidr_block
            .as_deref()
            .or(self.destination_ipv6_cidr_block.as_deref())
            .or(self.destination_prefix_list_id.as_deref())
    }

    /// The id of the target (`local` for the local route), whichever kind it is. A route to an
    /// instance answers the instance.
    pub fn target(&self) -> Option<&str> {
        self.gateway_id
            .as_deref()
            .or(self.nat_gateway_id.as_deref())
            .or(self.instance_id.as_deref())
            .or(self.network_interface_id.as_deref())
            .or(self.egress_only_internet_gateway_id.as_deref())
            .or(self.vpc_peering_connection_id.as_deref())
            .or(self.transit_gateway_id.as_deref())
            .or(self.other_target.as_deref())
    }

    /// Whether the route leads to what has this id. One to an interface shows with the instance that
    /// the interface is attached to, and the other way round.
    pub fn leads_to(&self, id: &str) -> bool {
        self.target() == Some(id) || self.network_interface_id.as_deref() == Some(id)
    }
}

/// The association of a route table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LiveRouteTableAssociation {
    /// `rtbassoc-…`.
    pub route_table_association_id: String,
    /// Whether it makes the table the VPC's main one; it then names no subnet.
    pub main: bool,
    /// The subnet.
    pub subnet_id: Option<String>,
    /// The gateway, for an edge association.
    pub gateway_id: Option<String>,
    /// `associating`, `associated`, `disassociating`, `disassociated`, `failed`.
    pub state: String,
}

/// A network ACL.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LiveNetworkAcl {
    /// `acl-…`.
    pub network_acl_id: String,
    /// Its VPC.
    pub vpc_id: String,
    /// Whether it came with the VPC.
    pub is_default: bool,
    /// Its entries, the implicit denials (32767) too.
    pub entries: Vec<NetworkAclEntry>,
    /// Its subnets.
    pub associations: Vec<LiveNetworkAclAssociation>,
    /// Its tags.
    pub tags: Tags,
}

/// The association of a network ACL.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LiveNetworkAclAssociation {
    /// `aclassoc-…`.
    pub network_acl_association_id: String,
    /// The subnet.
    pub subnet_id: String,
}

/// A security group.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LiveSecurityGroup {
    /// `sg-…`.
    pub group_id: String,
    /// Its name; `default` came with the VPC.
    pub group_name: String,
    /// Its description.
    pub description: String,
    /// Its VPC.
    pub vpc_id: String,
    /// Its rules in both directions.
    pub rules: Vec<LiveSecurityGroupRule>,
    /// Its tags.
    pub tags: Tags,
}

/// A rule of a security group.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LiveSecurityGroupRule {
    /// `sgr-…`.
    pub security_group_rule_id: String,
    /// Whether it is for what leaves.
    pub is_egress: bool,
    /// `tcp`, `udp`, `icmp`, `icmpv6`, `-1`, or a number.
    pub ip_protocol: String,
    /// First port, or ICMP type; EC2 answers -1 or nothing for all.
    pub from_port: Option<i32>,
    /// Last port, or ICMP code; EC2 answers -1 or nothing for all.
    pub to_port: Option<i32>,
    /// An IPv4 block.
    pub cidr_ipv4: Option<String>,
    /// An IPv6 block.
    pub cidr_ipv6: Option<String>,
    /// A prefix list.
    pub prefix_list_id: Option<String>,
    /// A security group.
    pub referenced_group_id: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// Its tags.
    pub tags: Tags,
}

/// A network interface.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LiveNetworkInterface {
    /// `eni-…`.
    pub network_interface_id: String,
    /// Its VPC.
    pub vpc_id: String,
    /// Its subnet.
    pub subnet_id: String,
    /// Its zone.
    pub availability_zone: String,
    /// `interface`, `nat_gateway`, `vpc_endpoint`, …
    pub interface_type: String,
    /// `available`, `in-use`, …
    pub status: String,
    /// What it is for: `Interface for NAT Gateway nat-…`.
    pub description: String,
    /// Its primary private address.
    pub private_ip_address: String,
    /// Its further private addresses.
    pub secondary_private_ips: Vec<String>,
    /// Its IPv6 addresses.
    pub ipv6_addresses: Vec<String>,
    /// Its public address.
    pub association: Option<LiveInterfaceAssociation>,
    /// What it is attached to.
    pub attachment: Option<LiveInterfaceAttachment>,
    /// Its groups.
    pub groups: Vec<GroupIdentifier>,
    /// Whether an AWS service made it and alone may remove it.
    pub requester_managed: bool,
    /// Who asked for it: an account, or a service such as `amazon-elb`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requester_id: Option<String>,
    /// Whether only packets from and to its own addresses pass.
    pub source_dest_check: bool,
    /// Its tags.
    pub tags: Tags,
}

/// The public address of a network interface.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LiveInterfaceAssociation {
    /// The public address.
    pub public_ip: String,
    /// The Elastic IP address, unless AWS assigned one by itself.
    pub allocation_id: Option<String>,
    /// The association of the Elastic IP address.
    pub association_id: Option<String>,
}

/// The attachment of a network interface.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LiveInterfaceAttachment {
    /// `eni-attach-…`.
    pub attachment_id: String,
    /// The instance, unless a service holds it.
    pub instance_id: Option<String>,
    /// 0 is the primary one.
    pub device_index: i32,
    /// `attaching`, `attached`, `detaching`, `detached`.
    pub status: String,
    /// Whether it goes with the instance.
    pub delete_on_termination: bool,
}
