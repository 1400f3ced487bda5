//! A network interface of others in our subnet when everything is destroyed.

use std::sync::{Arc, Mutex};

use serde_json::json;

use super::{
    program::Project,
    proxy::{Fate, Proxy},
    python::by_hand,
    read_back::{self, left_by_moto, standing},
    server,
};

const REGION: &str = "eu-west-3";
/// As the functions of Lambda call theirs.
const WORDS: &str = "AWS Lambda VPC ENI-thumbs-0a1b2c3d-1111-2222-3333-444455556666";

/// The template without what takes long: machines, their key and the NAT gateway.
fn project() -> Project {
    let project = Project::in_region("saved-topologies/bastion-nat.vpcscape.json", REGION);
    let mut drawing = project.drawing();
    drawing["checks"] = json!({});
    let resources = drawing["resources"].as_object_mut().expect("it has resources");
    for id in ["i-bastion", "i-private", "key-tutorial", "nat-tutorial", "eip-nat"] {
        resources.remove(id);
    }
    resources["rtb-tutorial-main"]["routes"] = json!([]);
    if let Some(diagram) = drawing["diagram"].as_object_mut() {
        diagram.clear();
    }
    std::fs::write(&project.file, drawing.to_string()).expect("the folder is ours");
    project
}

#[test]
fn an_interface_of_others_is_named_left_and_waited_for_and_never_removed() {
    let server = server::start();
    let project = project();
    let before = read_back::read(&server, REGION);
    project.run("deploy", &server.url, &["--yes"]).ended(0);
    let deployed = read_back::read(&server, REGION);
    let (subnet, group) = (project.live("subnet-private"), project.live("sg-private"));
    let make = json!([[
        "create_network_interface",
        { "SubnetId": subnet, "Description": WORDS, "Groups": [group] },
    ]]);
    let made = by_hand(&server.url, REGION, &make);
    let interface =
        made[0]["NetworkInterface"]["NetworkInterfaceId"].as_str().expect("it is made").to_owned();

    // moto removes what still has interfaces in it; EC2 does not, and nor does what stands before moto here.
    // At the second try after `goes` was set, the owner's interface goes.
    let goes = Arc::new(Mutex::new(None::<usize>));
    let (tries, url) = (Arc::clone(&goes), server.url.clone());
    let (held, foreign) = ([subnet.clone(), group.clone()], interface.clone());
    let proxy = Proxy::reading(&server.url, move |action, _, body| {
        let removes = matches!(action, "DeleteSubnet" | "DeleteSecurityGroup");
        if !removes || !held.iter().any(|id| body.contains(id.as_str())) {
            return Fate::Pass;
        }
        match tries.lock().expect("nobody panics with it").as_mut() {
            None => Fate::Error(400, "DependencyViolation"),
            Some(0) => Fate::Pass,
            Some(left) => {
                *left -= 1;
                if *left == 0 {
                    by_hand(
                        &url,
                        REGION,
                        &json!([["delete_network_interface", { "NetworkInterfaceId": foreign }]]),
                    );
                    return Fate::Pass;
                }
                Fate::Error(400, "DependencyViolation")
            }
        }
    });

    let run = project.run("destroy", &proxy.url, &["--yes", "--leave-foreign"]).ended(0);
    assert!(run.out.contains(&format!("`{interface}` (Lambda function `thumbs`)")), "{}", run.out);
    assert!(run.out.contains("Destroyed as far as it goes"), "{}", run.out);
    let left = standing(&read_back::read(&server, REGION));
    assert_eq!(left[&interface]["Description"], WORDS);
    for needed in [&subnet, &group, &project.live("vpc-tutorial")] {
        assert!(left.contains_key(needed), "{needed} is held by it");
    }
    let known = |resource: &str| left.contains_key(deployed_id(&deployed, resource).as_str());
    assert!(!known("subnet-public") && !known("igw-tutorial"), "the rest is gone");

    // Once its owner is deleted it goes by itself, and is waited for.
    *goes.lock().expect("nobody panics with it") = Some(3);
    let run = project.run("destroy", &proxy.url, &["--yes"]).ended(0);
    assert!(run.out.contains("waits for") && run.out.contains("Lambda function `thumbs`"), "{}", run.out);
    let mut after = standing(&read_back::read(&server, REGION));
    let left = left_by_moto(&deployed);
    after.retain(|id, _| standing(&before).contains_key(id) || !left.contains(id));
    assert_eq!(after, standing(&before));
}

/// The id of what carries the tag of a resource.
fn deployed_id(live: &serde_json::Value, resource: &str) -> String {
    let found = standing(live).into_iter().find(|(_, object)| {
        let mut tags = object["Tags"].as_array().into_iter().flatten();
        tags.any(|tag| tag["Key"] == "vpcscape:resource" && tag["Value"] == resource)
    });
    found.unwrap_or_else(|| panic!("{resource} stands")).0
}
