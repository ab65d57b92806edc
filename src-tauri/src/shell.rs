//! What the commands share.

use std::{
    error::Error,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use pli_core::account::Account;
use pli_ipc::wire::{IpcError, IpcErrorCode, Navigation};
use pli_vault::Profile;
use tauri::{
    App, AppHandle, Manager,
    async_runtime::{self, JoinHandle},
};
use tokio::sync::broadcast;

use crate::{arguments::Arguments, notification, settings::SettingsInForce};

/// State of the shell, one a process.
pub(crate) struct Shell {
    /// The user's settings.
    pub(crate) settings: SettingsInForce,
    /// Where the page is asked to go.
    pub(crate) navigation: NavigationSender,
    profile: Profile,
    room: Mutex<Option<String>>,
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
        self.profile.name().map(str::to_owned)
    }

    /// The signed-in account.
    pub(crate) fn account(&self) -> Result<Arc<Account>, IpcError> {
        self.account_in_use()
            .ok_or_else(|| IpcError::new(IpcErrorCode::Internal))
    }

    fn account_in_use(&self) -> Option<Arc<Account>> {
        let in_use = self.account.lock().unwrap_or_else(PoisonError::into_inner);
        in_use.as_ref().map(|in_use| Arc::clone(&in_use.account))
    }

    /// Puts an account in use, or none; its notifications end with it.
    #[allow(dead_code)]
    pub(crate) fn set_account(&self, app: &AppHandle, account: Option<Arc<Account>>) {
        let in_use = account.map(|account| InUse {
            notifications: async_runtime::spawn(notification::run(app.clone(), &account)),
            account,
        });
        *self.account.lock().unwrap_or_else(PoisonError::into_inner) = in_use;
        self.tell_focus();
    }

    /// Remembers the room on screen.
    pub(crate) fn set_room(&self, room_id: Option<String>) -> Result<(), IpcError> {
        *self.room.lock().unwrap_or_else(PoisonError::into_inner) = room_id;
        self.tell_focus();
        Ok(())
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
    #[allow(dead_code)]
    pub(crate) fn go(&self, place: Navigation) {
        let _ = self.0.send(place);
    }

    /// The places asked for from now on.
    pub(crate) fn stream(&self) -> impl futures_util::Stream<Item = Navigation> + Send + use<> {
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

/// Starts the log, and says which profile it is of.
pub(crate) fn start(app: &App, arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let directory = app.path().app_local_data_dir()?;
    // Pli can be used without a log.
    let _ = pli_diagnostics::start(&directory.join("log"));
    tracing::info!(name: "Pli starts", named = arguments.profile.is_some());
    let profile = Profile::new(arguments.profile.as_deref(), directory);
    app.manage(Shell {
        settings: SettingsInForce::default(),
        navigation: NavigationSender(broadcast::channel(8).0),
        profile,
        room: Mutex::new(None),
        focused: AtomicBool::new(false),
        account: Mutex::new(None),
    });
    Ok(())
}
