//! What all trust rests on, tried before anything else: forgeries must be refused.
//!
//! vodozemac accepts any signature and any MAC when it is built with `cfg(fuzzing)`. Such a build
//! trusts everybody, and must not be anybody's messenger; here it would not start. (Our own fuzz
//! targets assert no trust, and skip this.)

use matrix_sdk_base::crypto::vodozemac::{
    Ed25519Keypair, Ed25519PublicKey, Ed25519Signature,
    megolm::{self, GroupSession, InboundGroupSession, MegolmMessage},
    olm::{self, OlmMessage, Session},
};

/// Bytes of an Ed25519 signature, the last ones of a Megolm message.
const SIGNATURE: usize = 64;

/// How forgeries are told; each of these says whether what it is given was accepted.
struct Checks {
    signature: fn(&Ed25519PublicKey, &[u8], &Ed25519Signature) -> bool,
    megolm: fn(&mut InboundGroupSession, &MegolmMessage) -> bool,
    olm: fn(&mut Session, &OlmMessage) -> bool,
}

/// The ones that the messenger uses.
const CHECKS: Checks = Checks {
    signature: |key, message, signature| key.verify(message, signature).is_ok(),
    megolm: |session, message| session.decrypt(message).is_ok(),
    olm: |session, message| session.decrypt(message).is_ok(),
};

/// Whether what is genuine is accepted, and forgeries are refused.
pub(crate) fn passes() -> bool {
    cfg!(fuzzing) || CHECKS.hold()
}

impl Checks {
    fn hold(&self) -> bool {
        self.refuse_forged_signatures()
            && self.refuse_forged_megolm() == Some(true)
            && self.refuse_forged_olm() == Some(true)
    }

    fn refuse_forged_signatures(&self) -> bool {
        let (key, other) = (Ed25519Keypair::new(), Ed25519Keypair::new());
        let accepts =
            |message: &[u8], signature| (self.signature)(&key.public_key(), message, &signature);
        accepts(b"said", key.sign(b"said"))
            && !accepts(b"never said", key.sign(b"said"))
            && !accepts(b"said", other.sign(b"said"))
    }

    /// A message whose MAC is forged, and one whose signature is.
    fn refuse_forged_megolm(&self) -> Option<bool> {
        let config = megolm::SessionConfig::version_1();
        let mut sender = GroupSession::new(config);
        let mut receiver = InboundGroupSession::new(&sender.session_key(), config);
        let genuine = sender.encrypt("said");
        let mac_ends = genuine.to_bytes().len().checked_sub(SIGNATURE)?;
        let forged_mac = forged(&genuine, mac_ends.checked_sub(1)?)?;
        let forged_signature = forged(&genuine, mac_ends)?;
        Some(
            !(self.megolm)(&mut receiver, &forged_mac)
                && !(self.megolm)(&mut receiver, &forged_signature)
                && (self.megolm)(&mut receiver, &genuine),
        )
    }

    /// In Olm nothing but the MAC tells who made a message; it is checked by the code that
    /// checks Megolm's, which a signature hides there.
    fn refuse_forged_olm(&self) -> Option<bool> {
        let (sender, mut receiver) = (olm::Account::new(), olm::Account::new());
        receiver.generate_one_time_keys(1);
        let one_time_key = receiver.one_time_keys().into_values().next()?;
        let config = olm::SessionConfig::version_1();
        let (own, theirs) = (sender.curve25519_key(), receiver.curve25519_key());
        let session = sender.create_outbound_session(config, theirs, one_time_key);
        let mut sending = session.ok()?;
        let OlmMessage::PreKey(first) = sending.encrypt("met").ok()? else {
            return None;
        };
        let mut receiving = receiver
            .create_inbound_session(config, own, &first)
            .ok()?
            .session;
        // Once answered, messages carry nothing but what the MAC covers.
        let answer = receiving.encrypt("answered").ok()?;
        sending.decrypt(&answer).ok()?;
        let genuine = sending.encrypt("said").ok()?;
        let (kind, mut bytes) = genuine.to_parts();
        *bytes.last_mut()? ^= 1;
        let forged = OlmMessage::from_parts(kind, &bytes).ok()?;
        Some(!(self.olm)(&mut receiving, &forged) && (self.olm)(&mut receiving, &genuine))
    }
}

/// The message with one bit changed in that byte.
fn forged(genuine: &MegolmMessage, place: usize) -> Option<MegolmMessage> {
    let mut bytes = genuine.to_bytes();
    *bytes.get_mut(place)? ^= 1;
    MegolmMessage::from_bytes(&bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forgeries_are_refused_here() {
        assert!(passes());
    }

    #[test]
    fn a_library_that_skips_any_of_its_checks_is_found_out() {
        let blind: [(&str, Checks); 3] = [
            (
                "signatures",
                Checks {
                    signature: |_, _, _| true,
                    ..CHECKS
                },
            ),
            (
                "Megolm",
                Checks {
                    megolm: |_, _| true,
                    ..CHECKS
                },
            ),
            (
                "Olm",
                Checks {
                    olm: |_, _| true,
                    ..CHECKS
                },
            ),
        ];
        for (what, checks) in blind {
            assert!(!checks.hold(), "nobody checks {what}");
        }
    }

    #[test]
    fn a_library_that_refuses_everything_is_found_out() {
        let deaf = Checks {
            signature: |_, _, _| false,
            megolm: |_, _| false,
            olm: |_, _| false,
        };
        assert!(!deaf.hold());
    }
}
