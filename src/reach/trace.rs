//! What a walk tells: hops, steps, and everything that stands in the way.

use crate::model::ResourceId;

/// Whether a flow works, both ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The packet arrives and the reply comes back.
    Reachable,
    /// Something stands in the way.
    Blocked,
}

impl Verdict {
    /// The word in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reachable => "reachable",
            Self::Blocked => "blocked",
        }
    }
}

/// The way there, or the way back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// From the client to the server.
    Forward,
    /// From the server to the client.
    Reply,
}

impl Direction {
    /// The word in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Forward => "forward",
            Self::Reply => "reply",
        }
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)+) => {
        /// Why a packet does not get through: the explanation codes of Reachability Analyzer
        /// (<https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html>).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code { $($(#[$doc])* $name,)+ }

        impl Code {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The published spelling.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }
        }
    };
}

codes! {
    /// The chosen route leads to something that takes no packets.
    BadStateRoute = "BAD_STATE_ROUTE";
    /// The target of the route cannot forward this packet.
    CannotRoute = "CANNOT_ROUTE";
    /// No route matches.
    NoRouteToDestination = "NO_ROUTE_TO_DESTINATION";
    /// No interface has the address.
    EniAddressRestriction = "ENI_ADDRESS_RESTRICTION";
    /// An instance that forwards drops what is not its own.
    EniSourceDestCheckRestriction = "ENI_SOURCE_DEST_CHECK_RESTRICTION";
    /// No rule of the security groups matches.
    EniSgRulesMismatch = "ENI_SG_RULES_MISMATCH";
    /// The security groups have no rule in this direction.
    SgHasNoRules = "SG_HAS_NO_RULES";
    /// A network ACL denies.
    SubnetAclRestriction = "SUBNET_ACL_RESTRICTION";
    /// An internet gateway needs a public address on the sender.
    IgwPublicIpAssociationForEgress = "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS";
    /// From the internet only public addresses can be reached.
    IgwPrivateIpAssociationForIngress = "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS";
    /// An internet gateway does not forward to RFC 1918 addresses.
    IgwDestinationAddressNotInRfc1918Egress = "IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS";
    /// An internet gateway does not forward to RFC 6598 addresses.
    IgwDestinationAddressNotInRfc6598Egress = "IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS";
    /// A NAT gateway serves its own VPC only.
    NgwRequiresSourceInVpc = "NGW_REQUIRES_SOURCE_IN_VPC";
    /// A NAT gateway takes no new connections from outside.
    NgwDestAddressPreservation = "NGW_DEST_ADDRESS_PRESERVATION";
    /// A gateway endpoint carries TCP and ICMP echo only.
    VpceGatewayProtocolRestriction = "VPCE_GATEWAY_PROTOCOL_RESTRICTION";
    /// No subnet of the attachment stands in the sender's Availability Zone.
    TgwRouteAzRestriction = "TGW_ROUTE_AZ_RESTRICTION";
    /// An attachment of a transit gateway is associated with no route table.
    TgwAttachMissingTgwRtbAssociation = "TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION";
    /// The transit gateway's table has no route.
    TgwRtbNoRoute = "TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT";
    /// The transit gateway's table has a blackhole, or a route to what carries nothing.
    TgwRtbBadStateRoute = "TGW_RTB_BAD_STATE_ROUTE";
    /// An attachment carries nothing.
    BadStateAttachment = "BAD_STATE_ATTACHMENT";
    /// A peering connection carries only what is from and to the two VPCs.
    PcxRequiresAddressInVpcCidr = "PCX_REQUIRES_ADDRESS_IN_VPC_CIDR";
    /// A regional NAT gateway is not in the sender's Availability Zone.
    RegionalNgwRouteAzRestriction = "REGIONAL_NGW_ROUTE_AZ_RESTRICTION";
    /// A group named by a rule is not seen across this path.
    SgReferencesNotPreserved = "SG_REFERENCES_NOT_PRESERVED";
    /// The load balancer has no listener for this.
    Elbv2ListenersMismatch = "ELBV2_LISTENERS_MISMATCH";
    /// The listener's groups have no target.
    Elbv2ListenerHasNoTg = "ELBV2_LISTENER_HAS_NO_TG";
    /// No target in the Availability Zone of the load balancer's interface.
    Elbv2NoTargetsInAz = "ELBV2_NO_TARGETS_IN_AZ";
    /// Block Public Access is on.
    VpcBlockPublicAccessEnabled = "VPC_BLOCK_PUBLIC_ACCESS_ENABLED";
    /// A gateway endpoint takes packets of its own VPC only.
    VpceGatewayEgressSourceAddressRestriction = "VPCE_GATEWAY_EGRESS_SOURCE_ADDRESS_RESTRICTION";
    /// Two VPCs without a connection.
    DisconnectedVpcs = "DISCONNECTED_VPCS";
    /// A part that the path needs is attached to nothing.
    UnassociatedComponent = "UNASSOCIATED_COMPONENT";
}

/// What became of a packet at a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// A filter let it pass.
    Allowed,
    /// A filter or gateway dropped it; the walk goes on as if it had passed, to find every blocker.
    Denied,
    /// It was sent on.
    Forwarded,
    /// Its addresses or ports were changed.
    Translated,
    /// It arrived.
    Delivered,
}

impl Decision {
    /// The word in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Denied => "denied",
            Self::Forwarded => "forwarded",
            Self::Translated => "translated",
            Self::Delivered => "delivered",
        }
    }
}

/// One thing that happened at a hop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What was asked: `security group egress`, `route table`, …
    pub what: &'static str,
    /// The outcome.
    pub decision: Decision,
    /// What decided it, with names and rule numbers.
    pub because: String,
}

/// What a hop is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HopKind {
    /// The network interface of an instance, NAT gateway or endpoint.
    Interface,
    /// The border of a subnet: its network ACL and route table.
    Subnet,
    /// An internet gateway.
    InternetGateway,
    /// A NAT gateway.
    NatGateway,
    /// A gateway endpoint and its service.
    GatewayEndpoint,
    /// An egress-only internet gateway.
    EgressOnlyInternetGateway,
    /// A VPC peering connection.
    VpcPeeringConnection,
    /// A transit gateway.
    TransitGateway,
    /// A virtual private gateway.
    VpnGateway,
    /// An interface endpoint that has taken the packet.
    InterfaceEndpoint,
    /// A load balancer.
    LoadBalancer,
    /// A network on premises.
    OnPremises,
    /// A VPC that is not drawn.
    PeerVpc,
    /// What AWS itself answers beside every host: resolver, clock, metadata.
    Platform,
    /// The internet.
    Internet,
}

impl HopKind {
    /// Every kind.
    pub const ALL: &[Self] = &[
        Self::Interface,
        Self::Subnet,
        Self::InternetGateway,
        Self::NatGateway,
        Self::GatewayEndpoint,
        Self::EgressOnlyInternetGateway,
        Self::VpcPeeringConnection,
        Self::TransitGateway,
        Self::VpnGateway,
        Self::InterfaceEndpoint,
        Self::LoadBalancer,
        Self::OnPremises,
        Self::PeerVpc,
        Self::Platform,
        Self::Internet,
    ];

    /// The word in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Interface => "network-interface",
            Self::Subnet => "subnet",
            Self::InternetGateway => "internet-gateway",
            Self::NatGateway => "nat-gateway",
            Self::GatewayEndpoint => "gateway-endpoint",
            Self::EgressOnlyInternetGateway => "egress-only-internet-gateway",
            Self::VpcPeeringConnection => "vpc-peering-connection",
            Self::TransitGateway => "transit-gateway",
            Self::VpnGateway => "vpn-gateway",
            Self::InterfaceEndpoint => "interface-endpoint",
            Self::LoadBalancer => "load-balancer",
            Self::OnPremises => "on-premises",
            Self::PeerVpc => "peer-vpc",
            Self::Platform => "platform",
            Self::Internet => "internet",
        }
    }
}

/// One place that the packet passes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hop {
    /// The resource; `None` is outside the drawing: the internet, or what the kind says.
    pub resource: Option<ResourceId>,
    /// What it is.
    pub kind: HopKind,
    /// What happened there, in order.
    pub steps: Vec<Step>,
}

/// One thing in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocker {
    /// Why.
    pub code: Code,
    /// Where; `None` is the internet.
    pub resource: Option<ResourceId>,
    /// On which way.
    pub direction: Direction,
    /// What exactly, in one sentence.
    pub detail: String,
}

/// The whole story of a flow.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trace {
    /// The way there.
    pub forward: Vec<Hop>,
    /// The way back; empty where the packet found no way there.
    pub reply: Vec<Hop>,
    /// Everything in the way, in the order of the walk.
    pub blockers: Vec<Blocker>,
}

impl Trace {
    /// Whether it works.
    pub fn verdict(&self) -> Verdict {
        if self.blockers.is_empty() { Verdict::Reachable } else { Verdict::Blocked }
    }
}
