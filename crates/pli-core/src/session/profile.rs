//! The user's own name and avatar, kept with the session to be drawn before the network answers.

use std::sync::{Arc, Weak};

use futures_util::StreamExt as _;
use matrix_sdk::ruma::{
    OwnedMxcUri,
    api::client::profile::{AvatarUrl, DisplayName},
};

use super::Session;
use crate::{account::Account, mxc, sync::SyncStatus};

impl Session {
    /// Asks the server for name and avatar each time it is reached again.
    pub(super) fn watch_profile(&self, account: &Arc<Account>) {
        let mut status = Box::pin(account.sync_status());
        let watched = Arc::downgrade(account);
        let session = self.clone();
        // Cut short at a request or at the lock only: nobody ends an account without the lock.
        account.spawn_until_over(async move {
            while let Some(status) = status.next().await {
                if status == SyncStatus::Online && session.refresh_profile(&watched).await.is_none()
                {
                    return;
                }
            }
        });
    }

    /// `None` once the account is gone.
    async fn refresh_profile(&self, account: &Weak<Account>) -> Option<()> {
        let client = account.upgrade()?.client().clone();
        let Ok(profile) = client.account().fetch_user_profile().await else {
            return Some(());
        };
        drop(client);
        let name = profile.get_static::<DisplayName>().ok().flatten();
        let avatar = profile.get_static::<AvatarUrl>().ok().flatten();
        self.keep_profile(account, name, avatar.filter(|uri| mxc::is_safe(uri)))
            .await
    }

    async fn keep_profile(
        &self,
        account: &Weak<Account>,
        name: Option<String>,
        avatar: Option<OwnedMxcUri>,
    ) -> Option<()> {
        let mut open = self.0.open.lock().await;
        // A sign-out may have come in between.
        let account = account.upgrade()?;
        let mut record = open.record.clone()?;
        if record.display_name == name && record.avatar == avatar {
            return Some(());
        }
        record.display_name = name;
        record.avatar = avatar;
        if self.save(&open, &record).await.is_err() {
            tracing::warn!(name: "the profile could not be kept", "");
        }
        let state = record.state(account.healed());
        open.record = Some(record);
        self.enter(state);
        Some(())
    }
}
