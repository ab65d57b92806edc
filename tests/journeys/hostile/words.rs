//! Attacks by words that are none: endless, deep, in disguise, too many, out of time.

use anyhow::{Context as _, Result, ensure};
use pli_testkit::listing::Listing;
use serde_json::json;

use super::{
    calm,
    events::{STRANGER, enters, enters_and_reads, find, neighbours},
    forged::{event, id, state, text},
    stage::Stage,
};
use crate::{messages::read, rooms::rooms};

#[test]
fn words_that_are_none() -> Result<()> {
    calm::run(async {
        let mut stage = Stage::new("evenements.c").await?;
        stage.scenario("E17", long_names).await;
        stage
            .scenario("E18", async |stage| {
                let trick = "\u{202e}txt.exe\u{202c}\u{200b}\u{2066}\u{feff}\u{0}";
                let name = state("m.room.name", "", STRANGER, json!({ "name": trick }));
                let empty = state(
                    "m.room.canonical_alias",
                    "",
                    STRANGER,
                    json!({ "alias": trick }),
                );
                enters_and_reads(stage, "!e18:example.org", vec![name, empty]).await
            })
            .await;
        stage.scenario("E19", look_alikes).await;
        stage
            .scenario("E20", async |stage| {
                let deep = format!("{}x{}", "<b>".repeat(10_000), "</b>".repeat(10_000));
                let content = json!({
                    "msgtype": "m.text", "body": "profond",
                    "format": "org.matrix.custom.html", "formatted_body": deep,
                });
                let event = event("m.room.message", STRANGER, content);
                neighbours(stage, "!e20:example.org", vec![event])
                    .await
                    .map(drop)
            })
            .await;
        stage.scenario("E21", many_reactions).await;
        stage.scenario("E22", proto).await;
        stage.scenario("E23", absurd_clocks).await;
        stage.scenario("E24", poisoned_media).await;
        stage.end()
    })
}

/// Two people of one name, and a third of a name that looks like it.
async fn look_alikes(stage: &mut Stage) -> Result<()> {
    let of = |user: &str, name: &str| {
        let content = json!({ "membership": "join", "displayname": name });
        state("m.room.member", user, user, content)
    };
    let more = vec![
        of("@a:example.org", "Camille"),
        of("@b:example.org", "Camille"),
        of("@c:example.org", "Cаmille"),
    ];
    enters_and_reads(stage, "!e19:example.org", more).await?;
    let people = stage
        .victim
        .account
        .room_members("!e19:example.org")
        .await?;
    let mut people = Listing::new(people);
    for user in ["@a:example.org", "@b:example.org", "@c:example.org"] {
        people
            .wait_for("who is told apart", |person| {
                person.user_id == user && person.ambiguous
            })
            .await?;
    }
    Ok(())
}

/// More reactions on one message than there are people to make them.
async fn many_reactions(stage: &mut Stage) -> Result<()> {
    let count = (super::size() / 10).max(1_000);
    let said = text(STRANGER, "aimé");
    let reactions = (0..count).map(|number| {
        let key = format!("k{}", number % 500);
        let relates = json!({ "rel_type": "m.annotation", "event_id": id(&said), "key": key });
        let sender = format!("@r{number}:example.org");
        event("m.reaction", &sender, json!({ "m.relates_to": relates }))
    });
    let mut events = vec![said.clone()];
    events.extend(reactions);
    let events = neighbours(stage, "!e21:example.org", events).await?;
    let seen = find(&events, &said).context("it is gone")?;
    ensure!(!seen.reactions.is_empty(), "no reaction arrived");
    Ok(())
}

/// Addresses of media on which the library panics: as a picture, an avatar, a room's avatar.
async fn poisoned_media(stage: &mut Stage) -> Result<()> {
    let poison = format!("mxc://{}/abc", "a".repeat(252));
    let avatar = state("m.room.avatar", "", STRANGER, json!({ "url": poison }));
    let member = json!({ "membership": "join", "displayname": "M", "avatar_url": poison });
    let member = state("m.room.member", STRANGER, STRANGER, member);
    let content = json!({ "msgtype": "m.image", "body": "image.png", "url": poison });
    let picture = event("m.room.message", STRANGER, content);
    let source = json!({ "url": poison, "info": { "thumbnail_url": poison }, "body": "s" });
    let sticker = event("m.sticker", STRANGER, source);
    let says = vec![picture.clone(), sticker];
    enters(stage, "!e24:example.org", vec![avatar, member], says).await?;
    let mut reading = read(&stage.victim, "!e24:example.org").await?;
    let after = vec![text(STRANGER, "lisible")];
    stage.inject("!e24:example.org", after).await?;
    reading.wait_for_text("lisible").await?;
    // What the page would be told of them.
    let account = &stage.victim.account;
    let medium = reading.media(account, &id(&picture));
    ensure!(medium.is_none(), "the picture can be asked for");
    let mut rooms = rooms(account).await?;
    let row = rooms.wait_for("the room", |row| row.room_id == "!e24:example.org");
    let avatar = row.await?.avatar.clone().context("no avatar arrived")?;
    let avatar = account.media().avatar_id(&avatar);
    ensure!(avatar.is_none(), "the avatar can be asked for");
    Ok(())
}

/// Names and a topic of 60 kB.
async fn long_names(stage: &mut Stage) -> Result<()> {
    let long = "é".repeat(30_000);
    let name = state("m.room.name", "", STRANGER, json!({ "name": long }));
    let topic = state("m.room.topic", "", STRANGER, json!({ "topic": long }));
    let member = json!({ "membership": "join", "displayname": long });
    let member = state("m.room.member", STRANGER, STRANGER, member);
    enters_and_reads(stage, "!e17:example.org", vec![name, topic, member]).await
}

/// What a page in JavaScript must not take for its own.
async fn proto(stage: &mut Stage) -> Result<()> {
    let content = json!({
        "msgtype": "m.text", "body": "proto", "__proto__": { "isAdmin": true },
        "constructor": { "prototype": {} }, "m.mentions": { "__proto__": [] },
    });
    let said = event("m.room.message", STRANGER, content);
    let relates = json!({ "rel_type": "m.annotation", "event_id": id(&said), "key": "__proto__" });
    let reaction = event("m.reaction", STRANGER, json!({ "m.relates_to": relates }));
    let events = vec![said.clone(), reaction];
    let events = neighbours(stage, "!e22:example.org", events).await?;
    let seen = find(&events, &said).context("it is gone")?;
    ensure!(seen.reactions.get("__proto__") == Some(&1), "{seen:?}");
    Ok(())
}

/// Times that are none.
async fn absurd_clocks(stage: &mut Stage) -> Result<()> {
    let times = [
        json!(0),
        json!(9_007_199_254_740_991_u64),
        json!(-1),
        json!(1.5e300),
    ];
    let events = times.into_iter().map(|time| {
        let mut event = text(STRANGER, "hors du temps");
        event["origin_server_ts"] = time;
        event["unsigned"] = json!({ "age": i64::MIN, "transaction_id": 7 });
        event
    });
    neighbours(stage, "!e23:example.org", events.collect())
        .await
        .map(drop)
}
