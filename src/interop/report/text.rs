//! Findings for people, in the manner of good compilers.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::{
    Summary, place,
    places::{Place, Places},
};
use crate::{
    problem::{Problem, Severity, Subject},
    rules::Review,
    t,
};

/// How the parts look in a terminal.
#[derive(Debug, Clone, Copy, Default)]
pub struct Styles {
    error: Style,
    warning: Style,
    info: Style,
    silent: Style,
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
            silent: Style::new().dimmed(),
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

/// Every finding with the line of the file that it is about and what helps, then those that are meant
/// to be so, and last the counts. `source` is the file's text.
pub fn text(file: &str, source: &str, Review { problems, suppressed }: &Review, styles: &Styles) -> String {
    let all = problems.iter().chain(suppressed.iter().map(|(problem, _)| problem));
    let places = Places::of(source, all.filter_map(|it| it.subjects.first()));
    let mut page = Page { out: String::new(), file, places, styles };
    for problem in problems {
        let (style, word) = (styles.of(problem.severity), problem.severity.as_str());
        page.finding(problem, style, word, None);
    }
    for (problem, reason) in suppressed {
        page.finding(problem, styles.silent, "suppressed", Some(reason));
    }
    let mut out = page.out;
    out.push_str(&t!("cli-check-summary", file = file, counts = counts(&Summary::of(problems))));
    out.push('\n');
    if !suppressed.is_empty() {
        out.push_str(&t!("cli-check-suppressed", count = suppressed.len()));
        out.push('\n');
    }
    out
}

/// A line is cut to so many characters: a file need not have line breaks.
const WIDEST: usize = 100;

/// The text so far, with what the parts need.
struct Page<'a> {
    out: String,
    file: &'a str,
    places: Places<'a>,
    styles: &'a Styles,
}

impl Page<'_> {
    fn line(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        writeln!(self.out, "{text}").ok();
    }

    fn finding(&mut self, problem: &Problem, style: Style, word: &str, reason: Option<&str>) {
        let strong = self.styles.strong;
        let (code, message) = (problem.code, &problem.message);
        self.line(format_args!("{style}{word}[{code}]{style:#}{strong}: {message}{strong:#}"));
        let mut margin = 2;
        if let Some(culprit) = problem.subjects.first() {
            match self.places.get(culprit) {
                Some(at) => {
                    margin = at.line.to_string().len() + 1;
                    self.excerpt(culprit, &at, style);
                }
                None => self.pointer(margin, &format!("{}: {}", self.file, place(culprit))),
            }
        }
        let others: Vec<String> = problem.subjects.iter().skip(1).map(place).collect();
        if !others.is_empty() {
            self.note(margin, &t!("cli-check-see", places = others.join(", ")));
        }
        if let Some(reason) = reason {
            self.note(margin, &t!("cli-check-reason", reason = reason));
        } else if let Some(help) = &problem.help {
            self.note(margin, &t!("cli-check-help", help = help));
        }
        self.line(format_args!(""));
    }

    /// The line of the file with what is meant underlined.
    fn excerpt(&mut self, culprit: &Subject, at: &Place<'_>, style: Style) {
        let number = at.line.to_string();
        let (margin, frame) = (number.len() + 1, self.styles.frame);
        let (shown, before, width) = cut(at);
        self.pointer(number.len(), &format!("{}:{}:{}", self.file, at.line, at.column));
        let bar = |number: &str| format!("{frame}{number:>width$} |{frame:#}", width = margin - 1);
        let (empty, full) = (bar(""), bar(&number));
        self.line(format_args!("{empty}"));
        self.line(format_args!("{full} {shown}"));
        let (space, marks) = (" ".repeat(before), "^".repeat(width));
        self.line(format_args!("{empty} {space}{style}{marks} {}{style:#}", place(culprit)));
    }

    fn pointer(&mut self, margin: usize, text: &str) {
        let frame = self.styles.frame;
        let space = " ".repeat(margin);
        self.line(format_args!("{space}{frame}-->{frame:#} {text}"));
    }

    fn note(&mut self, margin: usize, text: &str) {
        let frame = self.styles.frame;
        let space = " ".repeat(margin);
        self.line(format_args!("{space}{frame}={frame:#} {text}"));
    }
}

/// The line as it is printed, how far in the marks begin and how many there are.
fn cut(at: &Place<'_>) -> (String, usize, usize) {
    let line: Vec<char> = at.source.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
    let (start, width) = (at.column - 1, at.end.saturating_sub(at.column).max(1));
    if line.len() <= WIDEST {
        return (line.into_iter().collect(), start, width);
    }
    let from = start.saturating_sub(WIDEST / 4);
    let shown: String = line.iter().skip(from).take(WIDEST).collect();
    (shown, start - from, width.min(WIDEST - (start - from)))
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
