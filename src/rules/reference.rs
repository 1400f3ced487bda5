//! The list of what AWS enforces and engineers get wrong, and which rules stand for each row.

use super::{RULES, Rule};

/// One row: what AWS says, and why no rule stands for it where none does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Its name, which rules give in [`Rule::rows`]: `V4`.
    pub id: &'static str,
    /// What AWS says.
    pub text: &'static str,
    /// Why there is no rule; empty where there is one.
    pub reason: &'static str,
}

const TEXT: &str = include_str!("reference.txt");

/// Every row, in its order.
pub fn rows() -> impl Iterator<Item = Row> {
    TEXT.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut parts = line.split('|').map(str::trim);
        Some(Row { id: parts.next()?, text: parts.next()?, reason: parts.next().unwrap_or_default() })
    })
}

/// The rules that stand for a row.
pub fn rules_of(id: &str) -> impl Iterator<Item = &'static Rule> {
    RULES.iter().filter(move |rule| rule.rows.contains(&id))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_row_has_a_rule_or_a_reason_and_not_both() {
        for row in rows() {
            let has_rule = rules_of(row.id).next().is_some();
            assert_ne!(has_rule, !row.reason.is_empty(), "{row:?}");
        }
    }

    #[test]
    fn every_rule_stands_for_a_row_that_exists() {
        let ids: BTreeSet<&str> = rows().map(|row| row.id).collect();
        assert_eq!(ids.len(), rows().count());
        for rule in RULES {
            assert!(!rule.rows.is_empty(), "{}", rule.code);
            for row in rule.rows {
                assert!(ids.contains(row), "{} names {row}", rule.code);
            }
        }
    }
}
