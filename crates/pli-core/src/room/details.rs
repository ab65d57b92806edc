//! Everything the header and the panel of an open room draw.

use std::sync::Arc;

use matrix_sdk::{
    Room, RoomState,
    ruma::{
        OwnedMxcUri,
        events::{
            MessageLikeEventType, StateEventType, room::history_visibility::HistoryVisibility,
        },
    },
};
use tokio::sync::{broadcast::error::RecvError, mpsc};

use super::{Kind, Membership, NotificationMode, access_rules::may_open, facts};
use crate::{
    guest::Guests,
    retention::{ROOM_TIMER, Retention, RetentionRules, RoomTimes},
    timeline::Person,
    trust::Changed,
};

/// Longest topic drawn, in characters.
const MAX_TOPIC: usize = 10_000;

/// A room, as its header and panel draw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    /// Matrix room id.
    pub room_id: String,
    /// Computed display name; never empty.
    pub name: String,
    /// `m.room.name`, for editing.
    pub raw_name: Option<String>,
    /// Plain text.
    pub topic: Option<String>,
    /// The room's avatar, or the other person's.
    pub avatar: Option<OwnedMxcUri>,
    /// What sort of room.
    pub kind: Kind,
    /// Whether `m.room.encryption` is set.
    pub encrypted: bool,
    /// The user's own membership.
    pub membership: Membership,
    /// How many members.
    pub joined_members: u64,
    /// The other person of a direct room.
    pub direct_user: Option<String>,
    /// Tagged `m.favourite`.
    pub favourite: bool,
    /// Tagged `m.lowpriority`.
    pub low_priority: bool,
    /// When to notify.
    pub notification_mode: NotificationMode,
    /// What the user may do.
    pub can: Permissions,
    /// Who sees what came before.
    pub history: History,
    /// How long new messages live, and the server's rule.
    pub times: RoomTimes,
    /// What the organisation wants of messages that disappear.
    pub rules: RetentionRules,
    /// Verified people who are no longer who they were: nothing is sent until the user acts.
    pub changed: Vec<Person>,
}

/// Who sees what came before (`m.room.history_visibility`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum History {
    /// Members from their invitation.
    Invited,
    /// Members from their joining.
    Joined,
    /// Members, everything; what the specification says of unknown values.
    Shared,
    /// Everybody.
    WorldReadable,
}

impl From<HistoryVisibility> for History {
    fn from(visibility: HistoryVisibility) -> Self {
        match visibility {
            HistoryVisibility::Invited => Self::Invited,
            HistoryVisibility::Joined => Self::Joined,
            HistoryVisibility::WorldReadable => Self::WorldReadable,
            _ => Self::Shared,
        }
    }
}

/// What the user may do in a room, by power level; nothing in one they are not in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Permissions {
    /// Send messages.
    pub send: bool,
    /// Send reactions.
    pub react: bool,
    /// Redact what others sent.
    pub redact_others: bool,
    /// Invite.
    pub invite: bool,
    /// Remove (kick).
    pub remove: bool,
    /// Ban and unban.
    pub ban: bool,
    /// Change the name.
    pub set_name: bool,
    /// Change the topic.
    pub set_topic: bool,
    /// Change the avatar.
    pub set_avatar: bool,
    /// Change power levels.
    pub set_roles: bool,
    /// Change how long new messages live.
    pub set_timer: bool,
    /// Mention `@room`.
    pub notify_room: bool,
    /// Open a private room to guests.
    pub open_to_guests: bool,
}

impl Permissions {
    async fn of(room: &Room, kind: Kind, guests: &Guests) -> Self {
        if room.state() != RoomState::Joined {
            return Self::default();
        }
        let own = room.own_user_id();
        let levels = room.power_levels_or_default().await;
        Self {
            send: levels.user_can_send_message(own, MessageLikeEventType::RoomMessage),
            react: levels.user_can_send_message(own, MessageLikeEventType::Reaction),
            redact_others: levels.user_can_redact_event_of_other(own),
            invite: levels.user_can_invite(own),
            remove: levels.user_can_kick(own),
            ban: levels.user_can_ban(own),
            set_name: levels.user_can_send_state(own, StateEventType::RoomName),
            set_topic: levels.user_can_send_state(own, StateEventType::RoomTopic),
            set_avatar: levels.user_can_send_state(own, StateEventType::RoomAvatar),
            set_roles: levels.user_can_send_state(own, StateEventType::RoomPowerLevels),
            set_timer: levels.user_can_send_state(own, ROOM_TIMER.into()),
            notify_room: levels.user_can_trigger_room_notification(own),
            open_to_guests: may_open(room, kind, &levels, guests),
        }
    }
}

impl Details {
    async fn of(room: &Room, changed: &Changed, retention: &Retention, guests: &Guests) -> Self {
        let kind = facts::kind(room, retention.states()).await;
        let direct_user = match kind {
            Kind::Direct => facts::direct_user(room).await.map(Into::into),
            _ => None,
        };
        let mode = room.notification_mode().await;
        let mut people = Vec::new();
        for person in changed.within(room).await {
            people.push(facts::person(room, &person).await);
        }
        Self {
            room_id: room.room_id().to_string(),
            name: facts::name(room).await,
            raw_name: room.name().filter(|name| !name.is_empty()),
            topic: topic(room),
            avatar: facts::avatar(room, kind).await,
            kind,
            encrypted: room.encryption_state().is_encrypted(),
            membership: Membership::from(room.state()),
            joined_members: room.joined_members_count(),
            direct_user,
            favourite: room.is_favourite(),
            low_priority: room.is_low_priority(),
            notification_mode: mode.map_or(NotificationMode::All, Into::into),
            can: Permissions::of(room, kind, guests).await,
            history: room.history_visibility_or_default().into(),
            times: retention.of_room(room.room_id()),
            rules: retention.rules(),
            changed: people,
        }
    }
}

fn topic(room: &Room) -> Option<String> {
    let topic: String = room.topic()?.chars().take(MAX_TOPIC).collect();
    (!topic.trim().is_empty()).then_some(topic)
}

/// Tells the details whenever they changed, until the receiver is dropped.
pub(super) async fn watch(
    room: Room,
    changed: Arc<Changed>,
    retention: Arc<Retention>,
    guests: Guests,
    sender: mpsc::Sender<Details>,
) {
    let mut times = retention.changes();
    let mut identities = changed.subscribe();
    let mut info = room.subscribe_info();
    let settings = room.client().notification_settings().await;
    let mut modes = settings.subscribe_to_changes();
    let mut last = None;
    loop {
        let details = Details::of(&room, &changed, &retention, &guests).await;
        if last.as_ref() != Some(&details) {
            last = Some(details.clone());
            if sender.send(details).await.is_err() {
                return;
            }
        }
        tokio::select! {
            () = sender.closed() => return,
            next = info.next() => if next.is_none() { return },
            told = times.changed() => if told.is_err() { return },
            told = identities.changed() => if told.is_err() { return },
            mode = modes.recv() => if matches!(mode, Err(RecvError::Closed)) { return },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_visibility_is_what_the_specification_says() {
        assert_eq!(History::from(HistoryVisibility::Joined), History::Joined);
        assert_eq!(
            History::from(HistoryVisibility::from("org.example.odd")),
            History::Shared
        );
    }
}
