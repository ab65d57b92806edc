//! What the commands share.

use std::{
    error::Error,
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use futures_util::Stream;
use pli_core::{
    account::Account,
    http::{Network, Unusable},
    session::Session,
};
use pli_ipc::wire::{IpcError, IpcErrorCode, Navigation, SessionState};
use pli_policy::{LogLevel, Policy, Rules};
use pli_vault::Profile;
use tauri::{
    App, AppHandle, Manager,
    async_runtime::{self, JoinHandle},
};
use tokio::sync::{broadcast, watch};
use tracing::Level;

use crate::{
    arguments::Arguments, notification, session, settings::SettingsInForce,
    subscription::Subscriptions, window,
};

/// State of the shell, one a process.
pub(crate) struct Shell {
    /// What the organisation laid down.
    pub(crate) rules: Arc<Rules>,
    /// The user's settings.
    pub(crate) settings: SettingsInForce,
    /// Where the page is asked to go.
    pub(crate) navigation: NavigationSender,
    /// The session of the profile.
    pub(crate) session: Session,
    /// Where it stands, once the shell has done what that takes.
    states: watch::Sender<SessionState>,
    room: Mutex<Option<String>>,
    /// The file of room keys that was chosen last.
    key_file: Mutex<Option<PathBuf>>,
    focused: AtomicBool,
    account: Mutex<Option<InUse>>,
}

/// The account in use, and what runs for it.
struct InUse {
    account: Arc<Account>,
    notifications: JoinHandle<()>,
}

impl Drop for InUse {
    fn drop(&mut self) {
        self.notifications.abort();
    }
}

impl Shell {
    /// Name given by `--profile`.
    pub(crate) fn profile_name(&self) -> Option<String> {
        self.session.profile().name().map(str::to_owned)
    }

    /// The signed-in account.
    pub(crate) fn account(&self) -> Result<Arc<Account>, IpcError> {
        self.account_in_use()
            .ok_or_else(|| IpcError::new(IpcErrorCode::Internal))
    }

    /// The signed-in account, if there is one.
    pub(crate) fn account_in_use(&self) -> Option<Arc<Account>> {
        let in_use = self.account.lock().unwrap_or_else(PoisonError::into_inner);
        in_use.as_ref().map(|in_use| Arc::clone(&in_use.account))
    }

    /// Puts an account in use, with its settings, or none; what runs for it ends with it.
    pub(crate) async fn set_account(&self, app: &AppHandle, account: Option<Arc<Account>>) {
        let before = self.account_in_use();
        if before.as_ref().map(Arc::as_ptr) == account.as_ref().map(Arc::as_ptr) {
            return;
        }
        drop(before);
        app.state::<Subscriptions>().close_account();
        match &account {
            Some(account) => self.settings.open(account).await,
            None => self.settings.close(),
        }
        if let Some(window) = app.get_webview_window(window::LABEL) {
            window::set_zoom(&window, self.settings.get().zoom);
        }
        if account.is_none() {
            notification::forget_unread(app);
        }
        let in_use = account.map(|account| InUse {
            notifications: async_runtime::spawn(notification::run(app.clone(), &account)),
            account,
        });
        *self.account.lock().unwrap_or_else(PoisonError::into_inner) = in_use;
        self.tell_focus();
    }

    /// Tells the page where the session stands.
    pub(crate) fn tell_session(&self, state: SessionState) {
        self.states.send_replace(state);
    }

    /// Where the session stands, now and from now on.
    pub(crate) fn session_states(&self) -> impl Stream<Item = SessionState> + Send + use<> {
        let mut states = self.states.subscribe();
        states.mark_changed();
        futures_util::stream::unfold(states, |mut states| async {
            states.changed().await.ok()?;
            let state = states.borrow_and_update().clone();
            Some((state, states))
        })
    }

    /// Remembers the room on screen.
    pub(crate) fn set_room(&self, room_id: Option<String>) -> Result<(), IpcError> {
        *self.room.lock().unwrap_or_else(PoisonError::into_inner) = room_id;
        self.tell_focus();
        Ok(())
    }

    /// Remembers a file of room keys that was chosen.
    pub(crate) fn set_key_file(&self, path: PathBuf) {
        *self.key_file.lock().unwrap_or_else(PoisonError::into_inner) = Some(path);
    }

    /// The file of room keys that was chosen last.
    pub(crate) fn key_file(&self) -> Option<PathBuf> {
        let path = self.key_file.lock().unwrap_or_else(PoisonError::into_inner);
        path.clone()
    }

    /// Remembers whether the window has focus.
    pub(crate) fn set_focused(&self, focused: bool) {
        self.focused.store(focused, Ordering::Relaxed);
        self.tell_focus();
    }

    /// The room being looked at gets no notification.
    fn tell_focus(&self) {
        let focused = self.focused.load(Ordering::Relaxed);
        let room = self.room.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(account) = self.account_in_use() {
            account.set_focus(room.clone().filter(|_| focused));
        }
    }
}

/// Sends the page somewhere: a click on a notification, for instance.
pub(crate) struct NavigationSender(broadcast::Sender<Navigation>);

impl NavigationSender {
    /// Asks the page to go to `place`; without a page, nothing happens.
    pub(crate) fn go(&self, place: Navigation) {
        let _ = self.0.send(place);
    }

    /// The places asked for from now on.
    pub(crate) fn stream(&self) -> impl Stream<Item = Navigation> + Send + use<> {
        futures_util::stream::unfold(self.0.subscribe(), |mut places| async {
            loop {
                match places.recv().await {
                    Ok(place) => return Some((place, places)),
                    Err(broadcast::error::RecvError::Lagged(_)) => {}
                    Err(broadcast::error::RecvError::Closed) => return None,
                }
            }
        })
    }
}

/// Starts the log and the session of the profile, under the rules of the organisation.
pub(crate) fn start(
    app: &App,
    arguments: &Arguments,
    mut rules: Rules,
) -> Result<(), Box<dyn Error>> {
    let directory = app.path().app_local_data_dir()?;
    let network = network(&mut rules);
    let policy = rules.policy();
    // Pli can be used without a log.
    let _ = pli_diagnostics::start(&directory.join("log"), level(&policy));
    tracing::info!(name: "Pli starts", named = arguments.profile.is_some());
    let profile = Profile::new(arguments.profile.as_deref(), directory);
    rules.log();
    let rules = Arc::new(rules);
    app.manage(Shell {
        settings: SettingsInForce::new(Arc::clone(&rules)),
        rules,
        navigation: NavigationSender(broadcast::channel(8).0),
        session: Session::new(profile, &network, Arc::new(policy))?,
        states: watch::Sender::new(SessionState::Starting),
        room: Mutex::new(None),
        key_file: Mutex::new(None),
        focused: AtomicBool::new(false),
        account: Mutex::new(None),
    });
    session::start(app.handle());
    Ok(())
}

/// The network as the rules have it, without those that name what cannot be used.
pub(crate) fn network(rules: &mut Rules) -> Network {
    // Each round gives up a key.
    loop {
        match Network::of(&rules.policy()) {
            Ok(network) => return network,
            Err(Unusable(key)) => rules.give_up(key),
        }
    }
}

fn level(policy: &Policy) -> Level {
    match policy.log_level {
        LogLevel::Error => Level::ERROR,
        LogLevel::Warn => Level::WARN,
        LogLevel::Info => Level::INFO,
        LogLevel::Debug => Level::DEBUG,
    }
}
