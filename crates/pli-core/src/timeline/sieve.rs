//! Leaves rows out of a list of changes: messages that are over.

use eyeball_im::{Vector, VectorDiff};

/// Which items of a list are left out.
#[derive(Default)]
pub(super) struct Sieve {
    hidden: Vec<bool>,
}

impl Sieve {
    /// The items that are drawn, of a whole list.
    pub(super) fn reset<T: Clone>(
        &mut self,
        items: Vector<T>,
        is_over: impl Fn(&T) -> bool,
    ) -> Vector<T> {
        self.hidden = items.iter().map(is_over).collect();
        let hidden = self.hidden.iter();
        let shown = items.into_iter().zip(hidden);
        shown
            .filter_map(|(item, hidden)| (!hidden).then_some(item))
            .collect()
    }

    /// A change of all items, as one of those that are drawn.
    pub(super) fn pass<T: Clone>(
        &mut self,
        diff: VectorDiff<T>,
        is_over: impl Fn(&T) -> bool,
    ) -> Option<VectorDiff<T>> {
        match diff {
            VectorDiff::Append { values } => self.append(values, is_over),
            VectorDiff::Clear => {
                self.hidden.clear();
                Some(VectorDiff::Clear)
            }
            VectorDiff::PushFront { value } => {
                self.hidden.insert(0, is_over(&value));
                self.is_shown(0).then_some(VectorDiff::PushFront { value })
            }
            VectorDiff::PushBack { value } => {
                self.hidden.push(is_over(&value));
                let last = self.hidden.len() - 1;
                self.is_shown(last)
                    .then_some(VectorDiff::PushBack { value })
            }
            VectorDiff::PopFront => {
                let shown = self.is_shown(0);
                if !self.hidden.is_empty() {
                    self.hidden.remove(0);
                }
                shown.then_some(VectorDiff::PopFront)
            }
            VectorDiff::PopBack => {
                (self.hidden.pop() == Some(false)).then_some(VectorDiff::PopBack)
            }
            VectorDiff::Insert { index, value } => {
                let at = self.shown_before(index);
                let over = is_over(&value);
                self.hidden.insert(index.min(self.hidden.len()), over);
                (!over).then_some(VectorDiff::Insert { index: at, value })
            }
            VectorDiff::Set { index, value } => self.set(index, value, is_over),
            VectorDiff::Remove { index } => {
                let removed = self.is_shown(index).then(|| VectorDiff::Remove {
                    index: self.shown_before(index),
                });
                if index < self.hidden.len() {
                    self.hidden.remove(index);
                }
                removed
            }
            VectorDiff::Truncate { length } => {
                let shown = self.shown_before(length);
                self.hidden.truncate(length);
                Some(VectorDiff::Truncate { length: shown })
            }
            VectorDiff::Reset { values } => Some(VectorDiff::Reset {
                values: self.reset(values, is_over),
            }),
        }
    }

    fn append<T: Clone>(
        &mut self,
        values: Vector<T>,
        is_over: impl Fn(&T) -> bool,
    ) -> Option<VectorDiff<T>> {
        let mut shown = Vector::new();
        for value in values {
            let over = is_over(&value);
            self.hidden.push(over);
            if !over {
                shown.push_back(value);
            }
        }
        (!shown.is_empty()).then_some(VectorDiff::Append { values: shown })
    }

    fn set<T>(
        &mut self,
        index: usize,
        value: T,
        is_over: impl Fn(&T) -> bool,
    ) -> Option<VectorDiff<T>> {
        let at = self.shown_before(index);
        let hidden = self.hidden.get_mut(index)?;
        let (was, is) = (*hidden, is_over(&value));
        *hidden = is;
        match (was, is) {
            (false, false) => Some(VectorDiff::Set { index: at, value }),
            (false, true) => Some(VectorDiff::Remove { index: at }),
            (true, false) => Some(VectorDiff::Insert { index: at, value }),
            (true, true) => None,
        }
    }

    /// Leaves out what is over by now; gives where each was drawn, to be removed in this order.
    pub(super) fn settle<T: Clone>(
        &mut self,
        items: &Vector<T>,
        is_over: impl Fn(&T) -> bool,
    ) -> Vec<usize> {
        let mut removed = Vec::new();
        let mut shown = 0;
        for (item, hidden) in items.iter().zip(&mut self.hidden) {
            if *hidden {
                continue;
            }
            if is_over(item) {
                *hidden = true;
                removed.push(shown);
            } else {
                shown += 1;
            }
        }
        removed
    }

    /// Where an item is drawn, if it is.
    pub(super) fn shown_at(&self, index: usize) -> Option<usize> {
        self.is_shown(index).then(|| self.shown_before(index))
    }

    fn is_shown(&self, index: usize) -> bool {
        self.hidden.get(index) == Some(&false)
    }

    fn shown_before(&self, index: usize) -> usize {
        let before = self.hidden.iter().take(index);
        before.filter(|hidden| !**hidden).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers, of which the odd ones are over.
    fn is_over(number: &u32) -> bool {
        number % 2 == 1
    }

    /// What is drawn after each change is what is not over, wherever the change was.
    #[test]
    fn what_is_drawn_is_always_the_rest() {
        let changes = [
            VectorDiff::Append {
                values: Vector::from(vec![1, 2, 3, 4, 5, 6]),
            },
            VectorDiff::PushFront { value: 7 },
            VectorDiff::PushFront { value: 8 },
            VectorDiff::PushBack { value: 9 },
            VectorDiff::PushBack { value: 10 },
            VectorDiff::Insert {
                index: 3,
                value: 12,
            },
            VectorDiff::Insert {
                index: 0,
                value: 11,
            },
            VectorDiff::Set {
                index: 1,
                value: 13,
            },
            VectorDiff::Set {
                index: 0,
                value: 14,
            },
            VectorDiff::Set {
                index: 2,
                value: 15,
            },
            VectorDiff::Set {
                index: 4,
                value: 16,
            },
            VectorDiff::Remove { index: 0 },
            VectorDiff::Remove { index: 0 },
            VectorDiff::PopFront,
            VectorDiff::PopBack,
            VectorDiff::PopBack,
            VectorDiff::Truncate { length: 4 },
            VectorDiff::Append {
                values: Vector::from(vec![17, 19]),
            },
            VectorDiff::Reset {
                values: Vector::from(vec![1, 20, 21, 22]),
            },
            VectorDiff::Clear,
            VectorDiff::PushBack { value: 1 },
        ];
        let (mut all, mut drawn) = (Vector::new(), Vector::new());
        let mut sieve = Sieve::default();
        for change in changes {
            change.clone().apply(&mut all);
            if let Some(change) = sieve.pass(change, is_over) {
                change.apply(&mut drawn);
            }
            let rest: Vector<u32> = all.iter().copied().filter(|n| !is_over(n)).collect();
            assert_eq!(drawn, rest, "of {all:?}");
        }
    }

    #[test]
    fn what_ends_is_removed_where_it_was_drawn() {
        let items = Vector::from(vec![1, 2, 4, 6, 3, 8]);
        let mut sieve = Sieve::default();
        let mut drawn = sieve.reset(items.clone(), is_over);
        let ended = |number: &u32| is_over(number) || [4, 8].contains(number);
        for index in sieve.settle(&items, ended) {
            drawn.remove(index);
        }
        assert_eq!(drawn, Vector::from(vec![2, 6]));
        assert_eq!(sieve.shown_at(3), Some(1), "the six");
        assert_eq!(sieve.shown_at(5), None);
        assert!(sieve.settle(&items, ended).is_empty(), "nothing is left");
    }
}
