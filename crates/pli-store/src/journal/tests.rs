//! What a journal tells of itself after damage.

use proptest::prelude::*;
use tempfile::TempDir;

use super::*;

fn key() -> StoreKey {
    StoreKey::new(Box::new([3; 32]))
}

fn put(number: u8) -> Write {
    (vec![0x41, number], Some(vec![number; 40]))
}

fn journal(records: &[Write]) -> (TempDir, PathBuf, Journal) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("keys.journal");
    let journal = Journal::begin(&path, &key(), 7, records).unwrap();
    (directory, path, journal)
}

fn numbers(contents: &Contents) -> Vec<u8> {
    contents.records.keys().map(|key| key[1]).collect()
}

#[test]
fn what_was_added_is_read_and_what_was_removed_is_not() {
    let (_directory, path, mut journal) = journal(&[put(1), put(2)]);
    journal.append(&[put(3), (vec![0x41, 1], None)]).unwrap();
    journal.sync().unwrap();

    let contents = read(&path, &key()).unwrap();
    assert_eq!(contents.schema, 7);
    assert_eq!(numbers(&contents), [2, 3]);
    assert_eq!(contents.records[&vec![0x41, 3]], [3; 40]);

    journal.renew(&[put(5)]).unwrap();
    journal.append(&[put(6)]).unwrap();
    journal.sync().unwrap();
    assert_eq!(numbers(&read(&path, &key()).unwrap()), [5, 6]);
}

#[test]
fn nothing_of_it_is_in_clear_and_another_key_does_not_read_it() {
    let (_directory, path, mut journal) = journal(&[]);
    journal
        .append(&[(vec![0x41], Some(b"a ratchet".to_vec()))])
        .unwrap();
    journal.sync().unwrap();

    let bytes = fs::read(&path).unwrap();
    assert!(!bytes.windows(9).any(|window| window == b"a ratchet"));
    assert!(read(&path, &StoreKey::new(Box::new([4; 32]))).is_none());
}

#[test]
fn an_older_journal_under_a_newer_mark_is_refused() {
    let (_directory, path, mut journal) = journal(&[put(1)]);
    let older = fs::read(&path).unwrap();
    for number in 2..5 {
        journal.append(&[put(number)]).unwrap();
        journal.sync().unwrap();
    }
    let newer = fs::read(&path).unwrap();
    let first_frame = FIRST_FRAME as usize;
    let mixed = [&newer[..first_frame], &older[first_frame..]].concat();
    fs::write(&path, mixed).unwrap();
    assert!(read(&path, &key()).is_none());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Cut anywhere, with anything behind: all that was synced is there, or it is not trusted.
    #[test]
    fn a_cut_journal_is_refused_unless_only_what_was_not_synced_is_gone(
        synced in 0_u8..8, unsynced in 0_u8..4, cut: prop::sample::Index, tail: Vec<u8>,
    ) {
        let (_directory, path, mut journal) = journal(&[put(0)]);
        for number in 1..=synced {
            journal.append(&[put(number)]).unwrap();
            journal.sync().unwrap();
        }
        let whole = fs::metadata(&path).unwrap().len() as usize;
        for number in synced + 1..=synced + unsynced {
            journal.append(&[put(number)]).unwrap();
        }
        let mut bytes = fs::read(&path).unwrap();
        bytes.truncate(cut.index(bytes.len() + 1));
        let kept = bytes.len();
        bytes.extend(&tail);
        fs::write(&path, bytes).unwrap();

        match read(&path, &key()) {
            Some(contents) => {
                let numbers = numbers(&contents);
                prop_assert!(numbers.len() > usize::from(synced), "acknowledged ones are missing");
                prop_assert!(numbers.iter().copied().eq(0..numbers.len() as u8));
            }
            None => prop_assert!(kept < whole, "only the unsynced end was cut"),
        }
    }

    #[test]
    fn a_changed_bit_is_never_read_as_something_else(byte: prop::sample::Index, bit in 0..8_u8) {
        let (_directory, path, mut journal) = journal(&[put(0), put(1)]);
        journal.append(&[put(2)]).unwrap();
        journal.sync().unwrap();
        let mut bytes = fs::read(&path).unwrap();
        let at = byte.index(bytes.len());
        bytes[at] ^= 1 << bit;
        fs::write(&path, bytes).unwrap();

        if let Some(contents) = read(&path, &key()) {
            prop_assert_eq!(numbers(&contents), [0, 1, 2]);
            prop_assert!(at < FIRST_FRAME as usize, "only the gaps between marks may change");
        }
    }
}
