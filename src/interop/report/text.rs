//! Findings for people, in the manner of good compilers.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::{Summary, place};
use crate::{
    problem::{Problem, Severity},
    rules::Review,
    t,
};

/// How the parts look in a terminal.
#[derive(Debug, Clone, Copy, Default)]
pub struct Styles {
    error: Style,
    warning: Style,
    info: Style,
    frame: Style,
    strong: Style,
}

impl Styles {
    /// Letters only.
    pub fn plain() -> Self {
        Self::default()
    }

    /// The usual colours; whoever prints strips them where the terminal or `NO_COLOR` asks for it.
    pub fn coloured() -> Self {
        Self {
            error: AnsiColor::Red.on_default().bold(),
            warning: AnsiColor::Yellow.on_default().bold(),
            info: AnsiColor::Cyan.on_default().bold(),
            frame: AnsiColor::Blue.on_default().bold(),
            strong: Style::new().bold(),
        }
    }

    fn of(&self, severity: Severity) -> Style {
        match severity {
            Severity::Error => self.error,
            Severity::Warning => self.warning,
            Severity::Info => self.info,
        }
    }
}

/// Every finding with its place and help, then one line that counts them, and one that counts those
/// that are meant to be so.
pub fn text(file: &str, Review { problems, suppressed }: &Review, styles: &Styles) -> String {
    let mut out = String::new();
    for problem in problems {
        finding(&mut out, file, problem, styles);
    }
    out.push_str(&t!("cli-check-summary", file = file, counts = counts(&Summary::of(problems))));
    out.push('\n');
    if !suppressed.is_empty() {
        out.push_str(&t!("cli-check-suppressed", count = suppressed.len()));
        out.push('\n');
    }
    out
}

fn finding(out: &mut String, file: &str, problem: &Problem, styles: &Styles) {
    let (level, strong, frame) = (styles.of(problem.severity), styles.strong, styles.frame);
    let mut line = |text: std::fmt::Arguments<'_>| {
        // Writing to a string cannot fail.
        writeln!(out, "{text}").ok();
    };
    let (severity, code, message) = (problem.severity.as_str(), problem.code, &problem.message);
    line(format_args!("{level}{severity}[{code}]{level:#}{strong}: {message}{strong:#}"));
    if let Some(culprit) = problem.subjects.first() {
        line(format_args!("  {frame}-->{frame:#} {file}: {}", place(culprit)));
    }
    let others: Vec<String> = problem.subjects.iter().skip(1).map(place).collect();
    if !others.is_empty() {
        line(format_args!("   {frame}={frame:#} {}", t!("cli-check-see", places = others.join(", "))));
    }
    if let Some(help) = &problem.help {
        line(format_args!("   {frame}={frame:#} {}", t!("cli-check-help", help = help)));
    }
    line(format_args!(""));
}

fn counts(summary: &Summary) -> String {
    let mut parts = Vec::new();
    if summary.errors > 0 {
        parts.push(t!("cli-check-errors", count = summary.errors));
    }
    if summary.warnings > 0 {
        parts.push(t!("cli-check-warnings", count = summary.warnings));
    }
    if summary.infos > 0 {
        parts.push(t!("cli-check-infos", count = summary.infos));
    }
    if parts.is_empty() { t!("cli-check-clean") } else { parts.join(", ") }
}
