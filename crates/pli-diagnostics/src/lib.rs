//! The log: one rotating file in the profile, the only one of its files that is not encrypted.
//!
//! Nothing is written because it looked harmless; only what is known to be is kept:
//!
//! - of every event: its time, level, target, source line, and the names of its spans, all of
//!   them fixed when Pli was compiled;
//! - the event's own name, when our code gave one (`tracing::warn!(name: "the zoom could not
//!   be set", percent)`); its message never, since it may have been put together;
//! - numbers and truths of our code; of others, those of the fields in [`words::NUMBERS`];
//! - of texts, only the words of [`words::WORDS`] (names of errors and states), and, in our
//!   code, the pseudonyms made by [`pseudonym`] and the references made by [`log_ref`].
//!
//! A panic leaves its place and nothing of its message.

mod file;
#[cfg(any(test, feature = "fuzz"))]
pub mod fuzz;
mod layer;
mod panic;
mod pseudonym;
mod reference;
mod visitor;
pub mod words;

pub use file::{MAX_BYTES, MAX_FILES};
pub use layer::{Redaction, start};
pub use pseudonym::{Pseudonym, pseudonym, use_pseudonym_key};
pub use reference::{LogRef, log_ref};

/// Why the log could not be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Its directory cannot be made, or its file not opened.
    #[error("the log cannot be written ({})", .0.kind())]
    Io(#[source] std::io::Error),
    /// It was started before.
    #[error("there is a log already")]
    AlreadyStarted,
}
