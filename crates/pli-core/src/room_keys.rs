//! Room keys in a file of the standard format, under a passphrase (Client-Server API, "Key exports").

use std::{
    fs,
    io::{self, ErrorKind, Read as _},
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
};

use futures_util::Stream;
use matrix_sdk::encryption::{Encryption, RoomKeyImportError};
use matrix_sdk_base::crypto::{
    KeyExportError, decrypt_room_key_export, encrypt_room_key_export, olm::ExportedRoomKey,
    store::CryptoStore as _,
};
use pli_vault::MIN_PASSPHRASE;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::{Mutex, watch};
use tokio_stream::wrappers::WatchStream;
use zeroize::Zeroizing;

use crate::{account::Account, file::Partial};

mod header;

/// Keys that are taken in at once: between two such, progress is told, and the user may cancel.
const AT_ONCE: usize = 250;

/// Larger files are refused: a hundred thousand keys are a third of it.
const MAX_FILE: u64 = 512 * 1024 * 1024;

/// How far the work on a file of keys has come; nothing of nothing when there is none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct KeyFileProgress {
    /// Keys read from the store, or taken in.
    pub done: u64,
    /// Keys in all.
    pub total: u64,
}

/// What an import has found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImportedKeys {
    /// Keys that were not there, or not from so early on.
    pub new: u64,
    /// Keys in the file.
    pub total: u64,
}

/// Why a file of keys could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// A passphrase needs [`MIN_PASSPHRASE`] characters.
    #[error("the passphrase is too short")]
    TooShort,
    /// The passphrase does not open the file, or the file is damaged: the two look alike.
    #[error("the passphrase does not open the file")]
    WrongPassphrase,
    /// It is no file of keys, of a version to come, or too large.
    #[error("not a file of room keys")]
    NotAKeyFile,
    /// The user cancelled: nothing was written; keys that were taken in stay.
    #[error("cancelled")]
    Cancelled,
    /// Another file is being worked on.
    #[error("another file is being worked on")]
    Busy,
    /// The file cannot be read or written.
    #[error("the file cannot be read or written")]
    File(#[source] io::Error),
    /// The store failed.
    #[error("the store failed")]
    Sdk(#[source] Box<matrix_sdk::Error>),
}

/// The one file of keys that is worked on at a time.
#[derive(Default)]
pub(crate) struct KeyFile {
    progress: watch::Sender<KeyFileProgress>,
    cancelled: AtomicBool,
    busy: Mutex<()>,
}

impl KeyFile {
    fn tell(&self, done: u64, total: u64) {
        self.progress.send_replace(KeyFileProgress { done, total });
    }

    fn check(&self) -> Result<(), KeyFileError> {
        match self.cancelled.load(Ordering::Relaxed) {
            true => Err(KeyFileError::Cancelled),
            false => Ok(()),
        }
    }
}

impl Account {
    /// How far the work on a file of keys has come, now and from now on.
    pub fn key_file_progress(&self) -> impl Stream<Item = KeyFileProgress> + Send + use<> {
        WatchStream::new(self.key_file.progress.subscribe())
    }

    /// Ends the work on a file of keys, if there is any.
    pub fn key_file_cancel(&self) {
        self.key_file.cancelled.store(true, Ordering::Relaxed);
    }

    /// Writes all room keys of this device to a file; gives how many there are.
    ///
    /// # Errors
    /// See [`KeyFileError`]; a file that was there stays as it was.
    pub async fn room_keys_export(
        &self,
        path: &Path,
        passphrase: &SecretString,
    ) -> Result<u64, KeyFileError> {
        if passphrase.expose_secret().chars().count() < MIN_PASSPHRASE {
            return Err(KeyFileError::TooShort);
        }
        let work = &self.key_file;
        let _busy = work.busy.try_lock().map_err(|_| KeyFileError::Busy)?;
        work.cancelled.store(false, Ordering::Relaxed);
        let counts = self
            .stores()
            .crypto_store()
            .inbound_group_session_counts(None)
            .await;
        let total = counts.map_or(0, |counts| counts.total.try_into().unwrap_or(u64::MAX));
        work.tell(0, total);
        let partial = Partial::private(path).await.map_err(KeyFileError::File)?;
        let mut done = 0;
        let each = |_: &_| {
            done += 1;
            work.tell(done, total.max(done));
            work.check().is_ok()
        };
        let encryption = self.client().encryption();
        let exported = encryption
            .export_room_keys(partial.path().to_owned(), passphrase.expose_secret(), each)
            .await
            .map_err(KeyFileError::from)
            .and_then(|()| work.check());
        let whole = match exported {
            Ok(()) => partial.finish().await.map_err(KeyFileError::File),
            Err(error) => Err(error),
        };
        work.tell(0, 0);
        whole.map(|()| done)
    }

    /// Takes in the room keys of a file. `scratch` is a directory for what is needed meanwhile,
    /// which is encrypted under a key that is never written.
    ///
    /// # Errors
    /// See [`KeyFileError`].
    pub async fn room_keys_import(
        &self,
        path: &Path,
        passphrase: &SecretString,
        scratch: &Path,
    ) -> Result<ImportedKeys, KeyFileError> {
        let work = &self.key_file;
        let _busy = work.busy.try_lock().map_err(|_| KeyFileError::Busy)?;
        work.cancelled.store(false, Ordering::Relaxed);
        let (path, passphrase) = (path.to_owned(), passphrase.clone());
        let keys = blocking(move || open(&path, &passphrase)).await?;
        work.check()?;
        let imported = self.take_in(keys, &scratch.join("room-keys")).await;
        work.tell(0, 0);
        imported
    }

    /// The SDK takes a whole file without a word in between, so it is given files of some keys.
    async fn take_in(
        &self,
        mut keys: Vec<ExportedRoomKey>,
        scratch: &Path,
    ) -> Result<ImportedKeys, KeyFileError> {
        let encryption = self.client().encryption();
        let total = count(keys.len());
        let mut new = 0;
        while !keys.is_empty() {
            self.key_file.tell(total - count(keys.len()), total);
            self.key_file.check()?;
            let some = keys.split_off(keys.len().saturating_sub(AT_ONCE));
            new += import_some(&encryption, some, scratch).await?;
        }
        Ok(ImportedKeys { new, total })
    }
}

async fn import_some(
    encryption: &Encryption,
    keys: Vec<ExportedRoomKey>,
    scratch: &Path,
) -> Result<u64, KeyFileError> {
    let once = random()?;
    let phrase = once.clone();
    let sealed = blocking(move || {
        let rounds = 1;
        encrypt_room_key_export(&keys, phrase.expose_secret(), rounds)
            .map_err(|_| KeyFileError::NotAKeyFile)
    });
    let written = Partial::scratch(scratch)
        .await
        .map_err(KeyFileError::File)?;
    tokio::fs::write(written.path(), sealed.await?)
        .await
        .map_err(KeyFileError::File)?;
    let imported = encryption
        .import_room_keys(written.path().to_owned(), once.expose_secret())
        .await?;
    Ok(count(imported.imported_count))
}

/// A passphrase for once.
fn random() -> Result<SecretString, KeyFileError> {
    let mut bytes = Zeroizing::new([0_u8; 32]);
    getrandom::fill(bytes.as_mut_slice())
        .map_err(|_| KeyFileError::File(ErrorKind::Unsupported.into()))?;
    let letters = bytes.iter().map(|byte| char::from(b'a' + byte % 16));
    Ok(SecretString::from(letters.collect::<String>()))
}

fn open(path: &Path, passphrase: &SecretString) -> Result<Vec<ExportedRoomKey>, KeyFileError> {
    let file = fs::File::open(path).map_err(KeyFileError::File)?;
    let mut text = String::new();
    file.take(MAX_FILE + 1)
        .read_to_string(&mut text)
        .map_err(|error| match error.kind() {
            ErrorKind::InvalidData => KeyFileError::NotAKeyFile,
            _ => KeyFileError::File(error),
        })?;
    if count(text.len()) > MAX_FILE || !header::is_sane(&text) {
        return Err(KeyFileError::NotAKeyFile);
    }
    Ok(decrypt_room_key_export(
        text.as_bytes(),
        passphrase.expose_secret(),
    )?)
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, KeyFileError> + Send + 'static,
) -> Result<T, KeyFileError> {
    let interrupted = || KeyFileError::File(ErrorKind::Interrupted.into());
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|_| Err(interrupted()))
}

fn count(keys: usize) -> u64 {
    keys.try_into().unwrap_or(u64::MAX)
}

impl From<KeyExportError> for KeyFileError {
    fn from(error: KeyExportError) -> Self {
        match error {
            KeyExportError::InvalidMac => Self::WrongPassphrase,
            _ => Self::NotAKeyFile,
        }
    }
}

impl From<RoomKeyImportError> for KeyFileError {
    fn from(error: RoomKeyImportError) -> Self {
        match error {
            RoomKeyImportError::Io(error) => Self::File(error),
            RoomKeyImportError::Export(error) => error.into(),
            RoomKeyImportError::CryptoStore(error) => Self::Sdk(Box::new(
                matrix_sdk::Error::CryptoStoreError(Box::new(error)),
            )),
            _ => Self::NotAKeyFile,
        }
    }
}

impl From<matrix_sdk::Error> for KeyFileError {
    fn from(error: matrix_sdk::Error) -> Self {
        match error {
            matrix_sdk::Error::Io(error) => Self::File(error),
            error => Self::Sdk(Box::new(error)),
        }
    }
}
