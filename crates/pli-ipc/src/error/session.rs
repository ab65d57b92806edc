//! Errors of signing in and out, of the vault and of recovery.

use std::io::ErrorKind;

use matrix_sdk::encryption::recovery::RecoveryError as SdkRecovery;
use pli_core::{
    discovery::DiscoveryError,
    expiry::RenewalError,
    session::{RecoveryError, SaveError, SignInError, SignOutError, StoreProblem, UnlockError},
    values::ValueError,
};

use super::{Fault, http, sdk};
use crate::wire::{IpcError, IpcErrorCode};

impl From<DiscoveryError> for IpcErrorCode {
    fn from(error: DiscoveryError) -> Self {
        match error {
            DiscoveryError::Malformed => Self::InvalidInput,
            DiscoveryError::UnknownServer => Self::UnknownServer,
            DiscoveryError::Offline => Self::Offline,
            DiscoveryError::NotMatrix => Self::NotMatrix,
            DiscoveryError::NotAllowed => Self::ServerNotAllowed,
            DiscoveryError::LoginNotAllowed => Self::LoginNotAllowed,
            DiscoveryError::CertificateExpired => Self::CertificateExpired,
            DiscoveryError::CertificateInvalid => Self::CertificateInvalid,
        }
    }
}

impl From<DiscoveryError> for IpcError {
    fn from(error: DiscoveryError) -> Self {
        Self::new(error.into())
    }
}

impl From<SignInError> for IpcError {
    fn from(error: SignInError) -> Self {
        let fault = match error {
            SignInError::Discovery(error) => IpcErrorCode::from(error).into(),
            SignInError::WrongPassword => IpcErrorCode::WrongPassword.into(),
            SignInError::Deactivated => IpcErrorCode::AccountDeactivated.into(),
            SignInError::Expired => IpcErrorCode::AccountExpired.into(),
            SignInError::RateLimited(wait) => Fault {
                code: IpcErrorCode::RateLimited,
                retry_after_ms: wait.and_then(|wait| u64::try_from(wait.as_millis()).ok()),
            },
            SignInError::LoginNotSupported => IpcErrorCode::LoginNotSupported.into(),
            SignInError::TokenRefused => IpcErrorCode::BrowserRefused.into(),
            SignInError::BrowserTooSlow => IpcErrorCode::BrowserTooSlow.into(),
            SignInError::GivenUp => IpcErrorCode::Cancelled.into(),
            SignInError::Connect(error) => match error.problem() {
                StoreProblem::DiskFull => IpcErrorCode::StoreFull.into(),
                _ => IpcErrorCode::Internal.into(),
            },
            SignInError::Save(error) => save(&error),
            SignInError::Encryption(error) => sdk(&error),
            SignInError::Server(error) => http(&error),
            SignInError::Loopback(_) | SignInError::NotNow => IpcErrorCode::Internal.into(),
        };
        fault.into()
    }
}

fn save(error: &SaveError) -> Fault {
    match error {
        SaveError::Vault => IpcErrorCode::KeyringUnavailable.into(),
        SaveError::Files(error) if error.kind() == ErrorKind::StorageFull => {
            IpcErrorCode::StoreFull.into()
        }
        SaveError::Files(_) => IpcErrorCode::Internal.into(),
    }
}

impl From<ValueError> for IpcError {
    fn from(error: ValueError) -> Self {
        Self::new(match error {
            ValueError::DiskFull => IpcErrorCode::StoreFull,
            ValueError::Store => IpcErrorCode::Internal,
        })
    }
}

impl From<SignOutError> for IpcError {
    fn from(error: SignOutError) -> Self {
        Self::new(match error {
            SignOutError::Vault(_) => IpcErrorCode::KeyringUnavailable,
            SignOutError::Files(_) | SignOutError::NotNow | SignOutError::Interrupted => {
                IpcErrorCode::Internal
            }
        })
    }
}

impl From<RenewalError> for IpcError {
    fn from(error: RenewalError) -> Self {
        Self::new(match error {
            RenewalError::Offline => IpcErrorCode::Offline,
            RenewalError::NotSupported => IpcErrorCode::NoRenewalMail,
            RenewalError::RateLimited => IpcErrorCode::RateLimited,
            RenewalError::Refused => IpcErrorCode::Forbidden,
        })
    }
}

impl From<UnlockError> for IpcError {
    fn from(error: UnlockError) -> Self {
        Self::new(match error {
            UnlockError::WrongPassphrase => IpcErrorCode::WrongPassphrase,
            UnlockError::TooShort => IpcErrorCode::InvalidInput,
            UnlockError::Vault(_) | UnlockError::Interrupted | UnlockError::NotNow => {
                IpcErrorCode::Internal
            }
        })
    }
}

impl From<RecoveryError> for IpcError {
    fn from(error: RecoveryError) -> Self {
        let fault = match error {
            RecoveryError::WrongCode => IpcErrorCode::WrongRecoveryCode.into(),
            RecoveryError::Malformed => IpcErrorCode::RecoveryMalformed.into(),
            RecoveryError::WrongPassword => IpcErrorCode::WrongPassword.into(),
            RecoveryError::Offline => IpcErrorCode::Offline.into(),
            RecoveryError::Save(error) => save(&error),
            RecoveryError::File(error) => match error.kind() {
                ErrorKind::StorageFull => IpcErrorCode::StoreFull.into(),
                ErrorKind::PermissionDenied => IpcErrorCode::Forbidden.into(),
                _ => IpcErrorCode::Internal.into(),
            },
            RecoveryError::NoBrowser => IpcErrorCode::NoBrowserReset.into(),
            RecoveryError::BrowserTooSlow => IpcErrorCode::BrowserTooSlow.into(),
            RecoveryError::GivenUp => IpcErrorCode::Cancelled.into(),
            RecoveryError::NotNow => IpcErrorCode::Internal.into(),
            RecoveryError::Sdk(error) => match &*error {
                SdkRecovery::Sdk(error) => sdk(error),
                _ => IpcErrorCode::Internal.into(),
            },
        };
        fault.into()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn what_the_user_can_mend_has_a_sentence_of_its_own() {
        let discovery = |error| IpcError::from(SignInError::Discovery(error)).code;
        let codes = [
            discovery(DiscoveryError::UnknownServer),
            discovery(DiscoveryError::Offline),
            discovery(DiscoveryError::NotMatrix),
            discovery(DiscoveryError::CertificateExpired),
            discovery(DiscoveryError::CertificateInvalid),
            discovery(DiscoveryError::Malformed),
            discovery(DiscoveryError::NotAllowed),
            discovery(DiscoveryError::LoginNotAllowed),
            IpcError::from(SignInError::WrongPassword).code,
            IpcError::from(SignInError::Expired).code,
            IpcError::from(SignInError::Deactivated).code,
            IpcError::from(RenewalError::NotSupported).code,
            IpcError::from(SignInError::LoginNotSupported).code,
            IpcError::from(SignInError::TokenRefused).code,
            IpcError::from(SignInError::BrowserTooSlow).code,
            IpcError::from(RecoveryError::NoBrowser).code,
            IpcError::from(RecoveryError::WrongCode).code,
            IpcError::from(RecoveryError::Malformed).code,
            IpcError::from(UnlockError::WrongPassphrase).code,
        ];
        for (place, code) in codes.iter().enumerate() {
            assert_ne!(*code, IpcErrorCode::Internal);
            assert!(
                codes.iter().take(place).all(|other| other != code),
                "{code:?} says two things"
            );
        }
    }

    #[test]
    fn the_wait_that_a_server_asks_for_is_told() {
        let error = IpcError::from(SignInError::RateLimited(Some(Duration::from_secs(42))));
        assert_eq!(error.code, IpcErrorCode::RateLimited);
        assert_eq!(error.retry_after_ms, Some(42_000));
    }
}
