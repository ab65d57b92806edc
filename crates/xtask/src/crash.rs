//! `cargo xtask crash`.

use std::process::Command;

use anyhow::{Result, bail};

use crate::{options::Options, run, test};

/// What each of these scenes of `crates/pli-store/tests/store` and `tests/journeys` prints its
/// counts behind.
const COUNTS: &str = "durability: ";

/// The scene of a device that is killed.
const DEVICE: &str = "killed";

/// Runs the scenes of durability, of damage, of the model and of a device on a real server many
/// times, and prints what they counted. A number of 0 leaves a scene out.
pub(crate) fn crash(options: &Options) -> Result<()> {
    let wanted = scenes(options)
        .into_iter()
        .filter(|(_, _, count)| *count > 0);
    let wanted: Vec<_> = wanted.collect();
    let of_store = |scene: &str| scene != DEVICE;
    if wanted.iter().any(|(scene, _, _)| of_store(scene))
        && !run::succeeds(run::command("strace").arg("--version"))
    {
        bail!("install strace first: sudo apt-get install strace");
    }
    let mut counts = Vec::new();
    let mut failed = false;
    for (scene, variable, count) in wanted {
        let mut tests = if of_store(scene) {
            store()
        } else {
            journeys(options)?
        };
        tests
            .arg("--")
            .arg(format!("{scene}::"))
            .arg("--nocapture")
            .env(variable, count.to_string());
        let (printed, succeeded) = run::listen(&mut tests)?;
        failed |= !succeeded;
        let told = printed.lines().find_map(|line| line.strip_prefix(COUNTS));
        counts.push(told.map_or_else(|| format!("{scene}: no counts"), str::to_owned));
    }
    println!();
    for line in &counts {
        print_counts(line);
    }
    if failed {
        bail!("the store did not keep its word");
    }
    Ok(())
}

/// Each scene, the variable that says how often, and how often.
fn scenes(options: &Options) -> [(&'static str, &'static str, u32); 6] {
    [
        (
            "durability::power",
            "PLI_CRASH_IMAGES",
            options.images.unwrap_or(5_000),
        ),
        (
            "durability::kill",
            "PLI_CRASH_KILLS",
            options.kills.unwrap_or(10_000),
        ),
        (
            "durability::refusal",
            "PLI_CRASH_ERRORS",
            options.errors.unwrap_or(2_000),
        ),
        (
            "damage",
            "PLI_CRASH_DAMAGES",
            options.damages.unwrap_or(1_000),
        ),
        (
            "model",
            "PLI_CRASH_OPERATIONS",
            options.operations.unwrap_or(10_000_000),
        ),
        (
            DEVICE,
            "PLI_CRASH_DEVICE_KILLS",
            options.device_kills.unwrap_or(200),
        ),
    ]
}

/// The scenes that need nothing but the store, in the same selection as in `cargo xtask test`, so
/// that nothing is built anew.
fn store() -> Command {
    let mut tests = run::command("cargo");
    tests.args(["test", "--workspace", "--test", "store"]);
    tests
}

/// The scenes that need a server, and a device in a process of its own.
fn journeys(options: &Options) -> Result<Command> {
    test::prepare(options)?;
    let (_, built) = run::listen(&mut test::build())?;
    if !built {
        bail!("the build failed");
    }
    let targets = ["--test", "journeys"].map(str::to_owned);
    Ok(test::in_session(&targets))
}

/// The scene, and below it a line for each count.
fn print_counts(line: &str) {
    let (scene, counts) = line.split_once(": ").unwrap_or((line, ""));
    println!("{scene}");
    for count in counts.split(", ").filter(|count| !count.is_empty()) {
        let (number, what) = count.split_once(' ').unwrap_or(("", count));
        println!("  {number:>7}  {what}");
    }
}
