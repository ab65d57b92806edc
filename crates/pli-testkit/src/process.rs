//! Children that never outlive the tests.

use std::{
    fs::File,
    io,
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{LazyLock, Mutex, mpsc},
    thread,
};

use anyhow::{Context, Result};

type Birth = (Command, mpsc::Sender<io::Result<Child>>);

/// The kernel kills a child when the *thread* that started it ends, so all are started by one
/// thread that never does. Statics are never dropped and a test may be killed: this is what
/// makes sure that no server is left behind.
static NURSERY: LazyLock<Mutex<mpsc::Sender<Birth>>> = LazyLock::new(|| {
    let (sender, births) = mpsc::channel::<Birth>();
    thread::spawn(move || {
        for (mut command, answer) in births {
            let _ = answer.send(command.spawn());
        }
    });
    Mutex::new(sender)
});

/// A running program; killed when dropped, and when this process ends in whatever way.
#[derive(Debug)]
pub struct Process {
    child: Child,
}

impl Process {
    /// Starts `program`; `prepare` adds arguments and environment. What it prints goes to `log`.
    ///
    /// # Errors
    /// The program is not there, or the log cannot be written.
    pub fn start(
        program: impl AsRef<Path>,
        log: &Path,
        prepare: impl FnOnce(&mut Command),
    ) -> Result<Self> {
        let output = File::create(log).with_context(|| format!("creating {}", log.display()))?;
        let program = program.as_ref();
        let mut command = bound_to_us(program);
        command
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output);
        prepare(&mut command);
        Self::spawn(command).with_context(|| format!("starting {}", program.display()))
    }

    fn spawn(command: Command) -> Result<Self> {
        let (answer, child) = mpsc::channel();
        {
            let nursery = NURSERY
                .lock()
                .map_err(|_| anyhow::anyhow!("the thread that starts programs is gone"))?;
            nursery.send((command, answer))?;
        }
        Ok(Self {
            child: child.recv()??,
        })
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Its children and theirs, the youngest generation first.
    pub fn descendants(&self) -> Vec<u32> {
        descendants(self.id())
    }

    /// The pipe to its standard input, if it was asked for and not yet taken.
    pub fn take_stdin(&mut self) -> Option<std::process::ChildStdin> {
        self.child.stdin.take()
    }

    /// The pipe from its standard output, if it was asked for and not yet taken.
    pub fn take_stdout(&mut self) -> Option<std::process::ChildStdout> {
        self.child.stdout.take()
    }

    /// How it ended, if it did.
    ///
    /// # Errors
    /// The system does not say.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        Ok(self.child.try_wait()?)
    }

    /// Kills it as a power cut would, and waits until it is gone.
    ///
    /// # Errors
    /// The system refuses.
    pub fn kill(&mut self) -> Result<()> {
        if self.child.try_wait()?.is_none() {
            self.child.kill()?;
            self.child.wait()?;
        }
        Ok(())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        for descendant in self.descendants() {
            let id = descendant.to_string();
            let _ = Command::new("kill").args(["-9", &id]).status();
        }
        let _ = self.kill();
    }
}

fn bound_to_us(program: &Path) -> Command {
    if cfg!(target_os = "linux") {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "KILL", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    }
}

/// Whether a process runs: what has ended and only waits to be collected does not.
pub fn is_running(id: u32) -> bool {
    let status = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    status
        .rsplit_once(") ")
        .is_some_and(|(_, after)| !after.starts_with(['Z', 'X']))
}

fn descendants(parent: u32) -> Vec<u32> {
    let tasks = std::fs::read_dir(format!("/proc/{parent}/task"));
    let lists = tasks
        .into_iter()
        .flatten()
        .flatten()
        .map(|task| std::fs::read_to_string(task.path().join("children")).unwrap_or_default());
    let mut found = Vec::new();
    for child in lists.collect::<String>().split_whitespace() {
        if let Ok(child) = child.parse() {
            found.extend(descendants(child));
            found.push(child);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_ended_does_not_run() -> Result<()> {
        let directory = tempfile::tempdir()?;
        let mut sleeper = Process::start("sleep", &directory.path().join("log"), |command| {
            command.arg("60");
        })?;
        assert!(is_running(sleeper.id()));
        sleeper.child.kill()?;
        // It stays to be collected until it is waited for.
        while is_running(sleeper.id()) {
            thread::yield_now();
        }
        sleeper.kill()?;
        assert!(!is_running(sleeper.id()));
        Ok(())
    }
}
