//! A device in a process of its own.

use std::{
    io::{BufRead as _, BufReader},
    process::Stdio,
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use pli_testkit::{http_probe::User, place, process::Process, synapse::Synapse};
use tempfile::TempDir;

use crate::random::Random;

/// How long it may do nothing before it is thought to hang.
const PATIENCE: Duration = Duration::from_secs(300);

/// When it is killed.
pub(super) struct Moment {
    /// Once it has said that many times…
    times: u64,
    /// … something that begins so; never said is from its start.
    word: &'static str,
    /// So long after that.
    delay: Duration,
}

impl Moment {
    /// Before it is in the room, or soon after.
    pub(super) fn joining(random: &mut Random) -> Self {
        Self::after(1, "signed in", random.below(1_200))
    }

    /// Any moment of a run that writes so many letters.
    pub(super) fn any(random: &mut Random, letters: u64) -> Self {
        match random.below(4) {
            0 => Self::after(0, "", random.below(2_500)),
            1 if letters > 0 => Self::after(1 + random.below(letters), "kept", random.below(60)),
            2 => Self::after(1, "signed in", random.below(600)),
            _ => Self::after(1, "in", random.below(2_500)),
        }
    }

    const fn after(times: u64, word: &'static str, delay: u64) -> Self {
        Self {
            times,
            word,
            delay: Duration::from_millis(delay),
        }
    }
}

/// A device that is killed and opened again.
pub(super) struct Killed {
    server: &'static Synapse,
    user: User,
    room: String,
    profile: TempDir,
    /// How many times it was killed.
    pub(super) kills: u32,
    /// What its queue said it keeps: none of it may be lost, nor sent twice.
    pub(super) kept: Vec<String>,
    /// What it printed of the room.
    pub(super) read: Vec<String>,
}

impl Killed {
    pub(super) fn new(server: &'static Synapse, user: User, room: &str) -> Result<Self> {
        Ok(Self {
            server,
            user,
            room: room.to_owned(),
            profile: tempfile::Builder::new().prefix("pli-killed-").tempdir()?,
            kills: 0,
            kept: Vec::new(),
            read: Vec::new(),
        })
    }

    /// Opens it.
    pub(super) fn start(&self, what: &[&str]) -> Result<Running> {
        let log = self.profile.path().join("sender.log");
        let mut process = Process::start(place::binary("sender")?, &log, |command| {
            command
                .arg(self.profile.path())
                .arg(self.server.base_url())
                .args([&self.user.id, &self.user.password, &self.room])
                .args(what)
                .stdin(Stdio::piped())
                .stdout(Stdio::piped());
        })?;
        let output = process.take_stdout().context("no output")?;
        let (said, lines) = channel();
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if said.send(line).is_err() {
                    return;
                }
            }
        });
        Ok(Running {
            process,
            lines,
            log,
        })
    }

    /// Opens it, and kills it at that moment.
    pub(super) async fn kill(mut self, what: &[&str], moment: Moment) -> Result<Self> {
        let running = self.start(what)?;
        let said = tokio::task::spawn_blocking(move || running.kill(&moment)).await??;
        self.kills += 1;
        self.note(said);
        Ok(self)
    }

    /// Opens it, and lets it end by itself after its last word.
    pub(super) async fn finish(mut self, what: &[&str], last: &'static str) -> Result<Self> {
        let running = self.start(what)?;
        let said = tokio::task::spawn_blocking(move || running.finish(last)).await??;
        self.note(said);
        Ok(self)
    }

    fn note(&mut self, said: Vec<String>) {
        for line in said {
            match line.strip_prefix("kept ") {
                Some(letter) => self.kept.push(letter.to_owned()),
                None => self.read.push(line),
            }
        }
    }
}

/// The device while it runs.
pub(super) struct Running {
    process: Process,
    lines: Receiver<String>,
    log: std::path::PathBuf,
}

impl Running {
    fn kill(mut self, moment: &Moment) -> Result<Vec<String>> {
        let mut said: Vec<String> = Vec::new();
        let mut times = 0;
        while times < moment.times {
            let line = self.next(PATIENCE)?;
            times += u64::from(line.starts_with(moment.word));
            said.push(line);
        }
        let at = Instant::now() + moment.delay;
        while let Some(left) = at.checked_duration_since(Instant::now()) {
            match self.lines.recv_timeout(left) {
                Ok(line) => said.push(line),
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return Err(self.ended()),
            }
        }
        if self.process.ended()?.is_some() {
            return Err(self.ended());
        }
        self.process.kill()?;
        said.extend(self.lines.iter());
        Ok(said)
    }

    /// What it said until it ended by itself, the last thing being `last`.
    pub(super) fn finish(mut self, last: &str) -> Result<Vec<String>> {
        let mut said = Vec::new();
        loop {
            let line = self.next(PATIENCE)?;
            if line == last {
                break;
            }
            said.push(line);
        }
        // It closes its stores.
        while self.process.ended()?.is_none() {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) => bail!("after its last word it said {line}"),
                Err(RecvTimeoutError::Timeout) => bail!("it does not end"),
                Err(RecvTimeoutError::Disconnected) => thread::yield_now(),
            }
        }
        Ok(said)
    }

    fn next(&mut self, patience: Duration) -> Result<String> {
        match self.lines.recv_timeout(patience) {
            Ok(line) => Ok(line),
            Err(RecvTimeoutError::Timeout) => bail!("the device says nothing: {}", self.logged()),
            Err(RecvTimeoutError::Disconnected) => Err(self.ended()),
        }
    }

    fn ended(&self) -> anyhow::Error {
        anyhow::anyhow!("the device ended by itself: {}", self.logged())
    }

    fn logged(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }
}
