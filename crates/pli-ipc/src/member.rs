//! Rows of a member list to what the page draws.

use std::sync::Arc;

use eyeball_im::VectorDiff;
use futures_util::{Stream, StreamExt as _, stream::BoxStream};
use pli_core::{account::Account, media::Media, member, timeline};

use crate::{
    diff::list_diff,
    person::People,
    wire::{ListDiff, Member, MemberMembership, MemberRole, Recipients, Sender},
};

/// Maps what a member list tells to what the page is told.
pub fn member_updates(
    account: &Account,
    updates: impl Stream<Item = Vec<VectorDiff<Arc<member::Member>>>> + Send + 'static,
) -> BoxStream<'static, Vec<ListDiff<Member>>> {
    let media = Arc::clone(account.media());
    updates
        .map(move |diffs| {
            diffs
                .into_iter()
                .map(|diff| list_diff(diff, |member| row(&media, &member)))
                .collect()
        })
        .boxed()
}

/// Maps people of a room (who came into it, its guests) to what the page is told.
pub fn people(
    account: &Account,
    updates: impl Stream<Item = Vec<timeline::Person>> + Send + 'static,
) -> impl Stream<Item = Vec<Sender>> + Send + 'static {
    let drawn = People::of(account);
    updates.map(move |people| drawn.senders(&people))
}

fn row(media: &Media, member: &member::Member) -> Member {
    Member {
        user_id: member.user_id.to_string(),
        name: member.name.clone(),
        ambiguous: member.ambiguous,
        avatar: member
            .avatar
            .as_deref()
            .and_then(|uri| media.avatar_id(uri)),
        membership: member.state.into(),
        role: member.role.into(),
        power_level: member.power_level,
        own: member.own,
        guest: member.guest,
        ignored: member.ignored,
        can_change: member.can_change,
    }
}

impl From<member::Recipients> for Recipients {
    fn from(counts: member::Recipients) -> Self {
        Self {
            people: counts.people,
            devices: counts.devices,
            left_out: counts.left_out,
            verified_people: counts.verified_people,
        }
    }
}

impl From<member::MemberState> for MemberMembership {
    fn from(state: member::MemberState) -> Self {
        match state {
            member::MemberState::Joined => Self::Joined,
            member::MemberState::Invited => Self::Invited,
            member::MemberState::Banned => Self::Banned,
            member::MemberState::Left => Self::Left,
        }
    }
}

impl From<member::Role> for MemberRole {
    fn from(role: member::Role) -> Self {
        match role {
            member::Role::Creator => Self::Creator,
            member::Role::Administrator => Self::Administrator,
            member::Role::Moderator => Self::Moderator,
            member::Role::User => Self::User,
        }
    }
}

impl From<MemberRole> for member::Role {
    fn from(role: MemberRole) -> Self {
        match role {
            MemberRole::Creator => Self::Creator,
            MemberRole::Administrator => Self::Administrator,
            MemberRole::Moderator => Self::Moderator,
            MemberRole::User => Self::User,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_member_crosses_as_the_page_expects_them() {
        let member = member::Member {
            user_id: "@nadia:example.org".try_into().expect("a user id"),
            name: "Nadia".to_owned(),
            ambiguous: true,
            avatar: Some("mxc://not an avatar".into()),
            state: member::MemberState::Banned,
            role: member::Role::Creator,
            power_level: i32::MAX,
            own: false,
            guest: true,
            ignored: true,
            can_change: false,
        };
        assert_eq!(
            serde_json::to_value(row(&Media::default(), &member)).expect("JSON"),
            json!({
                "userId": "@nadia:example.org",
                "name": "Nadia",
                "ambiguous": true,
                "avatar": null,
                "membership": "banned",
                "role": "creator",
                "powerLevel": i32::MAX,
                "own": false,
                "guest": true,
                "ignored": true,
                "canChange": false,
            })
        );
    }
}
