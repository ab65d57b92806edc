//! What whoever removes messages at their time asks the stores: what is due, and what was begun.

use matrix_sdk_base::ruma::{EventId, OwnedEventId, OwnedRoomId, RoomId, TransactionId};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use super::Stores;
use crate::{
    batch::Durability,
    error::StoreError,
    event_cache::{
        due::{self, Aged, Due},
        expiry::Expired,
    },
    key::Table,
    state::life::{self, Life},
    tree::Place,
};

/// Room, event. In `keys`, twice: nobody else knows of them.
const REDACTIONS: Table<Redaction> = Table::compact(0x37, 1);

/// The domain of these: they are kept twice.
pub(crate) const KEPT: &[u8] = &[REDACTIONS.domain()];

/// A message of the user's own that the server is to redact at its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redaction {
    /// Its room.
    pub room: OwnedRoomId,
    /// Its event.
    pub event: OwnedEventId,
    /// When it ends, in milliseconds of the epoch.
    pub end: u64,
    /// Whether this device sent it.
    pub sent_here: bool,
    /// Whether the server has promised to do it by itself.
    pub scheduled: bool,
}

impl Stores {
    /// The first messages that end by a time in milliseconds of the epoch, `limit` at most. Each
    /// message that says when it ends is listed as it is stored, whenever it comes or is
    /// decrypted.
    ///
    /// # Errors
    ///
    /// When the disk refuses, or a record is damaged.
    pub fn due_by(&self, time: u64, limit: usize) -> Result<Vec<Due>, StoreError> {
        due::due_by(&self.history, time, limit)
    }

    /// When the next message ends.
    ///
    /// # Errors
    ///
    /// As of [`Stores::due_by`].
    pub fn next_due(&self) -> Result<Option<u64>, StoreError> {
        due::next(&self.history)
    }

    /// Changes whenever messages that end by themselves were stored.
    #[must_use]
    pub fn due_listed(&self) -> watch::Receiver<u64> {
        self.history.due()
    }

    /// Takes messages from the list, once they have expired: those whose events are not stored
    /// would stay on it.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub async fn unlist(&self, dues: &[Due]) -> Result<(), StoreError> {
        let mut batch = self.history.batch().await;
        due::unlist_all(&mut batch, &self.history, dues);
        batch.commit(Durability::Queued).await
    }

    /// The events of a room from before a time in milliseconds of the epoch.
    ///
    /// # Errors
    ///
    /// As of [`Stores::due_by`].
    pub async fn older_than(&self, room: &RoomId, time: u64) -> Result<Aged, StoreError> {
        let room = room.to_owned();
        let read = self
            .history
            .aside(move |tree| due::older_than(tree, &room, time));
        read.await
    }

    /// Whether an event has expired, known here or not.
    ///
    /// # Errors
    ///
    /// As of [`Stores::due_by`].
    pub fn has_expired(&self, room: &RoomId, event: &EventId) -> Result<bool, StoreError> {
        Expired::of(&self.history, room)?.has(event)
    }

    /// What waits to be sent and ends by itself.
    ///
    /// # Errors
    ///
    /// As of [`Stores::due_by`].
    pub fn unsent_lives(&self) -> Result<Vec<Life>, StoreError> {
        life::all(&self.keys)
    }

    /// Keeps the end of a file that is about to be queued under a transaction: its event is sent
    /// with that in its content.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub async fn keep_life(&self, life: &Life) -> Result<(), StoreError> {
        life::keep(&self.keys, life).await
    }

    /// Forgets that, as the file was not queued.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub async fn forget_life(
        &self,
        room: &RoomId,
        transaction: &TransactionId,
    ) -> Result<(), StoreError> {
        life::forget(&self.keys, room, transaction).await
    }

    /// The redactions that are due, or promised by the server.
    ///
    /// # Errors
    ///
    /// As of [`Stores::due_by`].
    pub fn redactions(&self) -> Result<Vec<Redaction>, StoreError> {
        self.keys.at(REDACTIONS).all()
    }

    /// Notes one that is due or promised; of one that is promised already, that stays.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub async fn note_redaction(&self, redaction: &Redaction) -> Result<(), StoreError> {
        let mut batch = self.keys.batch().await;
        let place = self.redaction(&redaction.room, &redaction.event);
        if !place.get()?.is_some_and(|noted| noted.scheduled) {
            batch.put(&place, redaction)?;
        }
        batch.commit(Durability::Synced).await
    }

    /// Forgets one that is done, or cannot be.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub async fn end_redaction(&self, room: &RoomId, event: &EventId) -> Result<(), StoreError> {
        let mut batch = self.keys.batch().await;
        batch.remove(&self.redaction(room, event));
        batch.commit(Durability::Synced).await
    }

    fn redaction(&self, room: &RoomId, event: &EventId) -> Place<'_, Redaction> {
        self.keys.at(REDACTIONS).id(room).id(event)
    }
}
