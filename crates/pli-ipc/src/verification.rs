//! Verifications, the trust in people and the user's devices to what the page draws.

use std::{fmt::Write as _, time::UNIX_EPOCH};

use futures_util::{Stream, StreamExt as _};
use pli_core::{
    device,
    trust::Trust,
    verification::{self, Code, Ending, Stage},
};

use crate::wire::{
    DeviceTrust, OwnDevice, PersonTrust, Verification, VerificationEmoji, VerificationEnding,
    VerificationStage,
};

/// Light modules that a reader wants around a code (ISO/IEC 18004).
const QUIET_ZONE: usize = 4;

/// Maps what is told of verifications to what the page is told.
pub fn verification_updates(
    updates: impl Stream<Item = Vec<verification::Verification>> + Send + 'static,
) -> impl Stream<Item = Vec<Verification>> + Send + 'static {
    updates.map(|all| all.into_iter().map(Into::into).collect())
}

/// Maps what is told of a person to what the page is told.
pub fn person_updates(
    updates: impl Stream<Item = Trust> + Send + 'static,
) -> impl Stream<Item = PersonTrust> + Send + 'static {
    updates.map(Into::into)
}

impl From<verification::Verification> for Verification {
    fn from(one: verification::Verification) -> Self {
        Self {
            id: one.id,
            user_id: one.user_id.into(),
            name: one.name,
            own: one.own,
            device: one.device,
            incoming: one.incoming,
            stage: one.stage.into(),
        }
    }
}

impl From<Stage> for VerificationStage {
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::Asked => Self::Asked,
            Stage::Asking => Self::Asking,
            Stage::Ready(ways) => Self::Ready {
                emojis: ways.emojis,
                show: ways.show,
                scan: ways.scan,
            },
            Stage::Starting => Self::Starting,
            Stage::Emojis(emojis) => Self::Emojis {
                emojis: emojis
                    .into_iter()
                    .map(|emoji| VerificationEmoji {
                        index: emoji.index,
                        symbol: emoji.symbol.to_owned(),
                    })
                    .collect(),
            },
            Stage::Numbers(numbers) => Self::Numbers {
                numbers: numbers.into(),
            },
            Stage::Code(code) => code_stage(&code),
            Stage::Scanned => Self::Scanned,
            Stage::Confirmed => Self::Confirmed,
            Stage::Done => Self::Done,
            Stage::Ended(reason) => Self::Ended {
                reason: reason.into(),
            },
        }
    }
}

/// One rectangle for each run of dark modules in a row.
fn code_stage(code: &Code) -> VerificationStage {
    let mut path = String::new();
    for (y, row) in code.dark.chunks(code.size.max(1)).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, next| one == next) {
            if run.first() == Some(&true) {
                let (left, top) = (x + QUIET_ZONE, y + QUIET_ZONE);
                let width = run.len();
                // Writing to a text does not fail.
                let _ = write!(path, "M{left} {top}h{width}v1h-{width}z");
            }
            x += run.len();
        }
    }
    VerificationStage::Code {
        size: u32::try_from(code.size + 2 * QUIET_ZONE).unwrap_or(u32::MAX),
        path,
    }
}

impl From<Ending> for VerificationEnding {
    fn from(ending: Ending) -> Self {
        match ending {
            Ending::Here => Self::Here,
            Ending::There => Self::There,
            Ending::TimedOut => Self::TimedOut,
            Ending::Mismatch => Self::Mismatch,
            Ending::Elsewhere => Self::Elsewhere,
            Ending::Failed => Self::Failed,
        }
    }
}

impl From<Trust> for PersonTrust {
    fn from(trust: Trust) -> Self {
        match trust {
            Trust::NoIdentity => Self::NoIdentity,
            Trust::Unverified => Self::Unverified,
            Trust::Verified => Self::Verified,
            Trust::Changed => Self::Changed,
        }
    }
}

impl From<device::OwnDevice> for OwnDevice {
    fn from(device: device::OwnDevice) -> Self {
        let seen = device
            .last_seen
            .and_then(|seen| seen.duration_since(UNIX_EPOCH).ok());
        Self {
            id: device.id,
            name: device.name,
            last_seen: seen.and_then(|seen| u64::try_from(seen.as_millis()).ok()),
            trust: match device.trust {
                device::DeviceTrust::Verified => DeviceTrust::Verified,
                device::DeviceTrust::Unverified => DeviceTrust::Unverified,
                device::DeviceTrust::NoKeys => DeviceTrust::NoKeys,
            },
            current: device.current,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use pli_core::verification::{Emoji, Ways};
    use serde_json::{Value, json};

    use super::*;

    fn crossing(stage: Stage) -> Value {
        serde_json::to_value(VerificationStage::from(stage)).expect("JSON")
    }

    #[test]
    fn a_verification_crosses_as_the_page_expects_it() {
        let one = verification::Verification {
            id: "flow".to_owned(),
            user_id: "@nadia:example.org".try_into().expect("a user id"),
            name: "Nadia".to_owned(),
            own: false,
            device: None,
            incoming: true,
            stage: Stage::Asked,
        };
        assert_eq!(
            serde_json::to_value(Verification::from(one)).expect("JSON"),
            json!({
                "id": "flow", "userId": "@nadia:example.org", "name": "Nadia", "own": false,
                "device": null, "incoming": true, "stage": { "kind": "asked" },
            })
        );
    }

    #[test]
    fn each_stage_has_its_shape() {
        assert_eq!(
            crossing(Stage::Ready(Ways {
                emojis: true,
                show: false,
                scan: true,
            })),
            json!({ "kind": "ready", "emojis": true, "show": false, "scan": true })
        );
        assert_eq!(
            crossing(Stage::Emojis(vec![Emoji {
                index: 6,
                symbol: "🐘",
            }])),
            json!({ "kind": "emojis", "emojis": [{ "index": 6, "symbol": "🐘" }] })
        );
        assert_eq!(
            crossing(Stage::Numbers([1234, 5678, 9012])),
            json!({ "kind": "numbers", "numbers": [1234, 5678, 9012] })
        );
        assert_eq!(
            crossing(Stage::Ended(Ending::TimedOut)),
            json!({ "kind": "ended", "reason": "timedOut" })
        );
    }

    #[test]
    fn a_code_is_drawn_within_its_quiet_zone() {
        let code = Code {
            size: 3,
            dark: [
                [true, true, false],
                [false, false, false],
                [true, false, true],
            ]
            .concat(),
        };
        assert_eq!(
            crossing(Stage::Code(code)),
            json!({
                "kind": "code", "size": 11,
                "path": "M4 4h2v1h-2zM4 6h1v1h-1zM6 6h1v1h-1z",
            })
        );
    }

    #[test]
    fn a_device_crosses_as_the_page_expects_it() {
        let device = device::OwnDevice {
            id: "KVQHTRSLAE".to_owned(),
            name: None,
            last_seen: Some(UNIX_EPOCH + Duration::from_millis(1_234)),
            trust: device::DeviceTrust::NoKeys,
            current: true,
        };
        assert_eq!(
            serde_json::to_value(OwnDevice::from(device)).expect("JSON"),
            json!({
                "id": "KVQHTRSLAE", "name": null, "lastSeen": 1_234, "trust": "noKeys",
                "current": true,
            })
        );
    }
}
