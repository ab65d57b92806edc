//! Finds events by id, by relation, by session, by room.

use std::{
    collections::{HashMap, hash_map},
    ops::ControlFlow,
};

use matrix_sdk_base::{
    event_cache::Event,
    linked_chunk::{ChunkIdentifier, LinkedChunkId, Position},
    ruma::{EventId, OwnedEventId, events::relation::RelationType},
};

use super::{
    chunks::Linked,
    records::{CHUNKS, Chunk, ENTRIES, EVENTS, Hash, RELATIONS, SESSIONS, Slot, StoredEvent},
    room::Room,
    writing::hash,
};
use crate::{engine::Direction, error::StoreError, tree::Place};

/// The event of an id.
pub(super) fn event(room: Room<'_>, id: &EventId) -> Result<Option<Event>, StoreError> {
    let hash = hash(room.tree, id);
    let Some(entry) = room.at(ENTRIES).part(hash.as_slice()).get()? else {
        return Ok(None);
    };
    let slot = Slot::new(entry.order, hash);
    let event = room.at(EVENTS).part(slot.bytes()).get()?;
    Ok(event.map(|event| event.0))
}

/// Events that relate to another, in any of these ways, with their positions in the room.
pub(super) fn relations(
    room: Room<'_>,
    to: &EventId,
    kinds: Option<&[RelationType]>,
) -> Result<Vec<(Event, Option<Position>)>, StoreError> {
    let mut slots = Vec::new();
    let related = room.at(RELATIONS).id(to);
    related.each(.., Direction::Forward, |tail, kind| {
        let kind = RelationType::from(kind);
        if kinds.is_none_or(|kinds| kinds.contains(&kind)) {
            slots.extend(Slot::of(tail));
        }
        ControlFlow::Continue(())
    })?;
    let mut positions = Positions::new(room, LinkedChunkId::Room(room.id));
    let events = room.at(EVENTS);
    slots
        .iter()
        .map(|slot| Ok((at(&events, slot)?, positions.of(&slot.event())?)))
        .collect()
}

/// The events of a room, or those of a session, that are of a type.
pub(super) fn of_room(
    room: Room<'_>,
    kind: Option<&str>,
    session: Option<&str>,
) -> Result<Vec<Event>, StoreError> {
    let events = room.at(EVENTS);
    let is_wanted =
        |event: &Event| kind.is_none_or(|kind| event.kind.event_type().as_deref() == Some(kind));
    let mut found = Vec::new();
    let Some(session) = session else {
        events.each(.., Direction::Forward, |_, StoredEvent(event)| {
            if is_wanted(&event) {
                found.push(event);
            }
            ControlFlow::Continue(())
        })?;
        return Ok(found);
    };
    let mut slots = Vec::new();
    let of_session = room.at(SESSIONS).id(session);
    of_session.each(.., Direction::Forward, |tail, ()| {
        slots.extend(Slot::of(tail));
        ControlFlow::Continue(())
    })?;
    for slot in &slots {
        found.push(at(&events, slot)?);
    }
    found.retain(is_wanted);
    Ok(found)
}

/// Those of the events that a linked chunk holds, in its order, with their positions.
pub(super) fn duplicates(
    room: Room<'_>,
    linked_chunk: LinkedChunkId<'_>,
    events: Vec<OwnedEventId>,
) -> Result<Vec<(OwnedEventId, Position)>, StoreError> {
    let mut positions = Positions::new(room, linked_chunk);
    let mut found = Vec::new();
    for event in events {
        if let Some(position) = positions.of(&hash(room.tree, &event))? {
            found.push((event, position));
        }
    }
    found.sort_by_key(|(_, position)| (position.chunk_identifier().index(), position.index()));
    Ok(found)
}

/// The event of a slot that something points to.
fn at(of_room: &Place<'_, StoredEvent>, slot: &Slot) -> Result<Event, StoreError> {
    let event = of_room.clone().part(slot.bytes()).get()?;
    event.map(|event| event.0).ok_or(StoreError::Damaged)
}

/// Positions in one linked chunk; each chunk is read once.
struct Positions<'a> {
    room: Room<'a>,
    linked: Linked<'a>,
    chunks: HashMap<u64, Option<Chunk>>,
}

impl<'a> Positions<'a> {
    fn new(room: Room<'a>, linked_chunk: LinkedChunkId<'_>) -> Self {
        Self {
            room,
            linked: Linked::new(room, linked_chunk),
            chunks: HashMap::new(),
        }
    }

    fn of(&mut self, event: &Hash) -> Result<Option<Position>, StoreError> {
        let place = self.room.at(ENTRIES).part(event.as_slice());
        let entry = place.get()?;
        let Some(number) = entry.and_then(|entry| entry.chunk_in(&self.linked.name)) else {
            return Ok(None);
        };
        let chunk = match self.chunks.entry(number) {
            hash_map::Entry::Occupied(known) => known.into_mut(),
            hash_map::Entry::Vacant(unread) => {
                unread.insert(self.linked.at(CHUNKS).order(number).get()?)
            }
        };
        let slots = chunk.as_ref().map(|chunk| chunk.content.events());
        Ok(slots
            .unwrap_or_default()
            .iter()
            .position(|slot| slot.event() == *event)
            .map(|index| Position::new(ChunkIdentifier::new(number), index)))
    }
}
