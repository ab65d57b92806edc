//! Mutations, the same in each run.

use super::corpus::Corpus;

/// Changes to one input at the most.
const MOST_CHANGES: usize = 6;

/// Bytes of an input at the most.
const LONGEST: usize = 8_192;

/// Inputs made from a corpus, without end.
pub(crate) struct Mutations {
    corpus: Corpus,
    state: u64,
}

impl Mutations {
    pub(crate) fn new(corpus: Corpus) -> Self {
        Self { corpus, state: 20 }
    }

    /// A number below `end` (SplitMix64).
    fn below(&mut self, end: usize) -> usize {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        (mixed % end.max(1) as u64) as usize
    }

    fn seed(&mut self) -> Vec<u8> {
        let index = self.below(self.corpus.seeds.len());
        self.corpus.seeds[index].clone()
    }

    /// Two places in order, the first within the input.
    fn range(&mut self, input: &[u8]) -> (usize, usize) {
        let start = self.below(input.len());
        let length = self.below(input.len() - start + 1);
        (start, start + length)
    }

    fn change(&mut self, input: &mut Vec<u8>) {
        let place = self.below(input.len() + 1);
        match self.below(9) {
            0 if !input.is_empty() => {
                let (at, bit) = (place.min(input.len() - 1), self.below(8));
                input[at] ^= 1 << bit;
            }
            1 if !input.is_empty() => {
                let at = place.min(input.len() - 1);
                input[at] = self.below(256) as u8;
            }
            2 if !input.is_empty() => {
                let (start, end) = self.range(input);
                input.drain(start..end);
            }
            3 if !input.is_empty() => {
                let (start, end) = self.range(input);
                let copied = input[start..end].to_vec();
                input.splice(place..place, copied);
            }
            4 => {
                let other = self.seed();
                let (start, end) = self.range(&other);
                input.splice(place..place, other[start..end].iter().copied());
            }
            5 => {
                let (byte, times) = (self.below(256) as u8, self.below(300));
                input.splice(place..place, std::iter::repeat_n(byte, times));
            }
            // A word, in place of something as long or between two bytes.
            kind => {
                let index = self.below(self.corpus.words.len());
                let word = self.corpus.words[index].clone();
                let end = if kind == 6 { place + word.len() } else { place };
                input.splice(place..end.min(input.len()), word);
            }
        }
        input.truncate(LONGEST);
    }
}

impl Iterator for Mutations {
    type Item = Vec<u8>;

    fn next(&mut self) -> Option<Vec<u8>> {
        let mut input = self.seed();
        for _ in 0..=self.below(MOST_CHANGES) {
            self.change(&mut input);
        }
        Some(input)
    }
}
