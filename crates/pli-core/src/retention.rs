//! Messages that disappear: how long they live, and what holds on this device.
//!
//! Each message carries its own end, inside what is encrypted; a room has a timer for new ones;
//! the server and the organisation may set how old anything may grow. `docs/retention.md` tells
//! the fields, and what other clients do with them.

use std::{
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use matrix_sdk::{
    Room,
    ruma::{
        EventId, OwnedEventId, OwnedRoomId, RoomId,
        events::{AnyMessageLikeEventContent, AnySyncTimelineEvent},
        serde::Raw,
    },
};
use pli_policy::{Policy, RoomKind, Timer};
use pli_store::{END, StoreError, Stores};
use serde_json::value::to_raw_value;
use tokio::sync::{Mutex, Notify, broadcast, watch};

use crate::{
    account::Account,
    clock::{Clock, millis},
    room::Kind,
    room_state::RoomStates,
};

mod content;
mod media;
mod redacting;
mod sweep;
mod timer;

pub use self::timer::{ROOM_TIMER, RoomTimes, TimerError};
pub(crate) use self::{
    content::{lasting, lasting_edit},
    sweep::sweep_at_start,
    timer::{SERVER_RULE, rule_in, timer_event, timer_in},
};

/// Where the highest time seen is kept.
const FLOOR: &str = "retention.floor";

/// Longest life of a message: beyond that, it is a mistake.
pub const LONGEST: Duration = Duration::from_secs(10 * 365 * 24 * 60 * 60);

/// What the organisation wants.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RetentionRules {
    /// How old anything may grow on this device.
    pub device_max: Option<Duration>,
    /// The timers that may be chosen; all, if there is no such list.
    pub allowed: Option<Vec<Duration>>,
    /// The timers of new rooms.
    pub defaults: Defaults,
}

/// The timers of new rooms, by kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Defaults {
    /// With one person.
    pub direct: Option<Duration>,
    /// By invitation.
    pub private: Option<Duration>,
    /// By invitation, guests too.
    pub open: Option<Duration>,
    /// By invitation, not encrypted.
    pub unencrypted: Option<Duration>,
    /// Anybody may join.
    pub public: Option<Duration>,
}

impl RetentionRules {
    /// What a policy says of messages that disappear.
    pub fn of(policy: &Policy) -> Self {
        let day = 24 * 60 * 60;
        let days = u64::from(policy.retention_days);
        let own = policy.timers_allowed.contains(&Timer::Own);
        let lifetimes = || {
            let timers = policy.timers_allowed.iter();
            timers.filter_map(|timer| timer.lifetime()).collect()
        };
        let default = |kind| {
            let timer: &Timer = policy.default_timers.get(&kind)?;
            timer.lifetime()
        };
        Self {
            device_max: (days > 0).then(|| Duration::from_secs(days * day)),
            allowed: (!own).then(lifetimes),
            defaults: Defaults {
                direct: default(RoomKind::Direct),
                private: default(RoomKind::Private),
                open: default(RoomKind::Guests),
                unencrypted: default(RoomKind::Clear),
                public: default(RoomKind::Forum),
            },
        }
    }

    /// Whether a timer may be chosen.
    pub fn allows(&self, timer: Duration) -> bool {
        let listed = |allowed: &Vec<Duration>| allowed.contains(&timer);
        !timer.is_zero() && timer <= LONGEST && self.allowed.as_ref().is_none_or(listed)
    }

    /// The timer of a new room.
    pub fn default_of(&self, kind: Kind) -> Option<Duration> {
        match kind {
            Kind::Direct => self.defaults.direct,
            Kind::Private => self.defaults.private,
            Kind::Open => self.defaults.open,
            Kind::Unencrypted => self.defaults.unencrypted,
            Kind::Public => self.defaults.public,
            Kind::Space => None,
        }
    }
}

/// By which clock and rules messages disappear.
#[derive(Debug, Clone)]
pub struct Keeping {
    /// The clock.
    pub clock: Clock,
    /// What the organisation wants.
    pub rules: RetentionRules,
}

impl Default for Keeping {
    fn default() -> Self {
        Self {
            clock: Clock::system(),
            rules: RetentionRules::default(),
        }
    }
}

/// Messages of a room that are over.
#[derive(Debug, Clone)]
pub(crate) struct Gone {
    pub(crate) room: OwnedRoomId,
    pub(crate) events: Arc<Vec<OwnedEventId>>,
}

/// What an account knows of the ends of its messages.
pub(crate) struct Retention {
    clock: Clock,
    stores: Stores,
    rules: RwLock<RetentionRules>,
    states: Arc<RoomStates>,
    /// Something is to be looked at sooner than thought.
    wake: Notify,
    /// The same, for the redactions.
    redact: Notify,
    /// Held while messages are removed.
    sweeping: Mutex<()>,
    gone: broadcast::Sender<Gone>,
}

impl Retention {
    /// What an earlier run remembered, and goes on from.
    pub(crate) fn open(stores: &Stores, keeping: Keeping) -> Result<Self, StoreError> {
        let values = stores.values();
        let Keeping { clock, rules } = keeping;
        if let Some(seen) = values.get(FLOOR)? {
            clock.at_least(seen);
        }
        Ok(Self {
            clock,
            stores: stores.clone(),
            rules: RwLock::new(rules),
            states: Arc::new(RoomStates::open(stores)?),
            wake: Notify::new(),
            redact: Notify::new(),
            sweeping: Mutex::new(()),
            gone: broadcast::channel(256).0,
        })
    }

    /// Where the messages are.
    pub(crate) const fn stores(&self) -> &Stores {
        &self.stores
    }

    /// Waits until what has begun to be removed is: once it has left the screen, nothing may
    /// bring it back.
    pub(crate) async fn swept(&self) {
        drop(self.sweeping.lock().await);
    }

    pub(crate) fn now(&self) -> u64 {
        self.clock.now()
    }

    /// Remembers the time, so that a clock that is set back while Pli is closed changes nothing.
    pub(crate) async fn note_time(&self) {
        if self.stores.values().set(FLOOR, &self.now()).await.is_err() {
            tracing::warn!(name: "the time was not noted", "");
        }
    }

    pub(crate) fn rules(&self) -> RetentionRules {
        let rules = self.rules.read().unwrap_or_else(PoisonError::into_inner);
        rules.clone()
    }

    /// Other rules count from now on.
    pub(crate) fn set_rules(&self, rules: RetentionRules) {
        *self.rules.write().unwrap_or_else(PoisonError::into_inner) = rules;
        self.states.look_again();
        self.wake.notify_one();
    }

    /// What holds in rooms.
    pub(crate) fn states(&self) -> &Arc<RoomStates> {
        &self.states
    }

    /// What holds in a room.
    pub(crate) fn of_room(&self, room: &RoomId) -> RoomTimes {
        self.states.times(room)
    }

    /// Changes when something else holds, in whatever room, or by the rules.
    pub(crate) fn changes(&self) -> watch::Receiver<()> {
        self.states.changes()
    }

    /// Messages that are over, from now on.
    pub(crate) fn gone(&self) -> broadcast::Receiver<Gone> {
        self.gone.subscribe()
    }

    /// Something was queued that ends by itself.
    pub(crate) fn look_again(&self) {
        self.wake.notify_one();
    }

    /// How old anything in a room may grow here.
    pub(crate) fn oldest(&self, room: &RoomId) -> Option<Duration> {
        let by_server = self.of_room(room).server_max;
        let rules = self.rules.read().unwrap_or_else(PoisonError::into_inner);
        [rules.device_max, by_server].into_iter().flatten().min()
    }

    /// When an event is over on this device, if it ever is.
    pub(crate) fn end(&self, room: &RoomId, event: &Raw<AnySyncTimelineEvent>) -> Option<u64> {
        let own = pli_store::end_of(event);
        let aged = self.oldest(room).and_then(|oldest| {
            if matches!(event.get_field::<String>("state_key"), Ok(Some(_))) {
                return None;
            }
            let sent: u64 = event.get_field("origin_server_ts").ok()??;
            Some(sent.saturating_add(millis(oldest)))
        });
        [own, aged].into_iter().flatten().min()
    }

    /// Whether an event is over, or was.
    pub(crate) fn is_over(&self, room: &RoomId, event: &Raw<AnySyncTimelineEvent>) -> bool {
        pli_store::is_expired(event) || self.end(room, event).is_some_and(|end| end <= self.now())
    }

    /// Whether a message that waits to be sent is over.
    pub(crate) fn is_content_over(&self, content: &Raw<AnyMessageLikeEventContent>) -> bool {
        let end: Option<u64> = content.get_field(END).ok().flatten();
        end.is_some_and(|end| end <= self.now())
    }

    /// Whether an event was seen to be over. One that cannot be looked up is not.
    pub(crate) fn has_gone(&self, room: &RoomId, event: &EventId) -> bool {
        self.stores.has_expired(room, event).unwrap_or_default()
    }

    /// When a message that is written now ends: by the room's timer, or sooner if so chosen.
    ///
    /// # Errors
    ///
    /// When what was chosen is not allowed.
    pub(crate) fn end_of_new(
        &self,
        room: &Room,
        chosen: Option<Duration>,
    ) -> Result<Option<u64>, NotAllowed> {
        if chosen.is_some_and(|chosen| !self.rules().allows(chosen)) {
            return Err(NotAllowed);
        }
        let by_room = self.of_room(room.room_id()).timer;
        let life = [by_room, chosen].into_iter().flatten().min();
        Ok(life.map(|life| self.now().saturating_add(millis(life))))
    }

    /// When a message that waits to be sent ends.
    pub(crate) fn end_of_unsent(&self, room: &RoomId, transaction: &str) -> Option<u64> {
        let lives = self.stores.unsent_lives().unwrap_or_default();
        let mut lives = lives.into_iter();
        let life = lives.find(|life| life.room == room && life.transaction == transaction);
        life.map(|life| life.end)
    }
}

/// The organisation does not allow such a timer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a timer that is allowed")]
pub struct NotAllowed;

/// A number of milliseconds as JSON.
fn number(value: u64) -> Option<Box<serde_json::value::RawValue>> {
    to_raw_value(&value).ok()
}

impl Account {
    /// Removes messages at their time, and has the server redact.
    pub(crate) fn keep_time(&self) {
        let client = self.client();
        let held = || (client.clone(), Arc::clone(self.retention()));
        let (sweeping, retention) = held();
        let over = self.over().clone();
        tokio::spawn(sweep::keep_sweeping(sweeping, retention, over));
        let (redacting, retention) = held();
        self.spawn_until_over(redacting::keep_redacting(redacting, retention));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_sets_the_rules() {
        assert_eq!(
            RetentionRules::of(&Policy::default()),
            RetentionRules::default(),
            "nothing is asked for"
        );
        let day = Duration::from_secs(24 * 60 * 60);
        let rules = RetentionRules::of(&Policy {
            retention_days: 30,
            timers_allowed: vec![Timer::Off, Timer::Day, Timer::Week],
            default_timers: [
                (RoomKind::Private, Timer::Week),
                (RoomKind::Guests, Timer::Day),
                (RoomKind::Direct, Timer::Off),
            ]
            .into(),
            ..Policy::default()
        });
        assert_eq!(rules.device_max, Some(30 * day));
        assert!(rules.allows(day) && rules.allows(7 * day) && !rules.allows(2 * day));
        assert_eq!(rules.default_of(Kind::Private), Some(7 * day));
        assert_eq!(rules.default_of(Kind::Open), Some(day));
        assert_eq!(rules.default_of(Kind::Unencrypted), None);
        assert_eq!(rules.default_of(Kind::Direct), None);
        assert_eq!(rules.default_of(Kind::Public), None);
    }
}
