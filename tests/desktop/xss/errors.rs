//! What errors say of what a hostile server answers: a sentence of the catalogue, and no word of
//! the server.

use anyhow::{Context as _, Result};
use pli_testkit::{
    desktop::{Desk, Window},
    proxy::{Answer, Attack, Proxy, Request},
    synapse::Synapse,
};
use serde_json::json;
use thirtyfour::Key;

use super::{Bait, ROOM, found};

/// Payloads in one answer.
const AT_ONCE: usize = 50;

/// What every payload that runs has in it.
const MARK: &str = "pwned";

#[tokio::test(flavor = "multi_thread")]
async fn errors_hold_no_word_of_the_server() -> Result<()> {
    let server = Synapse::start().await?;
    let proxy = Proxy::before(&server).await?;
    let (camille, mallory) = (
        server.register("camille").await?,
        server.register("mallory").await?,
    );
    let desk = Desk::new()?;
    let window = desk.open().await?;
    window
        .sign_in(&camille.id, Some(&proxy.base_url()), &camille.password)
        .await?;
    window.note_code().await?;
    window.room_list().await?;
    let invitation = json!({ "name": ROOM, "invite": [camille.id], "preset": "private_chat" });
    server.probe().create_room(&mallory, &invitation).await?;
    window.open_row(ROOM).await?;
    let bait = Bait::lay().await?;

    for payloads in bait.payloads().chunks(AT_ONCE) {
        let first = payloads.first().context("a chunk")?;
        let refusal = json!({ "errcode": first, "error": payloads.concat() });
        let joins = |request: &Request| request.path.contains("/join");
        let answer = Attack::Answer(Answer::json(403, &refusal));
        let rule = proxy.always(joins, answer);
        window.press_in("main", "Accepter").await?;
        rule.wait_for_strikes(1).await?;
        window.read("main", "Référence pour l’assistance").await?;
        looks_harmless(&window, &bait, payloads).await?;
    }

    window.press_in("main", "Accepter").await?;
    let composer = window.find("[contenteditable=true]").await?;
    for payloads in bait.payloads().chunks(AT_ONCE) {
        let first = payloads.first().context("a chunk")?;
        let refusal = json!({ "errcode": first, "error": payloads.concat() });
        let sends = |request: &Request| request.path.contains("/send/m.room.message");
        let answer = Attack::Answer(Answer::json(403, &refusal));
        let rule = proxy.always(sends, answer);
        composer.click().await?;
        composer.send_keys("refusé").await?;
        composer.send_keys(Key::Enter + "").await?;
        rule.wait_for_strikes(1).await?;
        window.settled().await?;
        looks_harmless(&window, &bait, payloads).await?;
    }
    Ok(())
}

async fn looks_harmless(window: &Window, bait: &Bait, payloads: &[String]) -> Result<()> {
    let (ran, foreign) = found(window).await?;
    assert!(!ran && foreign.is_empty(), "{foreign:#?}, of {payloads:#?}");
    assert_eq!(bait.caught(), 0, "something was fetched of {payloads:#?}");
    let page = window
        .page()
        .execute("return document.documentElement.outerHTML", vec![]);
    let page = page.await?.json().as_str().unwrap_or_default().to_owned();
    assert!(!page.contains(MARK), "a word of the server is shown");
    Ok(())
}
