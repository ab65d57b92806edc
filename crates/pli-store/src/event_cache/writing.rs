//! Writes events, and what points to them.

use std::collections::{HashMap, hash_map};

use matrix_sdk_base::{
    event_cache::{Event, store::extract_event_relation},
    ruma::{EventId, OwnedEventId, RoomId},
};
use serde::Serialize;
use serde_bytes::ByteArray;

use super::{
    due,
    expiry::{Expired, is_redacted},
    records::{ENTRIES, EVENTS, Entry, Hash, RELATIONS, SESSIONS, Slot, StoredEvent},
    room::{Room, sweep_some},
};
use crate::{
    batch::{Batch, Durability},
    error::StoreError,
    tree::{Place, Tree},
};

/// What stands for an event in keys.
pub(super) fn hash(tree: &Tree, event: &EventId) -> Hash {
    ByteArray::new(tree.cipher().hide(EVENTS.domain(), event.as_bytes()))
}

/// The events of one room, while a batch changes them.
pub(super) struct EventWriter<'a> {
    room: Room<'a>,
    expired: Expired<'a>,
    entries: HashMap<Hash, Known>,
}

struct Known {
    entry: Entry,
    /// Whether the batch makes it: then nothing points to the event, and it goes ahead.
    new: bool,
    changed: bool,
}

impl<'a> EventWriter<'a> {
    pub(super) fn new(room: Room<'a>) -> Result<Self, StoreError> {
        Ok(Self {
            room,
            expired: Expired::of(room.tree, room.id)?,
            entries: HashMap::new(),
        })
    }

    /// These expire with the batch.
    pub(super) fn expiring(mut self, events: &[OwnedEventId]) -> Self {
        self.expired = self.expired.with(events);
        self
    }

    /// Puts an event, in place of the one that had its id; emptied, if it has expired. An event
    /// without an id, which nothing could ever find, is left out.
    pub(super) fn put(
        &mut self,
        batch: &mut Batch,
        event: &Event,
    ) -> Result<Option<Slot>, StoreError> {
        let Some(id) = event.event_id() else {
            tracing::warn!("an event without an id was not stored");
            return Ok(None);
        };
        let emptied = self.expired.emptied(event)?;
        let event = emptied.as_ref().unwrap_or(event);
        let hash = hash(self.room.tree, &id);
        let (slot, new) = self.slot(hash, event)?;
        let place = self.room.at(EVENTS).part(slot.bytes());
        let replaced = unless_damaged(batch.get(&place))?;
        if let Some(StoredEvent(replaced)) = replaced {
            if is_redacted(event) && !is_redacted(&replaced) {
                batch.note_erasure()?;
            }
            self.unlink(batch, &replaced, slot);
        }
        let (relation, session) = self.links(event, slot);
        put(batch, new, &place, event)?;
        due::list(batch, self.room, event)?;
        if let Some((place, kind)) = relation {
            put(batch, new, &place, kind.as_str())?;
        }
        if let Some(place) = session {
            put(batch, new, &place, &())?;
        }
        Ok(Some(slot))
    }

    /// Where an event lies, or will lie, and whether it is new there.
    fn slot(&mut self, hash: Hash, event: &Event) -> Result<(Slot, bool), StoreError> {
        let known = match self.entries.entry(hash) {
            hash_map::Entry::Occupied(known) => known.into_mut(),
            hash_map::Entry::Vacant(unread) => {
                let place = self.room.at(ENTRIES).part(hash.as_slice());
                let stored = unless_damaged(place.get())?;
                let new = stored.is_none();
                let entry = stored.unwrap_or_else(|| Entry {
                    order: event.timestamp_raw().map_or(0, |time| time.get().into()),
                    chunks: Vec::new(),
                });
                unread.insert(Known {
                    entry,
                    new,
                    changed: new,
                })
            }
        };
        Ok((Slot::new(known.entry.order, hash), known.new))
    }

    /// Notes the chunk an event was put into.
    pub(super) fn place(&mut self, event: Hash, linked_chunk: Hash, number: u64) {
        if let Some(known) = self.entries.get_mut(&event) {
            known.changed |= known.entry.place(linked_chunk, number);
        }
    }

    /// Puts the entries that changed.
    pub(super) fn finish(self, batch: &mut Batch) -> Result<(), StoreError> {
        let entries = self.room.at(ENTRIES);
        for (hash, known) in &self.entries {
            if known.changed {
                let place = entries.clone().part(hash.as_slice());
                put(batch, known.new, &place, &known.entry)?;
            }
        }
        Ok(())
    }

    /// Removes what pointed to an event that is replaced.
    fn unlink(&self, batch: &mut Batch, replaced: &Event, slot: Slot) {
        due::unlist(batch, self.room, replaced);
        let (relation, session) = self.links(replaced, slot);
        if let Some((place, _)) = relation {
            batch.remove(&place);
        }
        if let Some(place) = session {
            batch.remove(&place);
        }
    }

    fn links(&self, event: &Event, slot: Slot) -> Links<'a> {
        let relation = extract_event_relation(event.raw()).map(|(target, kind)| {
            let place = self.room.at(RELATIONS);
            (place.id(&target).part(slot.bytes()), kind)
        });
        let session = event.kind.session_id().map(|session| {
            let place = self.room.at(SESSIONS);
            place.id(session).part(slot.bytes())
        });
        (relation, session)
    }
}

fn put<V, E: Serialize + ?Sized>(
    batch: &mut Batch,
    new: bool,
    place: &Place<'_, V>,
    value: &E,
) -> Result<(), StoreError> {
    if new {
        batch.put_ahead(place, value)
    } else {
        batch.put_as(place, value)
    }
}

type Links<'a> = (Option<(Place<'a, String>, String)>, Option<Place<'a, ()>>);

/// What is about to be replaced need not be readable.
fn unless_damaged<T>(read: Result<Option<T>, StoreError>) -> Result<Option<T>, StoreError> {
    match read {
        Err(StoreError::Damaged | StoreError::Shape) => Ok(None),
        read => read,
    }
}

/// Saves an event that need not be in any linked chunk.
pub(super) async fn save(tree: &Tree, room: &RoomId, event: &Event) -> Result<(), StoreError> {
    let mut batch = tree.batch().await;
    let mut events = EventWriter::new(Room::new(tree, room)?)?;
    events.put(&mut batch, event)?;
    events.finish(&mut batch)?;
    batch.commit(Durability::Queued).await?;
    sweep_some(tree).await;
    Ok(())
}
