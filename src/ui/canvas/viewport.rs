//! Which part of the drawing is in sight, and the way between the drawing and the screen.

use eframe::egui::{self, Pos2, Vec2, pos2, vec2};

use crate::scene::{Point, Rect};

/// The smallest zoom: ten thousand boxes fit on a screen.
pub const MIN_ZOOM: f32 = 0.02;
/// The largest zoom.
pub const MAX_ZOOM: f32 = 8.0;
/// The largest zoom that a fit chooses: a single box need not fill the screen.
const MAX_FIT_ZOOM: f32 = 1.25;
/// Room around what a fit brings into sight, in points.
const FIT_MARGIN: f32 = 20.0;

/// The part of the drawing that is in sight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Viewport {
    /// The point of the drawing in the middle of the canvas.
    pub center: Point,
    /// Points on the screen per unit of the drawing.
    pub zoom: f32,
}

impl Default for Viewport {
    fn default() -> Self {
        Self { center: Point::new(0.0, 0.0), zoom: 1.0 }
    }
}

impl Viewport {
    /// The viewport through which a canvas of this size shows all of `bounds`.
    pub fn fitting(bounds: &Rect, size: Vec2) -> Self {
        let room = (size - Vec2::splat(2.0 * FIT_MARGIN)).max(Vec2::splat(1.0));
        let wide = room.x / bounds.width().max(1.0);
        let high = room.y / bounds.height().max(1.0);
        Self { center: bounds.center(), zoom: wide.min(high).clamp(MIN_ZOOM, MAX_FIT_ZOOM) }
    }

    /// The viewport on a canvas.
    pub fn on(self, canvas: egui::Rect) -> Lens {
        Lens { viewport: self, canvas }
    }
}

/// A viewport on a canvas: turns points of the drawing ("world") into points of the screen and back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lens {
    /// What is in sight.
    pub viewport: Viewport,
    /// Where on the screen.
    pub canvas: egui::Rect,
}

impl Lens {
    /// Points on the screen per unit of the drawing.
    pub fn zoom(&self) -> f32 {
        self.viewport.zoom
    }

    /// A point of the drawing on the screen.
    pub fn screen_from_world(&self, point: Point) -> Pos2 {
        let middle = self.canvas.center();
        let Viewport { center, zoom } = self.viewport;
        pos2(middle.x + (point.x - center.x) * zoom, middle.y + (point.y - center.y) * zoom)
    }

    /// A point of the screen on the drawing.
    pub fn world_from_screen(&self, pos: Pos2) -> Point {
        let from_middle = pos - self.canvas.center();
        let Viewport { center, zoom } = self.viewport;
        Point::new(center.x + from_middle.x / zoom, center.y + from_middle.y / zoom)
    }

    /// A rectangle of the drawing on the screen.
    pub fn screen_rect(&self, rect: &Rect) -> egui::Rect {
        let corner = self.screen_from_world(rect.corner());
        egui::Rect::from_min_size(corner, vec2(rect.width(), rect.height()) * self.zoom())
    }

    /// A rectangle of the screen on the drawing.
    pub fn world_rect(&self, rect: egui::Rect) -> Rect {
        let from = self.world_from_screen(rect.min);
        let to = self.world_from_screen(rect.max);
        Rect { left: from.x, top: from.y, right: to.x, bottom: to.y }
    }

    /// The part of the drawing that is in sight.
    pub fn visible(&self) -> Rect {
        self.world_rect(self.canvas)
    }

    /// The viewport after the drawing was pushed by so many points of the screen.
    #[must_use]
    pub fn panned(&self, by: Vec2) -> Viewport {
        let Viewport { center, zoom } = self.viewport;
        Viewport { center: Point::new(center.x - by.x / zoom, center.y - by.y / zoom), zoom }
    }

    /// The viewport after zooming by a factor; what is under `anchor` stays there.
    #[must_use]
    pub fn zoomed(&self, factor: f32, anchor: Pos2) -> Viewport {
        let zoom = (self.zoom() * factor).clamp(MIN_ZOOM, MAX_ZOOM);
        let fixed = self.world_from_screen(anchor);
        let from_middle = anchor - self.canvas.center();
        let center = Point::new(fixed.x - from_middle.x / zoom, fixed.y - from_middle.y / zoom);
        Viewport { center, zoom }
    }

    /// The viewport that shows a rectangle of the drawing: as it is where the rectangle is in sight and
    /// can be read, moved where only the place is wrong, else fitted.
    #[must_use]
    pub fn revealing(&self, rect: &Rect) -> Viewport {
        let shown = self.screen_rect(rect);
        let readable = self.zoom() >= 0.5;
        if readable && self.canvas.shrink(8.0).contains_rect(shown) {
            return self.viewport;
        }
        let fits = shown.width() < self.canvas.width() - 16.0 && shown.height() < self.canvas.height() - 16.0;
        if readable && fits {
            return Viewport { center: rect.center(), zoom: self.zoom() };
        }
        Viewport::fitting(&rect.expand(40.0), self.canvas.size())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lens() -> Lens {
        let canvas = egui::Rect::from_min_size(pos2(100.0, 50.0), vec2(800.0, 600.0));
        Viewport { center: Point::new(40.0, -20.0), zoom: 1.5 }.on(canvas)
    }

    fn close(a: Pos2, b: Pos2) -> bool {
        (a - b).length() < 0.01
    }

    #[test]
    fn the_way_to_the_screen_and_back_ends_where_it_began() {
        let lens = lens();
        for pos in [pos2(100.0, 50.0), pos2(517.0, 333.0), pos2(900.0, 650.0)] {
            assert!(close(lens.screen_from_world(lens.world_from_screen(pos)), pos));
        }
    }

    #[test]
    fn zooming_keeps_what_is_under_the_pointer() {
        let lens = lens();
        let anchor = pos2(250.0, 480.0);
        let under = lens.world_from_screen(anchor);
        for factor in [0.5, 1.1, 3.0] {
            let zoomed = lens.zoomed(factor, anchor).on(lens.canvas);
            assert!(close(zoomed.screen_from_world(under), anchor));
        }
    }

    #[test]
    fn the_zoom_stays_within_its_limits() {
        let lens = lens();
        assert!((lens.zoomed(1e9, lens.canvas.center()).zoom - MAX_ZOOM).abs() < 1e-6);
        assert!((lens.zoomed(1e-9, lens.canvas.center()).zoom - MIN_ZOOM).abs() < 1e-6);
    }

    #[test]
    fn panning_moves_the_drawing_with_the_hand() {
        let lens = lens();
        let point = lens.world_from_screen(pos2(300.0, 300.0));
        let panned = lens.panned(vec2(30.0, -12.0)).on(lens.canvas);
        assert!(close(panned.screen_from_world(point), pos2(330.0, 288.0)));
    }

    #[test]
    fn a_fit_shows_everything_and_does_not_blow_up_little_things() {
        let canvas = lens().canvas;
        let large = Rect::from_size(-3000.0, 100.0, 9000.0, 2000.0);
        let shown = Viewport::fitting(&large, canvas.size()).on(canvas).screen_rect(&large);
        assert!(canvas.contains_rect(shown), "{shown:?}");
        let small = Rect::from_size(0.0, 0.0, 10.0, 10.0);
        assert!(Viewport::fitting(&small, canvas.size()).zoom <= MAX_FIT_ZOOM);
    }

    #[test]
    fn revealing_what_is_in_sight_moves_nothing() {
        let lens = lens();
        let near = Rect::from_size(30.0, -30.0, 60.0, 40.0);
        assert_eq!(lens.revealing(&near), lens.viewport);
        let far = near.translate(5000.0, 5000.0);
        let moved = lens.revealing(&far).on(lens.canvas);
        assert!(lens.canvas.contains_rect(moved.screen_rect(&far)));
        assert!((moved.zoom() - lens.zoom()).abs() < 1e-6);
    }
}
