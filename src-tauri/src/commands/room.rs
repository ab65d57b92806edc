//! One room.

use std::time::Duration;

use pli_ipc::{
    room::room_updates,
    wire::{
        IpcError, RoomCreate, RoomCreateDirect, RoomCreated, RoomDetails, RoomFlag,
        RoomNotificationMode, RoomRef, RoomText, RoomTimer,
    },
};
use tauri::{State, Webview, WebviewWindow, ipc::Channel};

use crate::{file_dialog, shell::Shell, subscription::subscribe};

#[tauri::command]
pub(crate) async fn room_subscribe(
    webview: Webview,
    shell: State<'_, Shell>,
    args: RoomRef,
    channel: Channel<RoomDetails>,
) -> Result<u32, IpcError> {
    let account = shell.account()?;
    let updates = account.room_details(&args.room_id).await?;
    Ok(subscribe(
        &webview,
        room_updates(&account, updates),
        channel,
    ))
}

#[tauri::command]
pub(crate) async fn room_create(
    shell: State<'_, Shell>,
    args: RoomCreate,
) -> Result<RoomCreated, IpcError> {
    let room_id = shell.account()?.room_create(&args.into()).await?;
    Ok(RoomCreated { room_id })
}

#[tauri::command]
pub(crate) async fn room_create_direct(
    shell: State<'_, Shell>,
    args: RoomCreateDirect,
) -> Result<RoomCreated, IpcError> {
    let room_id = shell.account()?.room_create_direct(&args.user_id).await?;
    Ok(RoomCreated { room_id })
}

#[tauri::command]
pub(crate) async fn room_accept_invite(
    shell: State<'_, Shell>,
    args: RoomRef,
) -> Result<(), IpcError> {
    Ok(shell.account()?.room_accept_invite(&args.room_id).await?)
}

#[tauri::command]
pub(crate) async fn room_leave(shell: State<'_, Shell>, args: RoomRef) -> Result<(), IpcError> {
    Ok(shell.account()?.room_leave(&args.room_id).await?)
}

#[tauri::command]
pub(crate) async fn room_set_name(shell: State<'_, Shell>, args: RoomText) -> Result<(), IpcError> {
    Ok(shell
        .account()?
        .room_set_name(&args.room_id, &args.text)
        .await?)
}

#[tauri::command]
pub(crate) async fn room_set_timer(
    shell: State<'_, Shell>,
    args: RoomTimer,
) -> Result<(), IpcError> {
    let timer = args.lifetime.map(Duration::from_millis);
    Ok(shell
        .account()?
        .room_set_timer(&args.room_id, timer)
        .await?)
}

#[tauri::command]
pub(crate) async fn room_set_topic(
    shell: State<'_, Shell>,
    args: RoomText,
) -> Result<(), IpcError> {
    Ok(shell
        .account()?
        .room_set_topic(&args.room_id, &args.text)
        .await?)
}

#[tauri::command]
pub(crate) async fn room_open_to_guests(
    shell: State<'_, Shell>,
    args: RoomRef,
) -> Result<(), IpcError> {
    Ok(shell.account()?.room_open_to_guests(&args.room_id).await?)
}

#[tauri::command]
pub(crate) async fn room_pick_avatar(
    window: WebviewWindow,
    shell: State<'_, Shell>,
    args: RoomRef,
) -> Result<(), IpcError> {
    let account = shell.account()?;
    let path = file_dialog::pick_picture(&window).await?;
    Ok(account.room_set_avatar(&args.room_id, &path).await?)
}

#[tauri::command]
pub(crate) async fn room_set_favourite(
    shell: State<'_, Shell>,
    args: RoomFlag,
) -> Result<(), IpcError> {
    Ok(shell
        .account()?
        .room_set_favourite(&args.room_id, args.on)
        .await?)
}

#[tauri::command]
pub(crate) async fn room_set_low_priority(
    shell: State<'_, Shell>,
    args: RoomFlag,
) -> Result<(), IpcError> {
    Ok(shell
        .account()?
        .room_set_low_priority(&args.room_id, args.on)
        .await?)
}

#[tauri::command]
pub(crate) async fn room_set_marked_unread(
    shell: State<'_, Shell>,
    args: RoomFlag,
) -> Result<(), IpcError> {
    Ok(shell
        .account()?
        .room_set_marked_unread(&args.room_id, args.on)
        .await?)
}

#[tauri::command]
pub(crate) async fn room_mark_read(shell: State<'_, Shell>, args: RoomRef) -> Result<(), IpcError> {
    let public = shell.settings.get().send_read_receipts;
    Ok(shell
        .account()?
        .room_mark_read(&args.room_id, public)
        .await?)
}

#[tauri::command]
pub(crate) async fn room_set_typing(
    shell: State<'_, Shell>,
    args: RoomFlag,
) -> Result<(), IpcError> {
    let account = shell.account()?;
    // Having stopped is told also to those who were told before the setting changed.
    if args.on && !shell.settings.get().send_typing {
        return Ok(());
    }
    Ok(account.room_set_typing(&args.room_id, args.on).await?)
}

#[tauri::command]
pub(crate) async fn room_set_notification_mode(
    shell: State<'_, Shell>,
    args: RoomNotificationMode,
) -> Result<(), IpcError> {
    Ok(shell
        .account()?
        .room_set_notification_mode(&args.room_id, args.mode.into())
        .await?)
}
