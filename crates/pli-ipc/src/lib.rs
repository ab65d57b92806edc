//! Every type that reaches the page, its mapping from pli-core, and the table of commands.
//!
//! The page sees only what is declared under [`wire`]. Everything there is written once,
//! exported to `ui/src/ipc/bindings.ts`, and has a JSON snapshot in this crate's tests.

// The futures of the SDK nest deeply.
#![cfg_attr(any(test, feature = "fuzz"), recursion_limit = "256")]

#[cfg(test)]
mod bindings;
pub mod commands;
mod composer;
mod diff;
mod error;
#[cfg(any(test, feature = "fuzz"))]
pub mod fuzz;
pub mod member;
mod person;
pub mod policy;
pub mod room;
pub mod room_keys;
pub mod room_list;
pub mod session;
pub mod timeline;
pub mod verification;
pub mod wire;
