//! cargo-deny, which reads `deny.toml`.

use std::path::PathBuf;

use anyhow::Result;

use crate::{place, run};

const VERSION: &str = "0.20.2";

/// The machine's cargo-deny if it is this version, or one installed for this checkout.
pub(crate) fn cargo_deny() -> Result<PathBuf> {
    let own = place::kit().join("tools/bin/cargo-deny");
    for program in [PathBuf::from("cargo-deny"), own.clone()] {
        let version = run::quietly(run::command(&program).arg("--version"));
        if version.is_ok_and(|version| version.contains(VERSION)) {
            return Ok(program);
        }
    }
    println!("  installing cargo-deny (some minutes)…");
    let mut install = run::command("cargo");
    install.args(["install", "--locked", "--quiet", "--root"]);
    install.arg(place::kit().join("tools"));
    run::quietly(install.arg(format!("cargo-deny@{VERSION}")))?;
    Ok(own)
}
