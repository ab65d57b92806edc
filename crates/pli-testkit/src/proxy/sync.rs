//! Putting what the server never said into a sliding sync (MSC4186).

use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use anyhow::Result;
use serde_json::{Value, json};
use tokio::sync::Notify;

use super::{Answer, Request, Shared, forward, lock};

/// Which of the SDK's two syncs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Connection {
    /// Rooms, their events, account data.
    Rooms,
    /// To-device messages, device lists, counts of one-time keys.
    Encryption,
}

impl Connection {
    /// Whether a request is one of this sync.
    pub fn is(self, request: &Request) -> bool {
        of(request) == Some(self)
    }
}

/// Which sync a request is of.
fn of(request: &Request) -> Option<Connection> {
    let path = request.path.split('?').next()?;
    if !path.ends_with("simplified_msc3575/sync") {
        return None;
    }
    match request.json()?.get("conn_id")?.as_str()? {
        "room-list" => Some(Connection::Rooms),
        "encryption" => Some(Connection::Encryption),
        _ => None,
    }
}

/// What waits to be put into the syncs.
#[derive(Default)]
pub(super) struct Queues {
    rooms: Queue,
    encryption: Queue,
    /// How many were put in so far.
    put: AtomicU64,
}

#[derive(Default)]
struct Queue {
    waiting: Mutex<VecDeque<Arc<Put>>>,
    /// Written to the client, which has not asked again yet.
    written: Mutex<Vec<Arc<Put>>>,
    added: Notify,
    /// Requests so far. Only the last one is answered with what was put in: who asks again has
    /// given up what was asked before.
    asked: AtomicU64,
}

pub(super) struct Put {
    number: u64,
    part: Value,
    state: Mutex<State>,
}

#[derive(Clone)]
enum State {
    Waiting {
        times: u32,
    },
    /// With this position: who has got it asks for what comes after it.
    Written {
        position: String,
        times: u32,
    },
    /// Whether the client went on from there.
    Taken(bool),
}

impl Put {
    pub(super) fn taken(&self) -> Option<bool> {
        match &*lock(&self.state) {
            State::Taken(taken) => Some(*taken),
            _ => None,
        }
    }
}

/// Marks the positions of answers that the server has not given, and never sees. A query keeps it.
const MARK: char = '*';

/// How often something is put into a sync: the client may have given up its request just then.
const TIMES: u32 = 3;

/// A path as the server knows it: with its own position in place of a marked one.
pub(super) fn unmarked(path: &str) -> String {
    let Some((before, after)) = path.split_once(MARK) else {
        return path.to_owned();
    };
    let rest = after.split_once('&').map(|(_, rest)| rest);
    rest.map_or_else(|| before.to_owned(), |rest| format!("{before}&{rest}"))
}

impl Queues {
    fn of(&self, connection: Connection) -> &Queue {
        match connection {
            Connection::Rooms => &self.rooms,
            Connection::Encryption => &self.encryption,
        }
    }

    pub(super) fn put(&self, connection: Connection, part: Value) -> Arc<Put> {
        let put = Arc::new(Put {
            number: self.put.fetch_add(1, Ordering::SeqCst),
            part,
            state: Mutex::new(State::Waiting { times: 0 }),
        });
        let queue = self.of(connection);
        lock(&queue.waiting).push_back(Arc::clone(&put));
        queue.added.notify_waiters();
        put
    }

    /// A client asks: what was written to it before has had its effect.
    pub(super) fn asked(&self, request: &Request) {
        let Some(connection) = of(request) else {
            return;
        };
        let asked = request.query("pos");
        let queue = self.of(connection);
        queue.asked.fetch_add(1, Ordering::SeqCst);
        for put in lock(&queue.written).drain(..) {
            let mut state = lock(&put.state);
            let State::Written { position, times } = &*state else {
                continue;
            };
            let taken = asked.as_ref() == Some(position);
            if taken || *times >= TIMES {
                *state = State::Taken(taken);
            } else {
                *state = State::Waiting { times: *times };
                drop(state);
                lock(&queue.waiting).push_front(put);
            }
        }
    }
}

/// What the server says, or what was put in its place.
pub(super) async fn answer(request: &Request, shared: &Shared) -> Result<Answer> {
    let injected = of(request).zip(request.query("pos"));
    let Some((connection, position)) = injected else {
        return forward(request, shared).await;
    };
    let queue = shared.queues.of(connection);
    let turn = queue.asked.load(Ordering::SeqCst);
    let forwarded = forward(request, shared);
    tokio::pin!(forwarded);
    loop {
        let added = queue.added.notified();
        tokio::pin!(added);
        added.as_mut().enable();
        let next = (queue.asked.load(Ordering::SeqCst) == turn)
            .then(|| lock(&queue.waiting).pop_front())
            .flatten();
        if let Some(put) = next {
            return Ok(queue.write(put, request, &position));
        }
        tokio::select! {
            biased;
            () = added => {}
            answer = &mut forwarded => return answer,
        }
    }
}

impl Queue {
    fn write(&self, put: Arc<Put>, request: &Request, position: &str) -> Answer {
        let own = position.split(MARK).next().unwrap_or_default();
        let mut answer = json!({ "pos": format!("{own}{MARK}{}", put.number) });
        if let (Some(answer), Some(part)) = (answer.as_object_mut(), put.part.as_object()) {
            answer.extend(part.clone());
        }
        // The next batch is the one that was asked for: nothing of the server's is skipped.
        if let Some(to_device) = answer.pointer_mut("/extensions/to_device") {
            let since = request.json().and_then(|body| {
                let since = body.pointer("/extensions/to_device/since")?;
                Some(since.clone())
            });
            if let Some(to_device) = to_device.as_object_mut() {
                let since = since.unwrap_or_else(|| json!("0"));
                to_device.entry("next_batch").or_insert(since);
            }
        }
        let mut state = lock(&put.state);
        let times = match &*state {
            State::Waiting { times } => times + 1,
            _ => TIMES,
        };
        let position = answer.get("pos").and_then(Value::as_str);
        *state = State::Written {
            position: position.unwrap_or_default().to_owned(),
            times,
        };
        drop(state);
        lock(&self.written).push(put);
        Answer::json(200, &answer)
    }
}
