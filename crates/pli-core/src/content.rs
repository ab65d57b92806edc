//! What the rooms on screen hold: the part of an account that its timelines, media and links share.

use std::sync::Arc;

use crate::{
    account::Account, attachment::Attachments, link::Links, media::Media, notification::Focus,
    timeline::Timelines,
};

/// State of an account that lives as long as it is open, and is never stored.
#[derive(Default)]
pub(crate) struct Content {
    media: Arc<Media>,
    links: Arc<Links>,
    attachments: Attachments,
    timelines: Timelines,
    focus: Arc<Focus>,
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

    pub(crate) fn timelines(&self) -> &Timelines {
        &self.content.timelines
    }
}
