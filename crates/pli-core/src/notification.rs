//! What the user is to be told of while looking elsewhere, decided by their push rules.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use futures_util::Stream;
use matrix_sdk::{
    Client, Room, RoomState,
    deserialized_responses::EncryptionInfo,
    event_handler::{EventHandlerDropGuard, RawEvent},
    ruma::{
        OwnedEventId, OwnedRoomId, OwnedUserId,
        events::{
            AnySyncTimelineEvent,
            room::{member::StrippedRoomMemberEvent, message::MessageType},
        },
        push::Action,
        serde::Raw,
    },
};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tokio_util::sync::CancellationToken;

use crate::{
    account::Account,
    content::spawn_until,
    retention::{Gone as Ended, Retention},
};

mod incoming;
mod unread;

/// How long a new event may take to be counted among the unread ones.
const COUNTING: Duration = Duration::from_secs(5);

/// Invitations that come this soon after the start are old.
const STARTING: Duration = Duration::from_secs(5);

/// What a notification is about.
#[derive(Clone)]
pub enum Content {
    /// A message.
    Message(Box<MessageType>),
    /// A sticker.
    Sticker,
    /// A poll, with its question.
    Poll(String),
    /// A call.
    Call,
    /// An invitation to the room.
    Invitation,
    /// Something that is not told: it could not be decrypted, or came in clear to an
    /// encrypted room.
    Hidden,
}

/// A notification to show.
#[derive(Clone)]
pub struct Notification {
    /// Matrix room id; one notification a room is on screen.
    pub room_id: String,
    /// Computed display name of the room.
    pub room_name: String,
    /// With one other person.
    pub direct: bool,
    /// Opened by a click; an invitation has none.
    pub event_id: Option<String>,
    /// Display name.
    pub sender: String,
    /// Mentions the user.
    pub highlight: bool,
    /// What it is about.
    pub content: Content,
}

/// What a stream of notifications tells.
#[derive(Clone)]
pub enum Notice {
    /// Show this, in place of what the room had.
    Show(Box<Notification>),
    /// The room was read or is on screen: take its notification back.
    Withdraw {
        /// Matrix room id.
        room_id: String,
    },
    /// How much waits to be read, for a badge.
    Unread {
        /// Rooms that notify, those marked unread by hand, and invitations.
        rooms: u32,
        /// Events that mention the user.
        mentions: u32,
    },
}

/// The room the user is looking at.
#[derive(Default)]
pub(crate) struct Focus(Mutex<Option<String>>);

impl Focus {
    fn is(&self, room_id: &str) -> bool {
        let focus = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        focus.as_deref() == Some(room_id)
    }
}

/// An event as the sync handed it over.
struct Candidate {
    room: Room,
    event_id: OwnedEventId,
    sender: OwnedUserId,
    event: Raw<AnySyncTimelineEvent>,
    actions: Vec<Action>,
    encrypted: bool,
}

enum Arrival {
    Event(Box<Candidate>),
    Invitation { room: Room, sender: OwnedUserId },
}

impl Account {
    /// Tells which room is on screen of a window that has focus; it gets no notification.
    pub fn set_focus(&self, room_id: Option<String>) {
        *self
            .focus()
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = room_id;
    }

    /// Notifications and unread numbers from now on, until the stream is dropped.
    ///
    /// Events the user sent, events older than the stream, and events of the room in focus
    /// are left out; the push rules decide on the rest, after decryption.
    pub fn notifications(&self) -> impl Stream<Item = Notice> + Send + use<> {
        let (sender, receiver) = mpsc::channel(64);
        let client = self.client().clone();
        let focus = Arc::clone(self.focus());
        let retention = Arc::clone(self.retention());
        let watch = Watch::new(client, focus, retention, sender, self.over().clone());
        self.spawn_until_over(async move {
            // A receiver that is gone ends it too.
            let _ = watch.run().await;
        });
        ReceiverStream::new(receiver)
    }
}

struct Watch {
    client: Client,
    focus: Arc<Focus>,
    retention: Arc<Retention>,
    sender: mpsc::Sender<Notice>,
    started: Instant,
    /// Rooms with a notification on screen.
    shown: HashMap<OwnedRoomId, Shown>,
    unread: (u32, u32),
    over: CancellationToken,
}

/// A notification on screen. Its event joins the unread ones a moment after it was judged, so
/// that a room without any is not always one that was read.
struct Shown {
    since: Instant,
    counted: bool,
    /// What it tells; an invitation is none.
    event: Option<String>,
}

impl Shown {
    fn is_read(&mut self, unread: u64) -> bool {
        self.counted |= unread > 0;
        unread == 0 && (self.counted || self.since.elapsed() > COUNTING)
    }
}

/// Nobody listens any more.
struct Gone;

impl Watch {
    fn new(
        client: Client,
        focus: Arc<Focus>,
        retention: Arc<Retention>,
        sender: mpsc::Sender<Notice>,
        over: CancellationToken,
    ) -> Self {
        Self {
            client,
            focus,
            retention,
            sender,
            started: Instant::now(),
            shown: HashMap::new(),
            unread: (0, 0),
            over,
        }
    }

    async fn run(mut self) -> Result<(), Gone> {
        let (arrivals, mut arrived) = mpsc::channel(256);
        let _guards = listen(&self.client, &arrivals);
        // Decrypted and judged, in tasks of their own: one late key holds nobody up.
        let (judged, mut ready) = mpsc::channel::<(Room, Notification)>(64);
        let mut info = self.client.room_info_notable_update_receiver();
        let mut ended = self.retention.gone();
        let mut tick = tokio::time::interval(Duration::from_millis(500));
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut stale = true;
        let closed = self.sender.clone();
        loop {
            tokio::select! {
                () = closed.closed() => return Err(Gone),
                Some(arrival) = arrived.recv() => self.arrived(arrival, &judged),
                Some((room, notification)) = ready.recv() => self.show(&room, notification).await?,
                update = info.recv() => match update {
                    Ok(_) | Err(tokio::sync::broadcast::error::RecvError::Lagged(_)) => stale = true,
                    Err(tokio::sync::broadcast::error::RecvError::Closed) => return Ok(()),
                },
                gone = ended.recv() => if let Ok(gone) = gone { self.ended(&gone).await? },
                _ = tick.tick() => {
                    if std::mem::take(&mut stale) {
                        self.count().await?;
                    }
                    self.withdraw().await?;
                }
            }
        }
    }

    fn arrived(&self, arrival: Arrival, judged: &mpsc::Sender<(Room, Notification)>) {
        let judged = judged.clone();
        let since = self.started.elapsed();
        let retention = Arc::clone(&self.retention);
        match arrival {
            Arrival::Event(candidate) => {
                if !incoming::is_fresh(&candidate.event, since) {
                    return;
                }
                spawn_until(&self.over, async move {
                    let room = candidate.room.clone();
                    if let Some(notification) = incoming::judge(*candidate, &retention).await {
                        // Nobody listens any more: nothing to tell.
                        let _ = judged.send((room, notification)).await;
                    }
                });
            }
            Arrival::Invitation { room, sender } => {
                // Invitations carry no time of their own.
                if since < STARTING {
                    return;
                }
                spawn_until(&self.over, async move {
                    let notification = incoming::invitation(&room, &sender).await;
                    let _ = judged.send((room, notification)).await;
                });
            }
        }
    }

    async fn show(&mut self, room: &Room, notification: Notification) -> Result<(), Gone> {
        if self.focus.is(room.room_id().as_str()) {
            return Ok(());
        }
        let shown = Shown {
            since: Instant::now(),
            counted: false,
            event: notification.event_id.clone(),
        };
        self.shown.insert(room.room_id().to_owned(), shown);
        self.send(Notice::Show(Box::new(notification))).await
    }

    /// Takes back what tells of a message that is over.
    async fn ended(&mut self, gone: &Ended) -> Result<(), Gone> {
        let shown = self.shown.get(&gone.room);
        let event = shown.and_then(|shown| shown.event.as_deref());
        if !event.is_some_and(|event| gone.events.iter().any(|gone| gone == event)) {
            return Ok(());
        }
        self.shown.remove(&gone.room);
        let room_id = gone.room.to_string();
        self.send(Notice::Withdraw { room_id }).await
    }

    /// Takes back what was read, here or elsewhere, or is on screen.
    async fn withdraw(&mut self) -> Result<(), Gone> {
        let mut read = Vec::new();
        for (room_id, shown) in &mut self.shown {
            let settled = match self.client.get_room(room_id) {
                None => true,
                Some(room) if room.state() == RoomState::Invited => false,
                Some(room) => {
                    room.state() != RoomState::Joined || shown.is_read(room.num_unread_messages())
                }
            };
            if settled || self.focus.is(room_id.as_str()) {
                read.push(room_id.clone());
            }
        }
        for room_id in read {
            self.shown.remove(&room_id);
            let room_id = room_id.to_string();
            self.send(Notice::Withdraw { room_id }).await?;
        }
        Ok(())
    }

    async fn count(&mut self) -> Result<(), Gone> {
        let unread = unread::total(&self.client);
        if unread == self.unread {
            return Ok(());
        }
        self.unread = unread;
        let (rooms, mentions) = unread;
        self.send(Notice::Unread { rooms, mentions }).await
    }

    async fn send(&self, notice: Notice) -> Result<(), Gone> {
        self.sender.send(notice).await.map_err(|_| Gone)
    }
}

fn listen(client: &Client, arrivals: &mpsc::Sender<Arrival>) -> [EventHandlerDropGuard; 2] {
    let own = client.user_id().map(ToOwned::to_owned);
    let sender = arrivals.clone();
    let events = client.add_event_handler({
        let own = own.clone();
        move |event: AnySyncTimelineEvent,
              raw: RawEvent,
              room: Room,
              actions: Vec<Action>,
              encryption: Option<EncryptionInfo>| {
            if own.as_deref() != Some(event.sender()) && room.state() == RoomState::Joined {
                // A full queue means a flood: what is left out is still unread.
                let _ = sender.try_send(Arrival::Event(Box::new(Candidate {
                    event_id: event.event_id().to_owned(),
                    sender: event.sender().to_owned(),
                    event: Raw::from_json(raw.0),
                    encrypted: encryption.is_some(),
                    room,
                    actions,
                })));
            }
            async {}
        }
    });
    let sender = arrivals.clone();
    let invitations =
        client.add_event_handler(move |event: StrippedRoomMemberEvent, room: Room| {
            if own.as_ref() == Some(&event.state_key) && room.state() == RoomState::Invited {
                let _ = sender.try_send(Arrival::Invitation {
                    room,
                    sender: event.sender,
                });
            }
            async {}
        });
    [
        client.event_handler_drop_guard(events),
        client.event_handler_drop_guard(invitations),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notification_stays_until_it_was_read() {
        let mut shown = Shown {
            since: Instant::now(),
            counted: false,
            event: None,
        };
        assert!(!shown.is_read(0), "its event is not counted yet");
        assert!(!shown.is_read(2), "now it is");
        assert!(shown.is_read(0), "and now it was read");
    }

    #[test]
    fn only_the_room_in_focus_is_in_focus() {
        let focus = Focus::default();
        assert!(!focus.is("!a:example.org"));
        *focus.0.lock().expect("not poisoned") = Some("!a:example.org".to_owned());
        assert!(focus.is("!a:example.org") && !focus.is("!b:example.org"));
    }
}
