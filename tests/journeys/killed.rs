//! A device that is killed while it writes.

use std::{
    collections::BTreeSet,
    io::{BufRead as _, BufReader},
    process::Stdio,
};

use anyhow::{Context, Result};
use pli_core::room::NewRoom;
use pli_testkit::{http_probe::User, place, process::Process, reading::Reading, synapse::Synapse};
use tempfile::TempDir;

use crate::scene::Device;

/// After how many kept messages each run is killed; the last one ends by itself.
const KILLS: [usize; 4] = [1, 7, 3, 12];
const LAST_RUN: usize = 5;

/// A device in a process of its own.
struct Sender {
    server: &'static Synapse,
    user: User,
    room: String,
    profile: TempDir,
    /// What its queue said it keeps: none of it may be lost, nor sent twice.
    kept: Vec<String>,
}

impl Sender {
    /// Lets it write until it has kept `messages`, then kills it, or lets it finish.
    fn run(&mut self, run: usize, messages: usize, kill: bool) -> Result<()> {
        let count = if kill { 1_000 } else { messages };
        let log = self.profile.path().join("sender.log");
        let mut process = Process::start(place::binary("sender")?, &log, |command| {
            command
                .arg(self.profile.path())
                .arg(self.server.base_url())
                .args([&self.user.id, &self.user.password, &self.room])
                .args([run.to_string(), count.to_string()])
                .stdout(Stdio::piped());
        })?;
        let output = process.take_stdout().context("no output")?;
        let mut ended_well = false;
        for line in BufReader::new(output).lines() {
            let line = line?;
            match &*line {
                "in" => continue,
                "empty" => ended_well = true,
                _ => self.kept.push(line),
            }
            let of_this_run = format!("passe {run} ");
            let kept = self
                .kept
                .iter()
                .filter(|kept| kept.starts_with(&of_this_run));
            if kill && kept.count() == messages {
                return process.kill();
            }
        }
        let said = std::fs::read_to_string(log).unwrap_or_default();
        anyhow::ensure!(ended_well, "the device ended by itself: {said}");
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_while_sending_it_loses_nothing_and_doubles_nothing() -> Result<()> {
    let server = Synapse::shared().await?;
    let reader = Device::first(server, "lectrice").await?;
    let user = server.register("tuee").await?;
    let room = NewRoom {
        name: "Coupures".to_owned(),
        topic: None,
        invite: vec![user.id.clone()],
    };
    let room = reader.account.room_create(&room).await?;
    let mut reading = Reading::new(reader.account.timeline_subscribe(&room, None).await?);
    let profile = tempfile::Builder::new().prefix("pli-killed-").tempdir()?;
    let mut sender = Sender {
        server,
        user,
        room,
        profile,
        kept: Vec::new(),
    };

    let runs = tokio::task::spawn_blocking(move || {
        for (run, messages) in KILLS.into_iter().enumerate() {
            sender.run(run, messages, true)?;
        }
        sender.run(KILLS.len(), LAST_RUN, false)?;
        anyhow::Ok(sender.kept)
    });
    let kept = runs.await??;

    let last = kept.last().context("nothing was kept")?;
    reading.wait_for_text(last).await?;
    let read = reading.bodies();
    let distinct: BTreeSet<&String> = read.iter().collect();
    assert_eq!(distinct.len(), read.len(), "nothing is doubled: {read:?}");
    let arrived: Vec<&String> = read.iter().filter(|body| kept.contains(body)).collect();
    assert_eq!(
        arrived,
        kept.iter().collect::<Vec<_>>(),
        "all that was kept has arrived, in order"
    );
    assert!(
        reading.events().iter().all(|event| !event.undecryptable),
        "and can be read"
    );
    Ok(())
}
