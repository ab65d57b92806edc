//! What a file of keys tells of itself before its passphrase is tried.
//!
//! The file names the work that its passphrase costs: whoever made it could name hours.

use matrix_sdk_base::crypto::vodozemac::base64_decode;

const BEGIN: &str = "-----BEGIN MEGOLM SESSION DATA-----";

/// Ten times what Element and the SDK write.
const MAX_ROUNDS: u32 = 5_000_000;

/// Version, salt and IV come before the number of rounds.
const BEFORE_ROUNDS: usize = 1 + 16 + 16;

/// Of base64, enough to hold the number of rounds, in whole groups of four.
const LETTERS: usize = 52;

/// Whether a text begins as a file of keys does, and asks for a bearable amount of work.
pub(super) fn is_sane(text: &str) -> bool {
    let Some(body) = text.trim_start().strip_prefix(BEGIN) else {
        return false;
    };
    let letters = body.chars().filter(|letter| !letter.is_whitespace());
    let head: String = letters.take(LETTERS).collect();
    let Ok(head) = base64_decode(head) else {
        return false;
    };
    let rounds = head
        .get(BEFORE_ROUNDS..BEFORE_ROUNDS + 4)
        .and_then(|rounds| rounds.try_into().ok())
        .map(u32::from_be_bytes);
    rounds.is_some_and(|rounds| rounds <= MAX_ROUNDS)
}

#[cfg(test)]
mod tests {
    use matrix_sdk_base::crypto::{encrypt_room_key_export, vodozemac::base64_encode};

    use super::*;

    fn asking_for(rounds: u32) -> String {
        let mut head = vec![1; BEFORE_ROUNDS];
        head.extend(rounds.to_be_bytes());
        head.extend([7; 64]);
        format!("{BEGIN}\n{}\n", base64_encode(head))
    }

    #[test]
    fn a_file_of_keys_is_told_from_others() {
        let real = encrypt_room_key_export(&[], "marguerite", 1000).unwrap();
        assert!(is_sane(&real));
        assert!(is_sane(&format!("\n{real}\n")));
        for other in [
            "",
            "marguerite",
            BEGIN,
            "-----BEGIN MEGOLM SESSION DATA-----\n?",
        ] {
            assert!(!is_sane(other), "{other}");
        }
    }

    #[test]
    fn one_that_would_keep_the_machine_busy_for_hours_is_refused() {
        assert!(is_sane(&asking_for(500_000)));
        assert!(!is_sane(&asking_for(u32::MAX)));
    }
}
