//! `cargo xtask demo`.

use std::{
    env, fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Stdio},
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{
    ground::{self, Purpose, step},
    options::Options,
    place, run,
};

/// A local server with a small ministry in it, and Pli on its sign-in screen.
pub(crate) fn demo(options: &Options) -> Result<()> {
    let display = ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| env::var_os(name).is_some_and(|value| !value.is_empty()));
    let purpose = match (&options.screenshot, display) {
        (Some(_), _) => Purpose::HiddenDemo,
        (None, true) => Purpose::Demo,
        (None, false) => bail!(
            "there is no display here to open a window on; \
             `cargo xtask demo --screenshot DIR` runs Pli on a hidden one and writes pictures"
        ),
    };
    println!("Preparing");
    ground::prepare(purpose, options)?;
    step("the page", ground::build_page)?;
    println!("  building Pli (some minutes the first time)…");
    run::to_end(run::command("cargo").args(["build", "--workspace", "--bins"]))?;
    println!("\nThe ministry");
    let ministry = Ministry::start(options.federated)?;
    match &options.screenshot {
        Some(directory) => take_pictures(&ministry, directory),
        None => open_window(&ministry),
    }
}

fn open_window(ministry: &Ministry) -> Result<()> {
    println!("\nSign in as any of these; close the window or press Ctrl+C to end.\n");
    for account in &ministry.accounts {
        println!("{}", account.describe());
    }
    println!();
    // Every demo starts on the sign-in screen.
    let home = place::kit().join("demo-home");
    if home.exists() {
        fs::remove_dir_all(&home)?;
    }
    fs::create_dir_all(&home)?;
    let mut pli = run::command(place::binary("pli"));
    pli.args(["--profile", "demo"]).env("XDG_DATA_HOME", home);
    run::to_end(&mut pli)
}

fn take_pictures(ministry: &Ministry, directory: &Path) -> Result<()> {
    fs::create_dir_all(directory)?;
    let mut tour = run::command(place::binary("tour"));
    tour.arg(directory).arg(&ministry.register);
    run::to_end(&mut tour)?;
    println!("Pictures are in {}", directory.display());
    Ok(())
}

/// The demo's servers. They end with this.
struct Ministry {
    servers: Child,
    register: PathBuf,
    accounts: Vec<Account>,
}

struct Account {
    address: String,
    name: String,
    password: String,
    recovery_code: Option<String>,
    server: String,
}

impl Ministry {
    /// Starts the servers; the first time people also have to write to each other.
    fn start(federated: bool) -> Result<Self> {
        let kind = if federated {
            "two-ministries"
        } else {
            "ministry"
        };
        let directory = place::kit().join(kind);
        let mut command = run::command(place::binary("ministry"));
        command.arg(&directory);
        if federated {
            command.arg("--federated");
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut servers = command.spawn().context("starting the servers")?;
        let output = servers.stdout.take().context("no output")?;
        let mut lines = BufReader::new(output).lines();
        for line in lines.by_ref() {
            let line = line?;
            if line == "ready" {
                break;
            }
            println!("  {line}");
        }
        let Some(accounts) = lines.next() else {
            bail!("the servers did not start: {}", servers.wait()?);
        };
        let accounts: Vec<Value> = serde_json::from_str(&accounts?)?;
        let accounts = accounts.iter().map(Account::read).collect::<Result<_>>()?;
        Ok(Self {
            servers,
            register: directory.join("register.json"),
            accounts,
        })
    }
}

impl Drop for Ministry {
    fn drop(&mut self) {
        // They end when the pipe closes, and keep what was written.
        drop(self.servers.stdin.take());
        let _ = self.servers.wait();
    }
}

impl Account {
    fn read(value: &Value) -> Result<Self> {
        let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
        Ok(Self {
            address: text("address").context("no address")?,
            name: text("name").context("no name")?,
            password: text("password").context("no password")?,
            recovery_code: text("recovery_code"),
            server: text("server").context("no server")?,
        })
    }

    fn describe(&self) -> String {
        let Self {
            address,
            name,
            password,
            server,
            ..
        } = self;
        let code = self.recovery_code.as_deref();
        let code = code.unwrap_or("(none yet: this account never signed in)");
        format!(
            "  {name}\n    address   {address}\n    password  {password}\n    \
             recovery  {code}\n    server    {server}"
        )
    }
}
