//! Saves the events of a room as they come, then loads them as a reader scrolls back to the first.

use async_trait::async_trait;
use matrix_sdk_base::{
    event_cache::Event,
    linked_chunk::{ChunkContent, LinkedChunkId},
    ruma::RoomId,
};

use crate::{
    contenders::Opened,
    content::{chunks, message, room},
    work::{Work, timed},
};

pub(crate) struct Events {
    events: Vec<Event>,
}

impl Events {
    pub(crate) fn new(count: usize) -> Self {
        let room = room(0);
        Self {
            events: (0..count).map(|number| message(&room, number)).collect(),
        }
    }
}

#[async_trait]
impl Work for Events {
    fn name(&self) -> &'static str {
        "events"
    }

    fn title(&self) -> String {
        format!("event cache: save and load {} events", self.events.len())
    }

    fn figures(&self) -> &'static [&'static str] {
        &["ms", "save", "load"]
    }

    fn is_fresh(&self) -> bool {
        true
    }

    async fn prepare(&self, _: &Opened) {}

    async fn run(&self, stores: &Opened, _: usize) -> Vec<f64> {
        let room = room(0);
        let calls = chunks(&self.events, 0);
        let ((), save) = timed(async {
            for updates in calls {
                stores
                    .events
                    .handle_linked_chunk_updates(LinkedChunkId::Room(&room), updates)
                    .await
                    .expect("saved");
            }
            stores.settle().await;
        })
        .await;
        let (loaded, load) = timed(load(stores, &room)).await;
        assert_eq!(loaded, self.events.len());
        vec![save + load, save, load]
    }
}

/// Loads a room chunk by chunk from its end; how many events there were.
pub(crate) async fn load(stores: &Opened, room: &RoomId) -> usize {
    let of = LinkedChunkId::Room(room);
    let (mut chunk, _) = stores.events.load_last_chunk(of).await.expect("loaded");
    let mut loaded = 0;
    while let Some(this) = chunk {
        if let ChunkContent::Items(events) = &this.content {
            loaded += events.len();
        }
        let before = stores.events.load_previous_chunk(of, this.identifier);
        chunk = before.await.expect("loaded");
    }
    loaded
}
