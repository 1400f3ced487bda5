//! Carries out effects: files, dialogs, threads, the clock.

pub mod deploying;
pub mod dialogs;
pub mod dumps;
pub mod export;
pub mod files;
pub mod folders;
mod jobs;
pub mod mailbox;
pub mod outside;
pub mod recovery;
pub mod run;
pub mod window;
