//! Where a copy comes to live.

use super::Paste;
use crate::{
    edit::{
        draft::{gone, kind_name},
        homes,
        refusal::Refusal,
    },
    model::{Container, Home, Kind, ResourceId, ResourceKind},
    t,
};

impl Paste<'_> {
    /// The container of a copy whose own container was not copied; `None` where it was. The copy's
    /// required references lead there afterwards.
    pub(super) fn home(
        &self,
        kind: &mut ResourceKind,
        old: &ResourceId,
    ) -> Result<Option<Container>, Refusal> {
        let parent = parent_of(kind);
        if let Some(parent) = &parent
            && self.ids.contains_key(parent)
        {
            return Ok(None);
        }
        let home = self.root_home(kind, old, parent.as_ref())?;
        set_parent(kind, &home, self);
        Ok(Some(home))
    }

    /// The container that was pointed at where it takes the kind, else the original's own one.
    fn root_home(
        &self,
        kind: &ResourceKind,
        old: &ResourceId,
        own: Option<&ResourceId>,
    ) -> Result<Container, Refusal> {
        let name = kind.kind();
        let pointed = match (name, self.into) {
            (_, None) => None,
            // Beside a subnet that is selected, another one goes into the same lane.
            (Kind::Subnet, Some(Container::Subnet(subnet))) => Some(self.draft.topology().container(subnet)),
            (_, Some(into)) => Some(into.clone()),
        };
        let mut refusal = None;
        if let Some(into) = pointed {
            match homes::home(&self.draft, name, &into) {
                Ok(home) => return Ok(home),
                Err(it) => refusal = Some(it),
            }
        }
        let Some(container) = self.own_container(kind, own) else {
            return Err(refusal.unwrap_or_else(|| {
                let label = self.originals.get(old).map_or("", |it| it.label());
                Refusal::new(t!("edit-paste-homeless", kind = kind_name(name), name = label), [])
            }));
        };
        Ok(container)
    }

    /// The container that the fields of the original name, if it is on this drawing.
    fn own_container(&self, kind: &ResourceKind, own: Option<&ResourceId>) -> Option<Container> {
        let Some(own) = own else {
            return Some(Container::Region);
        };
        let topology = self.draft.topology();
        match (topology.kind(own)?, kind) {
            (ResourceKind::Vpc(_), ResourceKind::Subnet(it)) => {
                Some(Container::Lane(own.clone(), it.availability_zone.clone()))
            }
            (ResourceKind::Vpc(_), _) => Some(Container::Vpc(own.clone())),
            (ResourceKind::Subnet(_), _) => Some(Container::Subnet(own.clone())),
            _ => None,
        }
    }

    /// The VPC that a copy comes to, as an id of the new drawing.
    pub(super) fn new_vpc(&self, kind: &ResourceKind, home: Option<&Container>) -> Option<ResourceId> {
        match home {
            Some(Container::Vpc(vpc) | Container::Lane(vpc, _)) => Some(vpc.clone()),
            Some(Container::Subnet(subnet)) => self.vpc_of_subnet(subnet),
            Some(Container::Region) => None,
            None => match kind.home() {
                Home::Subnet(subnet) => self.vpc_of_subnet(&self.new_id(subnet)),
                Home::Vpc(vpc) => Some(self.new_id(vpc)),
                Home::Region | Home::Itself => None,
            },
        }
    }

    fn vpc_of_subnet(&self, subnet: &ResourceId) -> Option<ResourceId> {
        self.draft.kind(subnet)?.as_subnet().map(|it| it.vpc_id.clone())
    }

    /// The refusal for a container that vanished between choosing and using it.
    pub(super) fn block_refusal(&self, vpc: &ResourceId) -> Refusal {
        match self.draft.get(vpc) {
            Some(_) => Refusal::new(t!("edit-no-subnet-block", vpc = self.draft.label(vpc)), [vpc.clone()]),
            None => gone(vpc),
        }
    }
}

/// The VPC or subnet that the fields name as the place.
fn parent_of(kind: &ResourceKind) -> Option<ResourceId> {
    match kind.home() {
        Home::Vpc(id) | Home::Subnet(id) => Some(id.clone()),
        Home::Region | Home::Itself => None,
    }
}

/// Zone, and subnet of an endpoint, follow the container; the ids of parents are set after the
/// references are renamed.
fn set_parent(kind: &mut ResourceKind, home: &Container, paste: &Paste<'_>) {
    match (kind, home) {
        (ResourceKind::Subnet(it), Container::Lane(_, zone)) => zone.clone_into(&mut it.availability_zone),
        (ResourceKind::InterfaceEndpoint(it), Container::Subnet(subnet)) => {
            let copied = it.subnet_ids.iter().any(|id| paste.ids.contains_key(id));
            if !copied {
                it.subnet_ids = vec![subnet.clone()];
            }
        }
        _ => {}
    }
}
