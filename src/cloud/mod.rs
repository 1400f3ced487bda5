//! What the deploy engine asks of an EC2-like cloud: calls, replies and errors as plain data.
//!
//! Names and shapes are those of the EC2 API (version 2016-11-15), in snake case. Identifiers, blocks
//! and states are text, kept as the cloud wrote them, so that a value newer than this program
//! survives a round trip.

use std::pin::Pin;

mod call;
mod call_facts;
mod error;
mod live;
mod live_network;
mod parts;
mod reply;
mod spec;

pub use call::{Call, RunInstances};
pub use error::{CloudError, ErrorKind, classify, explain};
pub use live::{
    GroupIdentifier, Live, LiveAccountAttribute, LiveAddress, LiveAvailabilityZone, LiveImage, LiveInstance,
    LiveInstanceInterface, LiveInstanceTypeOffering, LiveKeyPair, LiveNatGateway, LiveNatGatewayAddress,
    LivePrefixList, LiveVpcEndpoint,
};
pub use live_network::{
    LiveCidrBlockAssociation, LiveEgressOnlyInternetGateway, LiveInterfaceAssociation,
    LiveInterfaceAttachment, LiveInternetGateway, LiveInternetGatewayAttachment,
    LiveIpv6CidrBlockAssociation, LiveNetworkAcl, LiveNetworkAclAssociation, LiveNetworkInterface, LiveRoute,
    LiveRouteTable, LiveRouteTableAssociation, LiveSecurityGroup, LiveSecurityGroupRule, LiveSubnet, LiveVpc,
};
pub use parts::{
    AclPortRange, AddressTarget, DescribeKind, Filter, IcmpTypeCode, InstanceAttribute, NetworkAclEntry,
    RouteDestination, RouteTarget, SecurityGroupRule, SubnetAttribute, Tags, VpcAttribute, VpcEndpointType,
    ZoneAddresses,
};
pub use reply::{CallerIdentity, Created, KeyMaterial, Reply};
pub use spec::{
    AttachmentOptions, Change, Joined, LiveObject, PrefixEntry, Spec, TransitRoute, block_before, block_id,
};

/// What a call comes to: its reply, or the cloud's refusal.
pub type CloudFuture<'a> = Pin<Box<dyn Future<Output = Result<Reply, CloudError>> + Send + 'a>>;

/// An EC2-like cloud: one account in one region.
///
/// An implementation sends a call once and never sends it again by itself where a second one could
/// make a second object: who calls decides about that. It does not wait for states.
pub trait CloudApi: Send + Sync {
    /// Carries out one call. Describing reads every page.
    fn call<'a>(&'a self, call: &'a Call) -> CloudFuture<'a>;
}
