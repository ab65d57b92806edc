//! What was erased is nowhere in the profile: neither in clear, nor for one who has the key.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::ControlFlow,
};

use matrix_sdk_base::{
    RoomInfo, RoomState, StateChanges, StateStore, StateStoreDataKey, StateStoreDataValue,
    deserialized_responses::{DisplayName, TimelineEvent},
    event_cache::store::EventCacheStore,
    latest_event::LatestEventValue,
    media::{
        MediaFormat, MediaRequestParameters,
        store::{IgnoreMediaRetentionPolicy, MediaStore},
    },
    ruma::{
        EventId, MilliSecondsSinceUnixEpoch, OwnedEventId, OwnedRoomId, RoomId,
        events::{AnySyncStateEvent, room::MediaSource},
        room_id,
        serde::Raw,
        user_id,
    },
    store::{ComposerDraft, ComposerDraftType, QueuedRequestKind, SerializableEventContent},
};
use serde_json::{Value, json};

use super::*;
use crate::{
    cipher::Cipher,
    engine::{Direction, KeyRange},
    journal,
};

const MARK: &[u8] = b"CANARY-";
const LENGTH: usize = MARK.len() + 7;

/// So much of a sealed value is looked at from where it may begin: more than a room info takes.
const REACH: usize = 2048;

pub(super) fn key() -> StoreKey {
    StoreKey::new(Box::new([9; 32]))
}

/// A word that is nowhere else: what it is in, and which one.
pub(super) fn canary(of: &str, number: usize) -> String {
    format!("CANARY-{of}-{number:03}-")
}

/// By what is erased: the redacted, the room that is left, the rest; the latest event of rooms;
/// what expires.
const PLANTED: [(&str, usize); 14] = [
    ("eve", 50),
    ("lef", 30),
    ("sta", 30),
    ("red", 20),
    ("nam", 20),
    ("que", 15),
    ("dra", 15),
    ("med", 20),
    ("lat", 10),
    ("exp", 20),
    ("edi", 20),
    ("inf", 10),
    ("req", 10),
    ("wor", 10),
];

fn all() -> BTreeSet<String> {
    let planted = PLANTED.iter();
    planted
        .flat_map(|(of, many)| (0..*many).map(|number| name(&canary(of, number))))
        .collect()
}

/// As long as what is looked for in bytes.
fn name(canary: &str) -> String {
    canary[..LENGTH].to_owned()
}

/// One stays in, one is left.
fn cabinet() -> &'static RoomId {
    room_id!("!cabinet:interieur.example")
}

fn left() -> &'static RoomId {
    room_id!("!left:interieur.example")
}

fn raw<T>(event: &Value) -> Raw<T> {
    Raw::new(event).unwrap().cast_unchecked()
}

fn event_id(of: &str, number: usize) -> String {
    format!("${of}{number}")
}

fn message(of: &str, number: usize, content: &Value) -> TimelineEvent {
    TimelineEvent::from_plaintext(raw(&json!({
        "type": "m.room.message", "event_id": event_id(of, number),
        "sender": user_id!("@alice:interieur.example"), "origin_server_ts": number,
        "content": content,
    })))
}

fn state(of: &str, number: usize) -> Raw<AnySyncStateEvent> {
    raw(&json!({
        "type": "org.example.note", "state_key": number.to_string(),
        "event_id": event_id(of, number), "sender": user_id!("@alice:interieur.example"),
        "origin_server_ts": number, "content": { "note": canary(of, number) },
    }))
}

fn picture(number: usize) -> MediaRequestParameters {
    let uri = format!("mxc://interieur.example/{number}");
    MediaRequestParameters {
        source: MediaSource::Plain(uri.into()),
        format: MediaFormat::File,
    }
}

fn many(of: &str) -> std::ops::Range<usize> {
    let planted = PLANTED.iter().find(|(name, _)| *name == of);
    0..planted.unwrap().1
}

async fn plant(stores: &Stores) {
    let (events, store) = (stores.event_cache_store(), stores.state_store());
    for (of, room) in [("eve", cabinet()), ("lef", left())] {
        for number in many(of) {
            let content = json!({ "msgtype": "m.text", "body": canary(of, number) });
            let message = message(of, number, &content);
            events.save_event(room, message).await.unwrap();
        }
    }
    let mut changes = StateChanges::new("token".to_owned());
    for (of, room) in [("sta", left()), ("red", cabinet())] {
        for number in many(of) {
            let notes = changes.state.entry(room.to_owned()).or_default();
            let notes = notes.entry("org.example.note".into()).or_default();
            notes.insert(number.to_string(), state(of, number));
        }
    }
    for number in many("nam") {
        let user = format!("@{}:interieur.example", canary("nam", number));
        let users = [user.as_str().try_into().unwrap()].into();
        let names = changes.ambiguity_maps.entry(left().to_owned()).or_default();
        names.insert(DisplayName::new(&format!("name {number}")), users);
    }
    store.save_changes(&changes).await.unwrap();
    for number in many("que") {
        let kind = QueuedRequestKind::Redaction {
            redacts: "$redacted".try_into().unwrap(),
            reason: Some(canary("que", number)),
        };
        let now = MilliSecondsSinceUnixEpoch(5_u32.into());
        let transaction = number.to_string().into();
        store
            .save_send_queue_request(left(), transaction, now, kind, 0)
            .await
            .unwrap();
    }
    plant_drafts_and_media(stores).await;
    plant_latest(stores, &canary).await;
    plant_what_expires(stores).await;
    stores.flush().await.unwrap();
}

/// A room for each latest event.
fn room_of(of: &str, number: usize) -> OwnedRoomId {
    RoomId::parse(format!("!{of}{number}:interieur.example")).unwrap()
}

/// What the SDK tells of rooms, after each change of them.
async fn plant_latest(stores: &Stores, text: &(dyn Fn(&str, usize) -> String + Sync)) {
    let mut changes = StateChanges::default();
    for of in ["lat", "inf"] {
        for number in many(of) {
            let content = json!({ "msgtype": "m.text", "body": text(of, number) });
            let mut info = RoomInfo::new(&room_of(of, number), RoomState::Joined);
            info.set_latest_event(LatestEventValue::Remote(message(of, number, &content)));
            changes.add_room(info);
        }
    }
    stores.state_store().save_changes(&changes).await.unwrap();
}

/// Messages, their edits, and for some an edit that waits to be sent, and one in a draft.
async fn plant_what_expires(stores: &Stores) {
    let (events, store) = (stores.event_cache_store(), stores.state_store());
    let edit_of = |of, number| {
        json!({
            "msgtype": "m.text", "body": canary(of, number),
            "m.new_content": { "msgtype": "m.text", "body": canary(of, number) },
            "m.relates_to": { "rel_type": "m.replace", "event_id": event_id("exp", number) },
        })
    };
    for number in many("exp") {
        let content = json!({ "msgtype": "m.text", "body": canary("exp", number) });
        for (of, content) in [("exp", content), ("edi", edit_of("edi", number))] {
            let message = message(of, number, &content);
            events.save_event(cabinet(), message).await.unwrap();
        }
    }
    for number in many("req") {
        let content = raw(&edit_of("req", number));
        let content = SerializableEventContent::from_raw(content, "m.room.message".to_owned());
        let (transaction, now) = (number.to_string().into(), MilliSecondsSinceUnixEpoch::now());
        let kind = QueuedRequestKind::Event { content };
        let queued = store.save_send_queue_request(cabinet(), transaction, now, kind, 0);
        queued.await.unwrap();
    }
    for number in many("wor") {
        let event_id = expiring(number);
        let kind = ComposerDraftType::Edit { event_id };
        save_draft(stores, "wor", number, kind).await;
    }
}

fn expiring(number: usize) -> OwnedEventId {
    EventId::parse(event_id("exp", number)).unwrap()
}

async fn expire_all(stores: &Stores) {
    let events: Vec<_> = many("exp").map(expiring).collect();
    stores.expire(cabinet(), &events, &[]).await.unwrap();
    for number in many("inf") {
        let event = EventId::parse(event_id("inf", number)).unwrap();
        let room = room_of("inf", number);
        stores.expire(&room, &[event], &[]).await.unwrap();
    }
    // The next event of the others; and the SDK still has those that expired in memory.
    let later = |of: &str, number| match of {
        "inf" => canary(of, number),
        _ => "a later one".to_owned(),
    };
    plant_latest(stores, &later).await;
}

fn draft(of: &str, number: usize) -> OwnedEventId {
    EventId::parse(event_id(of, number)).unwrap()
}

async fn save_draft(stores: &Stores, of: &str, number: usize, draft_type: ComposerDraftType) {
    let value = ComposerDraft {
        plain_text: canary(of, number),
        html_text: None,
        draft_type,
        attachments: Vec::new(),
    };
    let thread = draft(of, number);
    let key = StateStoreDataKey::ComposerDraft(cabinet(), Some(&thread));
    let value = StateStoreDataValue::ComposerDraft(value);
    stores.state_store().set_kv_data(key, value).await.unwrap();
}

async fn plant_drafts_and_media(stores: &Stores) {
    for number in many("dra") {
        save_draft(stores, "dra", number, ComposerDraftType::NewMessage).await;
    }
    let media = stores.media_store();
    for number in many("med") {
        let content = canary("med", number).into_bytes();
        media
            .add_media_content(&picture(number), content, IgnoreMediaRetentionPolicy::No)
            .await
            .unwrap();
    }
}

/// What the SDK leaves of an event.
fn redacted(number: usize) -> TimelineEvent {
    let because = json!({ "type": "m.room.redaction", "sender": "@alice:interieur.example" });
    TimelineEvent::from_plaintext(raw(&json!({
        "type": "m.room.message", "event_id": event_id("eve", number),
        "sender": user_id!("@alice:interieur.example"), "origin_server_ts": number,
        "content": {}, "unsigned": { "redacted_because": because },
    })))
}

async fn erase_all(stores: &Stores) {
    let (events, store) = (stores.event_cache_store(), stores.state_store());
    for number in many("eve") {
        events
            .save_event(cabinet(), redacted(number))
            .await
            .unwrap();
    }
    let mut changes = StateChanges::default();
    for number in many("red") {
        let redaction = json!({
            "type": "m.room.redaction", "event_id": event_id("because", number),
            "sender": user_id!("@alice:interieur.example"), "origin_server_ts": 1,
            "redacts": event_id("red", number), "content": {},
        });
        let id = EventId::parse(event_id("red", number)).unwrap();
        changes.add_redaction(cabinet(), &id, raw(&redaction));
    }
    store.save_changes(&changes).await.unwrap();
    store.remove_room(left()).await.unwrap();
    events.remove_room(left()).await.unwrap();
    for number in many("dra") {
        let thread = draft("dra", number);
        let key = StateStoreDataKey::ComposerDraft(cabinet(), Some(&thread));
        store.remove_kv_data(key).await.unwrap();
    }
    let media = stores.media_store();
    for number in many("med") {
        media.remove_media_content(&picture(number)).await.unwrap();
    }
    expire_all(stores).await;
    stores.flush().await.unwrap();
}

/// The canaries in bytes.
fn canaries(bytes: &[u8]) -> BTreeSet<String> {
    let places = bytes.windows(LENGTH).filter(|part| part.starts_with(MARK));
    places
        .map(|part| String::from_utf8_lossy(part).into_owned())
        .collect()
}

/// Those in the records and media, as the stores read them.
pub(super) async fn in_records(stores: &Stores) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for tree in [&stores.keys, &stores.history] {
        let all = KeyRange::below(&[crate::key::domain::FIRST_OF_STORES]);
        let records = KeyRange { end: None, ..all };
        tree.engine()
            .scan(&records, Direction::Forward, &mut |key, value| {
                found.extend(canaries(&tree.cipher().open(key, value).unwrap()));
                ControlFlow::Continue(())
            })
            .unwrap();
    }
    let media = stores.media_store();
    for number in many("med") {
        let content = media.get_media_content(&picture(number)).await.unwrap();
        found.extend(canaries(&content.unwrap_or_default()));
    }
    found
}

/// Those in clear, or anywhere in bytes as a value sealed with one of the profile's keys.
fn in_bytes(bytes: &[u8], found: &mut BTreeSet<String>) {
    found.extend(canaries(bytes));
    let ciphers = ["keys", "history", "media"].map(|name| Cipher::new(&key(), name));
    for start in (0..bytes.len()).filter(|start| bytes[*start] == 1) {
        let rest = &bytes[start..bytes.len().min(start + REACH)];
        // sled fills its files with zeros, and a nonce is random.
        if rest.len() < 42 || rest[1..25].iter().filter(|byte| **byte == 0).count() > 6 {
            continue;
        }
        for cipher in &ciphers {
            let value = cipher.read_unproven(rest).unwrap();
            found.extend(canaries(&value));
        }
    }
}

/// Those in all files of a profile, by the directory or file in it.
pub(super) fn in_files(directory: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::<String, BTreeSet<String>>::new();
    let mut paths = vec![directory.to_owned()];
    while let Some(path) = paths.pop() {
        if path.is_dir() {
            paths.extend(
                fs::read_dir(path)
                    .unwrap()
                    .map(|entry| entry.unwrap().path()),
            );
            continue;
        }
        let within = path.strip_prefix(directory).unwrap();
        let first = within.iter().next().unwrap().to_string_lossy().into_owned();
        let bytes = fs::read(&path).unwrap();
        let of_file = found.entry(first.clone()).or_default();
        in_bytes(&bytes, of_file);
        if first.starts_with("keys.journal") {
            for frame in frames(&bytes) {
                in_bytes(&frame, of_file);
            }
        }
    }
    found
}

/// What the frames of a journal hold, which are sealed once more.
fn frames(journal: &[u8]) -> Vec<Vec<u8>> {
    let cipher = journal::cipher(&key());
    let (mut frames, mut rest) = (Vec::new(), &journal[1024..]);
    while let Some((length, after)) = rest.split_first_chunk() {
        let length = u32::from_be_bytes(*length) as usize;
        frames.push(cipher.read_unproven(&after[..length]).unwrap());
        rest = &after[length..];
    }
    frames
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(path, to).unwrap();
        }
    }
}

#[tokio::test]
async fn what_was_erased_is_in_no_file_even_for_one_who_has_the_key() {
    let profile = tempfile::tempdir().unwrap();
    let directory = profile.path().join("store");
    let stores = Stores::open(&directory, &key()).unwrap();
    plant(&stores).await;
    // As if it had once been unreadable.
    copy(
        &directory.join("history"),
        &directory.join("history.quarantine-1"),
    );
    fs::copy(
        directory.join("keys.journal"),
        directory.join("keys.journal.quarantine"),
    )
    .unwrap();

    assert_eq!(all().len(), 280);
    assert_eq!(in_records(&stores).await, all(), "the stores have them all");
    let found = in_files(&directory);
    let anywhere: BTreeSet<_> = found.values().flatten().cloned().collect();
    assert_eq!(anywhere, all(), "the search finds them all in the files");
    for place in [
        "keys.journal",
        "keys.journal.quarantine",
        "history.quarantine-1",
    ] {
        assert!(found[place].len() >= 30, "and in every copy: {place}");
    }

    erase_all(&stores).await;
    assert_eq!(
        in_records(&stores).await,
        BTreeSet::new(),
        "no record has them"
    );
    let left = in_files(&directory);
    assert!(
        left.values().any(|found| !found.is_empty()),
        "but the files do until they are rewritten"
    );

    assert!(stores.erased_since().is_some(), "which is noted");
    assert!(stores.compact_if_worth().await.unwrap());
    assert_eq!(stores.erased_since(), None);
    let nothing = |found: BTreeMap<String, BTreeSet<String>>| {
        found
            .into_iter()
            .filter(|(_, found)| !found.is_empty())
            .collect::<Vec<_>>()
    };
    assert_eq!(nothing(in_files(&directory)), [], "nor does any file then");
    drop(stores);
    assert_eq!(nothing(in_files(&directory)), []);
    assert!(
        Stores::open(&directory, &key())
            .unwrap()
            .healings()
            .is_empty()
    );

    // A sign-out, of which the vault destroys the key.
    erase(&directory).unwrap();
    assert!(!directory.exists());
}
