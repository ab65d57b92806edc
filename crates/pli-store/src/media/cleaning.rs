//! Applies the retention policy, and sweeps the files that no record names.

use std::collections::HashSet;

use matrix_sdk_base::{media::store::MediaRetentionPolicy, ruma::time::SystemTime};

use super::{
    PliMediaStore,
    index::{LAST_CLEANUP, Medium},
};
use crate::{batch::Durability, error::StoreError};

/// Media removed in one go: others who write wait meanwhile.
const AT_ONCE: usize = 50;

impl PliMediaStore {
    /// Removes what the policy does not let stay, and what a crash left.
    pub(super) async fn clean_up(
        &self,
        policy: MediaRetentionPolicy,
        now: SystemTime,
    ) -> Result<(), StoreError> {
        if !policy.has_limitations() {
            return Ok(());
        }
        // A full disk refuses this, but not the removals, which give it space.
        if self.write_touches().await.is_err() {
            tracing::warn!("the last uses of media could not be noted");
        }
        let mut outdated = outdated(policy, now, self.all().await?);
        while !outdated.is_empty() {
            let rest = outdated.split_off(outdated.len().min(AT_ONCE));
            self.remove_unchanged(outdated).await?;
            outdated = rest;
        }
        self.files().sweep(self.named_files()).await?;
        let mut batch = self.history().batch().await;
        batch.put(&self.history().at(LAST_CLEANUP), &now)?;
        batch.commit(Durability::Queued).await
    }

    async fn named_files(&self) -> Result<HashSet<super::files::Name>, StoreError> {
        // A medium that is renamed during the scan could be missed.
        let _nobody_renames = self.history().batch().await;
        let media = self.all().await?;
        Ok(media.into_iter().map(|(_, medium)| medium.file).collect())
    }
}

/// Those that are too large or too old, and of the rest the oldest until what stays is small
/// enough.
fn outdated(
    policy: MediaRetentionPolicy,
    now: SystemTime,
    mut media: Vec<(Vec<u8>, Medium)>,
) -> Vec<(Vec<u8>, Medium)> {
    media.retain(|(_, medium)| !medium.exempt);
    let (mut outdated, mut rest): (Vec<_>, Vec<_>) = media.into_iter().partition(|(_, medium)| {
        policy.exceeds_max_file_size(medium.size)
            || policy.has_content_expired(now, medium.last_access())
    });
    rest.sort_by_key(|(_, medium)| std::cmp::Reverse(medium.last_access()));
    let mut size = 0_u64;
    let fitting = rest.iter().take_while(|(_, medium)| {
        size = size.saturating_add(medium.size);
        !policy.exceeds_max_cache_size(size)
    });
    outdated.extend(rest.split_off(fitting.count()));
    outdated
}
