//! Notifications by the desktop's own service (org.freedesktop.Notifications).

use std::{collections::HashMap, sync::Arc};

use notify_rust::{Hint, NotificationHandle, NotificationResponse};
use tauri::async_runtime::{self, JoinHandle};

use super::Worded;

/// What is on screen, one a room, and one a verification.
#[derive(Default)]
pub(super) struct Screen {
    shown: HashMap<String, Shown>,
    markup: Option<bool>,
}

struct Shown {
    handle: Arc<NotificationHandle>,
    /// Waits for a click.
    waiting: JoinHandle<()>,
}

impl Drop for Shown {
    fn drop(&mut self) {
        self.waiting.abort();
    }
}

impl Screen {
    /// Shows a notification in place of the one of the same key.
    pub(super) async fn show(
        &mut self,
        key: String,
        worded: Worded,
        clicked: impl FnOnce() + Send + 'static,
    ) {
        let body = if self.takes_markup() {
            escape(&worded.body)
        } else {
            worded.body
        };
        let mut notification = notify_rust::Notification::new();
        notification
            .appname("Pli")
            .icon("pli")
            .summary(&worded.title)
            .body(&body)
            .action("default", &worded.open)
            .hint(Hint::DesktopEntry("pli".to_owned()))
            .hint(Hint::Category("im.received".to_owned()));
        if let Some(before) = self.shown.remove(&key) {
            notification.id(before.handle.id());
        }
        let Ok(handle) = notification.show_async().await else {
            tracing::warn!("the desktop shows no notification");
            return;
        };
        let handle = Arc::new(handle);
        let waiting = async_runtime::spawn({
            let handle = Arc::clone(&handle);
            async move {
                let answered = |response: &NotificationResponse| {
                    if matches!(
                        response,
                        NotificationResponse::Default | NotificationResponse::Action(_)
                    ) {
                        clicked();
                    }
                };
                handle.wait_for_action_async(answered).await;
            }
        });
        self.shown.insert(key, Shown { handle, waiting });
    }

    /// Takes a notification back.
    pub(super) async fn withdraw(&mut self, key: &str) {
        if let Some(shown) = self.shown.remove(key) {
            shown.handle.close_async().await;
        }
    }

    /// Whether the service takes a body for markup: then text is escaped.
    fn takes_markup(&mut self) -> bool {
        *self.markup.get_or_insert_with(|| {
            // Asks over D-Bus, once. Escaping too much is only ugly.
            notify_rust::get_capabilities().map_or(true, |capabilities| {
                capabilities
                    .iter()
                    .any(|capability| capability == "body-markup")
            })
        })
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_cannot_bring_markup() {
        assert_eq!(
            escape("<a href=\"x\">&</a>"),
            "&lt;a href=\"x\"&gt;&amp;&lt;/a&gt;"
        );
    }
}
