//! Applying fixes: one after the other, only those that help.

use std::collections::BTreeSet;

use super::check;
use crate::{
    edit,
    model::{Document, Index, ResourceId},
    problem::{Fix, Problem, Severity, Subject},
};

/// No more than so many fixes in one go; a document with more mistakes is mended by a second one.
const MOST: usize = 1000;

/// One fix that was applied.
#[derive(Debug, Clone, PartialEq)]
pub struct Applied {
    /// The finding that it mended.
    pub problem: Problem,
    /// What it did, in the words of its button.
    pub label: String,
}

/// What may be mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope<'a> {
    /// Errors and warnings. What is only worth knowing is left to the user: its fixes remove things
    /// that nothing uses, or add some.
    Mistakes,
    /// The findings of one rule, however grave.
    Rule(&'a str),
}

/// Applies the first fix of each finding until none is left that helps: its own finding must go, no
/// error may come that was not there, and the list of findings in scope must get shorter.
pub fn apply_all(document: &Document, scope: Scope<'_>) -> (Document, Vec<Applied>) {
    let mut working = document.clone();
    let mut index = working.topology.index();
    let mut problems = check(&working, &index);
    let mut applied = Vec::new();
    let mut refused: BTreeSet<(&'static str, Vec<Subject>)> = BTreeSet::new();
    while applied.len() < MOST {
        let mut candidates = problems.iter().filter(|it| scope.holds(it) && !it.fixes.is_empty());
        let Some(problem) = candidates.find(|it| !refused.contains(&key(it))).cloned() else {
            break;
        };
        let attempt = problem.fixes.first().and_then(|fix| {
            let (next, index) = apply(&working, &index, fix)?;
            let after = check(&next, &index);
            helps(&problem, &problems, &after).then_some((next, index, after, fix.label.clone()))
        });
        let Some((next, next_index, after, label)) = attempt else {
            refused.insert(key(&problem));
            continue;
        };
        (working, index, problems) = (next, next_index, after);
        // What did not help before may do so now.
        refused.clear();
        applied.push(Applied { problem, label });
    }
    (working, applied)
}

impl Scope<'_> {
    fn holds(self, problem: &Problem) -> bool {
        match self {
            Self::Mistakes => problem.severity != Severity::Info,
            Self::Rule(code) => problem.code == code,
        }
    }
}

fn key(problem: &Problem) -> (&'static str, Vec<Subject>) {
    (problem.code, problem.subjects.clone())
}

/// The document after a fix, with its look-ups; `None` where the editor refuses the fix.
pub(super) fn apply(document: &Document, index: &Index, fix: &Fix) -> Option<(Document, Index)> {
    let planned = edit::plan(document, index, &fix.command).ok()?;
    let mut next = document.clone();
    next.apply(&planned.transaction).ok()?;
    let index = next.topology.index();
    Some((next, index))
}

/// A rule and the resource that breaks it. The same rule may say something else about the same
/// resource once a part of its mistake is mended.
fn culprit(problem: &Problem) -> (&'static str, Option<&ResourceId>) {
    (problem.code, problem.subjects.first().map(|subject| &subject.id))
}

/// Whether a finding is gone. Where places in a list have moved, another one may read the same now:
/// then there are fewer of its rule.
fn is_mended(problem: &Problem, before: &[Problem], after: &[Problem]) -> bool {
    let count = |list: &[Problem]| list.iter().filter(|it| it.code == problem.code).count();
    let same = |it: &Problem| it.code == problem.code && it.message == problem.message;
    !after.iter().any(same) || count(after) < count(before)
}

/// Whether a fix mended its finding and made nothing worse.
pub(super) fn helps(problem: &Problem, before: &[Problem], after: &[Problem]) -> bool {
    let count = |list: &[Problem], grave: fn(&Problem) -> bool| list.iter().filter(|it| grave(it)).count();
    let serious: fn(&Problem) -> bool = |it| it.severity != Severity::Info;
    let error: fn(&Problem) -> bool = |it| it.severity == Severity::Error;
    let known: BTreeSet<_> = before.iter().filter(|it| error(it)).map(culprit).collect();
    let no_new_error = after.iter().filter(|it| error(it)).all(|it| known.contains(&culprit(it)));
    let is_shorter = if problem.severity == Severity::Info {
        after.len() < before.len() && count(after, serious) <= count(before, serious)
    } else {
        count(after, serious) < count(before, serious)
    };
    is_mended(problem, before, after) && no_new_error && is_shorter
}

#[cfg(test)]
mod tests;
