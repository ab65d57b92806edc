//! The recovery code: shown once for a new account, typed on a new device, or replaced.

use std::{path::Path, sync::Arc};

use matrix_sdk::encryption::{CrossSigningResetAuthType, recovery::RecoveryState};
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use super::{Open, RecoveryError, Session, State, Step, sign_in::password_auth};
use crate::{account::Account, file};

/// How many characters of the code are asked for, to check that it was noted.
const ENDING: usize = 4;

/// How often a reset of the identity is tried.
const RESETS: usize = 3;

/// Retrieval of old room keys from the server's backup.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HistoryProgress {
    /// Rooms whose keys were looked at.
    pub rooms_done: u32,
    /// Rooms to look at.
    pub rooms_total: u32,
}

impl Session {
    /// Sets up recovery and gives its code. Asked again before the code is confirmed, it gives
    /// another one, and the former is worthless.
    ///
    /// # Errors
    /// See [`RecoveryError`].
    pub async fn recovery_set_up(&self) -> Result<SecretString, RecoveryError> {
        let mut open = self.0.open.lock().await;
        let account = self.at(Step::ShowCode)?;
        let recovery = account.client().encryption().recovery();
        let code = if recovery.state() == RecoveryState::Enabled {
            recovery.reset_key().await?
        } else {
            recovery.enable().await?
        };
        Ok(show(&mut open, code))
    }

    /// The code on screen.
    ///
    /// # Errors
    /// When there is none.
    pub async fn recovery_code(&self) -> Result<SecretString, RecoveryError> {
        let open = self.0.open.lock().await;
        open.code.clone().ok_or(RecoveryError::NotNow)
    }

    /// Writes the code on screen to a file of the user's choice, which only they can read.
    ///
    /// # Errors
    /// When no code is on screen, or the file cannot be written.
    pub async fn recovery_save_code(&self, path: &Path) -> Result<(), RecoveryError> {
        let open = self.0.open.lock().await;
        let code = open.code.as_ref().ok_or(RecoveryError::NotNow)?;
        let line = Zeroizing::new(format!("{}\n", code.expose_secret()));
        file::write_private(path, line.as_bytes())
            .await
            .map_err(RecoveryError::File)
    }

    /// Checks the last characters of the code on screen, and lets the user in.
    ///
    /// # Errors
    /// [`RecoveryError::WrongCode`] when they differ.
    pub async fn recovery_confirm(&self, ending: &str) -> Result<(), RecoveryError> {
        let mut open = self.0.open.lock().await;
        self.at(Step::ShowCode)?;
        let code = open.code.as_ref().ok_or(RecoveryError::NotNow)?;
        if last(code.expose_secret()) != last(ending) {
            return Err(RecoveryError::WrongCode);
        }
        open.code = None;
        self.admit(&mut open).await
    }

    /// Opens the account's secrets with its code: this device becomes the user's, or is so once
    /// more (see [`crate::access::Access`]), and old room keys follow (see [`Session::history`]).
    ///
    /// # Errors
    /// See [`RecoveryError`].
    pub async fn recovery_enter(&self, code: SecretString) -> Result<(), RecoveryError> {
        let mut open = self.0.open.lock().await;
        let signed_in = matches!(self.state(), State::SignedIn(_));
        let account = match self.account() {
            Some(account) if signed_in => account,
            _ => self.at(Step::EnterCode)?,
        };
        let typed = code.expose_secret().trim();
        account
            .client()
            .encryption()
            .recovery()
            .recover(typed)
            .await?;
        if !signed_in {
            self.admit(&mut open).await?;
        }
        self.fetch_history(&account);
        Ok(())
    }

    /// Starts afresh: a new identity, a new backup, a new code. What only the old keys open is
    /// lost.
    ///
    /// # Errors
    /// See [`RecoveryError`].
    pub async fn recovery_reset(
        &self,
        password: SecretString,
    ) -> Result<SecretString, RecoveryError> {
        let mut open = self.0.open.lock().await;
        let account = self.at(Step::EnterCode)?;
        // The sync asks for the user's own identity now and then. Were it told the old one while
        // the new one is made, the SDK would drop the new keys as not being of it.
        if !account.is_answered().await {
            return Err(RecoveryError::Offline);
        }
        account.sync_service().stop().await;
        let reset = reset_identity(&account, &password).await;
        account.sync_service().start().await;
        reset?;
        self.show_new_code(&mut open, &account).await
    }

    /// For an identity that was just made: a new backup, and a code to show.
    pub(super) async fn show_new_code(
        &self,
        open: &mut Open,
        account: &Account,
    ) -> Result<SecretString, RecoveryError> {
        let code = account.client().encryption().recovery().enable().await?;
        self.step(open, Some(Step::ShowCode)).await?;
        Ok(show(open, code))
    }

    pub(super) fn at(&self, expected: Step) -> Result<Arc<Account>, RecoveryError> {
        match self.state() {
            State::Recovery(_, step) if step == expected => {
                self.account().ok_or(RecoveryError::NotNow)
            }
            _ => Err(RecoveryError::NotNow),
        }
    }

    pub(super) async fn admit(&self, open: &mut Open) -> Result<(), RecoveryError> {
        self.step(open, None).await
    }

    async fn step(&self, open: &mut Open, step: Option<Step>) -> Result<(), RecoveryError> {
        let mut record = open.record.clone().ok_or(RecoveryError::NotNow)?;
        record.step = step;
        self.save(open, &record).await?;
        let state = record.state(self.healed());
        open.record = Some(record);
        self.enter(state);
        Ok(())
    }

    /// Fetches the backed-up keys room by room, in the background: an event that waits for its
    /// key also asks for it by itself.
    pub(super) fn fetch_history(&self, account: &Arc<Account>) {
        let client = account.client().clone();
        let progress = self.0.history.clone();
        account.spawn_until_over(async move {
            let rooms = client.joined_rooms();
            let total = u32::try_from(rooms.len()).unwrap_or(u32::MAX);
            for (done, room) in (0..).zip(&rooms) {
                progress.send_replace(HistoryProgress {
                    rooms_done: done,
                    rooms_total: total,
                });
                let backups = client.encryption().backups();
                if backups
                    .download_room_keys_for_room(room.room_id())
                    .await
                    .is_err()
                {
                    tracing::warn!("the keys of a room could not be fetched");
                }
            }
            progress.send_replace(HistoryProgress {
                rooms_done: total,
                rooms_total: total,
            });
        });
    }
}

/// Makes a new identity. Begins again when the sync was only about to start, and came in between
/// all the same.
async fn reset_identity(account: &Account, password: &SecretString) -> Result<(), RecoveryError> {
    for _ in 1..RESETS {
        if reset_once(account, password).await? {
            return Ok(());
        }
        tracing::warn!(name: "an identity was reset in vain", "");
    }
    reset_once(account, password).await?;
    Ok(())
}

/// Makes a new identity, and reads it back.
async fn reset_once(account: &Account, password: &SecretString) -> Result<bool, RecoveryError> {
    let encryption = account.client().encryption();
    if let Some(handle) = encryption.recovery().reset_identity().await? {
        let CrossSigningResetAuthType::Uiaa(challenge) = handle.auth_type() else {
            return Err(RecoveryError::NotNow);
        };
        let auth = password_auth(account.own_id(), password, challenge.session.clone());
        handle.reset(Some(auth)).await?;
    }
    is_own(account).await
}

/// Whether this device counts as its user's own, by what the server has of them, with all keys.
pub(super) async fn is_own(account: &Account) -> Result<bool, RecoveryError> {
    let encryption = account.client().encryption();
    let identity = encryption.request_user_identity(account.own_id()).await?;
    let status = encryption.cross_signing_status().await;
    Ok(identity.is_some_and(|identity| identity.is_verified())
        && status.is_some_and(|status| status.is_complete()))
}

fn show(open: &mut Open, code: String) -> SecretString {
    let code = SecretString::from(Zeroizing::new(code).as_str());
    open.code = Some(code.clone());
    code
}

/// The last characters of a code, spaces aside.
fn last(code: &str) -> Zeroizing<Vec<char>> {
    let mut ending: Vec<char> = code
        .chars()
        .rev()
        .filter(|c| !c.is_whitespace())
        .take(ENDING)
        .collect();
    ending.reverse();
    Zeroizing::new(ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_of_a_code_ignores_spaces_but_not_case() {
        assert_eq!(last("EsTc 7fkQ oD7w"), last("oD7w"));
        assert_eq!(last("EsTc 7fkQ oD7w"), last(" o D7w "));
        assert_ne!(last("EsTc 7fkQ oD7w"), last("od7w"));
        assert_ne!(
            last("EsTc 7fkQ oD7w"),
            last("D7w"),
            "three characters are not four"
        );
    }
}
