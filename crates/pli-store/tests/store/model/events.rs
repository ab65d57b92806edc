//! Operations on the events of rooms.

use std::collections::BTreeMap;

use matrix_sdk_base::{
    deserialized_responses::TimelineEvent,
    event_cache::{Event, Gap, store::EventCacheStore},
    linked_chunk::{
        ChunkContent, ChunkIdentifier as Id, LinkedChunkId, Position, RawChunk, Update,
    },
    ruma::{EventId, OwnedRoomId, RoomId, serde::Raw},
};
use serde_json::json;

use crate::random::Random;

/// Something to ask of a store.
#[derive(Debug)]
pub(super) enum Act {
    Update(OwnedRoomId, Vec<Update<Event, Gap>>),
    Save(OwnedRoomId, Event),
    Clear,
    Chunks(OwnedRoomId),
    Metadata(OwnedRoomId),
    Last(OwnedRoomId),
    Before(OwnedRoomId, u64),
    Find(OwnedRoomId, u64),
    Relations(OwnedRoomId, u64),
    /// With the answer: the SDK's store forgets to move, and to remove, the positions it keeps.
    Duplicates(OwnedRoomId, Vec<u64>, String),
    Events(OwnedRoomId),
}

/// A chunk's number, and its events; a gap has none.
type Shape = (u64, Option<Vec<u64>>);

/// The linked chunk of each room.
#[derive(Default)]
pub(super) struct Shapes(BTreeMap<OwnedRoomId, Vec<Shape>>);

fn event_id(number: u64) -> String {
    format!("$event{number}")
}

/// Some relate to others.
fn event(number: u64, body: u64) -> Event {
    let relation = if number % 3 == 2 {
        json!({ "rel_type": "m.annotation", "event_id": event_id(number - 2), "key": "👍" })
    } else {
        json!(null)
    };
    let kind = if number % 3 == 2 {
        "m.reaction"
    } else {
        "m.room.message"
    };
    let mut content = json!({ "msgtype": "m.text", "body": body.to_string() });
    if number % 3 == 2 {
        content = json!({ "m.relates_to": relation });
    }
    let raw = Raw::new(&json!({
        "type": kind, "event_id": event_id(number), "sender": "@alice:example.org",
        "origin_server_ts": number, "content": content,
    }));
    TimelineEvent::from_plaintext(raw.unwrap().cast_unchecked())
}

const EVENTS: u64 = 60;

impl Shapes {
    pub(super) fn act(&mut self, random: &mut Random) -> Act {
        let room = RoomId::parse(format!("!{}:example.org", random.below(3))).unwrap();
        let number = random.below(EVENTS);
        match random.below(40) {
            // No room is removed: the SDK's store goes on finding its events, ours erases them.
            0 if random.once_in(10) => {
                self.0.clear();
                Act::Clear
            }
            0..18 => {
                let updates = self.updates(&room, random);
                Act::Update(room, updates)
            }
            18..22 => Act::Save(room, event(number, random.next())),
            22..25 => Act::Chunks(room),
            25..28 => Act::Metadata(room),
            28..30 => Act::Last(room),
            30..32 => {
                let chunks = self.0.get(&room).into_iter().flatten();
                let numbers: Vec<u64> = chunks.map(|(number, _)| *number).collect();
                let number = if numbers.is_empty() {
                    7
                } else {
                    *random.one_of(&numbers)
                };
                Act::Before(room, number)
            }
            32..34 => Act::Find(room, number),
            34..36 => Act::Relations(room, number),
            36..38 => {
                let numbers: Vec<u64> = (0..8).map(|_| random.below(EVENTS)).collect();
                let answer = self.positions(&room, &numbers);
                Act::Duplicates(room, numbers, answer)
            }
            _ => Act::Events(room),
        }
    }

    fn positions(&self, room: &RoomId, numbers: &[u64]) -> String {
        let mut found = BTreeMap::new();
        for (chunk, events) in self.0.get(room).into_iter().flatten() {
            for (index, event) in events.iter().flatten().enumerate() {
                if numbers.contains(event) {
                    found.insert(event_id(*event), Position::new(Id::new(*chunk), index));
                }
            }
        }
        format!("{found:?}")
    }

    /// Ones that the SDK could ask for.
    #[allow(clippy::too_many_lines, reason = "a branch for each operation")]
    fn updates(&mut self, room: &RoomId, random: &mut Random) -> Vec<Update<Event, Gap>> {
        // No number is of two rooms: the SDK's store replaces an event in whichever it finds first.
        let first = 100_000 * u64::from(room.as_bytes()[1]);
        let chunks = self.0.entry(room.to_owned()).or_default();
        let used: Vec<u64> = chunks
            .iter()
            .filter_map(|(_, events)| events.as_ref())
            .flatten()
            .copied()
            .collect();
        let free: Vec<u64> = (0..EVENTS).filter(|event| !used.contains(event)).collect();
        let previous = chunks.last().map(|(number, _)| Id::new(*number));
        let greatest = chunks.iter().map(|(number, _)| *number).max();
        let new = greatest.map_or(first, |number| number + 1);
        let some = chunks
            .iter()
            .position(|(_, events)| events.as_ref().is_some_and(|e| !e.is_empty()));
        let bare = chunks
            .iter()
            .position(|(_, events)| events.as_ref().is_none_or(Vec::is_empty));
        match (random.below(12), some) {
            (0, _) => {
                chunks.clear();
                vec![Update::Clear]
            }
            // The SDK removes gaps, and chunks of which it removed the events before.
            (1, _) if bare.is_some() => {
                let (number, _) = chunks.remove(bare.unwrap_or_default());
                vec![Update::RemoveChunk(Id::new(number))]
            }
            (2, _) if previous.is_some() => {
                chunks.push((new, None));
                let gap = Gap {
                    token: random.next().to_string(),
                };
                vec![Update::NewGapChunk {
                    previous,
                    new: Id::new(new),
                    next: None,
                    gap,
                }]
            }
            (3, Some(at)) => {
                let (number, events) = &mut chunks[at];
                let events = events.as_mut().unwrap();
                let index = usize::try_from(random.below(events.len() as u64)).unwrap();
                events.remove(index);
                vec![Update::RemoveItem {
                    at: Position::new(Id::new(*number), index),
                }]
            }
            (4 | 5, Some(at)) => {
                let (number, events) = &chunks[at];
                let events = events.as_ref().unwrap();
                let index = usize::try_from(random.below(events.len() as u64)).unwrap();
                let item = event(events[index], random.next());
                vec![Update::ReplaceItem {
                    at: Position::new(Id::new(*number), index),
                    item,
                }]
            }
            (6, Some(at)) => {
                let (number, events) = &mut chunks[at];
                let events = events.as_mut().unwrap();
                let index = usize::try_from(random.below(events.len() as u64)).unwrap();
                events.truncate(index);
                vec![Update::DetachLastItems {
                    at: Position::new(Id::new(*number), index),
                }]
            }
            _ => push(chunks, &free, previous, new, random),
        }
    }
}

fn push(
    chunks: &mut Vec<Shape>,
    free: &[u64],
    previous: Option<Id>,
    new: u64,
    random: &mut Random,
) -> Vec<Update<Event, Gap>> {
    let mut updates = Vec::new();
    let full = chunks
        .last()
        .is_none_or(|(_, events)| events.as_ref().is_none_or(|e| e.len() > 6));
    if full {
        chunks.push((new, Some(Vec::new())));
        updates.push(Update::NewItemsChunk {
            previous,
            new: Id::new(new),
            next: None,
        });
    }
    let (number, events) = chunks.last_mut().unwrap();
    let events = events.as_mut().unwrap();
    let pushed: Vec<u64> = free
        .iter()
        .copied()
        .take(usize::try_from(random.below(4)).unwrap())
        .collect();
    if !pushed.is_empty() {
        let at = Position::new(Id::new(*number), events.len());
        let items = pushed
            .iter()
            .map(|number| event(*number, random.next()))
            .collect();
        updates.push(Update::PushItems { at, items });
        events.extend(pushed);
    }
    updates
}

fn told(event: &Event) -> String {
    event.raw().json().get().to_owned()
}

/// Without the push actions: the SDK's own form of an event does not tell none from unknown, so
/// that what is read from any disk has an empty list.
fn told_chunk(chunk: &RawChunk<Event, Gap>) -> String {
    let content = match &chunk.content {
        ChunkContent::Items(events) => format!("{:?}", events.iter().map(told).collect::<Vec<_>>()),
        ChunkContent::Gap(gap) => gap.token.clone(),
    };
    let (previous, next) = (chunk.previous, chunk.next);
    format!("{:?} {previous:?} {next:?} {content}", chunk.identifier)
}

fn sorted(items: impl Iterator<Item = String>) -> String {
    let mut items: Vec<_> = items.collect();
    items.sort();
    format!("{items:?}")
}

/// Asks it.
#[allow(clippy::too_many_lines, reason = "a branch for each operation")]
pub(super) async fn perform(store: &impl EventCacheStore, act: &Act) -> String {
    let id = |number: &u64| EventId::parse(event_id(*number)).unwrap();
    match act {
        Act::Update(room, updates) => {
            let linked = LinkedChunkId::Room(room);
            let updated = store.handle_linked_chunk_updates(linked, updates.clone());
            format!("{:?}", updated.await.is_ok())
        }
        Act::Save(room, event) => {
            format!("{:?}", store.save_event(room, event.clone()).await.is_ok())
        }
        Act::Clear => format!("{:?}", store.clear_all_linked_chunks().await.is_ok()),
        Act::Chunks(room) => {
            let chunks = store
                .load_all_chunks(LinkedChunkId::Room(room))
                .await
                .unwrap();
            sorted(chunks.iter().map(told_chunk))
        }
        Act::Metadata(room) => {
            let chunks = store
                .load_all_chunks_metadata(LinkedChunkId::Room(room))
                .await;
            sorted(chunks.unwrap().iter().map(|chunk| format!("{chunk:?}")))
        }
        Act::Last(room) => {
            let (chunk, numbers) = store
                .load_last_chunk(LinkedChunkId::Room(room))
                .await
                .unwrap();
            format!(
                "{:?} {:?}",
                chunk.as_ref().map(told_chunk),
                numbers.current()
            )
        }
        Act::Before(room, number) => {
            let linked = LinkedChunkId::Room(room);
            let chunk = store.load_previous_chunk(linked, Id::new(*number)).await;
            format!("{:?}", chunk.unwrap().as_ref().map(told_chunk))
        }
        Act::Find(room, number) => {
            let event = store.find_event(room, &id(number)).await.unwrap();
            format!("{:?}", event.as_ref().map(told))
        }
        Act::Relations(room, number) => {
            let found = store
                .find_event_relations(room, &id(number), None)
                .await
                .unwrap();
            sorted(found.iter().map(|(event, _)| told(event)))
        }
        Act::Duplicates(room, numbers, _) => {
            let linked = LinkedChunkId::Room(room);
            let events = numbers.iter().map(id).collect();
            let found = store
                .filter_duplicated_events(linked, events)
                .await
                .unwrap();
            let found: BTreeMap<_, _> = found
                .into_iter()
                .map(|(event, at)| (event.to_string(), at))
                .collect();
            format!("{found:?}")
        }
        Act::Events(room) => {
            let events = store.get_room_events(room, None, None).await.unwrap();
            sorted(events.iter().map(told))
        }
    }
}
