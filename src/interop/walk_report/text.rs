//! Walks for people.

use super::name;
use crate::{
    reach::{CheckResult, Hop, Trace, Verdict},
    rules::openings::Opening,
    t,
};

/// A trace, hop by hop, then everything in the way, then the sets of edits that would open it.
pub fn trace_text(trace: &Trace, openings: &[Opening]) -> String {
    let mut lines = vec![match trace.verdict() {
        Verdict::Reachable => t!("file-trace-reachable"),
        Verdict::Blocked => t!("file-trace-blocked", count = trace.blockers.len()),
    }];
    section(&mut lines, &t!("file-trace-forward"), &trace.forward);
    section(&mut lines, &t!("file-trace-reply"), &trace.reply);
    if !trace.blockers.is_empty() {
        lines.push(String::new());
        lines.push(t!("file-trace-blockers"));
    }
    for blocker in &trace.blockers {
        let place = blocker.resource.as_ref().map_or("internet", crate::model::ResourceId::as_str);
        let (code, way) = (blocker.code.as_str(), blocker.direction.title());
        lines.push(format!("  {code} ({way}, {place}): {}", blocker.detail));
    }
    if !openings.is_empty() {
        lines.push(String::new());
        lines.push(t!("file-trace-openings"));
    }
    for (at, opening) in openings.iter().enumerate() {
        for (place, edit) in opening.edits.iter().enumerate() {
            let number = if place == 0 { format!("{}.", at + 1) } else { String::new() };
            lines.push(format!("  {number:2} {}", edit.label));
        }
    }
    lines.join("\n") + "\n"
}

fn section(lines: &mut Vec<String>, title: &str, hops: &[Hop]) {
    if hops.is_empty() {
        return;
    }
    lines.push(String::new());
    lines.push(title.to_owned());
    for (at, hop) in hops.iter().enumerate() {
        lines.push(format!("  {}. {} ({})", at + 1, name(hop), hop.kind.title()));
        for step in &hop.steps {
            lines.push(format!("       {}: {}", step.title(), step.because));
        }
    }
}

/// The saved checks, one line each, with the reasons behind those that do not hold.
pub fn checks_text(results: &[CheckResult]) -> String {
    let mut lines = Vec::new();
    for result in results {
        let word = if result.holds { t!("file-test-ok") } else { t!("file-test-failed") };
        lines.push(format!("{word}  {}", result.name));
        if !result.holds {
            lines.extend(reasons(result).into_iter().map(|reason| format!("        {reason}")));
        }
    }
    let failed = results.iter().filter(|it| !it.holds).count();
    lines.push(t!("file-test-summary", count = results.len(), failed = failed));
    lines.join("\n") + "\n"
}

/// Why a check does not hold, one line each.
pub fn reasons(result: &CheckResult) -> Vec<String> {
    match &result.outcome {
        Err(error) => vec![error.to_string()],
        Ok(trace) if trace.blockers.is_empty() => vec![t!("file-test-unexpected")],
        Ok(trace) => trace.blockers.iter().map(|it| format!("{}: {}", it.code.as_str(), it.detail)).collect(),
    }
}
