//! What the rooms on screen hold: the part of an account that its timelines, media and links share.

use crate::{account::Account, link::Links, media::Media, timeline::Timelines};

/// State of an account that lives as long as it is open, and is never stored.
#[derive(Default)]
pub(crate) struct Content {
    media: Media,
    links: Links,
    timelines: Timelines,
}

impl Account {
    /// Media by id.
    pub fn media(&self) -> &Media {
        &self.content.media
    }

    /// Links by id.
    pub fn links(&self) -> &Links {
        &self.content.links
    }

    pub(crate) fn timelines(&self) -> &Timelines {
        &self.content.timelines
    }
}
