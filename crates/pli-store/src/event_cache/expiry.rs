//! Events that have expired: which they are, and what is kept of them.

use std::collections::{BTreeMap, BTreeSet};

use matrix_sdk_base::{
    deserialized_responses::TimelineEventKind,
    event_cache::{Event, store::extract_event_relation},
    ruma::{
        EventId, OwnedEventId, OwnedTransactionId, RoomId,
        events::{AnySyncTimelineEvent, relation::RelationType},
        serde::Raw,
    },
};
use serde::Deserialize;
use serde_json::{
    Value, json,
    value::{RawValue, to_raw_value},
};

use super::{
    finding,
    room::{Room, sweep_all},
    writing::EventWriter,
};
use crate::{
    batch::Batch,
    error::StoreError,
    key::Table,
    tree::{Place, Tree},
};

/// Room, event: what has expired. Of no generation, as it outlives what is forgotten.
pub(super) const EXPIRED: Table<()> = Table::compact(0x77, 1);

/// The type of the event that is told to have redacted one that expired.
const MARK: &str = "fr.pli.expired";

type Object = BTreeMap<String, Box<RawValue>>;

/// Whether an event is one that [`Stores::expire`](crate::Stores::expire) has emptied.
#[must_use]
pub fn is_expired(event: &Raw<AnySyncTimelineEvent>) -> bool {
    redacted_because(event).is_some_and(|because| because.kind.as_deref() == Some(MARK))
}

/// Whether nothing of the content of an event is left.
pub(super) fn is_redacted(event: &Event) -> bool {
    redacted_because(event.raw()).is_some()
}

#[derive(Deserialize)]
struct Because {
    #[serde(rename = "type")]
    kind: Option<String>,
}

fn redacted_because(event: &Raw<AnySyncTimelineEvent>) -> Option<Because> {
    #[derive(Deserialize)]
    struct Unsigned {
        redacted_because: Option<Because>,
    }
    let unsigned = event.get_field::<Unsigned>("unsigned").ok()??;
    unsigned.redacted_because
}

/// The events of one room that have expired.
pub(crate) struct Expired<'a> {
    stored: Place<'a, ()>,
    /// Whether any is stored: most rooms have none, and each of their events is written.
    any_stored: bool,
    /// Those that a batch in hand adds.
    added: BTreeSet<OwnedEventId>,
}

impl<'a> Expired<'a> {
    pub(crate) fn of(tree: &'a Tree, room: &RoomId) -> Result<Self, StoreError> {
        let stored = tree.at(EXPIRED).id(room);
        Ok(Self {
            any_stored: stored.any()?,
            stored,
            added: BTreeSet::new(),
        })
    }

    /// With those that expire now.
    pub(crate) fn with(mut self, events: &[OwnedEventId]) -> Self {
        self.added.extend(events.iter().cloned());
        self
    }

    pub(crate) fn any(&self) -> bool {
        self.any_stored || !self.added.is_empty()
    }

    pub(crate) fn has(&self, event: &EventId) -> Result<bool, StoreError> {
        Ok(self.added.contains(event)
            || self.any_stored && self.stored.clone().id(event).exists()?)
    }

    /// What is to be stored in the place of an event, if it has expired, or another that the
    /// server put into it.
    pub(crate) fn emptied(&self, event: &Event) -> Result<Option<Event>, StoreError> {
        if !self.any() || is_expired(event.raw()) {
            return Ok(None);
        }
        if !self.covers(event.raw())? {
            return self.without_bundled(event);
        }
        let mut left = event.clone();
        left.kind = TimelineEventKind::PlainText {
            event: left_of(event.raw())?,
        };
        left.set_push_actions(Vec::new());
        left.bundled_latest_thread_event = None;
        Ok(Some(left))
    }

    /// Whether an event has expired itself, or is an edit of one that has. State never does: the
    /// room would not work without.
    fn covers(&self, event: &Raw<AnySyncTimelineEvent>) -> Result<bool, StoreError> {
        if field::<String>(event, "state_key").is_some() {
            return Ok(false);
        }
        if let Some(id) = field::<OwnedEventId>(event, "event_id")
            && self.has(&id)?
        {
            return Ok(true);
        }
        match extract_event_relation(event) {
            Some((replaced, kind)) => {
                Ok(RelationType::from(kind) == RelationType::Replacement && self.has(&replaced)?)
            }
            None => Ok(false),
        }
    }

    /// An event without the others that the server put into it and that have expired: its edit,
    /// and the latest event of the thread it begins.
    fn without_bundled(&self, event: &Event) -> Result<Option<Event>, StoreError> {
        let raw = event.raw();
        let Some(mut unsigned) = field::<Object>(raw, "unsigned") else {
            return Ok(None);
        };
        let Some(mut relations) = object(&unsigned, "m.relations") else {
            return Ok(None);
        };
        let mut changed = false;
        if self.bundled(&relations, "m.replace")?.is_some() {
            relations.remove("m.replace");
            changed = true;
        }
        if let Some(mut thread) = object(&relations, "m.thread")
            && let Some(latest) = self.bundled(&thread, "latest_event")?
        {
            // A thread is not read without one.
            thread.insert("latest_event".to_owned(), left_of(&latest)?.into_json());
            relations.insert("m.thread".to_owned(), to_raw_value(&thread)?);
            changed = true;
        }
        if !changed {
            return Ok(None);
        }
        unsigned.insert("m.relations".to_owned(), to_raw_value(&relations)?);
        let mut whole: Object = serde_json::from_str(raw.json().get())?;
        whole.insert("unsigned".to_owned(), to_raw_value(&unsigned)?);
        let mut kept = event.clone();
        kept.replace_raw(Raw::from_json(to_raw_value(&whole)?));
        if let TimelineEventKind::Decrypted(decrypted) = &mut kept.kind {
            decrypted.unsigned_encryption_info = None;
        }
        kept.bundled_latest_thread_event = None;
        Ok(Some(kept))
    }

    /// An event that was put into another under a name, if it has expired.
    fn bundled(
        &self,
        within: &Object,
        name: &str,
    ) -> Result<Option<Raw<AnySyncTimelineEvent>>, StoreError> {
        let Some(event) = within.get(name).cloned().map(Raw::from_json) else {
            return Ok(None);
        };
        let expired = !is_expired(&event) && self.covers(&event)?;
        Ok(expired.then_some(event))
    }
}

/// The fields that say which event it was, in the shape of one that was redacted: every part of
/// the SDK knows to make nothing of it.
fn left_of(event: &Raw<AnySyncTimelineEvent>) -> Result<Raw<AnySyncTimelineEvent>, StoreError> {
    let text = |name| field::<String>(event, name);
    let left = json!({
        "type": text("type"),
        "event_id": text("event_id"),
        "sender": text("sender"),
        "origin_server_ts": field::<u64>(event, "origin_server_ts"),
        "content": {},
        "unsigned": {
            "redacted_because": { "type": MARK, "sender": text("sender"), "content": {} },
        },
    });
    Ok(Raw::<Value>::new(&left)?.cast_unchecked())
}

/// Whoever wrote an event: it has a field of this shape, or none.
fn field<T: for<'de> Deserialize<'de>>(event: &Raw<AnySyncTimelineEvent>, name: &str) -> Option<T> {
    event.get_field(name).ok().flatten()
}

fn object(within: &Object, name: &str) -> Option<Object> {
    serde_json::from_str(within.get(name)?.get()).ok()
}

/// Empties what is stored of events, of their edits, and of the events that they are put into.
pub(crate) fn expire(
    tree: &Tree,
    batch: &mut Batch,
    room_id: &RoomId,
    expiring: &[OwnedEventId],
) -> Result<(), StoreError> {
    let room = Room::new(tree, room_id)?;
    let expired = Expired::of(tree, room_id)?.with(expiring);
    let mut found = Vec::new();
    for id in expiring {
        batch.put(&tree.at(EXPIRED).id(room_id).id(id), &())?;
        let event = finding::event(room, id)?;
        if let Some(event) = &event
            && let Some((target, _)) = extract_event_relation(event.raw())
        {
            found.extend(finding::event(room, &target)?);
        }
        found.extend(event);
        found.extend(edits(room, id)?);
    }
    let mut events = EventWriter::new(room)?.expiring(expiring);
    for event in &found {
        if expired.emptied(event)?.is_some() {
            batch.note_erasure()?;
            events.put(batch, event)?;
        }
    }
    events.finish(batch)
}

fn edits(room: Room<'_>, of: &EventId) -> Result<Vec<Event>, StoreError> {
    let edits = finding::relations(room, of, Some(&[RelationType::Replacement]))?;
    Ok(edits.into_iter().map(|(event, _)| event).collect())
}

/// The transactions by which this device sent those of the events that are stored, and their
/// edits.
pub(crate) fn transactions(
    tree: &Tree,
    room: &RoomId,
    events: &[OwnedEventId],
) -> Result<Vec<OwnedTransactionId>, StoreError> {
    #[derive(Deserialize)]
    struct Unsigned {
        transaction_id: Option<OwnedTransactionId>,
    }
    let room = Room::new(tree, room)?;
    let mut transactions = Vec::new();
    for id in events {
        for event in finding::event(room, id)?
            .into_iter()
            .chain(edits(room, id)?)
        {
            let unsigned = field::<Unsigned>(event.raw(), "unsigned");
            transactions.extend(unsigned.and_then(|unsigned| unsigned.transaction_id));
        }
    }
    Ok(transactions)
}

/// Removes what was forgotten and still lies there, so that nothing in it outlives an expiry.
pub(crate) async fn remove_forgotten(tree: &Tree) -> Result<(), StoreError> {
    sweep_all(tree).await
}
