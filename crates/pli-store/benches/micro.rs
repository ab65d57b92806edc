//! What single acts of the store cost: `cargo xtask bench store` runs these too.

#![allow(
    missing_docs,
    clippy::expect_used,
    reason = "a program that is to stop at the first fault; Criterion's macros make functions"
)]

use std::{hint::black_box, path::Path};

use criterion::{Criterion, criterion_group, criterion_main};
use pli_store::{StoreKey, Stores, bench::Records};
use tempfile::TempDir;

/// About what an event takes.
const BYTES: usize = 900;

const RECORDS: u64 = 10_000;

fn records() -> (TempDir, Stores, Records, tokio::runtime::Runtime) {
    let directory = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a directory");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let stores = open(directory.path());
    let records = Records::new(&stores);
    for first in (0..RECORDS).step_by(100) {
        let values = vec![vec![7; BYTES]; 100];
        let putting = records.put(first, &values, false);
        runtime.block_on(putting).expect("written");
    }
    (directory, stores, records, runtime)
}

fn open(directory: &Path) -> Stores {
    Stores::open(directory, &StoreKey::new(Box::new([7; 32]))).expect("the stores open")
}

fn acts(criterion: &mut Criterion) {
    let (_directory, _stores, records, runtime) = records();
    let value = vec![7; BYTES];
    let sealed = records.seal(b"place", &value).expect("sealed");
    criterion.bench_function("seal 900 bytes", |bencher| {
        bencher.iter(|| records.seal(b"place", black_box(&value)).expect("sealed"));
    });
    criterion.bench_function("open 900 bytes", |bencher| {
        bencher.iter(|| records.open(b"place", black_box(&sealed)).expect("opened"));
    });
    let mut number = 0;
    criterion.bench_function("get a record of 900 bytes", |bencher| {
        bencher.iter(|| {
            number = (number + 7_919) % RECORDS;
            assert!(records.get(number).expect("read"), "the record is there");
        });
    });
    criterion.bench_function("scan 10,000 records of 900 bytes", |bencher| {
        bencher.iter(|| records.scan().expect("read"));
    });
    let batch = vec![value; 100];
    for (name, sync) in [
        ("write 100 records of 900 bytes, queued", false),
        ("write 100 records of 900 bytes, synced", true),
    ] {
        criterion.bench_function(name, |bencher| {
            bencher.iter(|| {
                number = (number + 7_919) % RECORDS;
                let putting = records.put(number, &batch, sync);
                runtime.block_on(putting).expect("written");
            });
        });
    }
}

criterion_group!(micro, acts);
criterion_main!(micro);
