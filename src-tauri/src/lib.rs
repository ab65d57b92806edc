//! The shell: the window, the operating system, and one-line commands over `pli_core`.

// The futures of the SDK nest deeply.
#![recursion_limit = "256"]

mod arguments;
mod commands;
mod file_dialog;
mod file_drop;
mod hardening;
mod media_scheme;
mod notification;
mod session;
mod settings;
mod shell;
mod subscription;
mod window;
mod words;

use std::process::ExitCode;

use arguments::Arguments;

/// Starts Pli and returns when its window is closed.
pub fn run() -> ExitCode {
    hardening::before_anything();
    let Ok(arguments) = Arguments::from_env() else {
        return ExitCode::from(2);
    };
    let Ok(runtime) = runtime() else {
        return ExitCode::FAILURE;
    };
    tauri::async_runtime::set(runtime.handle().clone());
    let mut context = tauri::generate_context!();
    context.config_mut().identifier = arguments.identifier(&context.config().identifier);

    let built = tauri::Builder::default()
        // First, so that a second start touches nothing of the profile.
        .plugin(tauri_plugin_single_instance::init(|app, _, _| {
            window::focus(app)
        }))
        .plugin(tauri_plugin_clipboard_manager::init())
        .plugin(tauri_plugin_dialog::init())
        .manage(subscription::Subscriptions::default())
        .manage(file_drop::FileDrops::default())
        .register_asynchronous_uri_scheme_protocol(media_scheme::SCHEME, media_scheme::answer)
        .invoke_handler(tauri::generate_handler![
            commands::account::account_discover,
            commands::account::account_sign_in,
            commands::account::account_sign_out,
            commands::app::app_info,
            commands::attachment::attachment_discard,
            commands::attachment::attachment_paste,
            commands::attachment::attachment_pick,
            commands::attachment::attachment_send,
            commands::attachment::attachment_subscribe,
            commands::directory::directory_search_users,
            commands::draft::draft_load,
            commands::draft::draft_save,
            commands::composer::event_redact,
            commands::composer::event_report,
            commands::link::link_open,
            commands::media::media_save,
            commands::app::navigation_subscribe,
            commands::composer::reaction_toggle,
            commands::recovery::recovery_confirm,
            commands::recovery::recovery_enter,
            commands::recovery::recovery_reset,
            commands::recovery::recovery_save_code,
            commands::recovery::recovery_set_up,
            commands::recovery::recovery_subscribe,
            commands::room::room_accept_invite,
            commands::room::room_create,
            commands::room::room_create_direct,
            commands::member::room_invite,
            commands::room::room_leave,
            commands::room_list::room_list_subscribe,
            commands::room::room_mark_read,
            commands::member::room_member_ban,
            commands::member::room_member_remove,
            commands::member::room_member_set_role,
            commands::member::room_member_unban,
            commands::member::room_members_subscribe,
            commands::room::room_pick_avatar,
            commands::room::room_set_favourite,
            commands::room::room_set_low_priority,
            commands::room::room_set_marked_unread,
            commands::room::room_set_name,
            commands::room::room_set_notification_mode,
            commands::room::room_set_topic,
            commands::room::room_set_typing,
            commands::room::room_subscribe,
            commands::session::session_subscribe,
            commands::settings::settings_get,
            commands::settings::settings_set,
            commands::app::subscription_close,
            commands::session::sync_subscribe,
            commands::composer::timeline_cancel_send,
            commands::composer::timeline_edit,
            commands::composer::timeline_edit_source,
            commands::timeline::timeline_fetch_reply,
            commands::timeline::timeline_mark_read,
            commands::timeline::timeline_paginate,
            commands::composer::timeline_retry_send,
            commands::composer::timeline_send_text,
            commands::timeline::timeline_subscribe,
            commands::member::user_ignore,
            commands::vault::vault_start_afresh,
            commands::vault::vault_unlock,
            commands::app::window_set_room,
        ])
        .setup(move |app| {
            shell::start(app, &arguments)?;
            window::open(app)?;
            Ok(())
        })
        .build(context);
    match built {
        Ok(app) => {
            app.run(|app, event| {
                if let tauri::RunEvent::Exit = event {
                    session::close(app);
                }
            });
            ExitCode::SUCCESS
        }
        Err(_) => {
            tracing::error!(name: "the shell could not start", "");
            ExitCode::FAILURE
        }
    }
}

/// Where all of `pli_core` runs. The SDK frees deeply nested HTML by recursion, and a server
/// may send 20,000 levels of it: the usual 2 MiB of stack would overflow.
fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_stack_size(16 * 1024 * 1024)
        .build()
}
