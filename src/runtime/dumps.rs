//! Reads a folder of `describe-*` output: every regular file, within limits, links never followed
//! twice into the same folder.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

use super::files::why;
use crate::{
    interop::describe::{self, DumpFile, Imported},
    session::Target,
    t,
};

/// Reads a folder, or a single file, and makes a document of it: of all VPCs, or of those named.
///
/// # Errors
/// One sentence with the path.
pub fn import(path: &Path, vpcs: &[String]) -> Result<Imported, String> {
    let files = read(path)?;
    let name = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let name = name.file_stem().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    describe::import_vpcs(files, &name, vpcs)
        .map_err(|error| t!("import-failed", path = path.display(), why = error.to_string()))
}

/// Asks an account and makes a document of its region: of all VPCs, or of those named.
///
/// # Errors
/// One sentence: no credentials, no answer, no such VPC.
pub async fn live(target: &Target, vpcs: &[String]) -> Result<Imported, String> {
    match target {
        Target::Simulated => Err(t!("import-not-simulated")),
        Target::Aws { profile, region, endpoint_url } => {
            real(profile.as_deref(), region.as_deref(), endpoint_url.as_deref(), vpcs).await
        }
    }
}

#[cfg(feature = "aws")]
async fn real(
    profile: Option<&str>,
    region: Option<&str>,
    endpoint_url: Option<&str>,
    vpcs: &[String],
) -> Result<Imported, String> {
    let aws = crate::aws::Aws::connect(profile, region, endpoint_url).await;
    let aws = aws.map_err(|error| error.to_string())?;
    let dump = aws.dump().await.map_err(|error| error.message)?;
    let name = match vpcs {
        [one] => one.as_str(),
        _ => aws.region(),
    };
    let failed = |why: String| t!("import-failed", path = aws.region(), why = why);
    let done = describe::import_vpcs(dump.files, name, vpcs);
    let mut imported = done.map_err(|error| failed(error.to_string()))?;
    for (array, why) in dump.refused {
        imported.report.left_out.push(describe::Note { place: array, why: t!("import-refused", why = why) });
    }
    Ok(imported)
}

#[cfg(not(feature = "aws"))]
#[expect(clippy::unused_async, reason = "the form with the SDK waits for the network")]
async fn real(_: Option<&str>, _: Option<&str>, _: Option<&str>, _: &[String]) -> Result<Imported, String> {
    Err(t!("deploy-without-aws"))
}

/// The files of a folder with their paths below it.
fn read(root: &Path) -> Result<Vec<DumpFile>, String> {
    let unreadable =
        |path: &Path, error: &io::Error| t!("file-unreadable", path = path.display(), why = why(error));
    let metadata = fs::metadata(root).map_err(|error| unreadable(root, &error))?;
    if metadata.is_file() {
        let bytes = read_bytes(root).map_err(|error| unreadable(root, &error))?;
        let name = root.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
        return Ok(vec![DumpFile { path: name, bytes }]);
    }
    let mut paths = Vec::new();
    let mut seen = BTreeSet::new();
    walk(root, 0, &mut seen, &mut paths).map_err(|(path, error)| unreadable(&path, &error))?;
    paths.sort();
    if paths.len() > describe::MAX_FILES {
        return Err(t!("import-too-many-files", path = root.display(), limit = describe::MAX_FILES));
    }
    let mut files = Vec::new();
    let mut total = 0;
    for path in paths {
        let bytes = read_bytes(&path).map_err(|error| unreadable(&path, &error))?;
        total += bytes.len();
        if total > describe::MAX_BYTES {
            let limit = describe::MAX_BYTES / (1024 * 1024);
            return Err(t!("import-too-large", path = root.display(), limit = limit));
        }
        files.push(DumpFile { path: below(root, &path), bytes });
    }
    Ok(files)
}

fn below(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

/// Collects the files below a folder. A folder that was seen under another name is not entered again,
/// so that a ring of links ends.
fn walk(
    folder: &Path,
    depth: usize,
    seen: &mut BTreeSet<PathBuf>,
    files: &mut Vec<PathBuf>,
) -> Result<(), (PathBuf, io::Error)> {
    let failed = |error| (folder.to_path_buf(), error);
    let real = folder.canonicalize().map_err(failed)?;
    if depth > describe::MAX_DEPTH || !seen.insert(real) {
        return Ok(());
    }
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| entry.map(|it| it.path())).collect())
        .map_err(failed)?;
    entries.sort();
    for path in entries {
        if files.len() > describe::MAX_FILES {
            return Ok(());
        }
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        // A link that leads nowhere has no metadata; nor has anything else that cannot be read.
        match fs::metadata(&path) {
            Ok(it) if it.is_dir() && !hidden => walk(&path, depth + 1, seen, files)?,
            Ok(it) if it.is_file() && !hidden => files.push(path),
            _ => {}
        }
    }
    Ok(())
}

/// Reads at most one byte more than a file may have.
fn read_bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = describe::MAX_FILE_BYTES as u64 + 1;
    File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
