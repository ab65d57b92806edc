//! Of two copies of a room key, what both are good for.
//!
//! The SDK compares a key that comes with the one in the store, but not with another one that came
//! with the same sync, and writes both: the later would win. Senders share a session again once
//! somebody made a new Olm channel to them, then from its present index. Whoever was away would
//! read nothing that was sent before.

use matrix_sdk_crypto::{
    olm::{InboundGroupSession, PickledInboundGroupSession, SenderDataType},
    vodozemac::megolm::SessionOrdering,
};

use crate::error::StoreError;

/// What becomes of `kept` when `new` is to be written over it, by the SDK's rule; `None` when it
/// stays as it is.
pub(super) async fn merged(
    kept: &InboundGroupSession,
    new: InboundGroupSession,
) -> Result<Option<InboundGroupSession>, StoreError> {
    let (known, told) = (trust(kept), trust(&new));
    match new.compare_ratchet(kept).await {
        SessionOrdering::Equal => Ok(Some(new)),
        SessionOrdering::Better if told >= known => Ok(Some(new)),
        SessionOrdering::Better => with_ratchet(kept, &new).await.map(Some),
        SessionOrdering::Worse if told > known => with_ratchet(&new, kept).await.map(Some),
        SessionOrdering::Worse | SessionOrdering::Unconnected => Ok(None),
    }
}

/// What one session says of its sender, from where the other begins; yet to be backed up.
async fn with_ratchet(
    session: &InboundGroupSession,
    other: &InboundGroupSession,
) -> Result<InboundGroupSession, StoreError> {
    let pickle = PickledInboundGroupSession {
        pickle: other.pickle().await.pickle,
        backed_up: false,
        ..session.pickle().await
    };
    InboundGroupSession::from_pickle(pickle).map_err(|_| StoreError::Damaged)
}

fn trust(session: &InboundGroupSession) -> u8 {
    match session.sender_data.to_type() {
        SenderDataType::UnknownDevice => 0,
        SenderDataType::DeviceInfo => 1,
        SenderDataType::VerificationViolation => 2,
        SenderDataType::SenderUnverified => 3,
        SenderDataType::SenderVerified => 4,
    }
}

#[cfg(test)]
mod tests {
    use matrix_sdk_base::ruma::{room_id, user_id};
    use matrix_sdk_crypto::{
        Account,
        olm::SenderData,
        store::{CryptoStore as _, types::Changes},
        types::EventEncryptionAlgorithm,
        vodozemac::megolm::GroupSession,
    };
    use tempfile::TempDir;

    use super::*;
    use crate::{StoreKey, crypto::PliCryptoStore, stores::Stores};

    fn store() -> (TempDir, PliCryptoStore) {
        let directory = tempfile::tempdir().unwrap();
        let key = StoreKey::new(Box::new([1; 32]));
        let stores = Stores::open(directory.path(), &key).unwrap();
        (directory, stores.crypto_store())
    }

    /// A copy of what is sent from now on, as that device shares it.
    fn copy(
        sender: &Account,
        outbound: &GroupSession,
        sender_data: SenderData,
    ) -> InboundGroupSession {
        InboundGroupSession::new(
            sender.identity_keys().curve25519,
            sender.identity_keys().ed25519,
            room_id!("!cabinet:interieur.example"),
            &outbound.session_key(),
            sender_data,
            None,
            EventEncryptionAlgorithm::MegolmV1AesSha2,
            None,
            false,
        )
        .unwrap()
    }

    /// The device that sends, and a session of which it has sent a message between two copies.
    fn shared_twice(
        early: SenderData,
        late: SenderData,
    ) -> (Account, InboundGroupSession, InboundGroupSession) {
        let sender = Account::new(user_id!("@alice:interieur.example"));
        let mut outbound = GroupSession::new(Default::default());
        let early = copy(&sender, &outbound, early);
        outbound.encrypt("le premier message");
        let late = copy(&sender, &outbound, late);
        assert_eq!(
            (early.first_known_index(), late.first_known_index()),
            (0, 1)
        );
        (sender, early, late)
    }

    fn known(sender: &Account) -> SenderData {
        SenderData::device_info(
            matrix_sdk_crypto::DeviceData::from_account(sender)
                .as_device_keys()
                .clone(),
        )
    }

    async fn save(store: &PliCryptoStore, sessions: &[InboundGroupSession]) {
        let changes = Changes {
            inbound_group_sessions: sessions.to_vec(),
            ..Changes::default()
        };
        store.save_changes(changes).await.unwrap();
    }

    async fn stored(store: &PliCryptoStore, like: &InboundGroupSession) -> InboundGroupSession {
        let found = store.get_inbound_group_session(like.room_id(), like.session_id());
        found.await.unwrap().expect("the session")
    }

    #[tokio::test]
    async fn a_key_that_is_shared_again_hides_nothing_that_was_sent_before() {
        for at_once in [true, false] {
            for turned in [false, true] {
                let (_, early, late) = shared_twice(SenderData::unknown(), SenderData::unknown());
                let (_directory, store) = store();
                let mut copies = [early, late];
                if turned {
                    copies.reverse();
                }
                for part in copies.chunks(if at_once { 2 } else { 1 }) {
                    save(&store, part).await;
                }
                let stored = stored(&store, &copies[0]).await;
                assert_eq!(stored.first_known_index(), 0, "{at_once} {turned}");
            }
        }
    }

    #[tokio::test]
    async fn what_is_known_of_the_sender_is_kept_with_the_earlier_start() {
        for turned in [false, true] {
            let (sender, early, mut late) =
                shared_twice(SenderData::unknown(), SenderData::unknown());
            late.sender_data = known(&sender);
            let mut copies = [early, late];
            if turned {
                copies.reverse();
            }
            let (_directory, store) = store();
            save(&store, &copies).await;
            let stored = stored(&store, &copies[0]).await;
            assert_eq!(stored.first_known_index(), 0);
            assert_eq!(stored.sender_data.to_type(), SenderDataType::DeviceInfo);
            assert!(!stored.backed_up());
            let of_device = store
                .get_inbound_group_sessions_for_device_batch(
                    stored.sender_key(),
                    SenderDataType::DeviceInfo,
                    None,
                    10,
                )
                .await
                .unwrap();
            assert_eq!(of_device.len(), 1);
        }
    }

    #[tokio::test]
    async fn nobody_takes_the_place_of_the_sender() {
        let sender = Account::new(user_id!("@alice:interieur.example"));
        let outbound = GroupSession::new(Default::default());
        let true_copy = copy(&sender, &outbound, SenderData::unknown());
        let other = Account::new(user_id!("@mallory:interieur.example"));
        let false_copy = copy(&other, &outbound, SenderData::unknown());
        let (_directory, store) = store();
        save(&store, &[true_copy.clone(), false_copy]).await;
        let stored = stored(&store, &true_copy).await;
        assert_eq!(stored.sender_key(), true_copy.sender_key());
    }
}
