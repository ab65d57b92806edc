//! What is written, and how it is read on other devices.

use std::{fs, time::Duration};

use anyhow::{Context, Result};
use pli_core::composer::{Draft, DraftMode, Outgoing};
use pli_testkit::{
    http_probe::User,
    reading::{Reading, Sending},
    synapse::Synapse,
};
use reqwest::Method;
use tokio::time::timeout;

use crate::{
    rooms::{message, shared_room, two},
    scene::Device,
};

pub(crate) async fn read(device: &Device, room: &str) -> Result<Reading> {
    let updates = device.account.timeline_subscribe(room, None).await?;
    Ok(Reading::new(updates))
}

/// Waits until the server's backup holds a key of this account.
pub(crate) async fn backed_up(server: &Synapse, user: &User) -> Result<()> {
    let token = Some(user.access_token.as_str());
    let uploaded = async {
        loop {
            let path = "/_matrix/client/v3/room_keys/version";
            let backup = server
                .probe()
                .request(Method::GET, path, token, None)
                .await?;
            if backup
                .get("count")
                .and_then(serde_json::Value::as_u64)
                .is_some_and(|count| count > 0)
            {
                return anyhow::Ok(());
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    };
    timeout(Duration::from_secs(60), uploaded)
        .await
        .context("waited in vain for a backup of the room's key")?
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_read_edited_answered_and_redacted() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia) = two(server, ["camille.text", "nadia.text"]).await?;
    let room = shared_room(&camille, &nadia, "Textes").await?;
    let (mut hers, mut other) = (read(&camille, &room).await?, read(&nadia, &room).await?);

    let account = &camille.account;
    let first = "La réunion est à 14 h";
    account.timeline_send_text(&room, message(first)).await?;
    let seen = other.wait_for_text("La réunion est à 14 h").await?;
    assert_eq!(seen.sender, camille.id());
    assert!(!seen.edited);
    // Others may know the event before who sent it does.
    hers.wait_for_text(first).await?;

    account
        .timeline_edit(&room, &seen.id, "La réunion est à 15 h", &[])
        .await?;
    let edited = other.wait_for_text("La réunion est à 15 h").await?;
    assert!(edited.edited, "the edit takes the place of the original");
    assert_eq!(edited.id, seen.id);

    let answer = Outgoing {
        reply_to: Some(seen.id.clone()),
        ..message("Noté")
    };
    nadia.account.timeline_send_text(&room, answer).await?;
    let answer = hers.wait_for_text("Noté").await?;
    other.wait_for_text("Noté").await?;
    assert_eq!(answer.in_reply_to.as_deref(), Some(&*seen.id));

    nadia.account.reaction_toggle(&room, &seen.id, "👍").await?;
    hers.wait_for("the reaction", |event| {
        event.reactions.get("👍") == Some(&1)
    })
    .await?;
    nadia.account.reaction_toggle(&room, &seen.id, "👍").await?;
    hers.wait_for("no reaction any more", |event| {
        event.id == seen.id && event.reactions.is_empty()
    })
    .await?;

    nadia.account.event_redact(&room, &answer.id, None).await?;
    hers.wait_for("the redaction", |event| {
        event.id == answer.id && event.redacted && event.body.is_none()
    })
    .await?;

    for words in ["14 h", "15 h", "Noté"] {
        let found = server.files_with(words)?;
        assert!(found.is_empty(), "{words} stands in clear in {found:?}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_arrives_as_it_was_and_the_server_sees_nothing_of_it() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia) = two(server, ["camille.file", "nadia.file"]).await?;
    let room = shared_room(&camille, &nadia, "Fichiers").await?;
    let mut other = read(&nadia, &room).await?;
    let directory = tempfile::tempdir()?;
    let path = directory.path().join("relevé confidentiel.txt");
    let content = "cote de crue du Loing\n".repeat(2_000);
    fs::write(&path, &content)?;

    let draft = camille.account.attachment_from_path(&path).await?;
    assert_eq!(draft.name, "relevé confidentiel.txt");
    assert!(!draft.is_too_large());
    camille
        .account
        .attachment_send(&room, &draft.id, Some("Le relevé de 18 h"), None, None)
        .await?;

    let seen = other
        .wait_for("the file", |event| {
            event.body.as_deref() == Some("Le relevé de 18 h") && event.sending == Sending::Sent
        })
        .await?;
    assert!(!seen.undecryptable);
    let media = other.media(&nadia.account, &seen.id).context("no medium")?;
    let saved = directory.path().join("reçu.txt");
    nadia.account.media_save(&media, &saved).await?;
    assert_eq!(fs::read_to_string(saved)?, content);
    assert_eq!(
        nadia.account.media_name(&media)?,
        "relevé confidentiel.txt",
        "the name travels inside the encrypted event"
    );
    for words in ["cote de crue du Loing", "relevé confidentiel", "18 h"] {
        let found = server.files_with(words)?;
        assert!(found.is_empty(), "{words} stands in clear in {found:?}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_offline_leaves_once_and_in_order_after_a_restart() -> Result<()> {
    let server = Synapse::start().await?;
    let (camille, nadia) = two(&server, ["camille", "nadia"]).await?;
    let room = shared_room(&camille, &nadia, "Hors ligne").await?;
    let mut other = read(&nadia, &room).await?;
    let account = &camille.account;
    account.timeline_send_text(&room, message("avant")).await?;
    other.wait_for_text("avant").await?;

    server.stop()?;
    let mut hers = read(&camille, &room).await?;
    for number in 0..5 {
        let words = format!("hors ligne {number}");
        account.timeline_send_text(&room, message(&words)).await?;
    }
    hers.wait_for("the last one, waiting", |event| {
        event.body.as_deref() == Some("hors ligne 4") && event.sending != Sending::Sent
    })
    .await?;
    drop(hers);

    // The program ends, and starts again without a network: all is still there.
    let camille = camille.restart().await?;
    let mut hers = read(&camille, &room).await?;
    hers.wait_for("what was read before", |event| {
        event.body.as_deref() == Some("avant")
    })
    .await?;
    hers.wait_for("what waits", |event| {
        event.body.as_deref() == Some("hors ligne 4") && event.sending != Sending::Sent
    })
    .await?;

    server.restart().await?;
    other.wait_for_text("hors ligne 4").await?;
    let bodies = other.bodies();
    let wanted: Vec<String> = (0..5)
        .map(|number| format!("hors ligne {number}"))
        .collect();
    let offline: Vec<&String> = bodies.iter().filter(|b| b.starts_with("hors")).collect();
    assert_eq!(offline, wanted.iter().collect::<Vec<_>>(), "once, in order");
    hers.wait_for_text("hors ligne 4").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_device_reads_what_was_written_before_it_came() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia) = two(server, ["camille.second", "nadia.second"]).await?;
    let room = shared_room(&camille, &nadia, "Ancien").await?;
    let mut other = read(&nadia, &room).await?;
    let account = &camille.account;
    account
        .timeline_send_text(&room, message("écrit avant"))
        .await?;
    other.wait_for_text("écrit avant").await?;
    backed_up(server, &nadia.user).await?;

    let second = nadia.another(server).await?;
    let mut on_second = read(&second, &room).await?;
    on_second.wait_for_text("écrit avant").await?;

    // And both ways from then on: the device is trusted by its owner's identity.
    account
        .timeline_send_text(&room, message("écrit après"))
        .await?;
    on_second.wait_for_text("écrit après").await?;
    let account = &second.account;
    account
        .timeline_send_text(&room, message("du second"))
        .await?;
    read(&camille, &room)
        .await?
        .wait_for_text("du second")
        .await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_kept_through_a_restart() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia) = two(server, ["camille.draft", "nadia.draft"]).await?;
    let room = shared_room(&camille, &nadia, "Brouillons").await?;
    let draft = Draft {
        markdown: "je n’ai pas **fini**".to_owned(),
        mode: DraftMode::New,
    };
    camille
        .account
        .draft_save(&room, Some(draft.clone()))
        .await?;

    let camille = camille.restart().await?;
    let kept = camille.account.draft_load(&room).await?;
    assert!(kept.is_some_and(|kept| kept == draft), "as it was");
    camille.account.draft_save(&room, None).await?;
    assert!(camille.account.draft_load(&room).await?.is_none());
    Ok(())
}
