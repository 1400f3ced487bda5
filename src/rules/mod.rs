//! One file per rule.

use crate::{
    model::{Document, Index},
    problem::Problem,
};

/// Every finding about a document, errors first.
pub fn check(_document: &Document, _index: &Index) -> Vec<Problem> {
    Vec::new()
}
