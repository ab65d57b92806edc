//! Bodies of events.

use std::time::Duration;

use matrix_sdk::ruma::{
    UInt,
    events::{
        poll::start::PollKind,
        room::{
            MediaSource, ThumbnailInfo,
            message::{
                AudioMessageEventContent, FileMessageEventContent, ImageMessageEventContent,
                MessageType, VideoMessageEventContent,
            },
        },
        sticker::{StickerEventContent, StickerMediaSource},
    },
};
use matrix_sdk_ui::timeline::{EventTimelineItem, MsgLikeKind, PollState, TimelineItemContent};
use pli_core::{file_name, media::sniff, timeline::Row, undecryptable::Reason};

use super::{Mapping, state};
use crate::wire::{
    EventBody, MediaInfo, MessageNode, PollAnswer, StateChange, TextStyle, UndecryptableReason,
};

/// Longest text of a poll or a place, in characters.
const MAX_LABEL: usize = 1_000;

/// Most answers of a poll (MSC3381 has 20).
const MAX_ANSWERS: usize = 20;

impl Mapping<'_> {
    pub(super) fn body(&self, row: &Row, event: &EventTimelineItem) -> EventBody {
        let content = event.content();
        let body = match content {
            TimelineItemContent::MsgLike(message) => match &message.kind {
                MsgLikeKind::Message(message) => self.message(message.msgtype(), self.text(row)),
                MsgLikeKind::Sticker(sticker) => self.sticker(sticker.content()),
                MsgLikeKind::Poll(poll) => Some(self.poll(poll)),
                MsgLikeKind::Redacted => Some(EventBody::Redacted {
                    by: row.redacted_by.as_ref().map(|person| person.name.clone()),
                }),
                MsgLikeKind::UnableToDecrypt(_) => Some(EventBody::Undecryptable {
                    reason: row.undecryptable.unwrap_or(Reason::Malformed).into(),
                }),
                MsgLikeKind::LiveLocation(place) => Some(EventBody::Location {
                    description: label(place.description().unwrap_or_default()),
                    geo_uri: geo_uri(
                        place
                            .latest_location()
                            .map(|place| place.geo_uri())
                            .unwrap_or_default(),
                    ),
                }),
                MsgLikeKind::Other(_) => None,
            },
            TimelineItemContent::CallInvite | TimelineItemContent::RtcNotification { .. } => {
                Some(EventBody::Call { missed: false })
            }
            TimelineItemContent::OtherState(_) if row.timer.is_some() => Some(EventBody::State {
                change: StateChange::Timer {
                    lifetime: row.timer.flatten(),
                },
            }),
            content => state::change(content).map(|change| EventBody::State { change }),
        };
        body.unwrap_or_else(|| EventBody::Unsupported {
            event_type: label(&content.event_type_str().unwrap_or_default()),
        })
    }

    /// A message; `None` when it is of no kind that is drawn.
    fn message(&self, content: &MessageType, text: Vec<MessageNode>) -> Option<EventBody> {
        let with_style = |nodes, style| Some(EventBody::Text { nodes, style });
        match content {
            MessageType::Text(_) => with_style(text, TextStyle::Message),
            MessageType::Emote(_) => with_style(text, TextStyle::Emote),
            MessageType::Notice(_) | MessageType::ServerNotice(_) => {
                with_style(text, TextStyle::Notice)
            }
            MessageType::Location(place) => Some(EventBody::Location {
                description: label(&place.body),
                geo_uri: geo_uri(&place.geo_uri),
            }),
            MessageType::Image(image) => self.image(image, text),
            MessageType::Video(video) => self.video(video, text),
            MessageType::Audio(audio) => self.audio(audio, text),
            MessageType::File(file) => self.file(file, text),
            _ => None,
        }
    }

    fn image(&self, image: &ImageMessageEventContent, text: Vec<MessageNode>) -> Option<EventBody> {
        let info = image.info.as_deref();
        let size = info.map(|info| (info.width, info.height));
        let own = info.and_then(|info| {
            thumbnail(
                info.thumbnail_source.as_ref(),
                info.thumbnail_info.as_deref(),
            )
        });
        let mut media = self.media_info(&image.source, image.filename())?;
        media.announced(
            info.and_then(|info| info.size),
            info.and_then(|info| info.mimetype.as_deref()),
            size,
        );
        media.thumbnail = self.people.media.thumbnail_id(&image.source, own);
        Some(EventBody::Image {
            media,
            caption: caption(text),
        })
    }

    fn video(&self, video: &VideoMessageEventContent, text: Vec<MessageNode>) -> Option<EventBody> {
        let info = video.info.as_deref();
        let size = info.map(|info| (info.width, info.height));
        let own = info.and_then(|info| {
            thumbnail(
                info.thumbnail_source.as_ref(),
                info.thumbnail_info.as_deref(),
            )
        });
        let mut media = self.media_info(&video.source, video.filename())?;
        media.announced(
            info.and_then(|info| info.size),
            info.and_then(|info| info.mimetype.as_deref()),
            size,
        );
        media.duration_ms = info.and_then(|info| info.duration).map(milliseconds);
        // Servers make no thumbnail of a video.
        media.thumbnail =
            own.and_then(|own| self.people.media.thumbnail_id(&video.source, Some(own)));
        Some(EventBody::Video {
            media,
            caption: caption(text),
        })
    }

    fn audio(&self, audio: &AudioMessageEventContent, text: Vec<MessageNode>) -> Option<EventBody> {
        let info = audio.info.as_deref();
        let mut media = self.media_info(&audio.source, audio.filename())?;
        media.announced(
            info.and_then(|info| info.size),
            info.and_then(|info| info.mimetype.as_deref()),
            None,
        );
        media.duration_ms = info.and_then(|info| info.duration).map(milliseconds);
        Some(EventBody::Audio {
            media,
            voice: audio.voice.is_some(),
            caption: caption(text),
        })
    }

    fn file(&self, file: &FileMessageEventContent, text: Vec<MessageNode>) -> Option<EventBody> {
        let info = file.info.as_deref();
        let mut media = self.media_info(&file.source, file.filename())?;
        media.announced(
            info.and_then(|info| info.size),
            info.and_then(|info| info.mimetype.as_deref()),
            None,
        );
        Some(EventBody::File {
            media,
            caption: caption(text),
        })
    }

    fn sticker(&self, sticker: &StickerEventContent) -> Option<EventBody> {
        let source = match &sticker.source {
            StickerMediaSource::Plain(uri) => MediaSource::Plain(uri.clone()),
            StickerMediaSource::Encrypted(file) => MediaSource::Encrypted(file.clone()),
            _ => return None,
        };
        let info = &sticker.info;
        let mut media = self.media_info(&source, &sticker.body)?;
        media.announced(
            info.size,
            info.mimetype.as_deref(),
            Some((info.width, info.height)),
        );
        media.thumbnail = self
            .people
            .media
            .thumbnail_id(&source, info.thumbnail_source.as_ref());
        Some(EventBody::Sticker { media })
    }

    fn media_info(&self, source: &MediaSource, name: &str) -> Option<MediaInfo> {
        let name = file_name::sanitise(name);
        Some(MediaInfo {
            id: self.people.media.id(source, &name)?,
            name,
            size: None,
            mimetype: None,
            width: None,
            height: None,
            duration_ms: None,
            thumbnail: None,
        })
    }

    fn poll(&self, poll: &PollState) -> EventBody {
        let results = poll.results();
        let disclosed = matches!(results.kind, PollKind::Disclosed);
        let ended = results.end_time.is_some();
        let answers = results.answers.iter().take(MAX_ANSWERS).map(|answer| {
            let votes = results.votes.get(&answer.id);
            PollAnswer {
                text: label(&answer.text),
                votes: (disclosed || ended).then(|| {
                    votes.map_or(0, |votes| u32::try_from(votes.len()).unwrap_or(u32::MAX))
                }),
                own: votes
                    .is_some_and(|votes| votes.iter().any(|voter| voter == self.own.as_str())),
            }
        });
        EventBody::Poll {
            question: label(&results.question),
            answers: answers.collect(),
            ended,
            disclosed,
        }
    }
}

impl MediaInfo {
    /// Takes over what the sender said of a medium, as far as it makes sense.
    fn announced(
        &mut self,
        size: Option<UInt>,
        mimetype: Option<&str>,
        pixels: Option<(Option<UInt>, Option<UInt>)>,
    ) {
        let side = |side: Option<UInt>| {
            side.and_then(|side| u32::try_from(u64::from(side)).ok())
                .filter(|side| *side > 0)
        };
        let (width, height) = pixels.unwrap_or_default();
        self.size = size.map(u64::from);
        self.mimetype = mimetype.and_then(sniff::allowed_type);
        if let (Some(width), Some(height)) = (side(width), side(height)) {
            self.width = Some(width);
            self.height = Some(height);
        }
    }
}

/// The sender's own thumbnail, unless it is of a type that is not drawn.
fn thumbnail<'a>(
    source: Option<&'a MediaSource>,
    info: Option<&ThumbnailInfo>,
) -> Option<&'a MediaSource> {
    let drawn = info
        .and_then(|info| info.mimetype.as_deref())
        .is_none_or(|mimetype| {
            sniff::allowed_type(mimetype).is_some_and(|mimetype| mimetype.starts_with("image/"))
        });
    source.filter(|_| drawn)
}

impl From<Reason> for UndecryptableReason {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::Waiting => Self::Waiting,
            Reason::NotShared => Self::NotShared,
            Reason::BeforeThisDevice => Self::BeforeThisDevice,
            Reason::BackupIncomplete => Self::BackupIncomplete,
            Reason::BackupLocked => Self::BackupLocked,
            Reason::BeforeJoining => Self::BeforeJoining,
            Reason::WithheldUnverified => Self::WithheldUnverified,
            Reason::Withheld => Self::Withheld,
            Reason::Untrusted => Self::Untrusted,
            Reason::Malformed => Self::Malformed,
        }
    }
}

fn caption(nodes: Vec<MessageNode>) -> Option<Vec<MessageNode>> {
    Some(nodes).filter(|nodes| !nodes.is_empty())
}

fn label(text: &str) -> String {
    text.chars().take(MAX_LABEL).collect()
}

fn geo_uri(uri: &str) -> String {
    let sane =
        uri.len() <= 200 && uri.starts_with("geo:") && uri.chars().all(|c| c.is_ascii_graphic());
    if sane { uri.to_owned() } else { String::new() }
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use pli_core::{link::Links, timeline::Powers};
    use serde_json::json;

    use super::*;
    use crate::person::People;

    fn body(content: serde_json::Value) -> Option<EventBody> {
        let content: MessageType = serde_json::from_value(content).expect("a message");
        let (people, links) = (People::default(), Links::default());
        let mapping = Mapping {
            people: &people,
            links: &links,
            powers: Powers::default(),
            own: "@me:example.org".try_into().expect("an id"),
        };
        mapping.message(&content, Vec::new())
    }

    #[test]
    fn an_image_keeps_what_makes_sense() {
        let image = body(json!({
            "msgtype": "m.image", "body": "../a\u{202e}gpj.exe", "url": "mxc://example.org/a",
            "info": { "w": 30, "h": 20, "size": 5, "mimetype": "image/svg+xml" },
        }));
        let Some(EventBody::Image { media, caption }) = image else {
            panic!("it is an image");
        };
        assert_eq!(media.name, "_agpj.exe", "no path, no reversed text");
        assert_eq!(media.mimetype, None, "SVG is no type that is drawn");
        assert_eq!(
            (media.width, media.height, media.size),
            (Some(30), Some(20), Some(5))
        );
        assert!(media.thumbnail.is_some(), "the server makes one");
        assert_eq!(caption, None);
    }

    #[test]
    fn absurd_numbers_are_left_out() {
        let image = body(json!({
            "msgtype": "m.image", "body": "a", "url": "mxc://example.org/a",
            "info": { "w": 0, "h": 9_007_199_254_740_991_u64 },
        }));
        assert!(
            matches!(image, Some(EventBody::Image { media, .. }) if media.width.is_none() && media.height.is_none()),
            "a layout made of them would break"
        );
    }

    #[test]
    fn a_medium_that_cannot_be_fetched_is_a_placeholder() {
        let long = format!("mxc://{}/a", "a".repeat(251));
        for url in ["https://example.org/a", "mxc://", &long] {
            assert_eq!(
                body(json!({ "msgtype": "m.image", "body": "a", "url": url })),
                None,
                "{url}"
            );
        }
    }

    #[test]
    fn an_encrypted_image_without_thumbnail_has_none() {
        let image = body(json!({
            "msgtype": "m.image", "body": "a",
            "file": {
                "url": "mxc://example.org/a", "v": "v2", "iv": "w+sE15fzSc0AAAAAAAAAAA",
                "key": { "kty": "oct", "key_ops": ["encrypt", "decrypt"], "alg": "A256CTR", "ext": true,
                         "k": "aWF6-32KGYaC3A_FEUCk1Bt0JA37zP0wrStgmdCaW-0" },
                "hashes": { "sha256": "fdSLu/YkRx3Wyh3KQabP3rd6+SFiKg5lsJZQHtkSAYA" },
            },
        }));
        assert!(
            matches!(image, Some(EventBody::Image { media, .. }) if media.thumbnail.is_none()),
            "no server can make one of ciphertext"
        );
    }

    #[test]
    fn a_place_is_text() {
        assert_eq!(
            body(
                json!({ "msgtype": "m.location", "body": "here", "geo_uri": "javascript:alert(1)" })
            ),
            Some(EventBody::Location {
                description: "here".to_owned(),
                geo_uri: String::new()
            }),
            "only geo: URIs"
        );
    }

    #[test]
    fn unknown_kinds_are_no_message() {
        assert_eq!(
            body(json!({ "msgtype": "org.example.new", "body": "a" })),
            None
        );
    }
}
