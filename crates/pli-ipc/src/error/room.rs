//! Refusals about rooms and people.

use std::io::ErrorKind;

use pli_core::{
    directory::SearchError,
    member::{ExportError, MemberError},
    retention::TimerError,
    room::{AvatarError, CreateError, RoomError},
    room_list::RoomListError,
};

use super::{http, sdk};
use crate::wire::{IpcError, IpcErrorCode};

impl From<RoomListError> for IpcError {
    fn from(_: RoomListError) -> Self {
        Self::new(IpcErrorCode::Internal)
    }
}

impl From<RoomError> for IpcError {
    fn from(error: RoomError) -> Self {
        match error {
            RoomError::NoRoom => Self::new(IpcErrorCode::NotFound),
            RoomError::Malformed => Self::new(IpcErrorCode::InvalidInput),
            RoomError::NotAllowed => Self::new(IpcErrorCode::Forbidden),
            RoomError::Request(error) => sdk(&error).into(),
            RoomError::Notification(_) => Self::new(IpcErrorCode::Internal),
            RoomError::Timeline(error) => error.into(),
        }
    }
}

impl From<TimerError> for IpcError {
    fn from(error: TimerError) -> Self {
        match error {
            TimerError::Timeline(error) => error.into(),
            TimerError::NotAllowed => Self::new(IpcErrorCode::Forbidden),
            TimerError::Request(error) => sdk(&error).into(),
        }
    }
}

impl From<AvatarError> for IpcError {
    fn from(error: AvatarError) -> Self {
        match error {
            AvatarError::Room(error) => error.into(),
            AvatarError::Unreadable(_) | AvatarError::Unsupported => {
                Self::new(IpcErrorCode::UnsupportedMedia)
            }
            AvatarError::TooLarge => Self::new(IpcErrorCode::TooLarge),
        }
    }
}

impl From<CreateError> for IpcError {
    fn from(error: CreateError) -> Self {
        match error {
            CreateError::Malformed => Self::new(IpcErrorCode::InvalidInput),
            CreateError::NotForGuests => Self::new(IpcErrorCode::NotForGuests),
            CreateError::Guest => Self::new(IpcErrorCode::Forbidden),
            CreateError::Request(error) => sdk(&error).into(),
        }
    }
}

impl From<MemberError> for IpcError {
    fn from(error: MemberError) -> Self {
        match error {
            MemberError::NoRoom => Self::new(IpcErrorCode::NotFound),
            MemberError::Malformed => Self::new(IpcErrorCode::InvalidInput),
            MemberError::NotForGuests => Self::new(IpcErrorCode::NotForGuests),
            MemberError::Creator => Self::new(IpcErrorCode::Forbidden),
            MemberError::Request(error) => sdk(&error).into(),
        }
    }
}

impl From<ExportError> for IpcError {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Room(error) => error.into(),
            ExportError::Write(error) => Self::new(match error.kind() {
                ErrorKind::StorageFull => IpcErrorCode::StoreFull,
                _ => IpcErrorCode::FileRefused,
            }),
        }
    }
}

impl From<SearchError> for IpcError {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Malformed => Self::new(IpcErrorCode::InvalidInput),
            SearchError::Request(error) => http(&error).into(),
        }
    }
}
