//! The parts of calls and replies.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

/// Tags by key.
pub type Tags = BTreeMap<String, String>;

/// A switch of a VPC; `ModifyVpcAttribute` takes one per call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VpcAttribute {
    /// `enableDnsSupport`.
    EnableDnsSupport,
    /// `enableDnsHostnames`.
    EnableDnsHostnames,
}

/// A switch of a subnet; `ModifySubnetAttribute` takes one per call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubnetAttribute {
    /// `mapPublicIpOnLaunch`.
    MapPublicIpOnLaunch,
    /// `assignIpv6AddressOnCreation`.
    AssignIpv6AddressOnCreation,
    /// `enableDns64`.
    EnableDns64,
}

/// An attribute of an instance with its new value; `ModifyInstanceAttribute` takes one per call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InstanceAttribute {
    /// `sourceDestCheck`.
    SourceDestCheck(bool),
    /// `groups`: the ids of all groups of the primary interface, replacing those it has.
    Groups(Vec<String>),
    /// `instanceType`, of a stopped instance.
    InstanceType(String),
}

/// The destination of a route.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RouteDestination {
    /// `DestinationCidrBlock`.
    Ipv4(String),
    /// `DestinationIpv6CidrBlock`.
    Ipv6(String),
    /// `DestinationPrefixListId`.
    PrefixList(String),
}

impl RouteDestination {
    /// The block or the prefix list's id.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Ipv4(text) | Self::Ipv6(text) | Self::PrefixList(text) => text,
        }
    }
}

impl fmt::Display for RouteDestination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The target of a route, by the parameter of `CreateRoute` that carries its id.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RouteTarget {
    /// `GatewayId`: an internet gateway or a virtual private gateway.
    Gateway(String),
    /// `NatGatewayId`.
    NatGateway(String),
    /// `InstanceId`.
    Instance(String),
    /// `NetworkInterfaceId`.
    NetworkInterface(String),
    /// `EgressOnlyInternetGatewayId`.
    EgressOnlyInternetGateway(String),
    /// `VpcPeeringConnectionId`.
    VpcPeeringConnection(String),
    /// `TransitGatewayId`.
    TransitGateway(String),
    /// `VpcEndpointId`: a Gateway Load Balancer endpoint.
    VpcEndpoint(String),
    /// `CarrierGatewayId`.
    CarrierGateway(String),
    /// `LocalGatewayId`.
    LocalGateway(String),
}

impl RouteTarget {
    /// The target that this id names, by its prefix; `None` where no target has such ids.
    pub fn from_id(id: &str) -> Option<Self> {
        let (prefix, _) = id.split_once('-')?;
        let id = id.to_owned();
        match prefix {
            "igw" | "vgw" => Some(Self::Gateway(id)),
            "nat" => Some(Self::NatGateway(id)),
            "i" => Some(Self::Instance(id)),
            "eni" => Some(Self::NetworkInterface(id)),
            "eigw" => Some(Self::EgressOnlyInternetGateway(id)),
            "pcx" => Some(Self::VpcPeeringConnection(id)),
            "tgw" => Some(Self::TransitGateway(id)),
            "vpce" => Some(Self::VpcEndpoint(id)),
            "cagw" => Some(Self::CarrierGateway(id)),
            "lgw" => Some(Self::LocalGateway(id)),
            _ => None,
        }
    }

    /// The id of the target.
    pub fn id(&self) -> &str {
        match self {
            Self::Gateway(id)
            | Self::NatGateway(id)
            | Self::Instance(id)
            | Self::NetworkInterface(id)
            | Self::EgressOnlyInternetGateway(id)
            | Self::VpcPeeringConnection(id)
            | Self::TransitGateway(id)
            | Self::VpcEndpoint(id)
            | Self::CarrierGateway(id)
            | Self::LocalGateway(id) => id,
        }
    }
}

/// What an Elastic IP address is associated with.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AddressTarget {
    /// The primary interface of an instance.
    Instance(String),
    /// A network interface.
    NetworkInterface(String),
    /// A private address of a network interface that is not its primary one.
    PrivateAddress {
        /// The interface.
        network_interface_id: String,
        /// The address.
        private_ip_address: String,
    },
}

/// An entry of a network ACL, as calls carry it and as describing shows it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct NetworkAclEntry {
    /// 1 to 32766 for entries of one's own; 32767 is the implicit deny.
    pub rule_number: i32,
    /// Whether it is for packets that leave the subnet.
    pub egress: bool,
    /// The protocol's number as text, `-1` for all.
    pub protocol: String,
    /// `allow` or `deny`.
    pub rule_action: String,
    /// An IPv4 block.
    pub cidr_block: Option<String>,
    /// An IPv6 block.
    pub ipv6_cidr_block: Option<String>,
    /// The ports, for TCP and UDP.
    pub port_range: Option<AclPortRange>,
    /// The ICMP type and code, for ICMP.
    pub icmp_type_code: Option<IcmpTypeCode>,
}

/// The ports of a network ACL entry, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AclPortRange {
    /// First port.
    pub from: i32,
    /// Last port.
    pub to: i32,
}

/// An ICMP type and code, -1 for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct IcmpTypeCode {
    /// The type.
    #[serde(rename = "type")]
    pub icmp_type: i32,
    /// The code.
    pub code: i32,
}

/// A rule to authorise in a security group: exactly one of the four peers is given.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SecurityGroupRule {
    /// `tcp`, `udp`, `icmp`, `icmpv6`, `-1` for all, or a number.
    pub ip_protocol: String,
    /// First port, or ICMP type; -1 for all.
    pub from_port: Option<i32>,
    /// Last port, or ICMP code; -1 for all.
    pub to_port: Option<i32>,
    /// An IPv4 block.
    pub cidr_ipv4: Option<String>,
    /// An IPv6 block.
    pub cidr_ipv6: Option<String>,
    /// A prefix list.
    pub prefix_list_id: Option<String>,
    /// A security group.
    pub referenced_group_id: Option<String>,
    /// What the rule is for.
    pub description: Option<String>,
}

/// The addresses that a regional NAT gateway uses in one zone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ZoneAddresses {
    /// The name of the zone.
    pub availability_zone: String,
    /// Elastic IP addresses.
    pub allocation_ids: Vec<String>,
}

/// The type of a VPC endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum VpcEndpointType {
    /// Routes to S3 or DynamoDB.
    Gateway,
    /// Network interfaces in subnets.
    Interface,
}

impl VpcEndpointType {
    /// The word of the EC2 API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gateway => "Gateway",
            Self::Interface => "Interface",
        }
    }
}

/// A filter of a describing call: it holds where the named field matches one of the values. `*` and
/// `?` in a value are wildcards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// EC2's name of the filter: `vpc-id`, `tag:Name`, `tag-key`, …
    pub name: String,
    /// The values, one of which must match.
    pub values: Vec<String>,
}

impl Filter {
    /// A filter on one value.
    pub fn one(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), values: vec![value.into()] }
    }

    /// The filter for objects that carry a tag of this key and value.
    pub fn tag(key: &str, value: impl Into<String>) -> Self {
        Self::one(format!("tag:{key}"), value)
    }
}

/// What a describing call lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DescribeKind {
    /// `DescribeVpcs`.
    Vpcs,
    /// `DescribeSubnets`.
    Subnets,
    /// `DescribeRouteTables`.
    RouteTables,
    /// `DescribeInternetGateways`.
    InternetGateways,
    /// `DescribeEgressOnlyInternetGateways`.
    EgressOnlyInternetGateways,
    /// `DescribeAddresses`.
    Addresses,
    /// `DescribeNatGateways`.
    NatGateways,
    /// `DescribeNetworkAcls`.
    NetworkAcls,
    /// `DescribeSecurityGroups`, with the rules of `DescribeSecurityGroupRules`.
    SecurityGroups,
    /// `DescribeKeyPairs`; the ids are key pair ids.
    KeyPairs,
    /// `DescribeInstances`, without the reservations around them.
    Instances,
    /// `DescribeNetworkInterfaces`.
    NetworkInterfaces,
    /// `DescribeVpcEndpoints`.
    VpcEndpoints,
    /// `DescribePrefixLists`: those of AWS services.
    PrefixLists,
    /// `DescribeVpcPeeringConnections`.
    VpcPeeringConnections,
    /// `DescribeManagedPrefixLists`: those of the account, with their entries.
    ManagedPrefixLists,
    /// `DescribeVpnGateways`.
    VpnGateways,
    /// `DescribeCustomerGateways`.
    CustomerGateways,
    /// `DescribeVpnConnections`, without their configuration, which holds keys.
    VpnConnections,
    /// `DescribeVpcBlockPublicAccessOptions`: the setting of the account in the region, which is there
    /// under any [id](super::Spec::VpcBlockPublicAccess) that it is asked for.
    VpcBlockPublicAccess,
    /// `DescribeVpcBlockPublicAccessExclusions`.
    VpcBlockPublicAccessExclusions,
    /// `DescribeTransitGateways`.
    TransitGateways,
    /// `DescribeTransitGatewayVpcAttachments`.
    TransitGatewayVpcAttachments,
    /// `DescribeTransitGatewayPeeringAttachments`.
    TransitGatewayPeeringAttachments,
    /// `DescribeTransitGatewayRouteTables`, with their associations, propagations and static routes.
    TransitGatewayRouteTables,
    /// `DescribeDhcpOptions`.
    DhcpOptions,
    /// `DescribeFlowLogs`.
    FlowLogs,
    /// `DescribeInstanceConnectEndpoints`.
    InstanceConnectEndpoints,
}

impl DescribeKind {
    /// Every kind.
    pub const ALL: &[Self] = &[
        Self::Vpcs,
        Self::Subnets,
        Self::RouteTables,
        Self::InternetGateways,
        Self::EgressOnlyInternetGateways,
        Self::Addresses,
        Self::NatGateways,
        Self::NetworkAcls,
        Self::SecurityGroups,
        Self::KeyPairs,
        Self::Instances,
        Self::NetworkInterfaces,
        Self::VpcEndpoints,
        Self::PrefixLists,
        Self::VpcPeeringConnections,
        Self::ManagedPrefixLists,
        Self::VpnGateways,
        Self::CustomerGateways,
        Self::VpnConnections,
        Self::VpcBlockPublicAccess,
        Self::VpcBlockPublicAccessExclusions,
        Self::TransitGateways,
        Self::TransitGatewayVpcAttachments,
        Self::TransitGatewayPeeringAttachments,
        Self::TransitGatewayRouteTables,
        Self::DhcpOptions,
        Self::FlowLogs,
        Self::InstanceConnectEndpoints,
    ];

    /// The kinds that a [`Spec`](super::Spec) describes.
    pub const OBJECTS: &[Self] = &[
        Self::VpcPeeringConnections,
        Self::ManagedPrefixLists,
        Self::VpnGateways,
        Self::CustomerGateways,
        Self::VpnConnections,
        Self::VpcBlockPublicAccess,
        Self::VpcBlockPublicAccessExclusions,
        Self::TransitGateways,
        Self::TransitGatewayVpcAttachments,
        Self::TransitGatewayPeeringAttachments,
        Self::TransitGatewayRouteTables,
        Self::DhcpOptions,
        Self::FlowLogs,
        Self::InstanceConnectEndpoints,
    ];

    /// The name of the EC2 action.
    pub fn action(self) -> &'static str {
        match self {
            Self::Vpcs => "DescribeVpcs",
            Self::Subnets => "DescribeSubnets",
            Self::RouteTables => "DescribeRouteTables",
            Self::InternetGateways => "DescribeInternetGateways",
            Self::EgressOnlyInternetGateways => "DescribeEgressOnlyInternetGateways",
            Self::Addresses => "DescribeAddresses",
            Self::NatGateways => "DescribeNatGateways",
            Self::NetworkAcls => "DescribeNetworkAcls",
            Self::SecurityGroups => "DescribeSecurityGroups",
            Self::KeyPairs => "DescribeKeyPairs",
            Self::Instances => "DescribeInstances",
            Self::NetworkInterfaces => "DescribeNetworkInterfaces",
            Self::VpcEndpoints => "DescribeVpcEndpoints",
            Self::PrefixLists => "DescribePrefixLists",
            Self::VpcPeeringConnections => "DescribeVpcPeeringConnections",
            Self::ManagedPrefixLists => "DescribeManagedPrefixLists",
            Self::VpnGateways => "DescribeVpnGateways",
            Self::CustomerGateways => "DescribeCustomerGateways",
            Self::VpnConnections => "DescribeVpnConnections",
            Self::VpcBlockPublicAccess => "DescribeVpcBlockPublicAccessOptions",
            Self::VpcBlockPublicAccessExclusions => "DescribeVpcBlockPublicAccessExclusions",
            Self::TransitGateways => "DescribeTransitGateways",
            Self::TransitGatewayVpcAttachments => "DescribeTransitGatewayVpcAttachments",
            Self::TransitGatewayPeeringAttachments => "DescribeTransitGatewayPeeringAttachments",
            Self::TransitGatewayRouteTables => "DescribeTransitGatewayRouteTables",
            Self::DhcpOptions => "DescribeDhcpOptions",
            Self::FlowLogs => "DescribeFlowLogs",
            Self::InstanceConnectEndpoints => "DescribeInstanceConnectEndpoints",
        }
    }

    /// The names of the actions that make and delete an object of a [`Spec`](super::Spec); empty for
    /// the other kinds, which have calls of their own.
    pub fn writes(self) -> (&'static str, &'static str) {
        match self {
            Self::VpcPeeringConnections => ("CreateVpcPeeringConnection", "DeleteVpcPeeringConnection"),
            Self::ManagedPrefixLists => ("CreateManagedPrefixList", "DeleteManagedPrefixList"),
            Self::VpnGateways => ("CreateVpnGateway", "DeleteVpnGateway"),
            Self::CustomerGateways => ("CreateCustomerGateway", "DeleteCustomerGateway"),
            Self::VpnConnections => ("CreateVpnConnection", "DeleteVpnConnection"),
            Self::VpcBlockPublicAccessExclusions => {
                ("CreateVpcBlockPublicAccessExclusion", "DeleteVpcBlockPublicAccessExclusion")
            }
            Self::TransitGateways => ("CreateTransitGateway", "DeleteTransitGateway"),
            Self::TransitGatewayVpcAttachments => {
                ("CreateTransitGatewayVpcAttachment", "DeleteTransitGatewayVpcAttachment")
            }
            Self::TransitGatewayPeeringAttachments => {
                ("CreateTransitGatewayPeeringAttachment", "DeleteTransitGatewayPeeringAttachment")
            }
            Self::TransitGatewayRouteTables => {
                ("CreateTransitGatewayRouteTable", "DeleteTransitGatewayRouteTable")
            }
            Self::DhcpOptions => ("CreateDhcpOptions", "DeleteDhcpOptions"),
            Self::FlowLogs => ("CreateFlowLogs", "DeleteFlowLogs"),
            Self::InstanceConnectEndpoints => {
                ("CreateInstanceConnectEndpoint", "DeleteInstanceConnectEndpoint")
            }
            Self::NetworkInterfaces => ("CreateNetworkInterface", "DeleteNetworkInterface"),
            _ => ("", ""),
        }
    }

    /// Whether the creating call of such a kind takes a client token.
    pub fn takes_token(self) -> bool {
        matches!(
            self,
            Self::ManagedPrefixLists
                | Self::FlowLogs
                | Self::InstanceConnectEndpoints
                | Self::NetworkInterfaces
        )
    }
}
