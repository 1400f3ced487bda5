//! The simulated account as a file: what one run leaves for the next.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::state::SimulatedCloud;
use crate::t;

/// Why a kept cloud cannot be read, as one sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct FileError(String);

const FORMAT: &str = "vpcscape-simulated";
const VERSION: u64 = 1;

/// The kept form: a name and version around the cloud.
#[derive(Serialize, Deserialize)]
#[serde(expecting = "an object with a format and a cloud")]
struct Kept<C> {
    format: String,
    cloud: C,
}

impl SimulatedCloud {
    /// The whole cloud as JSON, one trailing newline; [`Self::from_json`] reads it back.
    ///
    /// The private keys of key pairs are not part of it: a cloud does not keep them either.
    pub fn to_json(&self) -> Result<String, FileError> {
        let kept = Kept { format: format!("{FORMAT}/{VERSION}"), cloud: self };
        serde_json::to_string_pretty(&kept)
            .map(|text| text + "\n")
            .map_err(|error| unreadable(&error.to_string()))
    }

    /// Reads what [`Self::to_json`] wrote.
    pub fn from_json(text: &str) -> Result<Self, FileError> {
        let kept: Kept<Value> = serde_json::from_str(text).map_err(|error| misplaced(&error))?;
        let version = kept.format.strip_prefix(FORMAT).and_then(|rest| rest.strip_prefix('/'));
        match version.and_then(|version| version.parse::<u64>().ok()) {
            Some(VERSION) => {}
            Some(newer) if newer > VERSION => {
                return Err(FileError(t!("cloud-simulated-newer", version = newer)));
            }
            _ => return Err(unreadable(&kept.format)),
        }
        // Reading from the text again, not from the value, keeps the line and column in the message.
        serde_json::from_str::<Kept<Self>>(text).map(|kept| kept.cloud).map_err(|error| misplaced(&error))
    }
}

/// The place says where to look; what a reader of JSON says besides names types of this program.
fn misplaced(error: &serde_json::Error) -> FileError {
    unreadable(&t!("cloud-simulated-place", line = error.line(), column = error.column()))
}

fn unreadable(why: &str) -> FileError {
    FileError(t!("cloud-simulated-unreadable", why = why))
}
