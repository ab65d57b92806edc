//! The session in the shell: what each of its states puts in force, before the page is told.

use std::{pin::pin, time::Duration};

use futures_util::StreamExt as _;
use pli_core::session::State;
use pli_ipc::session::session_state;
use tauri::{AppHandle, Manager as _, async_runtime};

use crate::shell::Shell;

/// How long the end of the program may wait for the disk.
const LAST_FLUSH: Duration = Duration::from_secs(3);

/// Opens the profile, in the background: the window does not wait.
pub(crate) fn start(app: &AppHandle) {
    async_runtime::spawn(follow(app.clone()));
    let session = app.state::<Shell>().session.clone();
    async_runtime::spawn(async move { session.start().await });
}

/// Puts the account of each state in use, or none, then tells the page: what it asks for then
/// is there.
async fn follow(app: AppHandle) {
    let shell = app.state::<Shell>();
    let mut states = pin!(shell.session.states());
    while let Some(state) = states.next().await {
        let account = match state {
            State::Recovery(..) | State::SignedIn(_) => shell.session.account(),
            _ => None,
        };
        shell.set_account(&app, account.clone()).await;
        let media = account.as_deref().map(|account| &**account.media());
        shell.tell_session(session_state(state, media));
    }
}

/// Leaves everything on the disk, when the program ends.
pub(crate) fn close(app: &AppHandle) {
    let session = app.state::<Shell>().session.clone();
    let closed =
        async_runtime::block_on(
            async move { tokio::time::timeout(LAST_FLUSH, session.close()).await },
        );
    if closed.is_err() {
        tracing::warn!(name: "the disk was too slow for the last flush", "");
    }
    tracing::info!(name: "Pli ends", "");
}
