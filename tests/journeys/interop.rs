//! With a client of another family: matrix-js-sdk, with its own crypto.

use anyhow::{Result, bail, ensure};
use pli_core::{access::Access, member::MemberState, trust::Trust, verification::Stage};
use pli_testkit::{listing::wait_until, peer::Peer, synapse::Synapse};
use secrecy::{ExposeSecret as _, SecretString};

use crate::{
    members::members,
    messages::{backed_up, read},
    rooms::rooms,
    scene::Device,
    verification::{reaches, trusts},
};

/// Nobody warns of a message that came as it should.
const NO_SHIELD: u8 = 0;

/// A room of Camille's on Pli and of somebody's on the other family.
async fn shared(camille: &Device, peer: &mut Peer, their_id: &str) -> Result<String> {
    let room = pli_core::room::NewRoom {
        name: "Entre deux familles".to_owned(),
        topic: None,
        invite: vec![their_id.to_owned()],
        ..pli_core::room::NewRoom::default()
    };
    let room = camille.account.room_create(&room).await?;
    join(camille, peer, their_id, &room).await?;
    Ok(room)
}

/// They accept to be in a room of Camille's, and she sees it.
async fn join(camille: &Device, peer: &mut Peer, their_id: &str, room: &str) -> Result<()> {
    peer.join(room).await?;
    let mut people = members(&camille.account, room).await?;
    people
        .wait_for("the other", |person| {
            person.user_id == their_id && person.state == MemberState::Joined
        })
        .await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_are_read_both_ways_also_by_a_device_that_comes_later() -> Result<()> {
    let server = Synapse::shared().await?;
    let camille = Device::first(server, "camille.familles").await?;
    let nadia = server.register("nadia.familles").await?;
    let mut peer = Peer::sign_in(server, &nadia).await?;
    let code = peer.set_up(&nadia).await?;
    let room = shared(&camille, &mut peer, &nadia.id).await?;
    let mut hers = read(&camille, &room).await?;

    camille.write(&room, "de Pli").await?;
    let seen = peer.read(&room, "de Pli").await?;
    assert_eq!(seen.sender, camille.id());
    assert!(seen.encrypted);
    assert_eq!(seen.shield, NO_SHIELD, "its device is signed by its owner");
    peer.write(&room, "de l’autre").await?;
    let event = hers.wait_for_text("de l’autre").await?;
    assert_eq!(event.sender, nadia.id);

    let mut later = Peer::sign_in(server, &nadia).await?;
    later.recover(&code).await?;
    camille.write(&room, "au second appareil").await?;
    later.read(&room, "au second appareil").await?;
    peer.read(&room, "au second appareil").await?;
    later.write(&room, "du second appareil").await?;
    hers.wait_for_text("du second appareil").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_written_by_pli_is_read_by_the_other_family() -> Result<()> {
    let server = Synapse::shared().await?;
    let camille = Device::first(server, "camille.sauvee").await?;
    let nadia = Device::first(server, "nadia.sauvee").await?;
    let room = crate::rooms::shared_room(&camille, &nadia, "Sauvegarde").await?;
    nadia.write(&room, "gardé par Pli").await?;
    read(&camille, &room)
        .await?
        .wait_for_text("gardé par Pli")
        .await?;
    backed_up(server, &camille.user).await?;

    let mut peer = Peer::sign_in(server, &camille.user).await?;
    let imported = peer.recover(camille.code.expose_secret()).await?;

    assert!(imported > 0, "the keys of Pli");
    let seen = peer.read(&room, "gardé par Pli").await?;
    assert_eq!(seen.sender, nadia.id());
    nadia.write(&room, "pour les deux").await?;
    peer.read(&room, "pour les deux").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_written_by_the_other_family_is_read_by_pli() -> Result<()> {
    let server = Synapse::shared().await?;
    let nadia = Device::first(server, "nadia.venue").await?;
    let camille = server.register("camille.venue").await?;
    let mut peer = Peer::sign_in(server, &camille).await?;
    let code = peer.set_up(&camille).await?;
    let room = peer.create_room(nadia.id()).await?;
    let mut list = rooms(&nadia.account).await?;
    list.wait_for("the invitation", |row| row.room_id == room)
        .await?;
    nadia.account.room_accept_invite(&room).await?;
    peer.wait_for_member(&room, nadia.id()).await?;
    peer.write(&room, "gardé par l’autre").await?;
    read(&nadia, &room)
        .await?
        .wait_for_text("gardé par l’autre")
        .await?;
    nadia.write(&room, "bien reçu").await?;
    peer.read(&room, "bien reçu").await?;
    backed_up(server, &camille).await?;

    let pli = Device::enter(server, camille.clone(), Some(SecretString::from(code))).await?;

    let mut hers = read(&pli, &room).await?;
    hers.wait_for_text("gardé par l’autre").await?;
    hers.wait_for_text("bien reçu").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_identity_that_the_other_family_resets_is_taken_up_by_pli() -> Result<()> {
    let server = Synapse::shared().await?;
    let camille = Device::first(server, "camille.reprise").await?;
    let nadia = Device::first(server, "nadia.reprise").await?;
    let room = crate::rooms::shared_room(&camille, &nadia, "Reprise").await?;
    let mut peer = Peer::sign_in(server, &camille.user).await?;
    let access = || camille.account.access();
    wait_until(access(), "the keys", |access| *access == Access::Whole).await?;

    let code = peer.reset(&camille.user).await?;

    wait_until(access(), "the loss", |access| *access == Access::Lost).await?;
    camille.session.recovery_enter(code.into()).await?;
    wait_until(access(), "the keys again", |access| {
        *access == Access::Whole
    })
    .await?;
    camille.write(&room, "sous la nouvelle identité").await?;
    peer.read(&room, "sous la nouvelle identité").await?;
    let mut theirs = read(&nadia, &room).await?;
    theirs.wait_for_text("sous la nouvelle identité").await?;
    nadia.write(&room, "à la nouvelle identité").await?;
    peer.read(&room, "à la nouvelle identité").await?;
    Ok(())
}

/// What Pli shows once both have agreed, as symbols in their order.
async fn emojis(camille: &Device) -> Result<Vec<String>> {
    let compares = |stage: &Stage| matches!(stage, Stage::Emojis(_));
    let comparing = reaches(&camille.account, "the emojis", compares).await?;
    let Stage::Emojis(emojis) = comparing.stage else {
        bail!("no emojis: {:?}", comparing.stage);
    };
    Ok(emojis.iter().map(|emoji| emoji.symbol.to_owned()).collect())
}

/// Both say that they see the same, and then each is sure of the other.
async fn confirm(camille: &Device, peer: &mut Peer, id: &str, their_id: &str) -> Result<()> {
    let ours = async {
        camille.account.verification_confirm(id).await?;
        anyhow::Ok(())
    };
    tokio::try_join!(ours, peer.confirm())?;
    reaches(&camille.account, "the end", |stage| *stage == Stage::Done).await?;
    trusts(&camille.account, their_id, Trust::Verified).await?;
    ensure!(
        peer.trusts(camille.id()).await?,
        "the other family is sure too"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn people_of_two_families_verify_each_other_whoever_asks() -> Result<()> {
    let server = Synapse::shared().await?;
    for pli_asks in [true, false] {
        let who = if pli_asks { "demande" } else { "repond" };
        let camille = Device::first(server, &format!("camille.{who}")).await?;
        let nadia = server.register(&format!("nadia.{who}")).await?;
        let mut peer = Peer::sign_in(server, &nadia).await?;
        peer.set_up(&nadia).await?;
        let room = camille.account.room_create_direct(&nadia.id).await?;
        join(&camille, &mut peer, &nadia.id, &room).await?;
        let mut hers = read(&camille, &room).await?;
        peer.write(&room, "bonjour").await?;
        hers.wait_for_text("bonjour").await?;

        let account = &camille.account;
        let (id, ours, theirs) = if pli_asks {
            let asks = async {
                let id = account.verification_request(&nadia.id, None).await?;
                let ready = |stage: &Stage| matches!(stage, Stage::Ready(_));
                reaches(account, "the answer", ready).await?;
                account.verification_start_emojis(&id).await?;
                anyhow::Ok((id, emojis(&camille).await?))
            };
            let ((id, ours), theirs) = tokio::try_join!(asks, peer.accept())?;
            (id, ours, theirs)
        } else {
            let answers = async {
                let request = reaches(account, "the request", |stage| *stage == Stage::Asked);
                let id = request.await?.id;
                account.verification_accept(&id).await?;
                anyhow::Ok((id, emojis(&camille).await?))
            };
            let asks = peer.verify(&room, camille.id());
            let ((id, ours), theirs) = tokio::try_join!(answers, asks)?;
            (id, ours, theirs)
        };
        assert_eq!(ours.len(), 7);
        assert_eq!(ours, theirs, "both see the same");
        confirm(&camille, &mut peer, &id, &nadia.id).await?;
    }
    Ok(())
}
