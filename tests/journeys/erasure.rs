//! What is deleted goes from the disk too.

use anyhow::{Result, ensure};
use pli_store::Stores;
use pli_testkit::synapse::Synapse;

use crate::{
    messages::read,
    rooms::{message, shared_room, two},
    scene::{Device, Resting},
};

/// Whether the store of a device knows of something erased that is still in its files; it is
/// rewritten then, as in the next pause.
async fn is_to_be_rewritten(resting: &Resting) -> Result<bool> {
    let stores = Stores::open(&resting.store().await?, resting.vault.store_key())?;
    let erased = stores.erased_since().is_some();
    ensure!(stores.compact_if_worth().await? == erased);
    ensure!(stores.erased_since().is_none());
    Ok(erased)
}

/// A device that was closed, and looked at while it was.
async fn looked_at(device: Device, erased: bool, why: &str) -> Result<Device> {
    let resting = device.end().await;
    ensure!(is_to_be_rewritten(&resting).await? == erased, "{why}");
    resting.start().await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_others_redact_and_a_room_that_is_left_are_erased_from_the_disk() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia) = two(server, ["camille.effacement", "nadia.effacement"]).await?;
    let room = shared_room(&camille, &nadia, "Effacement").await?;
    nadia
        .account
        .timeline_send_text(&room, message("à effacer"))
        .await?;
    let mut hers = read(&camille, &room).await?;
    let event = hers.wait_for_text("à effacer").await?;
    drop(hers);
    let camille = looked_at(camille, false, "nothing was erased yet").await?;

    nadia.account.event_redact(&room, &event.id, None).await?;
    let mut hers = read(&camille, &room).await?;
    hers.wait_for("the redaction", |row| row.id == event.id && row.redacted)
        .await?;
    drop(hers);
    let camille = looked_at(camille, true, "a message was redacted").await?;

    camille.account.room_leave(&room).await?;
    looked_at(camille, true, "a room was left").await?;
    Ok(())
}
