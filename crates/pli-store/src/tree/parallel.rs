//! Opens many records on all of the machine's cores.

use std::{
    ops::ControlFlow,
    thread::{self, available_parallelism},
};

use serde::de::DeserializeOwned;

use super::Place;
use crate::{
    engine::{Direction, KeyRange},
    error::StoreError,
};

/// Fewer records are not worth a thread.
const SHARE: usize = 256;

impl<V: DeserializeOwned + Send> Place<'_, V> {
    /// All records here and below, in the order of their keys, as [`Place::all`] gives them: for
    /// thousands of large ones, which take longer to open than to find.
    pub(crate) fn all_at_once(&self) -> Result<Vec<V>, StoreError> {
        let mut sealed = Vec::new();
        let range = KeyRange::below(&self.key);
        self.tree
            .scan(&range, Direction::Forward, &mut |key, value| {
                sealed.push((key.to_vec(), value.to_vec()));
                ControlFlow::Continue(())
            })?;
        let cores = available_parallelism().map_or(1, usize::from);
        let share = sealed.len().div_ceil(cores).max(SHARE);
        let (own, others) = sealed.split_at_checked(share).unwrap_or((&sealed, &[]));
        thread::scope(|scope| {
            let mut threads = Vec::new();
            for part in others.chunks(share) {
                let thread = thread::Builder::new().name("pli-store-reader".to_owned());
                let opening = thread.spawn_scoped(scope, || self.open_all(part));
                threads.push(opening.map_err(|error| StoreError::Io(error.kind()))?);
            }
            let mut values = self.open_all(own)?;
            for thread in threads {
                values.extend(thread.join().map_err(|_| StoreError::Closed)??);
            }
            Ok(values)
        })
    }

    fn open_all(&self, sealed: &[(Vec<u8>, Vec<u8>)]) -> Result<Vec<V>, StoreError> {
        let open = |(key, value): &(Vec<u8>, Vec<u8>)| self.open(key, value);
        sealed.iter().map(open).collect()
    }
}
