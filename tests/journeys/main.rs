//! Journeys: what people do, through the crates, against a real Synapse.

mod members;
mod rooms;
mod scene;
mod server;
mod session;
