//! Somebody who was verified, and whose identity changes: nothing is sent until the user acts.

use anyhow::{Result, ensure};
use pli_core::{
    attachment::AttachmentError,
    composer::{Outgoing, SendError},
    room::Details,
    trust::Trust,
};
use pli_testkit::{listing::wait_until, synapse::Synapse};

use crate::{
    messages::read,
    rooms::{message, rooms, two},
    scene::Device,
    verification::{both_compare, both_confirm, both_ready, direct_room, trusts},
};

/// Two people who have verified each other, the room they are in, and the id of a message there.
async fn verified_pair(
    server: &Synapse,
    names: [&str; 2],
) -> Result<(Device, Device, String, String)> {
    let (camille, nadia) = two(server, names).await?;
    let room = direct_room(&camille, &nadia).await?;
    let (id, _) = both_ready(&camille.account, &nadia.account, nadia.id(), None).await?;
    both_compare(&camille.account, &nadia.account, &id).await?;
    both_confirm(&camille.account, &nadia.account, &id).await?;
    trusts(&camille.account, nadia.id(), Trust::Verified).await?;
    camille.write(&room, "avant le changement").await?;
    let mut hers = read(&camille, &room).await?;
    let own = hers.wait_for_text("avant le changement").await?;
    Ok((camille, nadia, room, own.id))
}

async fn details(device: &Device, room: &str, wanted: impl Fn(&Details) -> bool) -> Result<()> {
    let details = device.account.room_details(room).await?;
    wait_until(details, "the room", wanted).await?;
    Ok(())
}

/// Events that the server has of somebody in a room.
fn sent(server: &Synapse, room: &str, sender: &str) -> Result<usize> {
    let rows = server.query(&format!(
        "select event_id from events where room_id = '{room}' and sender = '{sender}'"
    ))?;
    Ok(rows.len())
}

/// Every way of sending is refused, and says why.
async fn nothing_leaves(device: &Device, room: &str, event: &str) -> Result<()> {
    let account = &device.account;
    let refused = |sent: Result<(), SendError>| {
        ensure!(matches!(sent, Err(SendError::IdentityChanged)), "{sent:?}");
        Ok(())
    };
    refused(account.timeline_send_text(room, message("un secret")).await)?;
    let reply = Outgoing {
        reply_to: Some(event.to_owned()),
        ..message("un secret aussi")
    };
    refused(account.timeline_send_text(room, reply).await)?;
    refused(account.timeline_edit(room, event, "autre chose", &[]).await)?;
    refused(account.reaction_toggle(room, event, "👍").await)?;
    let file = account
        .attachment_from_bytes("note.txt", b"secret".to_vec().into())
        .await;
    let sent = account
        .attachment_send(room, &file.id, None, None, None)
        .await;
    let sent = sent.map_err(|error| match error {
        AttachmentError::Send(error) => error,
        _ => SendError::Empty,
    });
    refused(sent)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_verified_person_who_changed_is_written_to_only_once_the_user_asks_no_more() -> Result<()>
{
    let server = Synapse::shared().await?;
    let (camille, nadia, room, event) =
        verified_pair(server, ["camille.withdraws", "nadia.withdraws"]).await?;

    let nadia = nadia.afresh(server).await?;

    trusts(&camille.account, nadia.id(), Trust::Changed).await?;
    details(&camille, &room, |room| {
        room.changed.iter().any(|one| one.user_id == nadia.id())
    })
    .await?;
    let before = sent(server, &room, camille.id())?;
    nothing_leaves(&camille, &room, &event).await?;
    let camille = camille.restart().await?;
    nothing_leaves(&camille, &room, &event).await?;
    assert_eq!(sent(server, &room, camille.id())?, before);

    camille
        .account
        .person_withdraw_verification(nadia.id())
        .await?;

    trusts(&camille.account, nadia.id(), Trust::Unverified).await?;
    details(&camille, &room, |room| room.changed.is_empty()).await?;
    camille.write(&room, "je sais que c’est toi").await?;
    let mut list = rooms(&nadia.account).await?;
    list.wait_for("the room", |row| row.room_id == room).await?;
    let mut theirs = read(&nadia, &room).await?;
    theirs.wait_for_text("je sais que c’est toi").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_verified_person_who_changed_is_written_to_once_verified_again() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia, room, event) =
        verified_pair(server, ["camille.again", "nadia.again"]).await?;
    let nadia = nadia.afresh(server).await?;
    trusts(&camille.account, nadia.id(), Trust::Changed).await?;
    let mut list = rooms(&nadia.account).await?;
    list.wait_for("the room", |row| row.room_id == room).await?;
    let mut theirs = read(&nadia, &room).await?;

    let (id, _) = both_ready(&camille.account, &nadia.account, nadia.id(), None).await?;
    nothing_leaves(&camille, &room, &event).await?;
    trusts(&camille.account, nadia.id(), Trust::Changed).await?;
    let [here, there] = both_compare(&camille.account, &nadia.account, &id).await?;
    assert_eq!(here, there);
    nothing_leaves(&camille, &room, &event).await?;
    both_confirm(&camille.account, &nadia.account, &id).await?;

    trusts(&camille.account, nadia.id(), Trust::Verified).await?;
    details(&camille, &room, |room| room.changed.is_empty()).await?;
    camille.write(&room, "c’est bien toi").await?;
    theirs.wait_for_text("c’est bien toi").await?;
    Ok(())
}
