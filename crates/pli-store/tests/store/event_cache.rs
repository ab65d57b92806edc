//! Events on the disk: large ones, and after closing.

use matrix_sdk_base::{
    deserialized_responses::TimelineEvent,
    event_cache::{Event, store::EventCacheStore},
    linked_chunk::{ChunkContent, ChunkIdentifier as Id, LinkedChunkId, Position, Update},
    ruma::{EventId, room_id, user_id},
};
use matrix_sdk_test::event_factory::EventFactory;

use crate::engines;

fn message(number: usize, body: &str) -> Event {
    let event = EventFactory::new()
        .text_msg(body)
        .event_id(&EventId::parse(format!("$event{number}")).unwrap())
        .room(room_id!("!salon:example.org"))
        .sender(user_id!("@camille:example.org"));
    TimelineEvent::from_plaintext(event.into_raw())
}

/// Chunks of 128 events each, linked one after another.
fn chunks(count: usize, body: &str) -> Vec<Update<Event, matrix_sdk_base::event_cache::Gap>> {
    let new_chunk = |number: usize| Update::NewItemsChunk {
        previous: number.checked_sub(1).map(|number| Id::new(number as u64)),
        new: Id::new(number as u64),
        next: None,
    };
    let items = |chunk: usize| (0..128).map(|n| message(128 * chunk + n, body)).collect();
    let push = |chunk: usize| Update::PushItems {
        at: Position::new(Id::new(chunk as u64), 0),
        items: items(chunk),
    };
    (0..count)
        .flat_map(|chunk| [new_chunk(chunk), push(chunk)])
        .collect()
}

#[tokio::test]
async fn an_event_of_200_kb_is_read_again_as_it_was() {
    let body = "x".repeat(200_000);
    let room = room_id!("!salon:example.org");
    let store = engines::on_disk_named("large", true).event_cache_store();
    store.save_event(room, message(1, &body)).await.unwrap();
    // Larger by far than what the engine likes to take at once.
    let updates = chunks(1, &"y".repeat(10_000));
    let linked_chunk = LinkedChunkId::Room(room);
    store
        .handle_linked_chunk_updates(linked_chunk, updates)
        .await
        .unwrap();
    drop(store);

    let store = engines::on_disk_named("large", false).event_cache_store();
    let events = store.get_room_events(room, None, None).await.unwrap();
    assert_eq!(
        events.len(),
        128,
        "event 1 was replaced by that of the chunk"
    );
    store.save_event(room, message(500, &body)).await.unwrap();
    let id = EventId::parse("$event500").unwrap();
    let event = store.find_event(room, &id).await.unwrap().unwrap();
    assert!(event.raw().json().get().contains(&body));
}

#[tokio::test]
async fn a_room_that_was_closed_is_paged_through_as_it_was_left() {
    let room = room_id!("!salon:example.org");
    let linked_chunk = LinkedChunkId::Room(room);
    let store = engines::on_disk_named("paged", true).event_cache_store();
    let updates = chunks(5, "bonjour");
    store
        .handle_linked_chunk_updates(linked_chunk, updates)
        .await
        .unwrap();
    drop(store);

    let store = engines::on_disk_named("paged", false).event_cache_store();
    let (last, numbers) = store.load_last_chunk(linked_chunk).await.unwrap();
    assert_eq!(
        numbers.current(),
        4,
        "new chunks are numbered after the last"
    );
    let (mut chunk, mut number) = (last, 5 * 128);
    while let Some(loaded) = chunk {
        let ChunkContent::Items(events) = &loaded.content else {
            panic!("there is no gap");
        };
        for event in events.iter().rev() {
            number -= 1;
            let id = event.event_id().unwrap();
            assert_eq!(id.as_str(), format!("$event{number}"), "in their order");
        }
        let before = store.load_previous_chunk(linked_chunk, loaded.identifier);
        chunk = before.await.unwrap();
    }
    assert_eq!(number, 0, "down to the first event");
    let metadata = store.load_all_chunks_metadata(linked_chunk).await.unwrap();
    assert!(metadata.iter().all(|chunk| chunk.num_items == 128));
}
