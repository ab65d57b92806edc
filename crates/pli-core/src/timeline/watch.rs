//! The task behind a subscription: turns the SDK's items to rows for as long as somebody listens.

use std::{collections::HashSet, sync::Arc};

use eyeball_im::{Vector, VectorDiff};
use futures_util::StreamExt as _;
use matrix_sdk::{
    Room,
    ruma::{OwnedEventId, OwnedUserId},
};
use matrix_sdk_ui::timeline::{TimelineDetails, TimelineItem, TimelineItemContent};
use tokio::sync::{broadcast::error::RecvError, mpsc};
use tokio_util::sync::CancellationToken;

use crate::{
    content::spawn_until,
    retention::{Gone as Ended, Retention},
};

use super::{
    Powers, RoomTimeline, Row, Timelines, Update,
    lasting::Lasting,
    people::People,
    row::OwnDevice,
    sieve::Sieve,
    sound::{self, Check},
};

/// Answered events fetched by themselves for one subscription; more are fetched on demand.
const MAX_FETCHED_REPLIES: usize = 200;

/// Writers named at once.
const MAX_WRITERS: usize = 10;

/// Runs until the receiver is dropped.
pub(super) async fn run(
    mut timeline: Arc<RoomTimeline>,
    timelines: Arc<Timelines>,
    retention: Arc<Retention>,
    over: CancellationToken,
    sender: mpsc::Sender<Update>,
) {
    let mut check = Check::default();
    loop {
        let watch = Watch::new(
            Arc::clone(&timeline),
            Arc::clone(&retention),
            over.clone(),
            sender.clone(),
            check,
        );
        let Err(End::Broken(broken)) = watch.await.run().await else {
            return;
        };
        check = broken.renewed();
        tracing::warn!(name: "a timeline does not tell what the room holds", "");
        let room = timeline.timeline.room().clone();
        match timelines.live(&room, Some(&timeline)).await {
            Ok(sound) => timeline = sound,
            Err(_) => return,
        }
    }
}

struct Watch {
    timeline: Arc<RoomTimeline>,
    /// What is fetched goes on after the watching, but not after the account.
    over: CancellationToken,
    sender: mpsc::Sender<Update>,
    people: People,
    powers: Powers,
    device: OwnDevice,
    lasting: Lasting,
    sieve: Sieve,
    /// Items as last told, to build a reset from.
    items: Vector<Arc<TimelineItem>>,
    fetched: HashSet<OwnedEventId>,
    members_known: bool,
    check: Check,
}

/// Why the watching ends.
enum End {
    /// Nobody listens any more.
    Gone,
    /// The timeline no longer tells what the room holds.
    Broken(Check),
}

impl Watch {
    async fn new(
        timeline: Arc<RoomTimeline>,
        retention: Arc<Retention>,
        over: CancellationToken,
        sender: mpsc::Sender<Update>,
        check: Check,
    ) -> Self {
        let room = timeline.timeline.room();
        Self {
            people: People::new(room.clone()),
            powers: Powers::of(room).await,
            device: OwnDevice::of(room).await,
            lasting: Lasting::new(room.room_id().to_owned(), retention),
            sieve: Sieve::default(),
            items: Vector::new(),
            fetched: HashSet::new(),
            members_known: room.are_members_synced(),
            timeline,
            over,
            sender,
            check,
        }
    }

    async fn run(mut self) -> Result<(), End> {
        let mut ended = self.lasting.retention.gone();
        let mut rules = self.lasting.retention.changes();
        let mut progress = self.timeline.progress.subscribe();
        let room = self.timeline.timeline.room().clone();
        let (_typing_guard, mut typing) = room.subscribe_to_typing_notifications();
        let mut info = room.subscribe_info();
        let (items, diffs) = self.timeline.timeline.subscribe().await;
        tokio::pin!(diffs);

        self.items = items;
        self.reset().await?;
        self.check.opened();
        if self.timeline.focused {
            self.send(Update::HistoryGap).await?;
        }
        let reached_start = self.timeline.reached_start();
        self.send(Update::Idle { reached_start }).await?;

        let closed = self.sender.clone();
        loop {
            tokio::select! {
                () = closed.closed() => return Err(End::Gone),
                diffs = diffs.next() => match diffs {
                    Some(diffs) => self.changed(diffs).await?,
                    None => return Ok(()),
                },
                gone = ended.recv() => match gone {
                    Ok(gone) => self.ended(&gone).await?,
                    // Whatever it was, it is over.
                    Err(RecvError::Lagged(_)) => self.reset().await?,
                    Err(RecvError::Closed) => return Ok(()),
                },
                changed = rules.changed() => match changed {
                    Ok(()) if self.lasting.changed() => self.reset().await?,
                    Ok(()) => {}
                    Err(_) => return Ok(()),
                },
                () = self.check.due(), if !self.timeline.focused => self.compare(&room).await?,
                _ = info.next() => self.room_changed().await?,
                update = progress.recv() => match update {
                    Ok(update) => self.send(update).await?,
                    Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return Ok(()),
                },
                writers = typing.recv() => match writers {
                    Ok(writers) => self.typing(writers).await?,
                    Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return Ok(()),
                },
            }
        }
    }

    async fn send(&self, update: Update) -> Result<(), End> {
        self.sender.send(update).await.map_err(|_| End::Gone)
    }

    async fn reset(&mut self) -> Result<(), End> {
        let items = self.items.clone();
        self.lasting.look_up(&items);
        let lasting = &self.lasting;
        let items = self.sieve.reset(items, |item| lasting.is_over(item));
        let values = self.rows(items).await;
        self.send_diffs(vec![VectorDiff::Reset { values }]).await
    }

    async fn send_diffs(&self, diffs: Vec<VectorDiff<Arc<Row>>>) -> Result<(), End> {
        let powers = self.powers;
        let own = self.device.user.clone();
        self.send(Update::Diffs { diffs, powers, own }).await
    }

    async fn changed(&mut self, diffs: Vec<VectorDiff<Arc<TimelineItem>>>) -> Result<(), End> {
        let was_empty = self.is_empty();
        let mut mapped = Vec::with_capacity(diffs.len());
        for diff in diffs {
            diff.clone().apply(&mut self.items);
            self.lasting.look_up(added(&diff));
            let lasting = &self.lasting;
            if let Some(diff) = self.sieve.pass(diff, |item| lasting.is_over(item)) {
                mapped.push(self.diff(diff).await);
            }
        }
        if sound::has_twins(&self.items) {
            return Err(self.broken());
        }
        self.check.changed();
        self.send_diffs(mapped).await?;
        if self.is_empty() && !was_empty {
            // The SDK forgot the room's history, as it does when somebody is ignored.
            spawn_until(&self.over, Arc::clone(&self.timeline).complete());
        }
        Ok(())
    }

    async fn compare(&mut self, room: &Room) -> Result<(), End> {
        if self.check.is_broken(room, &self.items).await {
            return Err(self.broken());
        }
        let stores = self.lasting.retention.stores();
        let sessions = self.check.put_back(room, stores).await;
        if !sessions.is_empty() {
            self.timeline.timeline.retry_decryption(sessions).await;
        }
        Ok(())
    }

    fn broken(&mut self) -> End {
        End::Broken(std::mem::take(&mut self.check))
    }

    fn is_empty(&self) -> bool {
        !self.items.iter().any(|item| super::is_received(item))
    }

    /// Takes messages from the screen that are over, and what they say from those that quote
    /// them.
    async fn ended(&mut self, ended: &Ended) -> Result<(), End> {
        if !self.lasting.is_of(&ended.room) {
            return Ok(());
        }
        let lasting = &self.lasting;
        let removed = self.sieve.settle(&self.items, |item| lasting.is_over(item));
        let mut diffs: Vec<_> = removed
            .into_iter()
            .map(|index| VectorDiff::Remove { index })
            .collect();
        let quoting: Vec<_> = self
            .items
            .iter()
            .enumerate()
            .filter(|(_, item)| quotes(item, &ended.events))
            .filter_map(|(index, item)| Some((self.sieve.shown_at(index)?, Arc::clone(item))))
            .collect();
        for (index, item) in quoting {
            let value = self.row(item).await;
            diffs.push(VectorDiff::Set { index, value });
        }
        if diffs.is_empty() {
            return Ok(());
        }
        self.send_diffs(diffs).await
    }

    /// Rights and members bear on rows already told: those are told again.
    async fn room_changed(&mut self) -> Result<(), End> {
        let room = self.timeline.timeline.room().clone();
        let powers = Powers::of(&room).await;
        let members_known = room.are_members_synced();
        if powers == self.powers && members_known == self.members_known {
            return Ok(());
        }
        self.powers = powers;
        self.members_known = members_known;
        self.people.forget_all();
        self.reset().await
    }

    async fn typing(&mut self, writers: Vec<OwnedUserId>) -> Result<(), End> {
        let mut people = Vec::new();
        for user_id in writers.iter().take(MAX_WRITERS) {
            people.push(self.people.get(user_id).await);
        }
        self.send(Update::Typing(people)).await
    }

    async fn diff(&mut self, diff: VectorDiff<Arc<TimelineItem>>) -> VectorDiff<Arc<Row>> {
        match diff {
            VectorDiff::Append { values } => VectorDiff::Append {
                values: self.rows(values).await,
            },
            VectorDiff::Reset { values } => VectorDiff::Reset {
                values: self.rows(values).await,
            },
            VectorDiff::PushFront { value } => VectorDiff::PushFront {
                value: self.row(value).await,
            },
            VectorDiff::PushBack { value } => VectorDiff::PushBack {
                value: self.row(value).await,
            },
            VectorDiff::Insert { index, value } => VectorDiff::Insert {
                index,
                value: self.row(value).await,
            },
            VectorDiff::Set { index, value } => VectorDiff::Set {
                index,
                value: self.row(value).await,
            },
            VectorDiff::Clear => VectorDiff::Clear,
            VectorDiff::PopFront => VectorDiff::PopFront,
            VectorDiff::PopBack => VectorDiff::PopBack,
            VectorDiff::Remove { index } => VectorDiff::Remove { index },
            VectorDiff::Truncate { length } => VectorDiff::Truncate { length },
        }
    }

    async fn rows(&mut self, items: Vector<Arc<TimelineItem>>) -> Vector<Arc<Row>> {
        let mut rows = Vector::new();
        for item in items {
            rows.push_back(self.row(item).await);
        }
        rows
    }

    async fn row(&mut self, item: Arc<TimelineItem>) -> Arc<Row> {
        match item.as_event().map(|event| event.content()) {
            Some(TimelineItemContent::MembershipChange(change)) => {
                self.people.forget(change.user_id())
            }
            Some(TimelineItemContent::ProfileChange(change)) => {
                self.people.forget(change.user_id())
            }
            _ => {}
        }
        self.fetch_reply(&item);
        Arc::new(Row::new(item, &mut self.people, &self.device, &self.lasting).await)
    }

    /// The event answered is fetched once, in the background; the row is told again then.
    fn fetch_reply(&mut self, item: &TimelineItem) {
        let Some(event) = item.as_event() else { return };
        let Some(event_id) = event.event_id() else {
            return;
        };
        let missing = event.content().in_reply_to().is_some_and(|reply| {
            matches!(reply.event, TimelineDetails::Unavailable)
                && !self.lasting.has_gone(&reply.event_id)
        });
        if !missing
            || self.fetched.len() >= MAX_FETCHED_REPLIES
            || !self.fetched.insert(event_id.to_owned())
        {
            return;
        }
        let timeline = Arc::clone(&self.timeline);
        let event_id = event_id.to_owned();
        spawn_until(&self.over, async move {
            // A failure is a state of the row, where it can be tried again.
            let _ = timeline.timeline.fetch_details_for_event(&event_id).await;
        });
    }
}

/// The items that a change brings.
fn added(diff: &VectorDiff<Arc<TimelineItem>>) -> Vec<&Arc<TimelineItem>> {
    match diff {
        VectorDiff::Append { values } | VectorDiff::Reset { values } => values.iter().collect(),
        VectorDiff::PushFront { value }
        | VectorDiff::PushBack { value }
        | VectorDiff::Insert { value, .. }
        | VectorDiff::Set { value, .. } => vec![value],
        _ => Vec::new(),
    }
}

fn quotes(item: &TimelineItem, events: &[OwnedEventId]) -> bool {
    let quoted = item
        .as_event()
        .and_then(|event| event.content().in_reply_to());
    quoted.is_some_and(|quoted| events.contains(&quoted.event_id))
}
