//! Which generation opens, whatever a crash or damage left.

use std::fs;

use tempfile::TempDir;

use super::*;

/// A place for a database beside which nothing else is.
struct Scene(TempDir);

impl Scene {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("history")
    }

    fn generation(&self, number: u64) -> PathBuf {
        self.path().join(number.to_string())
    }

    /// A database whose live generation is the last of so many; a clear after each failed.
    fn with_generations(many: u8) -> Self {
        let scene = Self::new();
        let (engine, mut generations, _) = open(&scene.path()).unwrap();
        write(&engine, 1);
        generations.settle_live().unwrap();
        for number in 2..=many {
            let engine = generations.begin(0).unwrap();
            write(engine.as_ref(), number);
            generations.commit().unwrap();
        }
        scene
    }

    /// Begins a copy that a crash interrupts.
    fn with_unfinished(self) -> Self {
        let (_, mut generations, _) = open(&self.path()).unwrap();
        let engine = generations.begin(0).unwrap();
        write(engine.as_ref(), 99);
        self
    }

    /// What opens: whose record there is, and how it was cured.
    fn opened(&self) -> (Option<u8>, Cure) {
        let (engine, generations, cure) = open(&self.path()).unwrap();
        let there = files::numbers(&self.path()).unwrap();
        assert_eq!(there, [generations.live], "nothing else is left");
        let record = engine.get(b"record").unwrap();
        if record.is_some() {
            generations.settle_live().unwrap();
        }
        (record.map(|value| value[0]), cure)
    }

    fn quarantined(&self) -> usize {
        let entries = fs::read_dir(self.0.path()).unwrap();
        entries
            .filter(|entry| {
                let name = entry.as_ref().unwrap().file_name();
                name.to_string_lossy().contains("quarantine")
            })
            .count()
    }
}

fn write(engine: &dyn Engine, value: u8) {
    engine
        .apply(&[(b"record".to_vec(), Some(vec![value]))])
        .unwrap();
    engine.flush().unwrap();
}

fn unmark(directory: &Path) {
    fs::remove_file(directory.join(files::UNFINISHED)).unwrap();
}

#[test]
fn what_a_crash_left_of_compactions_is_removed() {
    let scene = Scene::with_generations(3);
    assert_eq!(files::numbers(&scene.path()).unwrap(), [1, 2, 3]);
    assert_eq!(scene.opened(), (Some(3), Cure::None));

    let scene = Scene::with_generations(1).with_unfinished();
    fs::create_dir(scene.generation(5)).unwrap();
    assert_eq!(scene.opened(), (Some(1), Cure::None));
    assert_eq!(scene.quarantined(), 0);
}

#[test]
fn the_older_layout_becomes_the_first_generation_wherever_a_crash_stops_it() {
    for stop in 0..4 {
        let scene = Scene::new();
        let (path, beside) = (scene.path(), scene.path().with_extension("moving"));
        write(&SledEngine::open(&path).unwrap(), 7);
        if stop >= 1 {
            fs::rename(&path, &beside).unwrap();
        }
        if stop >= 2 {
            fs::create_dir(&path).unwrap();
        }
        if stop >= 3 {
            fs::rename(&beside, scene.generation(1)).unwrap();
        }
        assert_eq!(scene.opened(), (Some(7), Cure::None), "after stop {stop}");
        assert_eq!(scene.opened(), (Some(7), Cure::None), "and again");
        assert!(!path.join("db").exists() && !beside.exists());
        assert_eq!(scene.quarantined(), 0);
    }
}

#[test]
fn without_the_name_of_the_live_one_it_is_the_newest_that_is_no_unfinished_copy() {
    for damaged in [None, Some(b"".as_slice()), Some(b"1\n"), Some(&[0xff; 68])] {
        for (scene, expected) in [
            (Scene::with_generations(1), 1),
            (Scene::with_generations(2), 2),
            (Scene::with_generations(1).with_unfinished(), 1),
        ] {
            let current = scene.path().join("current");
            match damaged {
                None => fs::remove_file(current).unwrap(),
                Some(content) => fs::write(current, content).unwrap(),
            }
            assert_eq!(scene.opened(), (Some(expected), Cure::None));
            assert_eq!(scene.opened(), (Some(expected), Cure::None), "it is named");
        }
    }
}

#[test]
fn when_none_can_be_told_to_be_the_live_one_all_are_set_aside() {
    let only_a_copy = Scene::with_generations(1).with_unfinished();
    fs::remove_dir_all(only_a_copy.generation(1)).unwrap();
    fs::remove_file(only_a_copy.path().join("current")).unwrap();

    let taken_away = Scene::with_generations(2);
    fs::remove_dir_all(taken_away.generation(2)).unwrap();

    let all_taken_away = Scene::with_generations(1);
    fs::remove_dir_all(all_taken_away.generation(1)).unwrap();

    for scene in [only_a_copy, taken_away, all_taken_away] {
        assert_eq!(scene.opened(), (None, Cure::Quarantined));
        assert_eq!(scene.quarantined(), 1, "nothing was deleted");
        assert_eq!(scene.opened(), (None, Cure::None));
    }
}

#[test]
fn damage_to_the_name_never_names_another() {
    let scene = Scene::with_generations(1);
    let current = scene.path().join("current");
    let content = fs::read(&current).unwrap();
    for byte in 0..content.len() {
        for bit in 0..8 {
            let mut damaged = content.clone();
            damaged[byte] ^= 1 << bit;
            fs::write(&current, &damaged).unwrap();
            assert_eq!(files::current(&scene.path()).unwrap(), None);
        }
        fs::write(&current, &content[..byte]).unwrap();
        assert_eq!(files::current(&scene.path()).unwrap(), None);
    }
    fs::write(&current, &content).unwrap();
    assert_eq!(files::current(&scene.path()).unwrap(), Some(1));
}

#[test]
fn a_copy_that_cannot_be_named_does_not_open() {
    let scene = Scene::with_generations(1);
    let (engine, mut generations, _) = open(&scene.path()).unwrap();
    drop(generations.begin(0).unwrap());
    let obstacle = scene.path().join("current.new");
    fs::create_dir(&obstacle).unwrap();

    generations.commit().unwrap_err();

    generations.clear().unwrap();
    assert!(!scene.generation(2).exists() && scene.generation(1).exists());
    drop(engine);
    assert_eq!(scene.opened(), (Some(1), Cure::None));
}

#[test]
fn a_copy_is_not_begun_on_a_disk_too_small_for_it() {
    let scene = Scene::with_generations(1);
    let (_engine, mut generations, _) = open(&scene.path()).unwrap();
    let refused = generations.begin(u64::MAX).err();
    assert_eq!(refused, Some(EngineError::DiskFull));
    assert_eq!(files::numbers(&scene.path()).unwrap(), [1]);
}

#[test]
fn an_unmarked_newer_one_counts_only_without_a_name() {
    let scene = Scene::with_generations(1).with_unfinished();
    unmark(&scene.generation(2));
    assert_eq!(scene.opened(), (Some(1), Cure::None), "the name counts");
}

#[test]
fn what_sled_takes_for_empty_is_damaged_once_it_held_a_record() {
    for settings_too in [false, true] {
        let scene = Scene::with_generations(1);
        let anything = [7; 4096];
        fs::write(scene.generation(1).join("db"), anything).unwrap();
        if settings_too {
            fs::write(scene.generation(1).join("conf"), anything).unwrap();
        }
        assert_eq!(scene.opened(), (None, Cure::Quarantined), "{settings_too}");
        assert_eq!(scene.quarantined(), 1);
    }
}

#[test]
fn a_database_that_never_held_a_record_is_new_again() {
    let scene = Scene::new();
    drop(open(&scene.path()).unwrap());
    let (_, _, cure) = open(&scene.path()).unwrap();
    assert_eq!(cure, Cure::None, "nothing was lost");
}
