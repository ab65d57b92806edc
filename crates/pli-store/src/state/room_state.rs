//! State events of rooms: of those one was invited to, the stripped ones.

use matrix_sdk_base::{
    deserialized_responses::RawAnySyncOrStrippedState as Event,
    ruma::{RoomId, events::StateEventType},
};

use super::{
    PliStateStore,
    tables::{STATE, STRIPPED_STATE},
};
use crate::error::StoreError;

impl PliStateStore {
    /// All events of a type. A type that an invitation showed is read from it alone.
    pub(super) async fn state_events(
        &self,
        room: &RoomId,
        kind: &StateEventType,
    ) -> Result<Vec<Event>, StoreError> {
        let (room, kind) = (room.to_owned(), kind.to_string());
        self.history
            .aside(move |tree| {
                let stripped = tree.at(STRIPPED_STATE).id(&room).id(&kind).all()?;
                if !stripped.is_empty() {
                    return Ok(stripped.into_iter().map(Event::Stripped).collect());
                }
                let events = tree.at(STATE).id(&room).id(&kind).all()?;
                Ok(events.into_iter().map(Event::Sync).collect())
            })
            .await
    }

    pub(super) fn state_events_for(
        &self,
        room: &RoomId,
        kind: &StateEventType,
        state_keys: &[&str],
    ) -> Result<Vec<Event>, StoreError> {
        let kind = kind.to_string();
        let stripped = self.history.at(STRIPPED_STATE).id(room).id(&kind);
        let state = self.history.at(STATE).id(room).id(&kind);
        let is_stripped = stripped.any()?;
        let mut events = Vec::new();
        for state_key in state_keys {
            events.extend(if is_stripped {
                let event = stripped.clone().id(state_key).get()?;
                event.map(Event::Stripped)
            } else {
                state.clone().id(state_key).get()?.map(Event::Sync)
            });
        }
        Ok(events)
    }
}
