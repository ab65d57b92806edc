//! What the organisation decides.

use pli_ipc::{
    policy,
    wire::{IpcError, PolicyInForce, PolicyOnScreen},
};
use tauri::State;

use crate::shell::Shell;

#[tauri::command]
pub(crate) async fn policy_in_force(shell: State<'_, Shell>) -> Result<PolicyInForce, IpcError> {
    Ok(policy::policy_in_force(
        &shell.rules,
        &shell.settings.chosen(),
    ))
}

#[tauri::command]
pub(crate) async fn policy_on_screen(shell: State<'_, Shell>) -> Result<PolicyOnScreen, IpcError> {
    Ok(policy::policy_on_screen(&shell.rules))
}
