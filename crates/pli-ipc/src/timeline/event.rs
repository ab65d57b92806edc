//! An event, and all that stands around its body.

use matrix_sdk_ui::timeline::{
    EventSendState, EventTimelineItem, MsgLikeKind, Profile, TimelineDetails,
    TimelineEventShieldState, TimelineEventShieldStateCode, TimelineItemContent,
};
use pli_core::timeline::{Person, Row};

use super::{Mapping, preview::preview};
use crate::{
    error,
    wire::{
        EventItem, EventPermissions, EventWarning, IpcError, Reaction, Reply, ReplyContent,
        SendState, UploadProgress,
    },
};

/// People named for one reaction.
const MAX_NAMES: usize = 10;

/// Different reactions drawn on one event.
const MAX_REACTIONS: usize = 100;

/// Longest key of a reaction, in characters.
const MAX_KEY: usize = 40;

impl Mapping<'_> {
    pub(super) fn event(&self, row: &Row, event: &EventTimelineItem) -> EventItem {
        let content = event.content();
        EventItem {
            event_id: event.event_id().map(ToString::to_string),
            transaction_id: event.transaction_id().map(ToString::to_string),
            sender: self.people.sender(&person(event)),
            own: event.is_own(),
            timestamp: event.timestamp().get().into(),
            body: self.body(row, event),
            send_state: event.send_state().map(send_state),
            edited: is_edited(content),
            highlight: event.is_highlighted(),
            reply: self.reply(row, content),
            in_thread: content.thread_root().is_some(),
            reactions: self.reactions(row, content),
            read_by: self.people.senders(&row.read_by),
            ends_at: row.ends_at,
            warning: warning(event),
            can: self.permissions(event),
        }
    }

    fn reply(&self, row: &Row, content: &TimelineItemContent) -> Option<Reply> {
        let reply = content.in_reply_to()?;
        let content = match &reply.event {
            _ if row.quote_gone => ReplyContent::Gone,
            TimelineDetails::Unavailable | TimelineDetails::Pending => ReplyContent::Loading,
            TimelineDetails::Error(_) => ReplyContent::Unavailable,
            TimelineDetails::Ready(event) => ReplyContent::Ready {
                sender: self
                    .people
                    .sender(&Person::new(&event.sender, ready(&event.sender_profile))),
                preview: preview(&event.content),
            },
        };
        Some(Reply {
            event_id: reply.event_id.to_string(),
            content,
        })
    }

    fn reactions(&self, row: &Row, content: &TimelineItemContent) -> Vec<Reaction> {
        let Some(reactions) = content.reactions() else {
            return Vec::new();
        };
        reactions
            .iter()
            .filter(|(_, senders)| !senders.is_empty())
            .take(MAX_REACTIONS)
            .map(|(key, senders)| Reaction {
                key: key.chars().take(MAX_KEY).collect(),
                count: u32::try_from(senders.len()).unwrap_or(u32::MAX),
                own: senders.contains_key(&self.own),
                senders: senders
                    .keys()
                    .take(MAX_NAMES)
                    .map(|id| {
                        row.people
                            .get(id)
                            .map_or_else(|| id.localpart().to_owned(), |person| person.name.clone())
                    })
                    .collect(),
            })
            .collect()
    }

    fn permissions(&self, event: &EventTimelineItem) -> EventPermissions {
        let on_server = event.event_id().is_some();
        let (message, readable) = match event.content() {
            TimelineItemContent::MsgLike(content) => (
                !matches!(content.kind, MsgLikeKind::Redacted),
                !matches!(
                    content.kind,
                    MsgLikeKind::Redacted | MsgLikeKind::UnableToDecrypt(_)
                ),
            ),
            _ => (false, false),
        };
        let powers = self.powers;
        EventPermissions {
            edit: on_server && powers.send && event.is_editable() && event.content().is_message(),
            redact: on_server
                && message
                && if event.is_own() {
                    powers.redact_own
                } else {
                    powers.redact_others
                },
            react: on_server && readable && powers.react,
            reply: on_server && readable && powers.send && event.can_be_replied_to(),
            report: on_server && message && !event.is_own(),
        }
    }
}

/// Who sent it.
pub(super) fn person(event: &EventTimelineItem) -> Person {
    Person::new(event.sender(), ready(event.sender_profile()))
}

fn ready(profile: &TimelineDetails<Profile>) -> Option<&Profile> {
    match profile {
        TimelineDetails::Ready(profile) => Some(profile),
        _ => None,
    }
}

fn is_edited(content: &TimelineItemContent) -> bool {
    content
        .as_message()
        .is_some_and(|message| message.is_edited())
        || content.as_poll().is_some_and(|poll| poll.is_edit())
}

fn send_state(state: &EventSendState) -> SendState {
    match state {
        EventSendState::NotSentYet { progress } => SendState::Sending {
            progress: progress.as_ref().map(|upload| UploadProgress {
                current: upload.progress.current as u64,
                total: upload.progress.total as u64,
            }),
        },
        EventSendState::SendingFailed {
            error,
            is_recoverable,
        } => SendState::Failed {
            recoverable: *is_recoverable,
            code: IpcError::from(error::sdk(error)).code,
        },
        EventSendState::Sent { .. } => SendState::Sent,
    }
}

/// State events are never encrypted, and redaction removes the ciphertext: neither is a sign
/// of anything.
fn warning(event: &EventTimelineItem) -> Option<EventWarning> {
    match event.content() {
        TimelineItemContent::MsgLike(content)
            if !matches!(
                content.kind,
                MsgLikeKind::Redacted | MsgLikeKind::LiveLocation(_)
            ) => {}
        _ => return None,
    }
    match event.get_shield(false) {
        TimelineEventShieldState::Red { code } | TimelineEventShieldState::Grey { code } => {
            Some(warning_of(code))
        }
        TimelineEventShieldState::None => None,
    }
}

fn warning_of(code: TimelineEventShieldStateCode) -> EventWarning {
    match code {
        TimelineEventShieldStateCode::SentInClear => EventWarning::SentInClear,
        TimelineEventShieldStateCode::UnsignedDevice
        | TimelineEventShieldStateCode::UnknownDevice => EventWarning::UnsignedDevice,
        TimelineEventShieldStateCode::VerificationViolation => EventWarning::IdentityChanged,
        TimelineEventShieldStateCode::AuthenticityNotGuaranteed
        | TimelineEventShieldStateCode::MismatchedSender
        | TimelineEventShieldStateCode::UnverifiedIdentity => EventWarning::AuthenticityUnknown,
    }
}
