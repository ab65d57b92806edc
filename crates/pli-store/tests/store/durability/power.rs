//! The power is cut at any moment.

use std::collections::BTreeSet;

use super::{
    Random, count,
    ledger::{Ledger, judge},
    loss::{Loss, lay},
    recording::{Recording, Replay},
    tally::Tally,
};
use crate::shares::{Share, share_out};

const SCENE: &str = "power cuts";

/// Of each recording, at most.
const IMAGES: usize = 100;

/// Calls at which a recorded process may be killed, so that the next one finds things to mend.
const KILLS: [&str; 5] = ["pwrite64", "sync_file_range", "fdatasync", "write", "fsync"];

#[test]
fn a_power_cut_loses_nothing_acknowledged_and_tears_nothing() {
    let images = count("PLI_CRASH_IMAGES", 60);
    Tally::of_all(SCENE, share_out(images, IMAGES, cut_power)).close();
}

fn cut_power(share: Share) -> Tally {
    let images = share.runs;
    let mut tally = Tally::new(SCENE);
    for seed in (share.number..).step_by(share.of) {
        if tally.runs >= images {
            break;
        }
        let mut random = Random::new(seed as u64);
        let recording = record(&mut random, &mut tally);
        let wanted = IMAGES.min(images - tally.runs);
        let mut cuts = BTreeSet::new();
        while cuts.len() < wanted.min(recording.moments()) {
            cuts.insert(random.below(recording.moments() as u64) as usize);
        }
        recording.play(|moment, replay| {
            if cuts.contains(&moment) {
                let loss = Loss::draw(&mut random);
                let place = format!("recording {seed}, moment {moment}, {loss:?}");
                cut(replay, loss, &mut random, &place, &mut tally);
            }
        });
    }
    tally
}

/// A process begins a profile, is killed, mends it, is killed again, and ends well at last.
fn record(random: &mut Random, tally: &mut Tally) -> Recording {
    let mut recording = Recording::new();
    for steps in [20, 28, 16, 20] {
        let call = KILLS[random.below(KILLS.len() as u64) as usize];
        let number = 1 + random.below(14) as usize;
        let killed = recording.live(steps, (call, number));
        tally.note("recorded lives", 1);
        tally.note("of them killed", usize::from(killed));
    }
    let killed = recording.live(12, ("rmdir", 1));
    assert!(!killed, "no directory is removed");
    recording
}

fn cut(replay: &Replay<'_>, loss: Loss, random: &mut Random, place: &str, tally: &mut Tally) {
    let mut ledger = Ledger::default();
    ledger.read(&replay.notes);
    let image = loss.image(&replay.disk, &replay.in_flight(), random);
    let directory = tempfile::tempdir().unwrap();
    lay(&image, directory.path());
    let verdict = judge(directory.path(), &ledger);
    if !tally.count(&verdict, place) {
        // To look at.
        let kept = directory.keep();
        lay(&image, &kept.join("image"));
        eprintln!("kept as {}", kept.display());
    }
}
