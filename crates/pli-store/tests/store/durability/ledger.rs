//! What the process said, and whether a profile keeps its word.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::mpsc,
    thread,
    time::Duration,
};

use matrix_sdk_base::{
    event_cache::store::EventCacheStore,
    linked_chunk::{ChunkContent, ChunkIdentifier as Id, LinkedChunkId},
    media::store::MediaStore,
    store::StateStore,
};
use matrix_sdk_crypto::store::CryptoStore;
use pli_store::{DatabaseName, Healing, StoreError, Stores};

use super::script::{self, Act, act};
use crate::engines::key;

/// The steps of one profile, from its first process on.
#[derive(Clone, Debug, Default)]
pub(super) struct Ledger {
    pub(super) tried: BTreeSet<u64>,
    /// Each with what is to be known of it beside its number.
    pub(super) done: BTreeMap<u64, u64>,
    pub(super) refused: BTreeMap<u64, String>,
    /// Why a process could not open the stores.
    pub(super) shut: Option<String>,
}

impl Ledger {
    pub(super) fn read(&mut self, notes: &str) {
        for note in notes.lines() {
            let words: Vec<&str> = note.split(' ').collect();
            match words.as_slice() {
                ["try", step] => {
                    self.tried.insert(step.parse().unwrap());
                }
                ["done", step, detail] => {
                    let detail = detail.parse().unwrap();
                    self.done.insert(step.parse().unwrap(), detail);
                }
                ["refused", step, why] => {
                    let why = (*why).to_owned();
                    self.refused.insert(step.parse().unwrap(), why);
                }
                ["shut", why] => self.shut = Some((*why).to_owned()),
                _ => {}
            }
        }
    }

    /// The first step that was not tried.
    pub(super) fn next(&self) -> u64 {
        self.tried.last().map_or(0, |step| step + 1)
    }
}

/// What a profile turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// All that was acknowledged is there, and nothing else.
    Whole {
        mended: bool,
    },
    /// A database was given up. Nothing is lost of the other one.
    SetAside(DatabaseName),
    /// Something acknowledged is not there.
    Lost(String),
    /// Something is there that was not written so.
    Torn(String),
    /// The profile does not open, or cannot be used.
    Shut(String),
    Panicked(String),
    Hung,
}

/// Opens the profile as the application does, and compares it with the ledger.
pub(super) fn judge(directory: &Path, ledger: &Ledger) -> Verdict {
    let (answer, answered) = mpsc::channel();
    let directory: PathBuf = directory.to_owned();
    let ledger = ledger.clone();
    let judge = thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let verdict = match Stores::open(&directory, &key()) {
            Ok(stores) => runtime.block_on(compare(&stores, &ledger)),
            Err(error) => Verdict::Shut(error.to_string()),
        };
        drop(runtime);
        let _ = answer.send(verdict);
    });
    match answered.recv_timeout(Duration::from_secs(120)) {
        Ok(verdict) => verdict,
        Err(mpsc::RecvTimeoutError::Timeout) => Verdict::Hung,
        Err(mpsc::RecvTimeoutError::Disconnected) => {
            let fault = judge.join().unwrap_err();
            let text = fault.downcast_ref::<String>().cloned();
            Verdict::Panicked(text.unwrap_or_default())
        }
    }
}

async fn compare(stores: &Stores, ledger: &Ledger) -> Verdict {
    let healings = stores.healings();
    let set_aside = |name| healings.contains(&Healing::SetAside(name));
    if set_aside(DatabaseName::Keys) {
        return Verdict::SetAside(DatabaseName::Keys);
    }
    let history = !set_aside(DatabaseName::History);
    let compared = Comparison {
        stores,
        ledger,
        history,
    };
    match compared.all().await {
        Err(verdict) => verdict,
        Ok(()) if !history => Verdict::SetAside(DatabaseName::History),
        Ok(()) => Verdict::Whole {
            mended: !healings.is_empty(),
        },
    }
}

struct Comparison<'a> {
    stores: &'a Stores,
    ledger: &'a Ledger,
    /// Whether the database of events was not given up.
    history: bool,
}

/// What cannot be read is torn.
fn unreadable(what: &str, error: impl std::fmt::Display) -> Verdict {
    Verdict::Torn(format!("{what} cannot be read: {error}"))
}

impl Comparison<'_> {
    async fn all(&self) -> Result<(), Verdict> {
        for step in &self.ledger.tried {
            match act(*step) {
                Act::Secret => self.secret(*step).await?,
                Act::Upload if self.history => self.upload(*step).await?,
                Act::Value => self.value(*step)?,
                _ => {}
            }
        }
        self.counter()?;
        self.requests().await?;
        if self.history {
            self.events().await?;
        }
        self.use_on().await
    }

    /// One that was not acknowledged may be there, but then as it was written.
    fn one<T: PartialEq>(
        &self,
        step: u64,
        stored: Option<&T>,
        expected: &T,
    ) -> Result<(), Verdict> {
        let what = format!("{:?} of step {step}", act(step));
        match stored {
            Some(stored) if stored == expected => Ok(()),
            Some(_) => Err(Verdict::Torn(what)),
            None if self.ledger.done.contains_key(&step) => Err(Verdict::Lost(what)),
            None => Ok(()),
        }
    }

    async fn secret(&self, step: u64) -> Result<(), Verdict> {
        let crypto = self.stores.crypto_store();
        let stored = crypto.get_custom_value(&script::name(step)).await;
        let stored = stored.map_err(|error| unreadable("a secret", error))?;
        self.one(step, stored.as_ref(), &script::secret(step))
    }

    async fn upload(&self, step: u64) -> Result<(), Verdict> {
        let media = self.stores.media_store();
        let stored = media.get_media_content(&script::medium(step)).await;
        let stored = stored.map_err(|error| unreadable("an upload", error))?;
        self.one(step, stored.as_ref(), &script::file(step))
    }

    fn value(&self, step: u64) -> Result<(), Verdict> {
        let stored = self.stores.values().get(&script::name(step));
        let stored: Option<String> = stored.map_err(|error| unreadable("a value", error))?;
        self.one(step, stored.as_ref(), &script::value(step))
    }

    /// The last number acknowledged, or one tried after it.
    fn counter(&self) -> Result<(), Verdict> {
        let stored = self.stores.values().get(script::COUNTER);
        let stored: Option<u64> = stored.map_err(|error| unreadable("the counter", error))?;
        let counts = |step: &&u64| act(**step) == Act::Counter;
        let done = self.ledger.done.keys().rfind(counts).copied();
        if stored < done {
            return Err(Verdict::Lost(format!(
                "the counter is back at {stored:?} from {done:?}"
            )));
        }
        match stored {
            Some(step)
                if !self
                    .ledger
                    .tried
                    .iter()
                    .filter(counts)
                    .any(|tried| *tried == step) =>
            {
                Err(Verdict::Torn("the counter was never this".to_owned()))
            }
            _ => Ok(()),
        }
    }

    /// Sent ones do not come back, and those that wait are there, in their order.
    async fn requests(&self) -> Result<(), Verdict> {
        let state = self.stores.state_store();
        let requests = state.load_send_queue_requests(script::room()).await;
        let requests = requests.map_err(|error| unreadable("the send queue", error))?;
        let mut steps = Vec::new();
        for request in &requests {
            let step = self.ledger.tried.iter().find(|step| {
                act(**step) == Act::Request && script::transaction(**step) == request.transaction_id
            });
            let content = request
                .as_event()
                .map(|content| content.raw().0.json().get());
            match (step, content) {
                (Some(step), Some(content)) if content.contains(&script::message(*step)) => {
                    steps.push(*step);
                }
                _ => return Err(Verdict::Torn("a request was never queued".to_owned())),
            }
        }
        if !steps.is_sorted() {
            return Err(Verdict::Torn("requests are out of their order".to_owned()));
        }
        for step in &self.ledger.tried {
            match act(*step) {
                Act::Request
                    if self.ledger.done.contains_key(step)
                        && !self.ledger.tried.contains(&(step + 3))
                        && !steps.contains(step) =>
                {
                    return Err(Verdict::Lost(format!("request of step {step}")));
                }
                Act::Removal(of) if self.ledger.done.contains_key(step) && steps.contains(&of) => {
                    return Err(Verdict::Lost(format!(
                        "removal of the request of step {of}"
                    )));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Whole chunks from the first on, and as many as the position says.
    async fn events(&self) -> Result<(), Verdict> {
        let crypto = self.stores.crypto_store();
        let stored = crypto.get_custom_value(script::POSITION).await;
        let stored = stored.map_err(|error| unreadable("the position", error))?;
        let position = stored.map_or(0, |bytes| u64::from_be_bytes(bytes.try_into().unwrap()));
        let positions = |(step, _): &(&u64, &u64)| act(**step) == Act::Position;
        let done = self.ledger.done.iter().rfind(positions);
        let done = done.map_or(0, |(_, chunks)| *chunks);
        if position < done {
            return Err(Verdict::Lost(format!(
                "the position is back at {position} from {done}"
            )));
        }
        let chunks = self.chunks().await?;
        if chunks < position {
            return Err(Verdict::Lost(format!(
                "events: {chunks} chunks of {position}"
            )));
        }
        Ok(())
    }

    async fn chunks(&self) -> Result<u64, Verdict> {
        let events = self.stores.event_cache_store();
        let linked_chunk = LinkedChunkId::Room(script::room());
        let chunks = events.load_all_chunks(linked_chunk).await;
        let mut chunks = chunks.map_err(|error| unreadable("events", error))?;
        chunks.sort_by_key(|chunk| chunk.identifier.index());
        let count = chunks.len() as u64;
        for (number, chunk) in (0..).zip(&chunks) {
            let torn = |what: &str| Verdict::Torn(format!("chunk {number} of {count}: {what}"));
            let next = (number + 1 < count).then(|| Id::new(number + 1));
            if chunk.identifier != Id::new(number)
                || chunk.previous != number.checked_sub(1).map(Id::new)
                || chunk.next != next
            {
                return Err(torn("its links"));
            }
            let ChunkContent::Items(events) = &chunk.content else {
                return Err(torn("no gap was written"));
            };
            let as_written = (0..).zip(events).all(|(event, stored)| {
                let id = script::event_id(number, event);
                stored.event_id().is_some_and(|stored| stored == id)
                    && stored
                        .raw()
                        .json()
                        .get()
                        .contains(&script::body(number, event))
            });
            if events.len() as u64 != script::events_of(number) || !as_written {
                return Err(torn("its events"));
            }
        }
        Ok(count)
    }

    /// It can be written again.
    async fn use_on(&self) -> Result<(), Verdict> {
        let crypto = self.stores.crypto_store();
        let shut = |error: StoreError| Verdict::Shut(error.to_string());
        let written = crypto.set_custom_value("after", vec![1]).await;
        written.map_err(shut)?;
        let read = crypto.get_custom_value("after").await.map_err(shut)?;
        if read != Some(vec![1]) {
            return Err(Verdict::Lost("what was written after".to_owned()));
        }
        self.stores
            .flush()
            .await
            .map_err(|error| Verdict::Shut(error.to_string()))
    }
}
