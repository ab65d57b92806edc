//! The timeline of a room, shared by all who watch it.
//!
//! The SDK keeps the items; here they are given the text, names and rights that a row needs,
//! so that the mapping to the page needs no further question.

use std::{
    collections::{BTreeSet, HashMap, VecDeque},
    sync::{
        Arc, Weak,
        atomic::{AtomicBool, Ordering},
    },
};

use eyeball_im::VectorDiff;
use futures_util::Stream;
use matrix_sdk::{
    Room,
    event_cache::PaginationStatus,
    room::Receipts,
    ruma::{EventId, OwnedEventId, OwnedRoomId, OwnedUserId, RoomId},
};
use matrix_sdk_ui::timeline::{
    EncryptedMessage, RoomExt as _, Timeline, TimelineEventFocusThreadMode, TimelineFocus,
    TimelineItem, TimelineReadReceiptTracking,
};
use tokio::sync::{Mutex, broadcast, mpsc};
use tokio_stream::wrappers::ReceiverStream;

use crate::account::Account;

mod filter;
mod lasting;
mod people;
mod row;
mod sieve;
mod sound;
mod watch;

pub use self::{
    people::Person,
    row::{Powers, Row},
};

/// How many rooms keep their timeline after nobody watches it: going back is then instant.
const KEPT: usize = 8;

/// Fewer events than this at opening, and a page of older ones is fetched at once.
const FEW: usize = 30;

/// Events in an automatic page.
const PAGE: u16 = 50;

/// Most events the page may ask for at once.
const MAX_PAGE: u16 = 100;

/// Pages searched for an event before the room is opened around it instead.
const PAGES_TO_FOCUS: usize = 3;

/// Why a timeline cannot be shown or extended.
#[derive(Debug, thiserror::Error)]
pub enum TimelineError {
    /// The user is in no such room.
    #[error("no such room")]
    NoRoom,
    /// There is no such event, or it is not loaded.
    #[error("no such event")]
    NoEvent,
    /// The SDK could not build, extend or change the timeline.
    #[error("the timeline failed")]
    Sdk(#[source] Box<matrix_sdk_ui::timeline::Error>),
    /// The server refused, or does not answer.
    #[error("the request failed")]
    Request(#[source] Box<matrix_sdk::Error>),
}

impl From<matrix_sdk_ui::timeline::Error> for TimelineError {
    fn from(error: matrix_sdk_ui::timeline::Error) -> Self {
        Self::Sdk(Box::new(error))
    }
}

impl From<matrix_sdk::Error> for TimelineError {
    fn from(error: matrix_sdk::Error) -> Self {
        Self::Request(Box::new(error))
    }
}

/// Senders of what cannot be decrypted who are asked about when a room is opened.
const MAX_ASKED: usize = 5;

/// What those who watch a timeline are told.
#[derive(Debug, Clone)]
pub enum Update {
    /// Changes of the rows, in order; the first one of a stream is a reset.
    Diffs {
        /// The changes.
        diffs: Vec<VectorDiff<Arc<Row>>>,
        /// What the user may do in the room.
        powers: Powers,
        /// The user.
        own: OwnedUserId,
    },
    /// Older events are being fetched.
    Paginating,
    /// Nothing is being fetched.
    Idle {
        /// The first event of the room is there.
        reached_start: bool,
    },
    /// Older events could not be fetched.
    Failed(Arc<TimelineError>),
    /// Who is writing.
    Typing(Vec<Person>),
    /// The rows stand around one event; live ones are elsewhere.
    HistoryGap,
}

/// The timelines in use.
#[derive(Default)]
pub(crate) struct Timelines(Mutex<Open>);

#[derive(Default)]
struct Open {
    live: HashMap<OwnedRoomId, Weak<RoomTimeline>>,
    /// Those opened around an event.
    focused: HashMap<OwnedRoomId, Weak<RoomTimeline>>,
    kept: VecDeque<Arc<RoomTimeline>>,
}

/// The timeline of one room.
pub(crate) struct RoomTimeline {
    pub(crate) timeline: Timeline,
    /// Opened around an event.
    focused: bool,
    paginating: Mutex<()>,
    reached_start: AtomicBool,
    progress: broadcast::Sender<Update>,
}

impl RoomTimeline {
    async fn build(room: &Room, focus: Option<OwnedEventId>) -> Result<Arc<Self>, TimelineError> {
        let focused = focus.is_some();
        let focus = match focus {
            None => TimelineFocus::Live {
                hide_threaded_events: false,
            },
            Some(target) => TimelineFocus::Event {
                target,
                num_context_events: PAGE,
                thread_mode: TimelineEventFocusThreadMode::Automatic {
                    hide_threaded_events: false,
                },
            },
        };
        let timeline = room
            .timeline_builder()
            .with_focus(focus)
            .track_read_marker_and_receipts(TimelineReadReceiptTracking::MessageLikeEvents)
            .event_filter(filter::is_shown)
            .build()
            .await?;
        let reached_start = matches!(
            timeline.live_back_pagination_status().await,
            Some((
                PaginationStatus::Idle {
                    hit_timeline_start: true
                },
                _
            ))
        );
        Ok(Arc::new(Self {
            timeline,
            focused,
            paginating: Mutex::new(()),
            reached_start: AtomicBool::new(reached_start),
            progress: broadcast::channel(16).0,
        }))
    }

    /// Fetches older events; does nothing while others are being fetched.
    async fn paginate(&self, count: u16) -> Result<bool, Arc<TimelineError>> {
        let Ok(_turn) = self.paginating.try_lock() else {
            return Ok(self.reached_start());
        };
        let _ = self.progress.send(Update::Paginating);
        match self.timeline.paginate_backwards(count.min(MAX_PAGE)).await {
            Ok(reached_start) => {
                self.reached_start.store(reached_start, Ordering::Relaxed);
                let _ = self.progress.send(Update::Idle { reached_start });
                Ok(reached_start)
            }
            Err(error) => {
                let error = Arc::new(TimelineError::from(error));
                let _ = self.progress.send(Update::Failed(Arc::clone(&error)));
                Err(error)
            }
        }
    }

    fn reached_start(&self) -> bool {
        self.reached_start.load(Ordering::Relaxed)
    }

    async fn has(&self, event_id: &EventId) -> bool {
        self.timeline.item_by_event_id(event_id).await.is_some()
    }

    /// Fetches what is missing at opening, each thing once and in the background.
    async fn complete(self: Arc<Self>) {
        let events = self
            .timeline
            .items()
            .await
            .iter()
            .filter(|item| is_received(item))
            .count();
        if events == 0 {
            // Every room has a first event: what was known of it was forgotten.
            self.reached_start.store(false, Ordering::Relaxed);
        }
        if !self.focused && events < FEW && !self.reached_start() {
            // Whoever watches is told of a failure; opening goes on.
            let _ = self.paginate(PAGE).await;
        }
        if !self.timeline.room().are_members_synced() {
            self.timeline.fetch_members().await;
        }
        self.try_again().await;
    }

    /// Tries again what could not be decrypted. The SDK does so when a key comes, but not when it
    /// learns of the sender's devices, which a failing network or a restart may put off.
    async fn try_again(&self) {
        let (mut sessions, mut senders) = (BTreeSet::new(), BTreeSet::new());
        for item in self.timeline.items().await {
            if let Some(event) = item.as_event()
                && let Some(EncryptedMessage::MegolmV1AesSha2 { session_id, .. }) =
                    event.content().as_unable_to_decrypt()
            {
                sessions.insert(session_id.clone());
                senders.insert(event.sender().to_owned());
            }
        }
        if sessions.is_empty() {
            return;
        }
        let encryption = self.timeline.room().client().encryption();
        for sender in senders.iter().take(MAX_ASKED) {
            if encryption.request_user_identity(sender).await.is_err() {
                tracing::info!(name: "an identity could not be asked for", "");
            }
        }
        self.timeline.retry_decryption(sessions).await;
    }
}

impl Account {
    /// Watches a room: a reset, then changes, until the stream is dropped.
    ///
    /// With `focus`, the stream shows that event, around it if it is far back.
    ///
    /// # Errors
    ///
    /// When the room is unknown, or the event to focus on cannot be had.
    pub async fn timeline_subscribe(
        &self,
        room_id: &str,
        focus: Option<&str>,
    ) -> Result<impl Stream<Item = Update> + Send + use<>, TimelineError> {
        let room = self.known_room(room_id)?;
        self.attend(&room).await;
        let focus = focus
            .map(|id| EventId::parse(id).map_err(|_| TimelineError::NoEvent))
            .transpose()?;
        let live = self.live_timeline(&room).await?;
        let timeline = match focus {
            Some(event_id) if !found_in(&live, &event_id).await => {
                let focused = RoomTimeline::build(&room, Some(event_id)).await?;
                let mut open = self.timelines().0.lock().await;
                open.focused
                    .insert(room.room_id().to_owned(), Arc::downgrade(&focused));
                focused
            }
            _ => live,
        };
        let (sender, receiver) = mpsc::channel(64);
        self.spawn_until_over(Arc::clone(&timeline).complete());
        let over = self.over().clone();
        let timelines = Arc::clone(self.timelines());
        let retention = Arc::clone(self.retention());
        self.spawn_until_over(watch::run(timeline, timelines, retention, over, sender));
        Ok(ReceiverStream::new(receiver))
    }

    /// Fetches older events of the timeline that is on screen.
    ///
    /// # Errors
    ///
    /// When the room is unknown or the server does not answer; those who watch are told too.
    pub async fn timeline_paginate(
        &self,
        room_id: &str,
        count: u16,
    ) -> Result<(), Arc<TimelineError>> {
        let room = self.known_room(room_id)?;
        let focused = {
            let open = self.timelines().0.lock().await;
            open.focused.get(room.room_id()).and_then(Weak::upgrade)
        };
        let timeline = match focused {
            Some(focused) => focused,
            None => self.live_timeline(&room).await?,
        };
        timeline.paginate(count).await?;
        Ok(())
    }

    /// Fetches the event that `event_id` answers.
    ///
    /// # Errors
    ///
    /// When the room or the event is unknown, or the server does not answer.
    pub async fn timeline_fetch_reply(
        &self,
        room_id: &str,
        event_id: &str,
    ) -> Result<(), TimelineError> {
        let event_id = EventId::parse(event_id).map_err(|_| TimelineError::NoEvent)?;
        let timeline = self.timeline_with(room_id, &event_id).await?;
        timeline.timeline.fetch_details_for_event(&event_id).await?;
        Ok(())
    }

    /// Moves the read marker and the receipt to the latest event; `public` lets others see it.
    ///
    /// # Errors
    ///
    /// When the room is unknown or the server does not answer.
    pub async fn timeline_mark_read(
        &self,
        room_id: &str,
        public: bool,
    ) -> Result<(), TimelineError> {
        let room = self.known_room(room_id)?;
        let timeline = &self.live_timeline(&room).await?.timeline;
        let Some(latest) = timeline.latest_event_id().await else {
            return Ok(());
        };
        let receipts = Receipts::new().fully_read_marker(latest.clone());
        let receipts = if public {
            receipts.public_read_receipt(latest)
        } else {
            receipts.private_read_receipt(latest)
        };
        timeline.send_multiple_receipts(receipts).await?;
        Ok(())
    }

    /// A room the user is in or was in.
    pub(crate) fn known_room(&self, room_id: &str) -> Result<Room, TimelineError> {
        RoomId::parse(room_id)
            .ok()
            .and_then(|id| self.client().get_room(&id))
            .ok_or(TimelineError::NoRoom)
    }

    /// The live timeline of a room, built when nobody has it.
    pub(crate) async fn live_timeline(
        &self,
        room: &Room,
    ) -> Result<Arc<RoomTimeline>, TimelineError> {
        self.timelines().live(room, None).await
    }

    /// A timeline of the room in which this event is loaded.
    pub(crate) async fn timeline_with(
        &self,
        room_id: &str,
        event_id: &EventId,
    ) -> Result<Arc<RoomTimeline>, TimelineError> {
        let room = self.known_room(room_id)?;
        let focused = {
            let open = self.timelines().0.lock().await;
            open.focused.get(room.room_id()).and_then(Weak::upgrade)
        };
        if let Some(focused) = focused
            && focused.has(event_id).await
        {
            return Ok(focused);
        }
        let live = self.live_timeline(&room).await?;
        if live.has(event_id).await {
            Ok(live)
        } else {
            Err(TimelineError::NoEvent)
        }
    }
}

impl Timelines {
    /// The live timeline of a room, but not `broken`; built when nobody has it.
    async fn live(
        &self,
        room: &Room,
        broken: Option<&Arc<RoomTimeline>>,
    ) -> Result<Arc<RoomTimeline>, TimelineError> {
        let mut open = self.0.lock().await;
        if let Some(broken) = broken {
            open.kept.retain(|kept| !Arc::ptr_eq(kept, broken));
        }
        let known = open.live.get(room.room_id()).and_then(Weak::upgrade);
        let sound = known.filter(|known| broken.is_none_or(|broken| !Arc::ptr_eq(known, broken)));
        let timeline = match sound {
            Some(timeline) => timeline,
            None => Box::pin(RoomTimeline::build(room, None)).await?,
        };
        open.keep(room.room_id(), &timeline);
        Ok(timeline)
    }
}

impl Open {
    fn keep(&mut self, room_id: &RoomId, timeline: &Arc<RoomTimeline>) {
        self.kept.retain(|kept| !Arc::ptr_eq(kept, timeline));
        self.kept.push_front(Arc::clone(timeline));
        self.kept.truncate(KEPT);
        self.live.retain(|_, timeline| timeline.strong_count() > 0);
        self.focused
            .retain(|_, timeline| timeline.strong_count() > 0);
        self.live
            .insert(room_id.to_owned(), Arc::downgrade(timeline));
    }
}

/// Whether an item is an event that the server has.
fn is_received(item: &TimelineItem) -> bool {
    item.as_event().is_some_and(|event| !event.is_local_echo())
}

/// Looks for an event in the live timeline, some pages back.
async fn found_in(live: &RoomTimeline, event_id: &EventId) -> bool {
    for _ in 0..PAGES_TO_FOCUS {
        if live.has(event_id).await {
            return true;
        }
        if !matches!(live.paginate(PAGE).await, Ok(false)) {
            break;
        }
    }
    live.has(event_id).await
}
