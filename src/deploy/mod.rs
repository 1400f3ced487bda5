//! From a topology to a plan, and from a plan to calls: sans-IO.
