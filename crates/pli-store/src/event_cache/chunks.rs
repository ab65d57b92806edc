//! Loads chunks of linked chunks, and the events in them.

use matrix_sdk_base::{
    event_cache::{Event, Gap},
    linked_chunk::{
        ChunkContent, ChunkIdentifier, ChunkIdentifierGenerator, ChunkMetadata, LinkedChunkId,
        RawChunk,
    },
};
use serde_bytes::ByteArray;

use super::{
    records::{CHUNKS, Chunk, Content, EVENTS, Hash, LAST_CHUNKS},
    room::Room,
};
use crate::{engine::Direction, error::StoreError, key::Table, tree::Place};

/// One linked chunk, and where its records lie.
pub(super) struct Linked<'a> {
    room: Room<'a>,
    /// What stands for it in keys.
    pub(super) name: Hash,
}

impl<'a> Linked<'a> {
    pub(super) fn new(room: Room<'a>, id: LinkedChunkId<'_>) -> Self {
        let name = id.storage_key();
        let name = room.tree.cipher().hide(CHUNKS.domain(), name.as_ref());
        Self {
            room,
            name: ByteArray::new(name),
        }
    }

    /// Its place in a table of linked chunks.
    pub(super) fn at<V>(&self, table: Table<V>) -> Place<'a, V> {
        self.room.at(table).part(self.name.as_slice())
    }

    /// All chunks, in the order of their numbers.
    pub(super) fn all(&self) -> Result<Vec<RawChunk<Event, Gap>>, StoreError> {
        self.each(|number, chunk| self.load(number, chunk))
    }

    /// The links and sizes of all chunks, in the order of their numbers.
    pub(super) fn metadata(&self) -> Result<Vec<ChunkMetadata>, StoreError> {
        self.each(|number, chunk| {
            Ok(ChunkMetadata {
                identifier: ChunkIdentifier::new(number),
                previous: chunk.previous.map(ChunkIdentifier::new),
                next: chunk.next.map(ChunkIdentifier::new),
                num_items: chunk.content.events().len(),
            })
        })
    }

    /// The last chunk, and what gives numbers to new ones.
    pub(super) fn last(
        &self,
    ) -> Result<(Option<RawChunk<Event, Gap>>, ChunkIdentifierGenerator), StoreError> {
        let greatest = self.at(CHUNKS).last_order()?;
        let numbers = greatest.map_or_else(ChunkIdentifierGenerator::new_from_scratch, |number| {
            ChunkIdentifierGenerator::new_from_previous_chunk_identifier(ChunkIdentifier::new(
                number,
            ))
        });
        let last = match (greatest, self.at(LAST_CHUNKS).get()?) {
            (None, _) => None,
            // Chunks without a last one are linked in a circle.
            (Some(_), None) => return Err(StoreError::Damaged),
            (Some(_), Some(number)) => Some(self.linked(number)?),
        };
        Ok((last, numbers))
    }

    /// The chunk before another; none before the first, and before an unknown one.
    pub(super) fn before(
        &self,
        number: ChunkIdentifier,
    ) -> Result<Option<RawChunk<Event, Gap>>, StoreError> {
        let next = self.at(CHUNKS).order(number.index()).get()?;
        next.and_then(|next| next.previous)
            .map(|number| self.linked(number))
            .transpose()
    }

    /// A chunk that another record names.
    fn linked(&self, number: u64) -> Result<RawChunk<Event, Gap>, StoreError> {
        let chunk = self.at(CHUNKS).order(number).get()?;
        self.load(number, chunk.ok_or(StoreError::Damaged)?)
    }

    /// Without one of its events a chunk cannot be used: positions would count wrongly. The SDK
    /// then clears the linked chunk, and asks the server again.
    fn load(&self, number: u64, chunk: Chunk) -> Result<RawChunk<Event, Gap>, StoreError> {
        let content = match chunk.content {
            Content::Gap(token) => ChunkContent::Gap(Gap { token }),
            Content::Events(slots) => {
                let events = self.room.at(EVENTS);
                let events = slots.iter().map(|slot| {
                    let event = events.clone().part(slot.bytes()).get()?;
                    Ok(event.ok_or(StoreError::Damaged)?.0)
                });
                ChunkContent::Items(events.collect::<Result<_, StoreError>>()?)
            }
        };
        Ok(RawChunk {
            content,
            previous: chunk.previous.map(ChunkIdentifier::new),
            identifier: ChunkIdentifier::new(number),
            next: chunk.next.map(ChunkIdentifier::new),
        })
    }

    fn each<T>(
        &self,
        mut map: impl FnMut(u64, Chunk) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut chunks = Vec::new();
        self.at(CHUNKS)
            .each(.., Direction::Forward, |tail, chunk| {
                chunks.push((tail.order(), chunk));
                std::ops::ControlFlow::Continue(())
            })?;
        chunks
            .into_iter()
            .map(|(number, chunk)| map(number.ok_or(StoreError::Damaged)?, chunk))
            .collect()
    }
}
