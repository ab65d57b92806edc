//! The key of the profile, where the keyring did not give it.

use pli_ipc::wire::{IpcError, VaultUnlock};
use tauri::State;

use crate::shell::Shell;

#[tauri::command]
pub(crate) async fn vault_unlock(
    shell: State<'_, Shell>,
    args: VaultUnlock,
) -> Result<(), IpcError> {
    Ok(shell.session.unlock(args.passphrase.into()).await?)
}

#[tauri::command]
pub(crate) async fn vault_start_afresh(shell: State<'_, Shell>) -> Result<(), IpcError> {
    Ok(shell.session.start_afresh().await?)
}
