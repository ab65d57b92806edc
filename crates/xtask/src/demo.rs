//! `cargo xtask demo`.

use anyhow::Result;

use crate::options::Options;

/// A local server with a small ministry in it, and Pli on its sign-in screen.
pub(crate) fn demo(_options: &Options) -> Result<()> {
    anyhow::bail!("not yet")
}
