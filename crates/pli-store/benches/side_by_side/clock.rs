//! Times what is measured, and shows a tracer where it begins and ends.

use std::{
    fs,
    sync::atomic::{AtomicBool, Ordering},
    time::Instant,
};

pub(crate) const BEGIN: &str = "/pli-bench-begin";
pub(crate) const END: &str = "/pli-bench-end";

static TRACED: AtomicBool = AtomicBool::new(false);

/// From now on, clocks ask the system for files that are not there.
pub(crate) fn show_to_tracer() {
    TRACED.store(true, Ordering::Relaxed);
}

pub(crate) struct Clock(Instant);

impl Clock {
    pub(crate) fn start() -> Self {
        mark(BEGIN);
        Self(Instant::now())
    }

    /// In milliseconds.
    pub(crate) fn stop(self) -> f64 {
        let took = self.0.elapsed().as_secs_f64() * 1_000.0;
        mark(END);
        took
    }
}

fn mark(path: &str) {
    if TRACED.load(Ordering::Relaxed) {
        let _ = fs::metadata(path);
    }
}
