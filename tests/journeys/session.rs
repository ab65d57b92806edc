//! A session and its end: by the user's wish, by the server's, or by damage.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use pli_core::{
    room::NewRoom,
    session::{End, Session, State, StoreProblem},
};
use pli_testkit::{
    damage::destroy,
    http_probe::User,
    listing::wait_until,
    proxy::{Answer, Attack, Proxy},
    synapse::Synapse,
};
use pli_vault::Vault;
use serde_json::json;

use crate::{
    messages::read,
    rooms::{message, rooms, shared_room, two},
    scene::{Device, pass_recovery},
};

/// Ids of the devices that the server knows of a user.
fn devices(server: &Synapse, user: &User) -> Result<Vec<String>> {
    let rows = server.query(&format!(
        "select device_id from devices where user_id = '{}' and not hidden",
        user.id
    ))?;
    Ok(rows
        .iter()
        .filter_map(|row| Some(row.first()?.as_str()?.to_owned()))
        .collect())
}

fn device_id(session: &Session) -> Result<String> {
    match session.state() {
        State::SignedIn(identity) | State::Recovery(identity, _) => Ok(identity.device_id),
        state => bail!("the session is {state:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_leaves_nothing_here_and_no_device_there() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia) = two(server, ["camille.sortie", "nadia.sortie"]).await?;
    let room = shared_room(&camille, &nadia, "Sortie").await?;
    let timeline = camille.account.timeline_subscribe(&room, None).await?;
    let list = rooms(&camille.account).await?;
    let (store, id) = (camille.store(), device_id(&camille.session)?);
    assert!(store.join("keys").try_exists()?);
    assert!(devices(server, &camille.user)?.contains(&id));

    let Device {
        session,
        account,
        user,
        ..
    } = camille;
    let states = session.states();
    // What a window reads from an account goes on until the window is told.
    let window = tokio::spawn(async move {
        let told = wait_until(states, "the end", |state| *state == State::Starting).await;
        drop((timeline, list, account));
        told
    });
    session.sign_out().await?;
    window.await??;

    assert_eq!(session.state(), State::SignedOut { ended: None });
    assert!(!store.try_exists()?, "everything of the account is erased");
    assert!(
        !devices(server, &user)?.contains(&id),
        "nobody encrypts for a device that is gone"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_waits_neither_for_a_server_that_is_slow_nor_for_one_that_was_first()
-> Result<()> {
    let server = Synapse::shared().await?;
    let proxy = Proxy::before(server).await?;
    let ines = Device::first_through(server, &proxy.base_url(), "ines.sortie").await?;
    let (store, id) = (ines.store(), device_id(&ines.session)?);
    assert!(devices(server, &ines.user)?.contains(&id));

    // The server says that it knows no such device, and leaves open whether it is sure.
    let asked = || {
        let seen = proxy.seen();
        seen.iter()
            .filter(|request| request.path.ends_with("/whoami"))
            .count()
    };
    let before = asked();
    let _unsure = proxy.always(
        |request| request.path.ends_with("/whoami"),
        Attack::Endless {
            part: b" ".to_vec(),
            pause: Duration::from_millis(100),
            limit: 1000,
        },
    );
    let unknown = json!({ "errcode": "M_UNKNOWN_TOKEN", "error": "", "soft_logout": false });
    let _refusing = proxy.always(
        |request| !request.path.ends_with("/logout"),
        Attack::Answer(Answer::json(401, &unknown)),
    );
    let room = NewRoom {
        name: "Refusé".to_owned(),
        ..NewRoom::default()
    };
    let refused = ines.account.room_create(&room).await;
    assert!(refused.is_err(), "the server knows the device");
    let question = proxy.wait_for("the question", |_| asked() > before);
    question.await?;
    let Device {
        session,
        account,
        user,
        ..
    } = ines;
    drop(account);
    session.sign_out().await?;
    assert!(!store.try_exists()?, "the store is still there");
    assert_eq!(session.state(), State::SignedOut { ended: None });
    assert!(!devices(server, &user)?.contains(&id));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_the_server_forgets_ends_with_its_reason() -> Result<()> {
    let server = Synapse::shared().await?;
    let device = Device::first(server, "camille.revoquee").await?;

    server.probe().forget_all_devices(&device.user).await?;

    let ended = State::SignedOut {
        ended: Some(End::TokenRevoked),
    };
    wait_until(device.session.states(), "the end", |state| *state == ended).await?;
    assert!(device.session.account().is_none());
    assert!(
        device.store().try_exists()?,
        "a server that errs must not destroy what only this machine has"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_whose_keys_are_damaged_goes_on_from_their_journal() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia) = two(server, ["camille.journal", "nadia.journal"]).await?;
    let room = shared_room(&camille, &nadia, "Journal").await?;
    nadia
        .account
        .timeline_send_text(&room, message("avant les dégâts"))
        .await?;
    let mut before = read(&camille, &room).await?;
    before.wait_for_text("avant les dégâts").await?;
    drop(before);
    let id = device_id(&camille.session)?;

    let resting = camille.end().await;
    destroy(&resting.store().await?.join("keys"))?;
    let camille = resting.start().await?;

    let State::SignedIn(identity) = camille.session.state() else {
        bail!("the session is {:?}", camille.session.state());
    };
    assert!(identity.healed.keys_restored, "the user is told");
    assert!(!identity.healed.history_lost, "of that alone");
    assert_eq!(identity.device_id, id, "it is the same device");
    let mut hers = read(&camille, &room).await?;
    hers.wait_for_text("avant les dégâts").await?;
    nadia
        .account
        .timeline_send_text(&room, message("après les dégâts"))
        .await?;
    hers.wait_for_text("après les dégâts").await?;
    camille
        .account
        .timeline_send_text(&room, message("bien reçu"))
        .await?;
    let mut theirs = read(&nadia, &room).await?;
    theirs.wait_for_text("bien reçu").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_whose_keys_and_journal_are_damaged_becomes_another_and_reads_again() -> Result<()>
{
    let server = Synapse::shared().await?;
    let (camille, nadia) = two(server, ["camille.abimee", "nadia.abimee"]).await?;
    let room = shared_room(&camille, &nadia, "Abîmé").await?;
    let lost = device_id(&camille.session)?;
    let user = camille.user.clone();

    let resting = camille.end().await;
    let store = resting.store().await?;
    destroy(&store.join("keys"))?;
    let journal = std::fs::read(store.join("keys.journal"))?;
    let (kept, _) = journal.split_at(journal.len() - 1);
    std::fs::write(store.join("keys.journal"), kept)?;
    let session = resting.open(&resting.vault).await?;

    let ended = State::SignedOut {
        ended: Some(End::KeysLost),
    };
    assert_eq!(session.state(), ended);
    assert!(
        session.account().is_none(),
        "an old ratchet is never used again"
    );
    let again = Session::new(
        session.profile().clone(),
        &Default::default(),
        Default::default(),
    )?;
    drop(session);
    again.start_with(resting.vault.clone()).await;
    assert_eq!(again.state(), ended, "a restart changes nothing about it");

    again
        .sign_in(
            &user.id,
            Some(&server.base_url()),
            user.password.clone().into(),
        )
        .await?;
    pass_recovery(&again, Some(resting.code.clone())).await?;
    assert_ne!(device_id(&again)?, lost);
    let account = again.account().context("no account after signing in")?;
    let mut list = rooms(&account).await?;
    list.wait_for("the room", |row| row.room_id == room).await?;
    // The server is told in the background, and tells nobody.
    for _ in 0..200 {
        if !devices(server, &user)?.contains(&lost) {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    bail!("the server keeps a device that nobody can use")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_history_comes_back_from_the_server_and_is_told() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia) = two(server, ["camille.histoire", "nadia.histoire"]).await?;
    let room = shared_room(&camille, &nadia, "Histoire").await?;
    camille
        .account
        .timeline_send_text(&room, message("phrase gardée"))
        .await?;
    let mut list = rooms(&nadia.account).await?;
    list.wait_for("the message", |row| {
        row.room_id == room && row.latest.is_some()
    })
    .await?;
    drop(list);
    let id = device_id(&nadia.session)?;

    let resting = nadia.end().await;
    destroy(&resting.store().await?.join("history"))?;
    let nadia = resting.start().await?;

    let State::SignedIn(identity) = nadia.session.state() else {
        bail!("the session is {:?}", nadia.session.state());
    };
    assert!(identity.healed.history_lost, "the user is told");
    assert_eq!(identity.device_id, id, "its keys were not touched");
    let mut list = rooms(&nadia.account).await?;
    list.wait_for("the room, with its message", |row| {
        row.room_id == room && row.latest.is_some()
    })
    .await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_whose_key_was_changed_is_neither_read_nor_wiped() -> Result<()> {
    let server = Synapse::shared().await?;
    let device = Device::first(server, "camille.clef").await?;
    device.account.set_value("kept", &42).await?;
    let resting = device.end().await;
    let other = Vault::in_memory()?;
    let saved = resting.vault.load_session()?.context("no session")?;
    other.save_session(&saved)?;

    let session = resting.open(&other).await?;

    assert_eq!(
        session.state(),
        State::StoreUnusable(StoreProblem::WrongKey)
    );
    drop(session);
    let device = resting.start().await?;
    assert_eq!(device.account.value::<u32>("kept")?, Some(42));
    Ok(())
}
