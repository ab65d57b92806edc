//! What hostile people write is drawn, and does nothing: no script runs, no command is called,
//! nothing is fetched.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use anyhow::{Context, Result, ensure};
use pli_testkit::{
    desktop::{Desk, Window},
    http_probe::User,
    synapse::Synapse,
};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::net::TcpListener;

mod errors;
mod notifications;
mod payloads;

use self::payloads::payloads;
use crate::two_people::arrive;

/// Messages sent before the window is looked at: so many are drawn at once.
const AT_ONCE: usize = 10;

const ROOM: &str = "Salon des malices";

/// What no message may bring into the page, wherever it is drawn.
const FOREIGN: &str = "script:not([src]), iframe, frame, object, embed, form[action], link[rel=prefetch], \
    meta[http-equiv=refresh], base, marquee, math, [onerror], [onload], [onclick], [onfocus], \
    a[href^='javascript'], img[src^=http], img[srcset], video[poster^=http], [style*=url]";

/// Counts whoever connects.
struct Bait {
    url: String,
    caught: Arc<AtomicUsize>,
}

impl Bait {
    async fn lay() -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let url = format!("http://{}/", listener.local_addr()?);
        let caught = Arc::new(AtomicUsize::new(0));
        let counting = Arc::clone(&caught);
        tokio::spawn(async move {
            while listener.accept().await.is_ok() {
                counting.fetch_add(1, Ordering::Relaxed);
            }
        });
        Ok(Self { url, caught })
    }

    fn caught(&self) -> usize {
        self.caught.load(Ordering::Relaxed)
    }

    /// Notes that it ran, fetches, and calls a command that would be noticed. Without spaces or
    /// double quotes, so that it fits everywhere.
    fn run(&self) -> String {
        format!(
            "(window.pwned=1,fetch('{}'),window.__TAURI_INTERNALS__?.invoke('account_sign_out'))",
            self.url
        )
    }

    fn payloads(&self) -> Vec<String> {
        payloads(&self.run(), &self.url)
    }
}

/// What was found in the page: whether something ran, and what should not be there.
async fn found(window: &Window) -> Result<(bool, Vec<String>)> {
    let script = "return [window.pwned === 1, \
        [...document.querySelectorAll(arguments[0])].map((found) => found.outerHTML.slice(0, 200))]";
    let found = window.page().execute(script, vec![json!(FOREIGN)]).await?;
    Ok(serde_json::from_value(found.json().clone())?)
}

/// Somebody who writes to a room what others are not prepared for.
struct Mallory<'a> {
    server: &'a Synapse,
    user: User,
    room: String,
    sent: usize,
}

impl Mallory<'_> {
    async fn put(&mut self, path: &str, content: Value) -> Result<String> {
        self.sent += 1;
        let path = format!("/_matrix/client/v3/rooms/{}/{path}", self.room);
        let token = Some(self.user.access_token.as_str());
        let probe = self.server.probe();
        let answer = probe.request(Method::PUT, &path, token, Some(&content));
        let answer = answer.await?;
        let event = answer.get("event_id").and_then(Value::as_str);
        Ok(event.unwrap_or_default().to_owned())
    }

    async fn send(&mut self, content: Value) -> Result<String> {
        self.put(&format!("send/m.room.message/{}", self.sent), content)
            .await
    }

    /// The payload in each place of a message that is drawn; `before` is quoted.
    async fn write(&mut self, number: usize, payload: &str, before: &str) -> Result<String> {
        let html = json!({
            "msgtype": "m.text", "body": payload,
            "format": "org.matrix.custom.html", "formatted_body": payload,
        });
        let quoting = json!({
            "msgtype": "m.text", "body": payload,
            "format": "org.matrix.custom.html", "formatted_body": payload,
            "m.relates_to": { "m.in_reply_to": { "event_id": before } },
        });
        let content = match number % 8 {
            0 => json!({ "msgtype": "m.text", "body": payload }),
            1 => json!({ "msgtype": "m.file", "body": payload, "url": "mxc://localhost/none" }),
            2 => json!({
                "msgtype": "m.image", "body": payload, "filename": payload,
                "url": "mxc://localhost/none", "info": { "mimetype": payload },
            }),
            3 => json!({ "msgtype": "m.emote", "body": payload,
                "format": "org.matrix.custom.html", "formatted_body": payload }),
            4 => json!({ "msgtype": "m.location", "body": payload, "geo_uri": payload }),
            5 => quoting,
            _ => html,
        };
        self.send(content).await
    }

    /// The payload in each name that is drawn.
    async fn rename(&mut self, payload: &str) -> Result<()> {
        let short: String = payload.chars().take(250).collect();
        let me = format!("state/m.room.member/{}", self.user.id);
        let membership = json!({ "membership": "join", "displayname": short });
        self.put(&me, membership).await?;
        self.put("state/m.room.topic", json!({ "topic": payload }))
            .await?;
        self.put("state/m.room.name", json!({ "name": short }))
            .await?;
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_is_written_runs_fetches_or_calls_anything() -> Result<()> {
    let server = Synapse::start().await?;
    let (camille, mallory) = (
        server.register("camille").await?,
        server.register("mallory").await?,
    );
    let desk = Desk::new()?;
    let window = arrive(&desk, &server, &camille).await?;
    let room = server
        .probe()
        .create_room(
            &mallory,
            &json!({ "name": ROOM, "invite": [camille.id], "preset": "private_chat" }),
        )
        .await?;
    window.open_row(ROOM).await?;
    window.press_in("main", "Accepter").await?;
    window.find("[contenteditable=true]").await?;
    let bait = Bait::lay().await?;
    let payloads = bait.payloads();
    ensure!(
        payloads.len() == payloads::COUNT,
        "{} payloads",
        payloads.len()
    );
    let mut mallory = Mallory {
        server: &server,
        user: mallory,
        room,
        sent: 0,
    };

    let mut before = String::new();
    for (round, some) in payloads.chunks(AT_ONCE).enumerate() {
        for (place, payload) in some.iter().enumerate() {
            before = mallory.write(round + place, payload, &before).await?;
        }
        mallory.rename(some.first().context("a chunk")?).await?;
        let mark = format!("jalon {round}");
        mallory
            .send(json!({ "msgtype": "m.text", "body": mark }))
            .await?;
        window.read("main [role=log]", &mark).await?;
        let (ran, foreign) = found(&window).await?;
        assert!(!ran, "something ran of {some:#?}");
        assert!(foreign.is_empty(), "{foreign:#?} in the page, of {some:#?}");
        assert_eq!(bait.caught(), 0, "something was fetched of {some:#?}");
    }

    let script = "for (const payload of arguments[0]) { try { \
        document.body.insertAdjacentHTML('beforeend', payload) } catch {} }";
    window.page().execute(script, vec![json!(payloads)]).await?;
    window.settled().await?;
    let (ran, _) = found(&window).await?;
    assert!(!ran, "what is in the page unsanitised does not run either");
    assert_eq!(bait.caught(), 0, "nor fetches");
    window.find("main [role=log]").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_looked_for_is_found_in_a_page_without_its_policy() -> Result<()> {
    let desk = Desk::new()?.without_csp();
    let window = desk.open().await?;
    window.find("main").await?;
    let bait = Bait::lay().await?;

    let script = "for (const payload of arguments[0]) { \
        document.body.insertAdjacentHTML('beforeend', payload) }";
    let payloads = bait.payloads();
    // One that moves the page elsewhere would end the others.
    let staying: Vec<_> = payloads
        .iter()
        .filter(|payload| !payload.contains("refresh") && !payload.contains("<base"))
        .collect();
    window.page().execute(script, vec![json!(staying)]).await?;

    for _ in 0..100 {
        let (ran, foreign) = found(&window).await?;
        if ran && foreign.len() > 20 && bait.caught() > 20 {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let (ran, foreign) = found(&window).await?;
    panic!(
        "ran: {ran}, foreign: {}, fetched: {}",
        foreign.len(),
        bait.caught()
    );
}
