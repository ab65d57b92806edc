//! Writes what one step of the SDK's encryption changed, as one.

use matrix_sdk_crypto::{
    GossipRequest, Session,
    olm::{OlmMessageHash, OutboundGroupSession},
    store::types::{
        Changes, DeviceChanges, IdentityChanges, PendingChanges, SecretsInboxItem,
        StoredRoomKeyBundleData,
    },
};

use super::{
    PliCryptoStore,
    tables::{
        ACCOUNT, BACKUP_KEY, BACKUP_VERSION, BUNDLES, DEHYDRATED_DEVICE_KEY, DEVICES, DOWNLOADED,
        IDENTITIES, IDENTITY, MESSAGE_HASHES, NEXT_BATCH, OLM_SESSIONS, OUTBOUND, PENDING_BUNDLES,
        REQUESTS, ROOM_SETTINGS, SECRETS, WITHHELD, single,
    },
};
use crate::{
    batch::{Batch, Durability},
    error::StoreError,
};

impl PliCryptoStore {
    pub(super) async fn write_account(&self, changes: PendingChanges) -> Result<(), StoreError> {
        let Some(account) = changes.account else {
            return Ok(());
        };
        let mut batch = self.keys.batch().await;
        batch.put(&self.keys.at(single()).id(ACCOUNT), &account.pickle())?;
        batch.commit(Durability::Synced).await?;
        self.remember_account(&account);
        Ok(())
    }

    /// The batch is taken before anything is pickled, so that of two calls the later one writes
    /// the later state.
    pub(super) async fn write(&self, mut changes: Changes) -> Result<(), StoreError> {
        let mut batch = self.keys.batch().await;
        let sessions = std::mem::take(&mut changes.inbound_group_sessions);
        self.put_singles(&mut batch, &changes).await?;
        self.put_rooms(&mut batch, &changes)?;
        // Named one by one, so that a field new in the SDK is noticed here.
        let Changes {
            private_identity: _,
            backup_version: _,
            backup_decryption_key: _,
            dehydrated_device_pickle_key: _,
            sessions: olm_sessions,
            message_hashes,
            inbound_group_sessions: _,
            outbound_group_sessions,
            key_requests,
            identities,
            devices,
            withheld_session_info: _,
            room_settings: _,
            secrets,
            next_batch_token: _,
            received_room_key_bundles,
            room_key_backups_fully_downloaded: _,
            rooms_pending_key_bundle: _,
        } = changes;
        self.put_sessions(&mut batch, olm_sessions, outbound_group_sessions)
            .await?;
        self.put_message_hashes(&mut batch, &message_hashes)?;
        self.put_requests(&mut batch, &key_requests, &secrets)?;
        self.put_people(&mut batch, &devices, &identities)?;
        self.put_bundles(&mut batch, &received_room_key_bundles)?;
        let written = self.put_group_sessions(&mut batch, sessions).await?;
        self.commit_group_sessions(batch, written).await
    }

    async fn put_singles(&self, batch: &mut Batch, changes: &Changes) -> Result<(), StoreError> {
        if let Some(identity) = &changes.private_identity {
            batch.put(
                &self.keys.at(single()).id(IDENTITY),
                &identity.pickle().await,
            )?;
        }
        if let Some(token) = &changes.next_batch_token {
            batch.put(&self.keys.at(single()).id(NEXT_BATCH), token)?;
        }
        if let Some(key) = &changes.backup_decryption_key {
            batch.put(&self.keys.at(single()).id(BACKUP_KEY), key)?;
        }
        if let Some(version) = &changes.backup_version {
            batch.put(&self.keys.at(single()).id(BACKUP_VERSION), version)?;
        }
        if let Some(key) = &changes.dehydrated_device_pickle_key {
            batch.put(&self.keys.at(single()).id(DEHYDRATED_DEVICE_KEY), key)?;
        }
        Ok(())
    }

    fn put_rooms(&self, batch: &mut Batch, changes: &Changes) -> Result<(), StoreError> {
        for (room, entries) in &changes.withheld_session_info {
            for (session, entry) in entries {
                batch.put(&self.keys.at(WITHHELD).id(room).id(session), entry)?;
            }
        }
        for (room, settings) in &changes.room_settings {
            batch.put(&self.keys.at(ROOM_SETTINGS).id(room), settings)?;
        }
        for room in &changes.room_key_backups_fully_downloaded {
            batch.put(&self.keys.at(DOWNLOADED).id(room), &())?;
        }
        for (room, details) in &changes.rooms_pending_key_bundle {
            let place = self.keys.at(PENDING_BUNDLES).id(room);
            match details {
                Some(details) => batch.put(&place, details)?,
                None => batch.remove(&place),
            }
        }
        Ok(())
    }

    async fn put_sessions(
        &self,
        batch: &mut Batch,
        sessions: Vec<Session>,
        outbound: Vec<OutboundGroupSession>,
    ) -> Result<(), StoreError> {
        for session in sessions {
            let place = self
                .keys
                .at(OLM_SESSIONS)
                .id(session.sender_key().as_bytes())
                .id(session.session_id());
            batch.put(&place, &session.pickle().await)?;
        }
        for session in outbound {
            let place = self.keys.at(OUTBOUND).id(session.room_id());
            batch.put(&place, &session.pickle().await)?;
        }
        Ok(())
    }

    fn put_message_hashes(
        &self,
        batch: &mut Batch,
        hashes: &[OlmMessageHash],
    ) -> Result<(), StoreError> {
        for hash in hashes {
            batch.put(
                &self
                    .keys
                    .at(MESSAGE_HASHES)
                    .id(&hash.sender_key)
                    .id(&hash.hash),
                &(),
            )?;
        }
        Ok(())
    }

    fn put_requests(
        &self,
        batch: &mut Batch,
        requests: &[GossipRequest],
        secrets: &[SecretsInboxItem],
    ) -> Result<(), StoreError> {
        for request in requests {
            batch.put(&self.keys.at(REQUESTS).id(&request.request_id), request)?;
        }
        for item in secrets {
            let place = self.keys.at(SECRETS).id(item.secret_name.as_str());
            batch.put_as(&place.id(item.secret.as_str()), item.secret.as_str())?;
        }
        Ok(())
    }

    fn put_people(
        &self,
        batch: &mut Batch,
        devices: &DeviceChanges,
        identities: &IdentityChanges,
    ) -> Result<(), StoreError> {
        let own = self.get_static_account();
        for device in devices.new.iter().chain(&devices.changed) {
            let place = self
                .keys
                .at(DEVICES)
                .id(device.user_id())
                .id(device.device_id());
            batch.put(&place, device)?;
            if own.as_ref().is_some_and(|own| {
                own.user_id == device.user_id() && own.device_id == device.device_id()
            }) {
                batch.keep_twice(&place);
            }
        }
        for device in &devices.deleted {
            batch.remove(
                &self
                    .keys
                    .at(DEVICES)
                    .id(device.user_id())
                    .id(device.device_id()),
            );
        }
        for identity in identities.new.iter().chain(&identities.changed) {
            batch.put(&self.keys.at(IDENTITIES).id(identity.user_id()), identity)?;
        }
        Ok(())
    }

    fn put_bundles(
        &self,
        batch: &mut Batch,
        bundles: &[StoredRoomKeyBundleData],
    ) -> Result<(), StoreError> {
        for bundle in bundles {
            let place = self.keys.at(BUNDLES).id(&bundle.bundle_data.room_id);
            batch.put(&place.id(&bundle.sender_user), bundle)?;
        }
        Ok(())
    }
}
