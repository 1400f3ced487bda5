//! A question about two parties, and how their names are read.

use std::net::IpAddr;

use crate::{
    model::{ResourceId, ResourceKind, Topology},
    net::Protocol,
    t,
};

/// One side of a flow.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Party {
    /// A host, interface, endpoint or load balancer of the drawing. A gateway endpoint stands for the service behind it.
    Resource(ResourceId),
    /// An address, inside or outside.
    Address(IpAddr),
    /// Any address of the internet that suits: rules for one operator's address count.
    Internet,
}

/// A question: can `from` open this to `to`, and does the answer come back?
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// The client.
    pub from: Party,
    /// The server.
    pub to: Party,
    /// The protocol.
    pub protocol: Protocol,
    /// The destination port, for TCP and UDP.
    pub port: u16,
    /// The client's port, for TCP and UDP.
    pub source_port: u16,
    /// Type and code, for ICMP.
    pub icmp: (u8, u8),
}

/// A client port that Linux, Windows, load balancers and NAT gateways all use.
const CLIENT_PORT: u16 = 49152;
/// An ICMP echo request.
const ECHO_REQUEST: (u8, u8) = (8, 0);

impl Flow {
    /// A flow with the usual client port; for ICMP an echo request.
    pub fn new(from: Party, to: Party, protocol: Protocol, port: u16) -> Self {
        Self { from, to, protocol, port, source_port: CLIENT_PORT, icmp: ECHO_REQUEST }
    }
}

/// Why a text names no party.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct FlowError(pub String);

impl Party {
    /// Whether packets start or end at resources of this kind.
    pub fn is_possible(kind: &ResourceKind) -> bool {
        matches!(
            kind,
            ResourceKind::Instance(_)
                | ResourceKind::InterfaceEndpoint(_)
                | ResourceKind::GatewayEndpoint(_)
                | ResourceKind::NatGateway(_)
                | ResourceKind::NetworkInterface(_)
                | ResourceKind::LoadBalancer(_)
                | ResourceKind::InstanceConnectEndpoint(_)
        )
    }

    /// Reads a resource id, a unique name, the AWS id of an instance's primary interface, an address,
    /// or `internet`.
    pub fn parse(topology: &Topology, text: &str) -> Result<Self, FlowError> {
        if text.eq_ignore_ascii_case("internet") {
            return Ok(Self::Internet);
        }
        if let Ok(address) = text.parse::<IpAddr>() {
            return Ok(Self::Address(address));
        }
        let by_id = topology.resources.get_key_value(text).map(|(id, _)| id.clone());
        let id = match by_id.or_else(|| host_of_interface(topology, text)) {
            Some(id) => id,
            None => Self::named(topology, text)?,
        };
        if topology.kind(&id).is_some_and(Self::is_possible) {
            Ok(Self::Resource(id))
        } else {
            Err(FlowError(t!("reach-no-interface", name = text)))
        }
    }

    /// The one resource of this name that can be a party: a host and its group often share a name.
    fn named(topology: &Topology, text: &str) -> Result<ResourceId, FlowError> {
        let mut named = topology
            .iter()
            .filter(|it| it.name == text && Self::is_possible(&it.kind))
            .map(|it| it.id.clone());
        match (named.next(), named.next()) {
            (Some(id), None) => Ok(id),
            (Some(first), Some(second)) => {
                Err(FlowError(t!("reach-name-twice", name = text, first = first, second = second)))
            }
            (None, _) if topology.iter().any(|it| it.name == text) => {
                Err(FlowError(t!("reach-no-interface", name = text)))
            }
            (None, _) => Err(FlowError(t!("reach-unknown", name = text))),
        }
    }
}

/// The instance whose primary interface has this AWS id.
fn host_of_interface(topology: &Topology, text: &str) -> Option<ResourceId> {
    if !text.starts_with("eni-") {
        return None;
    }
    let has_it = |kind: &ResourceKind| match kind {
        ResourceKind::Instance(it) => it.primary_network_interface_id.as_deref() == Some(text),
        _ => false,
    };
    topology.iter().find(|it| has_it(&it.kind)).map(|it| it.id.clone())
}
