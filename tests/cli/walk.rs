//! `vpcscape trace` and `vpcscape test`.

use serde_json::Value;

use super::{code, folder, out, read, refused, run, template};

const FILE: &str = "net.vpcscape.json";

/// A folder with the tutorial's network, changed.
fn with(change: impl Fn(String) -> String) -> tempfile::TempDir {
    let folder = folder();
    let text = change(read(&template(&folder, "bastion-nat")));
    std::fs::write(folder.path().join(FILE), text).unwrap();
    folder
}

#[test]
fn a_reachable_flow_gives_0_and_a_blocked_one_1() {
    let folder = with(|text| text);
    let open = run(&folder, &["trace", FILE, "--from", "i-private", "--to", "internet", "--port", "43"]);
    assert_eq!(code(&open), 0);
    assert!(out(&open).starts_with("reachable"), "{}", out(&open));
    let shut = run(&folder, &["trace", FILE, "--from", "internet", "--to", "i-private", "--port", "22"]);
    assert_eq!(code(&shut), 1);
    assert!(out(&shut).contains("IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS"), "{}", out(&shut));
}

#[test]
fn the_json_of_a_trace_is_the_published_contract() {
    let folder = with(|text| text);
    let args =
        ["trace", FILE, "--from", "i-bastion", "--to", "i-private", "--protocol", "icmp", "--format", "json"];
    let traced = run(&folder, &args);
    assert_eq!(code(&traced), 1);
    let value: Value = serde_json::from_slice(&traced.stdout).unwrap();
    assert_eq!(value["format"], "vpcscape-trace/1");
    assert_eq!(value["verdict"], "blocked");
    assert_eq!(value["blockers"][0]["code"], "ENI_SG_RULES_MISMATCH");
    assert_eq!(value["blockers"][0]["resource"], "i-private");
    assert!(value["forward"][0]["steps"][0]["decision"].is_string());
}

#[test]
fn parties_that_mean_nothing_are_refused() {
    let folder = with(|text| text);
    let said = refused(&run(&folder, &["trace", FILE, "--from", "nobody", "--to", "internet"]));
    assert!(said.starts_with("`nobody` is no resource id"), "{said}");
    let said = refused(&run(&folder, &["trace", FILE, "--from", "vpc-tutorial", "--to", "internet"]));
    assert!(said.contains("has no network interface"), "{said}");
}

#[test]
fn saved_checks_give_0_while_they_hold_and_1_when_one_does_not() {
    let folder = with(|text| text);
    assert_eq!(code(&run(&folder, &["test", FILE])), 0);
    // Without its address the bastion is not reached any more.
    let folder =
        with(|text| text.replace("\"map_public_ip_on_launch\": true", "\"map_public_ip_on_launch\": false"));
    let failed = run(&folder, &["test", FILE]);
    assert_eq!(code(&failed), 1);
    assert!(out(&failed).contains("FAILED"), "{}", out(&failed));
    let junit = out(&run(&folder, &["test", FILE, "--format", "junit"]));
    assert!(junit.contains("<failure message="), "{junit}");
    let json = run(&folder, &["test", FILE, "--format", "json"]);
    let value: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(value["format"], "vpcscape-test/1");
    assert_ne!(value["summary"]["failed"], 0);
}
