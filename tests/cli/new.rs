//! `vpcscape new`.

use vpcscape::interop::{native, templates};

use super::{code, err, folder, out, read, refused, run, template};

#[test]
fn the_list_names_the_templates_one_a_line() {
    let listed = run(&folder(), &["new", "--list"]);
    assert_eq!(code(&listed), 0);
    assert_eq!(out(&listed), "bastion-nat\nprivate-endpoints\n");
    assert_eq!(err(&listed), "");
}

#[test]
fn every_template_is_what_ships_and_checks_without_errors() {
    for name in templates::names() {
        let folder = folder();
        let file = template(&folder, name);
        let shipped = format!("saved-topologies/{name}.vpcscape.json");
        assert_eq!(read(&file), read(shipped.as_ref()));
        let checked = run(&folder, &["check", file.to_str().unwrap()]);
        assert_eq!(code(&checked), 0, "{}", out(&checked));
    }
}

#[test]
fn a_template_goes_to_the_standard_output_for_a_dash() {
    let folder = folder();
    let made = run(&folder, &["new", "bastion-nat", "-o", "-"]);
    assert_eq!(code(&made), 0);
    assert_eq!(native::read(&made.stdout).unwrap(), templates::document("bastion-nat").unwrap());
}

#[test]
fn an_unknown_template_is_refused_with_the_known_ones() {
    let said = refused(&run(&folder(), &["new", "bastion", "-o", "a.json"]));
    assert_eq!(said, "there is no template `bastion`: choose one of bastion-nat, private-endpoints");
}

#[test]
fn a_file_that_is_there_is_replaced_only_by_force() {
    let folder = folder();
    std::fs::write(folder.path().join("a.json"), "mine").unwrap();
    let said = refused(&run(&folder, &["new", "bastion-nat", "-o", "a.json"]));
    assert!(said.contains("a.json was not written"), "{said}");
    assert_eq!(read(&folder.path().join("a.json")), "mine");
    assert_eq!(code(&run(&folder, &["new", "bastion-nat", "-o", "a.json", "--force"])), 0);
    assert_ne!(read(&folder.path().join("a.json")), "mine");
}

#[test]
fn places_that_cannot_be_written_are_refused() {
    let folder = folder();
    assert!(refused(&run(&folder, &["new", "bastion-nat", "-o", "."])).contains("this is a folder"));
    assert!(
        refused(&run(&folder, &["new", "bastion-nat", "-o", "none/a"])).contains("no such file or folder")
    );
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left behind");
}

#[test]
fn a_generated_network_has_the_size_and_follows_the_seed() {
    let folder = folder();
    for (seed, file) in [("1", "a"), ("1", "b"), ("2", "c")] {
        let made = run(&folder, &["new", "--generate", "150", "--seed", seed, "-o", file]);
        assert_eq!(code(&made), 0, "{}", err(&made));
    }
    let [a, b, c] = ["a", "b", "c"].map(|name| read(&folder.path().join(name)));
    assert_eq!(native::read(a.as_bytes()).unwrap().topology.resources.len(), 150);
    assert_eq!(a, b);
    assert_ne!(a, c);
    assert_eq!(code(&run(&folder, &["check", "a"])), 0);
}
