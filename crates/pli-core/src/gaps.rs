//! Fetches what a sync has left out, so that it is counted and can be read offline.
//!
//! The SDK does so while it looks for what the user has read last. Where it finds that in memory,
//! before the gap, it stops there, and counts nothing of the gap.

use std::collections::HashSet;

use matrix_sdk::Client;
use tokio::sync::broadcast::error::RecvError;

/// To be ended with the account, since it holds the client.
pub(crate) async fn keep_filling(client: Client) {
    let mut brought = client.subscribe_to_all_room_updates();
    let mut stored = client.event_cache().subscribe_to_room_generic_updates();
    let mut gaps = HashSet::new();
    loop {
        tokio::select! {
            // What is brought is known here before it is stored.
            biased;
            updates = brought.recv() => match updates {
                Ok(updates) => {
                    let joined = updates.joined.into_iter();
                    gaps.extend(joined.filter_map(|(room, update)| {
                        update.timeline.limited.then_some(room)
                    }));
                }
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return,
            },
            update = stored.recv() => match update {
                Ok(update) => {
                    if gaps.remove(&update.room_id)
                        && let Some(pagination) = client.event_cache().automatic_pagination()
                    {
                        pagination.run_once(&update.room_id);
                    }
                }
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return,
            },
        }
    }
}
