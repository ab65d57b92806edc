//! The user's devices.

use pli_ipc::wire::{DeviceRename, DeviceSignOut, IpcError, OwnDevice};
use tauri::State;

use crate::shell::Shell;

#[tauri::command]
pub(crate) async fn device_list(shell: State<'_, Shell>) -> Result<Vec<OwnDevice>, IpcError> {
    let devices = shell.account()?.devices().await?;
    Ok(devices.into_iter().map(Into::into).collect())
}

#[tauri::command]
pub(crate) async fn device_rename(
    shell: State<'_, Shell>,
    args: DeviceRename,
) -> Result<(), IpcError> {
    let account = shell.account()?;
    Ok(account.device_rename(&args.device_id, &args.name).await?)
}

#[tauri::command]
pub(crate) async fn device_sign_out(
    shell: State<'_, Shell>,
    args: DeviceSignOut,
) -> Result<(), IpcError> {
    let account = shell.account()?;
    Ok(account
        .devices_sign_out(&args.device_ids, args.password.into())
        .await?)
}
