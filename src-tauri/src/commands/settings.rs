//! The user's settings.

use pli_ipc::wire::{IpcError, Settings};
use tauri::{State, WebviewWindow};

use crate::{shell::Shell, window};

#[tauri::command]
pub(crate) async fn settings_get(shell: State<'_, Shell>) -> Result<Settings, IpcError> {
    Ok(shell.settings.get())
}

/// Answers what is in force then: some settings are not the user's to change.
#[tauri::command]
pub(crate) async fn settings_set(
    window: WebviewWindow,
    shell: State<'_, Shell>,
    args: Settings,
) -> Result<Settings, IpcError> {
    let settings = shell.settings.set(args);
    window::set_zoom(&window, settings.zoom);
    // Before there is an account, they last as long as the program.
    if let Some(account) = shell.account_in_use() {
        shell.settings.keep(&account).await?;
    }
    Ok(settings)
}
