//! What notifications say of what hostile people write: the desktop's service may take a text for
//! markup, so that it is given none.

use std::{fs, path::PathBuf, time::Duration};

use anyhow::{Result, ensure};
use pli_testkit::{desktop::Desk, process::Process, synapse::Synapse};
use serde_json::json;

use super::{Bait, Mallory, found};
use crate::two_people::arrive;

/// Messages sent at once: more may be left out, as what is only counted.
const AT_ONCE: usize = 20;

/// How long a notification may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// What is said on a desk's session bus.
struct Overheard {
    log: PathBuf,
    _monitor: Process,
}

impl Overheard {
    fn on(desk: &Desk) -> Result<Self> {
        let log = desk.home().join("bus-monitor.log");
        let monitor = Process::start("dbus-monitor", &log, |command| {
            command
                .args(["--session", "interface='org.freedesktop.Notifications'"])
                .envs(desk.environment());
        })?;
        Ok(Self {
            log,
            _monitor: monitor,
        })
    }

    fn said(&self) -> Result<String> {
        Ok(String::from_utf8_lossy(&fs::read(&self.log)?).into_owned())
    }

    async fn wait_for(&self, words: &str) -> Result<()> {
        let asked = std::time::Instant::now();
        while !self.said()?.contains(words) {
            ensure!(asked.elapsed() < PATIENCE, "no notification says {words}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn notifications_hold_no_markup() -> Result<()> {
    let server = Synapse::start().await?;
    let (camille, mallory) = (
        server.register("camille").await?,
        server.register("mallory").await?,
    );
    let desk = Desk::new()?;
    let overheard = Overheard::on(&desk)?;
    let window = arrive(&desk, &server, &camille).await?;
    let probe = server.probe();
    let invitation = json!({ "name": "Salon", "invite": [camille.id], "preset": "private_chat" });
    let room = probe.create_room(&mallory, &invitation).await?;
    probe.act(&camille, &room, "join", &json!({})).await?;
    let mut mallory = Mallory {
        server: &server,
        user: mallory,
        room,
        sent: 0,
    };
    // An invitation that comes at the start is old: messages are told once one was.
    let mut first = 0;
    while !overheard.said()?.contains("bonjour") {
        ensure!(first < 60, "no notification at all");
        first += 1;
        mallory
            .send(json!({ "msgtype": "m.text", "body": "bonjour" }))
            .await?;
        tokio::time::sleep(Duration::from_secs(1)).await;
    }

    let bait = Bait::lay().await?;
    for (round, some) in bait.payloads().chunks(AT_ONCE).enumerate() {
        for (place, payload) in some.iter().enumerate() {
            let content = match place % 4 {
                0 => json!({ "msgtype": "m.emote", "body": payload }),
                1 => json!({ "msgtype": "m.file", "body": payload, "url": "mxc://localhost/none" }),
                _ => json!({ "msgtype": "m.text", "body": payload }),
            };
            mallory.send(content).await?;
        }
        let mark = format!("jalon {round}.");
        mallory
            .send(json!({ "msgtype": "m.text", "body": mark }))
            .await?;
        overheard.wait_for(&mark).await?;
    }

    let said = overheard.said()?;
    let notified = said.matches("member=Notify").count();
    ensure!(notified >= 500, "{notified} notifications");
    ensure!(said.contains("&lt;img src=x"), "they say nothing of it");
    assert!(!said.contains('<'), "there is markup in a notification");
    let (ran, foreign) = found(&window).await?;
    assert!(!ran && foreign.is_empty(), "{foreign:#?} in the page");
    assert_eq!(bait.caught(), 0, "something was fetched");
    Ok(())
}
