//! The commands that build, try and test Pli: `cargo xtask help` lists them.
//!
//! Imports none of Pli's crates: it must build in seconds on a bare machine.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for the terminal"
)]

mod bench;
mod bindings;
mod ci;
mod crash;
mod demo;
mod fuzz;
mod ground;
mod options;
mod place;
mod policy;
mod run;
mod suite;
mod test;

use std::process::ExitCode;

use options::Options;

const HELP: &str = "\
cargo xtask demo       a local server with a small ministry in it, and Pli on its sign-in screen
      --screenshot DIR   without a display: run on a hidden one and write pictures to DIR
      --federated        two servers of two ministries
cargo xtask test       every test
cargo xtask ci         every test, then clippy and the licences of what we build on
cargo xtask bench      what opening, switching, sending and memory cost, each beside a peer
      store              instead: pli-store beside encrypted SQLite and the SDK's memory stores
      --rounds N         how often each of those takes its turns (15)
      --quick            a tenth of everything, to try it
      --only ROW         one row of their table
cargo xtask crash      the store under crashes, refusals and damage, many times (hours); it prints a table
                       with numbers, only what they are of:
      --images N         disks after a power cut (5,000)
      --kills N          kills at a call (10,000)
      --errors N         calls that the disk refuses (2,000)
      --damages N        profiles that are damaged (1,000)
      --operations N     random operations, compared with the SDK's own stores (10,000,000)
      --device-kills N   kills of a device on a real server (200)
      --messages N       messages of ten people over a network that fails (10,000)
      --members N        members of a hostile server's room; a tenth as many reactions on a message,
                         and as many kB in a sync (100,000)
      --rooms N          rooms that a device catches up with on a slow disk (2,000)
cargo xtask fuzz       what strangers send, made up without end (libFuzzer; needs a compiler of C++)
      TARGET             one of the targets of fuzz/ instead of all
      --seconds N        how long each is tried (60)
cargo xtask bindings   write ui/src/ipc/bindings.ts from the Rust types
cargo xtask policy     write docs/policy* from the keys of crates/pli-policy
      --yes              for all: install what is missing without asking
";

fn main() -> ExitCode {
    let options = match Options::parse(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(error) => {
            eprintln!("{error}\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    let done = match options.command.as_str() {
        "demo" => demo::demo(&options),
        "test" => test::test(&options),
        "ci" => ci::ci(&options),
        "bench" => bench::bench(&options),
        "crash" => crash::crash(&options),
        "fuzz" => fuzz::fuzz(&options),
        "bindings" => bindings::write(&options),
        "policy" => policy::write(&options),
        _ => {
            print!("{HELP}");
            Ok(())
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}
