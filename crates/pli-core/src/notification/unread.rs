//! What waits to be read, in all rooms together.

use matrix_sdk::{Client, RoomState};

/// Rooms that notify (those marked unread, and invitations, too), and events that mention the
/// user.
pub(super) fn total(client: &Client) -> (u32, u32) {
    let (mut rooms, mut mentions) = (0_u64, 0_u64);
    for room in client.rooms() {
        match room.state() {
            RoomState::Joined => {
                let notifies = room.num_unread_notifications() > 0 || room.is_marked_unread();
                rooms = rooms.saturating_add(u64::from(notifies));
                mentions = mentions.saturating_add(room.num_unread_mentions());
            }
            RoomState::Invited => rooms = rooms.saturating_add(1),
            _ => {}
        }
    }
    (capped(rooms), capped(mentions))
}

fn capped(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
