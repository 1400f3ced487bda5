//! What a plan stands on, as one short text: whether drawing or account have changed since.

use std::io::Write;

use crate::{
    deploy::{observed::Observed, stamp::Fingerprint},
    model::Topology,
};

/// A hash of the drawing and of what was observed.
pub(super) fn of(topology: &Topology, destroy: bool, account: &str, observed: &Observed) -> String {
    let mut hash = Fingerprint::default();
    // A hash takes all that is written to it; what could not be written is told apart by the reason.
    if let Err(error) = write(&mut hash, topology, destroy, account, observed) {
        hash.update(error.to_string().as_bytes());
    }
    hash.finish()
}

fn write(
    hash: &mut Fingerprint,
    topology: &Topology,
    destroy: bool,
    account: &str,
    observed: &Observed,
) -> std::io::Result<()> {
    write!(hash, "{destroy}/{account}/{}", topology.region)?;
    for resource in topology.iter() {
        write!(hash, "\n{}\t{}\t{:?}\t", resource.id, resource.name, resource.tags)?;
        serde_json::to_writer(&mut *hash, &resource.kind)?;
    }
    hash.write_all(b"\n")?;
    Ok(serde_json::to_writer(hash, observed)?)
}
