//! Small pieces that several panels share. They know nothing of the product.

use eframe::egui::{self, ComboBox, Response, RichText, Sense, Ui, WidgetInfo, WidgetType};

use super::theme;

/// Gives a widget without words of its own the name that screen readers say and tests look for.
pub fn name_it(response: &Response, name: &str) {
    response.ctx.accesskit_node_builder(response.id, |node| node.set_label(name));
}

/// A line of explanation.
pub fn faint(ui: &mut Ui, text: impl Into<String>) -> Response {
    let color = theme::of(ui).faint;
    ui.add(egui::Label::new(RichText::new(text).small().color(color)).wrap())
}

/// A sentence that says what is wrong.
pub fn error(ui: &mut Ui, text: &str) -> Response {
    let color = theme::of(ui).error;
    ui.add(egui::Label::new(RichText::new(text).small().color(color)).wrap())
}

/// The title of a part of a panel.
pub fn title(ui: &mut Ui, text: impl Into<String>) {
    ui.add_space(6.0);
    ui.label(RichText::new(text).strong());
}

/// A choice from a list by a box that opens; returns the place of the new choice.
pub fn choose<'a>(
    ui: &mut Ui,
    salt: impl std::hash::Hash + std::fmt::Debug,
    shown: &str,
    options: impl Iterator<Item = &'a str>,
    chosen: Option<usize>,
) -> (Response, Option<usize>) {
    let mut picked = None;
    let response = ComboBox::from_id_salt(salt)
        .selected_text(shown)
        .width(ui.available_width().max(60.0))
        .truncate()
        .show_ui(ui, |ui| {
            for (at, option) in options.enumerate() {
                if ui.selectable_label(chosen == Some(at), option).clicked() && chosen != Some(at) {
                    picked = Some(at);
                }
            }
        })
        .response;
    (response, picked)
}

/// A row over the whole width that can be selected, such as a finding or a branch of a tree.
pub fn row(ui: &mut Ui, selected: bool, name: &str, contents: impl FnOnce(&mut Ui)) -> Response {
    let id = ui.next_auto_id().with("row");
    row_with_id(ui, id, selected, name, contents)
}

/// A [`row`] whose id is known, so that it can be given the keyboard.
pub fn row_with_id(
    ui: &mut Ui,
    id: egui::Id,
    selected: bool,
    name: &str,
    contents: impl FnOnce(&mut Ui),
) -> Response {
    let height = ui.spacing().interact_size.y;
    let (_, rect) = ui.allocate_space(egui::vec2(ui.available_width(), height));
    let response = ui.interact(rect, id, Sense::click());
    response
        .widget_info(|| WidgetInfo::selected(WidgetType::SelectableLabel, ui.is_enabled(), selected, name));
    if ui.is_rect_visible(rect) {
        let visuals = ui.style().interact_selectable(&response, selected);
        if selected || response.hovered() || response.has_focus() {
            ui.painter().rect_filled(rect, visuals.corner_radius, visuals.weak_bg_fill);
        }
        if response.has_focus() {
            ui.painter().rect_stroke(rect, 2.0, ui.visuals().selection.stroke, egui::StrokeKind::Inside);
        }
        let inner = rect.shrink2(egui::vec2(4.0, 0.0));
        let layout = egui::Layout::left_to_right(egui::Align::Center);
        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(inner).layout(layout));
        child.set_clip_rect(rect.intersect(ui.clip_rect()));
        contents(&mut child);
    }
    response
}

/// Text inside a [`row`]: painted, not a widget, so that it neither takes the click nor is read twice.
pub fn row_text(ui: &mut Ui, text: &str, color: egui::Color32) {
    let font = egui::TextStyle::Body.resolve(ui.style());
    let galley = ui.painter().layout_no_wrap(text.to_owned(), font, color);
    let (rect, _) = ui.allocate_exact_size(galley.size(), Sense::hover());
    ui.painter().galley(rect.min, galley, color);
}

/// A small triangle that opens and closes what stands below it.
pub fn fold(ui: &mut Ui, open: bool, name: &str) -> Response {
    let (_, rect) = ui.allocate_space(egui::vec2(18.0, 18.0));
    let response = ui.interact(rect.shrink(3.0), ui.next_auto_id().with("fold"), Sense::click());
    response.widget_info(|| WidgetInfo::selected(WidgetType::CollapsingHeader, ui.is_enabled(), open, name));
    egui::collapsing_header::paint_default_icon(ui, if open { 1.0 } else { 0.0 }, &response);
    response
}

/// A small button with a sign instead of words.
pub fn sign_button(ui: &mut Ui, sign: &str, name: &str) -> Response {
    let response = ui.small_button(sign).on_hover_text(name);
    name_it(&response, name);
    response
}
