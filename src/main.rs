//! The program: parse, log, wire, run.

use std::process::ExitCode;

use vpcscape::{
    cli::{self, Outcome},
    runtime::window,
};

/// The system's allocator of Linux gives egui's large buffers back after every frame and faults them
/// in again at the next one, which is most of a frame's cost.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .with_writer(std::io::stderr)
        .init();
    match cli::run(std::env::args_os()) {
        Outcome::Exit(code) => ExitCode::from(code),
        Outcome::Editor(editor) => match window::run(editor.file, editor.renderer) {
            Ok(()) => ExitCode::SUCCESS,
            Err(sentence) => {
                cli::Failure(sentence).print();
                ExitCode::from(cli::UNUSABLE)
            }
        },
    }
}
