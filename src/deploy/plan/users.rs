//! Who uses what among the live objects, found once: the end of each object asks for it.

use std::collections::BTreeSet;

use super::removal::home;
use crate::{
    cloud::Spec,
    deploy::{
        lookup::{Lookup, Members},
        observed::Observed,
    },
};

/// Live ids by the live id of what they use.
#[derive(Debug, Default)]
pub(super) struct Users<'a> {
    /// The route tables with a route to a target.
    pub routes: Lookup<&'a str, BTreeSet<&'a str>>,
    /// The instances in a subnet.
    pub in_subnet: Lookup<&'a str, Vec<&'a str>>,
    /// The instances in a group.
    pub in_group: Lookup<&'a str, Vec<&'a str>>,
    /// The groups with a rule that names a group.
    pub naming: Lookup<&'a str, BTreeSet<&'a str>>,
    /// The addresses of an instance or of an interface.
    pub addresses: Lookup<&'a str, Vec<&'a str>>,
    /// The addresses of the NAT gateways and instances of a VPC.
    pub addresses_in: Lookup<&'a str, BTreeSet<&'a str>>,
    /// The addresses that are associated, and not known to be so in any VPC.
    pub addresses_anywhere: Vec<&'a str>,
    /// The interfaces of their own in a subnet, in a group, or attached to an instance.
    pub interfaces: Lookup<&'a str, BTreeSet<&'a str>>,
    /// The NAT gateways in a subnet or with an address.
    pub nats: Lookup<&'a str, BTreeSet<&'a str>>,
    /// The endpoints in a subnet, in a group, or of a route table.
    pub endpoints: Lookup<&'a str, BTreeSet<&'a str>>,
    /// The objects of further kinds that stand in a VPC or subnet, join or watch it, or use a group.
    pub objects: Lookup<&'a str, BTreeSet<&'a str>>,
    /// The route tables of a VPC.
    pub tables: Lookup<&'a str, Vec<&'a str>>,
    /// Everything in a VPC but itself.
    pub in_vpc: Lookup<&'a str, Vec<&'a str>>,
}

impl<'a> Users<'a> {
    /// Looks through an observation.
    pub fn of(observed: &'a Observed) -> Self {
        let mut users = Self::default();
        for table in observed.route_tables.values() {
            // What a gateway propagates goes with its propagation.
            let routes = || table.routes.iter().filter(|route| route.origin != "EnableVgwRoutePropagation");
            let interfaces = routes().filter_map(|route| route.network_interface_id.as_deref());
            for target in routes().filter_map(|route| route.target()).chain(interfaces) {
                users.routes.entry(target).or_default().insert(&table.route_table_id);
            }
        }
        for instance in observed.instances.values() {
            let id = instance.instance_id.as_str();
            if let Some(subnet) = &instance.subnet_id {
                users.in_subnet.entry(subnet).or_default().push(id);
            }
            let groups: BTreeSet<&str> =
                instance.security_groups.iter().map(|it| it.group_id.as_str()).collect();
            for group in groups {
                users.in_group.entry(group).or_default().push(id);
            }
        }
        for group in observed.security_groups.values() {
            for named in group.rules.iter().filter_map(|rule| rule.referenced_group_id.as_deref()) {
                users.naming.entry(named).or_default().insert(&group.group_id);
            }
        }
        users.addresses(observed);
        for interface in observed.network_interfaces.values() {
            let attachment = interface.attachment.as_ref();
            if attachment.is_some_and(|it| it.device_index == 0) {
                continue;
            }
            let instance = attachment.and_then(|it| it.instance_id.as_ref());
            let groups = interface.groups.iter().map(|it| &it.group_id);
            for used in groups.chain([&interface.subnet_id]).chain(instance) {
                users.interfaces.entry(used).or_default().insert(&interface.network_interface_id);
            }
        }
        users.services(observed);
        for object in observed.objects() {
            let vpc = home(observed, object.kind, object.live);
            if let Some(vpc) = vpc.filter(|vpc| *vpc != object.live) {
                users.in_vpc.entry(vpc).or_default().push(object.live);
            }
        }
        users
    }

    /// Finds what has which addresses.
    fn addresses(&mut self, observed: &'a Observed) {
        let mut placed: Members<&str> = Members::default();
        for nat in observed.nat_gateways.values() {
            let addresses = nat.nat_gateway_addresses.iter().filter_map(|it| it.allocation_id.as_deref());
            for address in addresses {
                placed.insert(address);
                self.addresses_in.entry(&nat.vpc_id).or_default().insert(address);
            }
        }
        for address in observed.addresses.values() {
            let id = address.allocation_id.as_str();
            for user in address.instance_id.iter().chain(&address.network_interface_id) {
                self.addresses.entry(user).or_default().push(id);
            }
            let instance = address.instance_id.as_ref().and_then(|it| observed.instances.get(it));
            if let Some(vpc) = instance.and_then(|it| it.vpc_id.as_deref()) {
                self.addresses_in.entry(vpc).or_default().insert(id);
            } else if address.association_id.is_some() && !placed.contains(id) {
                self.addresses_anywhere.push(id);
            }
        }
    }

    /// Finds what serves networks.
    fn services(&mut self, observed: &'a Observed) {
        for table in observed.route_tables.values() {
            self.tables.entry(&table.vpc_id).or_default().push(&table.route_table_id);
        }
        for nat in observed.nat_gateways.values() {
            let addresses = nat.nat_gateway_addresses.iter().filter_map(|it| it.allocation_id.as_ref());
            for used in addresses.chain([&nat.subnet_id]) {
                self.nats.entry(used).or_default().insert(&nat.nat_gateway_id);
            }
        }
        for endpoint in observed.vpc_endpoints.values() {
            let groups = endpoint.groups.iter().map(|it| &it.group_id);
            for used in groups.chain(&endpoint.subnet_ids).chain(&endpoint.route_table_ids) {
                self.endpoints.entry(used).or_default().insert(&endpoint.vpc_endpoint_id);
            }
        }
        for object in observed.objects.values() {
            let used: Vec<&String> = match &object.spec {
                Spec::VpcPeeringConnection { vpc_id, peer_vpc_id, .. } => vec![vpc_id, peer_vpc_id],
                Spec::TransitGatewayVpcAttachment { subnet_ids, .. } => subnet_ids.iter().collect(),
                Spec::InstanceConnectEndpoint { subnet_id, security_group_ids, .. } => {
                    security_group_ids.iter().chain([subnet_id]).collect()
                }
                Spec::FlowLog { resource_id, .. }
                | Spec::VpcBlockPublicAccessExclusion { resource_id, .. } => {
                    vec![resource_id]
                }
                _ => Vec::new(),
            };
            for used in used {
                self.objects.entry(used).or_default().insert(&object.id);
            }
        }
    }
}
