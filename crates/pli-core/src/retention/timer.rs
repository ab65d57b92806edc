//! A room's timer for new messages, and the server's rule.

use std::time::Duration;

use matrix_sdk::ruma::{events::AnyInitialStateEvent, serde::Raw};
use serde::Deserialize;
use serde_json::json;

use super::LONGEST;
use crate::{account::Account, clock::millis, room_state::Learnt, timeline::TimelineError};

/// A room's timer for new messages: a state event of ours, `{"lifetime": milliseconds}`, or empty
/// for none.
pub const ROOM_TIMER: &str = "fr.pli.room.timer";

/// The server's rule (MSC1763): `{"max_lifetime": milliseconds}`.
pub(crate) const SERVER_RULE: &str = "m.room.retention";

/// What holds in a room.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RoomTimes {
    /// How long new messages live.
    pub timer: Option<Duration>,
    /// How old anything may grow, by the server's rule.
    pub server_max: Option<Duration>,
}

/// The timer that an event of state sets, in milliseconds; `None` for none, or none that makes
/// sense.
pub(crate) fn timer_in<T>(event: &Raw<T>) -> Option<u64> {
    #[derive(Deserialize)]
    struct Content {
        lifetime: Option<u64>,
    }
    let content: Content = event.get_field("content").ok()??;
    content.lifetime.filter(makes_sense)
}

/// The age that the server's rule allows, in milliseconds; `None` for none, or none that makes
/// sense.
pub(crate) fn rule_in<T>(event: &Raw<T>) -> Option<u64> {
    #[derive(Deserialize)]
    struct Content {
        max_lifetime: Option<u64>,
    }
    let content: Content = event.get_field("content").ok()??;
    content.max_lifetime.filter(makes_sense)
}

fn makes_sense(time: &u64) -> bool {
    *time > 0 && *time <= millis(LONGEST)
}

/// The first state of a room whose messages disappear.
pub(crate) fn timer_event(timer: Duration) -> Option<Raw<AnyInitialStateEvent>> {
    let event = json!({
        "type": ROOM_TIMER,
        "state_key": "",
        "content": { "lifetime": millis(timer) },
    });
    Raw::new(&event).ok().map(Raw::cast_unchecked)
}

/// Why a room's timer was not set.
#[derive(Debug, thiserror::Error)]
pub enum TimerError {
    /// The room cannot be had.
    #[error(transparent)]
    Timeline(#[from] TimelineError),
    /// The organisation does not allow it.
    #[error("not a timer that is allowed")]
    NotAllowed,
    /// The server refuses, or does not answer.
    #[error("the request failed")]
    Request(#[source] Box<matrix_sdk::Error>),
}

impl Account {
    /// Sets how long new messages of a room live; `None` for ever. Those written before keep
    /// their own end.
    ///
    /// # Errors
    ///
    /// When the room is unknown, the timer is not allowed, or the server refuses.
    pub async fn room_set_timer(
        &self,
        room_id: &str,
        timer: Option<Duration>,
    ) -> Result<(), TimerError> {
        let room = self.known_room(room_id)?;
        if timer.is_some_and(|timer| !self.retention().rules().allows(timer)) {
            return Err(TimerError::NotAllowed);
        }
        let content = match timer {
            Some(timer) => json!({ "lifetime": millis(timer) }),
            None => json!({}),
        };
        let sent = room.send_state_event_raw(ROOM_TIMER, "", content).await;
        sent.map_err(|error| TimerError::Request(Box::new(error)))?;
        let learnt = Learnt {
            timer: Some(timer.map(millis)),
            ..Learnt::default()
        };
        self.room_states().learn(room.room_id(), &learnt).await;
        Ok(())
    }
}
