//! What others have in our subnets and groups when everything is destroyed, on the simulated cloud.

use std::fs;

use super::{Ended, Folder, Goal, Paths, block_on, cancel_pair, kept_cloud};
use crate::{
    deploy::{Progress, occupants::Occupant, state::StateFile},
    model::ResourceId,
    simulated::{ForeignInterface, SimulatedCloud},
};

const MINUTE: u64 = 60_000;

impl Folder {
    pub(super) fn cloud<T>(&self, act: impl FnOnce(&mut SimulatedCloud) -> T) -> T {
        let paths = Paths::beside(&self.document());
        let mut cloud = kept_cloud::open(Some(&paths), &self.region()).unwrap();
        let result = act(&mut cloud);
        fs::write(paths.simulated(None), cloud.to_json().unwrap()).unwrap();
        result
    }

    /// An interface of somebody else in the private subnet, with one of our groups.
    fn occupied(&self, kind: &str, words: &str, requester: &str, stays_ms: u64) -> String {
        let text = fs::read_to_string(self.file("net.state.json")).unwrap();
        let state = StateFile::from_json(&text).unwrap();
        let live = |id: &str| state.deployments["simulated/us-east-1"].resources[id].id.clone();
        let foreign = ForeignInterface {
            subnet_id: live("subnet-private"),
            groups: vec![live("sg-private")],
            interface_type: kind.to_owned(),
            description: words.to_owned(),
            requester_id: Some(requester.to_owned()),
            stays_ms: Some(stays_ms),
        };
        self.cloud(|cloud| cloud.put_foreign_interface(foreign).unwrap())
    }

    pub(super) fn stands(&self, interface: &str) -> bool {
        self.cloud(|cloud| cloud.has_interface(interface))
    }

    /// Destroys; how it ended, what was said, and what others had in the way.
    pub(super) fn destroy(&self, leave: bool) -> (Ended, Vec<String>, Vec<String>) {
        let mut said = Vec::new();
        let mut watch = |_, progress| {
            if let Progress::Log { text, .. } = progress {
                said.push(text);
            }
        };
        let mut workspace = self.open().unwrap();
        workspace.leave_foreign(leave);
        let ended = block_on(async {
            let plan = workspace.prepare(Goal::Destroy).await?;
            workspace.apply(plan, &mut watch, &mut cancel_pair().1).await
        });
        let held = workspace.held().iter().map(Occupant::line).collect();
        (ended.unwrap(), said, held)
    }
}

fn deployed() -> Folder {
    let folder = Folder::new("bastion-nat");
    folder.run(Goal::Deploy, None);
    folder
}

#[test]
fn who_stands_in_the_way_is_named_in_the_plan_and_in_the_failure_and_never_touched() {
    let folder = deployed();
    let interface = folder.occupied("interface", "RDSNetworkInterface", "amazon-rds", 600 * MINUTE);
    let plan = folder.plan(Goal::Destroy);
    let warning = plan.problems.iter().find(|it| it.code == "deploy-foreign").unwrap();
    assert!(warning.message.contains(&interface) && warning.message.contains("an RDS database"));
    assert!(!plan.has_errors());
    let (ended, said, held) = folder.destroy(false);
    assert_eq!(ended, Ended::Failed);
    assert_eq!(held, [format!("`{interface}` (an RDS database)")]);
    let failure = said.iter().find(|it| it.contains("cannot be removed while")).expect("it is named");
    assert!(failure.contains(&interface) && failure.contains("--leave-foreign"), "{failure}");
    assert!(folder.stands(&interface));
    assert!(folder.open().unwrap().open_run().is_some(), "the run can go on");
    // Once it has gone, the destroy goes on to the end.
    folder.cloud(|cloud| cloud.advance(601 * MINUTE));
    assert_eq!(folder.destroy(false).0, Ended::Done);
    assert_eq!(folder.left(), 0);
}

#[test]
fn what_goes_by_itself_is_waited_for_and_said_once() {
    let folder = deployed();
    let words = "AWS Lambda VPC ENI-thumbs-0a1b2c3d-1111-2222-3333-444455556666";
    let interface = folder.occupied("lambda", words, "AROAX:thumbs", 25 * MINUTE);
    let (ended, said, held) = folder.destroy(false);
    assert_eq!(ended, Ended::Done, "{said:?}");
    assert!(held.is_empty(), "nothing is in the way any more: {held:?}");
    let waits: Vec<&String> = said.iter().filter(|it| it.contains("waits for")).collect();
    assert_eq!(waits.len(), 2, "the subnet and the group, once each: {waits:?}");
    assert!(waits.iter().all(|it| it.contains("Lambda function `thumbs`") && it.contains("20 min")));
    assert!(!folder.stands(&interface));
    assert_eq!(folder.left(), 0);
}

#[test]
fn a_function_that_stays_is_not_waited_for_without_end() {
    let folder = deployed();
    let words = "AWS Lambda VPC ENI-thumbs-0a1b2c3d-1111-2222-3333-444455556666";
    let interface = folder.occupied("lambda", words, "AROAX:thumbs", 6_000 * MINUTE);
    let (ended, said, _) = folder.destroy(false);
    assert_eq!(ended, Ended::Failed);
    assert!(said.iter().any(|it| it.contains("cannot be removed while")), "{said:?}");
    assert!(folder.stands(&interface));
}

#[test]
fn what_others_hold_is_left_on_request_and_stays_known() {
    let folder = deployed();
    let words = "ELB app/web/50dc6c495c0c9188";
    let interface = folder.occupied("interface", words, "amazon-elb", 600 * MINUTE);
    let (ended, said, held) = folder.destroy(true);
    assert_eq!(ended, Ended::Left, "{said:?}");
    assert_eq!(held, [format!("`{interface}` (load balancer `web`)")]);
    assert!(folder.stands(&interface), "it is not ours to remove");
    assert!(said.iter().any(|it| it.contains("is left") && it.contains(&interface)), "{said:?}");
    assert!(folder.open().unwrap().open_run().is_none(), "the run is over");
    let text = fs::read_to_string(folder.file("net.state.json")).unwrap();
    let state = StateFile::from_json(&text).unwrap();
    let known: Vec<&str> =
        state.deployments["simulated/us-east-1"].resources.keys().map(ResourceId::as_str).collect();
    for left in ["vpc-tutorial", "subnet-private", "sg-private"] {
        assert!(known.contains(&left), "{known:?}");
    }
    for gone in ["i-private", "nat-tutorial", "subnet-public", "igw-tutorial"] {
        assert!(!known.contains(&gone), "{known:?}");
    }
    folder.cloud(|cloud| cloud.advance(601 * MINUTE));
    assert_eq!(folder.destroy(false).0, Ended::Done);
    assert_eq!(folder.left(), 0);
}
