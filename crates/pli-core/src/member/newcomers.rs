//! People who came into an encrypted room by no doing of the user, until they have been seen.
//!
//! What is compared are members, not events: a server that lets somebody in without an event that
//! is drawn, or in a part of history that is not loaded, is noticed too.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use futures_util::Stream;
use matrix_sdk::{
    Room, RoomMemberships, RoomState,
    ruma::{OwnedRoomId, OwnedUserId, UserId, events::room::member::MembershipState},
};
use pli_store::{Stores, Values};
use tokio::sync::{broadcast::error::RecvError, mpsc, watch};
use tokio_stream::wrappers::ReceiverStream;

use super::{
    MemberError,
    list::{Fetch, bears_on_members},
};
use crate::{account::Account, room::person, timeline::Person};

/// Nobody knows all people of a larger room: there, nobody is told of.
const MAX_MEMBERS: usize = 500;

/// Told at once; of more, only the count matters.
const MAX_TOLD: usize = 20;

/// What was told of newcomers: only whoever was told of can have been seen.
#[derive(Default)]
pub(crate) struct Seen {
    told: Mutex<HashMap<OwnedRoomId, BTreeSet<OwnedUserId>>>,
    /// Counts up whenever somebody was acknowledged.
    times: watch::Sender<u64>,
}

impl Seen {
    fn tell(&self, room: &Room, people: &[Person]) {
        let people = people.iter().map(|person| person.user_id.clone());
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.insert(room.room_id().to_owned(), people.collect());
    }

    fn told(&self, room: &Room) -> BTreeSet<OwnedUserId> {
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.get(room.room_id()).cloned().unwrap_or_default()
    }
}

impl Account {
    /// People who came into a room since they were last acknowledged, now and from now on; nobody in
    /// a room that is not encrypted.
    ///
    /// # Errors
    /// When the room is unknown.
    pub async fn room_newcomers(
        &self,
        room_id: &str,
    ) -> Result<impl Stream<Item = Vec<Person>> + Send + use<>, MemberError> {
        let room = self.known_room(room_id).map_err(|_| MemberError::NoRoom)?;
        let (sender, receiver) = mpsc::channel(4);
        let seen = Arc::clone(self.seen());
        self.spawn_until_over(tell(room, self.stores().clone(), seen, sender));
        Ok(ReceiverStream::new(receiver))
    }

    /// The user has seen those who were last told of in a room; whoever came since is told of.
    ///
    /// # Errors
    /// When the room is unknown.
    pub async fn room_newcomers_acknowledge(&self, room_id: &str) -> Result<(), MemberError> {
        let room = self.known_room(room_id).map_err(|_| MemberError::NoRoom)?;
        let values = self.stores().values();
        if let Some(mut known) = known(&values, &room) {
            known.extend(self.seen().told(&room));
            keep(&values, &room, &known).await;
        }
        self.seen().times.send_modify(|times| *times += 1);
        Ok(())
    }

    /// The user lets a person in: that is no news to them.
    pub(super) async fn let_in(&self, room: &Room, user_id: &UserId) {
        let values = self.stores().values();
        if let Some(mut known) = known(&values, room)
            && known.insert(user_id.to_owned())
        {
            keep(&values, room, &known).await;
        }
    }
}

async fn tell(room: Room, stores: Stores, seen: Arc<Seen>, sender: mpsc::Sender<Vec<Person>>) {
    let mut info = room.subscribe_info();
    let mut reloads = room.room_member_updates_sender.subscribe();
    let mut updates = room.client().subscribe_to_room_updates(room.room_id());
    let mut acknowledged = seen.times.subscribe();
    let mut fetch = Fetch::default();
    let mut last = None;
    loop {
        fetch.start_if_missing(&room);
        let newcomers = newcomers(&room, &stores.values()).await;
        if last.as_ref() != Some(&newcomers) {
            last = Some(newcomers.clone());
            seen.tell(&room, &newcomers);
            if sender.send(newcomers).await.is_err() {
                return;
            }
        }
        loop {
            let bears = tokio::select! {
                () = sender.closed() => return,
                changed = acknowledged.changed() => match changed {
                    Ok(()) => true,
                    Err(_) => return,
                },
                reload = reloads.recv() => !matches!(reload, Err(RecvError::Closed)),
                update = updates.recv() => match update {
                    Ok(update) => bears_on_members(&update),
                    Err(RecvError::Lagged(_)) => true,
                    Err(RecvError::Closed) => return,
                },
                next = futures_util::StreamExt::next(&mut info) => match next {
                    Some(_) => !room.are_members_synced(),
                    None => return,
                },
            };
            if bears {
                break;
            }
        }
    }
}

async fn newcomers(room: &Room, values: &Values) -> Vec<Person> {
    let private = room.encryption_state().is_encrypted() && room.state() == RoomState::Joined;
    // Until all are known, everybody would be new.
    if !private || !room.are_members_synced() {
        return Vec::new();
    }
    let members = members(room).await;
    if members.len() > MAX_MEMBERS {
        return Vec::new();
    }
    let Some(mut known) = known(values, room) else {
        // Met for the first time: whoever is there is seen in the list.
        keep(
            values,
            room,
            &members.into_iter().map(|(user, _)| user).collect(),
        )
        .await;
        return Vec::new();
    };
    // Whoever left and comes back is new again.
    let before = known.len();
    known.retain(|user| members.iter().any(|(member, _)| member == user));
    let left = known.len() < before;
    let own = room.own_user_id();
    let (invited, new): (Vec<_>, Vec<_>) = members
        .into_iter()
        .filter(|(user, _)| !known.contains(user) && user != own)
        .partition(|(_, inviter)| inviter.as_deref() == Some(own));
    if left || !invited.is_empty() {
        known.extend(invited.into_iter().map(|(user, _)| user));
        keep(values, room, &known).await;
    }
    let mut people = Vec::new();
    for (user, _) in new.iter().take(MAX_TOLD) {
        people.push(person(room, user).await);
    }
    people
}

/// Who is in the room or invited to it; of the invited, by whom.
async fn members(room: &Room) -> Vec<(OwnedUserId, Option<OwnedUserId>)> {
    let members = room.members_no_sync(RoomMemberships::ACTIVE).await;
    let members = members.unwrap_or_default().into_iter();
    members
        .map(|member| {
            let invited = *member.membership() == MembershipState::Invite;
            let inviter = invited.then(|| member.event().sender().to_owned());
            (member.user_id().to_owned(), inviter)
        })
        .collect()
}

fn known(values: &Values, room: &Room) -> Option<BTreeSet<OwnedUserId>> {
    values.get(&name(room)).ok().flatten()
}

async fn keep(values: &Values, room: &Room, known: &BTreeSet<OwnedUserId>) {
    if values.set(&name(room), known).await.is_err() {
        // They are told of again.
        tracing::warn!("who is known in a room could not be kept");
    }
}

fn name(room: &Room) -> String {
    format!("known members {}", room.room_id())
}
