//! Tests of the import, on small dumps of their own.

mod hostile;
mod kinds;
mod merging;
mod shapes;
mod walks;

use serde_json::{Value, json};

use super::*;
use crate::{
    interop::native,
    model::{ResourceId, ResourceKind},
};

/// A file of a dump that holds one array.
fn file(path: &str, content: Value) -> DumpFile {
    DumpFile { path: path.to_owned(), bytes: content.to_string().into_bytes() }
}

/// Imports, and holds every document to what all must keep: it loads again and is well-formed.
fn imported(files: Vec<DumpFile>) -> Imported {
    let done = import(files, "dump").unwrap();
    assert_eq!(done.document.check_invariants(), Vec::<String>::new());
    let text = native::write(&done.document).unwrap();
    assert_eq!(native::read(text.as_bytes()).unwrap(), done.document);
    done
}

fn kind<'a>(done: &'a Imported, id: &str) -> &'a ResourceKind {
    let id = ResourceId::new(id).unwrap();
    done.document.topology.kind(&id).unwrap_or_else(|| panic!("no {id}"))
}

fn absent(done: &Imported, id: &str) -> bool {
    done.document.topology.get(&ResourceId::new(id).unwrap()).is_none()
}

/// A VPC with one subnet, in one file each.
fn small() -> Vec<DumpFile> {
    vec![
        file(
            "vpcs.json",
            json!({ "Vpcs": [{ "VpcId": "vpc-1", "CidrBlock": "10.20.0.0/16", "OwnerId": "111122223333" }] }),
        ),
        file(
            "subnets.json",
            json!({ "Subnets": [{ "SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.20.1.0/24", "AvailabilityZone": "eu-west-3b" }] }),
        ),
    ]
}

fn small_with(more: Value) -> Imported {
    let mut files = small();
    files.push(file("more.json", more));
    imported(files)
}
