//! What is written to a room.

use pli_ipc::wire::{
    EchoRef, EditSource, EventRedact, EventRef, EventReport, IpcError, ReactionToggle,
    TimelineEdit, TimelineSend,
};
use tauri::State;

use crate::shell::Shell;

#[tauri::command]
pub(crate) async fn timeline_send_text(
    shell: State<'_, Shell>,
    args: TimelineSend,
) -> Result<(), IpcError> {
    let room_id = args.room_id.clone();
    Ok(shell
        .account()?
        .timeline_send_text(&room_id, args.into())
        .await?)
}

#[tauri::command]
pub(crate) async fn timeline_edit(
    shell: State<'_, Shell>,
    args: TimelineEdit,
) -> Result<(), IpcError> {
    let account = shell.account()?;
    Ok(account
        .timeline_edit(
            &args.room_id,
            &args.event_id,
            &args.markdown,
            &args.mentions,
        )
        .await?)
}

#[tauri::command]
pub(crate) async fn timeline_edit_source(
    shell: State<'_, Shell>,
    args: EventRef,
) -> Result<EditSource, IpcError> {
    let markdown = shell
        .account()?
        .timeline_edit_source(&args.room_id, &args.event_id)
        .await?;
    Ok(EditSource { markdown })
}

#[tauri::command]
pub(crate) async fn reaction_toggle(
    shell: State<'_, Shell>,
    args: ReactionToggle,
) -> Result<(), IpcError> {
    Ok(shell
        .account()?
        .reaction_toggle(&args.room_id, &args.event_id, &args.key)
        .await?)
}

#[tauri::command]
pub(crate) async fn event_redact(
    shell: State<'_, Shell>,
    args: EventRedact,
) -> Result<(), IpcError> {
    let account = shell.account()?;
    Ok(account
        .event_redact(&args.room_id, &args.event_id, args.reason.as_deref())
        .await?)
}

#[tauri::command]
pub(crate) async fn event_report(
    shell: State<'_, Shell>,
    args: EventReport,
) -> Result<(), IpcError> {
    Ok(shell
        .account()?
        .event_report(&args.room_id, &args.event_id, &args.reason)
        .await?)
}

#[tauri::command]
pub(crate) async fn timeline_retry_send(
    shell: State<'_, Shell>,
    args: EchoRef,
) -> Result<(), IpcError> {
    Ok(shell
        .account()?
        .timeline_retry_send(&args.room_id, &args.transaction_id)
        .await?)
}

#[tauri::command]
pub(crate) async fn timeline_cancel_send(
    shell: State<'_, Shell>,
    args: EchoRef,
) -> Result<(), IpcError> {
    Ok(shell
        .account()?
        .timeline_cancel_send(&args.room_id, &args.transaction_id)
        .await?)
}
