//! Writes what one sync changed, as one.

use std::collections::BTreeMap;

use matrix_sdk_base::{
    RoomState, StateChanges, StateStoreDataKey,
    ruma::{
        OwnedEventId, RoomId,
        events::{
            AnyStrippedStateEvent, AnySyncStateEvent, StateEventType,
            room::member::{StrippedRoomMemberEvent, SyncRoomMemberEvent},
        },
        serde::Raw,
    },
};
use serde_bytes::ByteBuf;

use super::{
    PliStateStore, expiry,
    rooms::bucket,
    tables::{
        ACCOUNT_DATA, DISPLAY_NAMES, MEMBERS, PRESENCE, PROFILES, ROOM_ACCOUNT_DATA, ROOM_INFOS,
        STATE, STATE_BY_EVENT, STRIPPED_MEMBERS, STRIPPED_STATE,
    },
};
use crate::{
    batch::{Batch, Durability},
    error::StoreError,
    event_cache::expiry::Expired,
};

type Events<E> = BTreeMap<StateEventType, BTreeMap<String, Raw<E>>>;

impl PliStateStore {
    /// In the order of the SDK's own memory store: later parts undo earlier ones.
    pub(super) async fn write(&self, changes: &StateChanges) -> Result<(), StoreError> {
        let mut batch = self.history.batch().await;
        // Named one by one, so that a field new in the SDK is noticed here.
        let StateChanges {
            sync_token,
            account_data: _,
            presence: _,
            profiles: _,
            profiles_to_delete: _,
            state,
            room_account_data: _,
            room_infos: _,
            receipts,
            redactions,
            stripped_state,
            ambiguity_maps: _,
        } = changes;
        self.put_account(&mut batch, changes)?;
        self.put_people(&mut batch, changes)?;
        for (room, events) in state {
            self.put_state(&mut batch, room, events)?;
        }
        self.put_room_infos(&mut batch, changes)?;
        for (room, events) in stripped_state {
            self.put_stripped_state(&mut batch, room, events)?;
        }
        for (room, content) in receipts {
            self.put_receipts(&mut batch, room, content)?;
        }
        for (room, redactions) in redactions {
            for (event, redaction) in redactions {
                self.redact(&mut batch, room, event, redaction)?;
            }
        }
        if let Some(token) = sync_token {
            self.flush_before_position().await?;
            batch.put(&self.known(StateStoreDataKey::SYNC_TOKEN, ""), token)?;
        }
        batch.commit(Durability::Queued).await
    }

    fn put_account(&self, batch: &mut Batch, changes: &StateChanges) -> Result<(), StoreError> {
        for (kind, event) in &changes.account_data {
            let place = self.history.at(ACCOUNT_DATA).id(kind.to_string());
            batch.put(&place, event)?;
        }
        for (room, events) in &changes.room_account_data {
            for (kind, event) in events {
                let room = self.history.at(ROOM_ACCOUNT_DATA).id(room);
                batch.put(&room.id(kind.to_string()), event)?;
            }
        }
        Ok(())
    }

    fn put_people(&self, batch: &mut Batch, changes: &StateChanges) -> Result<(), StoreError> {
        for (user, event) in &changes.presence {
            batch.put(&self.history.at(PRESENCE).id(user), event)?;
        }
        for (room, users) in &changes.profiles_to_delete {
            for user in users {
                batch.remove(&self.history.at(PROFILES).id(room).id(user));
            }
        }
        for (room, profiles) in &changes.profiles {
            for (user, profile) in profiles {
                batch.put(&self.history.at(PROFILES).id(room).id(user), profile)?;
            }
        }
        for (room, names) in &changes.ambiguity_maps {
            for (name, users) in names {
                let place = self.history.at(DISPLAY_NAMES).id(room).id(bucket(name));
                if users.is_empty() {
                    batch.remove(&place);
                } else {
                    batch.put_as(&place, users)?;
                }
            }
        }
        Ok(())
    }

    fn put_state(
        &self,
        batch: &mut Batch,
        room: &RoomId,
        events: &Events<AnySyncStateEvent>,
    ) -> Result<(), StoreError> {
        for (kind, events) in events {
            for (state_key, event) in events {
                self.put_state_event(batch, room, kind, state_key, event)?;
                if *kind != StateEventType::RoomMember {
                    continue;
                }
                let Ok(member) = event.deserialize_as_unchecked::<SyncRoomMemberEvent>() else {
                    tracing::debug!("a member event has an unknown shape");
                    continue;
                };
                let place = self.history.at(MEMBERS).id(room).id(member.state_key());
                batch.put_as(&place, &(member.state_key(), member.membership()))?;
            }
        }
        if !events.is_empty() {
            self.remove_stripped(batch, room)?;
        }
        Ok(())
    }

    /// Writes an event, and points to it from its id alone.
    fn put_state_event(
        &self,
        batch: &mut Batch,
        room: &RoomId,
        kind: &StateEventType,
        state_key: &str,
        event: &Raw<AnySyncStateEvent>,
    ) -> Result<(), StoreError> {
        let place = self.history.at(STATE).id(room);
        let place = place.id(kind.to_string()).id(state_key);
        let by_event = self.history.at(STATE_BY_EVENT).id(room);
        let old = batch.get(&place)?.as_ref().and_then(event_id);
        let new = event_id(event);
        if let Some(old) = old
            && new.as_ref() != Some(&old)
        {
            batch.remove(&by_event.clone().id(old));
        }
        if let Some(new) = new {
            batch.put(&by_event.id(new), &ByteBuf::from(place.key()))?;
        }
        batch.put(&place, event)
    }

    fn put_room_infos(&self, batch: &mut Batch, changes: &StateChanges) -> Result<(), StoreError> {
        for (room, info) in &changes.room_infos {
            // The SDK writes down what it has in memory.
            let emptied = expiry::emptied(info, &Expired::of(&self.history, room)?)?;
            let info = emptied.as_ref().unwrap_or(info);
            batch.put(&self.history.at(ROOM_INFOS).id(room), info)?;
            if !matches!(info.state(), RoomState::Invited | RoomState::Knocked) {
                self.remove_stripped(batch, room)?;
            }
        }
        Ok(())
    }

    /// What an invitation showed of a room says nothing once one is in, or has refused it.
    fn remove_stripped(&self, batch: &mut Batch, room: &RoomId) -> Result<(), StoreError> {
        batch.remove_all(&self.history.at(STRIPPED_STATE).id(room))?;
        batch.remove_all(&self.history.at(STRIPPED_MEMBERS).id(room))
    }

    fn put_stripped_state(
        &self,
        batch: &mut Batch,
        room: &RoomId,
        events: &Events<AnyStrippedStateEvent>,
    ) -> Result<(), StoreError> {
        for (kind, events) in events {
            for (state_key, event) in events {
                let place = self.history.at(STRIPPED_STATE).id(room);
                batch.put(&place.id(kind.to_string()).id(state_key), event)?;
                if *kind != StateEventType::RoomMember {
                    continue;
                }
                let Ok(member) = event.deserialize_as_unchecked::<StrippedRoomMemberEvent>() else {
                    tracing::debug!("a stripped member event has an unknown shape");
                    continue;
                };
                let place = self.history.at(STRIPPED_MEMBERS).id(room);
                batch.put_as(
                    &place.id(&member.state_key),
                    &(&member.state_key, &member.content.membership),
                )?;
            }
        }
        Ok(())
    }

    /// What a position in the server's stream stands for must be on the disk before it.
    pub(super) async fn flush_before_position(&self) -> Result<(), StoreError> {
        self.history.flush().await?;
        self.keys.flush().await
    }
}

fn event_id(event: &Raw<AnySyncStateEvent>) -> Option<OwnedEventId> {
    event.get_field("event_id").ok().flatten()
}
