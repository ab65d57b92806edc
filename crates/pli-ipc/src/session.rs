//! Where the account stands, as the page draws it.

use std::time::{SystemTime, UNIX_EPOCH};

use futures_util::{Stream, StreamExt as _};
use pli_core::{
    access,
    discovery::{self, Discovered},
    media::Media,
    session::{self, End, Identity, State, Step},
    sync::SyncStatus,
};
use secrecy::SecretString;

use crate::wire::{
    Access, AccountInfo, DiscoveredServer, HistoryProgress, IdentityProvider, IpcErrorCode,
    RecoveryCode, RecoveryStep, SessionEnd, SessionState, StoreProblem, SyncState, VaultProblem,
};

/// A state of the session; `media` is the account's, and gives its avatar an id.
pub fn session_state(state: State, media: Option<&Media>) -> SessionState {
    match state {
        State::Starting => SessionState::Starting,
        State::VaultLocked {
            reason,
            has_passphrase,
        } => SessionState::VaultLocked {
            reason: reason.into(),
            has_passphrase,
        },
        State::StoreUnusable(problem) => SessionState::StoreUnusable {
            problem: problem.into(),
        },
        State::SignedOut { ended } => SessionState::SignedOut {
            ended: ended.map(Into::into),
        },
        State::Recovery(identity, step) => SessionState::Recovery {
            account: account_info(identity, media),
            step: step.into(),
        },
        State::SignedIn(identity) => SessionState::SignedIn {
            account: account_info(identity, media),
        },
    }
}

fn account_info(identity: Identity, media: Option<&Media>) -> AccountInfo {
    let avatar = identity.avatar.as_deref();
    AccountInfo {
        avatar: avatar.and_then(|uri| media?.avatar_id(uri)),
        display_name: identity
            .display_name
            .unwrap_or_else(|| local_part(&identity.user_id).to_owned()),
        user_id: identity.user_id,
        server: identity.server,
        device_id: identity.device_id,
        password: identity.password,
        history_lost: identity.healed.history_lost,
        keys_restored: identity.healed.keys_restored,
    }
}

fn local_part(user_id: &str) -> &str {
    let bare = user_id.trim_start_matches('@');
    bare.split_once(':').map_or(bare, |(local, _)| local)
}

/// Whether messages flow, as the page is told.
pub fn sync_states(
    states: impl Stream<Item = SyncStatus> + Send + 'static,
) -> impl Stream<Item = SyncState> + Send + 'static {
    states.map(Into::into)
}

/// How far the retrieval of old room keys is, as the page is told.
pub fn history_progress(
    progress: impl Stream<Item = session::HistoryProgress> + Send + 'static,
) -> impl Stream<Item = HistoryProgress> + Send + 'static {
    progress.map(Into::into)
}

/// Whether this device has the user's own keys, as the page is told.
pub fn access(
    states: impl Stream<Item = access::Access> + Send + 'static,
) -> impl Stream<Item = Access> + Send + 'static {
    states.map(|access| match access {
        access::Access::Whole => Access::Whole,
        access::Access::Lost => Access::Lost,
        access::Access::NoRecovery => Access::NoRecovery,
    })
}

/// The code on its way to its screen, the only secret that crosses.
pub fn recovery_code(code: &SecretString) -> RecoveryCode {
    RecoveryCode { code: code.into() }
}

impl From<SyncStatus> for SyncState {
    fn from(status: SyncStatus) -> Self {
        match status {
            SyncStatus::Connecting => Self::Connecting,
            SyncStatus::Online => Self::Online,
            SyncStatus::Offline { since } => Self::Offline {
                since: milliseconds(since),
            },
            SyncStatus::Expired => Self::Expired,
            SyncStatus::Failed => Self::Failed {
                code: IpcErrorCode::Internal,
            },
            SyncStatus::DiskFull => Self::DiskFull,
            SyncStatus::DiskFailing => Self::DiskFailing,
        }
    }
}

fn milliseconds(instant: SystemTime) -> u64 {
    let since_epoch = instant.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since_epoch.as_millis()).unwrap_or(u64::MAX)
}

impl From<session::HistoryProgress> for HistoryProgress {
    fn from(progress: session::HistoryProgress) -> Self {
        Self {
            rooms_done: progress.rooms_done,
            rooms_total: progress.rooms_total,
        }
    }
}

impl From<Discovered> for DiscoveredServer {
    fn from(found: Discovered) -> Self {
        Self {
            server_name: found.server_name,
            base_url: found.base_url.into(),
            user_id: found.user_id.map(Into::into),
            password: found.password,
            sso: found.sso.map(|portals| {
                let portals = portals.into_iter();
                portals.map(Into::into).collect()
            }),
            guest: found.guest,
            new_server: found.new_server.map(Into::into),
        }
    }
}

impl From<discovery::IdentityProvider> for IdentityProvider {
    fn from(portal: discovery::IdentityProvider) -> Self {
        Self {
            id: portal.id,
            name: portal.name,
        }
    }
}

impl From<session::VaultProblem> for VaultProblem {
    fn from(problem: session::VaultProblem) -> Self {
        match problem {
            session::VaultProblem::NoKeyring => Self::NoKeyring,
            session::VaultProblem::Locked => Self::Locked,
            session::VaultProblem::KeyMissing => Self::KeyMissing,
        }
    }
}

impl From<session::StoreProblem> for StoreProblem {
    fn from(problem: session::StoreProblem) -> Self {
        match problem {
            session::StoreProblem::InUse => Self::InUse,
            session::StoreProblem::TooNew => Self::TooNew,
            session::StoreProblem::WrongKey => Self::WrongKey,
            session::StoreProblem::DiskFull => Self::DiskFull,
            session::StoreProblem::Unreadable => Self::Unreadable,
        }
    }
}

impl From<End> for SessionEnd {
    fn from(end: End) -> Self {
        match end {
            End::TokenRevoked => Self::TokenRevoked,
            End::AccountDeactivated => Self::AccountDeactivated,
            End::KeysLost => Self::KeysLost,
        }
    }
}

impl From<Step> for RecoveryStep {
    fn from(step: Step) -> Self {
        match step {
            Step::ShowCode => Self::ShowCode,
            Step::EnterCode => Self::EnterCode,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use pli_core::session::Healed;

    use super::*;

    fn identity() -> Identity {
        Identity {
            user_id: "@camille:interieur.example".to_owned(),
            server: "interieur.example".to_owned(),
            device_id: "KVQHTRSLAE".to_owned(),
            password: true,
            display_name: None,
            avatar: Some("mxc://interieur.example/visage".into()),
            healed: Healed::default(),
        }
    }

    #[test]
    fn an_account_without_a_name_goes_by_the_local_part_of_its_id() {
        let media = Media::default();
        let state = session_state(State::SignedIn(identity()), Some(&media));
        let SessionState::SignedIn { account } = state else {
            unreachable!("it was signed in");
        };
        assert_eq!(account.display_name, "camille");
        let avatar = account.avatar.unwrap();
        assert!(!avatar.contains("visage"), "media cross by opaque ids");
    }

    #[test]
    fn states_keep_what_the_screens_are_chosen_by() {
        let json = |state| serde_json::to_value(session_state(state, None)).unwrap();
        assert_eq!(
            json(State::VaultLocked {
                reason: session::VaultProblem::NoKeyring,
                has_passphrase: true,
            }),
            serde_json::json!({
                "kind": "vaultLocked", "reason": "noKeyring", "hasPassphrase": true,
            })
        );
        assert_eq!(
            json(State::StoreUnusable(session::StoreProblem::InUse)),
            serde_json::json!({ "kind": "storeUnusable", "problem": "inUse" })
        );
        assert_eq!(
            json(State::SignedOut {
                ended: Some(End::KeysLost)
            }),
            serde_json::json!({ "kind": "signedOut", "ended": "keysLost" })
        );
        assert_eq!(
            json(State::Recovery(identity(), Step::ShowCode)),
            serde_json::json!({
                "kind": "recovery", "step": "showCode", "account": {
                    "userId": "@camille:interieur.example", "displayName": "camille",
                    "avatar": null, "server": "interieur.example", "deviceId": "KVQHTRSLAE",
                    "password": true,
                    "historyLost": false, "keysRestored": false,
                },
            })
        );
    }

    #[test]
    fn instants_cross_in_milliseconds() {
        let since = UNIX_EPOCH + Duration::from_millis(1_234);
        assert_eq!(
            SyncState::from(SyncStatus::Offline { since }),
            SyncState::Offline { since: 1_234 }
        );
    }

    #[test]
    fn a_disk_that_takes_nothing_is_told_in_place_of_the_network() {
        let json = |status| serde_json::to_value(SyncState::from(status)).unwrap();
        let kind = |kind: &str| serde_json::json!({ "kind": kind });
        assert_eq!(json(SyncStatus::DiskFull), kind("diskFull"));
        assert_eq!(json(SyncStatus::DiskFailing), kind("diskFailing"));
    }
}
