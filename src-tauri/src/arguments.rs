//! What was asked on the command line.

use std::ffi::OsString;

/// The longest profile name.
const MAX_PROFILE: usize = 32;

/// The arguments Pli understands; others are ignored, since desktops add their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Arguments {
    /// `--profile NAME`: data, keyring entries and running instance of their own.
    pub(crate) profile: Option<String>,
    /// `--policies`: print the rules in force and end.
    pub(crate) policies: bool,
}

/// A profile name that is missing, too long, or not made of `a-z`, `0-9`, `-` and `_`.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("the profile name is missing or malformed")]
pub(crate) struct BadProfile;

impl Arguments {
    /// Those of this process.
    pub(crate) fn from_env() -> Result<Self, BadProfile> {
        Self::parse(std::env::args_os().skip(1))
    }

    fn parse(mut words: impl Iterator<Item = OsString>) -> Result<Self, BadProfile> {
        let mut profile = None;
        let mut policies = false;
        while let Some(word) = words.next() {
            let name = if word == "--profile" {
                words.next().ok_or(BadProfile)?
            } else if let Some(name) = word.to_str().and_then(|w| w.strip_prefix("--profile=")) {
                name.into()
            } else {
                policies |= word == "--policies";
                continue;
            };
            profile = Some(profile_name(name)?);
        }
        Ok(Self { profile, policies })
    }

    /// Names the data directory, the single instance and the keyring entries.
    pub(crate) fn identifier(&self, product: &str) -> String {
        match &self.profile {
            // An element of a D-Bus name may not begin with a digit.
            Some(name) => format!("{product}.profile-{name}"),
            None => product.to_owned(),
        }
    }
}

fn profile_name(name: OsString) -> Result<String, BadProfile> {
    let name = name.into_string().map_err(|_| BadProfile)?;
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    if name.is_empty() || name.len() > MAX_PROFILE || !name.chars().all(allowed) {
        return Err(BadProfile);
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &[&str]) -> Result<Option<String>, BadProfile> {
        Arguments::parse(words.iter().map(OsString::from)).map(|a| a.profile)
    }

    #[test]
    fn a_profile_is_taken_in_both_spellings() {
        assert_eq!(parse(&[]), Ok(None));
        assert_eq!(parse(&["--profile", "alice"]), Ok(Some("alice".into())));
        assert_eq!(parse(&["--x", "--profile=bob-2"]), Ok(Some("bob-2".into())));
    }

    #[test]
    fn a_name_that_could_leave_its_directory_is_refused() {
        for bad in ["", "../x", "a/b", "a.b", "A", "é", &"a".repeat(33)] {
            assert_eq!(parse(&["--profile", bad]), Err(BadProfile), "{bad:?}");
        }
        assert_eq!(parse(&["--profile"]), Err(BadProfile));
    }

    #[test]
    fn the_rules_in_force_are_asked_for_by_one_word() {
        let asks = |words: &[&str]| {
            let arguments = Arguments::parse(words.iter().map(OsString::from));
            arguments.map(|arguments| arguments.policies)
        };
        assert_eq!(asks(&["--policies"]), Ok(true));
        assert_eq!(asks(&["--profile", "a", "--policies"]), Ok(true));
        assert_eq!(asks(&["policies"]), Ok(false));
    }

    #[test]
    fn two_profiles_never_share_an_identifier() {
        let of = |words: &[&str]| {
            parse(words).map(|profile| {
                let policies = false;
                Arguments { profile, policies }.identifier("fr.pli")
            })
        };
        assert_eq!(of(&[]), Ok("fr.pli".into()));
        assert_eq!(of(&["--profile", "1"]), Ok("fr.pli.profile-1".into()));
        assert_ne!(of(&["--profile", "a-b"]), of(&["--profile", "a_b"]));
    }
}
