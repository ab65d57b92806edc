//! Refusals about verifications and devices.

use pli_core::{device::DeviceError, verification::VerificationError};

use super::{http, sdk};
use crate::wire::{IpcError, IpcErrorCode};

impl From<VerificationError> for IpcError {
    fn from(error: VerificationError) -> Self {
        match error {
            VerificationError::Malformed => Self::new(IpcErrorCode::InvalidInput),
            VerificationError::Unknown | VerificationError::NotNow => {
                Self::new(IpcErrorCode::NotFound)
            }
            VerificationError::NoIdentity => Self::new(IpcErrorCode::NothingToVerify),
            VerificationError::NoCode => Self::new(IpcErrorCode::NoQrCode),
            VerificationError::WrongCode => Self::new(IpcErrorCode::WrongQrCode),
            VerificationError::Store(error) => error.into(),
            VerificationError::Request(error) => sdk(&error).into(),
        }
    }
}

impl From<DeviceError> for IpcError {
    fn from(error: DeviceError) -> Self {
        match error {
            DeviceError::Malformed => Self::new(IpcErrorCode::InvalidInput),
            DeviceError::WrongPassword => Self::new(IpcErrorCode::WrongPassword),
            DeviceError::Request(error) => http(&error).into(),
        }
    }
}
