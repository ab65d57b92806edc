//! Applies to a linked chunk what the SDK did to its own.

use std::{
    collections::{BTreeMap, btree_map},
    sync::Arc,
};

use matrix_sdk_base::{
    event_cache::{Event, Gap},
    linked_chunk::{ChunkIdentifier, OwnedLinkedChunkId, Position, Update},
};

use super::{
    chunks::Linked,
    records::{CHUNKS, Chunk, Content, LAST_CHUNKS, Slot},
    room::{Room, sweep_some},
    writing::EventWriter,
};
use crate::{
    batch::{Batch, Durability},
    error::StoreError,
    tree::Tree,
};

/// Applies all of the updates, or none.
pub(super) async fn apply(
    tree: &Tree,
    linked_chunk: OwnedLinkedChunkId,
    updates: Arc<Vec<Update<Event, Gap>>>,
) -> Result<(), StoreError> {
    let batch = tree.batch().await;
    let batch = tree
        .aside(move |tree| {
            let mut updating = Updating::new(tree, &linked_chunk, batch)?;
            for update in updates.iter() {
                updating.update(update)?;
            }
            updating.finish()
        })
        .await?;
    batch.commit(Durability::Queued).await?;
    sweep_some(tree).await;
    Ok(())
}

/// A linked chunk between the first update and the last.
struct Updating<'a> {
    linked: Linked<'a>,
    batch: Batch,
    events: EventWriter<'a>,
    /// The chunks read or changed so far; `None` is one that is not, or no longer, there.
    chunks: BTreeMap<u64, Option<Chunk>>,
    /// Whether the chunks on the disk count no longer.
    cleared: bool,
    last: Option<u64>,
    stored_last: Option<u64>,
}

impl<'a> Updating<'a> {
    fn new(
        tree: &'a Tree,
        linked_chunk: &'a OwnedLinkedChunkId,
        batch: Batch,
    ) -> Result<Self, StoreError> {
        let room = Room::new(tree, linked_chunk.room_id())?;
        let linked = Linked::new(room, linked_chunk.as_ref());
        let last = linked.at(LAST_CHUNKS).get()?;
        Ok(Self {
            last,
            stored_last: last,
            events: EventWriter::new(room)?,
            linked,
            batch,
            chunks: BTreeMap::new(),
            cleared: false,
        })
    }

    fn update(&mut self, update: &Update<Event, Gap>) -> Result<(), StoreError> {
        match *update {
            Update::NewItemsChunk {
                previous,
                new,
                next,
            } => self.insert(previous, new, next, Content::Events(Vec::new())),
            Update::NewGapChunk {
                previous,
                new,
                next,
                ref gap,
            } => self.insert(previous, new, next, Content::Gap(gap.token.clone())),
            Update::RemoveChunk(chunk) => self.remove(chunk.index()),
            Update::PushItems { at, ref items } => self.push(at, items),
            Update::ReplaceItem { at, ref item } => self.replace(at, item),
            Update::RemoveItem { at } => {
                let slots = self.slots(at)?;
                if at.index() < slots.len() {
                    slots.remove(at.index());
                }
                Ok(())
            }
            Update::DetachLastItems { at } => {
                self.slots(at)?.truncate(at.index());
                Ok(())
            }
            Update::StartReattachItems | Update::EndReattachItems => Ok(()),
            Update::Clear => self.clear(),
        }
    }

    fn chunk(&mut self, number: u64) -> Result<&mut Chunk, StoreError> {
        let chunk = match self.chunks.entry(number) {
            btree_map::Entry::Occupied(known) => known.into_mut(),
            btree_map::Entry::Vacant(unread) => unread.insert(if self.cleared {
                None
            } else {
                self.linked.at(CHUNKS).order(number).get()?
            }),
        };
        chunk.as_mut().ok_or(StoreError::UnknownChunk)
    }

    /// The events of the chunk of a position.
    fn slots(&mut self, at: Position) -> Result<&mut Vec<Slot>, StoreError> {
        match &mut self.chunk(at.chunk_identifier().index())?.content {
            Content::Events(slots) => Ok(slots),
            Content::Gap(_) => Err(StoreError::UnknownChunk),
        }
    }

    fn insert(
        &mut self,
        previous: Option<ChunkIdentifier>,
        new: ChunkIdentifier,
        next: Option<ChunkIdentifier>,
        content: Content,
    ) -> Result<(), StoreError> {
        let [previous, next] = [previous, next].map(|chunk| chunk.map(|chunk| chunk.index()));
        let new = new.index();
        if let Some(previous) = previous {
            self.chunk(previous)?.next = Some(new);
            self.last.take_if(|last| *last == previous);
        }
        match next {
            Some(next) => self.chunk(next)?.previous = Some(new),
            None => self.last = Some(new),
        }
        let chunk = Chunk {
            previous,
            next,
            content,
        };
        self.chunks.insert(new, Some(chunk));
        Ok(())
    }

    fn remove(&mut self, number: u64) -> Result<(), StoreError> {
        let Chunk { previous, next, .. } = *self.chunk(number)?;
        if let Some(previous) = previous {
            self.chunk(previous)?.next = next;
        }
        if let Some(next) = next {
            self.chunk(next)?.previous = previous;
        }
        if self.last == Some(number) {
            self.last = previous;
        }
        self.chunks.insert(number, None);
        Ok(())
    }

    fn push(&mut self, at: Position, events: &[Event]) -> Result<(), StoreError> {
        let number = at.chunk_identifier().index();
        self.slots(at)?;
        let mut pushed = Vec::with_capacity(events.len());
        for event in events {
            if let Some(slot) = self.events.put(&mut self.batch, event)? {
                self.events.place(slot.event(), self.linked.name, number);
                pushed.push(slot);
            }
        }
        self.slots(at)?.append(&mut pushed);
        Ok(())
    }

    fn replace(&mut self, at: Position, event: &Event) -> Result<(), StoreError> {
        let Some(slot) = self.events.put(&mut self.batch, event)? else {
            return Ok(());
        };
        if let Some(replaced) = self.slots(at)?.get_mut(at.index()) {
            *replaced = slot;
            let number = at.chunk_identifier().index();
            self.events.place(slot.event(), self.linked.name, number);
        }
        Ok(())
    }

    /// Removes the chunks. The events stay, as the SDK wants it: it finds them by their ids.
    fn clear(&mut self) -> Result<(), StoreError> {
        self.batch.remove_all(&self.linked.at(CHUNKS))?;
        self.chunks.clear();
        self.cleared = true;
        self.last = None;
        Ok(())
    }

    fn finish(mut self) -> Result<Batch, StoreError> {
        for (number, chunk) in &self.chunks {
            let place = self.linked.at(CHUNKS).order(*number);
            match chunk {
                Some(chunk) => self.batch.put(&place, chunk)?,
                None => self.batch.remove(&place),
            }
        }
        let last = self.linked.at(LAST_CHUNKS);
        match &self.last {
            number if *number == self.stored_last => {}
            Some(number) => self.batch.put(&last, number)?,
            None => self.batch.remove(&last),
        }
        self.events.finish(&mut self.batch)?;
        Ok(self.batch)
    }
}
