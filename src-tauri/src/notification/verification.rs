//! Tells who looks elsewhere that another device, or another person, asks to be verified.

use std::collections::BTreeSet;

use pli_core::verification::{Stage, Verification};
use pli_ipc::wire::NotificationContent;
use tauri::{AppHandle, Manager as _};

use super::{Worded, system::Screen};
use crate::{shell::Shell, window, words::Words};

/// The requests that were told of, and still wait.
#[derive(Default)]
pub(super) struct Asked(BTreeSet<String>);

/// What to do on the screen.
#[derive(Debug, Default, PartialEq, Eq)]
struct Steps {
    show: Vec<Verification>,
    withdraw: Vec<String>,
}

impl Asked {
    /// `away`: the window is not in front; there, the page tells.
    fn steps(&mut self, all: &[Verification], away: bool) -> Steps {
        let waiting = |one: &&Verification| one.incoming && one.stage == Stage::Asked;
        let waiting: Vec<&Verification> = all.iter().filter(waiting).collect();
        let over = |id: &&String| !waiting.iter().any(|one| one.id == **id);
        let withdraw: Vec<String> = self.0.iter().filter(over).cloned().collect();
        self.0.retain(|id| !withdraw.contains(id));
        let new = waiting
            .into_iter()
            .filter(|one| away && !self.0.contains(&one.id));
        let show: Vec<Verification> = new.cloned().collect();
        self.0.extend(show.iter().map(|one| one.id.clone()));
        Steps { show, withdraw }
    }
}

pub(super) async fn show(
    app: &AppHandle,
    screen: &mut Screen,
    asked: &mut Asked,
    all: &[Verification],
) {
    let page = app.get_webview_window(window::LABEL);
    let in_front = page.is_some_and(|page| page.is_focused().unwrap_or_default());
    let steps = asked.steps(all, !in_front);
    for id in &steps.withdraw {
        screen.withdraw(id).await;
    }
    for one in steps.show {
        let settings = app.state::<Shell>().settings.get();
        let words = Words::of(settings.language);
        let worded = word(&words, settings.notification_content, &one);
        let app = app.clone();
        screen
            .show(one.id, worded, move || window::focus(&app))
            .await;
    }
}

/// The sentence, as far as the settings let it speak.
fn word(words: &Words, content: NotificationContent, one: &Verification) -> Worded {
    let body = if one.own {
        words.say("notification-verify-own", &[])
    } else if content == NotificationContent::Nothing {
        words.say("notification-verify", &[])
    } else {
        words.say("notification-verify-person", &[("sender", &one.name)])
    };
    Worded {
        title: "Pli".to_owned(),
        body,
        open: words.say("notification-open", &[]),
    }
}

#[cfg(test)]
mod tests {
    use pli_ipc::wire::Language;

    use super::*;

    fn asked(id: &str) -> Verification {
        Verification {
            id: id.to_owned(),
            user_id: "@nadia:example.org".try_into().expect("a user id"),
            name: "Nadia".to_owned(),
            own: false,
            device: None,
            incoming: true,
            stage: Stage::Asked,
        }
    }

    #[test]
    fn a_request_is_told_once_to_who_looks_elsewhere_until_it_is_answered() {
        let mut told = Asked::default();
        let first = [asked("a")];
        assert_eq!(told.steps(&first, false), Steps::default(), "in front");
        assert_eq!(told.steps(&first, true).show, first);
        let both = [asked("a"), asked("b")];
        assert_eq!(told.steps(&both, true).show, [asked("b")], "only the new");
        let mut answered = both;
        answered[0].stage = Stage::Starting;
        let steps = told.steps(&answered, true);
        assert_eq!(steps.withdraw, ["a"]);
        assert!(steps.show.is_empty());
        assert_eq!(told.steps(&[], true).withdraw, ["b"]);
    }

    #[test]
    fn what_this_device_asks_for_is_not_told() {
        let mut own = asked("a");
        own.incoming = false;
        assert_eq!(Asked::default().steps(&[own], true), Steps::default());
    }

    #[test]
    fn each_setting_tells_what_it_says() {
        let words = Words::of(Language::Fr);
        let body = |content, one: &Verification| {
            let body = word(&words, content, one).body;
            body.replace(['\u{2068}', '\u{2069}'], "")
        };
        let person = asked("a");
        assert!(!body(NotificationContent::Nothing, &person).contains("Nadia"));
        assert_eq!(
            body(NotificationContent::Sender, &person),
            "Nadia souhaite vérifier vos identités avec vous"
        );
    }
}
