//! Persists a sync of a megabyte.

use async_trait::async_trait;

use super::rooms;
use crate::{
    contenders::Opened,
    sync::{Sync, Volume},
    work::Work,
};

/// What the rooms held before.
pub(crate) const BEFORE: usize = 500;

pub(crate) struct Persist {
    pub(crate) volume: Volume,
}

/// Rooms, of which those that sync brings something for have a past.
pub(crate) async fn fill(stores: &Opened, volume: Volume) {
    rooms::fill(stores, 1_000).await;
    for before in (0..BEFORE).step_by(50) {
        let past = Volume {
            events: 50,
            ..volume
        };
        Sync::new(past, before, past.rooms_with(before))
            .persist(stores)
            .await;
    }
}

#[async_trait]
impl Work for Persist {
    fn name(&self) -> &'static str {
        "sync"
    }

    fn title(&self) -> String {
        let bytes = Sync::new(self.volume, 0, self.volume.rooms_with(0)).bytes();
        format!("persist a sync of {:.2} MB, durably", bytes as f64 / 1e6)
    }

    fn figures(&self) -> &'static [&'static str] {
        &["ms", "room keys", "rooms", "events", "position"]
    }

    async fn prepare(&self, stores: &Opened) {
        fill(stores, self.volume).await;
    }

    async fn run(&self, stores: &Opened, turn: usize) -> Vec<f64> {
        let before = BEFORE + turn * self.volume.events;
        let sync = Sync::new(self.volume, turn, self.volume.rooms_with(before));
        let parts = sync.persist(stores).await;
        [parts.iter().sum()].into_iter().chain(parts).collect()
    }
}
