//! Files that cannot be used: exit 2 and one sentence with the place, for every subcommand that reads.

use super::{folder, refused, run};

const TOP: &str = r#""format": "vpcscape/1", "name": "x", "region": "us-east-1""#;

fn file(resources: &str) -> Vec<u8> {
    format!("{{ {TOP}, \"resources\": {{ {resources} }} }}").into_bytes()
}

/// What is wrong, the bytes, and what the sentence must contain.
fn cases() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let vpc = r#""vpc-a": { "kind": "vpc", "cidr_block": "10.0.0.0/16" }"#;
    let subnet = |vpc: &str| {
        format!(
            r#""subnet-a": {{ "kind": "subnet", "vpc_id": "{vpc}", "cidr_block": "10.0.0.0/24", "availability_zone": "us-east-1a" }}"#
        )
    };
    let cut = file(vpc)[..60].to_vec();
    let mut large = file(vpc);
    large.resize(64 * 1024 * 1024 + 1, b' ');
    vec![
        ("empty", Vec::new(), "line 1"),
        ("truncated", cut, "line 1, column 60: the file ends in the middle"),
        ("oversized", large, "64 MiB"),
        ("not UTF-8", b"{\n \"format\": \"\xff\"".to_vec(), "line 2, column 13"),
        ("not JSON", b"kind: vpc\n".to_vec(), "line 1, column 1: this is not JSON"),
        ("nested deeply", "[".repeat(10_000).into_bytes(), "line 1, column 65"),
        ("another format", b"{ \"nodes\": [] }".to_vec(), "`format` is missing"),
        ("a newer version", b"{ \"format\": \"vpcscape/9\" }".to_vec(), "`format`: the file has version 9"),
        ("no version", b"{ \"format\": \"vpcscape\" }".to_vec(), "`format`: `vpcscape` is not known"),
        ("a key twice", file(&format!("{vpc}, {vpc}")), "`resources.vpc-a` stands here for the second time"),
        (
            "a wrong type",
            file(r#""vpc-a": { "kind": "vpc", "cidr_block": 16 }"#),
            "`resources.vpc-a.cidr_block`: `16` stands here instead of a block",
        ),
        (
            "an unknown field",
            file(r#""vpc-a": { "kind": "vpc", "cidr_block": "10.0.0.0/16", "cidr_blok": "" }"#),
            "`resources.vpc-a.cidr_blok`: there is no such field",
        ),
        (
            "a missing field",
            file(r#""vpc-a": { "kind": "vpc" }"#),
            "`resources.vpc-a`: the field `cidr_block` is missing",
        ),
        ("an id with a space", file(r#""vpc a": { "kind": "vpc" }"#), "`resources.vpc a`"),
        ("dangling", file(&subnet("vpc-b")), "`resources.subnet-a.vpc_id`: there is no resource `vpc-b`"),
        ("cyclic", file(&subnet("subnet-a")), "inside itself (subnet-a → subnet-a)"),
        (
            "a reference to another kind",
            file(&format!(
                r#"{vpc}, {}, "i-a": {{ "kind": "instance", "subnet_id": "vpc-a", "instance_type": "t3.micro", "ami": "ami-1" }}"#,
                subnet("vpc-a")
            )),
            "`resources.i-a.subnet_id`: `vpc-a` is of the kind",
        ),
    ]
}

#[test]
fn unusable_files_give_2_and_one_sentence_with_the_place() {
    let folder = folder();
    for (what, bytes, place) in cases() {
        std::fs::write(folder.path().join("in.json"), &bytes).unwrap();
        let said = refused(&run(&folder, &["check", "in.json"]));
        assert!(said.starts_with("in.json: ") && said.contains(place), "{what}: {said}");
        let exported = refused(&run(&folder, &["export", "in.json", "--to", "svg", "-o", "out.svg"]));
        assert_eq!(exported, said, "{what}");
        assert!(!folder.path().join("out.svg").exists(), "{what}");
    }
}

#[test]
fn a_folder_and_a_missing_file_are_refused() {
    let folder = folder();
    assert_eq!(refused(&run(&folder, &["check", "none"])), "none: there is no such file or folder");
    assert_eq!(refused(&run(&folder, &["check", "."])), ".: this is a folder, not a file");
}

#[cfg(unix)]
#[test]
fn a_device_without_an_end_is_refused() {
    let said = refused(&run(&folder(), &["check", "/dev/zero"]));
    assert!(said.contains("64 MiB"), "{said}");
}
