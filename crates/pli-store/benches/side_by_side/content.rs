//! What the stores are given: rooms, events and keys of an invented ministry.

use std::{collections::BTreeMap, sync::Arc};

use matrix_sdk_base::{
    RawStateEventWithKeys, RoomInfo, RoomState,
    deserialized_responses::{
        AlgorithmInfo, DecryptedRoomEvent, EncryptionInfo, TimelineEvent, VerificationState,
    },
    event_cache::{Event, Gap},
    latest_event::LatestEventValue,
    linked_chunk::{ChunkIdentifier, Position, Update},
    ruma::{
        EventId, OwnedEventId, OwnedRoomId, OwnedUserId, RoomId, events::AnySyncStateEvent,
        serde::Raw,
    },
};
use serde_json::{Value, json};

use crate::stats::rand_less::Dice;

/// How many events the SDK puts into a chunk.
pub(crate) const CHUNK: usize = 128;

/// A moment of 2026, from which all others are counted, in milliseconds.
const BEGIN: u64 = 1_767_225_600_000;

pub(crate) fn room(number: usize) -> OwnedRoomId {
    RoomId::parse(format!("!salon{number:05}:interieur.example.fr")).expect("a room id")
}

pub(crate) fn user(number: usize) -> OwnedUserId {
    format!("@prenom.nom-de-famille{number:04}:interieur.example.fr")
        .try_into()
        .expect("a user id")
}

pub(crate) fn event_id(number: usize) -> OwnedEventId {
    EventId::parse(format!("$Rqnc-F-dvnEYJTyHq_iKxU2bZ1CI92-{number:011}")).expect("an event id")
}

/// French words, some three hundred letters of them as most messages are shorter and a few longer.
pub(crate) fn words(number: usize, letters: usize) -> String {
    const WORDS: [&str; 16] = [
        "réunion",
        "la",
        "note",
        "préfet",
        "avant",
        "demain",
        "ministère",
        "de",
        "signature",
        "projet",
        "vous",
        "trouverez",
        "relecture",
        "merci",
        "décret",
        "version",
    ];
    let mut dice = Dice::new(number as u64 + 7);
    let mut text = String::with_capacity(letters + 16);
    while text.len() < letters {
        text.push_str(WORDS[dice.below(WORDS.len())]);
        text.push(' ');
    }
    text
}

fn raw<T>(event: &Value) -> Raw<T> {
    Raw::new(event).expect("JSON").cast_unchecked()
}

/// A message as the SDK has it after decryption.
pub(crate) fn message(room: &RoomId, number: usize) -> Event {
    let sender = user(number % 40);
    let event = json!({
        "type": "m.room.message",
        "event_id": event_id(number),
        "room_id": room,
        "sender": sender,
        "origin_server_ts": BEGIN + number as u64 * 1_000,
        "content": {
            "msgtype": "m.text",
            "body": words(number, 60 + number % 7 * 60),
            "m.mentions": {},
        },
        "unsigned": { "age": 1_234 },
    });
    let info = EncryptionInfo {
        sender,
        sender_device: Some("NTHHPZDPRN".into()),
        forwarder: None,
        algorithm_info: AlgorithmInfo::MegolmV1AesSha2 {
            curve25519_key: "9kmIhfwzRPbBwNiNGmZ5QeLrSjGqVeqyCwl4ujvNFUQ".to_owned(),
            sender_claimed_keys: BTreeMap::new(),
            session_id: Some(format!(
                "mFsOEPNAhQnMaq0bSOSpZDGxKsQYbpxkBPw{:08}",
                number / 100
            )),
        },
        verification_state: VerificationState::Verified,
    };
    TimelineEvent::from_decrypted(
        DecryptedRoomEvent {
            event: raw(&event),
            encryption_info: Arc::new(info),
            unsigned_encryption_info: None,
        },
        Some(Vec::new()),
    )
}

/// Puts events, counted from `first`, behind what a room's linked chunk holds: one call for each
/// chunk, as the SDK does.
pub(crate) fn chunks(events: &[Event], chunks_before: usize) -> Vec<Vec<Update<Event, Gap>>> {
    let calls = events.chunks(CHUNK).enumerate().map(|(number, events)| {
        let number = chunks_before + number;
        let id = |number: usize| ChunkIdentifier::new(number as u64);
        let new = Update::NewItemsChunk {
            previous: number.checked_sub(1).map(id),
            new: id(number),
            next: None,
        };
        let push = Update::PushItems {
            at: Position::new(id(number), 0),
            items: events.to_vec(),
        };
        vec![new, push]
    });
    calls.collect()
}

/// A state event of a room.
pub(crate) fn state(
    room: &RoomId,
    kind: &str,
    state_key: &str,
    number: usize,
    content: &Value,
) -> Raw<AnySyncStateEvent> {
    raw(&json!({
        "type": kind,
        "state_key": state_key,
        "event_id": format!("$state-{kind}-{number:06}-{}", room.as_str().get(1..11).unwrap_or("")),
        "sender": user(number % 40),
        "origin_server_ts": BEGIN + number as u64,
        "content": content,
        "unsigned": { "age": 4_321 },
    }))
}

/// The membership of a person, with a name and a picture.
pub(crate) fn member(room: &RoomId, person: usize, number: usize) -> Raw<AnySyncStateEvent> {
    let content = json!({
        "membership": "join",
        "displayname": format!("Prénom Nom-de-famille {person} [Intérieur]"),
        "avatar_url": format!("mxc://interieur.example.fr/aBcDeFgHiJkLmNoPqRsT{person:04}"),
    });
    state(
        room,
        "m.room.member",
        user(person).as_str(),
        number,
        &content,
    )
}

/// What the SDK keeps of a room that is used: its state, and its latest message.
pub(crate) fn room_info(number: usize, latest: usize) -> RoomInfo {
    let room = room(number);
    let mut info = RoomInfo::new(&room, RoomState::Joined);
    info.mark_members_synced();
    info.mark_state_fully_synced();
    info.mark_encryption_state_synced();
    info.set_prev_batch(Some("s123456_7890123_4_567890_1234567_8_901234_56789_0_1"));
    let contents = [
        (
            "m.room.create",
            json!({ "creator": user(1), "room_version": "10" }),
        ),
        (
            "m.room.name",
            json!({ "name": format!("Cabinet, salon {number}") }),
        ),
        ("m.room.topic", json!({ "topic": words(number, 90) })),
        ("m.room.join_rules", json!({ "join_rule": "invite" })),
        (
            "m.room.history_visibility",
            json!({ "history_visibility": "shared" }),
        ),
        (
            "m.room.guest_access",
            json!({ "guest_access": "forbidden" }),
        ),
        (
            "m.room.encryption",
            json!({
                "algorithm": "m.megolm.v1.aes-sha2",
                "rotation_period_ms": 604_800_000,
                "rotation_period_msgs": 100,
            }),
        ),
        (
            "m.room.avatar",
            json!({ "url": "mxc://interieur.example.fr/aBcDeFgHiJkLmNoPqRsTuVwX" }),
        ),
        (
            "m.room.power_levels",
            json!({ "users": { user(1): 100, user(2): 50 }, "users_default": 0 }),
        ),
    ];
    for (kind, content) in contents {
        let event = state(&room, kind, "", number, &content);
        let mut event =
            RawStateEventWithKeys::try_from_raw_state_event(event).expect("a state event");
        info.handle_state_event(&mut event);
    }
    info.set_latest_event(LatestEventValue::Remote(message(&room, latest)));
    info
}
