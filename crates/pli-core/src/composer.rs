//! What is sent to a room: text, replies, edits, reactions, redactions, and drafts.
//!
//! Everything goes through the SDK's send queue, which keeps it on disk, shows it at once
//! and sends it in order, also after a restart; nothing here waits for the network.

use std::{collections::BTreeSet, time::Duration};

use matrix_sdk::{
    ComposerDraft, ComposerDraftType, Room,
    room::{
        edit::EditedContent,
        reply::{EnforceThread, Reply},
    },
    ruma::{
        EventId, OwnedEventId, OwnedUserId, UserId,
        events::{
            AnyMessageLikeEventContent, Mentions,
            relation::InReplyTo,
            room::message::{
                AddMentions, MessageType, Relation, RoomMessageEventContent,
                RoomMessageEventContentWithoutRelation,
            },
        },
    },
    send_queue::{RoomSendQueueError, SendHandle},
};
use matrix_sdk_ui::timeline::{
    EventSendState, EventTimelineItem, ReactionStatus, TimelineEventItemId, TimelineItemContent,
};

use crate::{
    account::Account,
    retention::{NotAllowed, lasting, lasting_edit},
    timeline::{RoomTimeline, TimelineError},
};

mod content;
mod edit_source;

pub(crate) use content::formatted;

/// Largest content in bytes: an event has 64 KiB, and encryption adds a third and a little.
const MAX_CONTENT: usize = 45_000;

/// The type of a message.
const MESSAGE: &str = "m.room.message";

/// Longest key of a reaction in bytes.
const MAX_REACTION: usize = 200;

/// Longest reason of a redaction or report, in bytes.
const MAX_REASON: usize = 2_000;

/// Longest draft, in bytes.
const MAX_DRAFT: usize = 200_000;

/// Most people mentioned at once.
const MAX_MENTIONS: usize = 100;

/// Why something could not be sent.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// The room or the event cannot be had.
    #[error(transparent)]
    Timeline(#[from] TimelineError),
    /// There is nothing to send.
    #[error("nothing to send")]
    Empty,
    /// It does not fit in one event.
    #[error("too long for one event")]
    TooLong,
    /// An id or a reaction is malformed.
    #[error("malformed argument")]
    Malformed,
    /// It was sent already, or is not there.
    #[error("not in the queue any more")]
    NotQueued,
    /// The event is of a kind that cannot be edited.
    #[error("not editable")]
    NotEditable,
    /// The organisation does not allow such a life.
    #[error(transparent)]
    NotAllowed(#[from] NotAllowed),
    /// Somebody there is no longer who the user verified: the user must act first.
    #[error("a verified identity has changed")]
    IdentityChanged,
    /// The queue refused it.
    #[error("the send queue failed")]
    Queue(#[source] Box<RoomSendQueueError>),
    /// The store failed.
    #[error("the store failed")]
    Store(#[source] Box<matrix_sdk::Error>),
}

impl From<RoomSendQueueError> for SendError {
    fn from(error: RoomSendQueueError) -> Self {
        Self::Queue(Box::new(error))
    }
}

/// A message on its way out.
#[derive(Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// CommonMark; mentions are links to `https://matrix.to/#/{user id}`.
    pub markdown: String,
    /// User ids mentioned.
    pub mentions: Vec<String>,
    /// Mentions everybody.
    pub mentions_room: bool,
    /// Event replied to.
    pub reply_to: Option<String>,
    /// How long it lives, if less than the room's timer.
    pub lifetime: Option<Duration>,
}

/// What sending a draft will do.
#[derive(Clone, PartialEq, Eq)]
pub enum DraftMode {
    /// A new message.
    New,
    /// A reply to this event.
    Reply(String),
    /// An edit of this event.
    Edit(String),
}

/// What was written and not sent yet.
#[derive(Clone, PartialEq, Eq)]
pub struct Draft {
    /// CommonMark.
    pub markdown: String,
    /// What sending will do.
    pub mode: DraftMode,
}

impl Account {
    /// Queues a message; answers once it is on disk.
    ///
    /// # Errors
    ///
    /// When it is empty, too long or malformed, or the queue refuses it.
    pub async fn timeline_send_text(
        &self,
        room_id: &str,
        message: Outgoing,
    ) -> Result<(), SendError> {
        let room = self.known_room(room_id)?;
        check_length(&message.markdown, MAX_CONTENT)?;
        let mentions = mentions(&message.mentions, message.mentions_room)?;
        let content = content::message(&message.markdown).ok_or(SendError::Empty)?;
        let content = without_relation(content, mentions);
        let reply_to = message.reply_to.as_deref().map(event_id).transpose()?;
        self.check_identities(&room).await?;
        let content = match reply_to {
            Some(reply_to) => reply(&room, content, reply_to).await,
            None => content.into(),
        };
        // Counted from now: what waits to be sent disappears at its time too.
        let end = self.retention().end_of_new(&room, message.lifetime)?;
        check_size(&content)?;
        let content = lasting(&content.into(), end).map_err(|_| SendError::Malformed)?;
        room.send_queue()
            .send_raw(content, MESSAGE.to_owned())
            .await?;
        if end.is_some() {
            self.retention().look_again();
        }
        Ok(())
    }

    /// Queues an edit of an event of the user's own.
    ///
    /// # Errors
    ///
    /// When the event is not loaded or not editable, the text is empty or too long, or the
    /// queue refuses it.
    pub async fn timeline_edit(
        &self,
        room_id: &str,
        event_id: &str,
        markdown: &str,
        mentioned: &[String],
    ) -> Result<(), SendError> {
        check_length(markdown, MAX_CONTENT)?;
        let (timeline, item) = self.item(room_id, event_id).await?;
        self.check_identities(timeline.timeline.room()).await?;
        let message = item.content().as_message().ok_or(SendError::NotEditable)?;
        let room_stays =
            message.mentions().is_some_and(|mentions| mentions.room) && markdown.contains("@room");
        let mentions = mentions(mentioned, room_stays)?;
        let edited = if is_medium(message.msgtype()) {
            let caption = formatted(markdown);
            EditedContent::MediaCaption {
                caption: caption.as_ref().map(|caption| caption.body.clone()),
                formatted_caption: caption.and_then(|caption| caption.formatted),
                mentions: Some(mentions),
            }
        } else {
            let content = content::message(markdown).ok_or(SendError::Empty)?;
            let content = without_relation(content, mentions);
            check_size(&content.clone().into())?;
            EditedContent::RoomMessage(content)
        };
        let room = timeline.timeline.room();
        let end = item.original_json().and_then(pli_store::end_of);
        let (Some(end), Some(event_id)) = (end, item.event_id()) else {
            let edited = timeline.timeline.edit(&item.identifier(), edited).await;
            edited.map_err(TimelineError::from)?;
            return Ok(());
        };
        let edit = room.make_edit_event(event_id, edited).await;
        let edit = edit.map_err(|_| SendError::NotEditable)?;
        let edit = lasting_edit(&edit, Some(end)).map_err(|_| SendError::Malformed)?;
        room.send_queue().send_raw(edit, MESSAGE.to_owned()).await?;
        Ok(())
    }

    /// The Markdown of an event of the user's own, as it would be typed to give it.
    ///
    /// # Errors
    ///
    /// When the event is not loaded or not editable.
    pub async fn timeline_edit_source(
        &self,
        room_id: &str,
        event_id: &str,
    ) -> Result<String, SendError> {
        let (_, item) = self.item(room_id, event_id).await?;
        if !item.is_editable() {
            return Err(SendError::NotEditable);
        }
        match item.content().as_message() {
            Some(message) => Ok(edit_source::of(message.msgtype())),
            None => Err(SendError::NotEditable),
        }
    }

    /// Adds a reaction, or takes it back.
    ///
    /// # Errors
    ///
    /// When the event is not loaded, the key is malformed, or the queue refuses it.
    pub async fn reaction_toggle(
        &self,
        room_id: &str,
        event_id: &str,
        key: &str,
    ) -> Result<(), SendError> {
        if key.trim().is_empty() || key.len() > MAX_REACTION {
            return Err(SendError::Malformed);
        }
        let (timeline, item) = self.item(room_id, event_id).await?;
        let room = timeline.timeline.room();
        self.check_identities(room).await?;
        if let Some(sent) = own_reaction(&item, key, room.own_user_id()) {
            // The timeline would ask the server directly, and fail without network.
            room.send_queue().redact(sent, None).await?;
        } else {
            let toggled = timeline
                .timeline
                .toggle_reaction(&item.identifier(), key)
                .await;
            toggled.map_err(TimelineError::from)?;
        }
        Ok(())
    }

    /// Queues a redaction.
    ///
    /// # Errors
    ///
    /// When the room is unknown, an id is malformed, or the queue refuses it.
    pub async fn event_redact(
        &self,
        room_id: &str,
        redacts: &str,
        reason: Option<&str>,
    ) -> Result<(), SendError> {
        let room = self.known_room(room_id)?;
        check_length(reason.unwrap_or_default(), MAX_REASON)?;
        room.send_queue().redact(event_id(redacts)?, reason).await?;
        Ok(())
    }

    /// Reports an event to those who run the server.
    ///
    /// # Errors
    ///
    /// When the room is unknown, an argument is malformed, or the server does not answer.
    pub async fn event_report(
        &self,
        room_id: &str,
        reported: &str,
        reason: &str,
    ) -> Result<(), SendError> {
        let room = self.known_room(room_id)?;
        check_length(reason, MAX_REASON)?;
        let reported = room
            .report_content(event_id(reported)?, Some(reason.to_owned()))
            .await;
        reported.map_err(TimelineError::from)?;
        Ok(())
    }

    /// Sends again what failed, and lets the room's queue go on.
    ///
    /// # Errors
    ///
    /// When it is not in the queue any more.
    pub async fn timeline_retry_send(
        &self,
        room_id: &str,
        transaction_id: &str,
    ) -> Result<(), SendError> {
        let room = self.known_room(room_id)?;
        self.check_identities(&room).await?;
        let (item, handle) = self.echo(&room, transaction_id).await?;
        if matches!(
            item.send_state(),
            Some(EventSendState::SendingFailed {
                is_recoverable: false,
                ..
            })
        ) {
            handle.unwedge().await?;
        }
        room.send_queue().set_enabled(true);
        Ok(())
    }

    /// Takes something out of the queue.
    ///
    /// # Errors
    ///
    /// When it was sent already.
    pub async fn timeline_cancel_send(
        &self,
        room_id: &str,
        transaction_id: &str,
    ) -> Result<(), SendError> {
        let room = self.known_room(room_id)?;
        let (_, handle) = self.echo(&room, transaction_id).await?;
        match handle.abort().await {
            Ok(true) => Ok(()),
            Ok(false) => Err(SendError::NotQueued),
            Err(error) => Err(RoomSendQueueError::from(error).into()),
        }
    }

    /// Keeps what was written in a room; `None` forgets it.
    ///
    /// # Errors
    ///
    /// When the room is unknown or the store fails.
    pub async fn draft_save(&self, room_id: &str, draft: Option<Draft>) -> Result<(), SendError> {
        let room = self.known_room(room_id)?;
        check_length(
            draft.as_ref().map_or("", |draft| &draft.markdown),
            MAX_DRAFT,
        )?;
        let saved = match draft.filter(|draft| !draft.markdown.trim().is_empty()) {
            Some(draft) => {
                let draft_type = match draft.mode {
                    DraftMode::New => ComposerDraftType::NewMessage,
                    DraftMode::Reply(id) => ComposerDraftType::Reply {
                        event_id: event_id(&id)?,
                    },
                    DraftMode::Edit(id) => ComposerDraftType::Edit {
                        event_id: event_id(&id)?,
                    },
                };
                let draft = ComposerDraft {
                    plain_text: draft.markdown,
                    html_text: None,
                    draft_type,
                    attachments: Vec::new(),
                };
                room.save_composer_draft(draft, None).await
            }
            None => room.clear_composer_draft(None).await,
        };
        saved.map_err(|error| SendError::Store(Box::new(error)))?;
        self.drafts().changed(room.room_id());
        Ok(())
    }

    /// What was written in a room and not sent.
    ///
    /// # Errors
    ///
    /// When the room is unknown or the store fails.
    pub async fn draft_load(&self, room_id: &str) -> Result<Option<Draft>, SendError> {
        let room = self.known_room(room_id)?;
        let draft = room.load_composer_draft(None).await;
        let draft = draft.map_err(|error| SendError::Store(Box::new(error)))?;
        Ok(draft.map(|draft| Draft {
            markdown: draft.plain_text,
            mode: match draft.draft_type {
                ComposerDraftType::NewMessage => DraftMode::New,
                ComposerDraftType::Reply { event_id } => DraftMode::Reply(event_id.into()),
                ComposerDraftType::Edit { event_id } => DraftMode::Edit(event_id.into()),
            },
        }))
    }

    /// A loaded event, and the timeline it is in.
    async fn item(
        &self,
        room_id: &str,
        id: &str,
    ) -> Result<(std::sync::Arc<RoomTimeline>, EventTimelineItem), SendError> {
        let id = event_id(id)?;
        let timeline = self.timeline_with(room_id, &id).await?;
        let item = timeline.timeline.item_by_event_id(&id).await;
        let item = item.ok_or(TimelineError::NoEvent)?;
        let room = timeline.timeline.room().room_id();
        if item
            .original_json()
            .is_some_and(|event| self.retention().is_over(room, event))
        {
            return Err(TimelineError::NoEvent.into());
        }
        Ok((timeline, item))
    }

    /// A local echo that can still be acted on.
    async fn echo(
        &self,
        room: &Room,
        transaction_id: &str,
    ) -> Result<(EventTimelineItem, SendHandle), SendError> {
        let timeline = self.live_timeline(room).await?;
        timeline
            .timeline
            .items()
            .await
            .iter()
            .rev()
            .filter_map(|item| item.as_event())
            .find(|event| {
                event
                    .transaction_id()
                    .is_some_and(|id| id == transaction_id)
            })
            .and_then(|event| Some((event.clone(), event.local_echo_send_handle()?)))
            .ok_or(SendError::NotQueued)
    }
}

/// The reply to an event; its thread and sender follow from the event when that is known.
pub(crate) async fn reply(
    room: &Room,
    content: RoomMessageEventContentWithoutRelation,
    event_id: OwnedEventId,
) -> RoomMessageEventContent {
    let reply = reply_to(event_id.clone());
    match room.make_reply_event(content.clone(), reply).await {
        Ok(content) => content,
        Err(_) => {
            // Not in the store, and no network: the relation alone is a valid reply.
            let mut content = RoomMessageEventContent::from(content);
            content.relates_to = Some(Relation::Reply(
                matrix_sdk::ruma::events::relation::Reply::new(InReplyTo::new(event_id)),
            ));
            content
        }
    }
}

pub(crate) fn reply_to(event_id: OwnedEventId) -> Reply {
    Reply {
        event_id,
        enforce_thread: EnforceThread::MaybeThreaded,
        add_mentions: AddMentions::Yes,
    }
}

pub(crate) fn event_id(id: &str) -> Result<OwnedEventId, SendError> {
    EventId::parse(id).map_err(|_| SendError::Malformed)
}

fn mentions(user_ids: &[String], room: bool) -> Result<Mentions, SendError> {
    if user_ids.len() > MAX_MENTIONS {
        return Err(SendError::Malformed);
    }
    let user_ids: Result<BTreeSet<OwnedUserId>, _> = user_ids.iter().map(UserId::parse).collect();
    let mut mentions = Mentions::with_user_ids(user_ids.map_err(|_| SendError::Malformed)?);
    mentions.room = room;
    Ok(mentions)
}

fn without_relation(
    content: MessageType,
    mentions: Mentions,
) -> RoomMessageEventContentWithoutRelation {
    let mut content = RoomMessageEventContentWithoutRelation::new(content);
    // Set even when empty: without it, servers guess mentions from the text.
    content.mentions = Some(mentions);
    content
}

fn check_length(text: &str, limit: usize) -> Result<(), SendError> {
    if text.len() > limit {
        Err(SendError::TooLong)
    } else {
        Ok(())
    }
}

fn check_size(content: &RoomMessageEventContent) -> Result<(), SendError> {
    let content = AnyMessageLikeEventContent::RoomMessage(content.clone());
    let size = serde_json::to_vec(&content).map_or(usize::MAX, |bytes| bytes.len());
    if size > MAX_CONTENT {
        Err(SendError::TooLong)
    } else {
        Ok(())
    }
}

fn is_medium(content: &MessageType) -> bool {
    matches!(
        content,
        MessageType::Image(_)
            | MessageType::Video(_)
            | MessageType::Audio(_)
            | MessageType::File(_)
    )
}

/// The event of the user's own reaction, when the server has it.
fn own_reaction(item: &EventTimelineItem, key: &str, own: &UserId) -> Option<OwnedEventId> {
    let TimelineItemContent::MsgLike(content) = item.content() else {
        return None;
    };
    let TimelineEventItemId::EventId(_) = item.identifier() else {
        return None;
    };
    match &content.reactions.get(key)?.get(own)?.status {
        ReactionStatus::RemoteToRemote(event_id) => Some(event_id.clone()),
        ReactionStatus::LocalToLocal(_) | ReactionStatus::LocalToRemote(_) => None,
    }
}
