//! Somebody else at work in the offline account beside `net.vpcscape.json`.

use std::{fs, path::Path};

use vpcscape::{
    cloud::{Call, Created, Reply},
    deploy::StateFile,
    simulated::SimulatedCloud,
};

/// The id of what was deployed of a resource.
pub fn live(folder: &Path, resource: &str) -> String {
    let state = StateFile::from_json(&fs::read_to_string(folder.join("net.state.json")).unwrap()).unwrap();
    let mut deployments = state.deployments.into_values();
    deployments.next().unwrap().resources.into_iter().find(|(id, _)| id.as_str() == resource).unwrap().1.id
}

/// Makes a call; the id of what it made, if it made something.
pub fn call(folder: &Path, call: &Call) -> String {
    let path = folder.join("net.simulated.json");
    let mut cloud = SimulatedCloud::from_json(&fs::read_to_string(&path).unwrap()).unwrap();
    let now = cloud.now_ms();
    let reply = cloud.handle(call, now).unwrap();
    fs::write(path, cloud.to_json().unwrap()).unwrap();
    match reply {
        Reply::Created(Created { id, .. }) => id,
        _ => String::new(),
    }
}
