//! How much memory a large store takes, in a process of its own.

use std::{env, fs, path::Path, process::Command};

use matrix_sdk_base::{linked_chunk::LinkedChunkId, store::RoomLoadSettings};

use crate::{
    contenders::{Contender, Opened, disk},
    content::{CHUNK, chunks, event_id, message, room},
    stats::rand_less::Dice,
    sync::{Sync, Volume},
    work::directory,
    works::rooms,
};

const ROOMS: usize = 200;
const ALL_ROOMS: usize = 2_000;

pub(crate) const BUILD: &str = "--memory-build";
pub(crate) const USE: &str = "--memory-use";

/// Fills a store and uses it, each in a process of its own; what the second one printed, and the
/// bytes on the disk.
pub(crate) fn measure(events: usize) -> (String, u64) {
    let directory = directory();
    let run = |act: &str| {
        let program = env::current_exe().expect("this program");
        let output = Command::new(program)
            .args([act, &events.to_string()])
            .arg(directory.path())
            .output()
            .expect("a process");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).expect("text")
    };
    run(BUILD);
    let bytes = disk(directory.path());
    (run(USE), bytes)
}

pub(crate) async fn build(directory: &Path, events: usize) {
    let stores = Opened::open(Contender::Pli, directory).await;
    rooms::fill(&stores, ALL_ROOMS).await;
    let keys = Volume {
        rooms: ROOMS,
        events: 0,
        members: 10,
        sessions: events / 1_000,
    };
    for turn in 0..10 {
        Sync::without_events(keys, turn).persist(&stores).await;
    }
    for number in 0..ROOMS {
        let room = room(number);
        let event = |index: usize| message(&room, number * 1_000_000 + index);
        let events: Vec<_> = (0..events / ROOMS).map(event).collect();
        for updates in chunks(&events, 0) {
            stores
                .events
                .handle_linked_chunk_updates(LinkedChunkId::Room(&room), updates)
                .await
                .expect("saved");
        }
    }
    // As Pli does once nobody writes.
    if let Some(pli) = &stores.pli {
        pli.compact().await.expect("compacted");
    }
    stores.close().await;
}

/// Uses the store as a day of work does, and prints the memory that was taken at most.
pub(crate) async fn use_it(directory: &Path, events: usize) {
    println!("  begun                     {}", memory());
    let stores = Opened::open(Contender::Pli, directory).await;
    println!("  opened                    {}", memory());
    let infos = stores.state.get_room_infos(&RoomLoadSettings::All).await;
    assert_eq!(infos.expect("read").len(), ALL_ROOMS);
    println!("  {ALL_ROOMS} rooms loaded         {}", memory());
    for number in 0..ROOMS {
        scroll(&stores, number).await;
    }
    println!("  {ROOMS} timelines loaded      {}", memory());
    let mut dice = Dice::new(1);
    for _ in 0..10_000 {
        let number = dice.below(ROOMS);
        let event = event_id(number * 1_000_000 + dice.below(events / ROOMS));
        let found = stores.events.find_event(&room(number), &event).await;
        assert!(found.expect("read").is_some(), "the event is there");
    }
    println!("  10000 events found by id  {}", memory());
    for turn in 0..20 {
        let volume = Volume::MEGABYTE;
        let before = events / ROOMS + turn * volume.events;
        Sync::new(volume, turn, volume.rooms_with(before))
            .persist(&stores)
            .await;
    }
    println!("  20 syncs of 1 MB written  {}", memory());
    stores.close().await;
}

/// The last screens of a room.
async fn scroll(stores: &Opened, number: usize) {
    let room = room(number);
    let of = LinkedChunkId::Room(&room);
    let (last, _) = stores.events.load_last_chunk(of).await.expect("loaded");
    let mut chunk = last.expect("a chunk");
    for _ in 0..5 {
        let before = stores.events.load_previous_chunk(of, chunk.identifier);
        let Some(previous) = before.await.expect("loaded") else {
            return;
        };
        assert_eq!(previous.content_len(), CHUNK);
        chunk = previous;
    }
}

trait ContentLen {
    fn content_len(&self) -> usize;
}

impl ContentLen
    for matrix_sdk_base::linked_chunk::RawChunk<
        matrix_sdk_base::event_cache::Event,
        matrix_sdk_base::event_cache::Gap,
    >
{
    fn content_len(&self) -> usize {
        match &self.content {
            matrix_sdk_base::linked_chunk::ChunkContent::Items(items) => items.len(),
            matrix_sdk_base::linked_chunk::ChunkContent::Gap(_) => 0,
        }
    }
}

/// Of this process: now, and at most so far.
fn memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let megabytes = |name: &str| {
        let line = status.lines().find(|line| line.starts_with(name));
        let number = line.and_then(|line| line.split_whitespace().nth(1));
        let kibibytes: f64 = number.and_then(|n| n.parse().ok()).unwrap_or(f64::NAN);
        kibibytes * 1_024.0 / 1e6
    };
    format!(
        "{:>5.1} MB, at most {:>5.1} MB",
        megabytes("VmRSS"),
        megabytes("VmHWM")
    )
}
