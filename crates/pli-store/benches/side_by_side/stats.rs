//! What a row of measurements says.

use rand_less::Dice;

/// The middle one.
pub(crate) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 {
        sorted[middle]
    } else {
        f64::midpoint(sorted[middle - 1], sorted[middle])
    }
}

/// The value that a share of all is not above, of unsorted ones.
pub(crate) fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = (sorted.len() as f64 * share).ceil() as usize;
    sorted[place.clamp(1, sorted.len()) - 1]
}

/// A median, and between which two it lies with 95 % confidence (bootstrap).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Estimate {
    pub(crate) median: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

pub(crate) fn estimate(values: &[f64]) -> Estimate {
    let mut dice = Dice::new(values.len() as u64);
    let medians: Vec<f64> = (0..10_000)
        .map(|_| {
            let drawn = values.iter().map(|_| values[dice.below(values.len())]);
            median(&drawn.collect::<Vec<_>>())
        })
        .collect();
    Estimate {
        median: median(values),
        low: quantile(&medians, 0.025),
        high: quantile(&medians, 0.975),
    }
}

pub(crate) mod rand_less {
    //! The same numbers at each run.

    /// A generator (xorshift) that is good enough to shuffle.
    pub(crate) struct Dice(u64);

    impl Dice {
        pub(crate) fn new(seed: u64) -> Self {
            Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
        }

        pub(crate) fn below(&mut self, end: usize) -> usize {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            (self.0 % end as u64) as usize
        }
    }
}
