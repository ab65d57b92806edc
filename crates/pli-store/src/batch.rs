//! A change of several records, applied as one.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Bound,
};

use serde::{Serialize, de::DeserializeOwned};
use tokio::sync::OwnedMutexGuard;

use crate::{
    engine::{Write, successor},
    error::StoreError,
    event_cache::due::DUE,
    intent,
    key::Table,
    second_copy,
    tree::{Place, Tree},
    writer::Change,
};

/// When a commit returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Durability {
    /// Once the change can be read. It reaches the disk within half a second, after all changes
    /// before it: for what the server gives again.
    Queued,
    /// Once the change would survive a power cut: for what nobody can give back.
    Synced,
}

/// Writes that are not yet made. Of two to one place, the later counts.
///
/// While it lives no other batch of its tree does: what is read meanwhile stays true.
#[must_use = "a batch changes nothing until it is committed"]
pub(crate) struct Batch {
    tree: Tree,
    ahead: BTreeMap<Vec<u8>, Option<Vec<u8>>>,
    writes: BTreeMap<Vec<u8>, Option<Vec<u8>>>,
    kept: BTreeSet<Vec<u8>>,
    turn: OwnedMutexGuard<()>,
}

impl Batch {
    pub(crate) fn new(tree: Tree, turn: OwnedMutexGuard<()>) -> Self {
        Self {
            tree,
            ahead: BTreeMap::new(),
            writes: BTreeMap::new(),
            kept: BTreeSet::new(),
            turn,
        }
    }

    /// Writes a record.
    pub(crate) fn put<V: Serialize>(
        &mut self,
        place: &Place<'_, V>,
        value: &V,
    ) -> Result<(), StoreError> {
        self.put_as(place, value)
    }

    /// Writes a record from a borrowed form of its type, which must serialise as the type does:
    /// `(&UserId, &Profile)` for `(OwnedUserId, Profile)`.
    pub(crate) fn put_as<V, E: Serialize + ?Sized>(
        &mut self,
        place: &Place<'_, V>,
        value: &E,
    ) -> Result<(), StoreError> {
        let sealed = self.seal(place, value)?;
        self.writes.insert(place.key().to_vec(), Some(sealed));
        Ok(())
    }

    /// Writes a record that means nothing without the rest of the batch: a crash may leave it
    /// alone. A large batch of such records costs half, as it needs not be whole.
    pub(crate) fn put_ahead<V, E: Serialize + ?Sized>(
        &mut self,
        place: &Place<'_, V>,
        value: &E,
    ) -> Result<(), StoreError> {
        let sealed = self.seal(place, value)?;
        let written_before = self.writes.get_mut(place.key());
        match written_before {
            Some(write) => *write = Some(sealed),
            None => drop(self.ahead.insert(place.key().to_vec(), Some(sealed))),
        }
        Ok(())
    }

    /// Has a record of this batch kept twice, as those of some kinds all are.
    pub(crate) fn keep_twice<V>(&mut self, place: &Place<'_, V>) {
        self.kept.insert(place.key().to_vec());
    }

    fn seal<V, E: Serialize + ?Sized>(
        &self,
        place: &Place<'_, V>,
        value: &E,
    ) -> Result<Vec<u8>, StoreError> {
        let value = place.table().encode(value)?;
        self.tree.cipher().seal(place.key(), &value)
    }

    /// The tree that it changes.
    pub(crate) const fn tree(&self) -> &Tree {
        &self.tree
    }

    /// Whether it writes at a key, or removes what is there.
    pub(crate) fn writes(&self, key: &[u8]) -> bool {
        self.writes.contains_key(key)
    }

    /// Whether it writes records of a table.
    fn puts<V>(&self, table: Table<V>) -> bool {
        let of_table = self.writes.range(vec![table.domain()]..);
        let mut of_table = of_table.take_while(|(key, _)| key.first() == Some(&table.domain()));
        of_table.any(|(_, write)| write.is_some())
    }

    /// Removes the record exactly at a place, and notes that, if there is one.
    pub(crate) fn erase<V>(&mut self, place: &Place<'_, V>) -> Result<(), StoreError> {
        if place.exists()? {
            self.note_erasure()?;
        }
        self.remove(place);
        Ok(())
    }

    /// Removes all records at and below a place, and notes that, if there are any.
    pub(crate) fn erase_all<V>(&mut self, place: &Place<'_, V>) -> Result<(), StoreError> {
        if place.any()? {
            self.note_erasure()?;
        }
        self.remove_all(place)
    }

    /// Removes the record exactly at a place, if there is one.
    pub(crate) fn remove<V>(&mut self, place: &Place<'_, V>) {
        self.writes.insert(place.key().to_vec(), None);
    }

    /// Removes all records at and below a place, those put into this batch before included.
    pub(crate) fn remove_all<V>(&mut self, place: &Place<'_, V>) -> Result<(), StoreError> {
        let end = successor(place.key()).map_or(Bound::Unbounded, Bound::Excluded);
        let range = (Bound::Included(place.key().to_vec()), end);
        let pending = self.writes.range_mut(range.clone());
        for (_, write) in pending.chain(self.ahead.range_mut(range)) {
            *write = None;
        }
        for key in place.keys()? {
            self.writes.insert(key, None);
        }
        Ok(())
    }

    /// The record at a place as it will be after the commit.
    pub(crate) fn get<V: DeserializeOwned>(
        &self,
        place: &Place<'_, V>,
    ) -> Result<Option<V>, StoreError> {
        let pending = self.writes.get(place.key());
        match pending.or_else(|| self.ahead.get(place.key())) {
            None => place.get(),
            Some(None) => Ok(None),
            Some(Some(sealed)) => place
                .table()
                .decode(&self.tree.cipher().open(place.key(), sealed)?)
                .map(Some),
        }
    }

    /// Makes the change at the opening, before the writer has anything to do, durably. For
    /// `history`, of which there is no second copy.
    pub(crate) fn make_at_opening(self) -> Result<(), StoreError> {
        let ahead: Vec<Write> = self.ahead.into_iter().collect();
        let writes: Vec<Write> = self.writes.into_iter().collect();
        let engine = self.tree.engine();
        intent::apply(engine.as_ref(), &ahead, &writes)?;
        engine.flush()?;
        self.tree.tell_erased();
        Ok(())
    }

    /// Makes the change: all of it, or on an error none. Where the disk fails midway, and goes on
    /// failing, it may still be made as a whole after the error, before any later change.
    pub(crate) async fn commit(self, durability: Durability) -> Result<(), StoreError> {
        if self.ahead.is_empty() && self.writes.is_empty() {
            return Ok(());
        }
        self.tree.note_write();
        let erases = self.erases();
        let lists_due = self.puts(DUE);
        let is_kept = |(key, _): &&Write| {
            key.first()
                .is_some_and(|domain| second_copy::is_kept(*domain))
                || self.kept.contains(key)
        };
        let ahead: Vec<Write> = self.ahead.into_iter().collect();
        let writes: Vec<Write> = self.writes.into_iter().collect();
        let change = Change {
            kept: ahead
                .iter()
                .chain(&writes)
                .filter(is_kept)
                .cloned()
                .collect(),
            ahead,
            writes,
            durability,
        };
        let written = self.tree.writer().write(change, self.turn).await;
        if erases {
            self.tree.tell_erased();
        }
        if lists_due && written.is_ok() {
            self.tree.tell_due();
        }
        self.tree.doubt().noting(written)
    }
}
