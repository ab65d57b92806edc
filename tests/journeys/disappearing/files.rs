//! Files that disappear: with their bytes, their names and their thumbnails.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};
use pli_testkit::{
    reading::{Read, Reading, Sending},
    synapse::Synapse,
};

use super::{HOUR, stored_bodies, two_in_a_room};
use crate::{messages::read, scene::Device};

const NAME: &str = "relevé éphémère.txt";

async fn send(device: &Device, room: &str, content: &str) -> Result<()> {
    let directory = tempfile::tempdir()?;
    let path = directory.path().join(NAME);
    fs::write(&path, content)?;
    let account = &device.account;
    let draft = account.attachment_from_path(&path).await?;
    account
        .attachment_send(room, &draft.id, Some("le relevé"), None, None)
        .await?;
    Ok(())
}

fn is_file(event: &Read) -> bool {
    event.body.as_deref() == Some("le relevé")
}

async fn wait_until_gone(reading: &mut Reading) -> Result<()> {
    reading
        .wait("the file to disappear", |events| {
            (!events.iter().any(is_file)).then_some(())
        })
        .await
}

/// Media that a device keeps.
fn media(store: &Path) -> Result<usize> {
    let folder = store.join("media");
    if !folder.exists() {
        return Ok(0);
    }
    Ok(fs::read_dir(folder)?.count())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_disappears_with_its_bytes_and_its_name() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia, room) = two_in_a_room(server, ["camille.piece", "nadia.piece"]).await?;
    let mut other = read(&nadia.device, &room).await?;
    let mut hers = read(&camille.device, &room).await?;
    send(&camille.device, &room, "cote de crue\n").await?;
    let echo = hers.wait_for("her echo", is_file).await?;
    let ends = echo.ends_at.context("her echo tells its end")?;
    let seen = other
        .wait_for("the file", |event| {
            is_file(event) && event.sending == Sending::Sent
        })
        .await?;
    ensure!(
        seen.ends_at == Some(ends),
        "its end travels inside its event: {:?}",
        seen.ends_at
    );
    let account = &nadia.device.account;
    let id = other.media(account, &seen.id).context("no medium")?;
    let directory = tempfile::tempdir()?;
    let saved = directory.path().join("reçu.txt");
    account.media_save(&id, &saved).await?;
    ensure!(media(&nadia.device.store())? > 0, "it is kept here");
    ensure!(media(&camille.device.store())? > 0, "and with its sender");

    nadia.hand.forward(HOUR);
    camille.hand.forward(HOUR);
    wait_until_gone(&mut other).await?;
    wait_until_gone(&mut hers).await?;
    drop((other, hers));
    for device in [nadia.device, camille.device] {
        let resting = device.end().await;
        let store = resting.store().await?;
        ensure!(media(&store)? == 0, "no bytes are left");
        let bodies = stored_bodies(&resting, &room).await?;
        ensure!(bodies.is_empty(), "nor a name: {bodies:?}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_was_not_sent_in_time_never_is() -> Result<()> {
    let server = Synapse::start().await?;
    let (camille, nadia, room) = two_in_a_room(&server, ["camille", "nadia"]).await?;
    let mut hers = read(&camille.device, &room).await?;
    server.stop()?;
    send(&camille.device, &room, "trop tard\n").await?;
    hers.wait_for("what waits", |event| {
        is_file(event) && event.sending != Sending::Sent && event.ends_at.is_some()
    })
    .await?;
    camille.hand.forward(HOUR);
    wait_until_gone(&mut hers).await?;
    server.restart().await?;
    camille.device.write(&room, "de retour").await?;
    let mut other = read(&nadia.device, &room).await?;
    other.wait_for_text("de retour").await?;
    ensure!(!other.events().iter().any(is_file), "it was taken back");
    drop(hers);
    let resting = camille.device.end().await;
    ensure!(media(&resting.store().await?)? == 0, "with its bytes");
    Ok(())
}
