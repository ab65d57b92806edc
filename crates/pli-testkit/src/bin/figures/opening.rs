//! From the start of the program to the first room list, beside a window with nothing in it.

use std::{
    fs,
    path::Path,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use anyhow::{Context, Result, bail};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use pli_testkit::{
    desktop::{Desk, Window},
    figures,
    http_probe::User,
    place,
    synapse::Synapse,
};
use serde_json::json;

/// Rounds of empty, Pli, Pli, empty.
const ROUNDS: usize = 6;

/// Requests to the server at once while the rooms are made.
const AT_ONCE: usize = 6;

/// What was measured.
#[derive(Default)]
pub(crate) struct Opened {
    pub(crate) pli: Vec<Duration>,
    pub(crate) empty: Vec<Duration>,
    pub(crate) memory_pli: u64,
    pub(crate) memory_empty: u64,
}

/// A person with many rooms, signed in at the desk; the window is closed again.
pub(crate) async fn settle(server: &Synapse, desk: &Desk, many: usize) -> Result<User> {
    let person = server.register("camille").await?;
    let probe = server.probe();
    let rooms = stream::iter(0..many).map(|number| {
        let (probe, person) = (probe.clone(), person.clone());
        async move {
            let settings =
                json!({ "preset": "private_chat", "name": format!("Salon {number:04}") });
            let room = probe.create_room(&person, &settings).await?;
            let content =
                json!({ "msgtype": "m.text", "body": format!("Message du salon {number:04}") });
            probe
                .send(&person, &room, "m.room.message", "1", &content)
                .await
        }
    });
    rooms
        .buffer_unordered(AT_ONCE)
        .try_collect::<Vec<_>>()
        .await?;
    let window = desk.open().await?;
    window
        .sign_in(&person.id, Some(&server.base_url()), &person.password)
        .await?;
    window.note_code().await?;
    window.room_list().await?;
    all_rooms(&window, many).await?;
    window.close().await?;
    Ok(person)
}

/// Waits until the list holds all rooms.
async fn all_rooms(window: &Window, many: usize) -> Result<()> {
    for _ in 0..600 {
        let height = window
            .page()
            .execute(
                "return document.querySelector('[data-testid=room-list]')?.offsetHeight ?? 0",
                Vec::new(),
            )
            .await?;
        if height.json().as_u64().unwrap_or(0) >= 40 * many as u64 {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    bail!("the list does not fill")
}

/// Opens both windows in turn.
pub(crate) async fn measure(desk: &Desk) -> Result<Opened> {
    let mut opened = Opened::default();
    let empty = place::binary("examples/empty_window")?;
    for round in 0..=ROUNDS {
        for pli in [false, true, true, false] {
            let window = if pli {
                desk.open().await?
            } else {
                desk.open_program(&empty, &[]).await?
            };
            let (took, memory) = one(&window, pli).await?;
            window.close().await?;
            // The first round warms the caches of the disk.
            if round == 0 {
                continue;
            }
            if pli {
                opened.pli.push(took);
                opened.memory_pli = opened.memory_pli.max(memory);
            } else {
                opened.empty.push(took);
                opened.memory_empty = opened.memory_empty.max(memory);
            }
        }
    }
    Ok(opened)
}

/// When the page painted what was waited for, since the program's start; and what it then takes.
async fn one(window: &Window, pli: bool) -> Result<(Duration, u64)> {
    let script = if pli {
        "const mark = performance.getEntriesByName('room-list').at(0);\n\
         return mark ? performance.timeOrigin + mark.startTime : 0"
    } else {
        "const paint = performance.getEntriesByType('paint').at(0);\n\
         return paint ? performance.timeOrigin + paint.startTime : 0"
    };
    let mut painted = 0.0;
    for _ in 0..600 {
        let answer = window.page().execute(script, Vec::new()).await?;
        painted = answer.json().as_f64().unwrap_or(0.0);
        if painted > 0.0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    if painted <= 0.0 {
        bail!("nothing was painted");
    }
    let program = window.processes();
    let name = if pli { "pli" } else { "empty_window" };
    let id = program
        .iter()
        .find(|id| is_called(**id, name))
        .context("the program is not among the processes")?;
    let took = painted / 1_000.0 - started(*id)?;
    // Memory once what follows the first paint has settled.
    tokio::time::sleep(Duration::from_secs(2)).await;
    let memory = figures::memory(&program)?;
    Ok((Duration::try_from_secs_f64(took)?, memory))
}

fn is_called(id: u32, name: &str) -> bool {
    fs::read_link(format!("/proc/{id}/exe")).is_ok_and(|path| {
        Path::new(&path)
            .file_name()
            .is_some_and(|file| file == name)
    })
}

/// When a process started, in seconds since 1970, to a hundredth.
fn started(id: u32) -> Result<f64> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat"))?;
    // Behind the name, which may hold spaces; field 22 of all is field 20 of these.
    let fields = stat.rsplit(')').next().context("no fields")?;
    let ticks: f64 = fields
        .split_whitespace()
        .nth(19)
        .context("no start")?
        .parse()?;
    let uptime = fs::read_to_string("/proc/uptime")?;
    let uptime: f64 = uptime
        .split_whitespace()
        .next()
        .context("no uptime")?
        .parse()?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs_f64();
    Ok(now - uptime + ticks / 100.0)
}
