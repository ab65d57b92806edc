//! Operations on encryption keys.

use matrix_sdk_base::ruma::{RoomId, device_id, room_id, user_id};
use matrix_sdk_crypto::{
    Account,
    olm::InboundGroupSession,
    store::{
        CryptoStore,
        types::{Changes, PendingChanges},
    },
};

use crate::random::Random;

/// The sessions there are: made once, as they are of random keys.
pub(super) struct Pool {
    account: Account,
    inbound: Vec<InboundGroupSession>,
}

fn rooms() -> [&'static RoomId; 2] {
    [room_id!("!one:example.org"), room_id!("!other:example.org")]
}

impl Pool {
    pub(super) async fn make() -> Self {
        let account = Account::with_device_id(user_id!("@alice:example.org"), device_id!("LAPTOP"));
        let mut inbound = Vec::new();
        for number in 0..12 {
            let room = rooms()[number % 2];
            let (_, session) = account.create_group_session_pair_with_defaults(room).await;
            inbound.push(session);
        }
        Self { account, inbound }
    }
}

/// Asks one thing of a store.
#[allow(clippy::too_many_lines, reason = "a branch for each operation")]
pub(super) async fn step(store: &impl CryptoStore, pool: &Pool, mut random: Random) -> String {
    let session = random.one_of(&pool.inbound).clone();
    let (room, id) = (
        session.room_id().to_owned(),
        session.session_id().to_owned(),
    );
    let name = random.below(10).to_string();
    match random.below(14) {
        0 => {
            let account = Some(pool.account.deep_clone());
            let saved = store.save_pending_changes(PendingChanges { account });
            saved.await.unwrap();
            let loaded = store.load_account().await.unwrap();
            format!("{:?}", loaded.map(|account| account.identity_keys()))
        }
        1 | 2 => {
            // Saved anew as not backed up, a session is backed up again by ours, as by the SDK's
            // on the disk; its store in memory remembers that it once was.
            if store
                .get_inbound_group_session(&room, &id)
                .await
                .unwrap()
                .is_some()
            {
                return String::new();
            }
            let changes = Changes {
                inbound_group_sessions: vec![session],
                next_batch_token: Some(name),
                ..Changes::default()
            };
            format!("{:?}", store.save_changes(changes).await.is_ok())
        }
        3 => {
            if store
                .get_inbound_group_session(&room, &id)
                .await
                .unwrap()
                .is_none()
            {
                return String::new();
            }
            let held = [(&*room, id.as_str())];
            let marked = store.mark_inbound_group_sessions_as_backed_up("1", &held);
            format!("{:?}", marked.await.is_ok())
        }
        // No reset of the backup: the SDK's store remembers which version holds a session, and
        // does nothing; ours, as the SDK's on the disk, knows of one version only.
        4 | 5 => {
            let counts = store.inbound_group_session_counts(Some("1")).await.unwrap();
            format!("{counts:?}")
        }
        6 => {
            let found = store.inbound_group_sessions_for_backup("1", 100).await;
            sessions(found.unwrap())
        }
        7 => sessions(store.get_inbound_group_sessions().await.unwrap()),
        8 => {
            let found = store.get_inbound_group_sessions_by_room_id(&room).await;
            sessions(found.unwrap())
        }
        9 => {
            let found = store.get_inbound_group_session(&room, &id).await.unwrap();
            sessions(found.into_iter().collect())
        }
        10 => {
            let value = random.next().to_be_bytes().to_vec();
            format!("{:?}", store.set_custom_value(&name, value).await.is_ok())
        }
        11 if random.once_in(3) => {
            format!("{:?}", store.remove_custom_value(&name).await.is_ok())
        }
        11 => format!("{:?}", store.get_custom_value(&name).await.unwrap()),
        12 => {
            let user = format!("@{name}:example.org");
            let dirty = random.once_in(2);
            let users = [(user.as_str().try_into().unwrap(), dirty)];
            format!("{:?}", store.save_tracked_users(&users).await.is_ok())
        }
        _ => {
            let users = store.load_tracked_users().await.unwrap();
            let users = users.into_iter().map(|user| (user.user_id, user.dirty));
            let mut users: Vec<_> = users.collect();
            users.sort();
            format!("{users:?} {:?}", store.next_batch_token().await.unwrap())
        }
    }
}

fn sessions(found: Vec<InboundGroupSession>) -> String {
    let mut found: Vec<_> = found
        .iter()
        .map(|session| (session.session_id().to_owned(), session.backed_up()))
        .collect();
    found.sort();
    format!("{found:?}")
}
