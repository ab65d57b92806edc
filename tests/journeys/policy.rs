//! What the organisation decides about files.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result};
use pli_core::{attachment::AttachmentError, media::MediaError};
use pli_policy::Policy;
use pli_testkit::{reading::Sending, synapse::Synapse};
use tempfile::TempDir;

use crate::{
    messages::read,
    rooms::{shared_room, two},
};

fn policy() -> Policy {
    Policy {
        blocked_file_types: vec!["exe".to_owned()],
        upload_limit_megabytes: 1,
        ..Policy::default()
    }
}

fn file(folder: &TempDir, name: &str, bytes: usize) -> Result<PathBuf> {
    let path = folder.path().join(name);
    fs::write(&path, vec![b'x'; bytes])?;
    Ok(path)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_policy_blocks_is_not_saved_under_any_name() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia) = two(server, ["camille.blocked", "nadia.blocked"]).await?;
    let room = shared_room(&camille, &nadia, "Fichiers interdits").await?;
    let folder = tempfile::tempdir()?;
    for name in ["outil.EXE", "notice.txt"] {
        let path = file(&folder, name, 1_000)?;
        let draft = camille.account.attachment_from_path(&path).await?;
        assert!(!draft.blocked, "where nothing is decided");
        let sent = camille
            .account
            .attachment_send(&room, &draft.id, None, None, None);
        sent.await?;
    }

    let nadia = nadia.end().await.start_under(policy()).await?;
    let account = &nadia.account;
    let mut hers = read(&nadia, &room).await?;
    let mut arrived = async |name: &str| {
        let named = hers.wait_for(name, |event| {
            event.body.as_deref() == Some(name) && event.sending == Sending::Sent
        });
        let id = named.await?.id;
        hers.media(account, &id).context("no medium")
    };
    let tool = arrived("outil.EXE").await?;
    let notice = arrived("notice.txt").await?;

    let name = account.media_name(&tool);
    assert!(matches!(name, Err(MediaError::Blocked)), "{name:?}");
    for (medium, path) in [(&tool, "reçu.txt"), (&notice, "reçu.exe")] {
        let path = folder.path().join(path);
        let saved = account.media_save(medium, &path).await;
        assert!(matches!(saved, Err(MediaError::Blocked)), "{saved:?}");
        assert!(!path.try_exists()?);
    }
    let path = folder.path().join("reçu.txt");
    Ok(account.media_save(&notice, &path).await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_policy_blocks_is_not_sent() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia) = two(server, ["camille.limit", "nadia.limit"]).await?;
    let room = shared_room(&camille, &nadia, "Limites").await?;
    let nadia = nadia.end().await.start_under(policy()).await?;
    let account = &nadia.account;
    let folder = tempfile::tempdir()?;

    let tool = file(&folder, "outil.EXE", 1_000)?;
    let draft = account.attachment_from_path(&tool).await?;
    assert!(draft.blocked);
    let sent = account
        .attachment_send(&room, &draft.id, None, None, None)
        .await;
    assert!(matches!(sent, Err(AttachmentError::Blocked)), "{sent:?}");

    let large = file(&folder, "gros.txt", 1_000_001)?;
    let draft = account.attachment_from_path(&large).await?;
    assert_eq!(draft.limit, Some(1_000_000), "less than the server's");
    assert!(draft.is_too_large());
    let sent = account
        .attachment_send(&room, &draft.id, None, None, None)
        .await;
    assert!(matches!(sent, Err(AttachmentError::TooLarge)), "{sent:?}");

    let mut other = read(&camille, &room).await?;
    let small = file(&folder, "petit.txt", 1_000_000)?;
    let draft = account.attachment_from_path(&small).await?;
    let sent = account.attachment_send(&room, &draft.id, None, None, None);
    sent.await?;
    other
        .wait_for("what may be sent", |event| {
            event.body.as_deref() == Some("petit.txt")
        })
        .await?;
    Ok(())
}
