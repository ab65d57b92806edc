//! Files dropped on the window: the shell reads them, the page sees drafts.

use std::path::PathBuf;

use futures_util::Stream;
use pli_ipc::wire::AttachmentEvent;
use tauri::{AppHandle, DragDropEvent, Manager as _, async_runtime};
use tokio::sync::broadcast;

use crate::shell::Shell;

/// Most files taken from one drop.
const MAX_FILES: usize = 20;

/// Tells the page what happens on the window with files.
pub(crate) struct FileDrops(broadcast::Sender<AttachmentEvent>);

impl Default for FileDrops {
    fn default() -> Self {
        Self(broadcast::channel(16).0)
    }
}

impl FileDrops {
    /// What happens from now on.
    pub(crate) fn stream(&self) -> impl Stream<Item = AttachmentEvent> + Send + use<> {
        futures_util::stream::unfold(self.0.subscribe(), |mut events| async {
            loop {
                match events.recv().await {
                    Ok(event) => return Some((event, events)),
                    Err(broadcast::error::RecvError::Lagged(_)) => {}
                    Err(broadcast::error::RecvError::Closed) => return None,
                }
            }
        })
    }

    fn tell(&self, event: AttachmentEvent) {
        // Without a page there is nobody to tell.
        let _ = self.0.send(event);
    }
}

/// Takes what the window tells of files.
pub(crate) fn on_event(app: &AppHandle, event: &DragDropEvent) {
    let drops = app.state::<FileDrops>();
    match event {
        DragDropEvent::Enter { paths, .. } if !paths.is_empty() => {
            drops.tell(AttachmentEvent::DragEntered)
        }
        DragDropEvent::Leave => drops.tell(AttachmentEvent::DragLeft),
        DragDropEvent::Drop { paths, .. } if paths.is_empty() => {
            drops.tell(AttachmentEvent::DragLeft)
        }
        DragDropEvent::Drop { paths, .. } => {
            let (app, paths) = (app.clone(), paths.clone());
            async_runtime::spawn(async move { dropped(&app, paths).await });
        }
        _ => {}
    }
}

async fn dropped(app: &AppHandle, paths: Vec<PathBuf>) {
    let mut drafts = Vec::new();
    if let Ok(account) = app.state::<Shell>().account() {
        for path in paths.iter().take(MAX_FILES) {
            // A folder or an unreadable file is left out; the others come.
            match account.attachment_from_path(path).await {
                Ok(draft) => drafts.push(draft.into()),
                Err(_) => tracing::warn!("a dropped file could not be read"),
            }
        }
    }
    app.state::<FileDrops>()
        .tell(AttachmentEvent::Dropped { drafts });
}

#[cfg(test)]
mod tests {
    use futures_util::StreamExt as _;

    use super::*;

    #[tokio::test]
    async fn the_page_is_told_in_order() {
        let drops = FileDrops::default();
        let mut events = Box::pin(drops.stream());
        drops.tell(AttachmentEvent::DragEntered);
        drops.tell(AttachmentEvent::DragLeft);
        assert_eq!(events.next().await, Some(AttachmentEvent::DragEntered));
        assert_eq!(events.next().await, Some(AttachmentEvent::DragLeft));
    }
}
