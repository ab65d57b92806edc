//! Messages expire: their content goes, in both databases at once.
//!
//! A database changes as one, but there are two. So the change of `keys` notes what is expiring;
//! the change of `history` follows, and then the note is removed. Where that is cut short, the
//! next opening, or the next call, ends it.

use matrix_sdk_base::ruma::{OwnedEventId, OwnedRoomId, OwnedTransactionId, RoomId};
use serde::{Deserialize, Serialize};

use super::Stores;
use crate::{
    batch::{Batch, Durability},
    error::StoreError,
    event_cache::expiry::{self as events, Expired},
    key::Table,
    state::{Unsent, expire_latest},
    tree::{Place, Tree},
};

/// In `keys`, by a number: what is gone there, and perhaps not yet from `history`.
const EXPIRING: Table<Expiring> = Table::compact(0x35, 1);

#[derive(Clone, Serialize, Deserialize)]
struct Expiring {
    room: OwnedRoomId,
    events: Vec<OwnedEventId>,
    unsent: Vec<OwnedTransactionId>,
}

impl Stores {
    /// Empties messages of a room that have expired, all of them or none, also if a crash
    /// interrupts it. Returns once that is on the disk. What it removed is still in free space of
    /// the files until they are rewritten: see [`Stores::compact_if_worth`].
    ///
    /// Of each of the `events`, and of their edits:
    ///
    /// - the stored event keeps its id, sender, type, time and place; its content goes, decrypted
    ///   or not, and it has the shape of a redacted one, which [`is_expired`](crate::is_expired)
    ///   tells from others. Also where the server put it into another event: as its edit, or the
    ///   latest of its thread;
    /// - the latest event of the room, if it is one of them;
    /// - edits of it and reactions to it that wait to be sent, and what depends on its own request;
    ///   a redaction is still sent;
    /// - a draft that edits it; a draft that answers it answers nothing any more.
    ///
    /// Of each of the `unsent`, which are transactions of messages that wait to be sent: the
    /// request, its uploads, and what depends on it.
    ///
    /// The ids of the events are remembered, as keyed hashes, until the room is removed: an event
    /// that comes later, or again, by a sync or by pagination, is stored emptied; an id that is
    /// not known yet is none the less remembered. State events are left as they are. An answer
    /// that quotes a message in its own text is another message.
    ///
    /// To ask for what was done already changes nothing.
    ///
    /// # What is left to the caller
    ///
    /// - Media are files of their own, and several events may show one: remove them, before this,
    ///   from the media store, by the URIs that the events tell.
    /// - The SDK holds events of rooms in use in memory, and their latest events: what a timeline
    ///   shows must leave them out. What the SDK writes of them from there is stored emptied.
    /// - The SDK's queue holds what it is about to send: abort the `unsent` there, if it runs.
    ///
    /// # Errors
    ///
    /// When the disk refuses, or a record is damaged. What was begun is then ended by the next call
    /// or the next opening.
    pub async fn expire(
        &self,
        room: &RoomId,
        events: &[OwnedEventId],
        unsent: &[OwnedTransactionId],
    ) -> Result<(), StoreError> {
        if !events.is_empty() || !unsent.is_empty() {
            let expiring = Expiring {
                room: room.to_owned(),
                events: events.to_vec(),
                unsent: unsent.to_vec(),
            };
            self.expire_unsent(expiring).await?;
        }
        for (key, expiring) in pending(&self.keys)? {
            self.expire_known(expiring).await?;
            let mut batch = self.keys.batch().await;
            batch.remove(&self.keys.at_key(EXPIRING, key));
            batch.commit(Durability::Queued).await?;
        }
        Ok(())
    }

    /// What only this device knows, and the note.
    async fn expire_unsent(&self, expiring: Expiring) -> Result<(), StoreError> {
        let of_events = expiring.clone();
        let sent = self
            .history
            .aside(move |tree| events::transactions(tree, &of_events.room, &of_events.events))
            .await?;
        let mut batch = self.keys.batch().await;
        let last = self.keys.at(EXPIRING).last_order()?;
        let note = self
            .keys
            .at(EXPIRING)
            .order(last.map_or(0, |last| last + 1));
        batch.put(&note, &expiring)?;
        let requests = expiring.unsent.iter().chain(&sent).map(AsRef::as_ref);
        let unsent = Unsent {
            events: &expiring.events,
            requests: requests.collect(),
        };
        unsent.expire(&self.keys, &mut batch, &expiring.room)?;
        batch.commit(Durability::Synced).await
    }

    /// What the server gave.
    async fn expire_known(&self, expiring: Expiring) -> Result<(), StoreError> {
        events::remove_forgotten(&self.history).await?;
        let mut batch = self.history.batch().await;
        let keys = self.keys.clone();
        let expire = move |history: &Tree| {
            fill(&keys, history, &mut batch, &expiring)?;
            Ok(batch)
        };
        let batch = self.history.aside(expire).await?;
        batch.commit(Durability::Synced).await
    }

    /// Ends, at the opening, what was begun before.
    pub(super) fn end_expiring(&self) {
        if let Err(error) = self.try_to_end_expiring() {
            // It stays noted.
            tracing::warn!(%error, "an interrupted expiry could not be ended");
        }
    }

    fn try_to_end_expiring(&self) -> Result<(), StoreError> {
        for (key, expiring) in pending(&self.keys)? {
            let mut batch = self.history.first_batch()?;
            fill(&self.keys, &self.history, &mut batch, &expiring)?;
            batch.make_at_opening()?;
            // Not of the second copy.
            self.keys.engine().apply(&[(key, None)])?;
            self.keys.engine().flush()?;
            tracing::info!("an interrupted expiry was ended");
        }
        Ok(())
    }
}

fn pending(keys: &Tree) -> Result<Vec<(Vec<u8>, Expiring)>, StoreError> {
    let keys_of_notes = keys.at(EXPIRING).keys()?;
    let notes = keys_of_notes.into_iter().map(|key| {
        let note: Place<'_, Expiring> = keys.at_key(EXPIRING, key.clone());
        Ok(note.get()?.map(|note| (key, note)))
    });
    notes.filter_map(Result::transpose).collect()
}

fn fill(
    keys: &Tree,
    history: &Tree,
    batch: &mut Batch,
    expiring: &Expiring,
) -> Result<(), StoreError> {
    let Expiring {
        room,
        events,
        unsent,
    } = expiring;
    self::events::expire(history, batch, room, events)?;
    let expired = Expired::of(history, room)?.with(events);
    expire_latest([keys, history], batch, room, &expired, unsent)
}
