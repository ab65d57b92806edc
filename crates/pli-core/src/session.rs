//! The session of a profile: from opening the vault to signing out.
//!
//! One [`Session`] a process. It decides which screen is drawn ([`State`]) and holds the
//! [`Account`] while there is one. Transitions are serialised; a failed one leaves the
//! session where it was.

use std::sync::{Arc, Mutex as Lock, PoisonError, RwLock};

use futures_util::Stream;
use pli_policy::Policy;
use pli_store::Stores;
use pli_vault::{Profile, Vault};
use reqwest::Client as Http;
use secrecy::SecretString;
use tokio::sync::{Mutex, watch};
use tokio_stream::wrappers::WatchStream;

use crate::{
    account::Account,
    discovery::{self, Discovered, DiscoveryError},
    http::{self, Network},
    retention::{Keeping, RetentionRules},
    self_test,
};

mod browser;
mod connect;
mod error;
mod profile;
mod record;
mod recover;
mod sign_in;
mod sign_out;
mod state;
mod verified;

#[cfg(any(test, feature = "fuzz"))]
pub(crate) use self::connect::open_account;
pub(crate) use self::sign_in::password_auth;
use self::{browser::InBrowser, connect::ConnectError, record::Record, state::vault_locked};
pub use self::{
    error::{RecoveryError, SaveError, SignInError, SignOutError, StartError, UnlockError},
    recover::HistoryProgress,
    state::{End, Healed, Identity, State, Step, StoreProblem, VaultProblem},
};

/// The session of a profile. Cloning gives another handle on the same one.
#[derive(Clone)]
pub struct Session(Arc<Inner>);

struct Inner {
    profile: Profile,
    http: Http,
    policy: Arc<Policy>,
    keeping: Keeping,
    state: watch::Sender<State>,
    account: RwLock<Option<Arc<Account>>>,
    history: watch::Sender<HistoryProgress>,
    open: Mutex<Open>,
    browser: Lock<InBrowser>,
}

/// What transitions change, one at a time.
#[derive(Default)]
struct Open {
    vault: Option<Vault>,
    record: Option<Record>,
    /// The recovery code that was shown and not yet confirmed.
    code: Option<SecretString>,
}

impl Session {
    /// A session that has not started, under the policy of the organisation.
    ///
    /// # Errors
    /// When the network settings cannot be used, or the cryptography cannot be trusted.
    pub fn new(
        profile: Profile,
        network: &Network,
        policy: Arc<Policy>,
    ) -> Result<Self, StartError> {
        let keeping = Keeping {
            rules: RetentionRules::of(&policy),
            ..Keeping::default()
        };
        Self::new_keeping(profile, network, policy, keeping)
    }

    /// The same, with rules and a clock for messages that disappear.
    ///
    /// # Errors
    /// As of [`Session::new`].
    pub fn new_keeping(
        profile: Profile,
        network: &Network,
        policy: Arc<Policy>,
        keeping: Keeping,
    ) -> Result<Self, StartError> {
        if !self_test::passes() {
            return Err(StartError::SelfTest);
        }
        Ok(Self(Arc::new(Inner {
            profile,
            http: http::client(network)?,
            policy,
            keeping,
            state: watch::Sender::new(State::Starting),
            account: RwLock::default(),
            history: watch::Sender::new(HistoryProgress::default()),
            open: Mutex::default(),
            browser: Lock::default(),
        })))
    }

    /// Where the session stands, now and from now on.
    pub fn states(&self) -> impl Stream<Item = State> + Send + use<> {
        WatchStream::new(self.0.state.subscribe())
    }

    /// Where the session stands.
    pub fn state(&self) -> State {
        self.0.state.borrow().clone()
    }

    /// The account, while one is signed in, also during recovery.
    pub fn account(&self) -> Option<Arc<Account>> {
        let account = self.0.account.read();
        account.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The profile.
    pub fn profile(&self) -> &Profile {
        &self.0.profile
    }

    /// How far the retrieval of old room keys is, now and from now on.
    pub fn history(&self) -> impl Stream<Item = HistoryProgress> + Send + use<> {
        WatchStream::new(self.0.history.subscribe())
    }

    /// Finds the server of an address.
    ///
    /// # Errors
    /// See [`DiscoveryError`].
    pub async fn discover(
        &self,
        address: &str,
        server: Option<&str>,
    ) -> Result<Discovered, DiscoveryError> {
        discovery::discover(&self.0.http, &self.0.policy, address, server).await
    }

    /// Opens the vault by the keyring, and the account if there is one. What goes wrong is told
    /// by [`Session::state`].
    pub async fn start(&self) {
        let mut open = self.0.open.lock().await;
        let profile = self.0.profile.clone();
        let opened = blocking(move || Vault::open(&profile)).await;
        match opened {
            Some(Ok(vault)) => self.resume(&mut open, vault).await,
            Some(Err(error)) => {
                let has_passphrase = Vault::has_passphrase(&self.0.profile);
                tracing::warn!(name: "the vault did not open", error = error_name(&error));
                self.enter(vault_locked(&error, has_passphrase));
            }
            None => self.enter(State::StoreUnusable(StoreProblem::Unreadable)),
        }
    }

    /// Opens the vault by a passphrase, and the account if there is one. On a fresh profile the
    /// passphrase is set.
    ///
    /// # Errors
    /// When the passphrase is wrong or too short.
    pub async fn unlock(&self, passphrase: SecretString) -> Result<(), UnlockError> {
        let mut open = self.0.open.lock().await;
        if !matches!(self.state(), State::VaultLocked { .. }) {
            return Err(UnlockError::NotNow);
        }
        let profile = self.0.profile.clone();
        let opened = blocking(move || Vault::open_with_passphrase(&profile, &passphrase)).await;
        let vault = opened.ok_or(UnlockError::Interrupted)??;
        self.resume(&mut open, vault).await;
        Ok(())
    }

    /// Starts on a vault that is already open.
    pub async fn start_with(&self, vault: Vault) {
        let mut open = self.0.open.lock().await;
        self.resume(&mut open, vault).await;
    }

    /// Forgets the profile, whose key is lost, so that a new one can be made.
    ///
    /// # Errors
    /// When the files or the keyring's entry cannot be removed.
    pub async fn start_afresh(&self) -> Result<(), SignOutError> {
        let erased = {
            let mut open = self.0.open.lock().await;
            if !matches!(
                self.state(),
                State::VaultLocked { .. } | State::StoreUnusable(_)
            ) {
                return Err(SignOutError::NotNow);
            }
            open.vault = None;
            self.erase(&mut open).await
        };
        self.start().await;
        erased
    }

    /// Ends in good order, when the program does: what was written is on the disk after this.
    pub async fn close(&self) {
        let open = self.0.open.lock().await;
        if let Some(account) = self.account() {
            account.stop().await;
            self.hold(None);
            if account.stores().flush().await.is_err() {
                tracing::error!(name: "the stores were not flushed", "");
            }
        }
        drop(open);
    }

    /// With an open vault: restores the account it remembers, or waits for a sign-in.
    async fn resume(&self, open: &mut Open, vault: Vault) {
        let keeper = vault.clone();
        let saved = blocking(move || keeper.load_session()).await;
        open.vault = Some(vault);
        let record = match saved {
            Some(Ok(Some(saved))) => Record::read(&saved),
            Some(Ok(None)) => return self.enter(State::SignedOut { ended: None }),
            _ => return self.enter(State::StoreUnusable(StoreProblem::Unreadable)),
        };
        let Some(record) = record else {
            return self.enter(State::StoreUnusable(StoreProblem::Unreadable));
        };
        if record.ended.is_some() {
            let ended = record.ended;
            return self.enter(State::SignedOut { ended });
        }
        match self.restore(open, &record).await {
            Ok(Some(account)) => self.install(open, account, record),
            Ok(None) => self.lose_device(open, record).await,
            Err(error) => {
                tracing::error!(name: "the account did not open", error = error.name());
                self.enter(State::StoreUnusable(error.problem()));
            }
        }
    }

    /// Opens the account of an earlier run; `None` when its device's keys are gone. If damage is
    /// found on the way, the stores heal when they are opened once more.
    async fn restore(
        &self,
        open: &Open,
        record: &Record,
    ) -> Result<Option<Arc<Account>>, ConnectError> {
        let vault = open.vault.clone().ok_or(ConnectError::NoVault)?;
        let stores = connect::open_stores(&self.0.profile, vault.clone()).await?;
        let doubts = stores.doubts();
        match self.restore_on(stores, record).await {
            Err(error) if doubts.any() => {
                tracing::error!(name: "the stores are damaged", error = error.name());
                let stores = connect::open_stores_again(&self.0.profile, vault).await?;
                self.restore_on(stores, record).await
            }
            restored => restored,
        }
    }

    async fn restore_on(
        &self,
        stores: Stores,
        record: &Record,
    ) -> Result<Option<Arc<Account>>, ConnectError> {
        if !connect::has_keys(&stores).await? {
            return Ok(None);
        }
        self.connect(stores, record).await.map(Some)
    }

    fn healed(&self) -> Healed {
        let account = self.account();
        account.map(|account| account.healed()).unwrap_or_default()
    }

    /// Makes `account` the session's, and starts its sync.
    fn install(&self, open: &mut Open, account: Arc<Account>, record: Record) {
        let state = record.state(account.healed());
        self.hold(Some(account.clone()));
        open.record = Some(record);
        account.start_sync();
        self.watch_token(&account);
        self.watch_profile(&account);
        if matches!(state, State::Recovery(_, Step::EnterCode)) {
            self.watch_verification(&account);
        }
        self.enter(state);
    }

    fn hold(&self, account: Option<Arc<Account>>) {
        let mut held = self
            .0
            .account
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        *held = account;
    }

    fn enter(&self, state: State) {
        tracing::info!(name: "session", state = state.name());
        self.0.state.send_replace(state);
    }
}

/// Runs what blocks (D-Bus, key derivation, files) beside the runtime; `None` if it died.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    tokio::task::spawn_blocking(work).await.ok()
}

/// A static name for the log.
fn error_name(error: &pli_vault::OpenError) -> &'static str {
    use pli_vault::OpenError as E;
    match error {
        E::NoKeyring => "no keyring",
        E::Locked => "locked",
        E::KeyMissing => "key missing",
        E::PassphraseNeeded => "passphrase needed",
        E::Damaged => "damaged",
        E::TooNew => "too new",
        E::Io(_) => "files",
        _ => "other",
    }
}
