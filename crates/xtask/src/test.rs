//! `cargo xtask test`.

use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{
    ground::{self, Purpose, step},
    options::Options,
    place, run,
    suite::Report,
};

/// Suites that need servers and windows; they run after the quick ones.
const SCENES: [&str; 2] = ["journeys", "desktop"];

/// Installs what is missing, then runs every suite.
pub(crate) fn test(options: &Options) -> Result<()> {
    prepare(options)?;
    let mut report = Report::default();
    suites(&mut report, options)?;
    report.close()
}

/// Installs what is missing and builds the page.
pub(crate) fn prepare(options: &Options) -> Result<()> {
    println!("Preparing");
    ground::prepare(Purpose::Test, options)?;
    step("the page", ground::build_page)
}

/// Runs every suite, the quickest to fail first.
pub(crate) fn suites(report: &mut Report, options: &Options) -> Result<()> {
    let wanted = |name: &str| {
        options.only.is_empty()
            || options
                .only
                .iter()
                .any(|only| name.starts_with(only.as_str()))
    };
    if wanted("format") {
        report.run(
            "format",
            run::command("cargo").args(["fmt", "--all", "--check"]),
        )?;
    }
    for (name, script) in [
        ("page: types", "check"),
        ("page: lint", "lint"),
        ("page: units", "test"),
        ("page: accessibility", "test:axe"),
    ] {
        if wanted(name) {
            report.run(name, &mut npm(script))?;
        }
    }
    let built = report.run("build", &mut build())?;
    let quick = quick_tests()?;
    let mut suites = vec![("units and stores", quick)];
    suites.extend(SCENES.map(|name| (name, vec!["--test".to_owned(), name.to_owned()])));
    for (name, targets) in suites.into_iter().filter(|(name, _)| wanted(name)) {
        if built {
            report.run(name, &mut in_session(&targets))?;
        } else {
            report.omit(name);
        }
    }
    Ok(())
}

fn npm(script: &str) -> Command {
    let mut npm = run::command("npm");
    npm.args(["run", "--silent", script])
        .env("CI", "true")
        .current_dir(place::page());
    npm
}

/// One build for all tests: the same features and so the same dependencies.
pub(crate) fn build() -> Command {
    let mut build = run::command("cargo");
    build.args(["build", "--workspace", "--all-targets"]);
    build
}

/// Tests run where a keyring answers and a screen is there, neither of them the user's.
pub(crate) fn in_session(targets: &[String]) -> Command {
    let mut command = run::command(place::binary("session"));
    command
        .args(["cargo", "test", "--workspace", "--no-fail-fast"])
        .args(targets)
        .env("PLI_KIT_DIR", place::kit());
    command
}

/// Arguments that choose every test target but the scenes.
fn quick_tests() -> Result<Vec<String>> {
    let mut arguments = vec!["--lib".to_owned(), "--bins".to_owned()];
    for name in test_targets()? {
        if !SCENES.contains(&name.as_str()) {
            arguments.extend(["--test".to_owned(), name]);
        }
    }
    Ok(arguments)
}

/// Names of the workspace's integration tests.
fn test_targets() -> Result<Vec<String>> {
    let mut cargo = run::command("cargo");
    let printed = run::quietly(cargo.args(["metadata", "--no-deps", "--format-version=1"]))?;
    let metadata: Value = serde_json::from_str(&printed)?;
    let packages = metadata.get("packages").and_then(Value::as_array);
    let targets = packages
        .context("no packages")?
        .iter()
        .filter_map(|package| package.get("targets")?.as_array())
        .flatten();
    let mut names: Vec<String> = targets
        .filter(|target| is_test(target))
        .filter_map(|target| Some(target.get("name")?.as_str()?.to_owned()))
        .collect();
    names.sort();
    names.dedup();
    for scene in SCENES {
        if !names.iter().any(|name| name == scene) {
            bail!("the suite {scene} is gone");
        }
    }
    Ok(names)
}

fn is_test(target: &Value) -> bool {
    let kinds = target.get("kind").and_then(Value::as_array);
    kinds.is_some_and(|kinds| kinds.iter().any(|kind| kind == "test"))
}
