//! What waits to be read, in all rooms together.

use matrix_sdk::{Client, RoomState};

/// Events that notify (and rooms marked unread), and events that mention the user.
pub(super) fn total(client: &Client) -> (u32, u32) {
    let (mut notifications, mut mentions) = (0_u64, 0_u64);
    for room in client.rooms() {
        match room.state() {
            RoomState::Joined => {
                let count = room.num_unread_notifications();
                let marked = u64::from(room.is_marked_unread());
                notifications = notifications.saturating_add(count.max(marked));
                mentions = mentions.saturating_add(room.num_unread_mentions());
            }
            RoomState::Invited => notifications = notifications.saturating_add(1),
            _ => {}
        }
    }
    (capped(notifications), capped(mentions))
}

fn capped(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
