//! A process that writes is killed again and again; what is left is compared with what it said.
//!
//! What each step writes follows from its number, and the process notes on its standard error
//! what it is about to do and what was acknowledged. The moments of the kills are seeded.

use std::{
    collections::BTreeSet,
    env, fs,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use matrix_sdk_base::{
    deserialized_responses::TimelineEvent,
    event_cache::{Event, store::EventCacheStore},
    linked_chunk::{ChunkContent, ChunkIdentifier as Id, LinkedChunkId, Position, Update},
    media::{
        MediaFormat, MediaRequestParameters,
        store::{IgnoreMediaRetentionPolicy, MediaRetentionPolicy, MediaStore},
    },
    ruma::{EventId, OwnedMxcUri, RoomId, events::room::MediaSource, room_id, user_id},
};
use matrix_sdk_crypto::store::CryptoStore;
use matrix_sdk_test::event_factory::EventFactory;
use pli_store::Stores;

use crate::engines::key;

/// Where the process is to write; without it, it does nothing.
const DIRECTORY: &str = "PLI_CRASH_DIRECTORY";

const KILLS: usize = 18;

/// Of 4 kB each: more than the engine writes to its file at once.
const EVENTS: u64 = 150;

/// The SDK keeps its position in the server's stream under such a name.
const POSITION: &str = "sliding_sync_store::scene";

fn room() -> &'static RoomId {
    room_id!("!salon:example.org")
}

fn event_id(number: u64) -> String {
    format!("$event{number}")
}

fn chunk(number: u64) -> Vec<Update<Event, matrix_sdk_base::event_cache::Gap>> {
    let event = |number: u64| {
        let event = EventFactory::new()
            .text_msg(format!("{number} ").repeat(1_000))
            .event_id(&EventId::parse(event_id(number)).unwrap())
            .room(room())
            .sender(user_id!("@camille:example.org"));
        TimelineEvent::from_plaintext(event.into_raw())
    };
    let new = Update::NewItemsChunk {
        previous: number.checked_sub(1).map(Id::new),
        new: Id::new(number),
        next: None,
    };
    let push = Update::PushItems {
        at: Position::new(Id::new(number), 0),
        items: (EVENTS * number..EVENTS * (number + 1))
            .map(event)
            .collect(),
    };
    vec![new, push]
}

fn medium(number: u64) -> MediaRequestParameters {
    let uri = OwnedMxcUri::from(format!("mxc://example.org/{number}"));
    MediaRequestParameters {
        source: MediaSource::Plain(uri),
        format: MediaFormat::File,
    }
}

fn content(number: u64) -> Vec<u8> {
    number.to_be_bytes().repeat(2_000)
}

/// Not with each step: an upload takes all that was written before it to the disk.
const fn has_upload(step: u64) -> bool {
    step % 4 == 1
}

const fn moves_position(step: u64) -> bool {
    step % 4 == 3
}

fn note(what: &str, step: u64) {
    let _ = std::io::stderr().write_all(format!("note {what} {step}\n").as_bytes());
}

async fn position(stores: &Stores) -> Option<u64> {
    let stored = stores.crypto_store().get_custom_value(POSITION).await;
    stored
        .unwrap()
        .map(|bytes| u64::from_be_bytes(bytes.try_into().unwrap()))
}

#[tokio::test]
#[ignore = "the process that the scene below starts and kills"]
async fn writing_process() {
    let Some(directory) = env::var_os(DIRECTORY) else {
        return;
    };
    note("opening", 0);
    let stores = Stores::open(directory.as_ref(), &key()).unwrap();
    let keys = stores.crypto_store();
    let events = stores.event_cache_store();
    let media = stores.media_store();
    let linked_chunk = LinkedChunkId::Room(room());
    let chunks = events
        .load_all_chunks_metadata(linked_chunk)
        .await
        .unwrap()
        .len() as u64;
    // As the SDK does: it goes on from its position, and finds some of it done.
    tokio::spawn(keep_compacting(stores.clone()));
    for step in position(&stores).await.map_or(0, |position| position + 1).. {
        note("chunk", step);
        if step >= chunks {
            let updates = chunk(step);
            events
                .handle_linked_chunk_updates(linked_chunk, updates)
                .await
                .unwrap();
        }
        if has_upload(step) {
            note("upload", step);
            let policy = IgnoreMediaRetentionPolicy::Yes;
            media
                .add_media_content(&medium(step), content(step), policy)
                .await
                .unwrap();
        }
        note("key", step);
        let bytes = step.to_be_bytes().to_vec();
        keys.set_custom_value(&format!("key {step}"), bytes.clone())
            .await
            .unwrap();
        if moves_position(step) {
            note("position", step);
            keys.set_custom_value(POSITION, bytes).await.unwrap();
            note("moved", step);
        }
        note("done", step);
    }
}

/// One database after the other, over and over.
async fn keep_compacting(stores: Stores) {
    for count in 0.. {
        note("compacting", count);
        if stores.compact().await.is_err() {
            std::process::exit(1);
        }
        note("compacted", count);
    }
}

struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

fn start(directory: &Path) -> Child {
    Command::new(env::current_exe().unwrap())
        .args([
            "crash::writing_process",
            "--exact",
            "--ignored",
            "--nocapture",
        ])
        .env(DIRECTORY, directory)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// When a process is killed: when it has noted this for the so manieth time, and then its files of
/// events have grown by so many bytes.
struct Moment {
    note: &'static str,
    count: u64,
    growth: u64,
}

impl Moment {
    fn random(random: &mut Random) -> Self {
        let (note, count, growth) = match random.below(6) {
            // While the store opens, and heals what the kill before left.
            0 => ("opening", 1, random.below(2)),
            // While events are written, in several batches.
            1 | 2 => ("chunk", 1 + random.below(6), 1 + random.below(900_000)),
            // While databases are rewritten: when one begins, is half a copy, or takes the place
            // of the one before.
            3 | 4 => ("compacting", 1 + random.below(4), random.below(4_000_000)),
            // Before the events that the position stands for would have come to the disk by
            // themselves.
            _ => ("moved", 1 + random.below(2), 0),
        };
        Self {
            note,
            count,
            growth,
        }
    }

    /// Waits for the growth, but not for ever: the files need not grow.
    fn wait(&self, directory: &Path) {
        let size = || size(&directory.join("history"));
        let (before, begin) = (size(), Instant::now());
        while size() < before + self.growth && begin.elapsed() < Duration::from_millis(500) {
            thread::yield_now();
        }
    }
}

/// Of all generations of a database; any of them may go meanwhile.
fn size(database: &Path) -> u64 {
    let generations = generations(database);
    let sizes = generations.iter().map(|generation| {
        let file = fs::metadata(database.join(generation).join("db"));
        file.map_or(0, |file| file.len())
    });
    sizes.sum()
}

fn generations(database: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(database) else {
        return Vec::new();
    };
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    names.filter(|name| name.parse::<u64>().is_ok()).collect()
}

/// Steps that were acknowledged before the process was killed, and how many compactions.
fn write_until_killed(directory: &Path, moment: &Moment) -> (Vec<u64>, usize) {
    let mut process = start(directory);
    let (mut done, mut compacted) = (Vec::new(), 0);
    let mut left = moment.count;
    let mut others = String::new();
    for line in BufReader::new(process.stderr.take().unwrap()).lines() {
        let line = line.unwrap();
        let Some((what, step)) = line
            .strip_prefix("note ")
            .and_then(|note| note.split_once(' '))
        else {
            others.push_str(&line);
            continue;
        };
        if what == "done" {
            done.push(step.parse().unwrap());
        }
        if what == "compacted" {
            compacted += 1;
        }
        if what == moment.note && left > 0 {
            left -= 1;
            if left == 0 {
                moment.wait(directory);
                process.kill().unwrap();
            }
        }
    }
    let status = process.wait().unwrap();
    assert!(
        left == 0 && !status.success(),
        "it ended by itself: {others}"
    );
    (done, compacted)
}

#[tokio::test]
async fn a_killed_process_loses_nothing_it_acknowledged_and_tears_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let mut random = Random(0x5eed);
    let (mut done, mut compactions, mut interrupted) = (BTreeSet::new(), 0, 0);
    for kill in 0..KILLS {
        let moment = Moment::random(&mut random);
        let (acknowledged, compacted) = write_until_killed(directory.path(), &moment);
        done.extend(acknowledged);
        compactions += compacted;
        let databases = ["keys", "history"].map(|name| directory.path().join(name));
        let generations = || databases.each_ref().map(|path| generations(path).len());
        interrupted += usize::from(generations() != [1, 1]);

        let stores = Stores::open(directory.path(), &key()).unwrap();
        assert_eq!(
            stores.healings(),
            [],
            "nothing was set aside, after kill {kill}"
        );
        assert_eq!(generations(), [1, 1], "what a compaction left was removed");
        nothing_is_lost(&stores, &done).await;
        let checked = if kill + 1 == KILLS { u64::MAX } else { 3 };
        nothing_is_torn(&stores, checked).await;
        no_file_is_left_over(&stores, directory.path()).await;
    }
    assert!(
        done.len() > KILLS,
        "the process must have come somewhere: {}",
        done.len()
    );
    assert!(
        compactions > 0 && interrupted > 0,
        "compactions must have ended, and been cut: {compactions}, {interrupted}"
    );
}

/// Keys, uploads, and what lies before the position in the server's stream.
async fn nothing_is_lost(stores: &Stores, done: &BTreeSet<u64>) {
    for step in done {
        let stored = stores
            .crypto_store()
            .get_custom_value(&format!("key {step}"))
            .await;
        assert_eq!(
            stored.unwrap(),
            Some(step.to_be_bytes().to_vec()),
            "key {step}"
        );
    }
    let media = stores.media_store();
    for step in done.iter().filter(|step| has_upload(**step)) {
        let upload = media.get_media_content(&medium(*step)).await;
        assert_eq!(upload.unwrap(), Some(content(*step)), "upload {step}");
    }
    let position = position(stores).await;
    let acknowledged = done.iter().rfind(|step| moves_position(**step));
    assert!(position >= acknowledged.copied(), "the position went back");
    let store = stores.event_cache_store();
    let chunks = store
        .load_all_chunks_metadata(LinkedChunkId::Room(room()))
        .await
        .unwrap();
    assert!(
        position.is_none_or(|position| chunks.len() as u64 > position),
        "the position is ahead of the events"
    );
}

/// Each chunk, of so many from the last, has all of its events, and they are those of its number.
async fn nothing_is_torn(stores: &Stores, checked: u64) {
    let store = stores.event_cache_store();
    let linked_chunk = LinkedChunkId::Room(room());
    let chunks = store.load_all_chunks_metadata(linked_chunk).await.unwrap();
    for (number, chunk) in (0..).zip(&chunks) {
        assert_eq!(chunk.identifier, Id::new(number), "in their order");
        assert_eq!(chunk.previous, number.checked_sub(1).map(Id::new));
        let next = (number + 1 < chunks.len() as u64).then(|| Id::new(number + 1));
        assert_eq!(chunk.next, next, "linked to none that is not there");
    }
    let (mut loaded, _) = store.load_last_chunk(linked_chunk).await.unwrap();
    for _ in 0..checked {
        let Some(chunk) = loaded else {
            break;
        };
        let ChunkContent::Items(events) = &chunk.content else {
            panic!("no gap was written");
        };
        let number = chunk.identifier.index();
        let ids: Vec<_> = events
            .iter()
            .map(|event| event.event_id().unwrap())
            .collect();
        let expected: Vec<_> = (EVENTS * number..EVENTS * (number + 1))
            .map(event_id)
            .collect();
        assert_eq!(ids, expected, "chunk {number}");
        let before = store.load_previous_chunk(linked_chunk, chunk.identifier);
        loaded = before.await.unwrap();
    }
}

async fn no_file_is_left_over(stores: &Stores, directory: &Path) {
    let store = stores.media_store();
    let policy = MediaRetentionPolicy::default().with_cleanup_frequency(None);
    store.set_media_retention_policy(policy).await.unwrap();
    store.clean().await.unwrap();
    let Ok(files) = fs::read_dir(directory.join("media")) else {
        return;
    };
    let mut stored = 0;
    for step in (0..1_000).filter(|step| has_upload(*step)) {
        match store.get_media_content(&medium(step)).await.unwrap() {
            Some(_) => stored += 1,
            None => break,
        }
    }
    assert_eq!(files.count(), stored, "files without a medium were swept");
}
