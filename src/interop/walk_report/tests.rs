//! Reports of walks over the templates.

use serde_json::Value;

use super::{checks_json, checks_text, junit, trace_json, trace_text};
use crate::{
    interop::templates,
    model::{CheckExpectation, Document},
    net::Protocol,
    reach::{Flow, Network, Party, Trace, run_checks, walk},
};

fn template() -> Document {
    templates::document("bastion-nat").unwrap()
}

fn trace(from: &str, to: &str, port: u16) -> Trace {
    let document = template();
    let index = document.topology.index();
    let party = |text| Party::parse(&document.topology, text).unwrap();
    walk(&Network::new(&document.topology, &index), &Flow::new(party(from), party(to), Protocol::Tcp, port))
}

#[test]
fn the_checks_of_both_templates_hold() {
    for name in templates::names() {
        let document = templates::document(name).unwrap();
        let results = run_checks(&document, &document.topology.index());
        let text = checks_text(&results);
        assert!(results.iter().all(|it| it.holds), "{name}: {text}");
    }
    assert!(!template().checks.is_empty());
}

#[test]
fn a_trace_as_json_has_the_agreed_shape() {
    let value: Value = serde_json::from_str(&trace_json(&trace("internet", "private", 22), &[])).unwrap();
    assert_eq!(value["format"], "vpcscape-trace/1");
    assert_eq!(value["verdict"], "blocked");
    assert_eq!(value["blockers"][0]["code"], "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS");
    assert_eq!(value["blockers"][0]["direction"], "forward");
    assert_eq!(value["forward"][0]["resource"], "internet");
    assert!(value["forward"][1]["steps"][0]["because"].is_string());
}

#[test]
fn a_trace_as_text_names_every_hop() {
    let text = trace_text(&trace("private", "internet", 443), &[]);
    for part in ["NAT gateway", "internet gateway", "Forward", "Reply"] {
        assert!(text.contains(part), "{text}");
    }
}

#[test]
fn a_check_that_fails_says_why_in_every_form() {
    let mut document = template();
    let name = document.checks.keys().next().unwrap().clone();
    let check = document.checks.get_mut(&name).unwrap();
    check.expect = match check.expect {
        CheckExpectation::Reachable => CheckExpectation::Blocked,
        CheckExpectation::Blocked => CheckExpectation::Reachable,
    };
    document.checks.insert(
        "<lost>".to_owned(),
        crate::model::Check { from: "nobody".to_owned(), ..document.checks[&name].clone() },
    );
    let results = run_checks(&document, &document.topology.index());
    assert_eq!(results.iter().filter(|it| !it.holds).count(), 2);
    let value: Value = serde_json::from_str(&checks_json(&results)).unwrap();
    assert_eq!(value["summary"]["failed"], 2);
    assert!(checks_text(&results).contains("`nobody` is no resource id"));
    let xml = junit("demo", &results);
    assert!(xml.contains("failures=\"2\"") && xml.contains("name=\"&lt;lost&gt;\""), "{xml}");
}
