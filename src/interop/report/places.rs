//! Where in the text of a file the resources and fields stand that findings speak of.

use std::collections::{BTreeMap, BTreeSet};

use crate::problem::Subject;

/// Bytes from and to.
type Span = (usize, usize);

/// A place in a file's text. Lines and columns are counted from one, columns in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place<'a> {
    /// The line.
    pub line: usize,
    /// The column of the first character.
    pub column: usize,
    /// The column behind the last character; the same line.
    pub end: usize,
    /// The whole line.
    pub source: &'a str,
}

/// The places of what some subjects name, found in one pass.
#[derive(Debug)]
pub(super) struct Places<'a> {
    text: &'a str,
    /// By path: `subnet-a`, `subnet-a.cidr_block`.
    spans: BTreeMap<String, Span>,
    /// The byte at which each line begins.
    lines: Vec<usize>,
}

impl<'a> Places<'a> {
    /// Looks through a file that was read without complaint.
    pub fn of<'s>(text: &'a str, subjects: impl Iterator<Item = &'s Subject>) -> Self {
        let wanted = subjects.map(|it| it.id.as_str()).collect();
        let mut walk = Walk { bytes: text.as_bytes(), at: 0, wanted, spans: BTreeMap::new() };
        walk.file();
        let starts = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { text, spans: walk.spans, lines: std::iter::once(0).chain(starts).collect() }
    }

    /// The place of a subject: of its field, of what encloses a field that is not written down, or of the
    /// resource.
    pub fn get(&self, subject: &Subject) -> Option<Place<'a>> {
        let mut path = super::place(subject);
        loop {
            if let Some(span) = self.spans.get(&path) {
                return self.place(*span);
            }
            // The last step is cut: ids hold dots too, but none is shorter than the id.
            let cut = path.rfind(['.', '[']).filter(|at| *at >= subject.id.as_str().len())?;
            path.truncate(cut);
        }
    }

    fn place(&self, (from, to): Span) -> Option<Place<'a>> {
        let line = self.lines.partition_point(|start| *start <= from);
        let start = *self.lines.get(line.checked_sub(1)?)?;
        let source = self.text.get(start..)?.split('\n').next()?.trim_end_matches('\r');
        let count = |until: usize| {
            source.get(..until.saturating_sub(start).min(source.len())).map_or(0, |it| it.chars().count())
        };
        Some(Place { line, column: count(from) + 1, end: count(to) + 1, source })
    }
}

/// A walk over JSON that is known to be sound.
struct Walk<'a, 's> {
    bytes: &'a [u8],
    at: usize,
    /// The resources that are of interest.
    wanted: BTreeSet<&'s str>,
    spans: BTreeMap<String, Span>,
}

impl Walk<'_, '_> {
    /// The top of the file: only `resources` matters.
    fn file(&mut self) {
        self.object(&mut |walk, key, _| {
            if key == "resources" {
                walk.space();
                walk.object(&mut |walk, id, span| {
                    if walk.wanted.contains(id) {
                        walk.spans.insert(id.to_owned(), span);
                        walk.value(Some(id.to_owned()));
                    } else {
                        walk.value(None);
                    }
                });
            } else {
                walk.value(None);
            }
        });
    }

    /// One value; its members are written down where a path is given.
    fn value(&mut self, path: Option<String>) {
        self.space();
        match self.peek() {
            Some(b'{') => self.object(&mut |walk, key, span| {
                let inner = path.as_ref().map(|path| format!("{path}.{key}"));
                walk.member(inner, span);
            }),
            Some(b'[') => self.list(path.as_deref()),
            Some(b'"') => {
                self.string();
            }
            _ => {
                while self.peek().is_some_and(|it| !b",]} \t\r\n".contains(&it)) {
                    self.at += 1;
                }
            }
        }
    }

    /// A value of a key: its place is the key with the value, as far as that is one line.
    fn member(&mut self, path: Option<String>, key: Span) {
        self.space();
        let is_plain = !matches!(self.peek(), Some(b'{' | b'['));
        self.value(path.clone());
        if let Some(path) = path {
            self.spans.insert(path, (key.0, if is_plain { self.at } else { key.1 }));
        }
    }

    fn list(&mut self, path: Option<&str>) {
        self.at += 1;
        let mut index = 0;
        loop {
            self.space();
            match self.peek() {
                None => return,
                Some(b']') => {
                    self.at += 1;
                    return;
                }
                Some(b',') => self.at += 1,
                Some(_) => {
                    let (start, inner) = (self.at, path.map(|path| format!("{path}[{index}]")));
                    self.value(inner.clone());
                    if let Some(inner) = inner {
                        self.spans.insert(inner, (start, self.at));
                    }
                    index += 1;
                }
            }
        }
    }

    /// An object; `each` takes a key and its place, and must walk over the value.
    fn object(&mut self, each: &mut dyn FnMut(&mut Self, &str, Span)) {
        self.space();
        if self.peek() != Some(b'{') {
            return self.value(None);
        }
        self.at += 1;
        loop {
            self.space();
            match self.peek() {
                Some(b'"') => {
                    let start = self.at;
                    let bytes = self.bytes;
                    let (from, to) = self.string();
                    let key = bytes.get(from..to).and_then(|it| std::str::from_utf8(it).ok());
                    let span = (start, self.at);
                    self.space();
                    // The colon.
                    self.at += 1;
                    each(self, key.unwrap_or_default(), span);
                }
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return;
                }
                _ => return,
            }
        }
    }

    /// Walks over a string; where its letters begin and end.
    fn string(&mut self) -> Span {
        self.at += 1;
        let from = self.at;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => break,
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        let to = self.at.min(self.bytes.len());
        self.at = to + 1;
        (from, to)
    }

    fn space(&mut self) {
        // A byte order mark counts as space: EF BB BF.
        while self.peek().is_some_and(|it| it.is_ascii_whitespace() || [0xEF, 0xBB, 0xBF].contains(&it)) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Field, ResourceId};

    const FILE: &str = r#"{
  "name": "a \"resources\": {",
  "resources": {
    "rtb.a": {
      "kind": "route_table",
      "name": "Täfelchen", "main": true,
      "routes": [
        { "destination": "10.0.0.0/8", "gateway_id": "igw-a" },
        { "destination": "0.0.0.0/0" }
      ]
    }
  }
}"#;

    fn at(field: Option<Field>) -> (usize, String) {
        let subject = Subject { id: ResourceId::new("rtb.a").unwrap(), field };
        let place = Places::of(FILE, std::iter::once(&subject)).get(&subject).unwrap();
        let marked = place.source.chars().skip(place.column - 1).take(place.end - place.column);
        (place.line, marked.collect())
    }

    #[test]
    fn a_field_is_its_key_and_value_and_a_list_its_key() {
        assert_eq!(at(None), (4, r#""rtb.a""#.to_owned()));
        assert_eq!(at(Some(Field::new("main"))), (6, r#""main": true"#.to_owned()));
        assert_eq!(at(Some(Field::new("routes"))), (7, r#""routes""#.to_owned()));
        let target = Field::item("routes", 0, "gateway_id");
        assert_eq!(at(Some(target)), (8, r#""gateway_id": "igw-a""#.to_owned()));
        assert_eq!(
            at(Some(Field::item("routes", 1, ""))),
            (9, r#"{ "destination": "0.0.0.0/0" }"#.to_owned())
        );
    }

    #[test]
    fn what_is_not_written_down_is_shown_where_it_would_stand() {
        let target = Field::item("routes", 1, "nat_gateway_id");
        assert_eq!(at(Some(target)).0, 9);
        assert_eq!(at(Some(Field::new("propagating_vgws"))), (4, r#""rtb.a""#.to_owned()));
    }

    #[test]
    fn a_text_of_another_kind_has_no_places() {
        let subject = Subject { id: ResourceId::new("rtb.a").unwrap(), field: None };
        for text in ["", "[]", "{", "{\"resources\": 3}"] {
            assert_eq!(Places::of(text, std::iter::once(&subject)).get(&subject), None, "{text}");
        }
    }
}
