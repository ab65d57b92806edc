//! Where mutations begin.

use std::{fs, path::Path};

use anyhow::{Context as _, Result, ensure};

/// What is checked in for a target.
pub(crate) struct Corpus {
    /// In the order of their names.
    pub(crate) seeds: Vec<Vec<u8>>,
    /// Words that mean something to the target.
    pub(crate) words: Vec<Vec<u8>>,
}

impl Corpus {
    pub(crate) fn read(target: &str, dictionary: &str) -> Result<Self> {
        let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz");
        let mut paths = Vec::new();
        for entry in fs::read_dir(fuzz.join("seeds").join(target))? {
            paths.push(entry?.path());
        }
        paths.sort();
        let seeds: Vec<Vec<u8>> = paths.iter().map(fs::read).collect::<Result<_, _>>()?;
        ensure!(seeds.len() > 2, "{target} has no corpus");
        let dictionary = fuzz.join("dictionaries").join(format!("{dictionary}.txt"));
        let dictionary = fs::read_to_string(&dictionary)?;
        let words = dictionary.lines().map(word).collect::<Result<_>>()?;
        Ok(Self { seeds, words })
    }
}

/// A line of a dictionary of libFuzzer: a quoted text, odd bytes as `\xAB`.
fn word(line: &str) -> Result<Vec<u8>> {
    let quoted = line
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    let mut parts = quoted.context("no quotes")?.split("\\x");
    let mut word = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at_checked(2).context("no byte")?;
        word.push(u8::from_str_radix(digits, 16)?);
        word.extend_from_slice(rest.as_bytes());
    }
    Ok(word)
}
