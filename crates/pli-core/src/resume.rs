//! What had left before the program ended is not sent again.
//!
//! A message may have reached the server whose answer never came here. Sent again, it is not
//! doubled: the server knows its transaction. But the SDK then shows it last, behind what others
//! have answered since (matrix-sdk 0.18). Each room's queue sends one thing at a time, so that
//! only the first of what is unsent can have left.

use matrix_sdk::{
    Client, Room,
    room::MessagesOptions,
    ruma::{OwnedTransactionId, TransactionId, uint},
    send_queue::{LocalEcho, LocalEchoContent},
};
use serde::Deserialize;

/// Takes it out of the queues, which must not be sending.
pub(crate) async fn forget_what_left(client: &Client) {
    let Ok(unsent) = client.send_queue().local_echoes().await else {
        return;
    };
    for (room_id, echoes) in unsent {
        let (Some(room), Some(first)) = (client.get_room(&room_id), echoes.into_iter().next())
        else {
            continue;
        };
        let LocalEcho {
            transaction_id,
            content,
        } = first;
        let LocalEchoContent::Event { send_handle, .. } = content else {
            continue;
        };
        if has_followers(&room, &transaction_id).await || !has_left(&room, &transaction_id).await {
            continue;
        }
        if send_handle.abort().await.is_err() {
            tracing::warn!(name: "what had left is sent again", "");
        }
    }
}

/// Whether something waits for it that would be lost with it, such as an edit.
async fn has_followers(room: &Room, transaction_id: &TransactionId) -> bool {
    let client = room.client();
    let followers = client
        .state_store()
        .load_dependent_queued_requests(room.room_id())
        .await;
    followers.map_or(true, |followers| {
        followers
            .iter()
            .any(|follower| follower.parent_transaction_id == transaction_id)
    })
}

/// Whether the server has it, among the latest events.
async fn has_left(room: &Room, transaction_id: &TransactionId) -> bool {
    let mut latest = MessagesOptions::backward();
    latest.limit = uint!(100);
    let Ok(latest) = room.messages(latest).await else {
        return false;
    };
    latest.chunk.iter().any(|event| {
        let event = event.raw().deserialize_as_unchecked::<Sent>();
        event.is_ok_and(|sent| {
            sent.unsigned
                .transaction_id
                .is_some_and(|sent| sent == transaction_id)
        })
    })
}

/// The part of an event that tells its own device in which transaction it was sent.
#[derive(Deserialize)]
struct Sent {
    #[serde(default)]
    unsigned: Unsigned,
}

#[derive(Default, Deserialize)]
struct Unsigned {
    transaction_id: Option<OwnedTransactionId>,
}
