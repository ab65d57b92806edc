//! The rooms opened last: the sync brings all their events, not only the latest one.

use std::{collections::VecDeque, sync::PoisonError};

use matrix_sdk::{
    Room, RoomState,
    ruma::{OwnedRoomId, RoomId},
};

use crate::account::Account;

/// How many rooms are attended to: as many as keep their timeline.
const MAX: usize = 8;

/// Rooms attended to, the latest first.
#[derive(Default)]
pub(crate) struct Attended(std::sync::Mutex<VecDeque<OwnedRoomId>>);

impl Attended {
    /// Takes a room in; gives all of them when they changed.
    fn add(&self, room_id: &RoomId) -> Option<Vec<OwnedRoomId>> {
        let mut rooms = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = rooms.iter().position(|known| known == room_id);
        if let Some(place) = known {
            rooms.remove(place);
        }
        rooms.push_front(room_id.to_owned());
        rooms.truncate(MAX);
        known.is_none().then(|| rooms.iter().cloned().collect())
    }
}

impl Account {
    /// Asks the sync for everything that happens in a room from now on.
    pub(crate) async fn attend(&self, room: &Room) {
        if room.state() != RoomState::Joined {
            return;
        }
        if let Some(rooms) = self.attended().add(room.room_id()) {
            let rooms: Vec<&RoomId> = rooms.iter().map(|id| &**id).collect();
            self.room_list_service().subscribe_to_rooms(&rooms).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: usize) -> OwnedRoomId {
        RoomId::parse(format!("!{n}:example.org")).expect("a room id")
    }

    #[test]
    fn the_rooms_opened_last_are_attended_to() {
        let attended = Attended::default();
        for n in 0..MAX {
            assert!(attended.add(&id(n)).is_some(), "room {n} is new");
        }
        assert_eq!(attended.add(&id(0)), None, "nothing is to be asked anew");
        let rooms = attended.add(&id(100)).expect("a new room");
        assert_eq!(rooms.len(), MAX);
        assert!(
            rooms.contains(&id(0)) && !rooms.contains(&id(1)),
            "room 1 was opened longest ago: {rooms:?}"
        );
    }
}
