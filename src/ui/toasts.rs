//! New notices appear over the canvas for a while.

use std::time::Duration;

use eframe::egui::{self, Align2, Area, Frame, Id, Label, Order, RichText, Stroke, vec2};

use super::theme;
use crate::{
    session::{NoticeLevel, Session},
    t,
};

/// How long a toast stays, in seconds; errors stay until they are clicked away.
const SECONDS: f64 = 6.0;
/// More than these would hide the drawing; the log has them all.
const MOST: usize = 4;

#[derive(Debug)]
struct Toast {
    number: u64,
    level: NoticeLevel,
    text: String,
    /// The window's clock, in seconds.
    until: f64,
}

/// The toasts that are shown.
#[derive(Debug, Default)]
pub struct ToastState {
    seen: u64,
    shown: Vec<Toast>,
}

/// Draws the toasts, newest below.
pub fn show(ctx: &egui::Context, session: &Session, state: &mut ToastState) {
    let now = ctx.input(|input| input.time);
    state.take_new(session, now);
    state.shown.retain(|toast| toast.until > now);
    let Some(next) = state.shown.iter().map(|toast| toast.until - now).min_by(f64::total_cmp) else {
        return;
    };
    if next.is_finite() {
        // A little later than the end, so that the frame that follows finds it over.
        ctx.request_repaint_after(Duration::from_secs_f64(next + 0.01));
    }
    let closed = Area::new(Id::new("toasts"))
        .order(Order::Foreground)
        .anchor(Align2::CENTER_BOTTOM, vec2(0.0, -40.0))
        .show(ctx, |ui| {
            state.shown.iter().filter(|toast| one(ui, toast)).map(|it| it.number).collect::<Vec<_>>()
        })
        .inner;
    state.shown.retain(|toast| !closed.contains(&toast.number));
}

impl ToastState {
    fn take_new(&mut self, session: &Session, now: f64) {
        for notice in session.notices().iter().filter(|notice| notice.number > self.seen) {
            let until = if notice.level == NoticeLevel::Error { f64::INFINITY } else { now + SECONDS };
            self.shown.push(Toast {
                number: notice.number,
                level: notice.level,
                text: notice.text.clone(),
                until,
            });
        }
        if let Some(last) = session.notices().last() {
            self.seen = last.number;
        }
        let extra = self.shown.len().saturating_sub(MOST);
        self.shown.drain(..extra);
    }
}

/// Draws one toast; whether it was clicked away.
fn one(ui: &mut egui::Ui, toast: &Toast) -> bool {
    let color = theme::notice_color(theme::of(ui), toast.level);
    Frame::popup(ui.style())
        .stroke(Stroke::new(1.0, color))
        .show(ui, |ui| {
            ui.set_max_width(460.0);
            ui.horizontal(|ui| {
                let button = super::widgets::sign_button(ui, "✖", &t!("panel-toast-close"));
                ui.add(Label::new(RichText::new(&toast.text).color(color)).wrap());
                button.clicked()
            })
            .inner
        })
        .inner
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::Document,
        session::{Event, Intent},
    };

    fn failed() -> Session {
        let mut session = Session::new(Document::new("toast", "us-east-1"), None);
        session.handle(Intent::OpenPath("a.json".into()));
        let result = Err("`a.json` is not there: choose another file".to_owned());
        session.receive(Event::Opened { path: "a.json".into(), result });
        session
    }

    #[test]
    fn an_error_stays_and_is_shown_once() {
        let session = failed();
        let mut state = ToastState::default();
        state.take_new(&session, 0.0);
        state.take_new(&session, 1.0);
        assert_eq!(state.shown.len(), 1);
        assert!(state.shown[0].until.is_infinite());
    }

    #[test]
    fn only_the_latest_are_shown() {
        let mut session = failed();
        for _ in 0..MOST + 2 {
            // Applying without a plan is refused with a notice.
            session.handle(Intent::Apply);
        }
        let mut state = ToastState::default();
        state.take_new(&session, 0.0);
        assert_eq!(state.shown.len(), MOST);
        assert_eq!(state.shown[MOST - 1].number, session.notices().last().unwrap().number);
    }
}
