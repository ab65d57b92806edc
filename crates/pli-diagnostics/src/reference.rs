//! What the user reads to the helpdesk, and the helpdesk finds in the log.

use std::fmt;

/// No letter that is mistaken for another when read aloud.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 8;

/// A reference such as `K7Q2-9FMD`.
#[derive(Clone, PartialEq, Eq)]
pub struct LogRef(String);

/// A new reference. Log it as the field `log_ref`, beside the detail.
#[must_use]
pub fn log_ref() -> LogRef {
    let mut bytes = [0; LENGTH];
    // Without random bytes every reference is the same: poor, but no reason to stop.
    let _ = getrandom::fill(&mut bytes);
    let mut text = String::with_capacity(LENGTH + 1);
    for (place, byte) in bytes.into_iter().enumerate() {
        if place == LENGTH / 2 {
            text.push('-');
        }
        let letter = ALPHABET.get(usize::from(byte) % ALPHABET.len());
        text.push(letter.map_or('0', |letter| char::from(*letter)));
    }
    LogRef(text)
}

impl fmt::Display for LogRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for LogRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<LogRef> for String {
    fn from(reference: LogRef) -> Self {
        reference.0
    }
}

/// Whether `text` has the shape of a reference.
pub(crate) fn is_log_ref(text: &str) -> bool {
    text.len() == LENGTH + 1
        && text.bytes().enumerate().all(|(place, byte)| {
            if place == LENGTH / 2 {
                byte == b'-'
            } else {
                ALPHABET.contains(&byte)
            }
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_short_and_differ() {
        let references: std::collections::HashSet<String> =
            (0..100).map(|_| log_ref().into()).collect();
        assert_eq!(references.len(), 100);
        assert!(references.iter().all(|r| is_log_ref(r)), "{references:?}");
        assert!(!is_log_ref("alice-bob"));
    }
}
