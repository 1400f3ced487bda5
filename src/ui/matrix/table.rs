//! A table whose first row and first column stay in sight, and of which only the cells in sight exist.

use std::ops::Range;

use eframe::egui::{
    self, Align2, Color32, CornerRadius, Rect, Response, ScrollArea, Sense, TextStyle, Ui, WidgetInfo,
    WidgetType, pos2, text::LayoutJob, text::TextWrapping, vec2,
};

use crate::ui::theme;

/// The room for the name of a row.
const NAMES: f32 = 170.0;
/// The height of a row.
const HEIGHT: f32 = 21.0;
/// The room around letters.
const PADDING: f32 = 5.0;
/// How strongly a cell in which something is open is coloured.
const TINT: f32 = 0.16;

/// What the table is about.
pub struct Table<'a> {
    /// The names of the rows.
    pub rows: &'a [String],
    /// The names of the columns.
    pub columns: &'a [String],
    pub column_width: f32,
    /// What stands above the names of the rows.
    pub corner: String,
}

/// One cell.
pub struct Cell {
    pub text: String,
    /// What it says in full; a cell without a name cannot be clicked.
    pub name: Option<String>,
    pub color: Color32,
    /// Whether it is coloured.
    pub open: bool,
}

/// What was clicked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touched {
    Row(usize),
    Column(usize),
    Cell(usize, usize),
}

impl Table<'_> {
    /// Draws what is in sight.
    pub fn show(&self, ui: &mut Ui, mut cell: impl FnMut(usize, usize) -> Cell) -> Option<Touched> {
        let area = ScrollArea::both().id_salt("matrix").auto_shrink(false).min_scrolled_height(24.0);
        area.show_viewport(ui, |ui, viewport| self.part(ui, viewport, &mut cell)).inner
    }

    fn part(
        &self,
        ui: &mut Ui,
        viewport: Rect,
        cell: &mut impl FnMut(usize, usize) -> Cell,
    ) -> Option<Touched> {
        let size = vec2(
            NAMES + self.column_width * count(self.columns.len()),
            HEIGHT * (count(self.rows.len()) + 1.0),
        );
        ui.set_min_size(size);
        let origin = ui.max_rect().min;
        let sight = Rect::from_min_size(origin + viewport.min.to_vec2(), viewport.size());
        // The names take their room from what is in sight; the cells have what is left.
        let cells = Rect::from_min_max(sight.min + vec2(NAMES, HEIGHT), sight.max);
        let rows = span(viewport.min.y, viewport.height() - HEIGHT, HEIGHT, self.rows.len());
        let columns = span(viewport.min.x, viewport.width() - NAMES, self.column_width, self.columns.len());
        let place = |row: usize, column: usize| {
            let min = origin + vec2(NAMES + self.column_width * count(column), HEIGHT * (count(row) + 1.0));
            Rect::from_min_size(min, vec2(self.column_width, HEIGHT))
        };
        let mut touched = None;
        for row in rows.clone() {
            for column in columns.clone() {
                let rect = place(row, column);
                let it = cell(row, column);
                if one(ui, rect, cells, &it, (row, column)).is_some_and(|it| it.clicked()) {
                    touched = Some(Touched::Cell(row, column));
                }
            }
        }
        let above = Rect::from_min_max(pos2(cells.left(), sight.top()), pos2(sight.right(), cells.top()));
        for column in columns {
            let rect =
                Rect::from_min_size(pos2(place(0, column).left(), sight.top()), place(0, column).size());
            let name = self.columns.get(column).map_or("", String::as_str);
            if heading(ui, rect, above, name, ("column", column)).clicked() {
                touched = Some(Touched::Column(column));
            }
        }
        let beside = Rect::from_min_max(pos2(sight.left(), cells.top()), pos2(cells.left(), sight.bottom()));
        for row in rows {
            let rect = Rect::from_min_size(pos2(sight.left(), place(row, 0).top()), vec2(NAMES, HEIGHT));
            let name = self.rows.get(row).map_or("", String::as_str);
            if heading(ui, rect, beside, name, ("row", row)).clicked() {
                touched = Some(Touched::Row(row));
            }
        }
        let corner = Rect::from_min_size(sight.min, vec2(NAMES, HEIGHT));
        write(ui, corner, sight, &self.corner, theme::of(ui).faint);
        touched
    }
}

/// A number of rows or columns as a length; there are never so many that it matters how exact it is.
fn count(number: usize) -> f32 {
    number as f32
}

/// Which of `all` pieces of one length lie in sight.
fn span(from: f32, length: f32, each: f32, all: usize) -> Range<usize> {
    let first = (from / each).floor().max(0.0) as usize;
    let last = ((from + length.max(0.0)) / each).ceil().max(0.0) as usize;
    first.min(all)..last.min(all)
}

/// One cell; `None` where it cannot be clicked.
fn one(ui: &Ui, rect: Rect, clip: Rect, cell: &Cell, at: (usize, usize)) -> Option<Response> {
    let tokens = theme::of(ui);
    let inner = rect.shrink(1.0);
    let painter = ui.painter().with_clip_rect(clip.intersect(ui.clip_rect()));
    if cell.open {
        painter.rect_filled(inner, CornerRadius::same(2), tokens.good.gamma_multiply(TINT));
    }
    write(ui, rect, clip, &cell.text, cell.color);
    let name = cell.name.as_ref()?;
    let response = ui.interact(inner.intersect(clip), ui.id().with(("cell", at)), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, ui.is_enabled(), name));
    if response.hovered() || response.has_focus() {
        let stroke = egui::Stroke::new(1.0, tokens.accent);
        painter.rect_stroke(inner, CornerRadius::same(2), stroke, egui::StrokeKind::Inside);
    }
    Some(response.on_hover_text(name))
}

/// The name of a row or a column, on its own ground.
fn heading(ui: &Ui, rect: Rect, clip: Rect, name: &str, id: (&str, usize)) -> Response {
    let tokens = theme::of(ui);
    let painter = ui.painter().with_clip_rect(clip.intersect(ui.clip_rect()));
    let response = ui.interact(rect.intersect(clip), ui.id().with(id), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, ui.is_enabled(), name));
    let ground = if response.hovered() || response.has_focus() { tokens.selection } else { tokens.panel };
    painter.rect_filled(rect, CornerRadius::ZERO, ground);
    write(ui, rect, clip, name, tokens.text);
    response.on_hover_text(name)
}

/// A line of text, cut off where there is no more room.
fn write(ui: &Ui, rect: Rect, clip: Rect, text: &str, color: Color32) {
    let font = TextStyle::Body.resolve(ui.style());
    let mut job = LayoutJob::simple_singleline(text.to_owned(), font, color);
    job.wrap = TextWrapping::truncate_at_width(rect.width() - 2.0 * PADDING);
    let painter = ui.painter().with_clip_rect(clip.intersect(ui.clip_rect()));
    let galley = painter.layout_job(job);
    let at = Align2::LEFT_CENTER.anchor_size(rect.left_center() + vec2(PADDING, 0.0), galley.size());
    painter.galley(at.min, galley, color);
}
