//! A real Synapse on loopback, with SQLite, as `cargo xtask` installed it.

mod config;
pub mod federation;

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::Mutex,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use tempfile::TempDir;
use tokio::sync::OnceCell;

use crate::{
    http_probe::{HttpProbe, User},
    place,
    process::Process,
};
pub use config::ServerConfig;

static SHARED: OnceCell<Synapse> = OnceCell::const_new();

/// One server. Its database is lost with it, unless it was started in a directory of one's own.
#[derive(Debug)]
pub struct Synapse {
    config: ServerConfig,
    process: Mutex<Option<Process>>,
    _temporary: Option<TempDir>,
}

impl Synapse {
    /// A new server in a temporary directory, on a free port.
    ///
    /// # Errors
    /// It is not installed or does not come up.
    pub async fn start() -> Result<Self> {
        let directory = tempfile::Builder::new().prefix("pli-synapse-").tempdir()?;
        let config = ServerConfig::new(directory.path(), place::free_port()?);
        let mut server = Self::start_with(config).await?;
        server._temporary = Some(directory);
        Ok(server)
    }

    /// A server with a configuration of one's own; what its directory holds already is kept.
    ///
    /// # Errors
    /// It is not installed or does not come up.
    pub async fn start_with(config: ServerConfig) -> Result<Self> {
        config.write()?;
        let server = Self {
            config,
            process: Mutex::new(None),
            _temporary: None,
        };
        server.restart().await?;
        Ok(server)
    }

    /// The server that all scenes of a test binary share.
    ///
    /// # Errors
    /// As [`Synapse::start`].
    pub async fn shared() -> Result<&'static Self> {
        SHARED.get_or_try_init(Self::start).await
    }

    /// Server name, as in `@user:server`.
    pub fn server_name(&self) -> &str {
        &self.config.server_name
    }

    /// Where clients connect.
    pub fn base_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.config.port)
    }

    /// Where it keeps everything.
    pub fn directory(&self) -> &Path {
        &self.config.directory
    }

    /// Stops it, as a server that nobody can reach.
    ///
    /// # Errors
    /// The system refuses to end it.
    pub fn stop(&self) -> Result<()> {
        if let Some(mut process) = self.slot()?.take() {
            let id = process.id().to_string();
            Command::new("kill").args(["-TERM", &id]).status()?;
            let asked = Instant::now();
            while process.ended()?.is_none() && asked.elapsed() < Duration::from_secs(10) {
                std::thread::sleep(Duration::from_millis(50));
            }
            process.kill()?;
        }
        Ok(())
    }

    /// Starts it again on the same port with the same database.
    ///
    /// # Errors
    /// It does not come up.
    pub async fn restart(&self) -> Result<()> {
        self.stop()?;
        let python = place::synapse_python()?;
        let process = Process::start(python, &self.log(), |command| {
            command
                .args(["-m", "synapse.app.homeserver", "-c"])
                .arg(self.config.path())
                .current_dir(&self.config.directory)
                .env("SYNAPSE_CACHE_FACTOR", "1.0");
        })?;
        *self.slot()? = Some(process);
        self.wait_until_up().await
    }

    /// A client without any of our code in it.
    pub fn probe(&self) -> HttpProbe {
        HttpProbe::new(self.base_url())
    }

    /// Creates an account, and a device of it for the probe.
    ///
    /// # Errors
    /// The server refuses.
    pub async fn register(&self, local_part: &str) -> Result<User> {
        self.probe().register(local_part).await
    }

    /// Rows that `sql` reads from the server's own database.
    ///
    /// # Errors
    /// The query is wrong.
    pub fn query(&self, sql: &str) -> Result<Vec<Vec<Value>>> {
        const READ: &str = "import json,sqlite3,sys\n\
            d=sqlite3.connect('file:'+sys.argv[1]+'?mode=ro',uri=True,timeout=20)\n\
            print(json.dumps([[v if not isinstance(v,bytes) else v.decode('utf-8','replace') \
            for v in r] for r in d.execute(sys.argv[2])]))";
        let output = Command::new(place::synapse_python()?)
            .args(["-c", READ])
            .arg(self.directory().join("homeserver.db"))
            .arg(sql)
            .output()?;
        if !output.status.success() {
            bail!("{}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(serde_json::from_slice(&output.stdout)?)
    }

    /// Gives an account an e-mail address, as the administrators of a ministry do.
    ///
    /// # Errors
    /// The database refuses.
    pub fn give_email(&self, user_id: &str, address: &str) -> Result<()> {
        const GIVE: &str = "import sqlite3,sys,time\n\
            now=int(time.time()*1000)\n\
            with sqlite3.connect(sys.argv[1],timeout=20) as d:\n\
            \td.execute('insert into user_threepids (user_id,medium,address,validated_at,added_at) \
            values (?,?,?,?,?)',(sys.argv[2],'email',sys.argv[3],now,now))";
        let output = Command::new(place::synapse_python()?)
            .args(["-c", GIVE])
            .arg(self.directory().join("homeserver.db"))
            .args([user_id, address])
            .output()?;
        if !output.status.success() {
            bail!("{}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(())
    }

    /// Files of the server (database, its journal, media, logs) in which `text` stands in clear.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn files_with(&self, text: &str) -> Result<Vec<PathBuf>> {
        let mut found = Vec::new();
        let mut folders = vec![self.directory().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder)? {
                let path = entry?.path();
                if path.is_dir() {
                    folders.push(path);
                } else if contains(&std::fs::read(&path)?, text.as_bytes()) {
                    found.push(path);
                }
            }
        }
        Ok(found)
    }

    /// How many requests it has answered so far whose path contains `part`.
    ///
    /// # Errors
    /// Its log cannot be read.
    pub fn answered(&self, part: &str) -> Result<usize> {
        let log = std::fs::read(self.log())?;
        let log = String::from_utf8_lossy(&log);
        let answered = log.lines().filter(|line| {
            line.split_once("Processed request:")
                .is_some_and(|(_, request)| request.contains(part))
        });
        Ok(answered.count())
    }

    fn log(&self) -> PathBuf {
        self.config.directory.join("homeserver.log")
    }

    fn slot(&self) -> Result<std::sync::MutexGuard<'_, Option<Process>>> {
        self.process
            .lock()
            .map_err(|_| anyhow::anyhow!("a scene died while it started the server"))
    }

    async fn wait_until_up(&self) -> Result<()> {
        let probe = self.probe();
        let asked = Instant::now();
        while asked.elapsed() < Duration::from_secs(120) {
            if probe.versions().await.is_ok() {
                return Ok(());
            }
            let ended = match self.slot()?.as_mut() {
                Some(process) => process.ended()?,
                None => None,
            };
            if let Some(status) = ended {
                let log = std::fs::read_to_string(self.log()).unwrap_or_default();
                let tail: Vec<&str> = log.lines().rev().take(15).collect();
                bail!("Synapse ended with {status}; newest first: {tail:#?}");
            }
            tokio::time::sleep(Duration::from_millis(150)).await;
        }
        bail!("Synapse does not answer after two minutes")
    }
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    !needle.is_empty() && haystack.windows(needle.len()).any(|part| part == needle)
}

/// Runs a program to its end.
///
/// # Errors
/// It is not there or fails.
fn run(program: &str, arguments: &[&str], directory: &Path) -> Result<()> {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(directory)
        .output()
        .with_context(|| format!("starting {program}"))?;
    if !output.status.success() {
        bail!("{program}: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}
