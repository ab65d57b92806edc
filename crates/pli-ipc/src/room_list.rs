//! Rows of the room list to what the page draws.

use std::sync::Arc;

use eyeball_im::{Vector, VectorDiff};
use futures_util::{Stream, StreamExt as _, future::ready, stream::BoxStream};
use pli_core::{
    account::Account,
    media::Media,
    room::{Kind, Membership},
    room_list::{Latest, RoomRow},
};

use crate::{
    diff::list_diff,
    timeline::{preview, sender},
    wire::{LatestPreview, ListDiff, RoomKind, RoomMembership, RoomSummary},
};

/// Maps what a room list tells to what the page is told; changes that change nothing on
/// screen are left out.
pub fn room_list_updates(
    account: &Account,
    updates: impl Stream<Item = Vec<VectorDiff<Arc<RoomRow>>>> + Send + 'static,
) -> BoxStream<'static, Vec<ListDiff<RoomSummary>>> {
    let media = Arc::clone(account.media());
    let mut told: Vector<RoomSummary> = Vector::new();
    updates
        .map(move |diffs| {
            let diffs = diffs.into_iter().filter_map(|diff| {
                let diff = diff.map(|row| summary(&media, &row));
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

fn summary(media: &Media, row: &RoomRow) -> RoomSummary {
    RoomSummary {
        room_id: row.room_id.clone(),
        name: row.name.clone(),
        avatar: row.avatar.as_deref().and_then(|uri| media.avatar_id(uri)),
        kind: row.kind.into(),
        encrypted: row.encrypted,
        membership: row.membership.into(),
        inviter: row.inviter.as_ref().map(|person| sender(media, person)),
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

fn latest(latest: &Latest) -> LatestPreview {
    LatestPreview {
        sender: latest.sender.name.clone(),
        own: latest.own,
        content: preview(&latest.content),
        sending: latest.sending,
        failed: latest.failed,
    }
}

impl From<Kind> for RoomKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Direct => Self::Direct,
            Kind::Private => Self::Private,
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
