//! Devices and people make sure of each other: by emojis, and by QR codes.

use std::{path::PathBuf, sync::Arc};

use anyhow::{Context, Result, ensure};
use image::{GrayImage, Luma};
use pli_core::{
    account::Account,
    device::{DeviceError, DeviceTrust, OwnDevice},
    session::{End, State, Step},
    trust::Trust,
    verification::{Code, Ending, Picture, Stage, Verification, VerificationError},
};
use pli_testkit::{listing::wait_until, synapse::Synapse};

use crate::{
    messages::{backed_up, read},
    rooms::{message, rooms, shared_room, two},
    scene::{Arriving, Device},
};

/// Waits until a verification of the account is as wanted.
pub(crate) async fn reaches(
    account: &Account,
    what: &str,
    wanted: impl Fn(&Stage) -> bool,
) -> Result<Verification> {
    let all = wait_until(account.verifications(), what, |all| {
        all.iter().any(|one| wanted(&one.stage))
    });
    let found = all.await?.into_iter().find(|one| wanted(&one.stage));
    found.context("it was there a moment ago")
}

/// Waits until the account has no verification.
async fn has_none(account: &Account) -> Result<()> {
    wait_until(account.verifications(), "no verification", Vec::is_empty).await?;
    Ok(())
}

/// One side asks the other, who accepts. Answers the id, and what the other was told.
pub(crate) async fn both_ready(
    asking: &Arc<Account>,
    asked: &Account,
    user_id: &str,
    device_id: Option<&str>,
) -> Result<(String, Verification)> {
    let id = asking.verification_request(user_id, device_id).await?;
    let request = reaches(asked, "the request", |stage| *stage == Stage::Asked).await?;
    ensure!(request.id == id && request.incoming, "{request:?}");
    asked.verification_accept(&id).await?;
    let ready = |stage: &Stage| matches!(stage, Stage::Ready(_));
    reaches(asking, "the answer", ready).await?;
    Ok((id, request))
}

/// Both begin to compare; answers what each sees.
pub(crate) async fn both_compare(
    asking: &Account,
    asked: &Account,
    id: &str,
) -> Result<[Stage; 2]> {
    asking.verification_start_emojis(id).await?;
    let compares = |stage: &Stage| matches!(stage, Stage::Emojis(_));
    let here = reaches(asking, "emojis here", compares).await?.stage;
    let there = reaches(asked, "emojis there", compares).await?.stage;
    Ok([here, there])
}

/// Both say that the emojis are the same, and then are sure.
pub(crate) async fn both_confirm(one: &Account, other: &Account, id: &str) -> Result<()> {
    one.verification_confirm(id).await?;
    other.verification_confirm(id).await?;
    for account in [one, other] {
        reaches(account, "the end", |stage| *stage == Stage::Done).await?;
        account.verification_cancel(id).await?;
        has_none(account).await?;
    }
    Ok(())
}

pub(crate) async fn trusts(account: &Account, person: &str, wanted: Trust) -> Result<()> {
    let trust = account.person_trust(person)?;
    wait_until(trust, "the trust", |trust| *trust == wanted).await?;
    Ok(())
}

/// A picture of a code, as a screen would be photographed: with some room around it.
fn photograph(code: &Code, name: &str) -> Result<PathBuf> {
    let scale = 6;
    let size = u32::try_from(code.size)?;
    let picture = GrayImage::from_fn((size + 16) * scale, (size + 12) * scale, |x, y| {
        let module = |at: u32, zone: u32| (at / scale).checked_sub(zone).filter(|at| *at < size);
        let dark = module(x, 8).zip(module(y, 6)).is_some_and(|(x, y)| {
            let place = y as usize * code.size + x as usize;
            code.dark.get(place).copied().unwrap_or_default()
        });
        Luma([if dark { 20 } else { 240 }])
    });
    let path = tempfile::tempdir()?.keep().join(name);
    picture.save(&path)?;
    Ok(path)
}

/// One side shows its code, the other reads a picture of it, the first sees that it did.
async fn by_code(shows: &Account, reads: &Account, id: &str) -> Result<()> {
    let ready = |stage: &Stage| matches!(stage, Stage::Ready(_));
    reaches(reads, "the choice", ready).await?;
    shows.verification_show_code(id).await?;
    let shown = reaches(shows, "a code", |stage| matches!(stage, Stage::Code(_))).await?;
    let Stage::Code(code) = shown.stage else {
        unreachable!("it was waited for");
    };
    let path = photograph(&code, "code.png")?;
    reads.verification_scan(id, Picture::File(path)).await?;
    reaches(shows, "that it was read", |stage| *stage == Stage::Scanned).await?;
    shows.verification_confirm(id).await?;
    for account in [shows, reads] {
        reaches(account, "the end", |stage| *stage == Stage::Done).await?;
        account.verification_cancel(id).await?;
    }
    Ok(())
}

/// What the user's own list says of a device.
async fn device(account: &Account, id: &str) -> Result<OwnDevice> {
    let devices = account.devices().await?;
    let found = devices.into_iter().find(|device| device.id == id);
    found.context("no such device")
}

fn device_id(state: State) -> Result<String> {
    match state {
        State::SignedIn(identity) | State::Recovery(identity, _) => Ok(identity.device_id),
        state => anyhow::bail!("the session is {state:?}"),
    }
}

fn is_waiting(arriving: &Arriving) -> bool {
    matches!(
        arriving.session.state(),
        State::Recovery(_, Step::EnterCode)
    )
}

/// A new device is let in, and reads what was written before it came.
async fn is_let_in(arriving: Arriving, old: &Device, room: &str, text: &str) -> Result<()> {
    let states = arriving.session.states();
    wait_until(states, "the session", |state| {
        matches!(state, State::SignedIn(_))
    })
    .await?;
    let history = arriving.session.history();
    wait_until(history, "the history", |history| {
        history.rooms_total > 0 && history.rooms_done == history.rooms_total
    })
    .await?;
    let new = arriving.enter(old.code.clone())?;
    let mut list = rooms(&new.account).await?;
    list.wait_for("the room", |row| row.room_id == room).await?;
    read(&new, room).await?.wait_for_text(text).await?;
    let id = device_id(new.session.state())?;
    let known = device(&old.account, &id).await?;
    assert_eq!(known.trust, DeviceTrust::Verified, "it was vouched for");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_device_is_let_in_by_emojis_and_reads_what_came_before() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia) = two(server, ["camille.emojis", "nadia.emojis"]).await?;
    let room = shared_room(&camille, &nadia, "Émojis").await?;
    nadia.write(&room, "avant le nouvel appareil").await?;
    let mut hers = read(&camille, &room).await?;
    hers.wait_for_text("avant le nouvel appareil").await?;
    backed_up(server, &camille.user).await?;

    let arriving = Arriving::sign_in(server, camille.user.clone()).await?;
    let new = arriving.account()?;
    assert!(is_waiting(&arriving));
    assert!(new.verification_available().await?);
    let (id, request) = both_ready(&new, &camille.account, camille.id(), None).await?;
    assert!(request.own);
    assert!(
        request.device.is_some_and(|name| name.starts_with("Pli")),
        "the user must know which device asks"
    );
    let [here, there] = both_compare(&new, &camille.account, &id).await?;
    assert_eq!(here, there, "nobody stands in between");
    assert!(is_waiting(&arriving), "nothing is given before both agree");
    both_confirm(&new, &camille.account, &id).await?;
    drop(new);

    is_let_in(arriving, &camille, &room, "avant le nouvel appareil").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_device_is_let_in_by_a_code_whichever_side_shows_it() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia) = two(server, ["camille.code", "nadia.code"]).await?;
    let room = shared_room(&camille, &nadia, "Codes").await?;
    nadia.write(&room, "avant le code").await?;
    read(&camille, &room)
        .await?
        .wait_for_text("avant le code")
        .await?;
    backed_up(server, &camille.user).await?;

    for new_shows in [true, false] {
        let arriving = Arriving::sign_in(server, camille.user.clone()).await?;
        let new = arriving.account()?;
        let (id, _) = both_ready(&new, &camille.account, camille.id(), None).await?;
        if new_shows {
            by_code(&new, &camille.account, &id).await?;
        } else {
            by_code(&camille.account, &new, &id).await?;
        }
        drop(new);
        is_let_in(arriving, &camille, &room, "avant le code").await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn emojis_that_differ_let_nobody_in() -> Result<()> {
    let server = Synapse::shared().await?;
    let camille = Device::first(server, "camille.differ").await?;
    let arriving = Arriving::sign_in(server, camille.user.clone()).await?;
    let new = arriving.account()?;
    let (id, _) = both_ready(&new, &camille.account, camille.id(), None).await?;
    both_compare(&new, &camille.account, &id).await?;

    new.verification_confirm(&id).await?;
    camille.account.verification_mismatch(&id).await?;

    let mismatch = |stage: &Stage| *stage == Stage::Ended(Ending::Mismatch);
    reaches(&camille.account, "the mismatch", mismatch).await?;
    reaches(&new, "the mismatch", mismatch).await?;
    assert!(is_waiting(&arriving), "it waits for the code");
    let new_id = device_id(arriving.session.state())?;
    let known = device(&camille.account, &new_id).await?;
    assert_eq!(known.trust, DeviceTrust::Unverified);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_declined_given_up_and_asked_again() -> Result<()> {
    let server = Synapse::shared().await?;
    let camille = Device::first(server, "camille.declines").await?;
    let arriving = Arriving::sign_in(server, camille.user.clone()).await?;
    let (old, new) = (&camille.account, arriving.account()?);
    let asked = |stage: &Stage| *stage == Stage::Asked;

    let id = new.verification_request(camille.id(), None).await?;
    let again = new.verification_request(camille.id(), None).await?;
    assert_eq!(id, again, "two at once would end each other");
    reaches(old, "the request", asked).await?;
    old.verification_cancel(&id).await?;
    let declined = |stage: &Stage| *stage == Stage::Ended(Ending::There);
    reaches(&new, "the refusal", declined).await?;
    has_none(old).await?;
    new.verification_cancel(&id).await?;

    // Who asks while being asked has answered.
    let id = new.verification_request(camille.id(), None).await?;
    reaches(old, "a request", asked).await?;
    assert_eq!(old.verification_request(camille.id(), None).await?, id);
    let ready = |stage: &Stage| matches!(stage, Stage::Ready(_));
    reaches(&new, "the answer", ready).await?;
    old.verification_cancel(&id).await?;
    reaches(&new, "that it was given up", declined).await?;
    new.verification_cancel(&id).await?;

    let id = new.verification_request(camille.id(), None).await?;
    reaches(old, "the next request", asked).await?;
    new.verification_cancel(&id).await?;
    has_none(old).await?;
    let gone = old.verification_accept(&id).await;
    assert!(matches!(gone, Err(VerificationError::Unknown)), "{gone:?}");

    let (id, _) = both_ready(&new, old, camille.id(), None).await?;
    both_compare(&new, old, &id).await?;
    old.verification_cancel(&id).await?;
    reaches(&new, "that it was given up", declined).await?;
    assert!(is_waiting(&arriving));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_is_no_code_of_theirs_is_refused_and_changes_nothing() -> Result<()> {
    let server = Synapse::shared().await?;
    let camille = Device::first(server, "camille.picture").await?;
    let arriving = Arriving::sign_in(server, camille.user.clone()).await?;
    let new = arriving.account()?;
    let (id, _) = both_ready(&new, &camille.account, camille.id(), None).await?;

    let blank = tempfile::tempdir()?.keep().join("blank.png");
    GrayImage::from_pixel(200, 200, Luma([255])).save(&blank)?;
    let refused = new.verification_scan(&id, Picture::File(blank)).await;
    assert!(matches!(refused, Err(VerificationError::NoCode)));

    // Its own, which would vouch for itself.
    new.verification_show_code(&id).await?;
    let shown = reaches(&new, "a code", |stage| matches!(stage, Stage::Code(_))).await?;
    let Stage::Code(code) = shown.stage else {
        unreachable!("it was waited for");
    };
    let own = photograph(&code, "own.png")?;
    let refused = new.verification_scan(&id, Picture::File(own)).await;
    assert!(
        matches!(refused, Err(VerificationError::WrongCode)),
        "{refused:?}"
    );
    assert!(is_waiting(&arriving));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_verify_each_other_by_emojis() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia) = two(server, ["camille.identity", "nadia.identity"]).await?;
    direct_room(&camille, &nadia).await?;
    trusts(&camille.account, nadia.id(), Trust::Unverified).await?;

    let (id, request) = both_ready(&camille.account, &nadia.account, nadia.id(), None).await?;
    assert!(!request.own && request.user_id == camille.id());
    let [here, there] = both_compare(&camille.account, &nadia.account, &id).await?;
    assert_eq!(here, there);
    both_confirm(&camille.account, &nadia.account, &id).await?;

    trusts(&camille.account, nadia.id(), Trust::Verified).await?;
    trusts(&nadia.account, camille.id(), Trust::Verified).await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_verify_each_other_by_a_code() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia) = two(server, ["camille.qr", "nadia.qr"]).await?;
    direct_room(&camille, &nadia).await?;

    let (id, _) = both_ready(&camille.account, &nadia.account, nadia.id(), None).await?;
    by_code(&nadia.account, &camille.account, &id).await?;

    trusts(&camille.account, nadia.id(), Trust::Verified).await?;
    trusts(&nadia.account, camille.id(), Trust::Verified).await
}

#[tokio::test(flavor = "multi_thread")]
async fn emojis_that_differ_leave_two_people_unverified() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia) = two(server, ["camille.other", "nadia.other"]).await?;
    let room = direct_room(&camille, &nadia).await?;
    let (id, _) = both_ready(&camille.account, &nadia.account, nadia.id(), None).await?;
    both_compare(&camille.account, &nadia.account, &id).await?;

    camille.account.verification_mismatch(&id).await?;

    let mismatch = |stage: &Stage| *stage == Stage::Ended(Ending::Mismatch);
    reaches(&nadia.account, "the mismatch", mismatch).await?;
    trusts(&camille.account, nadia.id(), Trust::Unverified).await?;
    trusts(&nadia.account, camille.id(), Trust::Unverified).await?;
    // Which is no reason not to write.
    let account = &camille.account;
    account
        .timeline_send_text(&room, message("bonjour"))
        .await?;
    let mut theirs = read(&nadia, &room).await?;
    theirs.wait_for_text("bonjour").await?;
    Ok(())
}

/// A direct room with both in it.
pub(crate) async fn direct_room(host: &Device, guest: &Device) -> Result<String> {
    let room = host.account.room_create_direct(guest.id()).await?;
    let mut list = rooms(&guest.account).await?;
    list.wait_for("the invitation", |row| row.room_id == room)
        .await?;
    guest.account.room_accept_invite(&room).await?;
    let mut theirs = read(guest, &room).await?;
    host.write(&room, "pour commencer").await?;
    theirs.wait_for_text("pour commencer").await?;
    Ok(room)
}

#[tokio::test(flavor = "multi_thread")]
async fn devices_are_listed_renamed_verified_and_signed_out() -> Result<()> {
    let server = Synapse::shared().await?;
    let camille = Device::first(server, "camille.appareils").await?;
    let other = camille.another(server).await?;
    let account = &camille.account;
    let (own_id, other_id) = (
        device_id(camille.session.state())?,
        device_id(other.session.state())?,
    );

    let devices = account.devices().await?;
    let first = devices.first().context("no device")?;
    assert!(first.current && first.id == own_id, "this one comes first");
    assert_eq!(first.trust, DeviceTrust::Verified);
    assert!(devices.iter().filter(|one| one.current).count() == 1);
    let unencrypted = devices.iter().find(|one| one.trust == DeviceTrust::NoKeys);
    unencrypted.context("the server's own test device has no keys")?;
    let theirs = device(account, &other_id).await?;
    assert!(!theirs.current && theirs.last_seen.is_some(), "{theirs:?}");

    account.device_rename(&other_id, "  Portable  ").await?;
    let renamed = device(account, &other_id).await?;
    assert_eq!(renamed.name.as_deref(), Some("Portable"));
    let nameless = account.device_rename(&other_id, " ").await;
    assert!(matches!(nameless, Err(DeviceError::Malformed)));

    let others: Vec<String> = devices
        .iter()
        .filter(|one| !one.current)
        .map(|one| one.id.clone())
        .collect();
    let refused = account.devices_sign_out(&others, "faux".into()).await;
    assert!(
        matches!(refused, Err(DeviceError::WrongPassword)),
        "{refused:?}"
    );
    let this = [own_id];
    let refused = account.devices_sign_out(&this, camille.user.password.clone().into());
    assert!(matches!(refused.await, Err(DeviceError::Malformed)));
    assert_eq!(account.devices().await?.len(), devices.len(), "nothing yet");

    let password = camille.user.password.clone().into();
    account.devices_sign_out(&others, password).await?;
    assert_eq!(account.devices().await?.len(), 1);
    let ended = State::SignedOut {
        ended: Some(End::TokenRevoked),
    };
    wait_until(other.session.states(), "its end", |state| *state == ended).await?;
    Ok(())
}
