//! Plants what must never be in a log in every part of events and spans, then looks for it.

#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use std::{
    fmt::Debug,
    fs,
    io::Write,
    path::Path,
    sync::{Arc, Mutex},
};

use pli_diagnostics::{Redaction, log_ref, pseudonym};
use tracing::Level;
use tracing_subscriber::{Layer, filter::LevelFilter, fmt::MakeWriter, layer::SubscriberExt};

const CANARIES: &[&str] = &[
    "Camille Dupont",
    "camille",
    "Rendez-vous à 14 h au ministère",
    "rendez-vous demain",
    "@camille:agent.example.gouv.fr",
    "!AbCdEf123456:agent.example.gouv.fr",
    "$9pfbO1aVYq8R5J4kJb3mJt0y",
    "#cabinet:example.gouv.fr",
    "mxc://example.gouv.fr/SCxNNSIZiZ",
    "syt_Y2FtaWxsZQ_aBcDeFgHiJkLmNoP_0a1b2c",
    "EsTc 9pKq 7hVw 2nRd",
    "note-de-service-secrete.pdf",
    "/home/camille/Bureau/notes.odt",
    "https://matrix.agent.example.gouv.fr/_matrix/client/v3/sync?since=s72594",
    "10.24.3.7",
    "camille.dupont@example.gouv.fr",
    "ABCDEFGHIJ",
    "-----BEGIN PRIVATE KEY-----",
];

#[derive(Debug)]
#[allow(dead_code)]
struct Profile<'a> {
    display_name: &'a str,
    error: Option<&'a str>,
}

/// A text whose Debug form is not quoted.
struct Unquoted<'a>(&'a str);

impl Debug for Unquoted<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

/// One canary in every place, from one target; a target must be known at compile time.
macro_rules! plant {
    ($canary:expr, $target:literal) => {{
        let canary: &str = $canary;
        let span = tracing::span!(target: $target, Level::ERROR, "sync_once", user = %canary, room_id = ?canary, error = canary);
        let _entered = span.enter();
        tracing::error!(target: $target, "{canary}");
        tracing::error!(target: $target, "failed for {canary} again");
        tracing::warn!(name: "a named event", target: $target, message = canary);
        tracing::info!(target: $target, error = %canary, "static text");
        tracing::info!(target: $target, error = ?canary, kind = canary, state = ?Unquoted(canary), "static text");
        tracing::debug!(target: $target, log_ref = canary, room = %canary, user = canary);
        tracing::debug!(target: $target, status = canary, count = %canary, size = ?Unquoted(canary));
        let profile = Profile { display_name: canary, error: Some(canary) };
        tracing::trace!(target: $target, ?profile, reason = ?Some(Unquoted(canary)));
        tracing::trace!(target: $target, bytes = canary.as_bytes(), code = ?std::io::Error::other(canary));
        span.record("user", canary);
    }};
}

fn plant_all() {
    for canary in CANARIES {
        plant!(canary, "pli_core::timeline");
        plant!(canary, "pli_shell");
        plant!(canary, "matrix_sdk::client");
        plant!(canary, "hyper_util::client");
        plant!(canary, "pli_corer");
    }
}

#[derive(Clone, Default)]
struct Unfiltered(Arc<Mutex<Vec<u8>>>);

impl Write for Unfiltered {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Unfiltered {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

/// What `events` leave in the log, and what they would without redaction; all at TRACE.
fn logged(events: impl FnOnce()) -> (String, String) {
    let directory = tempfile::tempdir().unwrap();
    let unfiltered = Unfiltered::default();
    let plain = tracing_subscriber::fmt::layer()
        .with_ansi(false)
        .with_writer(unfiltered.clone());
    let redaction = Redaction::new(directory.path()).unwrap();
    let subscriber = tracing_subscriber::registry()
        .with(redaction.with_filter(LevelFilter::TRACE))
        .with(plain.with_filter(LevelFilter::TRACE));
    tracing::subscriber::with_default(subscriber, events);
    let plain = String::from_utf8(unfiltered.0.lock().unwrap().clone()).unwrap();
    (read_all(directory.path()), plain)
}

fn read_all(directory: &Path) -> String {
    let files = fs::read_dir(directory).unwrap().flatten();
    files
        .map(|f| fs::read_to_string(f.path()).unwrap())
        .collect()
}

#[test]
fn no_canary_is_in_the_log() {
    let (log, plain) = logged(plant_all);
    for canary in CANARIES {
        let planted = plain.matches(canary).count();
        assert!(
            planted > 40,
            "{canary:?} reached the stream only {planted} times"
        );
        assert!(!log.contains(canary), "{canary:?} is in the log");
        for word in canary.split(|c: char| !c.is_alphanumeric()) {
            let telling = word.len() > 5 && !["matrix", "client"].contains(&word);
            assert!(
                !telling || !log.contains(word),
                "{word:?} of {canary:?} is in the log"
            );
        }
        let hex: String = canary.bytes().map(|b| format!("{b:02x}")).collect();
        assert!(
            !log.contains(&hex),
            "{canary:?} is in the log in hexadecimal"
        );
        let list = format!("{:?}", canary.as_bytes());
        assert!(
            !log.contains(&list),
            "{canary:?} is in the log as a list of bytes"
        );
    }
    let events = CANARIES.len() * 5 * 9;
    assert_eq!(log.lines().count(), events, "every event leaves a line");
}

#[test]
fn the_log_still_serves() {
    let (log, _) = logged(|| {
        let reference = log_ref();
        let room = pseudonym("room", "!a:example.org");
        let error = std::io::Error::from(std::io::ErrorKind::StorageFull);
        tracing::warn!(name: "the sync stopped", target: "pli_core::sync", log_ref = %reference, %room, attempt = 3, healed = false, error = ?error.kind());
        tracing::warn!(target: "matrix_sdk::http_client", status = 403, secret_number = 42, errcode = "M_FORBIDDEN");
        let line = (reference.to_string(), room.to_string());
        tracing::info!(target: "pli_core", log_ref = line.0, room = line.1);
    });
    let lines: Vec<&str> = log.lines().collect();
    assert!(lines[0].contains(" WARN pli_core::sync "), "{log}");
    assert!(lines[0].contains("canaries.rs:"), "{log}");
    assert!(lines[0].contains(" [the sync stopped] log_ref="), "{log}");
    assert!(
        lines[0].contains(" attempt=3 healed=false error=StorageFull"),
        "{log}"
    );
    assert!(
        lines[1].ends_with(" status=403 errcode=M_FORBIDDEN"),
        "{log}"
    );
    let reference = lines[0].split("log_ref=").nth(1).unwrap();
    let same = lines[2].split("log_ref=").nth(1).unwrap();
    assert_eq!(reference.split(" attempt").next(), Some(same), "{log}");
    assert!(same.contains(" room=room#"), "{log}");
}

#[test]
fn a_panic_leaves_its_place_and_not_its_message() {
    let directory = tempfile::tempdir().unwrap();
    pli_diagnostics::start(directory.path(), tracing::Level::DEBUG).unwrap();
    assert!(
        pli_diagnostics::start(directory.path(), tracing::Level::DEBUG).is_err(),
        "there is one log"
    );
    let ended = std::thread::spawn(|| panic!("{}", CANARIES[0])).join();
    assert!(ended.is_err());
    tracing::info!(target: "hyper", "not worth a line");
    tracing::debug!(target: "pli_core", "worth one");
    let log = read_all(directory.path());
    assert!(
        log.contains("PANIC pli ") && log.contains("canaries.rs:"),
        "{log}"
    );
    assert!(!log.contains(CANARIES[0]), "{log}");
    assert!(
        log.contains("DEBUG pli_core") && !log.contains("hyper"),
        "{log}"
    );
}
