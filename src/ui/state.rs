//! What the window remembers between frames and the document does not know.

use super::{
    canvas::CanvasState, command::palette::CommandPalette, dialogs::DialogState, inspector::InspectorState,
    matrix::MatrixState, outline::OutlineState, problems::ProblemsState, route_map::RouteMapState,
    theme::fonts::FontLoader, toasts::ToastState, trace::TraceState,
};
use crate::ui::deploy::DeployPanelState;

/// The tabs in the middle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CentreTab {
    /// The drawing.
    #[default]
    Diagram,
    /// The logical graph.
    RouteMap,
}

/// The tabs below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BottomTab {
    /// Findings.
    #[default]
    Problems,
    /// The plan and the run.
    Deploy,
    /// A packet's way through the drawing.
    Trace,
    /// Who reaches whom.
    Matrix,
    /// What was said so far.
    Log,
}

/// A wish about what part of the drawing or of the route map is in sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ViewRequest {
    /// Nearer, keeping the middle.
    ZoomIn,
    /// Farther, keeping the middle.
    ZoomOut,
    /// The natural size.
    ZoomReset,
    /// Everything.
    Fit,
    /// What is selected.
    FitSelection,
}

/// Which panels are open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Panels {
    /// Palette and outline.
    pub left: bool,
    /// Inspector.
    pub right: bool,
    /// Problems, deploy, trace, matrix, log.
    pub bottom: bool,
}

impl Default for Panels {
    fn default() -> Self {
        Self { left: true, right: true, bottom: true }
    }
}

/// Everything that lives as long as the window.
#[derive(Debug, Default)]
pub struct ViewState {
    /// Which panels are open.
    pub panels: Panels,
    /// The tab in the middle.
    pub centre: CentreTab,
    /// The tab below.
    pub bottom: BottomTab,
    /// The canvas: viewport and tool.
    pub canvas: CanvasState,
    /// Drafts of the inspector.
    pub inspector: InspectorState,
    /// Search and open branches of the outline.
    pub outline: OutlineState,
    /// Filter and current row of the problems.
    pub problems: ProblemsState,
    /// The question of the Trace tab and its answer.
    pub trace: TraceState,
    /// Who reaches whom, while its tab is open.
    pub matrix: MatrixState,
    /// Drafts of the deploy panel.
    pub deploy: DeployPanelState,
    /// The graph, while its tab is open.
    pub route_map: RouteMapState,
    /// The command palette.
    pub palette: CommandPalette,
    /// Dialogs that the window itself opened, and drafts of those that the session asks for.
    pub dialogs: DialogState,
    /// Messages that are still shown.
    pub toasts: ToastState,
    /// Looks for a system font when a name needs one.
    pub fonts: FontLoader,
}

impl ViewState {
    /// Whether a dialog or the command palette waits; keys belong to it then.
    pub fn dialog_open(&self, session: &crate::session::Session) -> bool {
        session.question().is_some() || self.dialogs.is_open() || self.palette.is_open()
    }
}
