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
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    options.mode(0o600);
    write(path, bytes, options).await
}

async fn write(path: &Path, bytes: &[u8], mut options: OpenOptions) -> io::Result<()> {
    let mut partial = path.as_os_str().to_owned();
    partial.push(".part");
    let partial = PathBuf::from(partial);
    let mut file = options.write(true).create_new(true).open(&partial).await?;
    let written = async {
        file.write_all(bytes).await?;
        file.sync_all().await
    }
    .await;
    drop(file);
    let renamed = match written {
        Ok(()) => tokio::fs::rename(&partial, path).await,
        Err(error) => Err(error),
    };
    if renamed.is_err() {
        let _ = tokio::fs::remove_file(&partial).await;
    }
    renamed
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
