//! The simulated cloud beside a document: a file, and while a run is under way the list of the calls
//! that changed the cloud since. Writing the whole cloud after each call would cost more with every
//! object; a call is one line. The cloud is deterministic, so that the same calls at the same times
//! bring it back as it was.

use std::{
    fs::{self, File, OpenOptions},
    io::Write,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::keep::{self, Paths, about, unwritable};
use crate::{
    cloud::Call,
    deploy::stamp::fingerprint,
    simulated::{Limits, SimulatedCloud},
    t,
};

/// The format of the first line.
const FORMAT: &str = "vpcscape-simulated-calls/1";

/// The first line: which kept cloud the calls go on from. Of any other they are a part already.
#[derive(Debug, Serialize, Deserialize)]
#[serde(expecting = "an object")]
struct Head {
    format: String,
    base: String,
}

/// One call that changes something, at its time on the virtual clock.
#[derive(Debug, Serialize, Deserialize)]
#[serde(expecting = "an object")]
struct Line {
    at_ms: u64,
    call: Call,
}

/// A new cloud whose ids follow from the region, of an account that had its quotas raised: what a new
/// account may have is the matter of the rules, which warn.
fn new_cloud(region: &str) -> SimulatedCloud {
    SimulatedCloud::new(1, region).with_limits(Limits::plenty())
}

/// The cloud kept beside the document for a region, or a new one whose ids follow from the region.
pub(super) fn open(paths: Option<&Paths>, region: &str) -> Result<SimulatedCloud, String> {
    let Some(paths) = paths else {
        return Ok(new_cloud(region));
    };
    let main = keep::read(&paths.simulated(None))?;
    let in_main = match &main {
        Some(text) => Some(parse(&paths.simulated(None), text)?).filter(|cloud| cloud.region() == region),
        None => Some(new_cloud(region)),
    };
    let (path, text, mut cloud) = if let Some(cloud) = in_main {
        (paths.simulated(None), main, cloud)
    } else {
        let path = paths.simulated(Some(region));
        let text = keep::read(&path)?;
        let cloud = match &text {
            Some(text) => parse(&path, text)?,
            None => new_cloud(region),
        };
        (path, text, cloud)
    };
    let log = log_of(&path);
    if let Some(calls) = keep::read(&log)? {
        go_on(&mut cloud, &calls, &text.unwrap_or_default())
            .map_err(|line| about(&log, &t!("deploy-calls-unreadable", line = line)))?;
    }
    Ok(cloud)
}

fn parse(path: &Path, text: &str) -> Result<SimulatedCloud, String> {
    SimulatedCloud::from_json(text).map_err(|error| about(path, &error.to_string()))
}

/// Where a cloud of this region is kept: the first one has the plain name.
fn path_of(paths: &Paths, region: &str) -> Result<PathBuf, String> {
    let main = paths.simulated(None);
    let other = match keep::read(&main)? {
        Some(text) => parse(&main, &text)?.region() != region,
        None => false,
    };
    Ok(if other { paths.simulated(Some(region)) } else { main })
}

fn log_of(path: &Path) -> PathBuf {
    path.with_extension("calls")
}

/// Makes the calls of a list again; the number of a line that cannot be read where there is one. A
/// last line that a crash cut short is left out: its call was not answered.
fn go_on(cloud: &mut SimulatedCloud, calls: &str, base: &str) -> Result<(), usize> {
    let complete = calls.rfind('\n').and_then(|end| calls.get(..end)).unwrap_or_default();
    let mut lines = complete.lines().enumerate();
    let Some((_, first)) = lines.next() else { return Ok(()) };
    let head: Head = serde_json::from_str(first).map_err(|_| 1usize)?;
    if head.format != FORMAT {
        return Err(1);
    }
    if head.base != fingerprint(base.as_bytes()) {
        return Ok(());
    }
    for (at, line) in lines {
        let line: Line = serde_json::from_str(line).map_err(|_| at + 1)?;
        // A call that was refused then is refused now, and changes nothing.
        cloud.handle(&line.call, line.at_ms).ok();
    }
    Ok(())
}

/// A cloud that is being written down.
#[derive(Debug)]
pub(super) struct KeptCloud {
    path: PathBuf,
    log: File,
}

impl KeptCloud {
    /// Writes the cloud down and begins the list of the calls that follow.
    pub fn begin(paths: &Paths, cloud: &SimulatedCloud) -> Result<Self, String> {
        let path = path_of(paths, cloud.region())?;
        let text = cloud.to_json().map_err(|error| error.to_string())?;
        keep::write(&path, &text)?;
        let head = Head { format: FORMAT.to_owned(), base: fingerprint(text.as_bytes()) };
        let log_path = log_of(&path);
        let head = serde_json::to_string(&head).map_err(|error| error.to_string())?;
        keep::write(&log_path, &(head + "\n"))?;
        let log = OpenOptions::new().append(true).open(&log_path);
        let log = log.map_err(|error| unwritable(&log_path, &error))?;
        Ok(Self { path, log })
    }

    /// Notes a call that changes something. A crash of the machine may lose it, a crash of the
    /// program cannot.
    pub fn note(&mut self, call: &Call, at_ms: u64) -> Result<(), String> {
        let line = Line { at_ms, call: call.clone() };
        let mut text = serde_json::to_string(&line).map_err(|error| error.to_string())?;
        text.push('\n');
        self.log.write_all(text.as_bytes()).map_err(|error| unwritable(&log_of(&self.path), &error))
    }

    /// Writes the whole cloud down; the list has served.
    pub fn end(self, cloud: &SimulatedCloud) -> Result<(), String> {
        let text = cloud.to_json().map_err(|error| error.to_string())?;
        keep::write(&self.path, &text)?;
        let log = log_of(&self.path);
        fs::remove_file(&log).map_err(|error| unwritable(&log, &error))
    }
}
