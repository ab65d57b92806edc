//! The room list.

use pli_ipc::{
    room_list::room_list_updates,
    wire::{IpcError, ListDiff, RoomSummary},
};
use tauri::{State, Webview, ipc::Channel};

use crate::{shell::Shell, subscription::subscribe};

#[tauri::command]
pub(crate) async fn room_list_subscribe(
    webview: Webview,
    shell: State<'_, Shell>,
    channel: Channel<Vec<ListDiff<RoomSummary>>>,
) -> Result<u32, IpcError> {
    let account = shell.account()?;
    let updates = account.room_list().await?;
    Ok(subscribe(
        &webview,
        room_list_updates(&account, updates),
        channel,
    ))
}
