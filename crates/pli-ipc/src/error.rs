//! Errors of the core to codes of the page.

use std::sync::Arc;

use matrix_sdk::{
    HttpError,
    event_cache::EventCacheError,
    ruma::api::error::{ErrorKind, RetryAfter},
};
use matrix_sdk_ui::timeline;
use pli_core::{
    attachment::AttachmentError, composer::SendError, media::MediaError, timeline::TimelineError,
};

use crate::wire::{IpcError, IpcErrorCode};

mod room;
mod room_keys;
mod session;
mod verification;

impl IpcError {
    /// An error with a fresh reference, which is written to the log beside the code.
    pub fn new(code: IpcErrorCode) -> Self {
        let log_ref = pli_diagnostics::log_ref();
        tracing::warn!(name: "a command failed", code = ?code, log_ref = %log_ref);
        Self {
            code,
            log_ref: log_ref.into(),
            retry_after_ms: None,
        }
    }
}

/// What went wrong, without its log reference.
pub(crate) struct Fault {
    code: IpcErrorCode,
    retry_after_ms: Option<u64>,
}

impl From<IpcErrorCode> for Fault {
    fn from(code: IpcErrorCode) -> Self {
        Self {
            code,
            retry_after_ms: None,
        }
    }
}

impl From<Fault> for IpcError {
    fn from(fault: Fault) -> Self {
        Self {
            retry_after_ms: fault.retry_after_ms,
            ..Self::new(fault.code)
        }
    }
}

/// A request of the SDK.
pub(crate) fn sdk(error: &matrix_sdk::Error) -> Fault {
    match error {
        error if pli_core::disk::is_full(error) => IpcErrorCode::StoreFull.into(),
        matrix_sdk::Error::Http(error) => http(error),
        matrix_sdk::Error::MediaStore(_)
        | matrix_sdk::Error::StateStore(_)
        | matrix_sdk::Error::EventCacheStore(_) => IpcErrorCode::Internal.into(),
        matrix_sdk::Error::SendQueueWedgeError(_) | matrix_sdk::Error::WrongRoomState(_) => {
            IpcErrorCode::Forbidden.into()
        }
        matrix_sdk::Error::Timeout => IpcErrorCode::Offline.into(),
        error => match error.client_api_error_kind() {
            Some(kind) => api(kind),
            None => IpcErrorCode::Internal.into(),
        },
    }
}

/// A request over HTTP.
pub(crate) fn http(error: &HttpError) -> Fault {
    if let Some(kind) = error.client_api_error_kind() {
        return api(kind);
    }
    match error {
        HttpError::Reqwest(_) => IpcErrorCode::Offline.into(),
        HttpError::Cached(error) => http(error),
        _ => IpcErrorCode::Internal.into(),
    }
}

fn api(kind: &ErrorKind) -> Fault {
    let code = match kind {
        ErrorKind::LimitExceeded(data) => {
            let retry_after_ms = match data.retry_after {
                Some(RetryAfter::Delay(delay)) => u64::try_from(delay.as_millis()).ok(),
                _ => None,
            };
            return Fault {
                code: IpcErrorCode::RateLimited,
                retry_after_ms,
            };
        }
        kind if pli_core::expiry::is_expiry(kind) => IpcErrorCode::AccountExpired,
        ErrorKind::Forbidden | ErrorKind::GuestAccessForbidden | ErrorKind::BadState => {
            IpcErrorCode::Forbidden
        }
        ErrorKind::NotFound => IpcErrorCode::NotFound,
        ErrorKind::TooLarge => IpcErrorCode::TooLarge,
        ErrorKind::UserDeactivated => IpcErrorCode::AccountDeactivated,
        ErrorKind::InvalidParam | ErrorKind::BadJson | ErrorKind::MissingParam => {
            IpcErrorCode::InvalidInput
        }
        _ => IpcErrorCode::Internal,
    };
    code.into()
}

fn cache(error: &EventCacheError) -> Fault {
    match error {
        EventCacheError::PaginationError(error) => sdk(error),
        EventCacheError::InitialPaginationError(error) => paginator(error),
        _ => IpcErrorCode::Internal.into(),
    }
}

fn paginator(error: &matrix_sdk::paginators::PaginatorError) -> Fault {
    use matrix_sdk::paginators::PaginatorError;
    match error {
        PaginatorError::EventNotFound(_) => IpcErrorCode::NotFound.into(),
        PaginatorError::SdkError(error) => sdk(error),
        _ => IpcErrorCode::Internal.into(),
    }
}

pub(crate) fn of_timeline(error: &TimelineError) -> Fault {
    match error {
        TimelineError::NoRoom | TimelineError::NoEvent => IpcErrorCode::NotFound.into(),
        TimelineError::Request(error) => sdk(error),
        TimelineError::Sdk(error) => match &**error {
            timeline::Error::EventNotInTimeline(_) => IpcErrorCode::NotFound.into(),
            timeline::Error::EventCacheError(error) => cache(error),
            timeline::Error::PaginationError(timeline::PaginationError::EventCache(error)) => {
                cache(error)
            }
            timeline::Error::PaginationError(timeline::PaginationError::Pagination(error)) => {
                paginator(error)
            }
            _ => IpcErrorCode::Internal.into(),
        },
    }
}

impl From<TimelineError> for IpcError {
    fn from(error: TimelineError) -> Self {
        of_timeline(&error).into()
    }
}

impl From<Arc<TimelineError>> for IpcError {
    fn from(error: Arc<TimelineError>) -> Self {
        of_timeline(&error).into()
    }
}

impl From<SendError> for IpcError {
    fn from(error: SendError) -> Self {
        match error {
            SendError::Timeline(error) => error.into(),
            SendError::Empty | SendError::TooLong | SendError::Malformed => {
                Self::new(IpcErrorCode::InvalidInput)
            }
            SendError::NotQueued => Self::new(IpcErrorCode::NotFound),
            SendError::NotEditable | SendError::NotAllowed(_) => Self::new(IpcErrorCode::Forbidden),
            SendError::IdentityChanged => Self::new(IpcErrorCode::IdentityChanged),
            SendError::Queue(error) => match *error {
                matrix_sdk::send_queue::RoomSendQueueError::RoomNotJoined => {
                    Self::new(IpcErrorCode::Forbidden)
                }
                error if pli_core::disk::is_full_for_queue(&error) => {
                    Self::new(IpcErrorCode::StoreFull)
                }
                _ => Self::new(IpcErrorCode::Internal),
            },
            SendError::Store(error) => sdk(&error).into(),
        }
    }
}

impl From<MediaError> for IpcError {
    fn from(error: MediaError) -> Self {
        match error {
            MediaError::Unknown => Self::new(IpcErrorCode::NotFound),
            MediaError::Fetch(error) => sdk(&error).into(),
            MediaError::Interrupted => Self::new(IpcErrorCode::Internal),
            MediaError::Unsupported => Self::new(IpcErrorCode::UnsupportedMedia),
            MediaError::TooLarge => Self::new(IpcErrorCode::TooLarge),
            MediaError::Blocked => Self::new(IpcErrorCode::FileTypeBlocked),
            MediaError::Write(error) => Self::new(match error.kind() {
                std::io::ErrorKind::StorageFull => IpcErrorCode::StoreFull,
                std::io::ErrorKind::PermissionDenied => IpcErrorCode::Forbidden,
                _ => IpcErrorCode::Internal,
            }),
        }
    }
}

impl From<AttachmentError> for IpcError {
    fn from(error: AttachmentError) -> Self {
        match error {
            AttachmentError::Unknown => Self::new(IpcErrorCode::NotFound),
            AttachmentError::Unreadable(_) => Self::new(IpcErrorCode::UnsupportedMedia),
            AttachmentError::TooLarge => Self::new(IpcErrorCode::TooLarge),
            AttachmentError::Blocked => Self::new(IpcErrorCode::FileTypeBlocked),
            AttachmentError::Send(error) => error.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_error_has_its_own_reference() {
        let first = IpcError::new(IpcErrorCode::Internal);
        let second = IpcError::new(IpcErrorCode::Internal);
        assert_ne!(
            first.log_ref, second.log_ref,
            "the helpdesk looks one failure up"
        );
        assert!(
            first.log_ref.len() < 10,
            "short enough to be read out on the phone"
        );
    }
}
