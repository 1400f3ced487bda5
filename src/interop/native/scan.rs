//! Limits that are checked on the bytes, before anything is built from them.

use super::fault::{FileError, MAX_BYTES, MAX_DEPTH, Position};

/// The text of a file that is small, shallow and readable enough to be parsed.
pub(super) fn text(bytes: &[u8]) -> Result<&str, FileError> {
    if bytes.len() > MAX_BYTES {
        return Err(FileError::TooLarge(bytes.len() as u64));
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|error| FileError::NotText(position(bytes, error.valid_up_to())))?;
    // Some editors on Windows put a byte order mark in front.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(FileError::Empty);
    }
    match too_deep(text.as_bytes()) {
        Some(at) => Err(FileError::TooDeep(position(text.as_bytes(), at))),
        None => Ok(text),
    }
}

/// Where the nesting first exceeds the limit. Brackets inside strings do not count.
fn too_deep(bytes: &[u8]) -> Option<usize> {
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'"' => at = behind_string(bytes, at),
            b'{' | b'[' => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Some(at - 1);
                }
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// Where a string ends whose text begins at `at`: most of a file is strings, so they are skipped fast.
fn behind_string(bytes: &[u8], mut at: usize) -> usize {
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        match rest.iter().position(|byte| matches!(byte, b'"' | b'\\')) {
            None => return bytes.len(),
            Some(length) if rest.get(length) == Some(&b'"') => return at + length + 1,
            Some(length) => at += length + 2,
        }
    }
}

fn position(bytes: &[u8], at: usize) -> Position {
    let before = bytes.get(..at).unwrap_or(bytes);
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    Position { line: before.split(|byte| *byte == b'\n').count(), column: before.len() - line_start + 1 }
}
