//! What the process does whose system calls are recorded, refused, or the last it makes.
//!
//! What a step writes follows from its number. Before and after it the process notes so in a file,
//! by `writev`, a call that the store does not make and that is never refused.

use std::{
    env,
    fs::{File, OpenOptions},
    io::{IoSlice, Write},
    path::PathBuf,
    pin::pin,
    time::Duration,
};

use matrix_sdk_base::{
    deserialized_responses::TimelineEvent,
    event_cache::{Event, Gap, store::EventCacheStore},
    linked_chunk::{ChunkIdentifier as Id, LinkedChunkId, Position, Update},
    media::{
        MediaFormat, MediaRequestParameters,
        store::{IgnoreMediaRetentionPolicy, MediaStore},
    },
    ruma::{
        EventId, MilliSecondsSinceUnixEpoch, OwnedMxcUri, OwnedTransactionId, RoomId,
        events::{
            AnyMessageLikeEventContent, room::MediaSource, room::message::RoomMessageEventContent,
        },
        room_id, uint, user_id,
    },
    store::{SerializableEventContent, StateStore},
};
use matrix_sdk_crypto::store::CryptoStore;
use matrix_sdk_test::event_factory::EventFactory;
use pli_store::{DiskStatus, OpenError, StoreError, Stores};
use tokio::time::timeout;

use crate::engines::key;

pub(super) const PROFILE: &str = "PLI_DURABILITY_PROFILE";
pub(super) const NOTES: &str = "PLI_DURABILITY_NOTES";
pub(super) const FIRST: &str = "PLI_DURABILITY_FIRST";
pub(super) const STEPS: &str = "PLI_DURABILITY_STEPS";

/// Calls that the linker and the harness make before the scene begins are fewer. The scene makes
/// so many in vain, so that the n-th call of a thread is one of the store's.
const IDLE_CALLS: usize = 64;

/// How long a step waits for space.
const PATIENCE: Duration = Duration::from_secs(3);

/// The number that `strace` counts the scene's n-th call of a thread by.
pub(super) fn counted(call: &str, number: usize) -> usize {
    match call {
        "openat" | "write" => IDLE_CALLS + number,
        _ => number,
    }
}

/// The SDK keeps its position in the server's stream under such a name.
pub(super) const POSITION: &str = "sliding_sync_store::durability";

pub(super) const COUNTER: &str = "counter";

/// What a step does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// A chunk of so many events, durable with the position that comes after.
    Events,
    /// A secret of the crypto store.
    Secret,
    /// A message that waits to be sent.
    Request,
    /// A file that waits to be sent.
    Upload,
    /// A value written again and again.
    Counter,
    /// The message of this earlier step was sent.
    Removal(u64),
    /// A value of the application, at times a large one.
    Value,
    /// Both databases are rewritten.
    Compaction,
    /// The position in the server's stream: whatever came before is durable with it.
    Position,
}

pub(super) const fn act(step: u64) -> Act {
    match step % 8 {
        0 => Act::Events,
        1 => Act::Secret,
        2 => Act::Request,
        3 => Act::Upload,
        4 => Act::Counter,
        5 => Act::Removal(step - 3),
        6 if step % 16 == 14 => Act::Compaction,
        6 => Act::Value,
        _ => Act::Position,
    }
}

pub(super) fn room() -> &'static RoomId {
    room_id!("!salon:example.org")
}

pub(super) fn name(step: u64) -> String {
    format!("step {step}")
}

pub(super) fn secret(step: u64) -> Vec<u8> {
    step.to_be_bytes().repeat(20)
}

pub(super) fn transaction(step: u64) -> OwnedTransactionId {
    format!("transaction{step}").into()
}

pub(super) fn message(step: u64) -> String {
    format!("message {step} ").repeat(10)
}

pub(super) fn medium(step: u64) -> MediaRequestParameters {
    let uri = OwnedMxcUri::from(format!("mxc://example.org/{step}"));
    MediaRequestParameters {
        source: MediaSource::Plain(uri),
        format: MediaFormat::File,
    }
}

pub(super) fn file(step: u64) -> Vec<u8> {
    step.to_be_bytes().repeat(1_500)
}

/// A large one is split by the engine into parts.
pub(super) fn value(step: u64) -> String {
    let large = step % 32 == 6;
    format!("{step} ").repeat(if large { 90_000 } else { 80 })
}

/// More than a hundred records are written as several batches.
pub(super) const fn events_of(chunk: u64) -> u64 {
    if chunk % 3 == 1 { 130 } else { 10 }
}

pub(super) fn event_id(chunk: u64, number: u64) -> String {
    format!("$event{chunk}of{number}")
}

pub(super) fn body(chunk: u64, number: u64) -> String {
    format!("{chunk} {number} ").repeat(60)
}

fn chunk(number: u64) -> Vec<Update<Event, Gap>> {
    let event = |event: u64| {
        let event = EventFactory::new()
            .text_msg(body(number, event))
            .event_id(&EventId::parse(event_id(number, event)).unwrap())
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
        items: (0..events_of(number)).map(event).collect(),
    };
    vec![new, push]
}

#[test]
#[ignore = "the process of the scenes beside"]
fn process() {
    let Some(directory) = env::var_os(PROFILE).map(PathBuf::from) else {
        return;
    };
    let number = |name: &str| env::var(name).unwrap().parse::<u64>().unwrap();
    let notes = OpenOptions::new()
        .append(true)
        .open(env::var_os(NOTES).unwrap());
    let notes = Notes(notes.unwrap());
    notes.note(&format!("process {}", std::process::id()));
    // Without a driver of I/O, which writes to descriptors of its own.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    runtime.block_on(async {
        // This thread has opened the notes already.
        idle(IDLE_CALLS - 1);
        tokio::task::spawn_blocking(|| idle(IDLE_CALLS))
            .await
            .unwrap();
        notes.note("opening");
        match Stores::open(&directory, &key()) {
            Ok(stores) => {
                notes.note("opened");
                let first = number(FIRST);
                Scene::new(stores)
                    .run(first..first + number(STEPS), &notes)
                    .await;
            }
            Err(error) => notes.note(&format!("shut {}", Refusal::of_opening(&error).word())),
        }
        notes.note("ended");
    });
    // The harness would go on to print, which may be refused.
    std::process::exit(0);
}

fn idle(calls: usize) {
    let mut nowhere = Vec::new();
    for _ in 0..calls {
        nowhere.push(OpenOptions::new().write(true).open("/dev/null").unwrap());
    }
    for mut nowhere in nowhere {
        nowhere.write_all(b"idle").unwrap();
    }
}

struct Notes(File);

impl Notes {
    fn note(&self, line: &str) {
        let whole = [IoSlice::new(line.as_bytes()), IoSlice::new(b"\n")];
        let written = (&self.0).write_vectored(&whole).unwrap();
        assert_eq!(written, line.len() + 1);
    }
}

/// Why a step failed, in a word for the notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    Full,
    Io,
    Damaged,
    Other,
}

impl Refusal {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Io => "io",
            Self::Damaged => "damaged",
            Self::Other => "other",
        }
    }

    const fn of_opening(error: &OpenError) -> Self {
        match error {
            OpenError::DiskFull => Self::Full,
            OpenError::Io(_) => Self::Io,
            OpenError::Damaged => Self::Damaged,
            _ => Self::Other,
        }
    }

    const fn of(error: &StoreError) -> Self {
        match error {
            error if error.is_disk_full() => Self::Full,
            StoreError::Io(_) => Self::Io,
            StoreError::Damaged => Self::Damaged,
            _ => Self::Other,
        }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::of(&error)
    }
}

struct Scene {
    crypto: pli_store::PliCryptoStore,
    events: pli_store::PliEventCacheStore,
    media: pli_store::PliMediaStore,
    state: pli_store::PliStateStore,
    stores: Stores,
}

impl Scene {
    fn new(stores: Stores) -> Self {
        Self {
            crypto: stores.crypto_store(),
            events: stores.event_cache_store(),
            media: stores.media_store(),
            state: stores.state_store(),
            stores,
        }
    }

    /// Makes the steps, and goes on after one that failed; closes the stores at the end.
    async fn run(self, steps: std::ops::Range<u64>, notes: &Notes) {
        for step in steps {
            notes.note(&format!("try {step}"));
            match self.patient_step(step).await {
                Ok(detail) => notes.note(&format!("done {step} {detail}")),
                Err(refusal) => notes.note(&format!("refused {step} {}", refusal.word())),
            }
        }
    }

    /// What a sync brings waits for space, and so would this process, for ever.
    async fn patient_step(&self, step: u64) -> Result<u64, Refusal> {
        let disk = self.stores.disk_status();
        let mut step = pin!(self.step(step));
        loop {
            match timeout(PATIENCE, &mut step).await {
                Ok(made) => return made,
                Err(_) if disk.now() != DiskStatus::Ready => return Err(Refusal::Full),
                Err(_) => {}
            }
        }
    }

    /// What is to be known of the step beside its number.
    async fn step(&self, step: u64) -> Result<u64, Refusal> {
        match act(step) {
            Act::Events => {
                let next = self.chunks().await?;
                let linked_chunk = LinkedChunkId::Room(room());
                self.events
                    .handle_linked_chunk_updates(linked_chunk, chunk(next))
                    .await?;
                return Ok(next);
            }
            Act::Secret => {
                self.crypto
                    .set_custom_value(&name(step), secret(step))
                    .await?;
            }
            Act::Request => self.queue(step).await?,
            Act::Upload => {
                let keep = IgnoreMediaRetentionPolicy::Yes;
                self.media
                    .add_media_content(&medium(step), file(step), keep)
                    .await?;
            }
            Act::Counter => self.stores.values().set(COUNTER, &step).await?,
            Act::Removal(of) => {
                let transaction = transaction(of);
                self.state
                    .remove_send_queue_request(room(), &transaction)
                    .await?;
            }
            Act::Value => {
                let values = self.stores.values();
                values.set(&name(step), &value(step)).await?;
            }
            Act::Compaction => self.stores.compact().await?,
            Act::Position => {
                let chunks = self.chunks().await?;
                let position = chunks.to_be_bytes().to_vec();
                self.crypto.set_custom_value(POSITION, position).await?;
                return Ok(chunks);
            }
        }
        Ok(0)
    }

    async fn chunks(&self) -> Result<u64, Refusal> {
        let linked_chunk = LinkedChunkId::Room(room());
        let chunks = self.events.load_all_chunks_metadata(linked_chunk).await?;
        Ok(chunks.len() as u64)
    }

    async fn queue(&self, step: u64) -> Result<(), Refusal> {
        let content = RoomMessageEventContent::text_plain(message(step));
        let content = AnyMessageLikeEventContent::RoomMessage(content);
        let content = SerializableEventContent::new(&content).unwrap();
        let now = MilliSecondsSinceUnixEpoch(uint!(1_790_000_000));
        self.state
            .save_send_queue_request(room(), transaction(step), now, content.into(), 0)
            .await?;
        Ok(())
    }
}
