//! The timeline of a room.

use pli_ipc::{
    timeline::timeline_updates,
    wire::{EventRef, IpcError, RoomRef, TimelinePaginate, TimelineSubscribe, TimelineUpdate},
};
use tauri::{State, Webview, ipc::Channel};

use crate::{shell::Shell, subscription::subscribe};

#[tauri::command]
pub(crate) async fn timeline_subscribe(
    webview: Webview,
    shell: State<'_, Shell>,
    args: TimelineSubscribe,
    channel: Channel<TimelineUpdate>,
) -> Result<u32, IpcError> {
    let account = shell.account()?;
    let updates = account
        .timeline_subscribe(&args.room_id, args.focus.as_deref())
        .await?;
    Ok(subscribe(
        &webview,
        timeline_updates(&account, updates),
        channel,
    ))
}

#[tauri::command]
pub(crate) async fn timeline_paginate(
    shell: State<'_, Shell>,
    args: TimelinePaginate,
) -> Result<(), IpcError> {
    Ok(shell
        .account()?
        .timeline_paginate(&args.room_id, args.count)
        .await?)
}

#[tauri::command]
pub(crate) async fn timeline_fetch_reply(
    shell: State<'_, Shell>,
    args: EventRef,
) -> Result<(), IpcError> {
    Ok(shell
        .account()?
        .timeline_fetch_reply(&args.room_id, &args.event_id)
        .await?)
}

#[tauri::command]
pub(crate) async fn timeline_mark_read(
    shell: State<'_, Shell>,
    args: RoomRef,
) -> Result<(), IpcError> {
    let public = shell.settings.get().send_read_receipts;
    Ok(shell
        .account()?
        .timeline_mark_read(&args.room_id, public)
        .await?)
}
