//! The rows of the table that are timed in turns.

pub(crate) mod decrypt;
pub(crate) mod events;
pub(crate) mod reads;
pub(crate) mod rooms;
pub(crate) mod send;
pub(crate) mod sync;
