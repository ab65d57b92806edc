//! The database of keys is gone or unreadable: what nobody can give back comes from the journal,
//! or the device ends.

use std::path::PathBuf;

use matrix_sdk_base::ruma::{device_id, room_id, user_id};
use matrix_sdk_crypto::{
    Account,
    olm::{InboundGroupSession, SenderData},
    store::{
        CryptoStore,
        types::{Changes, PendingChanges},
    },
    types::EventEncryptionAlgorithm,
    vodozemac::megolm::GroupSession,
};

use super::*;

fn key() -> StoreKey {
    StoreKey::new(Box::new([1; 32]))
}

fn open(directory: &Path) -> Stores {
    Stores::open(directory, &key()).unwrap()
}

fn session(account: &Account) -> InboundGroupSession {
    let outbound = GroupSession::new(Default::default());
    InboundGroupSession::new(
        account.identity_keys().curve25519,
        account.identity_keys().ed25519,
        room_id!("!cabinet:interieur.example"),
        &outbound.session_key(),
        SenderData::unknown(),
        None,
        EventEncryptionAlgorithm::MegolmV1AesSha2,
        None,
        false,
    )
    .unwrap()
}

/// A device with two sessions, of which a backup holds the first.
async fn device(stores: &Stores) -> (Account, [InboundGroupSession; 2]) {
    let crypto = stores.crypto_store();
    let account =
        Account::with_device_id(user_id!("@alice:interieur.example"), device_id!("LAPTOP"));
    let pending = PendingChanges {
        account: Some(account.deep_clone()),
    };
    crypto.save_pending_changes(pending).await.unwrap();
    let sessions = [session(&account), session(&account)];
    let mut changes = Changes {
        inbound_group_sessions: sessions.to_vec(),
        ..Changes::default()
    };
    let own = matrix_sdk_crypto::DeviceData::from_account(&account);
    changes.devices.new.push(own);
    crypto.save_changes(changes).await.unwrap();
    let held = [(sessions[0].room_id(), sessions[0].session_id())];
    crypto
        .mark_inbound_group_sessions_as_backed_up("1", &held)
        .await
        .unwrap();
    stores.values().set("theme", &"dark").await.unwrap();
    (account, sessions)
}

async fn has(stores: &Stores, session: &InboundGroupSession) -> bool {
    let crypto = stores.crypto_store();
    let found = crypto.get_inbound_group_session(session.room_id(), session.session_id());
    found.await.unwrap().is_some()
}

fn files(directory: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// Makes each file of the database something else.
fn ruin(directory: &Path) {
    for file in files(&directory.join("keys")) {
        let mut bytes = fs::read(&file).unwrap();
        for byte in &mut bytes {
            *byte = byte.wrapping_mul(31).wrapping_add(7);
        }
        fs::write(file, bytes).unwrap();
    }
}

#[tokio::test]
async fn unreadable_keys_come_back_from_their_journal() {
    let directory = tempfile::tempdir().unwrap();
    let stores = open(directory.path());
    let (account, [backed_up, alone]) = device(&stores).await;
    drop(stores);
    // As at each start.
    drop(open(directory.path()));
    ruin(directory.path());

    let stores = open(directory.path());
    assert_eq!(stores.healings(), [Healing::Restored]);
    let crypto = stores.crypto_store();
    let back = crypto
        .load_account()
        .await
        .unwrap()
        .expect("the same device");
    assert_eq!(back.identity_keys(), account.identity_keys());
    let device = crypto.get_device(account.user_id(), account.device_id());
    assert!(device.await.unwrap().is_some());
    assert!(has(&stores, &alone).await, "no backup holds it");
    assert!(!has(&stores, &backed_up).await, "the backup gives it again");
    let theme = stores.values().get::<String>("theme").unwrap();
    assert_eq!(theme.as_deref(), Some("dark"));
    drop((crypto, stores));

    assert_eq!(open(directory.path()).healings(), []);
}

#[tokio::test]
async fn keys_that_were_removed_come_back_too() {
    let directory = tempfile::tempdir().unwrap();
    let stores = open(directory.path());
    let (_, [_, alone]) = device(&stores).await;
    drop(stores);
    fs::remove_dir_all(directory.path().join("keys")).unwrap();

    let stores = open(directory.path());
    assert_eq!(stores.healings(), [Healing::Restored]);
    assert!(has(&stores, &alone).await);
}

#[tokio::test]
async fn a_journal_that_lacks_its_end_gives_no_ratchet_back() {
    let directory = tempfile::tempdir().unwrap();
    let stores = open(directory.path());
    device(&stores).await;
    drop(stores);
    ruin(directory.path());
    let journal = directory.path().join("keys.journal");
    let bytes = fs::read(&journal).unwrap();
    fs::write(&journal, &bytes[..bytes.len() - 1]).unwrap();

    let stores = open(directory.path());
    assert_eq!(stores.healings(), [Healing::SetAside(DatabaseName::Keys)]);
    let account = stores.crypto_store().load_account().await.unwrap();
    assert!(account.is_none(), "another device is to be made");
    assert_eq!(
        fs::read(directory.path().join("keys.journal.quarantine"))
            .unwrap()
            .len(),
        bytes.len() - 1,
        "nothing is thrown away"
    );
}

#[tokio::test]
async fn after_a_backup_is_reset_every_session_is_kept_twice() {
    let directory = tempfile::tempdir().unwrap();
    let stores = open(directory.path());
    let (_, sessions) = device(&stores).await;
    stores.crypto_store().reset_backup_state().await.unwrap();
    drop(stores);
    ruin(directory.path());

    let stores = open(directory.path());
    for session in &sessions {
        assert!(has(&stores, session).await);
    }
}
