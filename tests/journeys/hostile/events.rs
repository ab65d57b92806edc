//! Attacks by what events say: rooms that cannot be, changes that nobody may make, endless names.

use anyhow::{Context as _, Result, ensure};
use futures_util::StreamExt as _;
use matrix_sdk_ui::timeline::TimelineEventShieldStateCode;
use pli_core::{
    notification::{Content, Notice},
    room_list::RoomRow,
};
use pli_ipc::{room_list::preview_latest, wire::PreviewContent};
use pli_testkit::{
    listing::Listing,
    proxy::{Answer, Attack, Connection},
    reading::Read,
};
use serde_json::{Value, json};

use super::{
    calm,
    forged::{edit, event, id, room, state, text},
    stage::Stage,
};
use crate::{messages::read, rooms::rooms};

/// Somebody of whom nobody has heard.
pub(super) const STRANGER: &str = "@mallory:example.org";

/// Puts a room of this id, made by a stranger, into the sync, and waits until the list has it.
pub(super) async fn enters(
    stage: &Stage,
    room_id: &str,
    more: Vec<Value>,
    says: Vec<Value>,
) -> Result<()> {
    let made = room(STRANGER, stage.victim.id(), more, says);
    let rooms = json!({ "rooms": { room_id: made } });
    let taken = stage.proxy.inject(Connection::Rooms, rooms).taken().await?;
    ensure!(taken, "the room was refused");
    list(stage)
        .await?
        .wait_for("the room", |row| row.room_id == room_id)
        .await?;
    Ok(())
}

async fn list(stage: &Stage) -> Result<Listing<RoomRow>> {
    rooms(&stage.victim.account).await
}

/// The room, and a message in it that is read.
pub(super) async fn enters_and_reads(stage: &Stage, room_id: &str, more: Vec<Value>) -> Result<()> {
    enters(stage, room_id, more, vec![text(STRANGER, "lisible")]).await?;
    let mut reading = read(&stage.victim, room_id).await?;
    reading.wait_for_text("lisible").await?;
    Ok(())
}

/// Puts events into a room of theirs, the last one a message that is read: their neighbours are.
pub(super) async fn neighbours(
    stage: &Stage,
    room_id: &str,
    mut events: Vec<Value>,
) -> Result<Vec<Read>> {
    enters(stage, room_id, vec![], vec![text(STRANGER, "avant")]).await?;
    let mut reading = read(&stage.victim, room_id).await?;
    reading.wait_for_text("avant").await?;
    events.push(text(STRANGER, "après"));
    ensure!(stage.inject(room_id, events).await?, "the sync was refused");
    let there = |events: &[Read]| {
        let mut bodies = events.iter().filter_map(|event| event.body.as_deref());
        bodies.any(|body| body == "après").then_some(())
    };
    reading.wait_by_progress("après", there).await?;
    reading.follow().await?;
    let events = reading.events();
    ensure!(
        events
            .iter()
            .any(|event| event.body.as_deref() == Some("avant")),
        "what came before is gone: {events:#?}"
    );
    Ok(events)
}

pub(super) fn find<'a>(events: &'a [Read], wanted: &Value) -> Option<&'a Read> {
    let wanted = id(wanted);
    events.iter().find(|event| event.id == wanted)
}

#[test]
fn rooms_that_cannot_be() -> Result<()> {
    calm::run(async {
        let mut stage = Stage::new("evenements.a").await?;
        stage
            .scenario("E01", async |stage| {
                let created = json!({ "room_version": "org.hostile.99", "type": "org.hostile" });
                let created = state("m.room.create", "", STRANGER, created);
                enters_and_reads(stage, "!e01:example.org", vec![created]).await
            })
            .await;
        stage.scenario("E02", unknown_enums).await;
        stage
            .scenario("E03", async |stage| {
                let created = state(
                    "m.room.create",
                    "",
                    STRANGER,
                    json!({ "room_version": "12" }),
                );
                let room_id = "!31hneApxJ_1o-63DmFrpeqnkFfWppnzWso1JvH3ogLM";
                enters_and_reads(stage, room_id, vec![created]).await
            })
            .await;
        stage.scenario("E04", predecessors).await;
        stage.scenario("E05", spaces).await;
        stage.scenario("E06", hundred_thousand_members).await;
        stage.scenario("E07", power_levels).await;
        stage.scenario("E08", account_data).await;
        stage.end()
    })
}

/// A list of members that is long, and a count that is longer.
async fn hundred_thousand_members(stage: &mut Stage) -> Result<()> {
    let listed = super::size();
    let members = (0..listed).map(|number| {
        let user = format!("@m{number}:example.org");
        let content = json!({ "membership": "join", "displayname": format!("Membre {number}") });
        let mut member = state("m.room.member", &user, &user, content);
        member["room_id"] = json!("!e06:example.org");
        member
    });
    let members: Vec<Value> = members.collect();
    let answer = Answer::json(200, &json!({ "chunk": members }));
    let rule = stage.proxy.always(
        |request| request.path.contains("e06") && request.path.contains("/members"),
        Attack::Answer(answer),
    );
    let mut made = room(
        STRANGER,
        stage.victim.id(),
        vec![],
        vec![text(STRANGER, "lisible")],
    );
    made["joined_count"] = json!(100_000);
    let rooms = json!({ "rooms": { "!e06:example.org": made } });
    ensure!(
        stage.proxy.inject(Connection::Rooms, rooms).taken().await?,
        "refused"
    );
    let mut reading = read(&stage.victim, "!e06:example.org").await?;
    reading.wait_for_text("lisible").await?;
    let people = stage
        .victim
        .account
        .room_members("!e06:example.org")
        .await?;
    let mut people = Listing::new(people);
    people
        .wait("all of them", |people| {
            (people.len() > listed).then_some(())
        })
        .await?;
    rule.wait_for_strikes(1).await
}

/// Account data of another shape than told.
async fn account_data(stage: &mut Stage) -> Result<()> {
    let of = |kind: &str, content: Value| json!({ "type": kind, "content": content });
    let global = [
        of("m.direct", json!(["@a:example.org"])),
        of("m.push_rules", json!({ "global": "none" })),
        of(
            "m.ignored_user_list",
            json!({ "ignored_users": ["@a:example.org"] }),
        ),
        of("m.secret_storage.default_key", json!({ "key": 7 })),
        of("m.cross_signing.master", json!([])),
    ];
    let rooms = json!({ stage.room.clone(): [
        of("m.tag", json!({ "tags": [1, 2] })),
        of("m.fully_read", json!({ "event_id": 3 })),
        of("m.marked_unread", json!("yes")),
    ] });
    let extensions = json!({ "account_data": { "global": global, "rooms": rooms } });
    let part = json!({ "extensions": extensions });
    stage.proxy.inject(Connection::Rooms, part).taken().await?;
    Ok(())
}

#[test]
fn changes_that_nobody_may_make() -> Result<()> {
    calm::run(async {
        let mut stage = Stage::new("evenements.b").await?;
        stage.scenario("E09", edit_of_anothers).await;
        stage.scenario("E10", edit_in_clear).await;
        stage.scenario("E11", words_in_clear).await;
        stage.scenario("E12", lying_aggregations).await;
        stage.scenario("E13", foreign_redaction).await;
        stage.scenario("E14", state_as_message).await;
        stage.scenario("E15", one_id_two_contents).await;
        stage.scenario("E16", replayed_ciphertext).await;
        stage.end()
    })
}

/// Another's event cannot be edited: neither in clear, nor in a room in clear.
async fn edit_of_anothers(stage: &mut Stage) -> Result<()> {
    let said = text(STRANGER, "ce que j’ai dit");
    let other = edit("@autre:example.org", &id(&said), "ce que je n’ai pas dit");
    let events = neighbours(stage, "!e09:example.org", vec![said.clone(), other]).await?;
    let seen = find(&events, &said).context("it is gone")?;
    ensure!(seen.body.as_deref() == Some("ce que j’ai dit"), "{seen:?}");
    ensure!(!seen.edited, "it counts as edited");
    Ok(())
}

/// An edit in clear, in its sender's own name, of what they wrote encrypted: nowhere is it shown.
async fn edit_in_clear(stage: &mut Stage) -> Result<()> {
    let (said, forged) = ("rendez-vous à midi", "rendez-vous à minuit");
    stage.friend.write(&stage.room, said).await?;
    let seen = stage.reading.wait_for_text(said).await?;
    let mut notices = Box::pin(stage.victim.account.notifications());
    let edited = edit(stage.friend.id(), &seen.id, forged);
    ensure!(stage.inject(&stage.room, vec![edited]).await?, "refused");
    // What comes after it has been read: had it been taken, it would be there.
    let after = text(stage.friend.id(), "après la retouche");
    ensure!(stage.inject(&stage.room, vec![after]).await?, "refused");
    stage.reading.wait_for_text("après la retouche").await?;
    stage.reading.follow().await?;
    let events = stage.reading.events();
    let now = events.iter().find(|event| event.id == seen.id);
    let now = now.context("it is gone")?;
    ensure!(now.body.as_deref() == Some(said) && !now.edited, "{now:?}");
    ensure!(
        !events
            .iter()
            .any(|event| event.body.as_deref() == Some(forged)),
        "the edit has a row: {events:#?}"
    );
    let row = list(stage).await?;
    not_previewed(row, &stage.room, forged).await?;
    while let Ok(Some(notice)) =
        tokio::time::timeout(std::time::Duration::from_secs(2), notices.next()).await
    {
        if let Notice::Show(shown) = notice {
            ensure!(!tells(&shown.content, forged), "the edit is notified");
        }
    }
    Ok(())
}

fn tells(content: &Content, words: &str) -> bool {
    matches!(content, Content::Message(message) if message.body().contains(words))
}

fn previews(row: &RoomRow, words: &str) -> bool {
    row.latest.as_ref().is_some_and(|latest| {
        matches!(preview_latest(latest), PreviewContent::Text { text } if text.contains(words))
    })
}

async fn not_previewed(mut list: Listing<RoomRow>, room: &str, words: &str) -> Result<()> {
    let row = list.wait_for("the room", |row| row.room_id == room).await?;
    ensure!(!previews(&row, words), "the list shows it");
    Ok(())
}

/// Words in clear in an encrypted room: marked in the room, told neither by a notification nor
/// by the room list.
async fn words_in_clear(stage: &mut Stage) -> Result<()> {
    let words = "paroles en clair";
    let mut notices = Box::pin(stage.victim.account.notifications());
    stage.victim.account.set_focus(None);
    let mut forged = text(stage.friend.id(), words);
    forged["unsigned"] = json!({ "age": 5 });
    ensure!(stage.inject(&stage.room, vec![forged]).await?, "refused");
    let seen = stage.reading.wait_for_text(words).await?;
    ensure!(
        seen.warning == Some(TimelineEventShieldStateCode::SentInClear),
        "the user is warned of {:?}",
        seen.warning
    );
    let told = async {
        while let Some(notice) = notices.next().await {
            if let Notice::Show(shown) = notice {
                return Some(shown.content);
            }
        }
        None
    };
    let told = tokio::time::timeout(std::time::Duration::from_secs(20), told).await;
    let told = told
        .context("no notification")?
        .context("no more notices")?;
    ensure!(matches!(told, Content::Hidden), "its words are notified");
    not_previewed(list(stage).await?, &stage.room, words).await
}

/// What the server says was added to an event: an edit by another, and one that was never sent.
async fn lying_aggregations(stage: &mut Stage) -> Result<()> {
    let mut said = text(STRANGER, "le vrai texte");
    let mut lie = edit("@autre:example.org", &id(&said), "un texte faux");
    lie["room_id"] = json!("!e12:example.org");
    said["unsigned"] = json!({ "m.relations": { "m.replace": lie } });
    let mut odd = text(STRANGER, "des agrégats absurdes");
    odd["unsigned"] = json!({ "m.relations": {
        "m.thread": { "count": 9_999_999, "current_user_participated": true, "latest_event": 3 },
        "m.reference": { "chunk": "none" },
    } });
    let events = neighbours(stage, "!e12:example.org", vec![said.clone(), odd]).await?;
    let seen = find(&events, &said).context("it is gone")?;
    ensure!(seen.body.as_deref() == Some("le vrai texte"), "{seen:?}");
    Ok(())
}

/// A redaction by who may not: the server can withhold any event, so the words may go; but no
/// other words come in their place.
async fn foreign_redaction(stage: &mut Stage) -> Result<()> {
    let said = text(STRANGER, "à ne pas effacer");
    let mut redaction = event(
        "m.room.redaction",
        "@autre:example.org",
        json!({ "redacts": id(&said) }),
    );
    redaction["redacts"] = json!(id(&said));
    let twice = event(
        "m.room.redaction",
        "@autre:example.org",
        json!({ "redacts": "$unknown" }),
    );
    let changes = vec![said.clone(), redaction, twice];
    let events = neighbours(stage, "!e13:example.org", changes).await?;
    let seen = find(&events, &said).context("it is gone without a trace")?;
    ensure!(
        seen.redacted != (seen.body.as_deref() == Some("à ne pas effacer")),
        "{seen:?}"
    );
    Ok(())
}

/// Messages that claim to be state, and state that claims to be a message.
async fn state_as_message(stage: &mut Stage) -> Result<()> {
    let mut message = text(STRANGER, "un message d’état");
    message["state_key"] = json!("");
    let name = event("m.room.name", STRANGER, json!({ "name": "Faux nom" }));
    let member = event("m.room.member", STRANGER, json!({ "membership": "ban" }));
    let encryption = event("m.room.encryption", STRANGER, json!({ "algorithm": 3 }));
    let events = vec![message, name, member, encryption];
    neighbours(stage, "!e14:example.org", events).await?;
    let row = list(stage)
        .await?
        .wait_for("the room", |row| row.room_id == "!e14:example.org")
        .await?;
    ensure!(row.name != "Faux nom", "a message named the room");
    Ok(())
}

/// An encrypted event, and then words in clear under its id.
async fn one_id_two_contents(stage: &mut Stage) -> Result<()> {
    stage
        .friend
        .write(&stage.room, "la première version")
        .await?;
    let seen = stage.reading.wait_for_text("la première version").await?;
    let mut second = text(stage.friend.id(), "la seconde version");
    second["event_id"] = json!(seen.id);
    let after = text(stage.friend.id(), "après les deux versions");
    ensure!(
        stage.inject(&stage.room, vec![second, after]).await?,
        "refused"
    );
    stage
        .reading
        .wait_for_text("après les deux versions")
        .await?;
    let events = stage.reading.events();
    let trusted = |event: &&Read| {
        event.body.as_deref() == Some("la seconde version") && event.warning.is_none()
    };
    ensure!(events.iter().find(trusted).is_none(), "{events:#?}");
    not_previewed(list(stage).await?, &stage.room, "la seconde version").await
}

/// A ciphertext under another id and another sender: it is not believed. (Under another id of the
/// same sender, the SDK shows it twice: see docs/security.md.)
async fn replayed_ciphertext(stage: &mut Stage) -> Result<()> {
    stage
        .friend
        .write(&stage.room, "dit une seule fois")
        .await?;
    let seen = stage.reading.wait_for_text("dit une seule fois").await?;
    let path = format!("/_matrix/client/v3/rooms/{}/event/{}", stage.room, seen.id);
    let token = Some(stage.friend.user.access_token.as_str());
    let probe = stage.server.probe();
    let genuine = probe
        .request(reqwest::Method::GET, &path, token, None)
        .await?;
    let content = genuine["content"].clone();
    let stolen = event("m.room.encrypted", STRANGER, content);
    let after = text(stage.friend.id(), "après la répétition");
    let changes = vec![stolen.clone(), after];
    ensure!(stage.inject(&stage.room, changes).await?, "refused");
    stage.reading.wait_for_text("après la répétition").await?;
    stage.reading.follow().await?;
    let events = stage.reading.events();
    let seen = find(&events, &stolen).context("it has no row")?;
    ensure!(
        seen.body.is_none() || seen.warning.is_some(),
        "it is shown as said: {seen:?}"
    );
    Ok(())
}

/// Rules that nobody has heard of.
async fn unknown_enums(stage: &mut Stage) -> Result<()> {
    let of = |kind: &str, field: &str| state(kind, "", STRANGER, json!({ field: "xyzzy" }));
    let more = vec![
        of("m.room.join_rules", "join_rule"),
        of("m.room.history_visibility", "history_visibility"),
        of("m.room.guest_access", "guest_access"),
        state(
            "m.room.member",
            "@b:example.org",
            STRANGER,
            json!({ "membership": "xyzzy" }),
        ),
    ];
    enters_and_reads(stage, "!e02:example.org", more).await
}

/// Two rooms that replace each other.
async fn predecessors(stage: &mut Stage) -> Result<()> {
    let ids = ["!e04a:example.org", "!e04b:example.org"];
    for (here, there) in [(ids[0], ids[1]), (ids[1], ids[0])] {
        let predecessor = json!({ "room_id": there, "event_id": "$last" });
        let created = json!({ "room_version": "11", "predecessor": predecessor });
        let tombstone = json!({ "body": "", "replacement_room": there });
        let more = vec![
            state("m.room.create", "", STRANGER, created),
            state("m.room.tombstone", "", STRANGER, tombstone),
        ];
        enters_and_reads(stage, here, more).await?;
    }
    Ok(())
}

/// Spaces in one another, and in themselves.
async fn spaces(stage: &mut Stage) -> Result<()> {
    let ids = ["!e05a:example.org", "!e05b:example.org"];
    for (here, there) in [(ids[0], ids[1]), (ids[1], ids[0])] {
        let space = json!({ "room_version": "11", "type": "m.space" });
        let via = json!({ "via": ["example.org"], "canonical": true });
        let more = vec![
            state("m.room.create", "", STRANGER, space),
            state("m.space.child", there, STRANGER, via.clone()),
            state("m.space.parent", there, STRANGER, via.clone()),
            state("m.space.child", here, STRANGER, via),
        ];
        let made = room(STRANGER, stage.victim.id(), more, vec![]);
        let rooms = json!({ "rooms": { here: made } });
        let taken = stage.proxy.inject(Connection::Rooms, rooms).taken().await?;
        ensure!(taken, "the space was refused");
    }
    Ok(())
}

/// Powers beyond what a number holds.
async fn power_levels(stage: &mut Stage) -> Result<()> {
    let levels = json!({
        "users": {
            STRANGER: 9_007_199_254_740_991_i64, stage.victim.id(): "-9007199254740991",
        },
        "users_default": -9_007_199_254_740_991_i64, "events_default": 1e300, "ban": "x",
        "events": { "m.room.message": 9_223_372_036_854_775_807_i64 },
    });
    let more = vec![state("m.room.power_levels", "", STRANGER, levels)];
    enters_and_reads(stage, "!e07:example.org", more).await?;
    stage
        .victim
        .account
        .room_details("!e07:example.org")
        .await?
        .boxed()
        .next()
        .await;
    Ok(())
}
