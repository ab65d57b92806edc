//! Links in messages.

use pli_core::link::LinkTarget;
use pli_ipc::wire::{IpcError, IpcErrorCode, LinkOpen, Navigation};
use tauri::State;

use crate::shell::Shell;

#[tauri::command]
pub(crate) async fn link_open(shell: State<'_, Shell>, args: LinkOpen) -> Result<(), IpcError> {
    let account = shell.account()?;
    let not_found = || IpcError::new(IpcErrorCode::NotFound);
    match account.links().get(&args.id).ok_or_else(not_found)? {
        // The scheme is one of https, http and mailto: the target was parsed so.
        LinkTarget::Web(url) => {
            open::that_detached(url.as_str()).map_err(|_| IpcError::new(IpcErrorCode::Internal))
        }
        LinkTarget::Room(room, event_id) => {
            let room_id = account.joined_room(&room).ok_or_else(not_found)?;
            let event_id = event_id.map(Into::into);
            shell
                .navigation
                .go(Navigation::OpenRoom { room_id, event_id });
            Ok(())
        }
        LinkTarget::User(_) => Err(not_found()),
    }
}
