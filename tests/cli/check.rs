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
    let lines: Vec<&str> = said.lines().collect();
    let at = lines.iter().position(|line| line.starts_with("error[subnet-overlap]: ")).unwrap();
    let place = lines[at + 1].trim().strip_prefix("--> net.vpcscape.json:").unwrap();
    let (number, _) = place.split_once(':').unwrap();
    let excerpt = lines[at + 3].strip_prefix(number).unwrap();
    assert!(excerpt.contains(r#" |       "cidr_block": "10.0.0.0/25""#), "{said}");
    assert!(lines[at + 4].trim_end().ends_with(".cidr_block") && lines[at + 4].contains("^^^^^"), "{said}");
    assert!(lines[at + 5..].iter().any(|line| line.trim().starts_with("= help: ")), "{said}");
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
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert!(!results.is_empty());
    for rule in rules {
        let level = rule["defaultConfiguration"]["level"].as_str().unwrap();
        assert!(["error", "warning", "note"].contains(&level), "{rule}");
    }
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
        let region = &physical["region"];
        assert!(region["startLine"].as_u64().unwrap() > 1);
        assert!(region["startColumn"].as_u64().unwrap() < region["endColumn"].as_u64().unwrap());
        let related = result["relatedLocations"].as_array().unwrap();
        assert!(related.iter().enumerate().all(|(at, it)| !related[..at].contains(it)), "each one once");
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

#[test]
fn fix_mends_the_file_and_says_what_it_did() {
    let folder = broken();
    let file = folder.path().join("net.vpcscape.json");
    let checked = run(&folder, &["check", "net.vpcscape.json", "--fix"]);
    let said = err(&checked);
    assert_eq!(code(&checked), 0, "{said}{}", out(&checked));
    assert!(said.contains("fixed: Use the free block 10.0."), "{said}");
    assert!(said.contains("(subnet-overlap: "), "{said}");
    assert!(!read(&file).contains("10.0.0.0/25"));
    let again = run(&folder, &["check", "net.vpcscape.json", "--fix"]);
    assert_eq!(code(&again), 0);
    assert!(err(&again).contains("nothing to fix"), "{}", err(&again));
}

#[test]
fn a_dry_run_writes_nothing() {
    let folder = broken();
    let file = folder.path().join("net.vpcscape.json");
    let before = read(&file);
    let checked = run(&folder, &["check", "net.vpcscape.json", "--fix", "--dry-run"]);
    assert_eq!(code(&checked), 0, "{}", out(&checked));
    let said = err(&checked);
    assert!(said.contains("would fix: Use the free block 10.0."), "{said}");
    assert!(said.contains(".cidr_block: 10.0.0.0/25 becomes 10.0."), "the change itself: {said}");
    assert_eq!(read(&file), before);
    let alone = run(&folder, &["check", "net.vpcscape.json", "--dry-run"]);
    assert_eq!(code(&alone), 2);
}

#[test]
fn one_rule_alone_is_looked_at_and_mended() {
    let folder = broken();
    let file = folder.path().join("net.vpcscape.json");
    let before = read(&file);
    let other = run(&folder, &["check", "net.vpcscape.json", "--fix", "--rule", "subnet-zone"]);
    assert_eq!(code(&other), 0, "{}", out(&other));
    assert_eq!(read(&file), before);
    let named = run(&folder, &["check", "net.vpcscape.json", "--rule", "subnet-overlap"]);
    assert_eq!(code(&named), 1);
    let unknown = run(&folder, &["check", "net.vpcscape.json", "--rule", "no-such-rule"]);
    assert_eq!(code(&unknown), 2);
    assert!(err(&unknown).contains("there is no rule `no-such-rule`"), "{}", err(&unknown));
}

/// The broken network with its finding suppressed, and one rule made an error.
fn suppressed() -> tempfile::TempDir {
    let folder = broken();
    let file = folder.path().join("net.vpcscape.json");
    let mut text: Value = serde_json::from_str(&read(&file)).unwrap();
    let checked = run(&folder, &["check", "net.vpcscape.json", "--format", "json"]);
    let report: Value = serde_json::from_slice(&checked.stdout).unwrap();
    let problems = report["problems"].as_array().unwrap();
    let overlap = problems.iter().find(|it| it["code"] == "subnet-overlap").unwrap();
    text["suppressions"] = serde_json::json!([
        { "code": "subnet-overlap", "resource": overlap["resources"][0], "reason": "a lab of one's own" }
    ]);
    text["severities"] = serde_json::json!({ "flow-log-missing": "warning" });
    std::fs::write(&file, text.to_string()).unwrap();
    folder
}

#[test]
fn what_the_file_suppresses_is_no_failure_and_is_told_in_every_format() {
    let folder = suppressed();
    let text = run(&folder, &["check", "net.vpcscape.json"]);
    let said = out(&text);
    assert_eq!(code(&text), 0, "{said}");
    assert!(!said.contains("error[subnet-overlap]"), "{said}");
    assert!(said.contains("suppressed[subnet-overlap]: "), "{said}");
    assert!(said.contains("= reason: a lab of one's own"), "{said}");
    assert!(said.contains("warning[flow-log-missing]: "), "{said}");
    let json = run(&folder, &["check", "net.vpcscape.json", "--format", "json"]);
    let report: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(report["suppressed"][0]["code"], "subnet-overlap");
    assert_eq!(report["suppressed"][0]["reason"], "a lab of one's own");
    assert_eq!(report["summary"]["errors"], 0);
    let sarif = run(&folder, &["check", "net.vpcscape.json", "--format", "sarif"]);
    let log: Value = serde_json::from_slice(&sarif.stdout).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let silent: Vec<&Value> = results.iter().filter(|it| it.get("suppressions").is_some()).collect();
    assert_eq!(silent.len(), 1, "{silent:#?}");
    let suppression = &silent[0]["suppressions"][0];
    assert_eq!(silent[0]["ruleId"], "subnet-overlap");
    assert_eq!(suppression["kind"], "inSource");
    assert_eq!(suppression["justification"], "a lab of one's own");
}

#[test]
fn fix_leaves_alone_what_is_suppressed() {
    let folder = suppressed();
    let file = folder.path().join("net.vpcscape.json");
    let before = read(&file);
    let checked = run(&folder, &["check", "net.vpcscape.json", "--fix", "--rule", "subnet-overlap"]);
    assert_eq!(code(&checked), 0, "{}", err(&checked));
    assert!(err(&checked).contains("nothing to fix"), "{}", err(&checked));
    assert_eq!(read(&file), before);
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_written_is_left_as_it_is() {
    use std::os::unix::fs::PermissionsExt;
    let folder = broken();
    let file = folder.path().join("net.vpcscape.json");
    let before = read(&file);
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o444)).unwrap();
    let checked = run(&folder, &["check", "net.vpcscape.json", "--fix"]);
    assert_eq!(code(&checked), 2, "{}", err(&checked));
    assert_eq!(read(&file), before);
}
