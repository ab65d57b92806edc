//! One room: what its header draws, and what may be done with it.

use std::sync::Arc;

use futures_util::Stream;
use matrix_sdk::{Room, RoomState, notification_settings::RoomNotificationMode};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use crate::{account::Account, timeline::TimelineError};

mod access_rules;
mod attended;
mod avatar;
mod create;
mod details;
mod facts;
mod leave;

pub(crate) use self::{
    access_rules::{ACCESS_RULES, AccessRule, access_rule_in},
    attended::Attended,
    facts::{avatar, inviter, kind, name, person},
};
pub use self::{
    avatar::AvatarError,
    create::{CreateError, NewKind, NewRoom},
    details::{Details, History, Permissions},
    facts::{Kind, Membership},
};

/// Longest name given to a room, in characters.
const MAX_NAME: usize = 200;

/// Longest topic given to a room, in characters.
const MAX_TOPIC: usize = 2_000;

/// Why a room cannot be watched or changed.
#[derive(Debug, thiserror::Error)]
pub enum RoomError {
    /// The user is in no such room.
    #[error("no such room")]
    NoRoom,
    /// The argument is too long, or empty where it must not be.
    #[error("malformed argument")]
    Malformed,
    /// Neither the room nor its rules allow it.
    #[error("not allowed in this room")]
    NotAllowed,
    /// The server or the room refuses, or does not answer.
    #[error("the request failed")]
    Request(#[source] Box<matrix_sdk::Error>),
    /// The server did not take the notification rule.
    #[error("the notification rule was not set")]
    Notification(#[source] Box<matrix_sdk::NotificationSettingsError>),
    /// The room could not be marked read.
    #[error(transparent)]
    Timeline(TimelineError),
}

impl From<matrix_sdk::Error> for RoomError {
    fn from(error: matrix_sdk::Error) -> Self {
        Self::Request(Box::new(error))
    }
}

/// When a room notifies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotificationMode {
    /// Every message.
    All,
    /// Mentions and keywords.
    Mentions,
    /// Never.
    Mute,
}

impl From<RoomNotificationMode> for NotificationMode {
    fn from(mode: RoomNotificationMode) -> Self {
        match mode {
            RoomNotificationMode::AllMessages => Self::All,
            RoomNotificationMode::MentionsAndKeywordsOnly => Self::Mentions,
            RoomNotificationMode::Mute => Self::Mute,
        }
    }
}

impl From<NotificationMode> for RoomNotificationMode {
    fn from(mode: NotificationMode) -> Self {
        match mode {
            NotificationMode::All => Self::AllMessages,
            NotificationMode::Mentions => Self::MentionsAndKeywordsOnly,
            NotificationMode::Mute => Self::Mute,
        }
    }
}

impl Account {
    /// Watches a room: what it is now, then again whenever something of it changed, until the
    /// stream is dropped.
    ///
    /// # Errors
    ///
    /// When the room is unknown.
    pub async fn room_details(
        &self,
        room_id: &str,
    ) -> Result<impl Stream<Item = Details> + Send + use<>, RoomError> {
        let room = self.room(room_id)?;
        let (sender, receiver) = mpsc::channel(4);
        self.spawn_until_over(details::watch(
            room,
            Arc::clone(self.changed()),
            Arc::clone(self.retention()),
            self.guests(),
            sender,
        ));
        Ok(ReceiverStream::new(receiver))
    }

    /// Renames a room; an empty name takes the name away.
    ///
    /// # Errors
    ///
    /// When the room is unknown, the name too long, or the server refuses.
    pub async fn room_set_name(&self, room_id: &str, name: &str) -> Result<(), RoomError> {
        let room = self.room(room_id)?;
        room.set_name(text(name, MAX_NAME)?).await?;
        Ok(())
    }

    /// Changes what a room says of itself.
    ///
    /// # Errors
    ///
    /// When the room is unknown, the topic too long, or the server refuses.
    pub async fn room_set_topic(&self, room_id: &str, topic: &str) -> Result<(), RoomError> {
        let room = self.room(room_id)?;
        room.set_room_topic(&text(topic, MAX_TOPIC)?).await?;
        Ok(())
    }

    /// Accepts an invitation.
    ///
    /// # Errors
    ///
    /// When the room is unknown, or the server refuses.
    pub async fn room_accept_invite(&self, room_id: &str) -> Result<(), RoomError> {
        let room = self.room(room_id)?;
        if room.state() == RoomState::Joined {
            return Ok(());
        }
        match room.join().await {
            // The room was joined, and only not noted as a direct one.
            Err(_) if room.state() == RoomState::Joined => Ok(()),
            joined => Ok(joined?),
        }
    }

    /// Tags a room `m.favourite`, or takes the tag away.
    ///
    /// # Errors
    ///
    /// When the room is unknown, or the server refuses.
    pub async fn room_set_favourite(&self, room_id: &str, on: bool) -> Result<(), RoomError> {
        let room = self.room(room_id)?;
        room.set_is_favourite(on, None).await?;
        Ok(())
    }

    /// Tags a room `m.lowpriority`, or takes the tag away.
    ///
    /// # Errors
    ///
    /// When the room is unknown, or the server refuses.
    pub async fn room_set_low_priority(&self, room_id: &str, on: bool) -> Result<(), RoomError> {
        let room = self.room(room_id)?;
        room.set_is_low_priority(on, None).await?;
        Ok(())
    }

    /// Marks a room unread by hand (`m.marked_unread`), or takes the mark away.
    ///
    /// # Errors
    ///
    /// When the room is unknown, or the server refuses.
    pub async fn room_set_marked_unread(&self, room_id: &str, on: bool) -> Result<(), RoomError> {
        let room = self.room(room_id)?;
        room.set_unread_flag(on).await?;
        Ok(())
    }

    /// Marks all of a room read, without opening it; `public` lets others see it.
    ///
    /// # Errors
    ///
    /// When the room is unknown, or the server does not answer.
    pub async fn room_mark_read(&self, room_id: &str, public: bool) -> Result<(), RoomError> {
        let room = self.room(room_id)?;
        self.timeline_mark_read(room_id, public)
            .await
            .map_err(RoomError::Timeline)?;
        // Also where there is no event to put a receipt on.
        room.set_unread_flag(false).await?;
        Ok(())
    }

    /// Tells the room that the user is writing, or has stopped.
    ///
    /// # Errors
    ///
    /// When the room is unknown, or the server does not answer.
    pub async fn room_set_typing(&self, room_id: &str, on: bool) -> Result<(), RoomError> {
        let room = self.room(room_id)?;
        room.typing_notice(on).await?;
        Ok(())
    }

    /// Chooses when a room notifies.
    ///
    /// # Errors
    ///
    /// When the room is unknown, or the server does not take the rule.
    pub async fn room_set_notification_mode(
        &self,
        room_id: &str,
        mode: NotificationMode,
    ) -> Result<(), RoomError> {
        let room = self.room(room_id)?;
        let settings = self.client().notification_settings().await;
        settings
            .set_room_notification_mode(room.room_id(), mode.into())
            .await
            .map_err(|error| RoomError::Notification(Box::new(error)))
    }

    fn room(&self, room_id: &str) -> Result<Room, RoomError> {
        self.known_room(room_id).map_err(|_| RoomError::NoRoom)
    }
}

/// A text the user typed, trimmed.
fn text(text: &str, max: usize) -> Result<String, RoomError> {
    let text = text.trim();
    if text.chars().count() > max {
        return Err(RoomError::Malformed);
    }
    Ok(text.to_owned())
}
