//! The position in the server's stream, and the events that it stands for.

use std::{collections::BTreeMap, time::Duration};

use matrix_sdk_base::{
    deserialized_responses::TimelineEvent,
    event_cache::{Event, Gap, store::EventCacheStore as _},
    linked_chunk::{ChunkIdentifier as Id, LinkedChunkId, Position, Update},
    ruma::{EventId, RoomId, UserId, event_id, room_id, user_id},
    sync::{JoinedRoomUpdate, RoomUpdates},
};
use matrix_sdk_crypto::store::CryptoStore as _;
use matrix_sdk_test::event_factory::EventFactory;
use tokio::{sync::broadcast, task::JoinHandle, time::timeout};

use crate::{event_cache::PliEventCacheStore, stores::Stores};

const POSITION: &str = "sliding_sync_store::room-list::@camille:example.org::instance";

/// Long enough for a write that waits for nothing.
const A_WHILE: Duration = Duration::from_millis(300);

fn own() -> &'static UserId {
    user_id!("@camille:example.org")
}

fn room() -> &'static RoomId {
    room_id!("!salon:example.org")
}

fn message(sender: &UserId, id: &EventId) -> Event {
    let message = EventFactory::new().room(room()).sender(sender);
    TimelineEvent::from_plaintext(message.text_msg("bonjour").event_id(id).into_raw())
}

/// A store whose positions wait, and those who write to it.
struct Scene {
    stores: Stores,
    events: PliEventCacheStore,
    brings: broadcast::Sender<RoomUpdates>,
    position: JoinHandle<()>,
}

impl Scene {
    /// A sync brings events; its position is written.
    fn begin(brought: Vec<Event>, gap: Option<&str>) -> Self {
        let stores = Stores::in_memory().unwrap();
        let (brings, updates) = broadcast::channel(32);
        stores.await_arrival(own(), updates);
        let mut update = JoinedRoomUpdate::default();
        update.timeline.events = brought;
        update.timeline.limited = gap.is_some();
        update.timeline.prev_batch = gap.map(str::to_owned);
        let joined = BTreeMap::from([(room().to_owned(), update)]);
        let updates = RoomUpdates {
            joined,
            ..RoomUpdates::default()
        };
        brings.send(updates).unwrap();
        let keys = stores.crypto_store();
        let position = tokio::spawn(async move {
            let position = b"7".to_vec();
            keys.set_custom_value(POSITION, position).await.unwrap();
        });
        Self {
            events: stores.event_cache_store(),
            stores,
            brings,
            position,
        }
    }

    async fn store(&self, updates: Vec<Update<Event, Gap>>) {
        let linked_chunk = LinkedChunkId::Room(room());
        let stored = self
            .events
            .handle_linked_chunk_updates(linked_chunk, updates);
        stored.await.unwrap();
    }

    async fn store_events(&self, events: Vec<Event>) {
        let new = Update::NewItemsChunk {
            previous: None,
            new: Id::new(0),
            next: None,
        };
        let at = Position::new(Id::new(0), 0);
        self.store(vec![new, Update::PushItems { at, items: events }])
            .await;
    }

    async fn position(&self) -> Option<Vec<u8>> {
        let keys = self.stores.crypto_store();
        keys.get_custom_value(POSITION).await.unwrap()
    }

    async fn assert_waits(&mut self, why: &str) {
        let written = timeout(A_WHILE, &mut self.position).await;
        assert!(written.is_err(), "{why}");
        assert_eq!(self.position().await, None, "{why}");
    }

    async fn assert_written(mut self, why: &str) {
        let written = timeout(Duration::from_secs(10), &mut self.position).await;
        written.expect(why).unwrap();
        assert_eq!(self.position().await, Some(b"7".to_vec()), "{why}");
        drop(self.brings);
    }
}

#[tokio::test]
async fn a_position_is_written_once_all_events_before_it_are_stored() {
    let sender = user_id!("@dominique:example.org");
    let events = [event_id!("$1"), event_id!("$2")].map(|id| message(sender, id));
    let mut scene = Scene::begin(events.to_vec(), None);

    scene.assert_waits("nothing is stored").await;
    scene.store_events(events[1..].to_vec()).await;
    scene.assert_waits("the first event is not").await;

    let at = Position::new(Id::new(0), 1);
    let items = events[..1].to_vec();
    scene.store(vec![Update::PushItems { at, items }]).await;
    scene.assert_written("both events are").await;
}

#[tokio::test]
async fn an_event_that_is_found_by_its_id_alone_is_not_in_its_room_yet() {
    let event = message(user_id!("@dominique:example.org"), event_id!("$1"));
    let mut scene = Scene::begin(vec![event.clone()], None);

    let saved = scene.events.save_event(room(), event.clone());
    saved.await.unwrap();
    scene.assert_waits("it was only saved").await;

    scene.store_events(vec![event]).await;
    scene.assert_written("it is in the room").await;
}

#[tokio::test]
async fn the_gap_before_the_users_own_events_is_awaited_too() {
    let sent = message(own(), event_id!("$sent"));
    let mut scene = Scene::begin(vec![sent.clone()], Some("token"));

    scene.store_events(vec![sent]).await;
    scene
        .assert_waits("it may be that the send queue stored it")
        .await;

    let gap = Gap {
        token: "token".to_owned(),
    };
    let new = Update::NewGapChunk {
        previous: Some(Id::new(0)),
        new: Id::new(1),
        next: None,
        gap,
    };
    scene
        .store(vec![new, Update::RemoveChunk(Id::new(1))])
        .await;
    scene
        .assert_written("it was, even if it is filled by now")
        .await;
}

#[tokio::test]
async fn what_is_forgotten_on_purpose_is_not_awaited() {
    let event = message(user_id!("@dominique:example.org"), event_id!("$1"));
    let mut scene = Scene::begin(vec![event], None);

    scene.assert_waits("it is not stored").await;
    scene.events.clear_all_linked_chunks().await.unwrap();
    scene.assert_written("it never will be").await;
}

#[tokio::test]
async fn the_end_of_an_account_is_not_kept_waiting() {
    let event = message(user_id!("@dominique:example.org"), event_id!("$1"));
    let mut scene = Scene::begin(vec![event], None);

    scene.assert_waits("the event is not stored").await;
    scene.stores.end_waiting();
    let ended = timeout(Duration::from_secs(2), &mut scene.position).await;
    let refused = ended.expect("nobody waits any more");
    assert!(refused.is_err(), "the position is refused");
    assert_eq!(scene.position().await, None);
}

#[tokio::test]
async fn what_never_comes_is_not_awaited_for_ever() {
    let event = message(user_id!("@dominique:example.org"), event_id!("$1"));
    let scene = Scene::begin(vec![event], None);
    scene.assert_written("the SDK failed to store it").await;
}
