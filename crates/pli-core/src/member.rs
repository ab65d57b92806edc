//! The people in a room: who they are, and what may be done about them.

use std::sync::Arc;

use eyeball_im::VectorDiff;
use futures_util::Stream;
use matrix_sdk::{
    Room,
    ruma::{
        Int, OwnedMxcUri, OwnedUserId, UserId,
        api::client::membership::invite_user::v3 as invite_user,
        events::{
            ignored_user_list::{IgnoredUser, IgnoredUserListEventContent},
            room::power_levels::{RoomPowerLevels, UserPowerLevel},
        },
    },
};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use crate::{
    account::Account,
    room::{self, RoomError},
};

mod devices;
mod export;
mod guest_files;
mod guests;
mod list;
mod merge;
mod newcomers;

use self::list::Who;
pub(crate) use self::newcomers::Seen;
pub use self::{
    devices::Recipients,
    export::{ExportError, TableWords},
};

/// Level of an administrator.
const ADMINISTRATOR: i64 = 100;

/// Level of a moderator.
const MODERATOR: i64 = 50;

/// Longest reason given, in bytes.
const MAX_REASON: usize = 2_000;

/// Why nothing could be done about a person.
#[derive(Debug, thiserror::Error)]
pub enum MemberError {
    /// The user is in no such room.
    #[error("no such room")]
    NoRoom,
    /// The user id is none or is the user's own, or the reason is too long.
    #[error("malformed argument")]
    Malformed,
    /// Nobody becomes a creator, and a creator becomes nothing else.
    #[error("a creator's role is for good")]
    Creator,
    /// The room is not open to guests, and the person is one.
    #[error("not for guests")]
    NotForGuests,
    /// The server or the room refuses, or does not answer.
    #[error("the request failed")]
    Request(#[source] Box<matrix_sdk::Error>),
}

impl From<matrix_sdk::Error> for MemberError {
    fn from(error: matrix_sdk::Error) -> Self {
        Self::Request(Box::new(error))
    }
}

/// A row of the member list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Matrix user id.
    pub user_id: OwnedUserId,
    /// Display name, or the id's local part.
    pub name: String,
    /// Another member has the same name.
    pub ambiguous: bool,
    /// Of the avatar.
    pub avatar: Option<OwnedMxcUri>,
    /// Joined, invited or banned.
    pub state: MemberState,
    /// Role by power level.
    pub role: Role,
    /// Power level; `i32::MAX` for a creator of a version 12 room.
    pub power_level: i32,
    /// The user.
    pub own: bool,
    /// A guest, by the policy.
    pub guest: bool,
    /// Ignored by the user.
    pub ignored: bool,
    /// The user may change this member's role, remove or ban them.
    pub can_change: bool,
}

/// How a person is in a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberState {
    /// Member.
    Joined,
    /// Invited.
    Invited,
    /// Banned.
    Banned,
    /// Left.
    Left,
}

/// Role by power level; the greatest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Creator of a version 12 room: more than any level.
    Creator,
    /// 100 or more.
    Administrator,
    /// 50 or more.
    Moderator,
    /// Anything else.
    User,
}

impl Role {
    fn of(level: UserPowerLevel) -> Self {
        match level {
            UserPowerLevel::Int(level) if i64::from(level) >= ADMINISTRATOR => Self::Administrator,
            UserPowerLevel::Int(level) if i64::from(level) >= MODERATOR => Self::Moderator,
            UserPowerLevel::Int(_) => Self::User,
            _ => Self::Creator,
        }
    }

    /// The level that gives this role; `None` for a creator's.
    fn level(self, levels: &RoomPowerLevels) -> Option<Int> {
        match self {
            Self::Creator => None,
            Self::Administrator => Int::new(ADMINISTRATOR),
            Self::Moderator => Int::new(MODERATOR),
            Self::User if i64::from(levels.users_default) < MODERATOR => Some(levels.users_default),
            Self::User => Int::new(0),
        }
    }
}

impl Account {
    /// Watches the people in a room, by role, then by name: a reset with those the store
    /// knows, then changes, also those the server adds, until the stream is dropped.
    ///
    /// # Errors
    ///
    /// When the room is unknown.
    pub async fn room_members(
        &self,
        room_id: &str,
    ) -> Result<impl Stream<Item = Vec<VectorDiff<Arc<Member>>>> + Send + use<>, RoomError> {
        let room = self.known_room(room_id).map_err(|_| RoomError::NoRoom)?;
        let (sender, receiver) = mpsc::channel(8);
        self.spawn_until_over(list::watch(room, self.guests(), Who::Everybody, sender));
        Ok(ReceiverStream::new(receiver))
    }

    /// Invites a person.
    ///
    /// # Errors
    ///
    /// When an argument is malformed, the person is a guest and the room not open to guests, or
    /// the server refuses.
    pub async fn room_invite(
        &self,
        room_id: &str,
        user_id: &str,
        reason: Option<&str>,
    ) -> Result<(), MemberError> {
        let (room, user_id) = self.room_and_person(room_id, user_id)?;
        if self.guests().has(&user_id)
            && !room::kind(&room, self.room_states()).await.admits_guests()
        {
            return Err(MemberError::NotForGuests);
        }
        self.let_in(&room, &user_id).await;
        let mut invited = invite_user::InviteUserId::new(user_id);
        invited.reason = checked(reason)?.map(str::to_owned);
        let recipient = invite_user::InvitationRecipient::UserId(invited);
        let request = invite_user::Request::new(room.room_id().to_owned(), recipient);
        let sent = self.client().send(request).await;
        sent.map_err(matrix_sdk::Error::from)?;
        // Before anything else is sent there: the keys are for the invited person too.
        room.mark_members_missing();
        Ok(())
    }

    /// Removes a person from a room, or takes their invitation back.
    ///
    /// # Errors
    ///
    /// When an argument is malformed, or the server refuses.
    pub async fn room_remove(
        &self,
        room_id: &str,
        user_id: &str,
        reason: Option<&str>,
    ) -> Result<(), MemberError> {
        let (room, user_id) = self.room_and_person(room_id, user_id)?;
        Ok(room.kick_user(&user_id, checked(reason)?).await?)
    }

    /// Bans a person from a room.
    ///
    /// # Errors
    ///
    /// When an argument is malformed, or the server refuses.
    pub async fn room_ban(
        &self,
        room_id: &str,
        user_id: &str,
        reason: Option<&str>,
    ) -> Result<(), MemberError> {
        let (room, user_id) = self.room_and_person(room_id, user_id)?;
        Ok(room.ban_user(&user_id, checked(reason)?).await?)
    }

    /// Lifts a ban; the person is not invited by it.
    ///
    /// # Errors
    ///
    /// When an argument is malformed, or the server refuses.
    pub async fn room_unban(
        &self,
        room_id: &str,
        user_id: &str,
        reason: Option<&str>,
    ) -> Result<(), MemberError> {
        let (room, user_id) = self.room_and_person(room_id, user_id)?;
        Ok(room.unban_user(&user_id, checked(reason)?).await?)
    }

    /// Gives a person, or the user, another role.
    ///
    /// # Errors
    ///
    /// When the role is a creator's or is given to one, or the server refuses.
    pub async fn room_set_role(
        &self,
        room_id: &str,
        user_id: &str,
        role: Role,
    ) -> Result<(), MemberError> {
        let room = self.known_room(room_id).map_err(|_| MemberError::NoRoom)?;
        let user_id = UserId::parse(user_id).map_err(|_| MemberError::Malformed)?;
        let levels = room.power_levels_or_default().await;
        if Role::of(levels.for_user(&user_id)) == Role::Creator {
            return Err(MemberError::Creator);
        }
        let level = role.level(&levels).ok_or(MemberError::Creator)?;
        room.update_power_levels(vec![(&user_id, level)]).await?;
        Ok(())
    }

    /// Hides what a person writes, everywhere, or shows it again. The SDK then forgets all
    /// history it had kept; open timelines fetch theirs anew.
    ///
    /// # Errors
    ///
    /// When the user id is none or the user's own, or the server refuses.
    pub async fn user_ignore(&self, user_id: &str, on: bool) -> Result<(), MemberError> {
        let user_id = UserId::parse(user_id).map_err(|_| MemberError::Malformed)?;
        if self.client().user_id() == Some(&*user_id) {
            return Err(MemberError::Malformed);
        }
        // One after the other, each on what the server has: the store lags behind.
        let _turn = self.ignoring().lock().await;
        let account = self.client().account();
        let known = account
            .fetch_account_data_static::<IgnoredUserListEventContent>()
            .await?
            .and_then(|known| known.deserialize().ok());
        let mut ignored = known.unwrap_or_else(|| IgnoredUserListEventContent::new([].into()));
        let changed = if on {
            let added = ignored.ignored_users.insert(user_id, IgnoredUser::new());
            added.is_none()
        } else {
            ignored.ignored_users.remove(&user_id).is_some()
        };
        if changed {
            account.set_account_data(ignored).await?;
        }
        Ok(())
    }

    fn room_and_person(
        &self,
        room_id: &str,
        user_id: &str,
    ) -> Result<(Room, OwnedUserId), MemberError> {
        let room = self.known_room(room_id).map_err(|_| MemberError::NoRoom)?;
        let user_id = UserId::parse(user_id).map_err(|_| MemberError::Malformed)?;
        if user_id == room.own_user_id() {
            return Err(MemberError::Malformed);
        }
        Ok((room, user_id))
    }
}

/// A reason the user gave, if they gave one.
fn checked(reason: Option<&str>) -> Result<Option<&str>, MemberError> {
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
    if reason.is_some_and(|reason| reason.len() > MAX_REASON) {
        return Err(MemberError::Malformed);
    }
    Ok(reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(level: i64) -> Role {
        Role::of(Int::new_saturating(level).into())
    }

    #[test]
    fn roles_follow_the_power_level() {
        assert_eq!(role(i64::MAX), Role::Administrator, "levels have no end");
        assert_eq!(role(100), Role::Administrator);
        assert_eq!(role(99), Role::Moderator);
        assert_eq!(role(50), Role::Moderator);
        assert_eq!(role(49), Role::User);
        assert_eq!(role(i64::MIN), Role::User, "nor a beginning");
        assert_eq!(Role::of(UserPowerLevel::Infinite), Role::Creator);
        assert!(
            Role::Creator < Role::Administrator && Role::Moderator < Role::User,
            "lists begin with those who decide"
        );
    }

    #[test]
    fn a_blank_reason_is_none() {
        assert!(matches!(checked(Some("  ")), Ok(None)));
        assert!(matches!(checked(Some(" a ")), Ok(Some("a"))));
        assert!(checked(Some(&"x".repeat(MAX_REASON + 1))).is_err());
    }
}
