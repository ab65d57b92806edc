//! Linux: JSON files of the administrator under `/etc/pli/policies`.

use std::path::Path;

use serde_json::{Map, Value};

use super::{
    Findings, Reason, Refusal, Source,
    trusted::{Directory, refusal},
};

/// Where policies are, from the root.
const PLACE: [&str; 3] = ["etc", "pli", "policies"];

/// Reads the files under `root`, which must belong to `owner`.
pub(crate) fn read(root: &Path, owner: u32) -> Findings {
    let mut findings = Findings::default();
    let policies = match place(root, owner) {
        Ok(Some(policies)) => policies,
        Ok(None) => return findings,
        Err(refusal) => {
            findings.refusals.push(refusal);
            return findings;
        }
    };
    for (name, source) in [
        ("managed", Source::Machine),
        ("recommended", Source::Recommended),
    ] {
        match policies.directory(name) {
            Ok(Some(directory)) => read_all(&mut findings, &directory, source),
            Ok(None) => {}
            Err(refusal) => findings.refusals.push(refusal),
        }
    }
    findings
}

fn place(root: &Path, owner: u32) -> Result<Option<Directory>, Refusal> {
    let mut directory = Directory::root(root, owner)?;
    for name in PLACE {
        directory = match directory {
            Some(directory) => directory.directory(name)?,
            None => return Ok(None),
        };
    }
    Ok(directory)
}

fn read_all(findings: &mut Findings, directory: &Directory, source: Source) {
    let names = match directory.json_files() {
        Ok(names) => names,
        Err(refusal) => return findings.refusals.push(refusal),
    };
    for name in names {
        match directory.file(&name) {
            Ok(Some(bytes)) => {
                let malformed = |()| refusal(&directory.place(&name), Reason::Malformed);
                findings.add(source, parse(&bytes).map_err(malformed));
            }
            // Removed in between.
            Ok(None) => {}
            Err(refusal) => findings.refusals.push(refusal),
        }
    }
}

fn parse(bytes: &[u8]) -> Result<Map<String, Value>, ()> {
    // Editors of Windows put a mark before the text.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    serde_json::from_slice(bytes).map_err(|_| ())
}
