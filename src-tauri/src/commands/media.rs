//! Media on their way to disk.

use pli_ipc::wire::{IpcError, MediaSave, SavedMedia};
use tauri::{State, WebviewWindow};

use crate::{file_dialog, shell::Shell};

#[tauri::command]
pub(crate) async fn media_save(
    window: WebviewWindow,
    shell: State<'_, Shell>,
    args: MediaSave,
) -> Result<SavedMedia, IpcError> {
    let account = shell.account()?;
    let path = file_dialog::save(&window, &account.media_name(&args.id)?).await?;
    account.media_save(&args.id, &path).await?;
    Ok(file_dialog::saved(&path))
}
