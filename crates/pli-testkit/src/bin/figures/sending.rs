//! From Enter in one window to the words on the screen of another, beside the same by bare HTTP.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use pli_testkit::{
    desktop::{Desk, Window},
    http_probe::{HttpProbe, User, text},
    synapse::Synapse,
};
use reqwest::Method;
use serde_json::{Value, json};
use thirtyfour::Key;

const MESSAGES: usize = 20;
const ROOM: &str = "Mesure";
const FILTER: &str = "Filtrer les salons";

/// What was measured.
pub(crate) struct Sent {
    pub(crate) windows: Vec<Duration>,
    pub(crate) probe: Vec<Duration>,
}

pub(crate) async fn measure(server: &Synapse, person: &User, window: &Window) -> Result<Sent> {
    let other = server.register("nadia").await?;
    let probe = server.probe();
    let room = meet(&probe, person, &other, true).await?;
    let clear = meet(&probe, person, &other, false).await?;
    drop(room);

    let desk = Desk::new()?;
    let there = desk.open().await?;
    there
        .sign_in(&other.id, Some(&server.base_url()), &other.password)
        .await?;
    there.note_code().await?;
    there.open_room(ROOM).await?;
    // Among so many rooms it is not in the part of the list that is drawn.
    let filter = window.named("searchbox", FILTER).await?;
    filter.send_keys(ROOM).await?;
    window.open_room(ROOM).await?;
    window.read("main", ROOM).await?;

    let mut sent = Sent {
        windows: Vec::new(),
        probe: Vec::new(),
    };
    // The first message also makes and shares the room's keys.
    for number in 0..=MESSAGES {
        let windows = between_windows(window, &there, &format!("mesure {number:02} fin")).await?;
        let bare = between_probes(&probe, person, &other, &clear, number).await?;
        if number > 0 {
            sent.windows.push(windows);
            sent.probe.push(bare);
        }
    }
    there.close().await?;
    Ok(sent)
}

/// A room with both in it.
async fn meet(probe: &HttpProbe, person: &User, other: &User, encrypted: bool) -> Result<String> {
    let mut settings = json!({ "preset": "private_chat", "invite": [other.id] });
    if encrypted {
        settings = json!({
            "preset": "private_chat", "invite": [other.id], "name": ROOM,
            "initial_state": [{
                "type": "m.room.encryption", "content": { "algorithm": "m.megolm.v1.aes-sha2" },
            }],
        });
    }
    let room = probe.create_room(person, &settings).await?;
    probe.act(other, &room, "join", &json!({})).await?;
    Ok(room)
}

async fn between_windows(here: &Window, there: &Window, words: &str) -> Result<Duration> {
    const WATCH: &str = "
        const words = arguments[0];
        window.seenAt = null;
        const look = () => {
          if (!document.querySelector('main [role=log]')?.textContent.includes(words)) return requestAnimationFrame(look);
          requestAnimationFrame(() => { window.seenAt = performance.timeOrigin + performance.now(); });
        };
        look();";
    const PRESSED: &str = "
        window.pressedAt = null;
        const pressed = event => {
          if (event.key !== 'Enter') return;
          removeEventListener('keydown', pressed, true);
          window.pressedAt = performance.timeOrigin + performance.now();
        };
        addEventListener('keydown', pressed, true);";
    there.page().execute(WATCH, vec![json!(words)]).await?;
    here.page().execute(PRESSED, Vec::new()).await?;
    let composer = here.find("[contenteditable=true]").await?;
    composer.click().await?;
    composer.send_keys(words).await?;
    composer.send_keys(Key::Enter + "").await?;
    let pressed = moment(here, "pressedAt").await?;
    let seen = moment(there, "seenAt").await?;
    Ok(Duration::try_from_secs_f64(
        (seen - pressed).max(0.0) / 1_000.0,
    )?)
}

async fn moment(window: &Window, name: &str) -> Result<f64> {
    for _ in 0..600 {
        let answer = window
            .page()
            .execute(format!("return window.{name} ?? 0"), Vec::new())
            .await?;
        if let Some(moment) = answer.json().as_f64().filter(|moment| *moment > 0.0) {
            return Ok(moment);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let shown = window.text("main").await?;
    anyhow::bail!("{name} never came; the window shows: {shown}")
}

/// One sends, the other waits on a sync that is already under way.
async fn between_probes(
    probe: &HttpProbe,
    person: &User,
    other: &User,
    room: &str,
    number: usize,
) -> Result<Duration> {
    let since = text(&sync(probe, other, None).await?, "next_batch")?;
    let waiting = tokio::spawn({
        let (probe, other) = (probe.clone(), other.clone());
        async move { sync(&probe, &other, Some(&since)).await }
    });
    tokio::time::sleep(Duration::from_millis(200)).await;
    let begun = Instant::now();
    let content = json!({ "msgtype": "m.text", "body": format!("mesure {number}") });
    let transaction = format!("mesure-{number}");
    probe
        .send(person, room, "m.room.message", &transaction, &content)
        .await?;
    waiting.await?.context("the sync failed")?;
    Ok(begun.elapsed())
}

async fn sync(probe: &HttpProbe, user: &User, since: Option<&str>) -> Result<Value> {
    let path = match since {
        Some(since) => format!("/_matrix/client/v3/sync?timeout=30000&since={since}"),
        None => "/_matrix/client/v3/sync?timeout=0".to_owned(),
    };
    probe
        .request(Method::GET, &path, Some(&user.access_token), None)
        .await
}
