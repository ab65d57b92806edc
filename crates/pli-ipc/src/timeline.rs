//! Rows of a timeline to what the page draws.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use futures_util::{Stream, StreamExt as _, stream::BoxStream};
use matrix_sdk::ruma::OwnedUserId;
use matrix_sdk_ui::timeline::{TimelineItemKind, VirtualTimelineItem};
use pli_core::{
    account::Account,
    link::Links,
    timeline::{Powers, Row, Update},
};

use crate::{
    diff::list_diff,
    person::People,
    wire::{
        EventBody, EventItem, EventPermissions, Sender, TimelineItem, TimelineItemContent,
        TimelineUpdate,
    },
};

mod body;
mod event;
mod preview;
mod state;
mod text;

pub use preview::{preview, preview_message, preview_notification};

/// Maps what a timeline tells to what the page is told.
pub fn timeline_updates(
    account: &Account,
    updates: impl Stream<Item = Update> + Send + 'static,
) -> BoxStream<'static, TimelineUpdate> {
    let people = People::of(account);
    let links = Arc::clone(account.links());
    updates
        .map(move |update| update_of(&people, &links, update))
        .boxed()
}

fn update_of(people: &People, links: &Links, update: Update) -> TimelineUpdate {
    match update {
        Update::Diffs { diffs, powers, own } => {
            let mapping = Mapping {
                people,
                links,
                powers,
                own,
            };
            let row = |row: Arc<Row>| mapping.row(&row);
            TimelineUpdate::Diffs {
                diffs: diffs.into_iter().map(|diff| list_diff(diff, row)).collect(),
            }
        }
        Update::Paginating => TimelineUpdate::Paginating,
        Update::Idle { reached_start } => TimelineUpdate::Idle { reached_start },
        Update::Failed(error) => TimelineUpdate::Failed {
            error: error.into(),
        },
        Update::Typing(writers) => TimelineUpdate::Typing {
            users: people.senders(&writers),
        },
        Update::HistoryGap => TimelineUpdate::HistoryGap,
    }
}

/// What mapping a row takes.
struct Mapping<'a> {
    people: &'a People,
    links: &'a Links,
    powers: Powers,
    own: OwnedUserId,
}

impl Mapping<'_> {
    /// A row that cannot be mapped is a placeholder; its neighbours are drawn.
    fn row(&self, row: &Row) -> TimelineItem {
        let content = catch_unwind(AssertUnwindSafe(|| self.content(row)));
        TimelineItem {
            key: row.item.unique_id().0.clone(),
            content: content.unwrap_or_else(|_| placeholder()),
        }
    }

    fn content(&self, row: &Row) -> TimelineItemContent {
        match row.item.kind() {
            TimelineItemKind::Virtual(VirtualTimelineItem::DateDivider(day)) => {
                TimelineItemContent::DayDivider {
                    timestamp: day.get().into(),
                }
            }
            TimelineItemKind::Virtual(VirtualTimelineItem::ReadMarker) => {
                TimelineItemContent::ReadMarker
            }
            TimelineItemKind::Virtual(VirtualTimelineItem::TimelineStart) => {
                TimelineItemContent::Start
            }
            TimelineItemKind::Event(event) => TimelineItemContent::Event {
                event: Box::new(self.event(row, event)),
            },
        }
    }
}

fn placeholder() -> TimelineItemContent {
    TimelineItemContent::Event {
        event: Box::new(EventItem {
            event_id: None,
            transaction_id: None,
            sender: Sender {
                user_id: String::new(),
                name: String::new(),
                ambiguous: false,
                avatar: None,
                guest: false,
            },
            own: false,
            timestamp: 0,
            body: EventBody::Unsupported {
                event_type: String::new(),
            },
            send_state: None,
            edited: false,
            highlight: false,
            reply: None,
            in_thread: false,
            reactions: Vec::new(),
            read_by: Vec::new(),
            ends_at: None,
            warning: None,
            can: EventPermissions {
                edit: false,
                redact: false,
                react: false,
                reply: false,
                report: false,
            },
        }),
    }
}
