//! What must be on the machine before anything can be built or run.

mod apt;
mod deny;
mod node;
mod page;
mod python;

use std::time::Instant;

use anyhow::Result;

pub(crate) use deny::cargo_deny;
pub(crate) use page::build as build_page;

use crate::{options::Options, place};

/// What the machine is prepared for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Opening Pli on a screen.
    Demo,
    /// The same on a screen that nobody sees.
    HiddenDemo,
    /// Every test.
    Test,
}

/// Installs what is missing.
pub(crate) fn prepare(purpose: Purpose, options: &Options) -> Result<()> {
    apt::prepare(purpose, options)?;
    step("Synapse, the server", python::prepare)?;
    step("Node, for the page", node::prepare)?;
    step("the page's packages", || page::install(&place::page()))?;
    if purpose == Purpose::Test {
        step("the client of another family", || {
            page::install(&place::peer())
        })?;
    }
    Ok(())
}

/// Runs one step, saying what it is and how long it took if that was noticeable.
pub(crate) fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let begun = Instant::now();
    let done = work()?;
    let seconds = begun.elapsed().as_secs();
    if seconds > 0 {
        println!("  {name}: ready after {seconds} s");
    } else {
        println!("  {name}: ready");
    }
    Ok(done)
}
