//! Runs a test again inside a private D-Bus session with a real gnome-keyring.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;

/// Tells the inner run which part of the scenario it is.
const PART: &str = "PLI_VAULT_TEST_PART";
const HOME: &str = "HOME";

/// What the session offers.
#[derive(Clone, Copy)]
pub(crate) enum Keyring {
    /// A gnome-keyring, its login keyring unlocked.
    Unlocked,
    /// The same, not unlocked, and nobody to ask for its password.
    Locked,
    /// No bus at all.
    Absent,
}

/// The private home of a scenario; all its parts share it.
pub(crate) struct Home(PathBuf);

impl Home {
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Whether any file of the home holds these bytes.
    pub(crate) fn holds(&self, bytes: &[u8]) -> bool {
        files(&self.0).iter().any(|file| {
            let content = fs::read(file).unwrap_or_default();
            content.windows(bytes.len()).any(|window| window == bytes)
        })
    }

    /// Ends the keyring of this session.
    pub(crate) fn stop_keyring(&self) {
        let pid = fs::read_to_string(self.0.join("keyring.pid")).unwrap();
        let stopped = Command::new("kill").args(["-9", pid.trim()]).status();
        assert!(stopped.unwrap().success());
        // D-Bus starts another one on demand: locked, since nobody gives it the password.
    }
}

fn files(directory: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => found.extend(files(&path)),
            Ok(kind) if kind.is_file() => found.push(path),
            _ => {}
        }
    }
    found
}

/// Runs `scenario` once for each of `parts`, in processes of their own: the client connects
/// to a keyring once for all. `test` is the name of the calling test.
pub(crate) fn inside(test: &str, parts: &[Keyring], scenario: impl Fn(&Home, usize)) {
    if let Ok(part) = env::var(PART) {
        let home = Home(env::var_os(HOME).unwrap().into());
        return scenario(&home, part.parse().unwrap());
    }
    let home = TempDir::new().unwrap();
    for (part, keyring) in parts.iter().enumerate() {
        let output = command(*keyring, home.path())
            .arg(env::current_exe().unwrap())
            .args(["--exact", test, "--nocapture", "--test-threads=1"])
            .env(PART, part.to_string())
            .output()
            .expect("dbus-run-session and gnome-keyring-daemon are needed");
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success() && text.contains("1 passed"),
            "part {part} failed:\n{text}\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

fn command(keyring: Keyring, home: &Path) -> Command {
    let mut command = match keyring {
        Keyring::Absent => Command::new("env"),
        Keyring::Unlocked | Keyring::Locked => {
            let password = match keyring {
                Keyring::Unlocked => "password",
                _ => "wrong",
            };
            // A wrong password leaves it locked.
            let script = format!(
                "printf {password} | gnome-keyring-daemon --unlock --foreground --components=secrets >/dev/null 2>&1 &
                 keyring=$!
                 echo $keyring > \"$HOME/keyring.pid\"
                 sleep 1
                 \"$0\" \"$@\"
                 status=$?
                 kill $keyring 2>/dev/null
                 exit $status"
            );
            let mut command = Command::new("dbus-run-session");
            command.args(["--", "sh", "-c", &script]);
            command
        }
    };
    let runtime = home.join("runtime");
    fs::create_dir_all(&runtime).unwrap();
    command
        .env(HOME, home)
        .env("XDG_RUNTIME_DIR", runtime)
        .env("XDG_DATA_HOME", home.join("data"))
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("XDG_CACHE_HOME", home.join("cache"))
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("GNOME_KEYRING_CONTROL");
    command
}
