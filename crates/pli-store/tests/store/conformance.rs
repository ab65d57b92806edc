//! The SDK's own suites of its four store traits, each on both engines.

mod crypto;
mod event_cache;
mod media;
mod state;
