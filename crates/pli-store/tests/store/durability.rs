//! Durability, judged at the level of system calls, below sled: what a power cut, a kill at any
//! call, or a failing disk leaves of what a process was told is stored.
//!
//! The process runs under `strace`, which records its calls, kills it at the n-th of a kind, or
//! makes them fail. How many runs each scene makes comes from the environment (`cargo xtask
//! crash`), or is small.

mod disk;
mod kill;
mod ledger;
mod loss;
mod power;
mod recording;
mod refusal;
mod script;
mod tally;
mod trace;

/// Numbers that are the same each time.
pub(crate) struct Random(u64);

impl Random {
    /// Mixed, so that seeds which follow one another give numbers of their own.
    pub(crate) const fn new(seed: u64) -> Self {
        Self((seed.wrapping_add(1)).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    pub(crate) const fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }

    /// True in one of so many cases.
    pub(crate) const fn one_in(&mut self, cases: u64) -> bool {
        self.below(cases) == 0
    }
}

/// How many times a scene is to run: from the environment, or a number that the suite affords.
pub(crate) fn count(name: &str, few: usize) -> usize {
    let told = std::env::var(name);
    told.map_or(few, |count| count.parse().unwrap())
}
