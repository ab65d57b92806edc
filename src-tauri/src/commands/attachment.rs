//! Files on their way out.

use std::time::Duration;

use pli_ipc::wire::{
    AttachmentDiscard, AttachmentDraft, AttachmentEvent, AttachmentSend, IpcError,
};
use tauri::{AppHandle, State, Webview, WebviewWindow, ipc::Channel};
use tauri_plugin_clipboard_manager::ClipboardExt as _;

use crate::{file_dialog, file_drop::FileDrops, shell::Shell, subscription::subscribe_throughout};

/// Under which a pasted picture is sent.
const PASTED: &str = "image.png";

#[tauri::command]
pub(crate) async fn attachment_pick(
    window: WebviewWindow,
    shell: State<'_, Shell>,
) -> Result<Vec<AttachmentDraft>, IpcError> {
    let account = shell.account()?;
    let mut drafts = Vec::new();
    for path in file_dialog::pick(&window).await {
        drafts.push(account.attachment_from_path(&path).await?.into());
    }
    Ok(drafts)
}

#[tauri::command]
pub(crate) async fn attachment_paste(
    app: AppHandle,
    shell: State<'_, Shell>,
) -> Result<Option<AttachmentDraft>, IpcError> {
    let account = shell.account()?;
    let Ok(image) = app.clipboard().read_image() else {
        // Whatever else is on the clipboard is the page's own business.
        return Ok(None);
    };
    let size = (image.width(), image.height());
    let draft = account
        .attachment_from_pixels(PASTED, size, image.rgba().to_vec())
        .await?;
    Ok(Some(draft.into()))
}

#[tauri::command]
pub(crate) async fn attachment_send(
    shell: State<'_, Shell>,
    args: AttachmentSend,
) -> Result<(), IpcError> {
    let (caption, reply_to) = (args.caption.as_deref(), args.reply_to.as_deref());
    let lifetime = args.lifetime.map(Duration::from_millis);
    let account = shell.account()?;
    Ok(account
        .attachment_send(&args.room_id, &args.id, caption, reply_to, lifetime)
        .await?)
}

#[tauri::command]
pub(crate) async fn attachment_discard(
    shell: State<'_, Shell>,
    args: AttachmentDiscard,
) -> Result<(), IpcError> {
    shell.account()?.attachment_discard(&args.id);
    Ok(())
}

#[tauri::command]
pub(crate) async fn attachment_subscribe(
    webview: Webview,
    drops: State<'_, FileDrops>,
    channel: Channel<AttachmentEvent>,
) -> Result<u32, IpcError> {
    Ok(subscribe_throughout(&webview, drops.stream(), channel))
}
