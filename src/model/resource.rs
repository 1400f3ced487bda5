//! A resource and the closed list of its kinds.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    id::{Field, ResourceId},
    kinds::{
        DhcpOptions, EgressOnlyInternetGateway, ElasticIp, FlowLog, GatewayEndpoint, Instance,
        InstanceConnectEndpoint, InterfaceEndpoint, InternetGateway, KeyPair, LoadBalancer,
        ManagedPrefixList, NatGateway, NetworkAcl, NetworkInterface, Other, RegionalNatGateway, RouteTable,
        SecurityGroup, Subnet, TargetGroup, TransitGateway, TransitGatewayPeeringAttachment,
        TransitGatewayRouteTable, TransitGatewayVpcAttachment, Vpc, VpcBlockPublicAccess,
        VpcPeeringConnection, VpnConnection, VpnGateway,
    },
    mention::{Mention, Reference},
};

/// Tags, without `Name`, which is the resource's name.
pub type Tags = BTreeMap<String, String>;

/// One thing on the drawing.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource {
    /// The key in the document.
    pub id: ResourceId,
    /// What people call it; the tag `Name` in AWS. May be in any script, may be empty.
    pub name: String,
    /// Further tags.
    pub tags: Tags,
    /// What it is, with the fields of its kind.
    pub kind: ResourceKind,
}

impl Resource {
    /// A resource without tags.
    pub fn new(id: ResourceId, name: impl Into<String>, kind: impl Into<ResourceKind>) -> Self {
        Self { id, name: name.into(), tags: Tags::new(), kind: kind.into() }
    }

    /// The name, or the id where there is none.
    pub fn label(&self) -> &str {
        if self.name.is_empty() { self.id.as_str() } else { &self.name }
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $text:literal, $prefix:literal;)+) => {
        /// A resource's own fields. One variant and one file of `kinds` each.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(tag = "kind", rename_all = "snake_case")]
        pub enum ResourceKind {
            $($(#[$doc])* #[serde(rename = $text)] $variant($variant),)+
            /// A kind that this program does not know, kept as it was read.
            #[serde(skip)]
            Other(Other),
        }

        /// The name of a kind without its fields.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Kind {
            $($(#[$doc])* $variant,)+
            /// Unknown to this program.
            Other,
        }

        impl Kind {
            /// Every kind that can be drawn, in the order of the palette.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word for it in a file: `nat_gateway`.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ Self::Other => "other" }
            }

            /// The first part of ids made for it: `nat-`, as in AWS's own ids where these have one.
            pub fn id_prefix(self) -> &'static str {
                match self { $(Self::$variant => $prefix,)+ Self::Other => "other-" }
            }

            /// The kind of this name.
            pub fn from_name(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)+ _ => None }
            }
        }

        impl ResourceKind {
            /// Which kind it is.
            pub fn kind(&self) -> Kind {
                match self { $(Self::$variant(_) => Kind::$variant,)+ Self::Other(_) => Kind::Other }
            }

            /// Calls `visit` on every reference to another resource with the place that holds it.
            pub fn each_reference<'a>(&'a self, visit: &mut dyn FnMut(Mention, &'a ResourceId)) {
                match self { $(Self::$variant(it) => it.each_reference(visit),)+ Self::Other(_) => {} }
            }

            /// Every reference to another resource, with the field that holds it.
            pub fn references(&self) -> Vec<Reference> {
                let mut out = Vec::new();
                self.each_reference(&mut |mention, to| {
                    out.push(Reference { field: mention.field(), to: to.clone() });
                });
                out
            }

            /// Calls `change` on every reference; where it answers `None`, the reference is removed:
            /// an optional field becomes empty, an entry of a list goes. Returns the fields that
            /// must have a value and would lose it; these stay as they are.
            pub fn map_references(
                &mut self,
                change: &mut dyn FnMut(&ResourceId) -> Option<ResourceId>,
            ) -> Vec<Field> {
                let mut orphaned = Vec::new();
                match self { $(Self::$variant(it) => it.map_references(change, &mut orphaned),)+ Self::Other(_) => {} }
                orphaned
            }
        }

        $(impl From<$variant> for ResourceKind {
            fn from(it: $variant) -> Self { Self::$variant(it) }
        })+
    };
}

kinds! {
    /// A virtual private cloud.
    Vpc = "vpc", "vpc-";
    /// A subnet, in exactly one Availability Zone.
    Subnet = "subnet", "subnet-";
    /// A route table.
    RouteTable = "route_table", "rtb-";
    /// An internet gateway.
    InternetGateway = "internet_gateway", "igw-";
    /// A NAT gateway.
    NatGateway = "nat_gateway", "nat-";
    /// An Elastic IP address.
    ElasticIp = "elastic_ip", "eip-";
    /// A network ACL.
    NetworkAcl = "network_acl", "acl-";
    /// A security group.
    SecurityGroup = "security_group", "sg-";
    /// An EC2 instance.
    Instance = "instance", "i-";
    /// A key pair.
    KeyPair = "key_pair", "key-";
    /// A gateway endpoint, for S3 or DynamoDB.
    GatewayEndpoint = "gateway_endpoint", "vpce-";
    /// An interface endpoint.
    InterfaceEndpoint = "interface_endpoint", "vpce-";
    /// A network interface of its own.
    NetworkInterface = "network_interface", "eni-";
    /// An egress-only internet gateway, for IPv6.
    EgressOnlyInternetGateway = "egress_only_internet_gateway", "eigw-";
    /// A regional NAT gateway.
    RegionalNatGateway = "regional_nat_gateway", "nat-";
    /// A peering connection of two VPCs.
    VpcPeeringConnection = "vpc_peering_connection", "pcx-";
    /// A transit gateway.
    TransitGateway = "transit_gateway", "tgw-";
    /// The attachment of a VPC to a transit gateway.
    TransitGatewayVpcAttachment = "transit_gateway_vpc_attachment", "tgw-attach-";
    /// The peering of two transit gateways.
    TransitGatewayPeeringAttachment = "transit_gateway_peering_attachment", "tgw-attach-";
    /// A route table of a transit gateway.
    TransitGatewayRouteTable = "transit_gateway_route_table", "tgw-rtb-";
    /// A virtual private gateway.
    VpnGateway = "vpn_gateway", "vgw-";
    /// A site-to-site VPN connection.
    VpnConnection = "vpn_connection", "vpn-";
    /// A prefix list.
    ManagedPrefixList = "managed_prefix_list", "pl-";
    /// An EC2 Instance Connect Endpoint.
    InstanceConnectEndpoint = "instance_connect_endpoint", "eice-";
    /// A set of DHCP options.
    DhcpOptions = "dhcp_options", "dopt-";
    /// A flow log.
    FlowLog = "flow_log", "fl-";
    /// The setting VPC Block Public Access.
    VpcBlockPublicAccess = "vpc_block_public_access", "bpa-";
    /// A load balancer.
    LoadBalancer = "load_balancer", "lb-";
    /// A target group of load balancers.
    TargetGroup = "target_group", "tg-";
}

macro_rules! accessors {
    ($($name:ident, $name_mut:ident: $variant:ident;)+) => {
        impl ResourceKind {
            $(
                #[doc = concat!("The fields, if this is a `", stringify!($variant), "`.")]
                pub fn $name(&self) -> Option<&$variant> {
                    if let Self::$variant(it) = self { Some(it) } else { None }
                }
                #[doc = concat!("The fields to change, if this is a `", stringify!($variant), "`.")]
                pub fn $name_mut(&mut self) -> Option<&mut $variant> {
                    if let Self::$variant(it) = self { Some(it) } else { None }
                }
            )+
        }
    };
}

accessors! {
    as_vpc, as_vpc_mut: Vpc;
    as_subnet, as_subnet_mut: Subnet;
    as_route_table, as_route_table_mut: RouteTable;
    as_internet_gateway, as_internet_gateway_mut: InternetGateway;
    as_nat_gateway, as_nat_gateway_mut: NatGateway;
    as_elastic_ip, as_elastic_ip_mut: ElasticIp;
    as_network_acl, as_network_acl_mut: NetworkAcl;
    as_security_group, as_security_group_mut: SecurityGroup;
    as_instance, as_instance_mut: Instance;
    as_key_pair, as_key_pair_mut: KeyPair;
    as_gateway_endpoint, as_gateway_endpoint_mut: GatewayEndpoint;
    as_interface_endpoint, as_interface_endpoint_mut: InterfaceEndpoint;
    as_network_interface, as_network_interface_mut: NetworkInterface;
    as_egress_only_internet_gateway, as_egress_only_internet_gateway_mut: EgressOnlyInternetGateway;
    as_regional_nat_gateway, as_regional_nat_gateway_mut: RegionalNatGateway;
    as_vpc_peering_connection, as_vpc_peering_connection_mut: VpcPeeringConnection;
    as_transit_gateway, as_transit_gateway_mut: TransitGateway;
    as_transit_gateway_vpc_attachment, as_transit_gateway_vpc_attachment_mut: TransitGatewayVpcAttachment;
    as_transit_gateway_peering_attachment, as_transit_gateway_peering_attachment_mut: TransitGatewayPeeringAttachment;
    as_transit_gateway_route_table, as_transit_gateway_route_table_mut: TransitGatewayRouteTable;
    as_vpn_gateway, as_vpn_gateway_mut: VpnGateway;
    as_vpn_connection, as_vpn_connection_mut: VpnConnection;
    as_managed_prefix_list, as_managed_prefix_list_mut: ManagedPrefixList;
    as_instance_connect_endpoint, as_instance_connect_endpoint_mut: InstanceConnectEndpoint;
    as_dhcp_options, as_dhcp_options_mut: DhcpOptions;
    as_flow_log, as_flow_log_mut: FlowLog;
    as_vpc_block_public_access, as_vpc_block_public_access_mut: VpcBlockPublicAccess;
    as_load_balancer, as_load_balancer_mut: LoadBalancer;
    as_target_group, as_target_group_mut: TargetGroup;
}
