//! The kinds of records of the event cache, all in the database `history`.
//!
//! Every key begins with the room (see [`super::room`]), so that a room is erased by its prefixes.
//! An event is stored once, whatever lists it: by room and time, so that those read together lie together. The rest
//! points to it with its [`Slot`].

use std::sync::LazyLock;

use matrix_sdk_base::{
    deserialized_responses::{ThreadSummaryStatus, TimelineEvent, TimelineEventKind},
    event_cache::Event,
    ruma::{MilliSecondsSinceUnixEpoch, push::Action, serde::Raw},
};
use serde::{Deserialize, Deserializer, Serialize};
use serde_bytes::ByteArray;

use crate::{
    cipher::HASH,
    key::{Table, Tail},
};

/// Room, slot.
pub(super) const EVENTS: Table<StoredEvent> = Table::json(0x70, 1);
/// Room, event.
pub(super) const ENTRIES: Table<Entry> = Table::compact(0x71, 1);
/// Room, event related to, slot of the event that relates; to the type of the relation.
pub(super) const RELATIONS: Table<String> = Table::compact(0x72, 1);
/// Room, Megolm session, slot.
pub(super) const SESSIONS: Table<()> = Table::compact(0x73, 1);
/// Room, linked chunk, number of the chunk.
pub(super) const CHUNKS: Table<Chunk> = Table::compact(0x74, 1);
/// Room, linked chunk; to the number of its last chunk. A malformed linked chunk has none.
pub(super) const LAST_CHUNKS: Table<u64> = Table::compact(0x75, 1);
// 0x76 is of generations, 0x77 of expiries, 0x78 of ends to come: see their modules.

/// The hash of an identifier, as it is in keys.
pub(super) type Hash = ByteArray<HASH>;

const ORDER: usize = size_of::<u64>();

/// Where an event lies in its room: its time when it was first stored, and the hash of its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Slot(ByteArray<{ ORDER + HASH }>);

impl Slot {
    pub(super) fn new(order: u64, event: Hash) -> Self {
        let mut bytes = [0; ORDER + HASH];
        let (first, rest) = bytes.split_at_mut(ORDER);
        first.copy_from_slice(&order.to_be_bytes());
        rest.copy_from_slice(event.as_slice());
        Self(ByteArray::new(bytes))
    }

    /// Reads a slot from the end of a key.
    pub(super) fn of(tail: Tail<'_>) -> Option<Self> {
        tail.bytes()
            .last_chunk()
            .map(|bytes| Self(ByteArray::new(*bytes)))
    }

    pub(super) fn event(&self) -> Hash {
        let hash = self.0.last_chunk().copied().unwrap_or_default();
        ByteArray::new(hash)
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.0.as_slice()
    }
}

/// What is known of an event by its id.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Entry {
    /// The first part of its slot.
    pub(super) order: u64,
    /// For each linked chunk it was put into, by the hash of its name: the number of the chunk.
    /// Only a hint, so that removing chunks changes no entry: the chunk tells whether, and at
    /// which position, the event is in it.
    pub(super) chunks: Vec<(Hash, u64)>,
}

impl Entry {
    pub(super) fn chunk_in(&self, linked_chunk: &Hash) -> Option<u64> {
        let mut chunks = self.chunks.iter();
        chunks
            .find(|(of, _)| of == linked_chunk)
            .map(|(_, number)| *number)
    }

    /// Whether that is new.
    pub(super) fn place(&mut self, linked_chunk: Hash, number: u64) -> bool {
        if self.chunk_in(&linked_chunk) == Some(number) {
            return false;
        }
        self.chunks.retain(|(of, _)| *of != linked_chunk);
        self.chunks.push((linked_chunk, number));
        true
    }
}

/// A chunk of a linked chunk: a gap, or events in order.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Chunk {
    pub(super) previous: Option<u64>,
    pub(super) next: Option<u64>,
    pub(super) content: Content,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Content {
    #[serde(rename = "G")]
    Gap(String),
    #[serde(rename = "E")]
    Events(Vec<Slot>),
}

impl Content {
    pub(super) fn events(&self) -> &[Slot] {
        match self {
            Self::Gap(_) => &[],
            Self::Events(slots) => slots,
        }
    }
}

/// An event in the SDK's own JSON, read four times faster than the SDK reads it: the SDK, for the
/// sake of an older shape that Pli never wrote, goes through a tree of values.
pub(super) struct StoredEvent(pub(super) Event);

impl<'de> Deserialize<'de> for StoredEvent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Shape {
            kind: TimelineEventKind,
            #[serde(default)]
            timestamp: Option<MilliSecondsSinceUnixEpoch>,
            #[serde(default)]
            push_actions: Vec<Action>,
            #[serde(default)]
            thread_summary: ThreadSummaryStatus,
        }

        // The SDK makes events only of raw ones, and looks into them.
        static EMPTY: LazyLock<TimelineEvent> =
            LazyLock::new(|| TimelineEvent::from_plaintext(Raw::from_json(Box::default())));

        let shape = Shape::deserialize(deserializer)?;
        let mut event = EMPTY.clone();
        event.kind = shape.kind;
        event.timestamp = shape.timestamp;
        event.thread_summary = shape.thread_summary;
        event.set_push_actions(shape.push_actions);
        Ok(Self(event))
    }
}

/// What reads each kind of value.
#[cfg(any(test, feature = "fuzz"))]
pub(crate) const KINDS: &[crate::fuzz::Kind] = &[
    read_event,
    |value| crate::fuzz::read_again(ENTRIES, value),
    |value| crate::fuzz::read_again(RELATIONS, value),
    |value| crate::fuzz::read_again(CHUNKS, value),
    |value| crate::fuzz::read_again(super::due::DUE, value),
];

/// An event is read here as the SDK reads it.
#[cfg(any(test, feature = "fuzz"))]
fn read_event(value: &[u8]) {
    let Ok(StoredEvent(event)) = EVENTS.decode(value) else {
        return;
    };
    let written = serde_json::to_vec(&event).ok();
    assert!(written.is_some(), "an event cannot be written");
    let written = written.unwrap_or_default();
    let again = |event: &Event| serde_json::to_vec(event).ok();
    let ours = EVENTS.decode(&written).ok();
    assert_eq!(
        ours.and_then(|event| again(&event.0)).as_ref(),
        Some(&written)
    );
    // The SDK reads numbers that are none in JSON otherwise, on its way through a tree of values.
    let theirs = serde_json::from_slice::<Event>(&written).ok();
    let id = |event: &Event| event.raw().get_field::<String>("event_id").ok().flatten();
    assert_eq!(theirs.as_ref().map(id), Some(id(&event)));
}
