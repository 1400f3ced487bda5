//! The packet walk.
