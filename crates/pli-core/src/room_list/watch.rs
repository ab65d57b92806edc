//! The task behind a room list: turns the SDK's rooms to rows for as long as somebody listens.

use std::{collections::HashMap, pin::pin, sync::Arc};

use eyeball_im::{Vector, VectorDiff};
use futures_util::StreamExt as _;
use matrix_sdk::{
    Client, Room,
    ruma::{OwnedRoomId, RoomId},
};
use matrix_sdk_ui::room_list_service::{
    RoomList, RoomListItem,
    filters::{
        BoxedFilterFn, new_filter_all, new_filter_deduplicate_versions, new_filter_non_left,
    },
};
use tokio::sync::{
    broadcast::{self, error::RecvError},
    mpsc,
};

use super::{
    RoomRow,
    row::{draft, is_muted},
};
use crate::{retention::Retention, room};

/// Rows of the reset: what a window shows. The others follow at once, in parts, so that the
/// first are drawn while the store is still being read.
const FIRST: usize = 60;

/// Rows in each part that follows.
const PART: usize = 200;

/// Batches of changes taken together when they come faster than rows are made.
const BATCHES: usize = 32;

type Diffs = Vec<VectorDiff<Arc<RoomRow>>>;

pub(super) struct Watch {
    client: Client,
    retention: Arc<Retention>,
    drafts: broadcast::Receiver<OwnedRoomId>,
    sender: mpsc::Sender<Diffs>,
    rooms: Vector<Room>,
    rows: Vector<Arc<RoomRow>>,
}

/// Nobody listens any more.
struct Gone;

impl Watch {
    pub(super) fn new(
        client: Client,
        retention: Arc<Retention>,
        drafts: broadcast::Receiver<OwnedRoomId>,
        sender: mpsc::Sender<Diffs>,
    ) -> Self {
        Self {
            client,
            retention,
            drafts,
            sender,
            rooms: Vector::new(),
            rows: Vector::new(),
        }
    }

    /// Runs until the receiver is dropped.
    pub(super) async fn run(mut self, list: RoomList) {
        // The receiver being gone ends the task; nothing else can.
        let _ = self.follow(list).await;
    }

    async fn follow(&mut self, list: RoomList) -> Result<(), Gone> {
        // The SDK's list passes over updates it was too slow for. This receiver is read only
        // when the list has nothing to say, so it is never ahead of the list's own: when the
        // list missed something, this one did.
        let mut updates = self.client.room_info_notable_update_receiver();
        let settings = self.client.notification_settings().await;
        let mut modes = settings.subscribe_to_changes();
        // Without a limit: pages would wait for the server to tell how many rooms there are.
        let (entries, controller) = list.entries_with_dynamic_adapters(usize::MAX);
        let mut entries = pin!(entries.ready_chunks(BATCHES));
        controller.set_filter(filter());
        let mut ended = self.retention.gone();
        let mut states = self.retention.states().changes();
        let closed = self.sender.clone();
        loop {
            tokio::select! {
                biased;
                () = closed.closed() => return Err(Gone),
                batches = entries.next() => match batches {
                    Some(batches) => {
                        let diffs = batches.into_iter().flatten();
                        self.changed(diffs.map(|diff| diff.map(|item| item.into_inner()))).await?;
                    }
                    None => return Ok(()),
                },
                room_id = self.drafts.recv() => match room_id {
                    Ok(room_id) => self.draft_changed(&room_id).await?,
                    Err(RecvError::Lagged(_)) => { controller.set_filter(filter()); }
                    Err(RecvError::Closed) => return Ok(()),
                },
                gone = ended.recv() => match gone {
                    Ok(gone) => self.ended(&gone.room).await?,
                    Err(RecvError::Lagged(_)) => { controller.set_filter(filter()); }
                    Err(RecvError::Closed) => return Ok(()),
                },
                changed = modes.recv() => match changed {
                    Ok(()) | Err(RecvError::Lagged(_)) => self.modes_changed().await?,
                    Err(RecvError::Closed) => return Ok(()),
                },
                changed = states.changed() => match changed {
                    Ok(()) => self.kinds_changed().await?,
                    Err(_) => return Ok(()),
                },
                update = updates.recv() => match update {
                    Ok(_) => {}
                    Err(RecvError::Lagged(_)) => { controller.set_filter(filter()); }
                    Err(RecvError::Closed) => return Ok(()),
                },
            }
        }
    }

    async fn changed(&mut self, diffs: impl Iterator<Item = VectorDiff<Room>>) -> Result<(), Gone> {
        // A room is told of several times in a sync; its row is what it is now.
        let mut made = HashMap::new();
        let mut told = Vec::new();
        for diff in diffs {
            diff.clone().apply(&mut self.rooms);
            if let VectorDiff::Reset { values } = diff {
                // What was told so far is overtaken.
                told.clear();
                self.reset(values).await?;
                continue;
            }
            let diff = row_diff(&self.retention, &mut made, diff).await;
            diff.clone().apply(&mut self.rows);
            told.push(diff);
        }
        self.send(told).await
    }

    async fn reset(&mut self, rooms: Vector<Room>) -> Result<(), Gone> {
        let mut rooms = rooms.into_iter();
        let values = rows(&self.retention, rooms.by_ref().take(FIRST)).await;
        self.rows = values.clone();
        self.send(vec![VectorDiff::Reset { values }]).await?;
        loop {
            let values = rows(&self.retention, rooms.by_ref().take(PART)).await;
            if values.is_empty() {
                return Ok(());
            }
            self.rows.append(values.clone());
            self.send(vec![VectorDiff::Append { values }]).await?;
        }
    }

    async fn draft_changed(&mut self, room_id: &OwnedRoomId) -> Result<(), Gone> {
        let index = self.rooms.iter().position(|room| room.room_id() == room_id);
        let Some((index, room)) = index.and_then(|index| Some((index, self.rooms.get(index)?)))
        else {
            return Ok(());
        };
        let draft = draft(room).await;
        self.set(index, |row| {
            (row.draft != draft).then_some(RoomRow { draft, ..row })
        })
        .await
    }

    /// What the row tells of the latest message, or of a draft about it, may be over.
    async fn ended(&mut self, room_id: &RoomId) -> Result<(), Gone> {
        let index = self.rooms.iter().position(|room| room.room_id() == room_id);
        let Some((index, room)) = index.and_then(|index| Some((index, self.rooms.get(index)?)))
        else {
            return Ok(());
        };
        let row = RoomRow::of(room, &self.retention).await;
        self.set(index, |_| Some(row)).await
    }

    async fn modes_changed(&mut self) -> Result<(), Gone> {
        for (index, room) in self.rooms.clone().iter().enumerate() {
            let muted = is_muted(room).await;
            self.set(index, |row| {
                (row.muted != muted).then_some(RoomRow { muted, ..row })
            })
            .await?;
        }
        Ok(())
    }

    async fn kinds_changed(&mut self) -> Result<(), Gone> {
        for (index, room) in self.rooms.clone().iter().enumerate() {
            let kind = room::kind(room, self.retention.states()).await;
            self.set(index, |row| {
                (row.kind != kind).then_some(RoomRow { kind, ..row })
            })
            .await?;
        }
        Ok(())
    }

    /// Changes one row, if `change` finds that it changed.
    async fn set(
        &mut self,
        index: usize,
        change: impl FnOnce(RoomRow) -> Option<RoomRow>,
    ) -> Result<(), Gone> {
        let Some(row) = self.rows.get(index) else {
            return Ok(());
        };
        let Some(row) = change(RoomRow::clone(row)) else {
            return Ok(());
        };
        let value = Arc::new(row);
        self.rows.set(index, Arc::clone(&value));
        self.send(vec![VectorDiff::Set { index, value }]).await
    }

    async fn send(&self, diffs: Diffs) -> Result<(), Gone> {
        if diffs.is_empty() {
            return Ok(());
        }
        self.sender.send(diffs).await.map_err(|_| Gone)
    }
}

/// Rooms the user has left are not listed, nor those they followed to a newer version, nor
/// those just created of which only the id is known.
fn filter() -> BoxedFilterFn {
    Box::new(new_filter_all(vec![
        Box::new(new_filter_non_left()),
        Box::new(|room: &RoomListItem| room.is_state_partially_or_fully_synced()),
        Box::new(new_filter_deduplicate_versions()),
    ]))
}

async fn rows(retention: &Retention, rooms: impl Iterator<Item = Room>) -> Vector<Arc<RoomRow>> {
    let mut rows = Vector::new();
    for room in rooms {
        rows.push_back(Arc::new(RoomRow::of(&room, retention).await));
    }
    rows
}

type Made = HashMap<OwnedRoomId, Arc<RoomRow>>;

async fn row(retention: &Retention, made: &mut Made, room: Room) -> Arc<RoomRow> {
    if let Some(row) = made.get(room.room_id()) {
        return Arc::clone(row);
    }
    let row = Arc::new(RoomRow::of(&room, retention).await);
    made.insert(room.room_id().to_owned(), Arc::clone(&row));
    row
}

async fn row_diff(
    retention: &Retention,
    made: &mut Made,
    diff: VectorDiff<Room>,
) -> VectorDiff<Arc<RoomRow>> {
    match diff {
        VectorDiff::Append { values } => VectorDiff::Append {
            values: rows(retention, values.into_iter()).await,
        },
        VectorDiff::Reset { values } => VectorDiff::Reset {
            values: rows(retention, values.into_iter()).await,
        },
        VectorDiff::PushFront { value } => VectorDiff::PushFront {
            value: row(retention, made, value).await,
        },
        VectorDiff::PushBack { value } => VectorDiff::PushBack {
            value: row(retention, made, value).await,
        },
        VectorDiff::Insert { index, value } => VectorDiff::Insert {
            index,
            value: row(retention, made, value).await,
        },
        VectorDiff::Set { index, value } => VectorDiff::Set {
            index,
            value: row(retention, made, value).await,
        },
        VectorDiff::Clear => VectorDiff::Clear,
        VectorDiff::PopFront => VectorDiff::PopFront,
        VectorDiff::PopBack => VectorDiff::PopBack,
        VectorDiff::Remove { index } => VectorDiff::Remove { index },
        VectorDiff::Truncate { length } => VectorDiff::Truncate { length },
    }
}
