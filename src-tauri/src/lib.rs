//! The shell: the window, the operating system, and one-line commands over `pli_core`.

// The futures of the SDK nest deeply.
#![recursion_limit = "256"]

mod arguments;
mod clipboard;
mod commands;
mod file_dialog;
mod file_drop;
mod hardening;
mod media_scheme;
mod notification;
mod policies;
mod session;
mod settings;
mod shell;
mod subscription;
mod window;
mod words;

use std::process::ExitCode;

use arguments::Arguments;
use pli_policy::Rules;

/// Starts Pli and returns when its window is closed.
pub fn run() -> ExitCode {
    hardening::before_anything();
    let Ok(arguments) = Arguments::from_env() else {
        return ExitCode::from(2);
    };
    let rules = Rules::of_this_machine();
    if arguments.policies {
        return policies::print(rules);
    }
    let Ok(runtime) = runtime() else {
        return ExitCode::FAILURE;
    };
    tauri::async_runtime::set(runtime.handle().clone());
    let mut context = tauri::generate_context!();
    context.config_mut().identifier = arguments.identifier(&context.config().identifier);
    // A test proves with it that what it looks for is found once nothing guards the page.
    #[cfg(debug_assertions)]
    if std::env::var_os("PLI_WITHOUT_CSP").is_some() {
        context.config_mut().app.security.csp = None;
    }

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
        .invoke_handler(commands::handler())
        .setup(move |app| {
            shell::start(app, &arguments, rules)?;
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
