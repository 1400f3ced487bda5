//! How far a run is, in the lines of a terminal: a pure function of what is known.

use console::{measure_text_width, truncate_str};

use super::output::plain;
use crate::{
    deploy::estimate::duration,
    session::{ActionRow, DeployPhase, DeployView, RowStatus},
    t,
};

/// The bar is at most so wide.
const WIDEST_BAR: usize = 30;
/// A narrower bar says nothing and is left out.
const NARROWEST_BAR: usize = 8;
/// So many actions under way are shown at most: the log above them is to be seen too.
const MOST_ROWS: usize = 10;
/// So many lines of the terminal are left to others: the headline, the critical path, what is not shown,
/// the line of the cursor, and two of the log.
const OTHER_LINES: usize = 6;
/// What an action does may be cut down to so much before when it began is cut too.
const SHORTEST_TITLE: usize = 16;

/// How a line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    /// The bar and what stands beside it.
    Headline,
    /// What the end of the run waits for.
    Critical,
    /// Everything else.
    Plain,
    /// What did not go well.
    Failed,
}

/// One line, without control characters and no wider than the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub text: String,
    pub tone: Tone,
}

/// What a terminal with so many lines and columns shows of a run now (`view.now_secs`).
pub(super) fn lines(view: &DeployView, height: usize, width: usize) -> Vec<Line> {
    // A letter in the last column makes some terminals begin a new line.
    let width = width.saturating_sub(1);
    let mut all = vec![Line { text: headline(view, width), tone: Tone::Headline }];
    if height <= OTHER_LINES {
        return all;
    }
    if let Some(text) = critical(view) {
        all.push(Line { text: cut(&text, width), tone: Tone::Critical });
    }
    let running = running(view);
    let shown = running.len().min(MOST_ROWS).min(height - OTHER_LINES);
    for row in running.iter().take(shown) {
        let tone = if row.is_critical { Tone::Critical } else { Tone::Plain };
        all.push(Line { text: under_way(view, row, width), tone });
    }
    let count = |status| view.rows.iter().filter(|row| row.status == status).count();
    let (waiting, failed) = (count(RowStatus::Waiting), count(RowStatus::Failed));
    let rest = [
        (running.len() - shown > 0).then(|| t!("cli-progress-more", count = running.len() - shown)),
        (waiting > 0).then(|| t!("cli-progress-waiting", count = waiting)),
        (failed > 0).then(|| t!("cli-progress-failed", count = failed)),
    ];
    let rest: Vec<String> = rest.into_iter().flatten().collect();
    if !rest.is_empty() {
        let tone = if failed > 0 { Tone::Failed } else { Tone::Plain };
        all.push(Line { text: cut(&format!("  {}", rest.join(", ")), width), tone });
    }
    all
}

/// The bar, as long as the share of the expected time that has passed, and the figures behind it.
fn headline(view: &DeployView, width: usize) -> String {
    let (ended, all) = view.progress();
    let left = view.left_secs();
    let share = share(view);
    let (passed, remains) = (duration(view.now_secs * 1_000), duration(left * 1_000));
    let text = if view.phase == DeployPhase::Cancelling {
        t!("cli-progress-stopping", ended = ended, all = all, passed = passed)
    } else if left == 0 && ended < all {
        t!("cli-progress-late", ended = ended, all = all, percent = share, passed = passed)
    } else {
        t!("cli-progress", ended = ended, all = all, percent = share, passed = passed, left = remains)
    };
    let room = width.saturating_sub(measure_text_width(&text) + 1).min(WIDEST_BAR);
    if room < NARROWEST_BAR {
        return cut(&text, width);
    }
    let full = room * share / 100;
    format!("{}{} {text}", "█".repeat(full), "░".repeat(room - full))
}

/// How much of the expected time has passed, in percent; never all of it before the end.
fn share(view: &DeployView) -> usize {
    let (ended, all) = view.progress();
    if ended == all {
        return 100;
    }
    let whole = view.now_secs + view.left_secs();
    let share = (view.now_secs * 100).checked_div(whole).unwrap_or_default();
    usize::try_from(share).unwrap_or_default().min(99)
}

/// The present link of the chain that the end waits for, and how many more there are.
fn critical(view: &DeployView) -> Option<String> {
    let rows = || view.rows.iter().filter(|row| row.is_critical);
    let waiting: Vec<&ActionRow> = rows().filter(|row| row.status == RowStatus::Waiting).collect();
    let running =
        rows().filter(|row| row.status == RowStatus::Running).max_by_key(|row| remaining(view, row));
    let (link, more) = match running {
        Some(row) => (row, waiting.len()),
        None => (*waiting.first()?, waiting.len() - 1),
    };
    let title = plain(&link.title);
    Some(if more == 0 {
        t!("cli-progress-critical-last", title = title)
    } else {
        t!("cli-progress-critical", title = title, more = more)
    })
}

/// What is under way: what the end waits for first, then what takes longest still.
fn running(view: &DeployView) -> Vec<&ActionRow> {
    let mut rows: Vec<&ActionRow> = view.rows.iter().filter(|row| row.status == RowStatus::Running).collect();
    rows.sort_by_key(|row| (!row.is_critical, u64::MAX - remaining(view, row)));
    rows
}

fn remaining(view: &DeployView, row: &ActionRow) -> u64 {
    (row.since_secs + row.usual_secs).saturating_sub(view.now_secs)
}

/// An action under way: what it does or waits for, since when, and how long that usually takes. What is too
/// long is cut before the times.
fn under_way(view: &DeployView, row: &ActionRow, width: usize) -> String {
    let what = plain(&format!("  {} {}", row.glyph, row.title));
    let doing = plain(&row.detail);
    let what = if doing.is_empty() { what } else { format!("{what}: {doing}") };
    let timing = format!(" · {}", view.timing(row));
    let room = width.saturating_sub(measure_text_width(&timing));
    if room < SHORTEST_TITLE {
        return cut(&what, width);
    }
    format!("{}{timing}", truncate_str(&what, room, "…"))
}

fn cut(text: &str, width: usize) -> String {
    // Not even the mark of what was cut fits.
    if width == 0 {
        return String::new();
    }
    truncate_str(text, width, "…").into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(title: &str, status: RowStatus, detail: &str, usual_secs: u64) -> ActionRow {
        ActionRow {
            glyph: "+",
            title: title.to_owned(),
            status,
            detail: detail.to_owned(),
            usual_secs,
            ..ActionRow::default()
        }
    }

    /// A deploy after 30 s: a VPC is there, a NAT gateway is made on the critical path, a route waits for it.
    fn view() -> DeployView {
        let critical = |row| ActionRow { is_critical: true, ..row };
        let since = |row, since_secs| ActionRow { since_secs, ..row };
        DeployView {
            phase: DeployPhase::Running,
            rows: vec![
                critical(row("create VPC main", RowStatus::Done, "", 1)),
                since(row("create subnet a", RowStatus::Running, "CreateSubnet", 1), 29),
                since(row("create instance web", RowStatus::Running, "pending", 40), 5),
                critical(since(row("create NAT gateway out", RowStatus::Running, "pending", 110), 10)),
                critical(row("create route table private", RowStatus::Waiting, "", 1)),
            ],
            expected_secs: 120,
            now_secs: 30,
            ..DeployView::default()
        }
    }

    fn texts(view: &DeployView, height: usize, width: usize) -> Vec<String> {
        lines(view, height, width).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn a_run_is_told_with_its_critical_path_first() {
        let expected = [
            "███████░░░░░░░░░░░░░░░░░░░░░░░ 1 of 5 actions · 25 % · 30 s passed, about 1 min 30 s left",
            "critical path: create NAT gateway out, then 1 more",
            "  + create NAT gateway out: pending · for 20 s, usually 1 min 50 s",
            "  + create instance web: pending · for 25 s, usually 40 s",
            "  + create subnet a: CreateSubnet · for 1 s, usually 1 s",
            "  1 waiting",
        ];
        assert_eq!(texts(&view(), 24, 100), expected);
        let tones: Vec<Tone> = lines(&view(), 24, 100).iter().map(|line| line.tone).collect();
        assert_eq!(tones[..3], [Tone::Headline, Tone::Critical, Tone::Critical]);
    }

    #[test]
    fn no_line_is_wider_than_the_terminal_and_times_are_cut_last() {
        for width in 0..140 {
            for line in texts(&view(), 24, width) {
                assert!(measure_text_width(&line) <= width.saturating_sub(1), "{width}: {line}");
            }
        }
        let narrow = texts(&view(), 24, 52);
        assert_eq!(narrow[2], "  + create NAT gate… · for 20 s, usually 1 min 50 s");
        assert_eq!(narrow[0], "1 of 5 actions · 25 % · 30 s passed, about 1 min 3…");
    }

    #[test]
    fn low_terminals_have_the_headline_only_and_many_actions_are_counted() {
        assert_eq!(texts(&view(), 6, 100).len(), 1);
        let few = texts(&view(), 8, 100);
        assert_eq!(few.len(), 5, "{few:#?}");
        assert_eq!(few[4], "  1 more under way, 1 waiting");
        let mut many = view();
        many.rows.extend((0..40).map(|at| row(&format!("create {at}"), RowStatus::Running, "", 1)));
        assert_eq!(lines(&many, 60, 80).len(), 2 + MOST_ROWS + 1);
    }

    #[test]
    fn names_cannot_write_to_the_terminal() {
        let mut hostile = view();
        hostile.rows[3].title = "create NAT \u{1b}[2J\r\n\u{202e}out".to_owned();
        hostile.rows[2].detail = "\u{7}wide 名前".to_owned();
        for line in texts(&hostile, 24, 120) {
            assert!(!line.chars().any(|c| c.is_control() || c == '\u{202e}'), "{line:?}");
        }
        assert!(texts(&hostile, 24, 120)[1].contains("create NAT \\u{1b}[2J\\r\\n\\u{202e}out"));
    }

    #[test]
    fn what_takes_longer_than_expected_is_no_negative_time() {
        let mut late = view();
        late.now_secs = 500;
        assert_eq!(
            texts(&late, 24, 120)[0],
            format!("{}░ 1 of 5 actions · 99 % · 8 min 20 s passed, longer than expected", "█".repeat(29))
        );
        late.phase = DeployPhase::Cancelling;
        assert!(texts(&late, 24, 120)[0].ends_with("1 of 5 actions · 8 min 20 s passed, stopping"));
        late.rows[1].status = RowStatus::Failed;
        let last = lines(&late, 24, 120).pop().expect("there are lines");
        assert_eq!((last.text.as_str(), last.tone), ("  1 waiting, 1 failed", Tone::Failed));
    }

    #[test]
    fn the_end_is_whole_and_nothing_is_critical_any_more() {
        let mut done = view();
        done.rows.iter_mut().for_each(|row| row.status = RowStatus::Done);
        let text = texts(&done, 24, 100);
        assert_eq!(text.len(), 1);
        assert!(text[0].starts_with(&"█".repeat(30)), "{text:?}");
        assert_eq!(texts(&DeployView::default(), 24, 80).len(), 1, "an empty plan is no division by zero");
    }
}
