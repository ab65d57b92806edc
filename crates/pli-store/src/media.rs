//! matrix-sdk's store of media.
//!
//! The bytes are sealed files beside the databases, because a large value costs a database much.
//! The database `history` holds their index.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use async_trait::async_trait;
use matrix_sdk_base::{
    cross_process_lock::{
        CrossProcessLockGeneration,
        memory_store_helper::{Lease, try_take_leased_lock},
    },
    media::{
        MediaRequestParameters,
        store::{
            IgnoreMediaRetentionPolicy, MediaRetentionPolicy, MediaService, MediaStore,
            MediaStoreInner,
        },
    },
    ruma::{MxcUri, time::SystemTime},
};

mod cleaning;
mod files;
mod index;

#[cfg(any(test, feature = "fuzz"))]
pub(crate) use index::KINDS;

pub(crate) use files::Files;

use crate::{batch::Durability, error::StoreError, tree::Tree};
use index::{LAST_CLEANUP, POLICY, Touches};

type Result<T, E = StoreError> = std::result::Result<T, E>;

/// [`MediaStore`] over encrypted files and an encrypted database. Cheap to clone.
#[derive(Clone)]
pub struct PliMediaStore {
    inner: Arc<Inner>,
    service: MediaService,
}

struct Inner {
    history: Tree,
    files: Files,
    touches: Mutex<Touches>,
    /// In memory only: one process at a time has the store open.
    leases: Mutex<HashMap<String, Lease>>,
}

impl fmt::Debug for PliMediaStore {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("PliMediaStore")
            .finish_non_exhaustive()
    }
}

impl PliMediaStore {
    pub(crate) fn new(history: Tree, files: Files) -> Self {
        let service = MediaService::new();
        match (history.at(POLICY).get(), history.at(LAST_CLEANUP).get()) {
            (Ok(policy), Ok(last_cleanup)) => service.restore(policy, last_cleanup),
            // Without one nothing is removed, until the application sets another.
            _ => tracing::warn!("the retention policy of media could not be read"),
        }
        Self {
            inner: Arc::new(Inner {
                history,
                files,
                touches: Mutex::default(),
                leases: Mutex::default(),
            }),
            service,
        }
    }

    fn history(&self) -> &Tree {
        &self.inner.history
    }

    fn files(&self) -> &Files {
        &self.inner.files
    }

    fn touches(&self) -> &Mutex<Touches> {
        &self.inner.touches
    }
}

#[async_trait]
impl MediaStore for PliMediaStore {
    type Error = StoreError;

    async fn try_take_leased_lock(
        &self,
        lease_duration_ms: u32,
        key: &str,
        holder: &str,
    ) -> Result<Option<CrossProcessLockGeneration>> {
        let leases = self.inner.leases.lock();
        let mut leases = leases.unwrap_or_else(PoisonError::into_inner);
        Ok(try_take_leased_lock(
            &mut leases,
            lease_duration_ms,
            key,
            holder,
        ))
    }

    async fn add_media_content(
        &self,
        request: &MediaRequestParameters,
        content: Vec<u8>,
        ignore_policy: IgnoreMediaRetentionPolicy,
    ) -> Result<()> {
        self.service
            .add_media_content(self, request, content, ignore_policy)
            .await
    }

    async fn replace_media_key(
        &self,
        from: &MediaRequestParameters,
        to: &MediaRequestParameters,
    ) -> Result<()> {
        self.rename(from, to).await
    }

    async fn get_media_content(&self, request: &MediaRequestParameters) -> Result<Option<Vec<u8>>> {
        self.service.get_media_content(self, request).await
    }

    async fn remove_media_content(&self, request: &MediaRequestParameters) -> Result<()> {
        self.remove(request).await
    }

    async fn get_media_content_for_uri(&self, uri: &MxcUri) -> Result<Option<Vec<u8>>> {
        self.service.get_media_content_for_uri(self, uri).await
    }

    async fn remove_media_content_for_uri(&self, uri: &MxcUri) -> Result<()> {
        self.remove_any(uri).await
    }

    async fn set_media_retention_policy(&self, policy: MediaRetentionPolicy) -> Result<()> {
        self.service.set_media_retention_policy(self, policy).await
    }

    fn media_retention_policy(&self) -> MediaRetentionPolicy {
        self.service.media_retention_policy()
    }

    async fn set_ignore_media_retention_policy(
        &self,
        request: &MediaRequestParameters,
        ignore_policy: IgnoreMediaRetentionPolicy,
    ) -> Result<()> {
        self.service
            .set_ignore_media_retention_policy(self, request, ignore_policy)
            .await
    }

    async fn clean(&self) -> Result<()> {
        self.service.clean(self).await
    }

    async fn close(&self) -> Result<()> {
        // The databases close with the last of their users.
        self.write_touches().await?;
        self.history().flush().await
    }

    async fn reopen(&self) -> Result<()> {
        Ok(())
    }

    async fn optimize(&self) -> Result<()> {
        Ok(())
    }

    async fn get_size(&self) -> Result<Option<usize>> {
        Ok(usize::try_from(self.files().size().await?).ok())
    }
}

/// What the SDK's [`MediaService`], which holds the policy and the clock, asks back.
#[async_trait]
impl MediaStoreInner for PliMediaStore {
    type Error = StoreError;

    async fn media_retention_policy_inner(&self) -> Result<Option<MediaRetentionPolicy>> {
        self.history().at(POLICY).get()
    }

    async fn set_media_retention_policy_inner(&self, policy: MediaRetentionPolicy) -> Result<()> {
        let mut batch = self.history().batch().await;
        batch.put(&self.history().at(POLICY), &policy)?;
        batch.commit(Durability::Queued).await
    }

    async fn add_media_content_inner(
        &self,
        request: &MediaRequestParameters,
        content: Vec<u8>,
        current_time: SystemTime,
        policy: MediaRetentionPolicy,
        ignore_policy: IgnoreMediaRetentionPolicy,
    ) -> Result<()> {
        let exempt = ignore_policy.is_yes();
        if !exempt && policy.exceeds_max_file_size(content.len() as u64) {
            return Ok(());
        }
        match self.add(request, content, current_time, exempt).await {
            // It can be shown all the same, and had from the server again.
            Err(StoreError::DiskFull) if !exempt => Ok(()),
            added => added,
        }
    }

    async fn set_ignore_media_retention_policy_inner(
        &self,
        request: &MediaRequestParameters,
        ignore_policy: IgnoreMediaRetentionPolicy,
    ) -> Result<()> {
        self.exempt(request, ignore_policy.is_yes()).await
    }

    async fn get_media_content_inner(
        &self,
        request: &MediaRequestParameters,
        current_time: SystemTime,
    ) -> Result<Option<Vec<u8>>> {
        self.read(request, current_time).await
    }

    async fn get_media_content_for_uri_inner(
        &self,
        uri: &MxcUri,
        current_time: SystemTime,
    ) -> Result<Option<Vec<u8>>> {
        self.read_any(uri, current_time).await
    }

    async fn clean_inner(
        &self,
        policy: MediaRetentionPolicy,
        current_time: SystemTime,
    ) -> Result<()> {
        self.clean_up(policy, current_time).await
    }

    async fn last_media_cleanup_time_inner(&self) -> Result<Option<SystemTime>> {
        self.history().at(LAST_CLEANUP).get()
    }
}

#[cfg(test)]
mod tests;
