//! The document: what is drawn, where it stands, and indexes derived from it.
//!
//! Plain values. Nothing here has an opinion (that is `rules`), a colour (`scene`) or a file (`interop`).

pub mod diagram;
pub mod document;
pub mod id;
pub mod index;
mod invariants;
pub mod kinds;
pub mod mention;
pub mod resource;
pub mod review;
pub mod routing;
pub mod targets;
pub mod topology;

pub use diagram::{Diagram, Placement};
pub use document::{Check, CheckExpectation, Document, Op, Transaction};
pub use id::{Field, ResourceId};
pub use index::Index;
pub use kinds::{
    AclRule, AddressFamily, AvailabilityZoneAddress, BlockExclusion, BlockMode, ConnectivityType,
    DhcpOptions, EgressOnlyInternetGateway, ElasticIp, ExclusionMode, FlowLog, GatewayEndpoint, Instance,
    InstanceConnectEndpoint, InterfaceEndpoint, InternetGateway, KeyPair, KeyType, Listener, LoadBalancer,
    LoadBalancerType, LogDestinationType, ManagedPrefixList, NatGateway, NetworkAcl, NetworkInterface, Other,
    PrefixListEntry, RegionalNatGateway, Route, RouteDestination, RouteTable, RouteTarget, RuleAction,
    SecurityGroup, SecurityGroupRule, SecurityGroupRulePeer, Subnet, SubnetConfiguration, SubnetMapping,
    Target, TargetGroup, Tenancy, TrafficType, TransitGateway, TransitGatewayPeeringAttachment,
    TransitGatewayRoute, TransitGatewayRouteTable, TransitGatewayVpcAttachment, Vpc, VpcBlockPublicAccess,
    VpcPeeringConnection, VpnConnection, VpnGateway,
};
pub use mention::{Mention, Reference};
pub use resource::{Kind, Resource, ResourceKind, Tags};
pub use review::{RuleLevel, Suppressed, Suppression};
pub use topology::{Container, Home, Topology};
