//! Journeys: what people do, through the crates, against a real Synapse.

mod server;
