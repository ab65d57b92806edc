//! Files for guests: agreed to once in each room, on this device.

use std::collections::BTreeSet;

use matrix_sdk::{RoomMemberships, ruma::OwnedRoomId};

use crate::{account::Account, room::RoomError};

/// Where the rooms are kept in which it was agreed.
const AGREED: &str = "guests.files";

impl Account {
    /// Whether files may be sent to a room without a question: no guest is there, or it was
    /// agreed that they get files.
    ///
    /// # Errors
    ///
    /// When the room is unknown.
    pub async fn room_guest_files_agreed(&self, room_id: &str) -> Result<bool, RoomError> {
        let room = self.known_room(room_id).map_err(|_| RoomError::NoRoom)?;
        let guests = self.guests();
        if guests.are_unknown() || self.agreed().contains(room.room_id()) {
            return Ok(true);
        }
        let members = room.members_no_sync(RoomMemberships::ACTIVE).await?;
        let mut others = members.iter().filter(|member| !member.is_account_user());
        Ok(!others.any(|member| guests.has(member.user_id())))
    }

    /// The user agrees that the guests of a room get files.
    ///
    /// # Errors
    ///
    /// When the room is unknown.
    pub async fn room_guest_files_agree(&self, room_id: &str) -> Result<(), RoomError> {
        let room = self.known_room(room_id).map_err(|_| RoomError::NoRoom)?;
        let mut agreed = self.agreed();
        agreed.insert(room.room_id().to_owned());
        if self.stores().values().set(AGREED, &agreed).await.is_err() {
            // It is asked again.
            tracing::warn!(name: "what was agreed about guests was not kept", "");
        }
        Ok(())
    }

    fn agreed(&self) -> BTreeSet<OwnedRoomId> {
        let agreed = self.stores().values().get(AGREED).ok().flatten();
        agreed.unwrap_or_default()
    }
}
