//! A system font for names in scripts that the built-in fonts do not have.
//!
//! Looking through the system's fonts takes a while and reads many files, so it happens once, in the
//! background, and only when a text on the screen needs it.

use std::{
    sync::mpsc::{Receiver, TryRecvError, sync_channel},
    thread,
};

use eframe::egui::{
    self, FontData, FontFamily,
    epaint::text::{FontInsert, FontPriority, InsertFontFamily},
};
use fontdb::{Database, Family, Query};

use crate::model::Document;

/// Families that cover Chinese, Japanese and Korean, best first. Names as the makers give them.
pub const CJK_FAMILIES: &[&str] = &[
    "Noto Sans CJK KR",
    "Noto Sans CJK JP",
    "Noto Sans CJK SC",
    "Noto Sans KR",
    "Noto Sans JP",
    "Noto Sans SC",
    "Source Han Sans",
    "Source Han Sans K",
    "NanumGothic",
    "Malgun Gothic",
    "Apple SD Gothic Neo",
    "Hiragino Sans",
    "Hiragino Kaku Gothic ProN",
    "PingFang SC",
    "Yu Gothic",
    "Meiryo",
    "Microsoft YaHei",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Droid Sans Fallback",
    "Unifont",
];

/// A font file in memory and the face to use in it.
#[derive(Debug)]
struct Found {
    family: String,
    bytes: Vec<u8>,
    face: u32,
}

#[derive(Debug, Default)]
enum Search {
    /// No text has needed one yet.
    #[default]
    NotNeeded,
    /// The background thread is at work.
    Looking(Receiver<Option<Found>>),
    /// It is over; `None` when the system has no such font.
    Over(Option<String>),
}

/// Looks for a font when a text needs it.
#[derive(Debug, Default)]
pub struct FontLoader {
    search: Search,
    looked_at: Option<u64>,
}

impl FontLoader {
    /// Called every frame with the document and its revision: starts the search when a name needs
    /// it, and gives egui what was found. Costs nothing while the document stays the same.
    pub fn tend(&mut self, ctx: &egui::Context, document: &Document, revision: u64) {
        match &self.search {
            Search::NotNeeded if self.looked_at != Some(revision) => {
                self.looked_at = Some(revision);
                if texts(document).any(|text| text.chars().any(needs_fallback)) {
                    self.start(ctx.clone());
                }
            }
            Search::Looking(answer) => match answer.try_recv() {
                Ok(found) => self.finish(ctx, found),
                Err(TryRecvError::Disconnected) => self.finish(ctx, None),
                Err(TryRecvError::Empty) => {}
            },
            Search::NotNeeded | Search::Over(_) => {}
        }
    }

    /// The family that was found, if any.
    pub fn family(&self) -> Option<&str> {
        match &self.search {
            Search::Over(family) => family.as_deref(),
            _ => None,
        }
    }

    fn start(&mut self, ctx: egui::Context) {
        let (send, receive) = sync_channel(1);
        thread::spawn(move || {
            let mut database = Database::new();
            database.load_system_fonts();
            if send.send(find(&database)).is_ok() {
                ctx.request_repaint();
            }
        });
        self.search = Search::Looking(receive);
    }

    fn finish(&mut self, ctx: &egui::Context, found: Option<Found>) {
        let Some(found) = found else {
            tracing::warn!(
                "no system font for Chinese, Japanese and Korean names was found; they show as boxes"
            );
            self.search = Search::Over(None);
            return;
        };
        let mut data = FontData::from_owned(found.bytes);
        data.index = found.face;
        let last = |family| InsertFontFamily { family, priority: FontPriority::Lowest };
        let families = vec![last(FontFamily::Proportional), last(FontFamily::Monospace)];
        ctx.add_font(FontInsert { name: found.family.clone(), data, families });
        self.search = Search::Over(Some(found.family));
    }
}

/// The face of the best family that the database has.
pub fn choose(database: &Database) -> Option<(fontdb::ID, &'static str)> {
    CJK_FAMILIES.iter().find_map(|name| {
        let query = Query { families: &[Family::Name(name)], ..Query::default() };
        database.query(&query).map(|id| (id, *name))
    })
}

fn find(database: &Database) -> Option<Found> {
    let (id, family) = choose(database)?;
    database.with_face_data(id, |bytes, face| Found {
        family: family.to_owned(),
        bytes: bytes.to_vec(),
        face,
    })
}

fn texts(document: &Document) -> impl Iterator<Item = &str> {
    let names = document.topology.iter().flat_map(|resource| {
        let tags = resource.tags.iter().flat_map(|(key, value)| [key.as_str(), value.as_str()]);
        std::iter::once(resource.name.as_str()).chain(tags)
    });
    std::iter::once(document.name.as_str()).chain(names)
}

/// Whether a letter is of a script that the built-in fonts lack and the families above have:
/// Hangul, kana, bopomofo and Han with their punctuation and full-width forms.
pub fn needs_fallback(letter: char) -> bool {
    matches!(u32::from(letter),
        0x1100..=0x11ff | 0x2e80..=0x303f | 0x3040..=0x31ff | 0x3200..=0x9fff | 0xa960..=0xa97f
        | 0xac00..=0xd7ff | 0xf900..=0xfaff | 0xff00..=0xffef | 0x2_0000..=0x3_ffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_in_other_scripts_need_a_system_font() {
        assert!("운영망 東京 サブネット".chars().filter(|c| *c != ' ').all(needs_fallback));
        assert!(!"subnet-äöü-Ωжя → ×".chars().any(needs_fallback));
    }

    #[test]
    fn a_system_without_such_a_font_is_no_error() {
        assert!(choose(&Database::new()).is_none());
    }

    #[test]
    fn nothing_is_searched_for_an_ascii_document() {
        let mut loader = FontLoader::default();
        loader.tend(&egui::Context::default(), &Document::new("plain", "us-east-1"), 1);
        assert!(matches!(loader.search, Search::NotNeeded));
    }
}
