//! Some of what drifted is set back, and the rest stays as it is.

use super::{Ended, Folder, Goal, block_on, cancel_pair};
use crate::cloud::{Call, RouteDestination, Tags};

#[test]
fn a_restore_that_was_cut_off_goes_on_as_that_restore_alone() {
    let restored = |cut: Option<usize>| {
        let folder = Folder::new("bastion-nat");
        folder.run(Goal::Deploy, None);
        folder.outside(&Call::DeleteNatGateway { nat_gateway_id: folder.live("nat-tutorial") });
        folder.outside(&Call::TerminateInstances { instance_ids: vec![folder.live("i-private")] });
        let mut workspace = folder.open().unwrap();
        let found = block_on(workspace.drift()).unwrap();
        let nat = found.iter().find(|it| it.is_called("nat-tutorial")).unwrap().clone();
        workspace.restrict(&[nat]).unwrap();
        let plan = block_on(workspace.prepare(Goal::Restore)).unwrap();
        let mut seen = 0;
        let (stop, mut cancel) = cancel_pair();
        let mut watch = |_, _| {
            seen += 1;
            if Some(seen) == cut {
                stop.send(true).unwrap();
            }
        };
        let ended = block_on(workspace.apply(plan, &mut watch, &mut cancel)).unwrap();
        (folder, ended)
    };
    let mut cuts = 0;
    for cut in [1, 3, 6] {
        let (folder, ended) = restored(Some(cut));
        if ended == Ended::Done {
            break;
        }
        cuts += 1;
        let mut workspace = folder.open().unwrap();
        assert!(workspace.resume_restore(), "cut {cut}");
        let plan = block_on(workspace.prepare(Goal::Restore)).unwrap();
        assert!(plan.actions.iter().all(|it| it.resource.as_str() != "i-private"), "cut {cut}");
        let ended = block_on(workspace.apply(plan, &mut |_, _| {}, &mut cancel_pair().1)).unwrap();
        assert_eq!(ended, Ended::Done, "cut {cut}");
        assert_eq!(folder.drift().into_iter().map(|it| it.1).collect::<Vec<_>>(), ["i-private"]);
        assert!(!folder.open().unwrap().resume_restore(), "the run is over");
        folder.run(Goal::Deploy, None);
        assert_eq!(folder.drift(), []);
    }
    assert!(cuts > 1, "{cuts}");
}

#[test]
fn a_whole_deploy_after_a_restore_that_was_cut_off_is_a_whole_one() {
    let folder = Folder::new("bastion-nat");
    folder.run(Goal::Deploy, None);
    for name in ["i-private", "i-bastion"] {
        folder.outside(&Call::TerminateInstances { instance_ids: vec![folder.live(name)] });
    }
    let mut workspace = folder.open().unwrap();
    let found = block_on(workspace.drift()).unwrap();
    workspace.restrict(&found[..1]).unwrap();
    let plan = block_on(workspace.prepare(Goal::Restore)).unwrap();
    let (stop, mut cancel) = cancel_pair();
    stop.send(true).unwrap();
    let ended = block_on(workspace.apply(plan, &mut |_, _| {}, &mut cancel)).unwrap();
    assert_eq!(ended, Ended::Cancelled);
    // What is chosen in addition goes along with the open restore.
    let mut workspace = folder.open().unwrap();
    workspace.restrict(&found[1..]).unwrap();
    assert_eq!(block_on(workspace.prepare(Goal::Restore)).unwrap().actions.len(), 2);
    // A deploy that fails in its turn is no restore any more.
    let mut workspace = folder.open().unwrap();
    let plan = block_on(workspace.prepare(Goal::Deploy)).unwrap();
    let ended = block_on(workspace.apply(plan, &mut |_, _| {}, &mut cancel)).unwrap();
    assert_eq!(ended, Ended::Cancelled);
    let mut workspace = folder.open().unwrap();
    assert!(workspace.open_run().is_some() && !workspace.resume_restore());
    assert!(workspace.restrict(&found[1..]).unwrap_err().contains("not over"));
    folder.run(Goal::Deploy, None);
    assert_eq!(folder.drift(), []);
}

#[test]
fn only_what_is_chosen_is_set_back_and_what_others_added_never_goes() {
    let folder = Folder::new("bastion-nat");
    folder.run(Goal::Deploy, None);
    folder.outside(&Call::DeleteNatGateway { nat_gateway_id: folder.live("nat-tutorial") });
    folder.outside(&Call::TerminateInstances { instance_ids: vec![folder.live("i-private")] });
    folder.outside(&Call::DeleteRoute {
        route_table_id: folder.live("rtb-public"),
        destination: RouteDestination::Ipv4("0.0.0.0/0".to_owned()),
    });
    folder.outside(&Call::CreateSubnet {
        vpc_id: folder.live("vpc-tutorial"),
        cidr_block: "10.0.99.0/24".to_owned(),
        ipv6_cidr_block: None,
        availability_zone: None,
        tags: Tags::new(),
    });
    let names = || -> Vec<String> { folder.drift().into_iter().map(|(_, name, _)| name).collect() };
    assert_eq!(names(), ["i-private", "nat-tutorial", "rtb-public", ""]);
    let mut workspace = folder.open().unwrap();
    let found = block_on(workspace.drift()).unwrap();
    let refused = workspace.restrict(&found).unwrap_err();
    assert!(refused.contains("never removed"), "{refused}");
    workspace.restrict(&found[1..2]).unwrap();
    let plan = block_on(workspace.prepare(Goal::Restore)).unwrap();
    let doing: Vec<&str> = plan.actions.iter().map(|it| it.resource.as_str()).collect();
    assert_eq!(doing, ["rtb-tutorial-main", "nat-tutorial"], "and the route that would lead nowhere");
    let ended = block_on(workspace.apply(plan, &mut |_, _| {}, &mut cancel_pair().1)).unwrap();
    assert_eq!(ended, Ended::Done);
    assert_eq!(names(), ["i-private", "rtb-public", ""], "the rest is still known to be gone");
    workspace = folder.open().unwrap();
    let found = block_on(workspace.drift()).unwrap();
    workspace.restrict(&found[..2]).unwrap();
    let plan = block_on(workspace.prepare(Goal::Restore)).unwrap();
    block_on(workspace.apply(plan, &mut |_, _| {}, &mut cancel_pair().1)).unwrap();
    assert_eq!(names(), [""]);
    assert!(folder.plan(Goal::Deploy).is_empty());
}
