//! What can go wrong, one enum per act; none carries a secret, a name or a path.

use std::io;

use crate::keyring::KeyringError;

/// Why a vault could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// No keyring answers on this machine.
    #[error("no keyring answers")]
    NoKeyring,
    /// The keyring is there, but locked, or it refused.
    #[error("the keyring is locked")]
    Locked,
    /// The profile was made with a keyring that no longer holds its key.
    #[error("the keyring does not hold the key of this profile")]
    KeyMissing,
    /// The profile is opened by a passphrase.
    #[error("the profile needs its passphrase")]
    PassphraseNeeded,
    /// The profile's key is in a keyring; a passphrase does not open it.
    #[error("the profile has no passphrase")]
    NoPassphrase,
    /// A new passphrase is shorter than [`crate::MIN_PASSPHRASE`].
    #[error("the passphrase is too short")]
    PassphraseTooShort,
    /// The passphrase is not the one that was set, or the file was altered.
    #[error("the passphrase does not open the profile")]
    WrongPassphrase,
    /// `vault.json`, or the keyring's entry, cannot be read.
    #[error("the vault is damaged")]
    Damaged,
    /// `vault.json` was written by a newer version.
    #[error("the vault was written by a newer version")]
    TooNew,
    /// The system gives no random bytes.
    #[error("no random bytes")]
    NoRandomness,
    /// The passphrase could not be stretched: there is not enough memory.
    #[error("the passphrase could not be stretched")]
    Stretching,
    /// The profile's directory cannot be read or written.
    #[error("the profile cannot be read or written ({})", .0.kind())]
    Io(#[source] io::Error),
}

/// Why the session could not be saved, loaded or forgotten.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// No keyring answers any more.
    #[error("no keyring answers")]
    NoKeyring,
    /// The keyring was locked since.
    #[error("the keyring is locked")]
    Locked,
    /// What was saved cannot be read.
    #[error("the saved session is damaged")]
    Damaged,
    /// The system gives no random bytes.
    #[error("no random bytes")]
    NoRandomness,
    /// The profile's directory cannot be read or written.
    #[error("the profile cannot be read or written ({})", .0.kind())]
    Io(#[source] io::Error),
}

/// Why a vault could not be erased.
#[derive(Debug, thiserror::Error)]
pub enum EraseError {
    /// No keyring answers: its entries may remain.
    #[error("no keyring answers")]
    NoKeyring,
    /// The keyring is locked: its entries remain.
    #[error("the keyring is locked")]
    Locked,
    /// The profile's directory cannot be written.
    #[error("the profile cannot be written ({})", .0.kind())]
    Io(#[source] io::Error),
}

impl From<KeyringError> for OpenError {
    fn from(error: KeyringError) -> Self {
        match error {
            KeyringError::Absent => Self::NoKeyring,
            KeyringError::Locked => Self::Locked,
            KeyringError::Damaged => Self::Damaged,
        }
    }
}

impl From<KeyringError> for SessionError {
    fn from(error: KeyringError) -> Self {
        match error {
            KeyringError::Absent => Self::NoKeyring,
            KeyringError::Locked => Self::Locked,
            KeyringError::Damaged => Self::Damaged,
        }
    }
}

impl From<KeyringError> for EraseError {
    fn from(error: KeyringError) -> Self {
        match error {
            KeyringError::Absent => Self::NoKeyring,
            KeyringError::Locked | KeyringError::Damaged => Self::Locked,
        }
    }
}
