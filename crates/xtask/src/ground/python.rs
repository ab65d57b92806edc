//! Synapse, in a Python environment of its own.

use std::{fs, path::Path, process::Command};

use anyhow::Result;

use crate::{place, run};

/// Synapse and all it needs, each at one version.
const REQUIREMENTS: &str = include_str!("../../requirements.txt");

/// Makes the environment, or brings it to the versions of `requirements.txt`.
pub(super) fn prepare() -> Result<()> {
    let environment = place::kit().join("synapse");
    let stamp = environment.join("pli-requirements.txt");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == REQUIREMENTS) {
        return Ok(());
    }
    println!("  installing Synapse (about a minute)…");
    make(&environment)?;
    install(&environment, &["-r", "crates/xtask/requirements.txt"])?;
    Ok(fs::write(stamp, REQUIREMENTS)?)
}

/// Makes an empty environment, unless it is there.
pub(super) fn make(environment: &Path) -> Result<()> {
    if environment.join("bin/pip").exists() {
        return Ok(());
    }
    fs::create_dir_all(place::kit())?;
    run::quietly(
        Command::new("python3")
            .args(["-m", "venv"])
            .arg(environment),
    )?;
    Ok(())
}

/// Installs packages into an environment.
pub(super) fn install(environment: &Path, packages: &[&str]) -> Result<()> {
    let mut pip = run::command(environment.join("bin/python"));
    pip.args(["-m", "pip", "install", "-q", "--disable-pip-version-check"]);
    run::quietly(pip.args(packages))?;
    Ok(())
}
