//! The findings about a document that is being changed: an edit asks again only what it may have
//! changed the answer of.
//!
//! A network falls into parts: each VPC with what is in it, and what belongs to the region only. A
//! rule of [`LOCAL`] looks at a resource together with others of its part and with what these mention
//! or are mentioned by; it is asked again for the parts that a change touches. Every other rule is
//! asked again as a whole.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use super::{
    Context, RULES, Review, Rule,
    part::{Part, PartName},
    settle,
};
use crate::{
    model::{Document, Index, Kind, ResourceId, RuleLevel, index::Change},
    problem::Problem,
};

/// The rules that see one part at a time: those of which a large network asks most. A rule that looks
/// through peering connections or transit gateways, counts over all VPCs, or whose fixes need an id
/// that is free in the whole drawing, does not belong here.
const LOCAL: &[&str] = &[
    "acl-allows-all",
    "acl-denies-all",
    "acl-icmp-family",
    "acl-no-replies",
    "acl-rule-hidden",
    "acl-rule-number",
    "acl-rule-quota",
    "default-group-rules",
    "default-group-used",
    "default-route-instance",
    "endpoint-group-443",
    "endpoint-private-dns",
    "endpoint-subnets",
    "endpoint-zones",
    "gateway-endpoint-blocked",
    "gateway-endpoint-tables",
    "gateway-route-table",
    "group-lets-nothing-in",
    "group-name",
    "group-open-to-world",
    "group-rule-duplicate",
    "group-rule-quota",
    "groups-per-interface",
    "instance-interfaces",
    "interface-attachment",
    "ipv6-address",
    "main-table-public",
    "nat-acl",
    "nat-acl-requests",
    "nat-address",
    "nat-private-internet",
    "nat-several-zones",
    "nat-without-gateway-endpoint",
    "nat-without-internet",
    "nat64",
    "other-vpc",
    "private-ip",
    "public-address-missing",
    "public-address-unneeded",
    "public-address-unused",
    "quota-vpc",
    "route-duplicate",
    "route-family",
    "route-inside-vpc",
    "route-instance-interfaces",
    "route-prefix-lists",
    "route-private-internet",
    "route-reserved",
    "route-source-dest-check",
    "rule-description",
    "rule-ports",
    "rule-ports-ignored",
    "subnet-cidr-size",
    "subnet-full",
    "subnet-ipv6-block",
    "subnet-ipv6-overlap",
    "subnet-ipv6-switches",
    "subnet-outside-vpc",
    "subnet-overlap",
    "subnet-zone",
    "tags",
    "unused",
    "user-data-size",
    "vpc-defaults",
];

/// The rules that see one part at a time, and the others.
static SORTED: LazyLock<(Vec<&Rule>, Vec<&Rule>)> =
    LazyLock::new(|| RULES.iter().partition(|rule| LOCAL.contains(&rule.code)));

/// What is remembered of the last time that the rules were asked.
#[derive(Debug, Clone, Default)]
pub struct Live {
    region: String,
    levels: BTreeMap<String, RuleLevel>,
    /// The findings of local rules by VPC, `None` for the region's; nothing where the document does not
    /// fall into parts.
    parts: Option<BTreeMap<Option<ResourceId>, Vec<Problem>>>,
}

impl Live {
    /// What the rules say about the document now, asking all of them.
    pub fn review(&mut self, document: &Document, index: &Index) -> Review {
        self.region.clone_from(&document.topology.region);
        self.levels.clone_from(&document.severities);
        let ask = |(name, part): (PartName<'_>, Part<'_>)| {
            (name.vpc().cloned(), local_findings(document, index, &part))
        };
        self.parts = Part::all(index).map(|parts| parts.into_iter().map(ask).collect());
        self.gather(document, index)
    }

    /// What the rules say about the document after some changes, which `index` has followed already:
    /// the same as [`super::review`] says.
    pub fn follow(&mut self, document: &Document, index: &Index, changes: &[Change]) -> Review {
        let same = self.region == document.topology.region && self.levels == document.severities;
        let touched = if same { touched(index, changes) } else { None };
        let (Some(touched), Some(parts)) = (touched, &mut self.parts) else {
            return self.review(document, index);
        };
        for name in touched {
            let key = name.vpc().cloned();
            match Part::of(index, name) {
                Some(part) => parts.insert(key, local_findings(document, index, &part)),
                None => parts.remove(&key),
            };
        }
        self.gather(document, index)
    }

    fn gather(&self, document: &Document, index: &Index) -> Review {
        let Some(parts) = &self.parts else { return super::review(document, index) };
        let context = Context::new(document, index);
        let mut problems = Vec::new();
        for rule in &SORTED.1 {
            super::ask(document, &context, rule, &mut problems);
        }
        problems.extend(parts.values().flatten().cloned());
        settle(document, problems)
    }
}

fn local_findings(document: &Document, index: &Index, part: &Part<'_>) -> Vec<Problem> {
    let context = Context::of_part(document, index, part);
    let mut problems = Vec::new();
    for rule in &SORTED.0 {
        super::ask(document, &context, rule, &mut problems);
    }
    problems
}

/// The parts that changes touch: those of the resources themselves, of what these mention and of what
/// mentions them, before and after; and always the region's. `None` where something has no part.
fn touched<'a>(index: &'a Index, changes: &'a [Change]) -> Option<BTreeSet<PartName<'a>>> {
    let mut touched = BTreeSet::from([PartName::Region]);
    for change in changes {
        if let Some(before) = &change.before {
            touched.insert(Part::name_before(index, changes, before)?);
        }
        if let Some(after) = &change.after {
            touched.insert(Part::name(index, after)?);
        }
        for resource in [&change.before, &change.after].into_iter().flatten() {
            // What is mentioned and gone is among the changes itself.
            resource.kind.each_reference(&mut |_, to| {
                touched.extend(index.get(to).and_then(|it| Part::name(index, it)));
            });
        }
        for (user, _) in index.referrers(&change.id) {
            touched.insert(Part::name(index, index.get(user)?)?);
        }
        // Fixes name what they add by an id that is free.
        let came_or_went = change.before.is_some() != change.after.is_some();
        if came_or_went && change.id.as_str().starts_with(Kind::GatewayEndpoint.id_prefix()) {
            return None;
        }
    }
    let beside: Vec<PartName<'_>> =
        touched.iter().filter_map(|it| it.vpc()).flat_map(|vpc| beside(index, vpc)).collect();
    touched.extend(beside);
    Some(touched)
}

/// The VPCs whose resources mention some of this VPC's, or are mentioned by them: rules may look
/// from there into this VPC.
fn beside<'a>(index: &'a Index, vpc: &'a ResourceId) -> Vec<PartName<'a>> {
    let mut found = Vec::new();
    let mut note = |id: &ResourceId| {
        let part = index.get(id).and_then(|it| Part::name(index, it));
        found.extend(part.filter(|it| it.vpc().is_some_and(|it| it != vpc)));
    };
    for member in Part::of(index, PartName::Vpc(vpc)).iter().flat_map(Part::resources) {
        member.kind.each_reference(&mut |_, to| note(to));
        index.referrers(&member.id).iter().for_each(|(user, _)| note(user));
    }
    found
}

#[cfg(test)]
mod tests;
