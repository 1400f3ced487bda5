//! The window. Everything in here reads `&Session` and pushes [`Intent`](crate::session::Intent)s;
//! [`App`] hands these to the session once a frame, so no widget can change the document.
//!
//! One file per form (`inspector`), per dialog (`dialogs`) and per panel; what the user can do by
//! menu, toolbar, key and palette is one table (`command`); what it looks like is one place (`theme`).

pub mod app;
pub mod canvas;
pub mod command;
pub mod deploy;
pub mod dialogs;
pub mod icons;
pub mod inspector;
pub mod layout;
pub mod log;
pub mod matrix;
pub mod menu;
pub mod outline;
pub mod palette;
pub mod problems;
pub mod route_map;
pub mod state;
pub mod status;
pub mod theme;
pub mod toasts;
pub mod toolbar;
pub mod trace;
pub mod widgets;

#[cfg(test)]
mod tests;

pub use app::App;
pub use state::ViewState;
