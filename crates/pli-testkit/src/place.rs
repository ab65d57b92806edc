//! Where things are: the checkout, what was built, what `cargo xtask` installed.

use std::{
    env,
    net::TcpListener,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

/// Root of the checkout.
pub fn workspace() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.ancestors().nth(2).unwrap_or(manifest).to_owned()
}

/// Cargo's target directory.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace().join("target"), PathBuf::from)
}

/// Where `cargo xtask` installs what is not in the distribution; survives between runs.
pub fn kit() -> PathBuf {
    env::var_os("PLI_KIT_DIR").map_or_else(|| target().join("kit"), PathBuf::from)
}

/// Python of the environment that holds Synapse.
///
/// # Errors
/// It is not installed.
pub fn synapse_python() -> Result<PathBuf> {
    let python = env::var_os("PLI_SYNAPSE_PYTHON")
        .map_or_else(|| kit().join("synapse/bin/python"), PathBuf::from);
    if python.exists() {
        return Ok(python);
    }
    bail!(
        "no Synapse at {}: `cargo xtask test` installs it",
        python.display()
    )
}

/// A binary of this workspace, as built for the tests.
///
/// # Errors
/// It has not been built.
pub fn binary(name: &str) -> Result<PathBuf> {
    let path = env::var_os("PLI_BINARIES")
        .map_or_else(|| target().join("debug"), PathBuf::from)
        .join(name);
    if path.exists() {
        return Ok(path);
    }
    bail!(
        "{} is not built: `cargo xtask test` builds it",
        path.display()
    )
}

/// Where pictures of the screens go.
///
/// # Errors
/// The directory cannot be made.
pub fn screenshots() -> Result<PathBuf> {
    let path = target().join("screenshots");
    std::fs::create_dir_all(&path).context("making the directory of screenshots")?;
    Ok(path)
}

/// A loopback port that nobody listens on.
///
/// # Errors
/// The system has none left.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}
