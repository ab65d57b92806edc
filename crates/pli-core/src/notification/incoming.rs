//! An arriving event to a notification, or to nothing.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use matrix_sdk::{
    Room,
    ruma::{
        EventId, UserId,
        events::{
            AnyMessageLikeEventContent, AnySyncTimelineEvent,
            poll::unstable_start::UnstablePollStartEventContent, room::message::Relation,
        },
        push::Action,
        serde::Raw,
    },
};
use matrix_sdk_ui::timeline::Profile;
use serde::Deserialize;

use super::{Candidate, Content, Notification};
use crate::{retention::Retention, timeline::Person};

/// How long a key may come after its event before the event is told without its text.
const KEY_PATIENCE: Duration = Duration::from_secs(15);

/// How often the event is looked at meanwhile.
const KEY_INTERVAL: Duration = Duration::from_millis(300);

/// Slack for what happened while the stream was being opened.
const FRESH: Duration = Duration::from_secs(60);

/// Whether an event is newer than a stream opened `since` ago.
///
/// The server's `unsigned.age` is believed over the clocks of two machines.
pub(super) fn is_fresh(event: &Raw<AnySyncTimelineEvent>, since: Duration) -> bool {
    #[derive(Deserialize)]
    struct Unsigned {
        age: Option<i64>,
    }
    let age = event
        .get_field::<Unsigned>("unsigned")
        .ok()
        .flatten()
        .and_then(|unsigned| unsigned.age)
        .map(|age| Duration::from_millis(u64::try_from(age).unwrap_or(0)));
    let age = age.or_else(|| {
        let sent = event.get_field::<u64>("origin_server_ts").ok().flatten()?;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
        Some(now.saturating_sub(Duration::from_millis(sent)))
    });
    age.is_some_and(|age| age <= since + FRESH)
}

/// Decrypts and judges an event; `None` when the user is not to be told.
pub(super) async fn judge(candidate: Candidate, retention: &Retention) -> Option<Notification> {
    let Candidate {
        room,
        event_id,
        sender,
        mut event,
        mut actions,
        mut encrypted,
    } = candidate;
    if is_ciphertext(&event) {
        // The rules could only judge the envelope: wait for the letter.
        if let Some(clear) = decrypted(&room, &event_id).await {
            actions = match room.push_context().await {
                Ok(Some(context)) => context.for_event(&clear).await,
                _ => actions,
            };
            event = clear;
            encrypted = true;
        }
    }
    if !actions.iter().any(Action::should_notify) || retention.is_over(room.room_id(), &event) {
        return None;
    }
    let in_clear = !encrypted && room.encryption_state().is_encrypted();
    let content = content(&event, in_clear)?;
    let mut notification = notification(&room, &sender, content).await;
    notification.event_id = Some(event_id.to_string());
    notification.highlight = actions.iter().any(Action::is_highlight);
    Some(notification)
}

/// The notification of an invitation.
pub(super) async fn invitation(room: &Room, sender: &UserId) -> Notification {
    notification(room, sender, Content::Invitation).await
}

async fn notification(room: &Room, sender: &UserId, content: Content) -> Notification {
    let profile = Profile::load(room, sender).await;
    Notification {
        room_id: room.room_id().to_string(),
        room_name: crate::room::name(room).await,
        direct: room.is_direct().await.unwrap_or(false),
        event_id: None,
        sender: Person::new(sender, profile.as_ref()).name,
        highlight: false,
        content,
    }
}

fn is_ciphertext(event: &Raw<AnySyncTimelineEvent>) -> bool {
    event
        .get_field::<String>("type")
        .ok()
        .flatten()
        .is_some_and(|kind| kind == "m.room.encrypted")
}

async fn decrypted(room: &Room, event_id: &EventId) -> Option<Raw<AnySyncTimelineEvent>> {
    let (cache, _guards) = room.event_cache().await.ok()?;
    let deadline = tokio::time::Instant::now() + KEY_PATIENCE;
    loop {
        if let Ok(Some(event)) = cache.find_event(event_id).await
            && event.encryption_info().is_some()
        {
            return Some(event.raw().clone());
        }
        if tokio::time::Instant::now() >= deadline {
            return None;
        }
        tokio::time::sleep(KEY_INTERVAL).await;
    }
}

/// What is told of an event; edits and other changes of what was told already are not.
fn content(event: &Raw<AnySyncTimelineEvent>, in_clear: bool) -> Option<Content> {
    let Ok(AnySyncTimelineEvent::MessageLike(event)) = event.deserialize() else {
        return None;
    };
    let content = match event.original_content()? {
        AnyMessageLikeEventContent::RoomMessage(message) => {
            if matches!(message.relates_to, Some(Relation::Replacement(_))) {
                return None;
            }
            Content::Message(Box::new(message.msgtype))
        }
        AnyMessageLikeEventContent::Sticker(_) => Content::Sticker,
        AnyMessageLikeEventContent::UnstablePollStart(UnstablePollStartEventContent::New(poll)) => {
            Content::Poll(poll.poll_start.question.text)
        }
        AnyMessageLikeEventContent::CallInvite(_)
        | AnyMessageLikeEventContent::RtcNotification(_) => Content::Call,
        AnyMessageLikeEventContent::RoomEncrypted(_) => return Some(Content::Hidden),
        _ => return None,
    };
    // Words that came in clear to an encrypted room may be anybody's.
    Some(if in_clear { Content::Hidden } else { content })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn event(content: serde_json::Value, unsigned: serde_json::Value) -> Raw<AnySyncTimelineEvent> {
        let event = json!({
            "type": "m.room.message", "content": content, "sender": "@a:example.org", "event_id": "$e",
            "origin_server_ts": 1, "unsigned": unsigned,
        });
        Raw::from_json_string(event.to_string()).expect("JSON")
    }

    fn text(body: &str) -> serde_json::Value {
        json!({ "msgtype": "m.text", "body": body })
    }

    #[test]
    fn old_history_is_not_news() {
        let since = Duration::from_secs(10);
        assert!(
            is_fresh(&event(text("a"), json!({ "age": 3_000 })), since),
            "it just came"
        );
        assert!(
            !is_fresh(&event(text("a"), json!({ "age": 86_400_000 })), since),
            "it is a day old"
        );
        assert!(
            !is_fresh(&event(text("a"), json!({})), since),
            "by its own clock it is from 1970"
        );
        assert!(
            is_fresh(&event(text("a"), json!({ "age": -5 })), since),
            "a server's clock went back"
        );
    }

    #[test]
    fn an_edit_is_not_news() {
        let edit = json!({
            "msgtype": "m.text", "body": "* b", "m.new_content": { "msgtype": "m.text", "body": "b" },
            "m.relates_to": { "rel_type": "m.replace", "event_id": "$x" },
        });
        assert!(content(&event(edit, json!({})), false).is_none());
    }

    #[test]
    fn words_in_clear_are_not_told_in_an_encrypted_room() {
        assert!(matches!(
            content(&event(text("a"), json!({})), true),
            Some(Content::Hidden)
        ));
        assert!(matches!(
            content(&event(text("a"), json!({})), false),
            Some(Content::Message(_))
        ));
    }

    #[test]
    fn malformed_events_are_not_told() {
        assert!(content(&event(json!({ "msgtype": 3 }), json!({})), false).is_none());
    }
}
