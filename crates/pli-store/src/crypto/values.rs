//! The SDK's own values, and the users whose devices it follows.

use matrix_sdk_base::ruma::{TransactionId, UserId, events::secret::request::SecretName};
use matrix_sdk_crypto::{GossipRequest, SecretInfo, TrackedUser};
use serde_bytes::ByteBuf;
use zeroize::Zeroizing;

use super::{
    PliCryptoStore,
    tables::{CUSTOM, REQUESTS, SECRETS, SYNC_POSITIONS, TRACKED_USERS},
};
use crate::{
    batch::Durability,
    error::StoreError,
    tree::{Place, Tree},
};

/// The SDK keeps its position in the server's stream here, under such names.
const SYNC_POSITION: &str = "sliding_sync_store";

/// Forgets how far the server's stream was read: for when what was read is lost.
pub(crate) fn forget_sync_positions(keys: &Tree) -> Result<(), StoreError> {
    let positions = keys.at(SYNC_POSITIONS).keys()?;
    let removals: Vec<_> = positions.into_iter().map(|key| (key, None)).collect();
    keys.engine().apply(&removals)?;
    Ok(keys.engine().flush()?)
}

impl PliCryptoStore {
    fn value(&self, name: &str) -> Place<'_, ByteBuf> {
        let table = if name.starts_with(SYNC_POSITION) {
            SYNC_POSITIONS
        } else {
            CUSTOM
        };
        self.keys.at(table).id(name)
    }

    pub(super) fn read_value(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.value(name).get()?.map(ByteBuf::into_vec))
    }

    pub(super) async fn write_value(&self, name: &str, value: Vec<u8>) -> Result<(), StoreError> {
        if name.starts_with(SYNC_POSITION) {
            // What the position stands for must be on the disk before it.
            self.arrival.wait(&self.history).await?;
            self.history.flush().await?;
        }
        let mut batch = self.keys.batch().await;
        batch.put(&self.value(name), &ByteBuf::from(value))?;
        batch.commit(Durability::Synced).await
    }

    pub(super) async fn forget_value(&self, name: &str) -> Result<(), StoreError> {
        let mut batch = self.keys.batch().await;
        batch.remove(&self.value(name));
        batch.commit(Durability::Synced).await
    }

    pub(super) async fn track_users(&self, users: &[(&UserId, bool)]) -> Result<(), StoreError> {
        let mut batch = self.keys.batch().await;
        for (user, dirty) in users {
            let record = TrackedUser {
                user_id: (*user).to_owned(),
                dirty: *dirty,
            };
            batch.put(&self.keys.at(TRACKED_USERS).id(user), &record)?;
        }
        batch.commit(Durability::Synced).await
    }

    /// There are few requests: no index is worth its writes.
    pub(super) fn request_for(
        &self,
        secret: &SecretInfo,
    ) -> Result<Option<GossipRequest>, StoreError> {
        let requests = self.keys.at(REQUESTS).all()?;
        Ok(requests.into_iter().find(|request| request.info == *secret))
    }

    pub(super) fn unsent_requests(&self) -> Result<Vec<GossipRequest>, StoreError> {
        let mut requests = self.keys.at(REQUESTS).all()?;
        requests.retain(|request| !request.sent_out);
        Ok(requests)
    }

    pub(super) async fn forget_request(&self, request: &TransactionId) -> Result<(), StoreError> {
        let mut batch = self.keys.batch().await;
        batch.remove(&self.keys.at(REQUESTS).id(request));
        batch.commit(Durability::Synced).await
    }

    pub(super) fn secrets(&self, name: &SecretName) -> Result<Vec<Zeroizing<String>>, StoreError> {
        let secrets = self.keys.at(SECRETS).id(name.as_str()).all()?;
        Ok(secrets.into_iter().map(Zeroizing::new).collect())
    }

    pub(super) async fn forget_secrets(&self, name: &SecretName) -> Result<(), StoreError> {
        let mut batch = self.keys.batch().await;
        batch.remove_all(&self.keys.at(SECRETS).id(name.as_str()))?;
        batch.commit(Durability::Synced).await
    }
}
