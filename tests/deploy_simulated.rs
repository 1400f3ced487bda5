//! `plan`, `deploy` and `destroy` as a process, offline.
#![cfg(test)]

use std::{
    fs,
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, Stdio},
};

use assert_cmd::Command;
use vpcscape::{
    cloud::{Call, SubnetAttribute, Tags},
    simulated::ForeignInterface,
};

#[path = "support/outside.rs"]
mod outside;

fn vpcscape(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("vpcscape").unwrap();
    let output = command.current_dir(folder).args(args).env("NO_COLOR", "1").output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn with_template(name: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let from = format!("saved-topologies/{name}.vpcscape.json");
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
fn a_network_whose_checks_fail_is_not_deployed_unasked() {
    let folder = with_template("bastion-nat");
    let file = folder.path().join("net.vpcscape.json");
    let shut = fs::read_to_string(&file).unwrap().replace("203.0.113.10/32", "10.9.9.9/32");
    fs::write(&file, shut).unwrap();
    let deploy = |more: &[&'static str]| {
        let mut args = vec!["deploy", "net.vpcscape.json", "--target", "simulated"];
        args.extend(more);
        vpcscape(folder.path(), &args)
    };
    let (code, out, err) = deploy(&["--yes"]);
    assert_eq!(code, 2, "{out}{err}");
    assert!(out.contains("does not hold: internet reaches the bastion by SSH"), "{out}");
    assert!(err.contains("1 saved check does not hold") && err.contains("--despite-checks"), "{err}");
    assert!(!folder.path().join("net.state.json").exists(), "nothing was made");
    let (code, out, err) = deploy(&["--yes", "--despite-checks"]);
    assert_eq!(code, 0, "{out}{err}");
    // What stands already is not asked about again.
    assert_eq!(deploy(&["--yes"]).0, 0);
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

#[test]
fn another_region_has_a_cloud_and_a_state_of_its_own() {
    let folder = with_template("private-endpoints");
    let on = |command: &'static str, more: &[&'static str]| {
        let mut args = vec![command, "net.vpcscape.json", "--target", "simulated"];
        args.extend(more);
        vpcscape(folder.path(), &args)
    };
    assert_eq!(on("deploy", &["--yes"]).0, 0);
    let (code, out, err) = on("deploy", &["--yes", "--region", "eu-west-1"]);
    assert_eq!(code, 0, "{out}{err}");
    assert!(out.contains("eu-west-1a") && !out.contains("us-east-1a"), "{out}");
    assert_eq!(on("plan", &["--region", "eu-west-1"]).0, 0);
    let (code, out, err) = on("destroy", &["--yes"]);
    assert_eq!(code, 0, "{out}{err}");
    assert!(out.contains("Still deployed in simulated/eu-west-1"), "{out}");
    assert_eq!(on("plan", &["--region", "eu-west-1"]).0, 0, "the other region is as it was");
    let (code, out, err) = on("destroy", &["--yes", "--region", "eu-west-1"]);
    assert_eq!(code, 0, "{out}{err}");
    assert!(!out.contains("Still deployed"), "{out}");
}

#[test]
fn a_field_that_cannot_be_changed_is_named_with_its_resource() {
    let folder = with_template("bastion-nat");
    let args = ["deploy", "net.vpcscape.json", "--target", "simulated", "--yes"];
    assert_eq!(vpcscape(folder.path(), &args).0, 0);
    let path = folder.path().join("net.vpcscape.json");
    let drawn = fs::read_to_string(&path).unwrap();
    fs::write(
        &path,
        drawn.replace("\"instance_tenancy\": \"default\"", "\"instance_tenancy\": \"dedicated\""),
    )
    .unwrap();
    let args = ["plan", "net.vpcscape.json", "--target", "simulated", "--format", "json"];
    let (code, out, _) = vpcscape(folder.path(), &args);
    assert_eq!(code, 2, "{out}");
    let plan: serde_json::Value = serde_json::from_str(&out).unwrap();
    let problem = &plan["problems"][0];
    assert_eq!(problem["code"], "deploy-replacement");
    assert_eq!(problem["field"], "instance_tenancy");
    assert_eq!(problem["resources"][0], "vpc-tutorial");
}

#[test]
fn drift_is_none_after_a_deploy_and_a_lost_state_is_adopted() {
    let folder = with_template("bastion-nat");
    let on = |command: &str, more: &[&str]| {
        let mut args = vec![command, "net.vpcscape.json", "--target", "simulated"];
        args.extend(more);
        vpcscape(folder.path(), &args)
    };
    assert_eq!(on("deploy", &["--yes"]).0, 0);
    let (code, out, err) = on("drift", &["--format", "json"]);
    assert_eq!(code, 0, "{out}{err}");
    let drift: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(drift["format"], "vpcscape-drift/1");
    assert_eq!(drift["drift"], serde_json::json!([]));
    let path = folder.path().join("net.vpcscape.json");
    let drawn = fs::read_to_string(&path).unwrap();
    fs::write(&path, drawn.replace("\"map_public_ip_on_launch\": true,", "")).unwrap();
    let (code, out, _) = on("drift", &[]);
    assert_eq!(code, 3, "{out}");
    assert!(out.contains("~ Subnet subnet-public"), "{out}");
    fs::write(&path, drawn).unwrap();
    fs::remove_file(folder.path().join("net.state.json")).unwrap();
    let (code, out, err) = on("adopt", &[]);
    assert_eq!(code, 0, "{out}{err}");
    assert_eq!(on("plan", &[]).0, 0);
    assert_eq!(on("adopt", &[]).0, 2, "there is a state already");
}

/// What others do in the account: a subnet of ours is changed, an instance goes, another subnet comes.
fn meddle(folder: &Path) -> String {
    let live = |resource| outside::live(folder, resource);
    outside::call(
        folder,
        &Call::ModifySubnetAttribute {
            subnet_id: live("subnet-private"),
            attribute: SubnetAttribute::MapPublicIpOnLaunch,
            value: true,
        },
    );
    outside::call(folder, &Call::TerminateInstances { instance_ids: vec![live("i-private")] });
    outside::call(
        folder,
        &Call::CreateSubnet {
            vpc_id: live("vpc-tutorial"),
            cidr_block: "10.0.99.0/24".to_owned(),
            ipv6_cidr_block: None,
            availability_zone: Some("us-east-1b".to_owned()),
            tags: Tags::new(),
        },
    )
}

#[test]
fn drift_is_accepted_into_the_file_or_restored_item_by_item() {
    let folder = with_template("bastion-nat");
    let at = folder.path();
    let on = |command: &str, more: &[&str]| {
        let mut args = vec![command, "net.vpcscape.json", "--target", "simulated"];
        args.extend(more);
        vpcscape(at, &args)
    };
    let file = || fs::read_to_string(at.join("net.vpcscape.json")).unwrap();
    assert_eq!(on("deploy", &["--yes"]).0, 0);
    let subnet = meddle(at);
    let (code, out, _) = on("drift", &[]);
    assert_eq!(code, 3, "{out}");
    assert!(out.contains("3 things drifted") && out.contains("--accept") && out.contains(&subnet), "{out}");

    let (code, _, err) = on("drift", &["--accept", "vpc-tutorial"]);
    assert_eq!(code, 2);
    assert!(err.contains("`vpc-tutorial`"), "{err}");
    let before = file();
    let (code, out, err) = on("drift", &["--accept", &subnet, "subnet-private"]);
    assert_eq!(code, 3, "one is left: {out}{err}");
    assert!(out.contains("1 thing drifted") && out.contains("i-private"), "{out}");
    assert!(file().contains(&subnet) && file() != before);

    let (code, _, err) = on("drift", &["--restore", "i-private"]);
    assert_eq!(code, 2, "nobody agreed");
    assert!(err.contains("--yes"), "{err}");
    let (code, out, err) = on("drift", &["--restore", "i-private", "--yes"]);
    assert_eq!(code, 0, "{out}{err}");
    assert!(out.contains("Restored.") && !out.contains("subnet"), "{out}");
    assert_eq!(on("drift", &[]).0, 0);
    let (code, out, _) = on("plan", &[]);
    assert_eq!(code, 3, "what was accepted becomes ours: {out}");
    assert!(out.contains("= adopt") && out.contains("0 to create, 1 to adopt"), "{out}");
    assert_eq!(on("deploy", &["--yes"]).0, 0);
    assert_eq!(on("plan", &[]).0, 0);
}

#[test]
fn all_drift_is_accepted_at_once_and_what_others_added_is_never_removed() {
    let folder = with_template("bastion-nat");
    let at = folder.path();
    let on = |command: &str, more: &[&str]| {
        let mut args = vec![command, "net.vpcscape.json", "--target", "simulated"];
        args.extend(more);
        vpcscape(at, &args)
    };
    assert_eq!(on("deploy", &["--yes"]).0, 0);
    let subnet = meddle(at);
    let (code, _, err) = on("drift", &["--restore", &subnet, "--yes"]);
    assert_eq!(code, 2);
    assert!(err.contains("never removed"), "{err}");
    let (code, out, err) = on("drift", &["--accept-all", "--format", "json"]);
    assert_eq!(code, 0, "{out}{err}");
    let left: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(left["drift"], serde_json::json!([]));
    let drawn = fs::read_to_string(at.join("net.vpcscape.json")).unwrap();
    assert!(drawn.contains(&subnet) && !drawn.contains("\"i-private\": {"), "{drawn}");
    assert_eq!(on("drift", &[]).0, 0);
}

#[test]
fn a_destroy_names_whose_interfaces_are_in_its_way_and_leaves_them_on_request() {
    let folder = with_template("bastion-nat");
    let at = folder.path();
    let on = |command: &str, more: &[&str]| {
        let mut args = vec![command, "net.vpcscape.json", "--target", "simulated"];
        args.extend(more);
        vpcscape(at, &args)
    };
    assert_eq!(on("deploy", &["--yes"]).0, 0);
    let foreign = ForeignInterface {
        subnet_id: outside::live(at, "subnet-private"),
        interface_type: "network_load_balancer".to_owned(),
        description: "ELB net/edge/50dc6c495c0c9188".to_owned(),
        requester_id: Some("amazon-elb".to_owned()),
        ..ForeignInterface::default()
    };
    let interface = outside::change(at, |cloud| cloud.put_foreign_interface(foreign).unwrap());
    let (code, out, _) = on("destroy", &["--yes"]);
    assert_eq!(code, 2, "{out}");
    assert!(out.contains(&interface) && out.contains("load balancer `edge`"), "{out}");
    assert!(out.contains("cannot be removed while") && out.contains("--leave-foreign"), "{out}");
    let (code, out, err) = on("destroy", &["--yes", "--leave-foreign"]);
    assert_eq!(code, 0, "{out}{err}");
    assert!(out.contains("left with what is not of this drawing") && out.contains(&interface), "{out}");
    assert!(!at.join("net.journal").exists(), "the run is over");
    let state = fs::read_to_string(at.join("net.state.json")).unwrap();
    assert!(state.contains("\"subnet-private\"") && !state.contains("\"i-private\""), "{state}");
    outside::change(at, |cloud| assert!(cloud.has_interface(&interface)));
}

/// A deploy of a network that is so large that it cannot end while nobody reads what it says.
#[cfg(unix)]
fn long_deploy(folder: &Path) -> (Child, BufReader<std::process::ChildStdout>) {
    let (code, _, err) = vpcscape(folder, &["new", "--generate", "600", "-o", "net.vpcscape.json"]);
    assert_eq!(code, 0, "{err}");
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_vpcscape"))
        .current_dir(folder)
        .args(["deploy", "net.vpcscape.json", "--target", "simulated", "--yes", "--format", "json-lines"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    while !line.contains("\"event\"") {
        line.clear();
        assert!(out.read_line(&mut line).unwrap() > 0, "the run ended early");
    }
    (child, out)
}

#[cfg(unix)]
#[test]
fn ctrl_c_stops_a_run_so_that_it_can_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let (mut child, mut out) = long_deploy(folder.path());
    let sent = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
    let mut rest = String::new();
    out.read_to_string(&mut rest).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(2), "{rest}");
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert!(err.contains("Stopping") && err.contains("deploy or destroy again"), "{err}");
    assert!(folder.path().join("net.journal").exists(), "the run is open");
    let args = ["destroy", "net.vpcscape.json", "--target", "simulated", "--yes"];
    let (code, _, err) = vpcscape(folder.path(), &args);
    assert_eq!(code, 0, "{err}");
    let state = fs::read_to_string(folder.path().join("net.state.json")).unwrap();
    assert!(state.contains("\"deployments\": {}"), "{state}");
}

#[cfg(unix)]
#[test]
fn a_killed_run_is_remembered_by_the_offline_cloud() {
    let folder = tempfile::tempdir().unwrap();
    let (mut child, _) = long_deploy(folder.path());
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(folder.path().join("net.simulated.calls").exists(), "the process was cut off");
    let args = ["deploy", "net.vpcscape.json", "--target", "simulated", "--yes", "--rollback"];
    let (code, out, err) = vpcscape(folder.path(), &args);
    assert_eq!(code, 0, "{out}{err}");
    let cloud = fs::read_to_string(folder.path().join("net.simulated.json")).unwrap();
    assert!(!cloud.contains("vpcscape:document"), "nothing of ours is left");
    assert!(!folder.path().join("net.simulated.calls").exists());
}
