//! pli-store, the SDK's encrypted SQLite stores and its memory stores, side by side.
//!
//! `cargo xtask bench store` runs it. All take turns in one run, so that what disturbs the machine
//! disturbs all; what counts is the ratios. Each run begins with stores just opened.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a program for the terminal that is to stop at the first fault"
)]

mod clock;
mod contenders;
mod content;
mod disk;
mod floor;
mod megolm;
mod memory;
mod reopen;
mod stats;
mod sync;
mod syncs;
mod table;
mod work;
mod works;

use std::{env, path::Path};

use contenders::Contender;
use stats::{estimate, median};
use sync::Volume;
use table::{Goal, Row, interval, milliseconds, of_work};
use work::{Rounds, Work, take_turns};
use works::{
    decrypt::Decrypt, events::Events, reads::Reads, rooms::Rooms, send::Send, sync::Persist,
};

/// What was asked for.
struct Asked {
    rounds: usize,
    /// A tenth of everything, to try the program.
    quick: bool,
    only: Vec<String>,
}

impl Asked {
    fn size(&self, whole: usize) -> usize {
        if self.quick { whole / 10 } else { whole }
    }

    fn wants(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| name.starts_with(only))
    }

    fn works(&self) -> Vec<(Box<dyn Work>, Goal)> {
        let volume = Volume::MEGABYTE;
        let works: Vec<(Box<dyn Work>, Goal)> = vec![
            (Box::new(Decrypt::new(self.size(10_000))), Goal::Ratio(0.40)),
            (
                Box::new(Rooms {
                    count: self.size(20_000),
                }),
                Goal::Ratio(0.40),
            ),
            (Box::new(Persist { volume }), Goal::Ratio(0.5)),
            (Box::new(Send), Goal::Ratio(0.8)),
            (Box::new(Events::new(self.size(10_000))), Goal::Ratio(0.5)),
            (Box::new(Reads { volume }), Goal::Ratio(1.0)),
        ];
        works
    }
}

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let mut asked = Asked {
        rounds: 15,
        quick: arguments.iter().any(|argument| argument == "--quick"),
        only: Vec::new(),
    };
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        [memory::BUILD, events, directory] => {
            return memory::build(Path::new(directory), number(events)).await;
        }
        [memory::USE, events, directory] => {
            return memory::use_it(Path::new(directory), number(events)).await;
        }
        [syncs::COUNT, name, contender, ..] => {
            let works = asked.works();
            let mut works = works.iter().filter(|(work, _)| work.name() == *name);
            let (work, _) = works.next().expect("a work");
            return syncs::run(work.as_ref(), Contender::named(contender)).await;
        }
        _ => {}
    }
    for pair in words.windows(2) {
        match pair {
            ["--rounds", rounds] => asked.rounds = number(rounds),
            ["--only", name] => asked.only.push((*name).to_owned()),
            _ => {}
        }
    }
    compare(&asked).await;
}

fn number(argument: &str) -> usize {
    argument.parse().expect("a number")
}

async fn compare(asked: &Asked) {
    println!("{} rounds: peer, ours, memory, ours, peer\n", asked.rounds);
    table::header();
    for (work, goal) in asked.works() {
        if !asked.wants(work.name()) {
            continue;
        }
        let rounds = take_turns(work.as_ref(), asked.rounds).await;
        for row in rows(work.as_ref(), &rounds, goal) {
            row.print();
        }
        for contender in [Contender::Sqlite, Contender::Pli] {
            if work.name() == "reads" {
                continue;
            }
            let counted = syncs::counted(work.as_ref(), contender, asked.quick);
            let counted = counted.unwrap_or_else(|| "not counted (no strace)".to_owned());
            println!(
                "| … made durable by {} | {counted} | | | | |",
                contender.name()
            );
        }
    }
    if asked.wants("disk") {
        weigh(asked).await;
    }
    if asked.wants("reopen") {
        reopen(asked).await;
    }
    if asked.wants("floor") {
        floor(asked);
    }
    if asked.wants("memory") {
        let events = asked.size(500_000);
        let (told, bytes) = memory::measure(events);
        let megabytes = bytes as f64 / 1e6;
        println!(
            "\nMemory of a process with a store of {events} events ({megabytes:.0} MB):\n{told}"
        );
    }
}

fn rows(work: &dyn Work, rounds: &Rounds, goal: Goal) -> Vec<Row> {
    let mut rows = of_work(&work.title(), work.figures(), rounds, goal);
    let ours = table::figure(&rounds.pli, 0);
    if work.name() == "reads" {
        let ratios = rounds.ratios(&rounds.sqlite, 0);
        let peer = table::figure(&rounds.sqlite, 0);
        rows.push(Goal::Below(3.0).row("… the same, in ms", &peer, &ours, &ratios));
    }
    if work.has_memory() {
        let goal = match work.name() {
            "decrypt" => Goal::OfMemory(1.10),
            _ => Goal::None,
        };
        let memory = table::figure(&rounds.memory, 0);
        let ratios = rounds.ratios(&rounds.memory, 0);
        rows.push(goal.row("… beside the SDK's memory stores", &memory, &ours, &ratios));
    }
    rows
}

async fn weigh(asked: &Asked) {
    let days = asked.size(30);
    let sqlite = disk::live(Contender::Sqlite, days).await;
    let pli = disk::live(Contender::Pli, days).await;
    let megabytes = |bytes: u64| format!("{:.1} MB", bytes as f64 / 1e6);
    let over = |bytes: u64, live: u64| bytes as f64 / live as f64;
    for (when, peer, ours) in [
        ("as Pli leaves it", sqlite.after, pli.after),
        ("both rewritten then", sqlite.rewritten, pli.rewritten),
        ("at most, at the end of a day", sqlite.most, pli.most),
    ] {
        let judged = when == "as Pli leaves it";
        let row = |title: String, peer: String, ours: String, value: f64, most: f64| Row {
            title,
            peer,
            ours,
            value: format!("{value:.2}"),
            goal: if judged {
                format!("≤ {most:.1}")
            } else {
                String::new()
            },
            met: judged.then_some(value <= most),
        };
        row(
            format!("disk after {days} days, {when}"),
            megabytes(peer),
            megabytes(ours),
            over(ours, peer),
            1.0,
        )
        .print();
        row(
            format!(
                "… over live data ({} of keys and values)",
                megabytes(pli.sealed)
            ),
            format!("{:.2} of JSON", over(peer, sqlite.plain)),
            format!("{:.2} of JSON", over(ours, pli.plain)),
            over(ours, pli.sealed),
            1.8,
        )
        .print();
    }
}

async fn reopen(asked: &Asked) {
    let large = reopen::Large::make(asked.size(60_000)).await;
    let size = |contender| large.bytes(contender) as f64 / 1e6;
    let title = format!(
        "reopen at {:.0} MB (SQLite: {:.0} MB)",
        size(Contender::Pli),
        size(Contender::Sqlite)
    );
    let opened = large.reopen(asked.rounds).await;
    let ratios = |ours: &[f64], peer: &[f64]| {
        let pairs = ours.iter().zip(peer);
        pairs.map(|(ours, peer)| ours / peer).collect::<Vec<_>>()
    };
    Goal::Below(400.0)
        .row(
            &title,
            &opened.sqlite,
            &opened.pli,
            &ratios(&opened.pli, &opened.sqlite),
        )
        .print();
    let (peer, ours) = (&opened.sqlite_with_rooms, &opened.pli_with_rooms);
    Goal::None
        .row("… and read 1000 rooms", peer, ours, &ratios(ours, peer))
        .print();
    let (p99, took) = large.compact(5).await;
    Row {
        title: format!(
            "read p99 while ours is compacted ({})",
            milliseconds(median(&took))
        ),
        peer: String::new(),
        ours: milliseconds(median(&p99)),
        value: interval(estimate(&p99)) + " ms",
        goal: "≤ 3 ms".to_owned(),
        met: Some(median(&p99) <= 3.0),
    }
    .print();
}

fn floor(asked: &Asked) {
    let decrypt = Decrypt::new(asked.size(10_000));
    println!("\nThe floor, what no store could do without (median):");
    for (title, took) in floor::measure(&decrypt, asked.size(20_000), asked.rounds) {
        println!("  {title}: {}", milliseconds(took));
    }
}
