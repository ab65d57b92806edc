//! Stores of a profile as a whole: opened, refused, damaged.

use super::*;

mod compaction;
mod damage;
mod erased;
mod erasure;
mod expiry;
mod interrupted_expiry;
mod opening;
mod profile;
mod restoring;
mod retention;
mod space;
#[cfg(target_os = "linux")]
mod stuck;
