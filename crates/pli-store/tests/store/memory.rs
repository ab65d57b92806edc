//! How much memory a store takes, in a process of its own. `cargo xtask bench store` measures
//! twenty-five times as many events; this notices when a store begins to keep what it reads.

use std::{
    env, fs,
    path::Path,
    process::{Command, Stdio},
};

use matrix_sdk_base::{
    deserialized_responses::TimelineEvent,
    event_cache::{Event, store::EventCacheStore},
    linked_chunk::{ChunkIdentifier as Id, LinkedChunkId, Position, Update},
    ruma::{EventId, OwnedEventId, RoomId, room_id, user_id},
};
use matrix_sdk_test::event_factory::EventFactory;
use pli_store::Stores;

use crate::engines::key;

/// Where the process finds the store; without it, it does nothing.
const DIRECTORY: &str = "PLI_MEMORY_DIRECTORY";

const CHUNK: u64 = 128;
const CHUNKS: u64 = 160;

/// Of the whole process, which takes 54 MB when optimised.
const MOST_MEGABYTES: u64 = 80;

fn room() -> &'static RoomId {
    room_id!("!salon:example.org")
}

fn event_id(number: u64) -> OwnedEventId {
    EventId::parse(format!("$event{number}")).unwrap()
}

fn message(number: u64) -> Event {
    let event = EventFactory::new()
        .text_msg(format!("{number} ").repeat(100))
        .event_id(&event_id(number))
        .server_ts(number)
        .room(room())
        .sender(user_id!("@camille:example.org"));
    TimelineEvent::from_plaintext(event.into_raw())
}

async fn fill(directory: &Path) {
    let stores = Stores::open(directory, &key()).unwrap();
    let events = stores.event_cache_store();
    for chunk in 0..CHUNKS {
        let new = Update::NewItemsChunk {
            previous: chunk.checked_sub(1).map(Id::new),
            new: Id::new(chunk),
            next: None,
        };
        let push = Update::PushItems {
            at: Position::new(Id::new(chunk), 0),
            items: (CHUNK * chunk..CHUNK * (chunk + 1)).map(message).collect(),
        };
        events
            .handle_linked_chunk_updates(LinkedChunkId::Room(room()), vec![new, push])
            .await
            .unwrap();
    }
}

#[tokio::test]
#[ignore = "the process that the scene below starts"]
async fn using_process() {
    let Some(directory) = env::var_os(DIRECTORY) else {
        return;
    };
    let stores = Stores::open(directory.as_ref(), &key()).unwrap();
    let events = stores.event_cache_store();
    let of = LinkedChunkId::Room(room());
    for chunk in 1..CHUNKS {
        let before = events.load_previous_chunk(of, Id::new(chunk)).await;
        assert!(before.unwrap().is_some(), "the chunk is there");
    }
    for number in 0..CHUNK * CHUNKS {
        let found = events.find_event(room(), &event_id(number)).await;
        assert!(found.unwrap().is_some(), "the event is there");
    }
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    let kilobytes = line.unwrap().split_whitespace().nth(1).unwrap();
    let megabytes = kilobytes.parse::<u64>().unwrap() / 1_000;
    assert!(
        megabytes < MOST_MEGABYTES,
        "it took {megabytes} MB to read all of a store of {} events",
        CHUNK * CHUNKS
    );
}

#[tokio::test]
async fn a_store_that_is_read_from_end_to_end_takes_little_memory() {
    let directory = tempfile::tempdir().unwrap();
    fill(directory.path()).await;

    let reader = Command::new(env::current_exe().unwrap())
        .args(["--ignored", "--exact", "memory::using_process"])
        .env(DIRECTORY, directory.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();

    let said = String::from_utf8_lossy(&reader.stdout);
    assert!(reader.status.success(), "{said}");
    assert!(said.contains("1 passed"), "the process ran: {said}");
}
