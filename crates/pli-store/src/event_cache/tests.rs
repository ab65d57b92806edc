//! What of a room is left in the database, and what is found of it.

use std::{collections::BTreeSet, ops::ControlFlow};

use matrix_sdk_base::{
    deserialized_responses::{TimelineEvent, UnableToDecryptInfo, UnableToDecryptReason},
    event_cache::{Event, Gap, store::EventCacheStore},
    linked_chunk::{
        ChunkContent, ChunkIdentifier as Id, LinkedChunkId, Position, RawChunk, Update,
    },
    ruma::{EventId, RoomId, event_id, room_id, user_id},
};
use matrix_sdk_test::event_factory::EventFactory;

use super::PliEventCacheStore;
use crate::{
    engine::{Direction, KeyRange},
    stores::Stores,
    tree::Tree,
};

fn room() -> &'static RoomId {
    room_id!("!salon:example.org")
}

fn factory() -> EventFactory {
    EventFactory::new()
        .room(room())
        .sender(user_id!("@camille:example.org"))
}

fn message(id: &EventId, body: &str) -> Event {
    TimelineEvent::from_plaintext(factory().text_msg(body).event_id(id).into_raw())
}

fn reaction(id: &EventId, to: &EventId) -> Event {
    TimelineEvent::from_plaintext(factory().reaction(to, "👍").event_id(id).into_raw())
}

fn undecrypted(id: &EventId, session: &str) -> Event {
    let event = factory().encrypted("", "key", "DEVICE", session);
    let reason = UnableToDecryptReason::MissingMegolmSession {
        withheld_code: None,
    };
    let session_id = Some(session.to_owned());
    let info = UnableToDecryptInfo { session_id, reason };
    TimelineEvent::from_utd(event.event_id(id).into_raw(), info)
}

fn first_chunk() -> Update<Event, Gap> {
    chunk_after(None, 0)
}

fn chunk_after(previous: Option<u64>, new: u64) -> Update<Event, Gap> {
    Update::NewItemsChunk {
        previous: previous.map(Id::new),
        new: Id::new(new),
        next: None,
    }
}

fn push(chunk: u64, index: usize, items: Vec<Event>) -> Update<Event, Gap> {
    let at = Position::new(Id::new(chunk), index);
    Update::PushItems { at, items }
}

async fn update(
    store: &PliEventCacheStore,
    id: LinkedChunkId<'_>,
    updates: Vec<Update<Event, Gap>>,
) {
    store
        .handle_linked_chunk_updates(id, updates)
        .await
        .unwrap();
}

fn keys(tree: &Tree) -> BTreeSet<Vec<u8>> {
    let mut keys = BTreeSet::new();
    let everything = KeyRange {
        start: vec![crate::key::domain::FIRST_OF_STORES],
        end: None,
    };
    tree.engine()
        .scan(&everything, Direction::Forward, &mut |key, _| {
            keys.insert(key.to_vec());
            ControlFlow::Continue(())
        })
        .unwrap();
    keys
}

fn ids(chunk: &RawChunk<Event, Gap>) -> Vec<String> {
    match &chunk.content {
        ChunkContent::Items(events) => events
            .iter()
            .map(|event| event.event_id().unwrap().to_string())
            .collect(),
        ChunkContent::Gap(_) => Vec::new(),
    }
}

/// A room with messages, a reaction, an undecrypted event, a thread, pinned events, a gap, and an
/// event outside all of them.
async fn fill(store: &PliEventCacheStore, room: &RoomId) {
    let root = event_id!("$root");
    let gap = Update::NewGapChunk {
        previous: Some(Id::new(0)),
        new: Id::new(1),
        next: None,
        gap: Gap {
            token: "earlier".to_owned(),
        },
    };
    let events = vec![
        message(root, "a root"),
        reaction(event_id!("$reaction"), root),
        undecrypted(event_id!("$secret"), "session"),
    ];
    update(
        store,
        LinkedChunkId::Room(room),
        vec![first_chunk(), push(0, 0, events), gap],
    )
    .await;
    for id in [
        LinkedChunkId::Thread(room, root),
        LinkedChunkId::PinnedEvents(room),
        LinkedChunkId::EventFocused(room, root),
    ] {
        let events = vec![message(event_id!("$reply"), "a reply")];
        update(store, id, vec![first_chunk(), push(0, 0, events)]).await;
    }
    store
        .save_event(room, message(event_id!("$beside"), "found by a search"))
        .await
        .unwrap();
}

#[tokio::test]
async fn removing_a_room_leaves_no_record_of_it_and_all_of_the_others() {
    let stores = Stores::in_memory().unwrap();
    let store = stores.event_cache_store();
    fill(&store, room_id!("!other:example.org")).await;
    let before = keys(&store.history);
    fill(&store, room()).await;
    let with_room = keys(&store.history);
    assert!(
        with_room.len() >= 2 * before.len(),
        "the second room must have as many records as the first"
    );

    store.remove_room(room()).await.unwrap();

    assert_eq!(keys(&store.history), before, "only the room's records go");
}

#[tokio::test]
async fn clearing_everything_is_at_once_and_leaves_no_record_in_the_end() {
    let stores = Stores::in_memory().unwrap();
    let store = stores.event_cache_store();
    for number in 0..60 {
        let room = RoomId::parse(format!("!{number}:example.org")).unwrap();
        fill(&store, &room).await;
    }
    let before = keys(&store.history);

    store.clear_all_linked_chunks().await.unwrap();

    let id = LinkedChunkId::Room(room_id!("!7:example.org"));
    assert!(store.load_all_chunks(id).await.unwrap().is_empty());
    let root = event_id!("$root");
    let events = store.get_room_events(room_id!("!7:example.org"), None, None);
    assert!(events.await.unwrap().is_empty());

    // The same events, as the server gives them again.
    for _ in 0..20 {
        fill(&store, room()).await;
        store.remove_room(room()).await.unwrap();
        fill(&store, room_id!("!7:example.org")).await;
        let updates = vec![Update::Clear];
        update(&store, id, updates).await;
    }
    fill(&store, room_id!("!7:example.org")).await;
    assert!(
        keys(&store.history).is_disjoint(&before),
        "nothing of before is left"
    );
    assert_eq!(store.load_all_chunks(id).await.unwrap().len(), 2);
    let relations = store.find_event_relations(room_id!("!7:example.org"), root, None);
    assert_eq!(
        relations.await.unwrap().len(),
        1,
        "and all of after is there"
    );
}

#[tokio::test]
async fn a_room_is_removed_with_what_was_forgotten_of_it() {
    let stores = Stores::in_memory().unwrap();
    let store = stores.event_cache_store();
    fill(&store, room()).await;
    let before = keys(&store.history);
    store.clear_all_linked_chunks().await.unwrap();
    assert!(
        !keys(&store.history).is_disjoint(&before),
        "it is not swept yet"
    );

    store.remove_room(room()).await.unwrap();

    assert!(keys(&store.history).is_disjoint(&before));
}

#[tokio::test]
async fn updates_of_which_one_fails_change_nothing() {
    let stores = Stores::in_memory().unwrap();
    let store = stores.event_cache_store();
    fill(&store, room()).await;
    let before = keys(&store.history);

    let updates = vec![
        chunk_after(Some(1), 2),
        push(2, 0, vec![message(event_id!("$new"), "new")]),
        chunk_after(Some(77), 3),
    ];
    let result = store
        .handle_linked_chunk_updates(LinkedChunkId::Room(room()), updates)
        .await;

    assert!(result.is_err(), "chunk 77 is unknown");
    assert_eq!(
        keys(&store.history),
        before,
        "the updates before it are not kept"
    );
    let (last, _) = store
        .load_last_chunk(LinkedChunkId::Room(room()))
        .await
        .unwrap();
    assert_eq!(
        last.unwrap().identifier,
        Id::new(1),
        "nor is the link to it"
    );
}

#[tokio::test]
async fn an_event_that_was_moved_is_known_only_where_it_is() {
    let stores = Stores::in_memory().unwrap();
    let store = stores.event_cache_store();
    let id = LinkedChunkId::Room(room());
    let [one, two, three] = [event_id!("$one"), event_id!("$two"), event_id!("$three")];
    let events = [one, two, three].map(|id| message(id, "text"));
    update(&store, id, vec![first_chunk(), push(0, 0, events.to_vec())]).await;

    // As the SDK does with an event that comes once more.
    let moved = message(one, "text");
    let at = Position::new(Id::new(0), 0);
    let updates = vec![
        Update::RemoveItem { at },
        chunk_after(Some(0), 1),
        push(1, 0, vec![moved]),
    ];
    update(&store, id, updates).await;

    let found = store
        .filter_duplicated_events(id, vec![one.to_owned(), three.to_owned()])
        .await
        .unwrap();
    assert_eq!(
        found,
        [
            (three.to_owned(), Position::new(Id::new(0), 1)),
            (one.to_owned(), Position::new(Id::new(1), 0)),
        ],
        "positions count from what is before"
    );
    update(&store, id, vec![Update::RemoveChunk(Id::new(1))]).await;
    let found = store
        .filter_duplicated_events(id, vec![one.to_owned()])
        .await;
    assert_eq!(found.unwrap(), [], "its chunk is gone");
    assert!(
        store.find_event(room(), one).await.unwrap().is_some(),
        "but the SDK still finds the event"
    );
}

#[tokio::test]
async fn what_points_to_an_event_follows_what_becomes_of_it() {
    let stores = Stores::in_memory().unwrap();
    let store = stores.event_cache_store();
    let [target, id] = [event_id!("$target"), event_id!("$event")];
    store
        .save_event(room(), undecrypted(id, "first"))
        .await
        .unwrap();
    let of_session = async |session: &'static str| {
        let events = store.get_room_events(room(), None, Some(session)).await;
        events.unwrap().len()
    };
    assert_eq!(of_session("first").await, 1);

    store
        .save_event(room(), undecrypted(id, "second"))
        .await
        .unwrap();
    assert_eq!(of_session("first").await, 0, "it is of another session now");
    assert_eq!(of_session("second").await, 1);

    store
        .save_event(room(), reaction(id, target))
        .await
        .unwrap();
    assert_eq!(of_session("second").await, 0, "it is of no session now");
    let relations = async || {
        let found = store.find_event_relations(room(), target, None).await;
        found.unwrap().len()
    };
    assert_eq!(relations().await, 1);

    store
        .save_event(room(), message(id, "redacted"))
        .await
        .unwrap();
    assert_eq!(relations().await, 0, "it relates to nothing now");
    let all = store.get_room_events(room(), None, None).await.unwrap();
    assert_eq!(all.len(), 1, "it was one event all the time");
}

#[tokio::test]
async fn only_the_chunk_asked_for_is_read() {
    let stores = Stores::in_memory().unwrap();
    let store = stores.event_cache_store();
    let id = LinkedChunkId::Room(room());
    let [one, two] = [event_id!("$one"), event_id!("$two")];
    let updates = vec![
        first_chunk(),
        push(0, 0, vec![message(one, "earlier")]),
        chunk_after(Some(0), 1),
        push(1, 0, vec![message(two, "later")]),
    ];
    update(&store, id, updates).await;
    damage_event(&store, one).await;

    let (last, numbers) = store.load_last_chunk(id).await.unwrap();
    assert_eq!(
        ids(&last.unwrap()),
        ["$two"],
        "the earlier chunk was not read"
    );
    assert_eq!(numbers.current(), 1);
    assert!(
        store.load_previous_chunk(id, Id::new(1)).await.is_err(),
        "a chunk that lost an event must not be handed out with wrong positions"
    );

    // What the SDK does then heals it.
    let updates = vec![
        Update::Clear,
        first_chunk(),
        push(0, 0, vec![message(one, "earlier, from the server")]),
    ];
    update(&store, id, updates).await;
    assert_eq!(store.load_all_chunks(id).await.unwrap().len(), 1);
}

async fn damage_event(store: &PliEventCacheStore, id: &EventId) {
    let hash = super::writing::hash(&store.history, id);
    let events = store.room(room()).unwrap().at(super::records::EVENTS);
    let key = events.keys().unwrap();
    let key = key.into_iter().find(|key| key.ends_with(hash.as_slice()));
    let mut value = store.history.engine().get(key.as_ref().unwrap()).unwrap();
    value.as_mut().unwrap()[30] ^= 1;
    store
        .history
        .engine()
        .apply(&[(key.unwrap(), value)])
        .unwrap();
}
