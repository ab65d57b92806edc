//! A device that is killed at random moments, while it joins, writes and receives.

use std::{
    env,
    time::{Duration, SystemTime},
};

use anyhow::{Context, Result};
use pli_core::room::NewRoom;
use pli_testkit::{reading::Reading, synapse::Synapse};
use serde_json::Value;
use tokio::{sync::watch, task::JoinHandle, time::timeout};

mod process;
mod verdict;

use crate::{random::Random, scene::Device};
use process::{Killed, Moment};
use verdict::{Letters, View};

/// How many times, unless more are asked for.
const KILLS: u32 = 6;

/// Most letters of one run.
const LETTERS: u64 = 12;

/// Longest pause of who writes to the device, in milliseconds.
const PAUSE: u64 = 700;

/// How long the device may take to say that it has met somebody.
const PATIENCE: Duration = Duration::from_secs(60);

/// The other side: it writes while the device lives, dies and opens again.
struct Writer {
    stop: watch::Sender<bool>,
    kept: JoinHandle<Result<(Device, Vec<String>)>>,
}

impl Writer {
    fn start(device: Device, room: String, mut random: Random) -> Self {
        let (stop, mut stopped) = watch::channel(false);
        let kept = tokio::spawn(async move {
            let mut kept = Vec::new();
            loop {
                let letter = format!("lettre {}", kept.len());
                device.write(&room, &letter).await?;
                kept.push(letter);
                let pause = Duration::from_millis(random.below(PAUSE));
                if timeout(pause, stopped.wait_for(|stop| *stop)).await.is_ok() {
                    return Ok((device, kept));
                }
            }
        });
        Self { stop, kept }
    }

    async fn end(self) -> Result<(Device, Vec<String>)> {
        self.stop.send_replace(true);
        self.kept.await?
    }
}

/// Writes until the device has read something: from then on its keys are known to the writer.
async fn meet(writer: &Device, room: &str, device: &Killed) -> Result<()> {
    let met = device.start(&["meet"])?;
    let met = tokio::task::spawn_blocking(move || met.finish("met"));
    tokio::pin!(met);
    for call in 0.. {
        writer.write(room, &format!("appel {call}")).await?;
        if let Ok(met) = timeout(Duration::from_secs(1), &mut met).await {
            met??;
            return Ok(());
        }
        anyhow::ensure!(call < PATIENCE.as_secs(), "the device meets nobody");
    }
    Ok(())
}

/// Opens the device, which writes and receives, and kills it at some moment.
async fn kill_writing(device: Killed, run: u32, random: &mut Random) -> Result<Killed> {
    let what = if random.below(2) == 0 {
        "write"
    } else {
        "watch"
    };
    let letters = random.below(LETTERS);
    let arguments = [what, &run.to_string(), &letters.to_string()];
    let moment = Moment::any(random, letters);
    device.kill(&arguments, moment).await
}

/// Ids of the letters in a room, in the order of the server.
fn order(server: &Synapse, room: &str) -> Result<Vec<String>> {
    let rows = server.query(&format!(
        "select event_id from events where room_id = '{room}' and type = 'm.room.encrypted' \
         order by stream_ordering"
    ))?;
    let ids = rows.into_iter().map(|row| {
        let id = row.into_iter().next();
        let id = id.as_ref().and_then(Value::as_str).map(str::to_owned);
        id.context("an event without an id")
    });
    ids.collect()
}

fn asked() -> Result<(u32, u64)> {
    let number = |name: &str| env::var(name).ok().map(|number| number.parse::<u64>());
    let kills = number("PLI_CRASH_DEVICE_KILLS").transpose()?;
    let seed = number("PLI_CRASH_SEED").transpose()?;
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
    let kills = kills.map_or(Ok(KILLS), u32::try_from)?;
    Ok((kills, seed.unwrap_or(now.as_secs())))
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_random_moments_it_loses_nothing_and_doubles_nothing() -> Result<()> {
    let (kills, seed) = asked()?;
    println!("kills of a device: seed {seed}");
    let mut random = Random::seeded(seed);
    let server = Synapse::shared().await?;
    let writer = Device::first(server, &format!("ecrit.{seed}")).await?;
    let user = server.register(&format!("tuee.{seed}")).await?;
    let room = NewRoom {
        name: "Coupures".to_owned(),
        topic: None,
        invite: vec![user.id.clone()],
        ..NewRoom::default()
    };
    let room = writer.account.room_create(&room).await?;

    // Killed while it joins.
    let mut device = Killed::new(server, user, &room)?;
    for _ in 0..kills.div_ceil(6) {
        device = device
            .kill(&["write", "0", "0"], Moment::joining(&mut random))
            .await?;
    }
    meet(&writer, &room, &device).await?;
    let met = order(server, &room)?;
    let last_call = met.last().context("nobody called")?;
    let writer = Writer::start(writer, room.clone(), random.fork());
    // Killed while it writes and receives, with the room open or not.
    for run in kills.div_ceil(6)..kills {
        device = kill_writing(device, run, &mut random).await?;
    }
    device = device.finish(&["drain", "fin"], "empty").await?;
    let (writer, theirs) = writer.end().await?;
    writer.write(&room, "fin de lettres").await?;

    // Both open once more, and read what there is.
    let writer = writer.restart().await?;
    let mut reading = Reading::new(writer.account.timeline_subscribe(&room, None).await?);
    reading.wait_for_text("fin de lettres").await?;
    reading.wait_for_text("fin").await?;
    reading.read_to_start(&writer.account, &room).await?;
    let arguments = ["read", "fin de lettres", last_call];
    device = device.finish(&arguments, "whole").await?;

    let order = order(server, &room)?;
    let letters = Letters {
        order: &order[met.len()..],
        own: &device.kept,
        theirs: &theirs,
    };
    let here = letters.judge(&View::printed(&device.read)?);
    let there = letters.judge(&View::of(&reading.events()));
    println!(
        "\ndurability: kills of a device: {} kills, {} letters written, {} received, {}",
        device.kills,
        device.kept.len(),
        theirs.len(),
        here.counts()
    );
    assert!(here.is_whole(), "on the device that was killed: {here:#?}");
    assert!(there.is_whole(), "where its letters went: {there:#?}");
    Ok(())
}
