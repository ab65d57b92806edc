//! The SDK's client over this profile's store.

use std::{io, path::PathBuf, sync::Arc};

use matrix_sdk::cross_process_lock::CrossProcessLockConfig;
use matrix_sdk::{
    Client, ClientBuildError, ThreadingSupport,
    config::{RequestConfig, StoreConfig},
    encryption::{BackupDownloadStrategy, EncryptionSettings},
    sliding_sync::VersionBuilder,
};
use matrix_sdk_base::crypto::{CollectStrategy, DecryptionSettings, TrustRequirement};
use matrix_sdk_ui::sync_service::{self, SyncService};
use pli_vault::Profile;

use super::{Open, Record, Session, StoreProblem};
use crate::account::Account;

/// Why an account could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The store did not open.
    #[error("the store did not open")]
    Store(StoreProblem),
    /// The SDK's client could not be built.
    #[error("the client could not be built")]
    Build(#[source] Box<ClientBuildError>),
    /// The session could not be restored from the store.
    #[error("the session could not be restored")]
    Restore(#[source] Box<matrix_sdk::Error>),
    /// The sync could not be set up.
    #[error("the sync could not be set up")]
    Sync(#[source] Box<sync_service::Error>),
    /// The vault is not open.
    #[error("the vault is not open")]
    NoVault,
}

impl ConnectError {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Store(_) => "store",
            Self::Build(_) => "build",
            Self::Restore(_) => "restore",
            Self::Sync(_) => "sync",
            Self::NoVault => "no vault",
        }
    }

    pub(super) fn problem(&self) -> StoreProblem {
        match self {
            Self::Store(problem) => *problem,
            _ => StoreProblem::Unreadable,
        }
    }
}

/// Where the profile's store is.
pub(super) fn store_dir(profile: &Profile) -> PathBuf {
    profile.dir().join("store")
}

/// Removes the profile's store, media included.
pub(super) async fn erase_store(profile: &Profile) -> io::Result<()> {
    match tokio::fs::remove_dir_all(store_dir(profile)).await {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

impl Session {
    /// Opens the store and restores the session on it. Needs no network.
    pub(super) async fn connect(
        &self,
        open: &Open,
        record: &Record,
    ) -> Result<Arc<Account>, ConnectError> {
        let store = self.open_store(open).await?;
        let client = Client::builder()
            .homeserver_url(&record.base_url)
            .http_client(self.0.http.clone())
            .request_config(RequestConfig::new().retry_limit(3))
            .sliding_sync_version_builder(VersionBuilder::Native)
            .respect_login_well_known(false)
            .store_config(store)
            .cross_process_store_config(CrossProcessLockConfig::SingleProcess)
            .with_threading_support(ThreadingSupport::Disabled)
            .with_encryption_settings(EncryptionSettings {
                // Done by hand, since the password is asked for once and dropped.
                auto_enable_cross_signing: false,
                auto_enable_backups: false,
                backup_download_strategy: BackupDownloadStrategy::AfterDecryptionFailure,
            })
            // Keys go to devices their owner has signed, and come from such devices only.
            .with_room_key_recipient_strategy(CollectStrategy::IdentityBasedStrategy)
            .with_decryption_settings(DecryptionSettings {
                sender_device_trust_requirement: TrustRequirement::CrossSigned,
            })
            .with_enable_share_history_on_invite(false)
            .build()
            .await
            .map_err(|error| ConnectError::Build(Box::new(error)))?;
        client
            .restore_session(record.session.clone())
            .await
            .map_err(|error| ConnectError::Restore(Box::new(error)))?;
        let sync = SyncService::builder(client.clone())
            .with_offline_mode()
            .build()
            .await
            .map_err(|error| ConnectError::Sync(Box::new(error)))?;
        Ok(Arc::new(Account::new(client, sync)))
    }

    async fn open_store(&self, open: &Open) -> Result<StoreConfig, ConnectError> {
        let _vault = open.vault.as_ref().ok_or(ConnectError::NoVault)?;
        Ok(StoreConfig::new(CrossProcessLockConfig::SingleProcess))
    }
}
