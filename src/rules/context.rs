//! What every rule looks at, with the questions that several rules ask.

use std::{net::Ipv4Addr, sync::OnceLock};

use indexmap::IndexSet;
use ipnet::Ipv4Net;

use super::part::Part;
use crate::model::{
    DhcpOptions, Document, EgressOnlyInternetGateway, ElasticIp, FlowLog, GatewayEndpoint, Home, Index,
    Instance, InstanceConnectEndpoint, InterfaceEndpoint, InternetGateway, Kind, LoadBalancer,
    ManagedPrefixList, NatGateway, NetworkAcl, NetworkInterface, RegionalNatGateway, Resource, ResourceId,
    ResourceKind, RouteDestination, RouteTable, RouteTarget, SecurityGroup, Subnet, TargetGroup, Topology,
    TransitGateway, TransitGatewayRouteTable, TransitGatewayVpcAttachment, Vpc, VpcBlockPublicAccess,
    VpcPeeringConnection, VpnConnection, VpnGateway,
};

/// A document with its look-ups. Rules ask the look-ups, which are faster, and not the document.
#[derive(Debug, Clone)]
pub struct Context<'a> {
    /// The network.
    pub topology: &'a Topology,
    /// Its look-ups.
    pub index: &'a Index,
    /// The part to which rules are to keep; `None` for all.
    part: Option<&'a Part<'a>>,
    /// The subnets whose effective table sends all of IPv4 to the internet gateway attached to their
    /// VPC: found once, because rules ask it for each instance.
    outward: OnceLock<IndexSet<&'a ResourceId>>,
}

macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident: $kind:ident, $as:ident;)+) => {
        impl<'a> Context<'a> {
            $($(#[$doc])*
            pub fn $name(&self) -> impl Iterator<Item = (&'a ResourceId, &'a $kind)> + use<'a> {
                let resources = self.of_kind(Kind::$kind);
                resources.filter_map(|resource| Some((&resource.id, resource.kind.$as()?)))
            })+
        }
    };
}

lists! {
    /// Every VPC.
    vpcs: Vpc, as_vpc;
    /// Every subnet.
    subnets: Subnet, as_subnet;
    /// Every route table.
    route_tables: RouteTable, as_route_table;
    /// Every internet gateway.
    internet_gateways: InternetGateway, as_internet_gateway;
    /// Every NAT gateway.
    nat_gateways: NatGateway, as_nat_gateway;
    /// Every Elastic IP address.
    elastic_ips: ElasticIp, as_elastic_ip;
    /// Every network ACL.
    network_acls: NetworkAcl, as_network_acl;
    /// Every security group.
    security_groups: SecurityGroup, as_security_group;
    /// Every instance.
    instances: Instance, as_instance;
    /// Every gateway endpoint.
    gateway_endpoints: GatewayEndpoint, as_gateway_endpoint;
    /// Every interface endpoint.
    interface_endpoints: InterfaceEndpoint, as_interface_endpoint;
    /// Every network interface of its own.
    network_interfaces: NetworkInterface, as_network_interface;
    /// Every egress-only internet gateway.
    egress_only_gateways: EgressOnlyInternetGateway, as_egress_only_internet_gateway;
    /// Every regional NAT gateway.
    regional_nat_gateways: RegionalNatGateway, as_regional_nat_gateway;
    /// Every peering connection.
    peerings: VpcPeeringConnection, as_vpc_peering_connection;
    /// Every transit gateway.
    transit_gateways: TransitGateway, as_transit_gateway;
    /// Every attachment of a VPC to a transit gateway.
    attachments: TransitGatewayVpcAttachment, as_transit_gateway_vpc_attachment;
    /// Every route table of a transit gateway.
    transit_tables: TransitGatewayRouteTable, as_transit_gateway_route_table;
    /// Every virtual private gateway.
    vpn_gateways: VpnGateway, as_vpn_gateway;
    /// Every site-to-site VPN connection.
    vpn_connections: VpnConnection, as_vpn_connection;
    /// Every prefix list.
    prefix_lists: ManagedPrefixList, as_managed_prefix_list;
    /// Every EC2 Instance Connect Endpoint.
    connect_endpoints: InstanceConnectEndpoint, as_instance_connect_endpoint;
    /// Every set of DHCP options.
    dhcp_options: DhcpOptions, as_dhcp_options;
    /// Every flow log.
    flow_logs: FlowLog, as_flow_log;
    /// Every setting of VPC Block Public Access.
    block_public_access: VpcBlockPublicAccess, as_vpc_block_public_access;
    /// Every load balancer.
    load_balancers: LoadBalancer, as_load_balancer;
    /// Every target group.
    target_groups: TargetGroup, as_target_group;
}

impl<'a> Context<'a> {
    /// The context of a document.
    pub fn new(document: &'a Document, index: &'a Index) -> Self {
        Self { topology: &document.topology, index, part: None, outward: OnceLock::new() }
    }

    /// The context of a document in which rules see the resources of one part, and what these mention
    /// or are mentioned by.
    pub(super) fn of_part(document: &'a Document, index: &'a Index, part: &'a Part<'a>) -> Self {
        Self { part: Some(part), ..Self::new(document, index) }
    }

    /// The resources of one kind, in the order of ids.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &'a Resource> + use<'a> {
        let all = self.part.is_none().then(|| self.index.resources_of(kind));
        let some = self.part.map(|part| part.of_kind(kind).iter().copied());
        all.into_iter().flatten().chain(some.into_iter().flatten())
    }

    /// Every resource.
    pub fn resources(&self) -> impl Iterator<Item = &'a Resource> + use<'a> {
        let all = self.part.is_none().then(|| self.index.resources());
        let some = self.part.map(Part::resources);
        all.into_iter().flatten().chain(some.into_iter().flatten())
    }

    /// The resource's fields.
    pub fn kind(&self, id: &ResourceId) -> Option<&'a ResourceKind> {
        self.index.kind(id)
    }

    /// What people call a resource: its name, or its id.
    pub fn label(&self, id: &ResourceId) -> String {
        self.index.get(id).map_or_else(|| id.to_string(), |it| it.label().to_owned())
    }

    /// The VPC that a resource belongs to, directly or by its subnet; a VPC belongs to itself.
    pub fn vpc_of(&self, resource: &'a Resource) -> Option<&'a ResourceId> {
        match resource.kind.home() {
            Home::Region => None,
            Home::Itself => Some(&resource.id),
            Home::Vpc(vpc) => Some(vpc),
            Home::Subnet(subnet) => self.subnet(subnet).map(|it| &it.vpc_id),
        }
    }

    /// The VPC's fields.
    pub fn vpc(&self, id: &ResourceId) -> Option<&'a Vpc> {
        self.kind(id).and_then(ResourceKind::as_vpc)
    }

    /// The subnet's fields.
    pub fn subnet(&self, id: &ResourceId) -> Option<&'a Subnet> {
        self.kind(id).and_then(ResourceKind::as_subnet)
    }

    /// The route table that serves a subnet, and its fields.
    pub fn effective_table(&self, subnet: &ResourceId) -> Option<(&'a ResourceId, &'a RouteTable)> {
        self.table_of(self.subnet(subnet)?)
    }

    /// Whether a table routes for some subnet: as the main one, or by an association.
    pub fn routes_for_subnets(&self, id: &ResourceId, table: &RouteTable) -> bool {
        table.main || self.index.users(id, "route_table_id").next().is_some()
    }

    fn table_of(&self, subnet: &'a Subnet) -> Option<(&'a ResourceId, &'a RouteTable)> {
        let id = subnet.route_table_id.as_ref().or_else(|| self.index.main_route_table(&subnet.vpc_id))?;
        self.kind(id).and_then(ResourceKind::as_route_table).map(|table| (id, table))
    }

    /// Whether a subnet's effective table sends all of IPv4 to the internet gateway attached to its VPC.
    pub fn has_internet_route(&self, subnet: &ResourceId) -> bool {
        let find = || self.subnets().filter(|(_, it)| self.leads_out(it)).map(|(id, _)| id).collect();
        let known: &IndexSet<_> = self.outward.get_or_init(find);
        known.contains(subnet)
            || (self.part.is_some() && self.subnet(subnet).is_some_and(|it| self.leads_out(it)))
    }

    fn leads_out(&self, subnet: &'a Subnet) -> bool {
        // A VPC without one has nothing to look for. Should a file attach two, each leads out.
        if self.index.internet_gateway(&subnet.vpc_id).is_none() {
            return false;
        }
        let is_attached = |id: &ResourceId| {
            let gateway = self.kind(id).and_then(ResourceKind::as_internet_gateway);
            gateway.is_some_and(|it| it.vpc_id.as_ref() == Some(&subnet.vpc_id))
        };
        self.table_of(subnet).is_some_and(|(_, table)| {
            table.routes.iter().any(|route| {
                route.destination == RouteDestination::Ipv4(Ipv4Net::default())
                    && matches!(&route.target, RouteTarget::Gateway(id) if is_attached(id))
            })
        })
    }

    /// The NAT gateway to which a subnet's effective table sends all of IPv4.
    pub fn nat_of(&self, subnet: &ResourceId) -> Option<&'a ResourceId> {
        let (_, table) = self.effective_table(subnet)?;
        nat_of_table(table)
    }

    /// The instances, NAT gateways and endpoint interfaces that take an address in a subnet.
    pub fn address_holders(&self, subnet: &ResourceId) -> usize {
        self.index
            .referrers(subnet)
            .iter()
            .filter(|(_, field)| matches!(*field, "subnet_id" | "subnet_ids"))
            .count()
    }

    /// The Elastic IP address associated with an instance.
    pub fn elastic_ip_of(&self, instance: &ResourceId) -> Option<&'a ResourceId> {
        self.index
            .users(instance, "instance_id")
            .find(|id| matches!(self.kind(id), Some(ResourceKind::ElasticIp(_))))
    }

    /// The group's fields.
    pub fn group(&self, id: &ResourceId) -> Option<&'a SecurityGroup> {
        self.kind(id).and_then(ResourceKind::as_security_group)
    }

    /// The groups that guard something: the chosen ones, or the VPC's default group without any.
    pub fn groups_of(
        &self,
        chosen: &'a [ResourceId],
        vpc: &ResourceId,
    ) -> Vec<(&'a ResourceId, &'a SecurityGroup)> {
        let default = || self.index.default_security_group(vpc).into_iter().collect();
        let ids: Vec<&ResourceId> = if chosen.is_empty() { default() } else { chosen.iter().collect() };
        ids.into_iter().filter_map(|id| self.group(id).map(|group| (id, group))).collect()
    }

    /// Several labels as `a`, `b`.
    pub fn labels<'i>(&self, ids: impl IntoIterator<Item = &'i ResourceId>) -> String {
        let labels: Vec<String> = ids.into_iter().map(|id| format!("`{}`", self.label(id))).collect();
        labels.join(", ")
    }

    /// The subnets of a VPC with their fields, in the order of ids.
    pub fn subnets_of(&self, vpc: &ResourceId) -> impl Iterator<Item = (&'a ResourceId, &'a Subnet)> {
        self.index.users(vpc, "vpc_id").filter_map(|id| self.subnet(id).map(|subnet| (id, subnet)))
    }

    /// The attachments of a VPC to transit gateways.
    pub fn attachments_of(
        &self,
        vpc: &ResourceId,
    ) -> impl Iterator<Item = (&'a ResourceId, &'a TransitGatewayVpcAttachment)> {
        let users = self.index.users(vpc, "vpc_id");
        users.filter_map(|id| Some((id, self.kind(id)?.as_transit_gateway_vpc_attachment()?)))
    }

    /// How many routes or rules one mention of a prefix list counts for: its most entries, whatever it
    /// holds now.
    pub fn weight(&self, list: &ResourceId) -> usize {
        let fields = self.kind(list).and_then(ResourceKind::as_managed_prefix_list);
        fields.map_or(1, |it| usize::try_from(it.max_entries).unwrap_or(usize::MAX))
    }

    /// The region of a VPC: its own, or the document's.
    pub fn region_of(&self, vpc: &'a Vpc) -> &'a str {
        vpc.region.as_deref().unwrap_or(&self.topology.region)
    }

    /// Whether an instance has a public address: an Elastic one, or one assigned at launch.
    pub fn has_public_address(&self, id: &ResourceId, instance: &Instance) -> bool {
        self.index.is_launched_public(instance) || self.elastic_ip_of(id).is_some()
    }
}

/// The NAT gateway to which a table sends all of IPv4.
pub fn nat_of_table(table: &RouteTable) -> Option<&ResourceId> {
    table.routes.iter().find_map(|route| match (&route.destination, &route.target) {
        (RouteDestination::Ipv4(net), RouteTarget::NatGateway(id)) if net.prefix_len() == 0 => Some(id),
        _ => None,
    })
}

/// How many addresses of a subnet can be used: AWS keeps five (VPC User Guide, "Subnet CIDR blocks").
pub fn usable_addresses(block: &Ipv4Net) -> u64 {
    crate::net::cidr::size(block).saturating_sub(5)
}

/// Whether an address is one of the five that AWS keeps in a subnet: the first four and the last.
pub fn is_reserved(block: &Ipv4Net, address: Ipv4Addr) -> bool {
    let offset = u32::from(address).wrapping_sub(u32::from(block.network()));
    offset < 4 || address == block.broadcast()
}
