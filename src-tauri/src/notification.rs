//! Desktop notifications, one a room, and the badge of the window.

use std::pin::pin;

use futures_util::{Stream, StreamExt as _, stream};
use pli_core::{
    account::Account,
    notification::{Content, Notice, Notification},
    verification::Verification,
};
use pli_ipc::{
    timeline::preview_notification,
    wire::{Navigation, NotificationContent, PreviewContent},
};
use tauri::{AppHandle, Manager as _};

use crate::{shell::Shell, window, words::Words};

mod verification;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
use linux as system;
#[cfg(not(target_os = "linux"))]
mod other;
#[cfg(not(target_os = "linux"))]
use other as system;

/// Words of a notification.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Worded {
    title: String,
    body: String,
    open: String,
}

/// Shows what the account tells of, until it is closed.
pub(crate) fn run(app: AppHandle, account: &Account) -> impl Future<Output = ()> + Send + use<> {
    let notices = account.notifications().map(Told::Notice);
    let verifications = account.verifications().map(Told::Verifications);
    show(app, stream::select(notices, verifications))
}

enum Told {
    Notice(Notice),
    Verifications(Vec<Verification>),
}

async fn show(app: AppHandle, told: impl Stream<Item = Told>) {
    let mut screen = system::Screen::default();
    let mut asked = verification::Asked::default();
    let mut told = pin!(told);
    while let Some(told) = told.next().await {
        let notice = match told {
            Told::Notice(notice) => notice,
            Told::Verifications(all) => {
                verification::show(&app, &mut screen, &mut asked, &all).await;
                continue;
            }
        };
        match notice {
            Notice::Show(notification) => {
                let settings = app.state::<Shell>().settings.get();
                let words = Words::of(settings.language);
                let worded = word(&words, settings.notification_content, &notification);
                let target = Navigation::OpenRoom {
                    room_id: notification.room_id.clone(),
                    event_id: notification.event_id.clone(),
                };
                let app = app.clone();
                let clicked = move || {
                    window::focus(&app);
                    app.state::<Shell>().navigation.go(target);
                };
                screen.show(notification.room_id, worded, clicked).await;
            }
            Notice::Withdraw { room_id } => screen.withdraw(&room_id).await,
            Notice::Unread { rooms, .. } => badge(&app, rooms),
        }
    }
}

/// Nobody is signed in: nothing waits to be read.
pub(crate) fn forget_unread(app: &AppHandle) {
    badge(app, 0);
}

/// Where the system has no badge, nothing happens.
fn badge(app: &AppHandle, count: u32) {
    if let Some(window) = app.get_webview_window(window::LABEL) {
        let count = Some(i64::from(count)).filter(|count| *count > 0);
        let _ = window.set_badge_count(count);
    }
}

/// The sentence, as far as the settings let it speak.
fn word(words: &Words, content: NotificationContent, notification: &Notification) -> Worded {
    let sender: &str = &notification.sender;
    let named = [("sender", sender)];
    let title = if notification.room_name.is_empty() {
        sender
    } else {
        &notification.room_name
    };
    let invited = matches!(notification.content, Content::Invitation);
    let (title, body) = match content {
        NotificationContent::Nothing => ("Pli", words.say("notification-new", &[])),
        _ if invited => (title, words.say("notification-invitation", &named)),
        NotificationContent::Sender => (title, words.say("notification-from", &named)),
        NotificationContent::Full => match preview_notification(&notification.content) {
            None => (title, words.say("notification-from", &named)),
            Some(preview) => {
                let text = tell(words, sender, preview);
                if notification.direct {
                    (title, text)
                } else {
                    (
                        title,
                        words.say("notification-says", &[("sender", sender), ("text", &text)]),
                    )
                }
            }
        },
    };
    Worded {
        title: title.to_owned(),
        body,
        open: words.say("notification-open", &[]),
    }
}

fn tell(words: &Words, sender: &str, preview: PreviewContent) -> String {
    match preview {
        PreviewContent::Text { text } => text,
        PreviewContent::Emote { text } => format!("* {sender} {text}"),
        PreviewContent::Image => words.say("notification-image", &[]),
        PreviewContent::Video => words.say("notification-video", &[]),
        PreviewContent::Audio => words.say("notification-audio", &[]),
        PreviewContent::File { name } => words.say("notification-file", &[("name", &name)]),
        PreviewContent::Sticker => words.say("notification-sticker", &[]),
        PreviewContent::Poll { question } => {
            words.say("notification-poll", &[("question", &question)])
        }
        PreviewContent::Location => words.say("notification-location", &[]),
        PreviewContent::Call => words.say("notification-call", &[]),
        PreviewContent::Redacted
        | PreviewContent::Undecryptable
        | PreviewContent::Membership { .. }
        | PreviewContent::Other => words.say("notification-new", &[]),
    }
}

#[cfg(test)]
mod tests {
    use pli_ipc::wire::Language;

    use super::*;

    fn notification(content: Content, direct: bool) -> Notification {
        Notification {
            room_id: "!r:example.org".to_owned(),
            room_name: "Cabinet".to_owned(),
            direct,
            event_id: Some("$e".to_owned()),
            sender: "Anne".to_owned(),
            highlight: false,
            content,
        }
    }

    fn worded(content: NotificationContent, notification: &Notification) -> String {
        let worded = word(&Words::of(Language::Fr), content, notification);
        format!("{} / {}", worded.title, worded.body).replace(['\u{2068}', '\u{2069}'], "")
    }

    #[test]
    fn each_setting_tells_what_it_says() {
        let poll = notification(Content::Poll("Quand ?".to_owned()), false);
        assert_eq!(
            worded(NotificationContent::Nothing, &poll),
            "Pli / Nouveau message",
            "no name, no text"
        );
        assert_eq!(
            worded(NotificationContent::Sender, &poll),
            "Cabinet / Anne vous a écrit",
            "no text"
        );
        assert_eq!(
            worded(NotificationContent::Full, &poll),
            "Cabinet / Anne\u{a0}: Sondage\u{a0}: Quand ?"
        );
    }

    #[test]
    fn a_direct_room_does_not_repeat_its_name() {
        let sticker = notification(Content::Sticker, true);
        assert_eq!(
            worded(NotificationContent::Full, &sticker),
            "Cabinet / Autocollant"
        );
    }

    #[test]
    fn what_is_hidden_is_not_told_even_in_full() {
        let hidden = notification(Content::Hidden, false);
        assert_eq!(
            worded(NotificationContent::Full, &hidden),
            "Cabinet / Anne vous a écrit"
        );
        let invitation = notification(Content::Invitation, false);
        assert_eq!(
            worded(NotificationContent::Full, &invitation),
            "Cabinet / Anne vous invite"
        );
    }
}
