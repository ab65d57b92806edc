//! Room keys to and from a file.

use pli_ipc::{
    room_keys::key_file_progress,
    wire::{
        ExportedKeys, ImportedKeys, IpcError, IpcErrorCode, KeyFileProgress, RoomKeysPassphrase,
        SavedMedia,
    },
};
use tauri::{State, Webview, WebviewWindow, ipc::Channel};

use crate::{file_dialog, shell::Shell, subscription::subscribe, words::Words};

#[tauri::command]
pub(crate) async fn room_keys_export(
    window: WebviewWindow,
    shell: State<'_, Shell>,
    args: RoomKeysPassphrase,
) -> Result<ExportedKeys, IpcError> {
    let account = shell.account()?;
    let words = Words::of(shell.settings.get().language);
    let path = file_dialog::save(&window, &words.say("room-keys-file-name", &[])).await?;
    let keys = account
        .room_keys_export(&path, &args.passphrase.into())
        .await?;
    let name = file_dialog::saved(&path).name;
    Ok(ExportedKeys { name, keys })
}

/// Chooses the file that `room_keys_import` reads: the page never learns its path.
#[tauri::command]
pub(crate) async fn room_keys_pick(
    window: WebviewWindow,
    shell: State<'_, Shell>,
) -> Result<SavedMedia, IpcError> {
    let path = file_dialog::pick_one(&window).await?;
    let picked = file_dialog::saved(&path);
    shell.set_key_file(path);
    Ok(picked)
}

#[tauri::command]
pub(crate) async fn room_keys_import(
    shell: State<'_, Shell>,
    args: RoomKeysPassphrase,
) -> Result<ImportedKeys, IpcError> {
    let path = shell.key_file();
    let path = path.ok_or_else(|| IpcError::new(IpcErrorCode::NotFound))?;
    let account = shell.account()?;
    let scratch = shell.session.profile().dir();
    let imported = account
        .room_keys_import(&path, &args.passphrase.into(), scratch)
        .await?;
    Ok(imported.into())
}

#[tauri::command]
pub(crate) async fn room_keys_cancel(shell: State<'_, Shell>) -> Result<(), IpcError> {
    shell.account()?.key_file_cancel();
    Ok(())
}

#[tauri::command]
pub(crate) async fn room_keys_subscribe(
    webview: Webview,
    shell: State<'_, Shell>,
    channel: Channel<KeyFileProgress>,
) -> Result<u32, IpcError> {
    let progress = key_file_progress(shell.account()?.key_file_progress());
    Ok(subscribe(&webview, progress, channel))
}
