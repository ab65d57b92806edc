//! One room to what its header and panel draw, and what the page asks of rooms.

use std::time::Duration;

use futures_util::{Stream, StreamExt as _, stream::BoxStream};
use pli_core::{
    account::Account,
    directory::Found,
    retention::{RetentionRules, RoomTimes},
    room::{self, Details, History, NewKind, NewRoom, Permissions},
};

use crate::{
    person::People,
    wire::{
        FoundUser, HistoryVisibility, NewRoomKind, NotificationMode, RoomCreate, RoomDetails,
        RoomPermissions, RoomRetention,
    },
};

/// Maps what is told of a room to what the page is told.
pub fn room_updates(
    account: &Account,
    updates: impl Stream<Item = Details> + Send + 'static,
) -> BoxStream<'static, RoomDetails> {
    let people = People::of(account);
    updates.map(move |room| details(&people, room)).boxed()
}

fn details(people: &People, room: Details) -> RoomDetails {
    RoomDetails {
        avatar: room
            .avatar
            .as_deref()
            .and_then(|uri| people.media.avatar_id(uri)),
        room_id: room.room_id,
        name: room.name,
        raw_name: room.raw_name,
        topic: room.topic,
        kind: room.kind.into(),
        encrypted: room.encrypted,
        membership: room.membership.into(),
        joined_members: u32::try_from(room.joined_members).unwrap_or(u32::MAX),
        direct_user: room.direct_user,
        favourite: room.favourite,
        low_priority: room.low_priority,
        notification_mode: room.notification_mode.into(),
        can: room.can.into(),
        history: room.history.into(),
        retention: retention(&room.times, room.rules),
        changed: people.senders(&room.changed),
    }
}

fn retention(times: &RoomTimes, rules: RetentionRules) -> RoomRetention {
    let millis = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
    RoomRetention {
        timer: times.timer.map(millis),
        server_max: times.server_max.map(millis),
        device_max: rules.device_max.map(millis),
        allowed: rules
            .allowed
            .map(|allowed| allowed.into_iter().map(millis).collect()),
    }
}

impl From<Permissions> for RoomPermissions {
    fn from(can: Permissions) -> Self {
        Self {
            send: can.send,
            react: can.react,
            redact_others: can.redact_others,
            invite: can.invite,
            remove: can.remove,
            ban: can.ban,
            set_name: can.set_name,
            set_topic: can.set_topic,
            set_avatar: can.set_avatar,
            set_roles: can.set_roles,
            set_timer: can.set_timer,
            notify_room: can.notify_room,
            open_to_guests: can.open_to_guests,
        }
    }
}

impl From<History> for HistoryVisibility {
    fn from(history: History) -> Self {
        match history {
            History::Invited => Self::Invited,
            History::Joined => Self::Joined,
            History::Shared => Self::Shared,
            History::WorldReadable => Self::WorldReadable,
        }
    }
}

impl From<room::NotificationMode> for NotificationMode {
    fn from(mode: room::NotificationMode) -> Self {
        match mode {
            room::NotificationMode::All => Self::All,
            room::NotificationMode::Mentions => Self::Mentions,
            room::NotificationMode::Mute => Self::Mute,
        }
    }
}

impl From<NotificationMode> for room::NotificationMode {
    fn from(mode: NotificationMode) -> Self {
        match mode {
            NotificationMode::All => Self::All,
            NotificationMode::Mentions => Self::Mentions,
            NotificationMode::Mute => Self::Mute,
        }
    }
}

impl From<NewRoomKind> for NewKind {
    fn from(kind: NewRoomKind) -> Self {
        match kind {
            NewRoomKind::Private => Self::Private,
            NewRoomKind::Open => Self::Open,
            NewRoomKind::Unencrypted => Self::Unencrypted,
            NewRoomKind::Public => Self::Public,
        }
    }
}

impl From<RoomCreate> for NewRoom {
    fn from(room: RoomCreate) -> Self {
        Self {
            kind: room.kind.into(),
            name: room.name,
            topic: room.topic,
            invite: room.invite,
        }
    }
}

/// People found, as the page draws them.
pub fn found_users(account: &Account, found: Vec<Found>) -> Vec<FoundUser> {
    let media = account.media();
    found
        .into_iter()
        .map(|user| FoundUser {
            user_id: user.user_id.to_string(),
            name: user.name,
            avatar: user.avatar.as_deref().and_then(|uri| media.avatar_id(uri)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use pli_core::{
        room::{Kind, Membership},
        timeline::Person,
    };
    use serde_json::json;

    use super::*;

    fn direct_room() -> Details {
        Details {
            room_id: "!a:example.org".to_owned(),
            name: "Nadia".to_owned(),
            raw_name: None,
            topic: Some("Relève".to_owned()),
            avatar: None,
            kind: Kind::Direct,
            encrypted: true,
            membership: Membership::Joined,
            joined_members: u64::MAX,
            direct_user: Some("@nadia:example.org".to_owned()),
            favourite: false,
            low_priority: true,
            notification_mode: room::NotificationMode::Mentions,
            can: Permissions {
                send: true,
                ..Permissions::default()
            },
            history: History::WorldReadable,
            times: RoomTimes {
                timer: Some(Duration::from_secs(3_600)),
                server_max: None,
            },
            rules: RetentionRules {
                device_max: Some(Duration::from_secs(86_400)),
                allowed: Some(vec![Duration::from_secs(3_600)]),
                ..RetentionRules::default()
            },
            changed: vec![Person {
                user_id: "@nadia:example.org".try_into().expect("a user id"),
                name: "Nadia".to_owned(),
                ambiguous: false,
                avatar: None,
            }],
        }
    }

    #[test]
    fn a_room_crosses_as_the_page_expects_it() {
        assert_eq!(
            serde_json::to_value(details(&People::default(), direct_room())).expect("JSON"),
            json!({
                "roomId": "!a:example.org",
                "name": "Nadia",
                "rawName": null,
                "topic": "Relève",
                "avatar": null,
                "kind": "direct",
                "encrypted": true,
                "membership": "joined",
                "joinedMembers": u32::MAX,
                "directUser": "@nadia:example.org",
                "favourite": false,
                "lowPriority": true,
                "notificationMode": "mentions",
                "can": {
                    "send": true,
                    "react": false,
                    "redactOthers": false,
                    "invite": false,
                    "remove": false,
                    "ban": false,
                    "setName": false,
                    "setTopic": false,
                    "setAvatar": false,
                    "setRoles": false,
                    "setTimer": false,
                    "notifyRoom": false,
                    "openToGuests": false,
                },
                "history": "worldReadable",
                "retention": {
                    "timer": 3_600_000,
                    "serverMax": null,
                    "deviceMax": 86_400_000,
                    "allowed": [3_600_000],
                },
                "changed": [{
                    "userId": "@nadia:example.org", "name": "Nadia", "ambiguous": false,
                    "avatar": null, "guest": false,
                }],
            })
        );
    }
}
