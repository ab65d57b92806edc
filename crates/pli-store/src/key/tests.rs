//! No two things share a place.

use std::{collections::HashMap, fs, path::Path};

use proptest::{collection::vec, prelude::*};

use super::*;
use crate::{
    cipher::StoreKey,
    engine::memory::{MemoryEngine, MemorySuccessors},
    tree::{Ground, Tree},
};

/// Every `Table::…(0x…` of the sources below a directory, with the file it is in.
fn declared(directory: &Path, found: &mut Vec<(u8, String)>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            declared(&path, found);
            continue;
        }
        let source = fs::read_to_string(&path).unwrap();
        let code = source.lines().filter(|line| !line.trim().starts_with("//"));
        for line in code {
            for kind in ["json(0x", "compact(0x", "named(0x"] {
                if let Some((_, number)) = line.split_once(&format!("Table::{kind}")) {
                    let number = u8::from_str_radix(&number[..2], 16).unwrap();
                    found.push((number, path.display().to_string()));
                }
            }
        }
    }
}

#[test]
fn no_two_tables_share_a_domain() {
    let mut found = vec![
        (domain::SCHEMA, "schema".to_owned()),
        (domain::INTENT, "intent".to_owned()),
    ];
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    declared(&sources, &mut found);
    assert!(found.len() > 40, "the tables are not found where they were");

    let mut taken = HashMap::new();
    for (number, file) in found {
        if let Some(other) = taken.insert(number, file.clone()) {
            panic!("{number:#04x} is in {other} and in {file}");
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Part {
    Id(Vec<u8>),
    Order(u64),
}

/// A place as a store would name it: its table's numbers, and its parts.
type Named = (u8, u8, Vec<Part>);

/// Names near to each other: few bytes, few numbers, so that many differ by little.
fn names() -> impl Strategy<Value = Named> {
    let byte = prop_oneof![Just(0_u8), Just(1), any::<u8>()];
    let part = prop_oneof![
        vec(byte.clone(), 0..4).prop_map(Part::Id),
        vec(any::<u8>(), 0..40).prop_map(Part::Id),
        prop_oneof![0..3_u64, any::<u64>()].prop_map(Part::Order),
    ];
    (byte.clone(), byte, vec(part, 0..4))
}

fn tree() -> Tree {
    let key = StoreKey::new(Box::new([5; 32]));
    let engine = std::sync::Arc::new(MemoryEngine::default());
    Tree::start(
        engine,
        Box::new(MemorySuccessors),
        &key,
        "keys",
        None,
        Ground::in_memory(),
    )
    .unwrap()
}

fn key(tree: &Tree, (domain, schema, parts): &Named) -> Vec<u8> {
    let mut place = tree.at(Table::<()>::compact(*domain, *schema));
    for part in parts {
        place = match part {
            Part::Id(id) => place.id(id),
            Part::Order(order) => place.order(*order),
        };
    }
    place.key().to_vec()
}

proptest! {
    #[test]
    fn two_names_have_one_key_only_if_they_are_one(one in names(), other in names()) {
        let tree = tree();
        prop_assert_eq!(one == other, key(&tree, &one) == key(&tree, &other));
    }

    #[test]
    fn a_name_is_not_that_of_its_joined_parts(
        first in vec(any::<u8>(), 0..8),
        second in vec(any::<u8>(), 0..8),
        cut in 0..8_usize,
    ) {
        let joined = [first.as_slice(), &second].concat();
        let (left, right) = joined.split_at(cut.min(joined.len()));
        let name = |parts: &[&[u8]]| {
            (1, 1, parts.iter().map(|part| Part::Id(part.to_vec())).collect())
        };
        let tree = tree();
        let whole = key(&tree, &name(&[&first, &second]));
        prop_assert_ne!(&whole, &key(&tree, &name(&[&joined])));
        if left != first {
            prop_assert_ne!(&whole, &key(&tree, &name(&[left, right])));
        }
    }

    #[test]
    fn what_lies_below_a_name_begins_with_its_key(
        name in names(),
        below in names(),
        order in any::<(u64, u64)>(),
    ) {
        let tree = tree();
        let above = key(&tree, &name);
        let (domain, schema, mut parts) = name;
        parts.extend(below.2);
        let under = key(&tree, &(domain, schema, parts.clone()));
        prop_assert!(under.starts_with(&above));
        let at = |order| {
            let mut parts = parts.clone();
            parts.push(Part::Order(order));
            key(&tree, &(domain, schema, parts))
        };
        prop_assert_eq!(order.0.cmp(&order.1), at(order.0).cmp(&at(order.1)));
    }
}
