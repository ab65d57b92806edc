//! Operations on rooms, the account, and what waits to be sent.

use matrix_sdk_base::{
    RoomInfo, RoomMemberships, RoomState, StateChanges, StateStore, StateStoreDataKey,
    StateStoreDataValue,
    ruma::{
        EventId, MilliSecondsSinceUnixEpoch, OwnedRoomId, RoomId,
        events::{
            StateEventType,
            receipt::{ReceiptThread, ReceiptType},
        },
        serde::Raw,
    },
    store::{
        ChildTransactionId, DependentQueuedRequestKind, QueuedRequestKind, RoomLoadSettings,
        StoredThreadSubscription, ThreadSubscriptionStatus,
    },
};
use serde_json::{Value, json};

use crate::random::Random;

fn raw<T>(event: &Value) -> Raw<T> {
    Raw::new(event).unwrap().cast_unchecked()
}

fn room(random: &mut Random) -> OwnedRoomId {
    RoomId::parse(format!("!{}:example.org", random.below(4))).unwrap()
}

/// Asks one thing of a store.
pub(super) async fn step(store: &impl StateStore, mut random: Random) -> String {
    match random.below(10) {
        0..3 => write(store, random).await,
        3..6 => read(store, random).await,
        6..9 => queue(store, random).await,
        _ => threads(store, random).await,
    }
}

async fn write(store: &impl StateStore, mut random: Random) -> String {
    let room = room(&mut random);
    match random.below(12) {
        0 => format!("{:?}", store.remove_room(&room).await.is_ok()),
        1..3 => {
            let value = random.next().to_be_bytes().to_vec();
            let name = [u8::try_from(random.below(9)).unwrap()];
            format!("{:?}", store.set_custom_value(&name, value).await.unwrap())
        }
        3 => {
            let name = [u8::try_from(random.below(9)).unwrap()];
            format!("{:?}", store.remove_custom_value(&name).await.unwrap())
        }
        4 => {
            let name = random.below(5).to_string();
            let value = StateStoreDataValue::Filter(random.next().to_string());
            let set = store.set_kv_data(StateStoreDataKey::Filter(&name), value);
            format!("{:?}", set.await.is_ok())
        }
        5 => {
            let name = random.below(5).to_string();
            let removed = store.remove_kv_data(StateStoreDataKey::Filter(&name));
            format!("{:?}", removed.await.is_ok())
        }
        _ => format!(
            "{:?}",
            store
                .save_changes(&changes(&room, &mut random))
                .await
                .is_ok()
        ),
    }
}

fn changes(room: &RoomId, random: &mut Random) -> StateChanges {
    let mut changes = StateChanges::default();
    if random.once_in(3) {
        let state = *random.one_of(&[RoomState::Joined, RoomState::Left, RoomState::Invited]);
        changes.add_room(RoomInfo::new(room, state));
    }
    for _ in 0..random.below(4) {
        let (kind, key) = match random.below(3) {
            0 => ("m.room.topic", String::new()),
            1 => ("m.room.name", String::new()),
            _ => ("m.room.member", format!("@{}:example.org", random.below(6))),
        };
        let membership = *random.one_of(&["join", "leave", "invite"]);
        let event = json!({
            "type": kind, "state_key": key, "event_id": format!("${}", random.next()),
            "sender": "@alice:example.org", "origin_server_ts": 1,
            "content": { "topic": "t", "name": "n", "membership": membership },
        });
        let events = changes.state.entry(room.to_owned()).or_default();
        let events = events.entry(kind.into()).or_default();
        events.insert(key, raw(&event));
    }
    if random.once_in(3) {
        let user = format!("@{}:example.org", random.below(4));
        let event = format!("${}", random.below(5));
        let receipt = json!({ event: { "m.read": { user: { "ts": random.below(100) } } } });
        changes.add_receipts(room, serde_json::from_value(receipt).unwrap());
    }
    if random.once_in(4) {
        changes.sync_token = Some(random.next().to_string());
    }
    changes
}

async fn read(store: &impl StateStore, mut random: Random) -> String {
    let room = room(&mut random);
    match random.below(8) {
        0 => {
            let infos = store.get_room_infos(&RoomLoadSettings::All).await.unwrap();
            sorted(
                infos
                    .iter()
                    .map(|info| serde_json::to_string(info).unwrap()),
            )
        }
        1 => {
            let kind = random
                .one_of(&[StateEventType::RoomTopic, StateEventType::RoomMember])
                .clone();
            let events = store.get_state_events(&room, kind).await.unwrap();
            sorted(
                events
                    .iter()
                    .map(|event| serde_json::to_string(event).unwrap()),
            )
        }
        2 => {
            let memberships = *random.one_of(&[
                RoomMemberships::JOIN,
                RoomMemberships::INVITE,
                RoomMemberships::empty(),
            ]);
            let users = store.get_user_ids(&room, memberships).await.unwrap();
            sorted(users.iter().map(ToString::to_string))
        }
        3 => {
            let name = [u8::try_from(random.below(9)).unwrap()];
            format!("{:?}", store.get_custom_value(&name).await.unwrap())
        }
        4 => {
            let name = random.below(5).to_string();
            let value = store.get_kv_data(StateStoreDataKey::Filter(&name)).await;
            format!("{:?}", value.unwrap())
        }
        5 => {
            let token = store.get_kv_data(StateStoreDataKey::SyncToken).await;
            format!("{:?}", token.unwrap())
        }
        6 => {
            let user = format!("@{}:example.org", random.below(4));
            let user = user.as_str().try_into().unwrap();
            let (read, thread) = (ReceiptType::Read, ReceiptThread::Unthreaded);
            let found = store.get_user_room_receipt_event(&room, read, thread, user);
            format!("{:?}", found.await.unwrap())
        }
        _ => {
            let event = EventId::parse(format!("${}", random.below(5))).unwrap();
            let (read, thread) = (ReceiptType::Read, ReceiptThread::Unthreaded);
            let found = store.get_event_room_receipt_events(&room, read, thread, &event);
            let found = found.await.unwrap();
            sorted(found.iter().map(|receipt| format!("{receipt:?}")))
        }
    }
}

#[allow(clippy::too_many_lines, reason = "a branch for each operation")]
async fn queue(store: &impl StateStore, mut random: Random) -> String {
    let room = room(&mut random);
    let transaction = random.below(12).to_string();
    let now = MilliSecondsSinceUnixEpoch(5_u32.into());
    let kind = QueuedRequestKind::Redaction {
        redacts: EventId::parse(format!("${}", random.next())).unwrap(),
        reason: None,
    };
    let own = ChildTransactionId::from(transaction.clone());
    let reaction = DependentQueuedRequestKind::ReactEvent {
        key: random.next().to_string(),
    };
    match random.below(10) {
        0 | 1 => {
            // A transaction has one request: the SDK draws a new one for each.
            let known = store.load_send_queue_requests(&room).await.unwrap();
            if known
                .iter()
                .any(|known| known.transaction_id == *transaction)
            {
                return String::new();
            }
            let priority = usize::try_from(random.below(3)).unwrap();
            store
                .save_send_queue_request(&room, transaction.into(), now, kind, priority)
                .await
                .unwrap();
            String::new()
        }
        2 => {
            let updated = store.update_send_queue_request(&room, transaction.as_str().into(), kind);
            format!("{:?}", updated.await.unwrap())
        }
        3 => {
            let removed = store.remove_send_queue_request(&room, transaction.as_str().into());
            format!("{:?}", removed.await.unwrap())
        }
        4..6 => {
            let requests = store.load_send_queue_requests(&room).await.unwrap();
            let requests = requests.iter().map(|request| {
                let kind = serde_json::to_string(&request.kind).unwrap();
                format!("{} {kind} {}", request.transaction_id, request.priority)
            });
            format!("{:?}", requests.collect::<Vec<_>>())
        }
        6 => {
            let known = store.load_dependent_queued_requests(&room).await.unwrap();
            if known.iter().any(|known| known.own_transaction_id == own) {
                return String::new();
            }
            let parent = random.below(12).to_string();
            store
                .save_dependent_queued_request(&room, parent.as_str().into(), own, now, reaction)
                .await
                .unwrap();
            String::new()
        }
        7 => {
            let updated = store.update_dependent_queued_request(&room, &own, reaction);
            format!("{:?}", updated.await.unwrap())
        }
        8 => {
            let removed = store.remove_dependent_queued_request(&room, &own);
            format!("{:?}", removed.await.unwrap())
        }
        _ => {
            let requests = store.load_dependent_queued_requests(&room).await.unwrap();
            serde_json::to_string(&requests).unwrap()
        }
    }
}

async fn threads(store: &impl StateStore, mut random: Random) -> String {
    let room = room(&mut random);
    let thread = EventId::parse(format!("${}", random.below(4))).unwrap();
    match random.below(5) {
        0 | 1 => {
            let automatic = random.once_in(2);
            let subscription = StoredThreadSubscription {
                status: if random.once_in(3) {
                    ThreadSubscriptionStatus::Unsubscribed
                } else {
                    ThreadSubscriptionStatus::Subscribed { automatic }
                },
                bump_stamp: random.once_in(2).then(|| random.below(9)),
            };
            let updates = vec![(&*room, &*thread, subscription)];
            format!(
                "{:?}",
                store.upsert_thread_subscriptions(updates).await.is_ok()
            )
        }
        2 => {
            let removed = store.remove_thread_subscription(&room, &thread).await;
            format!("{:?}", removed.is_ok())
        }
        _ => format!(
            "{:?}",
            store
                .load_thread_subscription(&room, &thread)
                .await
                .unwrap()
        ),
    }
}

fn sorted(items: impl Iterator<Item = String>) -> String {
    let mut items: Vec<_> = items.collect();
    items.sort();
    format!("{items:?}")
}
