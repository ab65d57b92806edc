//! What the page may ask: each command maps its arguments, calls `pli_core`, maps the answer.

pub(crate) mod account;
pub(crate) mod app;
pub(crate) mod attachment;
pub(crate) mod browser;
pub(crate) mod composer;
pub(crate) mod device;
pub(crate) mod directory;
pub(crate) mod draft;
pub(crate) mod link;
pub(crate) mod media;
pub(crate) mod member;
pub(crate) mod person;
pub(crate) mod policy;
pub(crate) mod recovery;
pub(crate) mod room;
pub(crate) mod room_keys;
pub(crate) mod room_list;
pub(crate) mod session;
pub(crate) mod settings;
pub(crate) mod timeline;
pub(crate) mod vault;
pub(crate) mod verification;

use tauri::ipc::Invoke;

/// Calls the command that the page names; by the names of `pli_ipc`'s table, in their order.
// A list, one command a line.
#[allow(clippy::too_many_lines)]
pub(crate) fn handler() -> impl Fn(Invoke) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        session::access_subscribe,
        account::account_ask_renewal,
        account::account_discover,
        account::account_sign_in,
        account::account_sign_out,
        app::app_info,
        attachment::attachment_discard,
        attachment::attachment_paste,
        attachment::attachment_pick,
        attachment::attachment_send,
        attachment::attachment_subscribe,
        browser::browser_give_up,
        browser::browser_reset,
        browser::browser_sign_in,
        browser::browser_signed_in,
        browser::browser_was_reset,
        device::device_list,
        device::device_rename,
        device::device_sign_out,
        directory::directory_search_users,
        draft::draft_load,
        draft::draft_save,
        composer::event_redact,
        composer::event_report,
        link::link_open,
        media::media_save,
        app::navigation_subscribe,
        person::person_subscribe,
        person::person_withdraw_verification,
        policy::policy_in_force,
        policy::policy_on_screen,
        composer::reaction_toggle,
        recovery::recovery_confirm,
        recovery::recovery_copy_code,
        recovery::recovery_enter,
        recovery::recovery_reset,
        recovery::recovery_save_code,
        recovery::recovery_set_up,
        recovery::recovery_subscribe,
        room::room_accept_invite,
        room::room_create,
        room::room_create_direct,
        member::room_guest_files_agree,
        member::room_guest_files_agreed,
        member::room_guests_subscribe,
        member::room_invite,
        room_keys::room_keys_cancel,
        room_keys::room_keys_export,
        room_keys::room_keys_import,
        room_keys::room_keys_pick,
        room_keys::room_keys_subscribe,
        room::room_leave,
        room_list::room_list_subscribe,
        room::room_mark_read,
        member::room_member_ban,
        member::room_member_remove,
        member::room_member_set_role,
        member::room_member_unban,
        member::room_members_export,
        member::room_members_subscribe,
        member::room_newcomers_acknowledge,
        member::room_newcomers_subscribe,
        room::room_open_to_guests,
        room::room_pick_avatar,
        member::room_recipients,
        room::room_set_favourite,
        room::room_set_low_priority,
        room::room_set_marked_unread,
        room::room_set_name,
        room::room_set_notification_mode,
        room::room_set_timer,
        room::room_set_topic,
        room::room_set_typing,
        room::room_subscribe,
        session::session_subscribe,
        settings::settings_get,
        settings::settings_set,
        app::subscription_close,
        session::sync_subscribe,
        composer::timeline_cancel_send,
        composer::timeline_edit,
        composer::timeline_edit_source,
        timeline::timeline_fetch_reply,
        timeline::timeline_mark_read,
        timeline::timeline_paginate,
        composer::timeline_retry_send,
        composer::timeline_send_text,
        timeline::timeline_subscribe,
        member::user_ignore,
        member::user_is_guest,
        vault::vault_start_afresh,
        vault::vault_unlock,
        verification::verification_accept,
        verification::verification_available,
        verification::verification_cancel,
        verification::verification_confirm,
        verification::verification_mismatch,
        verification::verification_request,
        verification::verification_scan_clipboard,
        verification::verification_scan_file,
        verification::verification_show_code,
        verification::verification_start_emojis,
        verification::verification_subscribe,
        app::window_set_room,
    ]
}
