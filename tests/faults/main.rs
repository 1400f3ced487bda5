//! Hand-made faults of the packet walk, each of which some test has to notice.
//!
//! An ordinary run only holds the list to the code. `VPCSCAPE_FAULTS=1 cargo test --test faults` puts
//! one fault at a time into a copy of the rooms `reach`, `model`, `net` and `words`, and runs the tests
//! of `reach` there: about a minute each. `VPCSCAPE_FAULTS=TEXT` takes those whose names hold the text.
#![cfg(test)]

mod list;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use list::{FAULTS, Fault};

const ROOMS: &[&str] = &["model", "net", "reach", "words"];
const DEPENDENCIES: &[&str] = &[
    "fluent-bundle",
    "foldhash",
    "indexmap",
    "insta",
    "intl-memoizer",
    "ipnet",
    "proptest",
    "schemars",
    "serde",
    "serde_json",
    "thiserror",
    "unic-langid",
];

fn root() -> &'static Path {
    Path::new(".")
}

fn broken(fault: &Fault) -> String {
    let text = fs::read_to_string(root().join("src").join(fault.file)).unwrap();
    assert_eq!(text.matches(fault.from).count(), 1, "`{}` no longer fits {}", fault.name, fault.file);
    text.replace(fault.from, fault.to)
}

#[test]
fn every_fault_fits_the_code() {
    let names: BTreeSet<&str> = FAULTS.iter().map(|it| it.name).collect();
    assert_eq!(names.len(), FAULTS.len());
    assert!(FAULTS.len() >= 40);
    for fault in FAULTS {
        assert_ne!(broken(fault), fs::read_to_string(root().join("src").join(fault.file)).unwrap());
    }
}

#[test]
fn every_fault_is_noticed() {
    let Ok(wanted) = std::env::var("VPCSCAPE_FAULTS") else { return };
    let folder = tempfile::tempdir().unwrap();
    let copy = Copy(folder.path().to_owned());
    copy.make();
    assert!(copy.cargo(&["test", "--lib", "--no-run"]), "the copy does not compile; see above");
    assert!(copy.cargo(&["test", "--lib", "reach"]), "the tests fail without any fault");
    let chosen = FAULTS.iter().filter(|it| wanted == "1" || it.name.contains(&wanted));
    let mut unnoticed = Vec::new();
    for fault in chosen {
        let place = copy.0.join("src").join(fault.file);
        let whole = fs::read_to_string(&place).unwrap();
        fs::write(&place, broken(fault)).unwrap();
        assert!(copy.cargo(&["test", "--lib", "--no-run"]), "`{}` does not compile", fault.name);
        let noticed = !copy.cargo(&["test", "--lib", "reach"]);
        println!("{}  {}", if noticed { "noticed" } else { "MISSED " }, fault.name);
        unnoticed.extend((!noticed).then_some(fault.name));
        fs::write(&place, whole).unwrap();
    }
    assert!(unnoticed.is_empty(), "no test notices: {unnoticed:#?}");
}

/// A package of the four rooms alone, which builds in seconds.
struct Copy(PathBuf);

impl Copy {
    fn make(&self) {
        for room in ROOMS {
            copy_folder(&root().join("src").join(room), &self.0.join("src").join(room));
        }
        // These tests use templates of another room.
        for file in ["src/reach/connect/tests.rs", "src/model/index/tests.rs"] {
            fs::write(self.0.join(file), "").unwrap();
        }
        copy_folder(&root().join("assets/words"), &self.0.join("assets/words"));
        fs::copy(root().join("Cargo.lock"), self.0.join("Cargo.lock")).unwrap();
        let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
        let line = |name: &&str| {
            let found = manifest.lines().find(|it| it.split(" = ").next() == Some(name));
            found.unwrap_or_else(|| panic!("Cargo.toml names no {name}")).to_owned()
        };
        let dependencies: Vec<String> = DEPENDENCIES.iter().map(line).collect();
        let text = format!(
            "[package]\nname = \"walk\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n{}\n\n\
             [profile.test]\nopt-level = 1\ndebug = false\n\n[workspace]\n",
            dependencies.join("\n")
        );
        fs::write(self.0.join("Cargo.toml"), text).unwrap();
        let rooms: Vec<String> = ROOMS.iter().map(|room| format!("pub mod {room};\n")).collect();
        fs::write(self.0.join("src/lib.rs"), rooms.concat()).unwrap();
    }

    fn cargo(&self, arguments: &[&str]) -> bool {
        let mut command = Command::new(env!("CARGO"));
        command.args(arguments).arg("--offline").current_dir(&self.0);
        command.env("CARGO_TARGET_DIR", self.0.join("target")).env_remove("VPCSCAPE_FLOWS");
        let output = command.output().unwrap();
        if !output.status.success() && arguments.contains(&"--no-run") {
            eprintln!("{}", String::from_utf8_lossy(&output.stderr));
        }
        output.status.success()
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            fs::copy(&path, target).unwrap();
        }
    }
}
