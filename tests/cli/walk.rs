//! `vpcscape trace`, `vpcscape matrix`, `vpcscape test` and `vpcscape connect`.

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
    assert!(out(&shut).contains("Give private a public address"), "{}", out(&shut));
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
    assert_eq!(value["openings"][0]["edits"][0], "Let private take in icmp from the members of bastion");
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

#[test]
fn connect_prints_commands_a_config_or_why_there_is_no_way() {
    let folder = with(|text| text);
    let open = run(&folder, &["connect", FILE, "--to", "private", "--user", "ubuntu"]);
    assert_eq!(code(&open), 0);
    assert!(out(&open).contains("ssh -J ubuntu@\"$JUMP\" ubuntu@\"$HOST\""), "{}", out(&open));
    let config = run(&folder, &["connect", FILE, "--to", "i-private", "--ssh-config"]);
    assert!(out(&config).contains("ProxyJump i-bastion") && out(&config).contains("net-tutorial.pem"));
    let json = run(&folder, &["connect", FILE, "--to", "i-private", "--format", "json"]);
    let value: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(value["format"], "vpcscape-connect/1");
    assert_eq!(value["ways"][0]["kind"], "ssh-jump");
    assert_eq!(value["blocked"][0]["flows"][0]["blockers"][0]["direction"], "forward");
    let said = refused(&run(&folder, &["connect", FILE, "--to", "nat-tutorial"]));
    assert!(said.contains("is no EC2 instance"), "{said}");
    // The bastion lets nobody in, and the private host has a way out for public addresses only.
    let folder = with(|text| {
        let text = text.replace("203.0.113.10/32", "10.9.9.9/32");
        text.replace("\"nat_gateway_id\": \"nat-tutorial\"", "\"gateway_id\": \"igw-tutorial\"")
    });
    let shut = run(&folder, &["connect", FILE, "--to", "i-private"]);
    assert_eq!(code(&shut), 1);
    assert!(out(&shut).starts_with("No way leads to a shell on private"), "{}", out(&shut));
    let wrong = run(&folder, &["connect", FILE, "--to", "i-private", "--user", "a b"]);
    assert_eq!(code(&wrong), 2);
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("`a b` is no user"));
}

#[test]
fn the_matrix_is_a_table_of_what_is_open() {
    let folder = with(|text| text);
    let all = run(&folder, &["matrix", FILE]);
    assert_eq!(code(&all), 0);
    let lines: Vec<String> =
        out(&all).lines().map(|it| it.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(lines[0], "FROM TO TCP UDP PING");
    assert!(lines.contains(&"the internet bastion 22 - -".to_owned()), "{lines:#?}");
    assert!(lines.contains(&"bastion the internet all all yes".to_owned()), "{lines:#?}");
    assert_eq!(lines.last().unwrap(), "4 of 6 pairs have something open between them.");
    let internet = out(&run(&folder, &["matrix", FILE, "--internet"]));
    assert!(internet.contains("bastion") && !internet.contains("private"), "{internet}");
    assert!(internet.ends_with("1 of 2 pairs have something open between them.\n"), "{internet}");
    // A service of the region is no part of the drawing for somebody outside.
    template(&folder, "private-endpoints");
    let outside = out(&run(&folder, &["matrix", "private-endpoints.vpcscape.json", "--internet"]));
    assert!(outside.starts_with("0 of "), "{outside}");
}

#[test]
fn the_matrix_is_about_whom_one_asks() {
    let folder = with(|text| text);
    let args = ["matrix", FILE, "--from", "subnet-public", "--to", "i-private", "--by-subnet"];
    let json = run(&folder, &[&args[..], &["--format", "json"]].concat());
    let value: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(value["format"], "vpcscape-matrix/1");
    assert_eq!(value["from"].as_array().unwrap().len(), 1);
    assert_eq!(value["open"][0]["from"], "subnet-public");
    assert_eq!(value["open"][0]["to"], "subnet-private");
    assert_eq!(value["open"][0]["tcp"][0]["from"], 22);
    let csv =
        out(&run(&folder, &["matrix", FILE, "--to", "10.0.1.99", "--to", "bastion", "--format", "csv"]));
    assert!(csv.starts_with("from,from_name,to,to_name,tcp,udp,ping\r\n"), "{csv}");
    assert!(csv.contains("internet,the internet,i-bastion,bastion,22,,false\r\n"), "{csv}");
    assert!(!csv.contains("10.0.1.99"), "nobody has that address: {csv}");
    let said = refused(&run(&folder, &["matrix", FILE, "--from", "nobody"]));
    assert!(said.starts_with("`nobody` is no resource id"), "{said}");
    assert_eq!(code(&run(&folder, &["matrix", FILE, "--internet", "--from", "i-private"])), 2);
}
