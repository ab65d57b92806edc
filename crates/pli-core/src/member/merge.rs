//! From one ordered list to the next, in as few changes as it takes.

use std::{cmp::Ordering, sync::Arc};

use eyeball_im::VectorDiff;

/// The changes that make `old` into `new`.
///
/// `same` tells the same person; `order` is that of both lists. Whoever moved is removed and
/// inserted.
pub(super) fn changes<T: Clone + PartialEq>(
    old: &[Arc<T>],
    new: &[Arc<T>],
    same: impl Fn(&T, &T) -> bool,
    order: impl Fn(&T, &T) -> Ordering,
) -> Vec<VectorDiff<Arc<T>>> {
    let mut changes = Vec::new();
    let (mut old, mut new) = (old.iter().peekable(), new.iter().peekable());
    let mut index = 0;
    loop {
        match (old.peek(), new.peek()) {
            (None, None) => return changes,
            (Some(before), Some(after)) if same(before, after) => {
                if before != after {
                    let value = Arc::clone(after);
                    changes.push(VectorDiff::Set { index, value });
                }
                old.next();
                new.next();
                index += 1;
            }
            (Some(before), Some(after)) if order(before, after) == Ordering::Less => {
                changes.push(VectorDiff::Remove { index });
                old.next();
            }
            (Some(_), None) => {
                changes.push(VectorDiff::Remove { index });
                old.next();
            }
            (_, Some(after)) => {
                let value = Arc::clone(after);
                changes.push(VectorDiff::Insert { index, value });
                new.next();
                index += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use eyeball_im::Vector;

    use super::*;

    /// Place and key: a person whose place changes moves.
    type Person = (u32, char);

    fn list(people: &[Person]) -> Vec<Arc<Person>> {
        let mut people: Vec<_> = people.iter().copied().map(Arc::new).collect();
        people.sort();
        people
    }

    fn between(old: &[Arc<Person>], new: &[Arc<Person>]) -> Vec<VectorDiff<Arc<Person>>> {
        changes(old, new, |a, b| a.1 == b.1, Ord::cmp)
    }

    #[test]
    fn the_changes_lead_from_any_list_to_any_other() {
        let lists = [
            list(&[]),
            list(&[(1, 'a')]),
            list(&[(1, 'a'), (2, 'b'), (3, 'c')]),
            list(&[(1, 'c'), (2, 'b'), (3, 'a')]),
            list(&[(2, 'b'), (4, 'd'), (5, 'a')]),
            list(&[(9, 'a'), (9, 'b'), (9, 'c'), (9, 'd')]),
        ];
        for old in &lists {
            for new in &lists {
                let mut told: Vector<_> = old.iter().cloned().collect();
                for change in between(old, new) {
                    change.apply(&mut told);
                }
                let expected: Vector<_> = new.iter().cloned().collect();
                assert_eq!(told, expected, "from {old:?}");
            }
        }
    }

    #[test]
    fn who_did_not_change_is_not_told_again() {
        let old = list(&[(1, 'a'), (2, 'b'), (3, 'c'), (5, 'e')]);
        let new = list(&[(1, 'a'), (3, 'c'), (4, 'd'), (5, 'e')]);
        assert_eq!(
            between(&old, &new),
            [
                VectorDiff::Remove { index: 1 },
                VectorDiff::Insert {
                    index: 2,
                    value: Arc::new((4, 'd'))
                },
            ]
        );
        assert_eq!(between(&new, &new), []);
    }
}
