//! The icons of `assets/icons`, by name.

use super::paint::Theme;

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
        Self::S3,
        Self::DynamoDb,
        Self::Service,
        Self::Internet,
        Self::Other,
    ];

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
