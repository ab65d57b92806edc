//! Media by opaque ids: what the page may draw, and what may be saved.
//!
//! The page never sees an `mxc:` URI nor a key. Bytes are judged by what they are, not by
//! what their sender announced.

use bytes::Bytes;
use matrix_sdk::{
    Client,
    media::{MediaFormat, MediaRequestParameters, MediaThumbnailSettings},
    ruma::{
        MxcUri, OwnedMxcUri, UInt, api::client::media::get_content_thumbnail::v3::Method,
        events::room::MediaSource,
    },
};
use tokio::sync::Semaphore;

use crate::{account::Account, file, file_name, mxc, registry::Registry};

pub mod sniff;

/// How many media are remembered.
const CAPACITY: usize = 20_000;

/// Largest medium handed to the page, in bytes; larger ones are saved.
pub const MAX_SHOWN: usize = 64 * 1024 * 1024;

/// How many downloads run at once; the rest wait.
const MAX_DOWNLOADS: usize = 6;

/// Side of an avatar, in pixels: enough for the largest one at double density.
const AVATAR_SIDE: u32 = 128;

/// Box of a thumbnail made by the server, in pixels.
const THUMBNAIL: (u32, u32) = (800, 600);

/// Why a medium cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    /// The id was never given, or too long ago.
    #[error("unknown media id")]
    Unknown,
    /// The server does not have it, or does not answer.
    #[error("the medium could not be fetched")]
    Fetch(#[source] Box<matrix_sdk::Error>),
    /// The fetch ended without an answer.
    #[error("the fetch was interrupted")]
    Interrupted,
    /// Not of a type that may be drawn.
    #[error("the medium is not of a type that is shown")]
    Unsupported,
    /// Too many bytes or too many pixels.
    #[error("the medium is too large")]
    TooLarge,
    /// The policy blocks files of this type.
    #[error("a type of file that the policy blocks")]
    Blocked,
    /// It could not be written.
    #[error("the file could not be written")]
    Write(#[source] std::io::Error),
}

/// What a media id stands for.
#[derive(Clone)]
pub(crate) enum Medium {
    /// On the server, or in the store.
    Remote {
        source: MediaSource,
        /// A size the server makes.
        scaled: Option<(Method, u32, u32)>,
        /// Under which it is saved.
        name: String,
    },
    /// A preview of something not sent yet.
    Local(Bytes),
}

/// The media on screen, by id.
pub struct Media {
    registry: Registry<Medium>,
    downloads: Semaphore,
}

impl Default for Media {
    fn default() -> Self {
        Self {
            registry: Registry::new(CAPACITY),
            downloads: Semaphore::new(MAX_DOWNLOADS),
        }
    }
}

impl Media {
    /// The id of a whole medium; `None` when its URI is malformed.
    pub fn id(&self, source: &MediaSource, name: &str) -> Option<String> {
        self.insert(source, None, name)
    }

    /// The id of a thumbnail: the sender's own, or one that the server makes of a medium
    /// that is not encrypted.
    pub fn thumbnail_id(&self, source: &MediaSource, own: Option<&MediaSource>) -> Option<String> {
        match (own, source) {
            (Some(own), _) => self.insert(own, None, ""),
            (None, MediaSource::Plain(_)) => {
                self.insert(source, Some((Method::Scale, THUMBNAIL.0, THUMBNAIL.1)), "")
            }
            (None, MediaSource::Encrypted(_)) => None,
        }
    }

    /// The id of an avatar; `None` when its URI is malformed.
    pub fn avatar_id(&self, uri: &MxcUri) -> Option<String> {
        let source = MediaSource::Plain(uri.to_owned());
        self.insert(&source, Some((Method::Crop, AVATAR_SIDE, AVATAR_SIDE)), "")
    }

    /// The id of bytes that are held here until [`Self::forget`].
    pub(crate) fn local_id(&self, key: &str, bytes: Bytes) -> String {
        self.registry
            .insert(&format!("local {key}"), || Medium::Local(bytes))
    }

    pub(crate) fn forget(&self, id: &str) {
        self.registry.remove(id);
    }

    pub(crate) fn get(&self, id: &str) -> Option<Medium> {
        self.registry.get(id)
    }

    fn insert(
        &self,
        source: &MediaSource,
        scaled: Option<(Method, u32, u32)>,
        name: &str,
    ) -> Option<String> {
        let uri = uri(source);
        if !mxc::is_safe(uri) {
            return None;
        }
        let key = match (source, &scaled) {
            (_, Some((method, width, height))) => format!("{method} {width} {height} {uri}"),
            (MediaSource::Plain(_), None) => format!("plain {uri} {name}"),
            // The same upload under another key is another medium.
            (MediaSource::Encrypted(_), None) => {
                format!(
                    "encrypted {} {name}",
                    serde_json::to_string(source).unwrap_or_default()
                )
            }
        };
        Some(self.registry.insert(&key, || Medium::Remote {
            source: source.clone(),
            scaled,
            name: file_name::sanitise(name),
        }))
    }
}

fn uri(source: &MediaSource) -> &OwnedMxcUri {
    match source {
        MediaSource::Plain(uri) => uri,
        MediaSource::Encrypted(file) => &file.url,
    }
}

impl Account {
    /// The bytes of a medium that may be drawn, and what they are.
    ///
    /// # Errors
    ///
    /// When it is unknown, cannot be fetched, is too large, or is of a type not shown.
    pub async fn media_bytes(&self, id: &str) -> Result<(&'static str, Bytes), MediaError> {
        let medium = self.media().get(id).ok_or(MediaError::Unknown)?;
        let bytes = self.fetch(medium).await?;
        if bytes.len() > MAX_SHOWN {
            return Err(MediaError::TooLarge);
        }
        let kind = sniff::shown_type(&bytes).ok_or(MediaError::Unsupported)?;
        if kind.starts_with("image/") && sniff::dimensions(&bytes).is_none() {
            return Err(MediaError::TooLarge);
        }
        Ok((kind, bytes))
    }

    /// The name under which a medium is saved, already sanitised.
    ///
    /// # Errors
    ///
    /// When the id is unknown, or the policy blocks files of this name.
    pub fn media_name(&self, id: &str) -> Result<String, MediaError> {
        match self.media().get(id).ok_or(MediaError::Unknown)? {
            Medium::Remote { name, .. } if self.policy().blocks_file(&name) => {
                Err(MediaError::Blocked)
            }
            Medium::Remote { name, .. } => Ok(name),
            Medium::Local(_) => Err(MediaError::Unknown),
        }
    }

    /// Writes a medium to a file of the user's choice, of whatever type the policy lets pass.
    ///
    /// # Errors
    ///
    /// When it is unknown or blocked, cannot be fetched or cannot be written.
    pub async fn media_save(&self, id: &str, path: &std::path::Path) -> Result<(), MediaError> {
        // By the name it was sent under, and by the one it is to have.
        self.media_name(id)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if self.policy().blocks_file(&name) {
            return Err(MediaError::Blocked);
        }
        let medium = self.media().get(id).ok_or(MediaError::Unknown)?;
        let bytes = self.fetch(medium).await?;
        file::write_whole(path, &bytes)
            .await
            .map_err(MediaError::Write)
    }

    async fn fetch(&self, medium: Medium) -> Result<Bytes, MediaError> {
        let Medium::Remote { source, scaled, .. } = medium else {
            let Medium::Local(bytes) = medium else {
                return Err(MediaError::Unknown);
            };
            return Ok(bytes);
        };
        let _turn = self
            .media()
            .downloads
            .acquire()
            .await
            .map_err(|_| MediaError::Interrupted)?;
        let client = self.client().clone();
        let over = self.over().clone();
        let fetched = async move {
            over.run_until_cancelled(download(&client, source, scaled))
                .await
        };
        // In a task of its own: a fault while decoding one medium ends here.
        tokio::spawn(fetched)
            .await
            .ok()
            .flatten()
            .ok_or(MediaError::Interrupted)?
            .map_err(|error| MediaError::Fetch(Box::new(error)))
    }
}

async fn download(
    client: &Client,
    source: MediaSource,
    scaled: Option<(Method, u32, u32)>,
) -> Result<Bytes, matrix_sdk::Error> {
    let media = client.media();
    if let Some((method, width, height)) = scaled {
        let settings =
            MediaThumbnailSettings::with_method(method, UInt::from(width), UInt::from(height));
        let request = MediaRequestParameters {
            source: source.clone(),
            format: MediaFormat::Thumbnail(settings),
        };
        if let Ok(bytes) = media.get_media_content(&request, true).await {
            return Ok(bytes.into());
        }
        // Servers make no thumbnail of some images; the whole serves as well.
    }
    let request = MediaRequestParameters {
        source,
        format: MediaFormat::File,
    };
    media
        .get_media_content(&request, true)
        .await
        .map(Bytes::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(uri: &str) -> MediaSource {
        MediaSource::Plain(uri.into())
    }

    #[test]
    fn each_size_of_a_medium_has_its_own_id() {
        let media = Media::default();
        let source = plain("mxc://example.org/a");
        let whole = media.id(&source, "a.png").expect("well formed");
        let thumbnail = media
            .thumbnail_id(&source, None)
            .expect("the server makes one");
        let avatar = media
            .avatar_id("mxc://example.org/a".into())
            .expect("well formed");
        assert_ne!(whole, thumbnail, "the page caches by id");
        assert_ne!(thumbnail, avatar, "cropped is not scaled");
        assert_eq!(media.id(&source, "a.png"), Some(whole), "an id is stable");
    }

    #[test]
    fn malformed_uris_get_no_id() {
        let media = Media::default();
        let long = format!("mxc://{}/a", "a".repeat(252));
        for uri in [long.as_str(), "https://example.org/a", ""] {
            assert_eq!(
                media.id(&plain(uri), "a"),
                None,
                "{uri} must not reach the SDK"
            );
            assert_eq!(media.avatar_id(uri.into()), None, "nor as an avatar");
        }
    }

    #[test]
    fn names_are_sanitised_before_anybody_sees_them() {
        let media = Media::default();
        let id = media
            .id(&plain("mxc://example.org/a"), "../x\u{202E}fdp.exe")
            .expect("well formed");
        let Some(Medium::Remote { name, .. }) = media.get(&id) else {
            unreachable!("it was just registered");
        };
        assert_eq!(name, "_xfdp.exe", "what is shown is what is written");
    }
}
