//! Walks and saved checks as text for people, as JSON for scripts, as JUnit for CI.

mod connection;
mod junit;
mod matrix;
mod text;

#[cfg(test)]
mod tests;

pub use connection::reasons as connection_reasons;
pub use connection::{connection_json, connection_text, no_way, ssh_config_text};
pub use junit::junit;
pub use matrix::{Row, matrix_csv, matrix_json, matrix_text};
pub use text::{checks_text, reasons, trace_text};

use serde_json::{Value, json};

use crate::{
    reach::{Blocker, CheckResult, Hop, Trace},
    rules::openings::Opening,
};

/// What the far end of a walk is called where it is no resource.
const INTERNET: &str = "internet";

/// One trace as `vpcscape-trace/1`, with the sets of edits that would open it.
pub fn trace_json(trace: &Trace, openings: &[Opening]) -> String {
    let mut value = trace_value(trace);
    if let Some(map) = value.as_object_mut() {
        map.shift_insert(0, "format".to_owned(), json!("vpcscape-trace/1"));
        map.insert("openings".to_owned(), openings.iter().map(opening_value).collect());
    }
    format!("{value:#}\n")
}

/// The results of all saved checks as `vpcscape-test/1`.
pub fn checks_json(results: &[CheckResult]) -> String {
    let failed = results.iter().filter(|it| !it.holds).count();
    let checks: Vec<Value> = results.iter().map(check_value).collect();
    let summary = json!({ "checks": results.len(), "failed": failed });
    let value = json!({ "format": "vpcscape-test/1", "checks": checks, "summary": summary });
    format!("{value:#}\n")
}

fn check_value(result: &CheckResult) -> Value {
    match &result.outcome {
        Ok(trace) => json!({ "name": result.name, "holds": result.holds, "trace": trace_value(trace) }),
        Err(error) => json!({ "name": result.name, "holds": false, "error": error.to_string() }),
    }
}

fn trace_value(trace: &Trace) -> Value {
    json!({
        "verdict": trace.verdict().as_str(),
        "forward": trace.forward.iter().map(hop_value).collect::<Vec<_>>(),
        "reply": trace.reply.iter().map(hop_value).collect::<Vec<_>>(),
        "blockers": trace.blockers.iter().map(blocker_value).collect::<Vec<_>>(),
    })
}

fn opening_value(opening: &Opening) -> Value {
    let edits: Vec<&str> = opening.edits.iter().map(|it| it.label.as_str()).collect();
    json!({ "label": opening.label(), "edits": edits })
}

fn hop_value(hop: &Hop) -> Value {
    let steps: Vec<Value> = hop
        .steps
        .iter()
        .map(|step| json!({ "what": step.what, "decision": step.decision.as_str(), "because": step.because }))
        .collect();
    json!({ "resource": name(hop), "kind": hop.kind.as_str(), "steps": steps })
}

fn name(hop: &Hop) -> &str {
    hop.resource.as_ref().map_or(hop.kind.as_str(), crate::model::ResourceId::as_str)
}

fn blocker_value(blocker: &Blocker) -> Value {
    json!({
        "code": blocker.code.as_str(),
        "resource": blocker.resource.as_ref().map_or(INTERNET, crate::model::ResourceId::as_str),
        "direction": blocker.direction.as_str(),
        "detail": blocker.detail,
    })
}
