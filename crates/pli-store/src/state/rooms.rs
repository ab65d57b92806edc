//! Rooms as a whole: what is told of each, its people, its end.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use matrix_sdk_base::{
    MinimalRoomMemberEvent, RoomInfo, RoomMemberships,
    deserialized_responses::DisplayName,
    ruma::{OwnedUserId, RoomId, UserId},
    store::RoomLoadSettings,
};

use super::{
    PliStateStore,
    tables::{
        DEPENDENT, DISPLAY_NAMES, DRAFTS, MEMBERS, PROFILES, RECEIPTS, RECEIPTS_BY_EVENT,
        ROOM_ACCOUNT_DATA, ROOM_INFOS, SEEN_KNOCKS, SEND_QUEUE, STATE, STATE_BY_EVENT,
        STRIPPED_MEMBERS, STRIPPED_STATE, SUBSCRIPTIONS,
    },
};
use crate::{batch::Durability, error::StoreError};

impl PliStateStore {
    pub(super) async fn room_infos(
        &self,
        settings: &RoomLoadSettings,
    ) -> Result<Vec<RoomInfo>, StoreError> {
        match settings {
            RoomLoadSettings::All => {
                let all = |tree: &crate::tree::Tree| tree.at(ROOM_INFOS).all_at_once();
                self.history.aside(all).await
            }
            RoomLoadSettings::One(room) => {
                let info = self.history.at(ROOM_INFOS).id(room).get()?;
                Ok(info.into_iter().collect())
            }
        }
    }

    /// The people of a room one was invited to, or else of a room one is or was in.
    pub(super) async fn user_ids(
        &self,
        room: &RoomId,
        memberships: RoomMemberships,
    ) -> Result<Vec<OwnedUserId>, StoreError> {
        let room = room.to_owned();
        self.history
            .aside(move |tree| {
                for table in [STRIPPED_MEMBERS, MEMBERS] {
                    let members = tree.at(table).id(&room).all()?.into_iter();
                    let users: Vec<_> = members
                        .filter(|(_, membership)| memberships.matches(membership))
                        .map(|(user, _)| user)
                        .collect();
                    if !users.is_empty() {
                        return Ok(users);
                    }
                }
                Ok(Vec::new())
            })
            .await
    }

    pub(super) fn profiles<'a>(
        &self,
        room: &RoomId,
        users: &'a [OwnedUserId],
    ) -> Result<BTreeMap<&'a UserId, MinimalRoomMemberEvent>, StoreError> {
        let room = self.history.at(PROFILES).id(room);
        let mut profiles = BTreeMap::new();
        for user in users {
            if let Some(profile) = room.clone().id(user).get()? {
                profiles.insert(user.as_ref(), profile);
            }
        }
        Ok(profiles)
    }

    pub(super) fn users_with_display_names<'a>(
        &self,
        room: &RoomId,
        names: &'a [DisplayName],
    ) -> Result<HashMap<&'a DisplayName, BTreeSet<OwnedUserId>>, StoreError> {
        let room = self.history.at(DISPLAY_NAMES).id(room);
        let mut users = HashMap::new();
        for name in names {
            if let Some(found) = room.clone().id(bucket(name)).get()? {
                users.insert(name, found.into_iter().collect());
            }
        }
        Ok(users)
    }

    /// Erases all that is known of a room. First what only this device knows, so that no unsent
    /// message outlives its room.
    pub(super) async fn forget_room(&self, room: &RoomId) -> Result<(), StoreError> {
        let mut batch = self.keys.batch().await;
        batch.erase_all(&self.keys.at(SEND_QUEUE).id(room))?;
        batch.erase_all(&self.keys.at(DEPENDENT).id(room))?;
        batch.erase_all(&self.keys.at(DRAFTS).id(room))?;
        batch.erase_all(&self.keys.at(SEEN_KNOCKS).id(room))?;
        batch.commit(Durability::Synced).await?;

        let mut batch = self.history.batch().await;
        batch.erase_all(&self.history.at(STATE).id(room))?;
        batch.erase_all(&self.history.at(STATE_BY_EVENT).id(room))?;
        batch.erase_all(&self.history.at(STRIPPED_STATE).id(room))?;
        batch.erase_all(&self.history.at(MEMBERS).id(room))?;
        batch.erase_all(&self.history.at(STRIPPED_MEMBERS).id(room))?;
        batch.erase_all(&self.history.at(PROFILES).id(room))?;
        batch.erase_all(&self.history.at(DISPLAY_NAMES).id(room))?;
        batch.erase_all(&self.history.at(ROOM_ACCOUNT_DATA).id(room))?;
        batch.erase_all(&self.history.at(RECEIPTS).id(room))?;
        batch.erase_all(&self.history.at(RECEIPTS_BY_EVENT).id(room))?;
        batch.erase_all(&self.history.at(SUBSCRIPTIONS).id(room))?;
        batch.erase(&self.history.at(ROOM_INFOS).id(room))?;
        batch.commit(Durability::Queued).await
    }
}

/// Names that look alike are one name, apart from those of which nobody can tell.
pub(super) fn bucket(name: &DisplayName) -> Vec<u8> {
    match name.as_normalized_str() {
        Some(name) => [b"n", name.as_bytes()].concat(),
        None => [b"r", name.as_raw_str().as_bytes()].concat(),
    }
}
