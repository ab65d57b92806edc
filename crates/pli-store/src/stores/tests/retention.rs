//! Messages that say when they end: listed as they come, removed by the list, gone from the disk.

use std::collections::BTreeSet;

use matrix_sdk_base::{
    StateStore, StateStoreDataKey, StateStoreDataValue,
    event_cache::store::EventCacheStore,
    linked_chunk::LinkedChunkId,
    ruma::{
        MilliSecondsSinceUnixEpoch, OwnedEventId, OwnedTransactionId, TransactionId,
        events::AnyMessageLikeEventContent, serde::Raw, user_id,
    },
    store::{ComposerDraft, ComposerDraftType, QueuedRequestKind, SerializableEventContent},
};
use serde_json::{Value, json};

use super::{
    erasure::{canary, in_files, in_records, key},
    expiry::{decrypted, json, message, plain, room, text, undecrypted},
    *,
};
use crate::{Due, END, Life, Redaction, is_expired};

fn ending(body: &str, end: u64) -> Value {
    json!({ "msgtype": "m.text", "body": body, END: end })
}

async fn save(stores: &Stores, id: &str, content: &Value) {
    let event = plain(&json(id, content, &json!({ "transaction_id": "mine" })));
    let store = stores.event_cache_store();
    store.save_event(room(), event).await.unwrap();
}

fn ids(due: &[Due]) -> Vec<&str> {
    due.iter().map(|due| due.event.as_str()).collect()
}

/// As whoever sweeps does.
async fn sweep(stores: &Stores, now: u64) {
    let due = stores.due_by(now, usize::MAX).unwrap();
    let events: Vec<OwnedEventId> = due.iter().map(|due| due.event.clone()).collect();
    stores.expire(room(), &events, &[]).await.unwrap();
    stores.unlist(&due).await.unwrap();
}

#[tokio::test]
async fn messages_are_listed_by_their_end() {
    let stores = Stores::in_memory().unwrap();
    let mut listed = stores.due_listed();
    save(&stores, "$late", &ending("late", 300)).await;
    save(&stores, "$early", &ending("early", 100)).await;
    save(&stores, "$endless", &text("endless")).await;
    assert!(listed.has_changed().unwrap());
    listed.mark_unchanged();
    save(&stores, "$other", &text("other")).await;
    assert!(!listed.has_changed().unwrap(), "only for those that end");

    assert_eq!(stores.next_due().unwrap(), Some(100));
    assert_eq!(ids(&stores.due_by(99, 10).unwrap()), [""; 0]);
    assert_eq!(ids(&stores.due_by(100, 10).unwrap()), ["$early"]);
    let due = stores.due_by(u64::MAX, 10).unwrap();
    assert_eq!(ids(&due), ["$early", "$late"]);
    assert_eq!(ids(&stores.due_by(u64::MAX, 1).unwrap()), ["$early"]);
    let sender = user_id!("@camille:interieur.example");
    assert_eq!(due[0].sender.as_deref(), Some(sender));
    assert!(due[0].sent_here, "it tells its transaction");
}

#[tokio::test]
async fn what_is_decrypted_late_is_listed_then() {
    let stores = Stores::in_memory().unwrap();
    let store = stores.event_cache_store();
    let save = |event| store.save_event(room(), event);
    save(undecrypted("$message")).await.unwrap();
    assert_eq!(stores.next_due().unwrap(), None);
    let content = ending("read at last", 100);
    save(decrypted(&json("$message", &content, &json!({}))))
        .await
        .unwrap();
    assert_eq!(stores.next_due().unwrap(), Some(100));
}

#[tokio::test]
async fn what_makes_no_end_is_not_listed() {
    let stores = Stores::in_memory().unwrap();
    for end in [json!("100"), json!(-1), json!(1.5), json!(null), json!({})] {
        save(&stores, "$odd", &json!({ "body": "odd", END: end })).await;
        assert_eq!(stores.next_due().unwrap(), None, "{end}");
    }
    let mut state = json("$state", &ending("state", 100), &json!({}));
    state["state_key"] = json!("");
    let store = stores.event_cache_store();
    store.save_event(room(), plain(&state)).await.unwrap();
    assert_eq!(stores.next_due().unwrap(), None, "no room works without");
}

#[tokio::test]
async fn what_expired_or_was_redacted_is_on_the_list_no_more() {
    let stores = Stores::in_memory().unwrap();
    save(&stores, "$message", &ending("a secret", 100)).await;
    save(&stores, "$redacted", &ending("another", 100)).await;
    save(&stores, "$redacted", &json!({})).await;
    assert_eq!(ids(&stores.due_by(100, 10).unwrap()), ["$message"]);
    assert!(!stores.has_expired(room(), message()).unwrap());

    sweep(&stores, 100).await;
    assert_eq!(stores.next_due().unwrap(), None);
    assert!(stores.has_expired(room(), message()).unwrap());

    // The server sends it again.
    save(&stores, "$message", &ending("a secret", 100)).await;
    assert_eq!(stores.next_due().unwrap(), None, "it is stored emptied");
    let store = stores.event_cache_store();
    let event = store.find_event(room(), message()).await.unwrap().unwrap();
    assert!(is_expired(event.raw()));
}

#[tokio::test]
async fn what_is_listed_and_not_stored_leaves_the_list_too() {
    let stores = Stores::in_memory().unwrap();
    save(&stores, "$message", &ending("a secret", 100)).await;
    let store = stores.event_cache_store();
    store.clear_all_linked_chunks().await.unwrap();
    assert_eq!(stores.next_due().unwrap(), Some(100), "its end is known");
    sweep(&stores, 100).await;
    assert_eq!(stores.next_due().unwrap(), None);
    save(&stores, "$message", &ending("a secret", 100)).await;
    assert_eq!(stores.next_due().unwrap(), None, "nor does it come back");

    save(&stores, "$last", &ending("of a room that is left", 500)).await;
    store.remove_room(room()).await.unwrap();
    assert_eq!(stores.next_due().unwrap(), None, "the room is removed");
}

#[tokio::test]
async fn what_is_too_old_is_found_by_its_time() {
    let stores = Stores::in_memory().unwrap();
    let store = stores.event_cache_store();
    for (id, time) in [("$a", 10), ("$b", 20), ("$c", 30), ("$d", 40)] {
        let mut event = json(id, &text(id), &json!({}));
        event["origin_server_ts"] = json!(time);
        store.save_event(room(), plain(&event)).await.unwrap();
    }
    let mut state = json("$state", &json!({}), &json!({}));
    state["origin_server_ts"] = json!(5);
    state["state_key"] = json!("");
    store.save_event(room(), plain(&state)).await.unwrap();
    let aged = stores.older_than(room(), 30).await.unwrap();
    assert_eq!(aged.events, ["$a", "$b"]);
    assert_eq!(aged.next, Some(30));
    stores.expire(room(), &aged.events, &[]).await.unwrap();
    let aged = stores.older_than(room(), 41).await.unwrap();
    assert_eq!(aged.events, ["$c", "$d"], "the emptied are passed over");
    assert_eq!(aged.next, None);
}

fn content(kind: &QueuedRequestKind) -> Value {
    let QueuedRequestKind::Event { content } = kind else {
        panic!("an event");
    };
    serde_json::from_str(content.raw().0.json().get()).unwrap()
}

fn request(content: &Value) -> QueuedRequestKind {
    let raw: Raw<AnyMessageLikeEventContent> = Raw::new(content).unwrap().cast_unchecked();
    QueuedRequestKind::Event {
        content: SerializableEventContent::from_raw(raw, "m.room.message".to_owned()),
    }
}

/// As the SDK does with the event of a file, once it is uploaded.
async fn queue(stores: &Stores, transaction: &TransactionId, content: &Value) {
    let store = stores.state_store();
    let now = MilliSecondsSinceUnixEpoch::now();
    store
        .save_send_queue_request(room(), transaction.to_owned(), now, request(content), 0)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_file_is_sent_with_the_end_that_was_kept_for_it() {
    let stores = Stores::in_memory().unwrap();
    let store = stores.state_store();
    let transaction: OwnedTransactionId = "file".into();
    let life = Life {
        end: 100,
        room: room().to_owned(),
        transaction: transaction.clone(),
    };
    stores.keep_life(&life).await.unwrap();
    assert_eq!(stores.unsent_lives().unwrap(), [life], "while it uploads");
    queue(&stores, &transaction, &text("report.pdf")).await;
    queue(&stores, "other".into(), &text("endless")).await;
    let queued = async || store.load_send_queue_requests(room()).await.unwrap();
    assert_eq!(content(&queued().await[0].kind)[END], json!(100));
    assert_eq!(content(&queued().await[1].kind).get(END), None);

    // Its caption is edited meanwhile.
    let edited = request(&text("edited"));
    store
        .update_send_queue_request(room(), &transaction, edited)
        .await
        .unwrap();
    assert_eq!(content(&queued().await[0].kind)[END], json!(100));
    assert_eq!(content(&queued().await[0].kind)["body"], json!("edited"));

    store
        .remove_send_queue_request(room(), &transaction)
        .await
        .unwrap();
    assert_eq!(stores.unsent_lives().unwrap(), [], "it was sent");
}

#[tokio::test]
async fn what_waits_to_be_sent_and_ends_is_told() {
    let stores = Stores::in_memory().unwrap();
    queue(&stores, "one".into(), &ending("a secret", 100)).await;
    let lives = stores.unsent_lives().unwrap();
    assert_eq!(lives.len(), 1);
    assert_eq!((lives[0].end, &*lives[0].transaction), (100, "one".into()));
    let transactions = [lives[0].transaction.clone()];
    stores.expire(room(), &[], &transactions).await.unwrap();
    assert_eq!(stores.unsent_lives().unwrap(), []);
}

#[tokio::test]
async fn a_redaction_that_was_promised_stays_so() {
    let profile = tempfile::tempdir().unwrap();
    let promised = Redaction {
        room: room().to_owned(),
        event: message().to_owned(),
        end: 100,
        sent_here: true,
        scheduled: true,
    };
    let stores = Stores::open(profile.path(), &key()).unwrap();
    stores.note_redaction(&promised).await.unwrap();
    let due = Redaction {
        scheduled: false,
        ..promised.clone()
    };
    stores.note_redaction(&due).await.unwrap();
    drop(stores);
    let stores = Stores::open(profile.path(), &key()).unwrap();
    assert_eq!(stores.redactions().unwrap(), [promised]);
    stores.end_redaction(room(), message()).await.unwrap();
    assert_eq!(stores.redactions().unwrap(), []);
}

/// How many canaries of each sort.
const MANY: usize = 12;

async fn plant(stores: &Stores) -> BTreeSet<String> {
    let mut planted = BTreeSet::new();
    let mut name = |of: &str, number| {
        let canary = canary(of, number);
        planted.insert(canary[..canary.len() - 1].to_owned());
        canary
    };
    for number in 0..MANY {
        let end = 100 + number as u64;
        // Bodies, file names, and what waits to be sent.
        save(
            stores,
            &format!("$text{number}"),
            &ending(&name("txt", number), end),
        )
        .await;
        let file = json!({
            "msgtype": "m.file", "body": "a file", "filename": name("fil", number),
            "url": "mxc://a/b", END: end,
        });
        save(stores, &format!("$file{number}"), &file).await;
        let transaction = TransactionId::new();
        queue(stores, &transaction, &ending(&name("que", number), end)).await;
    }
    let draft = ComposerDraft {
        plain_text: name("dra", 0),
        html_text: None,
        draft_type: ComposerDraftType::Edit {
            event_id: "$text0".try_into().unwrap(),
        },
        attachments: Vec::new(),
    };
    let key = StateStoreDataKey::ComposerDraft(room(), None);
    let draft = StateStoreDataValue::ComposerDraft(draft);
    stores.state_store().set_kv_data(key, draft).await.unwrap();
    stores.flush().await.unwrap();
    planted
}

#[tokio::test]
async fn what_ended_is_in_no_file_even_for_one_who_has_the_key() {
    let profile = tempfile::tempdir().unwrap();
    let directory = profile.path().join("store");
    let stores = Stores::open(&directory, &key()).unwrap();
    let planted = plant(&stores).await;
    let known = |found: BTreeSet<String>| -> BTreeSet<String> {
        let names = found.iter().map(|canary| canary.trim_end_matches('-'));
        names.map(ToOwned::to_owned).collect()
    };
    let anywhere = || {
        let found = in_files(&directory);
        known(found.into_values().flatten().collect())
    };
    assert_eq!(known(in_records(&stores).await), planted, "all are there");
    assert_eq!(
        anywhere(),
        planted,
        "and the search finds them in the files"
    );

    // Half of them end; time has not come for the rest.
    sweep(&stores, 100 + MANY as u64 / 2 - 1).await;
    let left = known(in_records(&stores).await);
    assert!(left.contains("CANARY-txt-011") && !left.contains("CANARY-txt-005"));
    sweep(&stores, 1_000).await;
    let lives = stores.unsent_lives().unwrap();
    let unsent: Vec<_> = lives.into_iter().map(|life| life.transaction).collect();
    stores.expire(room(), &[], &unsent).await.unwrap();
    assert_eq!(in_records(&stores).await, BTreeSet::new());
    let linked = LinkedChunkId::Room(room());
    let chunks = stores.event_cache_store().load_all_chunks(linked).await;
    assert!(chunks.is_ok(), "the rest is in order");

    assert!(stores.erased_since().is_some(), "within an hour");
    assert!(stores.compact_if_worth().await.unwrap());
    assert_eq!(anywhere(), BTreeSet::new());
    drop(stores);
    assert_eq!(anywhere(), BTreeSet::new());
}
