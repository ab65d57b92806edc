//! One line about an event: in a reply, in the room list.

use matrix_sdk::ruma::events::room::message::MessageType;
use matrix_sdk_ui::timeline::{MsgLikeKind, TimelineItemContent};
use pli_core::{file_name, notification::Content};

use super::state;
use crate::wire::PreviewContent;

/// Longest preview, in characters.
const MAX_TEXT: usize = 200;

/// What a preview says of this content.
pub fn preview(content: &TimelineItemContent) -> PreviewContent {
    match content {
        TimelineItemContent::MsgLike(content) => match &content.kind {
            MsgLikeKind::Message(message) => preview_message(message.msgtype()),
            MsgLikeKind::Sticker(_) => PreviewContent::Sticker,
            MsgLikeKind::Poll(poll) => PreviewContent::Poll {
                question: line(&poll.results().question),
            },
            MsgLikeKind::Redacted => PreviewContent::Redacted,
            MsgLikeKind::UnableToDecrypt(_) => PreviewContent::Undecryptable,
            MsgLikeKind::LiveLocation(_) => PreviewContent::Location,
            MsgLikeKind::Other(_) => PreviewContent::Other,
        },
        TimelineItemContent::MembershipChange(change) => PreviewContent::Membership {
            change: state::membership_change(change.change()),
            name: state::target(change),
        },
        TimelineItemContent::CallInvite | TimelineItemContent::RtcNotification { .. } => {
            PreviewContent::Call
        }
        _ => PreviewContent::Other,
    }
}

/// What a preview says of a message.
pub fn preview_message(content: &MessageType) -> PreviewContent {
    match content {
        MessageType::Text(content) => PreviewContent::Text {
            text: line(&content.body),
        },
        MessageType::Notice(content) => PreviewContent::Text {
            text: line(&content.body),
        },
        MessageType::ServerNotice(content) => PreviewContent::Text {
            text: line(&content.body),
        },
        MessageType::Emote(content) => PreviewContent::Emote {
            text: line(&content.body),
        },
        MessageType::Image(_) => PreviewContent::Image,
        MessageType::Video(_) => PreviewContent::Video,
        MessageType::Audio(_) => PreviewContent::Audio,
        MessageType::File(content) => PreviewContent::File {
            name: file_name::sanitise(content.filename()),
        },
        MessageType::Location(_) => PreviewContent::Location,
        _ => PreviewContent::Other,
    }
}

/// What a notification says; `None` when it tells nothing of the event.
pub fn preview_notification(content: &Content) -> Option<PreviewContent> {
    Some(match content {
        Content::Message(message) => preview_message(message),
        Content::Sticker => PreviewContent::Sticker,
        Content::Poll(question) => PreviewContent::Poll {
            question: line(question),
        },
        Content::Call => PreviewContent::Call,
        Content::Invitation | Content::Hidden => return None,
    })
}

/// The start of a text, on one line.
fn line(text: &str) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if line.len() > MAX_TEXT * 4 {
            break;
        }
    }
    match line.char_indices().nth(MAX_TEXT) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preview_is_one_short_line() {
        assert_eq!(line("a\n\n  b\tc"), "a b c");
        let long = line(&"é".repeat(100_000));
        assert_eq!(
            long.chars().count(),
            MAX_TEXT + 1,
            "cut at a character, with an ellipsis"
        );
    }
}
