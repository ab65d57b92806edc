//! What the vault remembers of a session.

use matrix_sdk::{authentication::matrix::MatrixSession, ruma::OwnedMxcUri};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use url::Url;

use super::{End, Healed, Identity, State, Step};

/// A session, as the vault keeps it. No `Debug`: it holds the access token.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Record {
    pub(super) base_url: Url,
    pub(super) session: MatrixSession,
    /// Whether the user has a password, which was the one way once.
    #[serde(default = "yes")]
    pub(super) by_password: bool,
    /// What is still to do before composing.
    pub(super) step: Option<Step>,
    /// Why it no longer holds.
    #[serde(default)]
    pub(super) ended: Option<End>,
    /// Name and avatar as last seen, to draw before the network answers.
    #[serde(default)]
    pub(super) display_name: Option<String>,
    #[serde(default)]
    pub(super) avatar: Option<OwnedMxcUri>,
}

fn yes() -> bool {
    true
}

impl Record {
    pub(super) fn read(saved: &SecretString) -> Option<Self> {
        serde_json::from_str(saved.expose_secret()).ok()
    }

    pub(super) fn write(&self) -> Option<SecretString> {
        serde_json::to_string(self).ok().map(SecretString::from)
    }

    pub(super) fn state(&self, healed: Healed) -> State {
        let meta = &self.session.meta;
        let identity = Identity {
            user_id: meta.user_id.to_string(),
            server: meta.user_id.server_name().to_string(),
            device_id: meta.device_id.to_string(),
            password: self.by_password,
            display_name: self.display_name.clone(),
            avatar: self.avatar.clone(),
            healed,
        };
        match self.step {
            Some(step) => State::Recovery(identity, step),
            None => State::SignedIn(identity),
        }
    }
}
