//! `vpcscape check`.

use serde_json::Value;

use super::{code, err, folder, out, read, run, template};

/// A folder with the tutorial's network, in which two subnets overlap.
fn broken() -> tempfile::TempDir {
    let folder = folder();
    let file = template(&folder, "bastion-nat");
    let text = read(&file).replace("10.0.1.0/24", "10.0.0.0/25");
    std::fs::write(folder.path().join("net.vpcscape.json"), text).unwrap();
    folder
}

#[test]
fn errors_give_1_and_text_names_code_place_and_help() {
    let checked = run(&broken(), &["check", "net.vpcscape.json"]);
    let said = out(&checked);
    assert_eq!(code(&checked), 1, "{said}");
    assert!(said.contains("error[subnet-overlap]: "), "{said}");
    assert!(said.contains("  --> net.vpcscape.json: subnet-"), "{said}");
    assert!(said.contains("   = help: "), "{said}");
    assert!(said.lines().last().unwrap().starts_with("net.vpcscape.json: 1 error"), "{said}");
    assert!(!said.contains('\u{1b}'), "colours in spite of NO_COLOR");
}

#[test]
fn json_is_the_published_contract() {
    let checked = run(&broken(), &["check", "net.vpcscape.json", "--format", "json"]);
    assert_eq!(code(&checked), 1);
    let report: Value = serde_json::from_slice(&checked.stdout).unwrap();
    assert_eq!(report["format"], "vpcscape-check/1");
    let problems = report["problems"].as_array().unwrap();
    let overlap = problems.iter().find(|it| it["code"] == "subnet-overlap").unwrap();
    assert_eq!(overlap["severity"], "error");
    let resources: Vec<&str> =
        overlap["resources"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(resources.contains(&"subnet-private") && resources.contains(&"subnet-public"));
    assert!(overlap["message"].as_str().unwrap().contains("10.0.0.0/25"));
    let errors = problems.iter().filter(|it| it["severity"] == "error").count();
    assert_eq!(report["summary"]["errors"], errors);
}

#[test]
fn sarif_has_what_its_standard_requires() {
    let checked = run(&broken(), &["check", "net.vpcscape.json", "--format", "sarif"]);
    assert_eq!(code(&checked), 1);
    let log: Value = serde_json::from_slice(&checked.stdout).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["tool"]["driver"]["name"], "vpcscape");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert!(!results.is_empty());
    let text = out(&checked);
    assert!(text.contains("subnet-overlap"));
    for result in results {
        let rule = &rules[result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["shortDescription"]["text"].is_string() && rule["helpUri"].is_string());
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let physical = &result["locations"][0]["physicalLocation"];
        assert_eq!(physical["artifactLocation"]["uri"], "net.vpcscape.json");
        assert!(physical["region"]["startLine"].as_u64().unwrap() > 1);
    }
}

#[test]
fn a_network_without_errors_gives_0_in_every_format() {
    let folder = folder();
    let file = template(&folder, "private-endpoints");
    for format in ["text", "json", "sarif"] {
        let checked = run(&folder, &["check", file.to_str().unwrap(), "--format", format]);
        assert_eq!(code(&checked), 0, "{}", out(&checked));
        assert_eq!(err(&checked), "");
    }
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let folder = broken();
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("vpcscape"))
        .args(["check", "net.vpcscape.json", "--format", "sarif"])
        .current_dir(folder.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    assert_eq!(err(&output), "");
}
