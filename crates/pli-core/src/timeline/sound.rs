//! Whether a timeline still tells what the room holds.
//!
//! After a network that failed, matrix-sdk-ui 0.18 loses rows, and drops what becomes of others
//! ("Set update dropped"): an event that was decrypted meanwhile stays undecryptable on screen.
//! The event cache beneath is right; a timeline built anew from it is so too.
//!
//! The cache itself keeps undecrypted in its memory what its store has decrypted, when older events
//! were asked for meanwhile: what comes is stored as it was decrypted then, but memory is not told,
//! and what is looked for when a key comes is looked for in the store (matrix-sdk 0.18,
//! `Room::messages`).

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
    time::Duration,
};

use eyeball_im::Vector;
use matrix_sdk::{
    Room,
    deserialized_responses::{TimelineEvent, TimelineEventKind},
    ruma::{
        EventId, OwnedEventId,
        events::{
            AnySyncMessageLikeEvent, AnySyncTimelineEvent, SyncMessageLikeEvent,
            room::message::Relation,
        },
        room_version_rules::RoomVersionRules,
    },
};
use matrix_sdk_base::event_cache::store::EventCacheStore as _;
use matrix_sdk_ui::timeline::{EventTimelineItem, TimelineItem};
use pli_store::Stores;
use tokio::time::Instant;

use super::filter;

/// How long changes may take from the cache to the timeline.
const SETTLED: Duration = Duration::from_secs(1);

/// How often a timeline that changes all the time is compared.
const BUSY: Duration = Duration::from_secs(10);

/// How many undecrypted events are looked up at a time, the latest first.
const MOST: usize = 50;

/// Compares, now and then, while something changes or cannot be read.
#[derive(Default)]
pub(super) struct Check {
    next: Option<Instant>,
    last: Option<Instant>,
    /// What was wrong at the last comparison: it may have been on its way.
    wrong: BTreeSet<OwnedEventId>,
    /// What a timeline built anew did not mend.
    beyond: BTreeSet<OwnedEventId>,
    /// What is undecrypted in the cache's memory, as it was at the last comparison.
    unread: Vec<TimelineEvent>,
}

impl Check {
    /// For the timeline that replaces this one.
    pub(super) fn renewed(self) -> Self {
        Self {
            beyond: self.beyond,
            ..Self::default()
        }
    }

    /// A timeline that others have had for long may be wrong already.
    pub(super) fn opened(&mut self) {
        self.next = Some(Instant::now());
    }

    /// Something changed.
    pub(super) fn changed(&mut self) {
        let now = Instant::now();
        let busy = self.last.map_or(now, |last| last + BUSY);
        self.next.get_or_insert((now + SETTLED).max(busy));
    }

    /// Waits until the next comparison is due.
    pub(super) async fn due(&self) {
        match self.next {
            Some(next) => tokio::time::sleep_until(next).await,
            None => std::future::pending().await,
        }
    }

    /// Compares. Whether the timeline is to be built anew.
    pub(super) async fn is_broken(
        &mut self,
        room: &Room,
        items: &Vector<Arc<TimelineItem>>,
    ) -> bool {
        let now = Instant::now();
        self.last = Some(now);
        self.next = None;
        let Some(events) = held(room).await else {
            return false;
        };
        let rules = room.clone_info().room_version_rules_or_default();
        let told = Told::of(items);
        let wrong = told.wrong(&events, &rules);
        self.unread = events;
        self.unread.retain(|event| event.kind.is_utd());
        let again: Vec<_> = wrong
            .intersection(&self.wrong)
            .filter(|id| !self.beyond.contains(*id))
            .cloned()
            .collect();
        if !wrong.is_subset(&self.beyond) {
            self.next = Some(now + SETTLED);
        } else if told.lacks_keys() {
            // What becomes of these may be dropped without a change here.
            self.next = Some(now + BUSY);
        }
        self.wrong = wrong;
        let broken = !again.is_empty();
        self.beyond.extend(again);
        broken
    }

    /// Puts what the store has decrypted, and memory has not, back as memory has it: then it is
    /// found when it is tried again. The sessions to try again.
    pub(super) async fn put_back(&mut self, room: &Room, stores: &Stores) -> BTreeSet<String> {
        let store = stores.event_cache_store();
        let mut sessions = BTreeSet::new();
        for event in std::mem::take(&mut self.unread)
            .into_iter()
            .rev()
            .take(MOST)
        {
            let (Some(id), Some(session)) = (event.event_id(), event.kind.session_id()) else {
                continue;
            };
            let session = session.to_owned();
            let stored = store.find_event(room.room_id(), &id).await;
            let decrypted = stored
                .ok()
                .flatten()
                .is_some_and(|stored| matches!(stored.kind, TimelineEventKind::Decrypted(_)));
            if decrypted && store.save_event(room.room_id(), event).await.is_ok() {
                sessions.insert(session);
            }
        }
        sessions
    }
}

async fn held(room: &Room) -> Option<Vec<TimelineEvent>> {
    let (cache, _guards) = room.event_cache().await.ok()?;
    cache.events().await.ok()
}

/// The events of a timeline, and whether each was decrypted.
struct Told(HashMap<OwnedEventId, bool>);

impl Told {
    fn of(items: &Vector<Arc<TimelineItem>>) -> Self {
        let events = items.iter().filter_map(|item| item.as_event());
        let told = events.filter_map(|event| {
            let readable = !event.content().is_unable_to_decrypt();
            Some((event.event_id()?.to_owned(), readable))
        });
        Self(told.collect())
    }

    fn lacks_keys(&self) -> bool {
        self.0.values().any(|readable| !readable)
    }

    /// The events that are held, and not told as they are held.
    fn wrong(&self, events: &[TimelineEvent], rules: &RoomVersionRules) -> BTreeSet<OwnedEventId> {
        let wrong = events.iter().filter(|event| {
            let told = event.event_id().and_then(|id| self.0.get(&id).copied());
            match told {
                Some(readable) => !readable && !event.kind.is_utd(),
                None => is_message(event, rules),
            }
        });
        wrong.filter_map(TimelineEvent::event_id).collect()
    }
}

/// Whether an event is one that has a row of its own, without a doubt.
fn is_message(event: &TimelineEvent, rules: &RoomVersionRules) -> bool {
    let Ok(event) = event.raw().deserialize() else {
        return false;
    };
    let AnySyncTimelineEvent::MessageLike(AnySyncMessageLikeEvent::RoomMessage(
        SyncMessageLikeEvent::Original(message),
    )) = &event
    else {
        return false;
    };
    !matches!(message.content.relates_to, Some(Relation::Replacement(_)))
        && filter::is_shown(&event, rules)
}

/// Whether an event is there twice. So it is after the SDK, on a network that fails, took events
/// for new that it knew: it then moves them in its cache, and in its timeline removes others
/// (matrix-sdk-ui 0.18).
pub(super) fn has_twins(items: &Vector<Arc<TimelineItem>>) -> bool {
    let mut ids: HashSet<&EventId> = HashSet::new();
    let events = items.iter().filter_map(|item| item.as_event());
    events
        .filter_map(EventTimelineItem::event_id)
        .any(|id| !ids.insert(id))
}

#[cfg(test)]
mod tests {
    use matrix_sdk::{
        deserialized_responses::{UnableToDecryptInfo, UnableToDecryptReason},
        ruma::{RoomVersionId, owned_event_id, serde::Raw},
    };
    use serde_json::{Value, json};

    use super::*;

    fn raw(kind: &str, content: Value) -> Raw<AnySyncTimelineEvent> {
        let event = json!({
            "type": kind, "sender": "@a:example.org", "event_id": "$e", "origin_server_ts": 1,
            "content": content,
        });
        Raw::from_json_string(event.to_string()).expect("JSON")
    }

    fn message(content: Value) -> TimelineEvent {
        TimelineEvent::from_plaintext(raw("m.room.message", content))
    }

    fn undecryptable() -> TimelineEvent {
        let info = UnableToDecryptInfo {
            session_id: None,
            reason: UnableToDecryptReason::MissingMegolmSession {
                withheld_code: None,
            },
        };
        TimelineEvent::from_utd(raw("m.room.encrypted", json!({})), info)
    }

    /// `row`: whether the event has one, and that can be read.
    fn is_wrong(row: Option<bool>, event: TimelineEvent) -> bool {
        let told = row.map(|readable| (owned_event_id!("$e"), readable));
        let rules = RoomVersionId::V11.rules().expect("rules");
        !Told(told.into_iter().collect())
            .wrong(&[event], &rules)
            .is_empty()
    }

    #[test]
    fn what_was_decrypted_must_be_told() {
        let text = || message(json!({ "msgtype": "m.text", "body": "lisible" }));
        assert!(is_wrong(Some(false), text()), "still said to be unreadable");
        assert!(is_wrong(None, text()), "it has no row");
        assert!(!is_wrong(Some(true), text()));
        assert!(!is_wrong(Some(false), undecryptable()), "it is");
    }

    #[test]
    fn what_has_no_row_of_its_own_is_not_missed() {
        let edit = json!({
            "msgtype": "m.text", "body": "* corrigé",
            "m.new_content": { "msgtype": "m.text", "body": "corrigé" },
            "m.relates_to": { "rel_type": "m.replace", "event_id": "$first" },
        });
        assert!(!is_wrong(None, message(edit)));
        assert!(!is_wrong(None, message(json!({}))), "redacted");
        assert!(!is_wrong(None, undecryptable()), "it may be a reaction");
        let relates = json!({ "rel_type": "m.annotation", "event_id": "$first", "key": "+" });
        let reaction = raw("m.reaction", json!({ "m.relates_to": relates }));
        assert!(!is_wrong(None, TimelineEvent::from_plaintext(reaction)));
    }
}
