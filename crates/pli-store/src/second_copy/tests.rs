//! A journal that could not be begun on a full disk.

use super::*;
use crate::engine::memory::MemoryEngine;

#[test]
fn a_journal_that_is_owed_takes_nothing_before_it_is_begun() {
    let directory = tempfile::tempdir().unwrap();
    let key = StoreKey::new(Box::new([1; 32]));
    let cipher = Cipher::new(&key, "keys");
    let domain = domains().next().unwrap();
    let write = |n: u8| {
        let place = vec![domain, n];
        let sealed = cipher.seal(&place, &[n]).unwrap();
        (place, Some(sealed))
    };
    let engine = MemoryEngine::default();
    engine.apply(&[write(1)]).unwrap();
    let before = begin(directory.path(), &key, &engine, cipher.clone());
    drop(before.unwrap().unwrap());
    let path = path(directory.path());
    let of_before = fs::read(&path).unwrap();

    let mut owed = SecondCopy {
        journal: State::Owed {
            path: path.clone(),
            cipher: journal::cipher(&key),
        },
        cipher: cipher.clone(),
    };
    assert!(owed.append(&[write(2)]).is_err());
    owed.sync().unwrap();
    assert_eq!(
        fs::read(&path).unwrap(),
        of_before,
        "it is still the newest"
    );

    owed.renew(&engine).unwrap();
    assert!(!owed.is_owed());
    owed.append(&[write(2)]).unwrap();
    owed.sync().unwrap();
    let records = journal::read(&path, &key).unwrap().records;
    assert_eq!(records.len(), 2, "what was there, and what came");
}
