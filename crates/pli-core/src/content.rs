//! What the rooms on screen hold: the part of an account that its timelines, media and links share.

use std::sync::Arc;

use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

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
    timelines: Arc<Timelines>,
    focus: Arc<Focus>,
    attended: Attended,
    drafts: Drafts,
    seen: Arc<Seen>,
    verifying: Arc<Verifications>,
    changed: Arc<Changed>,
    ignoring: Mutex<()>,
    over: CancellationToken,
}

impl Drop for Content {
    fn drop(&mut self) {
        self.over.cancel();
    }
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

    /// Cancelled once the account is over: what goes on then keeps the stores in use.
    pub(crate) fn over(&self) -> &CancellationToken {
        &self.content.over
    }

    /// Runs a task that ends with the account at the latest: what it holds keeps the stores in
    /// use.
    pub(crate) fn spawn_until_over(&self, task: impl Future<Output = ()> + Send + 'static) {
        spawn_until(self.over(), task);
    }

    pub(crate) fn timelines(&self) -> &Arc<Timelines> {
        &self.content.timelines
    }
}

/// Runs a task that ends when `over` is cancelled, at the latest.
pub(crate) fn spawn_until(
    over: &CancellationToken,
    task: impl Future<Output = ()> + Send + 'static,
) {
    let over = over.clone();
    tokio::spawn(async move {
        over.run_until_cancelled(task).await;
    });
}
