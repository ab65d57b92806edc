//! What the page sends, to what the core sends; and drafts, both ways.

use std::time::Duration;

use pli_core::{attachment, composer};

use crate::wire::{AttachmentDraft, Draft, DraftMode, TimelineSend};

impl From<TimelineSend> for composer::Outgoing {
    fn from(message: TimelineSend) -> Self {
        Self {
            markdown: message.markdown,
            mentions: message.mentions,
            mentions_room: message.mentions_room,
            reply_to: message.reply_to,
            lifetime: message.lifetime.map(Duration::from_millis),
        }
    }
}

impl From<Draft> for composer::Draft {
    fn from(draft: Draft) -> Self {
        Self {
            markdown: draft.markdown,
            mode: match draft.mode {
                DraftMode::New {} => composer::DraftMode::New,
                DraftMode::Reply { event_id } => composer::DraftMode::Reply(event_id),
                DraftMode::Edit { event_id } => composer::DraftMode::Edit(event_id),
            },
        }
    }
}

impl From<composer::Draft> for Draft {
    fn from(draft: composer::Draft) -> Self {
        Self {
            markdown: draft.markdown,
            mode: match draft.mode {
                composer::DraftMode::New => DraftMode::New {},
                composer::DraftMode::Reply(event_id) => DraftMode::Reply { event_id },
                composer::DraftMode::Edit(event_id) => DraftMode::Edit { event_id },
            },
        }
    }
}

impl From<attachment::AttachmentDraft> for AttachmentDraft {
    fn from(draft: attachment::AttachmentDraft) -> Self {
        Self {
            too_large: draft.is_too_large(),
            blocked: draft.blocked,
            id: draft.id,
            name: draft.name,
            size: draft.size,
            mimetype: draft.mimetype,
            preview: draft.preview,
            width: draft.dimensions.map(|(width, _)| width),
            height: draft.dimensions.map(|(_, height)| height),
            limit: draft.limit,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_comes_back_as_it_was_kept() {
        for mode in [
            DraftMode::New {},
            DraftMode::Reply {
                event_id: "$a".to_owned(),
            },
            DraftMode::Edit {
                event_id: "$b".to_owned(),
            },
        ] {
            let draft = Draft {
                markdown: "**a**".to_owned(),
                mode,
            };
            assert_eq!(Draft::from(composer::Draft::from(draft.clone())), draft);
        }
    }
}
