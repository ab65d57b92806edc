//! Which stores open, and which are refused.

use matrix_sdk_base::StateStore as _;

use super::{
    profile::{fill, read},
    *,
};
use crate::{
    cipher::Cipher,
    engine::{Engine as _, sled::SledEngine},
    schema,
};

fn key(byte: u8) -> StoreKey {
    StoreKey::new(Box::new([byte; 32]))
}

#[tokio::test]
async fn closed_stores_tell_the_same_when_they_open_again() {
    let directory = tempfile::tempdir().unwrap();
    let stores = Stores::open(directory.path(), &key(1)).unwrap();
    fill(&stores).await;
    let before = read(&stores).await;
    drop(stores);

    let stores = Stores::open(directory.path(), &key(1)).unwrap();
    assert_eq!(stores.healings(), []);
    assert_eq!(read(&stores).await, before);
    assert!(before.iter().all(Result::is_ok));
}

#[tokio::test]
async fn another_key_is_refused_and_changes_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let stores = Stores::open(directory.path(), &key(1)).unwrap();
    fill(&stores).await;
    let before = read(&stores).await;
    drop(stores);

    let refused = Stores::open(directory.path(), &key(2)).unwrap_err();
    assert!(matches!(refused, OpenError::WrongKey), "{refused:?}");

    let stores = Stores::open(directory.path(), &key(1)).unwrap();
    assert_eq!(stores.healings(), [], "nothing was set aside meanwhile");
    assert_eq!(read(&stores).await, before);
}

fn live(directory: &Path, name: DatabaseName) -> SledEngine {
    SledEngine::open(&directory.join(name.directory()).join("1")).unwrap()
}

/// Changes one bit in the record that proves the key.
fn damage_proof_of_key(directory: &Path, name: DatabaseName) {
    let engine = live(directory, name);
    let place = vec![crate::key::domain::SCHEMA];
    let mut proof = engine.get(&place).unwrap().unwrap();
    proof[30] ^= 1;
    engine.apply(&[(place, Some(proof))]).unwrap();
    engine.flush().unwrap();
}

#[tokio::test]
async fn damage_to_the_proof_of_the_key_is_not_taken_for_another_key() {
    let (keys, history) = (DatabaseName::Keys, DatabaseName::History);
    for (name, filled, healing) in [
        (history, true, Healing::SetAside(history)),
        (history, false, Healing::SetAside(history)),
        (keys, true, Healing::Restored),
        (keys, false, Healing::SetAside(keys)),
    ] {
        let directory = tempfile::tempdir().unwrap();
        let stores = Stores::open(directory.path(), &key(1)).unwrap();
        if filled {
            fill(&stores).await;
        }
        drop(stores);
        damage_proof_of_key(directory.path(), name);

        let refused = Stores::open(directory.path(), &key(2)).unwrap_err();
        assert!(matches!(refused, OpenError::WrongKey), "{refused:?}");
        let stores = Stores::open(directory.path(), &key(1)).unwrap();
        assert_eq!(stores.healings(), [healing]);
        drop(stores);
        let stores = Stores::open(directory.path(), &key(1)).unwrap();
        assert_eq!(stores.healings(), []);
    }
}

#[tokio::test]
async fn a_record_found_damaged_is_healed_by_the_next_opening() {
    let directory = tempfile::tempdir().unwrap();
    let stores = Stores::open(directory.path(), &key(1)).unwrap();
    fill(&stores).await;
    drop(stores);
    let engine = live(directory.path(), DatabaseName::History);
    let mut records = Vec::new();
    let all = crate::engine::KeyRange::below(&[0x12]);
    engine
        .scan(
            &all,
            crate::engine::Direction::Forward,
            &mut |key, value| {
                records.push((key.to_vec(), Some(value.to_vec())));
                std::ops::ControlFlow::Continue(())
            },
        )
        .unwrap();
    let (one, other) = (records[0].clone(), records[1].clone());
    engine.apply(&[(one.0, other.1), (other.0, one.1)]).unwrap();
    engine.flush().unwrap();
    drop(engine);

    let stores = Stores::open(directory.path(), &key(1)).unwrap();
    assert_eq!(stores.healings(), [], "nothing was read yet");
    assert!(!stores.doubts().any());
    let doubts = stores.doubts();
    let told = read(&stores).await;
    assert!(told.iter().any(Result::is_err) && doubts.any());
    drop(stores);

    let stores = Stores::open(directory.path(), &key(1)).unwrap();
    let history = DatabaseName::History;
    assert_eq!(stores.healings(), [Healing::SetAside(history)]);
    read(&stores).await;
    assert!(!stores.doubts().any(), "nothing damaged is left");
}

#[tokio::test]
async fn a_doubt_without_damage_costs_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let stores = Stores::open(directory.path(), &key(1)).unwrap();
    fill(&stores).await;
    let told = read(&stores).await;
    drop(stores);
    let doubts = ["keys", "history"].map(|name| directory.path().join(name).join("doubted"));
    for doubt in &doubts {
        fs::write(doubt, b"").unwrap();
    }
    let stores = Stores::open(directory.path(), &key(1)).unwrap();
    assert_eq!(stores.healings(), []);
    assert_eq!(read(&stores).await, told);
    assert!(doubts.iter().all(|doubt| !doubt.exists()));
}

#[tokio::test]
async fn a_database_as_it_was_before_is_not_taken() {
    let (keys, history) = (DatabaseName::Keys, DatabaseName::History);
    for (name, healing) in [
        (keys, Healing::Restored),
        (history, Healing::SetAside(history)),
    ] {
        let directory = tempfile::tempdir().unwrap();
        let stores = Stores::open(directory.path(), &key(1)).unwrap();
        fill(&stores).await;
        drop(stores);
        let data = directory.path().join(name.directory()).join("1");
        let snapshot = || {
            let entries = fs::read_dir(&data).unwrap();
            let files = entries.filter_map(|entry| {
                let path = entry.unwrap().path();
                path.is_file()
                    .then(|| (path.clone(), fs::read(path).unwrap()))
            });
            files.collect::<Vec<_>>()
        };
        let before = snapshot();
        let stores = Stores::open(directory.path(), &key(1)).unwrap();
        stores.values().set("theme", &"light").await.unwrap();
        stores
            .state_store()
            .set_custom_value(b"name", b"later".to_vec())
            .await
            .unwrap();
        drop(stores);
        for (path, _) in snapshot() {
            fs::remove_file(path).unwrap();
        }
        for (path, content) in before {
            fs::write(path, content).unwrap();
        }
        let stores = Stores::open(directory.path(), &key(1)).unwrap();
        assert_eq!(stores.healings(), [healing]);
        let theme = stores.values().get::<String>("theme").unwrap();
        assert_eq!(theme.as_deref(), Some("light"), "the newest");
    }
}

#[tokio::test]
async fn a_database_that_was_taken_away_is_told() {
    let (keys, history) = (DatabaseName::Keys, DatabaseName::History);
    for (name, healing) in [
        (keys, Healing::SetAside(keys)),
        (history, Healing::SetAside(history)),
    ] {
        let directory = tempfile::tempdir().unwrap();
        let stores = Stores::open(directory.path(), &key(1)).unwrap();
        fill(&stores).await;
        drop(stores);
        fs::remove_dir_all(directory.path().join(name.directory())).unwrap();
        let _ = fs::remove_file(directory.path().join("keys.journal"));
        let stores = Stores::open(directory.path(), &key(1)).unwrap();
        assert_eq!(stores.healings(), [healing]);
    }
}

#[test]
fn a_profile_is_open_once() {
    let directory = tempfile::tempdir().unwrap();
    let _stores = Stores::open(directory.path(), &key(1)).unwrap();
    let refused = Stores::open(directory.path(), &key(1)).unwrap_err();
    assert!(matches!(refused, OpenError::InUse), "{refused:?}");
    assert!(matches!(erase(directory.path()), Err(OpenError::InUse)));
}

#[test]
fn stores_of_a_later_version_are_refused() {
    let directory = tempfile::tempdir().unwrap();
    for name in [DatabaseName::Keys, DatabaseName::History] {
        let path = directory.path().join(name.directory()).join("1");
        drop(Stores::open(directory.path(), &key(1)).unwrap());
        let cipher = Cipher::new(&key(1), name.directory());
        let write = |schema| {
            let engine = SledEngine::open(&path).unwrap();
            schema::write(&engine, &cipher, schema).unwrap();
        };
        write(schema::CURRENT + 1);
        match Stores::open(directory.path(), &key(1)).unwrap_err() {
            OpenError::TooNew { found, known } => {
                assert_eq!((found, known), (schema::CURRENT + 1, schema::CURRENT));
            }
            other => panic!("{other:?}"),
        }
        write(schema::CURRENT);
        let stores = Stores::open(directory.path(), &key(1)).unwrap();
        assert_eq!(stores.healings(), [], "a refused store is left as it is");
    }
}
