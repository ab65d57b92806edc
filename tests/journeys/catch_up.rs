//! A device that comes back to many rooms, on a slow disk.

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    io::{BufRead as _, BufReader},
    ops::Range,
    path::{Path, PathBuf},
    process::Stdio,
};

use anyhow::{Context, Result, ensure};
use matrix_sdk::{
    linked_chunk::{ChunkContent, LinkedChunkId},
    ruma::RoomId,
};
use matrix_sdk_base::event_cache::store::EventCacheStore as _;
use pli_store::Stores;
use pli_testkit::{
    http_probe::{HttpProbe, User},
    place,
    process::Process,
    synapse::Synapse,
};
use pli_vault::{Profile, Vault};
use serde_json::json;
use tempfile::TempDir;

/// As `catcher` opens its profile.
const PASSPHRASE: &str = "une phrase pour l’épreuve";

/// What each room has before the device first comes, and what is added while it is away.
const BEFORE: usize = 3;
const AWAY: usize = 2;

/// The SDK drops all history once it has so many answers to store.
const BACKLOG: usize = 32;

/// Each call by which the store reaches the disk takes so much longer, in microseconds.
const SLOWNESS: usize = 30_000;

/// The ids of what is said in each room, in its order.
type Said = BTreeMap<String, Vec<String>>;

/// What is stored of a room.
struct Stored {
    ids: BTreeSet<String>,
    /// Whether the store knows that something is missing, which is then fetched when it is read.
    has_gap: bool,
}

/// Rooms of which somebody else writes.
struct Scene {
    server: Synapse,
    probe: HttpProbe,
    writer: User,
    user: User,
    rooms: Vec<String>,
    profile: TempDir,
    sent: usize,
}

impl Scene {
    async fn new(rooms: usize) -> Result<Self> {
        let server = Synapse::start().await?;
        let probe = server.probe();
        let mut scene = Self {
            writer: server.register("redactrice").await?,
            user: server.register("revenante").await?,
            profile: tempfile::Builder::new().prefix("pli-catch-up-").tempdir()?,
            rooms: Vec::new(),
            sent: 0,
            server,
            probe,
        };
        for number in 0..rooms {
            let settings = json!({ "name": format!("Salon {number}"), "invite": [scene.user.id] });
            let room = scene.probe.create_room(&scene.writer, &settings).await?;
            let nothing = json!({});
            scene
                .probe
                .act(&scene.user, &room, "join", &nothing)
                .await?;
            scene.rooms.push(room);
        }
        Ok(scene)
    }

    /// One message in one room.
    async fn say(&mut self, room: usize, text: &str) -> Result<String> {
        self.sent += 1;
        let content = json!({ "msgtype": "m.text", "body": text });
        let transaction = self.sent.to_string();
        let room = self.rooms.get(room).context("a room")?;
        self.probe
            .send(&self.writer, room, "m.room.message", &transaction, &content)
            .await
    }

    /// Messages in these rooms, the last of which is `last`.
    async fn say_in(&mut self, rooms: Range<usize>, messages: usize, last: &str) -> Result<Said> {
        let mut said = Said::new();
        for number in 1..=messages {
            for room in rooms.clone() {
                let text = format!("message {number} avant {last}");
                let text = if number == messages { last } else { &text };
                let id = self.say(room, text).await?;
                let room = self.rooms.get(room).context("a room")?;
                said.entry(room.clone()).or_default().push(id);
            }
        }
        Ok(said)
    }

    /// The device, until `last` is the newest in each room; on a disk as told.
    fn device(&self, last: &str, slowness: Option<usize>) -> Result<Process> {
        let catcher = place::binary("catcher")?;
        let program = slowness.map_or_else(|| catcher.clone(), |_| PathBuf::from("strace"));
        Process::start(program, &self.log(), |command| {
            if let Some(slowness) = slowness {
                let calls = "fdatasync,fsync,sync_file_range";
                command
                    .args(["-f", "-qq", "--seccomp-bpf", "-o", "/dev/null"])
                    .arg(format!("-etrace={calls}"))
                    .arg(format!("-einject={calls}:delay_exit={slowness}"))
                    .arg(catcher);
            }
            command
                .arg(self.profile.path())
                .arg(self.server.base_url())
                .args([&self.user.id, &self.user.password])
                .args([&self.rooms.len().to_string(), last])
                .stdout(Stdio::piped());
        })
    }

    fn log(&self) -> PathBuf {
        self.profile.path().join("catcher.log")
    }

    /// How many syncs the server has answered so far.
    fn answers(&self) -> Result<usize> {
        self.server.answered("simplified_msc3575/sync?")
    }

    /// Somebody writes in the first room, until the server has answered twice the backlog.
    async fn chat(&mut self, first: usize, device: &mut Process) -> Result<Said> {
        let mut said = Vec::new();
        while self.answers()? < first + 2 * BACKLOG {
            let text = format!("pendant le rattrapage {}", said.len());
            said.push(self.say(0, &text).await?);
            ensure!(device.ended()?.is_none(), "the device has ended");
        }
        Ok([(self.rooms.first().context("a room")?.clone(), said)].into())
    }

    /// What the event cache holds after the device was closed.
    async fn stored(&self) -> Result<BTreeMap<String, Stored>> {
        let directory = self.profile.path();
        let profile = Profile::new(Some("catcher"), directory.to_owned());
        let vault = Vault::open_with_passphrase(&profile, &PASSPHRASE.to_owned().into())?;
        let stores = Stores::open(&directory.join("store"), vault.store_key())?;
        let events = stores.event_cache_store();
        let mut all = BTreeMap::new();
        for room in &self.rooms {
            let room_id = RoomId::parse(room)?;
            let chunks = LinkedChunkId::Room(&room_id);
            let mut stored = Stored {
                ids: BTreeSet::new(),
                has_gap: false,
            };
            for chunk in events.load_all_chunks(chunks).await? {
                match chunk.content {
                    ChunkContent::Gap(_) => stored.has_gap = true,
                    ChunkContent::Items(items) => {
                        let ids = items.iter().filter_map(|event| event.event_id());
                        stored.ids.extend(ids.map(|id| id.to_string()));
                    }
                }
            }
            all.insert(room.clone(), stored);
        }
        Ok(all)
    }
}

/// Waits until the device has ended well; what it told of its event cache.
fn read(mut device: Process, log: &Path) -> Result<Vec<String>> {
    let output = device.take_stdout().context("no output")?;
    let mut told = Vec::new();
    let mut caught_up = false;
    for line in BufReader::new(output).lines() {
        match line? {
            line if line == "caught up" => caught_up = true,
            line => told.push(line),
        }
    }
    let log = std::fs::read_to_string(log).unwrap_or_default();
    ensure!(caught_up, "the device ended by itself: {log} {told:#?}");
    Ok(told)
}

async fn ended(device: Process, log: PathBuf) -> Result<Vec<String>> {
    tokio::task::spawn_blocking(move || read(device, &log)).await?
}

/// What of all that was said is neither stored, nor known to be missing.
fn lost(said: &[Said], stored: &BTreeMap<String, Stored>) -> Vec<String> {
    let lost_in = |(room, ids): (&String, &Vec<String>)| {
        let stored = stored.get(room);
        let ids = ids
            .iter()
            .filter(|id| stored.is_none_or(|stored| !stored.has_gap && !stored.ids.contains(*id)));
        ids.map(|id| format!("{id} in {room}")).collect::<Vec<_>>()
    };
    said.iter().flatten().flat_map(lost_in).collect()
}

/// What was stored, and is no more.
fn dropped(before: &BTreeMap<String, Stored>, after: &BTreeMap<String, Stored>) -> usize {
    let dropped_of = |(room, stored): (&String, &Stored)| match after.get(room) {
        Some(now) => stored.ids.difference(&now.ids).count(),
        None => stored.ids.len(),
    };
    before.iter().map(dropped_of).sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_disk_drops_no_history_while_many_rooms_are_caught_up_with() -> Result<()> {
    let rooms = env::var("PLI_CRASH_ROOMS").map_or(Ok(40), |rooms| rooms.parse())?;
    let mut scene = Scene::new(rooms).await?;
    let early = scene.say_in(0..rooms, BEFORE, "avant").await?;
    ended(scene.device("avant", None)?, scene.log()).await?;
    let before = scene.stored().await?;
    assert_eq!(lost(&[early], &before), Vec::<String>::new());
    let away = scene.say_in(1..rooms, AWAY, "après").await?;

    let answers = scene.answers()?;
    let mut device = scene.device("après", Some(SLOWNESS))?;
    let meanwhile = scene.chat(answers, &mut device).await?;
    let last = scene.say_in(0..1, 1, "après").await?;
    let told = ended(device, scene.log()).await?;

    let answers = scene.answers()? - answers;
    let after = scene.stored().await?;
    let lost = lost(&[away, meanwhile, last], &after);
    let dropped = dropped(&before, &after);
    let counts = format!("{} lost, {dropped} dropped", lost.len());
    println!("\ndurability: catch-up: {rooms} rooms, {answers} answers, {counts}");
    assert_eq!(told, Vec::<String>::new(), "of the event cache");
    assert_eq!((lost, dropped), (Vec::new(), 0));
    Ok(())
}
