//! Signing in, recovery, and the state of the session.

use serde::{Deserialize, Serialize};

use super::{IpcErrorCode, Secret, limit};

/// Where the account stands; decides which screen is drawn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum SessionState {
    /// The profile is being opened.
    Starting,
    /// The store key cannot be had from the keyring: ask for a passphrase.
    VaultLocked {
        /// See the variant.
        reason: VaultProblem,
        /// See the variant.
        has_passphrase: bool,
    },
    /// The profile cannot be opened at all.
    StoreUnusable {
        /// See the variant.
        problem: StoreProblem,
    },
    /// No account; `ended` tells why the last session stopped, if it did not by the user's wish.
    SignedOut {
        /// See the variant.
        ended: Option<SessionEnd>,
    },
    /// Signed in, but this device cannot read or write yet.
    Recovery {
        /// See the variant.
        account: AccountInfo,
        /// See the variant.
        step: RecoveryStep,
    },
    /// Ready.
    SignedIn {
        /// See the variant.
        account: AccountInfo,
    },
}

/// Why the operating system's keyring did not give the store key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum VaultProblem {
    /// No keyring answers on this machine.
    NoKeyring,
    /// The keyring is there, but locked or refused.
    Locked,
    /// The profile exists, but its key is no longer in the keyring.
    KeyMissing,
}

/// Why the store cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum StoreProblem {
    /// Another instance has it open.
    InUse,
    /// It was written by a newer version of Pli.
    TooNew,
    /// The key does not open it.
    WrongKey,
    /// There is no space left.
    DiskFull,
    /// It cannot be read, even after healing.
    Unreadable,
}

/// Why a session ended without the user asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum SessionEnd {
    /// The server no longer accepts this device.
    TokenRevoked,
    /// The account no longer exists.
    AccountDeactivated,
    /// This device's encryption keys were damaged beyond repair.
    KeysLost,
}

/// What stands between signing in and composing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum RecoveryStep {
    /// First device of the account: its recovery code must be shown once (`recovery_set_up`).
    ShowCode,
    /// The account has a recovery: type the code, or start afresh.
    EnterCode,
}

/// The signed-in account, as drawn in the rail and the foot of the window.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct AccountInfo {
    /// Matrix user id.
    pub user_id: String,
    /// Display name, or the local part of the id.
    pub display_name: String,
    /// Media id of the avatar.
    pub avatar: Option<String>,
    /// Server name of the account.
    pub server: String,
    /// Id of this device.
    pub device_id: String,
    /// Whether there is a password that can be asked for.
    pub password: bool,
    /// Rooms and messages were damaged on this machine, and come again from the server.
    pub history_lost: bool,
    /// The encryption keys were damaged on this machine, and came back from their copy.
    pub keys_restored: bool,
}

/// Result of looking for an address's server.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct DiscoveredServer {
    /// Server name (the part behind `:`).
    pub server_name: String,
    /// Base URL of the client-server API.
    pub base_url: String,
    /// Full user id, when the address tells it.
    pub user_id: Option<String>,
    /// Whether a password may be given.
    pub password: bool,
    /// The portals by which one may sign in in the browser; none of them: the server chooses.
    pub sso: Option<Vec<IdentityProvider>>,
    /// Whether its accounts are those of guests.
    pub guest: bool,
    /// The server of the ministry that the person has come to since.
    pub new_server: Option<String>,
}

/// A portal by which one may sign in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct IdentityProvider {
    /// For `browser_sign_in`.
    pub id: String,
    /// What to call it.
    pub name: String,
}

/// Arguments of `browser_sign_in`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BrowserSignIn {
    /// As of `account_discover`.
    #[serde(deserialize_with = "limit::line")]
    pub address: String,
    /// As of `account_discover`.
    #[serde(default, deserialize_with = "limit::some_line")]
    pub server: Option<String>,
    /// Id of one of the portals.
    #[serde(default, deserialize_with = "limit::some_line")]
    pub provider: Option<String>,
}

/// What the user does in the browser, and Pli waits for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct BrowserLink {
    /// To copy, if no browser shows it.
    pub url: String,
    /// Whether the system was told to open it.
    pub opened: bool,
}

/// Arguments of `account_discover`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AccountDiscover {
    /// An e-mail address, `@user:server`, or a server name, as typed.
    #[serde(deserialize_with = "limit::line")]
    pub address: String,
    /// Server name or URL typed by hand; overrides discovery.
    #[serde(default, deserialize_with = "limit::some_line")]
    pub server: Option<String>,
}

/// Arguments of `account_sign_in`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AccountSignIn {
    /// An e-mail address, `@user:server`, or a local part with `server`.
    #[serde(deserialize_with = "limit::line")]
    pub address: String,
    /// The account's password.
    #[cfg_attr(test, ts(type = "string"))]
    pub password: Secret,
    /// Server name or URL typed by hand.
    #[serde(default, deserialize_with = "limit::some_line")]
    pub server: Option<String>,
}

/// Arguments of `vault_unlock`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct VaultUnlock {
    /// Passphrase from which the store key is derived (Argon2id).
    #[cfg_attr(test, ts(type = "string"))]
    pub passphrase: Secret,
}

/// Arguments of `recovery_confirm`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RecoveryConfirm {
    /// The last four characters of the code just shown.
    #[cfg_attr(test, ts(type = "string"))]
    pub ending: Secret,
}

/// Arguments of `recovery_enter`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RecoveryEnter {
    /// Recovery code or passphrase.
    #[cfg_attr(test, ts(type = "string"))]
    pub code: Secret,
}

/// Arguments of `recovery_reset`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RecoveryReset {
    /// The account's password: the server asks for it to replace the identity.
    #[cfg_attr(test, ts(type = "string"))]
    pub password: Secret,
}

/// A recovery code, drawn on its own screen and never kept by the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RecoveryCode {
    /// In groups of four, separated by spaces.
    #[cfg_attr(test, ts(type = "string"))]
    pub code: Secret,
}

/// Whether messages flow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum SyncState {
    /// Started, no answer yet.
    Connecting,
    /// The last sync succeeded.
    Online,
    /// The server cannot be reached; everything written is queued.
    Offline {
        /// See the variant.
        since: u64,
    },
    /// The account has expired (`ORG_MATRIX_EXPIRED_ACCOUNT`): the server refuses all of it until it
    /// is renewed (`account_ask_renewal`).
    Expired,
    /// The server answers, but refuses.
    Failed {
        /// See the variant.
        code: IpcErrorCode,
    },
    /// What is here can be read; nothing is received or sent until the disk has space again.
    DiskFull,
    /// As with a full disk, but the disk or the file system fails.
    DiskFailing,
}

/// Progress of retrieving old room keys after recovery.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct HistoryProgress {
    /// Rooms whose backed-up keys were looked at.
    pub rooms_done: u32,
    /// Rooms known.
    pub rooms_total: u32,
}

/// Whether this device has the user's own keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Access {
    /// It has, as far as is known.
    Whole,
    /// The recovery code is needed again: the identity or the backup is another one by now.
    Lost,
    /// The backup was ended by another application: nobody can recover.
    NoRecovery,
}
