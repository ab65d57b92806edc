//! What is measured, and how it is put in words.

use std::{fs, time::Duration};

use anyhow::{Context, Result};

/// Memory that these processes take together, what they share counted once (PSS), in MB.
///
/// # Errors
/// A process ended meanwhile.
pub fn memory(processes: &[u32]) -> Result<u64> {
    let mut kilobytes = 0;
    for id in processes {
        let rollup = fs::read_to_string(format!("/proc/{id}/smaps_rollup"))?;
        let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"));
        let number = line.and_then(|line| line.split_whitespace().next());
        kilobytes += number.context("no PSS")?.parse::<u64>()?;
    }
    Ok(kilobytes / 1024)
}

/// The value below which `percent` of the samples lie.
pub fn percentile(samples: &[Duration], percent: usize) -> Duration {
    let mut sorted = samples.to_vec();
    sorted.sort();
    let last = sorted.len().saturating_sub(1);
    let index = (last * percent).div_ceil(100);
    sorted.get(index).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_samples() {
        let samples: Vec<_> = (1..=20).map(Duration::from_millis).collect();
        assert_eq!(percentile(&samples, 50), Duration::from_millis(11));
        assert_eq!(percentile(&samples, 95), Duration::from_millis(20));
        assert_eq!(percentile(&[], 95), Duration::ZERO);
    }

    #[test]
    fn a_process_takes_some_memory() {
        assert!(memory(&[std::process::id()]).unwrap() > 0);
    }
}
