//! The statements about reachability that a document carries.

use super::{
    flow::{Flow, FlowError, Party},
    network::Network,
    trace::{Trace, Verdict},
    walk::walk,
};
use crate::model::{CheckExpectation, Document, Index};

/// What came of one saved check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckResult {
    /// Its name.
    pub name: String,
    /// The walk, or why its parties could not be read.
    pub outcome: Result<Trace, FlowError>,
    /// Whether it holds; a check that cannot be read does not.
    pub holds: bool,
}

/// The port of a check for TCP or UDP that names none.
const DEFAULT_PORT: u16 = 443;

/// Runs every saved check of a document, in the order of names.
pub fn run_checks(document: &Document, index: &Index) -> Vec<CheckResult> {
    if document.checks.is_empty() {
        return Vec::new();
    }
    let network = Network::new(&document.topology, index);
    let flow = |check: &crate::model::Check| -> Result<Flow, FlowError> {
        let from = Party::parse(&document.topology, &check.from)?;
        let to = Party::parse(&document.topology, &check.to)?;
        Ok(Flow::new(from, to, check.protocol, check.port.unwrap_or(DEFAULT_PORT)))
    };
    let run = |(name, check): (&String, &crate::model::Check)| {
        let outcome = flow(check).map(|flow| walk(&network, &flow));
        let wanted = match check.expect {
            CheckExpectation::Reachable => Verdict::Reachable,
            CheckExpectation::Blocked => Verdict::Blocked,
        };
        let holds = outcome.as_ref().is_ok_and(|trace| trace.verdict() == wanted);
        CheckResult { name: name.clone(), outcome, holds }
    };
    document.checks.iter().map(run).collect()
}
