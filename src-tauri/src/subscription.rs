//! A subscription carries a stream of `pli_core` to the page, until either side lets go.

use std::{
    collections::HashMap,
    pin::pin,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use futures_util::{Stream, StreamExt};
use pli_ipc::wire::{
    Access, AttachmentEvent, HistoryProgress, KeyFileProgress, ListDiff, Navigation, PersonTrust,
    RoomDetails, Sender, SessionState, SyncState, TimelineUpdate, Verification,
};
use serde::Serialize;
use tauri::{
    Manager, Runtime, Webview,
    async_runtime::{self, JoinHandle},
    ipc::Channel,
};

/// The page draws no more often, so it is not told more often.
const FRAME: Duration = Duration::from_millis(16);
/// Even under a flood the page hears of something this often.
const LONGEST_BATCH: Duration = Duration::from_millis(50);

/// What a subscription sends.
pub(crate) trait Update: Serialize + Send + Sync + Sized + 'static {
    /// Takes `next` in, or gives it back to be sent as a message of its own.
    fn absorb(&mut self, next: Self) -> Option<Self> {
        Some(next)
    }
}

impl Update for Navigation {}
impl Update for AttachmentEvent {}

impl<T: Serialize + Send + Sync + 'static> Update for Vec<ListDiff<T>> {
    fn absorb(&mut self, mut next: Self) -> Option<Self> {
        self.append(&mut next);
        None
    }
}

impl Update for TimelineUpdate {
    fn absorb(&mut self, next: Self) -> Option<Self> {
        match (self, next) {
            (Self::Diffs { diffs }, Self::Diffs { diffs: mut next }) => {
                diffs.append(&mut next);
                None
            }
            (_, next) => Some(next),
        }
    }
}

/// Of a state, only the last matters.
macro_rules! replaced_by_the_next {
    ($($state:ty),*) => {$(
        impl Update for $state {
            fn absorb(&mut self, next: Self) -> Option<Self> {
                *self = next;
                None
            }
        }
    )*};
}

replaced_by_the_next!(
    Access,
    HistoryProgress,
    KeyFileProgress,
    PersonTrust,
    RoomDetails,
    Vec<Sender>,
    SessionState,
    SyncState,
    Vec<Verification>
);

/// How long a subscription may last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lasts {
    /// As long as the account: what it reads belongs to it.
    AsTheAccount,
    /// As long as the page.
    AsThePage,
}

/// The open subscriptions of every web view.
#[derive(Default)]
pub(crate) struct Subscriptions(Mutex<Open>);

#[derive(Default)]
struct Open {
    last_id: u32,
    tasks: HashMap<u32, Task>,
}

struct Task {
    webview: String,
    lasts: Lasts,
    handle: JoinHandle<()>,
}

impl Drop for Task {
    fn drop(&mut self) {
        self.handle.abort();
    }
}

impl Subscriptions {
    /// Ends one; an unknown id has already ended.
    pub(crate) fn close(&self, id: u32) {
        let task = self.lock().tasks.remove(&id);
        drop(task);
    }

    /// Ends all those of a page that was reloaded or closed.
    pub(crate) fn close_all(&self, webview: &str) {
        self.lock().tasks.retain(|_, task| task.webview != webview);
    }

    /// Ends all that reads from an account which is no longer in use.
    pub(crate) fn close_account(&self) {
        self.lock()
            .tasks
            .retain(|_, task| task.lasts != Lasts::AsTheAccount);
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// `start` is called with the id, and must spawn the work.
    fn open(&self, webview: &str, lasts: Lasts, start: impl FnOnce(u32) -> JoinHandle<()>) -> u32 {
        let mut open = self.lock();
        open.last_id = open.last_id.wrapping_add(1);
        let id = open.last_id;
        let task = Task {
            webview: webview.to_owned(),
            lasts,
            handle: start(id),
        };
        open.tasks.insert(id, task);
        id
    }
}

/// Sends `stream`, which reads from the account, to the page until it ends, is closed, or the
/// account or the page goes away; answers the id for `subscription_close`. Dropping the stream
/// must end the work behind it.
pub(crate) fn subscribe<T, R, S>(webview: &Webview<R>, stream: S, channel: Channel<T>) -> u32
where
    T: Update,
    R: Runtime,
    S: Stream<Item = T> + Send + 'static,
{
    carry(webview, Lasts::AsTheAccount, stream, channel)
}

/// As [`subscribe`], for a stream that needs no account.
pub(crate) fn subscribe_throughout<T, R, S>(
    webview: &Webview<R>,
    stream: S,
    channel: Channel<T>,
) -> u32
where
    T: Update,
    R: Runtime,
    S: Stream<Item = T> + Send + 'static,
{
    carry(webview, Lasts::AsThePage, stream, channel)
}

fn carry<T, R, S>(webview: &Webview<R>, lasts: Lasts, stream: S, channel: Channel<T>) -> u32
where
    T: Update,
    R: Runtime,
    S: Stream<Item = T> + Send + 'static,
{
    let app = webview.app_handle().clone();
    webview
        .state::<Subscriptions>()
        .open(webview.label(), lasts, move |id| {
            async_runtime::spawn(async move {
                forward(stream, |update| channel.send(update).is_ok()).await;
                app.state::<Subscriptions>().close(id);
            })
        })
}

/// Sends what comes within a frame as one message; `send` answers whether anyone still listens.
async fn forward<T: Update>(stream: impl Stream<Item = T>, mut send: impl FnMut(T) -> bool) {
    let mut stream = pin!(stream);
    let mut carried = None;
    let mut next_frame = Instant::now();
    loop {
        let first = match carried.take() {
            Some(update) => Some(update),
            None => stream.next().await,
        };
        let Some(mut batch) = first else { return };
        let latest = Instant::now() + LONGEST_BATCH;
        // Past `next_frame` this still takes what is ready already.
        while let Ok(next) = tokio::time::timeout_at(next_frame.into(), stream.next()).await {
            let Some(next) = next else {
                send(batch);
                return;
            };
            carried = batch.absorb(next);
            if carried.is_some() || Instant::now() > latest {
                break;
            }
        }
        if !send(batch) {
            return;
        }
        next_frame = Instant::now() + FRAME;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, atomic::AtomicBool, atomic::Ordering};

    use futures_util::{future, stream};

    use super::*;

    fn diff(value: u32) -> Vec<ListDiff<u32>> {
        vec![ListDiff::PushBack { value }]
    }

    async fn sent<T: Update>(updates: impl Stream<Item = T>) -> Vec<T> {
        let mut sent = Vec::new();
        forward(updates, |update| {
            sent.push(update);
            true
        })
        .await;
        sent
    }

    #[tokio::test]
    async fn diffs_that_are_ready_make_one_message_in_order() {
        let messages = sent(stream::iter((0..100).map(diff))).await;
        assert_eq!(messages, [(0..100).flat_map(diff).collect::<Vec<_>>()]);
    }

    #[tokio::test]
    async fn the_first_message_waits_for_nothing() {
        let late = stream::once(async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            diff(1)
        });
        let messages = sent(stream::iter([diff(0)]).chain(late)).await;
        assert_eq!(messages, [diff(0), diff(1)]);
    }

    #[tokio::test]
    async fn a_flood_is_neither_held_back_nor_sent_one_by_one() {
        let started = Instant::now();
        let flood = stream::unfold(0, |n| async move {
            tokio::time::sleep(Duration::from_millis(1)).await;
            Some((diff(n), n + 1))
        });
        let messages = sent(
            flood.take_while(|_| future::ready(started.elapsed() < Duration::from_millis(500))),
        )
        .await;
        let values: Vec<_> = messages.concat();
        assert_eq!(
            values,
            (0..values.len())
                .flat_map(|n| diff(n as u32))
                .collect::<Vec<_>>()
        );
        assert!(
            messages.len() <= 500 / 16 + 2,
            "{} messages",
            messages.len()
        );
        assert!(messages.len() >= 3, "{} messages", messages.len());
    }

    #[tokio::test]
    async fn only_diffs_of_a_timeline_are_merged() {
        let diffs = || TimelineUpdate::Diffs {
            diffs: vec![ListDiff::Clear],
        };
        let updates = [diffs(), diffs(), TimelineUpdate::Paginating, diffs()];
        let messages = sent(stream::iter(updates)).await;
        let two = TimelineUpdate::Diffs {
            diffs: vec![ListDiff::Clear, ListDiff::Clear],
        };
        assert_eq!(messages, [two, TimelineUpdate::Paginating, diffs()]);
    }

    #[tokio::test]
    async fn of_a_state_the_last_is_sent() {
        let states = [SyncState::Connecting, SyncState::Online];
        assert_eq!(sent(stream::iter(states)).await, [SyncState::Online]);
    }

    #[tokio::test]
    async fn nothing_is_read_once_nobody_listens() {
        let mut count = 0;
        let endless = stream::iter([diff(0)]).chain(stream::pending());
        let listening = forward(endless, |_| {
            count += 1;
            false
        });
        tokio::time::timeout(Duration::from_secs(5), listening)
            .await
            .expect("it should have ended");
        assert_eq!(count, 1);
    }

    struct Ended(Arc<AtomicBool>);

    impl Drop for Ended {
        fn drop(&mut self) {
            self.0.store(true, Ordering::SeqCst);
        }
    }

    async fn running(subscriptions: &Subscriptions, webview: &str) -> (u32, Arc<AtomicBool>) {
        lasting(subscriptions, webview, Lasts::AsTheAccount).await
    }

    async fn lasting(
        subscriptions: &Subscriptions,
        webview: &str,
        lasts: Lasts,
    ) -> (u32, Arc<AtomicBool>) {
        let ended = Arc::new(AtomicBool::new(false));
        let guard = Ended(ended.clone());
        let id = subscriptions.open(webview, lasts, |_| {
            async_runtime::spawn(async move {
                let _guard = guard;
                future::pending::<()>().await;
            })
        });
        (id, ended)
    }

    async fn is_true(flag: &AtomicBool) -> bool {
        for _ in 0..500 {
            if flag.load(Ordering::SeqCst) {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        false
    }

    #[tokio::test]
    async fn closing_drops_the_stream_of_that_subscription_alone() {
        let subscriptions = Subscriptions::default();
        let (first, first_ended) = running(&subscriptions, "main").await;
        let (second, second_ended) = running(&subscriptions, "main").await;
        assert_ne!(first, second);
        subscriptions.close(first);
        subscriptions.close(first);
        assert!(is_true(&first_ended).await);
        assert!(!second_ended.load(Ordering::SeqCst));
    }

    #[tokio::test]
    async fn reloading_a_page_closes_what_it_had_opened() {
        let subscriptions = Subscriptions::default();
        let (_, ended) = running(&subscriptions, "main").await;
        let (_, other) = running(&subscriptions, "other").await;
        subscriptions.close_all("main");
        assert!(is_true(&ended).await);
        assert!(!other.load(Ordering::SeqCst));
    }

    #[tokio::test]
    async fn what_reads_from_an_account_ends_with_it_and_the_rest_goes_on() {
        let subscriptions = Subscriptions::default();
        let (_, rooms) = lasting(&subscriptions, "main", Lasts::AsTheAccount).await;
        let (_, session) = lasting(&subscriptions, "main", Lasts::AsThePage).await;
        subscriptions.close_account();
        assert!(
            is_true(&rooms).await,
            "the store could not be erased while this reads it"
        );
        assert!(!session.load(Ordering::SeqCst));
    }
}
