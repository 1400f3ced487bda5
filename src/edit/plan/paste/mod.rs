//! `Paste` and `Duplicate`: copies with fresh ids, free names and free blocks. References among the
//! copies lead to the copies; references to what was not copied stay where they make sense.

mod fields;
mod roots;

use std::collections::{BTreeMap, BTreeSet};

use super::{Planned, place, region};
use crate::{
    edit::{
        clip::{Clip, rank},
        draft::{Draft, gone},
        fresh,
        refusal::Refusal,
    },
    model::{Container, Home, Kind, Placement, Resource, ResourceId, ResourceKind},
    net::Ipv4Net,
    t,
};

/// How far a copy stands from its original when both are in the same container.
const OFFSET: i32 = 24;

pub(super) fn plan_duplicate(draft: Draft<'_>, ids: &[ResourceId]) -> Result<Planned, Refusal> {
    if let Some(missing) = ids.iter().find(|id| draft.get(id).is_none()) {
        return Err(gone(missing));
    }
    let clip = Clip::of(draft.document(), draft.index(), ids);
    let label = match ids {
        [id] => t!("edit-label-duplicate", name = draft.label(id)),
        _ => t!("edit-label-duplicate-many", count = ids.len()),
    };
    Paste::new(draft, &clip, None).run(None, label)
}

pub(super) fn plan_paste(
    draft: Draft<'_>,
    clip: &Clip,
    into: Option<&Container>,
    at: Option<(i32, i32)>,
) -> Result<Planned, Refusal> {
    let label = t!("edit-label-paste", count = clip.resources.len());
    Paste::new(draft, clip, into).run(at, label)
}

/// A paste under way.
struct Paste<'a> {
    draft: Draft<'a>,
    clip: &'a Clip,
    into: Option<&'a Container>,
    /// From the ids of the clip to those of the copies.
    ids: BTreeMap<ResourceId, ResourceId>,
    /// The names in use, per kind.
    names: BTreeMap<Kind, (BTreeSet<String>, fresh::Counter)>,
    /// The resources of the clip by their ids.
    originals: BTreeMap<&'a ResourceId, &'a Resource>,
    /// The old and new blocks of each copied VPC and subnet, by the id in the clip.
    blocks: BTreeMap<ResourceId, Vec<(Ipv4Net, Ipv4Net)>>,
    /// The copies whose container was not copied, with the container that they come to.
    roots: Vec<(ResourceId, Container)>,
}

impl<'a> Paste<'a> {
    fn new(draft: Draft<'a>, clip: &'a Clip, into: Option<&'a Container>) -> Self {
        let mut ids: BTreeMap<ResourceId, ResourceId> = BTreeMap::new();
        let mut assigned = BTreeSet::new();
        let mut counter = fresh::Counter::default();
        let has_block = !draft.of_kind(Kind::VpcBlockPublicAccess).is_empty();
        for resource in &clip.resources {
            // The account has one such setting, so a drawing that has it takes no copy of it.
            if has_block && resource.kind.kind() == Kind::VpcBlockPublicAccess {
                continue;
            }
            let old = &resource.id;
            let is_taken = |id: &ResourceId| draft.is_taken(id) || assigned.contains(id);
            // In another document the copy keeps its id where that is free.
            let id = if is_taken(old) {
                counter.next_id(old, resource.kind.kind(), is_taken)
            } else {
                old.clone()
            };
            assigned.insert(id.clone());
            ids.entry(old.clone()).or_insert(id);
        }
        let (names, blocks) = (BTreeMap::new(), BTreeMap::new());
        let originals = clip.resources.iter().map(|it| (&it.id, it)).collect();
        Self { draft, clip, into, ids, names, originals, blocks, roots: Vec::new() }
    }

    fn run(mut self, at: Option<(i32, i32)>, label: String) -> Result<Planned, Refusal> {
        let clip = self.clip;
        let mut resources: Vec<&Resource> = clip.resources.iter().collect();
        resources.sort_by_key(|resource| rank(resource.kind.kind()));
        let mut seen = BTreeSet::new();
        for resource in resources {
            if seen.insert(&resource.id) && self.ids.contains_key(&resource.id) {
                self.copy(resource)?;
            }
        }
        self.complete_vpcs();
        self.place_copies(at);
        let selected = self.roots.iter().map(|(id, _)| self.new_id(id)).collect();
        self.draft.select(selected);
        Ok(self.draft.finish(label))
    }

    fn new_id(&self, old: &ResourceId) -> ResourceId {
        self.ids.get(old).unwrap_or(old).clone()
    }

    fn copy(&mut self, original: &Resource) -> Result<(), Refusal> {
        let mut copy = original.clone();
        copy.id = self.new_id(&original.id);
        copy.name = self.free_name(original.kind.kind(), &original.name);
        if self.clip.region != self.draft.topology().region {
            region::retarget(&mut copy.kind, &self.clip.region, &self.draft.topology().region);
        }
        let home = self.home(&mut copy.kind, &original.id)?;
        self.settle(&original.id, &mut copy, home.as_ref())?;
        let unattached = matches!(copy.kind.home(), Home::Region);
        self.draft.put(copy);
        if let Some(home) = home {
            let home = if unattached { Container::Region } else { home };
            if let Container::Lane(vpc, zone) = &home {
                self.draft.ensure_lane(vpc, zone);
            }
            self.roots.push((original.id.clone(), home));
        }
        Ok(())
    }

    fn free_name(&mut self, kind: Kind, wanted: &str) -> String {
        if wanted.is_empty() {
            return String::new();
        }
        let draft = &self.draft;
        let (names, counter) =
            self.names.entry(kind).or_insert_with(|| (draft.names(kind), fresh::Counter::default()));
        let name = counter.first_free(names, wanted);
        names.insert(name.clone());
        name
    }

    /// Gives each copied VPC its lanes, and what AWS makes with a VPC where the clip has none of it.
    fn complete_vpcs(&mut self) {
        let vpcs: Vec<&Resource> =
            self.clip.resources.iter().filter(|it| it.kind.kind() == Kind::Vpc).collect();
        for vpc in vpcs {
            let id = self.new_id(&vpc.id);
            let missing = self.missing_of(&id);
            let name = self.draft.label(&id);
            place::add_implicit(&mut self.draft, &id, &name, missing);
            if let Some(zones) = self.clip.lanes.get(&vpc.id) {
                let new_region = self.draft.topology().region.clone();
                let zones =
                    zones.iter().map(|zone| region::zone_in(zone, &self.clip.region, &new_region)).collect();
                self.draft.set_lanes(&id, zones);
            }
        }
    }

    fn missing_of(&self, vpc: &ResourceId) -> place::Missing {
        let mut missing = place::Missing::ALL;
        let kinds = [Kind::RouteTable, Kind::NetworkAcl, Kind::SecurityGroup];
        for id in kinds.into_iter().flat_map(|kind| self.draft.touched_of(kind)) {
            match self.draft.kind(id) {
                Some(ResourceKind::RouteTable(it)) if it.main && it.vpc_id == *vpc => {
                    missing.main_table = false
                }
                Some(ResourceKind::NetworkAcl(it)) if it.is_default && it.vpc_id == *vpc => {
                    missing.default_acl = false;
                }
                Some(ResourceKind::SecurityGroup(it)) if it.is_default && it.vpc_id == *vpc => {
                    missing.default_group = false;
                }
                _ => {}
            }
        }
        missing
    }

    /// Inside a copied container everything stands as in the original; the outermost copies stand
    /// where the user points, as they stood to each other, or a little beside their originals.
    fn place_copies(&mut self, at: Option<(i32, i32)>) {
        let placements: BTreeMap<&ResourceId, Placement> =
            self.clip.placements.iter().map(|(id, placement)| (id, *placement)).collect();
        let first = self.roots.first().map(|(id, _)| placements.get(id).copied().unwrap_or_default());
        let homes: BTreeMap<ResourceId, Container> = self.roots.iter().cloned().collect();
        for (old, new) in &self.ids {
            let Some(placement) = placements.get(old).copied() else {
                if let (Some(at), Some(_), true) = (at, homes.get(old), self.is_first_root(old)) {
                    self.draft.place_at(new, Some(at));
                }
                continue;
            };
            let placed = match (homes.get(old), at, first) {
                (None, ..) => Some(placement),
                (Some(_), Some((x, y)), Some(first)) => Some(Placement {
                    x: x.saturating_add(placement.x.saturating_sub(first.x)),
                    y: y.saturating_add(placement.y.saturating_sub(first.y)),
                    ..placement
                }),
                (Some(home), ..) => (self.draft.topology().container(old) == *home).then(|| Placement {
                    x: placement.x.saturating_add(OFFSET),
                    y: placement.y.saturating_add(OFFSET),
                    ..placement
                }),
            };
            self.draft.place(new, placed);
        }
    }

    fn is_first_root(&self, id: &ResourceId) -> bool {
        self.roots.first().is_some_and(|(first, _)| first == id)
    }
}
