//! `cargo xtask crash`.

use std::process::Command;

use anyhow::{Result, bail};

use crate::{options::Options, run, test};

/// What each of these scenes of `crates/pli-store/tests/store` and `tests/journeys` prints its
/// counts behind.
const COUNTS: &str = "durability: ";

/// As for the benches: the process of a scene starts and ends thousands of times.
const PROFILE: &str = "figures";

/// A scene of tests.
struct Scene {
    /// The module of its tests.
    name: &'static str,
    place: Place,
    /// Tells its tests how often.
    variable: &'static str,
    /// How often, if that was asked for.
    asked: Option<u32>,
    /// How often, if nothing was.
    many: u32,
}

#[derive(Clone, Copy)]
enum Place {
    Store,
    /// With a server, and a device in a process of its own.
    Journeys,
}

impl Scene {
    const fn new(
        place: Place,
        name: &'static str,
        variable: &'static str,
        asked: Option<u32>,
        many: u32,
    ) -> Self {
        Self {
            name,
            place,
            variable,
            asked,
            many,
        }
    }

    fn tests(&self, options: &Options) -> Result<Command> {
        let mut tests = match self.place {
            Place::Store => store(),
            Place::Journeys => journeys(options)?,
        };
        let count = self.asked.unwrap_or(self.many);
        tests
            .args(["--", &format!("{}::", self.name), "--nocapture"])
            .env(self.variable, count.to_string());
        Ok(tests)
    }
}

/// Runs the scenes of durability, of damage, of the model and of devices on a real server many
/// times, and prints what they counted: those asked for by their numbers, or all.
pub(crate) fn crash(options: &Options) -> Result<()> {
    if !run::succeeds(run::command("strace").arg("--version")) {
        bail!("install strace first: sudo apt-get install strace");
    }
    let scenes = scenes(options);
    let all = scenes.iter().all(|scene| scene.asked.is_none());
    let mut counts = Vec::new();
    let mut failed = false;
    for scene in scenes.iter().filter(|scene| all || scene.asked.is_some()) {
        let (printed, succeeded) = run::listen(&mut scene.tests(options)?)?;
        failed |= !succeeded;
        let told = printed.lines().find_map(|line| line.strip_prefix(COUNTS));
        counts.push(told.map_or_else(|| format!("{}: no counts", scene.name), str::to_owned));
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

fn scenes(options: &Options) -> [Scene; 9] {
    use Place::{Journeys, Store};
    [
        Scene::new(
            Store,
            "durability::power",
            "PLI_CRASH_IMAGES",
            options.images,
            5_000,
        ),
        Scene::new(
            Store,
            "durability::kill",
            "PLI_CRASH_KILLS",
            options.kills,
            10_000,
        ),
        Scene::new(
            Store,
            "durability::refusal",
            "PLI_CRASH_ERRORS",
            options.errors,
            2_000,
        ),
        Scene::new(Store, "damage", "PLI_CRASH_DAMAGES", options.damages, 1_000),
        Scene::new(
            Store,
            "model",
            "PLI_CRASH_OPERATIONS",
            options.operations,
            10_000_000,
        ),
        Scene::new(
            Journeys,
            "killed",
            "PLI_CRASH_DEVICE_KILLS",
            options.device_kills,
            200,
        ),
        Scene::new(
            Journeys,
            "catch_up",
            "PLI_CRASH_ROOMS",
            options.rooms,
            2_000,
        ),
        Scene::new(
            Journeys,
            "soak",
            "PLI_CRASH_MESSAGES",
            options.messages,
            10_000,
        ),
        Scene::new(
            Journeys,
            "hostile",
            "PLI_CRASH_MEMBERS",
            options.members,
            100_000,
        ),
    ]
}

/// The scenes that need nothing but the store, optimised.
fn store() -> Command {
    let mut tests = run::command("cargo");
    tests.args(["test", "--profile", PROFILE, "--workspace"]);
    tests.args(["--test", "store"]);
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
