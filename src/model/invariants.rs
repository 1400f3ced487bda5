//! What holds for every document that `edit` has made, whatever was done to it.

use std::collections::BTreeMap;

use super::{
    document::Document,
    id::ResourceId,
    resource::{Kind, ResourceKind},
};
use crate::{t, words};

impl Document {
    /// One sentence for each thing that cannot be in a well-formed document; none where all is well:
    /// resources stand under their own ids, only existing resources are placed, only VPCs have
    /// lanes, and each VPC has exactly one main route table, default network ACL and default group.
    pub fn check_invariants(&self) -> Vec<String> {
        let mut broken = Vec::new();
        for (key, resource) in &self.topology.resources {
            if *key != resource.id {
                broken.push(t!("edit-invariant-id", key = key, id = &resource.id));
            }
        }
        for id in self.diagram.placements.keys() {
            if self.topology.get(id).is_none() {
                broken.push(t!("edit-invariant-placement", id = id));
            }
        }
        for id in self.diagram.lanes.keys() {
            if self.topology.kind(id).and_then(ResourceKind::as_vpc).is_none() {
                broken.push(t!("edit-invariant-lanes", id = id));
            }
        }
        self.check_implicit(&mut broken);
        broken
    }

    fn check_implicit(&self, broken: &mut Vec<String>) {
        const IMPLICIT: [Kind; 3] = [Kind::RouteTable, Kind::NetworkAcl, Kind::SecurityGroup];
        let mut counts: BTreeMap<(&ResourceId, Kind), usize> = BTreeMap::new();
        for resource in self.topology.iter() {
            if let Some(vpc) = resource.kind.implicit_vpc() {
                *counts.entry((vpc, resource.kind.kind())).or_default() += 1;
            }
        }
        for vpc in self.topology.of_kind(Kind::Vpc) {
            for kind in IMPLICIT {
                let count = counts.get(&(&vpc.id, kind)).copied().unwrap_or(0);
                if count != 1 {
                    let what = words::text(&format!("kind-{}", kind.as_str()), &[]);
                    broken.push(t!("edit-invariant-implicit", vpc = &vpc.id, count = count, what = what));
                }
            }
        }
    }
}

impl ResourceKind {
    /// The VPC together with which AWS made this: set for main route tables, default network ACLs
    /// and default security groups only.
    pub fn implicit_vpc(&self) -> Option<&ResourceId> {
        match self {
            Self::RouteTable(it) if it.main => Some(&it.vpc_id),
            Self::NetworkAcl(it) if it.is_default => Some(&it.vpc_id),
            Self::SecurityGroup(it) if it.is_default => Some(&it.vpc_id),
            _ => None,
        }
    }
}
