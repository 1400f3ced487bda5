//! What the rules call an error before a deploy, the API refuses for the same reason: each mutation that
//! gives an error is deployed all the same, its errors suppressed, and where moto refuses a call, it is that
//! of a resource which an error names, with a code that says the same.

#[path = "../support/mutations.rs"]
mod table;

use std::{
    collections::BTreeMap,
    io::{Read as _, Write as _},
    net::TcpStream,
    sync::atomic::{AtomicUsize, Ordering},
};

use serde_json::Value;
use vpcscape::{
    interop::native,
    model::Suppressed,
    problem::{Problem, Severity},
};

use self::table::{ALL, Mutation, found};
use super::{
    program::{Project, Run},
    server,
};

/// Which of EC2's codes say what which rules say.
const SAME: &[(&str, &[&str])] = &[
    ("InvalidSubnet.Conflict", &["subnet-overlap"]),
    ("InvalidSubnet.Range", &["subnet-outside-vpc", "subnet-cidr-size"]),
    ("InvalidVpc.Range", &["vpc-cidr-size"]),
    ("MissingParameter", &["group-name", "rule-ports"]),
    ("InvalidParameterValue", &["subnet-zone", "group-name", "private-ip", "rule-ports"]),
    ("RouteAlreadyExists", &["route-duplicate"]),
    ("NetworkAclEntryAlreadyExists", &["acl-rule-number"]),
    ("InvalidGroup.Duplicate", &["group-name"]),
    ("InvalidPermission.Duplicate", &["group-rule-duplicate"]),
    ("InvalidKey.Format", &["key-pair"]),
    ("Resource.AlreadyAssociated", &["elastic-ip-shared"]),
];

/// At these moto fails itself, with a status of 500 and no code: they say nothing about EC2.
const CRASHES: &[&str] =
    &["a rule for TCP without ports", "a fixed address outside of the subnet", "a key that is none"];

/// So many emulators answer side by side.
const MOTOS: usize = 6;

/// A resource whose call was refused, and what the API said.
#[derive(Debug)]
struct Refusal {
    resource: String,
    said: String,
}

/// Deploys a mutation although the rules say that it will not work.
fn deploy(mutation: &Mutation, errors: &[Problem], url: &str) -> Run {
    let mut document = mutation.document();
    for error in errors {
        let culprit = error.subjects.first().expect("a finding has a culprit");
        let of = Suppressed { code: error.code.to_owned(), resource: culprit.id.clone() };
        document.suppressions.insert(of, "to hear what the API says".to_owned());
    }
    let project = Project::of("saved-topologies/bastion-nat.vpcscape.json");
    std::fs::write(&project.file, native::write(&document).expect("it can be written"))
        .expect("there is room");
    project.run("deploy", url, &["--yes", "--despite-checks", "--format", "json-lines"])
}

/// The actions that failed, from the lines of a run.
fn refusals(run: &Run) -> Vec<Refusal> {
    let mut lines = run.out.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let plan = lines.next().expect("the plan comes first");
    let failed = lines.filter(|line| line["event"] == "action" && line["state"] == "failed");
    failed
        .map(|line| {
            let at = line["action"].as_u64().expect("an action has a number");
            let action = &plan["actions"][usize::try_from(at).expect("small")];
            Refusal {
                resource: action["resource"].as_str().unwrap_or_default().to_owned(),
                said: line["detail"].as_str().unwrap_or_default().to_owned(),
            }
        })
        .collect()
}

/// Empties moto, so that one deploy does not meet another one.
fn reset(url: &str) {
    let address = url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).expect("moto listens");
    let request = format!(
        "POST /moto-api/reset HTTP/1.1\r\nHost: {address}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).expect("moto listens");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("moto answers");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

/// Why a refusal is not what the rules said; nothing where it is.
fn disagreement(refusal: &Refusal, errors: &[Problem]) -> Option<String> {
    let names = |it: &&Problem| it.subjects.iter().any(|at| at.id.as_str() == refusal.resource);
    let codes: Vec<&str> = errors.iter().filter(names).map(|it| it.code).collect();
    let answer = refusal.said.split_once(" failed: ").map_or("", |(_, answer)| answer);
    let api = answer.split(':').next().unwrap_or_default();
    let same = SAME.iter().find(|(code, _)| *code == api).map_or(&[][..], |(_, rules)| *rules);
    let agrees = codes.iter().any(|code| same.contains(code));
    (!agrees).then(|| format!("{refusal:?}, the rules: {codes:?}"))
}

/// The resources that the account's answers stood in the way of, before anything was made.
fn stopped(run: &Run) -> Vec<String> {
    let plan: Value =
        run.out.lines().next().and_then(|line| serde_json::from_str(line).ok()).expect("a plan");
    let problems = plan["problems"].as_array().expect("a plan lists its problems");
    let errors = problems.iter().filter(|it| it["severity"] == "error");
    let resources = errors.flat_map(|it| it["resources"].as_array().expect("they are a list"));
    resources.filter_map(|it| it.as_str().map(str::to_owned)).collect()
}

/// What came of a mutation.
enum Answer {
    /// Moto takes it.
    Taken,
    /// What was asked of the account told it before any call was made.
    Stopped,
    Refused(Vec<Refusal>),
}

/// Deploys a mutation to an empty moto; what does not agree with the rules goes to `wrong`.
fn ask(mutation: &Mutation, errors: &[Problem], url: &str, wrong: &mut Vec<String>) -> Answer {
    let name = &mutation.name;
    reset(url);
    let run = deploy(mutation, errors, url);
    if run.err.contains("Errors stand in the way") {
        let known = |id: &String| errors.iter().any(|it| it.subjects.iter().any(|at| at.id.as_str() == id));
        let unknown: Vec<String> = stopped(&run).into_iter().filter(|id| !known(id)).collect();
        if !unknown.is_empty() {
            wrong.push(format!("{name}: before the deploy an error names {unknown:?}, the rules do not"));
        }
        return Answer::Stopped;
    }
    let refusals = refusals(&run);
    if (run.code == Some(0)) != refusals.is_empty() {
        wrong.push(format!("{name}: {run:#?}"));
    }
    wrong.extend(refusals.iter().filter_map(|it| disagreement(it, errors)).map(|it| format!("{name}: {it}")));
    if refusals.is_empty() { Answer::Taken } else { Answer::Refused(refusals) }
}

#[test]
fn what_moto_refuses_the_rules_have_said_of_the_same_resource() {
    let is_asked = |it: &&Mutation| {
        it.finds.iter().any(|it| it.starts_with("error ")) && !CRASHES.contains(&it.name.as_str())
    };
    let asked: Vec<&Mutation> = ALL.iter().filter(is_asked).collect();
    let next = AtomicUsize::new(0);
    // Each has a moto of its own, which is emptied between two mutations.
    let share = || {
        let server = server::start();
        let (mut wrong, mut stopped, mut refused) = (Vec::new(), Vec::new(), BTreeMap::new());
        while let Some(mutation) = asked.get(next.fetch_add(1, Ordering::Relaxed)) {
            let mut errors = found(&mutation.document());
            errors.retain(|it| it.severity == Severity::Error);
            match ask(mutation, &errors, &server.url, &mut wrong) {
                Answer::Taken => {}
                Answer::Stopped => stopped.push(mutation.name.as_str()),
                Answer::Refused(refusals) => {
                    refused.insert(mutation.name.as_str(), refusals);
                }
            }
        }
        (wrong, stopped, refused)
    };
    let shares: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..MOTOS).map(|_| scope.spawn(share)).collect();
        threads.into_iter().map(|it| it.join().expect("it ends")).collect()
    });
    let (mut wrong, mut stopped, mut refused) = (Vec::new(), Vec::new(), BTreeMap::new());
    for share in shares {
        wrong.extend(share.0);
        stopped.extend(share.1);
        refused.extend(share.2);
    }
    println!("{} asked; stopped before: {stopped:?}; refused by moto: {refused:#?}", asked.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(
        refused.len() >= 5 && !stopped.is_empty(),
        "moto refuses {refused:#?}, stopped before: {stopped:?}"
    );
}
