//! Single values by name: in `history` those that the server gives again, in `keys` those that
//! only this device knows.

use matrix_sdk_base::{
    StateStoreDataKey as Key, StateStoreDataValue as Value,
    ruma::{EventId, RoomId},
    store::ComposerDraft,
};
use serde::Serialize;
use serde_bytes::ByteBuf;

use super::{
    PliStateStore,
    tables::{CUSTOM, DRAFTS, SEEN_KNOCKS, UNDECRYPTABLE, known, own},
};
use crate::{batch::Durability, error::StoreError, tree::Place};

/// For the one value of its name.
const ALL: &str = "";
const UNDECRYPTABLE_NAME: &str = Key::UTD_HOOK_MANAGER_DATA;

impl PliStateStore {
    /// A value that the server gives again, by its name and what it is of.
    pub(super) fn known<V>(&self, name: &str, of: impl AsRef<[u8]>) -> Place<'_, V> {
        self.history.at(known()).id(name).id(of)
    }

    /// A value that only this device knows.
    fn own<V>(&self, name: &str, of: impl AsRef<[u8]>) -> Place<'_, V> {
        self.keys.at(own()).id(name).id(of)
    }

    fn draft(&self, room: &RoomId, thread: Option<&EventId>) -> Place<'_, ComposerDraft> {
        // No event has an empty id.
        let thread = thread.map_or(ALL, EventId::as_str);
        self.keys.at(DRAFTS).id(room).id(thread)
    }

    pub(super) fn value(&self, key: Key<'_>) -> Result<Option<Value>, StoreError> {
        Ok(match key {
            Key::SyncToken => self
                .known(Key::SYNC_TOKEN, ALL)
                .get()?
                .map(Value::SyncToken),
            Key::SupportedVersions => {
                let place = self.known(Key::SUPPORTED_VERSIONS, ALL);
                place.get()?.map(Value::SupportedVersions)
            }
            Key::WellKnown => self
                .known(Key::WELL_KNOWN, ALL)
                .get()?
                .map(Value::WellKnown),
            Key::Filter(name) => self.known(Key::FILTER, name).get()?.map(Value::Filter),
            Key::UserAvatarUrl(user) => {
                let place = self.known(Key::USER_AVATAR_URL, user);
                place.get()?.map(Value::UserAvatarUrl)
            }
            Key::ThreadSubscriptionsCatchupTokens => {
                let place = self.known(Key::THREAD_SUBSCRIPTIONS_CATCHUP_TOKENS, ALL);
                place.get()?.map(Value::ThreadSubscriptionsCatchupTokens)
            }
            Key::HomeserverCapabilities => {
                let place = self.known(Key::HOMESERVER_CAPABILITIES, ALL);
                place.get()?.map(Value::HomeserverCapabilities)
            }
            Key::UtdHookManagerData => {
                let place = self.history.at(UNDECRYPTABLE);
                place
                    .id(UNDECRYPTABLE_NAME)
                    .get()?
                    .map(Value::UtdHookManagerData)
            }
            Key::RecentlyVisitedRooms(user) => {
                let place = self.own(Key::RECENTLY_VISITED_ROOMS, user);
                place.get()?.map(Value::RecentlyVisitedRooms)
            }
            Key::OneTimeKeyAlreadyUploaded => {
                let place = self.own::<()>(Key::ONE_TIME_KEY_ALREADY_UPLOADED, ALL);
                place.get()?.map(|()| Value::OneTimeKeyAlreadyUploaded)
            }
            Key::ComposerDraft(room, thread) => {
                self.draft(room, thread).get()?.map(Value::ComposerDraft)
            }
            Key::SeenKnockRequests(room) => {
                let place = self.keys.at(SEEN_KNOCKS).id(room);
                place.get()?.map(Value::SeenKnockRequests)
            }
        })
    }

    pub(super) async fn set_value(&self, key: Key<'_>, value: Value) -> Result<(), StoreError> {
        match (key, value) {
            (Key::SyncToken, Value::SyncToken(token)) => {
                self.flush_before_position().await?;
                self.put_known(self.known(Key::SYNC_TOKEN, ALL), &token)
                    .await
            }
            (Key::SupportedVersions, Value::SupportedVersions(versions)) => {
                let place = self.known(Key::SUPPORTED_VERSIONS, ALL);
                self.put_known(place, &versions).await
            }
            (Key::WellKnown, Value::WellKnown(well_known)) => {
                self.put_known(self.known(Key::WELL_KNOWN, ALL), &well_known)
                    .await
            }
            (Key::Filter(name), Value::Filter(filter)) => {
                self.put_known(self.known(Key::FILTER, name), &filter).await
            }
            (Key::UserAvatarUrl(user), Value::UserAvatarUrl(url)) => {
                self.put_known(self.known(Key::USER_AVATAR_URL, user), &url)
                    .await
            }
            (
                Key::ThreadSubscriptionsCatchupTokens,
                Value::ThreadSubscriptionsCatchupTokens(tokens),
            ) => {
                let place = self.known(Key::THREAD_SUBSCRIPTIONS_CATCHUP_TOKENS, ALL);
                self.put_known(place, &tokens).await
            }
            (Key::HomeserverCapabilities, Value::HomeserverCapabilities(capabilities)) => {
                let place = self.known(Key::HOMESERVER_CAPABILITIES, ALL);
                self.put_known(place, &capabilities).await
            }
            (Key::UtdHookManagerData, Value::UtdHookManagerData(seen)) => {
                let place = self.history.at(UNDECRYPTABLE).id(UNDECRYPTABLE_NAME);
                self.put_known(place, &seen).await
            }
            (key, value) => self.set_own_value(key, value).await,
        }
    }

    async fn set_own_value(&self, key: Key<'_>, value: Value) -> Result<(), StoreError> {
        match (key, value) {
            (Key::RecentlyVisitedRooms(user), Value::RecentlyVisitedRooms(rooms)) => {
                let place = self.own(Key::RECENTLY_VISITED_ROOMS, user);
                self.put_own(place, &rooms).await
            }
            (Key::OneTimeKeyAlreadyUploaded, Value::OneTimeKeyAlreadyUploaded) => {
                let place = self.own(Key::ONE_TIME_KEY_ALREADY_UPLOADED, ALL);
                self.put_own(place, &()).await
            }
            (Key::ComposerDraft(room, thread), Value::ComposerDraft(draft)) => {
                self.put_own(self.draft(room, thread), &draft).await
            }
            (Key::SeenKnockRequests(room), Value::SeenKnockRequests(seen)) => {
                self.put_own(self.keys.at(SEEN_KNOCKS).id(room), &seen)
                    .await
            }
            // The value is not one of this key.
            _ => Err(StoreError::Shape),
        }
    }

    pub(super) async fn forget_value(&self, key: Key<'_>) -> Result<(), StoreError> {
        let known = match key {
            Key::SyncToken => self.known(Key::SYNC_TOKEN, ALL),
            Key::SupportedVersions => self.known(Key::SUPPORTED_VERSIONS, ALL),
            Key::WellKnown => self.known(Key::WELL_KNOWN, ALL),
            Key::Filter(name) => self.known(Key::FILTER, name),
            Key::UserAvatarUrl(user) => self.known(Key::USER_AVATAR_URL, user),
            Key::ThreadSubscriptionsCatchupTokens => {
                self.known(Key::THREAD_SUBSCRIPTIONS_CATCHUP_TOKENS, ALL)
            }
            Key::HomeserverCapabilities => self.known::<()>(Key::HOMESERVER_CAPABILITIES, ALL),
            Key::UtdHookManagerData => {
                let place = self.history.at(UNDECRYPTABLE).id(UNDECRYPTABLE_NAME);
                return self.remove_known(place).await;
            }
            Key::RecentlyVisitedRooms(user) => {
                let place = self.own::<()>(Key::RECENTLY_VISITED_ROOMS, user);
                return self.remove_own(place).await;
            }
            Key::OneTimeKeyAlreadyUploaded => {
                let place = self.own::<()>(Key::ONE_TIME_KEY_ALREADY_UPLOADED, ALL);
                return self.remove_own(place).await;
            }
            Key::ComposerDraft(room, thread) => {
                return self.erase_draft(room, thread).await;
            }
            Key::SeenKnockRequests(room) => {
                return self.remove_own(self.keys.at(SEEN_KNOCKS).id(room)).await;
            }
        };
        self.remove_known(known).await
    }

    async fn put_known<V: Serialize + Sync>(
        &self,
        place: Place<'_, V>,
        value: &V,
    ) -> Result<(), StoreError> {
        let mut batch = self.history.batch().await;
        batch.put(&place, value)?;
        batch.commit(Durability::Queued).await
    }

    async fn put_own<V: Serialize + Sync>(
        &self,
        place: Place<'_, V>,
        value: &V,
    ) -> Result<(), StoreError> {
        let mut batch = self.keys.batch().await;
        batch.put(&place, value)?;
        batch.commit(Durability::Synced).await
    }

    async fn erase_draft(&self, room: &RoomId, thread: Option<&EventId>) -> Result<(), StoreError> {
        let mut batch = self.keys.batch().await;
        batch.erase(&self.draft(room, thread))?;
        batch.commit(Durability::Synced).await
    }

    async fn remove_known<V>(&self, place: Place<'_, V>) -> Result<(), StoreError> {
        let mut batch = self.history.batch().await;
        batch.remove(&place);
        batch.commit(Durability::Queued).await
    }

    async fn remove_own<V>(&self, place: Place<'_, V>) -> Result<(), StoreError> {
        let mut batch = self.keys.batch().await;
        batch.remove(&place);
        batch.commit(Durability::Synced).await
    }

    pub(super) fn custom_value(&self, name: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self
            .history
            .at(CUSTOM)
            .id(name)
            .get()?
            .map(ByteBuf::into_vec))
    }

    /// The answer is the value before.
    pub(super) async fn replace_custom_value(
        &self,
        name: &[u8],
        value: Option<Vec<u8>>,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let mut batch = self.history.batch().await;
        let place = self.history.at(CUSTOM).id(name);
        let before = self.custom_value(name)?;
        match value {
            Some(value) => batch.put(&place, &ByteBuf::from(value))?,
            None => batch.remove(&place),
        }
        batch.commit(Durability::Queued).await?;
        Ok(before)
    }

    pub(super) async fn set_custom(&self, name: &[u8], value: Vec<u8>) -> Result<(), StoreError> {
        let place = self.history.at(CUSTOM).id(name);
        self.put_known(place, &ByteBuf::from(value)).await
    }
}
