//! What a new resource is called, and which block it gets.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::Draft;
use crate::{
    model::{Kind, ResourceId, ResourceKind, Vpc},
    net::{Ipv4Net, cidr},
};

/// The longest and shortest prefix that AWS gives to a subnet.
const SMALLEST: u8 = 28;

/// The ranges of RFC 1918, as `(address, prefix)`, in the order in which blocks are proposed.
const PRIVATE_RANGES: [([u8; 4], u8); 3] =
    [([10, 0, 0, 0], 8), ([172, 16, 0, 0], 12), ([192, 168, 0, 0], 16)];

/// A name and an id that count up: `subnet-1`, `subnet-2`. Kinds whose ids begin alike count together.
pub(super) fn counted(draft: &Draft<'_>, kind: Kind) -> (String, ResourceId) {
    let stem = stem(kind);
    let number_of = |text: &str, prefix: &str| text.strip_prefix(prefix)?.parse::<usize>().ok();
    let alike = Kind::ALL.iter().filter(|other| other.id_prefix() == kind.id_prefix());
    let highest = alike
        .flat_map(|kind| draft.of_kind(*kind))
        .flat_map(|it| [number_of(&it.name, stem), number_of(it.id.as_str(), kind.id_prefix())])
        .flatten()
        .max()
        .unwrap_or(0);
    let number = highest.saturating_add(1);
    let id = draft.free_id(kind, &number.to_string());
    (format!("{stem}{number}"), id)
}

/// A name that no resource of the kind has: the wanted one, else `NAME-2`, `NAME-3`.
pub(super) fn unique_name(draft: &Draft<'_>, kind: Kind, wanted: &str) -> String {
    first_free(&draft.names(kind), wanted)
}

/// The wanted text, or the first of `TEXT-2`, `TEXT-3` that is not taken.
pub(super) fn first_free(taken: &BTreeSet<String>, wanted: &str) -> String {
    if !taken.contains(wanted) {
        return wanted.to_owned();
    }
    Counter::default().next(without_number(wanted), |name| taken.contains(name))
}

/// Numbers behind texts. Each text goes on where it stopped, so that copying a thousand things of
/// one name does not count from the beginning a thousand times.
#[derive(Debug, Default)]
pub(super) struct Counter(BTreeMap<String, usize>);

impl Counter {
    /// The next of `BASE-2`, `BASE-3` that is not taken.
    fn next(&mut self, base: &str, taken: impl Fn(&str) -> bool) -> String {
        let number = self.0.entry(base.to_owned()).or_insert(1);
        loop {
            *number += 1;
            let text = format!("{base}-{number}");
            if !taken(&text) {
                return text;
            }
        }
    }

    /// As [`first_free`], for many texts in a row.
    pub(super) fn first_free(&mut self, taken: &BTreeSet<String>, wanted: &str) -> String {
        if !taken.contains(wanted) {
            return wanted.to_owned();
        }
        self.next(without_number(wanted), |name| taken.contains(name))
    }

    /// The id of a copy: `vpc-1` becomes `vpc-2`, `subnet-public` becomes `subnet-public-2`.
    pub(super) fn next_id(
        &mut self,
        old: &ResourceId,
        kind: Kind,
        taken: impl Fn(&ResourceId) -> bool,
    ) -> ResourceId {
        let base = without_number(old.as_str());
        let is_taken = |text: &str| ResourceId::new(text).is_ok_and(|id| taken(&id));
        // A text that became too long is not an id; a shorter one is made from it.
        ResourceId::new(&self.next(base, is_taken))
            .unwrap_or_else(|_| crate::model::Topology::fresh_id(kind, old.as_str(), &taken))
    }
}

/// `web-2` is copied to `web-3`, not to `web-2-2`.
fn without_number(text: &str) -> &str {
    match text.rsplit_once('-') {
        Some((base, number)) if !base.is_empty() && number.parse::<u32>().is_ok() => base,
        _ => text,
    }
}

/// Security groups may not be called `sg-…`; the rest starts as AWS's ids do.
fn stem(kind: Kind) -> &'static str {
    match kind {
        Kind::SecurityGroup => "group-",
        Kind::Instance => "instance-",
        other => other.id_prefix(),
    }
}

/// The blocks of every VPC, with the changes so far.
pub(super) fn vpc_blocks(draft: &Draft<'_>) -> Vec<Ipv4Net> {
    let vpcs = draft.of_kind(Kind::Vpc);
    vpcs.into_iter().filter_map(|it| it.kind.as_vpc()).flat_map(Vpc::cidr_blocks).collect()
}

/// The lowest private block of this size that overlaps none of `used`.
pub(super) fn free_vpc_block(used: &[Ipv4Net], prefix: u8) -> Option<Ipv4Net> {
    PRIVATE_RANGES
        .iter()
        .filter_map(|(address, length)| Ipv4Net::new((*address).into(), *length).ok())
        .find_map(|range| cidr::next_free(&range, used, prefix))
}

/// The blocks of a VPC's subnets, with the changes so far.
pub(super) fn subnet_blocks(draft: &Draft<'_>, vpc: &ResourceId) -> Vec<Ipv4Net> {
    let below: BTreeSet<&ResourceId> = draft.index().subnets_of(draft.topology(), vpc).collect();
    let all: BTreeSet<&ResourceId> = below.into_iter().chain(draft.touched_of(Kind::Subnet)).collect();
    all.into_iter()
        .filter_map(|id| draft.kind(id)?.as_subnet())
        .filter(|subnet| subnet.vpc_id == *vpc)
        .map(|subnet| subnet.cidr_block)
        .collect()
}

/// A free block for a new subnet: /24 in a large VPC, a quarter of a small one, less where only less
/// is free.
pub(super) fn free_subnet_block(draft: &Draft<'_>, vpc: &ResourceId) -> Option<Ipv4Net> {
    let primary = draft.kind(vpc).and_then(ResourceKind::as_vpc)?.cidr_block;
    let usual = primary.prefix_len().saturating_add(2).clamp(24, SMALLEST);
    free_subnet_block_of(draft, vpc, usual)
}

/// A free block of this size in one of the VPC's blocks, or a smaller one where that is all.
pub(super) fn free_subnet_block_of(draft: &Draft<'_>, vpc: &ResourceId, prefix: u8) -> Option<Ipv4Net> {
    let fields = draft.kind(vpc).and_then(ResourceKind::as_vpc)?;
    let used = subnet_blocks(draft, vpc);
    (prefix..=SMALLEST).find_map(|prefix| {
        fields
            .cidr_blocks()
            .filter(|block| block.prefix_len() <= prefix)
            .find_map(|block| cidr::next_free(&block, &used, prefix))
    })
}

/// Whether a subnet of this block fits into the VPC beside its other subnets.
pub(super) fn is_free_in(draft: &Draft<'_>, vpc: &ResourceId, block: &Ipv4Net) -> bool {
    let Some(fields) = draft.kind(vpc).and_then(ResourceKind::as_vpc) else {
        return false;
    };
    fields.cidr_blocks().any(|own| own.contains(block))
        && !subnet_blocks(draft, vpc).iter().any(|used| cidr::overlap(used, block))
}
