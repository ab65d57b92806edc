//! Reads all rooms, as each start of a client does.

use async_trait::async_trait;
use matrix_sdk_base::{StateChanges, store::RoomLoadSettings};

use crate::{
    contenders::Opened,
    content::room_info,
    work::{Work, timed},
};

pub(crate) struct Rooms {
    pub(crate) count: usize,
}

/// Saves the infos of so many rooms.
pub(crate) async fn fill(stores: &Opened, count: usize) {
    for first in (0..count).step_by(500) {
        let mut changes = StateChanges::default();
        for number in first..(first + 500).min(count) {
            changes.add_room(room_info(number, number));
        }
        stores.state.save_changes(&changes).await.expect("saved");
    }
}

#[async_trait]
impl Work for Rooms {
    fn name(&self) -> &'static str {
        "rooms"
    }

    fn title(&self) -> String {
        format!("reload {} room infos", self.count)
    }

    async fn prepare(&self, stores: &Opened) {
        fill(stores, self.count).await;
    }

    async fn run(&self, stores: &Opened, _: usize) -> Vec<f64> {
        let settings = RoomLoadSettings::All;
        let (infos, took) = timed(stores.state.get_room_infos(&settings)).await;
        assert_eq!(infos.expect("room infos").len(), self.count);
        vec![took]
    }
}
