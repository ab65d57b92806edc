//! `cargo xtask ci`.

use anyhow::Result;

use crate::{ground, options::Options, run, suite::Report, test};

/// Every test, then what the compiler and the licences say.
pub(crate) fn ci(options: &Options) -> Result<()> {
    test::prepare(options)?;
    let mut report = Report::default();
    test::suites(&mut report, options)?;
    let mut clippy = run::command("cargo");
    clippy.args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]);
    report.run("clippy", &mut clippy)?;
    // Advisories need a database from outside.
    let mut deny = run::command(ground::cargo_deny()?);
    deny.args(["--offline", "check", "bans", "licenses", "sources"]);
    report.run("licences and bans", &mut deny)?;
    report.close()
}
