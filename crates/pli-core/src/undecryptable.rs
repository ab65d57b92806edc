//! Why an event cannot be decrypted, told for each, and counted for the helpdesk.

use std::{collections::BTreeMap, time::Duration};

use matrix_sdk::ruma::MilliSecondsSinceUnixEpoch;
use matrix_sdk_base::crypto::types::events::UtdCause;
use matrix_sdk_ui::timeline::EncryptedMessage;
use serde::{Deserialize, Serialize};

use crate::{account::Account, values::ValueError};

pub(crate) mod counting;

/// A key comes within this time of its event, or its sender has not shared it.
const PATIENCE: Duration = Duration::from_secs(120);

/// Under which the counts are kept.
const COUNTS: &str = "undecryptable";

/// Why an event cannot be decrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Its key has not come yet.
    Waiting,
    /// Its key has not come for some time: it was not shared with this device.
    NotShared,
    /// It was sent before this device was signed in, and there is no backup.
    BeforeThisDevice,
    /// It was sent before this device was signed in, and the backup lacks its key.
    BackupIncomplete,
    /// Its key may be in the backup, which this device cannot open.
    BackupLocked,
    /// It was sent before the user joined.
    BeforeJoining,
    /// Its sender refuses devices that their owner has not signed, such as this one.
    WithheldUnverified,
    /// Its sender did not share the key with this device, or could not.
    Withheld,
    /// Its sender's device is not signed by its owner, or their verified identity changed.
    Untrusted,
    /// Its ciphertext is damaged, or of an unknown kind.
    Malformed,
}

impl Reason {
    /// The reason of a row. `created` is when this device was.
    pub(crate) fn of(
        message: &EncryptedMessage,
        sent: MilliSecondsSinceUnixEpoch,
        created: MilliSecondsSinceUnixEpoch,
    ) -> Self {
        let EncryptedMessage::MegolmV1AesSha2 { cause, .. } = message else {
            return Self::Malformed;
        };
        let age = sent.to_system_time().and_then(|sent| sent.elapsed().ok());
        Self::by(*cause, sent < created, age.unwrap_or_default())
    }

    fn by(cause: UtdCause, before_this_device: bool, age: Duration) -> Self {
        match cause {
            UtdCause::SentBeforeWeJoined => Self::BeforeJoining,
            UtdCause::VerificationViolation
            | UtdCause::UnsignedDevice
            | UtdCause::UnknownDevice => Self::Untrusted,
            UtdCause::HistoricalMessageAndBackupIsDisabled => Self::BeforeThisDevice,
            UtdCause::HistoricalMessageAndDeviceIsUnverified => Self::BackupLocked,
            UtdCause::WithheldForUnverifiedOrInsecureDevice => Self::WithheldUnverified,
            UtdCause::WithheldBySender => Self::Withheld,
            // The SDK tells apart what it can; the backup works, if there is one.
            UtdCause::Unknown if age < PATIENCE => Self::Waiting,
            UtdCause::Unknown if before_this_device => Self::BackupIncomplete,
            UtdCause::Unknown => Self::NotShared,
        }
    }
}

/// Of the events that the sync brought, those that could not be decrypted at once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Not decrypted in two minutes either.
    pub by_reason: BTreeMap<Reason, u64>,
    /// Decrypted in two minutes.
    pub late: u64,
}

impl Account {
    /// How many events could not be decrypted since this device was signed in. Those that Pli ended
    /// too soon to judge are not counted, nor those of older history.
    ///
    /// # Errors
    /// When the store fails.
    pub fn undecryptable_counts(&self) -> Result<Counts, ValueError> {
        Ok(self.value(COUNTS)?.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_awaited_for_a_while_and_then_said_to_be_missing() {
        let by = |before, age| Reason::by(UtdCause::Unknown, before, Duration::from_secs(age));
        assert_eq!(by(false, 1), Reason::Waiting);
        assert_eq!(by(false, 600), Reason::NotShared);
        assert_eq!(by(true, 600), Reason::BackupIncomplete);
    }

    #[test]
    fn what_the_sdk_tells_apart_is_told_apart() {
        let causes = [
            UtdCause::SentBeforeWeJoined,
            UtdCause::UnsignedDevice,
            UtdCause::HistoricalMessageAndBackupIsDisabled,
            UtdCause::HistoricalMessageAndDeviceIsUnverified,
            UtdCause::WithheldForUnverifiedOrInsecureDevice,
            UtdCause::WithheldBySender,
            UtdCause::Unknown,
        ];
        let mut reasons = causes
            .map(|cause| Reason::by(cause, false, PATIENCE))
            .to_vec();
        reasons.sort_unstable();
        reasons.dedup();
        assert_eq!(reasons.len(), causes.len());
    }
}
