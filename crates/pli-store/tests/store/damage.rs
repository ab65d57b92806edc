//! A profile of which a file was damaged tells nothing that is wrong, opens, heals itself, says
//! what it lost, and can be used as before.

use std::{
    collections::BTreeMap,
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::mpsc,
    thread,
    time::Duration,
};

use pli_store::{DatabaseName, Healing, Stores};
use tempfile::TempDir;

mod harm;
mod profile;

use self::{
    harm::harm,
    profile::{Kept, Told},
};
use crate::{
    engines::key,
    random::{Random, count},
    shares::share_out,
};

/// So many profiles are damaged one after another.
const FEW: usize = 100;

/// Longer than any opening takes.
const HANG: Duration = Duration::from_secs(120);

/// How a damaged profile fared.
#[derive(Debug, Default)]
struct Verdict {
    healings: Vec<Healing>,
    /// Whether damage was found only by reading, after the first opening.
    found_late: bool,
    media_lost: usize,
    faults: Vec<String>,
}

/// The profile as it was closed, and what it tells whole and empty.
struct Whole {
    directory: TempDir,
    told: Vec<Told>,
    nothing: Vec<Told>,
}

impl Whole {
    async fn make() -> Self {
        let directory = tempfile::tempdir().unwrap();
        profile::make(directory.path()).await;
        let stores = Stores::open(directory.path(), &key()).unwrap();
        let told = profile::read(&stores).await;
        for told in &told {
            assert!(told.answer.is_ok(), "{} is not read", told.what);
        }
        let nothing = profile::read(&Stores::in_memory().unwrap()).await;
        Self {
            directory,
            told,
            nothing,
        }
    }

    /// Notes each answer that is neither the true one, nor none. Those that are lost are returned.
    fn judge(&self, now: &[Told], faults: &mut Vec<String>) -> Vec<&Told> {
        let mut lost = Vec::new();
        // What is asked for only with an account is not asked for without.
        let mut now = now.iter().peekable();
        for whole in &self.told {
            let told = now.next_if(|now| now.what == whole.what);
            let nothing = self.nothing.iter().find(|told| told.what == whole.what);
            match told.map(|told| &told.answer) {
                Some(answer) if *answer == whole.answer => {}
                Some(Ok(answer))
                    if nothing.is_some_and(|nothing| nothing.answer.as_ref() != Ok(answer)) =>
                {
                    faults.push(format!("wrong: {}: {answer:.300}", whole.what));
                }
                _ => lost.push(whole),
            }
        }
        lost
    }

    /// Opens a damaged copy of the profile as a user would, until it is well.
    async fn judge_copy(&self, directory: &Path) -> Verdict {
        let mut verdict = Verdict::default();
        let faults = &mut verdict.faults;
        let open = || Stores::open(directory, &key());
        let stores = match open() {
            Ok(stores) => stores,
            Err(error) => {
                faults.push(format!("shut: {error:?}"));
                return verdict;
            }
        };
        verdict.healings.extend(stores.healings());
        self.judge(&profile::read(&stores).await, faults);
        verdict.found_late = stores.doubts().any();
        drop(stores);

        let stores = open().unwrap();
        verdict.healings.extend(stores.healings());
        if verdict.found_late && stores.healings().is_empty() {
            faults.push("damage was found, and not healed".to_owned());
        }
        let healed = profile::read(&stores).await;
        for told in &healed {
            if let Err(error) = &told.answer {
                faults.push(format!("still damaged: {}: {error}", told.what));
            }
        }
        let lost = self.judge(&healed, faults);
        for told in lost {
            match told.kept {
                Kept::Twice => faults.push(format!("lost: {}", told.what)),
                Kept::Once if verdict.healings.is_empty() => {
                    faults.push(format!("lost and not told: {}", told.what));
                }
                Kept::Once => {}
                Kept::Cached => verdict.media_lost += 1,
            }
        }
        if stores.doubts().any() {
            faults.push("damage was found after the healing".to_owned());
        }
        profile::write_more(&stores).await;
        let told = profile::read(&stores).await;
        drop(stores);

        let stores = open().unwrap();
        if !stores.healings().is_empty() {
            faults.push(format!("healed again: {:?}", stores.healings()));
        }
        if profile::read(&stores).await != told {
            faults.push("closing and opening changed something".to_owned());
        }
        verdict
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(path, to).unwrap();
        }
    }
}

/// On a thread of its own, so that neither a panic nor a hang ends the others.
fn apart(act: impl FnOnce() -> Verdict + Send + 'static) -> Verdict {
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        let verdict = catch_unwind(AssertUnwindSafe(act));
        let _ = tell.send(verdict.unwrap_or_else(|_| Verdict {
            faults: vec!["panicked".to_owned()],
            ..Verdict::default()
        }));
    });
    told.recv_timeout(HANG).unwrap_or_else(|_| Verdict {
        faults: vec!["hung".to_owned()],
        ..Verdict::default()
    })
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
}

#[test]
fn damaged_profiles_heal_and_tell() {
    let profiles = count("PLI_CRASH_DAMAGES", 30);
    let first = u64::try_from(count("PLI_CRASH_SEED", 0)).unwrap();
    let whole: &'static Whole = Box::leak(Box::new(runtime().block_on(Whole::make())));
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut faults = Vec::new();
    let verdicts = share_out(profiles, FEW, |share| {
        let seeds = (first + share.number as u64..).step_by(share.of);
        let verdicts = seeds.take(share.runs).map(|seed| damage(whole, seed));
        verdicts.collect::<Vec<_>>()
    });
    for (told, verdict) in verdicts.into_iter().flatten() {
        for word in words(&verdict) {
            *counts.entry(word).or_default() += 1;
        }
        if !verdict.faults.is_empty() {
            faults.push(told);
        }
    }
    let mut line = format!("durability: damage: {profiles} profiles");
    for (word, count) in &counts {
        line.push_str(&format!(", {count} {word}"));
    }
    println!("\n{line}, {} faults", faults.len());
    assert!(faults.is_empty(), "{} faults", faults.len());
    assert!(
        profiles < 30 || counts.contains_key("restored") && counts.contains_key("set aside"),
        "the damage must reach what it is to reach: {line}"
    );
}

/// Damages a copy of the profile; how that fared, and the same in words.
fn damage(whole: &'static Whole, seed: u64) -> (String, Verdict) {
    let directory = tempfile::tempdir().unwrap();
    copy(whole.directory.path(), directory.path());
    let harm = harm(directory.path(), &mut Random::seeded(seed));
    let path = directory.path().to_owned();
    let verdict = apart(move || runtime().block_on(whole.judge_copy(&path)));
    let faults: Vec<_> = verdict.faults.iter().take(4).collect();
    let told = format!("seed {seed}, {harm}, {:?}: {faults:#?}", verdict.healings);
    if !faults.is_empty() {
        eprintln!("damage: {told}");
    }
    (told, verdict)
}

fn words(verdict: &Verdict) -> Vec<&'static str> {
    let any = |healings: &[Healing]| healings.iter().any(|h| verdict.healings.contains(h));
    let (keys, history) = (DatabaseName::Keys, DatabaseName::History);
    let candidates = [
        ("unharmed", verdict.healings.is_empty()),
        (
            "mended",
            any(&[Healing::Mended(keys), Healing::Mended(history)]),
        ),
        ("restored", any(&[Healing::Restored])),
        ("set aside", any(&[Healing::SetAside(history)])),
        ("keys set aside", any(&[Healing::SetAside(keys)])),
        ("found on reading", verdict.found_late),
        ("media fetched again", verdict.media_lost > 0),
    ];
    let words = candidates.into_iter().filter(|(_, is_so)| *is_so);
    words.map(|(word, _)| word).collect()
}
