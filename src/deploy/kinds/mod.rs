//! What each kind of resource asks of the cloud: the call that makes it, how it is at first, which
//! differences can be mended in place and by which calls. One file per kind.
//!
//! Everything is a pure function of the drawing and of what was observed. The planner calls these
//! functions with placeholders for what is yet to be made; the engine calls the same functions again
//! with real ids and what it has just read.

mod address;
mod aspect;
mod block_public_access;
mod egress_only_gateway;
mod endpoint;
mod gateway;
mod group;
mod instance;
mod ipv6;
mod key_pair;
mod nat_gateway;
mod network_acl;
mod network_interface;
mod object;
mod part;
mod places;
mod regional_nat_gateway;
mod route_table;
mod subnet;
mod tags;
mod transit;
mod vpc;
mod vpn;

pub use aspect::Aspect;
pub use block_public_access::{as_it_is as block_as_it_is, exclusion_of, setting as block_setting};
pub use instance::image_parameter;
pub use object::accepts;
pub use part::{is_part, part_ends, part_word, parts, parts_kept};
pub use places::Places;
pub use vpn::{has_ipv6_routes, has_lost_routes, parts as vpn_parts, standing as vpn_standing};

pub use ipv6::{blocks as ipv6_blocks, generated_block};

use super::{
    desired::Desired, desired::describe_kind, ids::Ids, look::Look, observed::Observed, stamp::DOCUMENT_TAG,
    stamp::Stamp,
};
use crate::{
    cloud::{Call, DescribeKind, Filter},
    model::{Kind, Resource, ResourceId, ResourceKind},
};

/// What the functions of this folder look at.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// What shall be there.
    pub desired: &'a Desired,
    /// Which object each resource is.
    pub ids: &'a Ids,
    /// The marks of this run.
    pub stamp: &'a Stamp,
    /// Look-ups into what is observed, where a plan asks for all of it; an engine sees a few objects.
    pub places: Option<&'a Places>,
}

impl Context<'_> {
    /// The live id of a resource's VPC.
    pub fn vpc(&self, vpc: &ResourceId) -> String {
        self.ids.of(vpc)
    }
}

/// A field that cannot be changed once the object is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frozen {
    /// The field.
    pub field: &'static str,
    /// What it is in the account.
    pub live: String,
    /// What the drawing wants.
    pub wanted: String,
}

impl Frozen {
    /// The difference of a field, if there is one.
    fn check(out: &mut Vec<Self>, field: &'static str, live: &str, wanted: &str) {
        if live != wanted {
            out.push(Self { field, live: live.to_owned(), wanted: wanted.to_owned() });
        }
    }
}

/// The VPC or transit gateway together with which AWS makes the object, so that it is found and not
/// created.
pub fn comes_with<'a>(resource: &'a Resource, desired: &Desired) -> Option<&'a ResourceId> {
    match &resource.kind {
        ResourceKind::TransitGatewayRouteTable(_) => transit::comes_with(resource, desired),
        // It is there with the account.
        ResourceKind::VpcBlockPublicAccess(_) => Some(&resource.id),
        ResourceKind::RouteTable(it) if it.main => Some(&it.vpc_id),
        ResourceKind::NetworkAcl(it) if it.is_default => Some(&it.vpc_id),
        ResourceKind::SecurityGroup(it) if it.is_default => Some(&it.vpc_id),
        _ => None,
    }
}

/// Which of the observed objects is the one that came with the VPC or transit gateway.
pub fn find_in_vpc(resource: &Resource, vpc: &str, observed: &Observed) -> Option<String> {
    match &resource.kind {
        ResourceKind::RouteTable(_) => observed.main_table(vpc).map(|it| it.route_table_id.clone()),
        ResourceKind::NetworkAcl(_) => {
            let mut acls = observed.network_acls.values();
            acls.find(|it| it.vpc_id == vpc && it.is_default).map(|it| it.network_acl_id.clone())
        }
        ResourceKind::SecurityGroup(_) => {
            let mut groups = observed.security_groups.values();
            groups.find(|it| it.vpc_id == vpc && it.group_name == "default").map(|it| it.group_id.clone())
        }
        ResourceKind::TransitGatewayRouteTable(_) => transit::default_table(vpc, observed),
        ResourceKind::VpcBlockPublicAccess(_) => {
            block_public_access::setting(observed).map(|it| it.id.clone())
        }
        _ => None,
    }
}

/// The call that makes a resource; `None` for what AWS makes itself and for unknown kinds. `attempt`
/// counts the objects that this run made for the resource before; a call that is only shown has no
/// client token.
pub fn create(resource: &Resource, cx: Context<'_>, attempt: Option<u32>) -> Option<Call> {
    if comes_with(resource, cx.desired).is_some() {
        return None;
    }
    let tags = cx.stamp.tags(resource);
    let token = || attempt.map(|attempt| cx.stamp.token(resource, cx.ids, attempt));
    Some(match &resource.kind {
        ResourceKind::Vpc(it) => vpc::create(it, tags),
        ResourceKind::Subnet(it) => subnet::create(it, tags, cx),
        ResourceKind::RouteTable(it) => {
            Call::CreateRouteTable { vpc_id: cx.vpc(&it.vpc_id), tags, client_token: token() }
        }
        ResourceKind::InternetGateway(_) => Call::CreateInternetGateway { tags },
        ResourceKind::EgressOnlyInternetGateway(it) => egress_only_gateway::create(it, tags, token(), cx),
        ResourceKind::NatGateway(it) => nat_gateway::create(it, tags, token(), cx),
        ResourceKind::RegionalNatGateway(it) => regional_nat_gateway::create(it, tags, token(), cx),
        ResourceKind::ElasticIp(_) => Call::AllocateAddress { tags },
        ResourceKind::NetworkAcl(it) => {
            Call::CreateNetworkAcl { vpc_id: cx.vpc(&it.vpc_id), tags, client_token: token() }
        }
        ResourceKind::SecurityGroup(it) => group::create(it, tags, cx),
        ResourceKind::Instance(it) => instance::create(it, tags, token(), cx),
        ResourceKind::NetworkInterface(it) => network_interface::create(it, tags, token(), cx),
        ResourceKind::KeyPair(it) => key_pair::create(it, tags),
        ResourceKind::GatewayEndpoint(it) => endpoint::create_gateway(it, tags, token(), cx),
        ResourceKind::InterfaceEndpoint(it) => endpoint::create_interface(it, tags, token(), cx),
        _ => return object::create(resource, tags, token(), cx),
    })
}

/// Puts the object into `observed` as AWS makes it, before anything is edited: under the id that
/// `ids` has for it, which in a plan is a placeholder.
pub fn newborn(resource: &Resource, cx: Context<'_>, observed: &mut Observed) {
    let id = cx.ids.of(&resource.id);
    match &resource.kind {
        ResourceKind::Vpc(it) => vpc::newborn(it, id, observed),
        ResourceKind::Subnet(it) => subnet::newborn(it, id, cx, observed),
        ResourceKind::RouteTable(it) => route_table::newborn(it, id, cx, observed),
        ResourceKind::InternetGateway(_) => gateway::newborn(id, observed),
        ResourceKind::EgressOnlyInternetGateway(it) => {
            egress_only_gateway::newborn(it, id, cx, observed);
        }
        ResourceKind::NatGateway(it) => nat_gateway::newborn(it, id, cx, observed),
        ResourceKind::RegionalNatGateway(it) => regional_nat_gateway::newborn(it, id, cx, observed),
        ResourceKind::ElasticIp(_) => address::newborn(id, observed),
        ResourceKind::NetworkAcl(it) => network_acl::newborn(it, id, cx, observed),
        ResourceKind::SecurityGroup(it) => group::newborn(it, id, cx, observed),
        ResourceKind::Instance(it) => instance::newborn(it, id, cx, observed),
        ResourceKind::NetworkInterface(it) => network_interface::newborn(it, id, cx, observed),
        ResourceKind::KeyPair(it) => key_pair::newborn(it, id, observed),
        ResourceKind::GatewayEndpoint(it) => endpoint::newborn_gateway(it, id, cx, observed),
        ResourceKind::InterfaceEndpoint(it) => endpoint::newborn_interface(it, id, cx, observed),
        ResourceKind::VpcBlockPublicAccess(_) => block_public_access::newborn(id, observed),
        _ => object::newborn(resource, id, cx, observed),
    }
}

/// What can be mended in place, in the order in which it is mended.
pub fn aspects(kind: Kind) -> &'static [Aspect] {
    match kind {
        Kind::Vpc => {
            &[Aspect::Tags, Aspect::DnsSwitches, Aspect::DhcpOptions, Aspect::AddBlocks, Aspect::RemoveBlocks]
        }
        Kind::Subnet => &[
            Aspect::Tags,
            Aspect::SubnetIpv6,
            Aspect::PublicIpOnLaunch,
            Aspect::Dns64,
            Aspect::RouteTableAssociation,
            Aspect::AclAssociation,
        ],
        Kind::RouteTable => {
            &[Aspect::Tags, Aspect::MainTable, Aspect::Routes, Aspect::EdgeAssociations, Aspect::Propagations]
        }
        Kind::InternetGateway => &[Aspect::Tags, Aspect::Attachment],
        Kind::ElasticIp => &[Aspect::Tags, Aspect::AddressAssociation],
        Kind::NetworkAcl => &[Aspect::Tags, Aspect::AclEntries],
        Kind::SecurityGroup => &[Aspect::Tags, Aspect::GroupRules],
        Kind::Instance => &[
            Aspect::Tags,
            Aspect::InstanceGroups,
            Aspect::SourceDestCheck,
            Aspect::AddressRelease,
            Aspect::InterfaceAddresses,
            Aspect::InstanceType,
        ],
        Kind::NetworkInterface => &[
            Aspect::Tags,
            Aspect::Settings,
            Aspect::AddressRelease,
            Aspect::InterfaceAddresses,
            Aspect::Detachment,
            Aspect::GatewayAttachment,
        ],
        Kind::NatGateway | Kind::RegionalNatGateway => {
            &[Aspect::Tags, Aspect::AddressRelease, Aspect::NatAddresses]
        }
        Kind::GatewayEndpoint | Kind::InterfaceEndpoint => &[Aspect::Tags, Aspect::EndpointLists],
        Kind::VpcPeeringConnection | Kind::TransitGatewayPeeringAttachment => {
            &[Aspect::Tags, Aspect::Acceptance, Aspect::Settings]
        }
        Kind::ManagedPrefixList | Kind::TransitGateway | Kind::TransitGatewayVpcAttachment => {
            &[Aspect::Tags, Aspect::Settings]
        }
        Kind::VpnGateway => &[Aspect::Tags, Aspect::GatewayAttachment],
        Kind::VpnConnection => &[Aspect::CustomerGateway, Aspect::Tags, Aspect::Settings, Aspect::Routes],
        Kind::TransitGatewayRouteTable => {
            &[Aspect::Tags, Aspect::Associations, Aspect::Propagations, Aspect::TransitRoutes]
        }
        Kind::VpcBlockPublicAccess => &[Aspect::Exclusions, Aspect::Settings],
        Kind::KeyPair
        | Kind::EgressOnlyInternetGateway
        | Kind::DhcpOptions
        | Kind::FlowLog
        | Kind::InstanceConnectEndpoint => &[Aspect::Tags],
        _ => &[],
    }
}

/// The calls that read what an aspect compares; empty where there is nothing to compare.
pub fn reads(aspect: Aspect, resource: &Resource, cx: Context<'_>) -> Vec<Call> {
    let id = cx.ids.of(&resource.id);
    match (aspect, &resource.kind) {
        (Aspect::DnsSwitches, _) => super::observe::dns_reads(&id),
        (Aspect::RouteTableAssociation, ResourceKind::Subnet(it)) => {
            vec![super::observe::in_vpc(DescribeKind::RouteTables, &cx.vpc(&it.vpc_id))]
        }
        (Aspect::DhcpOptions, ResourceKind::Vpc(it)) => {
            let vpc = super::observed::describe_one(DescribeKind::Vpcs, &id);
            // Whether the set of now is one of ours.
            let ours = Filter::tag(DOCUMENT_TAG, cx.stamp.document.as_str());
            let sets =
                Call::Describe { kind: DescribeKind::DhcpOptions, filters: vec![ours], ids: Vec::new() };
            std::iter::once(vpc).chain(it.dhcp_options_id.is_none().then_some(sets)).collect()
        }
        (Aspect::Associations, ResourceKind::TransitGatewayRouteTable(it)) => {
            let gateway = cx.ids.of(&it.transit_gateway_id);
            vec![super::observe::in_vpc(DescribeKind::TransitGatewayRouteTables, &gateway)]
        }
        (Aspect::MainTable | Aspect::EdgeAssociations, ResourceKind::RouteTable(it)) => {
            vec![super::observe::in_vpc(DescribeKind::RouteTables, &cx.vpc(&it.vpc_id))]
        }
        (Aspect::AclAssociation, ResourceKind::Subnet(it)) => {
            vec![super::observe::in_vpc(DescribeKind::NetworkAcls, &cx.vpc(&it.vpc_id))]
        }
        (Aspect::AddressRelease | Aspect::InterfaceAddresses, ResourceKind::Instance(_)) => {
            vec![network_interface::of_instance(id)]
        }
        (Aspect::GatewayAttachment, ResourceKind::NetworkInterface(it)) => {
            // Which places on the instance are taken.
            let instance = it.instance_id.as_ref().and_then(|id| cx.ids.get(id));
            let itself = super::observed::describe_one(DescribeKind::NetworkInterfaces, &id);
            let others = instance.map(|id| network_interface::of_instance(id.to_owned()));
            std::iter::once(itself).chain(others).collect()
        }
        (Aspect::Routes, ResourceKind::RouteTable(it)) => route_table::reads(it, &id, cx),
        (Aspect::CustomerGateway, _) => vec![part::reads(DescribeKind::CustomerGateways, &resource.id, cx)],
        (Aspect::Exclusions, _) => {
            vec![Call::describe_all(DescribeKind::VpcBlockPublicAccessExclusions)]
        }
        (Aspect::AddressAssociation, ResourceKind::ElasticIp(it)) => {
            address::reads(&resource.id, it, &id, cx)
        }
        (_, kind) => describe_kind(kind.kind())
            .map(|kind| super::observed::describe_one(kind, &id))
            .into_iter()
            .collect(),
    }
}

/// The calls that bring one aspect of a resource from what was observed to what is drawn; empty where
/// they agree, and where the object was not observed.
pub fn diff(aspect: Aspect, resource: &Resource, cx: Context<'_>, observed: &Observed) -> Vec<Call> {
    let id = cx.ids.shown(&resource.id);
    match (aspect, &resource.kind) {
        (Aspect::Tags, _) => tags::diff(resource, &id, cx, observed),
        (Aspect::DnsSwitches, ResourceKind::Vpc(it)) => vpc::dns_switches(it, &id, observed),
        (Aspect::AddBlocks, ResourceKind::Vpc(it)) => vpc::add_blocks(it, &id, observed),
        (Aspect::RemoveBlocks, ResourceKind::Vpc(it)) => vpc::remove_blocks(it, &id, observed),
        (Aspect::PublicIpOnLaunch, ResourceKind::Subnet(it)) => {
            subnet::public_ip_on_launch(it, &id, observed)
        }
        (Aspect::SubnetIpv6, ResourceKind::Subnet(it)) => ipv6::subnet(it, &id, cx, observed),
        (Aspect::Dns64, ResourceKind::Subnet(it)) => subnet::dns64(it, &id, observed),
        (Aspect::RouteTableAssociation, ResourceKind::Subnet(it)) => {
            subnet::route_table_association(it, &id, cx, observed)
        }
        (Aspect::AclAssociation, ResourceKind::Subnet(it)) => subnet::acl_association(it, &id, cx, observed),
        (Aspect::EdgeAssociations, ResourceKind::RouteTable(it)) => {
            route_table::edge_associations(it, &id, cx, observed)
        }
        (Aspect::Propagations, ResourceKind::RouteTable(it)) => {
            route_table::propagations(it, &id, cx, observed)
        }
        (Aspect::DhcpOptions, ResourceKind::Vpc(it)) => vpc::dhcp_options(it, &id, cx, observed),
        (Aspect::MainTable, ResourceKind::RouteTable(it)) => route_table::main_table(it, &id, cx, observed),
        (Aspect::Routes, ResourceKind::RouteTable(it)) => route_table::routes(it, &id, cx, observed),
        (Aspect::Exclusions, ResourceKind::VpcBlockPublicAccess(it)) => {
            block_public_access::exclusions(resource, it, cx, observed)
        }
        (Aspect::CustomerGateway, ResourceKind::VpnConnection(it)) => {
            vpn::customer_gateway(resource, it, cx, observed)
        }
        (Aspect::Routes, ResourceKind::VpnConnection(it)) => vpn::routes(it, &resource.id, &id, cx, observed),
        (Aspect::Attachment, ResourceKind::InternetGateway(it)) => gateway::attachment(it, &id, cx, observed),
        (Aspect::AddressAssociation, ResourceKind::ElasticIp(it)) => {
            address::association(&resource.id, it, &id, cx, observed)
        }
        (Aspect::AclEntries, ResourceKind::NetworkAcl(it)) => network_acl::entries(it, &id, cx, observed),
        (Aspect::GroupRules, ResourceKind::SecurityGroup(it)) => group::rules(it, &id, cx, observed),
        (Aspect::InstanceGroups, ResourceKind::Instance(it)) => instance::groups(it, &id, cx, observed),
        (Aspect::SourceDestCheck, ResourceKind::Instance(it)) => {
            instance::source_dest_check(it, &id, observed)
        }
        (Aspect::InstanceType, ResourceKind::Instance(it)) => instance::size(it, &id, observed),
        (Aspect::AddressRelease | Aspect::InterfaceAddresses, ResourceKind::Instance(it)) => {
            network_interface::instance_addresses(aspect, it, &id, cx, observed)
        }
        (_, ResourceKind::NetworkInterface(it)) => {
            network_interface::diff(aspect, (&resource.id, it), &id, cx, observed)
        }
        (_, ResourceKind::NatGateway(it)) => nat_gateway::addresses(aspect, it, &id, cx, observed),
        (_, ResourceKind::RegionalNatGateway(it)) => {
            regional_nat_gateway::addresses(aspect, it, &id, cx, observed)
        }
        (Aspect::EndpointLists, ResourceKind::GatewayEndpoint(it)) => {
            endpoint::gateway_lists(it, &id, cx, observed)
        }
        (Aspect::EndpointLists, ResourceKind::InterfaceEndpoint(it)) => {
            endpoint::interface_lists(it, &id, cx, observed)
        }
        _ => object::diff(aspect, resource, &id, cx, observed),
    }
}

/// Whether an aspect that was mended, or that an earlier run left on its way, has come to rest. What
/// takes effect at once always has.
pub fn settling(aspect: Aspect, resource: &Resource, cx: Context<'_>, observed: &Observed) -> Look {
    let id = cx.ids.shown(&resource.id);
    match (aspect, &resource.kind) {
        (Aspect::AddBlocks, ResourceKind::Vpc(it)) => vpc::blocks_settling(it, &id, observed),
        (Aspect::SubnetIpv6, ResourceKind::Subnet(it)) => ipv6::subnet_settling(it, &id, observed),
        (Aspect::InstanceType, ResourceKind::Instance(it)) => instance::size_settling(it, &id, observed),
        (Aspect::InterfaceAddresses, ResourceKind::Instance(it)) => {
            network_interface::instance_settling(it, &id, cx, observed)
        }
        (_, ResourceKind::NetworkInterface(it)) => network_interface::settling(aspect, it, &id, cx, observed),
        (_, ResourceKind::NatGateway(it)) => nat_gateway::settling(aspect, it, &id, cx, observed),
        (_, ResourceKind::RegionalNatGateway(_)) => regional_nat_gateway::settling(aspect, &id, observed),
        (Aspect::Exclusions, ResourceKind::VpcBlockPublicAccess(it)) => {
            block_public_access::settling(it, cx, observed)
        }
        _ => object::settling(aspect, resource, &id, cx, observed),
    }
}

/// The fields in which the object differs from the drawing and cannot be changed.
pub fn frozen(resource: &Resource, cx: Context<'_>, observed: &Observed) -> Vec<Frozen> {
    let id = cx.ids.shown(&resource.id);
    let mut out = Vec::new();
    match &resource.kind {
        ResourceKind::Vpc(it) => vpc::frozen(it, &id, observed, &mut out),
        ResourceKind::Subnet(it) => subnet::frozen(it, &id, cx, observed, &mut out),
        ResourceKind::RouteTable(it) => {
            if let Some(live) = observed.route_tables.get(&*id) {
                Frozen::check(&mut out, "vpc_id", &live.vpc_id, &cx.ids.shown(&it.vpc_id));
            }
        }
        ResourceKind::EgressOnlyInternetGateway(it) => {
            egress_only_gateway::frozen(it, &id, cx, observed, &mut out);
        }
        ResourceKind::NatGateway(it) => nat_gateway::frozen(it, &id, cx, observed, &mut out),
        ResourceKind::RegionalNatGateway(it) => {
            regional_nat_gateway::frozen(it, &id, cx, observed, &mut out);
        }
        ResourceKind::NetworkAcl(it) => {
            if let Some(live) = observed.network_acls.get(&*id) {
                Frozen::check(&mut out, "vpc_id", &live.vpc_id, &cx.ids.shown(&it.vpc_id));
            }
        }
        ResourceKind::SecurityGroup(it) => group::frozen(it, &id, cx, observed, &mut out),
        ResourceKind::Instance(it) => instance::frozen(it, &id, cx, observed, &mut out),
        ResourceKind::NetworkInterface(it) => network_interface::frozen(it, &id, cx, observed, &mut out),
        ResourceKind::KeyPair(it) => key_pair::frozen(it, &id, observed, &mut out),
        ResourceKind::GatewayEndpoint(it) => {
            endpoint::frozen(&it.vpc_id, &it.service_name, &id, cx, observed, &mut out);
        }
        ResourceKind::InterfaceEndpoint(it) => {
            endpoint::frozen(&it.vpc_id, &it.service_name, &id, cx, observed, &mut out);
        }
        _ => object::frozen(resource, &id, cx, observed, &mut out),
    }
    out
}
