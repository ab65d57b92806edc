//! The program, its window and its subscriptions.

use pli_ipc::wire::{AppInfo, IpcError, Navigation, SubscriptionClose, WindowSetRoom};
use tauri::{State, Webview, ipc::Channel};

use crate::{
    settings,
    shell::Shell,
    subscription::{Subscriptions, subscribe_throughout},
};

#[tauri::command]
pub(crate) fn app_info(shell: State<'_, Shell>) -> AppInfo {
    AppInfo {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        os: settings::os(),
        system_language: settings::system_language(),
        profile: shell.profile_name(),
    }
}

#[tauri::command]
pub(crate) fn navigation_subscribe(
    webview: Webview,
    shell: State<'_, Shell>,
    channel: Channel<Navigation>,
) -> u32 {
    subscribe_throughout(&webview, shell.navigation.stream(), channel)
}

#[tauri::command]
pub(crate) fn subscription_close(
    subscriptions: State<'_, Subscriptions>,
    args: SubscriptionClose,
) -> Result<(), IpcError> {
    subscriptions.close(args.id);
    Ok(())
}

#[tauri::command]
pub(crate) fn window_set_room(
    shell: State<'_, Shell>,
    args: WindowSetRoom,
) -> Result<(), IpcError> {
    shell.set_room(args.room_id)
}
