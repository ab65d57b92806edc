//! The commands that build, try and test Pli.
fn main() {}
