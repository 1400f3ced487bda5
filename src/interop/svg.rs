//! The picture as SVG that opens everywhere: plain `<text>`, embedded icons as `<symbol>`, no script, no
//! `foreignObject`, no style sheet, no reference to anything outside the file.

use std::{collections::BTreeSet, fmt::Write};

use crate::{
    scene::{
        Align, Detail, Icon, Point, Primitive, Rect, Role, Scene, Theme, arrow_primitives, color::hex, draw,
        legend, node_primitives,
    },
    t,
};

/// Room around the picture, in world units.
const MARGIN: f32 = 24.0;

/// The fonts to try: the one that texts were measured with, then others of similar width.
const FONTS: &str = "Ubuntu, 'Ubuntu Light', 'Noto Sans', Arial, Helvetica, sans-serif";

/// What the whole picture encloses, its legend and margin included, in world coordinates.
pub fn page(scene: &Scene) -> Rect {
    let (_, legend) = legend(scene);
    legend.map_or(scene.bounds, |rect| rect.union(&scene.bounds)).expand(MARGIN)
}

/// Writes the picture.
pub fn write(scene: &Scene, theme: Theme) -> String {
    let mut pen = Pen { out: String::new(), theme, icons: BTreeSet::new() };
    for node in &scene.nodes {
        pen.group(&node.accessible_name, &node_primitives(node, Detail::Full));
    }
    for arrow in &scene.arrows {
        pen.group(&arrow.label, &arrow_primitives(arrow));
    }
    let (legend, _) = legend(scene);
    pen.group("", &legend);
    let page = page(scene);
    let mut svg = head(scene, theme, &page);
    svg.push_str(&symbols(&pen.icons, theme));
    let paper = hex(Role::Background, theme);
    line(&mut svg, format_args!("<rect {} fill=\"{paper}\"/>", place(&page)));
    svg.push_str(&pen.out);
    svg.push_str("</svg>\n");
    svg
}

fn head(scene: &Scene, theme: Theme, page: &Rect) -> String {
    let region = scene.node(&crate::scene::NodeId::Region).map_or("", |node| node.title.as_str());
    let title = escape(&t!("scene-picture-title", region = region));
    let desc = escape(&t!("scene-picture-desc", boxes = scene.nodes.len(), arrows = scene.arrows.len()));
    let (width, height) = (number(page.width()), number(page.height()));
    let (left, top) = (number(page.left), number(page.top));
    let text = hex(Role::Text, theme);
    let mut svg = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    line(
        &mut svg,
        format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
             width=\"{width}\" height=\"{height}\" viewBox=\"{left} {top} {width} {height}\" role=\"img\" \
             aria-labelledby=\"vpcscape-title vpcscape-desc\" font-family=\"{FONTS}\" font-weight=\"300\" fill=\"{text}\">"
        ),
    );
    line(&mut svg, format_args!("<title id=\"vpcscape-title\">{title}</title>"));
    line(&mut svg, format_args!("<desc id=\"vpcscape-desc\">{desc}</desc>"));
    svg
}

/// The icons that the picture uses, once each.
fn symbols(icons: &BTreeSet<Icon>, theme: Theme) -> String {
    let mut svg = String::from("<defs>\n");
    for icon in icons {
        let drawing = icon.svg(theme);
        let body = drawing.split_once('>').and_then(|(_, rest)| rest.rsplit_once("</svg>"));
        let body = body.map_or("", |(body, _)| body.trim());
        line(
            &mut svg,
            format_args!("<symbol id=\"{}\" viewBox=\"0 0 48 48\">{body}</symbol>", symbol_id(*icon)),
        );
    }
    svg.push_str("</defs>\n");
    svg
}

fn symbol_id(icon: Icon) -> String {
    format!("vpcscape-icon-{}", format!("{icon:?}").to_ascii_lowercase())
}

/// Writes primitives one by one.
struct Pen {
    out: String,
    theme: Theme,
    icons: BTreeSet<Icon>,
}

impl Pen {
    fn group(&mut self, title: &str, primitives: &[Primitive]) {
        self.out.push_str("<g>");
        if !title.is_empty() {
            let title = escape(title);
            line(&mut self.out, format_args!("<title>{title}</title>"));
        }
        for primitive in primitives {
            self.primitive(primitive);
        }
        self.out.push_str("</g>\n");
    }

    fn primitive(&mut self, primitive: &Primitive) {
        match primitive {
            Primitive::Box { rect, radius, fill, line: border, dashed } => {
                self.rect(rect, *radius, *fill, *border, *dashed);
            }
            Primitive::Text { at, align, size, role, text } => self.text(*at, *align, *size, *role, text),
            Primitive::Icon { rect, icon } => {
                self.icons.insert(*icon);
                let (place, id) = (place(rect), symbol_id(*icon));
                line(&mut self.out, format_args!("<use xlink:href=\"#{id}\" {place}/>"));
            }
            Primitive::Line { points, role, width, dashed, head } => {
                self.line(points, *role, *width, *dashed, *head);
            }
        }
    }

    fn rect(
        &mut self,
        rect: &Rect,
        radius: f32,
        fill: Option<Role>,
        border: Option<(Role, f32)>,
        dashed: bool,
    ) {
        let fill = fill.map_or_else(|| "none".to_owned(), |role| hex(role, self.theme));
        let border = border.map_or_else(String::new, |(role, width)| {
            let color = hex(role, self.theme);
            format!(" stroke=\"{color}\" stroke-width=\"{}\"{}", number(width), dashes(dashed))
        });
        let (place, radius) = (place(rect), number(radius));
        line(&mut self.out, format_args!("<rect {place} rx=\"{radius}\" fill=\"{fill}\"{border}/>"));
    }

    fn text(&mut self, at: Point, align: Align, size: f32, role: Role, text: &str) {
        if text.is_empty() {
            return;
        }
        let anchor = match align {
            Align::Left => "start",
            Align::Center => "middle",
            Align::Right => "end",
        };
        // Word and Inkscape ignore `dominant-baseline`, so the baseline is computed: capitals are 0.7 em.
        let (x, y) = (number(at.x), number(at.y + size * 0.35));
        let (size, color, text) = (number(size), hex(role, self.theme), escape(text));
        line(
            &mut self.out,
            format_args!(
                "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" text-anchor=\"{anchor}\" fill=\"{color}\">{text}</text>"
            ),
        );
    }

    fn line(&mut self, points: &[Point], role: Role, width: f32, dashed: bool, head: bool) {
        let color = hex(role, self.theme);
        let (path, dashes) = (coordinates(points), dashes(dashed));
        let stroke = number(width);
        line(
            &mut self.out,
            format_args!(
                "<polyline points=\"{path}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"{stroke}\" \
                 stroke-linejoin=\"round\"{dashes}/>"
            ),
        );
        if let Some(head) = draw::arrow_head(points, width).filter(|_| head) {
            line(
                &mut self.out,
                format_args!("<polygon points=\"{}\" fill=\"{color}\"/>", coordinates(&head)),
            );
        }
    }
}

fn dashes(dashed: bool) -> &'static str {
    if dashed { " stroke-dasharray=\"6 4\"" } else { "" }
}

fn coordinates(points: &[Point]) -> String {
    let pairs: Vec<String> =
        points.iter().map(|point| format!("{},{}", number(point.x), number(point.y))).collect();
    pairs.join(" ")
}

fn place(rect: &Rect) -> String {
    let (x, y) = (number(rect.left), number(rect.top));
    format!("x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{}\"", number(rect.width()), number(rect.height()))
}

/// A coordinate with at most two decimals: short files, and never an exponent or `NaN`.
fn number(value: f32) -> String {
    let rounded = (f64::from(value) * 100.0).round() / 100.0;
    if rounded.is_finite() { format!("{}", rounded + 0.0) } else { "0".to_owned() }
}

fn line(out: &mut String, words: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    if writeln!(out, "{words}").is_err() {
        out.push('\n');
    }
}

/// The text as XML shows it: markup escaped, characters that XML forbids dropped.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\u{FFFE}' | '\u{FFFF}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests;
