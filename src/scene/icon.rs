//! The icons of `assets/icons`, by name.

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
