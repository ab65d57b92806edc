//! Where the records of a room lie, and how those of all rooms are forgotten at once.
//!
//! Every key begins with a generation. To forget everything is to begin the next one: a small
//! write, however much there is, because the SDK asks for it just when it has fallen behind. What
//! is left of the generations before goes little by little, with the writes that follow.

use matrix_sdk_base::ruma::RoomId;

use super::{
    due,
    expiry::EXPIRED,
    records::{CHUNKS, ENTRIES, EVENTS, LAST_CHUNKS, RELATIONS, SESSIONS},
};
use crate::{
    batch::{Batch, Durability},
    error::StoreError,
    key::Table,
    tree::{Place, Tree},
};

/// The generations that have records, perhaps; the last one counts.
const GENERATIONS: Table<()> = Table::compact(0x76, 1);

/// How many records of generations before go with a write.
const SWEPT_AT_ONCE: usize = 100;

/// The records of one room.
#[derive(Clone, Copy)]
pub(super) struct Room<'a> {
    pub(super) tree: &'a Tree,
    pub(super) id: &'a RoomId,
    generation: u64,
}

impl<'a> Room<'a> {
    /// With a batch in hand, so that the generation stays; or to read.
    pub(super) fn new(tree: &'a Tree, id: &'a RoomId) -> Result<Self, StoreError> {
        Ok(Self {
            tree,
            id,
            generation: generation(tree)?,
        })
    }

    pub(super) fn at<V>(&self, table: Table<V>) -> Place<'a, V> {
        self.tree.at(table).order(self.generation).id(self.id)
    }

    fn remove(&self, batch: &mut Batch) -> Result<(), StoreError> {
        batch.erase_all(&self.at(EVENTS))?;
        batch.erase_all(&self.at(ENTRIES))?;
        batch.erase_all(&self.at(RELATIONS))?;
        batch.erase_all(&self.at(SESSIONS))?;
        batch.erase_all(&self.at(CHUNKS))?;
        batch.erase_all(&self.at(LAST_CHUNKS))?;
        due::unlist_room(batch, *self)?;
        batch.erase_all(&self.tree.at(EXPIRED).id(self.id))
    }
}

fn generation(tree: &Tree) -> Result<u64, StoreError> {
    Ok(tree.at(GENERATIONS).last_order()?.unwrap_or_default())
}

/// Removes all that is known of a room.
pub(super) async fn remove(tree: &Tree, room: &RoomId) -> Result<(), StoreError> {
    sweep_all(tree).await?;
    let mut batch = tree.batch().await;
    let room = room.to_owned();
    let batch = tree
        .aside(move |tree| {
            Room::new(tree, &room)?.remove(&mut batch)?;
            Ok(batch)
        })
        .await?;
    batch.commit(Durability::Queued).await
}

/// Forgets all rooms.
pub(super) async fn forget_all(tree: &Tree) -> Result<(), StoreError> {
    let mut batch = tree.batch().await;
    let generation = generation(tree)?;
    for generation in [generation, generation + 1] {
        batch.put(&tree.at(GENERATIONS).order(generation), &())?;
    }
    batch.commit(Durability::Queued).await
}

/// Removes some records of generations before. Whether there may be more.
async fn sweep(tree: &Tree) -> Result<bool, StoreError> {
    if tree.at(GENERATIONS).count()? < 2 {
        return Ok(false);
    }
    let mut sweep = Sweep {
        tree,
        batch: tree.batch().await,
        generation: generation(tree)?,
        left: SWEPT_AT_ONCE,
    };
    sweep.table(EVENTS)?;
    sweep.table(ENTRIES)?;
    sweep.table(RELATIONS)?;
    sweep.table(SESSIONS)?;
    sweep.table(CHUNKS)?;
    sweep.table(LAST_CHUNKS)?;
    sweep.table(GENERATIONS)?;
    let more = sweep.left == 0;
    sweep.batch.commit(Durability::Queued).await?;
    Ok(more)
}

/// Removes all records of generations before.
pub(super) async fn sweep_all(tree: &Tree) -> Result<(), StoreError> {
    while sweep(tree).await? {}
    Ok(())
}

/// After a change, which is made whatever becomes of this: what stays is swept by a later one.
pub(super) async fn sweep_some(tree: &Tree) {
    if let Err(error) = sweep(tree).await {
        tracing::warn!(%error, "forgotten rooms could not be swept");
    }
}

struct Sweep<'a> {
    tree: &'a Tree,
    batch: Batch,
    generation: u64,
    left: usize,
}

impl Sweep<'_> {
    fn table<V>(&mut self, table: Table<V>) -> Result<(), StoreError> {
        let before = self.tree.at(table).keys_of(..self.generation, self.left)?;
        self.left -= before.len();
        for key in before {
            self.batch.remove(&self.tree.at_key(table, key));
        }
        Ok(())
    }
}
