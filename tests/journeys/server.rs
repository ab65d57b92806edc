//! The ground that the other journeys stand on.

use anyhow::Result;
use pli_testkit::{
    keyring_session::KeyringSession,
    synapse::{Synapse, federation},
};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn a_server_keeps_its_accounts_when_it_is_stopped_and_started_again() -> Result<()> {
    let server = Synapse::start().await?;
    let user = server.register("camille").await?;
    assert_eq!(user.id, format!("@camille:{}", server.server_name()));

    server.stop()?;
    assert!(
        server.probe().versions().await.is_err(),
        "a stopped server must not answer, or offline scenes prove nothing"
    );
    server.restart().await?;

    assert!(
        server.register("camille").await.is_err(),
        "the name is taken: the database is the same"
    );
    let rows = server.query("select name from users")?;
    assert_eq!(rows, [[json!(user.id)]]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_shows_in_its_files_what_was_sent_in_clear() -> Result<()> {
    let server = Synapse::start().await?;
    let user = server.register("camille").await?;
    let probe = server.probe();
    let room = probe.create_room(&user, &json!({})).await?;
    let content = json!({ "msgtype": "m.text", "body": "phrase écrite en clair" });

    probe
        .send(&user, &room, "m.room.message", "1", &content)
        .await?;

    let files = server.files_with("phrase écrite en clair")?;
    assert!(
        files
            .iter()
            .any(|file| file.to_string_lossy().contains("homeserver.db")),
        "the search for plaintext must find it where there is some"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn two_ministries_meet_in_a_room() -> Result<()> {
    let directory = tempfile::tempdir()?;
    let (here, there) = federation::pair(directory.path(), federation::free_ports()?).await?;
    let (camille, nadia) = (
        here.register("camille").await?,
        there.register("nadia").await?,
    );

    let settings = json!({ "preset": "private_chat", "invite": [nadia.id] });
    let room = here.probe().create_room(&camille, &settings).await?;
    there.probe().act(&nadia, &room, "join", &json!({})).await?;

    let members = here.query("select user_id from room_memberships where membership = 'join'")?;
    assert!(members.contains(&vec![json!(nadia.id)]), "{members:?}");
    Ok(())
}

#[test]
fn a_keyring_session_answers_until_it_is_stopped() -> Result<()> {
    let mut session = KeyringSession::unlocked()?;
    session.stop_keyring();
    session.start_keyring("clé du trousseau")
}
