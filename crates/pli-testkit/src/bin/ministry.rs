//! `ministry DIRECTORY [--federated]`: runs the demo's servers until it is stopped. Prints a
//! line for each step, then `ready` and one line of JSON: who may sign in.

use std::{
    env,
    io::{self, Read, Write},
    path::PathBuf,
};

use anyhow::{Context, Result};
use pli_testkit::ministry::Ministry;

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = env::args_os().skip(1);
    let directory = PathBuf::from(arguments.next().context("no directory")?);
    let federated = arguments.any(|argument| argument == "--federated");
    let tell = |step: &str| {
        let _ = writeln!(io::stdout(), "{step}");
    };
    let ministry = Ministry::open(&directory, federated, tell).await?;
    tell("ready");
    tell(&serde_json::to_string(&ministry.accounts)?);
    // Whoever started this ends it by closing the pipe, in whatever way they end themselves.
    io::stdin().read_to_end(&mut Vec::new())?;
    for server in &ministry.servers {
        server.stop()?;
    }
    Ok(())
}
