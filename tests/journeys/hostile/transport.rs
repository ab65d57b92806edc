//! Attacks below the events: answers that are not JSON, not whole, not of this server, not ending.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use anyhow::{Result, ensure};
use pli_core::{discovery::DiscoveryError, session::State};
use pli_testkit::{
    https::{HttpsServer, Validity},
    proxy::{Answer, Attack, Connection, Request, Rule},
};
use serde_json::json;
use tokio::net::TcpListener;

use super::{calm, stage::Stage};
fn is_sync(request: &Request) -> bool {
    Connection::Rooms.is(request)
}

/// The next sync is answered so, with the position that was asked for in place of `POS`; the
/// client asks again.
async fn answered(stage: &mut Stage, body: impl Into<String>) -> Result<()> {
    let body = body.into();
    let made = move |request: &Request| {
        let position = request.query("pos").unwrap_or_default();
        Answer::raw(200, "application/json", body.replace("POS", &position))
    };
    struck(stage, Attack::Made(Box::new(made))).await
}

async fn struck(stage: &mut Stage, attack: Attack) -> Result<()> {
    let rule = stage.proxy.once(is_sync, attack);
    survives(stage, &rule, 1).await
}

/// Waits for so many strikes, and for the client to go on. Where one of its two syncs ends in an
/// error, the SDK lets the other one come to its end first: this one is not waited for.
async fn survives(stage: &Stage, rule: &Rule, strikes: usize) -> Result<()> {
    stage.nudge(Connection::Rooms);
    let nudging = async {
        loop {
            stage.nudge(Connection::Encryption);
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    };
    let surviving = async {
        rule.wait_for_strikes(strikes).await?;
        rule.survived().await
    };
    tokio::select! {
        survived = surviving => survived,
        () = nudging => Ok(()),
    }
}

/// A sync with one event, whose content is written as told.
fn sync_with(room: &str, content: &str) -> String {
    format!(
        r#"{{"pos":"POS","rooms":{{"{room}":{{"timeline":[{{"type":"m.room.message",
        "event_id":"$forged","sender":"@x:y","origin_server_ts":1,"content":{content}}}]}}}}}}"#
    )
}

#[test]
fn answers_that_are_no_answers() -> Result<()> {
    calm::run(async {
        let mut stage = Stage::new("transport.a").await?;
        let room = stage.room.clone();
        stage
            .scenario("T01", async |stage| answered(stage, "").await)
            .await;
        stage
            .scenario("T02", async |stage| {
                let page = "<!DOCTYPE html><script>alert(1)</script>";
                struck(stage, Attack::Answer(Answer::raw(200, "text/html", page))).await
            })
            .await;
        stage
            .scenario("T03", async |stage| {
                let mut whole = sync_with(&room, r#"{"msgtype":"m.text","body":"coupé"}"#);
                whole.truncate(whole.len() / 2);
                answered(stage, whole).await
            })
            .await;
        stage
            .scenario("T04", async |stage| {
                answered(stage, r#"{"pos":"POS","pos":"POS","rooms":{},"rooms":{}}"#).await
            })
            .await;
        stage
            .scenario("T05", async |stage| {
                answered(stage, sync_with(&room, r#"{"n":NaN,"i":-Infinity}"#)).await
            })
            .await;
        stage
            .scenario("T06", async |stage| {
                let huge = format!(r#"{{"body":"x","n":1e400,"i":{}}}"#, "9".repeat(5_000));
                answered(stage, sync_with(&room, &huge)).await
            })
            .await;
        stage
            .scenario("T07", async |stage| {
                let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
                answered(stage, sync_with(&room, &deep)).await
            })
            .await;
        stage
            .scenario("T08", async |stage| {
                let body = r#"{"msgtype":"m.text","body":"\ud800 \udfff \u0000"}"#;
                answered(stage, sync_with(&room, body)).await
            })
            .await;
        stage
            .scenario("T09", async |stage| {
                answered(
                    stage,
                    r#"{"pos":7,"lists":[],"rooms":"none","extensions":3}"#,
                )
                .await
            })
            .await;
        stage.end()
    })
}

#[test]
fn servers_that_lose_their_way() -> Result<()> {
    calm::run(async {
        let mut stage = Stage::new("transport.b").await?;
        stage.scenario("T10", repeated_position).await;
        stage.scenario("T11", position_going_back).await;
        stage
            .scenario("T12", async |stage| {
                let rule = stage.proxy.times(3, is_sync, Attack::HangUp);
                survives(stage, &rule, 3).await
            })
            .await;
        stage
            .scenario("T13", async |stage| {
                let page = Answer::raw(502, "text/html", "<h1>Bad Gateway</h1>");
                let rule = stage.proxy.times(3, is_sync, Attack::Answer(page));
                survives(stage, &rule, 3).await
            })
            .await;
        stage.scenario("T14", unknown_token).await;
        stage.scenario("T15", redirected).await;
        stage.scenario("T16", bad_certificate).await;
        stage.scenario("T17", absurd_delay).await;
        stage.scenario("T18", a_byte_a_second).await;
        stage.end()
    })
}

/// The same answer again and again: what it brings is there once.
async fn repeated_position(stage: &mut Stage) -> Result<()> {
    let event = json!({
        "type": "m.room.message", "event_id": "$repeated", "sender": stage.friend.id(),
        "origin_server_ts": 1_700_000_000_000_u64,
        "content": { "msgtype": "m.text", "body": "répété" },
    });
    for _ in 0..3 {
        stage.inject(&stage.room, vec![event.clone()]).await?;
    }
    stage.reading.wait_for_text("répété").await?;
    let bodies = stage.reading.bodies();
    let count = bodies.iter().filter(|body| *body == "répété").count();
    ensure!(count == 1, "it is there {count} times");
    Ok(())
}

/// Positions that the server does not know: it refuses them, and the sync begins anew.
async fn position_going_back(stage: &mut Stage) -> Result<()> {
    let part = json!({ "pos": "0/s0_0_0" });
    stage.proxy.inject(Connection::Rooms, part).taken().await?;
    Ok(())
}

/// A token that is unknown for a moment: neither the keys nor the session are given up.
async fn unknown_token(stage: &mut Stage) -> Result<()> {
    let refusal = json!({ "errcode": "M_UNKNOWN_TOKEN", "error": "", "soft_logout": false });
    struck(stage, Attack::Answer(Answer::json(401, &refusal))).await?;
    let state = stage.victim.session.state();
    ensure!(matches!(state, State::SignedIn(_)), "it is {state:?}");
    ensure!(stage.victim.session.account().is_some(), "no account");
    Ok(())
}

/// A redirect to another host is not followed: neither the token nor the address gets there.
async fn redirected(stage: &mut Stage) -> Result<()> {
    let elsewhere = TcpListener::bind("127.0.0.1:0").await?;
    let target = format!("http://{}/sync", elsewhere.local_addr()?);
    let visits = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&visits);
    let counting = tokio::spawn(async move {
        while elsewhere.accept().await.is_ok() {
            counted.fetch_add(1, Ordering::SeqCst);
        }
    });
    let redirect = Answer::raw(307, "text/plain", "").with_header("location", target);
    let rule = stage.proxy.always(
        |request| is_sync(request) || request.path.contains("whoami"),
        Attack::Answer(redirect),
    );
    survives(stage, &rule, 1).await?;
    ensure!(visits.load(Ordering::SeqCst) == 0, "it went elsewhere");
    // Without the guard, a client does go there: the attack is one.
    let url = format!(
        "{}/_matrix/client/v3/account/whoami",
        stage.proxy.base_url()
    );
    let unguarded = reqwest::Client::new().get(url);
    let _ = unguarded.timeout(Duration::from_secs(2)).send().await;
    counting.abort();
    ensure!(
        visits.load(Ordering::SeqCst) > 0,
        "the redirect leads nowhere"
    );
    Ok(())
}

/// A certificate that is over, and one of an authority that nobody trusts.
async fn bad_certificate(stage: &mut Stage) -> Result<()> {
    for validity in [Validity::Expired, Validity::Current] {
        let server = tokio::task::spawn_blocking(move || HttpsServer::start(validity)).await??;
        let url = format!("https://localhost:{}", server.port);
        let session = &stage.victim.session;
        let told = session.discover("@a:localhost", Some(&url)).await.err();
        ensure!(
            matches!(
                told,
                Some(DiscoveryError::CertificateInvalid | DiscoveryError::CertificateExpired)
            ),
            "{validity:?}: {told:?}"
        );
    }
    Ok(())
}

/// A server that asks for patience of centuries, for a message.
async fn absurd_delay(stage: &mut Stage) -> Result<()> {
    let refusal =
        json!({ "errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 9_007_199_254_740_991_u64 });
    let is_typing = |request: &Request| request.path.contains("/read_markers");
    let rule = stage
        .proxy
        .always(is_typing, Attack::Answer(Answer::json(429, &refusal)));
    let account = &stage.victim.account;
    let marking = account.timeline_mark_read(&stage.room, true);
    let _ = tokio::time::timeout(Duration::from_secs(2), marking).await;
    rule.wait_for_strikes(1).await
}

/// An answer of a byte a second: whoever waits for it does not hold up the others.
async fn a_byte_a_second(stage: &mut Stage) -> Result<()> {
    let drip = Attack::Endless {
        part: b" ".to_vec(),
        pause: Duration::from_secs(1),
        limit: 1_000,
    };
    let is_tag = |request: &Request| request.path.contains("/tags/");
    let rule = stage.proxy.always(is_tag, drip);
    let (account, room) = (stage.victim.account.clone(), stage.room.clone());
    let waiting =
        tokio::spawn(async move { account.room_set_favourite(&room, true).await.is_ok() });
    stage.proxy.wait_for("the request", is_tag).await?;
    stage.friend.write(&stage.room, "pendant l’attente").await?;
    stage.reading.wait_for_text("pendant l’attente").await?;
    ensure!(!waiting.is_finished(), "the answer came");
    drop(rule);
    waiting.abort();
    Ok(())
}
