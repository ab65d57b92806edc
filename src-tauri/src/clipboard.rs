//! Secrets on the clipboard.

use std::time::Duration;

use arboard::Clipboard;
use secrecy::{ExposeSecret as _, SecretString};

#[cfg(target_os = "macos")]
use arboard::SetExtApple as _;
#[cfg(target_os = "linux")]
use arboard::SetExtLinux as _;
#[cfg(windows)]
use arboard::SetExtWindows as _;

/// How long a secret stays on the clipboard: the time to paste it.
const STAY: Duration = Duration::from_secs(60);

/// Copies a secret: the system is told to keep it out of histories and of other machines, and it
/// is taken away again after a minute, unless something else was copied since.
///
/// # Errors
/// When the system has no clipboard to offer.
pub(crate) async fn copy_secret(secret: SecretString) -> Result<(), arboard::Error> {
    let (clipboard, secret) = tauri::async_runtime::spawn_blocking(move || {
        let mut clipboard = Clipboard::new()?;
        let set = clipboard.set().exclude_from_history();
        set.text(secret.expose_secret())?;
        Ok::<_, arboard::Error>((clipboard, secret))
    })
    .await
    .map_err(|_| arboard::Error::ClipboardOccupied)??;
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(STAY).await;
        tauri::async_runtime::spawn_blocking(move || take_away(clipboard, &secret));
    });
    Ok(())
}

fn take_away(mut clipboard: Clipboard, secret: &SecretString) {
    let still = clipboard.get_text();
    if still.is_ok_and(|text| text == secret.expose_secret()) {
        let _ = clipboard.clear();
    }
}
