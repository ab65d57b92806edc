//! The time by which messages disappear: it never goes back.
//!
//! A message that is over stays over, whatever is done to the clock of the machine. So the highest
//! time seen is remembered, also on the disk, and time goes on from there until the machine's
//! clock has caught up.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use tokio::sync::watch;

/// A clock that never goes back. Clones are the same clock.
#[derive(Clone)]
pub struct Clock(Arc<Inner>);

struct Inner {
    wall: Box<dyn Fn() -> SystemTime + Send + Sync>,
    floor: Mutex<Floor>,
    set: watch::Sender<()>,
}

/// The highest time seen, and when that was.
#[derive(Clone, Copy)]
struct Floor {
    time: u64,
    since: Instant,
}

/// Sets a [`Clock`] that was made to be set.
#[derive(Clone)]
pub struct Hand {
    ahead: Arc<Mutex<Offset>>,
    clock: Clock,
}

#[derive(Clone, Copy, Default)]
struct Offset {
    forward: Duration,
    back: Duration,
}

impl Clock {
    /// The clock of this machine.
    pub fn system() -> Self {
        Self::by(SystemTime::now)
    }

    /// One that can be set, as somebody would set the clock of the machine.
    pub fn by_hand() -> (Self, Hand) {
        let ahead = Arc::new(Mutex::new(Offset::default()));
        let offset = Arc::clone(&ahead);
        let clock = Self::by(move || {
            let Offset { forward, back } = *offset.lock().unwrap_or_else(PoisonError::into_inner);
            let now = SystemTime::now();
            let ahead = now.checked_add(forward).unwrap_or(now);
            ahead.checked_sub(back).unwrap_or(ahead)
        });
        let hand = Hand {
            ahead,
            clock: clock.clone(),
        };
        (clock, hand)
    }

    fn by(wall: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self(Arc::new(Inner {
            wall: Box::new(wall),
            floor: Mutex::new(Floor {
                time: 0,
                since: Instant::now(),
            }),
            set: watch::Sender::default(),
        }))
    }

    /// Milliseconds of the epoch; never less than before.
    pub fn now(&self) -> u64 {
        self.at_least(0)
    }

    /// From now on, no earlier than a time that was seen before.
    pub(crate) fn at_least(&self, seen: u64) -> u64 {
        let wall = (self.0.wall)().duration_since(UNIX_EPOCH);
        let wall = wall.map_or(0, millis);
        let mut floor = self.0.floor.lock().unwrap_or_else(PoisonError::into_inner);
        let gone_on = floor.time.saturating_add(millis(floor.since.elapsed()));
        let time = wall.max(gone_on).max(seen);
        *floor = Floor {
            time,
            since: Instant::now(),
        };
        time
    }

    /// Changes when it is set by hand.
    pub(crate) fn set(&self) -> watch::Receiver<()> {
        self.0.set.subscribe()
    }
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Clock").finish_non_exhaustive()
    }
}

impl Hand {
    /// Sets the clock so long ahead of where it is.
    pub fn forward(&self, by: Duration) {
        self.change(|offset| offset.forward += by);
    }

    /// Sets it back.
    pub fn back(&self, by: Duration) {
        self.change(|offset| offset.back += by);
    }

    fn change(&self, change: impl FnOnce(&mut Offset)) {
        change(&mut self.ahead.lock().unwrap_or_else(PoisonError::into_inner));
        self.clock.0.set.send_replace(());
    }
}

/// Whole milliseconds.
pub(crate) fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(60 * 60);

    #[test]
    fn time_goes_on_although_the_clock_goes_back() {
        let (clock, hand) = Clock::by_hand();
        let first = clock.now();
        hand.back(10 * HOUR);
        let second = clock.now();
        assert!(second >= first, "it never goes back");
        std::thread::sleep(Duration::from_millis(20));
        assert!(clock.now() >= second + 20, "and does not stand still");
    }

    #[test]
    fn a_clock_set_ahead_counts_at_once() {
        let (clock, hand) = Clock::by_hand();
        let before = clock.now();
        hand.forward(HOUR);
        assert!(clock.now() >= before + millis(HOUR));
    }

    #[test]
    fn what_was_seen_in_another_run_counts() {
        let (clock, hand) = Clock::by_hand();
        hand.back(10 * HOUR);
        let seen = millis(HOUR) + Clock::system().now();
        assert!(clock.at_least(seen) >= seen);
        assert!(clock.now() >= seen, "from then on");
    }
}
