//! The parts into which a network falls: each VPC with what is in it, and what belongs to the region.

use std::collections::BTreeMap;

use crate::model::{Home, Index, Kind, Resource, ResourceId, ResourceKind, index::Change};

/// The kinds of which some belong to the region only.
const REGIONAL: [Kind; 13] = [
    Kind::InternetGateway,
    Kind::VpnGateway,
    Kind::ElasticIp,
    Kind::KeyPair,
    Kind::VpcPeeringConnection,
    Kind::TransitGateway,
    Kind::TransitGatewayPeeringAttachment,
    Kind::TransitGatewayRouteTable,
    Kind::VpnConnection,
    Kind::ManagedPrefixList,
    Kind::DhcpOptions,
    Kind::FlowLog,
    Kind::VpcBlockPublicAccess,
];

/// What a part is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartName<'a> {
    /// What belongs to the region only.
    Region,
    /// A VPC and what is in it.
    Vpc(&'a ResourceId),
}

impl<'a> PartName<'a> {
    /// The VPC, if it is one's.
    pub fn vpc(self) -> Option<&'a ResourceId> {
        match self {
            Self::Region => None,
            Self::Vpc(id) => Some(id),
        }
    }
}

/// The resources of one part, by kind, each in the order of ids.
#[derive(Debug, Default)]
pub struct Part<'a>(BTreeMap<Kind, Vec<&'a Resource>>);

impl<'a> Part<'a> {
    /// The part of a VPC, or that of the region; `None` where there is no such VPC.
    pub fn of(index: &'a Index, name: PartName<'_>) -> Option<Self> {
        let mut part = Self::default();
        let PartName::Vpc(vpc) = name else {
            let kinds = REGIONAL.iter().chain([&Kind::Other]);
            for resource in kinds.flat_map(|kind| index.resources_of(*kind)) {
                if resource.kind.home() == Home::Region {
                    part.add(resource);
                }
            }
            return Some(part);
        };
        let itself = index.get(vpc).filter(|it| it.kind.as_vpc().is_some())?;
        part.add(itself);
        let members = |of: &'a ResourceId| members(index, of);
        for member in members(&itself.id) {
            part.add(member);
            if member.kind.as_subnet().is_some() {
                members(&member.id).for_each(|it| part.add(it));
            }
        }
        for resources in part.0.values_mut() {
            resources.sort_by(|a, b| a.id.cmp(&b.id));
        }
        Some(part)
    }

    /// Every part, by its VPC; `None` where something belongs to a VPC or subnet that is not there.
    pub fn all(index: &'a Index) -> Option<BTreeMap<PartName<'a>, Self>> {
        let mut parts = BTreeMap::from([(PartName::Region, Self::default())]);
        for resource in index.resources() {
            parts.entry(Self::name(index, resource)?).or_default().add(resource);
        }
        Some(parts)
    }

    /// The part that a resource belongs to; `None` where it belongs to a VPC or subnet that is not
    /// there.
    pub fn name(index: &'a Index, resource: &'a Resource) -> Option<PartName<'a>> {
        let vpc = match resource.kind.home() {
            Home::Region => return Some(PartName::Region),
            Home::Itself => return Some(PartName::Vpc(&resource.id)),
            Home::Vpc(vpc) => vpc,
            Home::Subnet(subnet) => &index.kind(subnet)?.as_subnet()?.vpc_id,
        };
        index.kind(vpc)?.as_vpc().map(|_| PartName::Vpc(vpc))
    }

    /// The part that a resource belonged to before some changes.
    pub fn name_before(
        index: &'a Index,
        changes: &'a [Change],
        resource: &'a Resource,
    ) -> Option<PartName<'a>> {
        match resource.kind.home() {
            Home::Region => Some(PartName::Region),
            Home::Itself => Some(PartName::Vpc(&resource.id)),
            Home::Vpc(vpc) => Some(PartName::Vpc(vpc)),
            Home::Subnet(id) => {
                let changed =
                    changes.binary_search_by(|it| it.id.cmp(id)).ok().and_then(|at| changes.get(at));
                let before = changed.and_then(|it| it.before.as_ref()).map(|it| &it.kind);
                let subnet = before.or_else(|| index.kind(id)).and_then(ResourceKind::as_subnet)?;
                Some(PartName::Vpc(&subnet.vpc_id))
            }
        }
    }

    fn add(&mut self, resource: &'a Resource) {
        self.0.entry(resource.kind.kind()).or_default().push(resource);
    }

    /// Those of one kind, in the order of ids.
    pub fn of_kind(&self, kind: Kind) -> &[&'a Resource] {
        self.0.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// All of them.
    pub fn resources(&self) -> impl Iterator<Item = &'a Resource> {
        self.0.values().flatten().copied()
    }
}

/// What is at home in a VPC or in a subnet, each once.
fn members<'a>(index: &'a Index, of: &'a ResourceId) -> impl Iterator<Item = &'a Resource> {
    let mut last = None;
    let users = index.referrers(of).iter().filter(move |(user, _)| last.replace(user) != Some(user));
    users.filter_map(|(user, _)| index.get(user)).filter(move |it| match it.kind.home() {
        Home::Vpc(home) | Home::Subnet(home) => home == of,
        Home::Region | Home::Itself => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interop::{generate, native};

    #[test]
    fn a_part_alone_is_the_same_as_among_all() {
        let document = generate::network(400, 9);
        let index = document.topology.index();
        let all = Part::all(&index).expect("it falls into parts");
        assert!(all.len() > 2);
        let mut count = 0;
        for (name, part) in all {
            let alone = Part::of(&index, name).expect("it is there");
            assert_eq!(alone.0, part.0, "{name:?}");
            count += part.resources().count();
        }
        assert_eq!(count, document.topology.resources.len());
    }

    #[test]
    fn every_kind_that_belongs_to_the_region_is_known() {
        let text = include_bytes!("../../tests/support/every-field.vpcscape.json");
        let document = native::read(text).expect("it can be read");
        for resource in document.topology.iter() {
            let kind = resource.kind.kind();
            let known = kind == Kind::Other || REGIONAL.contains(&kind);
            assert!(resource.kind.home() != Home::Region || known, "{kind:?}");
        }
    }
}
