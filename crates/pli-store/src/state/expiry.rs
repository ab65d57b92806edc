//! What the state store holds of messages that have expired: the latest event of a room, what
//! waits to be sent, and drafts.

use std::{collections::BTreeSet, ops::ControlFlow};

use matrix_sdk_base::{
    RoomInfo,
    latest_event::{LatestEventValue, LocalLatestEventValue},
    ruma::{
        OwnedEventId, OwnedTransactionId, RoomId, TransactionId,
        events::AnyMessageLikeEventContent, serde::Raw,
    },
    store::{
        ComposerDraft, ComposerDraftType, DependentQueuedRequest,
        DependentQueuedRequestKind as Dependent, QueuedRequestKind as Kind, SentRequestKey,
    },
};
use serde::Deserialize;

use super::{
    life,
    send_queue::{Request, numbered},
    tables::{DEPENDENT, DRAFTS, ROOM_INFOS, SEND_QUEUE},
};
use crate::{
    batch::Batch, engine::Direction, error::StoreError, event_cache::expiry::Expired, tree::Tree,
};

const NOTHING: &str = "{}";

/// The part of a room info that its type does not give.
#[derive(Deserialize)]
struct Latest {
    #[serde(default)]
    latest_event_value: LatestEventValue,
}

/// Of an event that is sent, or to be sent: which one it relates to.
#[derive(Deserialize)]
struct RelatesTo {
    rel_type: Option<String>,
    event_id: Option<OwnedEventId>,
}

fn relates_to(content: &Raw<AnyMessageLikeEventContent>) -> Option<RelatesTo> {
    content.get_field("m.relates_to").ok().flatten()
}

/// What is to be stored in the place of a room info, if its latest event has expired. One that
/// only this device has is no more: what is left of it would have no sender.
pub(super) fn emptied(
    info: &RoomInfo,
    expired: &Expired<'_>,
) -> Result<Option<RoomInfo>, StoreError> {
    if !expired.any() {
        return Ok(None);
    }
    let left = match latest(info)? {
        LatestEventValue::Remote(event) => expired.emptied(&event)?.map(LatestEventValue::Remote),
        LatestEventValue::LocalHasBeenSent { event_id, .. } if expired.has(&event_id)? => {
            Some(LatestEventValue::None)
        }
        latest => match local(&latest).and_then(|local| relates_to(local.content.raw().0)) {
            Some(RelatesTo {
                rel_type: Some(kind),
                event_id: Some(edited),
            }) if kind == "m.replace" && expired.has(&edited)? => Some(LatestEventValue::None),
            _ => None,
        },
    };
    Ok(left.map(|left| with_latest(info, left)))
}

fn latest(info: &RoomInfo) -> Result<LatestEventValue, StoreError> {
    let info = serde_json::to_vec(info)?;
    Ok(serde_json::from_slice::<Latest>(&info)?.latest_event_value)
}

fn local(latest: &LatestEventValue) -> Option<&LocalLatestEventValue> {
    match latest {
        LatestEventValue::LocalIsSending(value)
        | LatestEventValue::LocalCannotBeSent(value)
        | LatestEventValue::LocalHasBeenSent { value, .. } => Some(value),
        _ => None,
    }
}

fn with_latest(info: &RoomInfo, latest: LatestEventValue) -> RoomInfo {
    let mut info = info.clone();
    info.set_latest_event(latest);
    info
}

/// Empties the latest event of a room, if it has expired. With `unsent` requests that expired,
/// one that waits to be sent is no more, unless it still does.
pub(crate) fn expire_latest(
    [keys, history]: [&Tree; 2],
    batch: &mut Batch,
    room: &RoomId,
    expired: &Expired<'_>,
    unsent: &[OwnedTransactionId],
) -> Result<(), StoreError> {
    let place = history.at(ROOM_INFOS).id(room);
    let Some(info) = batch.get(&place)? else {
        return Ok(());
    };
    let left = match emptied(&info, expired)? {
        None if !unsent.is_empty() && is_gone(keys, room, &latest(&info)?)? => {
            Some(with_latest(&info, LatestEventValue::None))
        }
        left => left,
    };
    match left {
        Some(left) => {
            batch.note_erasure()?;
            batch.put(&place, &left)
        }
        None => Ok(()),
    }
}

/// Whether a latest event was to be sent, and is in the queue no longer.
fn is_gone(keys: &Tree, room: &RoomId, latest: &LatestEventValue) -> Result<bool, StoreError> {
    let (LatestEventValue::LocalIsSending(value) | LatestEventValue::LocalCannotBeSent(value)) =
        latest
    else {
        return Ok(false);
    };
    let content = value.content.raw().0.json().get();
    let requests = keys.at(SEND_QUEUE).id(room).all()?;
    let waits = requests.iter().any(|request| match &request.kind {
        Kind::Event { content: waiting } => waiting.raw().0.json().get() == content,
        _ => false,
    });
    Ok(!waits)
}

/// What expires of what only this device knows.
pub(crate) struct Unsent<'a> {
    pub(crate) events: &'a [OwnedEventId],
    pub(crate) requests: BTreeSet<&'a TransactionId>,
}

impl Unsent<'_> {
    /// Removes them, and what was to be sent about them. A redaction still is to be sent.
    pub(crate) fn expire(
        &self,
        keys: &Tree,
        batch: &mut Batch,
        room: &RoomId,
    ) -> Result<(), StoreError> {
        let queue = keys.at(SEND_QUEUE).id(room);
        for (number, request) in numbered(&queue)? {
            if self.covers(&request) {
                batch.erase(&queue.clone().order(number))?;
            }
        }
        life::expire(keys, batch, room, self.requests.iter());
        let dependent = keys.at(DEPENDENT).id(room);
        for (number, mut request) in numbered(&dependent)? {
            let place = dependent.clone().order(number);
            if matches!(request.kind, Dependent::RedactEvent) {
                if self.empty_parent(&mut request)? {
                    batch.note_erasure()?;
                    batch.put(&place, &request)?;
                }
            } else if self.covers_dependent(&request) {
                batch.erase(&place)?;
            }
        }
        self.expire_drafts(keys, batch, room)
    }

    fn covers(&self, request: &Request) -> bool {
        self.requests
            .contains(request.transaction_id.as_ref() as &TransactionId)
            || match &request.kind {
                Kind::Event { content } => self.is_about(content.raw().0),
                Kind::MediaUpload { related_to, .. } => self
                    .requests
                    .contains(related_to.as_ref() as &TransactionId),
                Kind::Redaction { .. } => false,
            }
    }

    /// Whether it is an edit of one of the events, or a reaction to it.
    fn is_about(&self, content: &Raw<AnyMessageLikeEventContent>) -> bool {
        let Some(RelatesTo {
            rel_type: Some(kind),
            event_id: Some(target),
        }) = relates_to(content)
        else {
            return false;
        };
        matches!(kind.as_str(), "m.replace" | "m.annotation") && self.events.contains(&target)
    }

    fn covers_dependent(&self, request: &DependentQueuedRequest) -> bool {
        let of_media = match &request.kind {
            Dependent::UploadFileOrThumbnail { related_to, .. } => Some(related_to.as_ref()),
            _ => None,
        };
        let transactions: [Option<&TransactionId>; 3] = [
            Some(&request.own_transaction_id),
            Some(&request.parent_transaction_id),
            of_media,
        ];
        let mut transactions = transactions.into_iter().flatten();
        transactions.any(|transaction| self.requests.contains(transaction))
            || self.is_child(request)
    }

    /// Whether its parent was sent, and is one of the events.
    fn is_child(&self, request: &DependentQueuedRequest) -> bool {
        matches!(
            &request.parent_key,
            Some(SentRequestKey::Event { event_id, .. }) if self.events.contains(event_id)
        )
    }

    /// Empties the parent of a request, as it was sent, if it has expired; whether it did.
    fn empty_parent(&self, request: &mut DependentQueuedRequest) -> Result<bool, StoreError> {
        if self.is_child(request)
            && let Some(SentRequestKey::Event { event, .. }) = &mut request.parent_key
            && event.json().get() != NOTHING
        {
            *event = Raw::from_json_string(NOTHING.to_owned())?;
            return Ok(true);
        }
        Ok(false)
    }

    /// The draft of an edit is the message itself; that of an answer is the person's own words.
    fn expire_drafts(
        &self,
        keys: &Tree,
        batch: &mut Batch,
        room: &RoomId,
    ) -> Result<(), StoreError> {
        let of_room = keys.at(DRAFTS).id(room);
        let mut drafts = Vec::new();
        of_room.each(.., Direction::Forward, |tail, draft: ComposerDraft| {
            drafts.push((of_room.clone().part(tail.bytes()), draft));
            ControlFlow::Continue(())
        })?;
        for (place, mut draft) in drafts {
            match &draft.draft_type {
                ComposerDraftType::Edit { event_id } if self.events.contains(event_id) => {
                    batch.erase(&place)?;
                }
                ComposerDraftType::Reply { event_id } if self.events.contains(event_id) => {
                    draft.draft_type = ComposerDraftType::NewMessage;
                    batch.put(&place, &draft)?;
                }
                _ => {}
            }
        }
        Ok(())
    }
}
