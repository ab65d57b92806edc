//! A row of the room list.

use matrix_sdk::{
    Room,
    notification_settings::RoomNotificationMode,
    ruma::{OwnedMxcUri, UserId},
};
use matrix_sdk_ui::timeline::{
    LatestEventValue, LatestEventValueLocalState, MsgLikeKind, Profile, RoomExt, TimelineDetails,
    TimelineItemContent,
};

use crate::{
    retention::Retention,
    room::{self, Kind, Membership},
    timeline::Person,
};

/// How much of a draft a row shows, in characters.
const MAX_DRAFT: usize = 100;

/// A row of the room list.
#[derive(Debug, Clone)]
pub struct RoomRow {
    /// Matrix room id.
    pub room_id: String,
    /// Computed display name; never empty.
    pub name: String,
    /// The room's avatar, or the other person's.
    pub avatar: Option<OwnedMxcUri>,
    /// What sort of room.
    pub kind: Kind,
    /// Whether `m.room.encryption` is set.
    pub encrypted: bool,
    /// The user's own membership.
    pub membership: Membership,
    /// Who invited, for an invitation.
    pub inviter: Option<Person>,
    /// Tagged `m.favourite`.
    pub favourite: bool,
    /// Tagged `m.lowpriority`.
    pub low_priority: bool,
    /// The user wants no notification of any kind.
    pub muted: bool,
    /// What waits to be read.
    pub unread: Unread,
    /// Marked unread by hand (`m.marked_unread`).
    pub marked_unread: bool,
    /// The latest event worth a preview.
    pub latest: Option<Latest>,
    /// When the room was last active, in milliseconds since the epoch.
    pub timestamp: Option<u64>,
    /// Start of the draft, if there is one.
    pub draft: Option<String>,
}

/// Counts since the user's read receipt.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Unread {
    /// Messages.
    pub messages: u32,
    /// Of these, those that notify.
    pub notifications: u32,
    /// Of these, those that mention the user.
    pub mentions: u32,
}

/// The latest event worth a preview.
#[derive(Debug, Clone)]
pub struct Latest {
    /// Who sent it.
    pub sender: Person,
    /// The user did.
    pub own: bool,
    /// What it is.
    pub content: TimelineItemContent,
    /// Came in clear although the room is encrypted.
    pub in_clear: bool,
    /// Still in the send queue.
    pub sending: bool,
    /// Could not be sent.
    pub failed: bool,
}

impl RoomRow {
    pub(super) async fn of(room: &Room, retention: &Retention) -> Self {
        let kind = room::kind(room, retention.states()).await;
        let (latest, invited_at) = latest(room).await;
        let latest = latest.filter(|_| !is_over(room, retention));
        let timestamp = room.latest_event_timestamp().map(|time| time.get().into());
        let inviter = match room::inviter(room).await {
            Some(user_id) => Some(room::person(room, &user_id).await),
            None => None,
        };
        Self {
            room_id: room.room_id().to_string(),
            name: room::name(room).await,
            avatar: room::avatar(room, kind).await,
            kind,
            encrypted: room.encryption_state().is_encrypted(),
            membership: room.state().into(),
            inviter,
            favourite: room.is_favourite(),
            low_priority: room.is_low_priority(),
            muted: is_muted(room).await,
            unread: Unread {
                messages: capped(room.num_unread_messages()),
                notifications: capped(room.num_unread_notifications()),
                mentions: capped(room.num_unread_mentions()),
            },
            marked_unread: room.is_marked_unread(),
            latest,
            timestamp: timestamp.or(invited_at),
            draft: draft(room).await,
        }
    }
}

/// Whether the user wants no notification of the room.
pub(super) async fn is_muted(room: &Room) -> bool {
    room.user_defined_notification_mode().await == Some(RoomNotificationMode::Mute)
}

/// The start of what is written and not sent.
pub(super) async fn draft(room: &Room) -> Option<String> {
    let draft = room.load_composer_draft(None).await.ok()??;
    let start: String = draft.plain_text.chars().take(MAX_DRAFT).collect();
    let start = start.split_whitespace().collect::<Vec<_>>().join(" ");
    (!start.is_empty()).then_some(start)
}

/// The latest event, or when the invitation came.
async fn latest(room: &Room) -> (Option<Latest>, Option<u64>) {
    match RoomExt::latest_event(room).await {
        LatestEventValue::None => (None, None),
        LatestEventValue::RemoteInvite { timestamp, .. } => (None, Some(timestamp.get().into())),
        LatestEventValue::Remote {
            sender,
            is_own,
            profile,
            content,
            ..
        } => {
            let latest = Latest {
                sender: sent_by(&sender, &profile),
                own: is_own,
                in_clear: room.encryption_state().is_encrypted() && is_in_clear(room, &content),
                content,
                sending: false,
                failed: false,
            };
            (Some(latest), None)
        }
        LatestEventValue::Local {
            sender,
            profile,
            content,
            state,
            ..
        } => {
            let latest = Latest {
                sender: sent_by(&sender, &profile),
                own: true,
                in_clear: false,
                content,
                sending: matches!(state, LatestEventValueLocalState::IsSending),
                failed: matches!(state, LatestEventValueLocalState::CannotBeSent),
            };
            (Some(latest), None)
        }
    }
}

/// Whether the latest event disappeared, or should have.
fn is_over(room: &Room, retention: &Retention) -> bool {
    use matrix_sdk_base::latest_event::LatestEventValue as Stored;

    let stored: &matrix_sdk_base::Room = room;
    match stored.latest_event() {
        Stored::Remote(event) => retention.is_over(room.room_id(), event.raw()),
        Stored::LocalIsSending(local) | Stored::LocalCannotBeSent(local) => {
            retention.is_content_over(local.content.raw().0)
        }
        Stored::LocalHasBeenSent { value, .. } => retention.is_content_over(value.content.raw().0),
        Stored::None | Stored::RemoteInvite { .. } => false,
    }
}

/// Whether it is a message that nobody encrypted. State is never encrypted; a redaction removes
/// the ciphertext.
fn is_in_clear(room: &Room, content: &TimelineItemContent) -> bool {
    let is_message = match content {
        TimelineItemContent::MsgLike(content) => !matches!(
            content.kind,
            MsgLikeKind::Redacted | MsgLikeKind::UnableToDecrypt(_)
        ),
        _ => false,
    };
    let stored: &matrix_sdk_base::Room = room;
    is_message
        && matches!(
            stored.latest_event(),
            matrix_sdk_base::latest_event::LatestEventValue::Remote(event)
                if event.encryption_info().is_none()
        )
}

fn sent_by(user_id: &UserId, profile: &TimelineDetails<Profile>) -> Person {
    let profile = match profile {
        TimelineDetails::Ready(profile) => Some(profile),
        _ => None,
    };
    Person::new(user_id, profile)
}

fn capped(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
