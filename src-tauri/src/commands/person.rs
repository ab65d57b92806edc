//! What the user knows of a person's identity.

use pli_ipc::{
    verification::person_updates,
    wire::{IpcError, PersonRef, PersonTrust},
};
use tauri::{State, Webview, ipc::Channel};

use crate::{shell::Shell, subscription::subscribe};

#[tauri::command]
pub(crate) async fn person_subscribe(
    webview: Webview,
    shell: State<'_, Shell>,
    args: PersonRef,
    channel: Channel<PersonTrust>,
) -> Result<u32, IpcError> {
    let updates = person_updates(shell.account()?.person_trust(&args.user_id)?);
    Ok(subscribe(&webview, updates, channel))
}

#[tauri::command]
pub(crate) async fn person_withdraw_verification(
    shell: State<'_, Shell>,
    args: PersonRef,
) -> Result<(), IpcError> {
    Ok(shell
        .account()?
        .person_withdraw_verification(&args.user_id)
        .await?)
}
