//! Names, tags and saved checks.

use super::Planned;
use crate::{
    edit::{draft::Draft, refusal::Refusal},
    model::{Check, ResourceId, RuleLevel, Suppressed, Tags},
    t,
};

pub(super) fn plan_rename(mut draft: Draft<'_>, id: &ResourceId, name: &str) -> Result<Planned, Refusal> {
    let mut resource = draft.require(id)?.clone();
    let label = t!("edit-label-rename", name = resource.label());
    resource.name = one_line(name);
    draft.put(resource);
    Ok(draft.finish(label))
}

pub(super) fn plan_tags(mut draft: Draft<'_>, id: &ResourceId, tags: &Tags) -> Result<Planned, Refusal> {
    let mut resource = draft.require(id)?.clone();
    if tags.contains_key("Name") {
        return Err(Refusal::new(t!("edit-tag-name", name = resource.label()), [id.clone()]));
    }
    if tags.contains_key("") {
        return Err(Refusal::new(t!("edit-tag-empty", name = resource.label()), [id.clone()]));
    }
    let label = t!("edit-label-tags", name = resource.label());
    resource.tags.clone_from(tags);
    draft.put(resource);
    Ok(draft.finish(label))
}

pub(super) fn plan_document_name(mut draft: Draft<'_>, name: &str) -> Result<Planned, Refusal> {
    let name = one_line(name);
    if name.is_empty() {
        return Err(Refusal::new(t!("edit-document-name-empty"), []));
    }
    draft.set_name(&name);
    Ok(draft.finish(t!("edit-label-document-name", name = name)))
}

pub(super) fn plan_check(
    mut draft: Draft<'_>,
    name: &str,
    check: Option<&Check>,
) -> Result<Planned, Refusal> {
    if name.trim().is_empty() {
        return Err(Refusal::new(t!("edit-check-name-empty"), []));
    }
    draft.set_check(name, check.cloned());
    let label = match check {
        Some(_) => t!("edit-label-check", name = name),
        None => t!("edit-label-check-removed", name = name),
    };
    Ok(draft.finish(label))
}

pub(super) fn plan_suppression(
    mut draft: Draft<'_>,
    of: &Suppressed,
    reason: Option<&str>,
) -> Result<Planned, Refusal> {
    let reason = reason.map(one_line);
    // A suppression whose resource is gone may still be taken away.
    if let Some(reason) = &reason {
        draft.require(&of.resource)?;
        if reason.is_empty() {
            return Err(Refusal::new(t!("edit-suppress-reason"), [of.resource.clone()]));
        }
    }
    let name = draft.label(&of.resource);
    let label = match reason {
        Some(_) => t!("edit-label-suppress", code = &of.code, name = name),
        None => t!("edit-label-unsuppress", code = &of.code, name = name),
    };
    draft.suppress(of, reason);
    Ok(draft.finish(label))
}

pub(super) fn plan_severity(
    mut draft: Draft<'_>,
    code: &str,
    level: Option<RuleLevel>,
) -> Result<Planned, Refusal> {
    if code.is_empty() {
        return Err(Refusal::new(t!("edit-severity-code"), []));
    }
    draft.set_severity(code, level);
    let label = match level {
        Some(level) => t!("edit-label-severity", code = code, level = level.as_str()),
        None => t!("edit-label-severity-own", code = code),
    };
    Ok(draft.finish(label))
}

/// The text without line breaks and other control characters, which no label can show.
fn one_line(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    text.trim().to_owned()
}
