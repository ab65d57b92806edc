//! What a room is called, looks like and is: the same in the list and in its header.

use matrix_sdk::{
    EncryptionState, Room, RoomDisplayName, RoomMemberships, RoomState,
    ruma::{OwnedMxcUri, OwnedUserId, UserId, events::room::join_rules::JoinRule},
};
use matrix_sdk_ui::timeline::Profile;

use super::AccessRule;
use crate::{room_state::RoomStates, timeline::Person};

/// Longest name kept of a room, in characters: names of 60 kB exist.
const MAX_NAME: usize = 250;

/// Most people named in place of a name.
const MAX_NAMED: usize = 5;

/// What sort of room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// With one person (`m.direct`).
    Direct,
    /// By invitation.
    Private,
    /// By invitation, guests too.
    Open,
    /// By invitation, not encrypted.
    Unencrypted,
    /// Anybody may join.
    Public,
    /// A space (`m.space`).
    Space,
}

impl Kind {
    /// Whether guests may be invited.
    pub(crate) fn admits_guests(self) -> bool {
        matches!(self, Self::Open | Self::Direct)
    }
}

/// The user's own membership.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Membership {
    /// Member.
    Joined,
    /// Invited.
    Invited,
    /// Asked to join.
    Knocked,
    /// Left, removed or banned.
    Left,
}

impl From<RoomState> for Membership {
    fn from(state: RoomState) -> Self {
        match state {
            RoomState::Joined => Self::Joined,
            RoomState::Invited => Self::Invited,
            RoomState::Knocked => Self::Knocked,
            RoomState::Left | RoomState::Banned => Self::Left,
        }
    }
}

/// The computed display name.
///
/// The SDK words what is missing in English (`Empty Room`, `and 3 others`); here nothing is
/// worded: names of people are joined, and an ellipsis stands for whatever is left out, and for
/// the name of a room that has none and nobody in it.
pub(crate) async fn name(room: &Room) -> String {
    let name = match room.cached_display_name() {
        Some(name) => Some(name),
        None => room.display_name().await.ok(),
    };
    let name = match name {
        Some(RoomDisplayName::Named(name) | RoomDisplayName::Aliased(name)) => name,
        Some(RoomDisplayName::EmptyWas(name)) => name,
        Some(RoomDisplayName::Calculated(_)) => of_people(room).await,
        Some(RoomDisplayName::Empty) | None => String::new(),
    };
    match name.trim() {
        "" => "…".to_owned(),
        name => name.chars().take(MAX_NAME).collect(),
    }
}

/// Most people looked at for a room's name. Without a name and without the server's choice of
/// people, a row of the list would otherwise cost as much as the room has members.
const MAX_LOOKED_AT: u64 = 100;

/// The name by the people in the room: those the server chose, else those the store knows.
async fn of_people(room: &Room) -> String {
    let mut names = Vec::new();
    for hero in room.heroes() {
        if hero.user_id == room.own_user_id() {
            continue;
        }
        let name = hero.display_name.filter(|name| !name.trim().is_empty());
        names.push(match name {
            Some(name) => name,
            None => person(room, &hero.user_id).await.name,
        });
    }
    let mut count = room.active_members_count();
    if names.is_empty() && count <= MAX_LOOKED_AT {
        let members = room.members_no_sync(RoomMemberships::ACTIVE).await;
        let members = members.unwrap_or_default();
        count = count.max(members.len().try_into().unwrap_or(u64::MAX));
        let others = members.iter().filter(|member| !member.is_account_user());
        names = others.map(|member| member.name().to_owned()).collect();
    }
    joined(names, count)
}

/// `members` counts the user.
fn joined(mut names: Vec<String>, members: u64) -> String {
    names.sort_unstable();
    names.truncate(MAX_NAMED);
    let named = u64::try_from(names.len()).unwrap_or(u64::MAX);
    let mut name = names.join(", ");
    if members > named.saturating_add(1) {
        name.push('…');
    }
    name
}

/// The room's avatar; of a direct room without one, the other person's.
pub(crate) async fn avatar(room: &Room, kind: Kind) -> Option<OwnedMxcUri> {
    if let Some(avatar) = room.avatar_url() {
        return Some(avatar);
    }
    let other = match kind {
        Kind::Direct => direct_user(room).await?,
        _ => return None,
    };
    let hero = room
        .heroes()
        .into_iter()
        .find(|hero| hero.user_id == other)
        .and_then(|hero| hero.avatar_url);
    match hero {
        Some(avatar) => Some(avatar),
        None => person(room, &other).await.avatar,
    }
}

/// What sort of room.
pub(crate) async fn kind(room: &Room, states: &RoomStates) -> Kind {
    if room.is_space() {
        Kind::Space
    } else if room.direct_targets_length() <= 1 && room.is_direct().await.unwrap_or(false) {
        Kind::Direct
    } else if matches!(room.join_rule(), Some(JoinRule::Public)) {
        Kind::Public
    } else if states.access_rule(room.room_id()) == Some(AccessRule::Unrestricted) {
        Kind::Open
    } else if room.state() == RoomState::Joined
        && matches!(room.encryption_state(), EncryptionState::NotEncrypted)
    {
        Kind::Unencrypted
    } else {
        Kind::Private
    }
}

/// The other person of a direct room.
pub(crate) async fn direct_user(room: &Room) -> Option<OwnedUserId> {
    if room.state() == RoomState::Invited {
        return inviter(room).await;
    }
    room.direct_targets()
        .into_iter()
        .next()
        .and_then(|target| target.into_user_id())
}

/// Who invited the user.
pub(crate) async fn inviter(room: &Room) -> Option<OwnedUserId> {
    if room.state() != RoomState::Invited {
        return None;
    }
    let member = room.get_member_no_sync(room.own_user_id()).await.ok()??;
    Some(member.event().sender().to_owned())
}

/// A person as the room's stored state knows them.
pub(crate) async fn person(room: &Room, user_id: &UserId) -> Person {
    Person::new(user_id, Profile::load(room, user_id).await.as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_left_out_of_a_name_are_an_ellipsis_in_every_language() {
        let names = || vec!["Yann".to_owned(), "Inès".to_owned()];
        assert_eq!(joined(names(), 3), "Inès, Yann", "two people and the user");
        assert_eq!(joined(names(), 9), "Inès, Yann…");
        assert_eq!(
            joined(names(), 0),
            "Inès, Yann",
            "the count is not known yet"
        );
    }
}
