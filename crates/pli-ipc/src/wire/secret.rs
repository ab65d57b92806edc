//! Passwords, passphrases and codes on their way across.

use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use zeroize::Zeroize as _;

use super::limit;

/// A text that is never printed, and is zeroed when dropped. In JSON, a plain string.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(#[serde(deserialize_with = "limit::line")] String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl From<Secret> for SecretString {
    fn from(mut secret: Secret) -> Self {
        // A boxed text would be copied, and the copy left behind, if it had room to spare.
        let mut text = std::mem::take(&mut secret.0);
        let kept = Self::from(text.as_str());
        text.zeroize();
        kept
    }
}

impl From<&SecretString> for Secret {
    fn from(secret: &SecretString) -> Self {
        Self(secret.expose_secret().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{AccountSignIn, RecoveryCode, RecoveryEnter, RecoveryReset, VaultUnlock};

    #[test]
    fn no_secret_is_printed_with_what_carries_it() {
        let read = |json: &str| serde_json::from_str::<Secret>(json).unwrap();
        let secret = || read("\"marguerite\"");
        let printed = [
            format!(
                "{:?}",
                AccountSignIn {
                    address: "@camille:interieur.example".to_owned(),
                    password: secret(),
                    server: None,
                }
            ),
            format!(
                "{:?}",
                VaultUnlock {
                    passphrase: secret()
                }
            ),
            format!("{:?}", RecoveryEnter { code: secret() }),
            format!("{:?}", RecoveryReset { password: secret() }),
            format!("{:?}", RecoveryCode { code: secret() }),
        ];
        for printed in printed {
            assert!(!printed.contains("marguerite"), "{printed}");
        }
    }

    #[test]
    fn a_secret_crosses_as_a_plain_string() {
        let code = RecoveryCode {
            code: Secret::from(&SecretString::from("EsTc 7fkQ")),
        };
        assert_eq!(
            serde_json::to_string(&code).unwrap(),
            r#"{"code":"EsTc 7fkQ"}"#
        );
        let typed: RecoveryEnter = serde_json::from_str(r#"{"code":"EsTc 7fkQ"}"#).unwrap();
        assert_eq!(SecretString::from(typed.code).expose_secret(), "EsTc 7fkQ");
    }
}
