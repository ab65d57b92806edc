//! `sender PROFILE SERVER ADDRESS PASSWORD ROOM RUN COUNT`: a device that writes without rest
//! until it is killed. Prints `in` once it is in the room, then one line for each message that
//! the queue says it keeps, and `empty` when all of them have left.

// The futures of the SDK nest deeply.
#![recursion_limit = "256"]
#![allow(clippy::print_stdout, reason = "a program that is read line by line")]

use std::{env, path::PathBuf};

use anyhow::{Context, Result};
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

/// A test's own: it opens nothing but the test's profile.
const PASSPHRASE: &str = "une phrase pour l’épreuve";

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = env::args().skip(1);
    let mut argument = |name| arguments.next().context(name);
    let directory = PathBuf::from(argument("profile")?);
    let (server, address) = (argument("server")?, argument("address")?);
    let (password, room) = (argument("password")?, argument("room")?);
    let (run, count): (u32, u32) = (argument("run")?.parse()?, argument("count")?.parse()?);

    let profile = Profile::new(Some("sender"), directory);
    let vault = Vault::open_with_passphrase(&profile, &PASSPHRASE.to_owned().into())?;
    let session = Session::new(profile, &Network::default())?;
    session.start_with(vault).await;
    if matches!(session.state(), State::SignedOut { .. }) {
        let password = SecretString::from(password);
        session.sign_in(&address, Some(&server), password).await?;
    }
    if matches!(session.state(), State::Recovery(_, Step::ShowCode)) {
        let code = session.recovery_set_up().await?;
        let shown = code.expose_secret();
        let ending = shown.get(shown.len().saturating_sub(4)..).context("code")?;
        session.recovery_confirm(ending).await?;
    }
    let account = session.account().context("no account")?;
    enter(&account, &room).await?;
    println!("in");
    for number in 0..count {
        let words = format!("passe {run} message {number}");
        account.timeline_send_text(&room, message(&words)).await?;
        println!("{words}");
    }
    drain(&account, &room).await?;
    println!("empty");
    Ok(())
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

fn message(words: &str) -> Outgoing {
    Outgoing {
        markdown: words.to_owned(),
        mentions: Vec::new(),
        mentions_room: false,
        reply_to: None,
    }
}

/// Waits until nothing is left to send.
async fn drain(account: &Account, room: &str) -> Result<()> {
    let mut reading = Reading::new(account.timeline_subscribe(room, None).await?);
    let empty = |events: &[Read]| {
        let waits = events.iter().any(|event| event.sending != Sending::Sent);
        (!events.is_empty() && !waits).then_some(())
    };
    reading.wait("an empty queue", empty).await
}
