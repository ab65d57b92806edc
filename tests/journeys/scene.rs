//! The stage of the journeys: people on devices of their own, all the way in.

use std::{
    fs::TryLockError,
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use pli_core::{
    account::Account,
    composer::Outgoing,
    http::Network,
    retention::Keeping,
    session::{Session, State, Step},
};
use pli_policy::Policy;
use pli_testkit::{http_probe::User, synapse::Synapse};
use pli_vault::{Profile, Vault};
use secrecy::{ExposeSecret, SecretString};
use tempfile::TempDir;

/// How long those who used a store may take to let go.
const PATIENCE: Duration = Duration::from_secs(60);

/// A device of somebody, signed in and past the recovery steps.
pub(crate) struct Device {
    /// What the server knows; its token is the probe's own device.
    pub(crate) user: User,
    pub(crate) session: Session,
    pub(crate) account: Arc<Account>,
    /// Of the account, for further devices.
    pub(crate) code: SecretString,
    profile: Profile,
    vault: Vault,
    keeping: Keeping,
    directory: TempDir,
}

impl Device {
    /// The first device of a new account: cross-signed, with recovery set up.
    pub(crate) async fn first(server: &Synapse, name: &str) -> Result<Self> {
        Self::first_through(server, &server.base_url(), name).await
    }

    /// The same, with something between the device and the server.
    pub(crate) async fn first_through(server: &Synapse, url: &str, name: &str) -> Result<Self> {
        let user = server.register(name).await?;
        Self::enter_by(url, user, async |session| {
            pass_recovery(session, None).await
        })
        .await
    }

    /// The first device of a new account, with rules and a clock for messages that disappear.
    pub(crate) async fn first_keeping(
        server: &Synapse,
        name: &str,
        keeping: Keeping,
    ) -> Result<Self> {
        let user = server.register(name).await?;
        let pass = async |session: &Session| pass_recovery(session, None).await;
        Self::enter_keeping(&server.base_url(), user, keeping, pass).await
    }

    /// A further device of the same account, let in by the recovery code.
    pub(crate) async fn another(&self, server: &Synapse) -> Result<Self> {
        Self::enter(server, self.user.clone(), Some(self.code.clone())).await
    }

    /// A further device of the same account, whose user has lost the code: it begins anew.
    pub(crate) async fn afresh(&self, server: &Synapse) -> Result<Self> {
        Self::enter_by(&server.base_url(), self.user.clone(), async |session| {
            let password = self.user.password.clone().into();
            let code = session.recovery_reset(password).await?;
            confirm(session, &code).await?;
            Ok(code)
        })
        .await
    }

    /// A device of an account that is let in by a code, or has none yet.
    pub(crate) async fn enter(
        server: &Synapse,
        user: User,
        code: Option<SecretString>,
    ) -> Result<Self> {
        Self::enter_by(&server.base_url(), user, async |session| {
            pass_recovery(session, code).await
        })
        .await
    }

    async fn enter_by(
        url: &str,
        user: User,
        pass: impl AsyncFnOnce(&Session) -> Result<SecretString>,
    ) -> Result<Self> {
        Self::enter_keeping(url, user, Keeping::default(), pass).await
    }

    async fn enter_keeping(
        url: &str,
        user: User,
        keeping: Keeping,
        pass: impl AsyncFnOnce(&Session) -> Result<SecretString>,
    ) -> Result<Self> {
        let arriving = Arriving::sign_in_at(url, user, keeping).await?;
        let code = pass(&arriving.session).await?;
        arriving.enter(code)
    }

    /// Matrix user id.
    pub(crate) fn id(&self) -> &str {
        &self.user.id
    }

    /// Writes a message; it is kept once this returns.
    pub(crate) async fn write(&self, room: &str, text: &str) -> Result<()> {
        let message = Outgoing {
            markdown: text.to_owned(),
            mentions: Vec::new(),
            mentions_room: false,
            reply_to: None,
            lifetime: None,
        };
        Ok(self.account.timeline_send_text(room, message).await?)
    }

    /// The program ends in good order, and starts again on the same profile.
    pub(crate) async fn restart(self) -> Result<Self> {
        self.end().await.start().await
    }

    /// The program ends in good order.
    pub(crate) async fn end(self) -> Resting {
        let Self {
            user,
            session,
            account,
            code,
            profile,
            vault,
            keeping,
            directory,
        } = self;
        session.close().await;
        drop((account, session));
        Resting {
            user,
            code,
            profile,
            vault,
            keeping,
            directory,
        }
    }

    /// Where this device keeps its databases.
    pub(crate) fn store(&self) -> PathBuf {
        self.directory.path().join("store")
    }
}

/// A device that has just signed in, and is not past the recovery steps.
pub(crate) struct Arriving {
    pub(crate) user: User,
    pub(crate) session: Session,
    profile: Profile,
    vault: Vault,
    keeping: Keeping,
    directory: TempDir,
}

impl Arriving {
    /// Signs in on a profile of its own.
    pub(crate) async fn sign_in(server: &Synapse, user: User) -> Result<Self> {
        Self::sign_in_at(&server.base_url(), user, Keeping::default()).await
    }

    async fn sign_in_at(url: &str, user: User, keeping: Keeping) -> Result<Self> {
        let directory = tempfile::Builder::new().prefix("pli-device-").tempdir()?;
        let profile = Profile::new(Some(&user.local_part), directory.path().to_owned());
        let vault = Vault::in_memory()?;
        let (network, own) = (Network::default(), profile.clone());
        let session = Session::new_keeping(own, &network, Arc::default(), keeping.clone())?;
        session.start_with(vault.clone()).await;
        session
            .sign_in(&user.id, Some(url), user.password.clone().into())
            .await?;
        Ok(Self {
            user,
            session,
            profile,
            vault,
            keeping,
            directory,
        })
    }

    /// Its account, which there is before it is let in.
    pub(crate) fn account(&self) -> Result<Arc<Account>> {
        let account = self.session.account();
        account.context("no account after signing in")
    }

    /// The device, once it is past the recovery steps; `code` is the account's.
    pub(crate) fn enter(self, code: SecretString) -> Result<Device> {
        let account = self.account()?;
        let Self {
            user,
            session,
            profile,
            vault,
            keeping,
            directory,
        } = self;
        Ok(Device {
            user,
            session,
            account,
            code,
            profile,
            vault,
            keeping,
            directory,
        })
    }
}

/// A device on which Pli does not run.
pub(crate) struct Resting {
    pub(crate) user: User,
    pub(crate) code: SecretString,
    pub(crate) vault: Vault,
    pub(crate) keeping: Keeping,
    profile: Profile,
    directory: TempDir,
}

impl Resting {
    /// Where it keeps its databases, once those who used them have let go.
    pub(crate) async fn store(&self) -> Result<PathBuf> {
        let store = self.directory.path().join("store");
        let lock = std::fs::File::open(store.join("lock"))?;
        // Not by waiting for it in a thread, which nothing could end.
        let asked = Instant::now();
        while let Err(error) = lock.try_lock() {
            let in_use = matches!(error, TryLockError::WouldBlock);
            ensure!(in_use && asked.elapsed() < PATIENCE, "the store: {error}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(store)
    }

    /// Pli starts, whatever it finds.
    pub(crate) async fn open(&self, vault: &Vault) -> Result<Session> {
        self.open_under(vault, Policy::default()).await
    }

    async fn open_under(&self, vault: &Vault, policy: Policy) -> Result<Session> {
        self.store().await?;
        let (profile, keeping) = (self.profile.clone(), self.keeping.clone());
        let network = Network::default();
        let session = Session::new_keeping(profile, &network, Arc::new(policy), keeping)?;
        session.start_with(vault.clone()).await;
        Ok(session)
    }

    /// Pli starts, and finds its account.
    pub(crate) async fn start(self) -> Result<Device> {
        self.start_under(Policy::default()).await
    }

    /// The same, and the organisation has decided something.
    pub(crate) async fn start_under(self, policy: Policy) -> Result<Device> {
        let session = self.open_under(&self.vault, policy).await?;
        let state = session.state();
        let State::SignedIn(_) = state else {
            bail!("after a restart the session is {state:?}");
        };
        let account = session.account().context("no account after a restart")?;
        let Self {
            user,
            code,
            vault,
            keeping,
            profile,
            directory,
        } = self;
        Ok(Device {
            user,
            session,
            account,
            code,
            profile,
            vault,
            keeping,
            directory,
        })
    }
}

/// Does what stands between signing in and composing; gives the account's recovery code.
pub(crate) async fn pass_recovery(
    session: &Session,
    code: Option<SecretString>,
) -> Result<SecretString> {
    match (session.state(), code) {
        (State::Recovery(_, Step::ShowCode), None) => {
            let code = session.recovery_set_up().await?;
            confirm(session, &code).await?;
            Ok(code)
        }
        (State::Recovery(_, Step::EnterCode), Some(code)) => {
            session.recovery_enter(code.clone()).await?;
            Ok(code)
        }
        (state, _) => bail!("after signing in the session is {state:?}"),
    }
}

pub(crate) async fn confirm(session: &Session, code: &SecretString) -> Result<()> {
    let shown = code.expose_secret();
    let ending = shown.get(shown.len().saturating_sub(4)..);
    let ending = ending.context("a code of ASCII letters")?;
    Ok(session.recovery_confirm(ending).await?)
}
