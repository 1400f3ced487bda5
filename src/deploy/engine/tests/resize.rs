//! An instance gets another type: stopped, changed, started, whatever comes in between.

use std::sync::Arc;

use super::*;
use crate::cloud::LiveInstance;

const HOST: &str = "i-private";

fn resized() -> Document {
    let mut document = template("bastion-nat");
    let host = Arc::make_mut(document.topology.resources.get_mut(HOST).unwrap());
    "t3.xlarge".clone_into(&mut host.kind.as_instance_mut().unwrap().instance_type);
    document
}

fn host(house: &mut House) -> LiveInstance {
    let known = house.state.known(SCOPE, None);
    let live = known[&ResourceId::new(HOST).unwrap()].live.clone();
    house.observe(&known, &Desired::nothing("")).instances[&live].clone()
}

#[test]
fn a_crash_at_any_moment_leaves_no_host_stopped() {
    let before = template("bastion-nat");
    let mut probe = house_for(&before, 8);
    assert_eq!(probe.run(Some(&before), None).0, End::Done);
    let first = host(&mut probe);
    let (ended, effects) = probe.run(Some(&resized()), None);
    assert_eq!(ended, End::Done);
    let last = host(&mut probe);
    assert_eq!((last.state.as_str(), last.instance_type.as_str()), ("running", "t3.xlarge"));
    assert_eq!((&last.instance_id, &last.tags), (&first.instance_id, &first.tags));
    for cut in 0..effects {
        let mut house = house_for(&before, 8);
        assert_eq!(house.run(Some(&before), None).0, End::Done);
        assert_eq!(house.run(Some(&resized()), Some(cut)).0, End::Crashed);
        assert_eq!(house.run(Some(&resized()), None).0, End::Done, "crash after {cut}");
        assert!(house.plan(Some(&resized())).is_empty(), "crash after {cut}");
        assert_eq!(host(&mut house), last, "crash after {cut}");
    }
}

#[test]
fn a_host_that_somebody_stopped_stays_so() {
    let before = template("bastion-nat");
    let mut house = house_for(&before, 9);
    assert_eq!(house.run(Some(&before), None).0, End::Done);
    let id = host(&mut house).instance_id;
    house.ask(&Call::StopInstances { instance_ids: vec![id] }).unwrap();
    house.cloud.advance(60_000);
    assert!(house.plan(Some(&before)).is_empty(), "a stopped host is no difference");
    assert_eq!(house.run(Some(&resized()), None).0, End::Done);
    let last = host(&mut house);
    assert_eq!((last.state.as_str(), last.instance_type.as_str()), ("stopped", "t3.xlarge"));
}
