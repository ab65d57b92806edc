//! What the server keeps of messages that disappear.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use pli_core::composer::Outgoing;
use pli_testkit::{
    place,
    synapse::{ServerConfig, Synapse},
};
use reqwest::Method;
use serde_json::{Value, json};

use super::{HOUR, two_in_a_room, wait_until_gone};
use crate::{messages::read, rooms::message, scene::Device};

/// What the server answers, as often as it takes.
async fn until<T>(
    server: &Synapse,
    device: &str,
    path: &str,
    wanted: impl Fn(&Value) -> Option<T>,
) -> Result<T> {
    let asked = async {
        loop {
            let answer = server
                .probe()
                .request(Method::GET, path, Some(device), None)
                .await?;
            if let Some(found) = wanted(&answer) {
                return anyhow::Ok(found);
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    };
    let asked = tokio::time::timeout(Duration::from_secs(60), asked).await;
    asked.with_context(|| format!("waited in vain for {path}"))?
}

fn path_of(room: &str, event: &str) -> String {
    format!("/_matrix/client/v3/rooms/{room}/event/{event}")
}

fn is_redacted(event: &Value) -> bool {
    event.pointer("/unsigned/redacted_because").is_some()
        && event.get("content") == Some(&json!({}))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_senders_pli_redacts_it_on_the_server() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia, room) = two_in_a_room(server, ["camille.efface", "nadia.efface"]).await?;
    let mut other = read(&nadia.device, &room).await?;
    camille.device.write(&room, "efface au serveur").await?;
    let event = other.wait_for_text("efface au serveur").await?;
    // What somebody else wrote is theirs to redact.
    nadia.device.write(&room, "à elle").await?;
    let mut hers = read(&camille.device, &room).await?;
    let theirs = hers.wait_for_text("à elle").await?;

    camille.hand.forward(HOUR);
    other
        .wait_for("the redaction", |row| row.id == event.id && row.redacted)
        .await?;
    let token = camille.device.user.access_token.as_str();
    until(server, token, &path_of(&room, &event.id), |event| {
        is_redacted(event).then_some(())
    })
    .await?;
    wait_until_gone(&mut hers, "à elle").await?;
    let kept = path_of(&room, &theirs.id);
    let kept = until(server, token, &kept, |event| Some(is_redacted(event)));
    ensure!(!kept.await?, "only its sender's device redacts a message");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redaction_that_was_due_offline_comes_after_a_restart() -> Result<()> {
    let server = Synapse::start().await?;
    let (camille, nadia, room) = two_in_a_room(&server, ["camille", "nadia"]).await?;
    let mut other = read(&nadia.device, &room).await?;
    let mut hers = read(&camille.device, &room).await?;
    camille.device.write(&room, "dû hors ligne").await?;
    let event = other.wait_for_text("dû hors ligne").await?;
    hers.wait_for_text("dû hors ligne").await?;
    server.stop()?;
    camille.hand.forward(HOUR);
    wait_until_gone(&mut hers, "dû hors ligne").await?;
    drop(hers);
    let _camille = camille.device.restart().await?;
    server.restart().await?;
    other
        .wait_for("the redaction", |row| row.id == event.id && row.redacted)
        .await?;
    Ok(())
}

/// A server that sends events later.
async fn later() -> Result<(Synapse, tempfile::TempDir)> {
    let directory = tempfile::Builder::new().prefix("pli-synapse-").tempdir()?;
    let mut config = ServerConfig::new(directory.path(), place::free_port()?);
    config.extra = json!({
        "max_event_delay_duration": "1h",
        "experimental_features": { "msc4140_enabled": true },
    });
    Ok((Synapse::start_with(config).await?, directory))
}

/// Whether the server has promised to redact an event.
async fn promised(server: &Synapse, device: &Device, event: &str) -> Result<()> {
    let path = "/_matrix/client/unstable/org.matrix.msc4140/delayed_events";
    until(server, &device.user.access_token, path, |answer| {
        let waiting = answer.get("delayed_events")?.as_array()?;
        let mut waiting = waiting.iter();
        waiting
            .any(|waiting| waiting.pointer("/content/redacts") == Some(&json!(event)))
            .then_some(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_server_redacts_by_itself_although_the_sender_never_comes_back() -> Result<()> {
    let (server, _directory) = later().await?;
    let (camille, nadia, room) = two_in_a_room(&server, ["camille", "nadia"]).await?;
    let mut other = read(&nadia.device, &room).await?;
    let short = Outgoing {
        lifetime: Some(Duration::from_secs(25)),
        ..message("sans elle")
    };
    camille
        .device
        .account
        .timeline_send_text(&room, short)
        .await?;
    let event = other.wait_for_text("sans elle").await?;
    promised(&server, &camille.device, &event.id).await?;
    // Further ahead than the server goes: nothing is promised, and nothing comes too early.
    camille
        .device
        .account
        .room_set_timer(&room, Some(2 * HOUR))
        .await?;
    camille.device.write(&room, "trop loin").await?;
    let far = other.wait_for_text("trop loin").await?;
    let token = camille.device.user.access_token.clone();
    let _camille = camille.device.end().await;

    until(&server, &token, &path_of(&room, &event.id), |event| {
        is_redacted(event).then_some(())
    })
    .await?;
    let far = path_of(&room, &far.id);
    let far = until(&server, &token, &far, |event| Some(is_redacted(event)));
    ensure!(!far.await?, "its time has not come");
    Ok(())
}
