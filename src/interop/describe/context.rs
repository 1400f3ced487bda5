//! What the kinds share while a document is made.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::Ipv4Addr,
    sync::Arc,
};

use super::{
    interfaces::Interface,
    node::{Faults, Node},
    report::Report,
    store::{Record, Store, is_region},
};
use crate::{
    model::{Document, ElasticIp, Kind, Resource, ResourceId, ResourceKind, Topology},
    t,
};

/// An import under way.
pub(super) struct Import<'a> {
    pub store: &'a Store,
    pub report: Report,
    pub resources: BTreeMap<ResourceId, Resource>,
    /// The region of the document.
    pub region: String,
    /// Every living network interface of the files, by id.
    pub interfaces: BTreeMap<ResourceId, Interface>,
    /// The interfaces that are part of another resource of the document.
    pub owned: BTreeSet<ResourceId>,
    /// What a primary interface is part of.
    pub primary_of: BTreeMap<ResourceId, ResourceId>,
    /// Key pairs by their names.
    pub keys: BTreeMap<String, ResourceId>,
    /// Elastic IP addresses by the public address.
    pub addresses: BTreeMap<Ipv4Addr, ResourceId>,
    /// What is attached to a transit gateway, by the attachment's id.
    pub attached: BTreeMap<ResourceId, ResourceId>,
    /// Load balancers and target groups by ARN.
    pub arns: BTreeMap<String, ResourceId>,
    primaries: BTreeMap<ResourceId, ResourceId>,
    /// The interfaces of services, by the description that names what they are part of.
    described: BTreeMap<String, Vec<ResourceId>>,
    zones: BTreeMap<String, String>,
    faults: &'a Faults,
}

impl<'a> Import<'a> {
    /// An import of a store.
    pub fn new(store: &'a Store, report: Report) -> Self {
        let mut import = Self {
            store,
            report,
            resources: BTreeMap::new(),
            region: String::new(),
            interfaces: BTreeMap::new(),
            owned: BTreeSet::new(),
            primary_of: BTreeMap::new(),
            keys: BTreeMap::new(),
            addresses: BTreeMap::new(),
            attached: BTreeMap::new(),
            arns: BTreeMap::new(),
            primaries: BTreeMap::new(),
            described: BTreeMap::new(),
            zones: BTreeMap::new(),
            faults: store.faults(),
        };
        import.zones = import.regions_by_zone();
        import.region = import.main_region();
        import.interfaces = super::interfaces::collect(&import);
        for (id, it) in import.interfaces.iter().filter(|(_, it)| !it.description.is_empty()) {
            import.described.entry(it.description.clone()).or_default().push(id.clone());
        }
        let attached = |(node, _): (Node<'a>, &Record)| {
            Some((node.id("TransitGatewayAttachmentId")?, node.id("ResourceId")?))
        };
        import.attached = import.all("TransitGatewayAttachments").into_iter().filter_map(attached).collect();
        let primary = |(id, it): (&ResourceId, &Interface)| {
            Some((it.instance_id.clone().filter(|_| it.device_index == Some(0))?, id.clone()))
        };
        import.primaries = import.interfaces.iter().filter_map(primary).collect();
        import
    }

    /// The records of an array.
    pub fn all(&self, array: &'static str) -> Vec<(Node<'a>, &'a Record)> {
        let store = self.store;
        let node = |(id, record): (&str, &'a Record)| (self.node(array, id, record), record);
        store.all(array).map(node).collect()
    }

    /// The record of one id.
    pub fn one(&self, array: &str, id: &str) -> Option<Node<'a>> {
        let store = self.store;
        store.get(array, id).map(|record| self.node(array, id, record))
    }

    /// A record with its place.
    pub fn node(&self, array: &str, id: &str, record: &'a Record) -> Node<'a> {
        let path = format!("{array}[{}]", super::node::shorten(id));
        Node { value: &record.value, file: &record.origin.file, path, faults: self.faults }
    }

    /// Takes up a resource; the name and the tags are those of the record.
    pub fn add(&mut self, id: ResourceId, node: &Node<'_>, kind: impl Into<ResourceKind>) {
        let (name, tags) = node.tags();
        self.put(Resource { id, name, tags, kind: kind.into() });
    }

    /// Takes up a resource that no record describes.
    pub fn add_bare(&mut self, id: ResourceId, name: &str, kind: impl Into<ResourceKind>) {
        self.put(Resource::new(id, name, kind));
    }

    fn put(&mut self, resource: Resource) {
        if self.resources.contains_key(&resource.id) {
            self.report.left_out(resource.id.as_str(), t!("import-same-id"));
            return;
        }
        match &resource.kind {
            ResourceKind::KeyPair(it) => {
                self.keys.entry(it.key_name.clone()).or_insert_with(|| resource.id.clone());
            }
            ResourceKind::ElasticIp(ElasticIp { public_ip: Some(ip), .. }) => {
                self.addresses.entry(*ip).or_insert_with(|| resource.id.clone());
            }
            _ => {}
        }
        self.resources.insert(resource.id.clone(), resource);
    }

    /// Writes down that a record is left out.
    pub fn leave_out(&mut self, node: &Node<'_>, why: String) {
        self.report.left_out(format!("{}: {}", node.file, node.path), why);
    }

    /// Writes down that a record lacks a field without which it cannot be drawn.
    pub fn incomplete(&mut self, node: &Node<'_>, field: &str) {
        self.leave_out(node, t!("import-incomplete", field = field));
    }

    /// The kind of what is in the document under an id.
    pub fn kind_of(&self, id: &ResourceId) -> Option<Kind> {
        self.resources.get(id).map(|it| it.kind.kind())
    }

    /// Whether the document has this id with this kind.
    pub fn has(&self, id: &ResourceId, kind: Kind) -> bool {
        self.kind_of(id) == Some(kind)
    }

    /// The interface of an instance with index 0.
    pub fn primary_interface(&self, instance: &ResourceId) -> Option<ResourceId> {
        self.primaries.get(instance).cloned()
    }

    /// The interfaces with this description.
    pub fn described(&self, description: &str) -> &[ResourceId] {
        self.described.get(description).map_or(&[], Vec::as_slice)
    }

    /// The ids of one kind.
    pub fn ids(&self, kind: Kind) -> Vec<ResourceId> {
        self.resources.values().filter(|it| it.kind.kind() == kind).map(|it| it.id.clone()).collect()
    }

    /// An id that is free.
    pub fn free_id(&self, kind: Kind, name: &str) -> ResourceId {
        Topology::fresh_id(kind, name, |id| self.resources.contains_key(id))
    }

    /// The region of a record, where it is known and not the document's.
    pub fn other_region(&self, region: Option<&str>) -> Option<String> {
        region.filter(|region| *region != self.region).map(str::to_owned)
    }

    /// Where most of the VPCs are, or else what anything says.
    fn main_region(&mut self) -> String {
        let mut votes: BTreeMap<String, usize> = BTreeMap::new();
        for (node, record) in self.all("Vpcs") {
            let region = self.region_of_vpc(&node.word("VpcId").unwrap_or_default(), record);
            if let Some(region) = region {
                *votes.entry(region).or_default() += 1;
            }
        }
        if votes.is_empty() {
            votes.clone_from(&self.store.regions);
        }
        if votes.is_empty() {
            let zones = self.all("AvailabilityZones");
            let named = zones.first().and_then(|(node, _)| node.word("RegionName"));
            votes.extend(named.map(|region| (region, 1)));
        }
        // The first of equals, in the order of names.
        let best = votes.into_iter().rev().max_by_key(|(_, count)| *count);
        best.map_or_else(
            || {
                self.report.assume("region", t!("import-assumed-region", region = "us-east-1"));
                "us-east-1".to_owned()
            },
            |(region, _)| region,
        )
    }

    /// The regions of VPCs by the zones of their subnets.
    fn regions_by_zone(&self) -> BTreeMap<String, String> {
        let region = |(subnet, _): (Node<'a>, &Record)| {
            Some((subnet.word("VpcId")?, region_of_zone(&subnet.word("AvailabilityZone")?)?))
        };
        self.all("Subnets").into_iter().filter_map(region).collect()
    }

    /// The region of a VPC: that of its folder, or of its subnets.
    pub fn region_of_vpc(&self, id: &str, record: &Record) -> Option<String> {
        record.origin.region.clone().or_else(|| self.zones.get(id).cloned())
    }

    /// The document and the report.
    pub fn finish(self, name: &str) -> (Document, Report) {
        let mut report = self.report;
        report.not_understood.extend(self.faults.borrow_mut().drain(..));
        for resource in self.resources.values() {
            *report.imported.entry(resource.kind.kind().as_str().to_owned()).or_default() += 1;
        }
        report.tidy();
        let mut document = Document::new(name, self.region);
        document.topology.resources =
            self.resources.into_iter().map(|(id, resource)| (id, Arc::new(resource))).collect();
        (document, report)
    }
}

/// `us-east-1` of `us-east-1a`, also of a local zone's `us-west-2-lax-1a`.
fn region_of_zone(zone: &str) -> Option<String> {
    let without = zone.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let parts: Vec<&str> = without.split('-').collect();
    let number = parts.iter().position(|part| part.bytes().all(|b| b.is_ascii_digit()))?;
    let region = parts.get(..=number)?.join("-");
    is_region(&region).then_some(region)
}
