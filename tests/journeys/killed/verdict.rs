//! What a reader finds of what was written, beside a ledger kept outside.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, bail};
use pli_testkit::reading::{Read, Sending};

/// What was written.
pub(super) struct Letters<'a> {
    /// Ids of the letters, in the order of the server.
    pub(super) order: &'a [String],
    /// What the device's queue said it keeps.
    pub(super) own: &'a [String],
    /// What was written to it.
    pub(super) theirs: &'a [String],
}

/// What somebody reads of a room, in order.
#[derive(Default)]
pub(super) struct View {
    read: Vec<(String, String)>,
    undecryptable: BTreeSet<String>,
    unsent: Vec<String>,
}

impl View {
    /// What the device printed.
    pub(super) fn printed(lines: &[String]) -> Result<Self> {
        let mut view = Self::default();
        for line in lines {
            let mut words = line.splitn(3, ' ');
            let word = words.next().unwrap_or_default();
            let id = words.next().unwrap_or_default().to_owned();
            let body = words.next().unwrap_or_default().to_owned();
            match word {
                "read" if !body.is_empty() => view.read.push((id, body)),
                "read" | "in" | "signed" => {}
                "undecryptable" => {
                    view.undecryptable.insert(id);
                }
                "unsent" => view.unsent.push(body),
                word => bail!("the device says {word}"),
            }
        }
        Ok(view)
    }

    /// What a timeline shows.
    pub(super) fn of(events: &[Read]) -> Self {
        let mut view = Self::default();
        for event in events {
            if event.undecryptable {
                view.undecryptable.insert(event.id.clone());
            } else if let Some(body) = &event.body {
                match event.sending {
                    Sending::Sent => view.read.push((event.id.clone(), body.clone())),
                    _ => view.unsent.push(body.clone()),
                }
            }
        }
        view
    }
}

/// What is not as it was written.
#[derive(Debug, Default)]
pub(super) struct Verdict {
    lost: Vec<String>,
    doubled: Vec<String>,
    misplaced: Vec<String>,
    undecryptable: Vec<String>,
    unsent: Vec<String>,
}

impl Verdict {
    pub(super) fn counts(&self) -> String {
        format!(
            "{} lost, {} doubled, {} misplaced, {} undecryptable, {} unsent",
            self.lost.len(),
            self.doubled.len(),
            self.misplaced.len(),
            self.undecryptable.len(),
            self.unsent.len()
        )
    }

    pub(super) fn is_whole(&self) -> bool {
        [
            &self.lost,
            &self.doubled,
            &self.misplaced,
            &self.undecryptable,
            &self.unsent,
        ]
        .iter()
        .all(|faults| faults.is_empty())
    }
}

impl Letters<'_> {
    pub(super) fn judge(&self, view: &View) -> Verdict {
        let places: BTreeMap<&String, usize> = self.order.iter().zip(0..).collect();
        let undecryptable: Vec<String> = view
            .undecryptable
            .iter()
            .filter(|id| places.contains_key(id))
            .cloned()
            .collect();
        let mut verdict = Verdict {
            undecryptable,
            unsent: view.unsent.clone(),
            ..Verdict::default()
        };
        let mut bodies = BTreeSet::new();
        let mut ids = BTreeSet::new();
        let mut last = 0;
        for (id, body) in &view.read {
            let twice = !bodies.insert(body);
            if !ids.insert(id) || twice {
                verdict.doubled.push(body.clone());
            }
            if let Some(place) = places.get(id) {
                if *place < last {
                    verdict.misplaced.push(body.clone());
                }
                last = last.max(*place);
            }
        }
        for ledger in [self.own, self.theirs] {
            verdict.lost.extend(
                ledger
                    .iter()
                    .filter(|letter| !bodies.contains(letter))
                    .cloned(),
            );
            // Its writer has written it in this order.
            let read = view.read.iter().filter(|(_, body)| ledger.contains(body));
            let read: Vec<&String> = read.map(|(_, body)| body).collect();
            let written = ledger.iter().filter(|letter| bodies.contains(letter));
            if verdict.doubled.is_empty() && !read.iter().copied().eq(written) {
                verdict.misplaced.push("a writer’s own order".to_owned());
            }
        }
        // No ledger has what was kept and sent when the device died before it could say so.
        let missing = self.order.iter().filter(|id| !ids.contains(id));
        let missing = missing.filter(|id| !view.undecryptable.contains(*id));
        let missing: Vec<String> = missing.cloned().collect();
        if missing.len() > verdict.lost.len() {
            verdict.lost = missing;
        }
        verdict
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    fn counts(lines: &[&str]) -> String {
        let order: &[&str] = &["$1", "$2", "$3"];
        let [order, own, theirs] = [order, &["un"], &["deux"]];
        let [order, own, theirs] = [order, own, theirs].map(strings);
        let letters = Letters {
            order: &order,
            own: &own,
            theirs: &theirs,
        };
        let view = View::printed(&strings(lines)).expect("lines of the device");
        letters.judge(&view).counts()
    }

    #[test]
    fn a_verdict_tells_each_fault() {
        let (one, two, three) = ("read $1 un", "read $2 deux", "read $3 trois");
        for (lines, wanted) in [
            (&["in", "read $0 appel 0", one, two, three][..], [0; 5]),
            (&[one, three], [1, 0, 0, 0, 0]),
            (&[one, two], [1, 0, 0, 0, 0]),
            (&[one, one, two, three], [0, 1, 0, 0, 0]),
            (&[two, one, three], [0, 0, 1, 0, 0]),
            (&[one, "undecryptable $2 ", three], [1, 0, 0, 1, 0]),
            (&["undecryptable $0 ", one, two, three], [0; 5]),
            (&[one, two, three, "unsent 1 quatre"], [0, 0, 0, 0, 1]),
        ] {
            let [lost, doubled, misplaced, undecryptable, unsent] = wanted;
            let told = format!(
                "{lost} lost, {doubled} doubled, {misplaced} misplaced, {undecryptable} \
                 undecryptable, {unsent} unsent"
            );
            assert_eq!(counts(lines), told, "{lines:?}");
        }
    }
}
