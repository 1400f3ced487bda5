//! The real EC2 API.
