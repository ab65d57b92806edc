//! The system's own dialogs for files: the page never learns a path.

use std::path::{Path, PathBuf};

use pli_ipc::wire::{IpcError, IpcErrorCode, SavedMedia};
use tauri::{Manager as _, WebviewWindow, Wry};
use tauri_plugin_dialog::{DialogExt as _, FileDialogBuilder, FilePath};
use tokio::sync::oneshot;

use crate::shell::Shell;

/// Extensions of pictures that can be drawn.
const PICTURES: &[&str] = &["png", "jpg", "jpeg", "gif", "webp"];

/// Asks where to save a file; `cancelled` when the user does not say.
pub(crate) async fn save(window: &WebviewWindow, name: &str) -> Result<PathBuf, IpcError> {
    let (answer, answered) = oneshot::channel();
    let mut dialog = window
        .dialog()
        .file()
        .set_parent(window)
        .set_file_name(name);
    if let Some(folder) = download_folder(window) {
        dialog = dialog.set_directory(folder);
    }
    dialog.save_file(move |path| {
        // The asker may be gone, with its window.
        let _ = answer.send(path);
    });
    let path = answered
        .await
        .ok()
        .flatten()
        .and_then(|path| path.into_path().ok());
    path.ok_or_else(|| IpcError::new(IpcErrorCode::Cancelled))
}

/// Where saving begins, when the policy says so.
fn download_folder(window: &WebviewWindow) -> Option<PathBuf> {
    let folder = window.state::<Shell>().rules.policy().download_folder;
    in_home(&folder, window.path().home_dir().ok())
}

fn in_home(folder: &str, home: Option<PathBuf>) -> Option<PathBuf> {
    match folder.strip_prefix("~/") {
        Some(inner) => home.map(|home| home.join(inner)),
        None => (!folder.is_empty()).then(|| PathBuf::from(folder)),
    }
}

/// Asks for files to send; none when the user does not say.
pub(crate) async fn pick(window: &WebviewWindow) -> Vec<PathBuf> {
    let (answer, answered) = oneshot::channel();
    window
        .dialog()
        .file()
        .set_parent(window)
        .pick_files(move |paths| {
            let _ = answer.send(paths);
        });
    let paths = answered.await.ok().flatten().unwrap_or_default();
    paths
        .into_iter()
        .map(FilePath::into_path)
        .filter_map(Result::ok)
        .collect()
}

/// Asks for a picture; `cancelled` when the user does not choose one.
pub(crate) async fn pick_picture(window: &WebviewWindow) -> Result<PathBuf, IpcError> {
    let dialog = window.dialog().file().set_parent(window);
    picked(dialog.add_filter("PNG, JPEG, GIF, WebP", PICTURES)).await
}

/// Asks for one file; `cancelled` when the user does not choose one.
pub(crate) async fn pick_one(window: &WebviewWindow) -> Result<PathBuf, IpcError> {
    picked(window.dialog().file().set_parent(window)).await
}

async fn picked(dialog: FileDialogBuilder<Wry>) -> Result<PathBuf, IpcError> {
    let (answer, answered) = oneshot::channel();
    dialog.pick_file(move |path| {
        let _ = answer.send(path);
    });
    let path = answered
        .await
        .ok()
        .flatten()
        .and_then(|path| path.into_path().ok());
    path.ok_or_else(|| IpcError::new(IpcErrorCode::Cancelled))
}

/// What the page is told of a file: its name on disk.
pub(crate) fn saved(path: &Path) -> SavedMedia {
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    SavedMedia {
        name: name.unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_of_the_policy_may_be_in_the_users_home() {
        let home = Some(PathBuf::from("/home/anne"));
        let folder = |text| in_home(text, home.clone());
        assert_eq!(folder("~/Reçus"), Some("/home/anne/Reçus".into()));
        assert_eq!(folder("/srv/partage"), Some("/srv/partage".into()));
        assert_eq!(folder(""), None, "the system's own");
        assert_eq!(in_home("~/Reçus", None), None);
    }
}
