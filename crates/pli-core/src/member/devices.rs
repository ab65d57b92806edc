//! Which devices what is written in a room is encrypted for.

use std::collections::BTreeSet;

use matrix_sdk::{RoomMemberships, ruma::UserId};

use super::MemberError;
use crate::account::Account;

/// Nobody counts the devices of a larger room.
const MAX_MEMBERS: usize = 500;

/// Who receives what is written in a room.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Recipients {
    /// People in the room or invited to it, the user among them.
    pub people: u32,
    /// Devices that their owners have signed: keys go to these, and to no others.
    pub devices: u32,
    /// Devices that their owners have not signed: they cannot read.
    pub left_out: u32,
    /// Of the others, those whose identity the user has verified.
    pub verified_people: u32,
}

impl Account {
    /// Counts the devices that what is written in a room is encrypted for, as far as they are
    /// known; nothing of a room that is not encrypted, or has more than 500 members.
    ///
    /// # Errors
    /// When the room is unknown, or the store fails.
    pub async fn room_recipients(&self, room_id: &str) -> Result<Option<Recipients>, MemberError> {
        let room = self.known_room(room_id).map_err(|_| MemberError::NoRoom)?;
        if !room.encryption_state().is_encrypted() {
            return Ok(None);
        }
        let members = room.members(RoomMemberships::ACTIVE).await?;
        if members.len() > MAX_MEMBERS {
            return Ok(None);
        }
        let users: BTreeSet<&UserId> = members.iter().map(|member| member.user_id()).collect();
        let mut counts = Recipients::default();
        for user in users {
            self.count(user, &mut counts).await?;
        }
        Ok(Some(counts))
    }

    async fn count(&self, user: &UserId, counts: &mut Recipients) -> Result<(), MemberError> {
        let encryption = self.client().encryption();
        counts.people += 1;
        let mut devices = encryption.get_user_devices(user).await?;
        if devices.devices().next().is_none() {
            // Nobody has asked for them yet; without an answer they stay uncounted.
            let _ = encryption.request_user_identity(user).await;
            devices = encryption.get_user_devices(user).await?;
        }
        for device in devices.devices() {
            // One that is kept on the server receives keys, and nobody reads on it.
            if device.is_dehydrated() {
                continue;
            }
            if device.is_cross_signed_by_owner() {
                counts.devices += 1;
            } else {
                counts.left_out += 1;
            }
        }
        let identity = encryption.get_user_identity(user).await;
        let identity = identity.map_err(matrix_sdk::Error::from)?;
        let verified = identity.is_some_and(|identity| identity.is_verified());
        if verified && self.client().user_id() != Some(user) {
            counts.verified_people += 1;
        }
        Ok(())
    }
}
