//! Signing out, by the user's wish or not.

use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use matrix_sdk::{Client, SessionChange, ruma::api::error::ErrorKind};
use pli_vault::Vault;
use tokio::sync::broadcast::error::RecvError;

use super::{End, Open, Record, Session, SignOutError, State, blocking, connect};
use crate::account::Account;

/// How long the server may take to hear that a device is gone.
const FAREWELL: Duration = Duration::from_secs(10);

impl Session {
    /// Signs out: the device at the server when it can be reached, then everything here. The
    /// store key is destroyed, so that what a disk still holds cannot be read.
    ///
    /// # Errors
    /// When the keyring or the disk refuses; the session is over all the same.
    pub async fn sign_out(&self) -> Result<(), SignOutError> {
        let erased = {
            let mut open = self.0.open.lock().await;
            let account = self.account().ok_or(SignOutError::NotNow)?;
            account.stop().await;
            let client = account.client().clone();
            drop(account);
            if tokio::time::timeout(FAREWELL, client.matrix_auth().logout())
                .await
                .is_ok_and(|answer| answer.is_ok())
            {
                tracing::info!(name: "the server let the device go", "");
            } else {
                tracing::warn!(name: "the server kept the device", "");
            }
            drop(client);
            self.enter(State::Starting);
            self.erase(&mut open).await
        };
        self.start().await;
        erased
    }

    /// Destroys the key, then what it opened.
    pub(super) async fn erase(&self, open: &mut Open) -> Result<(), SignOutError> {
        self.hold(None);
        let vault = std::mem::take(open).vault;
        let profile = self.0.profile.clone();
        let key = blocking(move || match vault {
            Some(vault) => vault.erase(),
            None => Vault::erase_profile(&profile),
        })
        .await;
        let files = connect::erase_stores(&self.0.profile).await;
        key.ok_or(SignOutError::Interrupted)??;
        Ok(files?)
    }

    /// Drops the account and all that the profile holds of it, but not the key.
    pub(super) async fn forget(&self, open: &mut Open) {
        self.hold(None);
        open.record = None;
        open.code = None;
        if let Some(vault) = open.vault.clone() {
            blocking(move || vault.forget_session()).await;
        }
        if connect::erase_stores(&self.0.profile).await.is_err() {
            tracing::error!(name: "the store could not be removed", "");
        }
    }

    /// Tells the server, in the background, that a device is of no use: without stores, there
    /// is no client that could.
    pub(super) fn give_back(&self, record: &Record) {
        let Ok(url) = record.base_url.join("_matrix/client/v3/logout") else {
            return;
        };
        let request = self
            .0
            .http
            .post(url)
            .bearer_auth(&record.session.tokens.access_token)
            .json(&serde_json::json!({}))
            .timeout(FAREWELL);
        tokio::spawn(async move {
            if !request.send().await.is_ok_and(|a| a.status().is_success()) {
                tracing::warn!(name: "the server kept the device", "");
            }
        });
    }

    /// The keys of the device are gone: it can neither read nor be trusted any more.
    pub(super) async fn lose_device(&self, open: &mut Open, mut record: Record) {
        tracing::error!(name: "the keys of the device are lost", "");
        self.give_back(&record);
        record.ended = Some(End::KeysLost);
        if self.save(open, &record).await.is_err() {
            tracing::warn!(name: "the end of the session could not be kept", "");
        }
        self.enter(State::SignedOut {
            ended: Some(End::KeysLost),
        });
    }

    /// Ends the session when the server no longer knows the device.
    pub(super) fn watch_token(&self, account: &Arc<Account>) {
        let revoked = revoked(account.client().clone());
        let (over, account) = (account.over().clone(), Arc::downgrade(account));
        let session = self.clone();
        tokio::spawn(async move {
            if let Some(Some(end)) = over.run_until_cancelled(revoked).await {
                session.end(&account, end).await;
            }
        });
    }

    /// The session is over; the store stays until the next sign-in, since the server may err.
    async fn end(&self, account: &Weak<Account>, end: End) {
        let mut open = self.0.open.lock().await;
        // A sign-out may have come in between, and waits for all who hold the account.
        let Some(account) = account.upgrade() else {
            return;
        };
        account.stop().await;
        self.hold(None);
        if let Some(mut record) = open.record.take() {
            record.ended = Some(end);
            let _ = self.save(&open, &record).await;
        }
        self.enter(State::SignedOut { ended: Some(end) });
    }
}

/// Waits until the server no longer knows the device; `None` if that can no longer be learnt.
async fn revoked(client: Client) -> Option<End> {
    let mut changes = client.subscribe_to_session_changes();
    loop {
        match changes.recv().await {
            Ok(SessionChange::UnknownToken(_)) => {}
            Ok(SessionChange::TokensRefreshed) | Err(RecvError::Lagged(_)) => continue,
            Err(RecvError::Closed) => return None,
        }
        if let Some(end) = confirm_end(&client).await {
            return Some(end);
        }
    }
}

/// Asks again before believing that the token is revoked: a server in trouble may say so once.
async fn confirm_end(client: &Client) -> Option<End> {
    tokio::time::sleep(Duration::from_secs(1)).await;
    let error = client.whoami().await.err()?;
    match error.client_api_error_kind()? {
        ErrorKind::UnknownToken(_) => Some(End::TokenRevoked),
        ErrorKind::UserDeactivated => Some(End::AccountDeactivated),
        // One that has expired may be renewed: see `expiry`.
        _ => None,
    }
}
