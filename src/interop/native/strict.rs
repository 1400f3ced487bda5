//! JSON into a tree, refusing keys that stand twice and files with too many resources.

use std::{cell::RefCell, fmt};

use serde::{
    Deserializer,
    de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Value, error::Category};

use super::fault::{FileError, MAX_RESOURCES, Position};

/// What the parser cannot say with its own errors.
enum Found {
    Duplicate(String),
    TooMany,
}

struct State {
    /// The keys from the top to where the parser is; list items are `[n]`.
    path: Vec<String>,
    found: Option<Found>,
}

/// Parses a whole text; a later key never overwrites an earlier one in silence.
pub(super) fn parse(text: &str) -> Result<Value, FileError> {
    let state = RefCell::new(State { path: Vec::new(), found: None });
    let mut parser = serde_json::Deserializer::from_str(text);
    let parsed = Seed(&state).deserialize(&mut parser).and_then(|value| parser.end().map(|()| value));
    parsed.map_err(|error| {
        let at = Position { line: error.line(), column: error.column() };
        match (state.into_inner().found, error.classify()) {
            (Some(Found::Duplicate(place)), _) => FileError::Duplicate(at, place),
            (Some(Found::TooMany), _) => FileError::TooMany(at),
            (None, Category::Eof) => FileError::Truncated(at),
            (None, _) => FileError::NotJson(at, without_position(&error.to_string())),
        }
    })
}

/// The parser's message without its ` at line 3 column 4`, which is said apart.
fn without_position(message: &str) -> String {
    message.rsplit_once(" at line ").map_or(message, |(text, _)| text).to_owned()
}

struct Seed<'a>(&'a RefCell<State>);

impl Seed<'_> {
    fn enter<T>(&self, segment: String, inside: impl FnOnce(Seed<'_>) -> T) -> T {
        self.0.borrow_mut().path.push(segment);
        let value = inside(Seed(self.0));
        self.0.borrow_mut().path.pop();
        value
    }

    fn stop<E: Error>(&self, found: Found) -> E {
        self.0.borrow_mut().found = Some(found);
        E::custom("refused")
    }

    fn is_at_resources(&self) -> bool {
        matches!(self.0.borrow().path.as_slice(), [only] if only == "resources")
    }

    fn place(&self, key: &str) -> String {
        let state = self.0.borrow();
        let mut place = String::new();
        for segment in state.path.iter().map(String::as_str).chain([key]) {
            if !place.is_empty() && !segment.starts_with('[') {
                place.push('.');
            }
            place.push_str(segment);
        }
        place
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
            let at = format!("[{}]", list.len());
            match self.enter(at, |seed| items.next_element_seed(seed))? {
                Some(value) => list.push(value),
                None => return Ok(Value::Array(list)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        let counted = self.is_at_resources();
        while let Some(key) = entries.next_key::<String>()? {
            if map.contains_key(&key) {
                return Err(self.stop(Found::Duplicate(self.place(&key))));
            }
            if counted && map.len() >= MAX_RESOURCES {
                return Err(self.stop(Found::TooMany));
            }
            let value = self.enter(key.clone(), |seed| entries.next_value_seed(seed))?;
            map.insert(key, value);
        }
        Ok(Value::Object(map))
    }
}
