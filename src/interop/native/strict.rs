//! JSON into a tree, refusing keys that stand twice and files with too many resources.

use std::{cell::RefCell, fmt};

use serde::{
    Deserializer,
    de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Value, error::Category, map::Entry};

use super::fault::{FileError, MAX_RESOURCES, Position};

/// What the parser cannot say with its own errors.
enum Found {
    /// A key stands twice; the path to it from its end, a segment for each level that was left since.
    Duplicate(Vec<String>),
    TooMany,
}

/// How far from the top a value stands, as far as that matters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Top,
    Resources,
    Below,
}

/// Parses a whole text; a later key never overwrites an earlier one in silence.
pub(super) fn parse(text: &str) -> Result<Value, FileError> {
    let found = RefCell::new(None);
    let mut parser = serde_json::Deserializer::from_str(text);
    let seed = Seed { found: &found, level: Level::Top };
    let parsed = seed.deserialize(&mut parser).and_then(|value| parser.end().map(|()| value));
    parsed.map_err(|error| {
        let at = Position { line: error.line(), column: error.column() };
        match (found.into_inner(), error.classify()) {
            (Some(Found::Duplicate(path)), _) => FileError::Duplicate(at, place(&path)),
            (Some(Found::TooMany), _) => FileError::TooMany(at),
            (None, Category::Eof) => FileError::Truncated(at),
            (None, _) => FileError::NotJson(at, without_position(&error.to_string())),
        }
    })
}

fn place(path: &[String]) -> String {
    let mut place = String::new();
    for segment in path.iter().rev() {
        if !place.is_empty() && !segment.starts_with('[') {
            place.push('.');
        }
        place.push_str(segment);
    }
    place
}

/// The parser's message without its ` at line 3 column 4`, which is said apart.
fn without_position(message: &str) -> String {
    message.rsplit_once(" at line ").map_or(message, |(text, _)| text).to_owned()
}

#[derive(Clone, Copy)]
struct Seed<'a> {
    found: &'a RefCell<Option<Found>>,
    level: Level,
}

impl Seed<'_> {
    fn below(self) -> Self {
        Self { level: Level::Below, ..self }
    }

    /// The seed of the value behind a key.
    fn under(self, key: &str) -> Self {
        let level =
            if self.level == Level::Top && key == "resources" { Level::Resources } else { Level::Below };
        Self { level, ..self }
    }

    fn stop<E: Error>(self, found: Found) -> E {
        *self.found.borrow_mut() = Some(found);
        E::custom("refused")
    }

    /// Passes a failure on, with the segment of the path at which it left. Only a failure pays for
    /// the path.
    fn left<E>(self, error: E, segment: impl FnOnce() -> String) -> E {
        if let Some(Found::Duplicate(path)) = self.found.borrow_mut().as_mut() {
            path.push(segment());
        }
        error
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        loop {
            let item = items.next_element_seed(self.below());
            match item.map_err(|error| self.left(error, || format!("[{}]", list.len())))? {
                Some(value) => list.push(value),
                None => return Ok(Value::Array(list)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            let is_full = self.level == Level::Resources && map.len() >= MAX_RESOURCES;
            let slot = match map.entry(key) {
                Entry::Occupied(slot) => return Err(self.stop(Found::Duplicate(vec![slot.key().clone()]))),
                Entry::Vacant(_) if is_full => return Err(self.stop(Found::TooMany)),
                Entry::Vacant(slot) => slot,
            };
            let value = entries.next_value_seed(self.under(slot.key()));
            let value = value.map_err(|error| self.left(error, || slot.key().clone()))?;
            slot.insert(value);
        }
        Ok(Value::Object(map))
    }
}
