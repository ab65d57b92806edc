//! Leaving, and forgetting what was left.

use std::time::Duration;

use matrix_sdk::{Room, RoomState, sync::RoomUpdate};
use tokio::{sync::broadcast, time::timeout};

use super::RoomError;
use crate::account::Account;

/// How long a sync that was under way may take to tell of the leaving: the server holds one
/// for 30 seconds at most.
const ECHO: Duration = Duration::from_secs(40);

impl Account {
    /// Leaves a room or declines an invitation, and forgets what was kept of the room.
    ///
    /// # Errors
    ///
    /// When the room is unknown, or the server refuses.
    pub async fn room_leave(&self, room_id: &str) -> Result<(), RoomError> {
        let room = self.room(room_id)?;
        let updates = room.subscribe_to_updates();
        room.leave().await?;
        if matches!(room.state(), RoomState::Left) && room.forget().await.is_err() {
            // The room is left all the same; its history stays in the store.
            tracing::warn!("a room that was left could not be forgotten");
        }
        self.spawn_until_over(forget_again(room, updates));
        Ok(())
    }
}

/// A sync that tells of the leaving after the room was forgotten puts it back in the store.
async fn forget_again(room: Room, mut updates: broadcast::Receiver<RoomUpdate>) {
    let told = async {
        while let Ok(update) = updates.recv().await {
            if matches!(update, RoomUpdate::Left { .. }) {
                return true;
            }
        }
        false
    };
    if !timeout(ECHO, told).await.unwrap_or(false) {
        return;
    }
    let back = room.client().get_room(room.room_id());
    if let Some(room) = back.filter(|room| matches!(room.state(), RoomState::Left))
        && room.forget().await.is_err()
    {
        tracing::warn!("a room that was left could not be forgotten");
    }
}
