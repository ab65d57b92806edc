//! Shares a large run among threads: most of its processes wait, for a disk or for each other.

use std::thread;

const THREADS: usize = 6;

/// What one thread does of a run.
#[derive(Clone, Copy)]
pub(crate) struct Share {
    /// Which of the shares it is.
    pub(crate) number: usize,
    /// How many there are.
    pub(crate) of: usize,
    pub(crate) runs: usize,
}

/// Does all runs, in threads if there are more than `few`; what each share came to.
pub(crate) fn share_out<T: Send>(
    runs: usize,
    few: usize,
    work: impl Fn(Share) -> T + Sync,
) -> Vec<T> {
    let of = if runs > few { THREADS } else { 1 };
    let work = &work;
    thread::scope(|scope| {
        let threads: Vec<_> = (0..of)
            .map(|number| {
                let runs = runs / of + usize::from(number < runs % of);
                scope.spawn(move || work(Share { number, of, runs }))
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| {
                thread
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
            .collect()
    })
}
