//! Suites of tests, what they counted and how long they took.

use std::{process::Command, time::Instant};

use anyhow::{Result, bail};

use crate::run;

/// What a runner counted.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Count {
    /// Tests that passed.
    pub(crate) passed: u64,
    /// Tests that failed.
    pub(crate) failed: u64,
    /// Tests that were not run.
    pub(crate) skipped: u64,
}

/// The suites that have run.
#[derive(Debug, Default)]
pub(crate) struct Report {
    lines: Vec<(String, Count, u64)>,
}

impl Report {
    /// Runs a suite and counts what its runner reports; a program that reports nothing is one
    /// test.
    pub(crate) fn run(&mut self, name: &str, command: &mut Command) -> Result<bool> {
        println!("\n== {name}");
        let begun = Instant::now();
        let (printed, succeeded) = run::listen(command)?;
        let mut count = counted(&printed);
        if !succeeded && count.failed == 0 {
            count.failed = 1;
        }
        if count == Count::default() {
            count.passed = 1;
        }
        self.lines
            .push((name.to_owned(), count, begun.elapsed().as_secs()));
        Ok(succeeded)
    }

    /// Notes a suite that could not run because an earlier one failed.
    pub(crate) fn omit(&mut self, name: &str) {
        let skipped = Count {
            skipped: 1,
            ..Count::default()
        };
        self.lines.push((name.to_owned(), skipped, 0));
    }

    /// Prints the table and the sum.
    pub(crate) fn close(self) -> Result<()> {
        println!();
        let mut sum = Count::default();
        let mut seconds = 0;
        for (name, count, took) in &self.lines {
            let Count {
                passed,
                failed,
                skipped,
            } = count;
            println!(
                "{name:<28} {passed:>5} passed {failed:>3} failed {skipped:>3} skipped {took:>5} s"
            );
            sum.passed += passed;
            sum.failed += failed;
            sum.skipped += skipped;
            seconds += took;
        }
        println!("{:<62} {seconds:>5} s\n", "all suites");
        let Count {
            passed,
            failed,
            skipped,
        } = sum;
        if skipped > 0 {
            println!("{passed} passed, {failed} failed, {skipped} skipped");
        } else {
            println!("{passed} passed, {failed} failed");
        }
        if failed > 0 {
            bail!("{failed} failed");
        }
        Ok(())
    }
}

/// Adds up the closing lines of cargo's test harness, of vitest, and plain ones.
fn counted(printed: &str) -> Count {
    let mut sum = Count::default();
    for line in printed.lines() {
        let line = plain(line);
        let line = line.trim();
        let counts = line.strip_prefix("test result:").or_else(|| {
            // Vitest counts files on another line.
            line.strip_prefix("Tests ")
        });
        let counts = counts.or_else(|| is_closing_line(line).then_some(line));
        if let Some(counts) = counts {
            sum.passed += number_before(counts, "passed");
            sum.failed += number_before(counts, "failed");
            sum.skipped += number_before(counts, "skipped") + number_before(counts, "ignored");
        }
    }
    sum
}

fn is_closing_line(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    matches!(words.as_slice(), [n, "passed,", m, "failed" | "failed,", ..]
        if n.parse::<u64>().is_ok() && m.parse::<u64>().is_ok())
}

fn number_before(line: &str, word: &str) -> u64 {
    let words: Vec<&str> = line
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let pairs = words.iter().zip(words.iter().skip(1));
    pairs
        .filter(|(_, next)| **next == word)
        .find_map(|(number, _)| number.parse().ok())
        .unwrap_or(0)
}

/// A line without the colours of the terminal.
fn plain(line: &str) -> String {
    let mut plain = String::new();
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        if letter == '\u{1b}' {
            letters.find(|letter| letter.is_ascii_alphabetic());
        } else {
            plain.push(letter);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(passed: u64, failed: u64, skipped: u64) -> Count {
        Count {
            passed,
            failed,
            skipped,
        }
    }

    #[test]
    fn adds_up_the_binaries_of_one_cargo_run() {
        let printed = "running 2 tests\n\
            test result: ok. 4 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out\n\
            test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 3 filtered out\n";
        assert_eq!(counted(printed), count(6, 1, 1));
    }

    #[test]
    fn reads_the_tests_of_vitest_and_not_its_files() {
        let printed = "\u{1b}[2m Test Files \u{1b}[22m 3 passed (3)\n\
            \u{1b}[2m      Tests \u{1b}[22m \u{1b}[31m1 failed\u{1b}[39m | 11 passed | 2 skipped (14)\n";
        assert_eq!(counted(printed), count(11, 1, 2));
    }

    #[test]
    fn reads_a_plain_closing_line_and_no_sentence() {
        assert_eq!(counted("12 passed, 0 failed\n"), count(12, 0, 0));
        assert_eq!(counted("the 12 passed and 3 failed\n"), count(0, 0, 0));
    }
}
