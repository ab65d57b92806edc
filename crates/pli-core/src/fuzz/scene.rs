//! An account on a server that says what it is given.

use std::{
    pin::pin,
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::Duration,
};

use futures_util::StreamExt as _;
use matrix_sdk::{
    SessionMeta, SessionTokens,
    authentication::matrix::MatrixSession,
    ruma::{OwnedDeviceId, OwnedUserId, RoomId},
};
use matrix_sdk_ui::encryption_sync_service::EncryptionSyncService;
use pli_store::Stores;
use tokio::{
    runtime::{Builder, Runtime},
    time::timeout,
};

use super::server::Server;
use crate::{
    account::Account,
    http::{self, Network},
    retention::Keeping,
    session,
};

/// As the shell's runtime has: messages with deeply nested HTML are freed by recursion.
const STACK: usize = 16 * 1024 * 1024;

/// An answer that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(60);

/// Rooms after which an account is begun anew, so that memory stays bounded.
const ROOMS: usize = 100;

static RUNTIME: OnceLock<Option<Runtime>> = OnceLock::new();
static SCENE: Mutex<Option<Scene>> = Mutex::new(None);

/// A signed-in account, over stores in memory, and its server.
pub struct Scene {
    server: Server,
    account: Arc<Account>,
    encryption: EncryptionSyncService,
    rooms: usize,
}

impl Scene {
    /// Plays something with the one account that there is at a time.
    pub fn play<T>(scenario: impl AsyncFnOnce(&mut Self) -> T) -> Option<T> {
        let runtime = RUNTIME.get_or_init(|| {
            let mut builder = Builder::new_multi_thread();
            builder.worker_threads(2).thread_stack_size(STACK);
            builder.enable_all().build().ok()
        });
        let runtime = runtime.as_ref();
        assert!(runtime.is_some(), "no runtime");
        let mut kept = SCENE.lock().unwrap_or_else(PoisonError::into_inner);
        runtime.map(|runtime| {
            runtime.block_on(async {
                let scene = match kept.take() {
                    Some(scene) if scene.rooms < ROOMS => Some(scene),
                    _ => Self::new().await,
                };
                assert!(scene.is_some(), "no account");
                let mut scene = scene?;
                let played = timeout(PATIENCE, scenario(&mut scene)).await;
                assert!(played.is_ok(), "it hangs");
                *kept = Some(scene);
                played.ok()
            })
        })?
    }

    async fn new() -> Option<Self> {
        let server = Server::start().await?;
        let session = MatrixSession {
            meta: SessionMeta {
                user_id: OwnedUserId::try_from("@camille:example.org").ok()?,
                device_id: OwnedDeviceId::from("PLI"),
            },
            tokens: SessionTokens {
                access_token: "token".to_owned(),
                refresh_token: None,
            },
        };
        let client = http::client(&Network::default()).ok()?;
        let stores = Stores::in_memory().ok()?;
        let under = (Arc::default(), Keeping::default());
        let account = session::open_account(client, under, stores, &server.url, session);
        let account = account.await.ok()?;
        let encryption = EncryptionSyncService::new(account.client().clone(), None);
        Some(Self {
            encryption: encryption.await.ok()?,
            server,
            account,
            rooms: 0,
        })
    }

    /// The account.
    pub fn account(&self) -> &Arc<Account> {
        &self.account
    }

    /// The id of a room that nobody has heard of.
    pub fn new_room(&mut self) -> String {
        self.rooms += 1;
        format!("!r{}:example.org", self.rooms)
    }

    /// Gives the sync of rooms an answer; an error tells why it was not taken.
    ///
    /// # Errors
    /// It was refused.
    pub async fn sync_rooms(&self, answer: &[u8]) -> Result<(), String> {
        self.server.give(answer);
        let rooms = self.account.room_list_service();
        let taken = pin!(rooms.sync()).next().await;
        assert!(self.server.was_asked(), "the client did not ask");
        told(taken)
    }

    /// Gives the sync of keys an answer; an error tells why it was not taken.
    ///
    /// # Errors
    /// It was refused.
    pub async fn sync_encryption(&self, answer: &[u8]) -> Result<(), String> {
        let permit = self.account.sync_service().try_get_encryption_sync_permit();
        assert!(permit.is_some(), "somebody syncs already");
        let permit = permit.ok_or_else(String::new)?;
        self.server.give(answer);
        let taken = pin!(self.encryption.sync(permit)).next().await;
        assert!(self.server.was_asked(), "the client did not ask");
        told(taken)
    }

    /// Whether the room list answers, and has this room.
    pub(super) async fn lists(&self, room: &str) -> bool {
        let Ok(list) = self.account.room_list().await else {
            return false;
        };
        let told = pin!(list).next().await;
        let known = RoomId::parse(room).ok();
        told.is_some() && known.is_some_and(|id| self.account.client().get_room(&id).is_some())
    }
}

fn told<E: std::error::Error>(taken: Option<Result<(), E>>) -> Result<(), String> {
    taken
        .ok_or_else(|| "the sync ended".to_owned())?
        .map_err(|error| format!("{error}"))
}

impl Drop for Scene {
    fn drop(&mut self) {
        self.account.over().cancel();
        self.account.latest.end();
    }
}
