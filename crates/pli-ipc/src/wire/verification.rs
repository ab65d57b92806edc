//! Verifications, the trust in people, and the user's devices.

use serde::{Deserialize, Serialize};

use super::{Secret, limit};

/// A verification that goes on, or has ended and was not put away.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Verification {
    /// Opaque id.
    pub id: String,
    /// With whom: another person, or the user.
    pub user_id: String,
    /// Name of the person.
    pub name: String,
    /// With another device of the user's own.
    pub own: bool,
    /// Name of that device, when known.
    pub device: Option<String>,
    /// The other side asked for it.
    pub incoming: bool,
    /// How far it is.
    pub stage: VerificationStage,
}

/// How far a verification is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum VerificationStage {
    /// The other side asks; the user has not answered.
    Asked,
    /// The other side was asked.
    Asking,
    /// Both are there; which ways both know.
    Ready {
        /// Compare emojis.
        emojis: bool,
        /// Show a QR code.
        show: bool,
        /// Read the QR code of the other side.
        scan: bool,
    },
    /// A way was chosen; keys are being exchanged.
    Starting,
    /// Both users compare these.
    Emojis {
        /// Seven.
        emojis: Vec<VerificationEmoji>,
    },
    /// Both users compare these, for want of emojis on the other side.
    Numbers {
        /// Three.
        numbers: Vec<u16>,
    },
    /// The other side may read this QR code.
    Code {
        /// Modules of a side, quiet zone included.
        size: u32,
        /// SVG path of the dark modules, one unit a module.
        path: String,
    },
    /// The other side says that it has read the code.
    Scanned,
    /// This user has confirmed; the other has not.
    Confirmed,
    /// Each side is sure of the other.
    Done,
    /// It came to nothing.
    Ended {
        /// Why.
        reason: VerificationEnding,
    },
}

/// An emoji of the specification's table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct VerificationEmoji {
    /// Place in the table, by which it is named.
    pub index: u8,
    /// The emoji itself.
    pub symbol: String,
}

/// Why a verification came to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum VerificationEnding {
    /// The user gave it up.
    Here,
    /// The other side declined it or gave it up.
    There,
    /// Nobody answered in time.
    TimedOut,
    /// What was compared differs.
    Mismatch,
    /// Another device of the user's own took it on.
    Elsewhere,
    /// The two sides did not understand each other.
    Failed,
}

/// Arguments of `verification_request`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct VerificationRequest {
    /// Another person, or the user.
    #[serde(deserialize_with = "limit::id")]
    pub user_id: String,
    /// One device of the user's own; all of them without it.
    #[serde(default, deserialize_with = "limit::some_id")]
    pub device_id: Option<String>,
}

/// A verification by its id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct VerificationRef {
    /// Opaque id.
    #[serde(deserialize_with = "limit::id")]
    pub id: String,
}

/// A person by their id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PersonRef {
    /// Matrix user id.
    #[serde(deserialize_with = "limit::id")]
    pub user_id: String,
}

/// What the user knows of a person's identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum PersonTrust {
    /// They have none: there is nothing to verify.
    NoIdentity,
    /// Not verified, which is no cause for alarm.
    Unverified,
    /// Verified by the user.
    Verified,
    /// Verified once; then their identity changed.
    Changed,
}

/// A device of the user's own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct OwnDevice {
    /// Matrix device id.
    pub id: String,
    /// As the user, or the program on it, called it.
    pub name: Option<String>,
    /// When the server heard of it last.
    pub last_seen: Option<u64>,
    /// Whether the user's identity vouches for it.
    pub trust: DeviceTrust,
    /// This one.
    pub current: bool,
}

/// Whether the user's identity vouches for a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum DeviceTrust {
    /// It receives messages, and others believe it.
    Verified,
    /// It does not.
    Unverified,
    /// It has no encryption keys.
    NoKeys,
}

/// Arguments of `device_rename`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeviceRename {
    /// Device of the user's own.
    #[serde(deserialize_with = "limit::id")]
    pub device_id: String,
    /// Its new name.
    #[serde(deserialize_with = "limit::line")]
    pub name: String,
}

/// Arguments of `device_sign_out`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeviceSignOut {
    /// Devices of the user's own, not this one.
    #[serde(deserialize_with = "limit::ids")]
    pub device_ids: Vec<String>,
    /// The account's password: the server asks for it.
    #[cfg_attr(test, ts(type = "string"))]
    pub password: Secret,
}
