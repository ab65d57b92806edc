//! Packages of Debian or Ubuntu.

use std::process::Command;

use anyhow::{Result, bail};

use super::Purpose;
use crate::{options::Options, run};

const BUILD: &[&str] = &[
    "build-essential",
    "libdbus-1-dev",
    "libwebkit2gtk-4.1-dev",
    "openssl",
    "pkg-config",
];

const HIDDEN: &[&str] = &[
    "dbus",
    "dbus-bin",
    "fonts-dejavu-core",
    "fonts-noto-color-emoji",
    "gnome-keyring",
    "imagemagick",
    "openbox",
    "util-linux",
    "webkit2gtk-driver",
    "xvfb",
];

const TEST: &[&str] = &["chromium", "strace"];

/// Installs what is missing, after asking.
pub(super) fn prepare(purpose: Purpose, options: &Options) -> Result<()> {
    if !run::succeeds(Command::new("dpkg-query").arg("--version")) {
        println!("  not a Debian or Ubuntu system: its packages are up to you");
        return Ok(());
    }
    let missing: Vec<&str> = wanted(purpose)
        .into_iter()
        .filter(|package| !is_installed(package))
        .collect();
    if missing.is_empty() {
        println!("  system packages: ready");
        return Ok(());
    }
    let list = missing.join(" ");
    println!("System packages that are missing: {list}");
    if !options.agrees("Install them with apt-get?")? {
        bail!("install them first: sudo apt-get install {list}");
    }
    let root = run::quietly(Command::new("id").arg("-u"))?.trim() == "0";
    run::to_end(&mut apt_get(root, &["update", "-q"]))?;
    let mut install = vec!["install", "-q", "-y", "--no-install-recommends"];
    install.extend(missing);
    run::to_end(&mut apt_get(root, &install))
}

fn wanted(purpose: Purpose) -> Vec<&'static str> {
    let mut packages = BUILD.to_vec();
    if purpose != Purpose::Demo {
        packages.extend(HIDDEN);
    }
    if purpose == Purpose::Test {
        packages.extend(TEST);
    }
    // A Python of one's own may bring these along.
    if !run::succeeds(Command::new("python3").args(["-c", "import venv, ensurepip"])) {
        packages.extend(["python3", "python3-venv"]);
    }
    packages
}

fn is_installed(package: &str) -> bool {
    run::quietly(Command::new("dpkg-query").args(["-W", "-f=${Status}", package]))
        .is_ok_and(|status| status == "install ok installed")
}

fn apt_get(root: bool, arguments: &[&str]) -> Command {
    let mut command = if root {
        Command::new("apt-get")
    } else {
        let mut sudo = Command::new("sudo");
        sudo.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        sudo
    };
    command
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive");
    command
}
