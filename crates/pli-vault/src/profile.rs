//! A profile: one account's data on this machine.

use std::path::{Path, PathBuf};

/// Where a profile lives, and what its keyring entries are called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    name: Option<String>,
    dir: PathBuf,
}

impl Profile {
    /// A profile in `dir`, which is made when the vault is opened. `name` is `None` for the
    /// profile of an ordinary start.
    #[must_use]
    pub fn new(name: Option<&str>, dir: PathBuf) -> Self {
        Self {
            name: name.map(str::to_owned),
            dir,
        }
    }

    /// The name it was started with.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The directory that holds all of its files.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }
}
