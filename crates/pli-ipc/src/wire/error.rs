//! Errors, as the page sees them.

use serde::{Deserialize, Serialize};

/// What a command answers when it fails: the sentence is in the catalogue, the detail in the log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct IpcError {
    /// A code exists only if the page acts on it or words it.
    pub code: IpcErrorCode,
    /// Short reference found in the log beside the detail.
    pub log_ref: String,
    /// With `rateLimited`: how long to wait.
    pub retry_after_ms: Option<u64>,
}

/// Codes the page acts on or has a sentence for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum IpcErrorCode {
    /// The server cannot be reached.
    Offline,
    /// No such server.
    UnknownServer,
    /// Something answers there, but it is not a Matrix server.
    NotMatrix,
    /// The server's certificate has expired.
    CertificateExpired,
    /// The server's certificate is not trusted.
    CertificateInvalid,
    /// User name or password refused.
    WrongPassword,
    /// The account no longer exists.
    AccountDeactivated,
    /// The account has expired.
    AccountExpired,
    /// The server sends no mail by which an account could be renewed.
    NoRenewalMail,
    /// Too many attempts.
    RateLimited,
    /// The server offers no way to sign in that Pli knows.
    LoginNotSupported,
    /// The policy does not allow the ways to sign in.
    LoginNotAllowed,
    /// The server did not accept what the browser brought.
    BrowserRefused,
    /// The user took too long in the browser.
    BrowserTooSlow,
    /// The server cannot have a new identity confirmed in a browser.
    NoBrowserReset,
    /// The policy does not allow this server.
    ServerNotAllowed,
    /// The code does not open the recovery.
    WrongRecoveryCode,
    /// The recovery data on the server is malformed.
    RecoveryMalformed,
    /// The passphrase does not open the profile.
    WrongPassphrase,
    /// The keyring does not answer.
    KeyringUnavailable,
    /// There is no space left on the disk.
    StoreFull,
    /// The server or the room refuses this to the user.
    Forbidden,
    /// The room is not open to guests.
    NotForGuests,
    /// The room, event, user or medium does not exist (any more).
    NotFound,
    /// The file is larger than the server accepts.
    TooLarge,
    /// This file cannot be drawn or sent.
    UnsupportedMedia,
    /// The policy blocks files of this type.
    FileTypeBlocked,
    /// The file holds no room keys, or not in a form that is understood.
    NotAKeyFile,
    /// The file cannot be read, or not written there.
    FileRefused,
    /// The argument is malformed or too long.
    InvalidInput,
    /// There is no QR code in the picture.
    NoQrCode,
    /// The QR code belongs to another verification.
    WrongQrCode,
    /// The person or the device has no keys that could be verified.
    NothingToVerify,
    /// Somebody in the room is no longer who the user verified.
    IdentityChanged,
    /// The user cancelled.
    Cancelled,
    /// Anything else; the log has the detail.
    Internal,
}
