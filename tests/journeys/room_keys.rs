//! Room keys leave in a file, and come back from it.

use anyhow::{Result, bail};
use pli_core::{access::Access, account::Account, room_keys::KeyFileError, session::RecoveryError};
use pli_testkit::{listing::wait_until, synapse::Synapse};
use secrecy::SecretString;

use crate::{
    messages::read,
    rooms::{rooms, shared_room, two},
};

fn phrase() -> SecretString {
    SecretString::from("une phrase assez longue")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_file_of_keys_opens_is_read_by_a_device_that_has_nothing_else() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia) = two(server, ["camille.fichier", "nadia.fichier"]).await?;
    let room = shared_room(&camille, &nadia, "Fichier").await?;
    nadia.write(&room, "avant le fichier").await?;
    read(&camille, &room)
        .await?
        .wait_for_text("avant le fichier")
        .await?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("cles.txt");

    let written = camille.account.room_keys_export(&file, &phrase()).await?;

    assert!(written > 0);
    let content = std::fs::read_to_string(&file)?;
    assert!(content.starts_with("-----BEGIN MEGOLM SESSION DATA-----"));
    let left = std::fs::read_dir(folder.path())?.count();
    assert_eq!(left, 1, "nothing half-written stays");

    let other = camille.afresh(server).await?;
    rooms(&other.account)
        .await?
        .wait_for("the room", |row| row.room_id == room)
        .await?;
    let mut unread = read(&other, &room).await?;
    unread
        .wait_for("the message, unreadable", |event| event.undecryptable)
        .await?;
    let scratch = folder.path();

    let wrong = SecretString::from("une autre phrase");
    let refused = other.account.room_keys_import(&file, &wrong, scratch).await;
    assert!(
        matches!(refused, Err(KeyFileError::WrongPassphrase)),
        "{refused:?}"
    );
    let imported = other
        .account
        .room_keys_import(&file, &phrase(), scratch)
        .await?;

    assert_eq!((imported.new, imported.total), (written, written));
    unread.wait_for_text("avant le fichier").await?;
    let again = other
        .account
        .room_keys_import(&file, &phrase(), scratch)
        .await?;
    assert_eq!(
        (again.new, again.total),
        (0, written),
        "nothing is new twice"
    );
    let left = std::fs::read_dir(folder.path())?.count();
    assert_eq!(left, 1, "nothing is left of the import");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_left_behind_by_a_new_identity_is_told_and_let_in_by_the_new_code() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia) = two(server, ["camille.remplacee", "nadia.remplacee"]).await?;
    let room = shared_room(&camille, &nadia, "Remplacée").await?;
    let access = || camille.account.access();
    wait_until(access(), "the keys", |access| *access == Access::Whole).await?;

    let other = camille.afresh(server).await?;

    wait_until(access(), "the loss", |access| *access == Access::Lost).await?;
    let old = camille.session.recovery_enter(camille.code.clone()).await;
    assert!(matches!(old, Err(RecoveryError::WrongCode)), "{old:?}");
    camille.session.recovery_enter(other.code.clone()).await?;
    wait_until(access(), "the keys again", |access| {
        *access == Access::Whole
    })
    .await?;
    camille.write(&room, "de nouveau là").await?;
    let mut theirs = read(&nadia, &room).await?;
    theirs.wait_for_text("de nouveau là").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_file_of_keys_or_too_weakly_sealed_is_refused() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, _) = two(server, ["camille.refus", "nadia.refus"]).await?;
    let account: &Account = &camille.account;
    let folder = tempfile::tempdir()?;
    let (file, scratch) = (folder.path().join("cles.txt"), folder.path());

    let short = SecretString::from("court");
    let refused = account.room_keys_export(&file, &short).await;
    assert!(
        matches!(refused, Err(KeyFileError::TooShort)),
        "{refused:?}"
    );
    assert!(!file.try_exists()?);

    let nowhere = account.room_keys_import(&file, &phrase(), scratch).await;
    assert!(matches!(nowhere, Err(KeyFileError::File(_))), "{nowhere:?}");
    for content in ["", "-----BEGIN MEGOLM SESSION DATA-----", "\u{0}\u{1}"] {
        std::fs::write(&file, content)?;
        match account.room_keys_import(&file, &phrase(), scratch).await {
            Err(KeyFileError::NotAKeyFile) => {}
            other => bail!("{content:?}: {other:?}"),
        }
    }
    Ok(())
}
