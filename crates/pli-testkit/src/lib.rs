//! A real Synapse, scenes of several devices, a WebDriver client and fixtures, for tests and
//! the demo. Never part of what is shipped.

// The futures of the SDK nest deeply.
#![recursion_limit = "256"]

pub mod damage;
pub mod desktop;
pub mod display;
pub mod figures;
pub mod http_probe;
pub mod https;
pub mod keyring_session;
pub mod listing;
pub mod ministry;
pub mod peer;
pub mod place;
pub mod portal;
pub mod process;
pub mod proxy;
pub mod reading;
pub mod synapse;
