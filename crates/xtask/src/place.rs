//! Where things are.

use std::{
    env,
    path::{Path, PathBuf},
};

/// Root of the checkout.
pub(crate) fn workspace() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.ancestors().nth(2).unwrap_or(manifest).to_owned()
}

/// Cargo's target directory.
pub(crate) fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace().join("target"), PathBuf::from)
}

/// What we install for this checkout alone; survives between runs.
pub(crate) fn kit() -> PathBuf {
    target().join("kit")
}

/// The page.
pub(crate) fn page() -> PathBuf {
    workspace().join("ui")
}

/// The client of another family that the journeys talk to.
pub(crate) fn peer() -> PathBuf {
    workspace().join("tests/peer")
}

/// A binary of the workspace.
pub(crate) fn binary(name: &str) -> PathBuf {
    target().join("debug").join(name)
}
