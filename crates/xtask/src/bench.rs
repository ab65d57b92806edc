//! `cargo xtask bench`.

use anyhow::Result;

use crate::{
    ground::{self, Purpose, step},
    options::Options,
    place, run,
};

/// The build that is measured: optimised, but with the door that WebDriver needs.
const PROFILE: &str = "figures";

/// Prints the figures of the window, each beside what it is held against, taken in one run.
pub(crate) fn bench(options: &Options) -> Result<()> {
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
