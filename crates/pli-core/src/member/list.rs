//! The task behind a member list: reads the store again when something bears on it.

use std::{cmp::Ordering, sync::Arc};

use eyeball_im::VectorDiff;
use matrix_sdk::{
    Room, RoomMemberships,
    room::RoomMember,
    ruma::{
        events::room::{
            member::MembershipState,
            power_levels::{RoomPowerLevels, UserPowerLevel},
        },
        serde::Raw,
    },
    sync::{RoomUpdate, State},
};
use tokio::{
    sync::{broadcast::error::RecvError, mpsc},
    task::JoinSet,
};
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use super::{Member, MemberState, Role, merge};
use crate::guest::Guests;

/// Longest name drawn, in characters.
const MAX_NAME: usize = 250;

/// Who is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// Those in the room, invited or banned.
    Everybody,
    /// Of those in the room or invited, the guests.
    Guests,
}

type Diffs = Vec<VectorDiff<Arc<Member>>>;

/// Tells who is listed whenever that changed, until the receiver is dropped.
pub(super) async fn watch(room: Room, guests: Guests, who: Who, sender: mpsc::Sender<Diffs>) {
    let client = room.client();
    let mut info = room.subscribe_info();
    let mut reloads = room.room_member_updates_sender.subscribe();
    let mut updates = client.subscribe_to_room_updates(room.room_id());
    let mut ignored = client.subscribe_to_ignore_user_list_changes();
    let mut fetch = Fetch::default();
    let mut last: Option<Vec<Arc<Member>>> = None;
    loop {
        let members = members(&room, &guests, who).await;
        let diffs = match &last {
            None => vec![VectorDiff::Reset {
                values: members.iter().cloned().collect(),
            }],
            Some(last) => merge::changes(last, &members, |a, b| a.user_id == b.user_id, by_role),
        };
        last = Some(members);
        if !diffs.is_empty() && sender.send(diffs).await.is_err() {
            return;
        }
        fetch.start_if_missing(&room);
        // Until something happens that may bear on the list.
        loop {
            let bears = tokio::select! {
                () = sender.closed() => return,
                next = ignored.next() => match next {
                    Some(_) => true,
                    None => return,
                },
                reload = reloads.recv() => !matches!(reload, Err(RecvError::Closed)),
                update = updates.recv() => match update {
                    Ok(update) => bears_on_members(&update),
                    Err(RecvError::Lagged(_)) => true,
                    Err(RecvError::Closed) => return,
                },
                next = info.next() => match next {
                    Some(_) => {
                        fetch.start_if_missing(&room);
                        false
                    }
                    None => return,
                },
            };
            if bears {
                break;
            }
        }
    }
}

/// The request for all members, one at a time; ends with whoever watches.
#[derive(Default)]
pub(super) struct Fetch(JoinSet<()>);

impl Fetch {
    /// Asks the server, unless all members are known; the store's change is told then.
    pub(super) fn start_if_missing(&mut self, room: &Room) {
        while self.0.try_join_next().is_some() {}
        if room.are_members_synced() || !self.0.is_empty() {
            return;
        }
        let room = room.clone();
        self.0.spawn(async move {
            if room.sync_members().await.is_err() {
                tracing::info!("the members of a room could not be fetched");
            }
        });
    }
}

pub(super) fn bears_on_members(update: &RoomUpdate) -> bool {
    fn bears<T>(event: &Raw<T>) -> bool {
        event
            .get_field::<String>("type")
            .ok()
            .flatten()
            .is_some_and(|kind| matches!(&*kind, "m.room.member" | "m.room.power_levels"))
    }
    let (timeline, state) = match update {
        RoomUpdate::Joined { updates, .. } => (&updates.timeline, &updates.state),
        RoomUpdate::Left { updates, .. } => (&updates.timeline, &updates.state),
        RoomUpdate::Invited { .. } | RoomUpdate::Knocked { .. } => return true,
    };
    let (State::Before(state) | State::After(state)) = state;
    state.iter().any(bears) || timeline.events.iter().any(|event| bears(event.raw()))
}

/// Those who are listed, in order.
pub(super) async fn members(room: &Room, guests: &Guests, who: Who) -> Vec<Arc<Member>> {
    let wanted = match who {
        Who::Everybody => RoomMemberships::ACTIVE | RoomMemberships::BAN,
        Who::Guests => RoomMemberships::ACTIVE,
    };
    let known = match room.members_no_sync(wanted).await {
        Ok(known) => known,
        Err(_) => {
            tracing::error!("the members of a room could not be read");
            Vec::new()
        }
    };
    let levels = room.power_levels_or_default().await;
    let mut members: Vec<_> = known
        .iter()
        .map(|member| (member, guests.has(member.user_id())))
        .filter(|(_, guest)| who == Who::Everybody || *guest)
        .map(|(member, guest)| Arc::new(of(member, guest, &levels, room)))
        .collect();
    members.sort_by_cached_key(|member| key(member));
    members
}

fn of(member: &RoomMember, guest: bool, levels: &RoomPowerLevels, room: &Room) -> Member {
    let (own_id, user_id) = (room.own_user_id(), member.user_id());
    let level = levels.for_user(user_id);
    let own = user_id == own_id;
    let name = member.display_name().map(str::trim);
    let name = name.filter(|name| !name.is_empty());
    Member {
        user_id: user_id.to_owned(),
        name: match name {
            Some(name) => name.chars().take(MAX_NAME).collect(),
            None => user_id.localpart().to_owned(),
        },
        ambiguous: member.name_ambiguous(),
        avatar: member.avatar_url().map(ToOwned::to_owned),
        state: match member.membership() {
            MembershipState::Join => MemberState::Joined,
            MembershipState::Invite => MemberState::Invited,
            MembershipState::Ban => MemberState::Banned,
            _ => MemberState::Left,
        },
        role: Role::of(level),
        power_level: match level {
            UserPowerLevel::Int(level) => {
                i32::try_from(i64::from(level)).unwrap_or(if i64::from(level) > 0 {
                    i32::MAX - 1
                } else {
                    i32::MIN
                })
            }
            _ => i32::MAX,
        },
        own,
        guest,
        ignored: member.is_ignored(),
        can_change: !own
            && (levels.user_can_change_user_power_level(own_id, user_id)
                || levels.user_can_kick_user(own_id, user_id)
                || levels.user_can_ban_user(own_id, user_id)),
    }
}

fn by_role(a: &Member, b: &Member) -> Ordering {
    key(a).cmp(&key(b))
}

/// By role, then by name, blind to case and accents.
fn key(member: &Member) -> (Role, String, String) {
    let name = member
        .name
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect();
    (member.role, name, member.user_id.to_string())
}

#[cfg(test)]
mod tests {
    use matrix_sdk::ruma::UserId;

    use super::*;

    fn member(name: &str, role: Role) -> Member {
        Member {
            user_id: UserId::parse("@a:example.org").expect("a user id"),
            name: name.to_owned(),
            ambiguous: false,
            avatar: None,
            state: MemberState::Joined,
            role,
            power_level: 0,
            own: false,
            guest: false,
            ignored: false,
            can_change: false,
        }
    }

    #[test]
    fn those_who_decide_come_first_then_names_as_in_a_directory() {
        let mut members = [
            member("zoé", Role::User),
            member("Étienne", Role::User),
            member("Emma", Role::User),
            member("Fanny", Role::User),
            member("Yann", Role::Moderator),
            member("Zacharie", Role::Creator),
        ];
        members.sort_by(by_role);
        let names = members.map(|member| member.name);
        assert_eq!(
            names,
            ["Zacharie", "Yann", "Emma", "Étienne", "Fanny", "zoé"]
        );
    }
}
