//! Our own account, and what can only be read with it.

use std::sync::PoisonError;

use matrix_sdk_base::ruma::RoomId;
use matrix_sdk_crypto::{
    Account, DeviceData, Session,
    olm::{OutboundGroupSession, PrivateCrossSigningIdentity, StaticAccountData},
    store::types::BackupKeys,
    vodozemac::Curve25519PublicKey,
};

use super::{
    PliCryptoStore,
    tables::{
        ACCOUNT, BACKUP_KEY, BACKUP_VERSION, DEHYDRATED_DEVICE_KEY, DEVICES, IDENTITY,
        OLM_SESSIONS, OUTBOUND, single,
    },
};
use crate::{batch::Durability, error::StoreError};

impl PliCryptoStore {
    /// The unchanging part of the account, once it was loaded or saved.
    #[must_use]
    pub fn get_static_account(&self) -> Option<StaticAccountData> {
        self.account
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(super) fn remember_account(&self, account: &Account) {
        *self.account.write().unwrap_or_else(PoisonError::into_inner) =
            Some(account.static_data().clone());
    }

    fn known_account(&self) -> Result<StaticAccountData, StoreError> {
        self.get_static_account().ok_or(StoreError::NoAccount)
    }

    pub(super) fn read_account(&self) -> Result<Option<Account>, StoreError> {
        let Some(pickle) = self.keys.at(single()).id(ACCOUNT).get()? else {
            return Ok(None);
        };
        let account = Account::from_pickle(pickle).map_err(|_| StoreError::Damaged)?;
        self.remember_account(&account);
        Ok(Some(account))
    }

    pub(super) fn identity(&self) -> Result<Option<PrivateCrossSigningIdentity>, StoreError> {
        let Some(pickle) = self.keys.at(single()).id(IDENTITY).get()? else {
            return Ok(None);
        };
        PrivateCrossSigningIdentity::from_pickle(pickle)
            .map(Some)
            .map_err(|_| StoreError::Damaged)
    }

    pub(super) fn own_device(&self) -> Result<DeviceData, StoreError> {
        let account = self.known_account()?;
        let place = self
            .keys
            .at(DEVICES)
            .id(&account.user_id)
            .id(&account.device_id);
        place.get()?.ok_or(StoreError::NoAccount)
    }

    pub(super) fn olm_sessions(
        &self,
        sender_key: &str,
    ) -> Result<Option<Vec<Session>>, StoreError> {
        let Ok(sender_key) = Curve25519PublicKey::from_base64(sender_key) else {
            return Ok(None);
        };
        let pickles = self.keys.at(OLM_SESSIONS).id(sender_key.as_bytes()).all()?;
        if pickles.is_empty() {
            return Ok(None);
        }
        let device = self.own_device()?.as_device_keys().clone();
        pickles
            .into_iter()
            .map(|pickle| Session::from_pickle(device.clone(), pickle))
            .collect::<Result<_, _>>()
            .map(Some)
            .map_err(|_| StoreError::Damaged)
    }

    pub(super) fn outbound_group_session(
        &self,
        room: &RoomId,
    ) -> Result<Option<OutboundGroupSession>, StoreError> {
        let Some(pickle) = self.keys.at(OUTBOUND).id(room).get()? else {
            return Ok(None);
        };
        let account = self.known_account()?;
        OutboundGroupSession::from_pickle(account.device_id, account.identity_keys, pickle)
            .map(Some)
            .map_err(|_| StoreError::Damaged)
    }

    pub(super) fn backup_keys(&self) -> Result<BackupKeys, StoreError> {
        Ok(BackupKeys {
            decryption_key: self.keys.at(single()).id(BACKUP_KEY).get()?,
            backup_version: self.keys.at(single()).id(BACKUP_VERSION).get()?,
        })
    }

    pub(super) async fn forget_dehydrated_device_key(&self) -> Result<(), StoreError> {
        let mut batch = self.keys.batch().await;
        batch.remove(&self.keys.at(single::<()>()).id(DEHYDRATED_DEVICE_KEY));
        batch.commit(Durability::Synced).await
    }
}
