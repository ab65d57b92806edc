//! Reads while syncs are written.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use async_trait::async_trait;

use super::sync::{BEFORE, fill};
use crate::{
    contenders::Opened,
    content::{event_id, room, user},
    stats::{median, quantile, rand_less::Dice},
    sync::{Sync, Volume},
    work::Work,
};

/// Syncs written in one run.
const SYNCS: usize = 16;

pub(crate) struct Reads {
    pub(crate) volume: Volume,
}

#[async_trait]
impl Work for Reads {
    fn name(&self) -> &'static str {
        "reads"
    }

    fn title(&self) -> String {
        "read p99 while a sync is written".to_owned()
    }

    fn figures(&self) -> &'static [&'static str] {
        &["ms", "median"]
    }

    fn has_memory(&self) -> bool {
        false
    }

    async fn prepare(&self, stores: &Opened) {
        fill(stores, self.volume).await;
    }

    async fn run(&self, stores: &Opened, turn: usize) -> Vec<f64> {
        let reader = Reader::start(stores.clone(), self.volume.rooms, BEFORE);
        for sync in turn * SYNCS..(turn + 1) * SYNCS {
            let before = BEFORE + sync * self.volume.events;
            let sync = Sync::new(self.volume, sync, self.volume.rooms_with(before));
            reader.pause(false);
            sync.persist(stores).await;
            reader.pause(true);
        }
        let took = reader.end().await;
        vec![quantile(&took, 0.99), median(&took)]
    }
}

/// Reads now and then, on a thread of its own: an event by its id, a profile, a room's topic.
pub(crate) struct Reader {
    stop: Arc<AtomicBool>,
    paused: Arc<AtomicBool>,
    task: tokio::task::JoinHandle<Vec<f64>>,
}

impl Reader {
    /// Begins to read what [`fill`] put in, but pauses first.
    pub(crate) fn start(stores: Opened, rooms: usize, events: usize) -> Self {
        let (stop, paused) = (
            Arc::new(AtomicBool::new(false)),
            Arc::new(AtomicBool::new(true)),
        );
        let (stopped, pausing) = (stop.clone(), paused.clone());
        let task = tokio::spawn(async move {
            let mut took = Vec::new();
            let mut dice = Dice::new(1);
            while !stopped.load(Ordering::Acquire) {
                tokio::time::sleep(Duration::from_micros(500)).await;
                if pausing.load(Ordering::Acquire) {
                    continue;
                }
                let begun = Instant::now();
                read(&stores, &mut dice, rooms, events).await;
                took.push(begun.elapsed().as_secs_f64() * 1_000.0);
            }
            took
        });
        Self { stop, paused, task }
    }

    pub(crate) fn pause(&self, paused: bool) {
        self.paused.store(paused, Ordering::Release);
    }

    /// How long the reads took, in milliseconds.
    pub(crate) async fn end(self) -> Vec<f64> {
        self.stop.store(true, Ordering::Release);
        self.task.await.expect("the reader")
    }
}

async fn read(stores: &Opened, dice: &mut Dice, rooms: usize, events: usize) {
    let number = dice.below(rooms);
    let room = room(number);
    let event = event_id(number * 1_000_000 + dice.below(events));
    match dice.below(2) {
        0 => {
            let found = stores.events.find_event(&room, &event).await;
            assert!(found.expect("read").is_some(), "the event is there");
        }
        _ => {
            let person = user(dice.below(4));
            let profile = stores.state.get_profile(&room, &person);
            assert!(
                profile.await.expect("read").is_some(),
                "the profile is there"
            );
        }
    }
}
