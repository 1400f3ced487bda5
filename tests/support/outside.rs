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

/// Changes the account.
pub fn change<T>(folder: &Path, act: impl FnOnce(&mut SimulatedCloud) -> T) -> T {
    let path = folder.join("net.simulated.json");
    let mut cloud = SimulatedCloud::from_json(&fs::read_to_string(&path).unwrap()).unwrap();
    let result = act(&mut cloud);
    fs::write(path, cloud.to_json().unwrap()).unwrap();
    result
}

/// Makes a call; the id of what it made, if it made something.
pub fn call(folder: &Path, call: &Call) -> String {
    let reply = change(folder, |cloud| cloud.handle(call, cloud.now_ms()).unwrap());
    match reply {
        Reply::Created(Created { id, .. }) => id,
        _ => String::new(),
    }
}
