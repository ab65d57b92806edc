//! The vault against a real gnome-keyring on a private bus, and against passphrases.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests")]

mod passphrase;
mod session;

use pli_vault::{OpenError, Profile, SessionError, Vault};
use secrecy::ExposeSecret;
use session::{Home, Keyring, inside};

/// The profile every part of a scenario opens.
fn profile(home: &Home) -> Profile {
    Profile::new(Some("alice"), home.path().join("profile"))
}

fn session_of(vault: &Vault) -> Option<String> {
    let session = vault.load_session().expect("the keyring is open");
    session.map(|text| text.expose_secret().to_owned())
}

#[test]
fn an_open_keyring_keeps_key_and_session_until_erased() {
    inside(
        "an_open_keyring_keeps_key_and_session_until_erased",
        &[Keyring::Unlocked],
        |home, _| {
            let profile = profile(home);
            let vault = Vault::open(&profile).expect("a new profile gets a key");
            let key = *vault.store_key().expose_secret();
            assert_ne!(key, [0; 32]);
            assert_eq!(session_of(&vault), None);

            vault.save_session(&"first".into()).unwrap();
            vault.save_session(&"{\"token\":\"é\"}".into()).unwrap();
            drop(vault);

            let vault = Vault::open(&profile).unwrap();
            assert_eq!(
                vault.store_key().expose_secret(),
                &key,
                "the same key in every run"
            );
            assert_eq!(session_of(&vault).as_deref(), Some("{\"token\":\"é\"}"));

            let other = Profile::new(Some("bob"), home.path().join("other"));
            let other = Vault::open(&other).unwrap();
            assert_ne!(
                other.store_key().expose_secret(),
                &key,
                "each profile has its own"
            );
            assert_eq!(session_of(&other), None);

            vault.forget_session().unwrap();
            assert_eq!(session_of(&vault), None);
            vault.save_session(&"again".into()).unwrap();
            vault.erase().unwrap();
            let vault = Vault::open(&profile).expect("an erased profile is a new one");
            assert_ne!(vault.store_key().expose_secret(), &key);
            assert_eq!(session_of(&vault), None);
            assert!(
                !home.holds(&key),
                "the key is in no file of the home, keyring included"
            );
        },
    );
}

#[test]
fn a_key_that_the_keyring_lost_is_never_replaced_in_silence() {
    inside(
        "a_key_that_the_keyring_lost_is_never_replaced_in_silence",
        &[Keyring::Unlocked],
        |home, _| {
            let profile = profile(home);
            drop(Vault::open(&profile).unwrap());
            // As when the user deletes a keyring: another profile's erasure under the same name.
            let double = Profile::new(Some("alice"), home.path().join("elsewhere"));
            Vault::erase_profile(&double).unwrap();

            assert!(matches!(Vault::open(&profile), Err(OpenError::KeyMissing)));
            assert!(matches!(
                Vault::open_with_passphrase(&profile, &"a long passphrase".into()),
                Err(OpenError::NoPassphrase)
            ));
            Vault::erase_profile(&profile).unwrap();
            assert!(
                Vault::open(&profile).is_ok(),
                "starting afresh is the way out"
            );
        },
    );
}

#[test]
fn a_key_whose_record_was_lost_is_kept() {
    inside(
        "a_key_whose_record_was_lost_is_kept",
        &[Keyring::Unlocked],
        |home, _| {
            let profile = profile(home);
            let vault = Vault::open(&profile).unwrap();
            let key = *vault.store_key().expose_secret();
            vault.save_session(&"session".into()).unwrap();
            std::fs::remove_file(profile.dir().join("vault.json")).unwrap();

            let vault = Vault::open(&profile).unwrap();
            assert_eq!(
                vault.store_key().expose_secret(),
                &key,
                "it may be the key of a store"
            );
            assert_eq!(
                session_of(&vault),
                None,
                "a session without its store must not be used"
            );
        },
    );
}

#[test]
fn a_locked_keyring_is_told_from_an_empty_one() {
    let parts = [Keyring::Unlocked, Keyring::Locked, Keyring::Unlocked];
    inside(
        "a_locked_keyring_is_told_from_an_empty_one",
        &parts,
        |home, part| {
            let profile = profile(home);
            let fresh = Profile::new(Some("bob"), home.path().join("fresh"));
            match part {
                0 => Vault::open(&profile)
                    .unwrap()
                    .save_session(&"kept".into())
                    .unwrap(),
                1 => {
                    assert!(matches!(Vault::open(&profile), Err(OpenError::Locked)));
                    assert!(matches!(Vault::open(&fresh), Err(OpenError::Locked)));
                    assert!(!fresh.dir().exists(), "nothing is written without a key");
                }
                _ => {
                    let vault = Vault::open(&profile).expect("unlocking is enough");
                    assert_eq!(session_of(&vault).as_deref(), Some("kept"));
                }
            }
        },
    );
}

#[test]
fn without_a_keyring_nothing_opens_by_itself() {
    let parts = [Keyring::Unlocked, Keyring::Absent];
    inside(
        "without_a_keyring_nothing_opens_by_itself",
        &parts,
        |home, part| {
            let profile = profile(home);
            if part == 0 {
                drop(Vault::open(&profile).unwrap());
                return;
            }
            assert!(matches!(Vault::open(&profile), Err(OpenError::NoKeyring)));
            let fresh = Profile::new(None, home.path().join("fresh"));
            assert!(matches!(Vault::open(&fresh), Err(OpenError::NoKeyring)));
            assert!(!fresh.dir().exists(), "nothing is written without a key");

            let vault = Vault::open_with_passphrase(&fresh, &"a long passphrase".into())
                .expect("a passphrase stands in");
            vault.save_session(&"session".into()).unwrap();
            assert!(matches!(
                Vault::open(&fresh),
                Err(OpenError::PassphraseNeeded)
            ));
            vault.erase().expect("erasing needs no keyring either");
            assert!(!Vault::has_passphrase(&fresh));
        },
    );
}

#[test]
fn a_keyring_that_goes_away_is_an_error_and_not_an_empty_session() {
    inside(
        "a_keyring_that_goes_away_is_an_error_and_not_an_empty_session",
        &[Keyring::Unlocked],
        |home, _| {
            let vault = Vault::open(&profile(home)).unwrap();
            vault.save_session(&"session".into()).unwrap();
            home.stop_keyring();
            let lost = vault.load_session();
            assert!(
                matches!(lost, Err(SessionError::NoKeyring | SessionError::Locked)),
                "{lost:?}"
            );
        },
    );
}
