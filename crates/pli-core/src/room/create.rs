//! New rooms, of the kinds of the State's service.

use std::time::Duration;

use matrix_sdk::{
    Room, RoomState,
    ruma::{
        OwnedRoomId, OwnedUserId, UserId,
        api::client::room::{
            Visibility,
            create_room::{RoomPowerLevelsContentOverride, v3},
        },
        events::{
            AnyInitialStateEvent, InitialStateEvent,
            room::{
                encryption::RoomEncryptionEventContent,
                history_visibility::{HistoryVisibility, RoomHistoryVisibilityEventContent},
                member::MembershipState,
            },
        },
        int,
        serde::Raw,
    },
};

use super::{AccessRule, Kind, MAX_NAME, MAX_TOPIC, access_rules::access_event, facts, text};
use crate::{account::Account, retention::timer_event, room_state::Learnt};

/// Most people invited at once.
const MAX_INVITED: usize = 100;

/// How long a new room waits for the sync to bring what it is, so that it opens as encrypted,
/// and as a direct room if it is one.
const ECHO: Duration = Duration::from_secs(10);

/// Why a room was not created.
#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    /// A name that is empty or too long, or a user id that is none.
    #[error("malformed argument")]
    Malformed,
    /// Guests create no room.
    #[error("a guest creates no room")]
    Guest,
    /// Somebody invited is a guest, and the room is not to be open to guests.
    #[error("not for guests")]
    NotForGuests,
    /// The server refuses, or does not answer.
    #[error("the request failed")]
    Request(#[source] Box<matrix_sdk::Error>),
}

/// What kind of room to create.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum NewKind {
    /// By invitation, without guests, encrypted.
    #[default]
    Private,
    /// By invitation, guests too, encrypted.
    Open,
    /// By invitation, without guests, not encrypted.
    Unencrypted,
    /// A forum: in the directory, anybody may join, not encrypted.
    Public,
}

impl NewKind {
    fn is_encrypted(self) -> bool {
        matches!(self, Self::Private | Self::Open)
    }

    fn rule(self) -> AccessRule {
        match self {
            Self::Open => AccessRule::Unrestricted,
            Self::Private | Self::Unencrypted | Self::Public => AccessRule::Restricted,
        }
    }

    /// What it is drawn as.
    fn kind(self) -> Kind {
        match self {
            Self::Private => Kind::Private,
            Self::Open => Kind::Open,
            Self::Unencrypted => Kind::Unencrypted,
            Self::Public => Kind::Public,
        }
    }
}

/// A room to create.
#[derive(Debug, Clone, Default)]
pub struct NewRoom {
    /// What kind.
    pub kind: NewKind,
    /// Its name.
    pub name: String,
    /// What it says of itself.
    pub topic: Option<String>,
    /// User ids of those invited at once.
    pub invite: Vec<String>,
}

impl Account {
    /// Creates a room. Of those by invitation, the history is shown to members from their
    /// invitation on; that of a forum to all members. Gives its id.
    ///
    /// # Errors
    ///
    /// When an argument is malformed, the user is a guest, one is invited whom the room does not
    /// admit, or the server refuses.
    pub async fn room_create(&self, room: &NewRoom) -> Result<String, CreateError> {
        if self.is_guest() {
            return Err(CreateError::Guest);
        }
        let mut request = v3::Request::new();
        let kind = room.kind;
        let public = kind == NewKind::Public;
        request.preset = Some(if public {
            v3::RoomPreset::PublicChat
        } else {
            v3::RoomPreset::PrivateChat
        });
        request.visibility = if public {
            Visibility::Public
        } else {
            Visibility::Private
        };
        request.name = Some(given(&room.name, MAX_NAME)?.ok_or(CreateError::Malformed)?);
        request.topic = given(room.topic.as_deref().unwrap_or_default(), MAX_TOPIC)?;
        request.invite = self.invited(&room.invite)?;
        let guests = self.guests();
        if !kind.kind().admits_guests() && request.invite.iter().any(|user| guests.has(user)) {
            return Err(CreateError::NotForGuests);
        }
        request.power_level_content_override = Some(levels()?);
        request.initial_state = vec![history(if public {
            HistoryVisibility::Shared
        } else {
            HistoryVisibility::Invited
        })];
        let state = &mut request.initial_state;
        state.extend(kind.is_encrypted().then(encryption));
        // A forum is one by its preset; only a private room says that it is not encrypted.
        let encrypted = kind.is_encrypted() || public;
        state.extend(access_event(kind.rule(), encrypted));
        state.extend(self.first_timer(kind.kind()));
        let room_id = self.create(request, kind.is_encrypted()).await?;
        // Known at once; the server would tell within a second.
        let learnt = Learnt {
            access: Some(Some(kind.rule())),
            ..Learnt::default()
        };
        self.room_states().learn(&room_id, &learnt).await;
        Ok(room_id.to_string())
    }

    /// Finds the direct room with a person, or creates one. Gives its id.
    ///
    /// An invitation of that person to a direct room counts as one.
    ///
    /// # Errors
    ///
    /// When the user id is none or the user's own, the user is a guest, or the server refuses.
    pub async fn room_create_direct(&self, user_id: &str) -> Result<String, CreateError> {
        let user_id = UserId::parse(user_id).map_err(|_| CreateError::Malformed)?;
        if self.client().user_id() == Some(&*user_id) {
            return Err(CreateError::Malformed);
        }
        if let Some(room) = self.direct_room(&user_id).await {
            return Ok(room.room_id().to_string());
        }
        if self.is_guest() {
            return Err(CreateError::Guest);
        }
        let mut request = v3::Request::new();
        request.preset = Some(v3::RoomPreset::TrustedPrivateChat);
        request.is_direct = true;
        request.invite = vec![user_id];
        request.initial_state = vec![encryption()];
        request.initial_state.extend(self.first_timer(Kind::Direct));
        Ok(self.create(request, true).await?.to_string())
    }

    /// The timer that the organisation wants in a new room.
    fn first_timer(&self, kind: Kind) -> Option<Raw<AnyInitialStateEvent>> {
        let timer = self.retention().rules().default_of(kind)?;
        timer_event(timer)
    }

    /// The direct room in which the other person still is or is invited; the one used last.
    async fn direct_room(&self, user_id: &UserId) -> Option<Room> {
        let mut found = Vec::new();
        for room in self.client().get_dm_rooms(user_id) {
            if is_there(&room, user_id).await {
                found.push(room);
            }
        }
        let latest = found
            .into_iter()
            .max_by_key(|room| room.latest_event_timestamp());
        if latest.is_some() {
            return latest;
        }
        for room in self.client().invited_rooms() {
            if room.is_direct().await.unwrap_or(false)
                && facts::inviter(&room).await.as_deref() == Some(user_id)
            {
                return Some(room);
            }
        }
        None
    }

    fn invited(&self, user_ids: &[String]) -> Result<Vec<OwnedUserId>, CreateError> {
        if user_ids.len() > MAX_INVITED {
            return Err(CreateError::Malformed);
        }
        let mut invited = Vec::new();
        for user_id in user_ids {
            let user_id = UserId::parse(user_id).map_err(|_| CreateError::Malformed)?;
            if self.client().user_id() != Some(&*user_id) && !invited.contains(&user_id) {
                invited.push(user_id);
            }
        }
        Ok(invited)
    }

    async fn create(
        &self,
        request: v3::Request,
        encrypted: bool,
    ) -> Result<OwnedRoomId, CreateError> {
        let client = self.client();
        let direct = request.is_direct;
        let room = client
            .create_room(request)
            .await
            .map_err(|error| CreateError::Request(Box::new(error)))?;
        // A sync may fall into the middle of the creation, and bring a part of the state.
        let is_whole = || {
            room.encryption_state().is_encrypted() == encrypted
                && room.create_content().is_some()
                && (!direct || room.direct_targets_length() > 0)
        };
        let mut info = room.subscribe_info();
        let echo = async { while !is_whole() && info.next().await.is_some() {} };
        // Late is no failure: the room exists, and its state will come.
        let _ = tokio::time::timeout(ECHO, echo).await;
        Ok(room.room_id().to_owned())
    }
}

/// Whether a person is in a room or invited to it; asks the server only when the store does
/// not know.
async fn is_there(room: &Room, user_id: &UserId) -> bool {
    let member = match room.get_member_no_sync(user_id).await {
        Ok(Some(member)) => Some(member),
        _ => room.get_member(user_id).await.ok().flatten(),
    };
    room.state() == RoomState::Joined
        && member.is_some_and(|member| {
            matches!(
                member.membership(),
                MembershipState::Join | MembershipState::Invite
            )
        })
}

/// A text the user gave, if they gave one.
fn given(value: &str, max: usize) -> Result<Option<String>, CreateError> {
    let value = text(value, max).map_err(|_| CreateError::Malformed)?;
    Ok((!value.is_empty()).then_some(value))
}

/// Defaults of the State's service: moderators invite and redact, administrators do the rest.
fn levels() -> Result<Raw<RoomPowerLevelsContentOverride>, CreateError> {
    let mut levels = RoomPowerLevelsContentOverride::new();
    levels.invite = Some(int!(50));
    levels.redact = Some(int!(50));
    levels.state_default = Some(int!(100));
    Raw::new(&levels).map_err(|_| CreateError::Malformed)
}

fn encryption() -> Raw<AnyInitialStateEvent> {
    InitialStateEvent::with_empty_state_key(RoomEncryptionEventContent::with_recommended_defaults())
        .to_raw_any()
}

fn history(visibility: HistoryVisibility) -> Raw<AnyInitialStateEvent> {
    InitialStateEvent::with_empty_state_key(RoomHistoryVisibilityEventContent::new(visibility))
        .to_raw_any()
}
