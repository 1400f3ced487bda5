//! `vpcscape schema`: the JSON Schema of the file format.

use super::output::{self, Failure};
use crate::interop;

#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) fn run(_: Args) -> Result<u8, Failure> {
    output::print(interop::schema::text().as_bytes())?;
    Ok(0)
}
