//! Attacks on memory, against a device in a process of its own, whose peak the kernel tells.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Context as _, Result, ensure};
use pli_core::room::NewRoom;
use pli_testkit::{
    process::Process,
    proxy::{Answer, Attack, Connection, Proxy},
    synapse::Synapse,
};
use serde_json::{Map, Value, json};
use tempfile::TempDir;

use super::calm;
use crate::scene::Device;

/// Most that a room without a word may cost, in kilobytes.
const ROOM: u64 = 32;

/// The device under attack, with the room open.
struct Target {
    process: Process,
    proxy: Proxy,
    friend: Device,
    room: String,
    /// What it held before the attack, in kilobytes.
    base: u64,
    /// Without it, it would end.
    _stdin: std::process::ChildStdin,
    _directory: TempDir,
}

impl Target {
    async fn start(name: &str) -> Result<Self> {
        calm::watch_panics();
        let server = Synapse::shared().await?;
        let proxy = Proxy::before(server).await?;
        let friend = Device::first(server, &format!("amie.{name}")).await?;
        let user = server.register(&format!("victime.{name}")).await?;
        let room = NewRoom {
            name: "Salon".to_owned(),
            invite: vec![user.id.clone()],
            ..NewRoom::default()
        };
        let room = friend.account.room_create(&room).await?;
        let directory = tempfile::Builder::new().prefix("pli-target-").tempdir()?;
        let sender = std::env::current_exe()?;
        let sender = sender
            .ancestors()
            .nth(2)
            .context("no target")?
            .join("sender");
        let log = directory.path().join("log");
        let mut process = Process::start(sender, &log, |command| {
            command
                .arg(directory.path().join("profile"))
                .args([&proxy.base_url(), &user.id, &user.password, &room])
                .args(["watch", "0", "1"])
                .stdin(Stdio::piped())
                .stdout(Stdio::piped());
        })?;
        let stdin = process.take_stdin().context("no input")?;
        let output = process.take_stdout().context("no output")?;
        let waiting = tokio::task::spawn_blocking(move || wait_for_line(output, "kept"));
        waiting.await??;
        let mut target = Self {
            process,
            proxy,
            friend,
            room,
            base: 0,
            _stdin: stdin,
            _directory: directory,
        };
        target.hears("avant").await?;
        target.base = target.memory("VmRSS")?;
        // From here on the kernel measures the peak anew.
        fs::write(format!("/proc/{}/clear_refs", target.process.id()), "5")?;
        Ok(target)
    }

    fn memory(&self, what: &str) -> Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = status.lines().find(|line| line.starts_with(what));
        let number = line.and_then(|line| line.split_whitespace().nth(1));
        Ok(number.context("the process is gone")?.parse()?)
    }

    /// Its syncs go on, and with them its messages.
    async fn hears(&self, words: &str) -> Result<()> {
        self.friend.write(&self.room, words).await?;
        self.proxy
            .inject(Connection::Rooms, json!({}))
            .taken()
            .await?;
        let last = self.proxy.inject(Connection::Rooms, json!({}));
        ensure!(last.taken().await?, "its sync does not go on");
        Ok(())
    }

    /// Strikes the next sync.
    async fn strike(&self, attack: Attack) -> Result<()> {
        let rule = self
            .proxy
            .once(|request| Connection::Rooms.is(request), attack);
        self.proxy.inject(Connection::Rooms, json!({}));
        rule.survived().await
    }

    /// Less than twice what it was before.
    fn judge(&self) -> Result<()> {
        self.judge_with(self.base)
    }

    fn judge_with(&self, more: u64) -> Result<()> {
        let (base, peak) = (self.base, self.memory("VmHWM")?);
        println!("from {base} kB to {peak} kB");
        ensure!(
            peak < base + more,
            "memory went from {base} kB to {peak} kB"
        );
        Ok(())
    }
}

fn wait_for_line(output: std::process::ChildStdout, wanted: &str) -> Result<()> {
    for line in BufReader::new(output).lines() {
        if line?.starts_with(wanted) {
            return Ok(());
        }
    }
    anyhow::bail!("it ended")
}

/// T19: an answer that swells three hundredfold when it is unpacked.
#[test]
fn a_packed_answer_does_not_swell() -> Result<()> {
    calm::run(async {
        let pack = "head -c 400000000 /dev/zero | tr '\\0' ' ' | gzip -1";
        let packed = Command::new("sh").args(["-c", pack]).output()?.stdout;
        ensure!(!packed.is_empty() && packed.len() < 4_000_000, "not packed");
        let target = Target::start("gzip").await?;
        let bomb =
            Answer::raw(200, "application/json", packed).with_header("content-encoding", "gzip");
        target.strike(Attack::Answer(bomb)).await?;
        target.hears("après").await?;
        target.judge()
    })
}

/// T20: more rooms than anybody is in, in one answer.
#[test]
fn five_thousand_rooms_at_once() -> Result<()> {
    calm::run(async {
        let target = Target::start("salons").await?;
        let rooms: Map<String, Value> = (0..5_000)
            .map(|number| {
                let created = json!({
                    "type": "m.room.create", "state_key": "", "sender": "@x:localhost",
                    "event_id": format!("$c{number}"), "origin_server_ts": 1,
                    "content": { "room_version": "11" },
                });
                let joined = json!({
                    "initial": true, "membership": "join", "bump_stamp": number,
                    "name": format!("Salon {number}"), "joined_count": 2,
                    "required_state": [created], "timeline": [],
                });
                (format!("!r{number}:localhost"), joined)
            })
            .collect();
        let rooms = json!({ "rooms": rooms });
        let taken = target
            .proxy
            .inject(Connection::Rooms, rooms)
            .taken()
            .await?;
        ensure!(taken, "the rooms were refused");
        target.hears("après").await?;
        // They are rooms like others, and cost what others cost.
        target.judge_with(5_000 * ROOM)
    })
}

/// T22: a sync of many megabytes, all of it read: 100 MB when all attacks are as large as that.
#[test]
fn a_large_answer_is_taken_or_refused_and_leaves() -> Result<()> {
    calm::run(async {
        let target = Target::start("taille").await?;
        let kilobytes = super::size();
        let told = json!({
            "pad": "x".repeat(kilobytes * 1_000), "event_id": "$large", "type": "fr.large",
            "sender": "@x:localhost", "origin_server_ts": 1, "content": {},
        });
        let rooms = json!({ "rooms": { "!large:localhost": {
            "initial": true, "membership": "join", "required_state": [], "timeline": [told],
        } } });
        target
            .proxy
            .inject(Connection::Rooms, rooms)
            .taken()
            .await?;
        target.hears("après").await?;
        println!("durability: hostile: {kilobytes} kB in one sync");
        // Read whole, parsed, kept, told on and written: each a copy for a while, see
        // docs/security.md, "What is weaker".
        target.judge_with(24 * u64::try_from(kilobytes)?)
    })
}

/// T21: an answer without an end. What is promised of it is said in docs/security.md.
#[test]
fn a_body_without_an_end_ends() -> Result<()> {
    calm::run(async {
        let target = Target::start("fin").await?;
        let endless = Attack::Endless {
            part: vec![b' '; 64 * 1024],
            pause: Duration::from_millis(100),
            limit: 100 * 1024 * 1024,
        };
        target.strike(endless).await?;
        target.hears("après").await?;
        target.judge()
    })
}
