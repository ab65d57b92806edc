//! The recovery code.

use pli_ipc::{
    session::history_progress,
    wire::{
        HistoryProgress, IpcError, IpcErrorCode, RecoveryCode, RecoveryConfirm, RecoveryEnter,
        RecoveryReset, SavedMedia,
    },
};
use secrecy::{ExposeSecret as _, SecretString};
use tauri::{State, Webview, WebviewWindow, ipc::Channel};

use crate::{clipboard, file_dialog, shell::Shell, subscription::subscribe, words::Words};

#[tauri::command]
pub(crate) async fn recovery_set_up(shell: State<'_, Shell>) -> Result<RecoveryCode, IpcError> {
    let code = shell.session.recovery_set_up().await?;
    Ok(RecoveryCode {
        code: (&code).into(),
    })
}

#[tauri::command]
pub(crate) async fn recovery_confirm(
    shell: State<'_, Shell>,
    args: RecoveryConfirm,
) -> Result<(), IpcError> {
    let ending = SecretString::from(args.ending);
    Ok(shell
        .session
        .recovery_confirm(ending.expose_secret())
        .await?)
}

#[tauri::command]
pub(crate) async fn recovery_copy_code(shell: State<'_, Shell>) -> Result<(), IpcError> {
    let code = shell.session.recovery_code().await?;
    clipboard::copy_secret(code)
        .await
        .map_err(|_| IpcError::new(IpcErrorCode::Internal))
}

#[tauri::command]
pub(crate) async fn recovery_enter(
    shell: State<'_, Shell>,
    args: RecoveryEnter,
) -> Result<(), IpcError> {
    Ok(shell.session.recovery_enter(args.code.into()).await?)
}

#[tauri::command]
pub(crate) async fn recovery_reset(
    shell: State<'_, Shell>,
    args: RecoveryReset,
) -> Result<RecoveryCode, IpcError> {
    let code = shell.session.recovery_reset(args.password.into()).await?;
    Ok(RecoveryCode {
        code: (&code).into(),
    })
}

#[tauri::command]
pub(crate) async fn recovery_save_code(
    window: WebviewWindow,
    shell: State<'_, Shell>,
) -> Result<SavedMedia, IpcError> {
    let words = Words::of(shell.settings.get().language);
    let path = file_dialog::save(&window, &words.say("recovery-file-name", &[])).await?;
    shell.session.recovery_save_code(&path).await?;
    Ok(file_dialog::saved(&path))
}

#[tauri::command]
pub(crate) async fn recovery_subscribe(
    webview: Webview,
    shell: State<'_, Shell>,
    channel: Channel<HistoryProgress>,
) -> Result<u32, IpcError> {
    let progress = history_progress(shell.session.history());
    Ok(subscribe(&webview, progress, channel))
}
