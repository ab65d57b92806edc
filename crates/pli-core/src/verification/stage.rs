//! How far a verification is, from the states of the SDK.

use matrix_sdk::{
    encryption::verification::{CancelInfo, QrVerification, QrVerificationState, SasState},
    ruma::events::key::verification::{VerificationMethod, cancel::CancelCode},
};

use super::Code;

/// How far a verification is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// The other side asks; the user has not answered.
    Asked,
    /// The other side was asked.
    Asking,
    /// Both are there: one of them chooses a way.
    Ready(Ways),
    /// A way was chosen; keys are being exchanged.
    Starting,
    /// Both users compare these.
    Emojis(Vec<Emoji>),
    /// Both users compare these, for want of emojis on the other side.
    Numbers([u16; 3]),
    /// The other side may read this code.
    Code(Code),
    /// The other side says that it has read the code; the user must see that it does.
    Scanned,
    /// This user has confirmed; the other has not.
    Confirmed,
    /// Each side is sure of the other.
    Done,
    /// It came to nothing.
    Ended(Ending),
}

impl Stage {
    /// Nothing more will happen.
    pub(super) fn is_over(&self) -> bool {
        matches!(self, Self::Done | Self::Ended(_))
    }
}

/// An emoji of the specification's table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Emoji {
    /// Place in the table, by which it is named.
    pub index: u8,
    /// The emoji itself.
    pub symbol: &'static str,
}

/// Ways that both sides know.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ways {
    /// Compare emojis.
    pub emojis: bool,
    /// Show a code that the other side reads.
    pub show: bool,
    /// Read the code of the other side.
    pub scan: bool,
}

impl Ways {
    pub(super) fn of(theirs: &[VerificationMethod]) -> Self {
        let both_reciprocate = theirs.contains(&VerificationMethod::ReciprocateV1);
        Self {
            emojis: theirs.contains(&VerificationMethod::SasV1),
            show: both_reciprocate && theirs.contains(&VerificationMethod::QrCodeScanV1),
            scan: both_reciprocate && theirs.contains(&VerificationMethod::QrCodeShowV1),
        }
    }
}

/// Why a verification came to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The user gave it up.
    Here,
    /// The other side declined it or gave it up.
    There,
    /// Nobody answered in time.
    TimedOut,
    /// What was compared differs: somebody may stand in between.
    Mismatch,
    /// Another device of the user's own took it on.
    Elsewhere,
    /// The two sides did not understand each other.
    Failed,
}

impl Ending {
    pub(super) fn of(info: &CancelInfo) -> Self {
        match info.cancel_code() {
            CancelCode::User if info.cancelled_by_us() => Self::Here,
            CancelCode::User => Self::There,
            CancelCode::Timeout => Self::TimedOut,
            CancelCode::Accepted => Self::Elsewhere,
            CancelCode::MismatchedSas
            | CancelCode::MismatchedCommitment
            | CancelCode::KeyMismatch
            | CancelCode::UserMismatch => Self::Mismatch,
            _ => Self::Failed,
        }
    }
}

/// Of emojis, or numbers.
pub(super) fn of_sas(state: &SasState) -> Stage {
    match state {
        SasState::Created { .. } | SasState::Started { .. } | SasState::Accepted { .. } => {
            Stage::Starting
        }
        SasState::KeysExchanged {
            emojis: Some(emojis),
            ..
        } => {
            let symbols = emojis.emojis.iter().map(|emoji| emoji.symbol);
            let emojis = emojis.indices.iter().zip(symbols);
            Stage::Emojis(
                emojis
                    .map(|(&index, symbol)| Emoji { index, symbol })
                    .collect(),
            )
        }
        SasState::KeysExchanged { decimals, .. } => {
            Stage::Numbers([decimals.0, decimals.1, decimals.2])
        }
        SasState::Confirmed => Stage::Confirmed,
        SasState::Done { .. } => Stage::Done,
        SasState::Cancelled(info) => Stage::Ended(Ending::of(info)),
    }
}

/// Of a QR code, shown or read.
pub(super) fn of_code(verification: &QrVerification, state: &QrVerificationState) -> Stage {
    match state {
        QrVerificationState::Started => match Code::of(verification) {
            Some(code) => Stage::Code(code),
            None => Stage::Ended(Ending::Failed),
        },
        QrVerificationState::Scanned => Stage::Scanned,
        QrVerificationState::Confirmed | QrVerificationState::Reciprocated => Stage::Confirmed,
        QrVerificationState::Done { .. } => Stage::Done,
        QrVerificationState::Cancelled(info) => Stage::Ended(Ending::of(info)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_is_offered_where_the_other_side_has_its_half() {
        let ways = |theirs: &[VerificationMethod]| Ways::of(theirs);
        let (sas, show, scan, reciprocate) = (
            VerificationMethod::SasV1,
            VerificationMethod::QrCodeShowV1,
            VerificationMethod::QrCodeScanV1,
            VerificationMethod::ReciprocateV1,
        );
        assert_eq!(ways(&[]), Ways::default());
        assert!(ways(std::slice::from_ref(&sas)).emojis);
        let scans = ways(&[sas, scan.clone(), reciprocate.clone()]);
        assert!(scans.show && !scans.scan, "who scans is shown a code");
        assert!(ways(&[show, reciprocate]).scan, "who shows is scanned");
        assert!(!ways(&[scan]).show, "neither could tell that it was read");
    }
}
