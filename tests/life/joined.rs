//! Networks of the storm that are joined and watched: peering, transit gateways with their attachments
//! and tables, IPv6, prefix lists, DHCP options, network interfaces of their own, flow logs, Instance
//! Connect Endpoints. A life begins with such a drawing and edits it field by field.

use vpcscape::{
    deploy::Desired,
    interop::native,
    model::{
        DhcpOptions, Document, ElasticIp, FlowLog, InstanceConnectEndpoint, Kind, ManagedPrefixList,
        NetworkInterface, PrefixListEntry, ResourceId, ResourceKind, TrafficType, TransitGatewayRoute,
        TransitGatewayRouteTable, TransitGatewayVpcAttachment, VpcPeeringConnection,
    },
};

use super::storm::Dice;

const DRAWINGS: &[&str] = &["joined", "transit", "interfaces", "ipv6", "watched"];

/// The actions that can be told to fail, beside those of a plain network.
pub const ACTIONS: &[&str] = &[
    "CreateVpcPeeringConnection",
    "AcceptVpcPeeringConnection",
    "ModifyVpcPeeringConnectionOptions",
    "DeleteVpcPeeringConnection",
    "CreateTransitGateway",
    "CreateTransitGatewayVpcAttachment",
    "ModifyTransitGatewayVpcAttachment",
    "DeleteTransitGatewayVpcAttachment",
    "CreateTransitGatewayPeeringAttachment",
    "AcceptTransitGatewayPeeringAttachment",
    "CreateTransitGatewayRouteTable",
    "AssociateTransitGatewayRouteTable",
    "DisassociateTransitGatewayRouteTable",
    "EnableTransitGatewayRouteTablePropagation",
    "CreateTransitGatewayRoute",
    "DeleteTransitGatewayRoute",
    "CreateManagedPrefixList",
    "ModifyManagedPrefixList",
    "CreateDhcpOptions",
    "AssociateDhcpOptions",
    "CreateNetworkInterface",
    "AttachNetworkInterface",
    "DetachNetworkInterface",
    "DeleteNetworkInterface",
    "AssociateAddress",
    "DisassociateAddress",
    "CreateFlowLogs",
    "DeleteFlowLogs",
    "CreateInstanceConnectEndpoint",
    "DeleteInstanceConnectEndpoint",
    "CreateEgressOnlyInternetGateway",
    "DeleteEgressOnlyInternetGateway",
];

/// One of the drawings, in the storm's region.
pub fn network(dice: &mut Dice) -> Document {
    let name = *dice.pick(DRAWINGS);
    let bytes = std::fs::read(format!("tests/support/{name}.vpcscape.json")).unwrap();
    let mut document = native::read(&bytes).unwrap();
    document.topology = Desired::new(&document, "us-east-1").topology;
    document
}

/// What an edit may name.
#[derive(Default)]
pub struct Around {
    subnets: Vec<ResourceId>,
    groups: Vec<ResourceId>,
    instances: Vec<ResourceId>,
    interfaces: Vec<ResourceId>,
    attachments: Vec<ResourceId>,
    dhcp_options: Vec<ResourceId>,
}

impl Around {
    pub fn of(document: &Document) -> Self {
        let ids = |kinds: &[Kind]| {
            let of_kind = |kind: &Kind| document.topology.of_kind(*kind).map(|it| it.id.clone());
            kinds.iter().flat_map(of_kind).collect::<Vec<ResourceId>>()
        };
        Self {
            subnets: ids(&[Kind::Subnet]),
            groups: ids(&[Kind::SecurityGroup]),
            instances: ids(&[Kind::Instance]),
            interfaces: ids(&[Kind::NetworkInterface]),
            attachments: ids(&[
                Kind::TransitGatewayVpcAttachment,
                Kind::TransitGatewayPeeringAttachment,
                Kind::VpnConnection,
            ]),
            dhcp_options: ids(&[Kind::DhcpOptions]),
        }
    }
}

fn some(dice: &mut Dice, list: &[ResourceId]) -> Option<ResourceId> {
    (!list.is_empty() && !dice.one_in(5)).then(|| dice.pick(list).clone())
}

/// In the list, or no longer.
fn toggle(list: &mut Vec<ResourceId>, id: Option<ResourceId>) {
    let Some(id) = id else { return drop(list.pop()) };
    match list.iter().position(|it| *it == id) {
        Some(at) => drop(list.remove(at)),
        None => list.push(id),
    }
}

/// Changes one field of one resource.
pub fn edit_field(dice: &mut Dice, kind: &mut ResourceKind, around: &Around) {
    match kind {
        ResourceKind::Vpc(it) => it.dhcp_options_id = some(dice, &around.dhcp_options),
        ResourceKind::Subnet(it) => it.assign_ipv6_address_on_creation = !it.assign_ipv6_address_on_creation,
        ResourceKind::VpcPeeringConnection(it) => peering(dice, it),
        ResourceKind::TransitGateway(it) => match dice.below(3) {
            0 => it.description.push('x'),
            1 => it.dns_support = !it.dns_support,
            _ => it.security_group_referencing_support = !it.security_group_referencing_support,
        },
        ResourceKind::TransitGatewayVpcAttachment(it) => attachment(dice, it, around),
        ResourceKind::TransitGatewayRouteTable(it) => table(dice, it, around),
        ResourceKind::ManagedPrefixList(it) => prefix_list(dice, it),
        ResourceKind::DhcpOptions(it) => dhcp_options(dice, it),
        ResourceKind::NetworkInterface(it) => interface(dice, it, around),
        ResourceKind::ElasticIp(it) => address(dice, it, around),
        ResourceKind::FlowLog(it) => flow_log(dice, it),
        ResourceKind::InstanceConnectEndpoint(it) => connect_endpoint(dice, it, around),
        _ => {}
    }
}

fn peering(dice: &mut Dice, it: &mut VpcPeeringConnection) {
    match dice.below(3) {
        0 => {
            it.requester_allow_remote_vpc_dns_resolution = !it.requester_allow_remote_vpc_dns_resolution;
        }
        1 => it.accepter_allow_remote_vpc_dns_resolution = !it.accepter_allow_remote_vpc_dns_resolution,
        // From the other side: that is another connection.
        _ => {
            if let Some(peer) = it.peer_vpc_id.take() {
                it.peer_vpc_id = Some(std::mem::replace(&mut it.vpc_id, peer));
            }
        }
    }
}

fn attachment(dice: &mut Dice, it: &mut TransitGatewayVpcAttachment, around: &Around) {
    match dice.below(4) {
        0 => it.appliance_mode_support = !it.appliance_mode_support,
        1 => it.dns_support = !it.dns_support,
        2 if it.subnet_ids.len() > 1 => drop(it.subnet_ids.pop()),
        _ => toggle(&mut it.subnet_ids, some(dice, &around.subnets)),
    }
}

fn table(dice: &mut Dice, it: &mut TransitGatewayRouteTable, around: &Around) {
    match dice.below(6) {
        0 => drop(it.routes.pop()),
        1 => drop(it.associations.pop()),
        2 => toggle(&mut it.associations, some(dice, &around.attachments)),
        3 => toggle(&mut it.propagations, some(dice, &around.attachments)),
        4 => {
            if let Some(route) = it.routes.first_mut() {
                route.transit_gateway_attachment_id = some(dice, &around.attachments);
                route.blackhole = route.transit_gateway_attachment_id.is_none();
            }
        }
        _ => {
            let transit_gateway_attachment_id = some(dice, &around.attachments);
            it.routes.push(TransitGatewayRoute {
                destination_cidr_block: dice.pick(&["10.77.0.0/16", "10.78.0.0/16"]).parse().unwrap(),
                blackhole: transit_gateway_attachment_id.is_none(),
                transit_gateway_attachment_id,
            });
        }
    }
}

fn prefix_list(dice: &mut Dice, it: &mut ManagedPrefixList) {
    match dice.below(4) {
        0 => drop(it.entries.pop()),
        1 => it.max_entries = 4 + u32::try_from(dice.below(3)).unwrap(),
        2 => {
            if let Some(entry) = it.entries.first_mut() {
                entry.description.push('x');
            }
        }
        _ => it.entries.push(PrefixListEntry {
            cidr: dice.pick(&["203.0.113.0/25", "203.0.113.128/25"]).parse().unwrap(),
            description: String::new(),
        }),
    }
}

fn dhcp_options(dice: &mut Dice, it: &mut DhcpOptions) {
    match dice.below(2) {
        0 => it.domain_name = dice.one_in(2).then(|| "elsewhere.example".to_owned()),
        _ => it.ntp_servers = vec![format!("10.0.0.{}", 5 + dice.below(3))],
    }
}

fn interface(dice: &mut Dice, it: &mut NetworkInterface, around: &Around) {
    match dice.below(5) {
        0 => it.description.push('x'),
        1 => it.source_dest_check = !it.source_dest_check,
        2 => toggle(&mut it.security_group_ids, some(dice, &around.groups)),
        3 => drop(it.secondary_private_ips.pop()),
        _ => {
            it.instance_id = some(dice, &around.instances);
            it.device_index = None;
        }
    }
}

fn address(dice: &mut Dice, it: &mut ElasticIp, around: &Around) {
    (it.instance_id, it.network_interface_id, it.private_ip_address) = (None, None, None);
    match dice.below(3) {
        0 => it.instance_id = some(dice, &around.instances),
        1 => it.network_interface_id = some(dice, &around.interfaces),
        _ => {}
    }
}

/// A flow log cannot be changed: each of these makes another one.
fn flow_log(dice: &mut Dice, it: &mut FlowLog) {
    it.traffic_type = *dice.pick(&[TrafficType::Accept, TrafficType::Reject, TrafficType::All]);
}

fn connect_endpoint(dice: &mut Dice, it: &mut InstanceConnectEndpoint, around: &Around) {
    match dice.below(2) {
        0 => it.preserve_client_ip = !it.preserve_client_ip,
        _ => toggle(&mut it.security_group_ids, some(dice, &around.groups)),
    }
}
