//! Files of `aws ec2 describe-*` output into a document.
//!
//! Nothing here opens a file. Reading goes through fixed stages: JSON into one store of records by
//! array and id, where the views of several accounts are merged (`store`); one file per kind turns
//! records into resources; what AWS always has but the files do not show is added (`implicit`); and
//! references that lead nowhere are cut (`dangling`). Every stage writes down what it left out.

mod addresses;
mod balancers;
mod context;
mod dangling;
mod endpoints;
mod extras;
mod gateways;
mod implicit;
mod instances;
mod interfaces;
mod lists;
mod network_acls;
mod node;
mod others;
mod peering;
mod report;
mod routes;
mod scope;
mod security_groups;
mod store;
mod transit;
mod transit_tables;
mod vpcs;

#[cfg(test)]
mod tests;

pub use report::{Note, Report};

use crate::{model::Document, t};
use context::Import;
use store::Store;

/// The largest single file that is read, in bytes.
pub const MAX_FILE_BYTES: usize = 64 * 1024 * 1024;
/// The most bytes that are read of one folder.
pub const MAX_BYTES: usize = 512 * 1024 * 1024;
/// The most files that are read of one folder.
pub const MAX_FILES: usize = 20_000;
/// How deep folders may be nested.
pub const MAX_DEPTH: usize = 12;

/// A file of a dump.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DumpFile {
    /// Its path below the folder that was named, with `/` between the parts: `us-east-1/Vpcs.json`.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// What came out.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// The network, without any placement: the layout makes a tidy picture of it.
    pub document: Document,
    /// What was imported, left out and assumed.
    pub report: Report,
}

/// Why nothing was imported: one sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ImportError(pub String);

/// Makes a document of the files of a folder.
///
/// # Errors
/// A file that is no JSON, with the place in it; or no resource in all the files, with where it looked.
pub fn import(files: Vec<DumpFile>, name: &str) -> Result<Imported, ImportError> {
    import_vpcs(files, name, &[])
}

/// The same for some VPCs only, by their ids, with all that they need; for all where none is named.
///
/// # Errors
/// As [`import`], or a VPC is not there.
pub fn import_vpcs(files: Vec<DumpFile>, name: &str, vpcs: &[String]) -> Result<Imported, ImportError> {
    let looked = files.len();
    let mut report = Report::default();
    let mut store = Store::read(files, &mut report)?;
    if !vpcs.is_empty() && !store.is_empty() {
        scope::keep(&mut store, vpcs)?;
    }
    if store.is_empty() {
        return Err(ImportError(t!("import-nothing", files = looked, arrays = report.arrays_seen())));
    }
    let mut import = Import::new(&store, report);
    lists::dhcp_options(&mut import);
    vpcs::vpcs(&mut import);
    vpcs::subnets(&mut import);
    lists::prefix_lists(&mut import);
    network_acls::read(&mut import);
    security_groups::read(&mut import);
    gateways::internet(&mut import);
    gateways::egress_only(&mut import);
    gateways::virtual_private(&mut import);
    instances::key_pairs(&mut import);
    instances::read(&mut import);
    addresses::read(&mut import);
    gateways::nat(&mut import);
    endpoints::read(&mut import);
    endpoints::instance_connect(&mut import);
    peering::read(&mut import);
    transit::gateways(&mut import);
    transit::vpc_attachments(&mut import);
    transit::peering_attachments(&mut import);
    gateways::vpn_connections(&mut import);
    transit_tables::read(&mut import);
    balancers::target_groups(&mut import);
    balancers::read(&mut import);
    interfaces::read(&mut import);
    addresses::of_interfaces(&mut import);
    routes::read(&mut import);
    extras::flow_logs(&mut import);
    extras::block_public_access(&mut import);
    others::read(&mut import);
    if !vpcs.is_empty() {
        scope::prune(&mut import);
    }
    // What is cut may have been a default one, and what is added names nothing that is not there.
    dangling::cut(&mut import);
    implicit::add(&mut import);
    let (document, report) = import.finish(name);
    if document.topology.resources.is_empty() {
        return Err(ImportError(t!("import-nothing", files = looked, arrays = report.arrays_seen())));
    }
    Ok(Imported { document, report })
}
