//! Journeys: what people do, through the crates, against a real Synapse.

mod discovery;
mod members;
mod rooms;
mod scene;
mod server;
mod session;
