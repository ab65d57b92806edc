//! Opens a store of a hundred megabytes, and reads while ours is compacted.

use std::time::{Duration, Instant};

use matrix_sdk_base::{linked_chunk::LinkedChunkId, store::RoomLoadSettings};
use tempfile::TempDir;

use crate::{
    contenders::{Contender, Opened, disk},
    content::{chunks, message, room},
    stats::quantile,
    sync::{Sync, Volume},
    work::directory,
    works::{reads::Reader, rooms},
};

/// Stores with the same in both.
pub(crate) struct Large {
    pub(crate) sqlite: TempDir,
    pub(crate) pli: TempDir,
    rooms: usize,
    events: usize,
}

/// What opening took in each round, in milliseconds: to the end of the call, and until the rooms
/// were read too.
#[derive(Default)]
pub(crate) struct Reopened {
    pub(crate) sqlite: Vec<f64>,
    pub(crate) pli: Vec<f64>,
    pub(crate) sqlite_with_rooms: Vec<f64>,
    pub(crate) pli_with_rooms: Vec<f64>,
}

impl Large {
    /// Some 60,000 events for a hundred megabytes.
    pub(crate) async fn make(events: usize) -> Self {
        let large = Self {
            sqlite: directory(),
            pli: directory(),
            rooms: 100,
            events: events / 100,
        };
        for contender in [Contender::Sqlite, Contender::Pli] {
            let stores = Opened::open(contender, large.path(contender)).await;
            large.fill(&stores).await;
            stores.close().await;
        }
        large
    }

    fn path(&self, contender: Contender) -> &std::path::Path {
        match contender {
            Contender::Sqlite => self.sqlite.path(),
            _ => self.pli.path(),
        }
    }

    async fn fill(&self, stores: &Opened) {
        rooms::fill(stores, 1_000).await;
        let people = Volume {
            rooms: self.rooms,
            events: 0,
            members: 4,
            sessions: 100,
        };
        for turn in 0..20 {
            let sync = Sync::without_events(people, turn);
            sync.persist(stores).await;
        }
        for number in 0..self.rooms {
            let room = room(number);
            let event = |index: usize| message(&room, number * 1_000_000 + index);
            let events: Vec<_> = (0..self.events).map(event).collect();
            for updates in chunks(&events, 0) {
                stores
                    .events
                    .handle_linked_chunk_updates(LinkedChunkId::Room(&room), updates)
                    .await
                    .expect("saved");
            }
        }
    }

    pub(crate) fn bytes(&self, contender: Contender) -> u64 {
        disk(self.path(contender))
    }

    pub(crate) async fn reopen(&self, rounds: usize) -> Reopened {
        use Contender::{Pli, Sqlite};
        let mut all = Reopened::default();
        for round in 0..=rounds {
            for contender in [Sqlite, Pli, Pli, Sqlite] {
                let begun = Instant::now();
                let stores = Opened::open(contender, self.path(contender)).await;
                let opened = begun.elapsed().as_secs_f64() * 1_000.0;
                let settings = RoomLoadSettings::All;
                let infos = stores.state.get_room_infos(&settings).await;
                let with_rooms = begun.elapsed().as_secs_f64() * 1_000.0;
                assert_eq!(infos.expect("read").len(), 1_000);
                stores.close().await;
                if round == 0 {
                    continue;
                }
                if contender == Sqlite {
                    all.sqlite.push(opened);
                    all.sqlite_with_rooms.push(with_rooms);
                } else {
                    all.pli.push(opened);
                    all.pli_with_rooms.push(with_rooms);
                }
            }
        }
        all
    }

    /// The p99 of reads during each of some compactions of ours, and how long those took.
    pub(crate) async fn compact(&self, times: usize) -> (Vec<f64>, Vec<f64>) {
        let stores = Opened::open(Contender::Pli, self.pli.path()).await;
        let (mut p99, mut took) = (Vec::new(), Vec::new());
        for _ in 0..times {
            let reader = Reader::start(stores.clone(), self.rooms, self.events);
            reader.pause(false);
            let begun = Instant::now();
            if let Some(pli) = &stores.pli {
                pli.compact().await.expect("compacted");
            }
            took.push(begun.elapsed().as_secs_f64() * 1_000.0);
            p99.push(quantile(&reader.end().await, 0.99));
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        stores.close().await;
        (p99, took)
    }
}
