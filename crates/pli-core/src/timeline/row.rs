//! A row of a timeline: the SDK's item, and what drawing it takes.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use matrix_sdk::{
    Room,
    ruma::{
        MilliSecondsSinceUnixEpoch, OwnedUserId,
        events::{
            MessageLikeEventType,
            room::message::{FormattedBody, MessageType},
        },
    },
};
use matrix_sdk_ui::timeline::{EventTimelineItem, TimelineItem, TimelineItemContent};
use serde::Deserialize;

use super::{
    lasting::Lasting,
    people::{People, Person},
};
use crate::{
    message_html::{self, Node},
    retention::{ROOM_TIMER, timer_in},
    undecryptable::Reason,
};

/// Receipts drawn on one row.
const MAX_RECEIPTS: usize = 50;

/// People named for one reaction.
const MAX_REACTING: usize = 10;

/// A row of a timeline.
#[derive(Debug, Clone)]
pub struct Row {
    /// The item.
    pub item: Arc<TimelineItem>,
    /// Text of a message, or caption of a medium.
    pub text: Vec<Node>,
    /// Whose receipts stand here, the user left out.
    pub read_by: Vec<Person>,
    /// Who redacted it, when it was somebody else than its sender.
    pub redacted_by: Option<Person>,
    /// Why it cannot be decrypted, if it cannot.
    pub undecryptable: Option<Reason>,
    /// When it disappears, in milliseconds of the epoch.
    pub ends_at: Option<u64>,
    /// What it answers has disappeared.
    pub quote_gone: bool,
    /// The timer that it sets for new messages of the room: `Some(None)` for none.
    pub timer: Option<Option<u64>>,
    /// Everybody else who is named on the row.
    pub people: HashMap<OwnedUserId, Person>,
}

/// What the user may do in a room.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Powers {
    /// Send messages.
    pub send: bool,
    /// Send reactions.
    pub react: bool,
    /// Redact their own events.
    pub redact_own: bool,
    /// Redact what others sent.
    pub redact_others: bool,
}

impl Powers {
    pub(super) async fn of(room: &Room) -> Self {
        let own = room.own_user_id();
        let joined = room.state() == matrix_sdk::RoomState::Joined;
        match room.power_levels().await {
            Ok(levels) if joined => Self {
                send: levels.user_can_send_message(own, MessageLikeEventType::RoomMessage),
                react: levels.user_can_send_message(own, MessageLikeEventType::Reaction),
                redact_own: levels.user_can_redact_own_event(own),
                redact_others: levels.user_can_redact_event_of_other(own),
            },
            _ => Self::default(),
        }
    }
}

/// What a row tells of whoever reads it.
pub(super) struct OwnDevice {
    pub(super) user: OwnedUserId,
    created: MilliSecondsSinceUnixEpoch,
}

impl OwnDevice {
    pub(super) async fn of(room: &Room) -> Self {
        let encryption = room.client().encryption();
        Self {
            user: room.own_user_id().to_owned(),
            created: encryption.device_creation_timestamp().await,
        }
    }

    fn cannot_decrypt(&self, event: &EventTimelineItem) -> Option<Reason> {
        let message = event.content().as_unable_to_decrypt()?;
        Some(Reason::of(message, event.timestamp(), self.created))
    }
}

impl Row {
    pub(super) async fn new(
        item: Arc<TimelineItem>,
        people: &mut People,
        device: &OwnDevice,
        lasting: &Lasting,
    ) -> Self {
        let mut row = Self {
            item: Arc::clone(&item),
            text: Vec::new(),
            read_by: Vec::new(),
            redacted_by: None,
            undecryptable: None,
            ends_at: None,
            quote_gone: false,
            timer: None,
            people: HashMap::new(),
        };
        let Some(event) = item.as_event() else {
            return row;
        };
        row.text = text(event.content());
        row.ends_at = lasting.end(event);
        row.quote_gone = event
            .content()
            .in_reply_to()
            .is_some_and(|quoted| lasting.has_gone(&quoted.event_id));
        row.timer = timer(event);
        row.undecryptable = device.cannot_decrypt(event);
        for user_id in event
            .read_receipts()
            .keys()
            .filter(|id| **id != device.user)
            .take(MAX_RECEIPTS)
        {
            row.read_by.push(people.get(user_id).await);
        }
        for user_id in named(event, &row.text) {
            let person = people.get(&user_id).await;
            row.people.insert(user_id, person);
        }
        if let Some(user_id) = redactor(event) {
            row.redacted_by = Some(people.get(&user_id).await);
        }
        row
    }
}

/// People named on the row by mentions and reactions.
fn named(event: &EventTimelineItem, text: &[Node]) -> BTreeSet<OwnedUserId> {
    let mut named = message_html::mentioned(text);
    for senders in event
        .content()
        .reactions()
        .iter()
        .flat_map(|reactions| reactions.values())
    {
        named.extend(senders.keys().take(MAX_REACTING).cloned());
    }
    named
}

/// Text or caption of an item.
fn text(content: &TimelineItemContent) -> Vec<Node> {
    let Some(message) = content.as_message() else {
        return Vec::new();
    };
    let room_mention = message.mentions().is_some_and(|mentions| mentions.room);
    let nodes = |body: &str, formatted: Option<&FormattedBody>| {
        message_html::nodes(body, formatted, room_mention)
    };
    match message.msgtype() {
        MessageType::Text(content) => nodes(&content.body, content.formatted.as_ref()),
        MessageType::Emote(content) => nodes(&content.body, content.formatted.as_ref()),
        MessageType::Notice(content) => nodes(&content.body, content.formatted.as_ref()),
        MessageType::ServerNotice(content) => nodes(&content.body, None),
        MessageType::Image(content) => {
            caption(content.caption(), content.formatted_caption(), nodes)
        }
        MessageType::Video(content) => {
            caption(content.caption(), content.formatted_caption(), nodes)
        }
        MessageType::Audio(content) => {
            caption(content.caption(), content.formatted_caption(), nodes)
        }
        MessageType::File(content) => {
            caption(content.caption(), content.formatted_caption(), nodes)
        }
        _ => Vec::new(),
    }
}

fn caption(
    caption: Option<&str>,
    formatted: Option<&FormattedBody>,
    nodes: impl Fn(&str, Option<&FormattedBody>) -> Vec<Node>,
) -> Vec<Node> {
    caption
        .map(|caption| nodes(caption, formatted))
        .unwrap_or_default()
}

/// The timer that an event of state sets.
fn timer(event: &EventTimelineItem) -> Option<Option<u64>> {
    let TimelineItemContent::OtherState(state) = event.content() else {
        return None;
    };
    if state.content().event_type().to_string() != ROOM_TIMER {
        return None;
    }
    Some(event.original_json().and_then(timer_in))
}

/// Who redacted an event, when the server tells and it was not the sender.
fn redactor(event: &EventTimelineItem) -> Option<OwnedUserId> {
    #[derive(Deserialize)]
    struct Unsigned {
        redacted_because: Because,
    }
    #[derive(Deserialize)]
    struct Because {
        sender: OwnedUserId,
    }
    if !event.content().is_redacted() {
        return None;
    }
    let unsigned: Unsigned = event.original_json()?.get_field("unsigned").ok()??;
    let sender = unsigned.redacted_because.sender;
    (sender != event.sender()).then_some(sender)
}
