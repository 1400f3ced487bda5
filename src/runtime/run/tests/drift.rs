//! What others do behind the drawing's back, on the simulated cloud.

use std::fs;

use super::{Folder, Goal, Paths, block_on, kept_cloud};
use crate::{
    cloud::{Call, RouteDestination, Tags},
    deploy::{drift::Change, state::StateFile},
};

impl Folder {
    /// Somebody else makes a call.
    fn outside(&self, call: &Call) {
        let paths = Paths::beside(&self.document());
        let mut cloud = kept_cloud::open(Some(&paths), "us-east-1").unwrap();
        let now = cloud.now_ms();
        cloud.handle(call, now).unwrap_or_else(|error| panic!("{}: {error:?}", call.name()));
        fs::write(paths.simulated(None), cloud.to_json().unwrap()).unwrap();
    }

    fn live(&self, resource: &str) -> String {
        let text = fs::read_to_string(self.file("net.state.json")).unwrap();
        let state = StateFile::from_json(&text).unwrap();
        state.deployments["simulated/us-east-1"].resources[resource].id.clone()
    }

    fn drift(&self) -> Vec<(Change, String, String)> {
        let found = block_on(self.open().unwrap().drift()).unwrap();
        let name =
            |it: &crate::deploy::Drift| it.resource.as_ref().map_or_else(String::new, ToString::to_string);
        found.iter().map(|it| (it.change, name(it), it.detail.clone())).collect()
    }
}

#[test]
fn nothing_drifts_right_after_a_deploy_nor_where_nothing_was_deployed() {
    for template in ["bastion-nat", "private-endpoints"] {
        let folder = Folder::new(template);
        assert_eq!(folder.drift(), []);
        folder.run(Goal::Deploy, None);
        assert_eq!(folder.drift(), [], "{template}");
    }
}

#[test]
fn what_is_changed_missing_and_added_is_told_apart_and_restored_by_a_deploy() {
    let folder = Folder::new("bastion-nat");
    folder.run(Goal::Deploy, None);
    folder.outside(&Call::DeleteRoute {
        route_table_id: folder.live("rtb-public"),
        destination: RouteDestination::Ipv4("0.0.0.0/0".to_owned()),
    });
    folder.outside(&Call::TerminateInstances { instance_ids: vec![folder.live("i-private")] });
    folder.outside(&Call::CreateSubnet {
        vpc_id: folder.live("vpc-tutorial"),
        cidr_block: "10.0.99.0/24".to_owned(),
        ipv6_cidr_block: None,
        availability_zone: None,
        tags: Tags::new(),
    });
    let found = folder.drift();
    let short: Vec<(Change, &str)> = found.iter().map(|(change, name, _)| (*change, name.as_str())).collect();
    let expected = [(Change::Missing, "i-private"), (Change::Changed, "rtb-public"), (Change::Added, "")];
    assert_eq!(short, expected, "{found:?}");
    assert!(found[1].2.contains("routes"), "{found:?}");
    assert!(found[2].2.contains("10.0.99.0/24"), "{found:?}");
    folder.run(Goal::Deploy, None);
    let left = folder.drift();
    assert_eq!(left.len(), 1, "what is not ours stays: {left:?}");
    assert_eq!(left[0].0, Change::Added);
}

#[test]
fn a_lost_state_is_found_again_by_the_tags() {
    let folder = Folder::new("bastion-nat");
    folder.run(Goal::Deploy, None);
    let before = fs::read_to_string(folder.file("net.state.json")).unwrap();
    let known = block_on(folder.open().unwrap().adopt()).unwrap_err();
    assert!(known.contains("nothing to adopt"), "{known}");
    fs::remove_file(folder.file("net.state.json")).unwrap();
    let found = block_on(folder.open().unwrap().adopt()).unwrap();
    let resources = |state: &str| {
        let state: serde_json::Value = serde_json::from_str(state).unwrap();
        state["deployments"]["simulated/us-east-1"]["resources"].clone()
    };
    let after = fs::read_to_string(folder.file("net.state.json")).unwrap();
    assert_eq!(resources(&after), resources(&before));
    assert!(found.iter().any(|(id, live)| id.as_str() == "nat-tutorial" && live.starts_with("nat-")));
    assert!(folder.plan(Goal::Deploy).is_empty());
    folder.run(Goal::Destroy, None);
    assert_eq!(folder.left(), 0);
}

#[test]
fn nothing_is_adopted_where_nothing_of_the_drawing_stands() {
    let folder = Folder::new("bastion-nat");
    let refused = block_on(folder.open().unwrap().adopt()).unwrap_err();
    assert!(refused.starts_with("No VPC of this account"), "{refused}");
}
