//! What a sync brought is stored before its position is.
//!
//! The SDK hands the events of a sync to its event cache by a channel, and writes the position in
//! the server's stream without waiting for it. Were the program killed between, the server would
//! never send those events again. So a position waits here for what it stands for. That also keeps
//! the event cache from falling behind: it forgets all rooms when it does.

use std::{
    collections::{BTreeSet, HashSet, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use matrix_sdk_base::{
    event_cache::{Event, Gap},
    linked_chunk::{LinkedChunkId, Update},
    ruma::{OwnedEventId, OwnedRoomId, OwnedUserId, RoomId, UserId},
    sync::{JoinedRoomUpdate, RoomUpdates},
};
use tokio::{
    sync::{
        broadcast::{Receiver, error::TryRecvError},
        watch,
    },
    time::{Instant, sleep_until},
};

use crate::{disk_status::DiskStatus, error::StoreError, event_cache, tree::Tree};

/// How long the next room may take. The SDK skips a room whose cache fails, and goes on.
const PATIENCE: Duration = Duration::from_secs(if cfg!(test) { 5 } else { 30 });

/// What syncs brought and is to be stored before their positions.
#[derive(Default)]
pub(crate) struct Arrival {
    /// None while nobody said where to learn of it: then nothing is waited for.
    brought: Mutex<Option<Brought>>,
    /// What is not known to be stored; whoever holds it waits.
    missing: tokio::sync::Mutex<VecDeque<Missing>>,
    written: Mutex<Written>,
    /// Told after each change of the events.
    changes: watch::Sender<()>,
}

/// Where it is learnt what syncs brought.
struct Brought {
    updates: Receiver<RoomUpdates>,
    own: OwnedUserId,
}

/// What a sync brought of a room.
struct Missing {
    room: OwnedRoomId,
    events: BTreeSet<OwnedEventId>,
    /// Must be written as well: the send queue stores events of the user's own, whose presence
    /// then says nothing.
    gap: Option<String>,
}

/// What was written since nothing was missing, and need not be there any more.
#[derive(Default)]
struct Written {
    gaps: HashSet<(OwnedRoomId, String)>,
    /// Rooms whose events were forgotten on purpose.
    forgotten: HashSet<OwnedRoomId>,
    all_forgotten: bool,
}

impl Arrival {
    /// From now on, positions wait.
    pub(crate) fn listen(&self, own: &UserId, updates: Receiver<RoomUpdates>) {
        let own = own.to_owned();
        *lock(&self.brought) = Some(Brought { updates, own });
    }

    /// Events of a room were changed.
    pub(crate) fn note(&self, room: &RoomId, updates: &[Update<Event, Gap>]) {
        if lock(&self.brought).is_some() {
            let mut written = lock(&self.written);
            for update in updates {
                match update {
                    Update::NewGapChunk { gap, .. } => {
                        let gap = (room.to_owned(), gap.token.clone());
                        written.gaps.insert(gap);
                    }
                    Update::Clear => {
                        written.forgotten.insert(room.to_owned());
                    }
                    _ => {}
                }
            }
        }
        self.changes.send_replace(());
    }

    /// The events of a room, or of all rooms, were forgotten.
    pub(crate) fn note_forgotten(&self, room: Option<&RoomId>) {
        if lock(&self.brought).is_some() {
            let mut written = lock(&self.written);
            match room {
                Some(room) => {
                    written.forgotten.insert(room.to_owned());
                }
                None => written.all_forgotten = true,
            }
        }
        self.changes.send_replace(());
    }

    /// Returns once all that was brought is stored, or will not be: what the SDK failed to store
    /// is waited for in vain, and not for ever.
    pub(crate) async fn wait(&self, history: &Tree) -> Result<(), StoreError> {
        let mut missing = self.missing.lock().await;
        self.learn(&mut missing);
        let (mut changes, mut disk) = (self.changes.subscribe(), history.disk_status());
        let mut deadline = Instant::now() + PATIENCE;
        while let Some(next) = missing.front() {
            changes.borrow_and_update();
            if self.is_stored(history, next) {
                missing.pop_front();
                deadline = Instant::now() + PATIENCE;
                continue;
            }
            tokio::select! {
                _ = changes.changed() => {}
                () = full(&mut disk) => {
                    if !history.wait_for_space().await {
                        return Err(StoreError::DiskFull);
                    }
                    deadline = Instant::now() + PATIENCE;
                }
                // Nobody stores anything any more: the account ends.
                () = history.waiting_ended() => return Err(StoreError::Closed),
                () = sleep_until(deadline) => {
                    tracing::error!(name: "events of a sync were not stored", "");
                    missing.pop_front();
                }
            }
        }
        self.settle();
        Ok(())
    }

    /// Takes in what was brought since.
    fn learn(&self, missing: &mut VecDeque<Missing>) {
        let mut brought = lock(&self.brought);
        let Some(brought) = &mut *brought else {
            return;
        };
        loop {
            match brought.updates.try_recv() {
                Ok(updates) => {
                    let joined = updates.joined.into_iter();
                    missing.extend(
                        joined.filter_map(|(room, update)| {
                            Missing::after(room, &update, &brought.own)
                        }),
                    );
                }
                Err(TryRecvError::Lagged(_)) => {
                    tracing::error!(name: "some syncs were stored without being waited for", "");
                }
                Err(TryRecvError::Empty | TryRecvError::Closed) => return,
            }
        }
    }

    fn is_stored(&self, history: &Tree, missing: &Missing) -> bool {
        let Missing { room, events, gap } = missing;
        {
            let written = lock(&self.written);
            if written.all_forgotten || written.forgotten.contains(room) {
                return true;
            }
            if let Some(gap) = gap
                && !written.gaps.contains(&(room.clone(), gap.clone()))
            {
                return false;
            }
        }
        let wanted = events.iter().cloned().collect();
        event_cache::found(history, LinkedChunkId::Room(room), wanted)
            .is_ok_and(|found| found.len() == events.len())
    }

    /// Lets go of what was written, unless it may be of a sync that nobody waited for yet.
    fn settle(&self) {
        let brought = lock(&self.brought);
        let mut written = lock(&self.written);
        if brought
            .as_ref()
            .is_none_or(|brought| brought.updates.is_empty())
        {
            *written = Written::default();
        }
    }
}

impl Missing {
    /// What is to be stored of a room, if anything.
    fn after(room: OwnedRoomId, update: &JoinedRoomUpdate, own: &UserId) -> Option<Self> {
        let timeline = &update.timeline;
        let is_own = |event: &Event| event.sender().is_some_and(|sender| sender == own);
        // The SDK leaves the gap out when it knows all of the events already, unless they are the
        // user's own.
        let keeps_gap = timeline.limited && timeline.events.iter().all(is_own);
        let gap = timeline.prev_batch.clone().filter(|_| keeps_gap);
        let events: BTreeSet<_> = timeline.events.iter().filter_map(Event::event_id).collect();
        (gap.is_some() || !events.is_empty()).then_some(Self { room, events, gap })
    }
}

async fn full(disk: &mut watch::Receiver<DiskStatus>) {
    // It is told until the database closes, and it is in use here.
    let _ = disk.wait_for(|status| *status == DiskStatus::Full).await;
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
