//! The program and an endpoint that is not there, keeps silent, talks nonsense or loses replies: one
//! clear sentence, and a state from which a later deploy goes on.

use std::net::TcpListener;

use super::{
    compare::differences,
    program::{Project, Run},
    proxy::{Fate, Proxy},
    read_back,
    scripted::{Answer, Scripted},
    server,
};

const BASTION: &str = "saved-topologies/bastion-nat.vpcscape.json";

/// Fails against `url` with a sentence that names it, then succeeds against moto as if nothing had
/// been.
fn fails_clearly_and_goes_on(url: &str) {
    let project = Project::of(BASTION);
    let failed = project.run("deploy", url, &["--yes"]).ended(2);
    says_where(&failed, url);
    let planned = project.run("plan", url, &[]).ended(2);
    says_where(&planned, url);

    let server = server::start();
    project.run("deploy", &server.url, &["--yes"]).ended(0);
    let live = read_back::read(&server, "us-east-1");
    assert_eq!(differences(&project.drawing(), &live), Vec::<String>::new());
}

#[track_caller]
fn says_where(run: &Run, url: &str) {
    assert!(run.err.contains(url), "{run:?}");
    assert!(!run.err.contains("panicked") && !run.err.contains("SdkError"), "{run:?}");
    assert_eq!(run.err.trim().lines().count(), 1, "{run:?}");
}

#[test]
fn a_refused_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
    let url = format!("http://{}", listener.local_addr().expect("it is bound"));
    drop(listener);
    fails_clearly_and_goes_on(&url);
}

#[test]
fn a_web_server_that_is_not_ec2() {
    let page = "<!doctype html><title>500 Internal Server Error</title>".to_owned();
    fails_clearly_and_goes_on(&Scripted::new(vec![Answer::Reply(500, "text/html", page)]).url);
}

#[test]
fn something_that_does_not_speak_http() {
    fails_clearly_and_goes_on(&Scripted::new(vec![Answer::Bytes(b"220 mail.example ESMTP\r\n")]).url);
}

#[test]
fn an_endpoint_that_hangs_up() {
    fails_clearly_and_goes_on(&Scripted::new(vec![Answer::Truncated("<GetCallerIdentityResponse>")]).url);
}

#[test]
fn an_endpoint_that_never_answers() {
    let silent = Scripted::new(vec![Answer::Silence]);
    let failed = Project::of(BASTION).run("deploy", &silent.url, &["--yes"]).ended(2);
    says_where(&failed, &silent.url);
    assert!(
        silent.asked().iter().all(|body| body.starts_with("Action=GetCallerIdentity")),
        "{:?}",
        silent.asked()
    );
}

#[test]
fn missing_credentials() {
    let project = Project::of(BASTION);
    let server = server::shared();
    let run = project.run_with("deploy", &server.url, &["--yes"], &[]).ended(2);
    assert!(run.err.contains("aws configure"), "{run:?}");
    let keys = [("AWS_ACCESS_KEY_ID", "testing"), ("AWS_SECRET_ACCESS_KEY", "testing")];
    let run = project.run_with("deploy", &server.url, &["--yes", "--profile", "nobody"], &keys).ended(2);
    assert!(
        run.err.contains("`nobody`"),
        "a profile that was named wins over keys in the environment: {run:?}"
    );
}

#[test]
fn a_lost_reply_makes_nothing_twice() {
    let server = server::start();
    let lost = [
        "CreateVpc",
        "CreateSubnet",
        "CreateInternetGateway",
        "AttachInternetGateway",
        "CreateSecurityGroup",
        "CreateRoute",
        "AllocateAddress",
        "AuthorizeSecurityGroupIngress",
    ];
    let fate = move |action: &str, before: usize| match before {
        0 if lost.contains(&action) => Fate::LoseReply,
        _ => Fate::Pass,
    };
    let proxy = Proxy::before(&server.url, fate);
    let project = Project::of(BASTION);
    project.run("deploy", &proxy.url, &["--yes"]).ended(0);
    assert_eq!(proxy.fates(Fate::LoseReply), lost.len());
    for (action, times) in
        [("CreateVpc", 1), ("CreateSubnet", 2), ("CreateInternetGateway", 1), ("AllocateAddress", 1)]
    {
        assert_eq!(proxy.carried_out(action), times, "{action}");
    }
    let live = read_back::read(&server, "us-east-1");
    assert_eq!(differences(&project.drawing(), &live), Vec::<String>::new());
}

#[test]
fn a_connection_that_dies_in_the_middle_leaves_a_state_from_which_deploy_goes_on() {
    let server = server::start();
    let fate = |action: &str, _: usize| match action {
        "CreateNatGateway" | "RunInstances" => Fate::Drop,
        _ => Fate::Pass,
    };
    let proxy = Proxy::before(&server.url, fate);
    let project = Project::of(BASTION);
    let failed = project.run("deploy", &proxy.url, &["--yes"]);
    assert!(failed.code.is_some_and(|code| code != 0), "{failed:?}");
    assert!(proxy.fates(Fate::Drop) > 0);

    project.run("deploy", &server.url, &["--yes"]).ended(0);
    let live = read_back::read(&server, "us-east-1");
    assert_eq!(differences(&project.drawing(), &live), Vec::<String>::new());
    project.run("plan", &server.url, &[]).ended(0);
}
