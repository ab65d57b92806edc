//! Refusals about a file of room keys.

use std::io::ErrorKind;

use pli_core::room_keys::KeyFileError;

use super::{Fault, sdk};
use crate::wire::{IpcError, IpcErrorCode};

impl From<KeyFileError> for IpcError {
    fn from(error: KeyFileError) -> Self {
        let fault: Fault = match error {
            KeyFileError::TooShort => IpcErrorCode::InvalidInput.into(),
            KeyFileError::WrongPassphrase => IpcErrorCode::WrongPassphrase.into(),
            KeyFileError::NotAKeyFile => IpcErrorCode::NotAKeyFile.into(),
            KeyFileError::Cancelled => IpcErrorCode::Cancelled.into(),
            KeyFileError::Busy => IpcErrorCode::Internal.into(),
            KeyFileError::File(error) => match error.kind() {
                ErrorKind::StorageFull => IpcErrorCode::StoreFull.into(),
                ErrorKind::NotFound => IpcErrorCode::NotFound.into(),
                _ => IpcErrorCode::FileRefused.into(),
            },
            KeyFileError::Sdk(error) => sdk(&error),
        };
        fault.into()
    }
}
