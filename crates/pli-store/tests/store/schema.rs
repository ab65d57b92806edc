//! What earlier versions wrote is read for ever: profiles of each schema, kept as files.
//!
//! To keep one of a new schema: `PLI_FIXTURE=…/tests/fixtures/schema-N cargo test --workspace
//! --test store -- --ignored keep_a_profile`, once, with the version that brings the schema.

use std::{
    env, fs,
    fs::File,
    path::{Path, PathBuf},
};

use matrix_sdk_base::{
    RoomInfo, RoomState, StateChanges, StateStore, StateStoreDataKey, StateStoreDataValue,
    deserialized_responses::TimelineEvent,
    event_cache::store::EventCacheStore,
    media::{
        MediaFormat, MediaRequestParameters,
        store::{IgnoreMediaRetentionPolicy, MediaStore},
    },
    ruma::{
        MilliSecondsSinceUnixEpoch, RoomId, event_id, events::room::MediaSource, room_id,
        serde::Raw, user_id,
    },
    store::{ComposerDraft, ComposerDraftType, QueuedRequestKind, RoomLoadSettings},
};
use matrix_sdk_crypto::store::CryptoStore;
use pli_store::Stores;
use serde_json::json;

use crate::engines::key;

/// Of sled: it fills its files up to the end of one.
const SEGMENT: u64 = 512 * 1024;

/// A value that is split, from schema 2 on.
const LARGE: &str = "large";

fn large() -> String {
    "grand ".repeat(4_000)
}

fn room() -> &'static RoomId {
    room_id!("!cabinet:interieur.example")
}

fn picture() -> MediaRequestParameters {
    MediaRequestParameters {
        source: MediaSource::Plain("mxc://interieur.example/picture".into()),
        format: MediaFormat::File,
    }
}

async fn fill(stores: &Stores) {
    stores.values().set("theme", &"dark").await.unwrap();
    stores.values().set(LARGE, &large()).await.unwrap();
    let crypto = stores.crypto_store();
    let value = b"sliding".to_vec();
    crypto.set_custom_value("place", value).await.unwrap();
    let users = [(user_id!("@alice:interieur.example"), true)];
    crypto.save_tracked_users(&users).await.unwrap();
    let state = stores.state_store();
    let mut changes = StateChanges::new("token".to_owned());
    changes.add_room(RoomInfo::new(room(), RoomState::Joined));
    state.save_changes(&changes).await.unwrap();
    let draft = StateStoreDataValue::ComposerDraft(ComposerDraft {
        plain_text: "not yet sent".to_owned(),
        html_text: None,
        draft_type: ComposerDraftType::NewMessage,
        attachments: Vec::new(),
    });
    let place = StateStoreDataKey::ComposerDraft(room(), None);
    state.set_kv_data(place, draft).await.unwrap();
    let kind = QueuedRequestKind::Redaction {
        redacts: event_id!("$message").to_owned(),
        reason: Some("the reason".to_owned()),
    };
    let now = MilliSecondsSinceUnixEpoch(5_u32.into());
    state
        .save_send_queue_request(room(), "one".into(), now, kind, 0)
        .await
        .unwrap();
    let message = Raw::new(&json!({
        "type": "m.room.message", "event_id": "$message", "sender": "@alice:interieur.example",
        "origin_server_ts": 1, "content": { "msgtype": "m.text", "body": "a message" },
    }));
    let message = TimelineEvent::from_plaintext(message.unwrap().cast_unchecked());
    let events = stores.event_cache_store();
    events.save_event(room(), message).await.unwrap();
    let (content, policy) = (b"a picture".to_vec(), IgnoreMediaRetentionPolicy::No);
    let media = stores.media_store();
    media
        .add_media_content(&picture(), content, policy)
        .await
        .unwrap();
}

async fn assert_filled(stores: &Stores) {
    let theme: Option<String> = stores.values().get("theme").unwrap();
    assert_eq!(theme.as_deref(), Some("dark"));
    let crypto = stores.crypto_store();
    let value = crypto.get_custom_value("place").await.unwrap();
    assert_eq!(value.as_deref(), Some(b"sliding".as_slice()));
    let users = crypto.load_tracked_users().await.unwrap();
    assert!(users.len() == 1 && users[0].dirty);
    let state = stores.state_store();
    let rooms = state.get_room_infos(&RoomLoadSettings::All).await.unwrap();
    assert!(rooms.len() == 1 && rooms[0].room_id() == room());
    let token = state.get_kv_data(StateStoreDataKey::SyncToken).await;
    assert_eq!(
        token.unwrap().unwrap().into_sync_token().as_deref(),
        Some("token")
    );
    let place = StateStoreDataKey::ComposerDraft(room(), None);
    let draft = state.get_kv_data(place).await.unwrap().unwrap();
    let draft = draft.into_composer_draft().unwrap();
    assert_eq!(draft.plain_text, "not yet sent");
    let requests = state.load_send_queue_requests(room()).await.unwrap();
    assert!(requests.len() == 1 && requests[0].transaction_id == *"one");
    let events = stores.event_cache_store();
    let found = events.find_event(room(), event_id!("$message")).await;
    let found = found.unwrap().unwrap();
    assert!(found.raw().json().get().contains("a message"));
    let content = stores.media_store().get_media_content(&picture()).await;
    assert_eq!(content.unwrap().as_deref(), Some(b"a picture".as_slice()));
}

fn files(directory: &Path) -> Vec<PathBuf> {
    let (mut found, mut directories) = (Vec::new(), vec![directory.to_owned()]);
    while let Some(directory) = directories.pop() {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                directories.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found
}

/// Copies a profile: the data of sled without the zeros at its end, or with them again.
fn copy(from: &Path, to: &Path, with_zeros: bool) {
    for file in files(from) {
        let copied = to.join(file.strip_prefix(from).unwrap());
        fs::create_dir_all(copied.parent().unwrap()).unwrap();
        let mut content = fs::read(&file).unwrap();
        let is_data = file.ends_with("db");
        if is_data && !with_zeros {
            let end = content.iter().rposition(|byte| *byte != 0).unwrap();
            content.truncate(end + 1);
        }
        fs::write(&copied, &content).unwrap();
        if is_data && with_zeros {
            let length = (content.len() as u64).next_multiple_of(SEGMENT);
            let data = File::options().write(true).open(copied).unwrap();
            data.set_len(length).unwrap();
        }
    }
}

#[tokio::test]
#[ignore = "it writes what is kept, once for each schema"]
async fn keep_a_profile() {
    let Some(kept) = env::var_os("PLI_FIXTURE").map(PathBuf::from) else {
        return;
    };
    let directory = tempfile::tempdir().unwrap();
    let stores = Stores::open(directory.path(), &key()).unwrap();
    fill(&stores).await;
    stores.compact().await.unwrap();
    drop(stores);
    copy(directory.path(), &kept, false);
}

#[tokio::test]
async fn profiles_of_all_schemas_are_read() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut read = 0;
    for entry in fs::read_dir(fixtures).unwrap() {
        let directory = tempfile::tempdir().unwrap();
        let entry = entry.unwrap();
        copy(&entry.path(), directory.path(), true);
        for _ in 0..2 {
            let stores = Stores::open(directory.path(), &key()).unwrap();
            assert_eq!(stores.healings(), [], "nothing of it is damaged");
            assert_filled(&stores).await;
            if entry.file_name() != "schema-1" {
                assert_eq!(stores.values().get(LARGE).unwrap(), Some(large()));
            }
        }
        read += 1;
    }
    assert_eq!(read, 2, "one for each schema there was");
}
