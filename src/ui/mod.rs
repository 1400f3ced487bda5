//! Everything egui.
