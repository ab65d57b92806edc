//! Many people write for long over a network that fails, on devices that start again and again.

use std::{
    collections::BTreeMap,
    env,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant, SystemTime},
};

use anyhow::{Context as _, Result, ensure};
use pli_core::{
    member::MemberState,
    room::{Membership, NewRoom},
};
use pli_testkit::{
    proxy::{Attack, Proxy, Rule},
    reading::{Read, Sending},
    synapse::Synapse,
};
use tokio::task::JoinSet;

use crate::{members::members, messages::read, random::Random, rooms::rooms, scene::Device};

/// Messages, and people, unless more messages are asked for.
const FEW: (usize, usize) = (72, 3);

/// People, when they are.
const PEOPLE: usize = 10;

/// Messages of a room at most: a timeline that is read from its start is held whole.
const ROOM: usize = 500;

/// After so many messages, each person looks whether what was written has left.
const LOOK: usize = 6;

/// After so many, Pli starts again.
const RESTART: usize = 24;

/// Of ten thousand requests, as many meet each of four faults: five in a hundred in all.
const FAULTS: u64 = 125;

/// How long a request may be late.
const LATE: Duration = Duration::from_secs(3);

/// How long a message may take to leave.
const LEAVES: Duration = Duration::from_secs(300);

/// How long after the last fault all must be readable.
const CALM: Duration = Duration::from_secs(60);

/// Faults of the network, for as long as they are held: lost on the way, lost on the way back,
/// late, doubled. Those that are late are overtaken by others.
fn trouble(proxy: &Proxy, random: &mut Random) -> Vec<Rule> {
    [
        Attack::HangUp,
        Attack::Unanswered,
        Attack::Late(LATE),
        Attack::Twice,
    ]
    .into_iter()
    .map(|attack| {
        let random = Mutex::new(random.fork());
        let meets = move |_: &_| {
            let mut random = random.lock().unwrap_or_else(PoisonError::into_inner);
            random.below(10_000) < FAULTS
        };
        proxy.always(meets, attack)
    })
    .collect()
}

/// What each room was told, and by whom.
type Ledger = BTreeMap<String, Vec<(String, String)>>;

/// A room of all of these, in which each knows all others.
async fn meeting(devices: &[Device], name: String) -> Result<String> {
    let (host, guests) = devices.split_first().context("nobody")?;
    let room = NewRoom {
        name,
        topic: None,
        invite: guests.iter().map(|guest| guest.id().to_owned()).collect(),
        ..NewRoom::default()
    };
    let room = host.account.room_create(&room).await?;
    for guest in guests {
        let mut list = rooms(&guest.account).await?;
        list.wait_for("the invitation", |row| row.room_id == room)
            .await?;
        guest.account.room_accept_invite(&room).await?;
        list.wait_for("the room", |row| {
            row.room_id == room && row.membership == Membership::Joined && row.encrypted
        })
        .await?;
    }
    for device in devices {
        let mut people = members(&device.account, &room).await?;
        people
            .wait("everybody", |rows| {
                let joined = rows.iter().filter(|row| row.state == MemberState::Joined);
                (joined.count() == devices.len()).then_some(())
            })
            .await?;
    }
    Ok(room)
}

/// Somebody writes so many letters, from room to room.
async fn write(
    mut device: Device,
    rooms: Arc<Vec<String>>,
    letters: usize,
    mut random: Random,
) -> Result<(Device, Ledger)> {
    let mut ledger = Ledger::new();
    // Not all start again at once.
    let first = usize::try_from(random.below(RESTART as u64))?;
    for number in 0..letters {
        let at = usize::try_from(random.below(rooms.len() as u64))?;
        let room = rooms.get(at).context("a room")?;
        let text = format!("lettre {number} de {}", device.id());
        device.write(room, &text).await?;
        if (number + 1) % LOOK == 0 {
            // What is written in a room leaves in its order.
            let mut reading = read(&device, room).await?;
            let written = Instant::now();
            while !has_left(&reading.events(), &text) {
                ensure!(written.elapsed() < LEAVES, "{text} does not leave");
                reading.follow().await?;
            }
        }
        let told = ledger.entry(room.clone()).or_default();
        told.push((device.id().to_owned(), text));
        if (number + first) % RESTART == 0 {
            device = device.restart().await?;
        }
    }
    Ok((device, ledger))
}

fn has_left(events: &[Read], text: &str) -> bool {
    events
        .iter()
        .any(|event| event.body.as_deref() == Some(text) && event.sending == Sending::Sent)
}

/// What is wrong with what a device reads of a room.
#[derive(Debug, Default, PartialEq, Eq)]
struct Faults {
    lost: Vec<String>,
    doubled: Vec<String>,
    undecryptable: usize,
}

fn faults(events: &[Read], told: &[(String, String)]) -> Faults {
    let mut read = BTreeMap::<(&str, &str), usize>::new();
    for event in events {
        if let Some(body) = &event.body {
            *read.entry((&event.sender, body)).or_default() += 1;
        }
    }
    let times = |(sender, text): &(String, String)| {
        let times = read.get(&(sender.as_str(), text.as_str()));
        times.copied().unwrap_or_default()
    };
    let those = |wrong: fn(usize) -> bool| {
        let those = told.iter().filter(|told| wrong(times(told)));
        those.map(|(_, text)| text.clone()).collect()
    };
    Faults {
        lost: those(|times| times == 0),
        doubled: those(|times| times > 1),
        undecryptable: events.iter().filter(|event| event.undecryptable).count(),
    }
}

/// Reads all rooms from their start, until all is there; how long after `calm` that was.
async fn verify(device: Device, ledger: Arc<Ledger>, calm: Instant) -> Result<Duration> {
    let mut last = Duration::ZERO;
    for (room, told) in ledger.iter() {
        let mut reading = read(&device, room).await?;
        reading.read_to_start(&device.account, room).await?;
        let whole = |events: &[Read]| (faults(events, told) == Faults::default()).then_some(());
        while whole(&reading.events()).is_none() {
            let left = CALM.saturating_sub(calm.elapsed());
            let waited = tokio::time::timeout(left, reading.follow()).await;
            let faults = faults(&reading.events(), told);
            ensure!(waited.is_ok(), "{} finds {faults:?}", device.id());
            last = calm.elapsed();
        }
    }
    Ok(last)
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_network_that_fails_nothing_is_lost_doubled_or_unreadable() -> Result<()> {
    let asked = env::var("PLI_CRASH_MESSAGES").ok();
    let (messages, people) = match asked {
        Some(messages) => (messages.parse()?, PEOPLE),
        None => FEW,
    };
    let seed = match env::var("PLI_CRASH_SEED") {
        Ok(seed) => seed.parse()?,
        Err(_) => SystemTime::now()
            .duration_since(SystemTime::UNIX_EPOCH)?
            .as_secs(),
    };
    println!("soak: seed {seed}");
    let mut random = Random::seeded(seed);

    // Given people who have met.
    let server = Synapse::shared().await?;
    let proxy = Proxy::before(server).await?;
    let mut devices = Vec::new();
    for number in 0..people {
        let name = format!("endurance.{seed}.{number}");
        devices.push(Device::first_through(server, &proxy.base_url(), &name).await?);
    }
    let mut rooms = Vec::new();
    for number in 0..messages.div_ceil(ROOM) {
        rooms.push(meeting(&devices, format!("Endurance {number}")).await?);
    }
    let rooms = Arc::new(rooms);

    // When the network fails while all of them write.
    let rules = trouble(&proxy, &mut random);
    let mut writing = JoinSet::new();
    for device in devices {
        let letters = messages / people;
        writing.spawn(write(device, Arc::clone(&rooms), letters, random.fork()));
    }
    let (mut devices, mut ledger) = (Vec::new(), Ledger::new());
    while let Some(written) = writing.join_next().await {
        let (device, told) = written??;
        devices.push(device);
        for (room, told) in told {
            ledger.entry(room).or_default().extend(told);
        }
    }
    let met = rules.iter().map(Rule::struck).sum::<usize>();
    let requests = proxy.seen().len();
    drop(rules);
    let calm = Instant::now();

    // Then all of them read all of it.
    ensure!(met > 0, "the network did not fail");
    let ledger = Arc::new(ledger);
    let mut reading = JoinSet::new();
    for device in devices {
        reading.spawn(verify(device, Arc::clone(&ledger), calm));
    }
    let mut last = Duration::ZERO;
    while let Some(read) = reading.join_next().await {
        last = last.max(read??);
    }
    let written = ledger.values().map(Vec::len).sum::<usize>();
    println!(
        "\ndurability: soak: {people} people, {written} messages, {met} faults in {requests} \
         requests, {} seconds until the last was there, 0 lost, 0 doubled, 0 undecryptable",
        last.as_secs()
    );
    Ok(())
}
