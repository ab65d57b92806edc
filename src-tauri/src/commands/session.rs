//! Where the account stands, and whether messages flow.

use pli_ipc::{
    session::{access, sync_states},
    wire::{Access, IpcError, SessionState, SyncState},
};
use tauri::{State, Webview, ipc::Channel};

use crate::{
    shell::Shell,
    subscription::{subscribe, subscribe_throughout},
};

#[tauri::command]
pub(crate) async fn access_subscribe(
    webview: Webview,
    shell: State<'_, Shell>,
    channel: Channel<Access>,
) -> Result<u32, IpcError> {
    let states = access(shell.account()?.access());
    Ok(subscribe(&webview, states, channel))
}

#[tauri::command]
pub(crate) async fn session_subscribe(
    webview: Webview,
    shell: State<'_, Shell>,
    channel: Channel<SessionState>,
) -> Result<u32, IpcError> {
    Ok(subscribe_throughout(
        &webview,
        shell.session_states(),
        channel,
    ))
}

#[tauri::command]
pub(crate) async fn sync_subscribe(
    webview: Webview,
    shell: State<'_, Shell>,
    channel: Channel<SyncState>,
) -> Result<u32, IpcError> {
    let states = sync_states(shell.account()?.sync_status());
    Ok(subscribe(&webview, states, channel))
}
