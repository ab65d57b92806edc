//! What is done with bytes that the disk gives back, and what must hold then. The fuzz targets
//! (`fuzz/`) call it without end, the suite (`tests/fuzz`) with a corpus and mutations of it.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    cipher::{Cipher, StoreKey},
    crypto, event_cache, intent,
    key::Table,
    media, state,
};

/// Reads the value of a table.
pub(crate) type Kind = fn(&[u8]);

/// What reads the values of each of these tables.
macro_rules! kinds {
    ($($table:expr),* $(,)?) => {
        &[$(|value| $crate::fuzz::read_again($table, value)),*]
    };
}
pub(crate) use kinds;

/// Bytes in the place of a record: those of a value of each kind, of a sealed one, of the notes
/// of an interrupted change. As far as there are values, they are what is written of them.
pub fn values(bytes: &[u8]) {
    let packed = serde_json::from_slice::<Value>(bytes)
        .ok()
        .and_then(|value| rmp_serde::to_vec_named(&value).ok());
    for kinds in [
        crypto::KINDS,
        event_cache::KINDS,
        media::KINDS,
        state::KINDS,
    ] {
        for read in kinds {
            read(bytes);
            // The corpus is text; most tables are not.
            if let Some(packed) = &packed {
                read(packed);
            }
        }
    }
    if let Ok((mark, writes)) = intent::decode(bytes) {
        let written = intent::encode(mark, &writes).ok();
        assert!(written.is_some(), "it cannot be written");
        let read = written.and_then(|written| intent::decode(&written).ok());
        assert_eq!(read, Some((mark, writes)), "another change is made");
    }
    let cipher = Cipher::new(&StoreKey::new(Box::new([7; 32])), "keys");
    assert!(
        cipher.open(b"place", bytes).is_err(),
        "what nobody sealed opens"
    );
}

/// What a value decodes to is encoded as something that decodes to the same.
pub(crate) fn read_again<V: Serialize + DeserializeOwned>(table: Table<V>, bytes: &[u8]) {
    let Ok(value) = table.decode(bytes) else {
        return;
    };
    let written = table.encode(&value).ok();
    let read = written
        .as_ref()
        .and_then(|written| table.decode(written).ok());
    let rewritten = read.and_then(|read| table.encode(&read).ok());
    let sorted = |bytes: &[u8]| {
        // Maps that are hashed are written in any order.
        let mut bytes = bytes.to_vec();
        bytes.sort_unstable();
        bytes
    };
    assert_eq!(
        rewritten.map(|bytes| sorted(&bytes)),
        written.map(|bytes| sorted(&bytes)),
        "a value of {} changes as it is kept",
        table.domain()
    );
}
