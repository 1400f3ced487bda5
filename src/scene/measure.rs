//! How wide a text is, in the font that the canvas and the picture exports use. Everything that is cut
//! to its room or centred relies on these numbers, so that both outputs agree.

use std::sync::LazyLock;

use ttf_parser::Face;

/// The font of the canvas (egui's default) and of the picture exports: Ubuntu Light.
pub const FONT: &[u8] = epaint_default_fonts::UBUNTU_LIGHT;

static FACE: LazyLock<Option<Face<'static>>> = LazyLock::new(|| Face::parse(FONT, 0).ok());

/// Advances of ASCII in ems: nearly all names are ASCII, and a look-up in the font is slow.
static ASCII: LazyLock<Vec<f32>> = LazyLock::new(|| (0..=127u8).map(|c| advance(char::from(c))).collect());

/// What a letter is taken for that the font does not have.
const UNKNOWN_ADVANCE: f32 = 0.6;

fn advance(c: char) -> f32 {
    if is_wide(c) {
        return 1.0;
    }
    if is_zero_width(c) {
        return 0.0;
    }
    let in_font = FACE.as_ref().and_then(|face| {
        let glyph = face.glyph_index(c)?;
        Some(f32::from(face.glyph_hor_advance(glyph)?) / f32::from(face.units_per_em()))
    });
    in_font.unwrap_or(UNKNOWN_ADVANCE)
}

/// Letters that take a full square in every font: Hangul, Kana, Han, full-width forms, emoji
/// (Unicode Standard Annex 11, by blocks).
fn is_wide(c: char) -> bool {
    matches!(u32::from(c),
        0x1100..=0x115F | 0x2E80..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFE30..=0xFE6F
        | 0xFF00..=0xFF60 | 0xFFE0..=0xFFE6 | 0x1_F300..=0x1_FAFF | 0x2_0000..=0x3_FFFD)
}

fn is_zero_width(c: char) -> bool {
    matches!(u32::from(c), 0x0300..=0x036F | 0x200B..=0x200F | 0xFE00..=0xFE0F)
}

fn char_width(c: char) -> f32 {
    let ascii = usize::try_from(u32::from(c)).ok().and_then(|at| ASCII.get(at));
    ascii.copied().unwrap_or_else(|| advance(c))
}

/// Whether the embedded font has the letter (or the letter is not drawn at all).
pub fn is_covered(c: char) -> bool {
    c.is_control() || is_zero_width(c) || FACE.as_ref().is_some_and(|face| face.glyph_index(c).is_some())
}

/// The width of a line of text whose em is `size` world units.
pub fn width(text: &str, size: f32) -> f32 {
    text.chars().map(char_width).sum::<f32>() * size
}

/// The text, or as much of its beginning as fits into `room` with an ellipsis behind it. Empty where
/// not even the ellipsis fits.
pub fn fit(text: &str, size: f32, room: f32) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let ellipsis = '…';
    let mut left = room - char_width(ellipsis) * size;
    if left < 0.0 {
        return String::new();
    }
    let mut cut = String::new();
    for c in text.chars() {
        left -= char_width(c) * size;
        if left < 0.0 {
            break;
        }
        cut.push(c);
    }
    while cut.ends_with([' ', '-', '·']) {
        cut.pop();
    }
    cut.push(ellipsis);
    cut
}

/// The text without control characters and without marks that turn the direction of what follows:
/// names come from files of strangers.
pub fn clean(text: &str) -> String {
    if text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ') {
        return text.to_owned();
    }
    let harmless = |c: &char| !c.is_control() && !matches!(u32::from(*c), 0x202A..=0x202E | 0x2066..=0x2069);
    text.chars().filter(harmless).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_font_gives_the_widths() {
        assert!(FACE.is_some());
        assert!(width("iiii", 10.0) < width("WWWW", 10.0));
        assert!((width("ab", 20.0) - 2.0 * width("ab", 10.0)).abs() < 0.001);
    }

    #[test]
    fn a_cut_text_fits_its_room_and_says_that_it_is_cut() {
        let text = "a-very-long-name-of-a-subnet-that-nobody-reads";
        let cut = fit(text, 13.0, 100.0);
        assert!(cut.ends_with('…'), "{cut}");
        assert!(width(&cut, 13.0) <= 100.0);
        assert_eq!(fit("short", 13.0, 100.0), "short");
        assert_eq!(fit(text, 13.0, 2.0), "");
    }

    #[test]
    fn east_asian_letters_count_as_squares() {
        assert!((width("서울", 10.0) - 20.0).abs() < 0.001);
        assert!(width(&fit("데이터베이스서브넷", 10.0, 50.0), 10.0) <= 50.0);
    }

    #[test]
    fn control_characters_and_direction_overrides_are_dropped() {
        assert_eq!(clean("a\u{0}b\u{202E}c\n"), "abc");
    }
}
