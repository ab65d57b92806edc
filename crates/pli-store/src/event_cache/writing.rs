//! Writes events, and what points to them.

use std::collections::{HashMap, hash_map};

use matrix_sdk_base::{
    event_cache::{Event, store::extract_event_relation},
    ruma::{EventId, RoomId},
};
use serde_bytes::ByteArray;

use super::records::{
    ENTRIES, EVENTS, Entry, Hash, RELATIONS, SESSIONS, Slot, StoredEvent, remove_all,
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
    tree: &'a Tree,
    room: &'a RoomId,
    /// Read or new, and whether to be written.
    entries: HashMap<Hash, (Entry, bool)>,
}

impl<'a> EventWriter<'a> {
    pub(super) fn new(tree: &'a Tree, room: &'a RoomId) -> Self {
        Self {
            tree,
            room,
            entries: HashMap::new(),
        }
    }

    /// Puts an event, in place of the one that had its id. An event without an id, which nothing
    /// could ever find, is left out.
    pub(super) fn put(
        &mut self,
        batch: &mut Batch,
        event: &Event,
    ) -> Result<Option<Slot>, StoreError> {
        let Some(id) = event.event_id() else {
            tracing::warn!("an event without an id was not stored");
            return Ok(None);
        };
        let hash = hash(self.tree, &id);
        let events = self.tree.at(EVENTS).id(self.room);
        let slot = match self.entries.entry(hash) {
            hash_map::Entry::Occupied(known) => {
                let slot = Slot::new(known.get().0.order, hash);
                self.unlink(batch, &events, slot)?;
                slot
            }
            hash_map::Entry::Vacant(unread) => {
                let place = self.tree.at(ENTRIES).id(self.room).part(hash.as_slice());
                if let Some(entry) = unless_damaged(place.get())? {
                    let slot = Slot::new(entry.order, hash);
                    unread.insert((entry, false));
                    self.unlink(batch, &events, slot)?;
                    slot
                } else {
                    let order = event.timestamp_raw().map_or(0, |time| time.get().into());
                    let chunks = Vec::new();
                    unread.insert((Entry { order, chunks }, true));
                    Slot::new(order, hash)
                }
            }
        };
        batch.put_as(&events.part(slot.bytes()), event)?;
        self.link(batch, event, slot)?;
        Ok(Some(slot))
    }

    /// Notes the chunk an event was put into.
    pub(super) fn place(&mut self, event: Hash, linked_chunk: Hash, number: u64) {
        if let Some((entry, changed)) = self.entries.get_mut(&event) {
            *changed |= entry.place(linked_chunk, number);
        }
    }

    /// Puts the entries that changed.
    pub(super) fn finish(self, batch: &mut Batch) -> Result<(), StoreError> {
        let entries = self.tree.at(ENTRIES).id(self.room);
        for (hash, (entry, changed)) in &self.entries {
            if *changed {
                batch.put(&entries.clone().part(hash.as_slice()), entry)?;
            }
        }
        Ok(())
    }

    fn link(&self, batch: &mut Batch, event: &Event, slot: Slot) -> Result<(), StoreError> {
        let (relation, session) = self.links(event, slot);
        if let Some((place, kind)) = relation {
            batch.put_as(&place, kind.as_str())?;
        }
        if let Some(place) = session {
            batch.put(&place, &())?;
        }
        Ok(())
    }

    /// Removes what pointed to the event that was in a slot.
    fn unlink(
        &self,
        batch: &mut Batch,
        events: &Place<'_, StoredEvent>,
        slot: Slot,
    ) -> Result<(), StoreError> {
        let place = events.clone().part(slot.bytes());
        if let Some(StoredEvent(event)) = unless_damaged(batch.get(&place))? {
            let (relation, session) = self.links(&event, slot);
            if let Some((place, _)) = relation {
                batch.remove(&place);
            }
            if let Some(place) = session {
                batch.remove(&place);
            }
        }
        Ok(())
    }

    fn links(&self, event: &Event, slot: Slot) -> Links<'a> {
        let relation = extract_event_relation(event.raw()).map(|(target, kind)| {
            let place = self.tree.at(RELATIONS).id(self.room);
            (place.id(&target).part(slot.bytes()), kind)
        });
        let session = event.kind.session_id().map(|session| {
            let place = self.tree.at(SESSIONS).id(self.room);
            place.id(session).part(slot.bytes())
        });
        (relation, session)
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
    let mut events = EventWriter::new(tree, room);
    events.put(&mut batch, event)?;
    events.finish(&mut batch)?;
    batch.commit(Durability::Queued).await
}

/// Removes all that is known of a room, or of all rooms.
pub(super) async fn remove(tree: &Tree, room: Option<&RoomId>) -> Result<(), StoreError> {
    let mut batch = tree.batch().await;
    let room = room.map(ToOwned::to_owned);
    let batch = tree
        .aside(move |tree| {
            remove_all(tree, &mut batch, room.as_deref())?;
            Ok(batch)
        })
        .await?;
    batch.commit(Durability::Queued).await
}
