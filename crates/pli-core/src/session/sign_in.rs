//! Signing in.

use std::sync::Arc;

use matrix_sdk::{
    Client, SessionMeta, SessionTokens,
    authentication::matrix::MatrixSession,
    ruma::{
        UserId,
        api::client::{
            session::login::v3::{LoginInfo, Password, Request},
            uiaa::{self, AuthData, EmailUserIdentifier, MatrixUserIdentifier, UserIdentifier},
        },
    },
    sliding_sync::VersionBuilder,
};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::{Open, Record, SaveError, Session, SignInError, State, Step, blocking, connect};
use crate::{account::Account, discovery::Discovered};

/// What the server and the user's other devices call this one.
const DEVICE_NAME: &str = if cfg!(target_os = "windows") {
    "Pli (Windows)"
} else if cfg!(target_os = "macos") {
    "Pli (macOS)"
} else {
    "Pli (Linux)"
};

impl Session {
    /// Signs in with a password, over a new store.
    ///
    /// # Errors
    /// See [`SignInError`]; nothing is kept then.
    pub async fn sign_in(
        &self,
        address: &str,
        server: Option<&str>,
        password: SecretString,
    ) -> Result<(), SignInError> {
        let mut open = self.0.open.lock().await;
        if !matches!(self.state(), State::SignedOut { .. }) {
            return Err(SignInError::NotNow);
        }
        let found = self.discover(address, server).await?;
        if !found.password {
            return Err(SignInError::LoginNotSupported);
        }
        let login = Password::new(
            identifier(&found, address.trim()),
            password.expose_secret().to_owned(),
        );
        let login = LoginInfo::Password(login);
        let session = self.log_in(&found.base_url, login).await?;
        self.settle_in(&mut open, found.base_url, session, Some(&password))
            .await
    }

    /// Opens the account of a device that the server has just given, over a new store; the server
    /// may ask for the password again, where there is one.
    pub(super) async fn settle_in(
        &self,
        open: &mut Open,
        base_url: Url,
        session: MatrixSession,
        password: Option<&SecretString>,
    ) -> Result<(), SignInError> {
        // What an ended session left behind belongs to another device.
        connect::erase_stores(&self.0.profile)
            .await
            .map_err(|error| SignInError::Connect(error.into()))?;
        let mut record = Record {
            base_url,
            session,
            by_password: password.is_some(),
            step: Some(Step::EnterCode),
            ended: None,
            display_name: None,
            avatar: None,
        };
        match self.settle(open, &mut record, password).await {
            Ok(account) => {
                self.install(open, account, record);
                Ok(())
            }
            Err(error) => {
                tracing::warn!(name: "a sign-in was given up", step = error.name());
                self.give_back(&record);
                self.forget(open).await;
                Err(error)
            }
        }
    }

    /// Asks the server for a device. A bare client does it, so that a refused password leaves
    /// no store behind.
    pub(super) async fn log_in(
        &self,
        base_url: &Url,
        login: LoginInfo,
    ) -> Result<MatrixSession, SignInError> {
        let client = Client::builder()
            .homeserver_url(base_url)
            .http_client(self.0.http.clone())
            .sliding_sync_version_builder(VersionBuilder::Native)
            .build()
            .await
            .map_err(|error| SignInError::Connect(connect::ConnectError::Build(error.into())))?;
        let mut request = Request::new(login);
        request.initial_device_display_name = Some(DEVICE_NAME.to_owned());
        let answer = client.send(request).await?;
        Ok(MatrixSession {
            meta: SessionMeta {
                user_id: answer.user_id,
                device_id: answer.device_id,
            },
            tokens: SessionTokens {
                access_token: answer.access_token,
                refresh_token: None,
            },
        })
    }

    /// Opens the account and finds out what is to be done before composing.
    async fn settle(
        &self,
        open: &mut Open,
        record: &mut Record,
        password: Option<&SecretString>,
    ) -> Result<Arc<Account>, SignInError> {
        self.save(open, record).await?;
        let vault = open.vault.clone().ok_or(SaveError::Vault)?;
        let stores = connect::open_stores(&self.0.profile, vault).await?;
        let account = self.connect(stores, record).await?;
        let step = first_step(account.client(), record, password).await;
        record.step = Some(step.map_err(SignInError::of_encryption)?);
        self.save(open, record).await?;
        Ok(account)
    }

    /// Keeps `record` in the vault.
    pub(super) async fn save(&self, open: &Open, record: &Record) -> Result<(), SaveError> {
        let vault = open.vault.clone().ok_or(SaveError::Vault)?;
        let written = record.write().ok_or(SaveError::Vault)?;
        let saved = blocking(move || vault.save_session(&written)).await;
        Ok(saved.ok_or(SaveError::Vault)??)
    }
}

fn identifier(found: &Discovered, address: &str) -> UserIdentifier {
    let user = match &found.user_id {
        Some(user_id) => user_id.to_string(),
        None if address.contains('@') => {
            return UserIdentifier::Email(EmailUserIdentifier::new(address.to_owned()));
        }
        None => address.to_owned(),
    };
    UserIdentifier::Matrix(MatrixUserIdentifier::new(user))
}

/// A new account gets its cross-signing identity here, and its code is then shown; an account
/// that has one must prove that this device is the same person's. Since version 1.11 of the
/// specification, servers ask for nothing more when a first identity is uploaded; older ones ask
/// for the password.
async fn first_step(
    client: &Client,
    record: &Record,
    password: Option<&SecretString>,
) -> matrix_sdk::Result<Step> {
    let encryption = client.encryption();
    encryption.wait_for_e2ee_initialization_tasks().await;
    let user_id = &record.session.meta.user_id;
    if encryption.request_user_identity(user_id).await?.is_some() {
        return Ok(Step::EnterCode);
    }
    if let Err(error) = encryption.bootstrap_cross_signing(None).await {
        let (Some(challenge), Some(password)) = (error.as_uiaa_response(), password) else {
            return Err(error);
        };
        let auth = password_auth(user_id, password, challenge.session.clone());
        encryption.bootstrap_cross_signing(Some(auth)).await?;
    }
    Ok(Step::ShowCode)
}

/// The password, as an answer to the server's challenge.
pub(crate) fn password_auth(
    user_id: &UserId,
    password: &SecretString,
    challenge: Option<String>,
) -> AuthData {
    let user = user_id.to_string();
    let mut auth = uiaa::Password::new(
        UserIdentifier::Matrix(MatrixUserIdentifier::new(user)),
        password.expose_secret().to_owned(),
    );
    auth.session = challenge;
    AuthData::Password(auth)
}
