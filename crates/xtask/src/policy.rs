//! `cargo xtask policy`.

use anyhow::Result;

use crate::{options::Options, run};

/// Writes the schema, the templates and the pages for IT from the keys of the policy.
pub(crate) fn write(_options: &Options) -> Result<()> {
    run::to_end(
        run::command("cargo")
            .args(["test", "--quiet", "--package", "pli-policy", "--lib"])
            .arg("no_document_is_stale")
            .env("PLI_WRITE_POLICY", "1"),
    )
}
