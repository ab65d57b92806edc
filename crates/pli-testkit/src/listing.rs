//! Reads a list, or a state, as its stream of changes tells it.

use std::{fmt::Debug, sync::Arc, time::Duration};

use anyhow::{Result, bail};
use eyeball_im::{Vector, VectorDiff};
use futures_util::{Stream, StreamExt as _, stream::BoxStream};
use tokio::time::{Instant, timeout_at};

/// How long a change may take from one device to another on a busy machine.
const PATIENCE: Duration = Duration::from_secs(45);

/// A list being watched.
pub struct Listing<T> {
    changes: BoxStream<'static, Vec<VectorDiff<Arc<T>>>>,
    rows: Vector<Arc<T>>,
}

impl<T: Debug> Listing<T> {
    /// Watches what `Account::room_list` or `Account::room_members` gives.
    pub fn new(changes: impl Stream<Item = Vec<VectorDiff<Arc<T>>>> + Send + 'static) -> Self {
        Self {
            changes: changes.boxed(),
            rows: Vector::new(),
        }
    }

    /// Follows the changes until there is a row as wanted.
    ///
    /// # Errors
    /// None came: says what was there instead.
    pub async fn wait_for(&mut self, what: &str, wanted: impl Fn(&T) -> bool) -> Result<Arc<T>> {
        self.wait(what, |rows| rows.iter().find(|row| wanted(row)).cloned())
            .await
    }

    /// Follows the changes until no row is as told.
    ///
    /// # Errors
    /// One stayed: says what was there.
    pub async fn wait_for_none(&mut self, what: &str, told: impl Fn(&T) -> bool) -> Result<()> {
        self.wait(what, |rows| {
            (!rows.iter().any(|row| told(row))).then_some(())
        })
        .await
    }

    /// Follows the changes until there are no more.
    ///
    /// # Errors
    /// They did not end.
    pub async fn wait_for_end(mut self) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            match timeout_at(deadline, self.changes.next()).await {
                Ok(Some(_)) => {}
                Ok(None) => return Ok(()),
                Err(_) => bail!("the list did not end"),
            }
        }
    }

    /// Follows the changes until `found` finds something.
    ///
    /// # Errors
    /// It did not: says what was there instead.
    pub async fn wait<R>(
        &mut self,
        what: &str,
        found: impl Fn(&Vector<Arc<T>>) -> Option<R>,
    ) -> Result<R> {
        self.wait_within(PATIENCE, what, found).await
    }

    /// As [`Self::wait`], for as long as told.
    ///
    /// # Errors
    /// It did not: says what was there instead.
    pub async fn wait_within<R>(
        &mut self,
        patience: Duration,
        what: &str,
        found: impl Fn(&Vector<Arc<T>>) -> Option<R>,
    ) -> Result<R> {
        let deadline = Instant::now() + patience;
        loop {
            if let Some(found) = found(&self.rows) {
                return Ok(found);
            }
            match timeout_at(deadline, self.changes.next()).await {
                Ok(Some(diffs)) => {
                    for diff in diffs {
                        diff.apply(&mut self.rows);
                    }
                }
                Ok(None) => bail!("the list ended before {what}"),
                Err(_) => bail!("waited in vain for {what} in {:#?}", self.rows),
            }
        }
    }
}

/// Follows a state until it is as wanted.
///
/// # Errors
/// It did not become so: says what it was last.
pub async fn wait_until<T: Debug>(
    states: impl Stream<Item = T>,
    what: &str,
    wanted: impl Fn(&T) -> bool,
) -> Result<T> {
    let deadline = Instant::now() + PATIENCE;
    let mut states = std::pin::pin!(states);
    let mut last = None;
    loop {
        match timeout_at(deadline, states.next()).await {
            Ok(Some(state)) if wanted(&state) => return Ok(state),
            Ok(Some(state)) => last = Some(state),
            Ok(None) => bail!("the state ended before {what}: {last:#?}"),
            Err(_) => bail!("waited in vain for {what}: {last:#?}"),
        }
    }
}
