//! What a command does.

use eframe::egui::{self, ThemePreference};

use super::UiCommand;
use crate::{
    scene::Theme,
    session::{ExportFormat, Intent, Session},
    t,
    ui::{
        dialogs::OwnDialog,
        problems,
        state::{BottomTab, CentreTab, ViewRequest, ViewState},
    },
};

impl UiCommand {
    /// Does it: what concerns the document becomes an intent, what concerns the window is done here.
    pub fn run(
        self,
        ctx: &egui::Context,
        session: &Session,
        view: &mut ViewState,
        intents: &mut Vec<Intent>,
    ) {
        if !self.enabled(session) {
            return;
        }
        if let Some(intent) = self.intent(session) {
            intents.push(intent);
        }
        match self {
            Self::NewFromTemplate => view.dialogs.open(OwnDialog::Templates),
            Self::KeyboardHelp => view.dialogs.open(OwnDialog::KeyboardHelp),
            Self::About => view.dialogs.open(OwnDialog::About),
            Self::Apply => view.dialogs.open(OwnDialog::ConfirmApply),
            Self::CommandPalette => view.palette.open(),
            Self::Copy | Self::Cut => ctx.copy_text(clipboard_text(session)),
            Self::Rename => view.inspector.focus_name(&mut view.panels),
            Self::FindInOutline => {
                view.panels.left = true;
                view.outline.focus_search();
            }
            Self::Plan | Self::PlanDestroy | Self::LookForDrift | Self::ShowDeploy => {
                show(view, BottomTab::Deploy)
            }
            Self::ShowProblems => show(view, BottomTab::Problems),
            Self::ShowTrace => show(view, BottomTab::Trace),
            Self::ShowMatrix => show(view, BottomTab::Matrix),
            Self::ShowLog => show(view, BottomTab::Log),
            Self::NextProblem => problems::step(session, view, intents, 1),
            Self::PreviousProblem => problems::step(session, view, intents, -1),
            _ => self.run_view(ctx, view),
        }
    }

    /// What concerns only what is shown.
    fn run_view(self, ctx: &egui::Context, view: &mut ViewState) {
        match self {
            Self::ShowDiagram => view.centre = CentreTab::Diagram,
            Self::ShowRouteMap => view.centre = CentreTab::RouteMap,
            Self::ZoomIn => request(view, ViewRequest::ZoomIn),
            Self::ZoomOut => request(view, ViewRequest::ZoomOut),
            Self::ZoomReset => request(view, ViewRequest::ZoomReset),
            Self::Fit => request(view, ViewRequest::Fit),
            Self::FitSelection => request(view, ViewRequest::FitSelection),
            Self::ToggleLeft => view.panels.left = !view.panels.left,
            Self::ToggleRight => view.panels.right = !view.panels.right,
            Self::ToggleBottom => view.panels.bottom = !view.panels.bottom,
            Self::ThemeSystem => ctx.set_theme(ThemePreference::System),
            Self::ThemeLight => ctx.set_theme(ThemePreference::Light),
            Self::ThemeDark => ctx.set_theme(ThemePreference::Dark),
            _ => {}
        }
    }

    /// What it asks of the session, if anything.
    fn intent(self, session: &Session) -> Option<Intent> {
        Some(match self {
            Self::New => Intent::New,
            Self::Open => Intent::Open,
            Self::Import => Intent::Import,
            Self::Save => Intent::Save,
            Self::SaveAs => Intent::SaveAs,
            Self::ExportSvg => Intent::Export(ExportFormat::Svg),
            Self::ExportPng => Intent::Export(ExportFormat::Png),
            Self::ExportJson => Intent::Export(ExportFormat::Json),
            Self::DarkPictures => {
                let dark = self.is_on(session);
                Intent::SetPictureTheme(if dark { Theme::Light } else { Theme::Dark })
            }
            Self::Quit => Intent::CloseRequested,
            Self::Undo => Intent::Undo,
            Self::Redo => Intent::Redo,
            Self::Cut => Intent::Cut,
            Self::Copy => Intent::Copy,
            Self::Paste => Intent::Paste(None),
            Self::Duplicate => Intent::Duplicate,
            Self::Delete => Intent::DeleteSelection,
            Self::SelectAll => Intent::SelectAll,
            Self::SelectNone => Intent::Select(Vec::new()),
            Self::Tidy => Intent::Tidy,
            Self::Plan => Intent::Plan,
            Self::PlanDestroy => Intent::PlanDestroy,
            Self::LookForDrift => Intent::LookForDrift,
            Self::CancelRun => Intent::CancelRun,
            _ => return None,
        })
    }
}

fn show(view: &mut ViewState, tab: BottomTab) {
    view.panels.bottom = true;
    view.bottom = tab;
}

fn request(view: &mut ViewState, request: ViewRequest) {
    match view.centre {
        CentreTab::Diagram => view.canvas.request(request),
        CentreTab::RouteMap => view.route_map.request(request),
    }
}

/// What other programs get to see of a copy. Without it the system would have nothing to paste and
/// would not report the keys either.
fn clipboard_text(session: &Session) -> String {
    let topology = &session.document().topology;
    let names: Vec<_> = session
        .selection()
        .iter()
        .filter_map(|id| topology.get(id))
        .map(|it| it.label().to_owned())
        .collect();
    t!("panel-copied", names = names.join(", "))
}
