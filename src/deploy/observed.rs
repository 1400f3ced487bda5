//! What is there: the objects that describing calls showed.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    desired::kind_of,
    look::is_going,
    lookup::{Lookup, Members},
    side_by_side,
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

/// Objects of one kind by live id, in the order of ids.
pub type Objects<T> = Lookup<String, T>;

/// Objects by live id, each map of one kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "every map holds the objects that its name says")]
pub struct Observed {
    pub vpcs: Objects<LiveVpc>,
    /// The DNS switches of VPCs: support, host names.
    pub dns: BTreeMap<String, (Option<bool>, Option<bool>)>,
    pub subnets: Objects<LiveSubnet>,
    pub route_tables: Objects<LiveRouteTable>,
    pub internet_gateways: Objects<LiveInternetGateway>,
    pub egress_only_internet_gateways: Objects<LiveEgressOnlyInternetGateway>,
    pub addresses: Objects<LiveAddress>,
    pub nat_gateways: Objects<LiveNatGateway>,
    pub network_acls: Objects<LiveNetworkAcl>,
    pub security_groups: Objects<LiveSecurityGroup>,
    pub key_pairs: Objects<LiveKeyPair>,
    pub instances: Objects<LiveInstance>,
    pub vpc_endpoints: Objects<LiveVpcEndpoint>,
    /// What joins networks, leads out of them or watches over them.
    pub objects: Objects<LiveObject>,
    pub network_interfaces: Objects<LiveNetworkInterface>,
    /// `pl-…` by name.
    pub prefix_lists: BTreeMap<String, String>,
}

/// Puts in what was listed, in the place of what was known of it before.
fn put<T>(objects: &mut Objects<T>, list: Vec<T>, id: impl Fn(&T) -> &String) {
    objects.extend(list.into_iter().map(|it| (id(&it).clone(), it)));
    in_order(objects);
}

/// Puts objects into the order of ids again.
fn in_order<T>(objects: &mut Objects<T>) {
    if !objects.keys().is_sorted() {
        objects.sort_unstable_keys();
    }
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
            Live::Vpcs(list) => put(&mut self.vpcs, list, |it| &it.vpc_id),
            Live::Subnets(list) => put(&mut self.subnets, list, |it| &it.subnet_id),
            Live::RouteTables(list) => put(&mut self.route_tables, list, |it| &it.route_table_id),
            Live::InternetGateways(list) => {
                put(&mut self.internet_gateways, list, |it| &it.internet_gateway_id)
            }
            Live::EgressOnlyInternetGateways(list) => {
                put(&mut self.egress_only_internet_gateways, list, |it| &it.egress_only_internet_gateway_id)
            }
            Live::Addresses(list) => put(&mut self.addresses, list, |it| &it.allocation_id),
            Live::NatGateways(list) => put(&mut self.nat_gateways, list, |it| &it.nat_gateway_id),
            Live::NetworkAcls(list) => put(&mut self.network_acls, list, |it| &it.network_acl_id),
            Live::SecurityGroups(list) => put(&mut self.security_groups, list, |it| &it.group_id),
            Live::KeyPairs(list) => put(&mut self.key_pairs, list, |it| &it.key_pair_id),
            Live::Instances(list) => put(&mut self.instances, list, |it| &it.instance_id),
            Live::NetworkInterfaces(list) => {
                put(&mut self.network_interfaces, list, |it| &it.network_interface_id)
            }
            Live::VpcEndpoints(list) => put(&mut self.vpc_endpoints, list, |it| &it.vpc_endpoint_id),
            Live::PrefixLists(list) => {
                for item in list {
                    self.prefix_lists.insert(item.prefix_list_name, item.prefix_list_id);
                }
            }
            Live::Objects(list) => put(&mut self.objects, list, |it| &it.id),
            Live::AvailabilityZones(_)
            | Live::Images(_)
            | Live::InstanceTypeOfferings(_)
            | Live::AccountAttributes(_) => {}
        }
    }

    /// Puts objects that were put in one by one into the order of ids.
    pub fn sort(&mut self) {
        in_order(&mut self.vpcs);
        in_order(&mut self.subnets);
        in_order(&mut self.route_tables);
        in_order(&mut self.internet_gateways);
        in_order(&mut self.egress_only_internet_gateways);
        in_order(&mut self.addresses);
        in_order(&mut self.nat_gateways);
        in_order(&mut self.network_acls);
        in_order(&mut self.security_groups);
        in_order(&mut self.key_pairs);
        in_order(&mut self.instances);
        in_order(&mut self.vpc_endpoints);
        in_order(&mut self.objects);
        in_order(&mut self.network_interfaces);
    }

    /// Takes in the VPN connections of the account that end at gateways which were seen.
    pub fn take_connections(&mut self, call: &Call, reply: Reply) {
        let mut all = Self::default();
        all.take(call, reply);
        for (id, object) in all.objects {
            let gateway = object.spec.vpn_end();
            if gateway.is_some_and(|gateway| self.objects.contains_key(gateway)) {
                self.objects.entry(id).or_insert(object);
            }
        }
        in_order(&mut self.objects);
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
            .map(|it| Object::of(kind_of(it.spec.kind()), &it.id, &it.tags, !self.goes(it)));
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
        let over: BTreeSet<String> =
            self.objects.values().filter(|it| is_over(it)).map(|it| it.id.clone()).collect();
        let goes_along = |it: &LiveObject| it.spec.default_table_of().is_some_and(|it| over.contains(it));
        self.objects.retain(|id, it| !over.contains(id) && !goes_along(it));
    }

    /// Whether an object is on its way out, by itself or with what it came with.
    fn goes(&self, object: &LiveObject) -> bool {
        let whole = object.spec.default_table_of().and_then(|it| self.objects.get(it));
        is_going(&object.state) || whole.is_some_and(|it| is_going(&it.state))
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
        let owned = |object: &Object<'_>| {
            let owner = object.tags.get(DOCUMENT_TAG);
            if owner.is_some_and(|owner| owner != document.as_str()) {
                return None;
            }
            // The interface that an instance brings carries the tags of the instance.
            let resource = object.tags.get(RESOURCE_TAG);
            if object.kind == Kind::NetworkInterface && resource.is_some_and(|it| instances.contains(it)) {
                return None;
            }
            let tagged = resource.filter(|_| owner.is_some());
            let by_tag = || tagged.and_then(|text| ResourceId::new(text).ok());
            let resource = by_id.get(object.live).map(|id| (*id).clone()).or_else(by_tag)?;
            Some(Owned { resource, live: object.live.to_owned(), kind: object.kind, alive: object.alive })
        };
        let objects: Vec<Object<'_>> = self.objects().collect();
        side_by_side::map(&objects, owned).flatten().collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_stand_in_the_order_of_ids_however_their_pages_come() {
        let call = Call::describe_all(DescribeKind::Vpcs);
        let vpc = |id: &str, cidr_block: &str| LiveVpc {
            vpc_id: id.to_owned(),
            cidr_block: cidr_block.to_owned(),
            ..LiveVpc::default()
        };
        let mut observed = Observed::default();
        for page in
            [vec![vpc("vpc-3", ""), vpc("vpc-1", "")], vec![vpc("vpc-2", ""), vpc("vpc-1", "10.0.0.0/16")]]
        {
            observed.take(&call, Reply::Described(Live::Vpcs(page)));
        }
        assert!(observed.vpcs.keys().eq(["vpc-1", "vpc-2", "vpc-3"]), "{:?}", observed.vpcs);
        assert_eq!(observed.vpcs["vpc-1"].cidr_block, "10.0.0.0/16", "the newest answer counts");
    }
}
