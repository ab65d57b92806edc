//! The signed-in account.

use std::sync::Arc;

use matrix_sdk::{
    Client, SessionMeta,
    ruma::{DeviceId, UserId},
};
use matrix_sdk_ui::{room_list_service::RoomListService, sync_service::SyncService};
use pli_policy::Policy;
use pli_store::Stores;

use crate::{
    content::Content,
    expiry::Expiry,
    latest::LatestEvents,
    retention::{Retention, RetentionRules},
    room_keys::KeyFile,
    session::Healed,
};

/// A signed-in account: the only handle the shell has on Matrix.
pub struct Account {
    client: Client,
    meta: SessionMeta,
    sync: Arc<SyncService>,
    stores: Stores,
    retention: Arc<Retention>,
    policy: Arc<Policy>,
    pub(crate) expiry: Arc<Expiry>,
    pub(crate) latest: LatestEvents,
    pub(crate) content: Content,
    pub(crate) key_file: KeyFile,
}

impl Account {
    /// An account on a client that is signed in, over these stores.
    pub(crate) fn new(
        client: Client,
        meta: SessionMeta,
        sync: SyncService,
        stores: Stores,
        retention: Arc<Retention>,
        latest: LatestEvents,
        policy: Arc<Policy>,
    ) -> Self {
        Self {
            client,
            meta,
            sync: Arc::new(sync),
            stores,
            retention,
            policy,
            expiry: Arc::default(),
            latest,
            content: Content::default(),
            key_file: KeyFile::default(),
        }
    }

    /// What the organisation decides.
    pub(crate) fn policy(&self) -> &Arc<Policy> {
        &self.policy
    }

    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// The user.
    pub(crate) fn own_id(&self) -> &UserId {
        &self.meta.user_id
    }

    /// This device.
    pub(crate) fn own_device_id(&self) -> &DeviceId {
        &self.meta.device_id
    }

    /// Rooms as the server orders and the store remembers them.
    pub(crate) fn room_list_service(&self) -> Arc<RoomListService> {
        self.sync.room_list_service()
    }

    /// What the client keeps its data in.
    pub(crate) fn stores(&self) -> &Stores {
        &self.stores
    }

    /// When its messages end.
    pub(crate) fn retention(&self) -> &Arc<Retention> {
        &self.retention
    }

    /// What the organisation wants of messages that disappear, from now on.
    pub fn set_retention_rules(&self, rules: RetentionRules) {
        self.retention.set_rules(rules);
    }

    /// What the organisation wants of messages that disappear.
    #[must_use]
    pub fn retention_rules(&self) -> RetentionRules {
        self.retention.rules()
    }

    /// What of its data was found damaged.
    pub(crate) fn healed(&self) -> Healed {
        Healed::by(self.stores.healings())
    }

    pub(crate) fn sync_service(&self) -> &Arc<SyncService> {
        &self.sync
    }
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account").finish_non_exhaustive()
    }
}
