//! Which stores open, and which are refused.

use super::{
    profile::{fill, read},
    *,
};
use crate::{cipher::Cipher, engine::sled::SledEngine, schema};

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
