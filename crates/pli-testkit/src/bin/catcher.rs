//! `catcher PROFILE SERVER ADDRESS PASSWORD ROOMS LAST`: a device that syncs until LAST is the
//! newest message in each of its ROOMS rooms, then closes well. Prints `told …` for whatever the
//! SDK warns of in its event cache, and `caught up` at the end.

// The futures of the SDK nest deeply.
#![recursion_limit = "256"]
#![allow(clippy::print_stdout, reason = "a program that is read line by line")]

use std::{env, io, path::PathBuf, time::Duration};

use anyhow::{Context, Result};
use pli_core::{
    http::Network,
    room_list::RoomRow,
    session::{Session, State, Step},
};
use pli_testkit::listing::Listing;
use pli_vault::{Profile, Vault};
use secrecy::{ExposeSecret as _, SecretString};
use tracing_subscriber::{Layer as _, filter::Targets, layer::SubscriberExt as _};

/// A test's own: it opens nothing but the test's profile.
const PASSPHRASE: &str = "une phrase pour l’épreuve";

/// Thousands of rooms on a slow disk take their time.
const PATIENCE: Duration = Duration::from_secs(3_600);

#[tokio::main]
async fn main() -> Result<()> {
    listen()?;
    let mut arguments = env::args().skip(1);
    let mut argument = |name| arguments.next().context(name);
    let directory = PathBuf::from(argument("profile")?);
    let (server, address) = (argument("server")?, argument("address")?);
    let (password, rooms) = (argument("password")?, argument("rooms")?);
    let (rooms, last): (usize, String) = (rooms.parse()?, argument("last")?);

    let profile = Profile::new(Some("catcher"), directory);
    let vault = Vault::open_with_passphrase(&profile, &PASSPHRASE.to_owned().into())?;
    let session = Session::new(profile, &Network::default(), Default::default())?;
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
    let mut list = Listing::new(account.room_list().await?);
    list.wait_within(PATIENCE, "the newest message of each room", |rows| {
        let newest = rows.iter().filter(|row| newest(row) == Some(&last));
        (newest.count() >= rooms).then_some(())
    })
    .await?;
    drop((list, account));
    session.close().await;
    println!("caught up");
    Ok(())
}

fn newest(row: &RoomRow) -> Option<&str> {
    let message = row.latest.as_ref()?.content.as_message()?;
    Some(message.body())
}

/// To the standard output, as told above.
fn listen() -> Result<()> {
    let targets = Targets::new().with_target("matrix_sdk::event_cache", tracing::Level::WARN);
    let lines = tracing_subscriber::fmt::layer()
        .with_ansi(false)
        .without_time()
        .with_writer(io::stdout)
        .with_filter(targets);
    let registry = tracing_subscriber::registry().with(lines);
    Ok(tracing::subscriber::set_global_default(registry)?)
}
