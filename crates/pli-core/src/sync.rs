//! Keeping in touch with the server, and telling whether one is.

use std::{
    pin::pin,
    sync::{Arc, Weak},
    time::{Duration, SystemTime},
};

use futures_util::{Stream, StreamExt as _, stream};
use matrix_sdk_ui::{room_list_service, sync_service::State};
use tokio::{sync::broadcast::error::RecvError, time::timeout};

use crate::{
    account::Account, compaction, disk, expiry, gaps, identities, resume, trust, undecryptable,
};

/// First pause after a failure, doubled up to [`LONGEST_PAUSE`].
const PAUSE: Duration = Duration::from_millis(500);

/// How long the server may take for its first answer.
const FIRST_ANSWER: Duration = Duration::from_secs(30);

/// A laptop that wakes up must not wait long.
const LONGEST_PAUSE: Duration = Duration::from_secs(15);

/// Whether messages flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SyncStatus {
    /// Started, no answer yet.
    Connecting,
    /// The last sync succeeded.
    Online,
    /// The server cannot be reached; everything written is queued.
    Offline {
        /// Since when.
        since: SystemTime,
    },
    /// The account has expired: the server refuses all of it until it is renewed.
    Expired,
    /// The server answers, but refuses.
    Failed,
    /// What is here can be read; nothing is received or sent until the disk has space again.
    DiskFull,
    /// As with a full disk, but the disk or the file system fails.
    DiskFailing,
}

impl Account {
    /// Whether messages flow, now and from now on.
    pub fn sync_status(&self) -> impl Stream<Item = SyncStatus> + Send + use<> {
        let service = self.sync_service().state();
        let rooms = self.room_list_service().state();
        let now = (service.get(), rooms.get());
        let changes = stream::select(
            service.map(|state| (Some(state), None)),
            rooms.map(|state| (None, Some(state))),
        );
        let first = status(&now.0, &now.1, None);
        let later = changes.scan((now, first), |(now, last), (service, rooms)| {
            if let Some(service) = service {
                now.0 = service;
            }
            if let Some(rooms) = rooms {
                now.1 = rooms;
            }
            let next = status(&now.0, &now.1, Some(*last));
            let changed = (next != *last).then_some(next);
            *last = next;
            std::future::ready(Some(changed))
        });
        let flow =
            stream::once(std::future::ready(first)).chain(later.filter_map(std::future::ready));
        let flow = expiry::with_expiry(flow, self.expired());
        disk::with_disk(flow, disk::statuses(self.stores().disk_status()))
    }

    /// Starts the sync and all that keeps it going; ends with the account.
    pub(crate) fn start_sync(self: &Arc<Self>) {
        let client = self.client().clone();
        client.send_queue().enable_upload_progress(true);
        if client.event_cache().subscribe().is_err() {
            tracing::error!("the event cache did not start");
        } else if let Some(own) = client.user_id() {
            let brought = client.subscribe_to_all_room_updates();
            self.stores().await_arrival(own, brought);
        }
        self.spawn_until_over(gaps::keep_filling(client.clone()));
        self.spawn_until_over(identities::keep_asking(client.clone()));
        let counting = undecryptable::counting::keep_counting(client, self.stores().clone());
        self.spawn_until_over(counting);
        self.learn_room_states();
        self.keep_time();
        self.listen_for_verifications();
        self.spawn_until_over(trust::keep_watching(Arc::downgrade(self)));
        self.spawn_until_over(compaction::keep_compact(self.stores().clone()));
        tokio::spawn(keep_syncing(Arc::downgrade(self)));
        self.spawn_until_over(expiry::keep_watching(Arc::downgrade(self)));
        self.spawn_until_over(resume_sending(Arc::downgrade(self)));
        self.spawn_until_over(send_when_online(self.sync_status(), Arc::downgrade(self)));
    }

    /// Waits until the server has answered the sync, for a while; whether it has. Before that the
    /// sync cannot be stopped: the SDK waits for ever for one that has not begun to listen.
    pub(crate) async fn is_answered(&self) -> bool {
        let mut statuses = pin!(self.sync_status());
        let answered = async {
            while let Some(status) = statuses.next().await {
                if status == SyncStatus::Online {
                    return true;
                }
            }
            false
        };
        timeout(FIRST_ANSWER, answered).await.unwrap_or_default()
    }

    /// Stops the sync, the queues and all streams.
    pub(crate) async fn stop(&self) {
        self.over().cancel();
        self.stores().end_waiting();
        self.client().send_queue().set_enabled(false).await;
        self.sync_service().stop().await;
        self.latest.end();
        self.retention().swept().await;
        self.retention().note_time().await;
    }
}

fn status(
    service: &State,
    rooms: &room_list_service::State,
    last: Option<SyncStatus>,
) -> SyncStatus {
    use room_list_service::State as Rooms;
    match service {
        State::Offline => match last {
            Some(offline @ SyncStatus::Offline { .. }) => offline,
            _ => SyncStatus::Offline {
                since: SystemTime::now(),
            },
        },
        State::Error(_) => SyncStatus::Failed,
        State::Running if matches!(rooms, Rooms::SettingUp | Rooms::Running) => SyncStatus::Online,
        State::Idle | State::Running | State::Terminated => match last {
            // Between offline and the first answer nothing has changed for the user.
            Some(offline @ SyncStatus::Offline { .. }) => offline,
            _ => SyncStatus::Connecting,
        },
    }
}

/// Starts the sync again whenever it ended by itself.
async fn keep_syncing(account: Weak<Account>) {
    let Some(account) = account.upgrade() else {
        return;
    };
    let (started, mut disk) = (
        account.sync_service().clone(),
        account.stores().disk_status(),
    );
    drop(account);
    let mut states = started.state();
    started.start().await;
    let service = Arc::downgrade(&started);
    // Held any longer, it would keep the client, and itself, for ever.
    drop(started);
    let mut pause = PAUSE;
    while let Some(state) = states.next().await {
        match state {
            State::Running => pause = PAUSE,
            State::Error(_) => {
                tracing::warn!("the sync failed");
                // Its position was not stored: it goes on where it was.
                disk.ready().await;
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(LONGEST_PAUSE);
                let Some(service) = service.upgrade() else {
                    return;
                };
                service.start().await;
            }
            State::Idle | State::Terminated | State::Offline => {}
        }
    }
}

/// What is unsent, of this run or of one before, leaves once the server has said how things
/// stand. Sooner, a request could be refused for good by what a crash left here: a room just
/// joined, that the store still holds for an invitation.
async fn send_when_online(statuses: impl Stream<Item = SyncStatus>, account: Weak<Account>) {
    let Some(queue) = account.upgrade().map(|account| account.client().clone()) else {
        return;
    };
    queue.send_queue().set_enabled(false).await;
    drop(queue);
    let mut statuses = pin!(statuses);
    let mut resumed = false;
    while let Some(status) = statuses.next().await {
        if status != SyncStatus::Online {
            continue;
        }
        let Some(client) = account.upgrade().map(|account| account.client().clone()) else {
            return;
        };
        if !resumed {
            resume::forget_what_left(&client).await;
        }
        client.send_queue().set_enabled(true).await;
        if !resumed {
            resumed = true;
            client
                .send_queue()
                .respawn_tasks_for_rooms_with_unsent_requests()
                .await;
        }
    }
}

/// An error disables a room's queue: once the server answers again, all of them go on.
async fn resume_sending(account: Weak<Account>) {
    let Some(mut errors) = account
        .upgrade()
        .map(|a| a.client().send_queue().subscribe_errors())
    else {
        return;
    };
    loop {
        match errors.recv().await {
            // An error that will not pass waits for the user's retry or deletion.
            Ok(error) if !error.is_recoverable => {
                let Some(account) = account.upgrade() else {
                    return;
                };
                error_room(&account, &error.room_id);
                continue;
            }
            Ok(_) => {}
            Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => return,
        }
        let mut pause = PAUSE;
        loop {
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
            let Some(account) = account.upgrade() else {
                return;
            };
            if account.client().fetch_server_versions(None).await.is_ok() {
                account.client().send_queue().set_enabled(true).await;
                break;
            }
        }
    }
}

/// The failed message stays, marked; those behind it must not wait for it.
fn error_room(account: &Account, room_id: &matrix_sdk::ruma::RoomId) {
    if let Some(room) = account.client().get_room(room_id) {
        room.send_queue().set_enabled(true);
    }
}
