//! `cargo xtask bench`.

use anyhow::Result;

use crate::{
    ground::{self, Purpose, step},
    options::Options,
    place, run,
};

/// The build that is measured: optimised, but with the door that WebDriver needs.
const PROFILE: &str = "figures";

/// Prints figures, each beside what it is held against, taken in one run: of the window, or of
/// the store.
pub(crate) fn bench(options: &Options) -> Result<()> {
    match &options.subject {
        Some(_) => bench_store(options),
        None => bench_window(options),
    }
}

fn bench_window(options: &Options) -> Result<()> {
    println!("Preparing");
    ground::prepare(Purpose::HiddenDemo, options)?;
    step("the page", ground::build_page)?;
    println!("  building Pli with optimisations (a quarter of an hour the first time)…");
    let mut build = run::command("cargo");
    build.args(["build", "--profile", PROFILE]);
    build.args(["-p", "pli", "-p", "pli-testkit", "--bins", "--examples"]);
    run::to_end(&mut build)?;
    let binaries = place::target().join(PROFILE);
    let mut figures = run::command(binaries.join("session"));
    figures
        .arg(binaries.join("figures"))
        .env("PLI_BINARIES", &binaries)
        .env("PLI_KIT_DIR", place::kit());
    run::to_end(&mut figures)
}

/// The store beside its peers, then its single acts. As the workspace's other benches are built,
/// so that the SDK has the features that Pli uses.
fn bench_store(options: &Options) -> Result<()> {
    println!("Preparing");
    println!("  building the stores with optimisations (a quarter of an hour the first time)…");
    let cargo = |act: &str, bench: &str| {
        let mut cargo = run::command("cargo");
        cargo.args([act, "--profile", PROFILE, "--workspace", "--bench", bench]);
        cargo.args(["--features", "pli-store/benches", "--quiet"]);
        cargo
    };
    let mut side_by_side = cargo("bench", "side_by_side");
    side_by_side.arg("--");
    if let Some(rounds) = options.rounds {
        side_by_side.args(["--rounds", &rounds.to_string()]);
    }
    if options.quick {
        side_by_side.arg("--quick");
    }
    for row in &options.only {
        side_by_side.args(["--only", row]);
    }
    run::to_end(&mut side_by_side)?;
    if !options.only.is_empty() {
        return Ok(());
    }
    println!("\nSingle acts of pli-store");
    let mut micro = cargo("bench", "micro");
    if options.quick {
        micro.args(["--", "--quick"]);
    }
    run::to_end(&mut micro)
}
