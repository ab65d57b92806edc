//! What the rooms on screen hold: the part of an account that its timelines, media and links share.

use std::sync::Arc;

use tokio::sync::{Mutex, watch};

use crate::{
    account::Account, attachment::Attachments, link::Links, media::Media, member::Seen,
    notification::Focus, room::Attended, room_list::Drafts, timeline::Timelines, trust::Changed,
    verification::Verifications,
};

/// State of an account that lives as long as it is open, and is never stored.
#[derive(Default)]
pub(crate) struct Content {
    media: Arc<Media>,
    links: Arc<Links>,
    attachments: Attachments,
    timelines: Timelines,
    focus: Arc<Focus>,
    attended: Attended,
    drafts: Drafts,
    seen: Arc<Seen>,
    verifying: Arc<Verifications>,
    changed: Arc<Changed>,
    ignoring: Mutex<()>,
    over: watch::Sender<bool>,
}

impl Account {
    /// Media by id.
    pub fn media(&self) -> &Arc<Media> {
        &self.content.media
    }

    /// Links by id.
    pub fn links(&self) -> &Arc<Links> {
        &self.content.links
    }

    pub(crate) fn attachments(&self) -> &Attachments {
        &self.content.attachments
    }

    pub(crate) fn focus(&self) -> &Arc<Focus> {
        &self.content.focus
    }

    pub(crate) fn attended(&self) -> &Attended {
        &self.content.attended
    }

    pub(crate) fn drafts(&self) -> &Drafts {
        &self.content.drafts
    }

    pub(crate) fn seen(&self) -> &Arc<Seen> {
        &self.content.seen
    }

    pub(crate) fn verifying(&self) -> &Arc<Verifications> {
        &self.content.verifying
    }

    pub(crate) fn changed(&self) -> &Arc<Changed> {
        &self.content.changed
    }

    /// Held while the list of ignored people is changed.
    pub(crate) fn ignoring(&self) -> &Mutex<()> {
        &self.content.ignoring
    }

    /// Runs a task that ends with the account at the latest: what it holds keeps the stores in
    /// use.
    pub(crate) fn spawn_until_over(&self, task: impl Future<Output = ()> + Send + 'static) {
        let mut over = self.content.over.subscribe();
        tokio::spawn(async move {
            tokio::select! {
                // An error says that the account was dropped.
                _ = over.wait_for(|over| *over) => {}
                () = task => {}
            }
        });
    }

    /// Ends those tasks.
    pub(crate) fn end_tasks(&self) {
        self.content.over.send_replace(true);
    }

    pub(crate) fn timelines(&self) -> &Timelines {
        &self.content.timelines
    }
}
