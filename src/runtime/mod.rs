//! Carries out effects: files, dialogs, threads, the clock.

pub mod deploying;
pub mod run;
