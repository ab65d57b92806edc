//! Ids, told apart in the log without being in it.

use std::{
    fmt,
    sync::{LazyLock, PoisonError, RwLock},
};

use hmac::{Hmac, Mac, digest::KeyInit};
use sha2::Sha256;

/// Bytes of a block of SHA-256.
const BLOCK_LENGTH: usize = 64;

/// Without random bytes there is no key, and every id is written as `room#??????`.
static KEY: LazyLock<RwLock<Option<[u8; 32]>>> = LazyLock::new(|| {
    let mut key = [0; 32];
    RwLock::new(getrandom::fill(&mut key).is_ok().then_some(key))
});

/// Makes pseudonyms with this key from now on, so that they stay the same from one run of a
/// profile to the next. Until then they are made with a key of this run.
pub fn use_pseudonym_key(key: &[u8; 32]) {
    *KEY.write().unwrap_or_else(PoisonError::into_inner) = Some(*key);
}

/// What stands for an id: `room#7f3a09`.
#[derive(Clone, PartialEq, Eq)]
pub struct Pseudonym {
    kind: &'static str,
    hash: Option<u32>,
}

/// What stands for `id`, which is a `kind` (`room`, `user`, `event`, `device`, `media`).
#[must_use]
pub fn pseudonym(kind: &'static str, id: &str) -> Pseudonym {
    let key = *KEY.read().unwrap_or_else(PoisonError::into_inner);
    let hash = key.map(|key| {
        let mut block = [0; BLOCK_LENGTH];
        for (padded, byte) in block.iter_mut().zip(key) {
            *padded = byte;
        }
        let mut mac = <Hmac<Sha256> as KeyInit>::new((&block).into());
        mac.update(kind.as_bytes());
        mac.update(&[0]);
        mac.update(id.as_bytes());
        let bytes: [u8; 32] = mac.finalize().into_bytes().into();
        let [first, second, third, ..] = bytes;
        u32::from_be_bytes([0, first, second, third])
    });
    Pseudonym { kind, hash }
}

impl fmt::Display for Pseudonym {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.hash {
            Some(hash) => write!(f, "{}#{hash:06x}", self.kind),
            None => write!(f, "{}#??????", self.kind),
        }
    }
}

impl fmt::Debug for Pseudonym {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Whether `text` was made by [`pseudonym`], or tells no more than if it were.
pub(crate) fn is_pseudonym(text: &str) -> bool {
    text.split_once('#').is_some_and(|(kind, hash)| {
        ["room", "user", "event", "device", "media", "server"].contains(&kind)
            && hash.len() == 6
            && hash
                .bytes()
                .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b) || b == b'?')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pseudonym_depends_on_id_kind_and_key() {
        use_pseudonym_key(&[1; 32]);
        let room = pseudonym("room", "!a:example.org");
        assert_eq!(room, pseudonym("room", "!a:example.org"));
        assert_ne!(room.hash, pseudonym("room", "!b:example.org").hash);
        assert_ne!(room.hash, pseudonym("user", "!a:example.org").hash);
        assert!(is_pseudonym(&room.to_string()), "{room}");
        use_pseudonym_key(&[2; 32]);
        assert_ne!(room, pseudonym("room", "!a:example.org"));
    }

    #[test]
    fn nothing_else_is_taken_for_one() {
        for other in [
            "room#7f3a",
            "alice#000000",
            "room#7F3A09",
            "room#7f3a09 x",
            "#7f3a09",
            "",
        ] {
            assert!(!is_pseudonym(other), "{other:?}");
        }
    }
}
