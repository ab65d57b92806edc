//! Running other programs.

use std::{
    env,
    ffi::OsStr,
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Command, Stdio},
    thread,
};

use anyhow::{Context, Result, bail};

use crate::place;

/// A program, in the root of the checkout, without what `cargo run` left in the environment
/// (it would make build scripts run again), and with the Node that we installed, if we did.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in env::vars_os() {
        let name = name.to_string_lossy();
        let left = [
            "CARGO_PKG_",
            "CARGO_MANIFEST_",
            "CARGO_BIN_",
            "CARGO_CRATE_",
        ];
        if left.iter().any(|prefix| name.starts_with(prefix)) {
            command.env_remove(name.as_ref());
        }
    }
    let node = place::kit().join("node/bin");
    if node.exists() {
        let path = env::var("PATH").unwrap_or_default();
        command.env("PATH", format!("{}:{path}", node.display()));
    }
    command.current_dir(place::workspace());
    command
}

/// Runs it to its end, its output on the terminal.
pub(crate) fn to_end(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("starting {}", name(command)))?;
    if !status.success() {
        bail!("{} failed ({status})", line(command));
    }
    Ok(())
}

/// Runs it to its end, silent unless it fails.
pub(crate) fn quietly(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("starting {}", name(command)))?;
    if !output.status.success() {
        let said = [output.stdout, output.stderr].concat();
        bail!(
            "{} failed:\n{}",
            line(command),
            String::from_utf8_lossy(&said)
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether it runs and succeeds.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Runs it to its end with its output on the terminal, and gives what it printed, and whether
/// it succeeded.
pub(crate) fn listen(command: &mut Command) -> Result<(String, bool)> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("starting {}", name(command)))?;
    let output = child.stdout.take().context("no output")?;
    let errors = child.stderr.take().context("no output")?;
    let errors = thread::spawn(move || repeat(errors));
    let mut printed = repeat(output);
    printed.push_str(&errors.join().unwrap_or_default());
    Ok((printed, child.wait()?.success()))
}

fn repeat(from: impl Read) -> String {
    let mut printed = String::new();
    let mut lines = BufReader::new(from);
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line).unwrap_or(0) > 0 {
        let text = String::from_utf8_lossy(&line).into_owned();
        print!("{text}");
        printed.push_str(&text);
        line.clear();
    }
    printed
}

fn name(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());
    name.to_string_lossy().into_owned()
}

fn line(command: &Command) -> String {
    let arguments = command.get_args().map(|part| part.to_string_lossy());
    std::iter::once(name(command).into())
        .chain(arguments)
        .collect::<Vec<_>>()
        .join(" ")
}
