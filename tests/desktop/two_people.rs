//! Two people on two machines write to each other.

use anyhow::{Context, Result};
use pli_testkit::{
    desktop::{Desk, Window},
    http_probe::User,
    synapse::Synapse,
};
use serde_json::json;
use thirtyfour::Key;

const ROOM: &str = "Cellule de crise";

/// A first sign-in, all the way to the room list.
pub(crate) async fn arrive(desk: &Desk, server: &Synapse, user: &User) -> Result<Window> {
    let window = desk.open().await?;
    window
        .sign_in(&user.id, Some(&server.base_url()), &user.password)
        .await?;
    window.note_code().await?;
    window.room_list().await?;
    Ok(window)
}

async fn write(window: &Window, words: &str) -> Result<()> {
    let composer = window.find("[contenteditable=true]").await?;
    composer.click().await?;
    composer.send_keys(words).await?;
    composer.send_keys(Key::Enter + "").await?;
    window.read("main [role=log]", words).await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_write_to_each_other_and_the_server_cannot_read_it() -> Result<()> {
    let server = Synapse::start().await?;
    let (camille, nadia) = (
        server.register("camille").await?,
        server.register("nadia").await?,
    );
    let (desk, other_desk) = (Desk::new()?, Desk::new()?);
    let (hers, other) = tokio::try_join!(
        arrive(&desk, &server, &camille),
        arrive(&other_desk, &server, &nadia),
    )?;

    hers.press("Nouveau").await?;
    hers.named("menuitem", "Nouveau salon")
        .await?
        .click()
        .await?;
    hers.fill("Nom du salon", ROOM).await?;
    let people = hers
        .named("searchbox", "Personnes à inviter (facultatif)")
        .await?;
    people.send_keys(&nadia.id).await?;
    hers.find(&format!("[role=option][data-key='{}']", nadia.id))
        .await?
        .click()
        .await?;
    hers.press("Créer le salon").await?;
    hers.find("[contenteditable=true]").await?;

    other.open_row(ROOM).await?;
    other.read("main", "Vous êtes invité dans un salon").await?;
    other.screenshot("invitation").await?;
    other.press_in("main", "Accepter").await?;
    other.find("[contenteditable=true]").await?;

    write(&hers, "Bonjour Nadia, la cote est à 3,20 m").await?;
    other
        .read("main [role=log]", "Bonjour Nadia, la cote est à 3,20 m")
        .await?;
    write(&other, "Bien reçu Camille, je préviens la préfecture").await?;
    hers.read(
        "main [role=log]",
        "Bien reçu Camille, je préviens la préfecture",
    )
    .await?;
    hers.screenshot("two-people-1").await?;
    other.screenshot("two-people-2").await?;

    for words in ["3,20 m", "préfecture"] {
        let found = server.files_with(words)?;
        assert!(found.is_empty(), "{words} stands in clear in {found:?}");
    }
    let kinds = server.query(
        "select distinct type from events where type in ('m.room.message', 'm.room.encrypted')",
    )?;
    assert_eq!(kinds, [[json!("m.room.encrypted")]]);
    let senders = server
        .query("select count(distinct sender) from events where type = 'm.room.encrypted'")?;
    let senders = senders
        .first()
        .and_then(|row| row.first())
        .context("none")?;
    assert_eq!(senders, &json!(2), "both have written");

    hers.close().await?;
    other.close().await
}
