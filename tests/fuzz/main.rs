//! A short walk of the fuzz targets: their corpus, and some thousand mutations of it, the same
//! each time. `cargo xtask fuzz` goes on from there without end.

#![allow(
    clippy::indexing_slicing,
    reason = "a mutation that errs in its own numbers fails"
)]
#![allow(
    clippy::print_stderr,
    reason = "what failed is told, to be tried again"
)]

mod corpus;
mod mutation;

use std::{
    panic::{self, AssertUnwindSafe},
    sync::{
        Once,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use anyhow::{Result, ensure};

use self::{corpus::Corpus, mutation::Mutations};

/// As the shell's threads have: messages with deeply nested HTML are freed by recursion.
const STACK: usize = 16 * 1024 * 1024;

static WATCHED: Once = Once::new();
static PANICS: AtomicUsize = AtomicUsize::new(0);

/// Counts panics, in whatever task they are.
fn watch_panics() {
    WATCHED.call_once(|| {
        let shown = panic::take_hook();
        panic::set_hook(Box::new(move |told| {
            PANICS.fetch_add(1, Ordering::Relaxed);
            shown(told);
        }));
    });
}

/// Gives a target its seeds, and so many mutations of them.
fn walk(name: &str, dictionary: &str, mutations: usize, target: fn(&[u8])) -> Result<()> {
    watch_panics();
    let corpus = Corpus::read(name, dictionary)?;
    let seeds = corpus.seeds.clone();
    let mutated = Mutations::new(corpus).take(mutations);
    let name = name.to_owned();
    let walked = thread::Builder::new()
        .stack_size(STACK)
        .spawn(move || {
            for input in seeds.into_iter().chain(mutated) {
                let run = panic::catch_unwind(AssertUnwindSafe(|| target(&input)));
                if let Err(failure) = run {
                    eprintln!("{name} fails with b\"{}\"", input.escape_ascii());
                    panic::resume_unwind(failure);
                }
            }
        })?
        .join();
    ensure!(walked.is_ok(), "see above");
    ensure!(
        PANICS.load(Ordering::Relaxed) == 0,
        "something panicked beside it"
    );
    Ok(())
}

macro_rules! walks {
    ($($name:ident, $dictionary:literal, $mutations:literal, $target:path;)*) => {$(
        #[test]
        fn $name() -> Result<()> {
            walk(stringify!($name), $dictionary, $mutations, $target)
        }
    )*};
}

walks! {
    arguments, "json", 4_000, pli_ipc::fuzz::arguments;
    file_name, "text", 8_000, pli_core::fuzz::file_name;
    html, "html", 2_000, pli_core::fuzz::html;
    link, "text", 8_000, pli_core::fuzz::link;
    mxc, "text", 8_000, pli_core::fuzz::mxc;
    redaction, "text", 4_000, pli_diagnostics::fuzz::redaction;
    sync, "json", 100, pli_core::fuzz::sync;
    timeline, "json", 150, pli_ipc::fuzz::timeline;
    values, "json", 2_000, pli_store::fuzz::values;
}
