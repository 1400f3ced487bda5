//! The program is killed (`kill -9`) at a call that changes something: before moto gets it, or after
//! moto has carried it out and before the answer. What it left behind is enough to go on.
//!
//! Some positions by default, every one with `VPCSCAPE_KILLS=all cargo test --test moto kill`. The large
//! network then lives a few lives, each with a death every few calls, before and after the call by turns,
//! that together die at every call: to make it anew for each of its deaths would take half a day.

use std::{
    fs::File,
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
};

use super::{
    compare::differences,
    program::Project,
    proxy::{Fate, Proxy, reads},
    read_back::{self, left_by_moto, since, standing},
    server,
    trouble::side_by_side,
};

/// Where the program is killed: at which of the calls that change something, and whether that call is
/// carried out.
#[derive(Debug, Clone, Copy)]
struct Position {
    call: usize,
    carried_out: bool,
}

impl Position {
    /// Once so many calls were carried out: the last of them is fatal, or the next one, which is not.
    fn after(calls: usize, carried_out: bool) -> Self {
        Self { call: calls + usize::from(!carried_out), carried_out }
    }
}

fn all() -> bool {
    std::env::var("VPCSCAPE_KILLS").is_ok_and(|it| it == "all")
}

/// Both kinds of death at each call, or the two by turns at some.
fn positions(calls: usize, step: usize) -> Vec<Position> {
    let every = (1..=calls).flat_map(|call| [false, true].map(|carried_out| Position { call, carried_out }));
    if all() { every.collect() } else { every.step_by(2 * step + 1).collect() }
}

/// Runs a command until it is killed at this position; answers whether it came so far.
fn killed(project: &Project, command: &[&str], target: &str, at: Position) -> bool {
    let process: Arc<OnceLock<u32>> = Arc::default();
    let count = Arc::new(AtomicUsize::new(0));
    let (for_fate, for_done, counted) = (Arc::clone(&process), Arc::clone(&process), Arc::clone(&count));
    let fate = move |action: &str, _: usize| {
        if reads(action) {
            return Fate::Pass;
        }
        let nth = counted.fetch_add(1, Ordering::SeqCst) + 1;
        match (nth.cmp(&at.call), at.carried_out) {
            (std::cmp::Ordering::Less, _) => Fate::Pass,
            (std::cmp::Ordering::Equal, true) => Fate::LoseReply,
            // What was sent beside the fatal call dies with the process.
            _ => {
                kill(*for_fate.wait());
                Fate::Drop
            }
        }
    };
    let of_done = Arc::clone(&count);
    let done = move |action: &str| {
        if !reads(action) && at.carried_out && of_done.load(Ordering::SeqCst) >= at.call {
            kill(*for_done.wait());
        }
    };
    let proxy = Proxy::watching(target, fate, done, 0);
    let mut child = spawn(project, command, &proxy.url);
    process.set(child.id()).expect("it is set once");
    let code = child.wait().expect("it was started here").code();
    let said = || std::fs::read_to_string(errors(project)).unwrap_or_default();
    assert!(matches!(code, None | Some(0)), "{at:?}: {}", said());
    code.is_none()
}

fn errors(project: &Project) -> PathBuf {
    project.folder().join("errors.txt")
}

/// As `kill -9` does it.
fn kill(process: u32) {
    Command::new("kill").args(["-9", &process.to_string()]).stderr(Stdio::null()).status().ok();
}

fn spawn(project: &Project, command: &[&str], url: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_vpcscape"))
        .args(command)
        .arg(&project.file)
        .args(["--endpoint-url", url, "--yes"])
        .env_clear()
        .env("HOME", project.folder())
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("AWS_ACCESS_KEY_ID", "testing")
        .env("AWS_SECRET_ACCESS_KEY", "testing")
        .stdout(Stdio::null())
        .stderr(File::create(errors(project)).expect("the folder can be written"))
        .spawn()
        .expect("the program starts")
}

/// A death every so many calls.
const CALLS_BETWEEN: usize = 12;

/// Deploys and destroys with a death at `first` and every few calls from there on; answers how many
/// deaths there were. One moto is busy enough with one such life.
fn die_often(region: &str, source: &str, first: Position) -> usize {
    let server = &server::start();
    let project = Project::in_region(source, region);
    let before = read_back::read(server, region);
    let mut deaths = 0;
    let mut until_it_ends = |command: &str| {
        let mut at = first;
        let mut more: &[&str] = &[command];
        while killed(&project, more, &server.url, at) {
            deaths += 1;
            at = Position::after(CALLS_BETWEEN, !at.carried_out);
            if command == "deploy" {
                more = &["deploy", "--resume"];
            }
        }
    };
    until_it_ends("deploy");
    let deployed = since(&before, &read_back::read(server, region));
    assert_eq!(differences(&project.drawing(), &deployed), Vec::<String>::new(), "{first:?}");
    project.run("plan", &server.url, &[]).ended(0);
    until_it_ends("destroy");
    let mut after = standing(&read_back::read(server, region));
    after.retain(|id, _| standing(&before).contains_key(id) || !left_by_moto(&deployed).contains(id));
    assert_eq!(after, standing(&before), "{first:?}");
    deaths
}

/// The first deaths of lives that together die at each call.
fn first_deaths() -> Vec<Position> {
    (1..=CALLS_BETWEEN).map(|calls| Position::after(calls, calls.is_multiple_of(2))).collect()
}

/// Kills a deploy, goes on, compares; kills the destroy at the same place, goes on, compares.
fn live_and_die(server: &server::Server, region: &str, source: &str, at: Position) {
    let project = Project::in_region(source, region);
    let before = read_back::read(server, region);
    let was_killed = killed(&project, &["deploy"], &server.url, at);
    project.run("deploy", &server.url, &["--yes", "--resume"]).ended(0);
    let deployed = since(&before, &read_back::read(server, region));
    assert_eq!(differences(&project.drawing(), &deployed), Vec::<String>::new(), "{at:?}, {was_killed}");
    project.run("plan", &server.url, &[]).ended(0);
    killed(&project, &["destroy"], &server.url, at);
    project.run("destroy", &server.url, &["--yes"]).ended(0);
    let mut after = standing(&read_back::read(server, region));
    after.retain(|id, _| standing(&before).contains_key(id) || !left_by_moto(&deployed).contains(id));
    assert_eq!(after, standing(&before), "{at:?}");
}

fn everywhere(source: &str, calls: usize, step: usize) {
    let server = server::start();
    let positions = positions(calls, step);
    let wrong = side_by_side(&positions, |region, at| live_and_die(&server, region, source, *at));
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n\n"));
}

#[test]
fn the_bastion_and_nat_template_survives_a_kill() {
    everywhere("saved-topologies/bastion-nat.vpcscape.json", 34, 5);
}

#[test]
fn the_private_endpoints_template_survives_a_kill() {
    everywhere("saved-topologies/private-endpoints.vpcscape.json", 28, 5);
}

// The seed is one whose network needs no more Elastic IP addresses than the quota of five.
#[test]
fn a_network_of_two_hundred_resources_survives_a_kill() {
    let folder = tempfile::tempdir().expect("there is room for a temporary folder");
    let file = folder.path().join("large.vpcscape.json");
    let made = Command::new(env!("CARGO_BIN_EXE_vpcscape"))
        .args(["new", "--generate", "200", "--seed", "21", "-o"])
        .arg(&file)
        .status()
        .expect("the program starts");
    assert!(made.success());
    let source = file.to_str().expect("the path is text");
    if !all() {
        return everywhere(source, 200, 100);
    }
    let wrong = side_by_side(&first_deaths(), |region, first| {
        println!("{} deaths from {first:?} on", die_often(region, source, *first));
    });
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n\n"));
}
