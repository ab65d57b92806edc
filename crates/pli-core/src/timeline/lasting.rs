//! When the messages of a timeline end.

use std::{collections::HashMap, sync::Arc, time::Duration};

use matrix_sdk::ruma::{EventId, OwnedRoomId, OwnedTransactionId};
use matrix_sdk_ui::timeline::{EventTimelineItem, TimelineItem};

use crate::retention::Retention;

/// The ends of the messages of one room.
pub(super) struct Lasting {
    room: OwnedRoomId,
    pub(super) retention: Arc<Retention>,
    /// Of local echoes: once they are sent, they are looked up no more.
    unsent: HashMap<OwnedTransactionId, Option<u64>>,
    /// How old anything may grow, as last told.
    oldest: Option<Duration>,
}

impl Lasting {
    pub(super) fn new(room: OwnedRoomId, retention: Arc<Retention>) -> Self {
        Self {
            oldest: retention.oldest(&room),
            room,
            retention,
            unsent: HashMap::new(),
        }
    }

    /// Whether the rules changed for the room: each end is another then.
    pub(super) fn changed(&mut self) -> bool {
        let oldest = self.retention.oldest(&self.room);
        std::mem::replace(&mut self.oldest, oldest) != oldest
    }

    /// Looks local echoes up, before they are asked for.
    pub(super) fn look_up<'a>(&mut self, items: impl IntoIterator<Item = &'a Arc<TimelineItem>>) {
        for transaction in items.into_iter().filter_map(|item| transaction(item)) {
            if !self.unsent.contains_key(transaction) {
                let end = self
                    .retention
                    .end_of_unsent(&self.room, transaction.as_str());
                self.unsent.insert(transaction.to_owned(), end);
            }
        }
    }

    /// When a message ends, in milliseconds of the epoch.
    pub(super) fn end(&self, event: &EventTimelineItem) -> Option<u64> {
        match (event.original_json(), event.transaction_id()) {
            (Some(event), _) => self.retention.end(&self.room, event),
            (None, Some(transaction)) => self.unsent.get(transaction).copied().flatten(),
            (None, None) => None,
        }
    }

    /// Whether a row is not to be drawn any more.
    pub(super) fn is_over(&self, item: &Arc<TimelineItem>) -> bool {
        let Some(event) = item.as_event() else {
            return false;
        };
        match event.original_json() {
            Some(event) => self.retention.is_over(&self.room, event),
            None => self
                .end(event)
                .is_some_and(|end| end <= self.retention.now()),
        }
    }

    /// Whether an event that is quoted was seen to be over.
    pub(super) fn has_gone(&self, event: &EventId) -> bool {
        self.retention.has_gone(&self.room, event)
    }

    pub(super) fn is_of(&self, room: &matrix_sdk::ruma::RoomId) -> bool {
        self.room == room
    }
}

fn transaction(item: &TimelineItem) -> Option<&matrix_sdk::ruma::TransactionId> {
    let event = item.as_event()?;
    event.is_local_echo().then(|| event.transaction_id())?
}
