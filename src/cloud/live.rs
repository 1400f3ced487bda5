//! What describing calls show: addresses, gateways, machines and endpoints.

use serde::{Deserialize, Serialize};

use super::{
    live_network::{
        LiveEgressOnlyInternetGateway, LiveInternetGateway, LiveNetworkAcl, LiveNetworkInterface,
        LiveRouteTable, LiveSecurityGroup, LiveSubnet, LiveVpc,
    },
    parts::Tags,
    spec::LiveObject,
};

/// The objects that a describing call listed, ordered by id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "every variant holds the list that its name says")]
pub enum Live {
    Vpcs(Vec<LiveVpc>),
    Subnets(Vec<LiveSubnet>),
    RouteTables(Vec<LiveRouteTable>),
    InternetGateways(Vec<LiveInternetGateway>),
    EgressOnlyInternetGateways(Vec<LiveEgressOnlyInternetGateway>),
    Addresses(Vec<LiveAddress>),
    NatGateways(Vec<LiveNatGateway>),
    NetworkAcls(Vec<LiveNetworkAcl>),
    SecurityGroups(Vec<LiveSecurityGroup>),
    KeyPairs(Vec<LiveKeyPair>),
    Instances(Vec<LiveInstance>),
    NetworkInterfaces(Vec<LiveNetworkInterface>),
    VpcEndpoints(Vec<LiveVpcEndpoint>),
    PrefixLists(Vec<LivePrefixList>),
    AvailabilityZones(Vec<LiveAvailabilityZone>),
    Objects(Vec<LiveObject>),
    Images(Vec<LiveImage>),
    InstanceTypeOfferings(Vec<LiveInstanceTypeOffering>),
    AccountAttributes(Vec<LiveAccountAttribute>),
}

/// An Elastic IP address.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LiveAddress {
    /// `eipalloc-…`.
    pub allocation_id: String,
    /// The address.
    pub public_ip: String,
    /// `vpc`.
    pub domain: String,
    /// `eipassoc-…` while it is associated.
    pub association_id: Option<String>,
    /// The instance that it is associated with.
    pub instance_id: Option<String>,
    /// The network interface that it is associated with.
    pub network_interface_id: Option<String>,
    /// The private address that it maps to.
    pub private_ip_address: Option<String>,
    /// The group of zones that announces it.
    pub network_border_group: Option<String>,
    /// Its tags.
    pub tags: Tags,
}

/// A NAT gateway.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LiveNatGateway {
    /// `nat-…`.
    pub nat_gateway_id: String,
    /// Its VPC.
    pub vpc_id: String,
    /// Its subnet.
    pub subnet_id: String,
    /// `pending`, `available`, `failed`, `deleting`, `deleted`.
    pub state: String,
    /// `public` or `private`.
    pub connectivity_type: String,
    /// `zonal`, or `regional` for one that serves the zones of its VPC; where the cloud says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub availability_mode: Option<String>,
    /// Whether AWS chooses the zones of a regional one: `enabled` or `disabled`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auto_provision_zones: Option<String>,
    /// The table that a regional one brings along.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub route_table_id: Option<String>,
    /// Why it failed, as a code: `Gateway.NotAttached`, …
    pub failure_code: Option<String>,
    /// Why it failed, in AWS's words.
    pub failure_message: Option<String>,
    /// Its addresses.
    pub nat_gateway_addresses: Vec<LiveNatGatewayAddress>,
    /// Its tags.
    pub tags: Tags,
}

impl LiveNatGateway {
    /// Whether it belongs to a VPC and to no subnet.
    pub fn is_regional(&self) -> bool {
        self.availability_mode.as_deref() == Some("regional")
    }
}

/// An address of a NAT gateway.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LiveNatGatewayAddress {
    /// The Elastic IP address of a public one.
    pub allocation_id: Option<String>,
    /// Its association.
    pub association_id: Option<String>,
    /// The gateway's network interface.
    pub network_interface_id: Option<String>,
    /// The private address.
    pub private_ip: Option<String>,
    /// The public address.
    pub public_ip: Option<String>,
    /// Whether the gateway was made with it, where the cloud says so.
    pub is_primary: Option<bool>,
    /// The zone in which a regional one uses it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub availability_zone: Option<String>,
    /// `associating`, `succeeded`, `disassociating`, …, where the cloud says so.
    pub status: Option<String>,
}

/// A key pair.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LiveKeyPair {
    /// `key-…`.
    pub key_pair_id: String,
    /// Its name, unique in the region.
    pub key_name: String,
    /// `ed25519` or `rsa`.
    pub key_type: Option<String>,
    /// The fingerprint.
    pub key_fingerprint: Option<String>,
    /// The public key in OpenSSH form.
    pub public_key: Option<String>,
    /// Its tags.
    pub tags: Tags,
}

/// A security group as instances, interfaces and endpoints name it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct GroupIdentifier {
    /// `sg-…`.
    pub group_id: String,
    /// Its name.
    pub group_name: String,
}

/// An EC2 instance.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LiveInstance {
    /// `i-…`.
    pub instance_id: String,
    /// `pending`, `running`, `shutting-down`, `terminated`, `stopping`, `stopped`.
    pub state: String,
    /// Why it is in this state, in AWS's words, where AWS says so (`Server.InternalError: …`).
    pub state_reason: Option<String>,
    /// The image.
    pub image_id: String,
    /// The type.
    pub instance_type: String,
    /// The name of its key pair.
    pub key_name: Option<String>,
    /// Its zone.
    pub availability_zone: String,
    /// Its VPC; empty once it is terminated.
    pub vpc_id: Option<String>,
    /// Its subnet; empty once it is terminated.
    pub subnet_id: Option<String>,
    /// The primary private address.
    pub private_ip_address: Option<String>,
    /// The public address.
    pub public_ip_address: Option<String>,
    /// Whether only packets from and to its own addresses pass.
    pub source_dest_check: Option<bool>,
    /// The groups of its primary interface.
    pub security_groups: Vec<GroupIdentifier>,
    /// Its interfaces.
    pub network_interfaces: Vec<LiveInstanceInterface>,
    /// The token of the call that launched it.
    pub client_token: Option<String>,
    /// Its tags.
    pub tags: Tags,
}

/// A network interface as its instance shows it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LiveInstanceInterface {
    /// `eni-…`.
    pub network_interface_id: String,
    /// 0 is the primary one.
    pub device_index: i32,
    /// Its subnet.
    pub subnet_id: String,
    /// Its primary private address.
    pub private_ip_address: String,
    /// Its public address.
    pub public_ip: Option<String>,
}

/// A VPC endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LiveVpcEndpoint {
    /// `vpce-…`.
    pub vpc_endpoint_id: String,
    /// `Gateway`, `Interface`, `GatewayLoadBalancer`, …
    pub vpc_endpoint_type: String,
    /// Its VPC.
    pub vpc_id: String,
    /// `com.amazonaws.REGION.SERVICE`.
    pub service_name: String,
    /// `pending`, `available`, `deleting`, `deleted`, `failed`, `rejected`, …: in lower case, since EC2
    /// answers either spelling.
    pub state: String,
    /// The route tables of a gateway.
    pub route_table_ids: Vec<String>,
    /// The subnets of an interface.
    pub subnet_ids: Vec<String>,
    /// The groups of an interface.
    pub groups: Vec<GroupIdentifier>,
    /// Whether the service's public name resolves to the endpoint.
    pub private_dns_enabled: bool,
    /// The network interfaces of an interface endpoint.
    pub network_interface_ids: Vec<String>,
    /// The names by which it can be reached.
    pub dns_names: Vec<String>,
    /// Why it failed, where it did.
    pub last_error: Option<String>,
    /// Its tags.
    pub tags: Tags,
}

/// A prefix list of an AWS service.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LivePrefixList {
    /// `pl-…`.
    pub prefix_list_id: String,
    /// `com.amazonaws.REGION.s3`.
    pub prefix_list_name: String,
    /// Its blocks.
    pub cidrs: Vec<String>,
}

/// An Availability Zone.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LiveAvailabilityZone {
    /// The name, which may mean another place in another account: `eu-central-1a`.
    pub zone_name: String,
    /// The id, which means the same place in every account: `euc1-az2`.
    pub zone_id: String,
    /// `available`, `impaired`, …
    pub state: String,
    /// `availability-zone`, `local-zone`, `wavelength-zone`.
    pub zone_type: String,
    /// `opt-in-not-required`, `opted-in`, `not-opted-in`.
    pub opt_in_status: String,
}

/// A machine image.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LiveImage {
    /// `ami-…`.
    pub image_id: String,
    /// `available`, `pending`, `deregistered`, …
    pub state: String,
    /// `x86_64`, `arm64`, …
    pub architecture: String,
}

/// A zone in which an instance type is offered.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LiveInstanceTypeOffering {
    /// `t3.micro`, …
    pub instance_type: String,
    /// The name of the zone.
    pub availability_zone: String,
}

/// What an account may have.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LiveAccountAttribute {
    /// `vpc-max-elastic-ips`, …
    pub attribute_name: String,
    /// Its values.
    pub attribute_values: Vec<String>,
}
