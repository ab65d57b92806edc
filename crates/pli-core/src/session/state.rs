//! Where a session stands.

use matrix_sdk::ruma::OwnedMxcUri;
use pli_store::{DatabaseName, Healing};
use pli_vault::OpenError;
use serde::{Deserialize, Serialize};

/// Where a session stands; decides which screen is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// The profile is being opened.
    Starting,
    /// The keyring did not give the key.
    VaultLocked {
        /// Why.
        reason: VaultProblem,
        /// A passphrase was set and opens it.
        has_passphrase: bool,
    },
    /// The profile cannot be opened at all.
    StoreUnusable(StoreProblem),
    /// No account.
    SignedOut {
        /// Why the last one ended, if not by the user's wish.
        ended: Option<End>,
    },
    /// Signed in, but this device is not yet trusted or the code not yet noted.
    Recovery(Identity, Step),
    /// Ready.
    SignedIn(Identity),
}

impl State {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Starting => "starting",
            Self::VaultLocked { .. } => "vault locked",
            Self::StoreUnusable(_) => "store unusable",
            Self::SignedOut { .. } => "signed out",
            Self::Recovery(..) => "recovery",
            Self::SignedIn(_) => "signed in",
        }
    }
}

/// Why the keyring did not give the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VaultProblem {
    /// No keyring answers on this machine.
    NoKeyring,
    /// Locked, or it refused.
    Locked,
    /// The profile exists, its key does not.
    KeyMissing,
}

/// Why the store cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreProblem {
    /// Another instance has it open.
    InUse,
    /// Written by a newer version.
    TooNew,
    /// The key does not open it.
    WrongKey,
    /// No space left.
    DiskFull,
    /// Not readable, even after healing.
    Unreadable,
}

/// Why a session ended without the user's wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// The server no longer accepts this device.
    TokenRevoked,
    /// The account no longer exists.
    AccountDeactivated,
    /// The device's encryption keys were damaged beyond repair: it must be another device.
    KeysLost,
}

/// What stands between signing in and composing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The recovery code must be shown, and confirmed.
    ShowCode,
    /// The code must be typed, or everything started afresh.
    EnterCode,
}

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Matrix user id.
    pub user_id: String,
    /// Server name.
    pub server: String,
    /// Device id.
    pub device_id: String,
    /// Whether the user signed in with a password, which can be asked for again.
    pub password: bool,
    /// Display name, when known.
    pub display_name: Option<String>,
    /// Avatar, when known.
    pub avatar: Option<OwnedMxcUri>,
    /// What of the account's data on this machine was damaged, as the user is told.
    pub healed: Healed,
}

/// What was found damaged when the stores were opened, and healed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Healed {
    /// Rooms and messages were set aside; they come again from the server.
    pub history_lost: bool,
    /// The encryption keys came back from their journal.
    pub keys_restored: bool,
}

impl Healed {
    pub(crate) fn by(healings: &[Healing]) -> Self {
        Self {
            history_lost: healings.contains(&Healing::SetAside(DatabaseName::History)),
            keys_restored: healings.contains(&Healing::Restored),
        }
    }
}

/// The state that tells why a vault did not open.
pub(super) fn vault_locked(error: &OpenError, has_passphrase: bool) -> State {
    let reason = match error {
        OpenError::NoKeyring | OpenError::PassphraseNeeded => VaultProblem::NoKeyring,
        OpenError::Locked => VaultProblem::Locked,
        OpenError::KeyMissing => VaultProblem::KeyMissing,
        OpenError::TooNew => return State::StoreUnusable(StoreProblem::TooNew),
        _ => return State::StoreUnusable(StoreProblem::Unreadable),
    };
    State::VaultLocked {
        reason,
        has_passphrase,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_is_told_of_what_was_lost_or_put_back_and_of_nothing_else() {
        let told = |healings: &[Healing]| {
            let healed = Healed::by(healings);
            (healed.history_lost, healed.keys_restored)
        };
        let (keys, history) = (DatabaseName::Keys, DatabaseName::History);
        assert_eq!(told(&[]), (false, false));
        assert_eq!(
            told(&[Healing::Mended(keys), Healing::Mended(history)]),
            (false, false),
            "nothing was lost"
        );
        assert_eq!(told(&[Healing::SetAside(history)]), (true, false));
        assert_eq!(told(&[Healing::Restored]), (false, true));
        assert_eq!(
            told(&[Healing::Restored, Healing::SetAside(history)]),
            (true, true)
        );
        assert_eq!(
            told(&[Healing::SetAside(keys)]),
            (false, false),
            "the session ends, and says why"
        );
    }
}
