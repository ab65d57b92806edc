//! Let in by another device of the user's own: it vouches for this one, and gives the secrets.

use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use futures_util::StreamExt as _;
use matrix_sdk::{
    Client,
    encryption::{VerificationState, backups::BackupState},
    ruma::{
        events::{
            ToDeviceEventType,
            secret::{request::SecretName, send::ToDeviceSecretSendEvent},
        },
        to_device::DeviceIdOrAllDevices,
    },
};
use matrix_sdk_base::crypto::{SecretInfo, store::CryptoStore as _};
use pli_store::Stores;
use serde_json::json;
use tokio::sync::watch;

use super::{Inner, Session, Step};
use crate::{account::Account, to_device};

/// How long the secrets may take before they are asked for again; doubled each time.
const PAUSE: Duration = Duration::from_secs(2);

const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// What a device that vouches for this one has to give.
const SECRETS: [SecretName; 4] = [
    SecretName::CrossSigningMasterKey,
    SecretName::CrossSigningSelfSigningKey,
    SecretName::CrossSigningUserSigningKey,
    SecretName::RecoveryKey,
];

impl Session {
    /// While the recovery code is waited for, a verification by another device does as well.
    pub(super) fn watch_verification(&self, account: &Arc<Account>) {
        let session = Arc::downgrade(&self.0);
        let (client, stores) = (account.client().clone(), account.stores().clone());
        account.spawn_until_over(async move {
            wait_for_secrets(&client, &stores).await;
            drop((client, stores));
            // Beside this task, which ends with the account: letting in must not be cut short.
            tokio::spawn(let_in(session));
        });
    }
}

async fn let_in(session: Weak<Inner>) {
    let Some(session) = session.upgrade().map(Session) else {
        return;
    };
    let mut open = session.0.open.lock().await;
    // The code may have been typed, or the user gone, in the meantime.
    let Ok(account) = session.at(Step::EnterCode) else {
        return;
    };
    if session.admit(&mut open).await.is_err() {
        tracing::error!(name: "a verified device could not be let in", "");
        return;
    }
    session.fetch_history(&account);
}

/// Until this device is vouched for, and has all that the recovery code would have given.
async fn wait_for_secrets(client: &Client, stores: &Stores) {
    let (received, mut secrets) = watch::channel(());
    let handler = client.add_event_handler(move |_: ToDeviceSecretSendEvent| {
        received.send_replace(());
        std::future::ready(())
    });
    let _handler = client.event_handler_drop_guard(handler);
    let encryption = client.encryption();
    let mut verified = encryption.verification_state();
    let backups = encryption.backups();
    let mut states = std::pin::pin!(backups.state_stream());
    let mut pause = PAUSE;
    while !has_secrets(client).await {
        let is_verified = verified.get() == VerificationState::Verified;
        tokio::select! {
            () = tokio::time::sleep(pause), if is_verified => {
                pause = (pause * 2).min(LONGEST_PAUSE);
                ask_again(client, stores).await;
            }
            told = verified.next() => if told.is_none() { return std::future::pending().await },
            _ = states.next() => {}
            _ = secrets.changed() => {}
        }
    }
}

async fn has_secrets(client: &Client) -> bool {
    let encryption = client.encryption();
    if encryption.verification_state().get() != VerificationState::Verified {
        return false;
    }
    let status = encryption.cross_signing_status().await;
    if !status.is_some_and(|status| status.is_complete()) {
        return false;
    }
    let backups = encryption.backups();
    if backups.state() == BackupState::Enabled {
        return true;
    }
    // An account without a backup has no old messages to open.
    matches!(backups.exists_on_server().await, Ok(false))
}

/// Asks again for the secrets that were asked for and have not come. The SDK asks once, and a
/// device refuses while it has not yet vouched for the asking one: with a QR code, the question
/// may come there before the last message of the verification (matrix-sdk 0.18).
async fn ask_again(client: &Client, stores: &Stores) {
    let crypto = stores.crypto_store();
    for name in SECRETS {
        let info = SecretInfo::SecretRequest(name.clone());
        let asked = crypto.get_secret_request_by_info(&info);
        let (Ok(Some(asked)), Some(device_id)) = (asked.await, client.device_id()) else {
            continue;
        };
        let question = json!({
            "action": "request", "name": name, "request_id": asked.request_id,
            "requesting_device_id": device_id,
        });
        let (kind, all) = (
            ToDeviceEventType::SecretRequest,
            DeviceIdOrAllDevices::AllDevices,
        );
        to_device::send(client, kind, all, &question).await;
    }
}
