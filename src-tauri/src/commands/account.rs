//! Signing in and out.

use pli_ipc::wire::{AccountDiscover, AccountSignIn, DiscoveredServer, IpcError};
use tauri::State;

use crate::shell::Shell;

#[tauri::command]
pub(crate) async fn account_ask_renewal(shell: State<'_, Shell>) -> Result<(), IpcError> {
    Ok(shell.account()?.ask_renewal().await?)
}

#[tauri::command]
pub(crate) async fn account_discover(
    shell: State<'_, Shell>,
    args: AccountDiscover,
) -> Result<DiscoveredServer, IpcError> {
    let found = shell
        .session
        .discover(&args.address, args.server.as_deref())
        .await?;
    Ok(found.into())
}

#[tauri::command]
pub(crate) async fn account_sign_in(
    shell: State<'_, Shell>,
    args: AccountSignIn,
) -> Result<(), IpcError> {
    Ok(shell
        .session
        .sign_in(&args.address, args.server.as_deref(), args.password.into())
        .await?)
}

#[tauri::command]
pub(crate) async fn account_sign_out(shell: State<'_, Shell>) -> Result<(), IpcError> {
    Ok(shell.session.sign_out().await?)
}
