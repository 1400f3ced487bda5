//! The program: parse, log, wire, run.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(vpcscape::cli::run(std::env::args_os()))
}
