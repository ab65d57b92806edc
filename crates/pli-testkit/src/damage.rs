//! What a failing disk does to files.

use std::{fs, path::Path};

use anyhow::Result;

/// Writes over every file below a directory: nothing of it can be read.
///
/// # Errors
/// The file system refuses.
pub fn destroy(directory: &Path) -> Result<()> {
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        if path.is_dir() {
            destroy(&path)?;
        } else {
            let length = fs::metadata(&path)?.len();
            fs::write(&path, vec![0xA5; usize::try_from(length)?])?;
        }
    }
    Ok(())
}
