//! The table of commands: the page's typed client, the shell's permissions and the tests
//! are all made from it. Plain data, so that build scripts can include this file.

/// A command the page may call.
pub struct Command {
    /// Name, `noun_verb`.
    pub name: &'static str,
    /// TypeScript type of its one argument, `args`.
    pub args: Option<&'static str>,
    /// TypeScript type of its answer.
    pub result: &'static str,
    /// TypeScript type of what its `channel` receives; such a command answers the id to
    /// give to `subscription_close`.
    pub updates: Option<&'static str>,
}

const fn command(
    name: &'static str,
    args: Option<&'static str>,
    result: &'static str,
    updates: Option<&'static str>,
) -> Command {
    Command {
        name,
        args,
        result,
        updates,
    }
}

/// Every command, in alphabetical order.
pub const COMMANDS: &[Command] = &[
    command("access_subscribe", None, "number", Some("Access")),
    command(
        "account_discover",
        Some("AccountDiscover"),
        "DiscoveredServer",
        None,
    ),
    command("account_sign_in", Some("AccountSignIn"), "null", None),
    command("account_sign_out", None, "null", None),
    command("app_info", None, "AppInfo", None),
    command(
        "attachment_discard",
        Some("AttachmentDiscard"),
        "null",
        None,
    ),
    command("attachment_paste", None, "AttachmentDraft | null", None),
    command("attachment_pick", None, "AttachmentDraft[]", None),
    command("attachment_send", Some("AttachmentSend"), "null", None),
    command(
        "attachment_subscribe",
        None,
        "number",
        Some("AttachmentEvent"),
    ),
    command(
        "directory_search_users",
        Some("UserSearch"),
        "FoundUser[]",
        None,
    ),
    command("draft_load", Some("RoomRef"), "Draft | null", None),
    command("draft_save", Some("DraftSave"), "null", None),
    command("event_redact", Some("EventRedact"), "null", None),
    command("event_report", Some("EventReport"), "null", None),
    command("link_open", Some("LinkOpen"), "null", None),
    command("media_save", Some("MediaSave"), "SavedMedia", None),
    command("navigation_subscribe", None, "number", Some("Navigation")),
    command("reaction_toggle", Some("ReactionToggle"), "null", None),
    command("recovery_confirm", Some("RecoveryConfirm"), "null", None),
    command("recovery_enter", Some("RecoveryEnter"), "null", None),
    command(
        "recovery_reset",
        Some("RecoveryReset"),
        "RecoveryCode",
        None,
    ),
    command("recovery_save_code", None, "SavedMedia", None),
    command("recovery_set_up", None, "RecoveryCode", None),
    command(
        "recovery_subscribe",
        None,
        "number",
        Some("HistoryProgress"),
    ),
    command("room_accept_invite", Some("RoomRef"), "null", None),
    command("room_create", Some("RoomCreate"), "RoomCreated", None),
    command(
        "room_create_direct",
        Some("RoomCreateDirect"),
        "RoomCreated",
        None,
    ),
    command("room_invite", Some("RoomMember"), "null", None),
    command("room_keys_cancel", None, "null", None),
    command(
        "room_keys_export",
        Some("RoomKeysPassphrase"),
        "ExportedKeys",
        None,
    ),
    command(
        "room_keys_import",
        Some("RoomKeysPassphrase"),
        "ImportedKeys",
        None,
    ),
    command("room_keys_pick", None, "SavedMedia", None),
    command(
        "room_keys_subscribe",
        None,
        "number",
        Some("KeyFileProgress"),
    ),
    command("room_leave", Some("RoomRef"), "null", None),
    command(
        "room_list_subscribe",
        None,
        "number",
        Some("ListDiff<RoomSummary>[]"),
    ),
    command("room_mark_read", Some("RoomRef"), "null", None),
    command("room_member_ban", Some("RoomMember"), "null", None),
    command("room_member_remove", Some("RoomMember"), "null", None),
    command("room_member_set_role", Some("RoomMemberRole"), "null", None),
    command("room_member_unban", Some("RoomMember"), "null", None),
    command(
        "room_members_subscribe",
        Some("RoomRef"),
        "number",
        Some("ListDiff<Member>[]"),
    ),
    command("room_newcomers_acknowledge", Some("RoomRef"), "null", None),
    command(
        "room_newcomers_subscribe",
        Some("RoomRef"),
        "number",
        Some("Sender[]"),
    ),
    command("room_pick_avatar", Some("RoomRef"), "null", None),
    command(
        "room_recipients",
        Some("RoomRef"),
        "Recipients | null",
        None,
    ),
    command("room_set_favourite", Some("RoomFlag"), "null", None),
    command("room_set_low_priority", Some("RoomFlag"), "null", None),
    command("room_set_marked_unread", Some("RoomFlag"), "null", None),
    command("room_set_name", Some("RoomText"), "null", None),
    command(
        "room_set_notification_mode",
        Some("RoomNotificationMode"),
        "null",
        None,
    ),
    command("room_set_topic", Some("RoomText"), "null", None),
    command("room_set_typing", Some("RoomFlag"), "null", None),
    command(
        "room_subscribe",
        Some("RoomRef"),
        "number",
        Some("RoomDetails"),
    ),
    command("session_subscribe", None, "number", Some("SessionState")),
    command("settings_get", None, "Settings", None),
    command("settings_set", Some("Settings"), "null", None),
    command(
        "subscription_close",
        Some("SubscriptionClose"),
        "null",
        None,
    ),
    command("sync_subscribe", None, "number", Some("SyncState")),
    command("timeline_cancel_send", Some("EchoRef"), "null", None),
    command("timeline_edit", Some("TimelineEdit"), "null", None),
    command("timeline_edit_source", Some("EventRef"), "EditSource", None),
    command("timeline_fetch_reply", Some("EventRef"), "null", None),
    command("timeline_mark_read", Some("RoomRef"), "null", None),
    command("timeline_paginate", Some("TimelinePaginate"), "null", None),
    command("timeline_retry_send", Some("EchoRef"), "null", None),
    command("timeline_send_text", Some("TimelineSend"), "null", None),
    command(
        "timeline_subscribe",
        Some("TimelineSubscribe"),
        "number",
        Some("TimelineUpdate"),
    ),
    command("user_ignore", Some("UserIgnore"), "null", None),
    command("vault_start_afresh", None, "null", None),
    command("vault_unlock", Some("VaultUnlock"), "null", None),
    command("window_set_room", Some("WindowSetRoom"), "null", None),
];
