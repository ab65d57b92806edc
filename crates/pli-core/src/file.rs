//! Files written where the user chose.

use std::{
    io,
    path::{Path, PathBuf},
};

use tokio::{fs::OpenOptions, io::AsyncWriteExt as _};

/// Writes beside the target first, so that a half-written file never bears its name.
pub(crate) async fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write(path, bytes, OpenOptions::new()).await
}

/// As [`write_whole`], in a file that only its owner can read.
pub(crate) async fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write(path, bytes, private()).await
}

async fn write(path: &Path, bytes: &[u8], options: OpenOptions) -> io::Result<()> {
    let partial = Partial::with(path, options).await?;
    let mut file = OpenOptions::new().write(true).open(partial.path()).await?;
    file.write_all(bytes).await?;
    file.flush().await?;
    drop(file);
    partial.finish().await
}

fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    options.mode(0o600);
    options
}

/// A file beside its place, removed unless it is finished.
pub(crate) struct Partial<'a> {
    path: PathBuf,
    place: &'a Path,
}

impl<'a> Partial<'a> {
    /// One that only its owner can read.
    pub(crate) async fn private(place: &'a Path) -> io::Result<Self> {
        Self::with(place, private()).await
    }

    /// As [`Partial::private`], in place of one that a crash left. Only where nobody else writes.
    pub(crate) async fn scratch(place: &'a Path) -> io::Result<Self> {
        match tokio::fs::remove_file(beside(place)).await {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Self::private(place).await,
        }
    }

    async fn with(place: &'a Path, mut options: OpenOptions) -> io::Result<Self> {
        let path = beside(place);
        options.write(true).create_new(true).open(&path).await?;
        Ok(Self { path, place })
    }

    /// Where to write.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Puts what was written in its place, in place of what was there.
    pub(crate) async fn finish(self) -> io::Result<()> {
        let written = OpenOptions::new().write(true).open(&self.path).await?;
        written.sync_all().await?;
        drop(written);
        tokio::fs::rename(&self.path, self.place).await
    }
}

fn beside(place: &Path) -> PathBuf {
    let mut path = place.as_os_str().to_owned();
    path.push(".part");
    path.into()
}

impl Drop for Partial<'_> {
    fn drop(&mut self) {
        // Of one that was finished there is nothing any more.
        let _ = std::fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[tokio::test]
    async fn a_private_file_is_its_owners_alone_even_in_place_of_another() {
        use std::os::unix::fs::PermissionsExt as _;

        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("code.txt");
        std::fs::write(&path, "old").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();

        write_private(&path, b"new").await.unwrap();

        assert_eq!(std::fs::read(&path).unwrap(), b"new");
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "others on this machine read nothing");
        let left = std::fs::read_dir(directory.path()).unwrap().count();
        assert_eq!(left, 1, "nothing half-written stays");
    }

    #[tokio::test]
    async fn what_a_crash_left_is_in_nobodys_way() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path().join("scratch");
        std::fs::write(beside(&place), "left").expect("writable");
        let scratch = Partial::scratch(&place).await.expect("free");
        assert_eq!(std::fs::read(scratch.path()).expect("readable"), b"");
        drop(scratch);
        let left = std::fs::read_dir(folder.path()).expect("a folder").count();
        assert_eq!(left, 0, "it goes by itself");
    }

    #[tokio::test]
    async fn a_file_is_whole_or_not_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.txt");
        write_whole(&path, b"new").await.expect("writable");
        write_whole(&path, b"newer")
            .await
            .expect("the dialog asked before overwriting");
        assert_eq!(std::fs::read(&path).expect("readable"), b"newer");
        assert_eq!(
            std::fs::read_dir(folder.path()).expect("a folder").count(),
            1,
            "no part is left"
        );
    }
}
