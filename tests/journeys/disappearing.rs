//! Messages that disappear: from both screens, both disks, and the server.

use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use pli_core::{
    clock::{Clock, Hand},
    composer::{Draft, DraftMode, Outgoing},
    retention::{Defaults, Keeping, RetentionRules},
    room_list::RoomRow,
};
use pli_store::Stores;
use pli_testkit::{
    listing::Listing,
    reading::{Reading, Sending},
    synapse::Synapse,
};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    messages::read,
    rooms::{message, rooms, shared_room},
    scene::{Device, Resting},
};

mod files;
mod server;

const HOUR: Duration = Duration::from_secs(60 * 60);

/// A device whose clock is set by the scene.
struct Timed {
    device: Device,
    hand: Hand,
}

async fn timed(server: &Synapse, name: &str, rules: RetentionRules) -> Result<Timed> {
    let (clock, hand) = Clock::by_hand();
    let keeping = Keeping { clock, rules };
    let device = Device::first_keeping(server, name, keeping).await?;
    Ok(Timed { device, hand })
}

/// Two people who share a room of which the timer is an hour.
async fn two_in_a_room(server: &Synapse, names: [&str; 2]) -> Result<(Timed, Timed, String)> {
    let rules = RetentionRules::default;
    let [host, guest] = names;
    let (host, guest) =
        tokio::try_join!(timed(server, host, rules()), timed(server, guest, rules()))?;
    let room = shared_room(&host.device, &guest.device, "Éphémère").await?;
    host.device
        .account
        .room_set_timer(&room, Some(HOUR))
        .await?;
    knows_timer(&guest.device, &room, Some(HOUR)).await?;
    Ok((host, guest, room))
}

/// Waits until a device knows the room's timer.
async fn knows_timer(device: &Device, room: &str, timer: Option<Duration>) -> Result<()> {
    use futures_util::StreamExt as _;

    let details = device.account.room_details(room).await?;
    let mut details = std::pin::pin!(details);
    let told = async {
        while let Some(details) = details.next().await {
            if details.times.timer == timer {
                return Ok(());
            }
        }
        bail!("the room's details ended")
    };
    let told = tokio::time::timeout(Duration::from_secs(45), told).await;
    told.context("the timer did not come")?
}

/// Waits until no row says this.
async fn wait_until_gone(reading: &mut Reading, text: &str) -> Result<()> {
    reading
        .wait(&format!("{text} to disappear"), |events| {
            let says = |body: &Option<String>| body.as_deref() == Some(text);
            (!events.iter().any(|event| says(&event.body))).then_some(())
        })
        .await
}

/// Events of a room that a closed store still holds something of, and that are messages.
async fn stored_bodies(resting: &Resting, room: &str) -> Result<Vec<String>> {
    use matrix_sdk_base::event_cache::store::EventCacheStore as _;

    let stores = Stores::open(&resting.store().await?, resting.vault.store_key())?;
    let room = matrix_sdk::ruma::RoomId::parse(room)?;
    let events = stores
        .event_cache_store()
        .get_room_events(&room, None, None)
        .await?;
    Ok(events
        .iter()
        .filter_map(|event| {
            event
                .raw()
                .get_field::<Value>("content")
                .ok()??
                .get("body")
                .cloned()
        })
        .filter_map(|body| body.as_str().map(ToOwned::to_owned))
        .collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_disappears_from_both_screens_the_list_and_drafts() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia, room) =
        two_in_a_room(server, ["camille.ephemere", "nadia.ephemere"]).await?;
    let mut hers = read(&camille.device, &room).await?;
    let mut other = read(&nadia.device, &room).await?;
    let mut list = rooms(&nadia.device.account).await?;

    let words = "ceci disparaît";
    camille.device.write(&room, words).await?;
    let seen = other.wait_for_text(words).await?;
    let ends = seen.ends_at.context("it does not say when it ends")?;
    let now = Clock::system().now();
    ensure!(ends > now && ends <= now + 3_600_000, "in an hour");
    hers.wait_for("her own, sent and with its end", |event| {
        event.body.as_deref() == Some(words)
            && event.sending == Sending::Sent
            && event.ends_at == Some(ends)
    })
    .await?;
    let answer = Outgoing {
        reply_to: Some(seen.id.clone()),
        ..message("noté")
    };
    nadia
        .device
        .account
        .timeline_send_text(&room, answer)
        .await?;
    let answer = hers.wait_for_text("noté").await?;
    ensure!(!answer.quote_gone);
    // The last word is hers, and will not be for long.
    camille.device.write(&room, "dernier mot").await?;
    other.wait_for_text("dernier mot").await?;
    list.wait_for("the last word", |row| says(row, "dernier mot"))
        .await?;
    let edit = Draft {
        markdown: "je réponds à cela".to_owned(),
        mode: DraftMode::Reply(seen.id.clone()),
    };
    nadia.device.account.draft_save(&room, Some(edit)).await?;

    nadia.hand.forward(HOUR);
    wait_until_gone(&mut other, words).await?;
    list.wait_for("a row without it", |row: &RoomRow| {
        row.room_id == room && row.latest.is_none()
    })
    .await?;
    answers_nothing(&nadia.device, &room).await?;
    // On the other device it is not yet time.
    ensure!(hers.bodies().iter().any(|body| body == words));
    camille.hand.forward(HOUR);
    wait_until_gone(&mut hers, words).await?;
    Ok(())
}

/// Waits until a draft is no answer any more: nothing tells of it.
async fn answers_nothing(device: &Device, room: &str) -> Result<()> {
    let emptied = async {
        loop {
            let draft = device.account.draft_load(room).await?;
            let draft = draft.context("the words are one's own: they stay")?;
            if draft.mode == DraftMode::New {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    let emptied = tokio::time::timeout(Duration::from_secs(30), emptied).await;
    emptied.context("the draft still answers")?
}

fn says(row: &RoomRow, text: &str) -> bool {
    use pli_ipc::{timeline::preview, wire::PreviewContent};
    let text = PreviewContent::Text {
        text: text.to_owned(),
    };
    row.latest
        .as_ref()
        .is_some_and(|latest| preview(&latest.content) == text)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quote_disappears_with_what_it_quotes() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia, room) = two_in_a_room(server, ["camille.cite", "nadia.cite"]).await?;
    let mut other = read(&nadia.device, &room).await?;
    camille.device.write(&room, "à citer").await?;
    let quoted = other.wait_for_text("à citer").await?;
    camille.device.account.room_set_timer(&room, None).await?;
    knows_timer(&nadia.device, &room, None).await?;
    let answer = Outgoing {
        reply_to: Some(quoted.id.clone()),
        ..message("je cite")
    };
    nadia
        .device
        .account
        .timeline_send_text(&room, answer)
        .await?;
    let answer = other.wait_for_text("je cite").await?;
    ensure!(answer.ends_at.is_none(), "a change applies from then on");
    ensure!(quoted.ends_at.is_some(), "and to nothing before");

    nadia.hand.forward(HOUR);
    other
        .wait_for("an answer to nothing", |event| {
            event.id == answer.id && event.quote_gone
        })
        .await?;
    wait_until_gone(&mut other, "à citer").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_keeps_the_end_and_goes_with_it() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia, room) =
        two_in_a_room(server, ["camille.corrige", "nadia.corrige"]).await?;
    let mut other = read(&nadia.device, &room).await?;
    camille.device.write(&room, "à 14 h").await?;
    let first = other.wait_for_text("à 14 h").await?;
    let mut hers = read(&camille.device, &room).await?;
    hers.wait_for_text("à 14 h").await?;
    let account = &camille.device.account;
    account
        .timeline_edit(&room, &first.id, "à 15 h", &[])
        .await?;
    let edited = other.wait_for_text("à 15 h").await?;
    ensure!(edited.id == first.id && edited.ends_at == first.ends_at);

    nadia.hand.forward(HOUR);
    wait_until_gone(&mut other, "à 15 h").await?;
    drop(other);
    let resting = nadia.device.end().await;
    let bodies = stored_bodies(&resting, &room).await?;
    ensure!(bodies.is_empty(), "neither it nor its edit: {bodies:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn one_message_may_live_less_than_the_others() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia, room) = two_in_a_room(server, ["camille.court", "nadia.court"]).await?;
    let mut other = read(&nadia.device, &room).await?;
    let short = Outgoing {
        lifetime: Some(Duration::from_secs(4)),
        ..message("quatre secondes")
    };
    camille
        .device
        .account
        .timeline_send_text(&room, short)
        .await?;
    camille.device.write(&room, "une heure").await?;
    other.wait_for_text("une heure").await?;
    // By the clocks of the machine: nobody set them.
    wait_until_gone(&mut other, "quatre secondes").await?;
    ensure!(other.bodies().iter().any(|body| body == "une heure"));
    let long = Outgoing {
        lifetime: Some(24 * HOUR),
        ..message("plus que la salle")
    };
    camille
        .device
        .account
        .timeline_send_text(&room, long)
        .await?;
    let long = other.wait_for_text("plus que la salle").await?;
    let ends = long.ends_at.context("the room's timer counts")?;
    ensure!(ends <= Clock::system().now() + 3_600_000);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_disappears_offline_and_the_server_cannot_bring_it_back() -> Result<()> {
    let server = Synapse::start().await?;
    let (camille, nadia, room) = two_in_a_room(&server, ["camille", "nadia"]).await?;
    let mut other = read(&nadia.device, &room).await?;
    camille.device.write(&room, "hors ligne aussi").await?;
    other.wait_for_text("hors ligne aussi").await?;
    server.stop()?;
    // Nobody of them can reach the server: it keeps the message.
    nadia.hand.forward(HOUR);
    wait_until_gone(&mut other, "hors ligne aussi").await?;
    // What waits to be sent is over too, and never leaves.
    nadia.device.write(&room, "jamais parti").await?;
    other
        .wait_for("what waits", |event| {
            event.body.as_deref() == Some("jamais parti")
        })
        .await?;
    nadia.hand.forward(HOUR);
    wait_until_gone(&mut other, "jamais parti").await?;
    drop(other);

    // Camille's device is away for good, so that the server still has the message, and sends it.
    let _camille = camille.device.end().await;
    server.restart().await?;
    nadia.device.write(&room, "de retour").await?;
    let mut other = read(&nadia.device, &room).await?;
    other.wait_for_text("de retour").await?;
    other.read_to_start(&nadia.device.account, &room).await?;
    let bodies = other.bodies();
    ensure!(
        bodies == ["de retour"],
        "the server sent it again: {bodies:?}"
    );

    // Nor when all history is forgotten, and read again from the server.
    drop(other);
    let resting = nadia.device.end().await;
    forget_history(&resting).await?;
    let device = resting.start().await?;
    let mut other = read(&device, &room).await?;
    other.wait_for_text("de retour").await?;
    other.read_to_start(&device.account, &room).await?;
    let bodies = other.bodies();
    ensure!(bodies == ["de retour"], "read anew: {bodies:?}");
    Ok(())
}

/// As the SDK does it when somebody is ignored.
async fn forget_history(resting: &Resting) -> Result<()> {
    use matrix_sdk_base::event_cache::store::EventCacheStore as _;

    let stores = Stores::open(&resting.store().await?, resting.vault.store_key())?;
    stores.event_cache_store().clear_all_linked_chunks().await?;
    Ok(stores.flush().await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_ended_while_pli_was_closed_is_never_drawn() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia, room) = two_in_a_room(server, ["camille.ferme", "nadia.ferme"]).await?;
    let mut other = read(&nadia.device, &room).await?;
    camille.device.write(&room, "pendant la nuit").await?;
    other.wait_for_text("pendant la nuit").await?;
    drop(other);
    let resting = nadia.device.end().await;
    ensure!(stored_bodies(&resting, &room).await? == ["pendant la nuit"]);
    nadia.hand.forward(2 * HOUR);

    let device = resting.start().await?;
    // Whatever is drawn, is drawn after this; not even the first reset has it.
    let mut first = Listing::new(device.account.room_list().await?);
    let row = first
        .wait_for("the room", |row: &RoomRow| row.room_id == room)
        .await?;
    ensure!(row.latest.is_none(), "not in the list");
    let mut other = read(&device, &room).await?;
    other.follow().await?;
    ensure!(other.bodies().is_empty(), "{:?}", other.bodies());
    let resting = device.end().await;
    let bodies = stored_bodies(&resting, &room).await?;
    ensure!(bodies.is_empty(), "nor on the disk: {bodies:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_was_set_back_brings_nothing_back() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia, room) = two_in_a_room(server, ["camille.recule", "nadia.recule"]).await?;
    let mut other = read(&nadia.device, &room).await?;
    camille.device.write(&room, "bientôt fini").await?;
    let first = other.wait_for_text("bientôt fini").await?;
    // Half of its time passes, and is known to have passed.
    nadia.hand.forward(HOUR / 2);
    other.follow().await?;
    drop(other);
    let mut resting = nadia.device.end().await;

    // Pli is closed; somebody sets the clock of the machine back by a year.
    let (clock, hand) = Clock::by_hand();
    hand.back(24 * 365 * HOUR);
    resting.keeping.clock = clock.clone();
    let device = resting.start().await?;
    let left = first.ends_at.context("an end")?.saturating_sub(clock.now());
    ensure!(left <= 1_800_000, "the time that passed is not given back");
    let mut other = read(&device, &room).await?;
    other.wait_for_text("bientôt fini").await?;
    // The clock is set right, and the rest of the time passes.
    hand.forward(24 * 365 * HOUR + HOUR);
    wait_until_gone(&mut other, "bientôt fini").await?;
    hand.back(24 * 365 * HOUR);
    other.follow().await?;
    ensure!(other.bodies().is_empty(), "it does not come back");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_organisation_and_the_server_may_want_less() -> Result<()> {
    let server = Synapse::shared().await?;
    let strict = RetentionRules {
        device_max: Some(2 * HOUR),
        allowed: Some(vec![HOUR]),
        defaults: Defaults {
            private: Some(HOUR),
            ..Defaults::default()
        },
    };
    let camille = timed(server, "camille.regle", strict).await?;
    let nadia = timed(server, "nadia.regle", RetentionRules::default()).await?;
    let room = shared_room(&camille.device, &nadia.device, "Règles").await?;
    knows_timer(&nadia.device, &room, Some(HOUR)).await?;
    let account = &camille.device.account;
    let refused = account.room_set_timer(&room, Some(3 * HOUR)).await;
    ensure!(refused.is_err(), "not on the list");
    let refused = Outgoing {
        lifetime: Some(HOUR / 2),
        ..message("refusé")
    };
    ensure!(account.timeline_send_text(&room, refused).await.is_err());
    account.room_set_timer(&room, None).await?;
    knows_timer(&nadia.device, &room, None).await?;

    let (mut hers, mut other) = (
        read(&camille.device, &room).await?,
        read(&nadia.device, &room).await?,
    );
    nadia.device.write(&room, "sans limite").await?;
    let seen = hers.wait_for_text("sans limite").await?;
    ensure!(seen.ends_at.is_some(), "on her device it has one");
    let theirs = other.wait_for_text("sans limite").await?;
    ensure!(theirs.ends_at.is_none());
    camille.hand.forward(2 * HOUR);
    camille.device.account.set_retention_rules(RetentionRules {
        device_max: Some(2 * HOUR),
        ..RetentionRules::default()
    });
    wait_until_gone(&mut hers, "sans limite").await?;
    ensure!(other.bodies().iter().any(|body| body == "sans limite"));

    // The server's rule is obeyed by whoever is in the room.
    let path = format!("/_matrix/client/v3/rooms/{room}/state/m.room.retention/");
    let rule = json!({ "max_lifetime": 3_600_000 });
    let token = camille.device.user.access_token.clone();
    server
        .probe()
        .request(Method::PUT, &path, Some(&token), Some(&rule))
        .await?;
    other
        .wait_for("an end by the server's rule", |event| {
            event.body.as_deref() == Some("sans limite") && event.ends_at.is_some()
        })
        .await
        .or_else(|_| bail!("the rule was not learnt"))?;
    nadia.hand.forward(HOUR);
    nadia
        .device
        .account
        .set_retention_rules(RetentionRules::default());
    wait_until_gone(&mut other, "sans limite").await?;
    Ok(())
}
