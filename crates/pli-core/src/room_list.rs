//! The room list: what the store knows at once, then every change.

use std::sync::Arc;

use eyeball_im::VectorDiff;
use futures_util::Stream;
use matrix_sdk::ruma::{OwnedRoomId, RoomId};
use tokio::sync::{broadcast, mpsc};
use tokio_stream::wrappers::ReceiverStream;

use crate::account::Account;

mod row;
mod watch;

pub use row::{Latest, RoomRow, Unread};

/// Why the room list cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum RoomListError {
    /// The SDK has no such list.
    #[error("the list could not be opened")]
    Service(#[source] Box<matrix_sdk_ui::room_list_service::Error>),
}

/// Tells the list that a room's draft changed: nothing of the SDK does.
pub(crate) struct Drafts(broadcast::Sender<OwnedRoomId>);

impl Default for Drafts {
    fn default() -> Self {
        Self(broadcast::channel(64).0)
    }
}

impl Drafts {
    /// Whoever draws drafts looks again.
    pub(crate) fn changed(&self, room_id: &RoomId) {
        // Nobody may be drawing any.
        let _ = self.0.send(room_id.to_owned());
    }

    fn subscribe(&self) -> broadcast::Receiver<OwnedRoomId> {
        self.0.subscribe()
    }
}

impl Account {
    /// The rooms the user is in or invited to, the most recently active first: a reset with
    /// the first of them, the others, then changes until the stream is dropped. It waits for
    /// the store only, never for the network.
    ///
    /// # Errors
    ///
    /// When the SDK has no list; it has one as long as the account is open.
    pub async fn room_list(
        &self,
    ) -> Result<impl Stream<Item = Vec<VectorDiff<Arc<RoomRow>>>> + Send + use<>, RoomListError>
    {
        let list = self
            .room_list_service()
            .all_rooms()
            .await
            .map_err(|error| RoomListError::Service(Box::new(error)))?;
        let (sender, receiver) = mpsc::channel(16);
        let watch = watch::Watch::new(
            self.client().clone(),
            Arc::clone(self.retention()),
            self.drafts().subscribe(),
            sender,
        );
        self.spawn_until_over(watch.run(list));
        Ok(ReceiverStream::new(receiver))
    }
}
