//! Rows of the room list to what the page draws.

use std::sync::Arc;

use eyeball_im::{Vector, VectorDiff};
use futures_util::{Stream, StreamExt as _, future::ready, stream::BoxStream};
use pli_core::{
    account::Account,
    room::{Kind, Membership},
    room_list::{Latest, RoomRow},
};

use crate::{
    diff::list_diff,
    person::People,
    timeline::preview,
    wire::{LatestPreview, ListDiff, PreviewContent, RoomKind, RoomMembership, RoomSummary},
};

/// Maps what a room list tells to what the page is told; changes that change nothing on
/// screen are left out.
pub fn room_list_updates(
    account: &Account,
    updates: impl Stream<Item = Vec<VectorDiff<Arc<RoomRow>>>> + Send + 'static,
) -> BoxStream<'static, Vec<ListDiff<RoomSummary>>> {
    mapped(People::of(account), updates)
}

fn mapped(
    people: People,
    updates: impl Stream<Item = Vec<VectorDiff<Arc<RoomRow>>>> + Send + 'static,
) -> BoxStream<'static, Vec<ListDiff<RoomSummary>>> {
    let mut told: Vector<RoomSummary> = Vector::new();
    updates
        .map(move |diffs| {
            let diffs = diffs.into_iter().filter_map(|diff| {
                let diff = diff.map(|row| summary(&people, &row));
                if let VectorDiff::Set { index, value } = &diff
                    && told.get(*index) == Some(value)
                {
                    return None;
                }
                diff.clone().apply(&mut told);
                Some(list_diff(diff, |summary| summary))
            });
            diffs.collect::<Vec<_>>()
        })
        .filter(|diffs| ready(!diffs.is_empty()))
        .boxed()
}

fn summary(people: &People, row: &RoomRow) -> RoomSummary {
    RoomSummary {
        room_id: row.room_id.clone(),
        name: row.name.clone(),
        avatar: row
            .avatar
            .as_deref()
            .and_then(|uri| people.media.avatar_id(uri)),
        kind: row.kind.into(),
        encrypted: row.encrypted,
        membership: row.membership.into(),
        inviter: row.inviter.as_ref().map(|person| people.sender(person)),
        favourite: row.favourite,
        low_priority: row.low_priority,
        muted: row.muted,
        unread_messages: row.unread.messages,
        unread_notifications: row.unread.notifications,
        unread_mentions: row.unread.mentions,
        marked_unread: row.marked_unread,
        latest: row.latest.as_ref().map(latest),
        timestamp: row.timestamp,
        draft: row.draft.clone(),
    }
}

/// What the list says of a room's latest event. Words that came in clear to an encrypted room may
/// be anybody's: as in a notification, they are not repeated.
pub fn preview_latest(latest: &Latest) -> PreviewContent {
    if latest.in_clear {
        PreviewContent::Other
    } else {
        preview(&latest.content)
    }
}

fn latest(latest: &Latest) -> LatestPreview {
    LatestPreview {
        sender: latest.sender.name.clone(),
        own: latest.own,
        content: preview_latest(latest),
        sending: latest.sending,
        failed: latest.failed,
    }
}

impl From<Kind> for RoomKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Direct => Self::Direct,
            Kind::Private => Self::Private,
            Kind::Open => Self::Open,
            Kind::Unencrypted => Self::Unencrypted,
            Kind::Public => Self::Public,
            Kind::Space => Self::Space,
        }
    }
}

impl From<Membership> for RoomMembership {
    fn from(membership: Membership) -> Self {
        match membership {
            Membership::Joined => Self::Joined,
            Membership::Invited => Self::Invited,
            Membership::Knocked => Self::Knocked,
            Membership::Left => Self::Left,
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::{FutureExt as _, stream};
    use pli_core::{room_list::Unread, timeline::Person};
    use serde_json::json;

    use super::*;

    fn row(name: &str) -> Arc<RoomRow> {
        Arc::new(RoomRow {
            room_id: "!a:example.org".to_owned(),
            name: name.to_owned(),
            avatar: None,
            kind: Kind::Private,
            encrypted: true,
            membership: Membership::Invited,
            inviter: Some(Person {
                user_id: "@nadia:example.org".try_into().expect("a user id"),
                name: "Nadia".to_owned(),
                ambiguous: false,
                avatar: None,
            }),
            favourite: true,
            low_priority: false,
            muted: false,
            unread: Unread {
                messages: 3,
                notifications: 2,
                mentions: 1,
            },
            marked_unread: false,
            latest: None,
            timestamp: Some(1_790_000_000_000),
            draft: Some("Pour".to_owned()),
        })
    }

    fn told(diffs: Vec<Vec<VectorDiff<Arc<RoomRow>>>>) -> Vec<Vec<ListDiff<RoomSummary>>> {
        let told = mapped(People::default(), stream::iter(diffs)).collect();
        told.now_or_never().expect("nothing to wait for")
    }

    #[test]
    fn a_row_crosses_as_the_page_expects_it() {
        let values = [row("Crue")].into_iter().collect();
        let told = told(vec![vec![VectorDiff::Reset { values }]]);
        assert_eq!(
            serde_json::to_value(told).expect("JSON"),
            json!([[{ "kind": "reset", "values": [{
                "roomId": "!a:example.org",
                "name": "Crue",
                "avatar": null,
                "kind": "private",
                "encrypted": true,
                "membership": "invited",
                "inviter": {
                    "userId": "@nadia:example.org",
                    "name": "Nadia",
                    "ambiguous": false,
                    "avatar": null,
                    "guest": false,
                },
                "favourite": true,
                "lowPriority": false,
                "muted": false,
                "unreadMessages": 3,
                "unreadNotifications": 2,
                "unreadMentions": 1,
                "markedUnread": false,
                "latest": null,
                "timestamp": 1_790_000_000_000_u64,
                "draft": "Pour",
            }] }]])
        );
    }

    #[test]
    fn what_changes_nothing_on_screen_is_not_told() {
        let set = |name: &str| VectorDiff::Set {
            index: 0,
            value: row(name),
        };
        let told = told(vec![
            vec![VectorDiff::PushBack { value: row("Crue") }],
            vec![set("Crue")],
            vec![set("Crue"), set("Décrue"), set("Décrue")],
        ]);
        let lengths: Vec<usize> = told.iter().map(Vec::len).collect();
        assert_eq!(lengths, [1, 1], "the first row, and its one change");
    }
}
