//! Plays the scenes, with one real encrypted device for each person.

mod actor;

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use matrix_sdk::{
    Room,
    attachment::{AttachmentConfig, AttachmentInfo, BaseFileInfo, BaseImageInfo, Thumbnail},
    ruma::{
        OwnedEventId, RoomId, UInt,
        api::client::receipt::create_receipt::v3::ReceiptType,
        events::{receipt::ReceiptThread, room::message::RoomMessageEventContent},
    },
};
use serde_json::{Value, json};

use super::{
    picture,
    script::{Act, Kind, Scene},
};
pub(super) use actor::Actor;

type Cast = BTreeMap<String, Actor>;

/// Plays one scene. All of it is said now: a server believes no client about the past.
pub(super) async fn play(scene: &Scene, cast: &Cast) -> Result<()> {
    let room = set(scene, cast).await?;
    let mut stage = Stage {
        cast,
        room: &room,
        last: None,
        last_of: BTreeMap::new(),
    };
    for act in &scene.acts {
        stage.act(act).await.with_context(|| format!("{act:?}"))?;
    }
    Ok(())
}

/// Creates the room and brings its members together.
async fn set(scene: &Scene, cast: &Cast) -> Result<String> {
    let actor = |name: &String| cast.get(name).with_context(|| format!("no {name}"));
    let (first, others) = scene.members.split_first().context("a room of nobody")?;
    let creator = actor(first)?;
    let guests = others.iter().map(actor).collect::<Result<Vec<_>>>()?;
    let room = creator.create_room(scene, &guests).await?;
    let mut present = vec![creator];
    for (index, guest) in guests.into_iter().enumerate() {
        if scene.kind == Kind::Invite && index + 1 == others.len() {
            continue;
        }
        guest.join(&room).await?;
        present.push(guest);
    }
    for actor in &present {
        actor.sees(&room, present.len()).await?;
    }
    if scene.kind == Kind::Direct {
        for (actor, other) in present.iter().zip(present.iter().rev()) {
            actor.mark_direct(&room, other).await?;
        }
    }
    Ok(room)
}

struct Stage<'a> {
    cast: &'a Cast,
    room: &'a str,
    last: Option<OwnedEventId>,
    last_of: BTreeMap<String, OwnedEventId>,
}

impl Stage<'_> {
    async fn act(&mut self, act: &Act) -> Result<()> {
        match act {
            Act::Say(who, text) => self.say(who, message(text)?, true).await,
            Act::Reply(who, text) => {
                let last = self.last.clone().context("an answer to nothing")?;
                let mut content = message(text)?;
                set_relation(
                    &mut content,
                    json!({ "m.in_reply_to": { "event_id": last } }),
                );
                self.say(who, content, true).await
            }
            Act::Edit(who, text) => {
                let original = self.last_of.get(who).context("an edit of nothing")?.clone();
                let new = message(text)?;
                let mut content = message(&format!("* {text}"))?;
                set_relation(
                    &mut content,
                    json!({ "rel_type": "m.replace", "event_id": original }),
                );
                if let Some(content) = content.as_object_mut() {
                    content.insert("m.new_content".to_owned(), new);
                }
                self.say(who, content, false).await
            }
            Act::React(emoji, people) => self.react(emoji, people).await,
            Act::Image(who, name) => self.attach(who, name, true).await,
            Act::File(who, name) => self.attach(who, name, false).await,
            Act::Read(who) => self.read(who).await,
            Act::Favourite(who) => Ok(self.room_of(who)?.set_is_favourite(true, None).await?),
            Act::LowPriority(who) => Ok(self.room_of(who)?.set_is_low_priority(true, None).await?),
            Act::NextDay => Ok(()),
        }
    }

    fn room_of(&self, who: &str) -> Result<Room> {
        let actor = self.cast.get(who).with_context(|| format!("no {who}"))?;
        let room = RoomId::parse(self.room)?;
        actor.client.get_room(&room).context("not in that room")
    }

    async fn say(&mut self, who: &str, content: Value, counts: bool) -> Result<()> {
        let sent = self
            .room_of(who)?
            .send_raw("m.room.message", content)
            .await?;
        self.note(who, sent.response.event_id, counts);
        Ok(())
    }

    fn note(&mut self, who: &str, event: OwnedEventId, counts: bool) {
        if counts {
            self.last_of.insert(who.to_owned(), event.clone());
            self.last = Some(event);
        }
    }

    async fn react(&mut self, emoji: &str, people: &[String]) -> Result<()> {
        let to = self.last.clone().context("a reaction to nothing")?;
        for who in people {
            let content = json!({
                "m.relates_to": { "rel_type": "m.annotation", "event_id": to, "key": emoji },
            });
            let room = self.room_of(who)?;
            // From another server, an event takes a moment to arrive.
            let sent =
                patiently(|| async { Ok(room.send_raw("m.reaction", content.clone()).await?) })
                    .await?;
            self.note(who, sent.response.event_id, false);
        }
        Ok(())
    }

    async fn attach(&mut self, who: &str, name: &str, image: bool) -> Result<()> {
        let room = self.room_of(who)?;
        let (data, config) = if image {
            image_of(name)?
        } else {
            let text = format!("{name}\n\nDocument de démonstration.\n").repeat(40);
            let size = UInt::try_from(text.len())?;
            let info = AttachmentInfo::File(BaseFileInfo { size: Some(size) });
            (text.into_bytes(), AttachmentConfig::new().info(info))
        };
        let kind = if image { "image/png" } else { "text/plain" };
        let sent = room
            .send_attachment(name, &kind.parse()?, data, config)
            .await?;
        self.note(who, sent.event_id, true);
        Ok(())
    }

    async fn read(&mut self, who: &str) -> Result<()> {
        let last = self.last.clone().context("nothing to read")?;
        let room = self.room_of(who)?;
        for receipt in [ReceiptType::Read, ReceiptType::FullyRead] {
            patiently(|| async {
                let thread = ReceiptThread::Unthreaded;
                let receipt = room.send_single_receipt(receipt.clone(), thread, last.clone());
                Ok(receipt.await?)
            })
            .await?;
        }
        Ok(())
    }
}

/// Tries again until it succeeds, for some seconds.
async fn patiently<T, F: Future<Output = Result<T>>>(attempt: impl Fn() -> F) -> Result<T> {
    let asked = Instant::now();
    loop {
        match attempt().await {
            Err(_) if asked.elapsed() < Duration::from_secs(20) => {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            done => return done,
        }
    }
}

fn message(text: &str) -> Result<Value> {
    let content = RoomMessageEventContent::text_markdown(text.to_owned());
    Ok(serde_json::to_value(content)?)
}

fn set_relation(content: &mut Value, relation: Value) {
    if let Some(content) = content.as_object_mut() {
        content.insert("m.relates_to".to_owned(), relation);
    }
}

fn image_of(name: &str) -> Result<(Vec<u8>, AttachmentConfig)> {
    let data = picture::draw(name)?;
    let (width, height) = picture::SIZE;
    let size = UInt::try_from(data.len())?;
    let info = AttachmentInfo::Image(BaseImageInfo {
        width: Some(width.into()),
        height: Some(height.into()),
        size: Some(size),
        ..BaseImageInfo::default()
    });
    let thumbnail = Thumbnail {
        data: data.clone(),
        content_type: "image/png".parse()?,
        width: width.into(),
        height: height.into(),
        size,
    };
    let config = AttachmentConfig::new()
        .info(info)
        .thumbnail(Some(thumbnail));
    Ok((data, config))
}
