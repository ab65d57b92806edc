//! Who read up to where, by person and by event.

use matrix_sdk_base::ruma::{
    EventId, OwnedEventId, OwnedUserId, RoomId, UserId,
    events::receipt::{Receipt, ReceiptEventContent, ReceiptThread, ReceiptType},
};

use super::{
    PliStateStore,
    tables::{RECEIPTS, RECEIPTS_BY_EVENT},
};
use crate::{batch::Batch, error::StoreError};

impl PliStateStore {
    pub(super) fn put_receipts(
        &self,
        batch: &mut Batch,
        room: &RoomId,
        content: &ReceiptEventContent,
    ) -> Result<(), StoreError> {
        for (event, types) in &content.0 {
            for (kind, users) in types {
                for (user, receipt) in users {
                    let kind = kind_and_thread(kind, &receipt.thread);
                    let by_event = self.history.at(RECEIPTS_BY_EVENT).id(room).id(&kind);
                    let place = self.history.at(RECEIPTS).id(room).id(&kind).id(user);
                    // A person has one receipt of a kind: the new one takes the old one away.
                    if let Some((old, _)) = batch.get(&place)?
                        && old != *event
                    {
                        batch.remove(&by_event.clone().id(&old).id(user));
                    }
                    batch.put_as(&place, &(event, receipt))?;
                    batch.put_as(&by_event.id(event).id(user), &(user, receipt))?;
                }
            }
        }
        Ok(())
    }

    pub(super) fn receipt_of_user(
        &self,
        room: &RoomId,
        kind: &ReceiptType,
        thread: &ReceiptThread,
        user: &UserId,
    ) -> Result<Option<(OwnedEventId, Receipt)>, StoreError> {
        let room = self.history.at(RECEIPTS).id(room);
        room.id(kind_and_thread(kind, thread)).id(user).get()
    }

    pub(super) fn receipts_of_event(
        &self,
        room: &RoomId,
        kind: &ReceiptType,
        thread: &ReceiptThread,
        event: &EventId,
    ) -> Result<Vec<(OwnedUserId, Receipt)>, StoreError> {
        let room = self.history.at(RECEIPTS_BY_EVENT).id(room);
        room.id(kind_and_thread(kind, thread)).id(event).all()
    }
}

/// No receipt type holds a NUL, and a receipt outside threads is none of a thread without name.
fn kind_and_thread(kind: &ReceiptType, thread: &ReceiptThread) -> String {
    match thread.as_str() {
        None => kind.as_str().to_owned(),
        Some(thread) => format!("{}\0{thread}", kind.as_str()),
    }
}
