//! What the commands share.

use std::{
    error::Error,
    sync::{Mutex, PoisonError},
};

use pli_ipc::wire::{IpcError, Navigation};
use pli_vault::Profile;
use tauri::{App, Manager};
use tokio::sync::broadcast;

use crate::{arguments::Arguments, settings::SettingsInForce};

/// State of the shell, one a process.
pub(crate) struct Shell {
    /// The user's settings.
    pub(crate) settings: SettingsInForce,
    /// Where the page is asked to go.
    pub(crate) navigation: NavigationSender,
    profile: Profile,
    room: Mutex<Option<String>>,
}

impl Shell {
    /// Name given by `--profile`.
    pub(crate) fn profile_name(&self) -> Option<String> {
        self.profile.name().map(str::to_owned)
    }

    /// Remembers the room on screen.
    pub(crate) fn set_room(&self, room_id: Option<String>) -> Result<(), IpcError> {
        *self.room.lock().unwrap_or_else(PoisonError::into_inner) = room_id;
        Ok(())
    }

    /// The room on screen, whether or not the window has focus.
    #[allow(dead_code)]
    pub(crate) fn room(&self) -> Option<String> {
        self.room
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
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
    });
    Ok(())
}
