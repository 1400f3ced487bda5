//! `vpcscape import`.

use std::fs;

use super::{code, folder, out, refused, run};

#[test]
fn a_folder_becomes_a_topology_that_checks() {
    let folder = folder();
    let dump = folder.path().join("dump/us-west-2");
    fs::create_dir_all(&dump).unwrap();
    fs::write(dump.join("a.json"), r#"{"Vpcs":[{"VpcId":"vpc-7","CidrBlock":"10.7.0.0/16"}]}"#).unwrap();
    fs::write(dump.join("notes.txt"), "nothing").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("..", dump.join("ring")).unwrap();
    let done = run(&folder, &["import", "--dump", "dump", "-o", "net.json"]);
    assert_eq!(code(&done), 0);
    assert!(out(&done).starts_with("4 resources imported\n"), "{}", out(&done));
    assert_eq!(code(&run(&folder, &["check", "net.json"])), 0);
    let again = run(&folder, &["import", "--dump", "dump", "-o", "-", "--format", "json"]);
    assert_eq!(out(&again), fs::read_to_string(folder.path().join("net.json")).unwrap());
}

#[test]
fn what_cannot_be_imported_is_refused_with_the_place() {
    let folder = folder();
    fs::create_dir(folder.path().join("dump")).unwrap();
    let import = ["import", "--dump", "dump", "-o", "net.json"];
    assert!(refused(&run(&folder, &import)).contains("0 files"));
    fs::write(folder.path().join("dump/Vpcs.json"), "{\"Vpcs\": [").unwrap();
    let said = refused(&run(&folder, &import));
    assert!(said.contains("`Vpcs.json`") && said.contains("line 1 column 10"), "{said}");
    assert!(!folder.path().join("net.json").exists());
    let nowhere = refused(&run(&folder, &["import", "--dump", "none", "-o", "net.json"]));
    assert!(nowhere.contains("none"), "{nowhere}");
}
