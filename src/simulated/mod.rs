//! A deterministic in-memory EC2.
