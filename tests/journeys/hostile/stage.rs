//! The stage of the hostile scenarios: somebody behind a proxy that lies, and somebody who is not.

use std::time::Duration;

use anyhow::{Result, bail, ensure};
use pli_testkit::{
    proxy::{Connection, Proxy},
    reading::Reading,
    synapse::Synapse,
};
use serde_json::{Value, json};
use tokio::time::timeout;

use super::calm::{self, Looks};
use crate::{messages::read, rooms::shared_room, scene::Device};

/// A scenario that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(150);

pub(super) struct Stage {
    pub(super) server: &'static Synapse,
    /// Between the victim and the server.
    pub(super) proxy: Proxy,
    pub(super) victim: Device,
    /// On the server itself.
    pub(super) friend: Device,
    /// An encrypted room of both.
    pub(super) room: String,
    /// What the victim reads there.
    pub(super) reading: Reading,
    /// What the friend reads there.
    other: Reading,
    /// Whether the victim can write after an attack.
    writes: bool,
    failures: Vec<String>,
}

impl Stage {
    /// Two people who have written to each other.
    pub(super) async fn new(name: &str) -> Result<Self> {
        calm::watch_panics();
        let server = Synapse::shared().await?;
        let proxy = Proxy::before(server).await?;
        let (url, direct) = (proxy.base_url(), server.base_url());
        let names = [format!("victime.{name}"), format!("amie.{name}")];
        let [victim, friend] = &names;
        let (victim, friend) = tokio::try_join!(
            Device::first_through(server, &url, victim),
            Device::first_through(server, &direct, friend)
        )?;
        let room = shared_room(&friend, &victim, "Autre salon").await?;
        let (reading, other) = (read(&victim, &room).await?, read(&friend, &room).await?);
        let mut stage = Self {
            server,
            proxy,
            victim,
            friend,
            room,
            reading,
            other,
            writes: true,
            failures: Vec::new(),
        };
        stage.hears("avant").await?;
        stage.says("avant").await?;
        Ok(stage)
    }

    /// One scenario, and what must hold in all of them.
    pub(super) async fn scenario(
        &mut self,
        number: &str,
        attack: impl AsyncFnOnce(&mut Self) -> Result<()>,
    ) {
        let started = std::time::Instant::now();
        let looks = Looks::start(&self.victim.account, &self.friend.account, &self.room);
        let attacked = timeout(PATIENCE, attack(self)).await;
        let attacked = attacked.unwrap_or_else(|_| bail!("it hangs"));
        let struck = started.elapsed();
        let in_time = looks.judge().await;
        let goes_on = match self.hears(number).await {
            Ok(()) if self.writes => self.says(number).await,
            heard => heard,
        };
        for told in [attacked, in_time, goes_on, calm::nothing_panicked()] {
            if let Err(error) = told {
                println!("{number} failed: {:.300}", format!("{error:#}"));
                self.failures.push(format!("{number}: {error:#}"));
            }
        }
        let (struck, whole) = (struck.as_secs_f32(), started.elapsed().as_secs_f32());
        println!("{number}: {struck:.1} s, and {whole:.1} s with what must hold after it");
    }

    /// # Errors
    /// What failed, by number.
    pub(super) fn end(self) -> Result<()> {
        ensure!(self.failures.is_empty(), "{:#?}", self.failures);
        Ok(())
    }

    /// The last scenario, after which the victim rightly writes no more.
    pub(super) async fn last_scenario(
        &mut self,
        number: &str,
        attack: impl AsyncFnOnce(&mut Self) -> Result<()>,
    ) {
        self.writes = false;
        self.scenario(number, attack).await;
    }

    /// Another room goes on: what is said there is read.
    async fn hears(&mut self, number: &str) -> Result<()> {
        let asked = format!("{number} : la question");
        self.friend.write(&self.room, &asked).await?;
        let seen = self.reading.wait_for_text(&asked).await?;
        ensure!(
            seen.warning.is_none(),
            "{asked} warns of {:?}",
            seen.warning
        );
        Ok(())
    }

    /// And what is written there arrives, and is not in clear on its way.
    async fn says(&mut self, number: &str) -> Result<()> {
        let answered = format!("{number} : la suite");
        self.victim.write(&self.room, &answered).await?;
        self.other.wait_for_text(&answered).await?;
        ensure!(
            !self.proxy.has_seen_words(&answered),
            "{answered}: in clear"
        );
        Ok(())
    }

    /// Makes a sync that waits end, so that the next one is asked for now.
    pub(super) fn nudge(&self, connection: Connection) {
        self.proxy.inject(connection, json!({}));
    }

    /// Puts events into a room, as if the server had just got them, and waits until the client
    /// asks for what comes after. True: it took them.
    pub(super) async fn inject(&self, room: &str, events: Vec<Value>) -> Result<bool> {
        let rooms = json!({ "rooms": { room: { "timeline": events } } });
        self.proxy.inject(Connection::Rooms, rooms).taken().await
    }
}
