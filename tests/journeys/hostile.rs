//! What a hostile server, or a hostile member of a room, may try. Each scenario has its number,
//! and its line in `docs/security.md`.

#![allow(
    clippy::indexing_slicing,
    reason = "a scenario that errs in its own JSON fails"
)]
#![allow(
    clippy::print_stdout,
    reason = "what each took is told with --nocapture"
)]

mod calm;
mod device;
mod events;
mod forged;
mod forgeries;
mod keys;
mod memory;
mod stage;
mod transport;
mod words;

/// How large the largest attacks are, in members of a room: fewer unless asked for.
fn size() -> usize {
    let asked = std::env::var("PLI_CRASH_MEMBERS").ok();
    asked.and_then(|asked| asked.parse().ok()).unwrap_or(5_000)
}
