//! People known to the server.

use pli_ipc::{
    room::found_users,
    wire::{FoundUser, IpcError, UserSearch},
};
use tauri::State;

use crate::shell::Shell;

#[tauri::command]
pub(crate) async fn directory_search_users(
    shell: State<'_, Shell>,
    args: UserSearch,
) -> Result<Vec<FoundUser>, IpcError> {
    let account = shell.account()?;
    let found = account.directory_search_users(&args.term).await?;
    Ok(found_users(&account, found))
}
