//! Blobs: staged, named, swept.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use candor_store::testing::{TestStore, fresh_store};
use candor_store::{BlobRef, Engine, Sql, Store};
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

async fn sweep(desk: &TestStore, now: Timestamp) -> usize {
    let blobs = desk.store.blobs();
    blobs.sweep(&desk.store, now).await.expect("it is swept")
}

/// The file of a large blob; PostgreSQL keeps large ones too, where no folder is shared.
fn file_of(desk: &TestStore, blob: BlobRef) -> Option<PathBuf> {
    let name = hex::encode(blob.hash);
    let blobs = desk.config.data_dir.join("blobs");
    let path = blobs.join(&name[..2]).join(&name[2..]);
    path.exists().then_some(path)
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
    for size in [10, 400_000] {
        let named = stage(&desk, "named", &vec![1; size]).await;
        let unnamed = stage(&desk, "unnamed", &vec![1; size]).await;
        desk.store
            .write(move |tx| tx.name_blob(&named, Timestamp::UNIX_EPOCH))
            .await
            .expect("it is named");

        let at_once = sweep(&desk, Timestamp::now()).await;
        let kept_for_now = read(&desk, unnamed).await;
        let next_day = sweep(&desk, Timestamp::now() + 25.hours()).await;

        assert_eq!((at_once, next_day), (0, 1), "{size} bytes");
        assert!(kept_for_now.is_some());
        assert_eq!(read(&desk, unnamed).await, None);
        assert!(read(&desk, named).await.is_some());
    }
}

#[tokio::test]
async fn a_forgotten_blob_goes_with_a_later_sweep_and_a_named_one_staged_again_stays() {
    let desk = fresh_store().await;
    for size in [10, 400_000] {
        let kept = stage(&desk, "kept", &vec![1; size]).await;
        let gone = stage(&desk, "gone", &vec![1; size]).await;
        desk.store
            .write(move |tx| {
                tx.name_blob(&kept, Timestamp::UNIX_EPOCH)?;
                tx.name_blob(&gone, Timestamp::UNIX_EPOCH)?;
                tx.forget_blob(gone.hash, Timestamp::UNIX_EPOCH)
            })
            .await
            .expect("it is named");
        stage(&desk, "kept", &vec![1; size]).await;

        sweep(&desk, Timestamp::now() + 25.hours()).await;

        assert_eq!(read(&desk, gone).await, None, "{size} bytes");
        assert!(read(&desk, kept).await.is_some(), "{size} bytes");
    }
}

#[tokio::test]
async fn staging_again_gives_another_day() {
    const AGE: Sql = Sql::Same("update blob_unnamed set staged_at = 0");
    for size in [10, 400_000] {
        let desk = fresh_store().await;
        let blob = stage(&desk, "customer:1", &vec![1; size]).await;
        desk.store
            .write(|tx| tx.execute(AGE, &[]))
            .await
            .expect("rows age");
        if let Some(path) = file_of(&desk, blob) {
            let long_ago = Timestamp::now() - SignedDuration::from_hours(30);
            std::fs::File::options()
                .write(true)
                .open(path)
                .and_then(|file| file.set_modified(long_ago.into()))
                .expect("files age");
        }

        stage(&desk, "customer:1", &vec![1; size]).await;

        assert_eq!(sweep(&desk, Timestamp::now()).await, 0, "{size} bytes");
        assert!(read(&desk, blob).await.is_some());
    }
}

#[tokio::test]
async fn a_damaged_file_is_written_anew() {
    let desk = fresh_store().await;
    let whole = vec![1; 400_000];
    let blob = stage(&desk, "customer:1", &whole).await;
    if let Some(path) = file_of(&desk, blob) {
        std::fs::write(path, b"cut short").expect("the file is damaged");
    }

    stage(&desk, "customer:1", &whole).await;

    assert!(read(&desk, blob).await == Some(whole));
}

#[tokio::test]
async fn nodes_without_a_common_folder_see_each_others_blobs() {
    let desk = fresh_store().await;
    if desk.store.engine() == Engine::Sqlite {
        return; // One file, one folder, one node.
    }
    let mut config = desk.config.clone();
    config.data_dir = config.data_dir.join("other-node");
    let other = Store::open(config).await.expect("another node opens");

    let blob = stage(&desk, "customer:1", &vec![1; 3_000_000]).await;

    let seen = other.blobs().read(blob.hash).await.expect("it is read");
    assert!(seen == Some(vec![1; 3_000_000]));
}

#[tokio::test]
async fn only_our_own_user_reads_the_data_folder() {
    let desk = fresh_store().await;
    stage(&desk, "customer:1", &vec![1; 400_000]).await;

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
