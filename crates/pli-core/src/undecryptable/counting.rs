//! Counts events that cannot be decrypted, once their keys have had time to come.

use std::collections::VecDeque;

use matrix_sdk::{
    Client,
    deserialized_responses::{TimelineEvent, TimelineEventKind},
    ruma::{OwnedEventId, OwnedRoomId},
    sync::RoomUpdates,
};
use matrix_sdk_base::crypto::types::events::UtdCause;
use pli_store::Stores;
use tokio::{
    sync::broadcast::error::RecvError,
    time::{Instant, sleep_until},
};

use super::{COUNTS, Counts, PATIENCE, Reason};

/// More are not judged: a flood must not take the memory.
const MAX_WAITING: usize = 10_000;

/// An event whose key has not come.
struct Unread {
    room: OwnedRoomId,
    event: OwnedEventId,
    judged: Instant,
}

/// To be ended with the account, since it holds the client.
pub(crate) async fn keep_counting(client: Client, stores: Stores) {
    let mut updates = client.subscribe_to_all_room_updates();
    let mut unread: VecDeque<Unread> = VecDeque::new();
    loop {
        let next = unread.front().map(|first| first.judged);
        tokio::select! {
            updates = updates.recv() => match updates {
                Ok(updates) => unread.extend(undecrypted(&updates).take(MAX_WAITING - unread.len())),
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return,
            },
            () = sleep_until(next.unwrap_or_else(Instant::now)), if next.is_some() => {
                if let Some(first) = unread.pop_front() {
                    judge(&client, &stores, &first).await;
                }
            }
        }
    }
}

fn undecrypted(updates: &RoomUpdates) -> impl Iterator<Item = Unread> {
    let judged = Instant::now() + PATIENCE;
    updates.joined.iter().flat_map(move |(room, update)| {
        let events = update.timeline.events.iter();
        let unread = events.filter(|event| event.kind.is_utd());
        unread
            .filter_map(TimelineEvent::event_id)
            .map(move |event| Unread {
                room: room.clone(),
                event,
                judged,
            })
    })
}

async fn judge(client: &Client, stores: &Stores, unread: &Unread) {
    let Some(reason) = reason(client, unread).await else {
        return;
    };
    let values = stores.values();
    let mut counts: Counts = values.get(COUNTS).ok().flatten().unwrap_or_default();
    match reason {
        Some(reason) => {
            tracing::warn!(name: "an event was not decrypted", reason = ?reason);
            *counts.by_reason.entry(reason).or_default() += 1;
        }
        None => counts.late += 1,
    }
    if values.set(COUNTS, &counts).await.is_err() {
        tracing::warn!("an event that was not decrypted was not counted");
    }
}

/// Why the event is still not decrypted, if it is not; nothing of one that is not there any more.
async fn reason(client: &Client, unread: &Unread) -> Option<Option<Reason>> {
    let room = client.get_room(&unread.room)?;
    let (cache, _handles) = room.event_cache().await.ok()?;
    let event = cache.find_event(&unread.event).await.ok()??;
    let TimelineEventKind::UnableToDecrypt {
        event: raw,
        utd_info,
    } = &event.kind
    else {
        return Some(None);
    };
    let context = room.crypto_context_info().await;
    let created = context.device_creation_ts;
    let cause = UtdCause::determine(raw, context, utd_info);
    let before = event.timestamp().is_some_and(|sent| sent < created);
    Some(Some(Reason::by(cause, before, PATIENCE)))
}
