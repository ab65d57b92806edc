//! Files and index after a crash between the two, and after damage.

use std::{
    fs,
    path::{Path, PathBuf},
};

use matrix_sdk_base::{
    media::{
        MediaFormat, MediaRequestParameters,
        store::{IgnoreMediaRetentionPolicy, MediaRetentionPolicy, MediaStore},
    },
    ruma::{OwnedMxcUri, events::room::MediaSource},
};

use super::PliMediaStore;
use crate::{cipher::StoreKey, stores, stores::Stores};

const TEXT: &[u8] = b"the minutes of a meeting that nobody else may read";

fn key() -> StoreKey {
    StoreKey::new(Box::new([7; 32]))
}

fn medium(name: &str) -> MediaRequestParameters {
    MediaRequestParameters {
        source: MediaSource::Plain(OwnedMxcUri::from(format!("mxc://example.org/{name}"))),
        format: MediaFormat::File,
    }
}

/// With no clean-ups but those asked for.
fn policy() -> MediaRetentionPolicy {
    MediaRetentionPolicy::default().with_cleanup_frequency(None)
}

async fn add(store: &PliMediaStore, name: &str, content: &[u8]) {
    let policy = IgnoreMediaRetentionPolicy::No;
    let medium = medium(name);
    let added = store.add_media_content(&medium, content.to_vec(), policy);
    added.await.unwrap();
}

async fn get(store: &PliMediaStore, name: &str) -> Option<Vec<u8>> {
    store.get_media_content(&medium(name)).await.unwrap()
}

fn files(directory: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(directory.join("media")).unwrap();
    files.map(|file| file.unwrap().path()).collect()
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack
        .windows(needle.len())
        .any(|window| window == needle)
}

#[tokio::test]
async fn a_file_holds_and_is_named_by_nothing_readable() {
    let directory = tempfile::tempdir().unwrap();
    let store = Stores::open(directory.path(), &key())
        .unwrap()
        .media_store();
    add(&store, "minutes", TEXT).await;

    let files = files(directory.path());
    assert_eq!(files.len(), 1);
    let name = files[0].file_name().unwrap().to_str().unwrap();
    let bytes = fs::read(&files[0]).unwrap();
    assert!(!contains(&bytes, b"meeting") && !contains(name.as_bytes(), b"minutes"));
    assert_eq!(bytes.len(), TEXT.len() + 41, "the cipher costs 41 bytes");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&files[0]).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "nobody else may read it");
    }
}

#[tokio::test]
async fn the_same_bytes_twice_look_different() {
    let directory = tempfile::tempdir().unwrap();
    let store = Stores::open(directory.path(), &key())
        .unwrap()
        .media_store();
    add(&store, "one", TEXT).await;
    add(&store, "two", TEXT).await;

    let [one, two] = files(directory.path()).try_into().unwrap();
    assert_ne!(fs::read(&one).unwrap(), fs::read(&two).unwrap());
    fs::copy(&one, &two).unwrap();
    let read = [get(&store, "one").await, get(&store, "two").await];
    assert_eq!(
        read.iter().flatten().count(),
        1,
        "a file in another's place is not taken for it"
    );
}

#[tokio::test]
async fn after_a_crash_between_file_and_index_the_file_goes_with_the_next_clean_up() {
    let directory = tempfile::tempdir().unwrap();
    let stores = Stores::open(directory.path(), &key()).unwrap();
    let store = stores.media_store();
    add(&store, "known", TEXT).await;
    // What `add` does before it asks the index; and a file that was not whole yet.
    store.files().write(TEXT.to_vec(), false).await.unwrap();
    fs::write(directory.path().join("media/0123.part"), TEXT).unwrap();
    assert_eq!(files(directory.path()).len(), 3);
    drop((store, stores));

    let store = Stores::open(directory.path(), &key())
        .unwrap()
        .media_store();
    store.set_media_retention_policy(policy()).await.unwrap();
    store.clean().await.unwrap();

    assert_eq!(get(&store, "known").await.as_deref(), Some(TEXT));
    assert_eq!(
        files(directory.path()).len(),
        1,
        "only what the index names stays"
    );
}

#[tokio::test]
async fn a_damaged_or_missing_file_is_a_medium_to_be_fetched_again() {
    let directory = tempfile::tempdir().unwrap();
    let store = Stores::open(directory.path(), &key())
        .unwrap()
        .media_store();
    for damage in [
        |path: &Path| fs::remove_file(path).unwrap(),
        |path: &Path| fs::write(path, b"").unwrap(),
        |path: &Path| {
            let mut bytes = fs::read(path).unwrap();
            bytes[40] ^= 1;
            fs::write(path, bytes).unwrap();
        },
    ] {
        add(&store, "medium", TEXT).await;
        damage(&files(directory.path())[0]);

        assert_eq!(get(&store, "medium").await, None, "not an error");
        assert!(files(directory.path()).is_empty(), "nothing is left of it");
    }
    add(&store, "medium", TEXT).await;
    assert_eq!(get(&store, "medium").await.as_deref(), Some(TEXT));
}

#[tokio::test]
async fn replaced_and_removed_media_leave_no_file() {
    let directory = tempfile::tempdir().unwrap();
    let stores = Stores::open(directory.path(), &key()).unwrap();
    let store = stores.media_store();
    for name in ["a", "b", "c"] {
        add(&store, name, TEXT).await;
    }
    add(&store, "a", b"another content").await;
    store
        .replace_media_key(&medium("b"), &medium("c"))
        .await
        .unwrap();
    assert_eq!(
        files(directory.path()).len(),
        2,
        "c's first file went, b's is c's"
    );
    assert_eq!(get(&store, "c").await.as_deref(), Some(TEXT));
    store
        .replace_media_key(&medium("c"), &medium("c"))
        .await
        .unwrap();
    assert_eq!(
        get(&store, "c").await.as_deref(),
        Some(TEXT),
        "the same key is no loss"
    );

    store
        .remove_media_content_for_uri(medium("c").uri())
        .await
        .unwrap();
    store.remove_media_content(&medium("a")).await.unwrap();
    assert!(files(directory.path()).is_empty());
}

#[tokio::test]
async fn media_outlive_closing_and_go_when_the_profile_is_erased() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("profile");
    let stores = Stores::open(&path, &key()).unwrap();
    let store = stores.media_store();
    let policy = policy().with_max_file_size(Some(77));
    store.set_media_retention_policy(policy).await.unwrap();
    add(&store, "medium", TEXT).await;
    store.close().await.unwrap();
    drop((store, stores));

    let stores = Stores::open(&path, &key()).unwrap();
    let store = stores.media_store();
    assert_eq!(get(&store, "medium").await.as_deref(), Some(TEXT));
    assert_eq!(store.media_retention_policy(), policy, "it is kept too");
    drop((store, stores));

    stores::erase(&path).unwrap();
    assert!(!path.exists());
}

#[tokio::test]
async fn in_memory_every_store_of_the_same_profile_has_the_media() {
    let stores = Stores::in_memory().unwrap();
    add(&stores.media_store(), "medium", TEXT).await;

    assert_eq!(
        get(&stores.media_store(), "medium").await.as_deref(),
        Some(TEXT)
    );
    let other = Stores::in_memory().unwrap();
    assert_eq!(get(&other.media_store(), "medium").await, None);
}
