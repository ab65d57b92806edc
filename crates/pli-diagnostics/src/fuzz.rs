//! What is done with text that must never be in the log: the fuzz target (`fuzz/`) calls it
//! without end, the suite (`tests/fuzz`) with a corpus and mutations of it.

use std::sync::{Arc, Mutex, PoisonError};

use tracing::{Event, Level, Subscriber};
use tracing_subscriber::{
    Layer,
    layer::{Context, SubscriberExt},
    registry::LookupSpan,
};

use crate::{
    layer::{line, place},
    pseudonym::is_pseudonym,
    reference::is_log_ref,
    words::WORDS,
};

/// The lines that would be written.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<String>>>);

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Lines {
    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lines.push(line(event, &context));
    }
}

/// A text in every part of events and spans: of what is written, nothing is of it but words that
/// were reviewed.
pub fn redaction(bytes: &[u8]) {
    let secret = &*String::from_utf8_lossy(bytes);
    let lines = Lines::default();
    let subscriber = tracing_subscriber::registry().with(lines.clone());
    tracing::subscriber::with_default(subscriber, || {
        say(secret);
        say_as_others(secret);
    });
    let lines = lines.0.lock().unwrap_or_else(PoisonError::into_inner);
    assert_eq!(lines.len(), 8, "an event is missing");
    for line in lines.iter() {
        assert_eq!(line.matches('\n').count(), 1, "{line:?} is no line");
        let (_, fields) = line.split_once(".rs:").unwrap_or_default();
        for field in fields.split_whitespace().skip(1) {
            assert!(is_known(field, secret), "{field:?} is in the log");
        }
    }
    let place = place(secret);
    assert!(
        !place.starts_with('/') && !place.contains([':', '\\']),
        "{place:?} tells whose computer it is"
    );
}

fn say(secret: &str) {
    let target = "pli_core::timeline";
    let span = tracing::span!(target: "pli_core::timeline", Level::ERROR, "sync", user = %secret);
    let _entered = span.enter();
    tracing::error!(target: "pli_core::timeline", "{secret}");
    tracing::warn!(name: "named", target: "pli_core::timeline", message = secret, count = 7);
    tracing::info!(target: "pli_core::timeline", error = %secret, state = secret, "{target}");
    tracing::debug!(target: "pli_core::timeline", log_ref = secret, error = ?Some(secret));
}

fn say_as_others(secret: &str) {
    let span = tracing::span!(target: "matrix_sdk::client", Level::ERROR, "sync", room = ?secret);
    let _entered = span.enter();
    tracing::error!(target: "matrix_sdk::client", error = secret, "failed for {secret}");
    tracing::warn!(target: "matrix_sdk::client", user = secret, kind = ?secret);
    tracing::info!(target: "matrix_sdk::client", bytes = secret.as_bytes(), reason = %secret);
    tracing::trace!(target: "matrix_sdk::client", log_ref = secret, password = %secret);
}

/// Whether a field of a line may be there: what is in it was fixed when Pli was compiled.
fn is_known(field: &str, secret: &str) -> bool {
    if ["in:sync", "[named]", "count=7"].contains(&field) {
        return true;
    }
    let Some((name, value)) = field.split_once('=') else {
        return false;
    };
    let names = ["error", "state", "log_ref", "kind", "reason"];
    let words = value == "?" || value.split('>').all(|word| WORDS.contains(&word));
    // What is harmless by its shape, and was all of the text.
    let whole = value == secret && (is_pseudonym(value) || is_log_ref(value));
    names.contains(&name) && (words || whole)
}
