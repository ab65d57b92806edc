//! Journeys: what people do, through the crates, against a real Synapse.

// The futures of the SDK nest deeply.
#![recursion_limit = "256"]

mod browser;
mod catch_up;
mod disappearing;
mod discovery;
mod erasure;
mod expiry;
mod guests;
mod hostile;
mod interop;
mod killed;
mod kinds;
mod members;
mod messages;
mod policy;
mod random;
mod room_keys;
mod rooms;
mod scene;
mod server;
mod session;
mod soak;
mod trust;
mod verification;
