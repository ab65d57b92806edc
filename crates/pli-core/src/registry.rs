//! Opaque ids for things the page may name but not see (links, media), in bounded memory.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    sync::{Mutex, PoisonError},
};

/// Gives each key the same unguessable id for as long as the program runs.
///
/// When full, the entries longest out of use go; as ids depend on the key alone, an entry
/// that is registered again takes the id it had.
pub(crate) struct Registry<T> {
    hashers: [RandomState; 2],
    capacity: usize,
    entries: Mutex<Entries<T>>,
}

struct Entries<T> {
    by_id: HashMap<String, (u64, T)>,
    clock: u64,
}

impl<T: Clone> Registry<T> {
    /// A registry of at most `capacity` entries.
    pub(crate) fn new(capacity: usize) -> Self {
        Self {
            hashers: [RandomState::new(), RandomState::new()],
            capacity,
            entries: Mutex::new(Entries {
                by_id: HashMap::new(),
                clock: 0,
            }),
        }
    }

    /// Registers what `value` makes under `key`, and gives its id.
    pub(crate) fn insert(&self, key: &str, value: impl FnOnce() -> T) -> String {
        let [first, second] = &self.hashers;
        let id = format!("{:016x}{:016x}", first.hash_one(key), second.hash_one(key));
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.clock += 1;
        let now = entries.clock;
        if let Some((used, _)) = entries.by_id.get_mut(&id) {
            *used = now;
            return id;
        }
        if entries.by_id.len() >= self.capacity {
            entries.forget_oldest(self.capacity / 4 + 1);
        }
        entries.by_id.insert(id.clone(), (now, value()));
        id
    }

    /// What was registered under `id`.
    pub(crate) fn get(&self, id: &str) -> Option<T> {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.clock += 1;
        let now = entries.clock;
        let (used, value) = entries.by_id.get_mut(id)?;
        *used = now;
        Some(value.clone())
    }

    /// Forgets `id`, and gives what it stood for.
    pub(crate) fn remove(&self, id: &str) -> Option<T> {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.by_id.remove(id).map(|(_, value)| value)
    }
}

impl<T> Entries<T> {
    fn forget_oldest(&mut self, count: usize) {
        let mut ages: Vec<u64> = self.by_id.values().map(|(used, _)| *used).collect();
        ages.sort_unstable();
        if let Some(limit) = ages.get(count.min(ages.len()).saturating_sub(1)).copied() {
            self.by_id.retain(|_, (used, _)| *used > limit);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_keeps_its_id_even_after_being_forgotten() {
        let registry = Registry::new(4);
        let id = registry.insert("a", || 1);
        assert_eq!(registry.get(&id), Some(1), "it was just registered");
        for n in 0..20 {
            registry.insert(&n.to_string(), || n);
        }
        assert_eq!(registry.get(&id), None, "memory is bounded");
        assert_eq!(
            registry.insert("a", || 1),
            id,
            "rows drawn earlier still name it"
        );
        assert_eq!(registry.get(&id), Some(1), "and it works again");
    }

    #[test]
    fn ids_differ_between_registries() {
        assert_ne!(
            Registry::new(1).insert("a", || ()),
            Registry::new(1).insert("a", || ()),
            "an id learnt in one run must say nothing in another"
        );
    }
}
