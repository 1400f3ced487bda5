//! A Python environment with moto and boto3, made once per list of requirements.

use std::{
    fs::{self, File},
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

const REQUIREMENTS: &str = include_str!("../support/requirements.txt");

/// A file of `tests/support`: of the checkout whose tests run now, which need not be the one in which
/// this binary was built, for several may share a build folder.
pub fn support(file: &str) -> PathBuf {
    let path = Path::new("tests/support").join(file);
    std::path::absolute(path).expect("the tests run in a folder")
}

/// Makes EC2 calls with boto3, as somebody would by hand; answers what each of them said.
pub fn by_hand(url: &str, region: &str, calls: &Value) -> Value {
    let output = Command::new(interpreter())
        .arg(support("by_hand.py"))
        .args([url, region, &calls.to_string()])
        .output()
        .expect("the environment's interpreter starts");
    assert!(output.status.success(), "{calls:#}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("it prints JSON")
}

/// The interpreter of the environment, which is made when it is not there yet. It lies in the target
/// directory and is keyed by the requirements, so that a changed list makes a new one.
pub fn interpreter() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let mut hasher = DefaultHasher::new();
    REQUIREMENTS.hash(&mut hasher);
    let environment = folder.join(format!("python-{:016x}", hasher.finish()));
    let interpreter = environment.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let complete = environment.join("complete");
    // Held while it is made: another test process waits here and then finds it complete.
    let lock = File::create(environment.with_extension("lock")).expect("the target directory can be written");
    lock.lock().expect("the target directory's file system has locks");
    if !complete.exists() {
        make(&environment, &interpreter);
        fs::write(&complete, "").expect("the environment can be written");
    }
    interpreter
}

fn make(environment: &Path, interpreter: &Path) {
    let made = Command::new("python3").args(["-m", "venv", "--clear"]).arg(environment).output();
    match made {
        Ok(output) if output.status.success() => {}
        Ok(output) => panic!(
            "python3 cannot make an environment: install the package `python3-venv`.\n{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr),
        ),
        Err(error) => {
            panic!("python3 does not start ({error}): install the packages `python3` and `python3-venv`.")
        }
    }
    let installed = Command::new(interpreter)
        .args(["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", "-r"])
        .arg(support("requirements.txt"))
        .output()
        .expect("the environment's interpreter starts");
    assert!(
        installed.status.success(),
        "pip cannot install tests/support/requirements.txt:\n{}",
        String::from_utf8_lossy(&installed.stderr),
    );
}
