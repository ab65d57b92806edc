//! Files on their way out: held by id from the moment they are chosen until they are sent.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use matrix_sdk::{
    Room,
    attachment::{
        AttachmentConfig, AttachmentInfo, BaseAudioInfo, BaseFileInfo, BaseImageInfo,
        BaseVideoInfo, Thumbnail,
    },
    ruma::{OwnedEventId, TransactionId, UInt, events::Mentions},
};
use mime::Mime;
use pli_store::{Life, StoreError};

use self::picture::Picture;
use crate::{
    account::Account,
    composer::{SendError, event_id, formatted, reply_to},
    file_name,
    media::sniff,
    registry::Registry,
};

pub(crate) mod picture;

/// Files held at once; the oldest go.
const CAPACITY: usize = 64;

/// Bytes read to tell what a file is.
const HEAD: u64 = 64 * 1024;

/// Largest file of which a preview is made.
const MAX_PREVIEWED: u64 = 40 * 1024 * 1024;

/// Longest caption, in bytes: text and HTML share an event with the facts of the file.
const MAX_CAPTION: usize = 16_000;

/// How long choosing a file waits to learn the server's limit.
const LIMIT_PATIENCE: Duration = Duration::from_secs(3);

/// Why a file cannot be held or sent.
#[derive(Debug, thiserror::Error)]
pub enum AttachmentError {
    /// The id was never given, or the file was sent or discarded.
    #[error("unknown attachment")]
    Unknown,
    /// The file cannot be read, or is none.
    #[error("the file cannot be read")]
    Unreadable(#[source] std::io::Error),
    /// Larger than the server, or the policy, accepts.
    #[error("larger than the server or the policy accepts")]
    TooLarge,
    /// The policy blocks files of this type.
    #[error("a type of file that the policy blocks")]
    Blocked,
    /// The send queue refused it.
    #[error(transparent)]
    Send(#[from] SendError),
}

/// A file that is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentDraft {
    /// Opaque id.
    pub id: String,
    /// Sanitised file name.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// By content for images, else by extension.
    pub mimetype: String,
    /// Media id of a preview, for images.
    pub preview: Option<String>,
    /// Pixels, for images.
    pub dimensions: Option<(u32, u32)>,
    /// The limit of the server or the policy in bytes, when known.
    pub limit: Option<u64>,
    /// Whether the policy blocks files of this type.
    pub blocked: bool,
}

impl AttachmentDraft {
    /// Whether it is beyond the limit.
    pub fn is_too_large(&self) -> bool {
        self.limit.is_some_and(|limit| self.size > limit)
    }
}

/// The files held.
pub(crate) struct Attachments {
    held: Registry<Arc<Held>>,
    count: AtomicU64,
}

impl Default for Attachments {
    fn default() -> Self {
        Self {
            held: Registry::new(CAPACITY),
            count: AtomicU64::new(0),
        }
    }
}

struct Held {
    name: String,
    mimetype: &'static str,
    source: Source,
    preview: Option<String>,
}

enum Source {
    File(PathBuf),
    Memory(Bytes),
}

impl Source {
    async fn read(&self) -> std::io::Result<Bytes> {
        match self {
            Self::File(path) => tokio::fs::read(path).await.map(Bytes::from),
            Self::Memory(bytes) => Ok(bytes.clone()),
        }
    }
}

impl Account {
    /// Holds a file that the user chose or dropped.
    ///
    /// # Errors
    ///
    /// When it is no file or cannot be read.
    pub async fn attachment_from_path(
        &self,
        path: &Path,
    ) -> Result<AttachmentDraft, AttachmentError> {
        let (size, head) = look_at(path).await.map_err(AttachmentError::Unreadable)?;
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy())
            .unwrap_or_default();
        let name = file_name::sanitise(&name);
        let source = Source::File(path.to_owned());
        Ok(self.hold(name, size, &head, source).await)
    }

    /// Holds bytes that were pasted.
    pub async fn attachment_from_bytes(&self, name: &str, bytes: Bytes) -> AttachmentDraft {
        let name = file_name::sanitise(name);
        let source = Source::Memory(bytes.clone());
        self.hold(name, bytes.len() as u64, &bytes, source).await
    }

    /// Holds a picture that was pasted as pixels: four bytes each, red, green, blue, alpha.
    ///
    /// # Errors
    ///
    /// When the pixels do not fit the dimensions, or are too many.
    pub async fn attachment_from_pixels(
        &self,
        name: &str,
        (width, height): (u32, u32),
        pixels: Vec<u8>,
    ) -> Result<AttachmentDraft, AttachmentError> {
        let encoded =
            tokio::task::spawn_blocking(move || picture::encode(width, height, pixels)).await;
        let invalid = || AttachmentError::Unreadable(std::io::ErrorKind::InvalidData.into());
        let bytes = encoded.ok().flatten().ok_or_else(invalid)?;
        Ok(self.attachment_from_bytes(name, bytes.into()).await)
    }

    /// Forgets a file; an unknown one is forgotten already.
    pub fn attachment_discard(&self, id: &str) {
        if let Some(preview) = self
            .attachments()
            .held
            .remove(id)
            .and_then(|held| held.preview.clone())
        {
            self.media().forget(&preview);
        }
    }

    /// Queues a file with its caption; answers once all of it is on disk, encrypted.
    ///
    /// # Errors
    ///
    /// When it is not held or readable any more, too large, or the queue refuses it.
    pub async fn attachment_send(
        &self,
        room_id: &str,
        id: &str,
        caption: Option<&str>,
        reply_to_event: Option<&str>,
        lifetime: Option<Duration>,
    ) -> Result<(), AttachmentError> {
        let room = self.known_room(room_id).map_err(SendError::from)?;
        self.check_identities(&room).await?;
        let reply = reply_to_event.map(event_id).transpose()?;
        if caption.is_some_and(|caption| caption.len() > MAX_CAPTION) {
            return Err(SendError::TooLong.into());
        }
        let held = self
            .attachments()
            .held
            .get(id)
            .ok_or(AttachmentError::Unknown)?;
        if self.policy().blocks_file(&held.name) {
            return Err(AttachmentError::Blocked);
        }
        let bytes = held
            .source
            .read()
            .await
            .map_err(AttachmentError::Unreadable)?;
        let size = bytes.len() as u64;
        if self.upload_limit().await.is_some_and(|limit| size > limit) {
            return Err(AttachmentError::TooLarge);
        }
        let life = self.life_of_new(&room, lifetime).await?;
        let picture = picture_of(bytes.clone()).await;
        let config = AttachmentConfig {
            info: Some(info(held.mimetype, size, picture.as_ref())),
            thumbnail: picture.and_then(thumbnail),
            caption: caption.and_then(formatted),
            mentions: Some(Mentions::new()),
            reply: known_reply(&room, reply).await,
            txn_id: life.as_ref().map(|life| life.transaction.clone()),
        };
        let mimetype: Mime = held
            .mimetype
            .parse()
            .unwrap_or(mime::APPLICATION_OCTET_STREAM);
        let queue = room.send_queue();
        let queued = queue
            .send_attachment(held.name.clone(), mimetype, bytes.to_vec(), config)
            .await;
        if let Some(life) = &life {
            if queued.is_err() {
                let forgotten = self.stores().forget_life(&life.room, &life.transaction);
                forgotten.await.map_err(store_failed)?;
            }
            self.retention().look_again();
        }
        queued.map_err(SendError::from)?;
        self.attachment_discard(id);
        Ok(())
    }

    /// The end of a file that is about to be queued, kept beside it: the SDK makes its event, and
    /// has no place for it.
    async fn life_of_new(
        &self,
        room: &Room,
        lifetime: Option<Duration>,
    ) -> Result<Option<Life>, AttachmentError> {
        let end = self.retention().end_of_new(room, lifetime);
        let Some(end) = end.map_err(SendError::from)? else {
            return Ok(None);
        };
        let life = Life {
            end,
            room: room.room_id().to_owned(),
            transaction: TransactionId::new(),
        };
        let kept = self.stores().keep_life(&life).await;
        kept.map_err(store_failed)?;
        Ok(Some(life))
    }

    async fn hold(&self, name: String, size: u64, head: &[u8], source: Source) -> AttachmentDraft {
        let mimetype = sniff::image_type(head).unwrap_or_else(|| sniff::type_by_name(&name));
        let number = self
            .attachments()
            .count
            .fetch_add(1, Ordering::Relaxed)
            .to_string();
        let blocked = self.policy().blocks_file(&name);
        let mut dimensions = None;
        let mut preview = None;
        if !blocked
            && mimetype.starts_with("image/")
            && size <= MAX_PREVIEWED
            && let Ok(bytes) = source.read().await
            && let Some(picture) = picture_of(bytes).await
        {
            dimensions = Some((picture.width, picture.height));
            preview = Some(self.media().local_id(&number, picture.small.bytes.into()));
        }
        let held = Held {
            name: name.clone(),
            mimetype,
            source,
            preview: preview.clone(),
        };
        AttachmentDraft {
            id: self.attachments().held.insert(&number, || Arc::new(held)),
            name,
            size,
            mimetype: mimetype.to_owned(),
            preview,
            dimensions,
            limit: self.upload_limit().await,
            blocked,
        }
    }

    /// The server's limit (`m.upload.size`), if it tells in time, or the policy's where it is less.
    async fn upload_limit(&self) -> Option<u64> {
        let servers = self.client().load_or_fetch_max_upload_size();
        let servers = tokio::time::timeout(LIMIT_PATIENCE, servers).await;
        let servers = servers.ok().and_then(Result::ok).map(u64::from);
        lesser(servers, self.policy().upload_limit())
    }
}

fn store_failed(error: StoreError) -> AttachmentError {
    let error = matrix_sdk::StoreError::backend(error);
    SendError::Store(Box::new(error.into())).into()
}

fn lesser(one: Option<u64>, other: Option<u64>) -> Option<u64> {
    one.into_iter().chain(other).min()
}

/// Size and first bytes of a regular file.
async fn look_at(path: &Path) -> std::io::Result<(u64, Vec<u8>)> {
    use tokio::io::AsyncReadExt as _;

    let facts = tokio::fs::metadata(path).await?;
    if !facts.is_file() {
        return Err(std::io::ErrorKind::InvalidInput.into());
    }
    let mut head = Vec::new();
    tokio::fs::File::open(path)
        .await?
        .take(HEAD)
        .read_to_end(&mut head)
        .await?;
    Ok((facts.len(), head))
}

async fn picture_of(bytes: Bytes) -> Option<Picture> {
    // Decoding takes long, and may fail in ways of its own.
    tokio::task::spawn_blocking(move || Picture::read(&bytes))
        .await
        .ok()
        .flatten()
}

/// A reply needs the event: without network it may not be there, and the file goes without.
async fn known_reply(
    room: &Room,
    event_id: Option<OwnedEventId>,
) -> Option<matrix_sdk::room::reply::Reply> {
    let event_id = event_id?;
    room.load_or_fetch_event(&event_id, None).await.ok()?;
    Some(reply_to(event_id))
}

fn info(mimetype: &str, size: u64, picture: Option<&Picture>) -> AttachmentInfo {
    let size = UInt::new(size);
    match mimetype.split('/').next() {
        Some("image") => AttachmentInfo::Image(BaseImageInfo {
            width: picture.map(|picture| picture.width.into()),
            height: picture.map(|picture| picture.height.into()),
            size,
            ..BaseImageInfo::default()
        }),
        Some("video") => AttachmentInfo::Video(BaseVideoInfo {
            size,
            ..BaseVideoInfo::default()
        }),
        Some("audio") => AttachmentInfo::Audio(BaseAudioInfo {
            size,
            ..BaseAudioInfo::default()
        }),
        _ => AttachmentInfo::File(BaseFileInfo { size }),
    }
}

fn thumbnail(picture: Picture) -> Option<Thumbnail> {
    // A small picture is its own thumbnail.
    if !picture.is_large() {
        return None;
    }
    let small = picture.small;
    Some(Thumbnail {
        size: UInt::new(small.bytes.len() as u64)?,
        width: small.width.into(),
        height: small.height.into(),
        content_type: small.mimetype.parse().ok()?,
        data: small.bytes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_regular_files_are_taken() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(look_at(folder.path()).await.is_err(), "a folder is no file");
        assert!(
            look_at(&folder.path().join("none")).await.is_err(),
            "it is not there"
        );
        let path = folder.path().join("a.txt");
        std::fs::write(&path, b"abc").expect("writable");
        assert_eq!(
            look_at(&path).await.expect("readable"),
            (3, b"abc".to_vec())
        );
    }

    #[test]
    fn what_is_announced_follows_the_type() {
        assert!(matches!(
            info("image/png", 3, None),
            AttachmentInfo::Image(_)
        ));
        assert!(matches!(
            info("video/mp4", 3, None),
            AttachmentInfo::Video(_)
        ));
        assert!(matches!(
            info("audio/ogg", 3, None),
            AttachmentInfo::Audio(_)
        ));
        assert!(matches!(
            info("application/pdf", 3, None),
            AttachmentInfo::File(_)
        ));
    }

    #[test]
    fn the_limit_is_the_servers() {
        let mut draft = AttachmentDraft {
            id: String::new(),
            name: String::new(),
            size: 10,
            mimetype: String::new(),
            preview: None,
            dimensions: None,
            limit: Some(9),
            blocked: false,
        };
        assert!(draft.is_too_large(), "told before anything is uploaded");
        draft.limit = None;
        assert!(!draft.is_too_large(), "an unknown limit forbids nothing");
    }

    #[test]
    fn the_lesser_limit_holds() {
        assert_eq!(lesser(None, None), None);
        assert_eq!(lesser(Some(9), None), Some(9));
        assert_eq!(lesser(None, Some(9)), Some(9));
        assert_eq!(lesser(Some(9), Some(8)), Some(8));
    }
}
