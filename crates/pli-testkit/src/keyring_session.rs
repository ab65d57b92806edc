//! A session bus with an unlocked keyring of its own: the real Secret Service, away from the
//! user's.

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use crate::process::Process;

/// Ends, with all its secrets, when dropped.
#[derive(Debug)]
pub struct KeyringSession {
    address: String,
    home: TempDir,
    daemon: Option<Process>,
    _bus: Process,
}

impl KeyringSession {
    /// A session whose keyring is open.
    ///
    /// # Errors
    /// dbus-daemon or gnome-keyring-daemon is missing or does not come up.
    pub fn unlocked() -> Result<Self> {
        let mut session = Self::without_keyring()?;
        session.start_keyring("clé du trousseau")?;
        Ok(session)
    }

    /// A session without any keyring, as a minimal desktop has.
    ///
    /// # Errors
    /// dbus-daemon is missing or does not come up.
    pub fn without_keyring() -> Result<Self> {
        let home = tempfile::Builder::new().prefix("pli-session-").tempdir()?;
        let runtime = home.path().join("run");
        std::fs::create_dir(&runtime)?;
        // No activation from the system's service files: they would bring up a keyring of
        // their own.
        let config = home.path().join("bus.conf");
        std::fs::write(&config, BUS)?;
        let mut bus = Process::start("dbus-daemon", &home.path().join("bus.log"), |command| {
            command
                .arg(format!("--config-file={}", config.display()))
                .args(["--nofork", "--print-address=1"])
                .stdout(Stdio::piped())
                .env("XDG_RUNTIME_DIR", &runtime);
        })?;
        let mut address = String::new();
        let output = bus.take_stdout().context("a bus without an output")?;
        BufReader::new(output).read_line(&mut address)?;
        let address = address.trim().to_owned();
        if address.is_empty() {
            bail!("the session bus gave no address");
        }
        Ok(Self {
            address,
            home,
            daemon: None,
            _bus: bus,
        })
    }

    /// Starts the keyring, opened with `password` if that is the one it was made with.
    ///
    /// # Errors
    /// gnome-keyring-daemon is missing or does not come up.
    pub fn start_keyring(&mut self, password: &str) -> Result<()> {
        let log = self.home.path().join("keyring.log");
        let environment = self.environment();
        let mut daemon = Process::start("gnome-keyring-daemon", &log, |command| {
            command
                .args(["--foreground", "--unlock", "--components=secrets"])
                .stdin(Stdio::piped())
                .env_remove("DISPLAY")
                .env("HOME", self.home.path())
                .env("XDG_DATA_HOME", self.home.path().join("data"))
                .envs(environment);
        })?;
        let mut input = daemon.take_stdin().context("a keyring without an input")?;
        input.write_all(password.as_bytes())?;
        drop(input);
        self.daemon = Some(daemon);
        self.wait_for_secrets()
    }

    /// Stops the keyring: from now on nobody answers.
    pub fn stop_keyring(&mut self) {
        self.daemon = None;
    }

    /// What a program in this session must have in its environment.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        let runtime = self.home.path().join("run");
        vec![
            ("DBUS_SESSION_BUS_ADDRESS", self.address.clone()),
            ("XDG_RUNTIME_DIR", runtime.display().to_string()),
        ]
    }

    /// Private directory of the session.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    fn wait_for_secrets(&self) -> Result<()> {
        let asked = Instant::now();
        while asked.elapsed() < Duration::from_secs(20) {
            let answer = Command::new("dbus-send")
                .args([
                    "--session",
                    "--print-reply",
                    "--dest=org.freedesktop.DBus",
                    "/",
                ])
                .arg("org.freedesktop.DBus.NameHasOwner")
                .arg("string:org.freedesktop.secrets")
                .env("DBUS_SESSION_BUS_ADDRESS", &self.address)
                .output()?;
            if String::from_utf8_lossy(&answer.stdout).contains("boolean true") {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        bail!("the keyring does not answer")
    }
}

const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;
