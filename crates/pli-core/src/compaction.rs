//! Gives disk space back while nobody waits for the disk, and soon after something was erased.

use std::time::{Duration, Instant, SystemTime};

use pli_store::Stores;

/// Nobody is made to wait by a start, nor by what it brings.
const AFTER_START: Duration = Duration::from_secs(5 * 60);

/// Without a change for so long, there is a pause. An idle sync notes its position twice a minute.
const QUIET: Duration = Duration::from_secs(10);

/// Between two looks at the space; between two rewrites; and the longest that what was erased
/// stays in the files.
const HOUR: Duration = Duration::from_secs(60 * 60);

/// Looks now and then whether the stores take much more space than they need, and rewrites them
/// at the next pause after something was erased.
pub(crate) async fn keep_compact(stores: Stores) {
    tokio::time::sleep(AFTER_START).await;
    let mut rhythm = Rhythm::default();
    loop {
        let erased = stores.erased_since();
        let pause = rhythm.pause(Instant::now(), erased.map(age), stores.quiet_for());
        if pause.is_zero() {
            let compacted = compact(&stores).await;
            rhythm.looked(Instant::now(), compacted);
        } else if erased.is_some() {
            tokio::time::sleep(pause).await;
        } else {
            // Whichever comes first.
            let _ = tokio::time::timeout(pause, stores.erased()).await;
        }
    }
}

/// Whether it was done, or at least tried.
async fn compact(stores: &Stores) -> bool {
    match stores.compact_if_worth().await {
        Ok(true) => tracing::info!(name: "the store was compacted", ""),
        Ok(false) => return false,
        Err(error) => tracing::warn!(name: "the store could not be compacted", %error),
    }
    true
}

/// Of a clock that goes back, nothing is known: it is long ago.
fn age(since: SystemTime) -> Duration {
    since.elapsed().unwrap_or(HOUR)
}

/// When to look next.
#[derive(Default)]
struct Rhythm {
    looked: Option<Instant>,
    /// Or tried to.
    rewrote: Option<Instant>,
}

impl Rhythm {
    fn looked(&mut self, now: Instant, rewrote: bool) {
        self.looked = Some(now);
        if rewrote {
            self.rewrote = Some(now);
        }
    }

    /// How long to wait at least, given how long something has been erased, if anything is, and
    /// for how long nothing was changed.
    fn pause(&self, now: Instant, erased: Option<Duration>, quiet: Duration) -> Duration {
        let last = match erased {
            Some(_) => self.rewrote,
            None => self.looked,
        };
        let due = last.map_or(Duration::ZERO, |last| {
            HOUR.saturating_sub(now.saturating_duration_since(last))
        });
        if !due.is_zero() {
            return due;
        }
        let until_quiet = QUIET.saturating_sub(quiet);
        match erased {
            Some(erased) => until_quiet.min(HOUR.saturating_sub(erased)),
            None => until_quiet,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);
    const BUSY: Duration = Duration::ZERO;

    #[test]
    fn space_is_looked_at_in_a_pause_and_once_an_hour() {
        let (start, mut rhythm) = (Instant::now(), Rhythm::default());
        assert_eq!(rhythm.pause(start, None, BUSY), QUIET);
        assert_eq!(rhythm.pause(start, None, QUIET / 2), QUIET / 2);
        assert_eq!(rhythm.pause(start, None, QUIET), Duration::ZERO);

        rhythm.looked(start, false);
        assert_eq!(rhythm.pause(start + MINUTE, None, QUIET), 59 * MINUTE);
        assert_eq!(rhythm.pause(start + HOUR, None, QUIET), Duration::ZERO);
        assert_eq!(rhythm.pause(start + 5 * HOUR, None, BUSY), QUIET);
    }

    #[test]
    fn what_was_erased_goes_at_the_next_pause() {
        let (start, mut rhythm) = (Instant::now(), Rhythm::default());
        rhythm.looked(start, false);
        let now = start + MINUTE;
        assert_eq!(rhythm.pause(now, Some(BUSY), BUSY), QUIET);
        assert_eq!(rhythm.pause(now, Some(QUIET), QUIET), Duration::ZERO);
    }

    #[test]
    fn what_was_erased_goes_within_an_hour_if_there_is_no_pause() {
        let (start, rhythm) = (Instant::now(), Rhythm::default());
        let last = HOUR - QUIET / 2;
        assert_eq!(rhythm.pause(start, Some(last), BUSY), QUIET / 2);
        assert_eq!(rhythm.pause(start, Some(HOUR), BUSY), Duration::ZERO);
        assert_eq!(
            rhythm.pause(start, Some(9 * HOUR), BUSY),
            Duration::ZERO,
            "as after a night without Pli"
        );
    }

    #[test]
    fn nothing_is_rewritten_twice_in_an_hour() {
        let (start, mut rhythm) = (Instant::now(), Rhythm::default());
        rhythm.looked(start, true);
        let now = start + MINUTE;
        assert_eq!(rhythm.pause(now, Some(BUSY), QUIET), 59 * MINUTE);
        let now = start + HOUR;
        let erased = Some(59 * MINUTE);
        assert_eq!(rhythm.pause(now, erased, QUIET), Duration::ZERO);
        assert_eq!(rhythm.pause(now, erased, BUSY), QUIET);
        assert_eq!(
            rhythm.pause(now + MINUTE, Some(HOUR), BUSY),
            Duration::ZERO,
            "an hour after it was erased"
        );

        rhythm.looked(now, false);
        assert_eq!(
            rhythm.pause(now + MINUTE, Some(MINUTE), QUIET),
            Duration::ZERO,
            "a mere look keeps nothing waiting"
        );
    }
}
