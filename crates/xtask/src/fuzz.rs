//! `cargo xtask fuzz`.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result, bail};

use crate::{options::Options, place, run};

/// The targets, and the dictionary of each.
const TARGETS: [(&str, &str); 9] = [
    ("arguments", "json"),
    ("file_name", "text"),
    ("html", "html"),
    ("link", "text"),
    ("mxc", "text"),
    ("redaction", "text"),
    ("sync", "json"),
    ("timeline", "json"),
    ("values", "json"),
];

/// How long a target is tried if nothing else was asked for.
const SECONDS: u32 = 60;

/// What lets libFuzzer see where its inputs lead, as cargo-fuzz has it; without a sanitizer, which
/// only a nightly compiler has.
const FLAGS: &str = "-Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares \
    -Cllvm-args=-simplifycfg-branch-fold-threshold=0 \
    --cfg fuzzing";

/// Tries the targets one after the other, each beginning where it ended the last time.
pub(crate) fn fuzz(options: &Options) -> Result<()> {
    let asked = options.subject.as_deref();
    let known = |name: &str| TARGETS.iter().any(|(target, _)| *target == name);
    if let Some(asked) = asked.filter(|asked| !known(asked)) {
        bail!(
            "no such target: {asked}; there are {:?}",
            TARGETS.map(|(name, _)| name)
        );
    }
    let host = host()?;
    let mut build = run::command("cargo");
    // A target of its own keeps the flags from build scripts.
    build
        .args(["build", "--release", "--manifest-path", "fuzz/Cargo.toml"])
        .args(["--target", &host, "--target-dir"])
        .arg(place::target().join("fuzz"))
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env("RUSTFLAGS", FLAGS);
    run::to_end(&mut build)?;
    let seconds = options.seconds.unwrap_or(SECONDS);
    for (name, dictionary) in TARGETS {
        if asked.is_none_or(|asked| asked == name) {
            println!("\n== {name}");
            try_target(name, dictionary, &host, seconds)?;
        }
    }
    Ok(())
}

fn try_target(name: &str, dictionary: &str, host: &str, seconds: u32) -> Result<()> {
    let target = place::target().join("fuzz");
    let found = target.join("corpus").join(name);
    let failed = target.join("failed").join(name);
    fs::create_dir_all(&found)?;
    fs::create_dir_all(&failed)?;
    let sources = place::workspace().join("fuzz");
    let dictionary = sources
        .join("dictionaries")
        .join(format!("{dictionary}.txt"));
    let option = |name: &str, path: &Path| format!("-{name}={}", path.display());
    let mut libfuzzer = Command::new(target.join(host).join("release").join(name));
    libfuzzer
        .arg(format!("-max_total_time={seconds}"))
        .args(["-max_len=65536", "-timeout=120", "-rss_limit_mb=4096"])
        .args(["-print_final_stats=1"])
        .arg(option("dict", &dictionary))
        .arg(option("artifact_prefix", &failed.join("input-")))
        .arg(&found)
        .arg(sources.join("seeds").join(name));
    run::to_end(&mut libfuzzer).with_context(|| format!("the input is in {}", failed.display()))
}

/// The compiler's own platform.
fn host() -> Result<String> {
    let told = run::quietly(run::command("rustc").arg("-vV"))?;
    let host = told.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc does not tell its host")?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_has_a_program_and_a_corpus() {
        let sources = place::workspace().join("fuzz");
        let mut programs: Vec<String> = fs::read_dir(sources.join("fuzz_targets"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
            .collect();
        programs.sort();
        assert_eq!(programs, TARGETS.map(|(name, _)| name));
        for (name, dictionary) in TARGETS {
            assert!(sources.join("seeds").join(name).is_dir(), "{name}");
            let dictionary = format!("dictionaries/{dictionary}.txt");
            assert!(sources.join(&dictionary).is_file(), "{dictionary}");
        }
    }
}
