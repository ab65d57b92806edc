//! `session PROGRAM ARGUMENTS`: runs a program where a keyring answers and a screen is there,
//! neither of them the user's.

use std::{
    env,
    process::{Command, ExitCode},
};

use anyhow::{Context, Result};
use pli_testkit::{display, keyring_session::KeyringSession};

fn main() -> Result<ExitCode> {
    let mut arguments = env::args_os().skip(1);
    let program = arguments.next().context("no program to run")?;
    let session = KeyringSession::unlocked()?;
    let status = Command::new(program)
        .args(arguments)
        .envs(session.environment())
        .env("DISPLAY", display::shared()?)
        .status()?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(ExitCode::from(code.unwrap_or(1)))
}
