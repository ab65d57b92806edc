//! `figures`: what opening, switching rooms, sending and memory cost in the real window, each
//! beside what it is held against, taken in one run. `cargo xtask bench` builds and runs it.

mod opening;
mod sending;
mod switching;

use std::time::Duration;

use anyhow::Result;
use pli_testkit::{desktop::Desk, figures::percentile, synapse::Synapse};

/// Rooms that the store holds, unless an argument says another number.
const ROOMS: usize = 1_000;

#[tokio::main]
async fn main() -> Result<()> {
    let rooms = match std::env::args().nth(1) {
        Some(rooms) => rooms.parse()?,
        None => ROOMS,
    };
    tell(&format!(
        "A server, and a person in {rooms} rooms (some minutes)…"
    ));
    let server = Synapse::start().await?;
    let desk = Desk::new()?;
    let person = opening::settle(&server, &desk, rooms).await?;
    tell("\nfigure                                        median       p95");
    let opened = opening::measure(&desk).await?;
    row("start to first room list", &opened.pli);
    row("start of an empty window, same run", &opened.empty);
    ratio("  ratio of the medians", &opened.pli, &opened.empty);
    let (pli, empty) = (opened.memory_pli, opened.memory_empty);
    tell(&format!(
        "memory (PSS, all processes)                 {pli:>7} MB"
    ));
    tell(&format!(
        "memory of an empty window                   {empty:>7} MB"
    ));
    let window = desk.open().await?;
    let switched = switching::measure(&window).await?;
    row("room switch, to its messages painted", &switched);
    let sent = sending::measure(&server, &person, &window).await?;
    row("Enter here to shown there, two windows", &sent.windows);
    row("the same by bare HTTP, same server", &sent.probe);
    ratio("  ratio of the medians", &sent.windows, &sent.probe);
    window.close().await?;
    Ok(())
}

fn row(name: &str, samples: &[Duration]) {
    let (middle, high) = (percentile(samples, 50), percentile(samples, 95));
    tell(&format!(
        "{name:<42} {:>7} ms {:>7} ms",
        middle.as_millis(),
        high.as_millis()
    ));
}

fn ratio(name: &str, ours: &[Duration], peer: &[Duration]) {
    let peer = percentile(peer, 50).as_secs_f64().max(f64::EPSILON);
    let ratio = percentile(ours, 50).as_secs_f64() / peer;
    tell(&format!("{name:<42} {ratio:>7.2}"));
}

#[allow(clippy::print_stdout, reason = "a program for the terminal")]
fn tell(line: &str) {
    println!("{line}");
}
