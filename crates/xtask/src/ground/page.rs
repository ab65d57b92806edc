//! The page: its packages and its build, each done again only when something changed.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
};

use anyhow::{Context, Result};

use crate::{place, run};

/// Installs the packages that a folder's lock file names.
pub(super) fn install(folder: &Path) -> Result<()> {
    let lock = fs::read_to_string(folder.join("package-lock.json")).context("no lock file")?;
    let stamp = folder.join("node_modules/.pli-lock.json");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let mut npm = run::command("npm");
    npm.args(["ci", "--no-audit", "--no-fund"])
        .current_dir(folder);
    run::quietly(&mut npm)?;
    Ok(fs::write(stamp, lock)?)
}

/// Builds the page that the shell embeds.
pub(crate) fn build() -> Result<()> {
    let page = place::page();
    let mut hasher = DefaultHasher::new();
    fingerprint(&page, &mut hasher)?;
    let now = hasher.finish().to_string();
    let stamp = place::kit().join("page");
    let built = page.join("dist/index.html").exists();
    if built && fs::read_to_string(&stamp).is_ok_and(|then| then == now) {
        return Ok(());
    }
    let mut npm = run::command("npm");
    run::quietly(npm.args(["run", "build"]).current_dir(&page))?;
    fs::create_dir_all(place::kit())?;
    Ok(fs::write(stamp, now)?)
}

/// What the page is made of: name and content of every file that is not itself made.
fn fingerprint(folder: &Path, hasher: &mut DefaultHasher) -> Result<()> {
    let mut paths: Vec<_> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name == "node_modules" || name == "dist" || name.ends_with(".tsbuildinfo") {
            continue;
        }
        if path.is_dir() {
            fingerprint(&path, hasher)?;
        } else {
            path.hash(hasher);
            fs::read(&path)?.hash(hasher);
        }
    }
    Ok(())
}
