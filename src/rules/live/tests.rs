use std::sync::Arc;

use proptest::{prelude::*, test_runner::TestCaseError};

use super::*;
use crate::{
    interop::{generate, native},
    model::Resource,
    reach::random,
    rules,
};

#[test]
fn local_rules_exist() {
    for code in LOCAL {
        assert!(RULES.iter().any(|rule| rule.code == *code), "{code}");
    }
}

/// Puts resources of another network in the place of those of the same id, takes some away and brings
/// them back, as the numbers say; after each step the findings are those of asking everything.
fn follow(mut document: Document, other: &Document, steps: &[(u16, u8)]) -> Result<(), TestCaseError> {
    let ids: BTreeSet<ResourceId> =
        document.topology.resources.keys().chain(other.topology.resources.keys()).cloned().collect();
    let ids: Vec<ResourceId> = ids.into_iter().collect();
    let mut index = document.topology.index();
    let mut live = Live::default();
    live.review(&document, &index);
    for (which, how) in steps {
        let Some(id) = ids.get(usize::from(*which) % ids.len().max(1)) else { continue };
        change(&mut document, other, id, *how);
        let changes = index.refresh(&document.topology);
        let review = live.follow(&document, &index, &changes);
        let fresh = rules::review(&document, &document.topology.index());
        let stale = review.problems.iter().find(|it| !fresh.problems.contains(it));
        let missed = fresh.problems.iter().find(|it| !review.problems.contains(it));
        prop_assert_eq!(stale, missed, "after a change of {} ({})", id, how);
        let mut pairs = review.problems.iter().zip(&fresh.problems);
        let differs = pairs.find(|(live, fresh)| live != fresh);
        prop_assert!(differs.is_none(), "after a change of {} ({}): {:#?}", id, how, differs);
        prop_assert_eq!(review.problems.len(), fresh.problems.len());
    }
    Ok(())
}

fn change(document: &mut Document, other: &Document, id: &ResourceId, how: u8) {
    let resources = &mut document.topology.resources;
    let theirs = other.topology.resources.get(id);
    match (resources.get_mut(id), theirs) {
        (Some(_), _) if how.is_multiple_of(8) => {
            resources.remove(id);
        }
        (Some(resource), _) if how % 8 == 1 => {
            let resource: &mut Resource = Arc::make_mut(resource);
            resource.name = format!("renamed-{how}");
        }
        (Some(resource), Some(theirs)) => *resource = Arc::clone(theirs),
        (None, Some(theirs)) => {
            resources.insert(id.clone(), Arc::clone(theirs));
        }
        (_, None) => {}
    }
}

fn every_field() -> Document {
    native::read(include_bytes!("../../../tests/support/every-field.vpcscape.json")).unwrap()
}

/// Leaves one resource in its place and mixes up what the others of its kind mention.
fn shuffled(document: &Document, seed: usize) -> Document {
    let mut other = document.clone();
    let ids: Vec<ResourceId> = document.topology.resources.keys().cloned().collect();
    for (at, id) in ids.iter().enumerate() {
        let resource = Arc::make_mut(other.topology.resources.get_mut(id).unwrap());
        let kind = resource.kind.kind();
        let like: Vec<_> = document.topology.of_kind(kind).collect();
        resource.kind = like[(at * 7 + seed) % like.len()].kind.clone();
    }
    other
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_asked_again_is_all_that_changed(
        (first, second) in (0u64..1000, 0u64..1000),
        steps in prop::collection::vec((any::<u16>(), any::<u8>()), 1..40),
    ) {
        follow(random::network(first), &random::network(second), &steps)?;
    }

    #[test]
    fn nor_does_it_matter_what_is_mixed_up(
        (seed, which) in (0usize..1000, 0u8..3),
        steps in prop::collection::vec((any::<u16>(), any::<u8>()), 1..40),
    ) {
        let document = match which {
            0 => every_field(),
            1 => generate::network(200, seed as u64),
            _ => random::network(seed as u64),
        };
        let other = shuffled(&document, seed);
        follow(document, &other, &steps)?;
    }
}

#[test]
fn levels_and_suppressions_are_followed() {
    let mut document = every_field();
    let index = document.topology.index();
    let mut live = Live::default();
    let before = live.review(&document, &index);
    let Some(problem) = before.problems.first() else { panic!("nothing is found") };
    document.severities.insert(problem.code.to_owned(), RuleLevel::Off);
    let after = live.follow(&document, &index, &[]);
    assert_eq!(after, rules::review(&document, &index));
    assert!(after.problems.iter().all(|it| it.code != problem.code));
}
