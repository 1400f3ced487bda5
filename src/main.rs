//! The program: parse, log, wire, run.

fn main() {}
