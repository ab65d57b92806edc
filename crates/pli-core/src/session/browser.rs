//! What the user does in the system's browser: signing in by the portal of the ministry
//! (`m.login.sso`; spec: Client-Server API, "SSO client login/authentication"), and confirming
//! there that a new identity is theirs.

use std::{
    io,
    sync::{MutexGuard, PoisonError},
    time::Duration,
};

use matrix_sdk::{
    encryption::{
        CrossSigningResetAuthType,
        recovery::{IdentityResetHandle, RecoveryError as SdkRecovery},
    },
    ruma::api::client::{
        session::login::v3::{LoginInfo, Token},
        uiaa::{AuthData, AuthType, UiaaInfo},
    },
};
use secrecy::{ExposeSecret as _, SecretString};
use tokio_util::sync::CancellationToken;
use url::Url;

use super::{RecoveryError, Session, SignInError, State, Step};
use crate::{
    discovery::Discovered,
    loopback::{Loopback, Pages},
};

/// How long the user may take in the browser.
const PATIENCE: Duration = Duration::from_secs(10 * 60);

/// The parameter that the server adds to the redirect.
const LOGIN_TOKEN: &str = "loginToken";

/// What is under way in the browser: one thing at a time.
#[derive(Default)]
pub(super) struct InBrowser {
    signing_in: Option<SigningIn>,
    resetting: Option<Resetting>,
    given_up: CancellationToken,
}

struct SigningIn {
    found: Discovered,
    loopback: Loopback,
}

/// A new identity that waits for its confirmation.
struct Resetting {
    handle: IdentityResetHandle,
    challenge: String,
}

impl Session {
    /// Begins to sign in by the portal of the server, or by one of several; gives the link to open
    /// in the browser. What was under way there before is given up.
    ///
    /// # Errors
    /// See [`SignInError`].
    pub async fn browser_sign_in(
        &self,
        address: &str,
        server: Option<&str>,
        provider: Option<&str>,
        pages: Pages,
    ) -> Result<Url, SignInError> {
        if !matches!(self.state(), State::SignedOut { .. }) {
            return Err(SignInError::NotNow);
        }
        let found = self.discover(address, server).await?;
        let providers = found.sso.as_ref();
        let providers = providers.ok_or(SignInError::LoginNotSupported)?;
        if provider.is_some_and(|id| providers.iter().all(|known| known.id != id)) {
            return Err(SignInError::LoginNotSupported);
        }
        let loopback = Loopback::listen(pages).await;
        let loopback = loopback.map_err(SignInError::Loopback)?;
        let link = link(&found.base_url, provider, loopback.redirect());
        let link = link.ok_or_else(|| SignInError::Loopback(io::Error::other("no link")))?;
        self.give_up_browser();
        self.in_browser().signing_in = Some(SigningIn { found, loopback });
        Ok(link)
    }

    /// Waits until the user has signed in in the browser, then signs in here, over a new store.
    ///
    /// # Errors
    /// See [`SignInError`]; nothing is kept then.
    pub async fn browser_signed_in(&self) -> Result<(), SignInError> {
        let (signing_in, given_up) = {
            let mut browser = self.in_browser();
            (browser.signing_in.take(), browser.given_up.clone())
        };
        let SigningIn { found, loopback } = signing_in.ok_or(SignInError::NotNow)?;
        let token = tokio::select! {
            () = given_up.cancelled() => return Err(SignInError::GivenUp),
            () = tokio::time::sleep(PATIENCE) => return Err(SignInError::BrowserTooSlow),
            token = loopback.wait_for(LOGIN_TOKEN) => token.map_err(SignInError::Loopback)?,
        };
        drop(loopback);
        let mut open = self.0.open.lock().await;
        if !matches!(self.state(), State::SignedOut { .. }) {
            return Err(SignInError::NotNow);
        }
        let login = LoginInfo::Token(Token::new(token.expose_secret().to_owned()));
        let session = match self.log_in(&found.base_url, login).await {
            // Used already, or too old.
            Err(SignInError::WrongPassword) => return Err(SignInError::TokenRefused),
            session => session?,
        };
        self.settle_in(&mut open, found.base_url, session, None)
            .await
    }

    /// Begins to start afresh (see [`Session::recovery_reset`]), for an account without a
    /// password; gives the link at which the user confirms it in the browser.
    ///
    /// # Errors
    /// See [`RecoveryError`].
    pub async fn browser_reset(&self) -> Result<Url, RecoveryError> {
        let _open = self.0.open.lock().await;
        let account = self.at(Step::EnterCode)?;
        // As when it is reset by a password; the sync goes on once this one ends.
        if !account.is_answered().await {
            return Err(RecoveryError::Offline);
        }
        self.give_up_browser();
        account.sync_service().stop().await;
        let begun = async {
            let recovery = account.client().encryption().recovery();
            let handle = recovery.reset_identity().await?;
            let handle = handle.ok_or(RecoveryError::NotNow)?;
            let CrossSigningResetAuthType::Uiaa(asked) = handle.auth_type() else {
                return Err(RecoveryError::NoBrowser);
            };
            let challenge = challenge(asked).ok_or(RecoveryError::NoBrowser)?;
            let link = fallback(&account.client().homeserver(), &challenge);
            let link = link.ok_or(RecoveryError::NoBrowser)?;
            Ok((Resetting { handle, challenge }, link))
        };
        match begun.await {
            Ok((resetting, link)) => {
                self.in_browser().resetting = Some(resetting);
                Ok(link)
            }
            Err(error) => {
                account.sync_service().start().await;
                Err(error)
            }
        }
    }

    /// Waits until the user has confirmed the new identity in the browser; gives the new code.
    ///
    /// # Errors
    /// See [`RecoveryError`].
    pub async fn browser_was_reset(&self) -> Result<SecretString, RecoveryError> {
        let (resetting, given_up) = {
            let mut browser = self.in_browser();
            (browser.resetting.take(), browser.given_up.clone())
        };
        let Resetting { handle, challenge } = resetting.ok_or(RecoveryError::NotNow)?;
        let account = self.at(Step::EnterCode)?;
        // The SDK asks twice a second whether it was confirmed, for two minutes at a time.
        let confirmed = async {
            loop {
                let auth = AuthData::fallback_acknowledgement(challenge.clone());
                match handle.reset(Some(auth)).await {
                    Err(SdkRecovery::Sdk(matrix_sdk::Error::Timeout)) => {}
                    done => return done.map_err(RecoveryError::from),
                }
            }
        };
        let reset = tokio::select! {
            () = given_up.cancelled() => Err(RecoveryError::GivenUp),
            () = tokio::time::sleep(PATIENCE) => Err(RecoveryError::BrowserTooSlow),
            confirmed = confirmed => confirmed,
        };
        let whole = match reset {
            Ok(()) => super::recover::is_own(&account).await,
            Err(error) => Err(error),
        };
        account.sync_service().start().await;
        if !whole? {
            // The sync came in between: what was made is not this device's.
            return Err(RecoveryError::NotNow);
        }
        let mut open = self.0.open.lock().await;
        self.at(Step::EnterCode)?;
        self.show_new_code(&mut open, &account).await
    }

    /// Gives up what is under way in the browser. Who waits for it is told.
    pub fn give_up_browser(&self) {
        let before = std::mem::take(&mut *self.in_browser());
        before.given_up.cancel();
        if before.resetting.is_some()
            && let Some(account) = self.account()
        {
            // Nobody waits for it, who would do so.
            tokio::spawn(async move { account.sync_service().start().await });
        }
    }

    fn in_browser(&self) -> MutexGuard<'_, InBrowser> {
        let browser = self.0.browser.lock();
        browser.unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where the portal is, or one of several, and where it leads back to.
fn link(base_url: &Url, provider: Option<&str>, redirect: &Url) -> Option<Url> {
    let mut link = below(base_url, &["login", "sso", "redirect"])?;
    if let Some(provider) = provider {
        link.path_segments_mut().ok()?.push(provider);
    }
    link.query_pairs_mut()
        .append_pair("redirectUrl", redirect.as_str());
    Some(link)
}

/// Where the server has a challenge answered in a browser.
fn fallback(base_url: &Url, challenge: &str) -> Option<Url> {
    let mut link = below(base_url, &["auth", "m.login.sso", "fallback", "web"])?;
    link.query_pairs_mut().append_pair("session", challenge);
    Some(link)
}

fn below(base_url: &Url, path: &[&str]) -> Option<Url> {
    let mut url = base_url.clone();
    url.set_query(None);
    url.path_segments_mut()
        .ok()?
        .pop_if_empty()
        .extend(["_matrix", "client", "v3"])
        .extend(path);
    Some(url)
}

/// The session of a challenge that the browser alone can answer.
fn challenge(asked: &UiaaInfo) -> Option<String> {
    let in_browser = asked
        .flows
        .iter()
        .any(|flow| matches!(flow.stages.as_slice(), [AuthType::Sso]));
    in_browser.then(|| asked.session.clone()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_one_provider_or_to_the_servers_choice_and_back() {
        let base = Url::parse("https://matrix.agent.example/").unwrap();
        let back = Url::parse("http://127.0.0.1:4242/secret").unwrap();
        let link = |provider| link(&base, provider, &back).unwrap().to_string();
        let query = "?redirectUrl=http%3A%2F%2F127.0.0.1%3A4242%2Fsecret";
        let path = "https://matrix.agent.example/_matrix/client/v3/login/sso/redirect";
        assert_eq!(link(None), format!("{path}{query}"));
        assert_eq!(link(Some("oidc-a")), format!("{path}/oidc-a{query}"));
        assert_eq!(
            link(Some("../x?y")),
            format!("{path}/..%2Fx%3Fy{query}"),
            "whatever a server calls its providers"
        );
    }
}
