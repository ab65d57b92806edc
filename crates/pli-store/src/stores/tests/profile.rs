//! A profile with something of everything, and all that its stores tell.

use std::fmt::Debug;

use matrix_sdk_base::{
    RoomInfo, RoomMemberships, RoomState, StateChanges, StateStore, StateStoreDataKey,
    StateStoreDataValue,
    deserialized_responses::{DisplayName, TimelineEvent},
    event_cache::store::EventCacheStore,
    media::{
        MediaFormat, MediaRequestParameters,
        store::{IgnoreMediaRetentionPolicy, MediaStore},
    },
    ruma::{
        EventId, MilliSecondsSinceUnixEpoch, RoomId, UserId, event_id,
        events::{
            AnySyncStateEvent, GlobalAccountDataEventType, StateEventType,
            receipt::{ReceiptThread, ReceiptType},
            room::MediaSource,
        },
        room_id,
        serde::Raw,
        user_id,
    },
    store::{
        ChildTransactionId, ComposerDraft, ComposerDraftType, DependentQueuedRequestKind,
        QueuedRequestKind, RoomLoadSettings,
    },
};
use matrix_sdk_crypto::store::CryptoStore;
use serde::Serialize;
use serde_json::{Value, json};

use super::*;

fn room() -> &'static RoomId {
    room_id!("!cabinet:interieur.example")
}

fn alice() -> &'static UserId {
    user_id!("@alice:interieur.example")
}

fn bob() -> &'static UserId {
    user_id!("@bob:finances.example")
}

fn event() -> &'static EventId {
    event_id!("$message")
}

fn raw<T>(event: &Value) -> Raw<T> {
    Raw::new(event).unwrap().cast_unchecked()
}

fn state_event(kind: &str, state_key: &str, content: &Value) -> Raw<AnySyncStateEvent> {
    raw(&json!({
        "type": kind, "state_key": state_key, "event_id": format!("${kind}{state_key}"),
        "sender": alice(), "origin_server_ts": 1, "content": content,
    }))
}

fn changes() -> StateChanges {
    let mut changes = StateChanges::new("token".to_owned());
    changes.add_room(RoomInfo::new(room(), RoomState::Joined));
    for (kind, key, content) in [
        ("m.room.topic", "", json!({ "topic": "the topic" })),
        (
            "m.room.member",
            alice().as_str(),
            json!({ "membership": "join" }),
        ),
        (
            "m.room.member",
            bob().as_str(),
            json!({ "membership": "invite" }),
        ),
    ] {
        let events = changes.state.entry(room().to_owned()).or_default();
        let events = events.entry(kind.into()).or_default();
        events.insert(key.to_owned(), state_event(kind, key, &content));
    }
    let direct = raw(&json!({ "type": "m.direct", "content": {} }));
    changes.account_data.insert("m.direct".into(), direct);
    let presence = json!({
        "type": "m.presence", "sender": bob(), "content": { "presence": "online" },
    });
    changes.presence.insert(bob().to_owned(), raw(&presence));
    let receipt = json!({ event().as_str(): { "m.read": { bob().as_str(): { "ts": 1 } } } });
    let receipt = serde_json::from_value(receipt).unwrap();
    changes.add_receipts(room(), receipt);
    let name = DisplayName::new("Alice");
    let names = [(name, [alice().to_owned()].into())].into();
    changes.ambiguity_maps.insert(room().to_owned(), names);
    changes
}

/// Writes something of everything.
pub(super) async fn fill(stores: &Stores) {
    stores.values().set("theme", &"dark").await.unwrap();
    let crypto = stores.crypto_store();
    let value = b"sliding".to_vec();
    crypto.set_custom_value("place", value).await.unwrap();
    let users = [(alice(), true), (bob(), false)];
    crypto.save_tracked_users(&users).await.unwrap();

    let state = stores.state_store();
    state.save_changes(&changes()).await.unwrap();
    let value = b"a value".to_vec();
    state.set_custom_value(b"name", value).await.unwrap();
    let draft = ComposerDraft {
        plain_text: "not yet sent".to_owned(),
        html_text: None,
        draft_type: ComposerDraftType::NewMessage,
        attachments: Vec::new(),
    };
    let key = StateStoreDataKey::ComposerDraft(room(), None);
    let draft = StateStoreDataValue::ComposerDraft(draft);
    state.set_kv_data(key, draft).await.unwrap();
    queue(stores).await;
    fill_caches(stores).await;
}

async fn fill_caches(stores: &Stores) {
    let message = json!({
        "type": "m.room.message", "event_id": event(), "sender": alice(), "origin_server_ts": 1,
        "content": { "msgtype": "m.text", "body": "a message" },
    });
    let message = TimelineEvent::from_plaintext(raw(&message));
    let events = stores.event_cache_store();
    events.save_event(room(), message).await.unwrap();

    let policy = IgnoreMediaRetentionPolicy::Yes;
    let content = b"a picture".to_vec();
    let media = stores.media_store();
    media
        .add_media_content(&picture(), content, policy)
        .await
        .unwrap();
}

fn picture() -> MediaRequestParameters {
    MediaRequestParameters {
        source: MediaSource::Plain("mxc://interieur.example/picture".into()),
        format: MediaFormat::File,
    }
}

async fn queue(stores: &Stores) {
    let state = stores.state_store();
    let now = MilliSecondsSinceUnixEpoch(5_u32.into());
    for (transaction, event) in [("one", "$a"), ("two", "$b")] {
        let kind = QueuedRequestKind::Redaction {
            redacts: event.try_into().unwrap(),
            reason: Some("the reason".to_owned()),
        };
        state
            .save_send_queue_request(room(), transaction.into(), now, kind, 0)
            .await
            .unwrap();
    }
    let kind = DependentQueuedRequestKind::ReactEvent {
        key: "👍".to_owned(),
    };
    let own = ChildTransactionId::from("three".to_owned());
    state
        .save_dependent_queued_request(room(), "one".into(), own, now, kind)
        .await
        .unwrap();
}

type Told = Vec<Result<String, String>>;

/// By what Debug shows.
fn told<T: Debug, E: Debug>(read: Result<T, E>) -> Result<String, String> {
    read.map(|value| format!("{value:?}"))
        .map_err(|error| format!("{error:?}"))
}

/// By its JSON, for what Debug hides.
fn told_whole<T: Serialize, E: Debug>(read: Result<T, E>) -> Result<String, String> {
    read.map(|value| serde_json::to_string(&value).unwrap())
        .map_err(|error| format!("{error:?}"))
}

/// All that was written, as the stores tell it now.
pub(super) async fn read(stores: &Stores) -> Told {
    let crypto = stores.crypto_store();
    let users = crypto.load_tracked_users().await.map(|users| {
        let users = users.into_iter().map(|user| (user.user_id, user.dirty));
        users.collect::<Vec<_>>()
    });
    let mut told = vec![
        told(stores.values().get::<String>("theme")),
        told(crypto.get_custom_value("place").await),
        told(users),
    ];
    told.extend(read_account(&stores.state_store()).await);
    told.extend(read_room(&stores.state_store()).await);
    told.extend(read_caches(stores).await);
    told
}

async fn read_caches(stores: &Stores) -> Told {
    let events = stores.event_cache_store();
    let media = stores.media_store();
    // A damaged medium is one to fetch again: it is gone, which is never to be taken for another.
    let picture = media.get_media_content(&picture()).await.unwrap();
    vec![
        told_whole(events.find_event(room(), event()).await),
        told_whole(events.get_room_events(room(), None, None).await),
        told(picture.ok_or("gone")),
    ]
}

async fn read_account(state: &PliStateStore) -> Told {
    let direct = GlobalAccountDataEventType::Direct;
    vec![
        told_whole(state.get_room_infos(&RoomLoadSettings::All).await),
        told_whole(state.get_presence_events(&[bob().to_owned()]).await),
        told_whole(state.get_account_data_event(direct).await),
        told(state.get_kv_data(StateStoreDataKey::SyncToken).await),
        told(state.get_custom_value(b"name").await),
        told(state.load_rooms_with_unsent_requests().await),
    ]
}

async fn read_room(state: &PliStateStore) -> Told {
    let room = room();
    let draft = StateStoreDataKey::ComposerDraft(room, None);
    let name = DisplayName::new("Alice");
    let (topic, member) = (StateEventType::RoomTopic, StateEventType::RoomMember);
    let bobs = [bob().as_str()];
    let (read, thread) = (ReceiptType::Read, ReceiptThread::Unthreaded);
    let receipt = state.get_user_room_receipt_event(room, read.clone(), thread.clone(), bob());
    let receipts = state.get_event_room_receipt_events(room, read, thread, event());
    let requests = state.load_send_queue_requests(room).await.map(|requests| {
        let requests = requests.into_iter().map(|r| (r.transaction_id, r.kind));
        requests.collect::<Vec<_>>()
    });
    vec![
        told_whole(requests),
        told_whole(state.load_dependent_queued_requests(room).await),
        told(state.get_kv_data(draft).await),
        told_whole(state.get_state_events(room, topic).await),
        told_whole(state.get_state_events_for_keys(room, member, &bobs).await),
        told(state.get_user_ids(room, RoomMemberships::all()).await),
        told(state.get_users_with_display_name(room, &name).await),
        told(receipt.await),
        told(receipts.await),
    ]
}
