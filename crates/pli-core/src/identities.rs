//! Asks for the identity of a sender as soon as a message cannot be believed for want of it.
//!
//! The SDK notes that it must ask, and asks when its encryption sync begins anew: with nothing
//! else to say, that is half a minute later. The first message of somebody met in a new room
//! would stay unreadable for as long.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use matrix_sdk::{
    Client,
    deserialized_responses::{
        DeviceLinkProblem, TimelineEvent, TimelineEventKind, UnableToDecryptReason,
        VerificationLevel,
    },
    ruma::OwnedUserId,
    sync::RoomUpdates,
};
use tokio::sync::broadcast::error::RecvError;

/// How long an answer is believed: a device that is not signed does not change by asking.
const BELIEVED: Duration = Duration::from_secs(300);

/// Asks until the client is gone.
pub(crate) async fn keep_asking(client: Client) {
    let mut updates = client.subscribe_to_all_room_updates();
    let mut asked: HashMap<OwnedUserId, Instant> = HashMap::new();
    loop {
        let senders = match updates.recv().await {
            Ok(updates) => unknown_senders(&updates),
            Err(RecvError::Lagged(_)) => continue,
            Err(RecvError::Closed) => return,
        };
        asked.retain(|_, when| when.elapsed() < BELIEVED);
        for sender in senders {
            if asked.contains_key(&sender) {
                continue;
            }
            let answer = client.encryption().request_user_identity(&sender).await;
            if answer.is_err() {
                tracing::info!(name: "an identity could not be asked for", "");
            }
            asked.insert(sender, Instant::now());
        }
    }
}

fn unknown_senders(updates: &RoomUpdates) -> Vec<OwnedUserId> {
    let joined = updates.joined.values();
    let mut senders: Vec<_> = joined
        .flat_map(|room| &room.timeline.events)
        .filter(|event| lacks_identity(event))
        .filter_map(TimelineEvent::sender)
        .collect();
    senders.sort_unstable();
    senders.dedup();
    senders
}

/// Whether the key is there, and only its owner is not known well enough.
fn lacks_identity(event: &TimelineEvent) -> bool {
    let TimelineEventKind::UnableToDecrypt { utd_info, .. } = &event.kind else {
        return false;
    };
    matches!(
        utd_info.reason,
        UnableToDecryptReason::SenderIdentityNotTrusted(
            VerificationLevel::UnsignedDevice
                | VerificationLevel::None(DeviceLinkProblem::MissingDevice)
        )
    )
}
