//! Takes the user's own messages from the server at their end.
//!
//! Where the server sends events later (MSC4140), it is asked for the redaction when the message
//! is sent, so that it comes although the user may not. It does so for a limited time ahead and
//! for a limited number: the nearest are asked for, further ones as their time comes near while
//! Pli runs. All the rest is done by Pli, at the end or at the next occasion.

use std::{collections::HashSet, sync::Arc, time::Duration};

use matrix_sdk::{
    Client, HttpError, Room, RoomState,
    ruma::{
        OwnedTransactionId, UserId,
        api::{
            FeatureFlag,
            client::{
                delayed_events::{DelayParameters, delayed_message_event::unstable as later},
                discovery::get_capabilities,
                room::get_room_event,
            },
            error::ErrorKind,
        },
        events::AnyTimelineEvent,
        serde::Raw,
    },
};
use pli_store::{Due, Redaction, StoreError, Stores};
use serde::Deserialize;
use serde_json::{json, value::to_raw_value};
use tokio::{
    sync::Mutex,
    time::{sleep, timeout},
};

use super::{Retention, sweep};
use crate::clock::millis;

/// The feature and the capability of MSC4140.
const FEATURE: &str = "org.matrix.msc4140";
const CAPABILITY: &str = "org.matrix.msc4140.delayed_events";

/// What servers commonly allow, for those that do not tell.
const USUAL_REACH: Duration = Duration::from_secs(24 * 60 * 60);
const USUAL_COUNT: usize = 100;

/// A shorter delay is no use: Pli is there.
const LEAST_DELAY: u64 = 1_000;

/// How long the server, or the device that sent a message, may take before this one does it.
const GRACE: u64 = 10_000;

/// Messages sent one after the other are looked at together.
const TOGETHER: Duration = Duration::from_millis(300);

/// Between two looks at what comes near.
const ROUND: Duration = Duration::from_secs(5 * 60);

/// After a failure.
const PAUSE: Duration = Duration::from_secs(15);

/// How long a request for one redaction may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why not all was done.
enum Unfinished {
    /// The server does not answer, or not now.
    Later,
    Disk(StoreError),
}

impl From<StoreError> for Unfinished {
    fn from(error: StoreError) -> Self {
        Self::Disk(error)
    }
}

/// How far ahead, and how many, the server takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Reach {
    delay: u64,
    count: usize,
}

/// Does what is due, and asks for what will be. To be ended with the account, since it holds the
/// client.
pub(super) async fn keep_redacting(client: Client, retention: Arc<Retention>) {
    let stores = retention.stores.clone();
    let Some(own) = client.user_id().map(ToOwned::to_owned) else {
        return;
    };
    let redacting = Redacting {
        client,
        stores: stores.clone(),
        retention: Arc::clone(&retention),
        own: own.clone(),
        reach: Mutex::default(),
    };
    let mut listed = stores.due_listed();
    let mut set = retention.clock.set();
    loop {
        let pause = match redacting.round().await {
            Ok(pause) => pause,
            Err(Unfinished::Later) => PAUSE,
            Err(Unfinished::Disk(error)) => {
                tracing::warn!(name: "redactions could not be noted", %error);
                PAUSE
            }
        };
        tokio::select! {
            () = sleep(pause) => {}
            () = retention.redact.notified() => {}
            _ = set.changed() => {}
            _ = listed.changed() => sleep(TOGETHER).await,
        }
    }
}

struct Redacting {
    client: Client,
    stores: Stores,
    retention: Arc<Retention>,
    own: matrix_sdk::ruma::OwnedUserId,
    /// Unknown until it was asked; `None` then if the server sends nothing later.
    reach: Mutex<Option<Option<Reach>>>,
}

impl Redacting {
    /// Gives how long there is nothing to do.
    async fn round(&self) -> Result<Duration, Unfinished> {
        let mut noted = self.stores.redactions()?;
        if !noted.is_empty() || self.next_own()?.is_some() {
            // Before anything is due: whoever closes Pli now may not come back.
            self.schedule(&noted).await?;
            noted = self.stores.redactions()?;
        }
        let now = self.retention.now();
        let mut next = None;
        for redaction in &noted {
            let turn = turn(redaction);
            if turn > now {
                next = Some(next.map_or(turn, |next: u64| next.min(turn)));
            } else {
                self.redact(redaction).await?;
            }
        }
        let pause = next.map_or(ROUND, |next| Duration::from_millis(next - now));
        Ok(pause.min(ROUND))
    }

    fn next_own(&self) -> Result<Option<Due>, StoreError> {
        let mut due = self.stores.due_by(u64::MAX, USUAL_COUNT)?.into_iter();
        Ok(due.find(|due| is_own(due, &self.own)))
    }

    /// Redacts a message, unless that was done: by the server, another device or the user.
    async fn redact(&self, redaction: &Redaction) -> Result<(), Unfinished> {
        let work = async {
            let room = self.client.get_room(&redaction.room);
            if let Some(room) = room.filter(|room| room.state() == RoomState::Joined)
                && self.is_there(redaction).await?
            {
                redact(&room, redaction).await?;
            }
            Ok::<_, Unfinished>(())
        };
        timeout(PATIENCE, work)
            .await
            .map_err(|_| Unfinished::Later)??;
        Ok(self
            .stores
            .end_redaction(&redaction.room, &redaction.event)
            .await?)
    }

    /// Whether the server still has what the message says.
    async fn is_there(&self, redaction: &Redaction) -> Result<bool, Unfinished> {
        let request =
            get_room_event::v3::Request::new(redaction.room.clone(), redaction.event.clone());
        match self.client.send(request).await {
            Ok(answer) => Ok(!is_redacted(&answer.event)),
            Err(error) if is_final(&error) => Ok(false),
            Err(_) => Err(Unfinished::Later),
        }
    }

    /// Asks the server for the nearest redactions that it will not have been asked for.
    async fn schedule(&self, noted: &[Redaction]) -> Result<(), Unfinished> {
        let Some(reach) = self.reach().await? else {
            return Ok(());
        };
        let now = self.retention.now();
        let promised = noted.iter().filter(|noted| noted.scheduled);
        let waiting = promised.clone().filter(|noted| noted.end > now).count();
        let promised: HashSet<_> = promised.map(|noted| &noted.event).collect();
        let due = self
            .stores
            .due_by(now.saturating_add(reach.delay), usize::MAX)?;
        let wanted = due.iter().filter(|due| {
            is_own(due, &self.own)
                && due.sent_here
                && due.end >= now + LEAST_DELAY
                && !promised.contains(&due.event)
        });
        for due in wanted.take(reach.count.saturating_sub(waiting)) {
            if !self.ask(due).await? {
                break;
            }
            self.stores
                .note_redaction(&sweep::redaction(due, true))
                .await?;
        }
        Ok(())
    }

    /// Whether the server will do it.
    async fn ask(&self, due: &Due) -> Result<bool, Unfinished> {
        let Ok(body) = to_raw_value(&json!({ "redacts": due.event })) else {
            return Ok(false);
        };
        let delay = due.end.saturating_sub(self.retention.now());
        let request = later::Request::new_raw(
            due.room.clone(),
            transaction(due),
            "m.room.redaction".into(),
            DelayParameters::Timeout {
                timeout: Duration::from_millis(delay),
            },
            Raw::from_json(body),
        );
        match self.client.send(request).await {
            Ok(_) => Ok(true),
            Err(error) if error.as_client_api_error().is_some() => {
                // Too far ahead, or too many: less is asked for from now on.
                let mut reach = self.reach.lock().await;
                if let Some(Some(reach)) = &mut *reach {
                    reach.delay = delay / 2;
                }
                Ok(false)
            }
            Err(_) => Err(Unfinished::Later),
        }
    }

    /// What the server takes, asked once.
    async fn reach(&self) -> Result<Option<Reach>, Unfinished> {
        let mut known = self.reach.lock().await;
        if let Some(reach) = *known {
            return Ok(reach);
        }
        let features = self.client.unstable_features().await;
        let features = features.map_err(|_| Unfinished::Later)?;
        if !features.contains(&FeatureFlag::from(FEATURE)) {
            *known = Some(None);
            return Ok(None);
        }
        let told = self.client.send(get_capabilities::v3::Request::new()).await;
        let told = told.map_err(|_| Unfinished::Later)?.capabilities;
        let told = told.get(CAPABILITY).map(|told| told.into_owned());
        let reach = reach_of(told.as_ref());
        *known = Some(reach);
        Ok(reach)
    }
}

fn is_own(due: &Due, own: &UserId) -> bool {
    due.sender.as_deref() == Some(own)
}

/// When it is this device's turn.
fn turn(redaction: &Redaction) -> u64 {
    if redaction.sent_here && !redaction.scheduled {
        redaction.end
    } else {
        redaction.end.saturating_add(GRACE)
    }
}

/// Asked for twice, as after a crash, it is the same one.
fn transaction(due: &Due) -> OwnedTransactionId {
    format!("pli-end-{}", due.event.as_str().trim_start_matches('$')).into()
}

fn reach_of(told: Option<&serde_json::Value>) -> Option<Reach> {
    let number = |name| told.and_then(|told| told.get(name)?.as_u64());
    let reach = Reach {
        delay: number("max_delay_ms").unwrap_or(millis(USUAL_REACH)),
        count: number("max_scheduled").map_or(USUAL_COUNT, |count| {
            usize::try_from(count).unwrap_or(usize::MAX)
        }),
    };
    (reach.delay > 0 && reach.count > 0).then_some(reach)
}

fn is_redacted(event: &Raw<AnyTimelineEvent>) -> bool {
    #[derive(Deserialize)]
    struct Unsigned {
        redacted_because: Option<serde::de::IgnoredAny>,
    }
    let unsigned: Option<Unsigned> = event.get_field("unsigned").ok().flatten();
    unsigned.is_some_and(|unsigned| unsigned.redacted_because.is_some())
}

async fn redact(room: &Room, redaction: &Redaction) -> Result<(), Unfinished> {
    match room.redact(&redaction.event, None, None).await {
        Ok(_) => Ok(()),
        Err(error) if is_final(&error) => {
            tracing::warn!(name: "the server does not redact a message that is over", "");
            Ok(())
        }
        Err(_) => Err(Unfinished::Later),
    }
}

/// Whether asking again would be answered alike.
fn is_final(error: &HttpError) -> bool {
    matches!(
        error.client_api_error_kind(),
        Some(ErrorKind::Forbidden | ErrorKind::NotFound)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redaction(sent_here: bool, scheduled: bool) -> Redaction {
        Redaction {
            room: "!a:example.org".try_into().expect("a room id"),
            event: "$a".try_into().expect("an event id"),
            end: 100,
            sent_here,
            scheduled,
        }
    }

    #[test]
    fn who_promised_or_sent_it_goes_first() {
        assert_eq!(turn(&redaction(true, false)), 100, "this device's own");
        assert_eq!(turn(&redaction(true, true)), 100 + GRACE, "the server's");
        assert_eq!(turn(&redaction(false, false)), 100 + GRACE, "another's");
    }

    #[test]
    fn the_server_tells_how_much_it_takes() {
        let told = json!({ "max_delay_ms": 5_000, "max_scheduled": 3 });
        let reach = Reach {
            delay: 5_000,
            count: 3,
        };
        assert_eq!(reach_of(Some(&told)), Some(reach));
        let usual = Reach {
            delay: millis(USUAL_REACH),
            count: USUAL_COUNT,
        };
        assert_eq!(reach_of(None), Some(usual), "it does not tell");
        let none = json!({ "max_delay_ms": 0, "max_scheduled": 100 });
        assert_eq!(reach_of(Some(&none)), None, "it takes nothing");
    }
}
