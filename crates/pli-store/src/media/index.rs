//! The index of media: which file holds a medium, and what the retention policy asks of it.

use std::{collections::HashMap, ops::ControlFlow, sync::PoisonError};

use matrix_sdk_base::{
    media::{MediaRequestParameters, UniqueKey, store::MediaRetentionPolicy},
    ruma::{
        MxcUri,
        time::{Duration, SystemTime, UNIX_EPOCH},
    },
};
use serde::{Deserialize, Serialize};

use super::{PliMediaStore, files::Name};
use crate::{
    batch::{Batch, Durability},
    engine::Direction,
    error::StoreError,
    key::Table,
    tree::Place,
};

/// Address, format.
const MEDIA: Table<Medium> = Table::compact(0x90, 1);
pub(super) const POLICY: Table<MediaRetentionPolicy> = Table::named(0x91, 1);
pub(super) const LAST_CLEANUP: Table<SystemTime> = Table::named(0x92, 1);

/// What reads each kind of value.
#[cfg(any(test, feature = "fuzz"))]
pub(crate) const KINDS: &[crate::fuzz::Kind] = crate::fuzz::kinds![MEDIA, POLICY, LAST_CLEANUP];

/// So many reads are remembered before they are written to the index.
const TOUCHES: usize = 64;

/// A medium that was stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Medium {
    pub(super) file: Name,
    /// Bytes of the content; its file takes 41 more.
    pub(super) size: u64,
    /// In milliseconds since 1970.
    last_access: u64,
    /// Whether the retention policy does not count for it: an upload still to be sent.
    pub(super) exempt: bool,
}

impl Medium {
    pub(super) fn last_access(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_millis(self.last_access)
    }

    /// No server can give an upload back.
    const fn durability(&self) -> Durability {
        if self.exempt {
            Durability::Synced
        } else {
            Durability::Queued
        }
    }
}

/// When media were last read, by their keys in the index: written many at once, because a window
/// full of avatars would otherwise write at each look.
pub(super) type Touches = HashMap<Vec<u8>, u64>;

impl PliMediaStore {
    fn medium(&self, request: &MediaRequestParameters) -> Place<'_, Medium> {
        let place = self.history().at(MEDIA).id(request.source.unique_key());
        place.id(request.format.unique_key())
    }

    /// The media of an address, in all formats.
    fn media(&self, uri: &MxcUri) -> Result<Vec<Place<'_, Medium>>, StoreError> {
        let keys = self.history().at(MEDIA).id(uri.as_bytes()).keys()?;
        let places = keys.into_iter().map(|key| self.at_key(key));
        Ok(places.collect())
    }

    fn at_key(&self, key: Vec<u8>) -> Place<'_, Medium> {
        self.history().at_key(MEDIA, key)
    }

    /// All media, with their keys.
    pub(super) async fn all(&self) -> Result<Vec<(Vec<u8>, Medium)>, StoreError> {
        self.history()
            .aside(|tree| {
                let table = tree.at(MEDIA);
                let mut media = Vec::new();
                table.each(.., Direction::Forward, |tail, medium| {
                    media.push(([table.key(), tail.bytes()].concat(), medium));
                    ControlFlow::Continue(())
                })?;
                Ok(media)
            })
            .await
    }

    pub(super) async fn add(
        &self,
        request: &MediaRequestParameters,
        content: Vec<u8>,
        time: SystemTime,
        exempt: bool,
    ) -> Result<(), StoreError> {
        let size = content.len() as u64;
        let _until_named = self.files().writing().await;
        let file = self.files().write(content, exempt).await?;
        let medium = Medium {
            file,
            size,
            last_access: milliseconds(time),
            exempt,
        };
        let mut batch = self.history().batch().await;
        let place = self.medium(request);
        let replaced = unless_damaged(place.get())?;
        batch.put(&place, &medium)?;
        if let Err(error) = batch.commit(medium.durability()).await {
            self.files().remove(vec![file]).await?;
            return Err(error);
        }
        let replaced = replaced.into_iter().map(|medium| medium.file);
        self.files().remove(replaced.collect()).await
    }

    pub(super) async fn exempt(
        &self,
        request: &MediaRequestParameters,
        exempt: bool,
    ) -> Result<(), StoreError> {
        let mut batch = self.history().batch().await;
        let place = self.medium(request);
        let Some(mut medium) = unless_damaged(place.get())? else {
            return Ok(());
        };
        medium.exempt = exempt;
        batch.put(&place, &medium)?;
        batch.commit(medium.durability()).await
    }

    /// Gives a medium to another request; one that was there is replaced.
    pub(super) async fn rename(
        &self,
        from: &MediaRequestParameters,
        to: &MediaRequestParameters,
    ) -> Result<(), StoreError> {
        let mut batch = self.history().batch().await;
        let Some(medium) = unless_damaged(self.medium(from).get())? else {
            return Ok(());
        };
        let replaced = unless_damaged(self.medium(to).get())?;
        batch.remove(&self.medium(from));
        batch.put(&self.medium(to), &medium)?;
        batch.commit(medium.durability()).await?;
        let replaced = replaced.map(|replaced| replaced.file);
        let replaced = replaced.filter(|file| *file != medium.file);
        self.files().remove(replaced.into_iter().collect()).await
    }

    pub(super) async fn read(
        &self,
        request: &MediaRequestParameters,
        time: SystemTime,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        self.read_at(&self.medium(request), time).await
    }

    pub(super) async fn read_any(
        &self,
        uri: &MxcUri,
        time: SystemTime,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        for place in self.media(uri)? {
            if let Some(content) = self.read_at(&place, time).await? {
                return Ok(Some(content));
            }
        }
        Ok(None)
    }

    async fn read_at(
        &self,
        place: &Place<'_, Medium>,
        time: SystemTime,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(medium) = unless_damaged(place.get())? else {
            return Ok(None);
        };
        let Some(content) = self.files().read(medium.file).await? else {
            tracing::warn!("the file of a medium is missing or damaged");
            let removed = self.remove_unchanged(vec![(place.key().to_vec(), medium)]);
            if removed.await.is_err() {
                tracing::warn!("nor could it be forgotten");
            }
            return Ok(None);
        };
        self.touch(place.key(), milliseconds(time)).await;
        Ok(Some(content))
    }

    pub(super) async fn remove(&self, request: &MediaRequestParameters) -> Result<(), StoreError> {
        let batch = self.history().batch().await;
        self.remove_places(batch, vec![self.medium(request)]).await
    }

    pub(super) async fn remove_any(&self, uri: &MxcUri) -> Result<(), StoreError> {
        let batch = self.history().batch().await;
        let places = self.media(uri)?;
        self.remove_places(batch, places).await
    }

    /// Removes media, but not one that was stored anew since it was looked at.
    pub(super) async fn remove_unchanged(
        &self,
        media: Vec<(Vec<u8>, Medium)>,
    ) -> Result<(), StoreError> {
        let batch = self.history().batch().await;
        let mut places = Vec::new();
        for (key, medium) in media {
            let place = self.at_key(key);
            if unless_damaged(place.get())?.is_some_and(|now| now.file == medium.file) {
                places.push(place);
            }
        }
        self.remove_places(batch, places).await
    }

    /// The files go first: a crash then leaves nothing of a medium that was to be erased.
    async fn remove_places(
        &self,
        mut batch: Batch,
        places: Vec<Place<'_, Medium>>,
    ) -> Result<(), StoreError> {
        let mut files = Vec::new();
        for place in &places {
            files.extend(unless_damaged(place.get())?.map(|medium| medium.file));
            batch.remove(place);
        }
        self.files().remove(files).await?;
        batch.commit(Durability::Queued).await
    }

    async fn touch(&self, key: &[u8], time: u64) {
        let many = {
            let mut touches = self
                .touches()
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            touches.insert(key.to_vec(), time);
            touches.len() >= TOUCHES
        };
        // What was read can be shown whether or not this is written down.
        if many && self.write_touches().await.is_err() {
            tracing::warn!("the last uses of media could not be noted");
        }
    }

    /// Writes to the index when media were last read.
    pub(super) async fn write_touches(&self) -> Result<(), StoreError> {
        let mut batch = self.history().batch().await;
        let touches = {
            let mut touches = self
                .touches()
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            std::mem::take(&mut *touches)
        };
        for (key, time) in touches {
            let place = self.at_key(key);
            if let Some(mut medium) = unless_damaged(place.get())? {
                medium.last_access = time;
                batch.put(&place, &medium)?;
            }
        }
        batch.commit(Durability::Queued).await
    }
}

fn milliseconds(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// A record that cannot be read is a medium that is not there.
fn unless_damaged(read: Result<Option<Medium>, StoreError>) -> Result<Option<Medium>, StoreError> {
    match read {
        Err(StoreError::Damaged | StoreError::Shape) => Ok(None),
        read => read,
    }
}
