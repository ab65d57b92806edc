//! A Matrix client of another family (`tests/peer`), for journeys to talk to.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::{ChildStdin, Stdio},
    thread,
    time::Duration,
};

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{sync::mpsc, time::timeout};

use crate::{http_probe::User, place, process::Process, synapse::Synapse};

/// How long it may take for what it is told.
const PATIENCE: Duration = Duration::from_secs(90);

/// A device of another family, driven line by line.
pub struct Peer {
    _process: Process,
    input: ChildStdin,
    answers: mpsc::UnboundedReceiver<Answer>,
    asked: u64,
    log: TempDir,
}

#[derive(Debug, Deserialize)]
struct Answer {
    id: u64,
    #[serde(default)]
    result: Value,
    error: Option<String>,
}

/// How the peer has read a message.
#[derive(Debug, Deserialize, PartialEq, Eq)]
pub struct PeerRead {
    /// Who sent it.
    pub sender: String,
    /// Whether it was encrypted.
    pub encrypted: bool,
    /// Its warning: none, a grey one (1) or a red one (2).
    pub shield: u8,
}

impl Peer {
    /// A device of this user, signed in by the password.
    ///
    /// # Errors
    /// Node or the packages are not there, or the server refuses.
    pub async fn sign_in(server: &Synapse, user: &User) -> Result<Self> {
        let folder = place::workspace().join("tests/peer");
        if !folder.join("node_modules").exists() {
            bail!("the packages of tests/peer are missing: `cargo xtask test` installs them");
        }
        let log = tempfile::Builder::new().prefix("pli-peer-").tempdir()?;
        let mut process = Process::start("node", &log.path().join("log"), |command| {
            command
                .arg("peer.mjs")
                .current_dir(&folder)
                .stdin(Stdio::piped())
                .stdout(Stdio::piped());
        })?;
        let input = process.take_stdin().context("no pipe to the peer")?;
        let output = process.take_stdout().context("no pipe from the peer")?;
        let (told, answers) = mpsc::unbounded_channel();
        thread::spawn(move || {
            let lines = BufReader::new(output).lines().map_while(Result::ok);
            for answer in lines.filter_map(|line| serde_json::from_str(&line).ok()) {
                if told.send(answer).is_err() {
                    return;
                }
            }
        });
        let mut peer = Self {
            _process: process,
            input,
            answers,
            asked: 0,
            log,
        };
        let who = json!({
            "baseUrl": server.base_url(), "user": user.local_part, "password": user.password,
        });
        peer.ask("start", who).await?;
        Ok(peer)
    }

    /// Sets up identity, recovery and backup of a new account; gives its recovery code.
    ///
    /// # Errors
    /// The server refuses.
    pub async fn set_up(&mut self, user: &User) -> Result<String> {
        let done = self.ask("setUp", json!({ "password": user.password }));
        code(&done.await?)
    }

    /// Replaces identity, recovery and backup; gives the new recovery code.
    ///
    /// # Errors
    /// The server refuses.
    pub async fn reset(&mut self, user: &User) -> Result<String> {
        let done = self.ask("reset", json!({ "password": user.password }));
        code(&done.await?)
    }

    /// Lets the device in by the recovery code; how many keys the backup had.
    ///
    /// # Errors
    /// The code is wrong.
    pub async fn recover(&mut self, code: &str) -> Result<u64> {
        let done = self.ask("recover", json!({ "code": code })).await?;
        let imported = done.get("imported").and_then(Value::as_u64);
        imported.context("no count of keys")
    }

    /// Accepts an invitation.
    ///
    /// # Errors
    /// There is none.
    pub async fn join(&mut self, room: &str) -> Result<()> {
        self.ask("join", json!({ "room": room })).await.map(drop)
    }

    /// An encrypted room to which somebody is invited.
    ///
    /// # Errors
    /// The server refuses.
    pub async fn create_room(&mut self, invite: &str) -> Result<String> {
        let done = self
            .ask("createRoom", json!({ "invite": [invite] }))
            .await?;
        let room = done.get("room").and_then(Value::as_str);
        Ok(room.context("no room")?.to_owned())
    }

    /// Waits until somebody has joined a room.
    ///
    /// # Errors
    /// They did not.
    pub async fn wait_for_member(&mut self, room: &str, user: &str) -> Result<()> {
        let joined = json!({ "room": room, "joined": [user] });
        self.ask("members", joined).await.map(drop)
    }

    /// Sends a text.
    ///
    /// # Errors
    /// It does not leave.
    pub async fn write(&mut self, room: &str, text: &str) -> Result<()> {
        self.ask("send", json!({ "room": room, "text": text }))
            .await
            .map(drop)
    }

    /// Waits until a text is read.
    ///
    /// # Errors
    /// It does not come, or cannot be decrypted.
    pub async fn read(&mut self, room: &str, text: &str) -> Result<PeerRead> {
        let read = self.ask("read", json!({ "room": room, "text": text }));
        Ok(serde_json::from_value(read.await?)?)
    }

    /// Asks somebody, in a room, to verify each other; what it shows, once both have agreed.
    ///
    /// # Errors
    /// They do not answer.
    pub async fn verify(&mut self, room: &str, user: &str) -> Result<Vec<String>> {
        let asked = self.ask("verifyUser", json!({ "room": room, "user": user }));
        emojis(&asked.await?)
    }

    /// Accepts to verify each other with whoever asks; what it shows, once both have agreed.
    ///
    /// # Errors
    /// Nobody asks.
    pub async fn accept(&mut self) -> Result<Vec<String>> {
        emojis(&self.ask("accept", json!({})).await?)
    }

    /// Says that both see the same, and waits for the other to say so.
    ///
    /// # Errors
    /// They do not.
    pub async fn confirm(&mut self) -> Result<()> {
        self.ask("confirm", json!({})).await.map(drop)
    }

    /// Whether it has verified somebody.
    ///
    /// # Errors
    /// It ended.
    pub async fn trusts(&mut self, user: &str) -> Result<bool> {
        let told = self.ask("trusts", json!({ "user": user })).await?;
        let verified = told.get("verified").and_then(Value::as_bool);
        verified.context("no answer")
    }

    /// Tells it to do something of `tests/peer/peer.mjs`.
    ///
    /// # Errors
    /// It failed: its words, and the end of its log.
    pub async fn ask(&mut self, act: &str, mut arguments: Value) -> Result<Value> {
        self.asked += 1;
        if let Some(arguments) = arguments.as_object_mut() {
            arguments.insert("id".to_owned(), self.asked.into());
            arguments.insert("act".to_owned(), act.into());
        }
        self.input.write_all(format!("{arguments}\n").as_bytes())?;
        let answer = timeout(PATIENCE, self.answers.recv()).await;
        match answer {
            Ok(Some(answer)) if answer.id == self.asked => match answer.error {
                None => Ok(answer.result),
                Some(error) => bail!("the peer failed to {act}: {error}\n{}", self.last_words()),
            },
            Ok(Some(answer)) => bail!("the peer answered {} instead", answer.id),
            Ok(None) => bail!(
                "the peer ended before it could {act}\n{}",
                self.last_words()
            ),
            Err(_) => bail!("the peer takes too long to {act}\n{}", self.last_words()),
        }
    }

    fn last_words(&self) -> String {
        let log = std::fs::read_to_string(self.log.path().join("log")).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        let last = lines.iter().skip(lines.len().saturating_sub(40));
        last.copied().collect::<Vec<_>>().join("\n")
    }
}

fn code(done: &Value) -> Result<String> {
    let code = done.get("code").and_then(Value::as_str);
    Ok(code.context("no recovery code")?.to_owned())
}

fn emojis(done: &Value) -> Result<Vec<String>> {
    let emojis = done.get("emojis").context("no emojis")?;
    Ok(serde_json::from_value(emojis.clone())?)
}
