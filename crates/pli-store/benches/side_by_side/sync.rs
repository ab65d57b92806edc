//! What one sync brings, and the calls by which the SDK persists it.

use matrix_sdk_base::{
    StateChanges,
    deserialized_responses::DisplayName,
    event_cache::{Event, Gap},
    linked_chunk::{ChunkIdentifier, LinkedChunkId, Position, Update},
    ruma::{
        OwnedRoomId,
        events::{StateEventType, room::member::SyncRoomMemberEvent},
    },
};
use matrix_sdk_crypto::{olm::InboundGroupSession, store::types::Changes};
use serde_json::json;

use crate::{
    contenders::Opened,
    content::{CHUNK, event_id, member, message, room, room_info, user},
    megolm,
    work::timed,
};

/// How much one sync brings.
#[derive(Clone, Copy)]
pub(crate) struct Volume {
    /// Rooms with something new.
    pub(crate) rooms: usize,
    /// New events in each.
    pub(crate) events: usize,
    /// Members that changed in each.
    pub(crate) members: usize,
    /// New Megolm sessions.
    pub(crate) sessions: usize,
}

impl Volume {
    /// Brings about a megabyte, see [`Sync::bytes`].
    pub(crate) const MEGABYTE: Self = Self {
        rooms: 40,
        events: 20,
        members: 4,
        sessions: 20,
    };
}

/// What one sync brings, ready to be persisted.
pub(crate) struct Sync {
    sessions: Vec<InboundGroupSession>,
    changes: StateChanges,
    updates: Vec<(OwnedRoomId, Vec<Update<Event, Gap>>)>,
    position: String,
}

impl Volume {
    /// The first rooms, all with so many events.
    pub(crate) fn rooms_with(self, before: usize) -> impl Iterator<Item = (usize, usize)> {
        (0..self.rooms).map(move |number| (number, before))
    }
}

impl Sync {
    /// The `turn`-th sync, of some rooms, each with the number of events it holds so far.
    pub(crate) fn new(
        volume: Volume,
        turn: usize,
        rooms: impl IntoIterator<Item = (usize, usize)>,
    ) -> Self {
        let mut changes = StateChanges::default();
        let mut updates = Vec::new();
        for (number, before) in rooms {
            let room = room(number);
            let event = |index: usize| number * 1_000_000 + index;
            let range = before..before + volume.events;
            changes.add_room(room_info(number, event(range.end - 1)));
            put_members(&mut changes, volume, number, turn);
            let read = (0..4).map(|reader| {
                let receipt = json!({ "ts": 1_767_225_600_000_u64 + turn as u64 });
                let read = event_id(event(range.start + reader % volume.events.max(1)));
                let of_user = json!({ "m.read": { user(reader).as_str(): receipt } });
                (read.to_string(), of_user)
            });
            let read = serde_json::Value::Object(read.collect());
            changes.add_receipts(&room, serde_json::from_value(read).expect("receipts"));
            let events = range.map(|index| message(&room, event(index)));
            updates.push((room.clone(), append(before, events.collect())));
        }
        Self {
            sessions: sessions(volume),
            changes,
            updates,
            position: format!("{{\"pos\":\"{turn}\"}}"),
        }
    }

    /// Of the first rooms, with no event.
    pub(crate) fn without_events(volume: Volume, turn: usize) -> Self {
        let mut changes = StateChanges::default();
        for number in 0..volume.rooms {
            put_members(&mut changes, volume, number, turn);
        }
        Self {
            sessions: sessions(volume),
            changes,
            updates: Vec::new(),
            position: format!("{{\"pos\":\"{turn}\"}}"),
        }
    }

    /// Of the JSON of it, about what the server sends.
    pub(crate) fn bytes(&self) -> usize {
        let json = |value: serde_json::Result<String>| value.expect("JSON").len();
        let events = self.updates.iter().flat_map(|(_, updates)| updates);
        let events: usize = events
            .map(|update| match update {
                Update::PushItems { items, .. } => items
                    .iter()
                    .map(|event| json(serde_json::to_string(event)))
                    .sum(),
                _ => 0,
            })
            .sum();
        let infos = self.changes.room_infos.values();
        let infos: usize = infos.map(|info| json(serde_json::to_string(info))).sum();
        let state = self.changes.state.values().flat_map(|kinds| kinds.values());
        let state: usize = state
            .map(|events| json(serde_json::to_string(events)))
            .sum();
        let profiles = self.changes.profiles.values();
        let profiles: usize = profiles.map(|them| json(serde_json::to_string(them))).sum();
        let receipts = self.changes.receipts.values();
        let receipts: usize = receipts.map(|them| json(serde_json::to_string(them))).sum();
        events + infos + state + profiles + receipts + self.sessions.len() * 1_000
    }

    /// Keys, rooms, events, then the position from which the next sync goes on: once that is
    /// written, all of it would survive a power cut.
    ///
    /// What each of the four took, in milliseconds.
    pub(crate) async fn persist(self, stores: &Opened) -> [f64; 4] {
        let keys = Changes {
            inbound_group_sessions: self.sessions,
            ..Changes::default()
        };
        let (saved, of_keys) = timed(stores.crypto.save_changes(keys)).await;
        saved.expect("saved");
        let (saved, of_rooms) = timed(stores.state.save_changes(&self.changes)).await;
        saved.expect("saved");
        let ((), of_events) = timed(async {
            for (room, updates) in self.updates {
                stores
                    .events
                    .handle_linked_chunk_updates(LinkedChunkId::Room(&room), updates)
                    .await
                    .expect("saved");
            }
        })
        .await;
        let position = self.position.into_bytes();
        let saving = stores
            .crypto
            .set_custom_value("sliding_sync_store::bench", position);
        let (saved, of_position) = timed(saving).await;
        saved.expect("saved");
        [of_keys, of_rooms, of_events, of_position]
    }
}

fn sessions(volume: Volume) -> Vec<InboundGroupSession> {
    let session = |number| megolm::session(number, volume.rooms).1.inbound;
    (0..volume.sessions).map(session).collect()
}

fn put_members(changes: &mut StateChanges, volume: Volume, number: usize, turn: usize) {
    let room = room(number);
    for member_number in 0..volume.members {
        let person = (turn * volume.members + member_number) % 400;
        let event = member(&room, person, turn);
        let typed: SyncRoomMemberEvent = event.deserialize_as_unchecked().expect("a member");
        let profiles = changes.profiles.entry(room.clone()).or_default();
        profiles.insert(user(person), typed.into());
        let state = changes.state.entry(room.clone()).or_default();
        let members = state.entry(StateEventType::RoomMember).or_default();
        members.insert(user(person).to_string(), event);
        let names = changes.ambiguity_maps.entry(room.clone()).or_default();
        let name = DisplayName::new(&format!("Prénom Nom-de-famille {person} [Intérieur]"));
        names.insert(name, [user(person)].into());
    }
}

/// Puts events behind the `before` ones of a linked chunk: into its last chunk, and new ones.
pub(crate) fn append(before: usize, mut events: Vec<Event>) -> Vec<Update<Event, Gap>> {
    let mut updates = Vec::new();
    let mut length = before;
    while !events.is_empty() {
        let (chunk, index) = (length / CHUNK, length % CHUNK);
        let id = |number: usize| ChunkIdentifier::new(number as u64);
        if index == 0 {
            updates.push(Update::NewItemsChunk {
                previous: chunk.checked_sub(1).map(id),
                new: id(chunk),
                next: None,
            });
        }
        let rest = events.split_off(events.len().min(CHUNK - index));
        length += events.len();
        updates.push(Update::PushItems {
            at: Position::new(id(chunk), index),
            items: std::mem::replace(&mut events, rest),
        });
    }
    updates
}
