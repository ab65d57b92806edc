//! Random operations have the same answers from our stores as from the SDK's own in memory.
//!
//! Each operation is told by a seed, and is asked of both. What has no order is sorted. Where the
//! SDK's stores are known to differ for a good reason, the step says so and keeps clear of it.

use matrix_sdk_base::{
    event_cache::store::MemoryStore as MemoryEvents, media::store::MemoryMediaStore,
    store::MemoryStore as MemoryState,
};
use matrix_sdk_crypto::store::MemoryStore as MemoryKeys;
use pli_store::{PliMediaStore, Stores};

mod events;
mod keys;
mod media;
mod state;

use crate::{
    engines::key,
    random::{Random, count},
    shares::share_out,
};

/// So many operations are made one after another.
const FEW: usize = 100_000;

/// Operations between two closings of ours on the disk.
const DAY: u64 = 2_000;

/// The SDK's stores.
struct Peer {
    state: MemoryState,
    keys: MemoryKeys,
    events: MemoryEvents,
    media: MemoryMediaStore,
}

/// Ours. One store of media is kept: the policy belongs to it.
struct Ours {
    stores: Stores,
    media: PliMediaStore,
}

impl Ours {
    fn over(stores: Stores) -> Self {
        let media = stores.media_store();
        Self { stores, media }
    }
}

/// What operations are about.
struct Scene {
    ours: Ours,
    peer: Peer,
    pool: keys::Pool,
    shapes: events::Shapes,
}

impl Scene {
    async fn new(stores: Stores) -> Self {
        Self {
            ours: Ours::over(stores),
            peer: Peer {
                state: MemoryState::new(),
                keys: MemoryKeys::new(),
                events: MemoryEvents::new(),
                media: MemoryMediaStore::new(),
            },
            pool: keys::Pool::make().await,
            shapes: events::Shapes::default(),
        }
    }

    /// Both answers to one operation.
    async fn step(&mut self, mut random: Random) -> (String, String) {
        let (ours, peer) = (&self.ours, &self.peer);
        match random.below(10) {
            0..4 => {
                let own = state::step(&ours.stores.state_store(), random.clone()).await;
                (own, state::step(&peer.state, random).await)
            }
            4..7 => {
                let act = self.shapes.act(&mut random);
                let own = events::perform(&ours.stores.event_cache_store(), &act).await;
                if let events::Act::Duplicates(_, _, answer) = act {
                    return (own, answer);
                }
                (own, events::perform(&peer.events, &act).await)
            }
            7..9 => {
                let crypto = ours.stores.crypto_store();
                let own = keys::step(&crypto, &self.pool, random.clone()).await;
                (own, keys::step(&peer.keys, &self.pool, random).await)
            }
            _ => {
                let own = media::step(&ours.media, random.clone()).await;
                (own, media::step(&peer.media, random).await)
            }
        }
    }
}

/// Operations of a day, and of which seed.
async fn live(scene: &mut Scene, seed: u64, numbers: std::ops::Range<u64>) {
    for number in numbers {
        let operation = seed.wrapping_mul(1_000_003).wrapping_add(number);
        let (ours, peer) = scene.step(Random::seeded(operation)).await;
        assert_eq!(
            ours, peer,
            "ours, and the SDK's, at operation {number} of seed {seed}"
        );
    }
}

#[test]
fn random_operations_have_the_answers_of_the_sdk() {
    let operations = count("PLI_CRASH_OPERATIONS", 6_000);
    let seed = u64::try_from(count("PLI_CRASH_SEED", 1)).unwrap();
    let reopened: u64 = share_out(operations, FEW, |share| {
        let seed = seed.wrapping_add(2 * share.number as u64);
        let compared = compare(share.runs as u64, seed);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        runtime.unwrap().block_on(compared)
    })
    .into_iter()
    .sum();
    println!("\ndurability: model: {operations} operations, {reopened} reopenings, 0 differences");
}

/// One half on the disk, one in memory; how often the former was closed and opened.
async fn compare(operations: u64, seed: u64) -> u64 {
    let directory = tempfile::tempdir().unwrap();
    let open = || Stores::open(directory.path(), &key()).unwrap();
    let on_disk = operations / 2;
    let reopened = compare_on_disk(open, seed, on_disk).await;
    let mut in_memory = Scene::new(Stores::in_memory().unwrap()).await;
    live(&mut in_memory, seed + 1, 0..operations - on_disk).await;
    reopened
}

async fn compare_on_disk(open: impl Fn() -> Stores, seed: u64, operations: u64) -> u64 {
    let mut scene = Scene::new(open()).await;
    let (mut done, mut reopened) = (0, 0);
    while done < operations {
        let day = DAY.min(operations - done);
        live(&mut scene, seed, done..done + day).await;
        done += day;
        let Scene {
            ours,
            peer,
            pool,
            shapes,
        } = scene;
        drop(ours);
        let stores = open();
        assert_eq!(stores.healings(), []);
        reopened += 1;
        scene = Scene {
            ours: Ours::over(stores),
            peer,
            pool,
            shapes,
        };
    }
    reopened
}
