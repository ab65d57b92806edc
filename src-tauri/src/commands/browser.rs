//! What the user does in the system's browser.

use pli_core::loopback::Pages;
use pli_ipc::wire::{BrowserLink, BrowserSignIn, IpcError, RecoveryCode};
use tauri::State;

use crate::{shell::Shell, words::Words};

#[tauri::command]
pub(crate) async fn browser_give_up(shell: State<'_, Shell>) -> Result<(), IpcError> {
    shell.session.give_up_browser();
    Ok(())
}

#[tauri::command]
pub(crate) async fn browser_reset(shell: State<'_, Shell>) -> Result<BrowserLink, IpcError> {
    Ok(opened(shell.session.browser_reset().await?.into()))
}

#[tauri::command]
pub(crate) async fn browser_sign_in(
    shell: State<'_, Shell>,
    args: BrowserSignIn,
) -> Result<BrowserLink, IpcError> {
    let words = Words::of(shell.settings.get().language);
    let pages = Pages {
        done: words.say("browser-done", &[]),
        refused: words.say("browser-refused", &[]),
    };
    let (server, provider) = (args.server.as_deref(), args.provider.as_deref());
    let link = shell
        .session
        .browser_sign_in(&args.address, server, provider, pages);
    Ok(opened(link.await?.into()))
}

#[tauri::command]
pub(crate) async fn browser_signed_in(shell: State<'_, Shell>) -> Result<(), IpcError> {
    Ok(shell.session.browser_signed_in().await?)
}

#[tauri::command]
pub(crate) async fn browser_was_reset(shell: State<'_, Shell>) -> Result<RecoveryCode, IpcError> {
    let code = shell.session.browser_was_reset().await?;
    Ok(RecoveryCode {
        code: (&code).into(),
    })
}

/// Opens what pli-core made a link to; where no browser can be started, the page offers the link.
fn opened(url: String) -> BrowserLink {
    let opened = open::that_detached(&url).is_ok();
    if !opened {
        tracing::warn!(name: "no browser could be opened", "");
    }
    BrowserLink { url, opened }
}
