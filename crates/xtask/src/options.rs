//! What was asked on the command line.

use std::{
    env,
    io::{self, BufRead, IsTerminal, Write},
    path::PathBuf,
};

use anyhow::{Context, Result, bail};

/// The command line, read once.
#[derive(Debug, Default)]
pub(crate) struct Options {
    /// `demo`, `test`, …
    pub(crate) command: String,
    /// Install without asking.
    pub(crate) yes: bool,
    /// Two servers.
    pub(crate) federated: bool,
    /// Where the demo writes pictures.
    pub(crate) screenshot: Option<PathBuf>,
    /// How many times a process is killed at a call.
    pub(crate) kills: Option<u32>,
    /// How many rooms a device catches up with.
    pub(crate) rooms: Option<u32>,
    /// How many times a device on a real server is killed.
    pub(crate) device_kills: Option<u32>,
    /// How many messages are written over a network that fails.
    pub(crate) messages: Option<u32>,
    /// How many members a hostile server lists.
    pub(crate) members: Option<u32>,
    /// How many disks are looked at after a power cut.
    pub(crate) images: Option<u32>,
    /// How many calls the disk refuses.
    pub(crate) errors: Option<u32>,
    /// Of what: `bench store`, `fuzz html`.
    pub(crate) subject: Option<String>,
    /// How often the contenders of a bench take their turns.
    pub(crate) rounds: Option<u32>,
    /// A tenth of everything, to try a bench.
    pub(crate) quick: bool,
    /// How long a fuzz target is tried.
    pub(crate) seconds: Option<u32>,
    /// How many profiles are damaged.
    pub(crate) damages: Option<u32>,
    /// How many random operations are compared with the SDK's own stores.
    pub(crate) operations: Option<u32>,
    /// Only the suites whose name starts so.
    pub(crate) only: Vec<String>,
}

impl Options {
    /// Reads the arguments behind the program's name.
    pub(crate) fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self> {
        let mut options = Self {
            command: arguments.next().unwrap_or_else(|| "help".to_owned()),
            ..Self::default()
        };
        let known = [
            "demo", "test", "ci", "bench", "crash", "fuzz", "bindings", "policy", "help",
        ];
        if !known.contains(&options.command.as_str()) {
            bail!("no such command: {}", options.command);
        }
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--yes" | "-y" => options.yes = true,
                "--federated" => options.federated = true,
                "--screenshot" => {
                    let directory = arguments.next().context("--screenshot needs a directory")?;
                    options.screenshot = Some(env::current_dir()?.join(directory));
                }
                "--kills" => options.kills = Some(number(argument.as_str(), arguments.next())?),
                "--device-kills" => {
                    options.device_kills = Some(number(argument.as_str(), arguments.next())?);
                }
                "--rooms" => options.rooms = Some(number(argument.as_str(), arguments.next())?),
                "--messages" => {
                    options.messages = Some(number(argument.as_str(), arguments.next())?);
                }
                "--members" => {
                    options.members = Some(number(argument.as_str(), arguments.next())?);
                }
                "--images" => options.images = Some(number(argument.as_str(), arguments.next())?),
                "--errors" => options.errors = Some(number(argument.as_str(), arguments.next())?),
                "--rounds" => options.rounds = Some(number(argument.as_str(), arguments.next())?),
                "--quick" => options.quick = true,
                "--seconds" => options.seconds = Some(number(argument.as_str(), arguments.next())?),
                "store" if options.command == "bench" => options.subject = Some(argument),
                "--operations" => {
                    options.operations = Some(number(argument.as_str(), arguments.next())?);
                }
                "--damages" => options.damages = Some(number(argument.as_str(), arguments.next())?),
                "--only" => options.only.push(
                    arguments
                        .next()
                        .context("--only needs the name of a suite")?,
                ),
                target if options.command == "fuzz" && !target.starts_with('-') => {
                    options.subject = Some(argument);
                }
                other => bail!("no such option: {other}"),
            }
        }
        Ok(options)
    }

    /// Whether to go on with `what`: yes when told so beforehand or in CI, else the person at
    /// the terminal decides. Without a terminal nothing is asked, and the answer is no.
    pub(crate) fn agrees(&self, what: &str) -> Result<bool> {
        if self.yes || env::var_os("CI").is_some() {
            return Ok(true);
        }
        if !io::stdin().is_terminal() {
            return Ok(false);
        }
        print!("{what} [Y/n] ");
        io::stdout().flush()?;
        let mut answer = String::new();
        io::stdin().lock().read_line(&mut answer)?;
        let answer = answer.trim().to_lowercase();
        Ok(answer.is_empty() || answer.starts_with('y') || answer.starts_with('o'))
    }
}

fn number(option: &str, told: Option<String>) -> Result<u32> {
    let told = told.with_context(|| format!("{option} needs a number"))?;
    told.parse()
        .with_context(|| format!("{option} needs a number, not {told}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Options> {
        Options::parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn reads_a_full_line() {
        let options = parse("demo --yes --federated --screenshot shots").unwrap();
        assert_eq!(options.command, "demo");
        assert!(options.yes && options.federated);
        assert!(options.screenshot.unwrap().ends_with("shots"));
    }

    #[test]
    fn reads_numbers() {
        let options = parse("crash --kills 7 --errors 0 --device-kills 3 --messages 9").unwrap();
        assert_eq!(
            (options.kills, options.images, options.errors),
            (Some(7), None, Some(0))
        );
        assert_eq!((options.device_kills, options.messages), (Some(3), Some(9)));
        let options = parse("fuzz html --seconds 5").unwrap();
        assert_eq!(
            (options.subject.as_deref(), options.seconds),
            (Some("html"), Some(5))
        );
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        assert!(parse("demos").is_err());
        assert!(parse("demo --fast").is_err());
        assert!(parse("demo --screenshot").is_err());
        assert!(parse("crash --kills many").is_err());
    }
}
