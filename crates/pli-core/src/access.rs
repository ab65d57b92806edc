//! Whether this device still has the user's own keys.
//!
//! The identity may be reset, or the recovery replaced, on another device. From then on this one
//! can neither write nor read what is new, until the user lets it in once more.

use futures_util::{Stream, StreamExt as _, future::ready, stream};
use matrix_sdk::encryption::{VerificationState, recovery::RecoveryState};

use crate::account::Account;

/// Whether this device has the user's own keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// It has, as far as is known.
    Whole,
    /// Their identity or their backup is another one by now: the code is needed again.
    Lost,
    /// Nobody can recover: the backup was ended by another application.
    NoRecovery,
}

impl Access {
    const fn by(verification: VerificationState, recovery: RecoveryState) -> Self {
        match (verification, recovery) {
            (VerificationState::Unverified, _) | (_, RecoveryState::Incomplete) => Self::Lost,
            (_, RecoveryState::Disabled) => Self::NoRecovery,
            _ => Self::Whole,
        }
    }
}

impl Account {
    /// Whether this device has the user's own keys, now and from now on.
    pub fn access(&self) -> impl Stream<Item = Access> + Send + use<> {
        let encryption = self.client().encryption();
        let verifications = encryption.verification_state();
        let recoveries = encryption.recovery().state_stream();
        let first = (verifications.get(), encryption.recovery().state());
        let changes = stream::select(
            verifications.map(|state| (Some(state), None)),
            recoveries.map(|state| (None, Some(state))),
        );
        let states = changes.scan(first, |now, (verification, recovery)| {
            now.0 = verification.unwrap_or(now.0);
            now.1 = recovery.unwrap_or(now.1);
            ready(Some(Access::by(now.0, now.1)))
        });
        let mut last = None;
        states.filter_map(move |access| {
            let changed = last != Some(access);
            last = Some(access);
            ready(changed.then_some(access))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_yet_alarms_nobody() {
        let by = Access::by;
        assert_eq!(
            by(VerificationState::Unknown, RecoveryState::Unknown),
            Access::Whole
        );
        assert_eq!(
            by(VerificationState::Verified, RecoveryState::Enabled),
            Access::Whole
        );
        assert_eq!(
            by(VerificationState::Unverified, RecoveryState::Enabled),
            Access::Lost
        );
        assert_eq!(
            by(VerificationState::Verified, RecoveryState::Incomplete),
            Access::Lost
        );
        assert_eq!(
            by(VerificationState::Verified, RecoveryState::Disabled),
            Access::NoRecovery
        );
    }
}
