//! `plan`, `deploy` and `destroy` as a process, offline.
#![cfg(test)]

use std::{fs, path::Path};

use assert_cmd::Command;

fn vpcscape(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("vpcscape").unwrap();
    let output = command.current_dir(folder).args(args).env("NO_COLOR", "1").output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn with_template(name: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let from = format!("{}/saved-topologies/{name}.vpcscape.json", env!("CARGO_MANIFEST_DIR"));
    fs::copy(from, folder.path().join("net.vpcscape.json")).unwrap();
    folder
}

#[test]
fn both_templates_are_planned_deployed_and_destroyed() {
    for name in ["bastion-nat", "private-endpoints"] {
        let folder = with_template(name);
        let at = folder.path();
        let on = |command: &'static str, more: &[&'static str]| {
            let mut args = vec![command, "net.vpcscape.json", "--target", "simulated"];
            args.extend(more);
            vpcscape(at, &args)
        };
        let (code, out, err) = on("plan", &[]);
        assert_eq!(code, 3, "{name}: {out}{err}");
        assert!(out.contains("+ create VPC"), "{out}");
        let (code, _, err) = on("deploy", &[]);
        assert_eq!(code, 2, "nobody agreed");
        assert!(err.contains("--yes"), "{err}");
        let (code, out, err) = on("deploy", &["--yes"]);
        assert_eq!(code, 0, "{name}: {out}{err}");
        let state: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(at.join("net.state.json")).unwrap()).unwrap();
        assert_eq!(state["format"], "vpcscape-state/1");
        assert!(!at.join("net.journal").exists());
        let (code, out, err) = on("plan", &["--format", "json"]);
        assert_eq!(code, 0, "{name}: {out}{err}");
        let plan: serde_json::Value = serde_json::from_str(&out).unwrap();
        assert_eq!(plan["format"], "vpcscape-plan/1");
        assert_eq!(on("deploy", &["--yes", "--resume"]).0, 0, "a deploy without an open run");
        let (code, _, err) = on("deploy", &["--yes", "--rollback"]);
        assert_eq!(code, 2);
        assert!(err.contains("no open run"), "{err}");
        let (code, out, err) = on("destroy", &["--yes", "--format", "json-lines"]);
        assert_eq!(code, 0, "{name}: {out}{err}");
        assert!(out.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()), "{out}");
        let (code, out, _) = on("plan", &[]);
        assert_eq!(code, 3, "{out}");
        let (code, out, _) = on("destroy", &["--yes"]);
        assert_eq!(code, 0, "nothing is left: {out}");
    }
}

#[test]
fn unusable_input_is_said_in_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("net.vpcscape.json"), "{").unwrap();
    for command in ["plan", "deploy", "destroy"] {
        let args = [command, "net.vpcscape.json", "--target", "simulated"];
        let (code, _, err) = vpcscape(folder.path(), &args);
        assert_eq!(code, 2);
        assert_eq!(err.trim().lines().count(), 1, "{err}");
        assert!(err.contains("net.vpcscape.json"), "{err}");
    }
}

#[test]
fn an_open_run_of_another_place_is_not_mixed_up() {
    let folder = with_template("bastion-nat");
    let line = "{\"record\":\"run_started\",\"format\":\"vpcscape-journal/1\",\"run\":\"run-1\",\
                \"document\":\"doc-1\",\"scope\":\"123456789012/eu-west-1\",\"destroy\":false}\n";
    fs::write(folder.path().join("net.journal"), line).unwrap();
    let (code, _, err) = vpcscape(folder.path(), &["plan", "net.vpcscape.json", "--target", "simulated"]);
    assert_eq!(code, 2);
    assert!(err.contains("123456789012/eu-west-1"), "{err}");
}
