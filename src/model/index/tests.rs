use super::*;
use crate::{interop::generate, model::Document};

/// Puts, changes and takes away, as often as there are steps; what follows must equal what is new.
fn check(mut document: Document, other: &Document, steps: usize) {
    let mut index = document.topology.index();
    let ids: Vec<ResourceId> =
        document.topology.resources.keys().chain(other.topology.resources.keys()).cloned().collect();
    let mut state = 7_usize;
    for step in 0..steps {
        for _ in 0..=step % 4 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let Some(id) = ids.get((state >> 33) % ids.len()) else { continue };
            let topology = &mut document.topology;
            match (topology.resources.remove(id), other.topology.resources.get(id)) {
                // What is in the other document replaces it half of the time.
                (Some(_), Some(resource)) if step % 2 == 0 => {
                    topology.resources.insert(id.clone(), Arc::clone(resource));
                }
                (None, Some(resource)) => {
                    topology.resources.insert(id.clone(), Arc::clone(resource));
                }
                _ => {}
            }
        }
        let changes = index.changes(&document.topology);
        index.follow(&changes);
        assert_eq!(index, document.topology.index(), "step {step}");
        assert!(index.resources.keys().eq(document.topology.resources.keys()), "places, step {step}");
        assert!(index.changes(&document.topology).is_empty());
    }
}

#[test]
fn look_ups_follow_any_changes() {
    for seed in 0..6 {
        check(generate::network(160, seed), &generate::network(200, seed + 50), 150);
    }
    // All of a network, and nothing.
    let (full, empty) = (generate::network(60, 3), Document::new("empty", "us-east-1"));
    let mut index = empty.topology.index();
    index.follow(&index.changes(&full.topology));
    assert_eq!(index, full.topology.index());
    index.follow(&index.changes(&empty.topology));
    assert_eq!(index, empty.topology.index());
}

#[test]
fn the_vpc_of_everything_is_that_of_the_topology() {
    let topology = generate::network(200, 5).topology;
    let index = topology.index();
    for id in topology.resources.keys() {
        assert_eq!(index.vpc_of(id), topology.vpc_of(id), "{id}");
    }
    assert_eq!(index.vpc_of(&ResourceId::new("nothing").unwrap()), None);
}

#[test]
fn the_first_by_id_counts_and_the_next_takes_its_place() {
    let id = |text: &str| ResourceId::new(text).unwrap();
    let full = generate::network(60, 3);
    let mut document = full.clone();
    let gateway = |document: &Document| {
        let gateway = document.topology.of_kind(Kind::InternetGateway).next().unwrap();
        let vpc = gateway.kind.as_internet_gateway().unwrap().vpc_id.clone().unwrap();
        (Arc::new(gateway.clone()), vpc)
    };
    let (first, vpc) = gateway(&full);
    let mut index = document.topology.index();
    for name in ["zz-last", "aa-first"] {
        let mut more = Resource::clone(&first);
        more.id = id(name);
        document.topology.resources.insert(more.id.clone(), Arc::new(more));
    }
    index.follow(&index.changes(&document.topology));
    assert_eq!(index.internet_gateway(&vpc), Some(&id("aa-first")));
    document.topology.resources.remove(&id("aa-first"));
    index.follow(&index.changes(&document.topology));
    assert_eq!(index.internet_gateway(&vpc), Some(&first.id));
    document.topology.resources.remove(&first.id);
    index.follow(&index.changes(&document.topology));
    assert_eq!(index.internet_gateway(&vpc), Some(&id("zz-last")));
}
