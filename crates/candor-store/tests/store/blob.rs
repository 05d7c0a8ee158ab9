//! Blobs: staged, named, swept.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use candor_store::testing::{TestStore, fresh_store};
use candor_store::{BlobRef, Engine};
use jiff::{SignedDuration, Timestamp, ToSpan as _};

async fn stage(desk: &TestStore, scope: &str, bytes: &[u8]) -> BlobRef {
    desk.store
        .blobs()
        .stage(scope, bytes.to_vec())
        .await
        .expect("it is staged")
}

async fn read(desk: &TestStore, blob: BlobRef) -> Option<Vec<u8>> {
    desk.store
        .blobs()
        .read(blob.hash)
        .await
        .expect("it is read")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut all = Vec::new();
    for path in entries.map(|entry| entry.expect("an entry").path()) {
        if path.is_dir() {
            all.extend(files(&path));
        }
        all.push(path);
    }
    all
}

#[tokio::test]
async fn bytes_come_back_whatever_their_size() {
    let desk = fresh_store().await;
    for size in [0, 1, 256 * 1024, 256 * 1024 + 1, 3 * 1024 * 1024 + 5] {
        let bytes: Vec<u8> = (0..size).map(|number| (number % 251) as u8).collect();

        let blob = stage(&desk, "customer:1", &bytes).await;

        assert_eq!(blob.size, size);
        assert!(read(&desk, blob).await == Some(bytes), "{size} bytes");
    }
    let unknown = desk.store.blobs().read([1; 32]).await.expect("asked");
    assert_eq!(unknown, None);
}

#[tokio::test]
async fn equal_bytes_of_two_customers_are_two_blobs() {
    let desk = fresh_store().await;

    let ada = stage(&desk, "customer:1", b"invoice").await;
    let bob = stage(&desk, "customer:2", b"invoice").await;
    let again = stage(&desk, "customer:1", b"invoice").await;

    assert_ne!(ada.hash, bob.hash);
    assert_eq!(ada, again);
}

#[tokio::test]
async fn what_was_never_named_is_swept_after_a_day() {
    let desk = fresh_store().await;
    let named = stage(&desk, "customer:1", b"kept").await;
    let unnamed = stage(&desk, "customer:1", b"abandoned").await;
    desk.store
        .write(move |tx| tx.name_blob(&named, Timestamp::UNIX_EPOCH))
        .await
        .expect("it is named");
    let sweep = async |now: Timestamp| {
        let blobs = desk.store.blobs();
        blobs.sweep(&desk.store, now).await.expect("it is swept")
    };

    let at_once = sweep(Timestamp::now()).await;
    let kept_for_now = read(&desk, unnamed).await;
    let next_day = sweep(Timestamp::now() + 25.hours()).await;

    assert_eq!((at_once, next_day), (0, 1));
    assert_eq!(kept_for_now.as_deref(), Some(&b"abandoned"[..]));
    assert_eq!(read(&desk, unnamed).await, None);
    assert_eq!(read(&desk, named).await.as_deref(), Some(&b"kept"[..]));
}

#[tokio::test]
async fn staging_again_gives_another_day() {
    let desk = fresh_store().await;
    let blob = stage(&desk, "customer:1", b"sent twice").await;
    if desk.store.engine() == Engine::Sqlite {
        let long_ago = Timestamp::now() - SignedDuration::from_hours(30);
        let name = hex::encode(blob.hash);
        let path = desk
            .config
            .data_dir
            .join("blobs")
            .join(&name[..2])
            .join(&name[2..]);
        std::fs::File::options()
            .write(true)
            .open(path)
            .and_then(|file| file.set_modified(long_ago.into()))
            .expect("the file ages");
    }

    stage(&desk, "customer:1", b"sent twice").await;
    let swept = desk
        .store
        .blobs()
        .sweep(&desk.store, Timestamp::now())
        .await
        .expect("it is swept");

    assert_eq!(swept, 0);
    assert!(read(&desk, blob).await.is_some());
}

#[tokio::test]
async fn a_damaged_file_is_written_anew() {
    let desk = fresh_store().await;
    if desk.store.engine() == Engine::Postgres {
        return; // Small blobs are rows there.
    }
    let blob = stage(&desk, "customer:1", b"whole").await;
    let name = hex::encode(blob.hash);
    let path = desk
        .config
        .data_dir
        .join("blobs")
        .join(&name[..2])
        .join(&name[2..]);
    std::fs::write(path, b"who").expect("the file is cut short");

    stage(&desk, "customer:1", b"whole").await;

    assert_eq!(read(&desk, blob).await.as_deref(), Some(&b"whole"[..]));
}

#[tokio::test]
async fn only_our_own_user_reads_the_data_folder() {
    let desk = fresh_store().await;
    stage(&desk, "customer:1", b"private").await;

    let folder = &desk.config.data_dir;
    for path in files(folder).into_iter().chain([folder.clone()]) {
        let mode = std::fs::metadata(&path)
            .expect("it is there")
            .permissions()
            .mode()
            & 0o777;
        let wanted = if path.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(mode, wanted, "{}", path.display());
    }
    assert!(
        !files(&folder.join("blobs"))
            .iter()
            .any(|path| path.starts_with(folder.join("blobs/tmp/")) && path.is_file()),
        "nothing temporary is left"
    );
}
