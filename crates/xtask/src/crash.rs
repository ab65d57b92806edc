//! `cargo xtask crash`.

use anyhow::{Result, bail};

use crate::{options::Options, run};

/// What each of these scenes of `crates/pli-store/tests/store` prints its counts behind.
const COUNTS: &str = "durability: ";

/// Runs the scenes of durability, of damage and of the model many times, and prints what they
/// counted. A number of 0 leaves a scene out.
pub(crate) fn crash(options: &Options) -> Result<()> {
    if !run::succeeds(run::command("strace").arg("--version")) {
        bail!("install strace first: sudo apt-get install strace");
    }
    let scenes = [
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
    ];
    let mut counts = Vec::new();
    let mut failed = false;
    for (scene, variable, count) in scenes {
        if count == 0 {
            continue;
        }
        let mut tests = run::command("cargo");
        // The same selection as in `cargo xtask test`, so that nothing is built anew.
        tests
            .args(["test", "--workspace", "--test", "store", "--"])
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

/// The scene, and below it a line for each count.
fn print_counts(line: &str) {
    let (scene, counts) = line.split_once(": ").unwrap_or((line, ""));
    println!("{scene}");
    for count in counts.split(", ").filter(|count| !count.is_empty()) {
        let (number, what) = count.split_once(' ').unwrap_or(("", count));
        println!("  {number:>7}  {what}");
    }
}
