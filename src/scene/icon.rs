//! The icons of `assets/icons`, by name.

use super::paint::Theme;
use crate::model::Kind;

/// An icon of the project's own drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Icon {
    /// A VPC.
    Vpc,
    /// The region.
    Region,
    /// A public subnet.
    PublicSubnet,
    /// A private subnet.
    PrivateSubnet,
    /// A route table.
    RouteTable,
    /// An internet gateway.
    InternetGateway,
    /// A NAT gateway.
    NatGateway,
    /// An Elastic IP address.
    ElasticIp,
    /// A network ACL.
    NetworkAcl,
    /// A security group.
    SecurityGroup,
    /// An EC2 instance.
    Instance,
    /// A key pair.
    KeyPair,
    /// A gateway endpoint, or the interface of an interface endpoint.
    Endpoint,
    /// A network interface.
    NetworkInterface,
    /// An egress-only internet gateway.
    EgressOnlyInternetGateway,
    /// A regional NAT gateway.
    RegionalNatGateway,
    /// A VPC peering connection.
    PeeringConnection,
    /// A transit gateway.
    TransitGateway,
    /// The attachment of a VPC to a transit gateway.
    TransitGatewayAttachment,
    /// The peering of two transit gateways.
    TransitGatewayPeering,
    /// A route table of a transit gateway.
    TransitGatewayRouteTable,
    /// A virtual private gateway.
    VpnGateway,
    /// A VPN connection.
    VpnConnection,
    /// A prefix list.
    PrefixList,
    /// An EC2 Instance Connect Endpoint.
    InstanceConnectEndpoint,
    /// A set of DHCP options.
    DhcpOptions,
    /// A flow log.
    FlowLog,
    /// The setting Block Public Access.
    BlockPublicAccess,
    /// A load balancer.
    LoadBalancer,
    /// A target group.
    TargetGroup,
    /// S3.
    S3,
    /// DynamoDB.
    DynamoDb,
    /// Any other service.
    Service,
    /// The internet.
    Internet,
    /// A kind that this program does not know.
    Other,
}

impl Icon {
    /// Every icon.
    pub const ALL: &[Self] = &[
        Self::Vpc,
        Self::Region,
        Self::PublicSubnet,
        Self::PrivateSubnet,
        Self::RouteTable,
        Self::InternetGateway,
        Self::NatGateway,
        Self::ElasticIp,
        Self::NetworkAcl,
        Self::SecurityGroup,
        Self::Instance,
        Self::KeyPair,
        Self::Endpoint,
        Self::NetworkInterface,
        Self::EgressOnlyInternetGateway,
        Self::RegionalNatGateway,
        Self::PeeringConnection,
        Self::TransitGateway,
        Self::TransitGatewayAttachment,
        Self::TransitGatewayPeering,
        Self::TransitGatewayRouteTable,
        Self::VpnGateway,
        Self::VpnConnection,
        Self::PrefixList,
        Self::InstanceConnectEndpoint,
        Self::DhcpOptions,
        Self::FlowLog,
        Self::BlockPublicAccess,
        Self::LoadBalancer,
        Self::TargetGroup,
        Self::S3,
        Self::DynamoDb,
        Self::Service,
        Self::Internet,
        Self::Other,
    ];

    /// The icon of a kind.
    pub fn of(kind: Kind) -> Self {
        match kind {
            Kind::Vpc => Self::Vpc,
            Kind::Subnet => Self::PrivateSubnet,
            Kind::RouteTable => Self::RouteTable,
            Kind::InternetGateway => Self::InternetGateway,
            Kind::NatGateway => Self::NatGateway,
            Kind::ElasticIp => Self::ElasticIp,
            Kind::NetworkAcl => Self::NetworkAcl,
            Kind::SecurityGroup => Self::SecurityGroup,
            Kind::Instance => Self::Instance,
            Kind::KeyPair => Self::KeyPair,
            Kind::GatewayEndpoint | Kind::InterfaceEndpoint => Self::Endpoint,
            Kind::NetworkInterface => Self::NetworkInterface,
            Kind::EgressOnlyInternetGateway => Self::EgressOnlyInternetGateway,
            Kind::RegionalNatGateway => Self::RegionalNatGateway,
            Kind::VpcPeeringConnection => Self::PeeringConnection,
            Kind::TransitGateway => Self::TransitGateway,
            Kind::TransitGatewayVpcAttachment => Self::TransitGatewayAttachment,
            Kind::TransitGatewayPeeringAttachment => Self::TransitGatewayPeering,
            Kind::TransitGatewayRouteTable => Self::TransitGatewayRouteTable,
            Kind::VpnGateway => Self::VpnGateway,
            Kind::VpnConnection => Self::VpnConnection,
            Kind::ManagedPrefixList => Self::PrefixList,
            Kind::InstanceConnectEndpoint => Self::InstanceConnectEndpoint,
            Kind::DhcpOptions => Self::DhcpOptions,
            Kind::FlowLog => Self::FlowLog,
            Kind::VpcBlockPublicAccess => Self::BlockPublicAccess,
            Kind::LoadBalancer => Self::LoadBalancer,
            Kind::TargetGroup => Self::TargetGroup,
            Kind::Other => Self::Other,
        }
    }

    /// The drawing: a whole SVG file of 48 by 48 units without text, scripts or references. White
    /// glyphs on a square in the category's colour look right on both grounds; the two icons without
    /// a square have a drawing for each.
    pub fn svg(self, theme: Theme) -> &'static str {
        match self {
            Self::Vpc => include_str!("../../assets/icons/vpc.svg"),
            Self::Region => include_str!("../../assets/icons/region.svg"),
            Self::PublicSubnet => include_str!("../../assets/icons/public-subnet.svg"),
            Self::PrivateSubnet => include_str!("../../assets/icons/private-subnet.svg"),
            Self::RouteTable => include_str!("../../assets/icons/route-table.svg"),
            Self::InternetGateway => include_str!("../../assets/icons/internet-gateway.svg"),
            Self::NatGateway => include_str!("../../assets/icons/nat-gateway.svg"),
            Self::ElasticIp => include_str!("../../assets/icons/elastic-ip.svg"),
            Self::NetworkAcl => include_str!("../../assets/icons/network-acl.svg"),
            Self::SecurityGroup => include_str!("../../assets/icons/security-group.svg"),
            Self::Instance => include_str!("../../assets/icons/instance.svg"),
            Self::KeyPair => include_str!("../../assets/icons/key-pair.svg"),
            Self::Endpoint => include_str!("../../assets/icons/endpoint.svg"),
            Self::NetworkInterface => include_str!("../../assets/icons/network-interface.svg"),
            Self::EgressOnlyInternetGateway => {
                include_str!("../../assets/icons/egress-only-internet-gateway.svg")
            }
            Self::RegionalNatGateway => include_str!("../../assets/icons/regional-nat-gateway.svg"),
            Self::PeeringConnection => include_str!("../../assets/icons/peering-connection.svg"),
            Self::TransitGateway => include_str!("../../assets/icons/transit-gateway.svg"),
            Self::TransitGatewayAttachment => {
                include_str!("../../assets/icons/transit-gateway-attachment.svg")
            }
            Self::TransitGatewayPeering => include_str!("../../assets/icons/transit-gateway-peering.svg"),
            Self::TransitGatewayRouteTable => {
                include_str!("../../assets/icons/transit-gateway-route-table.svg")
            }
            Self::VpnGateway => include_str!("../../assets/icons/vpn-gateway.svg"),
            Self::VpnConnection => include_str!("../../assets/icons/vpn-connection.svg"),
            Self::PrefixList => include_str!("../../assets/icons/prefix-list.svg"),
            Self::InstanceConnectEndpoint => include_str!("../../assets/icons/instance-connect-endpoint.svg"),
            Self::DhcpOptions => include_str!("../../assets/icons/dhcp-options.svg"),
            Self::FlowLog => include_str!("../../assets/icons/flow-log.svg"),
            Self::BlockPublicAccess => include_str!("../../assets/icons/block-public-access.svg"),
            Self::LoadBalancer => include_str!("../../assets/icons/load-balancer.svg"),
            Self::TargetGroup => include_str!("../../assets/icons/target-group.svg"),
            Self::S3 => include_str!("../../assets/icons/s3.svg"),
            Self::DynamoDb => include_str!("../../assets/icons/dynamodb.svg"),
            Self::Service => include_str!("../../assets/icons/service.svg"),
            Self::Internet => match theme {
                Theme::Light => include_str!("../../assets/icons/internet.svg"),
                Theme::Dark => include_str!("../../assets/icons/internet-dark.svg"),
            },
            Self::Other => match theme {
                Theme::Light => include_str!("../../assets/icons/other.svg"),
                Theme::Dark => include_str!("../../assets/icons/other-dark.svg"),
            },
        }
    }
}
