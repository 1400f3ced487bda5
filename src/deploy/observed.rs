//! What is there: the objects that describing calls showed.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    desired::kind_of,
    look::is_going,
    lookup::{Lookup, Members},
    stamp::{DOCUMENT_TAG, DocumentId, RESOURCE_TAG},
};
use crate::{
    cloud::{
        Call, DescribeKind, Live, LiveAddress, LiveEgressOnlyInternetGateway, LiveInstance,
        LiveInternetGateway, LiveKeyPair, LiveNatGateway, LiveNetworkAcl, LiveNetworkInterface, LiveObject,
        LiveRouteTable, LiveSecurityGroup, LiveSubnet, LiveVpc, LiveVpcEndpoint, Reply, Spec, Tags,
        VpcAttribute,
    },
    model::{Kind, ResourceId},
};

/// Objects by live id, each map of one kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "every map holds the objects that its name says")]
pub struct Observed {
    pub vpcs: BTreeMap<String, LiveVpc>,
    /// The DNS switches of VPCs: support, host names.
    pub dns: BTreeMap<String, (Option<bool>, Option<bool>)>,
    pub subnets: BTreeMap<String, LiveSubnet>,
    pub route_tables: BTreeMap<String, LiveRouteTable>,
    pub internet_gateways: BTreeMap<String, LiveInternetGateway>,
    pub egress_only_internet_gateways: BTreeMap<String, LiveEgressOnlyInternetGateway>,
    pub addresses: BTreeMap<String, LiveAddress>,
    pub nat_gateways: BTreeMap<String, LiveNatGateway>,
    pub network_acls: BTreeMap<String, LiveNetworkAcl>,
    pub security_groups: BTreeMap<String, LiveSecurityGroup>,
    pub key_pairs: BTreeMap<String, LiveKeyPair>,
    pub instances: BTreeMap<String, LiveInstance>,
    pub vpc_endpoints: BTreeMap<String, LiveVpcEndpoint>,
    /// What joins networks, leads out of them or watches over them.
    pub objects: BTreeMap<String, LiveObject>,
    pub network_interfaces: BTreeMap<String, LiveNetworkInterface>,
    /// `pl-…` by name.
    pub prefix_lists: BTreeMap<String, String>,
}

macro_rules! put {
    ($map:expr, $list:expr, $id:ident) => {
        for item in $list {
            $map.insert(item.$id.clone(), item);
        }
    };
}

impl Observed {
    /// Takes in what a describing call answered.
    pub fn take(&mut self, call: &Call, reply: Reply) {
        match (call, reply) {
            (Call::DescribeVpcAttribute { vpc_id, attribute }, Reply::Switch(on)) => {
                let switches = self.dns.entry(vpc_id.clone()).or_default();
                match attribute {
                    VpcAttribute::EnableDnsSupport => switches.0 = Some(on),
                    VpcAttribute::EnableDnsHostnames => switches.1 = Some(on),
                }
            }
            (_, Reply::Described(live)) => self.take_live(live),
            _ => {}
        }
    }

    fn take_live(&mut self, live: Live) {
        match live {
            Live::Vpcs(list) => put!(self.vpcs, list, vpc_id),
            Live::Subnets(list) => put!(self.subnets, list, subnet_id),
            Live::RouteTables(list) => put!(self.route_tables, list, route_table_id),
            Live::InternetGateways(list) => put!(self.internet_gateways, list, internet_gateway_id),
            Live::EgressOnlyInternetGateways(list) => {
                put!(self.egress_only_internet_gateways, list, egress_only_internet_gateway_id)
            }
            Live::Addresses(list) => put!(self.addresses, list, allocation_id),
            Live::NatGateways(list) => put!(self.nat_gateways, list, nat_gateway_id),
            Live::NetworkAcls(list) => put!(self.network_acls, list, network_acl_id),
            Live::SecurityGroups(list) => put!(self.security_groups, list, group_id),
            Live::KeyPairs(list) => put!(self.key_pairs, list, key_pair_id),
            Live::Instances(list) => put!(self.instances, list, instance_id),
            Live::NetworkInterfaces(list) => put!(self.network_interfaces, list, network_interface_id),
            Live::VpcEndpoints(list) => put!(self.vpc_endpoints, list, vpc_endpoint_id),
            Live::PrefixLists(list) => {
                for item in list {
                    self.prefix_lists.insert(item.prefix_list_name, item.prefix_list_id);
                }
            }
            Live::Objects(list) => put!(self.objects, list, id),
            Live::AvailabilityZones(_)
            | Live::Images(_)
            | Live::InstanceTypeOfferings(_)
            | Live::AccountAttributes(_) => {}
        }
    }

    /// The tags of an object of any kind; `None` where it is not there.
    pub fn tags(&self, live: &str) -> Option<&Tags> {
        let vpc = self.vpcs.get(live).map(|it| &it.tags);
        vpc.or_else(|| self.subnets.get(live).map(|it| &it.tags))
            .or_else(|| self.route_tables.get(live).map(|it| &it.tags))
            .or_else(|| self.internet_gateways.get(live).map(|it| &it.tags))
            .or_else(|| self.egress_only_internet_gateways.get(live).map(|it| &it.tags))
            .or_else(|| self.addresses.get(live).map(|it| &it.tags))
            .or_else(|| self.nat_gateways.get(live).map(|it| &it.tags))
            .or_else(|| self.network_acls.get(live).map(|it| &it.tags))
            .or_else(|| self.security_groups.get(live).map(|it| &it.tags))
            .or_else(|| self.key_pairs.get(live).map(|it| &it.tags))
            .or_else(|| self.instances.get(live).map(|it| &it.tags))
            .or_else(|| self.vpc_endpoints.get(live).map(|it| &it.tags))
            .or_else(|| self.network_interfaces.get(live).map(|it| &it.tags))
            .or_else(|| self.objects.get(live).map(|it| &it.tags))
    }

    /// The tags of an object of a kind that a drawing can hold.
    pub fn tags_of(&self, kind: Kind, live: &str) -> Option<&Tags> {
        match kind {
            Kind::Vpc => self.vpcs.get(live).map(|it| &it.tags),
            Kind::Subnet => self.subnets.get(live).map(|it| &it.tags),
            Kind::RouteTable => self.route_tables.get(live).map(|it| &it.tags),
            Kind::InternetGateway => self.internet_gateways.get(live).map(|it| &it.tags),
            Kind::EgressOnlyInternetGateway => {
                self.egress_only_internet_gateways.get(live).map(|it| &it.tags)
            }
            Kind::ElasticIp => self.addresses.get(live).map(|it| &it.tags),
            Kind::NatGateway | Kind::RegionalNatGateway => self.nat_gateways.get(live).map(|it| &it.tags),
            Kind::NetworkAcl => self.network_acls.get(live).map(|it| &it.tags),
            Kind::SecurityGroup => self.security_groups.get(live).map(|it| &it.tags),
            Kind::KeyPair => self.key_pairs.get(live).map(|it| &it.tags),
            Kind::Instance => self.instances.get(live).map(|it| &it.tags),
            Kind::GatewayEndpoint | Kind::InterfaceEndpoint => {
                self.vpc_endpoints.get(live).map(|it| &it.tags)
            }
            Kind::NetworkInterface => self.network_interfaces.get(live).map(|it| &it.tags),
            _ => self.tags(live),
        }
    }

    /// Whether an object is there.
    pub fn has(&self, live: &str) -> bool {
        self.tags(live).is_some()
    }

    /// Every object that a drawing can hold, in the order of kinds, then ids.
    pub fn objects(&self) -> impl Iterator<Item = Object<'_>> {
        let vpcs = self.vpcs.values().map(|it| Object::of(Kind::Vpc, &it.vpc_id, &it.tags, true));
        let subnets = self.subnets.values().map(|it| Object::of(Kind::Subnet, &it.subnet_id, &it.tags, true));
        let tables = self
            .route_tables
            .values()
            .map(|it| Object::of(Kind::RouteTable, &it.route_table_id, &it.tags, true));
        let gateways = self
            .internet_gateways
            .values()
            .map(|it| Object::of(Kind::InternetGateway, &it.internet_gateway_id, &it.tags, true));
        let egress_only = self.egress_only_internet_gateways.values().map(|it| {
            Object::of(Kind::EgressOnlyInternetGateway, &it.egress_only_internet_gateway_id, &it.tags, true)
        });
        let addresses =
            self.addresses.values().map(|it| Object::of(Kind::ElasticIp, &it.allocation_id, &it.tags, true));
        let nats = self.nat_gateways.values().map(|it| {
            let kind = if it.is_regional() { Kind::RegionalNatGateway } else { Kind::NatGateway };
            Object::of(kind, &it.nat_gateway_id, &it.tags, !is_going(&it.state))
        });
        let acls = self
            .network_acls
            .values()
            .map(|it| Object::of(Kind::NetworkAcl, &it.network_acl_id, &it.tags, true));
        let groups = self
            .security_groups
            .values()
            .map(|it| Object::of(Kind::SecurityGroup, &it.group_id, &it.tags, true));
        let keys =
            self.key_pairs.values().map(|it| Object::of(Kind::KeyPair, &it.key_pair_id, &it.tags, true));
        let instances = self
            .instances
            .values()
            .map(|it| Object::of(Kind::Instance, &it.instance_id, &it.tags, !is_going(&it.state)));
        let endpoints = self.vpc_endpoints.values().map(|it| {
            let kind = if it.vpc_endpoint_type == "Gateway" {
                Kind::GatewayEndpoint
            } else {
                Kind::InterfaceEndpoint
            };
            Object::of(kind, &it.vpc_endpoint_id, &it.tags, !is_going(&it.state))
        });
        let first =
            vpcs.chain(subnets).chain(tables).chain(gateways).chain(egress_only).chain(addresses).chain(nats);
        let interfaces = self
            .network_interfaces
            .values()
            .filter(|it| stands_alone(it))
            .map(|it| Object::of(Kind::NetworkInterface, &it.network_interface_id, &it.tags, true));
        // A part is drawn with what it is a part of.
        let others = self
            .objects
            .values()
            .filter(|it| !it.spec.is_part())
            .map(|it| Object::of(kind_of(it.spec.kind()), &it.id, &it.tags, !is_going(&it.state)));
        first
            .chain(acls)
            .chain(groups)
            .chain(keys)
            .chain(instances)
            .chain(endpoints)
            .chain(interfaces)
            .chain(others)
    }

    /// Drops what no longer matters: objects at the end of their life.
    pub fn bury(&mut self) {
        self.nat_gateways.retain(|_, it| it.state != "deleted");
        self.instances.retain(|_, it| it.state != "terminated");
        self.vpc_endpoints.retain(|_, it| it.state != "deleted");
        self.objects.retain(|_, it| !is_over(it));
    }

    /// The main route table of a VPC.
    pub fn main_table(&self, vpc: &str) -> Option<&LiveRouteTable> {
        self.route_tables.values().find(|table| table.vpc_id == vpc && is_main(table))
    }

    /// The objects that are ours, with the resource that each is: by our tag, or because the state
    /// knows the id and no other document claims it. In the order of kinds, then ids.
    pub fn ours(&self, document: &DocumentId, known: &BTreeMap<ResourceId, String>) -> Vec<Owned> {
        let by_id: Lookup<&str, &ResourceId> = known.iter().map(|(id, live)| (live.as_str(), id)).collect();
        let instances: Members<&String> =
            self.instances.values().filter_map(|it| it.tags.get(RESOURCE_TAG)).collect();
        let mut ours = Vec::new();
        for object in self.objects() {
            let owner = object.tags.get(DOCUMENT_TAG);
            if owner.is_some_and(|owner| owner != document.as_str()) {
                continue;
            }
            // The interface that an instance brings carries the tags of the instance.
            let resource = object.tags.get(RESOURCE_TAG);
            if object.kind == Kind::NetworkInterface && resource.is_some_and(|it| instances.contains(it)) {
                continue;
            }
            let tagged = object.tags.get(RESOURCE_TAG).filter(|_| owner.is_some());
            let by_tag = tagged.and_then(|text| ResourceId::new(text).ok());
            let Some(resource) = by_id.get(object.live).map(|id| (*id).clone()).or(by_tag) else {
                continue;
            };
            let live = object.live.to_owned();
            ours.push(Owned { resource, live, kind: object.kind, alive: object.alive });
        }
        ours
    }
}

/// An object that is ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owned {
    /// The resource of the drawing that it is, or was.
    pub resource: ResourceId,
    /// Its id.
    pub live: String,
    /// Its kind.
    pub kind: Kind,
    /// Whether it is not on its way out.
    pub alive: bool,
}

/// An object of any kind that a drawing can hold.
#[derive(Debug, Clone, Copy)]
pub struct Object<'a> {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub live: &'a str,
    /// Its tags.
    pub tags: &'a Tags,
    /// Whether it is not on its way out.
    pub alive: bool,
}

impl<'a> Object<'a> {
    fn of(kind: Kind, live: &'a str, tags: &'a Tags, alive: bool) -> Self {
        Self { kind, live, tags, alive }
    }
}

/// Whether an object is at the end of its life. A peering that failed can neither be used nor deleted.
pub fn is_over(object: &LiveObject) -> bool {
    let failed = object.state == "failed" && matches!(object.spec, Spec::VpcPeeringConnection { .. });
    failed || matches!(object.state.as_str(), "deleted" | "delete-complete" | "rejected" | "expired")
}

/// Whether an interface is one of its own: not the primary one of an instance, nor one of a service.
pub fn stands_alone(interface: &LiveNetworkInterface) -> bool {
    let is_primary = interface.attachment.as_ref().is_some_and(|it| it.device_index == 0);
    !interface.requester_managed && !is_primary && interface.interface_type == "interface"
}

/// Whether a table is its VPC's main one.
pub fn is_main(table: &LiveRouteTable) -> bool {
    table.associations.iter().any(|association| association.main)
}

/// The describing call of one object.
pub fn describe_one(kind: DescribeKind, live: &str) -> Call {
    Call::describe_ids(kind, [live])
}
