//! An account that has expired: the State's servers refuse every request of it, until its owner
//! has renewed it by a link that comes by e-mail (Synapse's `account_validity`).

use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use futures_util::{Stream, StreamExt as _, stream};
use matrix_sdk::{Client, HttpError, ruma::api::error::ErrorKind};
use matrix_sdk_ui::sync_service::State;
use reqwest::StatusCode;
use tokio::{
    sync::{Notify, watch},
    time::timeout,
};
use tokio_stream::wrappers::WatchStream;

use crate::{account::Account, sync::SyncStatus};

const ERRCODE: &str = "ORG_MATRIX_EXPIRED_ACCOUNT";

const SEND_MAIL: &str = "_matrix/client/unstable/account_validity/send_mail";

/// First pause between two questions whether it was renewed; doubled up to [`LONGEST_PAUSE`].
const PAUSE: Duration = Duration::from_secs(5);

const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// How long the sync may take to stop. One that has not begun to listen does so after its next
/// answer.
const STOPPING: Duration = Duration::from_secs(5);

/// How long the server may take to send the mail.
const MAIL: Duration = Duration::from_secs(30);

/// Whether the account has expired, as far as the server was asked.
#[derive(Default)]
pub(crate) struct Expiry {
    expired: watch::Sender<bool>,
    /// The user has asked for the mail: it may be renewed soon.
    asked: Notify,
}

/// Why the server sends no mail.
#[derive(Debug, thiserror::Error)]
pub enum RenewalError {
    /// The server cannot be reached.
    #[error("the server cannot be reached")]
    Offline,
    /// It sends no such mails.
    #[error("no mails of renewal")]
    NotSupported,
    /// It was asked too often.
    #[error("asked too often")]
    RateLimited,
    /// It refuses otherwise.
    #[error("refused")]
    Refused,
}

impl Account {
    /// Has the server send the mail by which its owner renews an account that has expired.
    ///
    /// # Errors
    /// See [`RenewalError`].
    pub async fn ask_renewal(&self) -> Result<(), RenewalError> {
        let client = self.client();
        let url = client.homeserver().join(SEND_MAIL);
        let (Ok(url), Some(token)) = (url, client.access_token()) else {
            return Err(RenewalError::Refused);
        };
        let request = client.http_client().post(url).bearer_auth(token);
        let request = request.json(&serde_json::json!({})).timeout(MAIL);
        let answer = request.send().await;
        let answer = answer.map_err(|_| RenewalError::Offline)?;
        match answer.status() {
            status if status.is_success() => {
                self.expiry.asked.notify_one();
                Ok(())
            }
            // A plain Synapse has the endpoint, and forbids it.
            StatusCode::FORBIDDEN | StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => {
                Err(RenewalError::NotSupported)
            }
            StatusCode::TOO_MANY_REQUESTS => Err(RenewalError::RateLimited),
            status if status.is_server_error() => Err(RenewalError::Offline),
            _ => Err(RenewalError::Refused),
        }
    }

    /// Whether it has expired, now and from now on.
    pub(crate) fn expired(&self) -> impl Stream<Item = bool> + Send + use<> {
        WatchStream::new(self.expiry.expired.subscribe())
    }
}

/// Whether this error says so.
pub(crate) fn says_expired(error: &HttpError) -> bool {
    match error {
        HttpError::Cached(error) => says_expired(error),
        error => error.client_api_error_kind().is_some_and(is_expiry),
    }
}

/// Whether an error of the server's says that the account has expired.
#[must_use]
pub fn is_expiry(kind: &ErrorKind) -> bool {
    kind.errcode().as_str() == ERRCODE
}

/// Stops the sync once the account has expired, and starts it again once it was renewed. Nothing
/// of what is here is touched. A sync that is refused would otherwise be tried again without end.
pub(crate) async fn keep_watching(account: Weak<Account>) {
    let Some(mut states) = account
        .upgrade()
        .map(|account| account.sync_service().state())
    else {
        return;
    };
    while let Some(state) = states.next().await {
        if !matches!(state, State::Offline | State::Error(_)) {
            continue;
        }
        let Some(client) = account.upgrade().map(|account| account.client().clone()) else {
            return;
        };
        if has_expired(&client).await != Some(true) {
            continue;
        }
        tracing::warn!(name: "the account has expired", "");
        let Some(held) = account.upgrade() else {
            return;
        };
        held.expiry.expired.send_replace(true);
        client.send_queue().set_enabled(false).await;
        while timeout(STOPPING, held.sync_service().stop()).await.is_err() {}
        let expiry = Arc::clone(&held.expiry);
        drop(held);
        wait_for_renewal(&expiry, &client).await;
        tracing::info!(name: "the account was renewed", "");
        let Some(held) = account.upgrade() else {
            return;
        };
        held.expiry.expired.send_replace(false);
        // What is unsent leaves once the sync has its first answer.
        held.sync_service().start().await;
    }
}

/// Asks now and then, more often after the user has asked for the mail.
async fn wait_for_renewal(expiry: &Expiry, client: &Client) {
    let mut pause = PAUSE;
    loop {
        if timeout(pause, expiry.asked.notified()).await.is_ok() {
            pause = PAUSE;
            continue;
        }
        if has_expired(client).await == Some(false) {
            return;
        }
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// `None` while nobody can tell.
async fn has_expired(client: &Client) -> Option<bool> {
    match client.whoami().await {
        Ok(_) => Some(false),
        Err(error) if says_expired(&error) => Some(true),
        Err(_) => None,
    }
}

/// Whether messages flow, which they do not for an account that has expired.
pub(crate) fn with_expiry(
    flow: impl Stream<Item = SyncStatus>,
    expired: impl Stream<Item = bool>,
) -> impl Stream<Item = SyncStatus> {
    let changes = stream::select(
        flow.map(|flow| (Some(flow), None)),
        expired.map(|expired| (None, Some(expired))),
    );
    let unknown = (None, false, None);
    let told = changes.scan(
        unknown,
        |(last_flow, last_expired, told), (flow, expired)| {
            *last_flow = flow.or(*last_flow);
            *last_expired = expired.unwrap_or(*last_expired);
            let status = if *last_expired {
                Some(SyncStatus::Expired)
            } else {
                *last_flow
            };
            let changed = status.filter(|_| status != *told);
            *told = status;
            std::future::ready(Some(changed))
        },
    );
    told.filter_map(std::future::ready)
}
