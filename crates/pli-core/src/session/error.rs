//! What can go wrong, one enum per act.

use std::time::Duration;

use matrix_sdk::{
    HttpError,
    encryption::{recovery::RecoveryError as SdkRecovery, secret_storage::SecretStorageError},
    ruma::api::error::{ErrorKind, RetryAfter},
};
use matrix_sdk_base::crypto::secret_storage::DecodeError;

use super::connect::ConnectError;
use crate::discovery::{self, DiscoveryError};

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
    /// The server takes no password.
    #[error("no password sign-in")]
    PasswordNotSupported,
    /// The account could not be opened on this machine.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// The session could not be kept.
    #[error("the vault failed")]
    Vault,
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
            Some(kind) if kind.errcode().as_str() == "ORG_MATRIX_EXPIRED_ACCOUNT" => Self::Expired,
            _ => Self::Server(Box::new(error)),
        }
    }
}

/// Why a passphrase did not open the profile.
#[derive(Debug, thiserror::Error)]
pub enum UnlockError {
    /// See [`pli_vault::OpenError`].
    #[error(transparent)]
    Vault(#[from] pli_vault::OpenError),
    /// The work was interrupted.
    #[error("interrupted")]
    Interrupted,
}

/// Why signing out, or starting afresh, failed.
#[derive(Debug, thiserror::Error)]
pub enum SignOutError {
    /// The keyring kept the key.
    #[error(transparent)]
    Vault(#[from] pli_vault::EraseError),
    /// Files could not be removed.
    #[error("files could not be removed")]
    Files(#[from] std::io::Error),
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
    /// The vault failed.
    #[error("the vault failed")]
    Vault,
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
