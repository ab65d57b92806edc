//! Verifications of devices and people.

use pli_core::verification::Picture;
use pli_ipc::{
    verification::verification_updates,
    wire::{IpcError, IpcErrorCode, Verification, VerificationRef, VerificationRequest},
};
use tauri::{AppHandle, State, Webview, WebviewWindow, ipc::Channel};
use tauri_plugin_clipboard_manager::ClipboardExt as _;

use crate::{file_dialog, shell::Shell, subscription::subscribe};

#[tauri::command]
pub(crate) async fn verification_subscribe(
    webview: Webview,
    shell: State<'_, Shell>,
    channel: Channel<Vec<Verification>>,
) -> Result<u32, IpcError> {
    let updates = verification_updates(shell.account()?.verifications());
    Ok(subscribe(&webview, updates, channel))
}

#[tauri::command]
pub(crate) async fn verification_available(shell: State<'_, Shell>) -> Result<bool, IpcError> {
    Ok(shell.account()?.verification_available().await?)
}

#[tauri::command]
pub(crate) async fn verification_request(
    shell: State<'_, Shell>,
    args: VerificationRequest,
) -> Result<VerificationRef, IpcError> {
    let account = shell.account()?;
    let id = account
        .verification_request(&args.user_id, args.device_id.as_deref())
        .await?;
    Ok(VerificationRef { id })
}

#[tauri::command]
pub(crate) async fn verification_accept(
    shell: State<'_, Shell>,
    args: VerificationRef,
) -> Result<(), IpcError> {
    Ok(shell.account()?.verification_accept(&args.id).await?)
}

#[tauri::command]
pub(crate) async fn verification_start_emojis(
    shell: State<'_, Shell>,
    args: VerificationRef,
) -> Result<(), IpcError> {
    Ok(shell.account()?.verification_start_emojis(&args.id).await?)
}

#[tauri::command]
pub(crate) async fn verification_show_code(
    shell: State<'_, Shell>,
    args: VerificationRef,
) -> Result<(), IpcError> {
    Ok(shell.account()?.verification_show_code(&args.id).await?)
}

#[tauri::command]
pub(crate) async fn verification_confirm(
    shell: State<'_, Shell>,
    args: VerificationRef,
) -> Result<(), IpcError> {
    Ok(shell.account()?.verification_confirm(&args.id).await?)
}

#[tauri::command]
pub(crate) async fn verification_mismatch(
    shell: State<'_, Shell>,
    args: VerificationRef,
) -> Result<(), IpcError> {
    Ok(shell.account()?.verification_mismatch(&args.id).await?)
}

#[tauri::command]
pub(crate) async fn verification_cancel(
    shell: State<'_, Shell>,
    args: VerificationRef,
) -> Result<(), IpcError> {
    Ok(shell.account()?.verification_cancel(&args.id).await?)
}

#[tauri::command]
pub(crate) async fn verification_scan_file(
    window: WebviewWindow,
    shell: State<'_, Shell>,
    args: VerificationRef,
) -> Result<(), IpcError> {
    let path = file_dialog::pick_picture(&window).await?;
    let account = shell.account()?;
    Ok(account
        .verification_scan(&args.id, Picture::File(path))
        .await?)
}

#[tauri::command]
pub(crate) async fn verification_scan_clipboard(
    app: AppHandle,
    shell: State<'_, Shell>,
    args: VerificationRef,
) -> Result<(), IpcError> {
    let account = shell.account()?;
    let image = app.clipboard().read_image();
    let image = image.map_err(|_| IpcError::new(IpcErrorCode::NoQrCode))?;
    let picture = Picture::Pixels {
        width: image.width(),
        height: image.height(),
        rgba: image.rgba().to_vec(),
    };
    Ok(account.verification_scan(&args.id, picture).await?)
}
