//! What was written and not sent yet.

use pli_ipc::wire::{Draft, DraftSave, IpcError, RoomRef};
use tauri::State;

use crate::shell::Shell;

#[tauri::command]
pub(crate) async fn draft_load(
    shell: State<'_, Shell>,
    args: RoomRef,
) -> Result<Option<Draft>, IpcError> {
    Ok(shell
        .account()?
        .draft_load(&args.room_id)
        .await?
        .map(Into::into))
}

#[tauri::command]
pub(crate) async fn draft_save(shell: State<'_, Shell>, args: DraftSave) -> Result<(), IpcError> {
    Ok(shell
        .account()?
        .draft_save(&args.room_id, args.draft.map(Into::into))
        .await?)
}
