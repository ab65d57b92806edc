//! State of rooms that the SDK does not learn: what holds in each.
//!
//! The SDK asks the server for a fixed list of kinds of state, and these are not on it. So they
//! are asked for beside it, all rooms at once, by a connection that takes nothing else; what
//! changes later is seen in the events of the sync.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use matrix_sdk::{
    Client, Room,
    ruma::{
        OwnedRoomId, RoomId, api::client::sync::sync_events::v5, events::StateEventType,
        serde::Raw, uint,
    },
    sync::RoomUpdates,
};
use pli_store::{StoreError, Stores, Values};
use serde::{Deserialize, Serialize};
use tokio::{
    sync::{broadcast::error::RecvError, watch},
    time::sleep,
};

use crate::{
    account::Account,
    retention::{ROOM_TIMER, RoomTimes, SERVER_RULE, rule_in, timer_in},
    room::{ACCESS_RULES, AccessRule, access_rule_in},
};

/// Where it is kept, for when there is no network; so called since it held less.
const KNOWN: &str = "retention.rooms";

/// The connection that asks.
const CONNECTION: &str = "pli-state";

/// Most rooms asked for at once.
const MAX_ROOMS: u32 = 10_000;

/// Rooms that come one after the other are asked for together.
const TOGETHER: Duration = Duration::from_millis(500);

/// After a failure.
const PAUSE: Duration = Duration::from_secs(30);

/// What is known of a room, as it is stored.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Known {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    timer: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    server: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    access: Option<AccessRule>,
}

/// The rooms in which something holds.
#[derive(Default)]
struct Rooms(RwLock<BTreeMap<OwnedRoomId, Known>>);

impl Rooms {
    fn load(values: &Values) -> Result<Self, StoreError> {
        let known = values.get(KNOWN)?.unwrap_or_default();
        Ok(Self(RwLock::new(known)))
    }

    fn get(&self, room: &RoomId) -> Known {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        known.get(room).copied().unwrap_or_default()
    }

    fn times(&self, room: &RoomId) -> RoomTimes {
        let known = self.get(room);
        RoomTimes {
            timer: known.timer.map(Duration::from_millis),
            server_max: known.server.map(Duration::from_millis),
        }
    }

    /// Those with a rule of the server.
    fn ruled(&self) -> Vec<OwnedRoomId> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let ruled = known.iter().filter(|(_, known)| known.server.is_some());
        ruled.map(|(room, _)| room.clone()).collect()
    }

    /// Whether something changed.
    fn learn(&self, room: &RoomId, learnt: &Learnt) -> bool {
        let mut rooms = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let before = rooms.get(room).copied().unwrap_or_default();
        let after = Known {
            timer: learnt.timer.unwrap_or(before.timer),
            server: learnt.server.unwrap_or(before.server),
            access: learnt.access.unwrap_or(before.access),
        };
        if after == Known::default() {
            rooms.remove(room);
        } else {
            rooms.insert(room.to_owned(), after);
        }
        before != after
    }

    fn all(&self) -> BTreeMap<OwnedRoomId, Known> {
        let rooms = self.0.read().unwrap_or_else(PoisonError::into_inner);
        rooms.clone()
    }
}

/// What holds in rooms, kept for when there is no network.
pub(crate) struct RoomStates {
    stores: Stores,
    rooms: Rooms,
    changed: watch::Sender<()>,
}

impl RoomStates {
    /// What an earlier run learnt.
    pub(crate) fn open(stores: &Stores) -> Result<Self, StoreError> {
        Ok(Self {
            rooms: Rooms::load(&stores.values())?,
            stores: stores.clone(),
            changed: watch::Sender::default(),
        })
    }

    /// How long messages of a room live.
    pub(crate) fn times(&self, room: &RoomId) -> RoomTimes {
        self.rooms.times(room)
    }

    /// Whom a room admits, if it is said.
    pub(crate) fn access_rule(&self, room: &RoomId) -> Option<AccessRule> {
        self.rooms.get(room).access
    }

    /// Rooms in which the server has a rule about how old messages grow.
    pub(crate) fn ruled(&self) -> Vec<OwnedRoomId> {
        self.rooms.ruled()
    }

    /// Changes when something else holds, in whatever room.
    pub(crate) fn changes(&self) -> watch::Receiver<()> {
        self.changed.subscribe()
    }

    /// Whoever draws what holds looks again.
    pub(crate) fn look_again(&self) {
        self.changed.send_replace(());
    }

    /// Takes what a room is known to hold from now on.
    pub(crate) async fn learn(&self, room: &RoomId, learnt: &Learnt) {
        if self.rooms.learn(room, learnt) {
            self.keep().await;
        }
    }

    async fn keep(&self) {
        let kept = self.stores.values().set(KNOWN, &self.rooms.all()).await;
        if kept.is_err() {
            tracing::warn!(name: "what holds in a room was not kept", "");
        }
        self.look_again();
    }
}

/// What some events of state tell; `Some(None)` is that nothing holds any more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Learnt {
    /// The room's timer, in milliseconds.
    pub(crate) timer: Option<Option<u64>>,
    /// The server's rule, in milliseconds.
    pub(crate) server: Option<Option<u64>>,
    /// Whom the room admits.
    pub(crate) access: Option<Option<AccessRule>>,
}

impl Learnt {
    /// Nothing holds unless told.
    const NOTHING: Self = Self {
        timer: Some(None),
        server: Some(None),
        access: Some(None),
    };

    fn take<T>(&mut self, event: &Raw<T>) {
        let kind: Option<String> = event.get_field("type").ok().flatten();
        match kind.as_deref() {
            Some(ROOM_TIMER) if is_of_room(event) => self.timer = Some(timer_in(event)),
            Some(SERVER_RULE) if is_of_room(event) => self.server = Some(rule_in(event)),
            Some(ACCESS_RULES) if is_of_room(event) => self.access = Some(access_rule_in(event)),
            _ => {}
        }
    }
}

fn is_of_room<T>(event: &Raw<T>) -> bool {
    let key: Option<String> = event.get_field("state_key").ok().flatten();
    key.is_some_and(|key| key.is_empty())
}

impl Account {
    /// What holds in rooms.
    pub(crate) fn room_states(&self) -> &Arc<RoomStates> {
        self.retention().states()
    }

    /// Learns what holds, from now on.
    pub(crate) fn learn_room_states(&self) {
        let (client, states) = (self.client().clone(), Arc::clone(self.room_states()));
        // To be ended with the account, since it holds the client.
        self.spawn_until_over(keep_learning(client, states));
    }
}

async fn keep_learning(client: Client, states: Arc<RoomStates>) {
    let mut updates = client.subscribe_to_all_room_updates();
    let mut learning = Learning {
        asked: BTreeSet::new(),
        client,
        states,
    };
    let mut ask = true;
    loop {
        if ask {
            sleep(TOGETHER).await;
            ask = !learning.ask().await;
            if ask {
                sleep(PAUSE).await;
            }
        }
        match updates.recv().await {
            Ok(updates) => ask |= learning.listen(&updates).await,
            Err(RecvError::Lagged(_)) => ask = true,
            Err(RecvError::Closed) => return,
        }
    }
}

struct Learning {
    client: Client,
    states: Arc<RoomStates>,
    /// Rooms that the server was asked about.
    asked: BTreeSet<OwnedRoomId>,
}

impl Learning {
    /// Takes what a sync brings. Whether something may be missing.
    async fn listen(&mut self, updates: &RoomUpdates) -> bool {
        let mut missing = false;
        for (room, update) in &updates.joined {
            let mut learnt = Learnt::default();
            for event in &update.timeline.events {
                learnt.take(event.raw());
            }
            self.states.learn(room, &learnt).await;
            missing |= update.timeline.limited || !self.asked.contains(room);
        }
        for room in updates.left.keys() {
            self.asked.remove(room);
            self.states.learn(room, &Learnt::NOTHING).await;
        }
        missing
    }

    /// Asks the server about all rooms. Whether it answered.
    async fn ask(&mut self) -> bool {
        let Ok(answer) = self.client.send(request()).await else {
            return false;
        };
        let mut changed = false;
        for (room, told) in &answer.rooms {
            let mut learnt = Learnt::NOTHING;
            for event in &told.required_state {
                learnt.take(event);
            }
            changed |= self.states.rooms.learn(room, &learnt);
            self.asked.insert(room.clone());
        }
        // Invitations and the like, of which nothing is told.
        self.asked
            .extend(self.client.joined_rooms().iter().map(room_id));
        if changed {
            self.states.keep().await;
        }
        true
    }
}

fn room_id(room: &Room) -> OwnedRoomId {
    room.room_id().to_owned()
}

/// Without a position: each answer is about all rooms.
fn request() -> v5::Request {
    let mut list = v5::request::List::default();
    list.ranges = vec![(uint!(0), MAX_ROOMS.into())];
    list.room_details.required_state = [ROOM_TIMER, SERVER_RULE, ACCESS_RULES]
        .map(|kind| (StateEventType::from(kind), String::new()))
        .to_vec();
    let mut request = v5::Request::new();
    request.conn_id = Some(CONNECTION.to_owned());
    request.timeout = Some(Duration::ZERO);
    request.lists.insert("all".to_owned(), list);
    request
}

#[cfg(test)]
mod tests {
    use matrix_sdk::ruma::events::AnySyncStateEvent;
    use serde_json::json;

    use super::*;

    fn state(kind: &str, key: &str, content: serde_json::Value) -> Raw<AnySyncStateEvent> {
        let event = json!({ "type": kind, "state_key": key, "content": content });
        Raw::new(&event).expect("JSON").cast_unchecked()
    }

    fn learnt(events: &[Raw<AnySyncStateEvent>]) -> Learnt {
        let mut learnt = Learnt::default();
        events.iter().for_each(|event| learnt.take(event));
        learnt
    }

    #[test]
    fn a_timer_and_rules_are_learnt() {
        let told = learnt(&[
            state(ROOM_TIMER, "", json!({ "lifetime": 3_600_000 })),
            state(SERVER_RULE, "", json!({ "max_lifetime": 86_400_000 })),
        ]);
        let rooms = Rooms::default();
        let room = RoomId::parse("!a:example.org").expect("a room id");
        assert!(rooms.learn(&room, &told));
        let times = rooms.times(&room);
        assert_eq!(times.timer, Some(Duration::from_secs(3_600)));
        assert_eq!(times.server_max, Some(Duration::from_secs(86_400)));
        assert_eq!(rooms.ruled(), std::slice::from_ref(&room));

        let opened = state(ACCESS_RULES, "", json!({ "rule": "unrestricted" }));
        assert!(rooms.learn(&room, &learnt(&[opened])));
        assert_eq!(rooms.get(&room).access, Some(AccessRule::Unrestricted));

        assert!(!rooms.learn(&room, &learnt(&[])), "nothing new");
        assert!(rooms.learn(&room, &learnt(&[state(ROOM_TIMER, "", json!({}))])));
        assert_eq!(rooms.times(&room).timer, None, "an empty timer is none");
    }

    #[test]
    fn what_makes_no_sense_holds_nothing() {
        for content in [
            json!({ "lifetime": 0 }),
            json!({ "lifetime": -1 }),
            json!({ "lifetime": "1h" }),
            json!({ "lifetime": u64::MAX }),
        ] {
            let told = learnt(&[state(ROOM_TIMER, "", content.clone())]);
            assert_eq!(told.timer, Some(None), "{content}");
        }
        let elsewhere = state(ROOM_TIMER, "x", json!({ "lifetime": 1 }));
        assert_eq!(learnt(&[elsewhere]), Learnt::default(), "it is of no room");
    }
}
