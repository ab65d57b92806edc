//! Reads a room's timeline as its stream of changes tells it.

use std::{collections::BTreeMap, pin::Pin, sync::Arc, time::Duration};

use anyhow::{Context as _, Result, bail};
use eyeball_im::Vector;
use futures_util::{Stream, StreamExt as _};
use matrix_sdk::ruma::events::room::message::MessageType;
use matrix_sdk_ui::timeline::{
    AnyOtherStateEventContentChange, EventSendState, EventTimelineItem, TimelineEventShieldState,
    TimelineEventShieldStateCode, TimelineItemContent,
};
use pli_core::{
    account::Account,
    timeline::{Row, Update},
};
use tokio::time::{Instant, timeout, timeout_at};

/// How long a message may take from one device to another on a busy machine.
const PATIENCE: Duration = Duration::from_secs(45);

/// Events asked for at once.
const PAGE: u16 = 100;

/// Once nothing came for so long, all of a page has.
const PAUSE: Duration = Duration::from_millis(200);

/// How far a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sending {
    /// In the queue.
    Waiting,
    /// Refused, or the server does not answer.
    Failed,
    /// The server has it.
    Sent,
}

/// An event as one would read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// Its id; that of the transaction while it has none.
    pub id: String,
    /// Who sent it.
    pub sender: String,
    /// Its text; none when it has no text, or was not decrypted.
    pub body: Option<String>,
    /// Whether an edit was applied.
    pub edited: bool,
    /// Whether it could not be decrypted.
    pub undecryptable: bool,
    /// Whether it was redacted.
    pub redacted: bool,
    /// Reactions, with how many people chose each.
    pub reactions: BTreeMap<String, usize>,
    /// What the user is warned of: sent in clear, for instance.
    pub warning: Option<TimelineEventShieldStateCode>,
    /// Event it answers.
    pub in_reply_to: Option<String>,
    /// How far it is.
    pub sending: Sending,
    /// When it disappears, in milliseconds of the epoch.
    pub ends_at: Option<u64>,
    /// Whether what it answers has disappeared.
    pub quote_gone: bool,
}

/// A timeline being watched.
pub struct Reading {
    updates: Pin<Box<dyn Stream<Item = Update> + Send>>,
    rows: Vector<Arc<Row>>,
}

impl Reading {
    /// Watches what `Account::timeline_subscribe` gives.
    pub fn new(updates: impl Stream<Item = Update> + Send + 'static) -> Self {
        Self {
            updates: Box::pin(updates),
            rows: Vector::new(),
        }
    }

    /// The events as they stand, in order.
    pub fn events(&self) -> Vec<Read> {
        let rows = self.rows.iter();
        rows.filter_map(|row| Some(read(row, row.item.as_event()?)))
            .collect()
    }

    /// The texts as they stand, in order.
    pub fn bodies(&self) -> Vec<String> {
        let events = self.events().into_iter();
        events.filter_map(|event| event.body).collect()
    }

    /// Media id of an event's file or picture.
    pub fn media(&self, account: &Account, event_id: &str) -> Option<String> {
        let events = self.rows.iter().filter_map(|row| row.item.as_event());
        let mut events = events.filter(|event| event.event_id().is_some_and(|id| id == event_id));
        match events.next()?.content().as_message()?.msgtype() {
            MessageType::File(file) => account.media().id(&file.source, file.filename()),
            MessageType::Image(image) => account.media().id(&image.source, image.filename()),
            _ => None,
        }
    }

    /// Follows the changes until there is an event as wanted.
    ///
    /// # Errors
    /// None came: says what was there instead.
    pub async fn wait_for(&mut self, what: &str, wanted: impl Fn(&Read) -> bool) -> Result<Read> {
        self.wait(what, |events| {
            events.iter().find(|event| wanted(event)).cloned()
        })
        .await
    }

    /// Follows the changes until a text was sent, as the server knows it.
    ///
    /// # Errors
    /// It did not come.
    pub async fn wait_for_text(&mut self, body: &str) -> Result<Read> {
        self.wait_for(body, |event| {
            event.body.as_deref() == Some(body) && event.sending == Sending::Sent
        })
        .await
    }

    /// Follows the changes until `found` finds something.
    ///
    /// # Errors
    /// It did not: says what was there instead.
    pub async fn wait<T>(&mut self, what: &str, found: impl Fn(&[Read]) -> Option<T>) -> Result<T> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(found) = found(&self.events()) {
                return Ok(found);
            }
            match timeout_at(deadline, self.updates.next()).await {
                Ok(Some(update)) => self.apply(update),
                Ok(None) => bail!("the timeline ended before {what}"),
                Err(_) => bail!("waited in vain for {what} in {:#?}", self.events()),
            }
        }
    }

    /// Follows the changes for as long as there are any, until `found` finds something.
    ///
    /// # Errors
    /// It did not: says what was there instead.
    pub async fn wait_by_progress<T>(
        &mut self,
        what: &str,
        found: impl Fn(&[Read]) -> Option<T>,
    ) -> Result<T> {
        loop {
            if let Some(found) = found(&self.events()) {
                return Ok(found);
            }
            match timeout(PATIENCE, self.updates.next()).await {
                Ok(Some(update)) => self.apply(update),
                Ok(None) => bail!("the timeline ended before {what}"),
                Err(_) => bail!("waited in vain for {what} in {:#?}", self.events()),
            }
        }
    }

    /// Asks for older events until the first of the room is there.
    ///
    /// # Errors
    /// The server does not answer, or gives nothing more.
    pub async fn read_to_start(&mut self, account: &Account, room: &str) -> Result<()> {
        let mut moved = Instant::now();
        while !self.has_start() {
            account.timeline_paginate(room, PAGE).await?;
            if self.follow().await? {
                moved = Instant::now();
            }
            if moved.elapsed() > PATIENCE {
                bail!("the start is not in {:#?}", self.events());
            }
        }
        Ok(())
    }

    /// Follows the changes until none come for a moment. Whether there were any.
    ///
    /// # Errors
    /// The timeline ended.
    pub async fn follow(&mut self) -> Result<bool> {
        let mut moved = false;
        while let Ok(update) = timeout(PAUSE, self.updates.next()).await {
            self.apply(update.context("the timeline ended")?);
            moved = true;
        }
        Ok(moved)
    }

    /// Whether the first event of the room is there: the others came before it.
    fn has_start(&self) -> bool {
        let mut events = self.rows.iter().filter_map(|row| row.item.as_event());
        events.next().is_some_and(|first| {
            matches!(first.content(), TimelineItemContent::OtherState(state)
                if matches!(state.content(), AnyOtherStateEventContentChange::RoomCreate(_)))
        })
    }

    fn apply(&mut self, update: Update) {
        if let Update::Diffs { diffs, .. } = update {
            for diff in diffs {
                diff.apply(&mut self.rows);
            }
        }
    }
}

fn read(row: &Row, item: &EventTimelineItem) -> Read {
    let content = item.content();
    let reactions = content.reactions().map(|reactions| {
        let counts = reactions.iter();
        counts
            .map(|(key, senders)| (key.clone(), senders.len()))
            .collect()
    });
    let id = item.event_id().map(ToString::to_string);
    let transaction = item.transaction_id().map(ToString::to_string);
    let message = content.as_message();
    Read {
        id: id.or(transaction).unwrap_or_default(),
        sender: item.sender().to_string(),
        body: message.map(|message| message.body().to_owned()),
        edited: message.is_some_and(|message| message.is_edited()),
        undecryptable: content.is_unable_to_decrypt(),
        redacted: content.is_redacted(),
        reactions: reactions.unwrap_or_default(),
        warning: match item.get_shield(false) {
            TimelineEventShieldState::None => None,
            TimelineEventShieldState::Red { code } | TimelineEventShieldState::Grey { code } => {
                Some(code)
            }
        },
        in_reply_to: content
            .in_reply_to()
            .map(|details| details.event_id.to_string()),
        sending: match item.send_state() {
            None | Some(EventSendState::Sent { .. }) => Sending::Sent,
            Some(EventSendState::NotSentYet { .. }) => Sending::Waiting,
            Some(EventSendState::SendingFailed { .. }) => Sending::Failed,
        },
        ends_at: row.ends_at,
        quote_gone: row.quote_gone,
    }
}
