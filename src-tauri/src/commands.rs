//! What the page may ask: each command maps its arguments, calls `pli_core`, maps the answer.

pub(crate) mod app;
pub(crate) mod settings;
