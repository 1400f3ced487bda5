//! The window's life: events in, keys and widgets to intents, intents to the session, effects out.

#[cfg(test)]
mod tests;

use eframe::egui::{self, ViewportCommand};

use super::{command, layout, state::ViewState, theme};
use crate::session::{Effect, EffectSink, Intent, Session};

/// The program's window.
pub struct App {
    session: Session,
    sink: Box<dyn EffectSink>,
    view: ViewState,
    /// The window may close now; nothing is asked any more.
    closing: bool,
    /// The title that the window has.
    title: String,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App")
            .field("view", &self.view)
            .field("closing", &self.closing)
            .finish_non_exhaustive()
    }
}

impl App {
    /// The window on a session; `sink` carries out its effects. Needs no storage and no window handle,
    /// so that it runs headless.
    pub fn new(cc: &eframe::CreationContext<'_>, session: Session, sink: Box<dyn EffectSink>) -> Self {
        theme::install(&cc.egui_ctx);
        if cc.winit_window().is_none() {
            theme::calm(&cc.egui_ctx);
        }
        Self { session, sink, view: ViewState::default(), closing: false, title: String::new() }
    }

    /// The session behind the window.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// What the window shows and how.
    pub fn view(&self) -> &ViewState {
        &self.view
    }

    /// Whether everything is settled and the window is about to close.
    pub fn is_closing(&self) -> bool {
        self.closing
    }

    /// Does what an intent asks, as if a widget had pushed it.
    pub fn handle(&mut self, ctx: &egui::Context, intent: Intent) {
        let effects = self.session.handle(intent);
        self.carry_out(ctx, effects);
    }

    fn carry_out(&mut self, ctx: &egui::Context, effects: Vec<Effect>) {
        for effect in effects {
            if matches!(effect, Effect::Close) {
                self.closing = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            } else {
                self.sink.dispatch(effect);
            }
        }
    }

    /// Takes in what happened outside. Runs also while the window is hidden; nothing is drawn here.
    fn receive(&mut self, ctx: &egui::Context) {
        for event in self.sink.drain() {
            let effects = self.session.receive(event);
            self.carry_out(ctx, effects);
        }
    }

    fn keep_title(&mut self, ctx: &egui::Context) {
        let title = self.session.title();
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// The window system asks to close: the session decides, because there may be unsaved changes.
    fn guard_close(&self, ctx: &egui::Context, intents: &mut Vec<Intent>) {
        if ctx.input(|input| input.viewport().close_requested()) && !self.closing {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            intents.push(Intent::CloseRequested);
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _: &mut eframe::Frame) {
        self.receive(ctx);
        self.keep_title(ctx);
        self.view.fonts.tend(ctx, self.session.document(), self.session.revision());
    }

    fn ui(&mut self, ui: &mut egui::Ui, _: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        let mut intents = Vec::new();
        self.guard_close(&ctx, &mut intents);
        let dialog_open = self.view.dialog_open(&self.session);
        for called in command::keys::pressed(&ctx, &self.session, dialog_open) {
            called.run(&ctx, &self.session, &mut self.view, &mut intents);
        }
        layout::show(ui, &self.session, &mut self.view, &mut intents);
        let changed = !intents.is_empty();
        for intent in intents {
            self.handle(&ctx, intent);
        }
        if changed {
            // What was just drawn shows the state before; one more frame shows the state after.
            ctx.request_repaint();
        }
    }
}
