//! A room's avatar, from a picture on the user's disk.

use std::path::Path;

use matrix_sdk::ruma::{UInt, events::room::avatar::ImageInfo};
use mime::Mime;

use super::RoomError;
use crate::{account::Account, attachment::picture::Picture};

/// Largest file read, in bytes.
const MAX_FILE: u64 = 40 * 1024 * 1024;

/// Why a picture did not become a room's avatar.
#[derive(Debug, thiserror::Error)]
pub enum AvatarError {
    /// The room cannot be had, or refuses.
    #[error(transparent)]
    Room(#[from] RoomError),
    /// The file cannot be read.
    #[error("the file cannot be read")]
    Unreadable(#[source] std::io::Error),
    /// The file is none of the pictures that can be drawn.
    #[error("not a picture that can be drawn")]
    Unsupported,
    /// The file is too large to be looked at.
    #[error("the file is too large")]
    TooLarge,
}

impl Account {
    /// Makes a picture the avatar of a room. It is drawn anew at a modest size: nothing of the
    /// file but its pixels (no place, no camera, no name) reaches the server.
    ///
    /// # Errors
    ///
    /// When the file is not a picture, the room is unknown, or the server refuses.
    pub async fn room_set_avatar(&self, room_id: &str, path: &Path) -> Result<(), AvatarError> {
        let room = self.room(room_id)?;
        let picture = read(path).await?.small;
        let mime: Mime = picture
            .mimetype
            .parse()
            .map_err(|_| AvatarError::Unsupported)?;
        let mut info = ImageInfo::new();
        info.width = Some(picture.width.into());
        info.height = Some(picture.height.into());
        info.size = UInt::new(picture.bytes.len() as u64);
        room.upload_avatar(&mime, picture.bytes, Some(info))
            .await
            .map_err(RoomError::from)?;
        Ok(())
    }
}

async fn read(path: &Path) -> Result<Picture, AvatarError> {
    let facts = tokio::fs::metadata(path).await;
    let facts = facts.map_err(AvatarError::Unreadable)?;
    if !facts.is_file() {
        return Err(AvatarError::Unsupported);
    }
    if facts.len() > MAX_FILE {
        return Err(AvatarError::TooLarge);
    }
    let bytes = tokio::fs::read(path)
        .await
        .map_err(AvatarError::Unreadable)?;
    // Decoding takes long, and may fail in ways of its own.
    tokio::task::spawn_blocking(move || Picture::read(&bytes))
        .await
        .ok()
        .flatten()
        .ok_or(AvatarError::Unsupported)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_pictures_become_avatars() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.png");
        std::fs::write(&path, b"<svg/>").expect("writable");
        assert!(matches!(read(&path).await, Err(AvatarError::Unsupported)));
        assert!(matches!(
            read(folder.path()).await,
            Err(AvatarError::Unsupported)
        ));
        assert!(matches!(
            read(&folder.path().join("none")).await,
            Err(AvatarError::Unreadable(_))
        ));
    }
}
