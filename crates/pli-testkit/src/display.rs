//! A screen that nobody sees.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
    sync::{LazyLock, Mutex},
};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use crate::process::Process;

/// Xvfb with a window manager, so that windows get focus. Ends when dropped.
#[derive(Debug)]
pub struct Display {
    name: String,
    _manager: Process,
    _server: Process,
    _logs: TempDir,
}

impl Display {
    /// A screen of `width` by `height` pixels.
    ///
    /// # Errors
    /// Xvfb or openbox is missing or does not come up.
    pub fn start(width: u32, height: u32) -> Result<Self> {
        let logs = tempfile::Builder::new().prefix("pli-display-").tempdir()?;
        let mut server = Process::start("Xvfb", &logs.path().join("xvfb.log"), |command| {
            command
                .args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0"])
                .arg(format!("{width}x{height}x24"))
                .stdout(Stdio::piped());
        })?;
        let mut number = String::new();
        let output = server.take_stdout().context("a screen without an output")?;
        BufReader::new(output).read_line(&mut number)?;
        if number.trim().is_empty() {
            bail!("Xvfb did not start");
        }
        let name = format!(":{}", number.trim());
        let manager = Process::start("openbox", &logs.path().join("openbox.log"), |command| {
            command.env("DISPLAY", &name);
        })?;
        Ok(Self {
            name,
            _manager: manager,
            _server: server,
            _logs: logs,
        })
    }

    /// Its name, for `DISPLAY`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A picture of the whole screen.
    ///
    /// # Errors
    /// imagemagick is missing or the file cannot be written.
    pub fn screenshot(&self, file: &Path) -> Result<()> {
        let status = Command::new("import")
            .args(["-silent", "-window", "root"])
            .arg(file)
            .env("DISPLAY", &self.name)
            .status()
            .context("starting imagemagick's import")?;
        if !status.success() {
            bail!("import could not write {}", file.display());
        }
        Ok(())
    }
}

static SHARED: LazyLock<Mutex<Option<String>>> = LazyLock::new(|| Mutex::new(None));

/// Name of the screen that all scenes of a test binary share.
///
/// # Errors
/// As [`Display::start`].
pub fn shared() -> Result<String> {
    let mut shared = SHARED
        .lock()
        .map_err(|_| anyhow::anyhow!("a scene died while it started the screen"))?;
    if let Some(name) = shared.as_ref() {
        return Ok(name.clone());
    }
    let display = Display::start(1600, 1000)?;
    let name = display.name().to_owned();
    // Lives as long as the test binary; the kernel ends it then.
    std::mem::forget(display);
    *shared = Some(name.clone());
    Ok(name)
}
