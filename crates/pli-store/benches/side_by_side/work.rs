//! A work that the contenders do in turns.

use async_trait::async_trait;
use tempfile::TempDir;

use crate::{
    clock::Clock,
    contenders::{Contender, Opened},
};

/// What is done, and measured.
#[async_trait]
pub(crate) trait Work: Sync {
    /// For the command line.
    fn name(&self) -> &'static str;

    /// For the table.
    fn title(&self) -> String;

    /// What each figure of a run is of; the first one is judged.
    fn figures(&self) -> &'static [&'static str] {
        &["ms"]
    }

    /// Whether the SDK's memory stores take part.
    fn has_memory(&self) -> bool {
        true
    }

    /// Whether each run begins with a store in which nothing was run before.
    fn is_fresh(&self) -> bool {
        false
    }

    /// Puts into new stores what is there before the work.
    async fn prepare(&self, stores: &Opened);

    /// Does the work for the `turn`-th time on these stores.
    async fn run(&self, stores: &Opened, turn: usize) -> Vec<f64>;
}

/// One contender's stores, between two turns.
pub(crate) struct Place {
    contender: Contender,
    directory: TempDir,
    /// What is in memory is gone once it is closed.
    kept: Option<Opened>,
    turns: usize,
}

impl Place {
    pub(crate) async fn prepare(contender: Contender, work: &dyn Work) -> Self {
        let directory = directory();
        let stores = Opened::open(contender, directory.path()).await;
        work.prepare(&stores).await;
        let kept = (contender == Contender::Memory).then(|| stores.clone());
        if kept.is_none() {
            stores.close().await;
        }
        Self {
            contender,
            directory,
            kept,
            turns: 0,
        }
    }

    /// With stores just opened, so that nothing is in their caches.
    pub(crate) async fn turn(&mut self, work: &dyn Work) -> Vec<f64> {
        if work.is_fresh() && self.turns > 0 {
            *self = Self::prepare(self.contender, work).await;
        }
        let stores = match &self.kept {
            Some(kept) => kept.clone(),
            None => Opened::open(self.contender, self.directory.path()).await,
        };
        let figures = work.run(&stores, self.turns).await;
        self.turns += 1;
        if self.kept.is_none() {
            stores.close().await;
        }
        figures
    }
}

/// On the disk where the program was built: the system's directory for temporary files may be in
/// memory.
pub(crate) fn directory() -> TempDir {
    tempfile::Builder::new()
        .prefix("side-by-side-")
        .tempdir_in(env!("CARGO_TARGET_TMPDIR"))
        .expect("a directory")
}

/// The figures of each contender: for each round, the means of its turns.
pub(crate) struct Rounds {
    pub(crate) sqlite: Vec<Vec<f64>>,
    pub(crate) pli: Vec<Vec<f64>>,
    pub(crate) memory: Vec<Vec<f64>>,
}

impl Rounds {
    /// Of one figure, what ours takes in each round for what another does.
    pub(crate) fn ratios(&self, to: &[Vec<f64>], figure: usize) -> Vec<f64> {
        let rounds = self.pli.iter().zip(to);
        rounds
            .map(|(ours, other)| ours[figure] / other[figure])
            .collect()
    }
}

/// Peer, ours, (memory,) ours, peer, as many times as there are rounds, after one to warm up.
pub(crate) async fn take_turns(work: &dyn Work, rounds: usize) -> Rounds {
    use Contender::{Memory, Pli, Sqlite};
    let mut sqlite = Place::prepare(Sqlite, work).await;
    let mut pli = Place::prepare(Pli, work).await;
    let mut memory = if work.has_memory() {
        Some(Place::prepare(Memory, work).await)
    } else {
        None
    };
    let mut all = Rounds {
        sqlite: Vec::new(),
        pli: Vec::new(),
        memory: Vec::new(),
    };
    for round in 0..=rounds {
        let first = sqlite.turn(work).await;
        let ours = pli.turn(work).await;
        let of_memory = match &mut memory {
            Some(memory) => Some(memory.turn(work).await),
            None => None,
        };
        let ours = mean(&ours, &pli.turn(work).await);
        let first = mean(&first, &sqlite.turn(work).await);
        if round > 0 {
            all.sqlite.push(first);
            all.pli.push(ours);
            all.memory.extend(of_memory);
        }
    }
    all
}

fn mean(one: &[f64], other: &[f64]) -> Vec<f64> {
    let pairs = one.iter().zip(other);
    pairs
        .map(|(one, other)| f64::midpoint(*one, *other))
        .collect()
}

/// For works that are one act.
pub(crate) async fn timed<T>(act: impl Future<Output = T>) -> (T, f64) {
    let clock = Clock::start();
    let done = act.await;
    (done, clock.stop())
}
