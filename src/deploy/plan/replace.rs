//! What cannot be changed in place is made anew, and with it everything that cannot move over.

use std::{collections::BTreeMap, sync::Arc};

use super::build::Builder;
use crate::{
    deploy::{
        kinds::{self, Context, Frozen},
        observed::Owned,
        side_by_side,
    },
    model::{Kind, Resource, ResourceId, ResourceKind},
};

/// The object that is replaced, and why.
#[derive(Debug, Clone)]
pub(super) struct Replaced {
    /// Its id.
    pub live: String,
    /// What differs; of what stands in a replaced subnet this is the subnet.
    pub fields: Vec<Frozen>,
    /// Whether the new one is made before the old one goes.
    pub create_first: bool,
}

/// What is replaced, by resource.
pub(super) type Replacements = BTreeMap<ResourceId, Replaced>;

impl Builder<'_> {
    /// Takes the objects that must be made anew from their resources, until nothing follows any more:
    /// with a subnet goes what stands in it, with a key pair what was started with it.
    pub(super) fn replace(&mut self) {
        let desired = Arc::clone(&self.desired);
        loop {
            let bound: Vec<&Resource> =
                desired.topology.iter().filter(|it| self.ids.get(&it.id).is_some()).collect();
            let fields = side_by_side::map(&bound, |resource| self.differs(resource));
            let differ = bound.into_iter().zip(fields).filter(|(_, fields)| !fields.is_empty());
            let (found, stuck): (Vec<_>, Vec<_>) = differ.partition(|(it, fields)| self.must_go(it, fields));
            if found.is_empty() {
                self.frozen = stuck.into_iter().map(|(it, fields)| (it.id.clone(), fields)).collect();
                return;
            }
            for (resource, fields) in found {
                let Some(live) = self.ids.get(&resource.id).map(str::to_owned) else { continue };
                self.ids.unbind(&resource.id);
                self.kept.swap_remove(&live);
                let create_first = is_made_first(resource, &fields);
                self.replaced.insert(resource.id.clone(), Replaced { live, fields, create_first });
            }
        }
    }

    /// What differs and cannot be changed.
    fn differs(&self, resource: &Resource) -> Vec<Frozen> {
        let cx = Context { desired: &self.desired, ids: &self.ids, stamp: &self.request.stamp, places: None };
        let mut fields = kinds::frozen(resource, cx, self.observed);
        fields.extend(self.in_replaced_subnet(resource));
        fields
    }

    /// Whether the object of a resource must be made anew for what differs; it stays where this program
    /// does not replace.
    fn must_go(&self, resource: &Resource, fields: &[Frozen]) -> bool {
        if kinds::comes_with(resource, &self.desired).is_some() {
            return false;
        }
        match resource.kind.kind() {
            // With a VPC everything would go, its gateways and names too: that is a deploy of its own.
            Kind::Vpc => false,
            // Two groups of one name cannot be there at a time, and what uses the old one needs one.
            Kind::SecurityGroup => is_made_first(resource, fields),
            _ => true,
        }
    }

    /// The interfaces of endpoints and of attachments to transit gateways keep their subnets from going,
    /// and the new subnet waits for the old one's end: so they go along.
    fn in_replaced_subnet(&self, resource: &Resource) -> Option<Frozen> {
        let subnets = match &resource.kind {
            ResourceKind::InterfaceEndpoint(it) => &it.subnet_ids,
            ResourceKind::TransitGatewayVpcAttachment(it) => &it.subnet_ids,
            _ => return None,
        };
        let subnet = subnets.iter().find(|id| self.replaced.contains_key(*id))?;
        let live = self.replaced.get(subnet)?.live.clone();
        Some(Frozen { field: "subnet_ids", live, wanted: self.ids.of(subnet) })
    }

    /// Whether the successor of an object is made before it goes.
    pub(super) fn is_made_first(&self, owned: &Owned) -> bool {
        let replaced = self.replaced.get(&owned.resource);
        replaced.is_some_and(|it| it.create_first && it.live == owned.live)
    }
}

/// A group under another name, a set of DHCP options or a prefix list can stand beside the old one: what uses it moves over without a gap.
fn is_made_first(resource: &Resource, fields: &[Frozen]) -> bool {
    match resource.kind {
        ResourceKind::SecurityGroup(_) => fields.iter().any(|it| matches!(it.field, "group_name" | "vpc_id")),
        // What VPCs, routes and rules use has no name that must be its alone.
        ResourceKind::DhcpOptions(_) | ResourceKind::ManagedPrefixList(_) => true,
        _ => false,
    }
}
