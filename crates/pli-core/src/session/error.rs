//! What can go wrong, one enum per act.

use std::{io, time::Duration};

use matrix_sdk::{
    HttpError,
    encryption::{recovery::RecoveryError as SdkRecovery, secret_storage::SecretStorageError},
    ruma::api::error::{ErrorKind, RetryAfter},
};
use matrix_sdk_base::crypto::secret_storage::DecodeError;
use pli_vault::{EraseError, OpenError, SessionError};

use super::connect::ConnectError;
use crate::{
    discovery::{self, DiscoveryError},
    expiry::{is_expiry, says_expired},
    http::NetworkError,
};

/// Why there can be no session at all.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The network settings cannot be used.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// A forged signature or message was accepted: this build of Pli would trust anybody.
    #[error("forgeries are accepted: this build must not be used")]
    SelfTest,
}

/// Why signing in failed.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The server was not found.
    #[error(transparent)]
    Discovery(#[from] DiscoveryError),
    /// User or password refused.
    #[error("refused")]
    WrongPassword,
    /// The account no longer exists.
    #[error("the account no longer exists")]
    Deactivated,
    /// The account has expired (`ORG_MATRIX_EXPIRED_ACCOUNT`).
    #[error("the account has expired")]
    Expired,
    /// Too many attempts.
    #[error("too many attempts")]
    RateLimited(Option<Duration>),
    /// The server, or the policy, does not have this way to sign in.
    #[error("not a way to sign in")]
    LoginNotSupported,
    /// The server did not accept what the browser brought.
    #[error("the browser's token was refused")]
    TokenRefused,
    /// The user took too long in the browser.
    #[error("the browser took too long")]
    BrowserTooSlow,
    /// The user gave up what was under way in the browser.
    #[error("given up")]
    GivenUp,
    /// The browser cannot come back to this computer.
    #[error("no way back from the browser")]
    Loopback(#[source] io::Error),
    /// The account could not be opened on this machine.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// The session could not be kept.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// Setting up encryption failed.
    #[error("encryption could not be set up")]
    Encryption(#[source] Box<matrix_sdk::Error>),
    /// The server answered something else.
    #[error("the server refused")]
    Server(#[source] Box<HttpError>),
    /// Somebody is already signed in.
    #[error("already signed in")]
    NotNow,
}

impl SignInError {
    /// A static name for the log.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Discovery(_) => "discovery",
            Self::WrongPassword => "wrong password",
            Self::Deactivated => "deactivated",
            Self::Expired => "expired",
            Self::RateLimited(_) => "rate limited",
            Self::LoginNotSupported => "no such way",
            Self::TokenRefused => "token refused",
            Self::BrowserTooSlow => "browser too slow",
            Self::GivenUp => "given up",
            Self::Loopback(_) => "loopback",
            Self::Connect(error) => error.name(),
            Self::Save(_) => "vault",
            Self::Encryption(_) => "encryption",
            Self::Server(_) => "server",
            Self::NotNow => "not now",
        }
    }
}

impl SignInError {
    /// Why encryption could not be set up.
    pub(super) fn of_encryption(error: matrix_sdk::Error) -> Self {
        match &error {
            matrix_sdk::Error::Http(http) if says_expired(http) => Self::Expired,
            _ => Self::Encryption(Box::new(error)),
        }
    }
}

impl From<HttpError> for SignInError {
    fn from(error: HttpError) -> Self {
        if let HttpError::Reqwest(inner) = &error {
            return Self::Discovery(discovery::reason(inner));
        }
        match error.client_api_error_kind() {
            Some(ErrorKind::Forbidden) => Self::WrongPassword,
            Some(ErrorKind::UserDeactivated) => Self::Deactivated,
            Some(ErrorKind::LimitExceeded(limit)) => Self::RateLimited(match limit.retry_after {
                Some(RetryAfter::Delay(delay)) => Some(delay),
                _ => None,
            }),
            Some(kind) if is_expiry(kind) => Self::Expired,
            _ => Self::Server(Box::new(error)),
        }
    }
}

/// Why a session could not be kept on this machine.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// The keyring does not answer, or keeps nothing.
    #[error("the vault failed")]
    Vault,
    /// Files cannot be written or removed.
    #[error("the files of the profile cannot be written")]
    Files(#[source] io::Error),
}

impl From<SessionError> for SaveError {
    fn from(error: SessionError) -> Self {
        match error {
            SessionError::Io(error) => Self::Files(error),
            _ => Self::Vault,
        }
    }
}

/// Why a passphrase did not open the profile.
#[derive(Debug, thiserror::Error)]
pub enum UnlockError {
    /// It is not the one that was set.
    #[error("the passphrase does not open the profile")]
    WrongPassphrase,
    /// A new one needs [`pli_vault::MIN_PASSPHRASE`] characters.
    #[error("the passphrase is too short")]
    TooShort,
    /// Anything else.
    #[error(transparent)]
    Vault(OpenError),
    /// No passphrase is asked for.
    #[error("no passphrase is asked for")]
    NotNow,
    /// The work was interrupted.
    #[error("interrupted")]
    Interrupted,
}

impl From<OpenError> for UnlockError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::WrongPassphrase => Self::WrongPassphrase,
            OpenError::PassphraseTooShort => Self::TooShort,
            other => Self::Vault(other),
        }
    }
}

/// Why signing out, or starting afresh, failed.
#[derive(Debug, thiserror::Error)]
pub enum SignOutError {
    /// The keyring kept the key.
    #[error(transparent)]
    Vault(#[from] EraseError),
    /// The store could not be removed. Its key is destroyed all the same.
    #[error("the store could not be removed")]
    Files(#[from] pli_store::OpenError),
    /// There is nothing to sign out of.
    #[error("nothing to sign out of")]
    NotNow,
    /// The work was interrupted.
    #[error("interrupted")]
    Interrupted,
}

/// Why recovery could not be set up, used or reset.
#[derive(Debug, thiserror::Error)]
pub enum RecoveryError {
    /// The code does not open the secret storage.
    #[error("wrong code")]
    WrongCode,
    /// What the server keeps is malformed or incomplete.
    #[error("malformed secret storage")]
    Malformed,
    /// The password was refused.
    #[error("wrong password")]
    WrongPassword,
    /// The server cannot be reached.
    #[error("the server cannot be reached")]
    Offline,
    /// The step is not due.
    #[error("not due")]
    NotNow,
    /// The server cannot have it confirmed in a browser.
    #[error("no confirmation in a browser")]
    NoBrowser,
    /// The user took too long in the browser.
    #[error("the browser took too long")]
    BrowserTooSlow,
    /// The user gave up what was under way in the browser.
    #[error("given up")]
    GivenUp,
    /// The progress could not be kept.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// The code could not be written to its file.
    #[error("the file cannot be written")]
    File(#[source] io::Error),
    /// Anything else.
    #[error("recovery failed")]
    Sdk(#[source] Box<SdkRecovery>),
}

impl From<matrix_sdk::Error> for RecoveryError {
    fn from(error: matrix_sdk::Error) -> Self {
        SdkRecovery::Sdk(error).into()
    }
}

impl From<SdkRecovery> for RecoveryError {
    fn from(error: SdkRecovery) -> Self {
        use SecretStorageError as S;
        match &error {
            SdkRecovery::Sdk(matrix_sdk::Error::Http(http))
            | SdkRecovery::SecretStorage(S::Sdk(matrix_sdk::Error::Http(http))) => {
                match (http.as_ref(), http.client_api_error_kind()) {
                    (HttpError::Reqwest(_), _) => Self::Offline,
                    (_, Some(ErrorKind::Forbidden)) => Self::WrongPassword,
                    _ => Self::Sdk(Box::new(error)),
                }
            }
            SdkRecovery::SecretStorage(S::SecretStorageKey(decode)) => match decode {
                // Written by whoever set the storage up, not typed.
                DecodeError::MacLength(..)
                | DecodeError::IvLength(..)
                | DecodeError::UnsupportedAlgorithm(_)
                | DecodeError::KdfIterationCount(_)
                | DecodeError::Base64(_) => Self::Malformed,
                _ => Self::WrongCode,
            },
            SdkRecovery::SecretStorage(
                S::Json(_)
                | S::MissingKeyInfo { .. }
                | S::ImportError { .. }
                | S::Decryption(_)
                | S::InconsistentBackupDecryptionKey
                | S::MissingOrInvalidBackupDecryptionKey,
            ) => Self::Malformed,
            _ => Self::Sdk(Box::new(error)),
        }
    }
}
