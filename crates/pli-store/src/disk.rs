//! Files and directories that are the user's alone, and names that outlive a power cut.

use std::{
    fs::{self, File, OpenOptions},
    io,
    path::Path,
};

/// Left free on the disk. An engine takes space in segments of half a megabyte, and more for its
/// snapshot; a journal begun anew is beside the one before. Each is far below this.
pub(crate) const RESERVE_BYTES: u64 = 64 * 1024 * 1024;

/// Bytes that may be written to the disk of a directory.
pub(crate) fn space(directory: &Path) -> io::Result<u64> {
    fs2::available_space(directory)
}

/// Creates a directory that nobody else on the machine can look into.
pub(crate) fn create_private(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Creates a file that nobody else on the machine can read, empty whatever was there.
pub(crate) fn create_private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Takes the names in a directory to the disk. Windows does so by itself, and lets nobody ask.
pub(crate) fn sync_directory(path: &Path) -> io::Result<()> {
    if cfg!(unix) {
        // A relative path of one part has an empty parent.
        let path = if path.as_os_str().is_empty() {
            Path::new(".")
        } else {
            path
        };
        File::open(path)?.sync_all()?;
    }
    Ok(())
}
