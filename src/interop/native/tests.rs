//! The file format: golden files, refusals, damaged bytes.

use std::{fs, path::PathBuf};

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::{interop::templates, model::ResourceKind};

fn corpus() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        fs::read_dir("tests/corpus/format-v1").unwrap().map(|it| it.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn golden_files_of_format_1_load_and_write_back_byte_for_byte() {
    let files = corpus();
    assert!(!files.is_empty());
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        let document = read(text.as_bytes()).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_eq!(write(&document).unwrap(), text, "{}", path.display());
    }
}

#[test]
fn the_golden_file_holds_every_kind_and_an_unknown_one() {
    let path = corpus().into_iter().find(|it| it.ends_with("every-kind.vpcscape.json")).unwrap();
    let document = read(&fs::read(path).unwrap()).unwrap();
    for kind in crate::model::Kind::ALL {
        assert!(document.topology.of_kind(*kind).count() > 0, "{}", kind.as_str());
    }
    let other = document.topology.iter().find_map(|it| match &it.kind {
        ResourceKind::Other(other) => Some(other),
        _ => None,
    });
    assert_eq!(other.unwrap().kind_name, "local_gateway");
}

/// A small valid file, changed at one place.
fn changed(change: impl FnOnce(&mut Value)) -> String {
    let mut root = json!({
        "format": "vpcscape/1",
        "name": "small",
        "region": "us-east-1",
        "resources": {
            "vpc-a": { "kind": "vpc", "name": "a", "cidr_block": "10.0.0.0/16" },
            "subnet-a": {
                "kind": "subnet", "name": "a", "vpc_id": "vpc-a", "cidr_block": "10.0.0.0/24",
                "availability_zone": "us-east-1a"
            },
            "i-a": { "kind": "instance", "name": "a", "subnet_id": "subnet-a", "instance_type": "t3.micro", "ami": "ami-1" }
        }
    });
    change(&mut root);
    root.to_string()
}

fn sentence(text: &str) -> String {
    read(text.as_bytes()).unwrap_err().to_string()
}

#[test]
fn a_short_file_by_hand_is_enough() {
    let document = read(changed(|_| {}).as_bytes()).unwrap();
    assert_eq!(document.topology.resources.len(), 3);
    assert!(document.checks.is_empty());
}

#[test]
fn a_mark_in_front_is_no_reason_to_refuse() {
    assert!(read(format!("\u{feff}{}", changed(|_| {})).as_bytes()).is_ok());
}

#[test]
fn host_bits_are_cleared() {
    let text = changed(|root| root["resources"]["subnet-a"]["cidr_block"] = json!("10.0.0.9/24"));
    let document = read(text.as_bytes()).unwrap();
    assert!(write(&document).unwrap().contains("\"10.0.0.0/24\""));
}

/// A damage, and the sentence about it.
type Change = fn(&mut Value);
const REFUSALS: &[(Change, &str)] = &[
    (
        |root| root["resources"]["subnet-a"]["cidr_blok"] = json!("x"),
        "`resources.subnet-a.cidr_blok`: there is no such field (known here: `vpc_id`, `cidr_block`, \
             `availability_zone`, `ipv6_cidr_block`, `assign_ipv6_address_on_creation`, `enable_dns64`, `map_public_ip_on_launch`, `route_table_id`, `network_acl_id`)",
    ),
    (
        |root| root["resources"]["subnet-a"]["cidr_block"] = json!("10.0.0/24"),
        "`resources.subnet-a.cidr_block`: `10.0.0/24` is not an address or block such as `10.0.0.0/16`",
    ),
    (
        |root| root["resources"]["subnet-a"]["cidr_block"] = json!(5),
        "`resources.subnet-a.cidr_block`: `5` stands here instead of a block such as `10.0.0.0/16`",
    ),
    (
        |root| root["resources"]["i-a"]["vpc_security_group_ids"] = json!("sg-a"),
        "`resources.i-a.vpc_security_group_ids`: `sg-a` stands here instead of a list",
    ),
    (
        |root| root["resources"]["subnet-a"] = json!([]),
        "`resources.subnet-a`: a list stands here instead of an object",
    ),
    (|root| root["diagram"] = json!([]), "`diagram`: a list stands here instead of an object"),
    (
        |root| root["checks"] = json!({ "x": ["i-a", "internet", "tcp", "blocked"] }),
        "`checks.x`: a list stands here instead of an object",
    ),
    (
        |root| root["diagram"] = json!({ "lanes": [] }),
        "`diagram.lanes`: a list stands here instead of an object",
    ),
    (
        |root| root["resources"]["i-a"]["vpc_security_group_ids"] = json!([[]]),
        "`resources.i-a.vpc_security_group_ids[0]`: a list cannot stand in this list",
    ),
    (
        |root| drop(root["resources"]["i-a"].as_object_mut().unwrap().remove("ami")),
        "`resources.i-a`: the field `ami` is missing",
    ),
    (
        |root| drop(root.as_object_mut().unwrap().remove("region")),
        "`(top of the file)`: the field `region` is missing",
    ),
    (
        |root| root["resources"]["vpc-a"]["instance_tenancy"] = json!("host"),
        "`resources.vpc-a.instance_tenancy`: `host` is not one of `default`, `dedicated`",
    ),
    (
        |root| root["resources"]["vpc-a"]["tags"] = json!({ "Name": "b" }),
        "`resources.vpc-a.tags.Name`: the tag `Name` is the resource's `name` and cannot stand among its tags",
    ),
    (
        |root| root["resources"]["subnet-a"]["vpc_id"] = json!("vpc-b"),
        "`resources.subnet-a.vpc_id`: there is no resource `vpc-b`",
    ),
    (
        |root| root["resources"]["subnet-a"]["vpc_id"] = json!("i-a"),
        "`resources.subnet-a.vpc_id`: the resource would stand inside itself (subnet-a → i-a → subnet-a)",
    ),
    (
        |root| root["resources"]["i-a"]["subnet_id"] = json!("vpc-a"),
        "`resources.i-a.subnet_id`: `vpc-a` is of the kind “VPC”, but “Subnet” is needed here",
    ),
    (
        |root| root["checks"] = json!({ "x": { "from": "i-a", "to": "internet", "protocol": "tcp", "port": 70000, "expect": "blocked" } }),
        "`checks.x.port`: `70000` stands here instead of a whole number from 0 to 65535",
    ),
    (
        |root| root["diagram"] = json!({ "placements": { "vpc-a": { "x": 1.5, "y": 0 } } }),
        "`diagram.placements.vpc-a.x`: `1.5` stands here instead of a whole number from -2147483648 to 2147483647",
    ),
    (
        |root| root["colour"] = json!(1),
        "`colour`: there is no such field (known here: `format`, `name`, `region`, `resources`, `checks`, `suppressions`, `severities`, `diagram`)",
    ),
    (
        |root| root["format"] = json!("vpcscape/2"),
        "`format`: the file has version 2 and this program reads up to version 1, so open it with a newer vpcscape",
    ),
    (
        |root| root["format"] = json!("drawio/1"),
        "`format`: `drawio/1` is not known, this program reads `vpcscape/1`",
    ),
    (|root| root["format"] = json!(1), "`format`: the format is not text such as `vpcscape/1`"),
    (|root| *root = json!([1]), "this is not a vpcscape file: `format` is missing at its top"),
];

#[test]
fn refusals_name_the_place_and_what_to_put_there() {
    for (change, expected) in REFUSALS {
        assert_eq!(sentence(&changed(*change)), *expected);
    }
}

#[test]
fn a_route_needs_one_destination_and_one_target() {
    let text = changed(|root| {
        root["resources"]["rtb-a"] = json!({ "kind": "route_table", "vpc_id": "vpc-a", "routes": [{ "destination_cidr_block": "0.0.0.0/0" }] });
    });
    assert_eq!(sentence(&text), "`resources.rtb-a.routes[0]`: a route needs exactly one target");
}

#[test]
fn broken_bytes_are_refused_with_line_and_column() {
    assert_eq!(sentence(" \n"), "the file is empty: at line 1 there should be an object with `format`");
    assert_eq!(
        sentence("{\n \"format\": \"vpcscape/1\",\n"),
        "line 3, column 0: the file ends in the middle, its last part is missing"
    );
    assert_eq!(
        sentence("{ \"a\": 1, \"b\": { \"x\": [ { \"c\": 1, \"c\": 2 } ] } }"),
        "line 1, column 37: `b.x[0].c` stands here for the second time"
    );
    let deep = format!("{}{}", "[".repeat(100), "]".repeat(100));
    assert_eq!(sentence(&deep), "line 1, column 65: objects and lists are nested more than 64 deep");
    let error = read(b"{\n\"a\": \"\xff\"}").unwrap_err().to_string();
    assert_eq!(error, "line 2, column 7: the bytes from here on are not UTF-8 text");
    assert!(sentence("{ \"a\": 1 } x").starts_with("line 1, column 12: this is not JSON ("));
}

#[test]
fn too_large_and_too_many_are_refused() {
    assert_eq!(read(&vec![b' '; MAX_BYTES + 1]).unwrap_err(), FileError::TooLarge(MAX_BYTES as u64 + 1));
    let entries: Vec<String> = (0..=MAX_RESOURCES).map(|n| format!("\"r{n}\":0")).collect();
    let text = format!("{{\"resources\":{{{}}}}}", entries.join(","));
    assert!(matches!(read(text.as_bytes()), Err(FileError::TooMany(_))));
}

/// Bytes that were a good file before a few of them changed, went or came.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let names = templates::names();
    let edits = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 1..12);
    (0..names.len(), edits).prop_map(move |(name, edits)| {
        let mut bytes = write(&templates::document(names[name]).unwrap()).unwrap().into_bytes();
        for (index, byte, what) in edits {
            let at = index.index(bytes.len().max(1));
            match what {
                0 => bytes.truncate(at),
                1 => bytes.insert(at.min(bytes.len()), byte),
                2 if at < bytes.len() => drop(bytes.remove(at)),
                _ if at < bytes.len() => bytes[at] = byte,
                _ => {}
            }
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_bytes_never_panic_and_what_is_accepted_is_stable(bytes in damaged()) {
        match read(&bytes) {
            Ok(document) => {
                let text = write(&document).unwrap();
                prop_assert_eq!(&read(text.as_bytes()).unwrap(), &document);
            }
            Err(error) => {
                let sentence = error.to_string();
                prop_assert!(!sentence.contains('\n') && !sentence.contains("file-"), "{}", sentence);
            }
        }
    }

    #[test]
    fn any_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(read(&bytes).is_err());
    }
}

#[test]
fn what_the_user_says_about_findings_is_kept() {
    let text = json!({
        "format": "vpcscape/1", "name": "x", "region": "us-east-1", "resources": {}, "checks": {},
        "suppressions": [{ "code": "unused", "resource": "sg-a", "reason": "for later" }],
        "severities": { "vpcs-overlap": "off" },
        "diagram": {}
    });
    let document = read(text.to_string().as_bytes()).unwrap();
    let again = read(write(&document).unwrap().as_bytes()).unwrap();
    assert_eq!(again, document);
    let reasons: Vec<_> = again.suppressions.values().map(String::as_str).collect();
    assert_eq!((reasons, again.severities.len()), (vec!["for later"], 1));
    let mut wrong = text.clone();
    wrong["severities"]["vpcs-overlap"] = json!("loud");
    assert!(read(wrong.to_string().as_bytes()).unwrap_err().to_string().contains("severities.vpcs-overlap"));
    let mut wrong = text;
    wrong["suppressions"][0]["resource"] = json!("");
    assert!(read(wrong.to_string().as_bytes()).is_err());
}
