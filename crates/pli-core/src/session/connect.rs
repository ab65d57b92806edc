//! The SDK's client over this profile's store.

use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use matrix_sdk::cross_process_lock::CrossProcessLockConfig;
use matrix_sdk::{
    Client, ClientBuildError, ThreadingSupport,
    authentication::matrix::MatrixSession,
    config::{RequestConfig, StoreConfig},
    encryption::{BackupDownloadStrategy, EncryptionSettings},
    media::MediaRetentionPolicy,
    sliding_sync::VersionBuilder,
};
use matrix_sdk_base::crypto::{
    CollectStrategy, DecryptionSettings, TrustRequirement, store::CryptoStore as _,
};
use matrix_sdk_ui::sync_service::{self, SyncService};
use pli_policy::Policy;
use pli_store::{DatabaseName, Healing, OpenError, Stores};
use pli_vault::{Profile, Vault};
use reqwest::Client as Http;
use url::Url;

use super::{Record, Session, StoreProblem, blocking};
use crate::{
    account::Account,
    latest::LatestEvents,
    retention::{Keeping, Retention, sweep_at_start},
};

/// How long the stores may stay in use once their account has gone.
const PATIENCE: Duration = Duration::from_secs(30);

const PAUSE: Duration = Duration::from_millis(20);

/// Pages of unread events fetched by themselves, in each room of a run.
const UNREAD_PAGES: usize = 4;

/// Events in such a page.
const UNREAD_PAGE: u16 = 50;

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

    /// What it means to the user.
    pub fn problem(&self) -> StoreProblem {
        match self {
            Self::Store(problem) => *problem,
            _ => StoreProblem::Unreadable,
        }
    }
}

impl From<OpenError> for ConnectError {
    fn from(error: OpenError) -> Self {
        Self::Store(problem(&error))
    }
}

/// What it means to the user that the stores do not open.
fn problem(error: &OpenError) -> StoreProblem {
    match error {
        OpenError::InUse => StoreProblem::InUse,
        OpenError::WrongKey => StoreProblem::WrongKey,
        OpenError::TooNew { .. } => StoreProblem::TooNew,
        OpenError::DiskFull => StoreProblem::DiskFull,
        OpenError::Io(_) | OpenError::Damaged | OpenError::System => StoreProblem::Unreadable,
    }
}

/// Where the profile's store is.
fn store_dir(profile: &Profile) -> PathBuf {
    profile.dir().join("store")
}

/// Opens the profile's stores, or makes them.
pub(super) async fn open_stores(profile: &Profile, vault: Vault) -> Result<Stores, ConnectError> {
    let directory = store_dir(profile);
    let opened = blocking(move || Stores::open(&directory, vault.store_key())).await;
    let stores = match opened {
        Some(Ok(stores)) => stores,
        Some(Err(error)) => return Err(error.into()),
        None => return Err(ConnectError::Store(StoreProblem::Unreadable)),
    };
    for healing in stores.healings() {
        match healing {
            Healing::Mended(_) => tracing::warn!(name: "a database was mended", ""),
            Healing::Restored => {
                tracing::error!(name: "the keys were unreadable and came back from their journal", "");
            }
            Healing::SetAside(DatabaseName::Keys) => {
                tracing::error!(name: "the keys were unreadable and set aside", "");
            }
            Healing::SetAside(DatabaseName::History) => {
                tracing::error!(name: "the history was unreadable and set aside", "");
            }
        }
    }
    Ok(stores)
}

/// The same, once all that used them has let go.
pub(super) async fn open_stores_again(
    profile: &Profile,
    vault: Vault,
) -> Result<Stores, ConnectError> {
    let asked = Instant::now();
    loop {
        match open_stores(profile, vault.clone()).await {
            Err(ConnectError::Store(StoreProblem::InUse)) if asked.elapsed() < PATIENCE => {
                tokio::time::sleep(PAUSE).await;
            }
            opened => return opened,
        }
    }
}

/// Whether the keys of a device are there: without them it can never be the same device again.
pub(super) async fn has_keys(stores: &Stores) -> Result<bool, ConnectError> {
    match stores.crypto_store().load_account().await {
        Ok(account) => Ok(account.is_some()),
        Err(_) => Err(ConnectError::Store(StoreProblem::Unreadable)),
    }
}

/// Removes the profile's stores, media included, once all that uses them has let go.
pub(super) async fn erase_stores(profile: &Profile) -> Result<(), OpenError> {
    let directory = store_dir(profile);
    let asked = Instant::now();
    loop {
        let path = directory.clone();
        let erased = blocking(move || pli_store::erase(&path)).await;
        match erased.unwrap_or(Err(OpenError::System)) {
            Err(OpenError::InUse) if asked.elapsed() < PATIENCE => {
                tokio::time::sleep(PAUSE).await;
            }
            other => return other,
        }
    }
}

impl Session {
    /// Restores the session on its stores. Needs no network.
    pub(super) async fn connect(
        &self,
        stores: Stores,
        record: &Record,
    ) -> Result<Arc<Account>, ConnectError> {
        let session = record.session.clone();
        let http = self.0.http.clone();
        let under = (Arc::clone(&self.0.policy), self.0.keeping.clone());
        open_account(http, under, stores, &record.base_url, session).await
    }
}

/// The account of a session, on a client that speaks to its server, under a policy.
pub(crate) async fn open_account(
    http: Http,
    (policy, keeping): (Arc<Policy>, Keeping),
    stores: Stores,
    base_url: &Url,
    session: MatrixSession,
) -> Result<Arc<Account>, ConnectError> {
    let client = Client::builder()
        .homeserver_url(base_url)
        .http_client(http)
        .request_config(RequestConfig::new().retry_limit(3))
        .sliding_sync_version_builder(VersionBuilder::Native)
        .respect_login_well_known(false)
        .store_config(store_config(&stores))
        .cross_process_store_config(CrossProcessLockConfig::SingleProcess)
        .with_threading_support(ThreadingSupport::Disabled)
        .with_encryption_settings(EncryptionSettings {
            // Done by hand, since the password is asked for once and dropped.
            auto_enable_cross_signing: false,
            auto_enable_backups: false,
            backup_download_strategy: BackupDownloadStrategy::AfterDecryptionFailure,
        })
        // Keys go to devices their owner has signed, and come from such devices only; or from
        // the user's own backup, which does not tell the device: without these, a new device
        // could read nothing of what came before it. Such events are marked.
        .with_room_key_recipient_strategy(CollectStrategy::IdentityBasedStrategy)
        .with_decryption_settings(DecryptionSettings {
            sender_device_trust_requirement: TrustRequirement::CrossSignedOrLegacy,
        })
        .with_enable_share_history_on_invite(false)
        .build()
        .await
        .map_err(|error| ConnectError::Build(Box::new(error)))?;
    let meta = session.meta.clone();
    let retention = Retention::open(&stores, keeping);
    let unreadable = |_| ConnectError::Store(StoreProblem::Unreadable);
    let retention = Arc::new(retention.map_err(unreadable)?);
    // Before the SDK reads any room: nothing that is over is ever drawn.
    sweep_at_start(&client, &retention, &meta.user_id).await;
    client
        .restore_session(session)
        .await
        .map_err(|error| ConnectError::Restore(Box::new(error)))?;
    fetch_what_is_unread(&client);
    limit_media(&client).await;
    let latest = LatestEvents::start(&client).await;
    let sync = SyncService::builder(client.clone())
        .with_offline_mode()
        .build()
        .await
        .map_err(|error| ConnectError::Sync(Box::new(error)))?;
    let account = Account::new(client, meta, sync, stores, retention, latest, policy);
    Ok(Arc::new(account))
}

/// The sync brings the latest event of a room only. What came before it, back to what the user
/// has read, is fetched in the background, so that it is counted and can be read offline.
fn fetch_what_is_unread(client: &Client) {
    let mut config = client.event_cache().config_mut();
    config.experimental_auto_backpagination = true;
    config.room_pagination_per_room_credit = UNREAD_PAGES;
    config.room_pagination_batch_size = UNREAD_PAGE;
}

/// Lets go of media that are large, many or long unseen; unless told so, the SDK keeps all.
async fn limit_media(client: &Client) {
    let (media, policy) = (client.media(), MediaRetentionPolicy::default());
    let known = media.media_retention_policy().await;
    let set = known.is_ok_and(|known| known == policy);
    if !set && media.set_media_retention_policy(policy).await.is_err() {
        tracing::warn!(name: "no limit could be set to the media kept", "");
    }
}

fn store_config(stores: &Stores) -> StoreConfig {
    StoreConfig::new(CrossProcessLockConfig::SingleProcess)
        .crypto_store(stores.crypto_store())
        .state_store(stores.state_store())
        .event_cache_store(stores.event_cache_store())
        .media_store(stores.media_store())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_that_another_pli_has_open_is_told_as_such() {
        let directory = tempfile::tempdir().unwrap();
        let open = || {
            let key = pli_store::StoreKey::new(Box::new([1; 32]));
            Stores::open(directory.path(), &key).map_err(ConnectError::from)
        };
        let first = open().unwrap();

        let refused = open().unwrap_err();
        assert_eq!(refused.problem(), StoreProblem::InUse);

        drop(first);
        assert!(open().is_ok(), "and it opens once the other has gone");
    }

    #[test]
    fn what_the_disk_refuses_is_told_from_damage() {
        assert_eq!(problem(&OpenError::DiskFull), StoreProblem::DiskFull);
        let failed = OpenError::Io(std::io::ErrorKind::PermissionDenied);
        assert_eq!(problem(&failed), StoreProblem::Unreadable);
    }
}
