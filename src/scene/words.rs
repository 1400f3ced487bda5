//! What stands on the boxes: titles, second lines and what a screen reader says.

use crate::{
    model::{ConnectivityType, Index, Kind, Resource, ResourceId, ResourceKind, Topology, routing},
    t,
};

use super::{beyond, icon::Icon, measure::clean};

/// The lines and the icon of a box.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Face {
    pub icon: Icon,
    pub title: String,
    pub subtitle: String,
    pub accessible_name: String,
}

/// What a kind is called.
pub(super) fn kind_name(kind: Kind) -> String {
    match kind {
        Kind::Vpc => t!("kind-vpc"),
        Kind::Subnet => t!("kind-subnet"),
        Kind::RouteTable => t!("kind-route_table"),
        Kind::InternetGateway => t!("kind-internet_gateway"),
        Kind::NatGateway => t!("kind-nat_gateway"),
        Kind::ElasticIp => t!("kind-elastic_ip"),
        Kind::NetworkAcl => t!("kind-network_acl"),
        Kind::SecurityGroup => t!("kind-security_group"),
        Kind::Instance => t!("kind-instance"),
        Kind::KeyPair => t!("kind-key_pair"),
        Kind::GatewayEndpoint => t!("kind-gateway_endpoint"),
        Kind::InterfaceEndpoint => t!("kind-interface_endpoint"),
        Kind::NetworkInterface => t!("kind-network_interface"),
        Kind::EgressOnlyInternetGateway => t!("kind-egress_only_internet_gateway"),
        Kind::RegionalNatGateway => t!("kind-regional_nat_gateway"),
        Kind::VpcPeeringConnection => t!("kind-vpc_peering_connection"),
        Kind::TransitGateway => t!("kind-transit_gateway"),
        Kind::TransitGatewayVpcAttachment => t!("kind-transit_gateway_vpc_attachment"),
        Kind::TransitGatewayPeeringAttachment => t!("kind-transit_gateway_peering_attachment"),
        Kind::TransitGatewayRouteTable => t!("kind-transit_gateway_route_table"),
        Kind::VpnGateway => t!("kind-vpn_gateway"),
        Kind::VpnConnection => t!("kind-vpn_connection"),
        Kind::ManagedPrefixList => t!("kind-managed_prefix_list"),
        Kind::InstanceConnectEndpoint => t!("kind-instance_connect_endpoint"),
        Kind::DhcpOptions => t!("kind-dhcp_options"),
        Kind::FlowLog => t!("kind-flow_log"),
        Kind::VpcBlockPublicAccess => t!("kind-vpc_block_public_access"),
        Kind::LoadBalancer => t!("kind-load_balancer"),
        Kind::TargetGroup => t!("kind-target_group"),
        Kind::Other => t!("kind-other"),
    }
}

/// The last part of a service's name: `s3` of `com.amazonaws.us-east-1.s3`, `ecr.dkr` of the like.
pub(super) fn short_service(name: &str) -> &str {
    let mut parts = name.splitn(4, '.');
    let is_amazon =
        parts.next() == Some("com") && parts.next() == Some("amazonaws") && parts.next().is_some();
    let last = if is_amazon { parts.next() } else { None };
    last.filter(|text| !text.is_empty()).unwrap_or(name)
}

/// A service as people write it: `S3`, `DynamoDB`, else its short name.
pub(super) fn service_title(name: &str) -> String {
    match short_service(name) {
        "s3" => "Amazon S3".to_owned(),
        "dynamodb" => "DynamoDB".to_owned(),
        other => clean(other),
    }
}

/// The icon of a service.
pub(super) fn service_icon(name: &str) -> Icon {
    match short_service(name) {
        "s3" => Icon::S3,
        "dynamodb" => Icon::DynamoDb,
        _ => Icon::Service,
    }
}

/// The lines of a resource's own box.
pub(super) fn face(topology: &Topology, index: &Index, resource: &Resource) -> Face {
    let title = clean(resource.label());
    let (icon, detail) = detail(topology, index, &resource.id, &resource.kind);
    let kind = kind_name(resource.kind.kind());
    let accessible_name = if detail.is_empty() {
        t!("scene-accessible-plain", kind = kind, name = &title)
    } else {
        t!("scene-accessible", kind = kind, name = &title, detail = &detail)
    };
    let (title, subtitle) = match &resource.kind {
        ResourceKind::RouteTable(table) if table.main => (t!("scene-main", name = &title), detail),
        ResourceKind::NetworkAcl(acl) if acl.is_default => (t!("scene-default", name = &title), detail),
        _ => (title, detail),
    };
    Face { icon, title, subtitle, accessible_name }
}

fn detail(topology: &Topology, index: &Index, id: &ResourceId, kind: &ResourceKind) -> (Icon, String) {
    match kind {
        ResourceKind::Vpc(it) => {
            let ipv6 = it.ipv6_cidr_blocks.iter().map(ToString::to_string);
            let blocks: Vec<String> = it.cidr_blocks().map(|block| block.to_string()).chain(ipv6).collect();
            (Icon::Vpc, blocks.join(", "))
        }
        ResourceKind::Subnet(it) if routing::is_public(topology, index, id) => {
            (Icon::PublicSubnet, t!("scene-subnet-public", block = it.cidr_block))
        }
        ResourceKind::Subnet(it) => (Icon::PrivateSubnet, t!("scene-subnet-private", block = it.cidr_block)),
        ResourceKind::Instance(it) => {
            let words = match it.private_ip {
                Some(address) => format!("{}, {address}", it.instance_type),
                None => it.instance_type.clone(),
            };
            (Icon::Instance, clean(&words))
        }
        ResourceKind::NatGateway(it) => {
            let words = match it.connectivity_type {
                ConnectivityType::Public => t!("scene-nat-public"),
                ConnectivityType::Private => t!("scene-nat-private"),
            };
            (Icon::NatGateway, words)
        }
        ResourceKind::InternetGateway(it) if it.vpc_id.is_none() => {
            (Icon::InternetGateway, t!("scene-not-attached"))
        }
        ResourceKind::InternetGateway(_) => (Icon::InternetGateway, t!("kind-internet_gateway")),
        ResourceKind::GatewayEndpoint(it) => {
            (Icon::Endpoint, t!("scene-endpoint-of", service = service_title(&it.service_name)))
        }
        ResourceKind::InterfaceEndpoint(it) => {
            (Icon::Endpoint, t!("scene-endpoint-of", service = service_title(&it.service_name)))
        }
        ResourceKind::KeyPair(it) => (Icon::KeyPair, clean(&it.key_name)),
        ResourceKind::Other(it) => (Icon::Other, clean(&it.kind_name)),
        ResourceKind::RouteTable(_) => (Icon::RouteTable, String::new()),
        ResourceKind::NetworkAcl(_) => (Icon::NetworkAcl, String::new()),
        ResourceKind::SecurityGroup(_) => (Icon::SecurityGroup, String::new()),
        ResourceKind::ElasticIp(_) => (Icon::ElasticIp, String::new()),
        other => (Icon::of(other.kind()), beyond::detail(index, other)),
    }
}
