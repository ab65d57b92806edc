//! The one layer through which everything is written.

use std::{fmt::Write, path::Path, sync::Arc};

use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::{
    Layer,
    filter::{LevelFilter, Targets},
    fmt::{
        format::Writer,
        time::{FormatTime, SystemTime},
    },
    layer::{Context, SubscriberExt},
    registry::LookupSpan,
};

use crate::{StartError, file::RotatingFile, panic, visitor::Fields};

/// Our crates; their code is held to the rules of the log, that of others is not.
const OURS: &[&str] = &[
    "pli",
    "pli_core",
    "pli_diagnostics",
    "pli_ipc",
    "pli_policy",
    "pli_shell",
    "pli_store",
    "pli_vault",
];

/// A layer that writes what may be kept of each event to a rotating file.
pub struct Redaction(Arc<RotatingFile>);

impl Redaction {
    /// Writes to `pli.log` in `directory`.
    pub fn new(directory: &Path) -> Result<Self, StartError> {
        let file = RotatingFile::open(directory).map_err(StartError::Io)?;
        Ok(Self(Arc::new(file)))
    }
}

/// Starts the log in `directory`, for the whole process: what our crates do, and what goes
/// wrong in the others; nothing finer than `finest`.
pub fn start(directory: &Path, finest: Level) -> Result<(), StartError> {
    let redaction = Redaction::new(directory)?;
    let file = Arc::clone(&redaction.0);
    let subscriber = tracing_subscriber::registry().with(redaction.with_filter(levels(finest)));
    tracing::subscriber::set_global_default(subscriber).map_err(|_| StartError::AlreadyStarted)?;
    panic::record_places(file);
    Ok(())
}

fn levels(finest: Level) -> Targets {
    // A level is the less the graver it is.
    let at_most = |level: Level| level.min(finest);
    Targets::new()
        .with_targets(OURS.iter().map(|ours| (*ours, at_most(Level::DEBUG))))
        .with_target("matrix_sdk", at_most(Level::INFO))
        .with_default(LevelFilter::from_level(at_most(Level::WARN)))
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Redaction {
    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        self.0.write(&line(event, &context));
    }
}

/// The line that an event leaves.
pub(crate) fn line<S>(event: &Event<'_>, context: &Context<'_, S>) -> String
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    let metadata = event.metadata();
    let mut line = beginning(metadata.level().as_str(), metadata.target());
    let _ = write!(
        line,
        " {}:{}",
        place(metadata.file().unwrap_or("?")),
        metadata.line().unwrap_or_default()
    );
    for span in context.event_scope(event).into_iter().flatten() {
        let _ = write!(line, " in:{}", span.name());
    }
    let ours = is_ours(metadata);
    if ours && !metadata.name().starts_with("event ") {
        let _ = write!(line, " [{}]", metadata.name());
    }
    event.record(&mut Fields::new(&mut line, ours));
    line.push('\n');
    line
}

/// Time, level and target.
pub(crate) fn beginning(level: &str, target: &str) -> String {
    let mut line = String::with_capacity(160);
    let _ = SystemTime.format_time(&mut Writer::new(&mut line));
    let _ = write!(line, " {level:>5} {target}");
    line
}

fn is_ours(metadata: &Metadata<'_>) -> bool {
    let krate = metadata.target().split("::").next().unwrap_or_default();
    OURS.contains(&krate)
}

/// A source file without the home of whoever compiled it.
pub(crate) fn place(file: &str) -> &str {
    let file = file
        .split_once("/registry/src/")
        .and_then(|(_, rest)| rest.split_once('/'))
        .map_or(file, |(_, rest)| rest);
    if file.starts_with('/') || file.contains(':') || file.contains('\\') {
        file.rsplit(['/', '\\', ':']).next().unwrap_or_default()
    } else {
        file
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_finer_than_asked_for_is_written() {
        let ours = "pli_core::sync";
        let usual = levels(Level::DEBUG);
        assert!(usual.would_enable(ours, &Level::DEBUG));
        assert!(usual.would_enable("matrix_sdk::client", &Level::INFO));
        assert!(!usual.would_enable("hyper", &Level::INFO));
        let grave = levels(Level::ERROR);
        for target in [ours, "matrix_sdk::client", "hyper"] {
            assert!(grave.would_enable(target, &Level::ERROR));
            assert!(!grave.would_enable(target, &Level::WARN));
        }
    }

    #[test]
    fn a_place_names_no_home() {
        for (file, kept) in [
            ("crates/pli-core/src/sync.rs", "crates/pli-core/src/sync.rs"),
            (
                "/home/dupont/.cargo/registry/src/index-0/matrix-sdk-0.18.0/src/sync.rs",
                "matrix-sdk-0.18.0/src/sync.rs",
            ),
            ("/home/dupont/pli/src/x.rs", "x.rs"),
            (r"C:\Users\dupont\x.rs", "x.rs"),
        ] {
            assert_eq!(place(file), kept);
        }
    }
}
