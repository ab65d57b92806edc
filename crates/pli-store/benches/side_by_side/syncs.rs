//! Counts what each contender asks the disk to make durable, in a run that is not timed.

use std::{collections::BTreeMap, env, fs, process::Command};

use crate::{
    clock::{BEGIN, END},
    contenders::Contender,
    work::{Place, Work, directory},
};

pub(crate) const COUNT: &str = "--count";

const CALLS: [&str; 4] = ["fsync", "fdatasync", "sync_file_range", "msync"];

/// Calls by name, in the timed part of one run. `None` without strace.
pub(crate) fn counted(work: &dyn Work, contender: Contender, quick: bool) -> Option<String> {
    let directory = directory();
    let log = directory.path().join("calls");
    let traced = format!("trace={},statx,stat,newfstatat", CALLS.join(","));
    let mut strace = Command::new("strace");
    strace.args(["-f", "--seccomp-bpf", "-qq", "-e", &traced, "-o"]);
    strace
        .arg(&log)
        .arg(env::current_exe().expect("this program"));
    strace.args([COUNT, work.name(), contender.name()]);
    if quick {
        strace.arg("--quick");
    }
    let output = strace.output().ok()?;
    output.status.success().then_some(())?;
    let log = fs::read_to_string(log).ok()?;
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut timed = false;
    for line in log.lines() {
        if line.contains(BEGIN) {
            timed = true;
        } else if line.contains(END) {
            timed = false;
        } else if timed && !line.contains("resumed>") {
            let call = CALLS.iter().find(|call| {
                let mut words = line.split_whitespace().skip(1);
                words
                    .next()
                    .is_some_and(|word| word.starts_with(&format!("{call}(")))
            });
            if let Some(call) = call {
                *counts.entry(call).or_default() += 1;
            }
        }
    }
    if counts.is_empty() {
        return Some("none".to_owned());
    }
    let counts = counts.iter().map(|(call, count)| format!("{count} {call}"));
    Some(counts.collect::<Vec<_>>().join(", "))
}

/// One run, for the tracer.
pub(crate) async fn run(work: &dyn Work, contender: Contender) {
    let mut place = Place::prepare(contender, work).await;
    crate::clock::show_to_tracer();
    place.turn(work).await;
}
