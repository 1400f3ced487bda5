//! A plan as `vpcscape-plan/1`.

use serde_json::{Value, json};

use super::{ActionKind, Plan};
use crate::cloud::Call;

/// The plan as JSON: its actions with their reasons and the names of the calls, and its problems.
pub fn to_json(plan: &Plan) -> Value {
    let actions: Vec<Value> = plan
        .actions
        .iter()
        .enumerate()
        .map(|(at, action)| {
            json!({
                "action": action.kind.as_str(),
                "resource": action.resource,
                "kind": action.of.as_str(),
                "id": action.live,
                "title": action.title,
                "reason": action.reason,
                "consequences": action.consequences,
                "after": action.after,
                "takes_secs": plan.estimate.actions.get(at).map(|ms| ms.div_ceil(1_000)),
                "critical": plan.estimate.critical.contains(&at),
                "calls": action.calls.iter().map(Call::name).collect::<Vec<_>>(),
            })
        })
        .collect();
    let problems: Vec<Value> = plan
        .problems
        .iter()
        .map(|problem| {
            json!({
                "code": problem.code,
                "severity": problem.severity.as_str(),
                "resources": problem.subjects.iter().map(|subject| &subject.id).collect::<Vec<_>>(),
                "field": problem.subjects.iter().find_map(|it| it.field.as_ref()).map(ToString::to_string),
                "message": problem.message,
                "help": problem.help,
            })
        })
        .collect();
    json!({
        "format": "vpcscape-plan/1",
        "account": plan.account,
        "caller": plan.caller.arn,
        "profile": plan.caller.profile,
        "region": plan.desired.topology.region,
        "destroy": plan.destroy,
        "basis": plan.basis(),
        "actions": actions,
        "problems": problems,
        "cost": plan.cost.to_json(),
        "takes_secs": plan.rehearsed_ms.unwrap_or(plan.estimate.total_ms).div_ceil(1_000),
        "rehearsed": plan.rehearsed_ms.is_some(),
        "summary": {
            "create": plan.count(ActionKind::Create),
            "update": plan.count(ActionKind::Update),
            "replace": plan.count(ActionKind::Replace),
            "delete": plan.count(ActionKind::Delete),
            "adopt": plan.count(ActionKind::Adopt),
            "unchanged": plan.count(ActionKind::NoOp),
        },
    })
}
