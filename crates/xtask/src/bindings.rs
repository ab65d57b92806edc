//! `cargo xtask bindings`.

use anyhow::Result;

use crate::{options::Options, run};

/// Writes the page's TypeScript from the Rust types that cross to it.
pub(crate) fn write(_options: &Options) -> Result<()> {
    run::to_end(
        run::command("cargo")
            .args(["test", "--quiet", "--workspace", "--lib", "bindings"])
            .env("PLI_WRITE_BINDINGS", "1"),
    )
}
