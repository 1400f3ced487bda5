//! One call looks at the state of many objects.

use super::*;
use crate::{cloud::DescribeKind, model::Kind};

/// A network with a good many instances, and an account with room for it.
fn crowd() -> (Document, House) {
    let document = generate::network(120, 3);
    let mut house = house_for(&document, 3);
    house.cloud = house.cloud.clone().with_limits(Limits::plenty());
    (document, house)
}

/// The ids that each call asked for, of those that look at instances by id.
fn asked(house: &House) -> Vec<&Vec<String>> {
    let ids = house.calls.iter().filter_map(|call| match call {
        Call::Describe { kind: DescribeKind::Instances, ids, .. } => Some(ids),
        _ => None,
    });
    ids.filter(|ids| !ids.is_empty()).collect()
}

#[test]
fn instances_that_start_are_asked_for_together() {
    let (document, mut house) = crowd();
    let count = document.topology.of_kind(Kind::Instance).count();
    assert!(count > 20, "{count}");
    assert_eq!(house.run(Some(&document), None).0, End::Done);
    let made = asked(&house).len();
    house.calls.clear();
    assert_eq!(house.run(None, None).0, End::Done);
    // Each one by itself would be asked for at least twice, and in the end once again.
    let ends: Vec<&String> = asked(&house).into_iter().flatten().collect();
    let each: BTreeSet<&String> = ends.iter().copied().collect();
    assert_eq!(each.len(), count);
    assert!(asked(&house).len() * 3 < ends.len(), "{} calls for {} looks", asked(&house).len(), ends.len());
    assert!(made < 2 * count, "{made} calls for {count} instances");
    assert!(asked(&house).iter().all(|ids| ids.len() <= 100));
}

#[test]
fn one_that_is_unknown_does_not_hide_the_others() {
    let (document, mut house) = crowd();
    house.knows_one_at_a_time = true;
    let before = house.inventory();
    assert_eq!(house.run(Some(&document), None).0, End::Done);
    assert!(asked(&house).iter().any(|ids| ids.len() > 1) && asked(&house).iter().any(|ids| ids.len() == 1));
    house.check_nothing_twice();
    assert_eq!(house.run(None, None).0, End::Done);
    assert_eq!(house.inventory(), before);
}
