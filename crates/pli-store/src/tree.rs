//! Typed, encrypted records over an [`Engine`], and the one way to change them.
//!
//! A store keeps a [`Tree`] and declares its [`Table`]s. It names a place by chaining parts, reads
//! it at once, and changes it in a [`Batch`]:
//!
//! ```ignore
//! const PROFILES: Table<Profile> = Table::json(0x13, 1);
//!
//! let one: Option<Profile> = tree.at(PROFILES).id(room).id(user).get()?;
//! let of_room: Vec<Profile> = tree.at(PROFILES).id(room).all()?;
//! tree.at(EVENTS).id(room).each(10..20, Forward, |tail, event| …)?;
//!
//! let mut batch = tree.batch().await;                          // waits for other writers
//! batch.put(&tree.at(PROFILES).id(room).id(user), &profile)?;
//! batch.remove(&tree.at(PROFILES).id(room).id(other));
//! batch.remove_all(&tree.at(EVENTS).id(room))?;                // a whole prefix
//! batch.commit(Durability::Queued).await?;
//! ```
//!
//! Reads go straight to the engine, on the calling thread, and see every committed batch.
//! A tree has one batch at a time: what is read after [`Tree::batch`] stays true until its commit,
//! so that read-modify-write needs no other lock. Do not hold a batch across a network call, nor
//! ask for a second one of the same tree meanwhile. A batch that is dropped changes nothing.
//! A commit is all-or-nothing whatever its size.
//!
//! Identifiers are hashed in keys: a scan that must tell them finds them in the values.

use std::{
    fs::File,
    ops::{Bound, ControlFlow, RangeBounds},
    sync::Arc,
};

use serde::de::DeserializeOwned;
use tokio::sync::{Mutex, watch};

mod compaction;
mod erasure;
mod parallel;
mod patience;

use compaction::Usage;
use patience::Patience;

use crate::{
    batch::Batch,
    cipher::{Cipher, StoreKey},
    disk_status::DiskStatus,
    doubt::Doubt,
    engine::{
        Direction, Engine, KeyRange, Successors, Visit, closing::Closing, live::Live, successor,
    },
    error::StoreError,
    key::{Table, Tail, domain},
    second_copy::SecondCopy,
    writer::Writer,
};

/// The records of one database. Cheap to clone; the last clone to go closes the database.
#[derive(Clone)]
pub(crate) struct Tree(Arc<Inner>);

struct Inner {
    /// Before the engine, so that the last flush comes before the engine closes.
    writer: Writer,
    engine: Arc<Live>,
    cipher: Cipher,
    gate: Arc<Mutex<()>>,
    usage: Usage,
    patience: Patience,
    doubt: Doubt,
    /// After the engine has closed.
    _closing: Option<Closing>,
    /// The profile's lock, let go last.
    _lock: Option<Arc<File>>,
}

/// What a database has beside its engine.
pub(crate) struct Ground {
    pub(crate) doubt: Doubt,
    pub(crate) closing: Option<Closing>,
    pub(crate) lock: Option<Arc<File>>,
}

impl Ground {
    pub(crate) fn in_memory() -> Self {
        Self {
            doubt: Doubt::in_memory(),
            closing: None,
            lock: None,
        }
    }
}

impl std::fmt::Debug for Tree {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Tree").finish_non_exhaustive()
    }
}

impl Tree {
    /// Starts the thread that writes to an opened engine.
    pub(crate) fn start(
        engine: Arc<dyn Engine>,
        successors: Box<dyn Successors>,
        key: &StoreKey,
        database: &'static str,
        second: Option<SecondCopy>,
        ground: Ground,
    ) -> Result<Self, StoreError> {
        let engine = Arc::new(Live::new(engine));
        let last = ground.closing.as_ref().map(Closing::last_change);
        let tree = Self(Arc::new(Inner {
            writer: Writer::start(engine.clone(), successors, database, second, last)?,
            engine,
            cipher: Cipher::new(key, database),
            gate: Arc::default(),
            usage: Usage::default(),
            patience: Patience::default(),
            doubt: ground.doubt,
            _closing: ground.closing,
            _lock: ground.lock,
        }));
        tree.tell_erased();
        Ok(tree)
    }

    /// The place of a whole table; narrow it with [`Place::id`] and [`Place::order`].
    pub(crate) fn at<V>(&self, table: Table<V>) -> Place<'_, V> {
        Place {
            tree: self,
            table,
            key: table.prefix(),
        }
    }

    /// The place of a key found before, in the same table.
    pub(crate) fn at_key<V>(&self, table: Table<V>, key: Vec<u8>) -> Place<'_, V> {
        Place {
            tree: self,
            table,
            key,
        }
    }

    /// Reads on a thread that may block: for scans of thousands of records.
    pub(crate) async fn aside<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Self) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let tree = self.clone();
        tokio::task::spawn_blocking(move || read(&tree))
            .await
            .map_err(|_| StoreError::Closed)?
    }

    /// Begins a change, once the one before is in place.
    pub(crate) async fn batch(&self) -> Batch {
        Batch::new(self.clone(), self.0.gate.clone().lock_owned().await)
    }

    /// Begins a change at the opening, when nobody else has one.
    pub(crate) fn first_batch(&self) -> Result<Batch, StoreError> {
        let turn = self.0.gate.clone().try_lock_owned();
        Ok(Batch::new(
            self.clone(),
            turn.map_err(|_| StoreError::Closed)?,
        ))
    }

    /// Returns once all that was committed before would survive a power cut.
    pub(crate) async fn flush(&self) -> Result<(), StoreError> {
        self.writer().flush().await
    }

    /// Begins the second copy anew, as more records than before belong to it.
    pub(crate) async fn renew_second_copy(&self) -> Result<(), StoreError> {
        self.writer().renew_second_copy().await
    }

    /// Whether changes are taken.
    pub(crate) fn disk_status(&self) -> watch::Receiver<DiskStatus> {
        self.writer().disk_status()
    }

    /// Whether it holds any record of a store.
    pub(crate) fn is_used(&self) -> Result<bool, StoreError> {
        let records = KeyRange {
            start: vec![domain::FIRST_OF_STORES],
            end: None,
        };
        let mut any = false;
        self.scan(&records, Direction::Forward, &mut |_, _| {
            any = true;
            ControlFlow::Break(())
        })?;
        Ok(any)
    }

    /// Bytes on the disk.
    pub(crate) fn size(&self) -> Result<u64, StoreError> {
        Ok(self.engine().size()?)
    }

    /// For one read: see [`Live::engine`].
    pub(crate) fn engine(&self) -> Arc<dyn Engine> {
        self.0.engine.engine()
    }

    pub(crate) fn cipher(&self) -> &Cipher {
        &self.0.cipher
    }

    /// Whether a record was found damaged since the database was opened.
    pub(crate) fn doubt(&self) -> &Doubt {
        &self.0.doubt
    }

    fn read(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let read = self.engine().get(key).map_err(StoreError::from);
        self.doubt().noting(read)
    }

    fn scan(
        &self,
        range: &KeyRange,
        direction: Direction,
        visit: &mut Visit<'_>,
    ) -> Result<(), StoreError> {
        let scanned = self.engine().scan(range, direction, visit);
        self.doubt().noting(scanned.map_err(StoreError::from))
    }

    pub(crate) fn writer(&self) -> &Writer {
        &self.0.writer
    }
}

/// One record of a table, or all those whose keys begin alike.
pub(crate) struct Place<'a, V> {
    tree: &'a Tree,
    table: Table<V>,
    key: Vec<u8>,
}

impl<V> Clone for Place<'_, V> {
    fn clone(&self) -> Self {
        Self {
            tree: self.tree,
            table: self.table,
            key: self.key.clone(),
        }
    }
}

impl<V> Place<'_, V> {
    /// Narrows to an identifier: a room, a user, an event type…
    #[must_use]
    pub(crate) fn id(mut self, identifier: impl AsRef<[u8]>) -> Self {
        let hidden = self
            .tree
            .cipher()
            .hide(self.table.domain(), identifier.as_ref());
        self.key.extend_from_slice(&hidden);
        self
    }

    /// Narrows to a position; positions sort as numbers.
    #[must_use]
    pub(crate) fn order(mut self, order: u64) -> Self {
        self.key.extend_from_slice(&order.to_be_bytes());
        self
    }

    /// Narrows by parts made before: of an identifier already hashed, or of another key.
    #[must_use]
    pub(crate) fn part(mut self, parts: &[u8]) -> Self {
        self.key.extend_from_slice(parts);
        self
    }

    pub(crate) fn key(&self) -> &[u8] {
        &self.key
    }

    pub(crate) fn table(&self) -> Table<V> {
        self.table
    }

    /// Whether there is a record exactly here.
    pub(crate) fn exists(&self) -> Result<bool, StoreError> {
        Ok(self.tree.read(&self.key)?.is_some())
    }

    /// Whether there is a record here or below.
    pub(crate) fn any(&self) -> Result<bool, StoreError> {
        let mut any = false;
        let range = KeyRange::below(&self.key);
        self.tree.scan(&range, Direction::Forward, &mut |_, _| {
            any = true;
            ControlFlow::Break(())
        })?;
        Ok(any)
    }

    /// How many records are here and below, without opening them.
    pub(crate) fn count(&self) -> Result<usize, StoreError> {
        Ok(self.keys()?.len())
    }

    /// The keys of the records here and below.
    pub(crate) fn keys(&self) -> Result<Vec<Vec<u8>>, StoreError> {
        self.keys_of(.., usize::MAX)
    }

    /// The first keys below whose next part is an order of the range, `limit` of them at most.
    pub(crate) fn keys_of(
        &self,
        orders: impl RangeBounds<u64>,
        limit: usize,
    ) -> Result<Vec<Vec<u8>>, StoreError> {
        let mut keys = Vec::new();
        self.tree
            .scan(&self.children(orders), Direction::Forward, &mut |key, _| {
                if keys.len() >= limit {
                    return ControlFlow::Break(());
                }
                keys.push(key.to_vec());
                ControlFlow::Continue(())
            })?;
        Ok(keys)
    }

    /// The order that comes next in the greatest key below, found without opening a record.
    pub(crate) fn last_order(&self) -> Result<Option<u64>, StoreError> {
        let mut order = None;
        let range = KeyRange::below(&self.key);
        self.tree.scan(&range, Direction::Backward, &mut |key, _| {
            order = Tail::new(key, &self.key).order();
            ControlFlow::Break(())
        })?;
        Ok(order)
    }

    fn children(&self, orders: impl RangeBounds<u64>) -> KeyRange {
        let child = |order: u64| [self.key.as_slice(), &order.to_be_bytes()].concat();
        let start = match orders.start_bound() {
            Bound::Unbounded => Some(self.key.clone()),
            Bound::Included(order) => Some(child(*order)),
            Bound::Excluded(order) => order.checked_add(1).map(child),
        };
        let end = match orders.end_bound() {
            Bound::Unbounded => successor(&self.key),
            Bound::Included(order) => successor(&child(*order)),
            Bound::Excluded(order) => Some(child(*order)),
        };
        match start {
            Some(start) => KeyRange { start, end },
            None => KeyRange {
                start: self.key.clone(),
                end: Some(self.key.clone()),
            },
        }
    }
}

impl<V: DeserializeOwned> Place<'_, V> {
    /// The record exactly here.
    pub(crate) fn get(&self) -> Result<Option<V>, StoreError> {
        match self.tree.read(&self.key)? {
            Some(sealed) => self.open(&self.key, &sealed).map(Some),
            None => Ok(None),
        }
    }

    /// All records here and below, in the order of their keys.
    pub(crate) fn all(&self) -> Result<Vec<V>, StoreError> {
        let mut values = Vec::new();
        self.each(.., Direction::Forward, |_, value| {
            values.push(value);
            ControlFlow::Continue(())
        })?;
        Ok(values)
    }

    /// Visits the records here and below, those whose next part is an order of the range, until
    /// told to break. With `..` the next part may be of any kind.
    pub(crate) fn each(
        &self,
        orders: impl RangeBounds<u64>,
        direction: Direction,
        mut visit: impl FnMut(Tail<'_>, V) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let mut result = Ok(());
        self.tree.scan(
            &self.children(orders),
            direction,
            &mut |key, sealed| match self.open(key, sealed) {
                Ok(value) => visit(Tail::new(key, &self.key), value),
                Err(error) => {
                    result = Err(error);
                    ControlFlow::Break(())
                }
            },
        )?;
        result
    }

    /// At most `limit` records below, beginning after the place `after`.
    pub(crate) fn page(&self, after: Option<&Self>, limit: usize) -> Result<Vec<V>, StoreError> {
        let mut range = KeyRange::below(&self.key);
        if let Some(after) = after {
            range.start = successor(&after.key).unwrap_or_else(|| after.key.clone());
        }
        let mut page = Vec::new();
        let mut result = Ok(());
        self.tree
            .scan(&range, Direction::Forward, &mut |key, sealed| {
                if page.len() >= limit {
                    return ControlFlow::Break(());
                }
                match self.open(key, sealed) {
                    Ok(value) => page.push(value),
                    Err(error) => {
                        result = Err(error);
                        return ControlFlow::Break(());
                    }
                }
                ControlFlow::Continue(())
            })?;
        result.map(|()| page)
    }

    fn open(&self, key: &[u8], sealed: &[u8]) -> Result<V, StoreError> {
        let opened = self.tree.cipher().open(key, sealed);
        self.table.decode(&self.tree.doubt().noting(opened)?)
    }
}
