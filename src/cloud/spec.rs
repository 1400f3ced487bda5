//! Objects that join networks, lead out of them or watch over them: what is asked for and what
//! stands, in one form.

use serde::{Deserialize, Serialize};

use super::parts::{DescribeKind, Tags};

/// What an object is, apart from its id, its state and its tags. The same form says what shall be made
/// and what describing calls show; a creating call leaves out what is joined to the object later
/// (`attachments`, `associations`, `propagations`, `routes`, and the options of a peering).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are those of the EC2 object that the variant names")]
pub enum Spec {
    /// `pcx-…`.
    VpcPeeringConnection {
        vpc_id: String,
        peer_vpc_id: String,
        peer_owner_id: Option<String>,
        peer_region: Option<String>,
        requester_dns: bool,
        accepter_dns: bool,
    },
    /// `pl-…`.
    ManagedPrefixList {
        prefix_list_name: String,
        address_family: String,
        max_entries: i32,
        entries: Vec<PrefixEntry>,
        version: i64,
    },
    /// `vgw-…`.
    VpnGateway { amazon_side_asn: Option<i64>, attachments: Vec<Joined> },
    /// `cgw-…`: the router at the other end of a VPN connection. Of one address, number and device name
    /// there is one at most: EC2 answers with the one that is there.
    CustomerGateway { ip_address: String, bgp_asn: i64, device_name: String },
    /// `vpn-…`. Its configuration holds keys and is never taken over.
    VpnConnection {
        customer_gateway_id: String,
        vpn_gateway_id: Option<String>,
        transit_gateway_id: Option<String>,
        static_routes_only: bool,
        /// The static routes, in order.
        routes: Vec<String>,
        /// `tgw-attach-…`, where it ends at a transit gateway; no call carries it.
        transit_gateway_attachment_id: Option<String>,
    },
    /// The setting of the account in the region. It has no id of its own: [`block_id`] says what was set
    /// before this program came, so that it can be put back.
    VpcBlockPublicAccess {
        internet_gateway_block_mode: String,
        /// `account`, or `declarative-policy` where an organisation decides.
        managed_by: String,
        exclusions_allowed: bool,
    },
    /// `vpcbpa-exclude-…`.
    VpcBlockPublicAccessExclusion { resource_id: String, internet_gateway_exclusion_mode: String },
    /// `tgw-…`.
    TransitGateway {
        description: String,
        amazon_side_asn: Option<i64>,
        default_route_table_association: bool,
        default_route_table_propagation: bool,
        dns_support: bool,
        security_group_referencing_support: bool,
    },
    /// `tgw-attach-…` of a VPC.
    TransitGatewayVpcAttachment {
        transit_gateway_id: String,
        vpc_id: String,
        subnet_ids: Vec<String>,
        options: AttachmentOptions,
    },
    /// `tgw-attach-…` of another transit gateway.
    TransitGatewayPeeringAttachment {
        transit_gateway_id: String,
        peer_transit_gateway_id: String,
        peer_account_id: Option<String>,
        peer_region: Option<String>,
    },
    /// `tgw-rtb-…`.
    TransitGatewayRouteTable {
        transit_gateway_id: String,
        default_association_route_table: bool,
        default_propagation_route_table: bool,
        associations: Vec<Joined>,
        propagations: Vec<Joined>,
        routes: Vec<TransitRoute>,
    },
    /// `dopt-…`.
    DhcpOptions { domain_name: Option<String>, domain_name_servers: Vec<String>, ntp_servers: Vec<String> },
    /// `fl-…`.
    FlowLog {
        resource_id: String,
        traffic_type: String,
        log_destination_type: String,
        log_destination: String,
        iam_role_arn: Option<String>,
    },
    /// `eni-…`; describing shows it in a form of its own.
    NetworkInterface {
        subnet_id: String,
        description: String,
        private_ip_address: Option<String>,
        secondary_private_ips: Vec<String>,
        ipv6_addresses: Vec<String>,
        security_group_ids: Vec<String>,
    },
    /// `eice-…`.
    InstanceConnectEndpoint { subnet_id: String, security_group_ids: Vec<String>, preserve_client_ip: bool },
}

/// How an id of the setting Block Public Access begins.
const BLOCK: &str = "vpcbpa-before-";

/// The id of the setting Block Public Access, of the mode that was set before.
pub fn block_id(mode: &str) -> String {
    format!("{BLOCK}{mode}")
}

/// The mode that was set before, of the id of the setting Block Public Access.
pub fn block_before(id: &str) -> Option<&str> {
    id.strip_prefix(BLOCK)
}

/// A block of a prefix list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PrefixEntry {
    /// The block.
    pub cidr: String,
    /// What it is.
    pub description: String,
}

/// Something that is joined to an object, and how far that is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Joined {
    /// Its id.
    pub id: String,
    /// `attaching`, `attached`, `associated`, `enabled`, `disassociating`, …
    pub state: String,
}

impl Joined {
    /// Something joined, in a state.
    pub fn new(id: impl Into<String>, state: &str) -> Self {
        Self { id: id.into(), state: state.to_owned() }
    }

    /// Whether it is there or on its way.
    pub fn stands(&self) -> bool {
        matches!(
            self.state.as_str(),
            "attached" | "attaching" | "associated" | "associating" | "enabled" | "enabling"
        )
    }

    /// Whether it is neither coming nor going.
    pub fn rests(&self) -> bool {
        matches!(
            self.state.as_str(),
            "attached" | "associated" | "enabled" | "detached" | "disassociated" | "disabled"
        )
    }
}

/// The switches of an attachment to a transit gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are the switches that EC2 has")]
#[expect(clippy::struct_excessive_bools, reason = "these are the switches that EC2 has")]
pub struct AttachmentOptions {
    pub appliance_mode_support: bool,
    pub dns_support: bool,
    pub ipv6_support: bool,
    pub security_group_referencing_support: bool,
}

/// A static route of a transit gateway.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TransitRoute {
    /// Where packets want to go.
    pub destination_cidr_block: String,
    /// The attachment that they leave by; empty for a blackhole.
    pub attachment_id: Option<String>,
}

/// An object of one of these kinds, as describing calls show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveObject {
    /// Its id.
    pub id: String,
    /// EC2's word, in lower case; `available` for kinds without states.
    pub state: String,
    /// Why it is in this state, where EC2 says so.
    pub state_reason: Option<String>,
    /// What it is.
    pub spec: Spec,
    /// Its tags.
    pub tags: Tags,
}

impl Spec {
    /// What lists objects of this kind.
    pub fn kind(&self) -> DescribeKind {
        match self {
            Self::VpcPeeringConnection { .. } => DescribeKind::VpcPeeringConnections,
            Self::ManagedPrefixList { .. } => DescribeKind::ManagedPrefixLists,
            Self::VpnGateway { .. } => DescribeKind::VpnGateways,
            Self::CustomerGateway { .. } => DescribeKind::CustomerGateways,
            Self::VpnConnection { .. } => DescribeKind::VpnConnections,
            Self::VpcBlockPublicAccess { .. } => DescribeKind::VpcBlockPublicAccess,
            Self::VpcBlockPublicAccessExclusion { .. } => DescribeKind::VpcBlockPublicAccessExclusions,
            Self::TransitGateway { .. } => DescribeKind::TransitGateways,
            Self::TransitGatewayVpcAttachment { .. } => DescribeKind::TransitGatewayVpcAttachments,
            Self::TransitGatewayPeeringAttachment { .. } => DescribeKind::TransitGatewayPeeringAttachments,
            Self::TransitGatewayRouteTable { .. } => DescribeKind::TransitGatewayRouteTables,
            Self::DhcpOptions { .. } => DescribeKind::DhcpOptions,
            Self::FlowLog { .. } => DescribeKind::FlowLogs,
            Self::NetworkInterface { .. } => DescribeKind::NetworkInterfaces,
            Self::InstanceConnectEndpoint { .. } => DescribeKind::InstanceConnectEndpoints,
        }
    }

    /// Whether it is a part of what another object is, and drawn with it.
    pub fn is_part(&self) -> bool {
        matches!(self, Self::CustomerGateway { .. } | Self::VpcBlockPublicAccessExclusion { .. })
    }

    /// What it is joined to, or on its way to or from, so that it cannot be deleted.
    pub fn held_by(&self) -> impl Iterator<Item = &Joined> {
        let joined = match self {
            Self::VpnGateway { attachments: joined, .. }
            | Self::TransitGatewayRouteTable { associations: joined, .. } => joined.as_slice(),
            _ => &[],
        };
        joined.iter().filter(|it| it.state != "detached" && it.state != "disassociated")
    }

    /// The VPC in which it stands or to which it is joined, where that is said of the object itself.
    pub fn vpc_id(&self) -> Option<&str> {
        match self {
            Self::VpcPeeringConnection { vpc_id, .. } | Self::TransitGatewayVpcAttachment { vpc_id, .. } => {
                Some(vpc_id)
            }
            Self::VpnGateway { attachments, .. } => {
                attachments.iter().find(|it| it.state != "detached").map(|it| it.id.as_str())
            }
            _ => None,
        }
    }

    /// Whether it is an attachment or a table of a transit gateway.
    pub fn is_at_transit_gateway(&self, gateway: &str) -> bool {
        match self {
            Self::TransitGatewayVpcAttachment { transit_gateway_id, .. }
            | Self::TransitGatewayRouteTable { transit_gateway_id, .. } => transit_gateway_id == gateway,
            Self::TransitGatewayPeeringAttachment { transit_gateway_id, peer_transit_gateway_id, .. } => {
                transit_gateway_id == gateway || peer_transit_gateway_id == gateway
            }
            Self::VpnConnection { transit_gateway_id, .. } => transit_gateway_id.as_deref() == Some(gateway),
            _ => false,
        }
    }

    /// The transit gateway whose default table this is: AWS makes and removes it with the gateway.
    pub fn default_table_of(&self) -> Option<&str> {
        match self {
            Self::TransitGatewayRouteTable {
                transit_gateway_id,
                default_association_route_table,
                default_propagation_route_table,
                ..
            } => (*default_association_route_table || *default_propagation_route_table)
                .then_some(transit_gateway_id.as_str()),
            _ => None,
        }
    }

    /// The gateway of AWS's side at which a VPN connection ends.
    pub fn vpn_end(&self) -> Option<&str> {
        match self {
            Self::VpnConnection { vpn_gateway_id, transit_gateway_id, .. } => {
                vpn_gateway_id.as_deref().or(transit_gateway_id.as_deref())
            }
            _ => None,
        }
    }

    /// The fields that cannot be changed once the object is there, by their names in a file, as text.
    pub fn fixed(&self) -> Vec<(&'static str, String)> {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        match self {
            Self::VpcPeeringConnection { vpc_id, peer_vpc_id, .. } => {
                vec![("vpc_id", vpc_id.clone()), ("peer_vpc_id", peer_vpc_id.clone())]
            }
            Self::ManagedPrefixList { address_family, .. } => {
                vec![("address_family", address_family.clone())]
            }
            Self::VpnGateway { amazon_side_asn, .. } => {
                vec![("amazon_side_asn", amazon_side_asn.map(|it| it.to_string()).unwrap_or_default())]
            }
            Self::CustomerGateway { .. }
            | Self::VpcBlockPublicAccess { .. }
            | Self::VpcBlockPublicAccessExclusion { .. } => Vec::new(),
            Self::VpnConnection { vpn_gateway_id, transit_gateway_id, static_routes_only, .. } => {
                let routing = if *static_routes_only { "static" } else { "BGP" };
                vec![
                    ("vpn_gateway_id", text(vpn_gateway_id)),
                    ("transit_gateway_id", text(transit_gateway_id)),
                    ("bgp_asn", routing.to_owned()),
                ]
            }
            Self::TransitGateway { amazon_side_asn, .. } => {
                vec![("amazon_side_asn", amazon_side_asn.map(|it| it.to_string()).unwrap_or_default())]
            }
            Self::TransitGatewayVpcAttachment { transit_gateway_id, vpc_id, .. } => {
                vec![("transit_gateway_id", transit_gateway_id.clone()), ("vpc_id", vpc_id.clone())]
            }
            Self::TransitGatewayPeeringAttachment { transit_gateway_id, peer_transit_gateway_id, .. } => {
                vec![
                    ("transit_gateway_id", transit_gateway_id.clone()),
                    ("peer_transit_gateway_id", peer_transit_gateway_id.clone()),
                ]
            }
            Self::TransitGatewayRouteTable { transit_gateway_id, .. } => {
                vec![("transit_gateway_id", transit_gateway_id.clone())]
            }
            Self::DhcpOptions { domain_name, domain_name_servers, ntp_servers } => vec![
                ("domain_name", text(domain_name)),
                ("domain_name_servers", domain_name_servers.join(", ")),
                ("ntp_servers", ntp_servers.join(", ")),
            ],
            Self::FlowLog {
                resource_id,
                traffic_type,
                log_destination_type,
                log_destination,
                iam_role_arn,
            } => {
                vec![
                    ("resource_id", resource_id.clone()),
                    ("traffic_type", traffic_type.clone()),
                    ("log_destination_type", log_destination_type.clone()),
                    ("log_destination", log_destination.clone()),
                    ("iam_role_arn", text(iam_role_arn)),
                ]
            }
            Self::NetworkInterface { subnet_id, .. } => vec![("subnet_id", subnet_id.clone())],
            Self::InstanceConnectEndpoint { subnet_id, security_group_ids, preserve_client_ip } => vec![
                ("subnet_id", subnet_id.clone()),
                ("security_group_ids", security_group_ids.join(", ")),
                ("preserve_client_ip", preserve_client_ip.to_string()),
            ],
        }
    }

    /// The same object right after its creation: what is joined to it later is not there yet.
    #[must_use]
    pub fn newborn(mut self) -> Self {
        match &mut self {
            Self::VpcPeeringConnection { requester_dns, accepter_dns, .. } => {
                (*requester_dns, *accepter_dns) = (false, false);
            }
            Self::VpnGateway { attachments, .. } => attachments.clear(),
            Self::VpnConnection { routes, .. } => routes.clear(),
            Self::TransitGatewayRouteTable { associations, propagations, routes, .. } => {
                associations.clear();
                propagations.clear();
                routes.clear();
            }
            _ => {}
        }
        self
    }
}

/// A change of an object, named as the EC2 action that makes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change")]
#[expect(missing_docs, reason = "the fields are the parameters of the EC2 action that the variant names")]
pub enum Change {
    AcceptVpcPeeringConnection,
    ModifyVpcPeeringConnectionOptions {
        requester_dns: bool,
        accepter_dns: bool,
    },
    ModifyManagedPrefixList {
        current_version: i64,
        prefix_list_name: String,
        /// EC2 takes it in a call without entries only.
        max_entries: Option<i32>,
        add: Vec<PrefixEntry>,
        remove: Vec<String>,
    },
    AttachVpnGateway {
        vpc_id: String,
    },
    DetachVpnGateway {
        vpc_id: String,
    },
    /// The object is the route table.
    EnableVgwRoutePropagation {
        gateway_id: String,
    },
    DisableVgwRoutePropagation {
        gateway_id: String,
    },
    /// The object is the route table: an edge association.
    AssociateRouteTable {
        gateway_id: String,
    },
    /// The object is the VPC; `default` takes the set off.
    AssociateDhcpOptions {
        dhcp_options_id: String,
    },
    /// Moves a VPN connection to another router; its tunnels keep their addresses and keys.
    ModifyVpnConnection {
        customer_gateway_id: String,
    },
    CreateVpnConnectionRoute {
        destination_cidr_block: String,
    },
    DeleteVpnConnectionRoute {
        destination_cidr_block: String,
    },
    ModifyVpcBlockPublicAccessOptions {
        internet_gateway_block_mode: String,
    },
    ModifyVpcBlockPublicAccessExclusion {
        internet_gateway_exclusion_mode: String,
    },
    ModifyTransitGateway {
        description: String,
        default_route_table_association: bool,
        default_route_table_propagation: bool,
        dns_support: bool,
        security_group_referencing_support: bool,
    },
    ModifyTransitGatewayVpcAttachment {
        add: Vec<String>,
        remove: Vec<String>,
        options: AttachmentOptions,
    },
    AcceptTransitGatewayPeeringAttachment,
    AssociateTransitGatewayRouteTable {
        attachment_id: String,
    },
    DisassociateTransitGatewayRouteTable {
        attachment_id: String,
    },
    EnableTransitGatewayRouteTablePropagation {
        attachment_id: String,
    },
    DisableTransitGatewayRouteTablePropagation {
        attachment_id: String,
    },
    CreateTransitGatewayRoute {
        route: TransitRoute,
    },
    ReplaceTransitGatewayRoute {
        route: TransitRoute,
    },
    DeleteTransitGatewayRoute {
        destination_cidr_block: String,
    },
    SetInterfaceDescription {
        description: String,
    },
    SetInterfaceGroups {
        security_group_ids: Vec<String>,
    },
    SetInterfaceSourceDestCheck {
        source_dest_check: bool,
    },
    AttachNetworkInterface {
        instance_id: String,
        device_index: i32,
    },
    DetachNetworkInterface {
        attachment_id: String,
    },
    AssignPrivateIpAddresses {
        private_ip_addresses: Vec<String>,
    },
    UnassignPrivateIpAddresses {
        private_ip_addresses: Vec<String>,
    },
    AssignIpv6Addresses {
        ipv6_addresses: Vec<String>,
    },
    UnassignIpv6Addresses {
        ipv6_addresses: Vec<String>,
    },
    /// The object is the NAT gateway.
    AssociateNatGatewayAddress {
        allocation_ids: Vec<String>,
        /// The zone, of a regional one.
        #[serde(default)]
        availability_zone: Option<String>,
    },
    DisassociateNatGatewayAddress {
        association_ids: Vec<String>,
    },
}

impl Change {
    /// The name of the EC2 action.
    pub fn action(&self) -> &'static str {
        match self {
            Self::AcceptVpcPeeringConnection => "AcceptVpcPeeringConnection",
            Self::ModifyVpcPeeringConnectionOptions { .. } => "ModifyVpcPeeringConnectionOptions",
            Self::ModifyManagedPrefixList { .. } => "ModifyManagedPrefixList",
            Self::AttachVpnGateway { .. } => "AttachVpnGateway",
            Self::DetachVpnGateway { .. } => "DetachVpnGateway",
            Self::EnableVgwRoutePropagation { .. } => "EnableVgwRoutePropagation",
            Self::DisableVgwRoutePropagation { .. } => "DisableVgwRoutePropagation",
            Self::AssociateRouteTable { .. } => "AssociateRouteTable",
            Self::AssociateDhcpOptions { .. } => "AssociateDhcpOptions",
            Self::ModifyVpnConnection { .. } => "ModifyVpnConnection",
            Self::CreateVpnConnectionRoute { .. } => "CreateVpnConnectionRoute",
            Self::DeleteVpnConnectionRoute { .. } => "DeleteVpnConnectionRoute",
            Self::ModifyVpcBlockPublicAccessOptions { .. } => "ModifyVpcBlockPublicAccessOptions",
            Self::ModifyVpcBlockPublicAccessExclusion { .. } => "ModifyVpcBlockPublicAccessExclusion",
            Self::ModifyTransitGateway { .. } => "ModifyTransitGateway",
            Self::ModifyTransitGatewayVpcAttachment { .. } => "ModifyTransitGatewayVpcAttachment",
            Self::AcceptTransitGatewayPeeringAttachment => "AcceptTransitGatewayPeeringAttachment",
            Self::AssociateTransitGatewayRouteTable { .. } => "AssociateTransitGatewayRouteTable",
            Self::DisassociateTransitGatewayRouteTable { .. } => "DisassociateTransitGatewayRouteTable",
            Self::EnableTransitGatewayRouteTablePropagation { .. } => {
                "EnableTransitGatewayRouteTablePropagation"
            }
            Self::DisableTransitGatewayRouteTablePropagation { .. } => {
                "DisableTransitGatewayRouteTablePropagation"
            }
            Self::CreateTransitGatewayRoute { .. } => "CreateTransitGatewayRoute",
            Self::ReplaceTransitGatewayRoute { .. } => "ReplaceTransitGatewayRoute",
            Self::DeleteTransitGatewayRoute { .. } => "DeleteTransitGatewayRoute",
            Self::SetInterfaceDescription { .. }
            | Self::SetInterfaceGroups { .. }
            | Self::SetInterfaceSourceDestCheck { .. } => "ModifyNetworkInterfaceAttribute",
            Self::AttachNetworkInterface { .. } => "AttachNetworkInterface",
            Self::DetachNetworkInterface { .. } => "DetachNetworkInterface",
            Self::AssignPrivateIpAddresses { .. } => "AssignPrivateIpAddresses",
            Self::UnassignPrivateIpAddresses { .. } => "UnassignPrivateIpAddresses",
            Self::AssignIpv6Addresses { .. } => "AssignIpv6Addresses",
            Self::UnassignIpv6Addresses { .. } => "UnassignIpv6Addresses",
            Self::AssociateNatGatewayAddress { .. } => "AssociateNatGatewayAddress",
            Self::DisassociateNatGatewayAddress { .. } => "DisassociateNatGatewayAddress",
        }
    }
}
