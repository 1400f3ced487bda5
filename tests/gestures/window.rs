//! The window under test, with verbs that say what a user does.

use std::{cell::RefCell, rc::Rc};

use eframe::egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect, pos2, vec2};
use egui_kittest::{
    Harness, Node,
    kittest::{Queryable as _, by},
};
use vpcscape::{
    model::{Document, Kind, ResourceId},
    session::{Effect, EffectSink, Event as SessionEvent, Session},
    ui::App,
};

/// The outside world as a test plays it: effects are written down, and the test says what happens.
#[derive(Debug, Clone, Default)]
pub struct Script {
    pub effects: Rc<RefCell<Vec<Effect>>>,
    pub events: Rc<RefCell<Vec<SessionEvent>>>,
}

impl EffectSink for Script {
    fn dispatch(&mut self, effect: Effect) {
        self.effects.borrow_mut().push(effect);
    }

    fn drain(&mut self) -> Vec<SessionEvent> {
        self.events.take()
    }
}

/// The window.
pub struct Window {
    pub harness: Harness<'static, App>,
    pub script: Script,
}

pub const REGION: &str = "us-east-1";

/// An id from its text.
pub fn id(text: &str) -> ResourceId {
    ResourceId::new(text).expect("a legal id")
}

/// A template as it ships.
pub fn template(name: &str) -> Document {
    vpcscape::interop::templates::document(name).expect("a template")
}

impl Window {
    /// On an empty document.
    pub fn empty() -> Self {
        Self::on(Document::new("untitled", REGION))
    }

    /// On a document.
    pub fn on(document: Document) -> Self {
        Self::sized(document, 1600.0, 1000.0)
    }

    /// On a document, in a window of this size.
    pub fn sized(document: Document, width: f32, height: f32) -> Self {
        let session = Session::new(document, None);
        let script = Script::default();
        let sink = script.clone();
        let harness = Harness::builder()
            .with_size(vec2(width, height))
            .with_theme(eframe::egui::Theme::Light)
            .with_max_steps(12)
            .build_eframe(move |cc| App::new(cc, session, Box::new(sink)));
        let mut window = Self { harness, script };
        window.harness.run();
        window
    }

    /// Something happened outside.
    pub fn happens(&mut self, event: SessionEvent) {
        self.script.events.borrow_mut().push(event);
        self.run();
    }

    /// The session behind it.
    pub fn session(&self) -> &Session {
        self.harness.state().session()
    }

    /// The document behind it.
    pub fn document(&self) -> &Document {
        self.session().document()
    }

    /// The box of a resource, lane or other thing on the canvas, as a screen reader sees it:
    /// `subnet-1`, `vpc-1/us-east-1a`, `internet`, `region`.
    pub fn node(&self, name: &str) -> Node<'_> {
        let author = format!("node/{name}");
        self.harness.get(by().predicate(move |node| node.author_id() == Some(author.as_str())))
    }

    /// Whether a box can be seen on the canvas.
    pub fn sees(&self, name: &str) -> bool {
        let author = format!("node/{name}");
        self.harness.query(by().predicate(move |node| node.author_id() == Some(author.as_str()))).is_some()
    }

    /// Where a box is on the screen.
    pub fn rect(&self, name: &str) -> Rect {
        self.node(name).rect()
    }

    /// A point of a box, as fractions of its width and height.
    pub fn at(&self, name: &str, x: f32, y: f32) -> Pos2 {
        let rect = self.rect(name);
        rect.min + vec2(rect.width() * x, rect.height() * y)
    }

    pub fn run(&mut self) {
        self.harness.run();
    }

    fn button(&self, pos: Pos2, pressed: bool, modifiers: Modifiers) {
        self.harness.event(Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers });
    }

    /// Presses, moves in a few steps, and holds.
    pub fn hold(&mut self, from: Pos2, to: Pos2) {
        self.harness.hover_at(from);
        self.button(from, true, Modifiers::NONE);
        for step in 1_u8..=4 {
            self.harness.hover_at(from + (to - from) * (f32::from(step) / 4.0));
        }
        self.run();
    }

    /// Moves the pointer there, with no button down.
    pub fn hover(&mut self, at: Pos2) {
        self.harness.hover_at(at);
        self.run();
    }

    /// Lets go.
    pub fn let_go(&mut self, at: Pos2) {
        self.button(at, false, Modifiers::NONE);
        self.run();
    }

    /// A drag from one point to another.
    pub fn drag(&mut self, from: Pos2, to: Pos2) {
        self.hold(from, to);
        self.let_go(to);
    }

    /// A click on a point.
    pub fn click_at(&mut self, at: Pos2) {
        self.click_at_with(at, Modifiers::NONE);
    }

    /// A click on a point with keys held.
    pub fn click_at_with(&mut self, at: Pos2, modifiers: Modifiers) {
        self.harness.hover_at(at);
        self.harness.event(Event::ModifiersChanged(modifiers));
        self.button(at, true, modifiers);
        self.button(at, false, modifiers);
        self.harness.event(Event::ModifiersChanged(Modifiers::NONE));
        self.run();
    }

    /// A click with the second button.
    pub fn menu_at(&mut self, at: Pos2) {
        self.harness.hover_at(at);
        for pressed in [true, false] {
            let button = PointerButton::Secondary;
            self.harness.event(Event::PointerButton { pos: at, button, pressed, modifiers: Modifiers::NONE });
        }
        self.run();
    }

    /// A click on a box: on its icon and name, where nothing else stands.
    pub fn click_node(&mut self, name: &str) {
        let rect = self.rect(name);
        self.click_at(rect.min + vec2(rect.width().min(60.0) / 2.0, rect.height().min(16.0) / 2.0));
    }

    /// Where a kind stands in the palette, which is scrolled so that it can be seen.
    pub fn palette(&mut self, kind: Kind) -> Pos2 {
        self.palette_row(kind).scroll_to_me();
        self.run();
        self.palette_row(kind).rect().center()
    }

    /// The row of a kind in the palette.
    pub fn palette_row(&self, kind: Kind) -> Node<'_> {
        let author = format!("palette/{}", kind.as_str());
        self.harness.get(by().predicate(move |node| node.author_id() == Some(author.as_str())))
    }

    /// A drag from the palette onto a point.
    pub fn drag_from_palette(&mut self, kind: Kind, to: Pos2) {
        let from = self.palette(kind);
        self.drag(from, to);
    }

    /// Draws an arrow by the round handle of a box.
    pub fn connect(&mut self, from: &str, to: Pos2) {
        let start = self.handle(from);
        self.drag(start, to);
    }

    /// The round handle of a box, which appears when the pointer is over it.
    pub fn handle(&mut self, name: &str) -> Pos2 {
        self.click_node(name);
        let rect = self.rect(name);
        let is_frame = name.starts_with("subnet-") || name.starts_with("vpc-");
        let down = if is_frame { (rect.height() / 4.0).min(36.0) } else { rect.height() / 2.0 };
        pos2(rect.right(), rect.top() + down)
    }

    /// Brings everything into sight.
    pub fn fit(&mut self) {
        self.key(Key::Home);
    }

    /// A key.
    pub fn key(&mut self, key: Key) {
        self.key_with(Modifiers::NONE, key);
    }

    /// A key with others held.
    pub fn key_with(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.run();
    }

    /// A click on a button, switch or entry by its name.
    pub fn press(&mut self, label: &str) {
        self.harness.get_by_label(label).scroll_to_me();
        self.run();
        self.harness.get_by_label(label).click();
        self.run();
    }

    /// Types into the text field of this name and leaves it by Enter.
    pub fn type_into(&mut self, label: &str, text: &str) {
        use eframe::egui::accesskit::Role;
        let find = |window: &Self| window.harness.get_by_role_and_label(Role::TextInput, label).rect();
        self.harness.get_by_role_and_label(Role::TextInput, label).scroll_to_me();
        self.run();
        let middle = find(self).center();
        self.click_at(middle);
        self.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
        self.run();
        self.harness.event(Event::Text(text.to_owned()));
        self.run();
        self.key(Key::Enter);
    }

    /// Chooses an entry of the box of this name.
    pub fn choose(&mut self, label: &str, entry: &str) {
        use eframe::egui::accesskit::Role;
        self.harness.get_by_role_and_label(Role::ComboBox, label).scroll_to_me();
        self.run();
        self.harness.get_by_role_and_label(Role::ComboBox, label).click();
        self.run();
        let entry = self.harness.get_all_by_label(entry).last().map(|node| node.rect().center());
        self.click_at(entry.expect("the entry is offered"));
    }
}
