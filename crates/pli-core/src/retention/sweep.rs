//! Removes messages at their time: before anything is drawn at a start, and from then on.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
    time::Duration,
};

use matrix_sdk::{
    Client,
    event_cache::RoomEventCacheGenericUpdate,
    ruma::{OwnedEventId, OwnedMxcUri, OwnedRoomId, OwnedTransactionId, RoomId},
    send_queue::LocalEchoContent,
};
use matrix_sdk_base::{
    event_cache::store::EventCacheStore as _,
    ruma::{UserId, events::relation::RelationType},
    store::{RoomLoadSettings, StateStore as _},
};
use pli_store::{Due, Redaction, StoreError, Stores};
use tokio::{
    sync::broadcast::error::RecvError,
    time::{Instant, sleep},
};
use tokio_util::sync::CancellationToken;

use super::{FLOOR, Gone, Retention};
use crate::clock::millis;

/// Messages removed at once.
const PART: usize = 500;

/// A laptop that slept must not wait longer than this once it wakes, nor a clock that was set.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// How often what grows old by a rule is looked for, and the time is noted.
const ROUND: Duration = Duration::from_secs(5 * 60);

/// After a failure of the disk.
const AFTER_FAILURE: Duration = Duration::from_secs(5);

/// Removes messages. What it knows of rooms lasts as long as it does.
pub(crate) struct Sweep<'a> {
    client: &'a Client,
    stores: &'a Stores,
    retention: &'a Retention,
    own: &'a UserId,
    /// Ends a sweep between two parts: what has begun to be removed goes from the disk too.
    over: CancellationToken,
    /// When something in a room grows too old, at the earliest, if nothing changes there.
    looked_at: HashMap<OwnedRoomId, Option<u64>>,
}

impl<'a> Sweep<'a> {
    fn new(
        client: &'a Client,
        retention: &'a Retention,
        own: &'a UserId,
        over: CancellationToken,
    ) -> Self {
        Self {
            client,
            stores: &retention.stores,
            retention,
            own,
            over,
            looked_at: HashMap::new(),
        }
    }

    /// Everything that is over, before the SDK knows any room.
    async fn at_start(&mut self) -> Result<(), StoreError> {
        self.note_time().await?;
        self.unsent().await?;
        self.due().await?;
        let rooms = match self.retention.rules().device_max {
            None => self.retention.states.ruled(),
            Some(_) => {
                let infos = self.stores.state_store();
                let infos = infos.get_room_infos(&RoomLoadSettings::All).await?;
                infos.iter().map(|info| info.room_id().to_owned()).collect()
            }
        };
        self.aged(rooms).await
    }

    /// Messages that say themselves when they end.
    async fn due(&self) -> Result<(), StoreError> {
        loop {
            let due = self.stores.due_by(self.retention.now(), PART)?;
            if due.is_empty() || self.over.is_cancelled() {
                return Ok(());
            }
            let mut by_room: BTreeMap<&RoomId, Vec<OwnedEventId>> = BTreeMap::new();
            for due in &due {
                self.note_redaction(due).await?;
                by_room
                    .entry(&due.room)
                    .or_default()
                    .push(due.event.clone());
            }
            for (room, events) in by_room {
                self.remove(room, events).await?;
            }
            self.stores.unlist(&due).await?;
            self.note_time().await?;
            self.retention.redact.notify_one();
        }
    }

    /// What one wrote oneself goes from the server too.
    async fn note_redaction(&self, due: &Due) -> Result<(), StoreError> {
        if due.sender.as_deref() != Some(self.own) {
            return Ok(());
        }
        self.stores.note_redaction(&redaction(due, false)).await
    }

    /// What has grown too old by a rule.
    async fn aged(&mut self, rooms: Vec<OwnedRoomId>) -> Result<(), StoreError> {
        let now = self.retention.now();
        for room in rooms {
            let Some(oldest) = self.retention.oldest(&room) else {
                continue;
            };
            let before = now.saturating_sub(millis(oldest)).saturating_add(1);
            if let Some(first) = self.looked_at.get(&room)
                && first.is_none_or(|first| first >= before)
            {
                continue;
            }
            let aged = self.stores.older_than(&room, before).await?;
            for part in aged.events.chunks(PART) {
                if self.over.is_cancelled() {
                    return Ok(());
                }
                self.remove(&room, part.to_vec()).await?;
            }
            self.looked_at.insert(room, aged.next);
        }
        Ok(())
    }

    /// Removes messages of a room: first from the screen, then from the disk.
    async fn remove(&self, room: &RoomId, events: Vec<OwnedEventId>) -> Result<(), StoreError> {
        let events = Arc::new(events);
        let tell = || {
            // Nobody may be drawing any.
            let _ = self.retention.gone.send(Gone {
                room: room.to_owned(),
                events: Arc::clone(&events),
            });
        };
        tell();
        for medium in self.media_of(room, &events).await? {
            if self
                .client
                .media()
                .remove_media_content_for_uri(&medium)
                .await
                .is_err()
            {
                tracing::warn!(name: "a medium that is over was not removed", "");
            }
        }
        self.stores.expire(room, &events, &[]).await?;
        // Quotes are known to be gone from now on.
        tell();
        Ok(())
    }

    /// The media that events and their edits show.
    async fn media_of(
        &self,
        room: &RoomId,
        events: &[OwnedEventId],
    ) -> Result<HashSet<OwnedMxcUri>, StoreError> {
        let store = self.stores.event_cache_store();
        let mut media = HashSet::new();
        for id in events {
            if let Some(event) = store.find_event(room, id).await? {
                super::media::collect(event.raw(), &mut media);
            }
            let edits = store
                .find_event_relations(room, id, Some(&[RelationType::Replacement]))
                .await?;
            for (edit, _) in &edits {
                super::media::collect(edit.raw(), &mut media);
            }
        }
        Ok(media)
    }

    /// What waits to be sent and is over is not sent any more.
    async fn unsent(&self) -> Result<(), StoreError> {
        let now = self.retention.now();
        for life in self.stores.unsent_lives()? {
            if life.end <= now {
                self.abort(&life.room, &life.transaction).await;
                let transactions = [life.transaction];
                self.stores.expire(&life.room, &[], &transactions).await?;
            }
        }
        Ok(())
    }

    /// Takes it out of the SDK's queue, if the SDK knows it.
    async fn abort(&self, room: &RoomId, transaction: &OwnedTransactionId) {
        let Some(room) = self.client.get_room(room) else {
            return;
        };
        let Ok((echoes, _)) = room.send_queue().subscribe().await else {
            return;
        };
        let echo = echoes
            .into_iter()
            .find(|echo| echo.transaction_id == *transaction);
        if let Some(LocalEchoContent::Event { send_handle, .. }) = echo.map(|echo| echo.content)
            && send_handle.abort().await.is_err()
        {
            tracing::warn!(name: "a message that is over was not taken back", "");
        }
    }

    async fn note_time(&self) -> Result<(), StoreError> {
        self.stores.values().set(FLOOR, &self.retention.now()).await
    }

    /// How long until the next message ends, at the earliest.
    fn pause(&self) -> Result<Duration, StoreError> {
        let now = self.retention.now();
        let unsent = self.stores.unsent_lives()?;
        let ends = unsent.into_iter().map(|life| life.end);
        let next = ends.chain(self.stores.next_due()?).min();
        let pause = next.map_or(LONGEST_PAUSE, |next| {
            Duration::from_millis(next.saturating_sub(now))
        });
        Ok(pause.min(LONGEST_PAUSE))
    }
}

/// Removes everything that is over, before the SDK knows any room.
pub(crate) async fn sweep_at_start(client: &Client, retention: &Retention, own: &UserId) {
    let mut sweep = Sweep::new(client, retention, own, CancellationToken::new());
    if let Err(error) = sweep.at_start().await {
        // What can be read is opened; what is over is not drawn, and removed later.
        tracing::error!(name: "messages that are over were not removed", %error);
    }
}

/// What is to be redacted of a message of the user's own.
pub(super) fn redaction(due: &Due, scheduled: bool) -> Redaction {
    Redaction {
        room: due.room.clone(),
        event: due.event.clone(),
        end: due.end,
        sent_here: due.sent_here,
        scheduled,
    }
}

/// Removes messages at their time, until the account is over. A step that has begun is ended.
pub(super) async fn keep_sweeping(
    client: Client,
    retention: Arc<Retention>,
    over: CancellationToken,
) {
    let Some(own) = client.user_id().map(ToOwned::to_owned) else {
        return;
    };
    let mut sweep = Sweep::new(&client, &retention, &own, over.clone());
    let mut listed = retention.stores.due_listed();
    let mut set = retention.clock.set();
    let mut cached = client.event_cache().subscribe_to_room_generic_updates();
    let mut changes = retention.changes();
    let mut rounds = Instant::now();
    loop {
        let sweeping = retention.sweeping.lock().await;
        if over.is_cancelled() {
            return;
        }
        let swept = async {
            sweep.unsent().await?;
            sweep.due().await?;
            if rounds.elapsed() >= ROUND || changes.has_changed().unwrap_or_default() {
                rounds = Instant::now();
                changes.mark_unchanged();
                let rooms = client.rooms();
                let rooms = rooms.iter().map(|room| room.room_id().to_owned());
                sweep.aged(rooms.collect()).await?;
                sweep.note_time().await?;
            }
            sweep.pause()
        };
        let swept = swept.await;
        drop(sweeping);
        let pause = match swept {
            Ok(pause) => pause,
            Err(error) => {
                tracing::warn!(name: "messages that are over were not removed", %error);
                // Whatever else happens: a disk that fails is not asked without pause.
                over.run_until_cancelled(sleep(AFTER_FAILURE)).await;
                continue;
            }
        };
        tokio::select! {
            () = over.cancelled() => return,
            () = sleep(pause) => {}
            () = retention.wake.notified() => {}
            Ok(()) = changes.changed() => changes.mark_changed(),
            _ = listed.changed() => {}
            _ = set.changed() => {}
            update = cached.recv() => match update {
                Ok(RoomEventCacheGenericUpdate { room_id, .. }) => {
                    sweep.looked_at.remove(&room_id);
                }
                Err(RecvError::Lagged(_)) => sweep.looked_at.clear(),
                Err(RecvError::Closed) => return,
            },
        }
    }
}
