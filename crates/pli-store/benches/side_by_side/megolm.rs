//! Megolm sessions of the people of the ministry, and messages encrypted with them.

use matrix_sdk_base::ruma::{DeviceId, OwnedRoomId, events::AnySyncTimelineEvent, serde::Raw};
use matrix_sdk_crypto::{
    olm::{InboundGroupSession, SenderData},
    types::{EventEncryptionAlgorithm, events::room::encrypted::EncryptedEvent},
    vodozemac::{
        Curve25519PublicKey, Curve25519SecretKey, Ed25519Keypair,
        megolm::{GroupSession, MegolmMessage, SessionConfig, SessionKey},
    },
};
use serde_json::json;

use crate::content::{event_id, room, user, words};

/// What came of one session.
pub(crate) struct Session {
    pub(crate) room: OwnedRoomId,
    pub(crate) inbound: InboundGroupSession,
    pub(crate) key: SessionKey,
}

/// A message as the server hands it out.
pub(crate) struct Encrypted {
    pub(crate) room: OwnedRoomId,
    pub(crate) session: usize,
    pub(crate) event: Raw<EncryptedEvent>,
    pub(crate) message: MegolmMessage,
}

/// A new session in a room, from a device that its owner has signed.
pub(crate) fn session(number: usize, rooms: usize) -> (GroupSession, Session) {
    let room = room(number % rooms);
    let outbound = GroupSession::new(SessionConfig::version_1());
    let (device, master) = (Ed25519Keypair::new(), Ed25519Keypair::new());
    let sender = user(number % 40);
    let device_id: &DeviceId = "NTHHPZDPRN".into();
    let key = outbound.session_key();
    let inbound = InboundGroupSession::new(
        Curve25519PublicKey::from(&Curve25519SecretKey::new()),
        device.public_key(),
        &room,
        &key,
        SenderData::sender_verified(&sender, device_id, master.public_key()),
        None,
        EventEncryptionAlgorithm::MegolmV1AesSha2,
        None,
        true,
    )
    .expect("a session");
    (outbound, Session { room, inbound, key })
}

/// Sessions of many rooms with a hundred messages each, as rotation makes them, in the order in
/// which rooms that are used at once receive them.
pub(crate) fn conversation(events: usize) -> (Vec<Session>, Vec<Encrypted>) {
    const MESSAGES: usize = 100;
    /// Rooms that are used at once.
    const ROOMS: usize = 20;
    let mut sessions = Vec::new();
    let mut encrypted = Vec::with_capacity(events);
    while encrypted.len() < events {
        let first = sessions.len();
        let mut outbound = Vec::new();
        for number in first..first + ROOMS {
            let (group, session) = session(number, ROOMS);
            outbound.push(group);
            sessions.push(session);
        }
        for message in 0..MESSAGES * ROOMS {
            let session = first + message % ROOMS;
            let group = &mut outbound[message % ROOMS];
            encrypted.push(encrypt(group, &sessions[session], session, encrypted.len()));
        }
    }
    encrypted.truncate(events);
    (sessions, encrypted)
}

fn encrypt(group: &mut GroupSession, of: &Session, session: usize, number: usize) -> Encrypted {
    let content = json!({
        "type": "m.room.message",
        "room_id": of.room,
        "content": { "msgtype": "m.text", "body": words(number, 200), "m.mentions": {} },
    });
    let message = group.encrypt(content.to_string());
    let event = json!({
        "type": "m.room.encrypted",
        "event_id": event_id(number),
        "room_id": of.room,
        "sender": user(session % 40),
        "origin_server_ts": 1_767_225_600_000_u64 + number as u64,
        "content": {
            "algorithm": "m.megolm.v1.aes-sha2",
            "ciphertext": message.to_base64(),
            "device_id": "NTHHPZDPRN",
            "sender_key": of.inbound.sender_key().to_base64(),
            "session_id": group.session_id(),
        },
        "unsigned": { "age": 1_234 },
    });
    let event: Raw<AnySyncTimelineEvent> = Raw::new(&event).expect("JSON").cast_unchecked();
    Encrypted {
        room: of.room.clone(),
        session,
        event: event.cast_unchecked(),
        message,
    }
}
