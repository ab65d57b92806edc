//! matrix-sdk's store of the events of rooms.
//!
//! Everything lies in the database `history`, and a write returns once it can be read: the server
//! gives all of it again.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use async_trait::async_trait;
use matrix_sdk_base::{
    cross_process_lock::{
        CrossProcessLockGeneration,
        memory_store_helper::{Lease, try_take_leased_lock},
    },
    event_cache::{Event, Gap, store::EventCacheStore},
    linked_chunk::{
        ChunkIdentifier, ChunkIdentifierGenerator, ChunkMetadata, LinkedChunkId, Position,
        RawChunk, Update,
    },
    ruma::{EventId, OwnedEventId, RoomId, events::relation::RelationType},
};

mod chunks;
pub(crate) mod due;
pub(crate) mod expiry;
mod finding;
mod records;
mod room;
mod updates;
mod writing;

#[cfg(any(test, feature = "fuzz"))]
pub(crate) use records::KINDS;

use crate::{arrival::Arrival, error::StoreError, tree::Tree};
use chunks::Linked;
use room::Room;

type Result<T, E = StoreError> = std::result::Result<T, E>;

/// [`EventCacheStore`] over an encrypted database.
pub struct PliEventCacheStore {
    history: Tree,
    arrival: Arc<Arrival>,
    /// In memory only: one process at a time has the store open.
    leases: Mutex<HashMap<String, Lease>>,
}

impl fmt::Debug for PliEventCacheStore {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("PliEventCacheStore")
            .finish_non_exhaustive()
    }
}

impl PliEventCacheStore {
    pub(crate) fn new(history: Tree, arrival: Arc<Arrival>) -> Self {
        Self {
            history,
            arrival,
            leases: Mutex::default(),
        }
    }

    fn room<'a>(&'a self, id: &'a RoomId) -> Result<Room<'a>> {
        Room::new(&self.history, id)
    }

    /// Reads chunks on a thread that may block: one holds a hundred events.
    async fn load<T: Send + 'static>(
        &self,
        linked_chunk: LinkedChunkId<'_>,
        load: impl FnOnce(&Linked<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let linked_chunk = linked_chunk.to_owned();
        self.history
            .aside(move |tree| {
                let room = Room::new(tree, linked_chunk.room_id())?;
                load(&Linked::new(room, linked_chunk.as_ref()))
            })
            .await
    }
}

/// Those of the events that a linked chunk holds, with their positions.
pub(crate) fn found(
    history: &Tree,
    linked_chunk: LinkedChunkId<'_>,
    events: Vec<OwnedEventId>,
) -> Result<Vec<(OwnedEventId, Position)>> {
    let owned = linked_chunk.to_owned();
    let room = Room::new(history, owned.room_id())?;
    finding::duplicates(room, linked_chunk, events)
}

#[async_trait]
impl EventCacheStore for PliEventCacheStore {
    type Error = StoreError;

    async fn try_take_leased_lock(
        &self,
        lease_duration_ms: u32,
        key: &str,
        holder: &str,
    ) -> Result<Option<CrossProcessLockGeneration>> {
        let mut leases = self.leases.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(try_take_leased_lock(
            &mut leases,
            lease_duration_ms,
            key,
            holder,
        ))
    }

    async fn handle_linked_chunk_updates(
        &self,
        linked_chunk_id: LinkedChunkId<'_>,
        updates: Vec<Update<Event, Gap>>,
    ) -> Result<()> {
        let updates = Arc::new(updates);
        loop {
            let chunk = linked_chunk_id.to_owned();
            let applied = updates::apply(&self.history, chunk, updates.clone()).await;
            if !self.history.is_to_repeat(&applied).await {
                applied?;
                break;
            }
        }
        if let LinkedChunkId::Room(room) = linked_chunk_id {
            self.arrival.note(room, &updates);
        }
        Ok(())
    }

    async fn remove_room(&self, room_id: &RoomId) -> Result<()> {
        loop {
            let removed = room::remove(&self.history, room_id).await;
            if !self.history.is_to_repeat(&removed).await {
                self.arrival.note_forgotten(Some(room_id));
                return removed;
            }
        }
    }

    async fn load_all_chunks(
        &self,
        linked_chunk_id: LinkedChunkId<'_>,
    ) -> Result<Vec<RawChunk<Event, Gap>>> {
        self.load(linked_chunk_id, |linked| linked.all()).await
    }

    async fn load_all_chunks_metadata(
        &self,
        linked_chunk_id: LinkedChunkId<'_>,
    ) -> Result<Vec<ChunkMetadata>> {
        self.load(linked_chunk_id, |linked| linked.metadata()).await
    }

    async fn load_last_chunk(
        &self,
        linked_chunk_id: LinkedChunkId<'_>,
    ) -> Result<(Option<RawChunk<Event, Gap>>, ChunkIdentifierGenerator)> {
        self.load(linked_chunk_id, |linked| linked.last()).await
    }

    async fn load_previous_chunk(
        &self,
        linked_chunk_id: LinkedChunkId<'_>,
        before_chunk_identifier: ChunkIdentifier,
    ) -> Result<Option<RawChunk<Event, Gap>>> {
        self.load(linked_chunk_id, move |linked| {
            linked.before(before_chunk_identifier)
        })
        .await
    }

    async fn clear_all_linked_chunks(&self) -> Result<()> {
        loop {
            let forgotten = room::forget_all(&self.history).await;
            if !self.history.is_to_repeat(&forgotten).await {
                self.arrival.note_forgotten(None);
                return forgotten;
            }
        }
    }

    async fn filter_duplicated_events(
        &self,
        linked_chunk_id: LinkedChunkId<'_>,
        events: Vec<OwnedEventId>,
    ) -> Result<Vec<(OwnedEventId, Position)>> {
        found(&self.history, linked_chunk_id, events)
    }

    async fn find_event(&self, room_id: &RoomId, event_id: &EventId) -> Result<Option<Event>> {
        finding::event(self.room(room_id)?, event_id)
    }

    async fn find_event_relations(
        &self,
        room_id: &RoomId,
        event_id: &EventId,
        filter: Option<&[RelationType]>,
    ) -> Result<Vec<(Event, Option<Position>)>> {
        finding::relations(self.room(room_id)?, event_id, filter)
    }

    async fn get_room_events(
        &self,
        room_id: &RoomId,
        event_type: Option<&str>,
        session_id: Option<&str>,
    ) -> Result<Vec<Event>> {
        let room_id = room_id.to_owned();
        let [event_type, session_id] = [event_type, session_id].map(|text| text.map(str::to_owned));
        self.history
            .aside(move |tree| {
                let room = Room::new(tree, &room_id)?;
                finding::of_room(room, event_type.as_deref(), session_id.as_deref())
            })
            .await
    }

    async fn save_event(&self, room_id: &RoomId, event: Event) -> Result<()> {
        loop {
            let saved = writing::save(&self.history, room_id, &event).await;
            if !self.history.is_to_repeat(&saved).await {
                return saved;
            }
        }
    }

    async fn close(&self) -> Result<()> {
        // The databases close with the last of their users.
        self.history.flush().await
    }

    async fn reopen(&self) -> Result<()> {
        Ok(())
    }

    async fn optimize(&self) -> Result<()> {
        Ok(())
    }

    async fn get_size(&self) -> Result<Option<usize>> {
        Ok(usize::try_from(self.history.size()?).ok())
    }
}

#[cfg(test)]
mod tests;
