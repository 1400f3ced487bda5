//! What `plan`, `deploy` and `destroy` share: showing a plan, asking, and showing how a run goes.

use std::{
    io::{self, BufRead, IsTerminal, Write},
    sync::{Arc, Mutex, PoisonError},
};

use clap::ValueEnum;

use super::{
    live::{Live, TICK},
    output::plain,
    target::TargetArgs,
};
use crate::{
    deploy::{ActionKind, Plan, Progress, RowState, occupants::list, plan::to_json},
    interop::walk_report,
    model::Document,
    problem::Severity,
    reach::{CheckResult, run_checks},
    runtime::run::{Cancel, Ended, Goal, Pace, Workspace, cancel_pair},
    t,
};

/// Exit code: unusable input, or something stands in the way or failed.
pub(super) const FAILED: u8 = 2;

/// How many reasons are told of a check that does not hold; `vpcscape test` tells all.
const MOST_REASONS: usize = 3;

/// How a run is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum RunFormat {
    #[value(help = t!("deploy-cli-format-text"))]
    Text,
    #[value(help = t!("deploy-cli-format-lines"))]
    JsonLines,
}

/// Runs something that waits for the network on this thread.
pub(super) fn block_on<T>(work: impl Future<Output = Result<T, String>>) -> Result<T, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|error| error.to_string())?.block_on(work)
}

/// Opens what the command line names.
pub(super) async fn open(args: &TargetArgs) -> Result<Workspace, String> {
    open_with(args, Arc::new(args.document()?)).await
}

async fn open_with(args: &TargetArgs, document: Arc<Document>) -> Result<Workspace, String> {
    Workspace::open(document, Some(&args.file), &args.target(), Pace::AtOnce).await
}

/// Says one line on the standard output; a reader that has gone is no error.
pub(super) fn say(line: &str) {
    writeln!(anstream::stdout(), "{line}").ok();
}

/// Says why it did not work, and gives the exit code.
pub(super) fn fail(sentence: &str) -> u8 {
    let style = anstyle::AnsiColor::Red.on_default().bold();
    let word = t!("deploy-cli-error");
    writeln!(anstream::stderr(), "{style}{word}:{style:#} {sentence}").ok();
    FAILED
}

/// Prints a plan for people: a line per action, the reason behind it, then the problems.
pub(super) fn show(plan: &Plan) {
    say(&plan.who());
    for action in plan.actions.iter().filter(|action| action.kind != ActionKind::NoOp) {
        let style = colour(action.kind);
        let glyph = action.kind.glyph();
        let (title, reason) = (plain(&action.title), plain(&action.reason));
        say(&format!("  {style}{glyph}{style:#} {title}  ({reason})"));
        for consequence in &action.consequences {
            say(&format!("      {}", plain(consequence)));
        }
    }
    for problem in &plan.problems {
        let style = match problem.severity {
            Severity::Error => anstyle::AnsiColor::Red.on_default().bold(),
            _ => anstyle::AnsiColor::Yellow.on_default(),
        };
        say(&format!("{style}{}{style:#} [{}] {}", problem.severity.as_str(), problem.code, problem.message));
        if let Some(help) = &problem.help {
            say(&format!("  {help}"));
        }
    }
    // After errors, `nothing to do` would mislead.
    if !(plan.is_empty() && plan.has_errors()) {
        say(&plan.summary());
        let cost = plan.cost.words();
        for sentence in [cost, plan.takes()].iter().filter(|it| !it.is_empty()) {
            say(sentence);
        }
    }
}

fn colour(kind: ActionKind) -> anstyle::Style {
    match kind {
        ActionKind::Create => anstyle::AnsiColor::Green.on_default(),
        ActionKind::Update => anstyle::AnsiColor::Yellow.on_default(),
        ActionKind::Delete | ActionKind::Replace => anstyle::AnsiColor::Red.on_default(),
        ActionKind::Adopt | ActionKind::NoOp => anstyle::Style::new(),
    }
}

/// What the command line agreed to beforehand.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(super) struct Agreed {
    /// To the plan.
    pub plan: bool,
    /// To a network of which saved checks do not hold.
    pub failed_checks: bool,
    /// To a destroy that leaves what others keep from going.
    pub leave_foreign: bool,
    /// To go on with an open run as what it was: a restore of some resources stays one.
    pub resume: bool,
}

/// Plans, shows, asks, carries out.
pub(super) async fn run(
    args: &TargetArgs,
    goal: Goal,
    agreed: Agreed,
    format: RunFormat,
) -> Result<u8, String> {
    let document = Arc::new(args.document()?);
    let mut workspace = open_with(args, Arc::clone(&document)).await?;
    if goal == Goal::Rollback && workspace.open_run().is_none() {
        return Err(t!("deploy-cli-no-open-run"));
    }
    let goal = if goal == Goal::Deploy { going_on(&mut workspace, agreed, format) } else { goal };
    carry_out(args, &mut workspace, &document, goal, agreed, format).await
}

/// A deploy goes on from an open run. Where that was a restore, it deploys the whole drawing all the same,
/// unless it was only to go on.
fn going_on(workspace: &mut Workspace, agreed: Agreed, format: RunFormat) -> Goal {
    if workspace.open_run().is_none() {
        return Goal::Deploy;
    }
    let (goal, sentence) = match (workspace.resume_restore(), agreed.resume) {
        (true, true) => (Goal::Restore, t!("deploy-cli-goes-on-restore")),
        (true, false) => (Goal::Deploy, t!("deploy-cli-after-restore")),
        (false, _) => (Goal::Deploy, t!("deploy-cli-goes-on")),
    };
    if format == RunFormat::Text {
        say(&sentence);
    }
    goal
}

/// The same in an open workspace.
pub(super) async fn carry_out(
    args: &TargetArgs,
    workspace: &mut Workspace,
    document: &Document,
    goal: Goal,
    agreed: Agreed,
    format: RunFormat,
) -> Result<u8, String> {
    workspace.leave_foreign(agreed.leave_foreign);
    let plan = workspace.prepare(goal).await?;
    match format {
        RunFormat::Text => show(&plan),
        RunFormat::JsonLines => say(&to_json(&plan).to_string()),
    }
    if plan.has_errors() {
        return Err(t!("deploy-cli-errors"));
    }
    let nothing = plan.is_empty();
    if goal == Goal::Deploy && !nothing && !checks_agree(document, agreed, format)? {
        return Err(t!("deploy-cli-not-confirmed"));
    }
    if !nothing && !agreed.plan && !confirmed(goal, plan.is_dangerous().then_some(document.name.as_str()))? {
        return Err(t!("deploy-cli-not-confirmed"));
    }
    if nothing && workspace.open_run().is_none() {
        elsewhere(workspace, goal, format);
        return Ok(0);
    }
    if goal.is_as_drawn() && args.document()?.topology != document.topology {
        return Err(t!("deploy-cli-file-changed"));
    }
    let ended = watched(workspace, plan, format).await?;
    let sentence = match (ended, goal) {
        (Ended::Left, _) => t!("deploy-cli-left", by = list(workspace.held())),
        (Ended::Done, Goal::Deploy) => t!("deploy-cli-deployed"),
        (Ended::Done, Goal::Destroy) => t!("deploy-cli-destroyed"),
        (Ended::Done, Goal::Restore) => t!("deploy-cli-restored"),
        (Ended::Done, Goal::Rollback) => t!("deploy-cli-rolled-back"),
        (Ended::Failed, _) => t!("deploy-cli-failed"),
        (Ended::Cancelled, _) => t!("deploy-cli-cancelled"),
    };
    if !matches!(ended, Ended::Done | Ended::Left) {
        return Err(sentence);
    }
    match format {
        RunFormat::Text => say(&sentence),
        RunFormat::JsonLines => {
            say(&serde_json::json!({ "event": "ended", "ok": true, "message": sentence }).to_string());
        }
    }
    elsewhere(workspace, goal, format);
    Ok(0)
}

/// Carries a plan out and shows how it goes.
async fn watched(workspace: &mut Workspace, plan: Plan, format: RunFormat) -> Result<Ended, String> {
    let shown = Shown::new(&plan, format);
    let titles: Vec<String> = plan.actions.iter().map(|action| action.title.clone()).collect();
    let teller = shown.clone();
    let mut watch = move |at_ms: u64, progress: Progress| teller.tell(&titles, at_ms, &progress);
    let (mut second, mut cancel) = interrupt(shown.clone());
    // The listener gets its turn before the first call is sent; until then Ctrl-C would just kill.
    tokio::task::yield_now().await;
    let ended = {
        let run = workspace.apply(plan, &mut watch, &mut cancel);
        tokio::pin!(run);
        loop {
            tokio::select! {
                ended = &mut run => break ended,
                _ = &mut second => break Err(t!("deploy-cli-ended")),
                () = tokio::time::sleep(TICK), if shown.live.is_some() => shown.with(Live::draw),
            }
        }
    };
    shown.with(Live::end);
    ended
}

/// Who destroys believes that nothing is left: other accounts and regions are named.
fn elsewhere(workspace: &Workspace, goal: Goal, format: RunFormat) {
    let scopes = workspace.other_scopes().join(", ");
    if goal == Goal::Destroy && format == RunFormat::Text && !scopes.is_empty() {
        say(&t!("deploy-cli-elsewhere", scopes = scopes));
    }
}

/// Whether the network may be made: its saved checks hold, or somebody agrees that they do not.
fn checks_agree(document: &Document, agreed: Agreed, format: RunFormat) -> Result<bool, String> {
    let results = run_checks(document, &document.topology.index());
    let failed: Vec<&CheckResult> = results.iter().filter(|it| !it.holds).collect();
    if failed.is_empty() {
        return Ok(true);
    }
    if format == RunFormat::Text {
        for check in &failed {
            say(&t!("deploy-cli-check-failed", name = &check.name));
            let reasons = walk_report::reasons(check);
            reasons.iter().take(MOST_REASONS).for_each(|reason| say(&format!("  {reason}")));
        }
    }
    if agreed.failed_checks {
        return Ok(true);
    }
    if !io::stdin().is_terminal() {
        return Err(t!("deploy-cli-checks-need-consent", count = failed.len()));
    }
    let question = t!("deploy-cli-ask-checks", count = failed.len());
    Ok(is_yes(&asked(&question)?))
}

/// Asks on a terminal; elsewhere `--yes` is needed. What loses something wants the drawing's name.
fn confirmed(goal: Goal, name: Option<&str>) -> Result<bool, String> {
    if !io::stdin().is_terminal() {
        return Err(t!("deploy-cli-needs-yes"));
    }
    let name = name.filter(|name| !name.trim().is_empty());
    let question = match (goal, name) {
        (_, Some(name)) => t!("deploy-cli-ask-name", name = name),
        (Goal::Deploy | Goal::Restore, None) => t!("deploy-cli-ask"),
        (_, None) => t!("deploy-cli-ask-destroy"),
    };
    let answer = asked(&question)?;
    Ok(name.map_or_else(|| is_yes(&answer), |name| answer.trim() == name.trim()))
}

fn asked(question: &str) -> Result<String, String> {
    write!(anstream::stderr(), "{question} ").ok();
    io::stderr().flush().ok();
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer).map_err(|error| error.to_string())?;
    Ok(answer)
}

fn is_yes(answer: &str) -> bool {
    matches!(answer.trim().to_lowercase().as_str(), "y" | "yes")
}

/// The first Ctrl-C stops new calls and lets those under way end; the handle resolves at the second.
fn interrupt(shown: Shown) -> (tokio::task::JoinHandle<()>, Cancel) {
    let (stop, cancel) = cancel_pair();
    let task = tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            shown.with(Live::stopping);
            shown.above(|| _ = writeln!(anstream::stderr(), "{}", t!("deploy-cli-stopping")));
            stop.send(true).ok();
            if tokio::signal::ctrl_c().await.is_ok() {
                return;
            }
        }
        // The sender must live as long as the run listens.
        std::future::pending::<()>().await;
    });
    (task, cancel)
}

/// Where it is told how a run goes: as lines, and at the foot of a terminal.
#[derive(Debug, Clone)]
struct Shown {
    format: RunFormat,
    live: Option<Arc<Mutex<Live>>>,
}

impl Shown {
    fn new(plan: &Plan, format: RunFormat) -> Self {
        let live = if format == RunFormat::Text { Live::on_terminal(plan) } else { None };
        Self { format, live: live.map(|live| Arc::new(Mutex::new(live))) }
    }

    fn with(&self, act: impl FnOnce(&mut Live)) {
        if let Some(live) = &self.live {
            act(&mut live.lock().unwrap_or_else(PoisonError::into_inner));
        }
    }

    /// Writes something that stays, above what is at the foot.
    fn above(&self, write: impl FnOnce()) {
        match &self.live {
            Some(live) => live.lock().unwrap_or_else(PoisonError::into_inner).above(write),
            None => write(),
        }
    }

    fn tell(&self, titles: &[String], at_ms: u64, progress: &Progress) {
        self.with(|live| live.hear(at_ms, progress));
        match (self.format, progress) {
            (RunFormat::Text, Progress::Log { text, .. }) => {
                self.above(|| say(&format!("[{:>4} s] {}", at_ms / 1_000, plain(text))));
            }
            (RunFormat::Text, Progress::Row { .. }) => {}
            (RunFormat::JsonLines, Progress::Log { text, is_error }) => {
                let line =
                    serde_json::json!({ "event": "log", "at_ms": at_ms, "text": text, "error": is_error });
                say(&line.to_string());
            }
            (RunFormat::JsonLines, Progress::Row { action, state, detail }) => {
                let line = serde_json::json!({
                    "event": "action",
                    "at_ms": at_ms,
                    "action": action,
                    "title": titles.get(*action),
                    "state": state_word(*state),
                    "detail": detail,
                });
                say(&line.to_string());
            }
        }
    }
}

fn state_word(state: RowState) -> &'static str {
    match state {
        RowState::Waiting => "waiting",
        RowState::Running => "running",
        RowState::Done => "done",
        RowState::Failed => "failed",
        RowState::Skipped => "skipped",
    }
}
