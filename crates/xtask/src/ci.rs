//! `cargo xtask ci`.

use anyhow::Result;

use crate::{options::Options, run, suite::Report, test};

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
    if run::succeeds(run::command("cargo").args(["deny", "--version"])) {
        // Advisories need a database from outside.
        let mut deny = run::command("cargo");
        deny.args(["deny", "--offline", "check", "bans", "licenses", "sources"]);
        report.run("licences and bans", &mut deny)?;
    } else {
        println!("\ncargo-deny is not installed (cargo install cargo-deny): licences unchecked");
        report.omit("licences and bans");
    }
    report.close()
}
