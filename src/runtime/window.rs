//! The window: what it opens with, and how the parts are wired.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::ValueEnum;
use eframe::egui;

use super::{
    deploying::Deploying,
    files,
    folders::Folders,
    mailbox::{Mailbox, Waker},
    outside::Outside,
    recovery::{self, Keeper, Recovered},
};
use crate::{
    interop::{png, templates},
    model::Document,
    scene::{Icon, Theme},
    session::{FileState, NoticeLevel, Session},
    t,
    ui::App,
};

/// The name under which window systems and eframe's memory know the program.
const APP_ID: &str = "vpcscape";
/// The network of a first start.
const FIRST: &str = "bastion-nat";
/// The region of an empty document.
const REGION: &str = "us-east-1";
const ICON_SIDE: u32 = 128;
/// The window of a first start, in points: a small network can be read in it beside all panels.
const FIRST_SIZE: [f32; 2] = [1440.0, 900.0];
/// What the system's own bars and the window's title take of a monitor's height, in points.
const SYSTEM_BARS: f32 = 80.0;

/// What paints the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Renderer {
    /// OpenGL.
    #[default]
    #[value(help = t!("cli-renderer-glow"))]
    Glow,
    /// Vulkan, Metal or DirectX.
    #[cfg(feature = "wgpu")]
    #[value(help = t!("cli-renderer-wgpu"))]
    Wgpu,
}

/// Opens the editor, with a file where one is given, and returns when it is closed.
///
/// # Errors
/// There is no display, or the renderer cannot use it; one sentence.
pub fn run(file: Option<PathBuf>, renderer: Renderer) -> Result<(), String> {
    let options = eframe::NativeOptions {
        viewport: viewport(),
        renderer: match renderer {
            Renderer::Glow => eframe::Renderer::Glow,
            #[cfg(feature = "wgpu")]
            Renderer::Wgpu => eframe::Renderer::Wgpu,
        },
        ..eframe::NativeOptions::default()
    };
    let opened =
        eframe::run_native(APP_ID, options, Box::new(move |cc| Ok(Box::new(Program::new(cc, file)?))));
    opened.map_err(|error| t!("cli-no-window", why = why(&error)))
}

fn why(error: &eframe::Error) -> String {
    match error {
        // The window library's own words name places in its source.
        eframe::Error::WinitEventLoop(_) => t!("cli-why-no-display"),
        other => other.to_string(),
    }
}

fn viewport() -> egui::ViewportBuilder {
    let viewport = egui::ViewportBuilder::default()
        .with_app_id(APP_ID)
        .with_title(APP_ID)
        .with_inner_size(FIRST_SIZE)
        .with_min_inner_size([640.0, 420.0]);
    match png::icon(Icon::Vpc, Theme::Light, ICON_SIDE) {
        Ok(rgba) => viewport.with_icon(egui::IconData { rgba, width: ICON_SIDE, height: ICON_SIDE }),
        Err(_) => viewport,
    }
}

/// What a start begins with: unsaved work that was left behind, the file that was asked for, the file
/// of the last time, or the tutorial.
fn session(file: Option<&Path>, recovered: Option<Recovered>, recent: Vec<PathBuf>) -> Session {
    let session = match (recovered, file.or(recent.first().map(PathBuf::as_path))) {
        (Some(Recovered { document, file }), _) => Session::new(document, None)
            .with_file(file)
            .unsaved()
            .with_notice(NoticeLevel::Warning, t!("file-recovered")),
        (None, Some(path)) => open(path),
        (None, None) => Session::new(templates::document(FIRST).unwrap_or_else(empty), None),
    };
    session.with_recent_files(recent)
}

fn open(path: &Path) -> Session {
    match files::read(path) {
        Ok(opened) => {
            let file = FileState { path: Some(path.to_path_buf()), saving: false, stamp: Some(opened.stamp) };
            Session::new(opened.document, None).with_file(file)
        }
        Err(sentence) => Session::new(empty(), None).with_notice(NoticeLevel::Error, sentence),
    }
}

fn empty() -> Document {
    Document::new(t!("file-untitled"), REGION)
}

/// Whether a window and its frame fit on a monitor.
fn fits(window: egui::Vec2, monitor: egui::Vec2) -> bool {
    window.x < monitor.x && window.y <= monitor.y - SYSTEM_BARS
}

/// The window with what watches over it.
struct Program {
    app: App,
    keeper: Option<Keeper>,
    /// Whether the window has been compared with the monitor that it opened on.
    placed: bool,
}

impl Program {
    fn new(cc: &eframe::CreationContext<'_>, file: Option<PathBuf>) -> std::io::Result<Self> {
        let file = file.map(std::path::absolute).transpose()?;
        let folders = Folders::of_user();
        let (keeper, recovered) =
            match folders.as_ref().map(|it| recovery::open(&it.recovery(), file.as_deref())) {
                Some(Ok((keeper, recovered))) => (Some(keeper), recovered),
                Some(Err(error)) => {
                    tracing::warn!(%error, "unsaved work will not be copied");
                    (None, None)
                }
                None => (None, None),
            };
        let recent = folders.as_ref().map(Folders::recent_files).unwrap_or_default();
        let session = session(file.as_deref(), recovered, recent);
        let ctx = cc.egui_ctx.clone();
        let wake: Waker = Arc::new(move || ctx.request_repaint());
        let deploying = Deploying::start(Arc::clone(&wake))?;
        let outside = Outside::start(Mailbox::new(wake), folders, Box::new(deploying))?;
        Ok(Self { app: App::new(cc, session, Box::new(outside)), keeper, placed: false })
    }

    /// A window that does not fit on its monitor is maximised: what hangs over cannot be reached.
    fn place(&mut self, ctx: &egui::Context) {
        let known = ctx.input(|input| {
            let viewport = input.viewport();
            Some((viewport.inner_rect?.size(), viewport.monitor_size?))
        });
        if let (false, Some((window, monitor))) = (self.placed, known) {
            self.placed = true;
            if !fits(window, monitor) {
                ctx.send_viewport_cmd(egui::ViewportCommand::Maximized(true));
            }
        }
    }
}

impl eframe::App for Program {
    fn logic(&mut self, ctx: &egui::Context, frame: &mut eframe::Frame) {
        self.place(ctx);
        self.app.logic(ctx, frame);
    }

    fn ui(&mut self, ui: &mut egui::Ui, frame: &mut eframe::Frame) {
        self.app.ui(ui, frame);
        if let Some(keeper) = &mut self.keeper {
            keeper.observe(self.app.session());
        }
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        self.app.save(storage);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_that_hangs_over_its_monitor_does_not_fit() {
        let window = egui::Vec2::from(FIRST_SIZE);
        assert!(fits(window, egui::vec2(1920.0, 1080.0)));
        for monitor in [[1440.0, 900.0], [1366.0, 768.0], [1280.0, 1024.0]] {
            assert!(!fits(window, egui::Vec2::from(monitor)), "{monitor:?}");
        }
    }

    fn file(folder: &Path, name: &str) -> PathBuf {
        let path = folder.join(name);
        let text = crate::interop::native::write(&Document::new(name, "eu-west-1")).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    #[test]
    fn a_first_start_opens_the_tutorial_on_the_simulated_cloud() {
        let session = session(None, None, Vec::new());
        assert_eq!(session.document(), &templates::document(FIRST).unwrap());
        assert_eq!(session.target(), &crate::session::Target::Simulated);
        assert!(session.file().path.is_none() && !session.history().is_dirty());
    }

    #[test]
    fn a_file_is_opened_before_the_last_one_and_the_last_one_before_the_tutorial() {
        let folder = tempfile::tempdir().unwrap();
        let (asked, last) = (file(folder.path(), "asked"), file(folder.path(), "last"));
        let with_file = session(Some(&asked), None, vec![last.clone()]);
        assert_eq!(with_file.document().name, "asked");
        assert!(with_file.file().stamp.is_some());
        assert_eq!(session(None, None, vec![last]).document().name, "last");
    }

    #[test]
    fn a_file_that_cannot_be_read_is_said_and_the_editor_works() {
        let folder = tempfile::tempdir().unwrap();
        let session = session(Some(&folder.path().join("none")), None, Vec::new());
        assert!(session.document().topology.resources.is_empty());
        assert_eq!(session.notices().len(), 1);
        assert!(session.file().path.is_none());
    }

    #[test]
    fn recovered_work_is_unsaved_and_said_to_be() {
        let state =
            FileState { path: Some(PathBuf::from("a")), saving: false, stamp: Some("1-2".to_owned()) };
        let recovered = Recovered { document: Document::new("left", "us-east-1"), file: state.clone() };
        let session = session(None, Some(recovered), Vec::new());
        assert_eq!((session.document().name.as_str(), session.file()), ("left", &state));
        assert!(session.history().is_dirty());
        assert_eq!(session.notices().len(), 1);
    }
}
