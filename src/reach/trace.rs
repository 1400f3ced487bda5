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
    /// The internet.
    Internet,
}

impl HopKind {
    /// The word in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Interface => "network-interface",
            Self::Subnet => "subnet",
            Self::InternetGateway => "internet-gateway",
            Self::NatGateway => "nat-gateway",
            Self::GatewayEndpoint => "gateway-endpoint",
            Self::Internet => "internet",
        }
    }
}

/// One place that the packet passes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hop {
    /// The resource; `None` is the internet.
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
