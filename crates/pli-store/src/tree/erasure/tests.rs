//! The note goes with what was erased, and with the rewrite that began after it.

use std::sync::Arc;

use super::*;
use crate::{
    cipher::StoreKey,
    engine::{
        Engine,
        memory::{MemoryEngine, MemorySuccessors},
    },
    tree::Ground,
};

const NOTES: Table<String> = Table::compact(0x2f, 1);

fn open(engine: Arc<dyn Engine>) -> Tree {
    let key = StoreKey::new(Box::new([5; 32]));
    let (successors, ground) = (Box::new(MemorySuccessors), Ground::in_memory());
    Tree::start(engine, successors, &key, "history", None, ground).unwrap()
}

async fn write(tree: &Tree, name: &str) {
    let mut batch = tree.batch().await;
    let text = format!("the note {name}");
    batch.put(&tree.at(NOTES).id(name), &text).unwrap();
    batch.commit(Durability::Queued).await.unwrap();
}

async fn erase(tree: &Tree, name: &str) {
    let mut batch = tree.batch().await;
    batch.erase(&tree.at(NOTES).id(name)).unwrap();
    batch.commit(Durability::Queued).await.unwrap();
}

#[tokio::test]
async fn a_rewrite_erases_what_was_noted_before_it() {
    let tree = open(Arc::new(MemoryEngine::default()));
    write(&tree, "one").await;
    write(&tree, "two").await;
    assert_eq!(tree.erased_since(), None);

    erase(&tree, "of nothing").await;
    assert_eq!(tree.erased_since(), None, "nothing was there");
    let mut batch = tree.batch().await;
    batch.note_erasure().unwrap();
    drop(batch);
    assert_eq!(tree.erased_since(), None, "the change was not made");

    erase(&tree, "one").await;
    let since = tree.erased_since();
    assert!(since.is_some());
    assert_eq!(*tree.erased().borrow(), since, "who waits is told");
    erase(&tree, "two").await;
    assert_eq!(tree.erased_since(), since, "the first of them counts");

    tree.compact().await.unwrap();
    assert_eq!(tree.erased_since(), None);
    assert_eq!(*tree.erased().borrow(), None);
}

#[tokio::test]
async fn what_is_erased_during_a_rewrite_awaits_the_next() {
    let tree = open(Arc::new(MemoryEngine::default()));
    for name in ["one", "two"] {
        write(&tree, name).await;
    }
    erase(&tree, "one").await;

    // The first begins before the second.
    let (compacted, ()) = tokio::join!(tree.compact(), erase(&tree, "two"));
    compacted.unwrap();

    assert!(tree.erased_since().is_some());
    assert!(tree.erased().borrow().is_some());
    tree.compact().await.unwrap();
    assert_eq!(tree.erased_since(), None);
}

#[tokio::test]
async fn the_note_is_there_after_a_restart() {
    let engine = Arc::new(MemoryEngine::default());
    let tree = open(engine.clone());
    write(&tree, "one").await;
    erase(&tree, "one").await;
    let since = tree.erased_since();
    drop(tree);

    let tree = open(engine);
    assert!(since.is_some());
    assert_eq!(tree.erased_since(), since);
    assert_eq!(*tree.erased().borrow(), since);
}
