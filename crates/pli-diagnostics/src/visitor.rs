//! What is kept of the fields of one event.

use std::fmt::{self, Debug, Write};

use tracing::field::{Field, Visit};

use crate::{
    pseudonym::is_pseudonym,
    reference::is_log_ref,
    words::{NUMBERS, TEXTS, known_words},
};

/// Longest text that is searched for words: the first say what.
const SEARCHED: usize = 4096;

/// Appends the fields that may be kept, each after a space.
pub(crate) struct Fields<'a> {
    line: &'a mut String,
    ours: bool,
}

impl<'a> Fields<'a> {
    /// `ours` tells whether the event is of our code.
    pub(crate) fn new(line: &'a mut String, ours: bool) -> Self {
        Self { line, ours }
    }

    fn number(&mut self, field: &Field, value: impl fmt::Display) {
        if self.ours || NUMBERS.contains(&field.name()) {
            let _ = write!(self.line, " {}={value}", field.name());
        }
    }

    fn text(&mut self, field: &Field, text: &str) {
        // The message may hold anything, and our code has names for its events.
        if field.name() == "message" || !(self.ours || TEXTS.contains(&field.name())) {
            return;
        }
        let whole =
            self.ours && (is_pseudonym(text) || (field.name() == "log_ref" && is_log_ref(text)));
        let _ = if whole {
            write!(self.line, " {}={text}", field.name())
        } else {
            let words = known_words(text).join(">");
            let words = if words.is_empty() { "?" } else { &words };
            write!(self.line, " {}={words}", field.name())
        };
    }
}

impl Visit for Fields<'_> {
    fn record_f64(&mut self, field: &Field, value: f64) {
        self.number(field, value);
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.number(field, value);
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.number(field, value);
    }

    fn record_i128(&mut self, field: &Field, value: i128) {
        self.number(field, value);
    }

    fn record_u128(&mut self, field: &Field, value: u128) {
        self.number(field, value);
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.number(field, value);
    }

    fn record_bytes(&mut self, _: &Field, _: &[u8]) {}

    fn record_str(&mut self, field: &Field, value: &str) {
        self.text(field, value);
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let mut text = Beginning(String::new());
        // Fails on purpose where the text is longer than what is searched.
        let _ = write!(text, "{value:?}");
        self.text(field, &text.0);
    }
}

/// The first bytes of a text, so that a huge one is not put together in memory.
struct Beginning(String);

impl Write for Beginning {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for c in text.chars() {
            if self.0.len() + c.len_utf8() > SEARCHED {
                return Err(fmt::Error);
            }
            self.0.push(c);
        }
        Ok(())
    }
}
