//! Pli.
fn main() {}
