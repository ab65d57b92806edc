//! Lives thirty days in the stores, and weighs what is left on the disk.

use matrix_sdk_base::{
    linked_chunk::{ChunkIdentifier, LinkedChunkId, Position, Update},
    store::RoomLoadSettings,
};
use pli_store::bench::live_bytes;

use crate::{
    contenders::{Contender, Opened, disk},
    content::{CHUNK, message, room},
    stats::rand_less::Dice,
    sync::{Sync, Volume},
    work::directory,
    works::rooms,
};

/// Rooms that are used.
const ROOMS: usize = 80;

/// All rooms.
const ALL_ROOMS: usize = 500;

const SYNCS_A_DAY: usize = 24;

const VOLUME: Volume = Volume {
    rooms: 20,
    events: 6,
    members: 1,
    sessions: 4,
};

/// Messages that are redacted, or edited, in a day.
const REPLACED_A_DAY: usize = 60;

/// What was found at the end, in bytes.
pub(crate) struct Weighed {
    /// As Pli leaves it at night. The peer is as it is: the SDK never compacts by itself.
    pub(crate) after: u64,
    /// Rewritten once more, the peer by its own `optimize`.
    pub(crate) rewritten: u64,
    /// The most at the end of any day.
    pub(crate) most: u64,
    /// JSON of the events and room infos.
    pub(crate) plain: u64,
    /// Of ours: keys and sealed values.
    pub(crate) sealed: u64,
}

/// Lives so many days. At the end of each, Pli has nothing to do for a while and compacts if it
/// is worth it.
pub(crate) async fn live(contender: Contender, days: usize) -> Weighed {
    let directory = directory();
    let stores = Opened::open(contender, directory.path()).await;
    rooms::fill(&stores, ALL_ROOMS).await;
    let mut lengths = [0; ROOMS];
    let mut most = 0;
    for day in 0..days {
        for sync in 0..SYNCS_A_DAY {
            let turn = day * SYNCS_A_DAY + sync;
            let chosen: Vec<_> = (0..VOLUME.rooms)
                .map(|room| (turn * 7 + room * 4) % ROOMS)
                .collect();
            let with_lengths = chosen.iter().map(|room| (*room, lengths[*room]));
            Sync::new(VOLUME, turn, with_lengths).persist(&stores).await;
            for room in chosen {
                lengths[room] += VOLUME.events;
            }
        }
        replace(&stores, day, &lengths).await;
        if day % 3 == 2 {
            leave(&stores, day % ROOMS).await;
            lengths[day % ROOMS] = 0;
        }
        stores.settle().await;
        most = most.max(disk(directory.path()));
        if let Some(pli) = &stores.pli {
            pli.compact_if_worth().await.expect("compacted");
        }
    }
    let plain = plain_bytes(&stores).await;
    let sealed = match &stores.pli {
        Some(pli) => live_bytes(pli).expect("read"),
        None => 0,
    };
    let after = disk(directory.path());
    match &stores.pli {
        Some(pli) => pli.compact().await.expect("compacted"),
        None => {
            stores.events.optimize().await.expect("optimised");
            stores.state.optimize().await.expect("optimised");
        }
    }
    let rewritten = disk(directory.path());
    stores.close().await;
    Weighed {
        after,
        rewritten,
        most,
        plain,
        sealed,
    }
}

/// Redactions and edits: shorter or longer events in the places of others.
async fn replace(stores: &Opened, day: usize, lengths: &[usize; ROOMS]) {
    let mut dice = Dice::new(day as u64 + 1);
    for _ in 0..REPLACED_A_DAY {
        let number = dice.below(ROOMS);
        let Some(newest) = lengths[number].checked_sub(1) else {
            continue;
        };
        let index = dice.below(newest + 1);
        let room = room(number);
        let id = ChunkIdentifier::new((index / CHUNK) as u64);
        let update = Update::ReplaceItem {
            at: Position::new(id, index % CHUNK),
            item: message(&room, number * 1_000_000 + index),
        };
        stores
            .events
            .handle_linked_chunk_updates(LinkedChunkId::Room(&room), vec![update])
            .await
            .expect("saved");
    }
}

async fn leave(stores: &Opened, number: usize) {
    let room = room(number);
    stores.events.remove_room(&room).await.expect("removed");
    stores.state.remove_room(&room).await.expect("removed");
}

async fn plain_bytes(stores: &Opened) -> u64 {
    let infos = stores.state.get_room_infos(&RoomLoadSettings::All).await;
    let infos = infos.expect("read").into_iter();
    let mut bytes: usize = infos
        .map(|info| serde_json::to_vec(&info).expect("JSON").len())
        .sum();
    for number in 0..ROOMS {
        let room = room(number);
        let events = stores.events.get_room_events(&room, None, None).await;
        let events = events.expect("read").into_iter();
        bytes += events
            .map(|event| serde_json::to_vec(&event).expect("JSON").len())
            .sum::<usize>();
    }
    bytes as u64
}
