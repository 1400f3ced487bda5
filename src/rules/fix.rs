//! Applying fixes: one after the other, only those that help.

use std::collections::{BTreeMap, BTreeSet};

use super::{Live, check};
use crate::{
    edit::{self, Change, Command},
    model::{Document, Index, ResourceId, Transaction, index},
    problem::{Fix, Problem, Severity, Subject},
    t,
};

/// No more than so many fixes in one go; a document with more mistakes is mended by a second one.
const MOST: usize = 1000;

/// One fix that was applied.
#[derive(Debug, Clone, PartialEq)]
pub struct Applied {
    /// The finding that it mended.
    pub problem: Problem,
    /// What it did, in the words of its button.
    pub fix: Fix,
    /// What became of the network.
    pub changes: Vec<Change>,
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
    let mut live = Live::default();
    let mut problems = live.review(&working, &index).problems;
    let mut applied = Vec::new();
    let mut refused: BTreeSet<(&'static str, Vec<Subject>)> = BTreeSet::new();
    while applied.len() < MOST {
        let mut candidates = problems.iter().filter(|it| scope.holds(it) && !it.fixes.is_empty());
        let Some(problem) = candidates.find(|it| !refused.contains(&key(it))).cloned() else {
            break;
        };
        let attempt = problem.fixes.first().and_then(|fix| {
            let next = carried_out(&working, &index, fix)?;
            let mut next_live = live.clone();
            let after = next_live.follow(&next.document, &next.index, &next.changes).problems;
            helps(&problem, &problems, &after).then(|| (next, next_live, after, fix.clone()))
        });
        let Some((next, next_live, after, fix)) = attempt else {
            refused.insert(key(&problem));
            continue;
        };
        let changes = edit::changes(&next.transaction);
        (working, index, live, problems) = (next.document, next.index, next_live, after);
        // What did not help before may do so now.
        refused.clear();
        applied.push(Applied { problem, fix, changes });
    }
    (working, applied)
}

/// What mends every finding of a rule that can be mended, as one step; nothing where none can.
pub fn all_of(document: &Document, code: &str) -> Option<Fix> {
    let (_, applied) = apply_all(document, Scope::Rule(code));
    if applied.is_empty() {
        return None;
    }
    let commands: Vec<Command> = applied.into_iter().map(|it| it.fix.command).collect();
    let label = t!("rule-fix-all", code = code, count = commands.len());
    Some(Fix { label: label.clone(), command: Command::Batch { label, commands } })
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

/// What a fix makes of a document.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The document afterwards.
    pub document: Document,
    /// Its look-ups.
    pub index: Index,
    /// The resources that are not the same.
    pub changes: Vec<index::Change>,
    /// What was changed.
    pub transaction: Transaction,
}

/// What a fix makes of a document; `None` where the editor refuses it.
pub fn carried_out(document: &Document, index: &Index, fix: &Fix) -> Option<Outcome> {
    let transaction = edit::plan(document, index, &fix.command).ok()?.transaction;
    let (mut document, mut index) = (document.clone(), index.clone());
    document.apply(&transaction).ok()?;
    let changes = index.refresh(&document.topology);
    Some(Outcome { document, index, changes, transaction })
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

/// What is wrong with a fix.
#[derive(Debug, Clone, PartialEq)]
pub enum Flaw {
    /// The editor refuses it.
    Refused,
    /// Its finding is still there.
    Left,
    /// It makes an error that was not there, or more warnings than there were.
    Worse(Box<Problem>),
    /// A warning comes in the place of what it mends, which hid it until now.
    Uncovers(Box<Problem>),
}

/// Tries a fix: whether its finding goes, and nothing comes that was not there. `before` is what
/// [`check`] finds in the document.
pub fn trial(document: &Document, before: &[Problem], problem: &Problem, fix: &Fix) -> Option<Flaw> {
    let Some(next) = carried_out(document, &document.topology.index(), fix) else {
        return Some(Flaw::Refused);
    };
    let after = check(&next.document, &next.index);
    if !is_mended(problem, before, &after) {
        return Some(Flaw::Left);
    }
    let new = Box::new(worse(before, &after)?.clone());
    let is_more = serious(&after) > serious(before);
    Some(if is_more || new.severity == Severity::Error { Flaw::Worse(new) } else { Flaw::Uncovers(new) })
}

/// How many errors and warnings there are.
fn serious(problems: &[Problem]) -> usize {
    problems.iter().filter(|it| it.severity != Severity::Info).count()
}

/// The first error or warning that was not there before, or was less grave.
fn worse<'a>(before: &[Problem], after: &'a [Problem]) -> Option<&'a Problem> {
    let mut known: BTreeMap<_, Severity> = BTreeMap::new();
    for problem in before {
        let worst = known.entry(culprit(problem)).or_insert(problem.severity);
        *worst = problem.severity.min(*worst);
    }
    let is_known = |it: &&Problem| known.get(&culprit(it)).is_some_and(|worst| *worst <= it.severity);
    // Errors come first in the list.
    after.iter().find(|it| it.severity != Severity::Info && !is_known(it))
}

/// Whether a fix mended its finding and made nothing worse.
pub(super) fn helps(problem: &Problem, before: &[Problem], after: &[Problem]) -> bool {
    let is_shorter = if problem.severity == Severity::Info {
        after.len() < before.len() && serious(after) <= serious(before)
    } else {
        serious(after) < serious(before)
    };
    let no_new_error = worse(before, after).is_none_or(|it| it.severity != Severity::Error);
    is_mended(problem, before, after) && no_new_error && is_shorter
}

#[cfg(test)]
mod tests;
