//! Messages that say themselves when they end: a list by time, so that whoever removes them reads
//! only what is due.

use std::ops::ControlFlow;

use matrix_sdk_base::{
    event_cache::Event,
    ruma::{
        OwnedEventId, OwnedRoomId, OwnedUserId, RoomId, events::AnySyncTimelineEvent, serde::Raw,
    },
};
use serde::{Deserialize, Serialize};

use super::{
    expiry::is_redacted,
    records::{EVENTS, StoredEvent},
    room::Room,
};
use crate::{
    batch::Batch,
    engine::Direction,
    error::StoreError,
    key::Table,
    tree::{Place, Tree},
};

/// The end of a message, in milliseconds of the epoch, in its content (MSC2228, as Synapse knows
/// it).
pub const END: &str = "org.matrix.self_destruct_after";

/// End, room, event. Of no generation: an event that is forgotten here may lie elsewhere.
pub(crate) const DUE: Table<Due> = Table::compact(0x78, 1);

/// A message that ends by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// When, in milliseconds of the epoch.
    pub end: u64,
    /// Its room.
    pub room: OwnedRoomId,
    /// Its event.
    pub event: OwnedEventId,
    /// Who sent it, if the event tells.
    pub sender: Option<OwnedUserId>,
    /// Whether this device did.
    pub sent_here: bool,
}

/// What has grown too old in a room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aged {
    /// Events before the time asked for that hold something, state left out.
    pub events: Vec<OwnedEventId>,
    /// The time of the first one after that, in milliseconds of the epoch.
    pub next: Option<u64>,
}

/// When a message ends, by its own content; `None` if it does not say so, or is state.
#[must_use]
pub fn end_of(event: &Raw<AnySyncTimelineEvent>) -> Option<u64> {
    #[derive(Deserialize)]
    struct Content {
        #[serde(rename = "org.matrix.self_destruct_after")]
        end: Option<u64>,
    }
    // Most events have none: they are not parsed for it.
    if !event.json().get().contains(END) || is_state(event) {
        return None;
    }
    event.get_field::<Content>("content").ok()??.end
}

fn is_state(event: &Raw<AnySyncTimelineEvent>) -> bool {
    matches!(event.get_field::<String>("state_key"), Ok(Some(_)))
}

fn due(room: &RoomId, event: &Event) -> Option<Due> {
    #[derive(Default, Deserialize)]
    struct Unsigned {
        transaction_id: Option<String>,
    }
    let raw = event.raw();
    let end = end_of(raw)?;
    let unsigned: Option<Unsigned> = raw.get_field("unsigned").ok().flatten();
    Some(Due {
        end,
        room: room.to_owned(),
        event: event.event_id()?,
        sender: raw.get_field("sender").ok().flatten(),
        sent_here: unsigned.unwrap_or_default().transaction_id.is_some(),
    })
}

fn place<'a>(tree: &'a Tree, due: &Due) -> Place<'a, Due> {
    let listed = tree.at(DUE).order(due.end);
    listed.id(&due.room).id(&due.event)
}

/// For an event that is stored.
pub(super) fn list(batch: &mut Batch, room: Room<'_>, event: &Event) -> Result<(), StoreError> {
    match due(room.id, event) {
        Some(due) => batch.put(&place(room.tree, &due), &due),
        None => Ok(()),
    }
}

/// For an event in whose place another comes.
pub(super) fn unlist(batch: &mut Batch, room: Room<'_>, event: &Event) {
    if let Some(due) = due(room.id, event) {
        batch.remove(&place(room.tree, &due));
    }
}

/// For those whose events may not be stored.
pub(crate) fn unlist_all(batch: &mut Batch, tree: &Tree, dues: &[Due]) {
    for due in dues {
        batch.remove(&place(tree, due));
    }
}

/// For a room that is removed. The list is by time, and short.
pub(super) fn unlist_room(batch: &mut Batch, room: Room<'_>) -> Result<(), StoreError> {
    let all = room.tree.at(DUE).all()?;
    for due in all.iter().filter(|due| due.room == room.id) {
        batch.erase(&place(room.tree, due))?;
    }
    Ok(())
}

/// The first of those that end by a time, `limit` at most.
pub(crate) fn due_by(tree: &Tree, until: u64, limit: usize) -> Result<Vec<Due>, StoreError> {
    let mut found = Vec::new();
    tree.at(DUE).each(..=until, Direction::Forward, |_, due| {
        found.push(due);
        if found.len() < limit {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    })?;
    Ok(found)
}

/// When the next one ends.
pub(crate) fn next(tree: &Tree) -> Result<Option<u64>, StoreError> {
    Ok(due_by(tree, u64::MAX, 1)?.first().map(|due| due.end))
}

/// The events of a room from before a time. Those that were emptied are passed over.
pub(crate) fn older_than(tree: &Tree, room: &RoomId, before: u64) -> Result<Aged, StoreError> {
    let room = Room::new(tree, room)?;
    let events = room.at(EVENTS);
    let mut aged = Aged::default();
    let is_full = |event: &Event| !is_redacted(event) && !is_state(event.raw());
    events.each(
        ..before,
        Direction::Forward,
        |_, StoredEvent(event): StoredEvent| {
            if is_full(&event) {
                aged.events.extend(event.event_id());
            }
            ControlFlow::Continue(())
        },
    )?;
    events.each(
        before..,
        Direction::Forward,
        |_, StoredEvent(event): StoredEvent| {
            if !is_full(&event) {
                return ControlFlow::Continue(());
            }
            let time = event.timestamp_raw();
            aged.next = Some(time.map_or(before, |time| time.get().into()));
            ControlFlow::Break(())
        },
    )?;
    Ok(aged)
}
