//! The people in a room.

use pli_core::member::TableWords;
use pli_ipc::{
    member::{member_updates, people},
    wire::{
        IpcError, ListDiff, Member, Recipients, RoomMember, RoomMemberRole, RoomRef, SavedMedia,
        Sender, UserIgnore,
    },
};
use tauri::{State, Webview, WebviewWindow, ipc::Channel};

use crate::{file_dialog, shell::Shell, subscription::subscribe, words::Words};

#[tauri::command]
pub(crate) async fn room_guest_files_agree(
    shell: State<'_, Shell>,
    args: RoomRef,
) -> Result<(), IpcError> {
    let account = shell.account()?;
    Ok(account.room_guest_files_agree(&args.room_id).await?)
}

#[tauri::command]
pub(crate) async fn room_guest_files_agreed(
    shell: State<'_, Shell>,
    args: RoomRef,
) -> Result<bool, IpcError> {
    let account = shell.account()?;
    Ok(account.room_guest_files_agreed(&args.room_id).await?)
}

#[tauri::command]
pub(crate) async fn room_guests_subscribe(
    webview: Webview,
    shell: State<'_, Shell>,
    args: RoomRef,
    channel: Channel<Vec<Sender>>,
) -> Result<u32, IpcError> {
    let account = shell.account()?;
    let updates = account.room_guests(&args.room_id).await?;
    Ok(subscribe(&webview, people(&account, updates), channel))
}

#[tauri::command]
pub(crate) async fn room_members_export(
    window: WebviewWindow,
    shell: State<'_, Shell>,
    args: RoomRef,
) -> Result<SavedMedia, IpcError> {
    let account = shell.account()?;
    let words = Words::of(shell.settings.get().language);
    let path = file_dialog::save(&window, &words.say("members-file-name", &[])).await?;
    let table = table_words(&words);
    account
        .room_members_export(&args.room_id, &path, &table)
        .await?;
    Ok(file_dialog::saved(&path))
}

fn table_words(words: &Words) -> TableWords {
    TableWords {
        // As spreadsheets of the language expect it.
        separator: words
            .say("members-file-separator", &[])
            .chars()
            .next()
            .unwrap_or(','),
        heads: [
            words.say("members-file-name-head", &[]),
            words.say("members-file-address", &[]),
            words.say("members-file-server", &[]),
            words.say("members-file-role", &[]),
            words.say("members-file-state", &[]),
            words.say("members-file-guest", &[]),
        ],
        roles: [
            words.say("members-file-role-creator", &[]),
            words.say("members-file-role-administrator", &[]),
            words.say("members-file-role-moderator", &[]),
            words.say("members-file-role-user", &[]),
        ],
        states: [
            words.say("members-file-state-joined", &[]),
            words.say("members-file-state-invited", &[]),
            words.say("members-file-state-banned", &[]),
        ],
        guest: words.say("members-file-guest-yes", &[]),
    }
}

#[tauri::command]
pub(crate) async fn room_members_subscribe(
    webview: Webview,
    shell: State<'_, Shell>,
    args: RoomRef,
    channel: Channel<Vec<ListDiff<Member>>>,
) -> Result<u32, IpcError> {
    let account = shell.account()?;
    let updates = account.room_members(&args.room_id).await?;
    Ok(subscribe(
        &webview,
        member_updates(&account, updates),
        channel,
    ))
}

#[tauri::command]
pub(crate) async fn room_newcomers_subscribe(
    webview: Webview,
    shell: State<'_, Shell>,
    args: RoomRef,
    channel: Channel<Vec<Sender>>,
) -> Result<u32, IpcError> {
    let account = shell.account()?;
    let updates = account.room_newcomers(&args.room_id).await?;
    Ok(subscribe(&webview, people(&account, updates), channel))
}

#[tauri::command]
pub(crate) async fn room_newcomers_acknowledge(
    shell: State<'_, Shell>,
    args: RoomRef,
) -> Result<(), IpcError> {
    let account = shell.account()?;
    Ok(account.room_newcomers_acknowledge(&args.room_id).await?)
}

#[tauri::command]
pub(crate) async fn room_recipients(
    shell: State<'_, Shell>,
    args: RoomRef,
) -> Result<Option<Recipients>, IpcError> {
    let counts = shell.account()?.room_recipients(&args.room_id).await?;
    Ok(counts.map(Into::into))
}

#[tauri::command]
pub(crate) async fn room_invite(shell: State<'_, Shell>, args: RoomMember) -> Result<(), IpcError> {
    Ok(shell
        .account()?
        .room_invite(&args.room_id, &args.user_id, args.reason.as_deref())
        .await?)
}

#[tauri::command]
pub(crate) async fn room_member_remove(
    shell: State<'_, Shell>,
    args: RoomMember,
) -> Result<(), IpcError> {
    Ok(shell
        .account()?
        .room_remove(&args.room_id, &args.user_id, args.reason.as_deref())
        .await?)
}

#[tauri::command]
pub(crate) async fn room_member_ban(
    shell: State<'_, Shell>,
    args: RoomMember,
) -> Result<(), IpcError> {
    Ok(shell
        .account()?
        .room_ban(&args.room_id, &args.user_id, args.reason.as_deref())
        .await?)
}

#[tauri::command]
pub(crate) async fn room_member_unban(
    shell: State<'_, Shell>,
    args: RoomMember,
) -> Result<(), IpcError> {
    Ok(shell
        .account()?
        .room_unban(&args.room_id, &args.user_id, args.reason.as_deref())
        .await?)
}

#[tauri::command]
pub(crate) async fn room_member_set_role(
    shell: State<'_, Shell>,
    args: RoomMemberRole,
) -> Result<(), IpcError> {
    Ok(shell
        .account()?
        .room_set_role(&args.room_id, &args.user_id, args.role.into())
        .await?)
}

#[tauri::command]
pub(crate) async fn user_ignore(shell: State<'_, Shell>, args: UserIgnore) -> Result<(), IpcError> {
    Ok(shell.account()?.user_ignore(&args.user_id, args.on).await?)
}

#[tauri::command]
pub(crate) async fn user_is_guest(shell: State<'_, Shell>) -> Result<bool, IpcError> {
    Ok(shell.account()?.is_guest())
}
