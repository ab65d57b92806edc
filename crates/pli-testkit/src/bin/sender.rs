//! `sender PROFILE SERVER ADDRESS PASSWORD ROOM WHAT…`: a device in a room, to be killed. It
//! prints `signed in`, `in` once it is in the room, and then, as WHAT says:
//!
//! - `meet`: `met`, once it can read what somebody else wrote; it ends.
//! - `write RUN COUNT`: writes so many letters; `kept` and the letter for each one that the queue
//!   says it keeps. It stays, and receives, until its input ends.
//! - `watch RUN COUNT`: the same with the room open.
//! - `drain LETTER`: writes one, and `empty` when everything has left; it ends.
//! - `read LETTER SINCE`: waits for that letter, then reads the room back to its start. For each
//!   event in order `read`, `undecryptable` or `unsent`, with its id and what it says, then
//!   `whole`; it ends. What comes after the event SINCE is given time to be decrypted.

// The futures of the SDK nest deeply.
#![recursion_limit = "256"]
#![allow(clippy::print_stdout, reason = "a program that is read line by line")]

use std::{
    env,
    io::{self, Read as _},
    path::PathBuf,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use pli_core::{
    account::Account,
    composer::Outgoing,
    http::Network,
    room::Membership,
    session::{Session, State, Step},
};
use pli_testkit::{
    listing::Listing,
    reading::{Read, Reading, Sending},
};
use pli_vault::{Profile, Vault};
use secrecy::{ExposeSecret as _, SecretString};
use tracing_subscriber::filter::LevelFilter;

/// A test's own: it opens nothing but the test's profile.
const PASSPHRASE: &str = "une phrase pour l’épreuve";

/// Between two letters: as fast as somebody who has a lot to say in few words.
const PACE: Duration = Duration::from_millis(100);

/// How long a key may come after what it opens.
const KEYS: Duration = Duration::from_secs(15);

#[tokio::main]
async fn main() -> Result<()> {
    tracing_subscriber::fmt()
        .with_max_level(LevelFilter::WARN)
        .with_ansi(false)
        .with_writer(io::stderr)
        .init();
    let mut arguments = env::args().skip(1);
    let mut argument = |name| arguments.next().context(name);
    let directory = PathBuf::from(argument("profile")?);
    let (server, address) = (argument("server")?, argument("address")?);
    let (password, room) = (argument("password")?, argument("room")?);

    let session = open(directory, &server, &address, password.into()).await?;
    println!("signed in");
    let account = session.account().context("no account")?;
    enter(&account, &room).await?;
    println!("in");
    match argument("what")?.as_str() {
        "meet" => meet(&account, &room, &address).await?,
        "write" => write(&account, &room, argument("run")?, argument("count")?).await?,
        "watch" => {
            let _open = account.timeline_subscribe(&room, None).await?;
            write(&account, &room, argument("run")?, argument("count")?).await?;
        }
        "drain" => drain(&account, &room, &argument("letter")?).await?,
        "read" => read(&account, &room, &argument("letter")?, &argument("since")?).await?,
        what => bail!("cannot {what}"),
    }
    session.close().await;
    Ok(())
}

async fn open(
    directory: PathBuf,
    server: &str,
    address: &str,
    password: SecretString,
) -> Result<Session> {
    let profile = Profile::new(Some("sender"), directory);
    let vault = Vault::open_with_passphrase(&profile, &PASSPHRASE.to_owned().into())?;
    let session = Session::new(profile, &Network::default(), Default::default())?;
    session.start_with(vault).await;
    if matches!(session.state(), State::SignedOut { ended: None }) {
        session.sign_in(address, Some(server), password).await?;
    }
    if matches!(session.state(), State::Recovery(_, Step::ShowCode)) {
        let code = session.recovery_set_up().await?;
        let shown = code.expose_secret();
        let ending = shown.get(shown.len().saturating_sub(4)..).context("code")?;
        session.recovery_confirm(ending).await?;
    }
    match session.state() {
        State::SignedIn(_) => Ok(session),
        state => bail!("the session is {state:?}"),
    }
}

/// Joins the room once the invitation is there, and waits until that is known here too.
async fn enter(account: &Account, room: &str) -> Result<()> {
    let mut list = Listing::new(account.room_list().await?);
    let row = list.wait_for("the room", |row| row.room_id == room).await?;
    if row.membership == Membership::Invited {
        account.room_accept_invite(room).await?;
    }
    list.wait_for("the room, joined", |row| {
        row.room_id == room && row.membership == Membership::Joined && row.encrypted
    })
    .await?;
    Ok(())
}

async fn meet(account: &Account, room: &str, own: &str) -> Result<()> {
    let mut reading = Reading::new(account.timeline_subscribe(room, None).await?);
    reading
        .wait_for("somebody", |event| {
            event.body.is_some() && event.sender != own
        })
        .await?;
    println!("met");
    Ok(())
}

async fn write(account: &Account, room: &str, run: String, count: String) -> Result<()> {
    let count: u32 = count.parse()?;
    let mut pace = tokio::time::interval(PACE);
    for number in 0..count {
        pace.tick().await;
        keep(account, room, &format!("passe {run} message {number}")).await?;
    }
    let ended = tokio::task::spawn_blocking(|| io::stdin().read_to_end(&mut Vec::new()));
    ended.await??;
    Ok(())
}

async fn keep(account: &Account, room: &str, letter: &str) -> Result<()> {
    let message = Outgoing {
        markdown: letter.to_owned(),
        mentions: Vec::new(),
        mentions_room: false,
        reply_to: None,
        lifetime: None,
    };
    account.timeline_send_text(room, message).await?;
    println!("kept {letter}");
    Ok(())
}

/// Waits until nothing is left to send.
async fn drain(account: &Account, room: &str, letter: &str) -> Result<()> {
    let mut reading = Reading::new(account.timeline_subscribe(room, None).await?);
    keep(account, room, letter).await?;
    let left = |events: &[Read]| {
        let waits = events.iter().any(|event| event.sending != Sending::Sent);
        let last = events
            .iter()
            .any(|event| event.body.as_deref() == Some(letter));
        (last && !waits).then_some(())
    };
    reading.wait_by_progress("an empty queue", left).await?;
    println!("empty");
    Ok(())
}

async fn read(account: &Account, room: &str, letter: &str, since: &str) -> Result<()> {
    let mut reading = Reading::new(account.timeline_subscribe(room, None).await?);
    let there = |events: &[Read]| {
        let mut newest = events.iter().rev();
        newest
            .any(|event| event.body.as_deref() == Some(letter))
            .then_some(())
    };
    reading.wait_by_progress(letter, there).await?;
    reading.read_to_start(account, room).await?;
    let asked = Instant::now();
    while waits_for_keys(&reading.events(), since) && asked.elapsed() < KEYS {
        reading.follow().await?;
    }
    for event in reading.events() {
        let word = match event.sending {
            _ if event.undecryptable => "undecryptable",
            Sending::Sent => "read",
            Sending::Waiting | Sending::Failed => "unsent",
        };
        println!("{word} {} {}", event.id, event.body.unwrap_or_default());
    }
    println!("whole");
    Ok(())
}

fn waits_for_keys(events: &[Read], since: &str) -> bool {
    let mut later = events.iter().skip_while(|event| event.id != since);
    later.any(|event| event.undecryptable)
}
