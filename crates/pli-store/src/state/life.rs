//! How long what waits to be sent lives.
//!
//! A text says itself when it ends. Of a file the SDK makes the event only once it is uploaded,
//! from a type that has no place for it: its end is kept beside the request, by the transaction of
//! the event, and put into the content when that is stored to be sent.

use std::collections::BTreeMap;

use matrix_sdk_base::{
    ruma::{
        OwnedRoomId, OwnedTransactionId, RoomId, TransactionId, events::AnyMessageLikeEventContent,
        serde::Raw,
    },
    store::{QueuedRequestKind as Kind, SerializableEventContent},
};
use serde::{Deserialize, Serialize};
use serde_json::value::{RawValue, to_raw_value};

use super::{
    send_queue::Request,
    tables::{LIVES, SEND_QUEUE},
};
use crate::{
    batch::{Batch, Durability},
    error::StoreError,
    event_cache::due::END,
    tree::{Place, Tree},
};

/// A message that waits to be sent, and ends by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Life {
    /// When, in milliseconds of the epoch.
    pub end: u64,
    /// Its room.
    pub room: OwnedRoomId,
    /// Its transaction: of the event, not of an upload.
    pub transaction: OwnedTransactionId,
}

pub(super) fn place<'a>(
    keys: &'a Tree,
    room: &RoomId,
    transaction: &TransactionId,
) -> Place<'a, Life> {
    keys.at(LIVES).id(room).id(transaction)
}

/// Keeps the end of a file that is about to be queued.
pub(crate) async fn keep(keys: &Tree, life: &Life) -> Result<(), StoreError> {
    let mut batch = keys.batch().await;
    batch.put(&place(keys, &life.room, &life.transaction), life)?;
    batch.commit(Durability::Synced).await
}

/// Forgets it, as it was not queued.
pub(crate) async fn forget(
    keys: &Tree,
    room: &RoomId,
    transaction: &TransactionId,
) -> Result<(), StoreError> {
    let mut batch = keys.batch().await;
    batch.remove(&place(keys, room, transaction));
    batch.commit(Durability::Synced).await
}

/// All that waits and ends by itself.
pub(crate) fn all(keys: &Tree) -> Result<Vec<Life>, StoreError> {
    let mut lives = keys.at(LIVES).all()?;
    for request in keys.at(SEND_QUEUE).all()? {
        let Some(end) = end_of(&request.kind) else {
            continue;
        };
        let known = |life: &Life| {
            life.room == request.room_id && life.transaction == request.transaction_id
        };
        if !lives.iter().any(known) {
            lives.push(Life {
                end,
                room: request.room_id,
                transaction: request.transaction_id,
            });
        }
    }
    Ok(lives)
}

/// Forgets those of messages that expire.
pub(super) fn expire(
    keys: &Tree,
    batch: &mut Batch,
    room: &RoomId,
    transactions: impl Iterator<Item = impl AsRef<TransactionId>>,
) {
    for transaction in transactions {
        batch.remove(&place(keys, room, transaction.as_ref()));
    }
}

/// Puts the end into what is about to be stored, if one is kept for it, or the content in its
/// place had one.
pub(super) fn put_into(
    keys: &Tree,
    request: &mut Request,
    replaced: Option<&Kind>,
) -> Result<(), StoreError> {
    let kept = place(keys, &request.room_id, &request.transaction_id).get()?;
    let Some(end) = kept.map(|life| life.end).or(replaced.and_then(end_of)) else {
        return Ok(());
    };
    if let Kind::Event { content } = &mut request.kind
        && end_in(content.raw().0).is_none()
    {
        let (raw, kind) = content.clone().into_raw();
        *content = SerializableEventContent::from_raw(with_end(&raw, end)?, kind);
    }
    Ok(())
}

fn end_of(kind: &Kind) -> Option<u64> {
    match kind {
        Kind::Event { content } => end_in(content.raw().0),
        _ => None,
    }
}

fn end_in(content: &Raw<AnyMessageLikeEventContent>) -> Option<u64> {
    content.get_field(END).ok().flatten()
}

fn with_end(
    content: &Raw<AnyMessageLikeEventContent>,
    end: u64,
) -> Result<Raw<AnyMessageLikeEventContent>, StoreError> {
    let mut object: BTreeMap<String, Box<RawValue>> = serde_json::from_str(content.json().get())?;
    object.insert(END.to_owned(), to_raw_value(&end)?);
    Ok(Raw::from_json(to_raw_value(&object)?))
}
