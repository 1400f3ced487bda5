//! Findings for scripts: `vpcscape-check/1`, a published contract.

use serde::Serialize;

use super::Summary;
use crate::{model::Field, problem::Problem, rules::Review};

#[derive(Serialize)]
struct Report<'a> {
    format: &'static str,
    problems: Vec<Finding<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressed: Vec<Silenced<'a>>,
    summary: Counts,
}

#[derive(Serialize)]
struct Finding<'a> {
    code: &'static str,
    severity: &'static str,
    resources: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    fixes: Vec<Label<'a>>,
}

#[derive(Serialize)]
struct Silenced<'a> {
    #[serde(flatten)]
    finding: Finding<'a>,
    reason: &'a str,
}

#[derive(Serialize)]
struct Label<'a> {
    label: &'a str,
}

#[derive(Serialize)]
struct Counts {
    errors: usize,
    warnings: usize,
    infos: usize,
}

/// The findings as JSON, in their order, and apart from them those that are meant to be so.
pub fn json(Review { problems, suppressed }: &Review) -> String {
    let Summary { errors, warnings, infos } = Summary::of(problems);
    let report = Report {
        format: "vpcscape-check/1",
        problems: problems.iter().map(finding).collect(),
        suppressed: suppressed.iter().map(|(it, reason)| Silenced { finding: finding(it), reason }).collect(),
        summary: Counts { errors, warnings, infos },
    };
    // Only maps with keys that are no strings make this fail, and there are none.
    serde_json::to_string_pretty(&report).unwrap_or_default() + "\n"
}

fn finding(problem: &Problem) -> Finding<'_> {
    let culprit = problem.subjects.first();
    Finding {
        code: problem.code,
        severity: problem.severity.as_str(),
        resources: problem.subjects.iter().map(|it| it.id.as_str()).collect(),
        field: culprit.and_then(|it| it.field.as_ref()).map(Field::as_str),
        message: &problem.message,
        help: problem.help.as_deref(),
        fixes: problem.fixes.iter().map(|it| Label { label: &it.label }).collect(),
    }
}
