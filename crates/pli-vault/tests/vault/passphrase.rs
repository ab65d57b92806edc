//! Passphrases: right, wrong, altered.

use std::fs;

use pli_vault::{MIN_PASSPHRASE, OpenError, Profile, SessionError, Vault};
use secrecy::ExposeSecret;
use tempfile::TempDir;

const PASSPHRASE: &str = "cheval pile correct agrafe";

fn new_profile() -> (TempDir, Profile) {
    let directory = TempDir::new().unwrap();
    let profile = Profile::new(None, directory.path().join("profile"));
    (directory, profile)
}

#[test]
fn the_right_passphrase_opens_and_a_wrong_one_does_not() {
    let (_directory, profile) = new_profile();
    assert!(!Vault::has_passphrase(&profile));
    let vault = Vault::open_with_passphrase(&profile, &PASSPHRASE.into()).unwrap();
    let key = *vault.store_key().expose_secret();
    vault.save_session(&"token".into()).unwrap();
    drop(vault);
    assert!(Vault::has_passphrase(&profile));

    for wrong in [
        "",
        "cheval pile correct agrafE",
        "cheval pile correct agrafe ",
    ] {
        let refused = Vault::open_with_passphrase(&profile, &wrong.into());
        assert!(
            matches!(refused, Err(OpenError::WrongPassphrase)),
            "{wrong:?}"
        );
    }
    let vault = Vault::open_with_passphrase(&profile, &PASSPHRASE.into()).unwrap();
    assert_eq!(vault.store_key().expose_secret(), &key);
    let session = vault.load_session().unwrap().unwrap();
    assert_eq!(session.expose_secret(), "token");
}

#[test]
fn a_short_passphrase_is_refused_and_leaves_nothing() {
    let (_directory, profile) = new_profile();
    let short = "é".repeat(MIN_PASSPHRASE - 1);
    let refused = Vault::open_with_passphrase(&profile, &short.into());
    assert!(matches!(refused, Err(OpenError::PassphraseTooShort)));
    assert!(!profile.dir().exists());
}

#[test]
fn two_profiles_with_one_passphrase_have_different_keys() {
    let (_a, first) = new_profile();
    let (_b, second) = new_profile();
    let first = Vault::open_with_passphrase(&first, &PASSPHRASE.into()).unwrap();
    let second = Vault::open_with_passphrase(&second, &PASSPHRASE.into()).unwrap();
    assert_ne!(
        first.store_key().expose_secret(),
        second.store_key().expose_secret()
    );
}

#[test]
fn an_altered_vault_never_gives_another_key() {
    let (_directory, profile) = new_profile();
    drop(Vault::open_with_passphrase(&profile, &PASSPHRASE.into()).unwrap());
    let file = profile.dir().join("vault.json");
    let sound = fs::read_to_string(&file).unwrap();

    // Numbers one higher: version and parameters, then here and there of salt, nonce, wrapped key.
    let numbers: Vec<_> = sound
        .match_indices(|c: char| c.is_ascii_digit())
        .map(|(at, _)| at)
        .filter(|at| !sound[..*at].ends_with(|c: char| c.is_ascii_digit()))
        .collect();
    assert!(
        numbers.len() > 90,
        "the file was not what this test expects"
    );
    for at in numbers
        .into_iter()
        .enumerate()
        .filter_map(|(n, at)| (n < 6 || n % 8 == 0).then_some(at))
    {
        let end = sound[at..].find(|c: char| !c.is_ascii_digit()).unwrap() + at;
        let value: u32 = sound[at..end].parse().unwrap();
        let altered = format!("{}{}{}", &sound[..at], value + 1, &sound[end..]);
        fs::write(&file, &altered).unwrap();
        let refused = Vault::open_with_passphrase(&profile, &PASSPHRASE.into());
        assert!(
            matches!(
                refused,
                Err(OpenError::WrongPassphrase | OpenError::Damaged | OpenError::TooNew)
            ),
            "{altered} gave {refused:?}"
        );
    }
    for torn in ["", "{", "null", "{\"version\":1}"] {
        fs::write(&file, torn).unwrap();
        let refused = Vault::open_with_passphrase(&profile, &PASSPHRASE.into());
        assert!(
            matches!(refused, Err(OpenError::Damaged)),
            "{torn:?} gave {refused:?}"
        );
    }
    fs::write(&file, sound).unwrap();
    assert!(Vault::open_with_passphrase(&profile, &PASSPHRASE.into()).is_ok());
}

#[test]
fn a_file_that_asks_for_all_memory_is_refused() {
    let (_directory, profile) = new_profile();
    drop(Vault::open_with_passphrase(&profile, &PASSPHRASE.into()).unwrap());
    let file = profile.dir().join("vault.json");
    let sound = fs::read_to_string(&file).unwrap();
    for (field, huge) in [
        ("memory_kib", "\"memory_kib\":4000000000"),
        ("passes", "\"passes\":4000000000"),
    ] {
        let start = sound.find(&format!("\"{field}\"")).unwrap();
        let end = sound[start..].find(',').unwrap() + start;
        fs::write(&file, format!("{}{huge}{}", &sound[..start], &sound[end..])).unwrap();
        let refused = Vault::open_with_passphrase(&profile, &PASSPHRASE.into());
        assert!(
            matches!(refused, Err(OpenError::Damaged)),
            "{field} gave {refused:?}"
        );
    }
}

#[test]
fn a_session_is_unreadable_without_its_own_key() {
    let (_a, first) = new_profile();
    let (_b, second) = new_profile();
    let one = Vault::open_with_passphrase(&first, &PASSPHRASE.into()).unwrap();
    one.save_session(&"syt_secret_token".into()).unwrap();
    let file = first.dir().join("session.json");
    let sealed = fs::read(&file).unwrap();
    assert!(!String::from_utf8_lossy(&sealed).contains("syt_"));

    let two = Vault::open_with_passphrase(&second, &PASSPHRASE.into()).unwrap();
    fs::copy(&file, second.dir().join("session.json")).unwrap();
    assert!(matches!(two.load_session(), Err(SessionError::Damaged)));
    fs::write(&file, "{").unwrap();
    assert!(matches!(one.load_session(), Err(SessionError::Damaged)));
}

#[test]
fn erasing_leaves_neither_file() {
    let (_directory, profile) = new_profile();
    let vault = Vault::open_with_passphrase(&profile, &PASSPHRASE.into()).unwrap();
    vault.save_session(&"token".into()).unwrap();
    let other = vault.clone();
    vault.erase().unwrap();
    assert_eq!(fs::read_dir(profile.dir()).unwrap().count(), 0);
    assert!(other.load_session().unwrap().is_none());
}

#[cfg(unix)]
#[test]
fn the_files_are_the_users_alone() {
    use std::os::unix::fs::PermissionsExt;

    let (_directory, profile) = new_profile();
    let vault = Vault::open_with_passphrase(&profile, &PASSPHRASE.into()).unwrap();
    vault.save_session(&"token".into()).unwrap();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(profile.dir()), 0o700);
    for file in ["vault.json", "session.json"] {
        assert_eq!(mode(&profile.dir().join(file)), 0o600, "{file}");
    }
}

#[test]
fn derived_keys_differ_by_purpose_and_from_the_key() {
    let (_directory, profile) = new_profile();
    let vault = Vault::open_with_passphrase(&profile, &PASSPHRASE.into()).unwrap();
    let (one, two) = (vault.derived_key("one"), vault.derived_key("two"));
    assert_ne!(one.expose_secret(), two.expose_secret());
    assert_ne!(one.expose_secret(), vault.store_key().expose_secret());
    assert_eq!(
        one.expose_secret(),
        vault.derived_key("one").expose_secret()
    );
}

#[test]
fn a_vault_in_memory_is_shared_by_its_clones_and_forgets() {
    let vault = Vault::in_memory().unwrap();
    vault.clone().save_session(&"token".into()).unwrap();
    assert!(vault.load_session().unwrap().is_some());
    vault.clone().erase().unwrap();
    assert!(vault.load_session().unwrap().is_none());
    let another = Vault::in_memory().unwrap();
    assert_ne!(
        vault.store_key().expose_secret(),
        another.store_key().expose_secret()
    );
}
