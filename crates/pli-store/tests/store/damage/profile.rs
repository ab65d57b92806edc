//! A profile with something of everything, which has been used for some days, and all that its
//! stores tell of it.

use std::{fmt::Debug, path::Path};

use matrix_sdk_base::{
    RoomInfo, RoomMemberships, RoomState, StateChanges, StateStore, StateStoreDataKey,
    StateStoreDataValue,
    deserialized_responses::{DisplayName, TimelineEvent},
    event_cache::{Event, Gap, store::EventCacheStore},
    linked_chunk::{ChunkIdentifier, LinkedChunkId, Position, Update},
    media::{
        MediaFormat, MediaRequestParameters,
        store::{IgnoreMediaRetentionPolicy, MediaStore},
    },
    ruma::{
        EventId, MilliSecondsSinceUnixEpoch, OwnedRoomId, RoomId, UserId, device_id, event_id,
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
use matrix_sdk_crypto::{
    Account, DeviceData, Session,
    olm::PrivateCrossSigningIdentity,
    store::{
        CryptoStore,
        types::{Changes, PendingChanges},
    },
};
use pli_store::Stores;
use serde::Serialize;
use serde_json::{Value, json};

/// How often the profile is opened and used; all values change each time.
const DAYS: u64 = 3;
const ROOMS: u64 = 4;
const EVENTS: usize = 24;

/// What one read tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) what: &'static str,
    pub(super) kept: Kept,
    pub(super) answer: Result<String, String>,
}

/// What becomes of a value when its file is damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// It is there twice: it never goes.
    Twice,
    /// The server gives it again, once the user was told that it has gone.
    Once,
    /// A medium, fetched again when it is looked at: nobody needs be told.
    Cached,
}

fn alice() -> &'static UserId {
    user_id!("@alice:interieur.example")
}

fn bob() -> &'static UserId {
    user_id!("@bob:finances.example")
}

fn room(number: u64) -> OwnedRoomId {
    RoomId::parse(format!("!{number}:interieur.example")).unwrap()
}

fn cabinet() -> &'static RoomId {
    room_id!("!0:interieur.example")
}

fn read_event() -> &'static EventId {
    event_id!("$0:0")
}

fn raw<T>(event: &Value) -> Raw<T> {
    Raw::new(event).unwrap().cast_unchecked()
}

/// Uses the profile of a directory for some days, and closes it in good order.
pub(super) async fn make(directory: &Path) {
    let (mut account, sessions) = device();
    for day in 0..DAYS {
        let stores = Stores::open(directory, &crate::engines::key()).unwrap();
        account.generate_one_time_keys(2);
        use_keys(&stores, &account, &sessions, day).await;
        use_history(&stores, day).await;
        stores.flush().await.unwrap();
    }
}

fn device() -> (Account, Vec<Session>) {
    let account = Account::with_device_id(alice(), device_id!("LAPTOP"));
    let mut other = Account::with_device_id(bob(), device_id!("PHONE"));
    other.generate_one_time_keys(3);
    let sender_key = other.identity_keys().curve25519;
    let one_time_keys = other.one_time_keys();
    let sessions = one_time_keys.values().map(|key| {
        let keys = account.device_keys();
        account
            .create_outbound_session_helper(Default::default(), sender_key, *key, false, keys)
            .unwrap()
    });
    let sessions = sessions.collect();
    (account, sessions)
}

async fn use_keys(stores: &Stores, account: &Account, sessions: &[Session], day: u64) {
    let crypto = stores.crypto_store();
    let pending = PendingChanges {
        account: Some(account.deep_clone()),
    };
    crypto.save_pending_changes(pending).await.unwrap();
    let (outbound, inbound) = account
        .create_group_session_pair_with_defaults(&room(day))
        .await;
    let mut changes = Changes {
        sessions: sessions.to_vec(),
        inbound_group_sessions: vec![inbound],
        outbound_group_sessions: vec![outbound],
        next_batch_token: Some(format!("to-device {day}")),
        ..Changes::default()
    };
    if day == 0 {
        let own = DeviceData::from_account(account);
        changes.devices.new.push(own);
        changes.private_identity = Some(PrivateCrossSigningIdentity::empty(alice()));
    }
    crypto.save_changes(changes).await.unwrap();
    let users = [(alice(), day.is_multiple_of(2)), (bob(), true)];
    crypto.save_tracked_users(&users).await.unwrap();
    for number in 0..20 {
        let value = format!("place {number} of day {day}").into_bytes();
        let name = format!("place {number}");
        crypto.set_custom_value(&name, value).await.unwrap();
    }
    stores.values().set("theme", &day).await.unwrap();
    write_what_is_unsent(stores, day).await;
}

async fn write_what_is_unsent(stores: &Stores, day: u64) {
    let state = stores.state_store();
    let now = MilliSecondsSinceUnixEpoch(5_u32.into());
    let kind = QueuedRequestKind::Redaction {
        redacts: read_event().to_owned(),
        reason: Some(format!("the reason of day {day}")),
    };
    let transaction = format!("transaction {day}");
    state
        .save_send_queue_request(cabinet(), transaction.clone().into(), now, kind, 0)
        .await
        .unwrap();
    let own = ChildTransactionId::from(format!("child {day}"));
    let kind = DependentQueuedRequestKind::ReactEvent {
        key: "👍".to_owned(),
    };
    state
        .save_dependent_queued_request(cabinet(), transaction.as_str().into(), own, now, kind)
        .await
        .unwrap();
    let draft = ComposerDraft {
        plain_text: format!("not yet sent on day {day}"),
        html_text: None,
        draft_type: ComposerDraftType::NewMessage,
        attachments: Vec::new(),
    };
    let key = StateStoreDataKey::ComposerDraft(cabinet(), None);
    let draft = StateStoreDataValue::ComposerDraft(draft);
    state.set_kv_data(key, draft).await.unwrap();
}

async fn use_history(stores: &Stores, day: u64) {
    let state = stores.state_store();
    state.save_changes(&changes(day)).await.unwrap();
    for number in 0..20_u8 {
        // Some of them too large for a page of the engine.
        let length = if number % 7 == 3 { 150_000 } else { 60 };
        let value = vec![number ^ u8::try_from(day).unwrap(); length];
        state.set_custom_value(&[number], value).await.unwrap();
    }
    for number in 0..ROOMS {
        use_events(stores, &room(number), day).await;
    }
    let media = stores.media_store();
    for number in 0..4 {
        let content = format!("picture {number} of day {day}").into_bytes();
        let policy = IgnoreMediaRetentionPolicy::No;
        media
            .add_media_content(&picture(number), content, policy)
            .await
            .unwrap();
    }
}

fn changes(day: u64) -> StateChanges {
    let mut changes = StateChanges::new(format!("sync {day}"));
    for number in 0..ROOMS {
        let state = if (number + day).is_multiple_of(2) {
            RoomState::Joined
        } else {
            RoomState::Left
        };
        changes.add_room(RoomInfo::new(&room(number), state));
        for user in [alice(), bob()] {
            let event = json!({
                "type": "m.room.member", "state_key": user, "sender": user,
                "event_id": format!("${number}{user}{day}"), "origin_server_ts": day,
                "content": { "membership": "join", "displayname": format!("{user} {day}") },
            });
            let events = changes.state.entry(room(number)).or_default();
            let members = events.entry(StateEventType::RoomMember).or_default();
            members.insert(user.to_string(), raw::<AnySyncStateEvent>(&event));
        }
        let users = [alice().to_owned(), bob().to_owned()].into();
        let names = [(DisplayName::new(&format!("name {day}")), users)].into();
        changes.ambiguity_maps.insert(room(number), names);
    }
    let direct = json!({ "type": "m.direct", "content": { "day": day } });
    let direct = raw(&direct);
    changes.account_data.insert("m.direct".into(), direct);
    let receipt = json!({ read_event(): { "m.read": { bob(): { "ts": day } } } });
    let receipt = serde_json::from_value(receipt).unwrap();
    changes.add_receipts(cabinet(), receipt);
    changes
}

/// Each day another chunk, and the first event of the room another body.
async fn use_events(stores: &Stores, room: &RoomId, day: u64) {
    let id = ChunkIdentifier::new(day);
    let previous = day.checked_sub(1).map(ChunkIdentifier::new);
    let new = Update::NewItemsChunk {
        previous,
        new: id,
        next: None,
    };
    let events = (0..EVENTS).map(|number| message(&format!("${day}:{number}"), day));
    let push: Update<Event, Gap> = Update::PushItems {
        at: Position::new(id, 0),
        items: events.collect(),
    };
    let store = stores.event_cache_store();
    store
        .handle_linked_chunk_updates(LinkedChunkId::Room(room), vec![new, push])
        .await
        .unwrap();
    let edited = message(read_event().as_str(), day);
    store.save_event(room, edited).await.unwrap();
}

fn message(id: &str, day: u64) -> Event {
    TimelineEvent::from_plaintext(raw(&json!({
        "type": "m.room.message", "event_id": id, "sender": bob(), "origin_server_ts": day,
        "content": { "msgtype": "m.text", "body": format!("the text of {id} on day {day}") },
    })))
}

fn picture(number: u64) -> MediaRequestParameters {
    let uri = format!("mxc://interieur.example/{number}");
    MediaRequestParameters {
        source: MediaSource::Plain(uri.into()),
        format: MediaFormat::File,
    }
}

/// Writes something new, which must not fail.
pub(super) async fn write_more(stores: &Stores) {
    let crypto = stores.crypto_store();
    crypto
        .set_custom_value("new", b"value".to_vec())
        .await
        .unwrap();
    let state = stores.state_store();
    state
        .set_custom_value(b"new", b"value".to_vec())
        .await
        .unwrap();
    let mut changes = StateChanges::new("sync anew".to_owned());
    changes.add_room(RoomInfo::new(&room(77), RoomState::Joined));
    state.save_changes(&changes).await.unwrap();
    stores.flush().await.unwrap();
    let found = crypto.get_custom_value("new").await.unwrap();
    assert_eq!(found.as_deref(), Some(b"value".as_slice()));
    let found = state.get_custom_value(b"new").await.unwrap();
    assert_eq!(found.as_deref(), Some(b"value".as_slice()));
}

/// All that was written, as the stores tell it now.
pub(super) async fn read(stores: &Stores) -> Vec<Told> {
    let mut told = Vec::new();
    let mut tell = |what, kept, answer| told.push(Told { what, kept, answer });
    read_keys(stores, &mut tell).await;
    read_unsent(stores, &mut tell).await;
    read_state(stores, &mut tell).await;
    read_caches(stores, &mut tell).await;
    told
}

type Tell<'a> = dyn FnMut(&'static str, Kept, Result<String, String>) + 'a;

/// By what Debug shows.
fn shown<T: Debug, E: Debug>(read: Result<T, E>) -> Result<String, String> {
    read.map(|value| format!("{value:?}"))
        .map_err(|error| format!("{error:?}"))
}

/// By its JSON, for what Debug hides.
fn whole<T: Serialize, E: Debug>(read: Result<T, E>) -> Result<String, String> {
    read.map(|value| serde_json::to_string(&value).unwrap())
        .map_err(|error| format!("{error:?}"))
}

async fn read_keys(stores: &Stores, tell: &mut Tell<'_>) {
    let crypto = stores.crypto_store();
    let account = crypto.load_account().await;
    let sender = account.as_ref().ok().and_then(Option::as_ref);
    let sender = sender.map(|account| account.identity_keys().curve25519);
    let pickle = account.map(|account| account.map(|account| account.pickle()));
    tell("account", Kept::Twice, whole(pickle));
    let identity = crypto.load_identity().await;
    let identity = identity.map(|identity| identity.map(|identity| identity.user_id().to_owned()));
    tell("identity", Kept::Twice, shown(identity));
    let token = crypto.next_batch_token().await;
    tell("to-device position", Kept::Twice, shown(token));
    for day in 0..DAYS {
        let sessions = crypto
            .get_inbound_group_sessions_by_room_id(&room(day))
            .await;
        let sessions = sessions.map(|sessions| {
            let ids = sessions
                .iter()
                .map(|session| session.session_id().to_owned());
            ids.collect::<Vec<_>>()
        });
        tell("room keys", Kept::Twice, shown(sessions));
        // Without the account nothing is asked for.
        if sender.is_some() {
            let outbound = crypto.get_outbound_group_session(&room(day)).await;
            let id = outbound.map(|session| session.map(|session| session.session_id().to_owned()));
            tell("room key to encrypt with", Kept::Once, shown(id));
        }
    }
    let users = crypto.load_tracked_users().await.map(|users| {
        let users = users.into_iter().map(|user| (user.user_id, user.dirty));
        users.collect::<Vec<_>>()
    });
    tell("tracked users", Kept::Once, shown(users));
    for number in 0..20 {
        let value = crypto.get_custom_value(&format!("place {number}")).await;
        tell("custom value of keys", Kept::Once, shown(value));
    }
}

async fn read_unsent(stores: &Stores, tell: &mut Tell<'_>) {
    let state = stores.state_store();
    tell(
        "own value",
        Kept::Twice,
        shown(stores.values().get::<u64>("theme")),
    );
    let requests = state.load_send_queue_requests(cabinet()).await;
    let requests = requests.map(|requests| {
        let requests = requests.into_iter().map(|r| (r.transaction_id, r.kind));
        requests.collect::<Vec<_>>()
    });
    tell("unsent requests", Kept::Twice, whole(requests));
    let dependents = state.load_dependent_queued_requests(cabinet()).await;
    tell("dependent requests", Kept::Twice, whole(dependents));
    let draft = StateStoreDataKey::ComposerDraft(cabinet(), None);
    tell("draft", Kept::Twice, shown(state.get_kv_data(draft).await));
    let rooms = state.load_rooms_with_unsent_requests().await;
    tell("rooms with unsent requests", Kept::Twice, shown(rooms));
}

async fn read_state(stores: &Stores, tell: &mut Tell<'_>) {
    let state = stores.state_store();
    let infos = state.get_room_infos(&RoomLoadSettings::All).await;
    tell("room infos", Kept::Once, whole(infos));
    let token = state.get_kv_data(StateStoreDataKey::SyncToken).await;
    tell("position", Kept::Once, shown(token));
    let direct = GlobalAccountDataEventType::Direct;
    let direct = state.get_account_data_event(direct).await;
    tell("account data", Kept::Once, whole(direct));
    for number in 0..ROOMS {
        let members = state
            .get_state_events(&room(number), StateEventType::RoomMember)
            .await;
        tell("members", Kept::Once, whole(members));
        let users = state
            .get_user_ids(&room(number), RoomMemberships::all())
            .await;
        tell("people", Kept::Once, shown(users));
        let name = DisplayName::new(&format!("name {}", DAYS - 1));
        let users = state
            .get_users_with_display_name(&room(number), &name)
            .await;
        tell("names", Kept::Once, shown(users));
    }
    let (read, thread) = (ReceiptType::Read, ReceiptThread::Unthreaded);
    let receipt = state.get_user_room_receipt_event(cabinet(), read.clone(), thread.clone(), bob());
    tell("receipt", Kept::Once, shown(receipt.await));
    let receipts = state.get_event_room_receipt_events(cabinet(), read, thread, read_event());
    tell("receipts", Kept::Once, shown(receipts.await));
    for number in 0..20_u8 {
        let value = state.get_custom_value(&[number]).await;
        tell("custom value of history", Kept::Once, shown(value));
    }
}

async fn read_caches(stores: &Stores, tell: &mut Tell<'_>) {
    let store = stores.event_cache_store();
    for number in 0..ROOMS {
        let room = room(number);
        let linked = LinkedChunkId::Room(&room);
        let chunks = store.load_all_chunks(linked).await;
        tell("chunks of events", Kept::Once, shown(chunks));
        let chunks = store.load_all_chunks_metadata(linked).await;
        tell("chunks", Kept::Once, shown(chunks));
        let event = store.find_event(&room, read_event()).await;
        tell("event", Kept::Once, whole(event));
        let events = store.get_room_events(&room, None, None).await;
        tell("events", Kept::Once, whole(events));
    }
    let media = stores.media_store();
    for number in 0..4 {
        let content = media.get_media_content(&picture(number)).await;
        tell("medium", Kept::Cached, shown(content));
    }
}
