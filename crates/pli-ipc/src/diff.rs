//! Changes of a list, from the SDK's to the page's.

use eyeball_im::VectorDiff;

use crate::wire::ListDiff;

/// One change, its values mapped.
pub(crate) fn list_diff<T: Clone, U>(
    diff: VectorDiff<T>,
    mut map: impl FnMut(T) -> U,
) -> ListDiff<U> {
    let number = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
    match diff {
        VectorDiff::Append { values } => ListDiff::Append {
            values: values.into_iter().map(map).collect(),
        },
        VectorDiff::Reset { values } => ListDiff::Reset {
            values: values.into_iter().map(map).collect(),
        },
        VectorDiff::Clear => ListDiff::Clear,
        VectorDiff::PushFront { value } => ListDiff::PushFront { value: map(value) },
        VectorDiff::PushBack { value } => ListDiff::PushBack { value: map(value) },
        VectorDiff::PopFront => ListDiff::PopFront,
        VectorDiff::PopBack => ListDiff::PopBack,
        VectorDiff::Insert { index, value } => ListDiff::Insert {
            index: number(index),
            value: map(value),
        },
        VectorDiff::Set { index, value } => ListDiff::Set {
            index: number(index),
            value: map(value),
        },
        VectorDiff::Remove { index } => ListDiff::Remove {
            index: number(index),
        },
        VectorDiff::Truncate { length } => ListDiff::Truncate {
            length: number(length),
        },
    }
}

#[cfg(test)]
mod tests {
    use eyeball_im::Vector;

    use super::*;

    #[test]
    fn every_change_keeps_its_place() {
        let values: Vector<u32> = [1, 2].into_iter().collect();
        let doubled = |diff| list_diff(diff, |value: u32| value * 2);
        assert_eq!(
            doubled(VectorDiff::Reset {
                values: values.clone()
            }),
            ListDiff::Reset { values: vec![2, 4] }
        );
        assert_eq!(
            doubled(VectorDiff::Append { values }),
            ListDiff::Append { values: vec![2, 4] }
        );
        assert_eq!(
            doubled(VectorDiff::Insert { index: 3, value: 4 }),
            ListDiff::Insert { index: 3, value: 8 }
        );
        assert_eq!(
            doubled(VectorDiff::Set { index: 1, value: 4 }),
            ListDiff::Set { index: 1, value: 8 }
        );
        assert_eq!(
            doubled(VectorDiff::Remove { index: 5 }),
            ListDiff::Remove { index: 5 }
        );
        assert_eq!(
            doubled(VectorDiff::Truncate { length: 5 }),
            ListDiff::Truncate { length: 5 }
        );
    }
}
