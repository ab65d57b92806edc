//! That Pli stays calm under attack: it answers in time, and nothing panics.

use std::{
    panic,
    sync::{Arc, Mutex, Once, PoisonError},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, ensure};
use futures_util::StreamExt as _;
use pli_core::account::Account;
use tokio::{sync::watch, task::JoinHandle, time::timeout};

/// What the interface may take to answer: 200 ms. The tests are built without optimisation, which
/// slows the libraries five times at the least.
const IN_TIME: Duration = Duration::from_millis(if cfg!(debug_assertions) { 1_000 } else { 200 });

/// As the shell's runtime has: messages with deeply nested HTML are freed by recursion.
const STACK: usize = 16 * 1024 * 1024;

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(500);

/// Looks at the least, however short the attack.
const LOOKS: usize = 3;

/// How long a look may take before Pli is said not to answer at all.
const PATIENCE: Duration = Duration::from_secs(30);

static WATCHED: Once = Once::new();
static PANICS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Runs scenarios as the shell would run Pli.
pub(super) fn run(scenarios: impl Future<Output = Result<()>>) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_stack_size(STACK)
        .enable_all()
        .build()?;
    runtime.block_on(scenarios)
}

/// Counts, from now on, the panics of this process that are not a test's own.
pub(super) fn watch_panics() {
    WATCHED.call_once(|| {
        let shown = panic::take_hook();
        panic::set_hook(Box::new(move |told| {
            let place = told.location().map(ToString::to_string);
            let place = place.unwrap_or_default();
            // The SDK's tasks panic so in a runtime that ends with its test.
            let ending = told.payload_as_str();
            let ending = ending.is_some_and(|told| told.contains("JoinError::Cancelled"));
            if !place.starts_with("tests/") && !ending {
                PANICS
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(place);
            }
            shown(told);
        }));
    });
}

/// # Errors
/// Something panicked, in whatever task.
pub(super) fn nothing_panicked() -> Result<()> {
    let panics = PANICS.lock().unwrap_or_else(PoisonError::into_inner);
    ensure!(panics.is_empty(), "panics: {panics:?}");
    Ok(())
}

/// Somebody who opens the room list and a room again and again while the attack goes on, at the
/// victim's and at somebody's who is not under attack.
pub(super) struct Looks {
    over: watch::Sender<bool>,
    times: JoinHandle<Result<(Vec<Duration>, Vec<Duration>)>>,
}

impl Looks {
    pub(super) fn start(victim: &Arc<Account>, other: &Arc<Account>, room: &str) -> Self {
        let (victim, other, room) = (Arc::clone(victim), Arc::clone(other), room.to_owned());
        let (over, mut is_over) = watch::channel(false);
        let times = tokio::spawn(async move {
            let (mut attacked, mut calm) = (Vec::new(), Vec::new());
            loop {
                attacked.push(look(&victim, &room).await?);
                calm.push(look(&other, &room).await?);
                let ended = timeout(PAUSE, is_over.wait_for(|over| *over)).await.is_ok();
                if ended && attacked.len() >= LOOKS {
                    return Ok((attacked, calm));
                }
            }
        });
        Self { over, times }
    }

    /// Half of the looks must have been answered in time. Where the machine is so busy that the
    /// same looks are slow at who is not under attack, those are the measure: the attack may
    /// not double them.
    ///
    /// # Errors
    /// They took longer, or one was not answered at all.
    pub(super) async fn judge(self) -> Result<()> {
        self.over.send_replace(true);
        let (attacked, calm) = self.times.await??;
        let (attacked, calm) = (median(attacked)?, median(calm)?);
        ensure!(
            attacked <= IN_TIME.max(2 * calm),
            "the interface takes {attacked:?} under attack, and {calm:?} elsewhere"
        );
        Ok(())
    }
}

/// How long the room list and a room take to be drawn.
async fn look(account: &Account, room: &str) -> Result<Duration> {
    let looking = async {
        let started = Instant::now();
        let mut list = Box::pin(account.room_list().await?);
        list.next().await.context("no room list")?;
        let mut timeline = Box::pin(account.timeline_subscribe(room, None).await?);
        timeline.next().await.context("no timeline")?;
        anyhow::Ok(started.elapsed())
    };
    timeout(PATIENCE, looking)
        .await
        .context("the interface does not answer")?
}

fn median(mut times: Vec<Duration>) -> Result<Duration> {
    times.sort_unstable();
    times.get(times.len() / 2).copied().context("no look")
}
