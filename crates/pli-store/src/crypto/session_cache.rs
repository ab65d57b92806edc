//! Inbound group sessions that were used of late, unpickled: to unpickle one at each event costs
//! more than to decrypt the event.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use matrix_sdk_crypto::olm::InboundGroupSession;

/// Sessions in each of two generations: some 2 kB each.
const GENERATION: usize = 1024;

/// A bounded cache by the session's key in the store. When the recent generation is full it
/// becomes the older one, whose sessions are dropped unless they were used again.
#[derive(Default)]
pub(super) struct SessionCache(Mutex<Generations>);

#[derive(Default)]
struct Generations {
    recent: HashMap<Vec<u8>, InboundGroupSession>,
    older: HashMap<Vec<u8>, InboundGroupSession>,
    /// Changes with each write to the store.
    epoch: u64,
}

/// What a reader saw before it read the store.
#[derive(Clone, Copy)]
pub(super) struct Epoch(u64);

impl SessionCache {
    fn lock(&self) -> MutexGuard<'_, Generations> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The session, or what to hand to [`Self::keep_read`] once it was read from the store.
    pub(super) fn get(&self, key: &[u8]) -> Result<InboundGroupSession, Epoch> {
        let mut cache = self.lock();
        if let Some(session) = cache.recent.get(key) {
            return Ok(session.clone());
        }
        let Some((key, session)) = cache.older.remove_entry(key) else {
            return Err(Epoch(cache.epoch));
        };
        cache.keep(key, session.clone());
        Ok(session)
    }

    /// Keeps what was read, unless the store was written meanwhile.
    pub(super) fn keep_read(&self, key: &[u8], session: &InboundGroupSession, epoch: Epoch) {
        let mut cache = self.lock();
        if cache.epoch == epoch.0 {
            cache.keep(key.to_vec(), session.clone());
        }
    }

    /// Forgets sessions that are about to be written.
    pub(super) fn forget<'a>(&self, keys: impl IntoIterator<Item = &'a [u8]>) {
        let mut cache = self.lock();
        cache.epoch += 1;
        for key in keys {
            cache.recent.remove(key);
            cache.older.remove(key);
        }
    }

    /// Forgets all sessions, for a write that touches any of them.
    pub(super) fn clear(&self) {
        let mut cache = self.lock();
        cache.epoch += 1;
        cache.recent.clear();
        cache.older.clear();
    }

    /// Keeps sessions that were just written.
    pub(super) fn keep_written(&self, sessions: Vec<(Vec<u8>, InboundGroupSession)>) {
        let mut cache = self.lock();
        cache.epoch += 1;
        for (key, session) in sessions {
            cache.keep(key, session);
        }
    }
}

impl Generations {
    fn keep(&mut self, key: Vec<u8>, session: InboundGroupSession) {
        if self.recent.len() >= GENERATION {
            self.older = std::mem::take(&mut self.recent);
        }
        self.recent.insert(key, session);
    }
}
